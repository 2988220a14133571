"""Draws by lot that anybody can verify.

What stands apart, pure functions of plain values: tickets (who each number is, told to nobody), ranking (the formula),
sources (public chance, and the seed made of it), colleges (seats in proportion), chance (was it really chance?).
"""
