"""Proposals put to the vote of a group: ballots, tallies, outcomes."""
