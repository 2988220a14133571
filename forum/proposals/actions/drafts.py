"""Putting a proposal to the vote, and rewriting it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from itertools import islice

from forum import journal, text
from forum.accounts.models import Viewer
from forum.dates import PARIS
from forum.db import now, transaction
from forum.discussions.models import Discussion
from forum.errors import Invalid, check
from forum.groups import queries as groups
from forum.groups.models import Group
from forum.groups.texts import rendered
from forum.once import key_of
from forum.proposals import queries, rules
from forum.proposals.actions.closing import close_on_time
from forum.proposals.methods import METHODS
from forum.proposals.methods.method import Method, Options, Settings
from forum.proposals.models import Option, Proposal, ProposalTag
from forum.tags import actions as tags

LONGEST_TITLE = 200

MOST_TAGS = 8

# Besides those chosen; a body of nothing but hashtags is no reason to write a thousand rows.
MOST_HASHTAGS = 12

LONGEST_VOTE = timedelta(days=366)

# The same words from the same person in the same group are one proposal, sent twice on a slow line.
AGAIN = timedelta(seconds=60)


@dataclass(frozen=True)
class Draft:
    """A proposal as it was typed: every field is text, and `settings` holds the fields of the method."""

    title: str
    body: str = ""
    method: str = "consent"
    options: str = ""
    closes_at: str = ""
    tag_names: tuple[str, ...] = ()
    settings: Mapping[str, str] | None = None
    once: str = ""


def propose(member: Viewer, group: Group, draft: Draft, discussion: Discussion | None = None) -> Proposal:
    """Put a proposal to the vote of a group; its tags are `tag_names` and the hashtags of its body.

    Sent twice (the same `once` and words, or the same words within a minute), it is put once and returned again.
    Raises Refused, Invalid (title, body, method, options, closes_at, tags, and the fields of the method).
    """
    rules.propose(member, group).require()
    if discussion is not None:
        rules.propose_from(member, discussion).require()
    fields, options = _read(member, group, draft)
    with transaction():
        group = groups.lock(group)
        rules.propose(member, group).require()
        once = key_of(draft.once, group.id, fields["title"], fields["body"])
        return _sent_before(member, group, fields, once) or _open(
            member, group, discussion, fields, options, draft, once
        )


def edit(member: Viewer, proposal: Proposal, draft: Draft) -> None:
    """Rewrite a proposal that nobody has voted on yet. Raises Refused, Invalid as `propose`."""
    with transaction():
        proposal = queries.lock(proposal)
        rules.edit(member, proposal).require()
        fields, options = _read(member, proposal.group, draft)
        Proposal.update(**fields, edited_at=now(), revision=Proposal.revision + 1).where(
            Proposal.id == proposal.id
        ).execute()
        Option.delete().where(Option.proposal == proposal.id).execute()
        _set_options(proposal, options)
        ProposalTag.delete().where(ProposalTag.proposal == proposal.id).execute()
        _set_tags(proposal, draft)
        journal.record("proposal.edited", actor=member, group=proposal.group, subject=("proposal", proposal.id))
        close_on_time.schedule((proposal.id,), eta=fields["closes_at"])


def _open(
    member: Viewer,
    group: Group,
    discussion: Discussion | None,
    fields: dict,
    options: Options,
    draft: Draft,
    once: str | None,
) -> Proposal:
    born = {"group": group, "discussion": discussion, "author": member, "once": once}
    proposal = Proposal.create(**born, eligible_count=group.members_count, **fields)
    if group.newcomers_read_days:
        Proposal.update(eligible_count=queries.count_eligible(proposal, 0)).where(Proposal.id == proposal.id).execute()
    _set_options(proposal, options)
    _set_tags(proposal, draft)
    Group.update(last_activity_at=proposal.opens_at).where(Group.id == group.id).execute()
    journal.record("proposal.opened", actor=member, group=group, subject=("proposal", proposal.id))
    close_on_time.schedule((proposal.id,), eta=proposal.closes_at)
    return proposal


def _sent_before(member: Viewer, group: Group, fields: dict, once: str | None) -> Proposal | None:
    """What this form has already put to the vote (rewritten since, perhaps), or the same words within AGAIN."""
    same = (Proposal.group == group.id) & (Proposal.title == fields["title"]) & (Proposal.body == fields["body"])
    again = same & (Proposal.opens_at > now() - AGAIN)
    return (
        Proposal.select()
        .where(Proposal.author == member.id, (Proposal.once == once) | again if once else again)
        .first()
    )


def _read(member: Viewer, group: Group, draft: Draft) -> tuple[dict, Options]:
    """The columns and the options meant by a draft. Raises Invalid with every field that is wrong."""
    method = METHODS.get(draft.method)
    if method is None:
        raise Invalid({"method": "Choisissez une façon de voter."})
    settings, options, problems = _read_method(method, draft)
    closes_at, problem = read_closing(draft.closes_at)
    check(
        title=text.line_problem(draft.title, LONGEST_TITLE),
        body=text.body_problem(tidy(draft.body), text.LONGEST, least=0),
        closes_at=problem,
        tags=tags.names_problem(draft.tag_names, MOST_TAGS),
        **problems,
    )
    body = tidy(draft.body)
    fields = {
        "title": draft.title.strip(),
        "body": body,
        "body_html": rendered(member, group, body),
        "renderer": text.RENDERER,
    }
    return {**fields, "method": method.name, "settings": json.dumps(dict(settings)), "closes_at": closes_at}, options


def tidy(body: str) -> str:
    """As kept and counted: forms end their lines with two signs where the member typed one."""
    return body.replace("\r\n", "\n").strip()


def _read_method(method: Method, draft: Draft) -> tuple[Settings, Options, dict[str, str]]:
    settings, wrong_settings = method.read_settings(draft.settings or {})
    options, wrong_options = method.read_options(draft.options)
    wrong = {**wrong_settings, **wrong_options}
    return settings, options, wrong or method.misfit(settings, options)


def read_closing(typed: str) -> tuple[datetime, str | None]:
    """The closing moment meant by an ISO 8601 text, in Paris time when it names no other, and what is wrong with it.

    Nothing typed means in seven days at 20 h.
    """
    if not typed.strip():
        return default_closing(), None
    try:
        moment = datetime.fromisoformat(typed.strip())
        moment = (moment if moment.tzinfo else moment.replace(tzinfo=PARIS)).astimezone(UTC)
    except (ValueError, OverflowError):
        return now(), "Écrivez la date de fin comme ceci : 2027-03-21T20:00."
    if moment <= now():
        return moment, "Cette date est passée : choisissez une fin à venir."
    return moment, "Un vote dure un an au plus." if moment > now() + LONGEST_VOTE else None


def default_closing() -> datetime:
    """In seven days at 20 h, Paris time."""
    day = now().astimezone(PARIS).date() + timedelta(days=7)
    return datetime.combine(day, time(20), PARIS).astimezone(UTC)


def _set_options(proposal: Proposal, options: Options) -> None:
    rows = [{"proposal": proposal.id, "name": name, "label": label} for name, label in options.items()]
    Option.insert_many([{**row, "position": position} for position, row in enumerate(rows, 1)]).execute()


def _set_tags(proposal: Proposal, draft: Draft) -> None:
    said = (name for name in text.hashtags(draft.body) if tags.names_problem([name], 1) is None)
    for typed in (*draft.tag_names, *islice(said, MOST_HASHTAGS)):
        row = {"proposal": proposal.id, "tag": tags.ensure(typed).id, "typed": typed.strip().lstrip("#")[:60]}
        ProposalTag.insert(row).on_conflict_ignore().execute()
