"""What members say of synonyms, and when that settles them."""

from forum import limits
from forum.accounts.models import Viewer
from forum.database.clock import now
from forum.database.transactions import transaction
from forum.errors import Invalid, check
from forum.tags import queries, rules, spelling
from forum.tags.actions.settling import note, settle_as
from forum.tags.actions.tagging import ensure, names_problem
from forum.tags.models import Synonym, Tag, Voice
from forum.tasks.jobs import job

LONGEST_REASON = 500


def propose(member: Viewer, tag: Tag, name: str, reason: str = "") -> Synonym:
    """Propose that `name` be the same as this tag; proposed already, it counts as a confirmation.

    A gardener's is accepted at once. Raises Refused, Invalid (name, reason).
    """
    rules.propose(member).require()
    check(name=names_problem([name], 1), reason=reason_problem(reason))
    limits.limit_member(member, "open")
    with transaction():
        queries.lock_synonyms()
        tag, other = queries.root_of(tag), queries.root_of(ensure(name, member))
        if tag.id == other.id:
            raise Invalid({"name": f"« {spelling.label(name)} » et « {tag.label} » sont déjà un seul et même mot-clé."})
        found = queries.between(other, tag)
        if found and found.state == "proposed":
            return _confirm_again(member, found)
        synonym = Synonym.create(
            name=spelling.label(name), tag=other, into=tag, proposed_by=member.id, reason=reason.strip()
        )
        note("proposed", member, synonym)
        settle_on_time.schedule((synonym.id,), eta=synonym.created_at + queries.DELAY)
        if rules.decide(member):
            settle_as(synonym, "accepted", member)
    return synonym


def confirm(member: Viewer, synonym: Synonym) -> None:
    """Say that they are one; saying it again changes nothing. Raises Refused."""
    limits.limit_member(member, "post")
    with transaction():
        synonym = _locked(synonym)
        rules.confirm(member, synonym).require()
        _say(member, synonym, "confirm")
        _settle(synonym)


def object_to(member: Viewer, synonym: Synonym, reason: str = "") -> None:
    """Say that they are not one, and why: from then on a gardener decides. Raises Refused, Invalid (reason)."""
    rules.object_to(member, synonym).require()
    check(reason=reason_problem(reason) or ("Dites en une phrase pourquoi." if not reason.strip() else None))
    limits.limit_member(member, "post")
    with transaction():
        synonym = _locked(synonym)
        rules.object_to(member, synonym).require()
        _say(member, synonym, "object", reason)


def ask_undo(member: Viewer, synonym: Synonym, reason: str = "") -> None:
    """Ask to part again what a synonym joined; a gardener does it at once. Raises Refused, Invalid (reason)."""
    check(reason=reason_problem(reason))
    limits.limit_member(member, "post")
    with transaction():
        synonym = _locked(synonym)
        rules.ask_undo(member, synonym).require()
        _say(member, synonym, "undo", reason)
        if rules.decide(member):
            return settle_as(synonym, "undone", member)
        settle_on_time.schedule((synonym.id,), eta=now() + queries.DELAY)


def decide(member: Viewer, synonym: Synonym, accepted: bool) -> None:
    """Accept or refuse a proposed synonym at once; for gardeners. Raises Refused."""
    rules.decide(member).require()
    with transaction():
        synonym = _locked(synonym)
        if synonym.state == "proposed":
            settle_as(synonym, "accepted" if accepted else "refused", member)


def settle_due() -> None:
    """Decide every synonym whose time has come."""
    for number in queries.due_ids():
        with transaction():
            _settle(_locked(Synonym(id=number)))


@job()
def settle_on_time(number: int) -> None:
    """The worker's look at one synonym when its time to object is over."""
    if number in queries.due_ids():
        with transaction():
            _settle(_locked(Synonym(id=number)))


def _confirm_again(member: Viewer, synonym: Synonym) -> Synonym:
    if rules.confirm(member, synonym):
        _say(member, synonym, "confirm")
        _settle(synonym)
    return synonym


def _say(member: Viewer, synonym: Synonym, stance: str, reason: str = "") -> None:
    said = {Voice.stance: stance, Voice.reason: reason.strip(), Voice.created_at: now()}
    keep = Voice.get_or_none(Voice.synonym == synonym.id, Voice.member == member.id, Voice.stance == stance)
    if keep is None:
        Voice.insert({Voice.synonym: synonym.id, Voice.member: member.id, **said}).on_conflict(
            conflict_target=[Voice.synonym, Voice.member], update=said
        ).execute()


def _settle(synonym: Synonym) -> None:
    if synonym.id in queries.due_ids():
        settle_as(synonym, "accepted" if synonym.state == "proposed" else "undone")


def _locked(synonym: Synonym) -> Synonym:
    queries.lock_synonyms()
    return queries.synonym_for(synonym.id)


def reason_problem(reason: str) -> str | None:
    """What is wrong with a reason given, in French."""
    return f"{LONGEST_REASON} signes au plus." if len(reason.strip()) > LONGEST_REASON else None
