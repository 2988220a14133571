"""What a member changes in proposals: putting one to the vote, voting, and the closing by the clock."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, time, timedelta
from itertools import islice

from huey import crontab

from forum import journal, text
from forum.accounts.models import Viewer
from forum.dates import PARIS
from forum.db import now, transaction
from forum.discussions.models import Discussion
from forum.errors import Invalid, check
from forum.groups import queries as groups
from forum.groups.models import Group
from forum.jobs import huey, job
from forum.proposals import queries, rules
from forum.proposals.methods import METHODS
from forum.proposals.methods.method import Marks, Method, Options, Settings, Tally
from forum.proposals.models import Ballot, BallotChange, Mark, Option, Proposal, ProposalTag
from forum.tags import actions as tags

LONGEST_TITLE = 200
LONGEST_REASON = 2_000
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
    fields, options = _read(draft)
    with transaction():
        group = groups.lock(group)
        rules.propose(member, group).require()
        same = Proposal.select().where(Proposal.author == member.id, Proposal.group == group.id)
        same = same.where(Proposal.title == fields["title"], Proposal.body == fields["body"], _sent_again(draft.once))
        return same.first() or _open(member, group, discussion, fields, options, draft)


def edit(member: Viewer, proposal: Proposal, draft: Draft) -> None:
    """Rewrite a proposal that nobody has voted on yet. Raises Refused, Invalid as `propose`."""
    with transaction():
        proposal = queries.lock(proposal)
        rules.edit(member, proposal).require()
        fields, options = _read(draft)
        Proposal.update(**fields, edited_at=now(), revision=Proposal.revision + 1).where(
            Proposal.id == proposal.id
        ).execute()
        Option.delete().where(Option.proposal == proposal.id).execute()
        _set_options(proposal, options)
        ProposalTag.delete().where(ProposalTag.proposal == proposal.id).execute()
        _set_tags(proposal, draft)
        journal.record("proposal.edited", actor=member, group=proposal.group, subject=("proposal", proposal.id))
        close_on_time.schedule((proposal.id,), eta=fields["closes_at"])


def vote(member: Viewer, proposal: Proposal, typed: Mapping[str, str]) -> None:
    """Cast or change this person's one ballot; the same ballot again changes nothing.

    `typed` holds "choice" or the "option-<name>" of the method, and "reason". Raises Refused, Invalid (choice, reason).
    """
    with transaction():
        proposal = queries.lock(proposal)
        rules.vote(member, proposal).require()
        options = queries.options_of(proposal)
        marks = _read_ballot(proposal, options, typed)
        if _cast(member, proposal, options, marks, _tidy(typed.get("reason", ""))):
            _recount(proposal, options)
            journal.record("vote.cast", actor=member, group=proposal.group, subject=("proposal", proposal.id))


def close(proposal: Proposal) -> Proposal:
    """Write the outcome of a vote whose hour has passed, once; before its hour, or a second time, nothing changes.

    Returns the present row. Anybody's reading may lead here: it only notes what the clock has already decided.
    """
    with transaction():
        proposal = queries.lock(proposal)
        if proposal.closed_at is None and not proposal.is_open():
            tally = _recount(proposal, queries.options_of(proposal))
            _conclude(queries.lock(proposal), tally)
    return queries.lock(proposal)


@job()
def close_on_time(proposal_id: int) -> None:
    """The worker's appointment at the hour of closing."""
    proposal = Proposal.get_or_none(Proposal.id == proposal_id)
    if proposal:
        close(proposal)


@huey.periodic_task(crontab(minute="*"))
def close_all_due() -> None:
    """Close what an appointment missed: a worker that was down, a backup put back."""
    for proposal_id in queries.due_ids():
        close_on_time.call_local(proposal_id)


def _open(
    member: Viewer, group: Group, discussion: Discussion | None, fields: dict, options: Options, draft: Draft
) -> Proposal:
    used = Proposal.select().where(Proposal.author == member.id, Proposal.once == draft.once).exists()
    once = draft.once if draft.once and not used else None
    born = {"group": group, "discussion": discussion, "author": member, "once": once}
    proposal = Proposal.create(**born, eligible_count=group.members_count, **fields)
    _set_options(proposal, options)
    _set_tags(proposal, draft)
    Group.update(last_activity_at=proposal.opens_at).where(Group.id == group.id).execute()
    journal.record("proposal.opened", actor=member, group=group, subject=("proposal", proposal.id))
    close_on_time.schedule((proposal.id,), eta=proposal.closes_at)
    return proposal


