"""Who may report, see what is reported, decide, take back, object and judge.

Nobody decides about themselves, about their own report, or about an objection to their own decision.
"""

from dataclasses import dataclass

from forum.accounts.models import Account, Viewer
from forum.accounts.rules import act_outside_sandbox
from forum.database.clock import now
from forum.database.select import tuples
from forum.errors import ALLOWED, NotFound, Verdict, refused, sign_in_first
from forum.groups import rules as groups
from forum.groups.models import Group, Membership, Suspension
from forum.moderation.kinds import Subject
from forum.moderation.models import Case, Decision, Objection, Report

MODERATORS = ("moderator", "admin")
# Which decisions are those of a group's animators; the others are the site's.
BY_ANIMATORS = Decision.role == "animator"
REPORTED_BY_YOU = "Vous avez signalé ce texte : c’est à quelqu’un d’autre de décider."


@dataclass(frozen=True)
class Involvement:
    """What a person has to do with a decision: it is about them, they decide on such cases, or may judge now."""

    concerned: bool
    decides: bool
    judges: bool
    may_object: bool
    may_undo: bool

    @property
    def sees_all(self) -> bool:
        """The words in question too, and the objection; others read why, where they meet the notice."""
        return self.concerned or self.decides or self.judges


def report(member: Viewer, subject: Subject) -> Verdict:
    """Whether this person, who reads it, may report it; a visitor a text or a group, not a pseudonym."""
    if member.is_guest and subject.group is None:
        return sign_in_first("Connectez-vous ou créez un compte pour signaler un pseudonyme.")
    if not (subject.group and subject.group.sandbox) and not (member.is_guest or act_outside_sandbox(member)):
        return act_outside_sandbox(member)
    if subject.concerned_id == member.id:
        return refused("C’est vous qui avez écrit cela.")
    return refused("Ce texte est déjà masqué.") if subject.hidden else ALLOWED


def see_queue(member: Viewer, group: Group | None) -> Verdict:
    """Whether this person may see what is reported in a group, or on the site (None)."""
    if member.is_guest:
        return sign_in_first()
    if group is None:
        return ALLOWED if moderates(member) else refused("Cette page est réservée à la modération du site.")
    if groups.animates(member, group):
        return groups.not_suspended(member, group)
    return refused("Les signalements d’un groupe sont réservés à ses animateur·rices.")


def see(member: Viewer, case: Case) -> bool:
    """Whether this person may open the case: whoever decides on it, never who it is about.

    The site's moderators open those of the groups they may read and those brought to them; of other groups nothing.
    """
    if member.is_guest or member.id == case.concerned_id:
        return False
    if moderates(member) and (case.desk == "site" or case.group is None):
        return True
    if case.desk == "group" and groups.animates(member, case.group):
        return bool(groups.not_suspended(member, case.group))
    return moderates(member) and bool(groups.read_content(member, case.group))


def decide(member: Viewer, case: Case) -> Verdict:
    """Whether this person may decide on the case."""
    if not see(member, case):
        raise NotFound
    return refused(REPORTED_BY_YOU) if member.id in reporters(case) else ALLOWED


def escalate(member: Viewer, case: Case) -> Verdict:
    """Whether this person may hand the case to the site's moderators: an animator, theirs or not by their report."""
    if not see(member, case):
        raise NotFound
    return ALLOWED if case.desk == "group" and case.decided_at is None else refused("Ce signalement n’est plus ici.")


def undo(member: Viewer, decision: Decision) -> Verdict:
    """Whether this person may take a decision back: those of animators by any of them, those of the site by its own."""
    decide(member, decision.case).require()
    if decision.role != "animator" and not moderates(member):
        return refused("La modération du site l’a décidé : elle seule peut y revenir.")
    return refused("Cette décision est déjà levée.") if decision.undone_at else ALLOWED


