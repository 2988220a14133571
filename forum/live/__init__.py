"""The tally seen elsewhere: asked for again and again by every open page, and next to nothing when nothing moved.

Beside the rooms stand:
streams       tallies told the moment they move, in the process of the server, between it and the application
asking        what a stream asks of the site, as a page would, and of the database
patches       what of a tally moved, told by its figures alone: pure
spectators    who was shown a tally: passed from its route to the stream beside the answer
"""
