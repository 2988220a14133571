"""People: accounts, sessions, preferences."""
