"""Words of every script: each paragraph in its own direction, and no mark out of its box."""

import pytest

from tests.browser.test_the_square import join

ARABIC = "الساحة مفتوحة للجميع!"
STACKED = "m" + "\u0301" * 14


@pytest.fixture(scope="module")
def javascript() -> bool:
    return True


# Where the first and the last letter of a paragraph stand, from the left.
ENDS = """paragraph => {
  const text = paragraph.firstChild, range = document.createRange();
  const left = (start) => {
    range.setStart(text, start);
    range.setEnd(text, start + 1);
    return range.getBoundingClientRect().left;
  };
  return [left(0), left(text.length - 1), paragraph.getBoundingClientRect().right];
}"""


def test_a_paragraph_runs_in_its_own_direction(member):
    join(member)
    member.press("Ouvrir une discussion").fill(title="Place", body=f"Bonjour à tout le monde.\n\n{ARABIC}\n\n{STACKED}")
    member.press("Ouvrir la discussion")
    paragraphs = member.page.locator(".prose p")
    first, last, _ = paragraphs.nth(0).evaluate(ENDS)
    assert first < last
    first, last, right = paragraphs.nth(1).evaluate(ENDS)
    assert last < first
    assert right - first < 40, "an Arabic paragraph begins at the right"
    assert paragraphs.nth(2).evaluate("p => getComputedStyle(p).overflowY") == "clip"


def test_the_field_one_writes_in_turns_with_what_one_writes(member):
    join(member)
    field = member.press("Ouvrir une discussion").page.locator("textarea[name=body]")
    field.fill("Bonjour")
    assert field.evaluate("f => getComputedStyle(f).direction") == "ltr"
    field.fill(ARABIC)
    assert field.evaluate("f => getComputedStyle(f).direction") == "rtl"