def _sent_again(once: str):
    recent = Proposal.opens_at > now() - AGAIN
    return (Proposal.once == once) | recent if once else recent


def _recount(proposal: Proposal, options: Iterable[Option]) -> Tally:
    """The one place where ballots become counts, inside the transaction that changed them."""
    labels = {option.name: option.label for option in options}
    tally = METHODS[proposal.method].count(queries.profile(proposal), labels, queries.settings_of(proposal))
    for option in options:
        count, score = tally.counts[option.name], tally.scores[option.name]
        if (option.count, option.score) != (count, score):
            Option.update(count=count, score=score).where(Option.id == option.id).execute()
    eligible = queries.count_eligible(proposal, tally.voters)
    moved = {"voters_count": tally.voters, "eligible_count": eligible, "revision": Proposal.revision + 1}
    Proposal.update(**moved).where(Proposal.id == proposal.id).execute()
    return tally


def _conclude(proposal: Proposal, tally: Tally) -> None:
    method, settings = METHODS[proposal.method], queries.settings_of(proposal)
    labels = {option.name: option.label for option in queries.options_of(proposal)}
    outcome = method.outcome(tally, labels, settings, proposal.eligible_count)
    written = json.dumps(asdict(outcome), ensure_ascii=False)
    Proposal.update(closed_at=now(), outcome=written).where(Proposal.id == proposal.id).execute()
    journal.record(
        "proposal.closed",
        group=proposal.group,
        subject=("proposal", proposal.id),
        status=outcome.status,
        counts=dict(tally.counts),
        voters=tally.voters,
        eligible=proposal.eligible_count,
    )


def _cast(member: Viewer, proposal: Proposal, options: list[Option], marks: Marks, reason: str) -> bool:
    """Write the ballot; False when it says what it already said. The proposal's row is locked: nobody comes between."""
    ballot, before = queries.ballot_of(member, proposal)
    said = {"reason": reason, "reason_html": text.render(reason), "renderer": text.RENDERER}
    if ballot is None:
        ballot = Ballot.create(proposal=proposal, voter=member, **said)
    else:
        if before == marks and ballot.reason == reason:
            return False
        BallotChange.create(ballot=ballot, marks=json.dumps(before), reason=ballot.reason)
        Mark.delete().where(Mark.ballot == ballot.id).execute()
        Ballot.update(**said, changed_at=now()).where(Ballot.id == ballot.id).execute()
    ids = {option.name: option.id for option in options}
    Mark.insert_many(
        [{"ballot": ballot.id, "option": ids[name], "value": value} for name, value in marks.items()]
    ).execute()
    return True


def _read_ballot(proposal: Proposal, options: Iterable[Option], typed: Mapping[str, str]) -> Marks:
    labels = {option.name: option.label for option in options}
    marks, problems = METHODS[proposal.method].validate(typed, labels, queries.settings_of(proposal))
    unusable = text.body_problem(_tidy(typed.get("reason", "")), LONGEST_REASON, least=0)
    check(**{"reason": unusable, **problems})
    return marks


def _read(draft: Draft) -> tuple[dict, Options]:
    """The columns and the options meant by a draft. Raises Invalid with every field that is wrong."""
    method = METHODS.get(draft.method)
    if method is None:
        raise Invalid({"method": "Choisissez une façon de voter."})
    settings, options, problems = _read_method(method, draft)
    closes_at, problem = read_closing(draft.closes_at)
    check(
        title=text.line_problem(draft.title, LONGEST_TITLE),
        body=text.body_problem(_tidy(draft.body), text.LONGEST, least=0),
        closes_at=problem,
        tags=tags.names_problem(draft.tag_names, MOST_TAGS),
        **problems,
    )
    body = _tidy(draft.body)
    fields = {"title": draft.title.strip(), "body": body, "body_html": text.render(body), "renderer": text.RENDERER}
    return {**fields, "method": method.name, "settings": json.dumps(dict(settings)), "closes_at": closes_at}, options


def _tidy(body: str) -> str:
    """As kept and counted: forms end their lines with two signs where the member typed one."""
    return body.replace("\r\n", "\n").strip()


def _read_method(method: Method, draft: Draft) -> tuple[Settings, Options, dict[str, str]]:
    settings, wrong_settings = method.read_settings(draft.settings or {})
    options, wrong_options = method.read_options(draft.options)
    return settings, options, {**wrong_settings, **wrong_options}


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
