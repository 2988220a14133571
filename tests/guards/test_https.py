"""Over https browsers are told to use nothing else, on every page; a site on plain http promises no such thing."""

from tests.conftest import visited

ADDRESSES = ("/", "/g/insoumis-087", "/moi", "/nulle-part", "/static/build/none.js")


def test_a_site_on_https_is_never_asked_in_the_clear_again(built, tmp_path, site):
    assert "Strict-Transport-Security" not in site.visitor().get("/").headers
    with visited(built, tmp_path, BASE_URL="https://parvis.example") as safe:
        for visitor in (safe.visitor(), safe.visitor("Alice")):
            # Twice: the second time a visitor's page comes from where it is kept.
            for path in ADDRESSES * 2:
                told = visitor.get(path, base_url="https://parvis.example").headers.get("Strict-Transport-Security", "")
                assert int(told.partition("max-age=")[2] or 0) >= 180 * 24 * 3600, path
