"""Framework contracts, and the money that requests bind."""
