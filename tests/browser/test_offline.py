"""What a member's phone does when the line drops: it loses nothing, says so, and does everything once."""

import re
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Error as PlaywrightError, expect

from tests.browser.line import Line
from tests.browser.screen import Screen
from tests.browser.test_the_square import GROUP, count_of, join, put_to_the_vote
from tests.server.running import RunningSite, copy_files, wait_until

WAITS = "[data-waits]"


@pytest.fixture(scope="module")
def javascript() -> bool:
    return True


@pytest.fixture(scope="module")
def line():
    """Set once the site runs."""
    return {}


@pytest.fixture(scope="module")
def site(demonstration, line, tmp_path_factory):
    """The demonstration, behind a line that can go down."""
    folder = tmp_path_factory.mktemp("offline")
    copy_files(demonstration, folder)
    with RunningSite(folder) as site, Line(site.port) as bad:
        line["bad"], site.address = bad, bad.address
        yield site


@pytest.fixture
def bad(line, site, phone) -> Line:
    """The line, whole at the start of each test; what it breaks on purpose is no fault of the pages."""
    bad = line["bad"]
    bad.restore()
    yield bad
    bad.restore()


@pytest.fixture
def member(member, bad) -> Screen:
    yield member
    member.faults = [fault for fault in member.faults if re.search(r"\w+Error: ", fault) and "htmx:error" not in fault]


def discussion(member: Screen, title: str) -> str:
    """Open a discussion in the group of the Haute-Vienne, and return its address."""
    member.open(GROUP)
    if member.act("Rejoindre").is_visible():
        join(member)
    member.open(f"{GROUP}/discussions/nouvelle").fill(title=title, body="Parlons-en ici.").press("Ouvrir la discussion")
    return member.page.url


def said(site, body: str) -> int:
    with site.database() as database:
        return database.execute("select count(*) from comment where body = ?", (body,)).fetchone()[0]


def send_now(member: Screen) -> None:
    """Press the button, unless the page has been quicker: it tries again by itself."""
    with suppress(PlaywrightError):
        member.page.locator(WAITS).first.get_by_role("button", name="Envoyer maintenant").click(timeout=2_000)


def settled(member: Screen) -> None:
    """Wait for the service worker to be in charge of this page, with what it stores ahead."""
    in_charge = "() => navigator.serviceWorker.controller !== null"
    wait_until(lambda: member.page.evaluate(in_charge), 15, "no service worker")
    wait_until(lambda: kept(member, urljoin(member.page.url, "/")), 15, "nothing is stored ahead")


def test_a_comment_waits_for_the_line_and_is_said_once(member, site, bad):
    discussion(member, "Le toit du local")
    bad.down = True
    member.fill(body="Il pleut dans la réserve.").act("Publier").click()
    expect(member.page.locator(WAITS)).to_contain_text("En attente")
    expect(member.page.locator(WAITS)).to_contain_text("Il pleut dans la réserve.")
    expect(member.page.locator("[name=body]")).to_have_value("")
    # Another text does not have to wait for the first; both keep their place.
    member.fill(body="Et dans le couloir.").act("Publier").click()
    expect(member.page.locator(WAITS)).to_have_count(2)
    bad.down = False
    send_now(member)
    for words in ("Il pleut dans la réserve.", "Et dans le couloir."):
        expect(member.page.locator("#comments .say, main .say").filter(has_text=words)).to_be_visible(timeout=15_000)
        assert said(site, words) == 1
    expect(member.page.locator(WAITS)).to_have_count(0)


def test_a_text_whose_answer_was_lost_is_one_comment(member, site, bad):
    discussion(member, "La clef perdue")
    bad.lost = 100
    member.fill(body="Elle est chez la gardienne.").act("Publier").click()
    expect(member.page.locator(WAITS)).to_contain_text("En attente")
    assert said(site, "Elle est chez la gardienne.") == 1
    bad.lost = 0
    send_now(member)
    expect(member.page.locator(".say").filter(has_text="gardienne")).to_be_visible(timeout=15_000)
    assert said(site, "Elle est chez la gardienne.") == 1


