"""What an act of one press changes is what one sees change, and one stays where it was done."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.test_the_square import GROUP, join, put_to_the_vote

# The text of the page, bell and all, without the hours, which pass.
TEXT = """() => {
    const page = document.body.cloneNode(true);
    page.querySelectorAll("time, script, #told, main ~ p").forEach(part => part.remove());
    return page.textContent.replace(/\\s+/g, " ").replace(/il y a \\d+ \\S+/g, "il y a").trim();
}"""


@pytest.fixture(scope="module")
def javascript() -> bool:
    """Without it every act is a page anew."""
    return True


def acts(screen, button, place: str, shows: str) -> None:
    """Press: the page stays, `place` says `shows` in view, the keyboard goes on from it, a reload changes nothing."""
    page = screen.page
    page.evaluate("document.body.dataset.same = 'page'")
    button.click()
    shown = page.locator(place)
    expect(shown).to_contain_text(shows)
    expect(shown).to_be_in_viewport()
    assert page.evaluate("document.body.dataset.same") == "page"
    assert shown.evaluate("place => place.contains(document.activeElement)")
    seen = page.evaluate(TEXT)
    page.reload()
    assert page.evaluate(TEXT) == seen


def test_joining_and_leaving_change_all_that_depends_on_it(member):
    member.open(GROUP)
    expect(member.act("Suivre")).to_be_visible()
    acts(member, member.act("Rejoindre"), "#seat-insoumis-087", "Membre")
    expect(member.act("Suivre")).to_have_count(0)
    expect(member.act("Ouvrir une discussion")).to_be_visible()
    acts(member, member.act("Quitter le groupe"), "#seat-insoumis-087", "Rejoindre")


def test_joining_in_a_list(member):
    member.open("/groupes")
    member.page.get_by_role("searchbox").press_sequentially("Creuse")
    seat = "#seat-insoumis-023"
    expect(member.page.locator(seat)).to_be_visible()
    member.page.wait_for_url("**q=Creuse*")
    acts(member, member.page.locator(seat).get_by_role("button"), seat, "Membre")
    expect(member.page.get_by_role("searchbox")).to_have_value("Creuse")


def test_following_a_group_and_a_tag(member):
    for page in (GROUP, "/t/insoumise"):
        member.open(page)
        acts(member, member.act("Suivre"), "#follow", "Ne plus suivre")
        acts(member, member.act("Ne plus suivre"), "#follow", "Suivre")


def test_coming_to_a_meeting_and_not_coming_after_all(member):
    join(member)
    member.press(member.page.locator("a[href^='/i/']").first)
    acts(member, member.act("Je participe"), "#coming", "Vous venez")
    acts(member, member.act("Je ne viens plus"), "#coming", "Je participe")


def test_marking_as_read(member, phone):
    join(member)
    member.press("Ouvrir une discussion").fill(title="Un banc", body="Où ?").press("Ouvrir la discussion")
    address, other = member.page.url, phone().signed_up()
    join(other)
    other.open(address).fill(body="Place du marché.").press("Publier")
    expect(other.page.locator(".say")).to_have_count(1)
    member.open("/moi/notifications")
    for _ in range(20):
        if member.act("Tout marquer comme lu").count():
            break
        member.page.wait_for_timeout(250)
        member.open("/moi/notifications")
    expect(member.page.locator("#notices .new")).to_have_count(1)
    acts(member, member.act("Tout marquer comme lu"), "#notices", "a écrit")


def test_answering_and_being_answered(member):
    join(member)
    member.press("Ouvrir une discussion").fill(title="Un puits", body="Où ?").press("Ouvrir la discussion")
    for words in ("Près du lavoir.", "Ou derrière."):
        member.fill(body=words).press("Publier")
        said = member.page.locator(".say").filter(has_text=words)
        expect(said).to_be_focused()
        seen = member.page.evaluate(TEXT)
        member.page.reload()
        assert member.page.evaluate(TEXT) == seen
    member.page.locator(".say").first.get_by_role("link", name=re.compile("^Répondre")).click()
    expect(member.page.locator("#answer [name=parent]")).to_have_count(1)
    member.fill(body="D’accord avec moi.").press("Publier")
    expect(member.page.locator(".say").filter(has_text="avec moi")).to_be_focused()
    seen = member.page.evaluate(TEXT)
    member.page.reload()
    assert member.page.evaluate(TEXT) == seen


def test_voting_and_changing_ones_mind(member):
    member.open(put_to_the_vote(member, "Ouvrir une buvette"))
    for choice in ("D’accord", "Désaccord"):
        member.act(choice).click()
        member.says("Votre voix est comptée")
        ballot = member.page.locator("#ballot")
        expect(ballot).to_be_in_viewport()
        expect(ballot.get_by_role("button", name=choice, exact=True)).to_have_attribute("aria-pressed", "true")
        member.page.wait_for_timeout(1_500)
        # The card of the vote alone: the count below it waits for a page anew.
        seen = " ".join(ballot.inner_text().split()).replace("Votre voix est comptée.", "")
        member.page.reload()
        assert " ".join(ballot.inner_text().split()).replace("Votre voix est comptée.", "") == seen
