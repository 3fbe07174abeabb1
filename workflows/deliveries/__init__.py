"""Messages on their way out of the house: who subscribed, what was sent, tried again, delivered or given up."""
