"""The sandbox: a group to try everything in, under a pseudonym for the day, wiped each night.

Beside the rooms stand:
names    pseudonyms for a day: data, and chance
"""
