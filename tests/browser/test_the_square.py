"""What a member does here, on a small phone, with JavaScript and without it."""

import os
import re
import time
from datetime import UTC, datetime, timedelta
from urllib.parse import quote, urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.screen import Screen
from tests.server.running import wait_until

GROUP = "/g/insoumis-087"


def within(seconds: float) -> float:
    """What the site promises in so many seconds, on a machine that has other things to do besides."""
    return seconds * max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))


@pytest.mark.parametrize("typed", ["87", "087", "haute vienne", "Limoges", "87000"])
def test_a_place_typed_in_any_way_leads_to_its_groups(guest, typed):
    guest.open("/").fill(q=typed).press("Chercher")
    chain = [guest.page.get_by_role("link", name=f"#{handle}", exact=True) for handle in CHAIN]
    heights = [link.bounding_box()["y"] for link in chain]
    assert heights == sorted(heights)
    guest.says("Haute-Vienne")
    expect(guest.act("Créer #insoumis-087-01")).to_be_visible()
    guest.press(chain[1])
    assert guest.page.url.endswith(GROUP)


CHAIN = ("insoumis", "insoumis-087", "insoumis-087-03")


def test_a_guest_reads_an_open_group_and_leaves_no_trace(guest, member):
    member.open(GROUP).press("Rejoindre")
    member.says("Membre")
    guest.open(GROUP)
    guest.press(guest.page.locator("a[href^='/d/']").first)
    expect(guest.page.get_by_role("heading", level=1)).to_be_visible()
    assert len(guest.page.locator(".prose").first.inner_text()) > 100
    for path in (GROUP, f"{GROUP}.json", f"{GROUP}.atom"):
        assert member.name not in guest.page.request.get(path).text()
    answer = guest.page.request.get(f"{GROUP}/membres")
    assert member.name not in answer.text()
    assert "/connexion" in answer.url or answer.status in (403, 404)
    assert guest.page.context.cookies() == []
    assert member.name in member.page.request.get(f"{GROUP}/membres").text()


def test_a_member_joins_in_one_press(member, javascript):
    member.open(f"/groupes?q={quote('Creuse')}")
    seat = member.page.locator("#seat-insoumis-023")
    expect(seat.get_by_role("button", name="Rejoindre")).to_be_visible()
    member.page.evaluate("document.body.dataset.same = 'page'")
    member.press(seat.get_by_role("button", name="Rejoindre"))
    expect(member.page.locator("#seat-insoumis-023")).to_have_text(re.compile("Membre"))
    if javascript:
        # The keyboard goes on from here, and not from the top of the page.
        expect(member.page.locator("#seat-insoumis-023")).to_be_focused()
    assert (member.page.evaluate("document.body.dataset.same") == "page") is javascript


def test_a_guest_joins_with_one_form(guest):
    guest.open(GROUP).press("Rejoindre").enrol().press("Rejoindre")
    assert guest.page.url.endswith(GROUP)
    expect(guest.page.locator("#seat-insoumis-087")).to_have_text(re.compile("Membre"))


def test_a_member_creates_the_group_that_is_missing(member):
    # The second, for the first is the one that others of these tests find missing.
    member.open("/groupes?q=limoges").press("Créer #insoumis-087-02").press("Créer le groupe")
    assert member.page.url.endswith("/g/insoumis-087-02")
    expect(member.page.locator("#seat-insoumis-087-02")).to_have_text(re.compile("Membre"))
    member.open("/groupes?q=87-2")
    expect(member.page.get_by_role("link", name="#insoumis-087-02", exact=True)).to_be_visible()


def test_a_member_creates_a_group_about_a_theme(member):
    member.open("/groupes/nouveau").fill(name="Jardins partagés", tags="jardins potager").press("Créer le groupe")
    assert member.page.url.endswith("/g/insoumis-jardins-partages")
    member.says("Jardins partagés")
    expect(member.page.get_by_role("link", name="#potager")).to_be_visible()


def test_what_is_found_while_one_types_is_said(guest, javascript):
    guest.open("/groupes")
    status = guest.page.locator("#told")
    status.evaluate("status => status.dataset.same = 'place'")
    guest.page.get_by_role("searchbox").press_sequentially("limoges")
    if javascript:
        expect(status).to_contain_text(re.compile(r"Limoges.* groupes\.", re.S))
        expect(status).to_have_attribute("data-same", "place")
        expect(guest.page.get_by_role("searchbox")).to_be_focused()


