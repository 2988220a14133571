"""Putting a proposal to the vote, and rewriting it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from forum import limits
from forum.accounts.models import Viewer
from forum.database.clock import now
from forum.database.idempotency import act_key, sent_before
from forum.database.transactions import transaction
from forum.discussions.models import Discussion
from forum.errors import Invalid, check
from forum.groups import queries as groups
from forum.groups.models import Group
from forum.groups.texts import rendered
from forum.proposals import queries, rules
from forum.proposals.actions.closing import close_on_time
from forum.proposals.actions.opening import open_on_time
from forum.proposals.actions.options import set_options
from forum.proposals.actions.terms import USUAL, Terms, read_terms
from forum.proposals.methods import METHODS, USUAL_METHOD
from forum.proposals.methods.method import Method
from forum.proposals.methods.shapes import Options, Settings
from forum.proposals.models import Proposal, ProposalTag, Voter
from forum.tags import actions as tags
from forum.tasks import journal
from forum.text import fields, markdown
from forum.text.seen import require_unmoved
from forum.text.typed import many_lines

LONGEST_TITLE = 200

MOST_TAGS = 8

# Of the fields of a draft, as said to an author whose page was older than the proposal; and those that hold no words.
LABELS = {
    "title": "Ce que l’on décide",
    "body": "Le texte",
    "method": "La façon de voter",
    "options": "Les options",
    "closes_at": "La fin du vote",
    "opens_at": "L’ouverture du vote",
    "electorate": "Qui vote",
    "named": "Les personnes désignées",
    "final": "Le vote définitif",
    "reasons": "Dire pourquoi",
    "results": "Les résultats se voient",
    "growing": "Les options ajoutées par des membres",
    "secret": "Le vote secret",
    "tags": "Les mots-clés",
    **{setting.name: setting.label for method in METHODS.values() for setting in method.settings},
}
CODED = LABELS.keys() - {"title", "body", "options", "named", "tags"}


@dataclass(frozen=True)
class Draft:
    """A proposal as it was typed: texts, the terms of the vote, and in `settings` the fields of the method.

    `once` is the key of the form, `seen` the mark of what its author began to rewrite, None where that does not
    matter."""

    title: str
    body: str = ""
    method: str = USUAL_METHOD
    options: str = ""
    closes_at: str = ""
    terms: Terms = USUAL
    tag_names: tuple[str, ...] = ()
    settings: Mapping[str, str] | None = None
    once: str = ""
    seen: str | None = None


@dataclass(frozen=True)
class ReadDraft:
    """What a draft means: columns of the proposal, its options, the ids of the people named to vote."""

    columns: dict[str, Any]
    options: Options
    named: list[int]


def propose(member: Viewer, group: Group, draft: Draft, discussion: Discussion | None = None) -> Proposal:
    """Put a proposal to the vote of a group; its tags are `tag_names` and the hashtags of its body.

    Sent twice (all of it the same, with the same `once` or within a minute), it is put once and returned again; with
    other terms it is another.
    Raises Refused, Invalid (title, body, method, options, closes_at, tags, the terms, the fields of the method).
    """
    rules.propose(member, group).require()
    if discussion is not None:
        rules.propose_from(member, discussion).require()
    read = _read(member, group, draft)
    limits.limit_member(member, "open")
    limits.refuse_copies(member, group.id, read.columns["body"])
    with transaction():
        group = groups.lock(group)
        rules.propose(member, group).require()
        once, sent = _keys(group, discussion, draft)
        found = sent_before(member, Proposal, once, Proposal.sent == sent)
        return found or _open(member, group, discussion, read, draft, {"once": once, "sent": sent})


def edit(member: Viewer, proposal: Proposal, draft: Draft) -> None:
    """Rewrite a proposal that nobody has voted on yet.

    Raises Refused, Invalid as `propose`, and Moved when it changed since it was `seen`: members may have added options.
    """
    with transaction():
        proposal = queries.lock(proposal)
        rules.edit(member, proposal).require()
        require_unmoved(draft.seen, queries.as_typed(proposal), LABELS, CODED)
        read = _read(member, proposal.group, draft, proposal)
        changed = {**read.columns, "edited_at": now(), "revision": Proposal.revision + 1}
        Proposal.update(changed).where(Proposal.id == proposal.id).execute()
        for old in (ProposalTag, Voter):
            old.delete().where(old.proposal == proposal.id).execute()
        _set_parts(proposal, read, draft)
        journal.record("proposal.edited", actor=member, group=proposal.group, subject=("proposal", proposal.id))
        _begin(queries.lock(proposal))


def _keys(group: Group, discussion: Discussion | None, draft: Draft) -> tuple[str | None, str | None]:
    """What the form and all it says are known by when they come again."""
    place = group.id, discussion.id if discussion else None
    said = repr((*place, replace(draft, once="", seen=None, settings=dict(sorted((draft.settings or {}).items())))))
    return act_key(draft.once, said), act_key("sent", said)


def _open(
    member: Viewer,
    group: Group,
    discussion: Discussion | None,
    read: ReadDraft,
    draft: Draft,
    keys: dict[str, str | None],
) -> Proposal:
    born = {"group": group, "discussion": discussion, "author": member, **keys}
    proposal = Proposal.create(**born, **read.columns)
    _set_parts(proposal, read, draft)
    Group.update(last_activity_at=proposal.created_at).where(Group.id == group.id).execute()
    journal.record("proposal.opened", actor=member, group=group, subject=("proposal", proposal.id))
    _begin(proposal)
    return proposal


def _begin(proposal: Proposal) -> None:
    """Fix the electorate, or count it for now, and make the appointments with the clock."""
    proposal.eligible_count = queries.electorate_now(proposal)
    proposal.opened_at = None if proposal.is_coming() else now()
    noted = {"eligible_count": proposal.eligible_count, "opened_at": proposal.opened_at}
    Proposal.update(noted).where(Proposal.id == proposal.id).execute()
    if proposal.is_coming():
        open_on_time.schedule((proposal.id,), eta=proposal.opens_at)
    close_on_time.schedule((proposal.id,), eta=proposal.closes_at)


def _read(member: Viewer, group: Group, draft: Draft, present: Proposal | None = None) -> ReadDraft:
    """What a draft means, for a new proposal or the `present` one. Raises Invalid with every field that is wrong."""
    method = METHODS.get(draft.method)
    if method is None:
        raise Invalid({"method": "Choisissez une façon de voter."})
    body = many_lines(draft.body)
    settings, options, problems = _read_method(method, draft)
    terms = read_terms(member, group, method, draft.terms, draft.closes_at, present)
    check(
        title=fields.line_problem(draft.title, LONGEST_TITLE),
        body=fields.body_problem(body, markdown.LONGEST, least=0),
        tags=tags.names_problem(draft.tag_names, MOST_TAGS),
        **terms.problems,
        **problems,
    )
    columns = {
        "title": draft.title.strip(),
        "body": body,
        "body_html": rendered(member, group, body),
        "renderer": markdown.RENDERER,
        "method": method.name,
        "settings": json.dumps(dict(settings)),
        **terms.columns,
    }
    if settings.get("quorum") and columns["electorate"] == "members":
        # A part of those who may vote: a number that nobody moves by joining.
        columns["electorate"] = "before"
    return ReadDraft(columns, options, terms.named)


def _read_method(method: Method, draft: Draft) -> tuple[Settings, Options, dict[str, str]]:
    settings, wrong_settings = method.read_settings(draft.settings or {})
    options, wrong_options = method.read_options(draft.options)
    wrong = {**wrong_settings, **wrong_options}
    return settings, options, wrong or method.misfit(settings, options)


def _set_parts(proposal: Proposal, read: ReadDraft, draft: Draft) -> None:
    set_options(proposal, queries.options_of(proposal), read.options)
    _set_tags(proposal, draft)
    if read.named:
        Voter.insert_many([{"proposal": proposal.id, "member": person} for person in read.named]).execute()


def _set_tags(proposal: Proposal, draft: Draft) -> None:
    names = tags.with_hashtags(draft.tag_names, draft.body)
    tags.attach(ProposalTag, names, proposal.group.sandbox, proposal=proposal.id)
