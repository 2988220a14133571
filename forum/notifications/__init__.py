"""Notices: what a person is told, on their page and, if they ask for it, by mail."""
