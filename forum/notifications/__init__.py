"""Notices: what a person is told, on their page and, if they ask for it, by mail.

Beside the rooms stand:
delivery      from the journal to notices, in the worker
letters       notices by mail, in the worker
recipients    whom a line of the journal concerns, a file for each feature: asked by the worker alone
"""
