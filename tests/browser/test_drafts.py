"""What a member types stays on their phone until it is sent, and is theirs alone."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.test_the_square import GROUP, join, put_to_the_vote

NEW = f"{GROUP}/discussions/nouvelle"


@pytest.fixture(scope="module")
def javascript() -> bool:
    """Drafts are a script's work."""
    return True


def typed(screen, **fields):
    """Type, and leave the time that the page takes to keep it."""
    screen.fill(**fields)
    screen.page.wait_for_timeout(700)


def offer(screen):
    return screen.page.get_by_role("status").filter(has_text="vous attend ici")


def kept(screen) -> list[str]:
    return screen.page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('draft/'))")


def test_what_was_typed_is_offered_back_and_goes_once_it_is_sent(member):
    join(member)
    member.open(NEW)
    typed(member, title="Une fontaine", body="Place du marché, à l’ombre.")
    member.open("/").open(NEW)
    expect(offer(member)).to_have_text(re.compile(r"Un brouillon d’aujourd’hui \d+\sh"))
    expect(member.page.locator("[name=title]")).to_have_value("")
    offer(member).get_by_role("button", name="Reprendre").click()
    expect(member.page.locator("[name=body]")).to_have_value("Place du marché, à l’ombre.")
    expect(offer(member)).to_have_count(0)
    member.press("Ouvrir la discussion")
    member.says("Place du marché, à l’ombre.")
    assert kept(member) == []
    assert not [cookie for cookie in member.page.context.cookies() if cookie["name"] == "sent"]
    typed(member, body="Et un banc.")
    member.page.reload()
    offer(member).get_by_role("button", name="Reprendre").click()
    member.page.get_by_role("button", name="Publier").click()
    expect(member.page.locator("#comments")).to_contain_text("Et un banc.")
    assert kept(member) == []


def test_a_draft_that_is_not_wanted_goes_and_another_begun_meanwhile_stays(member):
    join(member)
    member.open(NEW)
    typed(member, title="Premier", body="Un premier essai.")
    member.open("/").open(NEW)
    typed(member, title="Second", body="Un second essai.")
    member.open("/").open(NEW)
    offer(member).get_by_role("button", name="Effacer").click()
    offer(member).get_by_role("button", name="Reprendre").click()
    expect(member.page.locator("[name=title]")).to_have_value("Premier")
    expect(offer(member)).to_have_count(0)
    member.open("/").open(NEW)
    offer(member).get_by_role("button", name="Effacer").click()
    member.open("/").open(NEW)
    expect(offer(member)).to_have_count(0)
    assert kept(member) == []


def test_what_the_site_gives_back_is_not_written_over(member):
    join(member)
    member.open(NEW)
    typed(member, title="Un titre", body="Un texte gardé.")
    member.fill(title="Un", body="Un texte rendu par le site.")
    member.page.evaluate("document.querySelector('main form').noValidate = true")
    member.press("Ouvrir la discussion")
    member.forgive("422")
    expect(member.page.locator("[name=body]")).to_have_value("Un texte rendu par le site.")
    expect(offer(member)).to_have_count(0)


def test_signing_out_clears_the_phone_and_another_person_never_sees_a_draft(member):
    join(member)
    member.open(NEW)
    typed(member, title="Un secret", body="Entre moi et mon téléphone.")
    assert len(kept(member)) == 1
    # Another person, on the same phone, without the first having signed out.
    member.page.context.clear_cookies()
    member.signed_up()
    join(member)
    member.open(NEW)
    expect(offer(member)).to_have_count(0)
    typed(member, title="Le mien", body="Celui de la seconde personne.")
    assert len(kept(member)) == 2
    member.page.get_by_role("button", name="Se déconnecter").click()
    expect(member.page.get_by_role("link", name="Se connecter")).to_be_visible()
    assert len(kept(member)) == 1


def test_drafts_of_a_month_ago_are_gone(member):
    join(member)
    member.open(NEW)
    typed(member, title="Ancien", body="D’il y a longtemps.")
    age = """() => {
        const key = Object.keys(localStorage).find(key => key.startsWith('draft/'));
        const draft = JSON.parse(localStorage[key]);
        localStorage[key] = JSON.stringify({...draft, at: draft.at - 31 * 864e5});
    }"""
    member.open("/")
    member.page.evaluate(age)
    member.open(NEW)
    expect(offer(member)).to_have_count(0)
    assert kept(member) == []


def test_a_draft_keeps_the_mark_of_what_it_was_written_over(member, site):
    """Taken up in a page of today it must not pass for a text whose author has read what changed since."""
    path = put_to_the_vote(member, "Repeindre le kiosque")
    member.open(f"{path}/modifier")
    typed(member, body="En vert, alors.")
    member.open("/")
    with site.database() as database:
        database.execute("update proposal set body = 'En rouge.' where key = ?", (path.rpartition("/")[2],))
    member.open(f"{path}/modifier")
    offer(member).get_by_role("button", name="Reprendre").click()
    member.page.locator("main form button.btn").last.click()
    expect(member.page.locator("main")).to_contain_text("Quelqu’un a changé ceci pendant que vous écriviez")
    expect(member.page.locator("main")).to_contain_text("En rouge.")
    expect(member.page.locator("[name=body]")).to_have_value("En vert, alors.")
    # The 409 that was wanted.
    member.faults.clear()
    with site.database() as database:
        key = (path.rpartition("/")[2],)
        assert database.execute("select body from proposal where key = ?", key).fetchone()[0] == "En rouge."
