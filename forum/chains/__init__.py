"""Public records whose lines are chained: nobody, not even whoever runs the site, changes a line unseen by somebody who
kept a later one.

What stands apart, pure: lines (what is hashed, and how a record is checked).
"""
