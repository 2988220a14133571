"""The map of the house; it imports nothing.

The ground floor, which knows no feature:
config      settings, read once from the environment
errors      what can go wrong, in the words of the member: NotFound, Refused, Invalid, Verdict
limits      how often one may do something, asked by the acts themselves
text        Markdown, French typography, numbers, dates; typed.py: what a form sent, made a value
database    connection, tables, transactions, clock, keys, both dialects, statements composed once, migrations
tasks       what follows an act, done by the worker: journal, jobs, letters, signed addresses
web         HTTP: pages and fragments, who asks, forgery, limits, headers, errors, feeds, the site's own files,
            the gateway
web/cache   pages kept, whole or in parts; its README says how they work together
server      the processes and the command line, above all features: supervisor, worker, setup, commands, backup

Features, each a folder with the same rooms (models, rules, queries, actions, holdings, routes), from the lowest to the
highest; a feature imports only lower ones, except that routes.py, which nobody imports, may read any feature; it acts
through its own alone. `holdings` says what the feature holds of a person. A room that is a folder has one door, its
__init__.py; what stands beside the rooms is named with its reason in the feature's own:
chains (public records), places, accounts, offices (of the site), tags, groups, discussions, proposals, initiatives,
draws, candidacies, live, search, notifications, moderation,
arrival         signing up and in, into the group one came for
personal_data   all my data, and leaving for good
reorganisation  groups poured together, discussions moved, groups deleted
sandbox, home, demo.
"""
