"""Groups: who belongs, by which door one enters, who animates.

Beside the rooms stand:
settings    what animators choose, from the form to the columns: a declaration, ignorant of who asks
handles     how the address of a group is spelled, and the one proposed: pure
hues        the colours a group may choose: data
posters     the drawing of a code to point a phone at: pure
texts       what a member writes there, made HTML as the rules of the group have it: what acts of higher features share
"""
