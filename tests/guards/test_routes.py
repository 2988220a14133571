"""Every route has a rule: who is let in, for each address of the site, in an open group and in a secret one.

A route that is not in the table fails the suite. {d}, {c}, {p}, {i}, {l}: a discussion, a comment, a proposal, an
initiative, a draw of the group {g}.
"""

from dataclasses import dataclass, field

import pytest

from forum.candidacies import actions as candidacies
from forum.discussions import actions as discussions
from forum.groups.models import Group
from forum.proposals import actions as proposals
from tests.candidacies import called, standing
from tests.draws import frozen
from tests.guards import markup
from tests.initiatives import planned
from tests.world import group, member

GUESTS_DOOR = 303
LONG = "Un texte assez long pour être lu."


@dataclass
class Case:
    """What a guest, Bob (signed in, no member) and Alice (who animates the group) are answered."""

    endpoint: str
    path: str
    guest: int
    bob: int
    alice: int
    form: dict | None = None
    secret: tuple[int, int, int] | None = (404, 404, 0)
    fields: dict = field(default_factory=dict)


CASES = [
    Case("home.home", "/", 200, 200, 200, secret=None),
    Case("home.about", "/a-propos", 200, 200, 200, secret=None),
    Case("moderation.charter_of_site", "/charte", 200, 200, 200, secret=None),
    Case("candidacies.country", "/candidatures", 200, 200, 200, secret=None),
    Case("candidacies.frame", "/candidatures/cadre", 200, 200, 200, secret=None),
    Case("candidacies.of_constituency", "/candidatures/087-03", 200, 200, 200, secret=None),
    Case("draws.was_it_chance", "/hasard", 200, 200, 200, secret=None),
    Case("draws.was_it_chance_json", "/hasard.json", 422, 422, 422, secret=None),
    Case("home.manifest", "/manifest.webmanifest", 200, 200, 200, secret=None),
    Case("home.alive", "/healthz", 200, 200, 200, secret=None),
    # No index in this test's site: told to whoever watches, in English.
    Case("home.ready", "/readyz", 503, 503, 503, secret=None),
    Case("assets.file", "/static/build/none.js", 404, 404, 404, secret=None),
    Case("assets.worker", "/sw.js", 200, 200, 200, secret=None),
    Case("arrival.sign_up_form", "/inscription", 200, 303, 303, secret=None),
    Case("arrival.sign_up", "/inscription", 422, 422, 422, {}, secret=None),
    Case("arrival.sign_in_form", "/connexion", 200, 303, 303, secret=None),
    Case("arrival.sign_in", "/connexion", 422, 422, 422, {}, secret=None),
    Case("arrival.sign_out", "/deconnexion", 303, 303, 303, {}, secret=None),
    Case("arrival.forgotten", "/mot-de-passe", 200, 200, 200, secret=None),
    Case("arrival.ask_new_password", "/mot-de-passe", 422, 422, 422, {}, secret=None),
    Case("arrival.new_password", "/mot-de-passe/inconnu", 404, 404, 404, secret=None),
    Case("arrival.renew_password", "/mot-de-passe/inconnu", 404, 404, 404, {}, secret=None),
    Case("notifications.stopping", "/courriel/stop/inconnu", 404, 404, 404, secret=None),
    Case("notifications.stop", "/courriel/stop/inconnu", 404, 404, 404, {}, secret=None),
    Case("sandbox.page", "/essai", 200, 200, 200, secret=None),
    Case("sandbox.enter", "/essai", 303, 303, 303, {}, secret=None),
    Case("sandbox.keep_form", "/essai/compte", GUESTS_DOOR, 403, 403, secret=None),
    Case("sandbox.keep", "/essai/compte", 403, 403, 403, {}, secret=None),
    Case("accounts.mine", "/moi", GUESTS_DOOR, 200, 200, secret=None),
    Case("accounts.session_now", "/moi/session", 200, 200, 200, secret=None),
    Case("accounts.settings", "/moi/reglages", GUESTS_DOOR, 200, 200, secret=None),
    Case("personal_data.my_data", "/moi/donnees", GUESTS_DOOR, 200, 200, secret=None),
    Case("personal_data.leave_for_good", "/moi/suppression", 403, 422, 422, {"password": "?"}, secret=None),
    Case("accounts.change_email", "/moi/reglages/courriel", 403, 422, 422, {"email": "x"}, secret=None),
    Case("notifications.choose", "/moi/reglages/notifications", 403, 422, 422, {"by_mail": "1"}, secret=None),
    Case("proposals.frame", "/p/{p}/cadre", 200, 200, 200, secret=(404, 404, 404)),
    Case("draws.frame", "/tirages/{l}/cadre", 200, 200, 200, secret=(404, 404, 404)),
    Case("notifications.choices", "/moi/reglages/notifications", GUESTS_DOOR, 200, 200, secret=None),
    Case("notifications.of_group", "/g/{g}/notifications", GUESTS_DOOR, 200, 200),
    Case("notifications.tune_group", "/g/{g}/notifications", 403, 303, 303, {"level": "all"}),
    Case("notifications.of_discussion", "/d/{d}/notifications", GUESTS_DOOR, 200, 200),
    Case("notifications.tune_discussion", "/d/{d}/notifications", 403, 303, 303, {"level": "all"}),
    Case("notifications.notices", "/moi/notifications", GUESTS_DOOR, 200, 200, secret=None),
    Case("notifications.see", "/moi/notifications", 403, 303, 303, {}, secret=None),
    Case("accounts.change_password", "/moi/reglages/mot-de-passe", 403, 422, 422, {}, secret=None),
    Case("places.all_places", "/lieux", 200, 200, 200, secret=None),
    Case("places.place", "/lieux/087", 200, 200, 200, secret=None),
    Case("search.find_groups", "/groupes?q=87", 200, 200, 200, secret=None),
    Case("search.texts_below", "/groupes/textes?q=87", 303, 303, 303, secret=None),
    Case("search.groups_json", "/groupes.json?q=87", 200, 200, 200, secret=None),
    Case("search.search", "/recherche?q=texte", 200, 200, 200, secret=None),
    Case("search.search_json", "/recherche.json?q=texte", 200, 200, 200, secret=None),
    Case("tags.tag", "/t/insoumis", 200, 200, 200, secret=None),
    Case("tags.tag_json", "/t/insoumis.json", 200, 200, 200, secret=None),
    Case("tags.feed", "/t/insoumis.atom", 200, 200, 200, secret=None),
    Case("tags.suggestions", "/t?q=ins", 200, 200, 200, secret=None),
    Case("tags.synonyms", "/synonymes", 200, 200, 200, secret=None),
    Case("tags.synonyms_csv", "/synonymes.csv", 200, 200, 200, secret=None),
    Case("tags.synonym", "/synonymes/9999", 404, 404, 404, secret=None),
    Case("tags.speak", "/synonymes/9999/confirmer", 404, 404, 404, {}, secret=None),
    Case("tags.hear", "/synonymes/9999/compris", 403, 303, 303, {}, secret=None),
    Case("tags.part", "/t/insoumis/separations", 403, 403, 403, {"name": ""}, secret=None),
    Case("tags.reunite", "/synonymes/9999/reunir", 404, 404, 404, {}, secret=None),
    Case("tags.propose", "/t/insoumis/synonymes", 403, 422, 422, {"name": ""}, secret=None),
    Case("tags.follow", "/t/insoumis/abonnement", GUESTS_DOOR, 303, 303, {}, secret=None),
    Case("groups.new_group", "/groupes/nouveau", GUESTS_DOOR, 200, 200, secret=None),
    Case("groups.create", "/groupes/nouveau", 403, 422, 422, {}, secret=None),
    Case("groups.group", "/g/{g}", 200, 200, 200),
    Case("groups.group_json", "/g/{g}.json", 200, 200, 200),
    # A feed is for everybody or for nobody: readers of feeds do not sign in.
    Case("discussions.feed", "/d/{d}.atom", 200, 200, 200, secret=(404, 404, 404)),
    Case("groups.feed", "/g/{g}.atom", 200, 200, 200, secret=(404, 404, 404)),
    Case("groups.members", "/g/{g}/membres", 403, 403, 200),
    Case("groups.settings", "/g/{g}/reglages", 403, 403, 200),
    Case("groups.edit", "/g/{g}/reglages", 403, 403, 422, {}),
    Case("groups.follow", "/g/{g}/abonnement", GUESTS_DOOR, 303, 303, {"follow": "0"}),
    Case("groups.invitations_page", "/g/{g}/invitations", GUESTS_DOOR, 403, 200),
    Case("groups.invite", "/g/{g}/invitations", 403, 403, 422, {}),
    Case("groups.invite_by_mail", "/g/{g}/invitations/courriels", 403, 403, 422, {}),
    Case("groups.renew_invitation", "/g/{g}/invitations/inconnue/renouveler", 404, 404, 404, {}),
    Case("groups.withdraw_invitation", "/g/{g}/invitations/inconnue/retirer", 303, 303, 303, {}),
    Case("groups.invitation", "/invitation/inconnue", 404, 404, 404, secret=None),
    Case("groups.accept", "/invitation/inconnue", 404, 404, 404, {}, secret=None),
    Case("groups.poster", "/invitation/inconnue/affiche", 404, 404, 404, secret=None),
    Case("groups.removal", "/g/{g}/membres/Bob/retrait", 403, 403, 404),
    Case("groups.remove", "/g/{g}/membres/Bob/retrait", 403, 403, 404, {}),
    Case("groups.requests", "/g/{g}/demandes", 403, 403, 200),
    Case("groups.answer", "/g/{g}/demandes/inconnu", 403, 403, 404, {"choice": "accept"}),
    Case("groups.withdraw", "/g/{g}/demandes/retrait", 403, 303, 303, {}),
    Case("groups.address_form", "/g/{g}/reglages/adresse", 403, 403, 200),
    Case("groups.change_address", "/g/{g}/reglages/adresse", 403, 403, 422, {"handle": "x"}),
    Case("groups.place_under", "/g/{g}/reglages/place", 403, 403, 422, {"parent": "nulle-part"}),
    Case("groups.part", "/g/{g}/reglages/dessous", 403, 403, 303, {"child": "nulle-part"}),
    Case("groups.access", "/g/{g}/reglages/droits", 403, 403, 200),
    Case("groups.change_access", "/g/{g}/reglages/droits", 403, 403, 422, {}),
    Case("discussions.new_discussion", "/g/{g}/discussions/nouvelle", GUESTS_DOOR, 403, 200),
    Case("discussions.open", "/g/{g}/discussions/nouvelle", 403, 403, 422, {}),
    Case("discussions.discussion", "/d/{d}", 200, 200, 200),
    Case("discussions.discussion_json", "/d/{d}.json", 200, 200, 200),
    Case("discussions.more", "/d/{d}/suite?page=1", 303, 303, 303),
    Case("discussions.versions", "/d/{d}/versions", 200, 200, 200),
    Case("discussions.edit_form", "/d/{d}/modifier", GUESTS_DOOR, 403, 200),
    Case("discussions.edit", "/d/{d}/modifier", 403, 403, 422, {}),
    Case("discussions.approve", "/d/{d}/accord", 403, 403, 303, {"choice": "approve"}),
    Case("discussions.pin", "/d/{d}/epingle", 403, 403, 303, {"pinned": "1"}),
    Case("discussions.close", "/d/{d}/cloture", 403, 403, 303, {}),
    Case("discussions.reopen", "/d/{d}/reouverture", 403, 403, 303, {}),
    Case("reorganisation.moving_form", "/d/{d}/deplacement", 403, 403, 200),
    Case("reorganisation.move", "/d/{d}/deplacement", 403, 403, 422, {}),
    Case("discussions.splitting_form", "/d/{d}/separation", 403, 403, 200),
    Case("discussions.split", "/d/{d}/separation", 403, 403, 422, {}),
    Case("groups.put_welcome_away", "/g/{g}/bienvenue", 403, 403, 303, {}),
    Case("discussions.comment", "/d/{d}/commentaires", 403, 403, 422, {}),
    Case("arrival.answer", "/d/{d}/arrivee", 422, 422, 422, {}),
    Case("discussions.one_comment", "/c/{c}", 302, 302, 302),
    Case("discussions.comment_versions", "/c/{c}/versions", 200, 200, 200),
    Case("discussions.edit_comment_form", "/c/{c}/modifier", GUESTS_DOOR, 403, 200),
    Case("discussions.edit_comment", "/c/{c}/modifier", 403, 403, 422, {}),
    Case("personal_data.discussion_to_take_back", "/d/{d}/suppression", GUESTS_DOOR, 403, 200),
    Case("personal_data.comment_to_take_back", "/c/{c}/suppression", GUESTS_DOOR, 403, 200),
    Case("proposals.new_in_group", "/g/{g}/propositions/nouvelle", GUESTS_DOOR, 403, 200),
    Case("proposals.propose_in_group", "/g/{g}/propositions/nouvelle", 403, 403, 422, {}),
    Case("proposals.new_in_discussion", "/d/{d}/propositions/nouvelle", GUESTS_DOOR, 403, 200),
    Case("proposals.propose_in_discussion", "/d/{d}/propositions/nouvelle", 403, 403, 422, {}),
    Case("proposals.proposal", "/p/{p}", 200, 200, 200),
    Case("proposals.proposal_json", "/p/{p}.json", 200, 200, 200),
    Case("proposals.minutes_csv", "/p/{p}.csv", 200, 200, 200),
    Case("proposals.printed", "/p/{p}/imprimer", 200, 200, 200),
    Case("proposals.voices", "/p/{p}/voix", 403, 403, 200),
    Case("proposals.voices_csv", "/p/{p}/voix.csv", 403, 403, 200),
    Case("proposals.my_voice", "/p/{p}/ma-voix", GUESTS_DOOR, 200, 200),
    Case("proposals.cancel_form", "/p/{p}/annulation", 403, 403, 200),
    Case("proposals.cancel", "/p/{p}/annulation", 403, 403, 422, {}),
    Case("proposals.reopen_form", "/p/{p}/reouverture", 403, 403, 403),
    Case("proposals.reopen", "/p/{p}/reouverture", 403, 403, 403, {}),
    Case("proposals.remind", "/p/{p}/rappel", 403, 403, 303, {}),
    Case("proposals.statement", "/p/{p}/suite", 200, 200, 200),
    Case("proposals.state_outcome", "/p/{p}/suite", 403, 403, 403, {}),
    Case("proposals.new_room", "/p/{p}/salle", 403, 403, 200),
    Case("proposals.count_room", "/p/{p}/salle", 403, 403, 422, {}),
    Case("proposals.room", "/p/{p}/salle/jamaisvu", 403, 403, 404),
    Case("proposals.correct_room", "/p/{p}/salle/jamaisvu", 404, 404, 404, {}),
    Case("proposals.voice_form", "/p/{p}/telephone", 403, 403, 200),
    Case("proposals.record_voice", "/p/{p}/telephone", 403, 403, 422, {}),
    Case("proposals.withdraw_voice", "/p/{p}/telephone/retrait", 403, 403, 403, {}),
    Case("proposals.vote", "/p/{p}/vote", 403, 403, 422, {}),
    Case("proposals.edit_form", "/p/{p}/modifier", 403, 403, 200),
    Case("proposals.participation", "/p/{p}/participation", 403, 403, 200),
    Case("proposals.edit", "/p/{p}/modifier", 403, 403, 422, {}),
    Case("groups.animation", "/g/{g}/animation", 403, 403, 200),
    Case("groups.name_animator", "/g/{g}/animation/nommer", 403, 403, 422, {}),
    Case("groups.give_title", "/g/{g}/animation/titre", 403, 403, 422, {}),
    Case("groups.hand_over", "/g/{g}/animation/transmettre", 403, 403, 422, {}),
    Case("groups.accept_part", "/g/{g}/animation/accepter", 403, 403, 403, {}),
    Case("groups.decline_part", "/g/{g}/animation/laisser", 403, 403, 303, {}),
    Case("groups.object_to_candidate", "/g/{g}/animation/objection", 403, 403, 422, {}),
    Case("groups.figures", "/g/{g}/chiffres", 403, 403, 200),
    Case("reorganisation.ending", "/g/{g}/fin", 403, 403, 200),
    Case("groups.archive", "/g/{g}/archivage", 403, 403, 303, {}),
    Case("groups.reopen", "/g/{g}/reouverture", 403, 403, 303, {}),
    Case("reorganisation.restore", "/g/{g}/retablissement", 404, 404, 404, {}),
    Case("reorganisation.merge", "/g/{g}/reunion", 403, 403, 422, {}),
    Case("reorganisation.unmerge", "/g/{g}/separation/9999", 403, 403, 404, {}),
    Case("reorganisation.delete", "/g/{g}/suppression", 403, 403, 422, {}),
    Case("initiatives.agenda", "/agenda", 200, 200, 200, secret=None),
    Case("initiatives.of_group", "/g/{g}/initiatives", 200, 200, 200),
    Case("initiatives.feed", "/g/{g}.ics", 200, 200, 200, secret=(404, 404, 404)),
    Case("initiatives.new", "/g/{g}/initiatives/nouvelle", GUESTS_DOOR, 403, 200),
    Case("initiatives.plan", "/g/{g}/initiatives/nouvelle", 403, 403, 422, {}),
    Case("initiatives.initiative", "/i/{i}", 200, 200, 200),
    Case("initiatives.one", "/i/{i}.ics", 200, 200, 200),
    Case("initiatives.initiative_json", "/i/{i}.json", 200, 200, 200),
    Case("initiatives.take_part", "/i/{i}/participation", 403, 403, 303, {}),
    # Whoever no longer belongs may still say that they do not come.
    Case("initiatives.withdraw", "/i/{i}/retrait", 403, 303, 303, {}),
    Case("initiatives.edit_form", "/i/{i}/modifier", 403, 403, 200),
    Case("initiatives.edit", "/i/{i}/modifier", 403, 403, 422, {}),
    Case("initiatives.cancel", "/i/{i}/annulation", 403, 403, 422, {}),
    # This one takes no options of members.
    Case("proposals.add_option", "/p/{p}/options", 403, 403, 403, {}),
    Case("live.tally", "/p/{p}/resultat", 200, 200, 200),
    Case("live.answers", "/d/{d}/reponses", 200, 200, 200),
    Case("moderation.report_form", "/signaler/message/{c}", 200, 200, 403),
    Case("moderation.report", "/signaler/message/{c}", 422, 422, 403, {}),
    Case("moderation.reported", "/signaler/message/{c}/merci", 200, 200, 200),
    Case("offices.site", "/site", GUESTS_DOOR, 403, 403, secret=None),
    Case("offices.appoint", "/site/offices", 403, 403, 403, {}, secret=None),
    Case("moderation.group_queue", "/g/{g}/signalements", GUESTS_DOOR, 403, 200),
    Case("moderation.site_queue", "/moderation", GUESTS_DOOR, 403, 403, secret=None),
    # No case is open to any of them, nor any decision.
    Case("moderation.case", "/moderation/aaaaaaaa", 404, 404, 404, secret=None),
    Case("moderation.decide", "/moderation/aaaaaaaa", 404, 404, 404, {}, secret=None),
    Case("moderation.escalate", "/moderation/aaaaaaaa/transmettre", 404, 404, 404, {}, secret=None),
    Case("moderation.decision", "/moderation/decisions/aaaaaaaa", 404, 404, 404, secret=None),
    Case("moderation.object_to", "/moderation/decisions/aaaaaaaa/objection", 404, 404, 404, {}, secret=None),
    Case("moderation.judge", "/moderation/decisions/aaaaaaaa/jugement", 404, 404, 404, {}, secret=None),
    Case("moderation.undo", "/moderation/decisions/aaaaaaaa/levee", 404, 404, 404, {}, secret=None),
    Case("moderation.of_group", "/g/{g}/journal", 200, 200, 200),
    Case("moderation.of_group_json", "/g/{g}/journal.json", 200, 200, 200),
    Case("moderation.of_site", "/moderation/journal", 200, 200, 200, secret=None),
    Case("moderation.of_site_json", "/moderation/journal.json", 200, 200, 200, secret=None),
    Case("moderation.blocked", "/moi/bloques", GUESTS_DOOR, 200, 200, secret=None),
    Case("moderation.block", "/moi/bloques", 403, 422, 422, {"username": "?"}, secret=None),
    Case("groups.charter", "/g/{g}/charte", 200, 200, 200),
    Case("draws.of_group", "/g/{g}/tirages", 200, 200, 200),
    Case("draws.new", "/g/{g}/tirages/nouveau", GUESTS_DOOR, 403, 200),
    Case("draws.prepare", "/g/{g}/tirages/nouveau", 403, 403, 422, {}),
    Case("draws.draw", "/tirages/{l}", 200, 200, 200),
    Case("draws.draw_json", "/tirages/{l}.json", 200, 200, 200),
    Case("draws.record", "/tirages/{l}.jsonl", 200, 200, 200),
    Case("draws.tickets", "/tirages/{l}/billets.txt", 200, 200, 200),
    Case("draws.verifier", "/tirages/{l}/verifier.py", 200, 200, 200),
    Case("draws.screen", "/tirages/{l}/ecran", 200, 200, 200),
    Case("draws.my_ticket", "/tirages/{l}/mon-billet", GUESTS_DOOR, 200, 200),
    # Its list is frozen.
    Case("draws.stand", "/tirages/{l}/volontaires", 403, 403, 403, {}),
    Case("draws.step_back", "/tirages/{l}/volontaires/retrait", 403, 403, 403, {}),
    Case("draws.freeze", "/tirages/{l}/gel", 403, 403, 303, {}),
    Case("draws.enter", "/tirages/{l}/nombres", 403, 403, 422, {"source": "0"}),
    Case("draws.withdraw", "/tirages/{l}/desistement", 403, 403, 404, {"number": "9"}),
    Case("draws.end", "/tirages/{l}/fin", 403, 403, 403, {}),
    Case("draws.cancel", "/tirages/{l}/annulation", 403, 403, 422, {}),
    Case("candidacies.of_group", "/g/{g}/candidatures", 200, 200, 200),
    Case("candidacies.new", "/g/{g}/candidatures/nouvelles", GUESTS_DOOR, 403, 200),
    Case("candidacies.publish_call", "/g/{g}/candidatures/nouvelles", 403, 403, 422, {}),
    Case("candidacies.call", "/candidatures/appels/{k}", 200, 200, 200),
    Case("candidacies.record", "/candidatures/{k}.jsonl", 200, 200, 200),
    Case("candidacies.verifier", "/candidatures/appels/{k}/verifier.py", 200, 200, 200),
    Case("candidacies.candidacy", "/candidatures/c/{y}", 200, 200, 200),
    Case("candidacies.stand", "/candidatures/appels/{k}", 403, 403, 303, {}),
    # One may still stand.
    Case("candidacies.settle", "/candidatures/appels/{k}/designation", 403, 403, 403, {}),
    Case("candidacies.put_to_vote", "/candidatures/appels/{k}/vote", 403, 403, 403, {}),
    Case("candidacies.draw_among", "/candidatures/appels/{k}/tirage", 403, 403, 403, {}),
    Case("candidacies.say", "/candidatures/c/{y}/paroles", 403, 403, 422, {"kind": "answer"}),
    Case("candidacies.take_back", "/candidatures/paroles/{z}/effacement", 403, 403, 303, {}),
    Case("candidacies.take_statement_back", "/candidatures/c/{y}/effacement", 403, 403, 303, {}),
    Case("candidacies.withdraw", "/candidatures/c/{y}/retrait", 403, 403, 303, {}),
    # The last two, as they change who Bob and Alice are.
    # Among the last: after it Alice animates nothing.
    Case("groups.step_down", "/g/{g}/animation/quitter", 403, 403, 303, {}),
    Case("groups.join", "/g/{g}/adhesion", GUESTS_DOOR, 303, 303, {}),
    # Nothing is asked of them after this.
    Case("personal_data.initiative_to_take_back", "/i/{i}/suppression", GUESTS_DOOR, 403, 200),
    Case("personal_data.take_initiative_back", "/i/{i}/suppression", 403, 403, 303, {}),
    Case("personal_data.take_comment_back", "/c/{c}/suppression", 403, 403, 303, {}),
    Case("personal_data.take_discussion_back", "/d/{d}/suppression", 403, 403, 303, {}),
    Case("groups.leave", "/g/{g}/depart", 403, 303, 303, {}),
]


