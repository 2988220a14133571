"""What people change of a vote's end: cancelling it, reopening it, writing what follows."""

import json
from datetime import UTC, datetime, time, timedelta

from forum import limits
from forum.accounts.models import Viewer
from forum.database.clock import now
from forum.database.transactions import transaction
from forum.errors import check
from forum.proposals import queries, rules
from forum.proposals.actions import counting, secret_urn
from forum.proposals.actions.closing import close, close_on_time
from forum.proposals.actions.sealing import seal
from forum.proposals.actions.terms import read_closing
from forum.proposals.models import Closing, Proposal, Statement
from forum.tasks import journal
from forum.text import dates, fields, markdown
from forum.text.typed import many_lines, one_line, parse_day

LONGEST_REASON = 500
LONGEST_STATEMENT = 10_000
LONGEST_WAIT = timedelta(days=3_660)
# When a review is told, in Paris.
MORNING = time(9)


def cancel(member: Viewer, proposal: Proposal, reason: str) -> None:
    """End a vote without a result; the reason is kept and shown. Twice is once. Raises Refused, Invalid (reason)."""
    reason = one_line(reason)
    with transaction():
        proposal = queries.lock(proposal)
        if rules.is_cancelled(proposal):
            return
        rules.cancel(member, proposal).require()
        check(reason=fields.line_problem(reason, LONGEST_REASON))
        if proposal.secret:
            # Stopped at will, it would show what the last to vote said.
            secret_urn.empty(proposal)
        counting.recount(proposal, queries.options_of(proposal))
        sentence = f"Annulée {dates.day(now())} : {reason}"
        outcome = json.dumps({"status": rules.CANCELLED, "chosen": [], "sentences": [sentence]}, ensure_ascii=False)
        ended = {"closed_at": now(), "closes_at": now(), "outcome": outcome}
        Proposal.update(ended).where(Proposal.id == proposal.id).execute()
        proposal = queries.lock(proposal)
        seal(proposal, by=member, reason=reason)
        journal.record("proposal.cancelled", actor=member, group=proposal.group, subject=("proposal", proposal.id))


def reopen(member: Viewer, proposal: Proposal, closes_at: str, reason: str) -> None:
    """Let an ended vote go on until a new moment (ISO 8601); how it had ended is kept. Twice is once.

    Raises Refused, Invalid (closes_at, reason).
    """
    reason = one_line(reason)
    with transaction():
        proposal = queries.lock(proposal)
        if _just_reopened(member, proposal, reason):
            return
        rules.reopen(member, proposal).require()
        until, problem = read_closing(closes_at)
        check(closes_at=problem, reason=fields.line_problem(reason, LONGEST_REASON))
        proposal = close(proposal)
        about = {"reopened_at": now(), "reopened_by": member, "reopened_for": reason}
        last = queries.count_closings(proposal)
        Closing.update(about).where(Closing.proposal == proposal.id, Closing.number == last).execute()
        again = {"closed_at": None, "outcome": None, "closes_at": until, "revision": Proposal.revision + 1}
        Proposal.update(again).where(Proposal.id == proposal.id).execute()
        journal.record("proposal.reopened", actor=member, group=proposal.group, subject=("proposal", proposal.id))
        close_on_time.schedule((proposal.id,), eta=until)


def state_outcome(member: Viewer, proposal: Proposal, body: str, review_on: str = "") -> None:
    """Write what follows from a vote (Markdown), and when to look at it again (ISO date, '' for never).

    The same words again change nothing; other words are a new version. Raises Refused, Invalid (body, review_on).
    """
    body = many_lines(body)
    limits.limit_member(member, "open")
    with transaction():
        proposal = queries.lock(proposal)
        rules.state_outcome(member, proposal).require()
        before = queries.statement_of(proposal)
        review_at, problem = _read_review(review_on, before)
        check(body=fields.body_problem(body, LONGEST_STATEMENT), review_on=problem)
        if before and (before.body, before.review_at) == (body, review_at):
            return
        reviewed_at = before.reviewed_at if before and before.review_at == review_at else None
        text = {"body": body, "body_html": markdown.render(body), "renderer": markdown.RENDERER}
        Statement.create(proposal=proposal, author=member, review_at=review_at, reviewed_at=reviewed_at, **text)
        journal.record("outcome.stated", actor=member, group=proposal.group, subject=("proposal", proposal.id))


def _just_reopened(member: Viewer, proposal: Proposal, reason: str) -> bool:
    """Whether this same form did it a moment ago."""
    last = queries.last_closing(proposal)
    return bool(last and not proposal.is_over() and (last.reopened_by_id, last.reopened_for) == (member.id, reason))


def _read_review(typed: str, before: Statement | None) -> tuple[datetime | None, str | None]:
    """The morning of an ISO date, and what is wrong with it; the date of the version before may have passed."""
    if not typed.strip():
        return None, None
    day = parse_day(typed)
    if day is None:
        return None, "Écrivez la date comme ceci : 2027-03-21."
    if abs(day - now().date()) > LONGEST_WAIT:
        return None, "Choisissez une date dans les dix ans."
    moment = datetime.combine(day, MORNING, dates.PARIS).astimezone(UTC)
    if moment > now() or (before and before.review_at == moment):
        return moment, None
    return None, "Cette date est passée : choisissez un jour à venir."
