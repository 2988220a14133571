"""Planning an initiative, changing and cancelling it."""

from forum.groups import actions as groups
from forum.initiatives import actions
from forum.initiatives.models import Initiative, Participation
from forum.notifications import delivery
from forum.notifications.models import Notice
from tests.initiatives import SUNDAY, planned
from tests.world import group, member, seen_on

PATH = "/g/insoumis-087/initiatives/nouvelle"
TYPED = {"title": "Marché de Bellac", "starts_at": SUNDAY, "place": "Halle"}
WRONG = [
    ("title", "", "Écrivez quelque chose ici."),
    ("title", "a" * 121, "trop long"),
    ("starts_at", "", "quel jour"),
    ("starts_at", "demain", "quel jour"),
    ("starts_at", "2020-01-01T10:00", "passé"),
    ("starts_at", "2027-03-28T02:30", "n’existe pas"),
    ("starts_at", "2027-10-31T02:30", "deux fois"),
    ("starts_at", "9998-01-01T10:00", "trois ans"),
    ("ends_at", "2027-03-21T13:00", "après le début"),
    ("ends_at", "2027-06-21T13:00", "un mois"),
    ("ends_at", "tard", "21/03/2027 22:00"),
    ("seats", "0", "nombre entier"),
    ("seats", "beaucoup", "nombre entier"),
    ("seats", "9" * 30, "nombre entier"),
    ("place", "a" * 161, "trop long"),
    ("help_wanted", "a" * 201, "trop long"),
    ("help_wanted", "a\0b", "illisible"),
]


def notices() -> list[tuple[str, str]]:
    delivery.run_once()
    rows = Notice.select().order_by(Notice.id)
    return [(row.account.username, row.sentence) for row in rows]


def test_a_member_plans_an_initiative_and_comes(alice):
    answer = alice.post(
        PATH,
        TYPED
        | {"ends_at": "2027-03-21T16:30", "seats": "12", "help_wanted": "Porter les tables", "body": "**Rendez-vous**"},
    )
    assert answer.status_code == 303
    page = alice.get(answer.location).text
    for shown in (
        "Marché de Bellac",
        "Halle",
        'jusqu’à <time datetime="2027-03-21T15:30:00Z">16\u00a0h\u00a030<',
        "1 personne vient",
        "11 places libres sur 12",
        "Porter les tables",
    ):
        assert shown in page
    assert "<strong>Rendez-vous</strong>" in page
    for listed in ("/g/insoumis-087", "/g/insoumis-087/initiatives", "/agenda", "/"):
        assert answer.location in alice.get(listed).text


def test_the_same_form_twice_plans_it_once(alice):
    places = {alice.post(PATH, TYPED | {"once": "abcd2345"}).location for _ in range(2)}
    assert len(places) == 1
    assert (Initiative.select().count(), Participation.select().count()) == (1, 1)


def test_a_form_sent_again_after_the_initiative_was_changed_plans_nothing_more(alice):
    first = alice.post(PATH, TYPED | {"once": "abcd2345"}).location
    alice.post(f"{first}/modifier", TYPED | {"title": "Marché de Bessines"})
    assert alice.post(PATH, TYPED | {"once": "abcd2345"}).location == first
    assert Initiative.select().count() == 1


def test_an_old_form_with_other_words_plans_another_initiative(alice):
    first, other = (alice.post(PATH, TYPED | {"once": "abcd2345", "title": title}).location for title in ("Un", "Deux"))
    assert first != other


def test_strangers_and_guests_plan_nothing(bob, guest):
    assert bob.post(PATH, TYPED).status_code == 403
    assert guest.post(PATH, TYPED).status_code == 403
    assert bob.get("/g/veilleuses/initiatives/nouvelle").status_code == 404
    assert Initiative.select().count() == 0


def test_what_is_wrong_is_said_and_what_was_typed_is_kept(alice):
    for field, value, sentence in WRONG:
        answer = alice.post(PATH, TYPED | {"body": "Le long détail du rendez-vous"} | {field: value})
        assert answer.status_code == 422, (field, value)
        assert sentence in answer.text, (field, value)
        assert "Le long détail du rendez-vous" in answer.text
    assert Initiative.select().count() == 0


