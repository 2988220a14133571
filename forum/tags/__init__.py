"""Tags: one tag under all its spellings.

Beside the rooms stand:
spelling    the key of a word, and what two words are to each other: pure
parting     a spelling taken out of the tag that folded it: all of one rare case, told in one place
"""
