"""The ledger of access: what each person has in each system, disabled or enabled, and which case granted it."""
