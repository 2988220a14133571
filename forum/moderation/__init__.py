"""Reports, decisions and objections, and their public log.

Beside the rooms stand:
charter      the charter of the site, rule by rule: data
kinds        what can be reported, a file for each kind, registered in one line
masks        words taken out of their tables and put back: what actions and the worker share
sentences    decisions in words: for the log, whoever is concerned, whoever reported
passes       what lets somebody who is suspended read and contest the decision: sealed addresses
"""