def furnish(handle: str) -> dict[str, str]:
    """A discussion with a comment and a proposal, all by Alice; their keys by the letter used in the table."""
    alice, home = member("Alice"), group(handle)
    talk = discussions.open(alice, home, "Un sujet à débattre", LONG)
    said = discussions.comment(alice, talk, LONG)
    asked = proposals.propose(alice, home, proposals.Draft("Une proposition claire", LONG))
    candidacy = standing(called(handle), "Alice")
    return {
        "k": candidacy.call.key,
        "y": candidacy.key,
        "z": candidacies.say(alice, candidacy, "correction", LONG).key,
        "g": handle,
        "d": talk.key,
        "c": said.key,
        "p": asked.key,
        "i": planned(handle).key,
        "l": frozen(handle).key,
    }


def answer(visitor, case: Case, keys: dict[str, str]) -> int:
    return ask(visitor, case, keys).status_code


def ask(visitor, case: Case, keys: dict[str, str]):
    path = case.path.format(**keys)
    return visitor.get(path) if case.form is None else visitor.post(path, case.form)


def test_every_route_is_in_the_table(site):
    assert {rule.endpoint for rule in site.app.url_map.iter_rules()} == {case.endpoint for case in CASES}


def test_each_route_lets_in_whom_it_should_and_answers_with_a_valid_page(site):
    keys = furnish("insoumis-087")
    answers = {case.endpoint: [ask(site.visitor(who), case, keys) for who in ("", "Bob", "Alice")] for case in CASES}
    found = {endpoint: tuple(each.status_code for each in three) for endpoint, three in answers.items()}
    assert found == {case.endpoint: (case.guest, case.bob, case.alice) for case in CASES}
    assert (
        markup.wrong((f"{endpoint} {each.status}", each) for endpoint, three in answers.items() for each in three) == {}
    )


