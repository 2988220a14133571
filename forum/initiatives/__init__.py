"""Initiatives: dated meetings and actions of a group, with who comes and who lends a hand.

Beside the rooms stand:
calendar    initiatives as an iCalendar file: pure
"""