def test_a_vote_waits_is_not_counted_yet_and_then_is(member, bad):
    put_to_the_vote(member, "Fermer à midi")
    member.page.context.set_offline(True)
    member.act("D’accord").click()
    expect(member.page.locator(WAITS)).to_contain_text(re.compile(r"«\sD’accord\s» n’est pas encore comptée"))
    expect(count_of(member, "D’accord")).to_have_text("0")
    member.page.context.set_offline(False)
    expect(count_of(member, "D’accord")).to_have_text("1", timeout=15_000)
    member.says("Votre voix est comptée")
    expect(member.page.locator(WAITS)).to_have_count(0)


def test_a_vote_that_comes_after_the_close_is_told(member, site, bad):
    proposal = put_to_the_vote(member, "Fermer le lundi")
    bad.down = True
    member.act("D’accord").click()
    expect(member.page.locator(WAITS)).to_contain_text("En attente")
    with site.database() as database:
        ended = int((datetime.now(UTC) - timedelta(seconds=1)).timestamp() * 1_000)
        database.execute("update proposal set closes_at = ? where key = ?", (ended, proposal.rpartition("/")[2]))
    bad.down = False
    send_now(member)
    expect(member.page.locator(WAITS)).to_contain_text("Pas envoyé", timeout=15_000)
    expect(member.page.locator(WAITS)).to_contain_text("Le vote est terminé")
    member.open("/")
    expect(member.page.locator(WAITS)).to_contain_text("Le vote est terminé")
    member.page.locator(WAITS).get_by_role("button", name="Effacer").click()
    expect(member.page.locator(WAITS)).to_have_count(0)


def test_a_vote_on_what_has_changed_meanwhile_is_given_anew_and_not_sent_again(member, site, bad):
    address = put_to_the_vote(member, "Fermer le mardi")
    bad.down = True
    member.act("D’accord").click()
    expect(member.page.locator(WAITS)).to_contain_text("En attente")
    with site.database() as database:
        key = address.rpartition("/")[2]
        database.execute("update proposal set title = 'Ne jamais fermer' where key = ?", (key,))
    bad.down = False
    send_now(member)
    waits = member.page.locator(WAITS)
    expect(waits).to_contain_text("Pas comptée, votre voix", timeout=15_000)
    expect(waits).to_contain_text("le titre")
    expect(waits.get_by_role("button", name="Réessayer")).to_have_count(0)
    assert ballots(site, address) == 0
    member.open("/")
    waits.get_by_role("link", name="Relire et voter").click()
    expect(member.page.get_by_role("heading", level=1)).to_have_text("Ne jamais fermer")
    member.page.locator(".vote").get_by_role("button", name="Désaccord").click()
    expect(count_of(member, "Désaccord")).to_have_text("1", timeout=15_000)
    expect(waits).to_have_count(0)


def test_a_vote_that_waits_since_before_marks_is_shown_again_and_not_counted(member, site, bad):
    address = put_to_the_vote(member, "Fermer le mercredi")
    member.page.context.set_offline(True)
    member.act("D’accord").click()
    expect(member.page.locator(WAITS)).to_contain_text("En attente")
    member.page.evaluate("""async () => {
        const [item] = (await parvisOutbox.all()).filter(item => item.state === "waiting");
        item.fields = item.fields.filter(([name]) => name !== "seen");
        await parvisOutbox.put(item);
    }""")
    member.page.context.set_offline(False)
    expect(member.page.locator(WAITS)).to_contain_text("Pas comptée", timeout=15_000)
    assert ballots(site, address) == 0


def test_what_waits_is_never_sent_by_another_account(member, site, bad):
    place, words = discussion(member, "À qui ce mot"), "De ma main seule."
    bad.down = True
    member.fill(body=words).act("Publier").click()
    expect(member.page.locator(WAITS)).to_contain_text("En attente")
    mine = member.page.context.cookies()
    # Somebody else signs in on this phone, in another tab.
    bad.down = False
    member.page.context.clear_cookies()
    member.page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(member.page.locator(WAITS)).to_contain_text("la session a changé")
    member.signed_up()
    expect(member.page.locator(WAITS)).to_have_count(0)
    join(member)
    member.open(place)
    expect(member.page.locator("main")).not_to_contain_text(words)
    assert said(site, words) == 0
    # The first person is back: it is offered, not sent.
    member.page.context.clear_cookies()
    member.page.context.add_cookies(mine)
    member.open(place)
    expect(member.page.locator(WAITS)).to_contain_text("À vous de décider")
    assert said(site, words) == 0
    member.page.locator(WAITS).get_by_role("button", name="Envoyer").click()
    expect(member.page.locator(".say").filter(has_text=words)).to_be_visible()
    assert said(site, words) == 1