def object_to(member: Viewer, decision: Decision) -> Verdict:
    """Whether this person may object: the one concerned, or for a group any of its animators, once."""
    if not concerns(member, decision):
        raise NotFound
    if decision.undone_at:
        return refused("Cette décision est levée : il n’y a plus rien à contester.")
    return ALLOWED if decision.hides or decision.measure else refused("Cette décision n’a rien changé pour vous.")


def concerns(member: Viewer, decision: Decision) -> bool:
    """Whether the decision is about this person, or about a group they animate."""
    if member.is_guest:
        return False
    if decision.concerned_id is None:
        return groups.animates(member, decision.group)
    return member.id == decision.concerned_id


def judge(member: Viewer, objection: Objection) -> Verdict:
    """Whether this person may judge the objection: see `judges_of`."""
    if member.is_guest or member.id not in judges_of(objection.decision):
        return refused("Quelqu’un d’autre doit lire cette objection.")
    return ALLOWED


def involvement_in(decision: Decision, objection: Objection | None, member: Viewer, reader: Viewer) -> Involvement:
    """What they have to do with this decision. A `reader` who shows a pass instead of signing in as `member` may read
    and object, no more."""
    mine, inside = concerns(reader, decision), see(member, decision.case)
    return Involvement(
        concerned=mine,
        decides=inside,
        judges=objection is not None and objection.judged_at is None and bool(judge(member, objection)),
        may_object=objection is None and mine and bool(object_to(reader, decision)),
        may_undo=inside and bool(undo(member, decision)),
    )


def judges_of(decision: Decision) -> list[int]:
    """Who may judge an objection to this decision: another animator of the group, or else the site's moderators.

    For a decision of the site, another of its moderators. Empty when there is nobody else: then it waits.
    """
    apart = {decision.by_id, decision.concerned_id, *reporters(decision.case)}
    if decision.role == "animator":
        others = [person for person in animators(decision.group) if person not in apart]
        if others:
            return others
    return [person for person in moderators() if person not in apart]


def awaits_in_vain(objection: Objection | None) -> bool:
    """Whether there is an objection to judge, and for now nobody who may."""
    return objection is not None and objection.judged_at is None and not judges_of(objection.decision)


def deciders_of(case: Case) -> list[int]:
    """Who may decide on the case now."""
    apart = {case.concerned_id, *reporters(case)}
    found = animators(case.group) if case.desk == "group" else moderators()
    return [person for person in found if person not in apart]


def concerned_by(decision: Decision) -> list[int]:
    """The ids of whom a decision is about: for a group, its animators."""
    return animators(decision.group) if decision.concerned_id is None else [decision.concerned_id]


def animators(group: Group) -> list[int]:
    """The ids of a group's animators who are not suspended from it."""
    suspended = Suspension.select(Suspension.member).where(Suspension.group == group.id, Suspension.until > now())
    rows = Membership.select(Membership.member).where(Membership.group == group.id, groups.ANIMATING)
    rows = rows.where(Membership.member.not_in(suspended))
    return [account_id for (account_id,) in tuples(rows.order_by(Membership.id))]


def moderators() -> list[int]:
    """The ids of the site's moderators and admins."""
    rows = Account.select(Account.id).where(Account.role.in_(MODERATORS)).order_by(Account.id)
    return [account_id for (account_id,) in tuples(rows)]


def reporters(case: Case) -> set[int]:
    """The ids of who reported, but for visitors. Never shown to anybody."""
    known = Report.case == case.id, Report.reporter.is_null(False)
    return {account_id for (account_id,) in tuples(Report.select(Report.reporter).where(*known))}


def moderates(member: Viewer) -> bool:
    """Whether this person is one of the site's moderators."""
    return member.role in MODERATORS


def role_for(member: Viewer, case: Case) -> str:
    """In what part this person decides on the case: animator where they can, else as the site's."""
    if case.desk == "group" and groups.animates(member, case.group):
        return "animator"
    return member.role