@pytest.mark.parametrize("spelling", ["Insoumise-87", "insoumis·es-087", "#insoumis.e.s-087"])
def test_a_member_is_led_to_the_group_that_exists_under_another_spelling(member, spelling):
    member.open("/groupes/nouveau").fill(name="Nous autres", handle=spelling).press("Créer le groupe")
    member.says("existent déjà")
    member.forgive("the server responded with a status of 422")
    expect(member.page.locator("[name=name]")).to_have_value("Nous autres")
    member.press(member.page.get_by_role("main").get_by_role("link", name="#insoumis-087").first)
    assert member.page.url.endswith(GROUP)


def test_a_member_opens_a_discussion_and_answers_in_it(member):
    join(member)
    member.press("Ouvrir une discussion")
    member.fill(title="Un four à pain", body="**Du bois** et #boulangerie :\n\n- un\n- deux", tags="quartier")
    member.press("Ouvrir la discussion")
    expect(member.page.locator(".prose strong")).to_have_text("Du bois")
    expect(member.page.locator(".prose li")).to_have_count(2)
    for tag in ("boulangerie", "quartier"):
        expect(member.page.get_by_role("link", name=f"#{tag}").first).to_have_attribute("href", f"/t/{tag}")
    member.fill(body="Une #boulangerie à nous !").press("Publier")
    said = member.page.locator("#comments .say")
    expect(said).to_contain_text(member.name)
    expect(member.page.locator("[name=body]")).to_have_value("")
    member.press(said.get_by_role("link", name="#boulangerie"))
    expect(member.act("Un four à pain")).to_be_visible()


def test_the_tally_moves_on_another_screen(member, guest, javascript):
    proposal = put_to_the_vote(member, "Planter une haie")
    guest.open(proposal)
    member.press("D’accord")
    voted = time.monotonic()
    member.says("Votre voix est comptée")
    if not javascript:
        guest.open(proposal)
    left = within(2) - (time.monotonic() - voted)
    expect(count_of(guest, "D’accord")).to_have_text("1", timeout=1_000 * max(left, 0.1))
    member.press("Désaccord")
    expect(count_of(member, "Désaccord")).to_have_text("1")
    if not javascript:
        guest.open(proposal)
    expect(count_of(guest, "Désaccord")).to_have_text("1", timeout=1_000 * within(2))
    expect(count_of(guest, "D’accord")).to_have_text("0")


def test_a_vote_ends_at_its_hour_and_keeps_its_result(member, guest, site, javascript):
    proposal = put_to_the_vote(member, "Repeindre le local")
    member.press("D’accord")
    guest.open(proposal)
    closing = datetime.now(UTC) + timedelta(seconds=2)
    with site.database() as database:
        key = proposal.rpartition("/")[2]
        database.execute("update proposal set closes_at = ? where key = ?", (int(closing.timestamp() * 1_000), key))
    wait_until(lambda: datetime.now(UTC) > closing, 5, "time stands still")
    if not javascript:
        guest.open(proposal)
    expect(guest.page.locator("#tally")).to_contain_text("Adopt", timeout=1_000 * within(4))
    if javascript:
        # The page was open over the closing: its buttons go away by themselves.
        buttons = member.page.get_by_role("button", name="Désaccord", exact=True)
        expect(buttons).to_have_count(0, timeout=1_000 * within(6))
    else:
        with member.page.expect_response(re.compile("/vote$")) as late:
            member.act("Désaccord").click()
        assert late.value.status == 403
        member.forgive("the server responded with a status of 403")
    member.open(proposal)
    for screen in (member, guest.open(proposal)):
        expect(count_of(screen, "D’accord")).to_have_text("1")
        expect(screen.page.get_by_role("button", name="D’accord", exact=True)).to_have_count(0)
        screen.says("terminé")


def test_bars_move_on_the_page_of_the_group(member, guest, javascript):
    proposal = put_to_the_vote(member, "Peindre la façade en ocre")
    key = proposal.rpartition("/")[2]
    guest.open(GROUP)
    member.press("D’accord")
    if not javascript:
        guest.open(GROUP)
    expect(guest.page.locator(f"#bar-{key}")).to_contain_text("1 d’accord sur 1 voix", timeout=1_000 * within(2))


