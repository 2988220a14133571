"""The sandbox: a group to try everything in, under a pseudonym for the day, wiped each night."""
