"""Decisions in words: for the public log, for the person concerned, for whoever reported."""

from typing import Any

from forum.moderation.charter import RULES
from forum.moderation.kinds import KINDS
from forum.moderation.models import Decision, Objection
from forum.offices.names import called
from forum.text import dates

ROLES = {
    "animator": "l’animation du groupe",
    "moderator": "la modération du site",
    "admin": "l’administration du site",
}
# Acts of the public log, each with its sentence; {readers} stands for who reads the group from then on.
PUBLIC = {
    "group.created": "Le groupe est fondé.",
    "group.edited": "La présentation, la charte ou les thèmes du groupe ont changé.",
    "group.access_changed": "L’accès au groupe a changé : {readers}.",
    "group.archived": "Le groupe est archivé.",
    "group.reopened": "Le groupe est rouvert.",
    "group.restored": "Le groupe, supprimé, est rétabli.",
    "group.merged": "Deux groupes n’en font plus qu’un.",
    "group.unmerged": "La réunion de deux groupes est défaite.",
    "group.rights_changed": "Ce que peuvent faire les membres a changé.",
    "group.renamed": "L’adresse du groupe a changé.",
    "group.placed": "La place du groupe parmi les autres a changé.",
    "animator.named": "Une personne de plus anime le groupe.",
    "animator.stepped_down": "Une personne n’anime plus le groupe.",
    "animator.missing": "Plus personne n’anime le groupe : la place est proposée à ses membres.",
    "animator.proposed": "Une personne se propose d’animer le groupe.",
    "animator.objected": "Des membres ont objecté à cette proposition.",
    "animator.succeeded": "Cette personne anime désormais le groupe.",
    "membership.removed": "Une personne est retirée du groupe.",
    "option.added": "Une option est ajoutée à un vote.",
    "proposal.cancelled": "Un vote est annulé.",
    "proposal.reopened": "Un vote est rouvert.",
    "draw.prepared": "Un tirage au sort est préparé.",
    "draw.frozen": "La liste d’un tirage au sort est gelée.",
    "draw.entered": "Des numéros sont entrés pour un tirage au sort.",
    "draw.settled": "Les numéros d’un tirage au sort sont établis.",
    "draw.drawn": "Un tirage au sort a lieu.",
    "draw.withdrawn": "Une personne se désiste après un tirage au sort.",
    "draw.cancelled": "Un tirage au sort est annulé.",
    "draw.ended": "Un tirage au sort est terminé.",
    # The reason of a closing stands on the page of the discussion; neither group need know the other.
    "discussion.closed": "Une discussion est close.",
    "discussion.reopened": "Une discussion close est rouverte.",
    "discussion.moved": "Une discussion est arrivée d’un autre groupe.",
    "discussion.left": "Une discussion est passée dans un autre groupe.",
    "discussion.split": "Une partie d’une discussion continue dans une nouvelle.",
}
# Acts of the public log of the site; {office} is what the office does.
OF_SITE = {
    "office.given": "Une responsabilité est confiée à une personne : {office}.",
    "office.taken": "Une responsabilité n’est plus confiée à une personne : {office}.",
}
READERS = {
    "ouvert": "tout le monde peut le lire",
    "ferme": "ses membres seuls le lisent",
    "secret": "ses membres seuls savent qu’il existe",
}


def act_in_public(verb: str, facts: dict[str, Any]) -> str:
    """What was done, by a verb of PUBLIC or OF_SITE and the facts of its line."""
    if verb in OF_SITE:
        return OF_SITE[verb].replace("{office}", called(facts["office"]))
    readers = READERS[facts["after"][0]] if verb == "group.access_changed" else ""
    return PUBLIC[verb].replace("{readers}", readers)


def in_public(decision: Decision) -> str:
    """What was decided, naming nobody: «   Un message masqué, une personne suspendue du groupe pour 7 jours.   »"""
    parts = [KINDS[decision.case.kind].a_hidden] if decision.hides else []
    if decision.measure == "warn":
        parts.append("un avertissement")
    elif decision.measure:
        where = "du groupe" if decision.measure == "group" else "du site"
        parts.append(f"une personne suspendue {where} {_duration(decision.days)}")
    return _sentence(parts or [f"un signalement laissé sans suite, à propos {KINDS[decision.case.kind].of_a}"])


def to_concerned(decision: Decision) -> str:
    """What is decided about a person, told to them: what, by which rule, for how long; '' where nothing is."""
    parts = [KINDS[decision.case.kind].yours_is_hidden] if decision.hides else []
    if decision.measure == "warn":
        parts.append("un avertissement vous est adressé")
    elif decision.measure == "group":
        parts.append(f"vous ne pouvez plus écrire dans #{decision.group.handle} {_duration(decision.days)}")
    elif decision.measure:
        parts.append(f"vous êtes suspendu·e du site {_duration(decision.days)}")
    if not parts:
        return ""
    rule = RULES[decision.rule]
    return f"{_sentence(parts)[:-1]} ({rule.why}, {rule.name}). Vous pouvez contester."


def to_reporters(decision: Decision) -> str:
    """What became of a report; of the person nothing."""
    done = "Merci : ce que vous avez signalé"
    if decision.hides:
        return f"{done} est masqué."
    return f"{done} a été examiné, une suite y est donnée." if decision.measure else f"{done} a été examiné et laissé."


def taken_back(decision: Decision) -> str:
    """Told to the person concerned when a decision is undone without their objection."""
    return f"La décision du {dates.day(decision.decided_at)[3:]} vous concernant est levée."


def judged(objection: Objection) -> str:
    """Told to whoever objected."""
    outcome = "la décision est maintenue" if objection.upheld else "la décision est levée"
    return f"Votre objection a été lue : {outcome}."


def objection_in_public(objection: Objection | None) -> str:
    """What became of the objection to a decision, '' when there was none."""
    if objection is None:
        return ""
    if objection.judged_at is None:
        return "Objection reçue, en attente."
    outcome = "rejetée" if objection.upheld else "retenue, la décision est levée"
    return f"Objection {outcome} par {ROLES[objection.judge_role]} {dates.day(objection.judged_at)}."


def undone_in_public(decision: Decision) -> str:
    """That a decision was taken back, '' when it holds or fell by an objection."""
    if decision.undone_at is None or not decision.undone_why:
        return ""
    return f"Levée par {ROLES[decision.undone_role]} {dates.day(decision.undone_at)} : {decision.undone_why}"


def _duration(days: int) -> str:
    if not days:
        return "sans limite de temps"
    return f"pour {days} jour{'s' if days > 1 else ''}"


def _sentence(parts: list[str]) -> str:
    said = ", ".join(parts)
    return f"{said[0].upper()}{said[1:]}."
