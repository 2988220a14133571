"""Search: reading what was typed, the index, and the pages that answer.

Beside the rooms stands:
engines    where what can be found is kept, behind one protocol: plain values in and out, ignorant of who asks
"""
