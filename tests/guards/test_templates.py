"""Templates: nothing the security policy forbids, htmx in valid HTML, forms that post carry the token, short lines."""

import re
from pathlib import Path

import pytest

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
FILES = sorted(TEMPLATES.rglob("*.html"))
LONGEST = 160


@pytest.fixture(params=FILES, ids=lambda path: str(path.relative_to(TEMPLATES)))
def source(request) -> str:
    return re.sub(r"\{#.*?#\}", "", request.param.read_text("utf-8"), flags=re.S)


def test_no_style_or_script_stands_in_a_template(source):
    assert not re.search(r"<[^>]*\sstyle=", source)
    assert not re.search(r"<[^>]*\son[a-z]+=", source)
    assert not re.search(r"<script(?![^>]*\ssrc=)", source)


def test_htmx_attributes_are_valid_html(source):
    assert not re.search(r"<[^>]*\shx-", source)


def test_every_form_that_posts_carries_the_token_and_stays_on_the_site(source):
    for form in re.findall(r"<form\b.*?</form>", source, flags=re.S | re.I):
        if re.search(r'method="post"', form):
            assert "ui.csrf()" in form
            assert not re.search(r'action="(?!/)', form)


def test_no_template_counts_the_lines_of_a_page(source):
    """Whether there are more is a fact that the query gives."""
    for pager in re.findall(r"\{\{ ui\.pager\(.*?\) \}\}", source, flags=re.S):
        assert "|length" not in pager


def test_nothing_is_fetched_from_elsewhere(source):
    assert not re.search(r"""(?:src|href|action)=["'](?:https?:)?//""", source)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(TEMPLATES)))
def test_lines_are_short(path):
    """Each branch on a line of its own; {%- glues it to what stands before, {#- -#} glues two lines."""
    lines = enumerate(path.read_text("utf-8").splitlines(), start=1)
    assert not [number for number, line in lines if len(line) > LONGEST]
