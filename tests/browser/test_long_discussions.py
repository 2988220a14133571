"""A long discussion on a phone: it opens where one stopped, more comes on demand, the way back is found."""

import re
from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from tests.browser.test_the_square import GROUP, join


@pytest.fixture(scope="module")
def javascript() -> bool:
    return True


def fill(site, key: str, number: int) -> None:
    """So many comments by the one who opened the demonstration's first discussion."""
    now = int(datetime.now(UTC).timestamp() * 1_000)
    with site.database() as database:
        discussion = database.execute("select id from discussion where key = ?", (key,)).fetchone()[0]
        author = database.execute("select author_id from discussion order by id").fetchone()[0]
        said = "insert into comment (key, discussion_id, author_id, body, body_html, renderer, created_at)"
        rows = [(f"{key[:5]}x{n}", discussion, author, f"m{n}", f"<p>message {n}.</p>", 1, now) for n in range(number)]
        database.executemany(f"{said} values (?, ?, ?, ?, ?, ?, ?)", rows)
        database.execute("update discussion set comments_count = ? where id = ?", (number, discussion))


def test_it_opens_at_the_first_unread_and_is_found_again_where_it_was_left(member, site):
    join(member)
    member.press("Ouvrir une discussion").fill(title="Un long hiver", body="Par où commencer ?")
    member.press("Ouvrir la discussion")
    address = member.page.url
    fill(site, re.search(r"/d/(\w+)", address)[1], 200)
    member.open(address)
    expect(member.page.locator(".say")).to_have_count(30)
    expect(member.page.locator("#nouveau")).to_have_count(0)
    member.open(GROUP)
    member.says("170 non lus")
    member.open(address)
    expect(member.page.locator("#nouveau")).to_be_in_viewport()
    expect(member.page.locator(".say").first).to_contain_text("message 30.")
    # More on demand, under what is there, without moving it.
    more = member.page.get_by_role("link", name="Plus récentes")
    more.scroll_into_view_if_needed()
    before = member.page.evaluate("scrollY")
    more.click()
    expect(member.page.locator(".say")).to_have_count(60)
    expect(member.page.locator("[data-page='3']")).to_be_focused()
    assert member.page.evaluate("scrollY") == before
    assert member.page.url.endswith("?page=3")
    # Away by a link of a message, and back.
    seen = member.page.locator(".say").filter(has_text="message 75.")
    seen.scroll_into_view_if_needed()
    seen.locator("time").evaluate("time => time.parentNode.href = '/charte'")
    seen.locator("time").click()
    member.page.wait_for_url("**/charte")
    member.page.go_back()
    expect(member.page.locator(".say").filter(has_text="message 75.")).to_be_in_viewport()
