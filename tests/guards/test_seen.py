"""Every form says what it was made from, or why it may do without."""

import re
from collections.abc import Iterator
from pathlib import Path

TEMPLATES = Path(__file__).parents[2] / "templates"
FORM = re.compile(r'<form\b(?=[^>]*method="post"|[^>]*\{\{ ui\.act\()(.*?)</form>', re.DOTALL)
# An act of one press: its address is the first thing told to the macro, with ~ around what differs.
ACT = re.compile(r"\{\{ ui\.act\((.*?), ")
ACTION = re.compile(r'action="((?:\{\{.*?\}\}|[^"])*)"')
MARK = re.compile(r'ui\.seen\(|name="seen"')
INCLUDE = re.compile(r'{% include "([^"]+)" %}')

# Why a form may act on a row that others may change meanwhile, then those that do, by template and address.
EXCUSED = {
    "one changes what is one's own alone": """
        accounts/mine.html /deconnexion
        accounts/settings.html /deconnexion
        accounts/settings.html /moi/reglages/courriel
        accounts/settings.html /moi/reglages/mot-de-passe
        arrival/forgotten.html /mot-de-passe
        arrival/renew.html /mot-de-passe/*
        arrival/sign_in.html /connexion
        groups/group.html /g/*/abonnement
        groups/group.html /g/*/bienvenue
        home/home.html /synonymes/*/compris
        layouts/base.html /deconnexion
        moderation/blocked.html /moi/bloques
        notifications/_choices.html /moi/reglages/notifications
        notifications/notices.html /moi/notifications
        notifications/stop.html /courriel/stop/*
        notifications/tuning.html
        personal_data/_leaving.html /moi/suppression
        personal_data/taking_back.html /*/*/suppression
        sandbox/keep.html /essai/compte
        sandbox/sandbox.html /essai
        tags/tag.html /t/*/abonnement
    """,
    "it names what is to be, and says which, in the record too": """
        offices/site.html /site/offices
    """,
    "it makes something new and writes over nothing": """
        arrival/sign_up.html /inscription
        discussions/_answer.html /d/*/commentaires
        discussions/_arrival.html /d/*/arrivee
        errors/429.html
        discussions/new.html /g/*/discussions/nouvelle
        discussions/split.html /d/*/separation
        draws/form.html
        candidacies/form.html
        candidacies/call.html
        candidacies/candidacy.html /candidatures/c/*/paroles
        groups/invitations.html /g/*/invitations
        groups/invitations.html /g/*/invitations/courriels
        groups/new.html /groupes/nouveau
        moderation/report.html /signaler/*/*
        proposals/_lifecycle.html /p/*/rappel
        tags/tag.html /t/*/synonymes#synonymes
        tags/tag.html /t/*/separations#synonymes
    """,
    "every version is kept and may be read": """
        discussions/edit.html /d/*/modifier
        discussions/edit_comment.html /c/*/modifier
        proposals/statement.html
    """,
    "one comes, or goes, and may go back on it": """
        discussions/_answer.html /g/*/adhesion
        draws/_volunteers.html /g/*/adhesion
        draws/_volunteers.html /tirages/*/volontaires
        draws/_volunteers.html /tirages/*/volontaires/retrait
        groups/_door.html /g/*/adhesion
        groups/_door.html /g/*/demandes/retrait
        groups/_membership.html /g/*/adhesion
        groups/group.html /g/*/depart
        groups/invitation.html /invitation/*
        initiatives/initiative.html /g/*/adhesion
        initiatives/initiative.html /i/*/participation
        initiatives/initiative.html /i/*/retrait
        proposals/proposal.html /g/*/adhesion
        proposals/proposal.html /p/*/telephone/retrait
    """,
    "it turns one thing on or off, and may be turned back": """
        discussions/_care.html /d/*/cloture
        discussions/_care.html /d/*/epingle
        discussions/_care.html /d/*/reouverture
        groups/address.html /g/*/reglages/dessous
        groups/invitations.html /g/*/invitations/*/renouveler
        groups/invitations.html /g/*/invitations/*/retirer
        reorganisation/ending.html /g/*/archivage
        reorganisation/ending.html /g/*/reouverture
        reorganisation/ending.html /g/*/separation/*
    """,
    "one field, which whoever sends it means whole": """
        groups/address.html /g/*/reglages/adresse
        groups/address.html /g/*/reglages/place
    """,
    "it is settled once: a second answer changes nothing or is refused": """
        accounts/mine.html /g/*/retablissement
        draws/_result.html /tirages/*/desistement
        draws/_sources.html /tirages/*/nombres
        draws/_volunteers.html /tirages/*/gel
        draws/ticket.html /tirages/*/desistement
        candidacies/call.html /candidatures/appels/*/designation
        candidacies/call.html /candidatures/appels/*/tirage
        candidacies/call.html /candidatures/appels/*/vote
        candidacies/candidacy.html /candidatures/c/*/effacement
        candidacies/candidacy.html /candidatures/c/*/retrait
        candidacies/candidacy.html /candidatures/paroles/*/effacement
        groups/animation.html /g/*/animation/*
        groups/animation.html /g/*/animation/accepter
        groups/animation.html /g/*/animation/laisser
        groups/animation.html /g/*/animation/objection
        groups/animation.html /g/*/animation/quitter
        groups/removal.html /g/*/membres/*/retrait
        groups/requests.html /g/*/demandes/*
        moderation/case.html /moderation/*/transmettre
        moderation/decision.html /moderation/decisions/*/jugement
        moderation/decision.html /moderation/decisions/*/levee
        moderation/decision.html /moderation/decisions/*/objection
        tags/synonym.html /synonymes/*/accepter
        tags/synonym.html /synonymes/*/confirmer
        tags/synonym.html /synonymes/*/defaire
        tags/synonym.html /synonymes/*/objecter
        tags/synonym.html /synonymes/*/reunir
    """,
    "it ends, reopens or moves a thing whole, whatever its words, and all are told why": """
        draws/draw.html /tirages/*/annulation
        draws/draw.html /tirages/*/fin
        initiatives/initiative.html /i/*/annulation
        proposals/cancel.html
        proposals/reopen.html
        reorganisation/ending.html /g/*/reunion
        reorganisation/ending.html /g/*/suppression
        reorganisation/moving.html /d/*/deplacement
    """,
}


def forms() -> Iterator[tuple[str, str, str]]:
    """The template, the address and the text of each form that is sent, with what it includes."""
    for path in sorted(TEMPLATES.rglob("*.html")):
        for found in FORM.finditer(path.read_text("utf-8")):
            inside = INCLUDE.sub(lambda part: (TEMPLATES / part[1]).read_text("utf-8"), found[1])
            yield path.relative_to(TEMPLATES).as_posix(), address_of(found[1]), inside


def address_of(form: str) -> str:
    """The address that a form is sent to, with * for what differs, '' for that of its page."""
    if act := ACT.search(form.split("\n", 1)[0]):
        return re.sub(r'" ~ [^"]*?(?: ~ "|$)', "*", act[1]).strip('"')
    action = ACTION.search(form.split("\n{{ ui.csrf", 1)[0])
    return re.sub(r"\{\{.*?\}\}", "*", action[1] if action else "")


def test_every_form_over_what_others_change_bears_the_mark_of_what_was_read():
    without = {f"{template} {address}".strip() for template, address, text in forms() if not MARK.search(text)}
    excused = {line.strip() for lines in EXCUSED.values() for line in lines.split("\n") if line.strip()}
    assert without - excused == set(), "bear ui.seen(...), or say why not"
    assert excused - without == set(), "excused for nothing"
