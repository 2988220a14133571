"""The same text again and again: by one person in several groups, or by several accounts that are all new."""

import hashlib

from forum.accounts.models import Viewer
from forum.errors import Invalid
from forum.groups.models import Group
from forum.text.typed import one_line
from forum.web.limits import LIMITS, counted, is_new

# What is shorter is said by many without being copied: thanks, agreement, a greeting.
SHORT = 40
YOURS = "Vous venez d’envoyer ce même texte dans trois groupes. Une annonce, une fois : adaptez-le, ou attendez un peu."
OF_MANY = (
    "Plusieurs comptes tout neufs viennent d’envoyer ce même texte. Dites-le avec vos mots, ou réessayez plus tard."
)


def refuse_copies(member: Viewer, group: Group, body: str) -> None:
    """Raise Invalid (body) where this text is one too many. Call it before the act, outside its transaction.

    Of a text a keyed hash is counted for an hour. Sent twice to the same group, it is counted once.
    """
    words = one_line(body.casefold())
    if len(words) < SHORT:
        return
    text = hashlib.sha256(words.encode()).hexdigest()
    here, mine = f"{member.id} {group.id} {text}", f"{member.id} {text}"
    if counted("copy", here):
        return
    if counted("copies", mine) >= LIMITS["copies"][0]:
        raise Invalid({"body": YOURS})
    if is_new(member) and counted("copies-new", text) >= LIMITS["copies-new"][0]:
        raise Invalid({"body": OF_MANY})
    counted("copy", here, add=1)
    counted("copies", mine, add=1)
    if is_new(member):
        counted("copies-new", text, add=1)
