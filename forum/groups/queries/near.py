"""The groups that exist already under almost the same name, or at the same place: joined rather than founded twice."""

from forum.accounts.models import Viewer
from forum.groups.models import Group, Handle
from forum.groups.queries.groups import MOST_FOLLOWED, groups_for
from forum.tags import spelling
from forum.tags.spelling import handle_key
from forum.tags.spelling.nearness import plain
from forum.text.typed import hyphened

# So many letters of a name must be right for its neighbours to be looked at; and so many are looked at.
BEGINNING = 3
MOST_LOOKED_AT = 500
PREFIX = "insoumis-"


def near_groups(member: Viewer, name: str, handle: str = "", place: str = "", limit: int = 6) -> list[Group]:
    """Those this person may see that the new one might double: by the spelling ladder and a slip of the pen, or by
    standing at the same place; the nearest names first, then the most followed."""
    names = {_words(name), _words(handle)} - {""}
    alike = [group for group in _beginning_alike(member, names) if _is_near(group, names)]
    here = list(groups_for(member).where(Group.place_code == place).order_by(*MOST_FOLLOWED)) if place else []
    return list({group.id: group for group in (*alike, *here)}.values())[:limit]


def _beginning_alike(member: Viewer, names: set[str]) -> list[Group]:
    """Candidates, along the index of keys: a handle begins with its word, or with "insoumis-" and its word."""
    starts = {start for name in names for start in (name[:BEGINNING], f"{PREFIX}{name[:BEGINNING]}")}
    if not starts:
        return []
    begins = None
    for start in sorted(starts):
        begins = Handle.key.startswith(start) if begins is None else begins | Handle.key.startswith(start)
    keyed = Handle.select(Handle.group).where(begins).order_by(Handle.id).limit(MOST_LOOKED_AT)
    return list(groups_for(member).where(Group.id.in_(keyed)).order_by(*MOST_FOLLOWED))


def _is_near(group: Group, names: set[str]) -> bool:
    own = {_words(group.name), _words(group.handle)}
    return any(spelling.compare(one, other) != "different" for one in own for other in names)


def _words(text: str) -> str:
    """A name or a handle as its words alone, without a leading article: jardins-partages."""
    return plain(handle_key(hyphened(text)).removeprefix(PREFIX))
