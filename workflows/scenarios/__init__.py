"""Scenarios: named walks through a process, replayed through the real engine, database and clock."""
