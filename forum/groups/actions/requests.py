"""Asking to enter a group, and being answered."""

from datetime import timedelta

from huey import crontab

from forum import limits
from forum.accounts.models import Viewer
from forum.database.clock import now
from forum.database.transactions import transaction
from forum.errors import NotFound, check
from forum.groups import queries, rules
from forum.groups.actions.membership import LONGEST_WORD, add_member, join
from forum.groups.models import Group, Removal, Request
from forum.tasks import journal
from forum.tasks.jobs import huey
from forum.text.fields import body_problem
from forum.text.typed import many_lines

# What animators choose, and the state it leads to.
CHOICES = {"accept": "accepted", "decline": "declined", "aside": "aside"}
VERBS = {"accepted": "membership.accepted", "declined": "membership.declined", "aside": "membership.aside"}
# An answer is kept so long for whoever asked to read it, then forgotten with the request.
KEPT = timedelta(days=30)


def enter(member: Viewer, group: Group, word: str = "") -> None:
    """Join, or where joining is on demand ask to. Raises Refused, Invalid (word)."""
    if rules.join(member, group) or not rules.ask(member, group):
        join(member, group)
    else:
        ask_to_join(member, group, word)


def ask_to_join(member: Viewer, group: Group, word: str = "") -> None:
    """Ask the animators to be let in, with a word or without; asked again it is the same request, with the new word.

    A member asks for nothing. Raises Refused, Invalid (word).
    """
    word = many_lines(word)
    check(word=body_problem(word, LONGEST_WORD, least=0))
    rules.ask(member, group).require()
    limits.limit_member(member, "ask")
    with transaction():
        group = queries.lock(group)
        rules.ask(member, group).require()
        if not rules.belongs(member, group) and _note(member, group, word):
            journal.record(
                "membership.asked",
                actor=member,
                group=group,
                subject=("group", group.id),
                note=journal.Note(
                    queries.animators_of(group),
                    f"{member.username} demande à entrer dans #{group.handle}.",
                    f"/g/{group.handle}/demandes",
                ),
            )


def withdraw_request(member: Viewer, group: Group) -> None:
    """Take one's request back, whatever became of it; having none changes nothing. Raises Refused."""
    rules.leave(member, group).require()
    with transaction():
        mine = Request.group == group.id, Request.member == member.id
        if Request.delete().where(*mine, Request.state != "accepted").execute():
            journal.record("membership.withdrawn", actor=member, group=group, subject=("group", group.id))


def answer_request(member: Viewer, group: Group, key: str, choice: str, message: str = "") -> Request:
    """Accept, decline, or leave aside; the request as it stands then.

    Two animators at once: the first decides, and the second finds it decided by the other (`decided_by`).
    Raises Refused, NotFound, Invalid (choice, message).
    """
    message = many_lines(message)
    known = None if choice in CHOICES else "Choisissez : accepter, refuser ou laisser de côté."
    check(choice=known, message=body_problem(message, LONGEST_WORD, least=0))
    with transaction():
        group = queries.lock(group)
        rules.admit(member, group).require()
        request = Request.get_or_none(Request.group == group.id, Request.key == key)
        if request is None:
            raise NotFound
        if request.state in ("waiting", "aside"):
            _decide(member, group, request, CHOICES[choice], message)
    return request


@huey.periodic_task(crontab(hour="4", minute="10"))
def forget_old_requests() -> None:
    """Each night go the answers read long ago, and removals that close no door any more."""
    with transaction():
        Request.delete().where(Request.decided_at < now() - KEPT, Request.state.in_(("accepted", "declined"))).execute()
        Removal.delete().where(Removal.created_at < now() - rules.REMOVAL).execute()


def _note(member: Viewer, group: Group, word: str) -> bool:
    """Whether this is a new request; one that waits takes the new word, if there is one."""
    mine = Request.group == group.id, Request.member == member.id
    before = Request.get_or_none(*mine)
    if before and before.state in ("waiting", "aside"):
        Request.update(word=word or before.word).where(Request.id == before.id).execute()
        return False
    Request.delete().where(*mine).execute()
    Request.create(group=group, member=member, word=word)
    return True


def _decide(member: Viewer, group: Group, request: Request, state: str, message: str) -> None:
    request.state, request.answer, request.decided_at = state, message, now()
    request.decided_by_id = member.id
    if state != "aside":
        request.word = ""
    request.save()
    journal.record(VERBS[state], actor=member, group=group, subject=("group", group.id), note=_answer_to(request))
    if state == "accepted":
        add_member(request.member, group, role="member")


def _answer_to(request: Request) -> journal.Note | None:
    handle = request.group.handle
    sentences = {
        "accepted": f"Bienvenue dans #{handle} ! Votre demande est acceptée.",
        "declined": f"Votre demande d’entrer dans #{handle} n’est pas acceptée.",
    }
    if request.state not in sentences:
        return None
    sentence = f"{sentences[request.state]} {request.answer}".strip()
    return journal.Note([request.member_id], sentence, f"/g/{handle}", personal=True)
