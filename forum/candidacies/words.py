"""What the parts of a candidacy are called, for pages. Pure."""

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
# What anybody may say under a candidacy, then what the person who stands alone may.
ASKED = {"question": "Question", "objection": "Objection"}
ANSWERED = {"answer": "Réponse", "correction": "Précision"}
KINDS = ASKED | ANSWERED
