"""What the parts of a candidacy are called, for pages. Pure."""

from forum.proposals.methods import METHODS

SCOPES = {
    "every": "Toutes les circonscriptions : chaque personne dit la sienne",
    "place": "Une circonscription",
    "office": "Une fonction, sans lieu",
}
DESIGNATIONS = {
    "proposal": "Un vote des membres",
    "draw": "Un tirage au sort",
    "committee": "Un comité, qui publie ses voix et ses raisons",
}
# Among people: the methods whose options are any names.
WAYS_OF_VOTING = {
    method.name: method.label
    for method in METHODS.values()
    if not method.own_options and not method.read_options("A\nB")[1]
}
# What anybody may say under a candidacy, then what the person who stands alone may.
ASKED = {"question": "Question", "objection": "Objection"}
ANSWERED = {"answer": "Réponse", "correction": "Précision"}
KINDS = ASKED | ANSWERED
