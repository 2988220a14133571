"""Answering a message in the middle of a long discussion: under it, and seen at once."""

import re
from urllib.parse import urlsplit

from playwright.sync_api import expect

from tests.browser.test_long_discussions import fill
from tests.browser.test_the_square import GROUP, join


def in_a_long_discussion(member, site):
    join(member)
    member.press("Ouvrir une discussion").fill(title="Un préau", body="De quelle taille ?")
    member.press("Ouvrir la discussion")
    address = member.page.url
    fill(site, re.search(r"/d/(\w+)", address)[1], 25)
    member.open(address)
    return member.page.locator(".say").filter(has_text="message 6.")


def test_an_answer_is_written_under_the_message_and_shown_there(member, site, javascript):
    said = in_a_long_discussion(member, site)
    said.get_by_role("link", name=re.compile("^Répondre")).click()
    if javascript:
        expect(said.locator("+ #answer")).to_be_in_viewport()
        expect(said).to_be_in_viewport()
        expect(member.page.locator("[name=body]")).to_be_focused()
    member.fill(body="Dix mètres.").press("Publier")
    answer = member.page.locator(".say").filter(has_text="Dix mètres.")
    expect(answer).to_be_in_viewport()
    expect(said.locator("+ .say")).to_contain_text("Dix mètres.")
    assert member.page.evaluate("document.querySelector(':target').textContent").find("Dix mètres.") > 0
    if javascript:
        expect(answer).to_be_focused()
    expect(member.page.locator("#more + #answer [name=body]")).to_have_value("")
    expect(member.page.locator("[name=body]")).to_have_count(1)
    expect(member.page.locator("#answer [name=parent]")).to_have_count(0)


def test_an_answer_given_up_leaves_the_reader_at_the_message(member, site, javascript):
    said = in_a_long_discussion(member, site)
    said.get_by_role("link", name=re.compile("^Répondre")).click()
    member.press("Annuler")
    expect(said).to_be_in_viewport()
    expect(member.page.locator("#more + #answer [name=body]")).to_have_count(1)
    expect(member.page.locator("#answer [name=parent]")).to_have_count(0)


def test_a_visitor_answers_joins_and_signs_up_in_one_form(guest):
    guest.open(GROUP)
    guest.press(guest.page.locator("a[href^='/d/']").first)
    guest.fill(body="Bonjour, j’ai lu, et j’en suis.").enrol().press("Publier et rejoindre")
    answer = guest.page.locator(".say").filter(has_text="j’en suis")
    expect(answer).to_be_in_viewport()
    expect(answer).to_contain_text(guest.name)
    expect(guest.page.locator("#answer").get_by_role("button", name="Publier", exact=True)).to_be_visible()
    guest.open(GROUP).says("Membre")


def test_an_answer_to_nobody_in_particular_is_shown_above_its_form(member, site):
    in_a_long_discussion(member, site)
    member.fill(body="J’arrive.").press("Publier")
    answer = member.page.locator(".say").filter(has_text="J’arrive.")
    expect(answer).to_be_in_viewport()
    assert member.page.evaluate("document.querySelector(':target').textContent").find("J’arrive.") > 0


def test_what_another_answers_is_told_and_shown_in_one_press(member, phone, site, javascript):
    in_a_long_discussion(member, site)
    other = phone().signed_up()
    join(other)
    other.open(urlsplit(member.page.url).path)
    if not javascript:
        return
    fresh = other.page.get_by_role("button", name="Une nouvelle réponse")
    other.fill(body="La mienne.").press("Publier")
    expect(other.page.locator(".say").filter(has_text="La mienne.")).to_be_in_viewport()
    member.page.wait_for_timeout(1_500)
    expect(fresh).to_have_count(0)
    expect(member.page.get_by_role("button", name="Une nouvelle réponse")).to_be_in_viewport()
    member.page.get_by_role("button", name="Une nouvelle réponse").click()
    expect(member.page.locator(".say").filter(has_text="La mienne.")).to_be_in_viewport()
