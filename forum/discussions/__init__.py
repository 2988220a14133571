"""Discussions, their comments, and the earlier versions of both.

Beside the rooms stand:
addresses    the readable end of a discussion's address: pure
"""
