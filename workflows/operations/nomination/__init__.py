"""What the nomination of a role asks of the house."""
