"""Pages travel compressed, in a coding that the browser takes."""

import gzip

import brotli
import pytest
from flask import Response, request

CODINGS = {"br": brotli.decompress, "gzip": gzip.decompress}


@pytest.mark.parametrize(
    ("taken", "coding"),
    [("gzip, deflate, br, zstd", "br"), ("gzip, deflate", "gzip"), ("br;q=0, gzip;q=0.5", "gzip")],
)
def test_a_page_travels_in_the_best_coding_the_browser_takes(guest, taken, coding):
    plain = guest.get("/charte", headers={"Accept-Encoding": "identity"})
    packed = guest.get("/charte", headers={"Accept-Encoding": taken})
    assert packed.headers["Content-Encoding"] == coding
    assert CODINGS[coding](packed.data) == plain.data
    assert int(packed.headers["Content-Length"]) == len(packed.data) < len(plain.data) / 2
    assert "Accept-Encoding" in packed.vary


def test_who_takes_no_coding_gets_plain_bytes_and_caches_are_told(guest):
    answer = guest.get("/charte")
    assert "Content-Encoding" not in answer.headers
    assert b"<html" in answer.data
    assert {"Accept-Encoding", "HX-Request"} <= set(answer.vary)


def test_short_answers_and_coded_ones_are_left_as_they_are(site, guest):
    site.app.add_url_rule("/coded", "coded", lambda: Response("x" * 900, headers={"Content-Encoding": "zstd"}))
    site.app.add_url_rule("/picture", "picture", lambda: Response("x" * 900, mimetype="image/png"))
    wide = {"Accept-Encoding": "br, gzip"}
    assert guest.get("/healthz", headers=wide).data == b"ok\n"
    assert guest.get("/coded", headers=wide).headers["Content-Encoding"] == "zstd"
    assert guest.get("/coded", headers=wide).data == b"x" * 900
    assert "Content-Encoding" not in guest.get("/picture", headers=wide).headers


def test_the_mark_of_a_compressed_answer_is_weak_and_still_spares_the_body(site, guest):
    def marked():
        response = Response("x" * 900, mimetype="text/html")
        response.set_etag("moved-3")
        return response.make_conditional(request)

    site.app.add_url_rule("/marked", "marked", marked)
    answer = guest.get("/marked", headers={"Accept-Encoding": "br"})
    assert answer.headers["ETag"] == 'W/"moved-3"'
    again = guest.get("/marked", headers={"Accept-Encoding": "br", "If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_another_site_learns_nothing_from_the_length_of_what_a_member_reads(alice):
    asked = {"Accept-Encoding": "br", "Sec-Fetch-Site": "cross-site"}
    assert "Content-Encoding" not in alice.get("/charte?q=essai", headers=asked).headers
    assert alice.get("/charte", headers=asked).headers["Content-Encoding"] == "br"
    assert alice.get("/charte?q=essai", headers={"Accept-Encoding": "br"}).headers["Content-Encoding"] == "br"
