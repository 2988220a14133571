"""Draws by lot that anybody can verify.

Beside the rooms stand:
tickets      who each number is, told to nobody: pure
ranking      the formula: pure
sources      public chance, and the seed made of it: pure
colleges     seats in proportion: pure
chance       was it really chance? Pure
sentences    what the odds mean, in words and in bars: pure
words        what draws and their sources are called, for pages: pure
verifier     the script that anybody runs; it stands alone, and forum serves its text without importing it
"""