def test_members_are_told_and_who_comes_hears_of_another_hour(site, alice):
    groups.join(member("Bob"), group("insoumis-087"))
    meeting = planned()
    assert notices() == [
        ("Bob", "Dimanche 21\u00a0mars 2027 à 14\u00a0h\u00a0: «\u202fColler des affiches à Bellac\u202f»")
    ]
    actions.take_part(member("Bob"), meeting)
    typed = {"title": meeting.title, "starts_at": "2027-03-21T16:00", "place": "Gare"}
    assert alice.post(f"/i/{meeting.key}/modifier", typed).status_code == 303
    assert "16\u00a0h, Gare" in notices()[-1][1]
    assert alice.post(f"/i/{meeting.key}/modifier", typed | {"title": "Autre nom"}).status_code == 303
    assert len(notices()) == 2
    assert Initiative.get().sequence == 2


def test_only_who_plans_it_and_animators_change_it(site, bob, charlie):
    groups.join(member("Bob"), group("insoumis-087"))
    meeting = planned()
    for visitor in (bob, charlie, site.visitor()):
        assert visitor.post(f"/i/{meeting.key}/annulation", {"reason": "Pluie"}).status_code == 403
        assert visitor.post(f"/i/{meeting.key}/modifier", TYPED).status_code == 403
    own = planned(by="Bob", title="Atelier pinceaux")
    assert bob.post(f"/i/{own.key}/annulation", {"reason": "Pluie"}).status_code == 303
    assert Initiative.get_by_id(own.id).cancelled_why == "Pluie"
    other = planned(by="Bob", title="Atelier colle")
    groups.leave(member("Bob"), group("insoumis-087"))
    assert bob.get(f"/i/{other.key}/modifier").status_code == 403


def test_cancelling_tells_who_comes_once_and_stops_the_rest(site, alice, bob):
    groups.join(member("Bob"), group("insoumis-087"))
    meeting = planned()
    actions.take_part(member("Bob"), meeting)
    assert alice.post(f"/i/{meeting.key}/annulation", {"reason": ""}).status_code == 422
    for _ in range(2):
        assert alice.post(f"/i/{meeting.key}/annulation", {"reason": "La salle est prise."}).status_code == 303
    when = "dimanche 21\u00a0mars 2027 à 14\u00a0h"
    assert [said for _, said in notices() if "annulée" in said] == [
        f"«\u202fColler des affiches à Bellac\u202f», prévue {when}, est annulée\u00a0: La salle est prise."
    ]
    assert "La salle est prise." in bob.get(f"/i/{meeting.key}").text
    assert bob.post(f"/i/{meeting.key}/participation").status_code == 403
    assert alice.post(f"/i/{meeting.key}/modifier", TYPED).status_code == 403
    assert meeting.key not in bob.get("/agenda").text


def test_an_older_page_does_not_bring_the_old_meeting_place_back(alice, site):
    initiative = planned()
    path = f"/i/{initiative.key}/modifier"
    form = {"title": initiative.title, "starts_at": SUNDAY, "place": initiative.place}
    seen = seen_on(alice.get(path))
    assert alice.post(path, {**form, "place": "Salle des fêtes", "seen": seen}).status_code == 303
    refused = alice.post(path, {**form, "body": "Apportez à boire.", "seen": seen})
    assert refused.status_code == 409
    assert "Où\u00a0: maintenant «\u202fSalle des fêtes\u202f»." in refused.text
    # The place, untouched, is the new one; what was written is kept.
    assert 'name="place" type="text" value="Salle des fêtes"' in refused.text
    assert "Apportez à boire.</textarea>" in refused.text
    present = Initiative.get_by_id(initiative.id)
    assert (present.place, present.body) == ("Salle des fêtes", initiative.body)
    again = {**form, "place": "Salle des fêtes", "body": "Apportez à boire.", "seen": seen_on(refused)}
    assert alice.post(path, again).status_code == 303
    assert alice.post(path, {**again, "seen": "ancien"}).status_code == 409


def test_the_same_hour_and_title_elsewhere_is_another_initiative(alice):
    first = alice.post(PATH, TYPED | {"once": "form1"}).location
    assert alice.post(PATH, TYPED | {"once": "form1"}).location == first
    assert alice.post(PATH, TYPED).location == first
    for once in ({}, {"once": "form1"}):
        assert alice.post(PATH, TYPED | {"place": "Mairie"} | once).location != first
