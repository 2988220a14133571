"""Discussions, their comments, and the earlier versions of both."""
