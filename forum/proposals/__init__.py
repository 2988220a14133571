"""Proposals put to the vote of a group: ballots, tallies, outcomes.

Beside the rooms stand:
methods    the ways of voting: pure functions of plain values, one file each
minutes    the text of a vote that is kept, and its fingerprint: pure, its form is held to the letter
secrecy    the mark under which a secret vote is kept: rules, queries and actions must make the same
starters   ready-made votes: data
"""