def test_pages_are_read_again_without_a_line_with_their_date_and_no_live_tally(member, bad):
    proposal = put_to_the_vote(member, "Garder la cour ouverte")
    settled(member)
    member.open(proposal)
    member.open("/charte")
    bad.down = True
    member.page.goto(proposal)
    expect(member.page.locator("#offline")).to_contain_text(re.compile(r"Lu hors ligne, vu le \d+ .* à \d+\sh\s\d\d"))
    member.says("Garder la cour ouverte")
    member.says(re.compile(r"Décompte le \d+ .*, il a pu changer"))
    expect(member.page.locator("[data-hx-trigger], [data-hx-get*=resultat]")).to_have_count(0)
    assert member.page.evaluate("getComputedStyle(document.querySelector('.card')).borderRadius") == "12px"
    # My groups and the first page were stored ahead; what was never read leads to what can be.
    member.page.goto("/moi")
    member.says("insoumis-087")
    member.page.goto("/recherche?q=eau")
    member.says("Pas de réseau")
    expect(member.act("Garder la cour ouverte · #insoumis-087")).to_be_visible()
    # A part asked by htmx is no page: it fails, and the page stays.
    assert member.page.evaluate(
        "fetch('/moi', {headers: {'HX-Request': 'true'}}).then(() => 'came', () => 'failed')"
    ) == ("failed")
    bad.down = False
    member.page.goto(proposal)
    expect(member.page.locator("#offline")).to_have_count(0)


def test_a_vote_and_a_comment_of_a_page_read_without_a_line_wait_too(member, site, bad):
    place = discussion(member, "Un banc public")
    settled(member)
    member.open(place)
    member.open("/charte")
    bad.down = True
    member.page.goto(place)
    expect(member.page.locator("#offline")).to_be_visible()
    member.fill(body="À l’ombre, alors.").act("Publier").click()
    expect(member.page.locator(WAITS)).to_contain_text("En attente")
    bad.down = False
    # On the next visit, whatever the page.
    member.open("/charte")
    wait_until(lambda: said(site, "À l’ombre, alors.") == 1, 15, "nothing was sent")
    expect(member.page.locator(WAITS)).to_have_count(0)


def test_signing_out_clears_the_phone(member, bad):
    place = discussion(member, "Entre nous")
    settled(member)
    member.open(place)
    wait_until(lambda: kept(member, place), 10, "the page is not kept")
    bad.down = True
    member.fill(body="Jamais partie.").act("Publier").click()
    expect(member.page.locator(WAITS)).to_contain_text("En attente")
    bad.down = False
    member.page.on("dialog", lambda dialog: dialog.accept())
    member.page.get_by_role("button", name="Se déconnecter").click()
    expect(member.page.get_by_role("link", name="Se connecter")).to_be_visible()
    wait_until(lambda: not kept(member, place), 10, "the page is still kept")
    assert member.page.evaluate("Object.keys(localStorage).length") == 0
    member.signed_up()
    expect(member.page.locator(WAITS)).to_have_count(0)
    bad.down = True
    member.page.goto(place)
    expect(member.page.locator("body")).not_to_contain_text("Parlons-en ici.")


def test_another_account_finds_nothing_of_the_first_even_without_signing_out(member, bad):
    place = discussion(member, "Chez moi")
    settled(member)
    member.open(place)
    wait_until(lambda: kept(member, place), 10, "the page is not kept")
    member.page.context.clear_cookies()
    member.signed_up()
    wait_until(lambda: not kept(member, place), 10, "the page is still kept")
    bad.down = True
    member.page.goto(place)
    expect(member.page.locator("body")).not_to_contain_text("Parlons-en ici.")


def kept(member: Screen, address: str) -> bool:
    return member.page.evaluate(
        "async address => Boolean(await caches.match(address, {cacheName: 'pages'}))", address.split("#")[0]
    )


