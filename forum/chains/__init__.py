"""Public records whose lines are chained: nobody, not even whoever runs the site, changes a line unseen by somebody who
kept a later one.

Beside the rooms stand:
lines    what is hashed of a line, and how a record is checked: pure
"""
