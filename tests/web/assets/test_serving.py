"""The site's own files: served once and for long, small, and the ones that were vendored."""

import base64
import gzip
import hashlib
import re

import brotli
import pytest

from forum.web import assets


@pytest.fixture
def script(look) -> str:
    return assets.address("parvis.js")


@pytest.mark.parametrize(
    ("taken", "sent", "opened"), [("gzip, br", "br", brotli.decompress), ("gzip", "gzip", gzip.decompress)]
)
def test_a_script_comes_in_the_best_coding_the_browser_takes(look, script, taken, sent, opened):
    answer = look.test_client().get(script, headers={"Accept-Encoding": taken})
    assert answer.headers["Content-Encoding"] == sent
    assert b"htmx" in opened(answer.data)


@pytest.mark.parametrize("taken", ["", "identity", "br;q=0"])
def test_a_browser_that_takes_no_coding_gets_plain_text(look, script, taken):
    answer = look.test_client().get(script, headers={"Accept-Encoding": taken})
    assert "Content-Encoding" not in answer.headers
    assert b"htmx" in answer.data


def test_a_file_is_kept_a_year_and_asked_again_costs_nothing(look, script):
    answer = look.test_client().get(script, headers={"Accept-Encoding": "br"})
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["Vary"] == "Accept-Encoding"
    again = {"Accept-Encoding": "br", "If-None-Match": answer.headers["ETag"]}
    assert look.test_client().get(script, headers=again).status_code == 304


def test_two_codings_of_a_file_are_two_entities(look, script):
    client = look.test_client()
    tags = {client.get(script, headers={"Accept-Encoding": coding}).headers["ETag"] for coding in ("br", "gzip", "")}
    assert len(tags) == 3


@pytest.mark.parametrize("name", ["parvis.js", "../parvis.css", "parvis.0000000000.js"])
def test_any_other_name_is_not_found(look, name):
    assert look.test_client().get(f"/static/build/{name}").status_code == 404


def test_the_name_tells_the_content(look, script):
    plain = look.test_client().get(script).data
    assert hashlib.sha256(plain).hexdigest()[:10] in script


def test_a_folder_that_cannot_be_written_is_no_obstacle(tmp_path, monkeypatch):
    blocked = tmp_path / "file"
    blocked.write_text("a file where a folder should be")
    monkeypatch.setattr(assets, "BUILD", blocked / "build")
    assert assets._built("icon.svg").bodies[""].startswith(b"<svg")


def test_a_copy_in_the_build_folder_is_what_was_compressed(tmp_path, monkeypatch):
    monkeypatch.setattr(assets, "BUILD", tmp_path / "build")
    asset = assets._built("icon.svg")
    assert brotli.decompress((tmp_path / "build" / f"{asset.name}.br").read_bytes()) == asset.bodies[""]
    assert not list((tmp_path / "build").glob("*.new"))


def test_vendored_files_are_those_that_were_published():
    vendor = assets.STATIC / "vendor"
    sums = dict(re.findall(r"^\| (\S+) \|.*\| ([0-9a-f]{64}) \|$", (vendor / "SOURCES.md").read_text(), flags=re.M))
    found = {path.name for path in vendor.iterdir()} - {"SOURCES.md"}
    assert found == set(sums)
    for name, told in sums.items():
        assert hashlib.sha256((vendor / name).read_bytes()).hexdigest() == told


def test_all_of_it_stays_light(look):
    sizes = {source: len(assets._assets()[name].bodies.get("br", b"")) for source, name in assets._names().items()}
    assert sizes["parvis.js"] <= 14_500
    assert sizes["line.js"] <= 5_600
    assert sizes["icon.svg"] <= 400
    assert len(gzip.compress(assets._read("parvis.js").encode())) <= 1_500
    assert len(gzip.compress(assets._read("live.js").encode())) <= 1_800
    assert len(brotli.compress(assets.stylesheet().encode())) <= 3_400


def test_the_policy_lets_through_exactly_the_stylesheet_of_the_page(look):
    digest = hashlib.sha256(assets.stylesheet().encode()).digest()
    assert assets.style_source() == f"'sha256-{base64.b64encode(digest).decode()}' 'self'"
    assert "<" not in assets.stylesheet()


@pytest.mark.parametrize(
    ("source", "minified"),
    [
        ("a { color : red ; }", "a{color :red}"),
        ("/* one */ a,\n b > i { margin: 0 auto; } /* two */", "a,b>i{margin:0 auto}"),
        ("a :hover { top: calc(1px + 2px); }", "a :hover{top:calc(1px + 2px)}"),
        ('a::before { content: "; } >  "; }', 'a::before{content:"; } >  "}'),
        (
            "@media (min-width: 40rem) {\n  a { top: 0 }\n}",
            "@media (min-width:40rem){a{top:0}}",
        ),
    ],
)
def test_minifying_moves_nothing_but_white_space(source, minified):
    assert assets.minified(source) == minified


def test_our_script_loses_its_comments_and_nothing_else():
    source = (assets.STATIC / "parvis.js").read_text()
    bare = assets._read("parvis.js")
    assert "/*" not in bare
    code = re.sub(r"/\*.*?\*/", "", source, flags=re.S)
    assert re.sub(r"\s", "", bare) == re.sub(r"\s", "", code)
