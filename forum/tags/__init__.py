"""Tags: one tag under all its spellings.

Beside the rooms stands:
spelling    the key of a word, and what two words are to each other: pure
"""
