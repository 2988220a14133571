"""The site on a phone's home screen: its manifest, its icons, and the service worker's address."""

import struct

from forum.web import assets


def test_the_manifest_names_the_site_and_icons_that_are_there(guest):
    answer = guest.get("/manifest.webmanifest")
    assert answer.mimetype == "application/manifest+json"
    told = answer.json
    assert (told["name"], told["start_url"], told["lang"]) == ("Parvis", "/", "fr")
    for icon in told["icons"]:
        image = guest.get(icon["src"], headers={"Accept-Encoding": "br"})
        assert (image.status_code, image.mimetype) == (200, icon["type"])
        if icon["type"] == "image/png":
            width, height = struct.unpack(">II", image.data[16:24])
            assert f"{width}x{height}" == icon["sizes"]
            assert "maskable" in icon["purpose"]
            assert len(image.data) < 5_000
    assert "Set-Cookie" not in answer.headers


def test_the_icons_are_those_that_the_script_draws():
    from static import make_icons

    for width in (192, 512):
        assert (assets.STATIC / f"icon-{width}.png").read_bytes() == make_icons.png(width)


def test_a_visitor_fetches_nothing_of_it_and_a_member_does_after_the_page(guest, alice):
    page = guest.get("/").text
    assert "manifest" not in page
    assert "line." not in page
    mine = alice.get("/")
    assert '<link rel="manifest"' in mine.text
    assert f'<script src="{assets.address("line.js")}" defer>' in mine.text
    assert len(mine.headers["Parvis-Reader"]) == 12
    assert f'data-reader="{mine.headers["Parvis-Reader"]}"' in mine.text
    assert "Parvis-Reader" not in guest.get("/").headers


def test_the_service_worker_is_asked_for_each_time_and_knows_the_present_files(guest):
    answer = guest.get("/sw.js", headers={"Accept-Encoding": "identity"})
    assert (answer.mimetype, answer.headers["Cache-Control"]) == ("text/javascript", "no-cache")
    assert answer.headers["Service-Worker-Allowed"] == "/"
    for source in assets.IN_SHELL:
        assert assets.address(source) in answer.text
    again = guest.get("/sw.js", headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_a_phone_asks_who_is_signed_in_and_a_guest_gets_no_cookie(guest, alice, bob):
    nobody = guest.get("/moi/session")
    assert nobody.json == {"reader": "", "csrf_token": ""}
    assert "Set-Cookie" not in nobody.headers
    names = [visitor.get("/moi/session").json["reader"] for visitor in (alice, bob)]
    assert names[0] == alice.get("/").headers["Parvis-Reader"]
    assert names[0] != names[1]
    assert alice.get("/moi/session").json["csrf_token"]
