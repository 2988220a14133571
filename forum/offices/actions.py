"""Giving and taking the offices of the site."""

from forum.accounts.models import GUEST, Account, Viewer
from forum.accounts.queries import account_named
from forum.database.transactions import held, transaction
from forum.errors import Invalid, check
from forum.offices import rules
from forum.offices.names import NONE, called, role_of
from forum.tasks import journal
from forum.text.typed import many_lines

LONGEST_REASON = 500
NOBODY = "Personne ne porte ce pseudonyme ici."
EVERYBODYS = "Ce pseudonyme est de la démonstration : tout le monde peut s’en servir."
LAST = "Il faut au moins une personne à l’administration : donnez d’abord cette responsabilité à quelqu’un d’autre."
SAID = {
    "office.given": "Une responsabilité vous est confiée",
    "office.taken": "Une responsabilité ne vous est plus confiée",
}
BY_COMMAND = "Décidé par la personne qui tient la machine du site."


def appoint(member: Viewer, username: str, word: str, reason: str) -> Account:
    """Give somebody an office of the site, or take the one they hold (`word` is one of names.WORDS).

    They are told; the public record has the office and the reason. Raises Refused, Invalid (username, office, reason).
    """
    rules.administer(member).require()
    reason = many_lines(reason)
    check(reason=_reason_problem(reason))
    with transaction():
        # Held, so that two who dismiss each other do so one after the other: the second is no longer entitled.
        running = {row.id: row for row in held(Account.select().where(rules.ADMINISTERS).order_by(Account.id))}
        rules.administer(running.get(member.id, GUEST)).require()
        account, role = _named(username), _role(word)
        if rules.resigns(account, role) and len(running) < 2:
            raise Invalid({"office": LAST})
        _change(account, role, reason, by=member)
    return account


def appoint_by_command(username: str, word: str) -> Account:
    """The same for whoever runs the machine, whom no rule of the site binds. Raises Invalid (username, office)."""
    with transaction():
        account = _named(username)
        _change(account, _role(word), BY_COMMAND)
    return account


def _reason_problem(reason: str) -> str | None:
    if not reason:
        return "Dites pourquoi : la raison est publique."
    return f"{LONGEST_REASON} signes au plus." if len(reason) > LONGEST_REASON else None


def _named(username: str) -> Account:
    found = account_named(username)
    if found is None or found.trial:
        raise Invalid({"username": NOBODY})
    if found.demo:
        raise Invalid({"username": EVERYBODYS})
    return held(Account.select().where(Account.id == found.id)).get()


def _role(word: str) -> str:
    found = role_of(word)
    if found is None:
        raise Invalid({"office": f"Choisissez une responsabilité, ou « {NONE} »."})
    return found


def _change(account: Account, role: str, reason: str, by: Viewer | None = None) -> None:
    if rules.holds(account, role):
        return
    former, account.role = account.role, role
    Account.update(role=role).where(Account.id == account.id).execute()
    if former:
        _record("office.taken", account, former, reason, by)
    if role:
        _record("office.given", account, role, reason, by)


def _record(verb: str, account: Account, role: str, reason: str, by: Viewer | None) -> None:
    note = journal.Note([account.id], f"{SAID[verb]} : {called(role)}.", "/site/journal", personal=True)
    journal.record(verb, by, None, ("account", account.id), note, office=role, reason=reason)
