"""Initiatives: dated meetings and actions of a group, with who comes and who lends a hand."""
