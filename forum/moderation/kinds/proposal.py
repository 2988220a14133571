"""A proposal. Its options are words too, and so is the outcome, which repeats them."""

import json
from html import escape

from forum.database.clock import now
from forum.moderation.kinds.kind import Kept, Kind, Subject
from forum.moderation.kinds.words import (
    TEXT,
    TITLE,
    forget_title,
    in_group,
    path,
    put,
    put_tags,
    replace_in_notices,
    take,
    take_tags,
    text_of,
)
from forum.notifications.models import Notice
from forum.proposals.models import Option, Proposal, ProposalTag
from forum.proposals.queries import proposal_for


def _read(row: Proposal) -> Subject:
    options = "".join(f"<li>{escape(option.label)}</li>" for option in _options(row.id))
    place = row.id, row.key, row.group, row.author_id
    said = f"{row.body_html}<ul>{options}</ul>"
    return Subject(PROPOSAL, *place, row.title, said, f"/p/{row.key}", bool(row.hidden_at))


def _hide(row_id: int, notice: str) -> Kept:
    kept = take(Proposal, row_id, ("title", *TEXT, "outcome"))
    kept["tags"] = take_tags(ProposalTag, "proposal", row_id)
    kept["options"] = _hide_options(row_id)
    if kept["outcome"]:
        outcome = json.loads(kept["outcome"]) | {"sentences": ["Le vote est terminé."]}
        put(Proposal, row_id, {"outcome": json.dumps(outcome, ensure_ascii=False)})
    put(Proposal, row_id, text_of(notice), title=TITLE, hidden_at=now(), revision=Proposal.revision + 1)
    return kept


def _hide_options(row_id: int) -> dict[str, str]:
    options = _options(row_id)
    for option in options:
        put(Option, option.id, {"label": f"Réponse masquée n° {option.position}"})
    return {option.name: option.label for option in options}


def _options(row_id: int) -> list[Option]:
    return list(Option.select().where(Option.proposal == row_id).order_by(Option.position))


def _restore(row_id: int, kept: Kept) -> None:
    for name, label in kept.pop("options").items():
        Option.update(label=label).where(Option.proposal == row_id, Option.name == name).execute()
    put_tags(ProposalTag, "proposal", row_id, kept.pop("tags"))
    put(Proposal, row_id, kept, hidden_at=None, revision=Proposal.revision + 1)


def _forget(subject: Subject, kept: Kept) -> None:
    for label in kept["options"].values():
        replace_in_notices(label, TITLE, in_group(subject) & Notice.address.startswith(path(subject)))
    forget_title(subject, kept)


PROPOSAL = Kind(
    name="proposal",
    noun="proposition",
    this="cette proposition",
    a="une proposition",
    of_a="d’une proposition",
    a_hidden="une proposition masquée",
    this_is_hidden="cette proposition a été masquée",
    yours_is_hidden="votre proposition est masquée",
    desk="group",
    model=Proposal,
    find=proposal_for,
    read=_read,
    hide=_hide,
    restore=_restore,
    forget=_forget,
    indexed=lambda subject: {},
)