def test_a_page_whose_stream_is_kept_back_asks_by_itself(member, guest, javascript):
    if not javascript:
        return
    proposal = put_to_the_vote(member, "Réparer le portail")
    guest.page.route("**/suivi?*", lambda route: None)
    guest.open(proposal)
    member.press("D’accord")
    expect(count_of(guest, "D’accord")).to_have_text("1", timeout=1_000 * within(2))


def test_a_page_that_nobody_looks_at_lets_its_stream_go(guest, member, javascript):
    if not javascript:
        return
    proposal = put_to_the_vote(member, "Ranger le grenier")
    with guest.page.expect_request("**/suivi?*"):
        guest.open(proposal)
    asked = []
    guest.page.on("request", lambda request: asked.append(request.url))
    look = "value => { Object.defineProperty(document, 'hidden', {value, configurable: true});"
    look += " document.dispatchEvent(new Event('visibilitychange')); }"
    guest.page.evaluate(look, True)
    member.press("D’accord")
    guest.page.wait_for_timeout(3_500)
    assert asked == []
    expect(count_of(guest, "D’accord")).to_have_text("0")
    guest.page.evaluate(look, False)
    expect(count_of(guest, "D’accord")).to_have_text("1", timeout=1_000 * within(2))


def test_what_moves_is_said_rarely(guest, member, javascript):
    if not javascript:
        return
    guest.open(put_to_the_vote(member, "Ouvrir une buvette"))
    said = guest.page.locator("#said")
    expect(said).to_have_text("")
    member.press("D’accord")
    expect(said).to_have_text("D’accord 1", timeout=1_000 * within(4))
    assert guest.page.locator("[aria-live]:has(#tally), [aria-live] #tally").count() == 0
    member.press("Abstention")
    expect(count_of(guest, "Abstention")).to_have_text("1", timeout=1_000 * within(2))
    expect(said).to_have_text("D’accord 1")


@pytest.mark.parametrize("typed", ["insoumise", "insoumis·e·s"])
def test_a_word_is_found_under_all_its_spellings(guest, typed):
    guest.open("/recherche").fill(q=typed).press("Chercher")
    found = guest.page.locator("#results")
    for kind in ("Groupes", "Discussions", "Propositions"):
        expect(found.get_by_role("heading", name=kind)).to_be_visible()
    expect(found.locator("a[href='/g/insoumis']").first).to_be_visible()
    expect(found.get_by_text(re.compile("insoumis·e·s|Insoumis·es|insoumis.es")).first).to_be_visible()


def test_what_has_just_been_written_is_found_within_two_seconds(member, guest, javascript):
    join(member)
    word = "quetzalcoatl" + ("avec" if javascript else "sans")
    member.press("Ouvrir une discussion").fill(title="Une plume", body=f"Celle du {word}.").press(
        "Ouvrir la discussion"
    )
    address = member.page.url

    def is_found() -> bool:
        guest.open(f"/recherche?q={word}")
        return guest.page.get_by_role("link", name="Une plume").count() > 0

    taken = wait_until(is_found, within(2), "not found")
    print(f"found after {taken:.2f} s")
    guest.press("Une plume")
    assert guest.page.url.split("-")[0] == address.split("-")[0]


def join(member: Screen) -> None:
    """Become a member of the Haute-Vienne's group, and stay on its page."""
    member.open(GROUP).press("Rejoindre")
    expect(member.page.locator("#seat-insoumis-087")).to_have_text(re.compile("Membre"))
    member.open(GROUP)


def put_to_the_vote(member: Screen, title: str) -> str:
    """Put a proposal to the vote of the Haute-Vienne's group, and return its address."""
    join(member)
    member.press("Proposer").fill(title=title, body="On y va ?").press("Mettre au vote")
    expect(member.page.get_by_role("heading", level=1)).to_have_text(title)
    return urlsplit(member.page.url).path


def count_of(screen: Screen, label: str):
    """The number that stands beside a choice in the tally."""
    return screen.page.locator("#tally .legend li").filter(has_text=label).locator("b")
