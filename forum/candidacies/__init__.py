"""Candidacies in the open: a calendar published first, a page for each person who stands, a record that anybody checks.

Beside the rooms stand:
words      what the calendar and what is said under a candidacy are called, for pages: pure
verifier   the script that anybody runs; it stands alone, and forum serves its text without importing it
"""