def test_what_is_kept_stays_small_and_the_latest_read_stays(member, bad):
    join(member)
    settled(member)
    sizes = """async () => {
        const pages = await caches.open('pages');
        const all = await Promise.all((await pages.keys()).map(key => pages.match(key)));
        return all.map(one => Number(one.headers.get('Parvis-Size')));
    }"""
    stored = member.page.evaluate(sizes)
    print(f"stored ahead: {len(stored)} pages, {sum(stored)} bytes")
    assert sum(stored) <= 400_000
    grow = """async () => {
        const pages = await caches.open('pages');
        const put = async (path, size) => {
            const headers = new Headers((await pages.match(location.origin + '/hors-ligne')).headers);
            headers.set('Parvis-Size', size);
            await pages.put(location.origin + path, new Response('grand', {headers}));
        };
        await put('/hors-ligne', 100000);
        for (let number = 0; number < 8; number += 1) await put('/g/grand-' + number, 60000);
    }"""
    member.page.evaluate(grow)
    member.open("/t/insoumis")
    wait_until(lambda: kept(member, f"{member.page.url}"), 10, "the page is not kept")
    wait_until(lambda: sum(member.page.evaluate(sizes)) <= 400_000, 10, "too much is kept")
    assert kept(member, member.page.url)
    assert kept(member, urljoin(member.page.url, "/hors-ligne"))


def test_a_word_tells_that_something_takes_long(member, bad):
    discussion(member, "Patience")
    said = member.page.get_by_role("status").filter(has_text=re.compile("^(Envoi|Chargement)…$"))
    bad.delay = 1.2
    member.fill(body="Cela part lentement.").act("Publier").click()
    expect(said).to_have_text("Envoi…")
    expect(member.page.locator(".say").filter(has_text="lentement")).to_be_visible()
    expect(said).to_be_hidden()
    bad.delay = 0
    member.fill(body="Cela part vite.").act("Publier").click()
    expect(member.page.locator(".say").filter(has_text="vite")).to_be_visible()
    expect(said).to_be_hidden()


def test_on_a_line_that_loses_and_cuts_answers_each_act_is_there_once(phone, member, site, bad):
    host = phone().signed_up()
    proposal, place = put_to_the_vote(host, "Tenir bon"), discussion(host, "Dans le tunnel")
    bad.lost = bad.cut = 5
    opened(member, GROUP, "#seat-insoumis-087")
    for _ in range(5):
        if member.act("Rejoindre").is_visible():
            member.act("Rejoindre").click()
            member.page.wait_for_timeout(700)
    expect(member.page.locator("#seat-insoumis-087")).to_contain_text("Membre")
    words = [f"Message numéro {number} du tunnel." for number in range(1, 11)]
    opened(member, place, "[name=body]")
    for body in words:
        member.fill(body=body).act("Publier").click()
        expect(member.page.locator("main")).to_contain_text(body, timeout=30_000)
        expect(member.page.locator("[name=body]")).to_have_value("", timeout=30_000)
    opened(member, proposal, ".vote")
    member.act("D’accord").click()
    wait_until(lambda: [said(site, body) for body in words] == [1] * 10, 60, "not all has arrived, or not once")
    wait_until(lambda: ballots(site, proposal) == 1, 60, "the vote has not arrived")
    with site.database() as database:
        asked = "select count(*) from membership join account on account.id = member_id where username = ?"
        assert database.execute(asked, (member.name,)).fetchone()[0] == 1
    assert bad.counts["lost"] + bad.counts["cut"] > 0
    host.faults.clear()


def ballots(site, proposal: str) -> int:
    with site.database() as database:
        asked = "select count(*) from ballot join proposal on proposal.id = ballot.proposal_id where key = ?"
        return database.execute(asked, (proposal.rpartition("/")[2],)).fetchone()[0]


def opened(member: Screen, path: str, part: str) -> None:
    """Open a page as somebody does whose line is bad: again, until it has come whole, scripts included."""
    for _ in range(10):
        with suppress(PlaywrightError, AssertionError):
            member.page.goto(path)
            expect(member.page.locator(part)).to_be_visible(timeout=2_000)
            if member.page.evaluate("() => Boolean(window.htmx && window.parvisOutbox)"):
                return
    raise AssertionError(f"{path} never came")