def test_nothing_of_a_secret_group_exists_for_a_stranger(site):
    keys = furnish("veilleuses")
    cases = [case for case in CASES if case.secret]
    found = {
        case.endpoint: tuple(answer(site.visitor(who), case, keys) for who in ("", "Bob", "Alice")) for case in cases
    }
    wanted = {case.endpoint: (*case.secret[:2], case.secret[2] or case.alice) for case in cases}
    assert found == wanted


def test_nothing_said_in_a_closed_group_is_there_for_a_stranger(site):
    keys = furnish("insoumis-087")
    Group.update(visibility="ferme", joining="demande").where(Group.handle == "insoumis-087").execute()
    cases = [
        case
        for case in CASES
        if any(part in case.path for part in ("{d}", "{c}", "{p}", "{i}", "{l}", "{k}", "{y}", "{z}"))
    ]
    found = {
        case.endpoint: tuple(answer(site.visitor(who), case, keys) for who in ("", "Bob", "Modeste", "Alice"))
        for case in cases
    }
    wanted = {case.endpoint: (404, 404, 404, case.alice) for case in cases}
    # What a guest may not read is in no feed and in no other site, for anybody.
    public = ("discussions.feed", "proposals.frame", "draws.frame")
    assert found == wanted | dict.fromkeys(public, (404, 404, 404, 404))


@pytest.mark.parametrize("case", [case for case in CASES if case.form is not None], ids=lambda case: case.endpoint)
def test_no_form_of_a_member_is_accepted_without_its_token(alice, case):
    keys = furnish("insoumis-087")
    assert alice.post(case.path.format(**keys), case.form, token=False).status_code == 403
