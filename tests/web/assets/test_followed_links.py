"""The stylesheet stands in the first page somebody is shown; where a link of this site leads, it is named."""

import re

import pytest

from forum.web import assets

HERE = {"Sec-Fetch-Site": "same-origin"}
LINK = re.compile(r'<link rel="stylesheet" href="([^"]+)">')


@pytest.mark.parametrize("name", ["", "Alice"])
def test_a_first_page_has_the_stylesheet_and_the_next_names_it(site, name):
    visitor = site.visitor(name)
    for headers in ({}, {"Sec-Fetch-Site": "none"}, {"Sec-Fetch-Site": "cross-site"}):
        first = visitor.get("/charte", headers=headers)
        assert f"<style>{assets.stylesheet()}</style>" in first.text
        assert not LINK.search(first.text)
        # Fetched after the page is painted, it stands ready for the next.
        assert f'<link rel="stylesheet" href="{assets.address("parvis.css")}" media="not all">' in first.text
    following = visitor.get("/charte", headers=HERE)
    assert "<style>" not in following.text
    assert LINK.search(following.text)[1] == assets.address("parvis.css")
    for page in (first, following):
        assert "Sec-Fetch-Site" in page.headers["Vary"]
        assert f"style-src {assets.style_source()};" in page.headers["Content-Security-Policy"]


def test_the_file_is_the_stylesheet_and_is_kept_for_a_year(guest):
    file = guest.get(assets.address("parvis.css"))
    assert file.text == assets.stylesheet()
    assert file.content_type == "text/css; charset=utf-8"
    assert "immutable" in file.headers["Cache-Control"]


def test_a_page_kept_for_visitors_is_given_to_those_it_was_made_for(guest, site):
    guest.get("/charte")
    guest.get("/charte", headers=HERE)
    assert "<style>" in guest.get("/charte").text
    assert "<style>" not in guest.get("/charte", headers=HERE).text
    assert len(site.app.wsgi_app.pages) == 2
