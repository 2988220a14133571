"""People: accounts, sessions, preferences.

Beside the rooms stand:
passwords     how a password is hashed, and what is too easy to guess: pure
pseudonyms    what a pseudonym may look like, and the key that makes it unique: pure
sessions      who is signed in: knows HTTP, the one file of a feature that does so beside routes
"""
