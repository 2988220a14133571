"""Places: départements, circonscriptions, communes; reading a query.

Beside the rooms stand:
load       the files of data/ into the database, by command and at the first start: neither asked nor done by anybody
kept       all places, kept by each process in flat arrays: what reading asks instead of the database
reading    a typed query as places: pure rules, over the questions of a gazetteer
map        the map of the départements: a drawing, made of the codes it is given
"""
