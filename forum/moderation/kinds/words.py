"""Taking words out of their tables and putting them back, whatever kind of thing they belong to."""

from typing import Any

from peewee import Expression, fn

from forum.database.select import tuples
from forum.moderation.kinds.kind import Kept, Subject
from forum.notifications.models import Notice
from forum.text import markdown

# The columns of a text in Markdown.
TEXT = ("body", "body_html", "renderer")
TITLE = "Texte masqué"


def take(model: type[Any], row_id: int, columns: tuple[str, ...]) -> Kept:
    """The present values of these columns."""
    row = model.get_by_id(row_id)
    return {column: getattr(row, column) for column in columns}


def put(model: type[Any], row_id: int, columns: Kept, **more: object) -> None:
    """Write these values into the row."""
    model.update(**columns, **more).where(model.id == row_id).execute()


def text_of(notice: str) -> Kept:
    """The columns of a text that says no more than this notice, in Markdown."""
    return {"body": notice, "body_html": markdown.render(notice), "renderer": markdown.RENDERER}


def take_tags(model: type[Any], owner: str, row_id: int) -> list[list[Any]]:
    """Delete the tags of a text from their table; they are returned."""
    mine = getattr(model, owner) == row_id
    found = [list(row) for row in tuples(model.select(model.tag, model.typed).where(mine).order_by(model.id))]
    model.delete().where(mine).execute()
    return found


def put_tags(model: type[Any], owner: str, row_id: int, tags: list[list[Any]]) -> None:
    """Write back what `take_tags` returned."""
    for tag_id, typed in tags:
        model.insert({owner: row_id, "tag": tag_id, "typed": typed}).on_conflict_ignore().execute()


def forget_title(subject: Subject, kept: Kept) -> None:
    """Take the title out of the notices of its group, and out of the addresses to which they lead."""
    replace_in_notices(subject.title, TITLE, in_group(subject) & Notice.sentence.contains(subject.title))
    Notice.update(address=path(subject)).where(Notice.address.startswith(f"{path(subject)}-")).execute()


def replace_in_notices(words: str, instead: str, where: Expression) -> None:
    """Put other words in the place of these in the notices meant."""
    Notice.update(sentence=fn.REPLACE(Notice.sentence, words, instead)).where(where).execute()


def in_group(subject: Subject) -> Expression:
    """The notices about its group."""
    return Notice.group == (subject.group.id if subject.group else None)


def path(subject: Subject) -> str:
    """Its address without the words of its title."""
    return f"/{subject.address[1]}/{subject.key}"
