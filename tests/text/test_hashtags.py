"""Where a hashtag begins and ends, and the page it leads to."""

import pytest

from forum.text import markdown


@pytest.mark.parametrize(
    ("typed", "tags"),
    [
        ("#insoumis", ["insoumis"]),
        ("#insoumis·e·s", ["insoumis·e·s"]),
        ("#insoumis⋅es #insoumis•e #insoumis‧e #insoumis∙e", ["insoumis⋅es", "insoumis•e", "insoumis‧e", "insoumis∙e"]),
        ("#insoumis.es", ["insoumis.es"]),
        ("#insoumis.e.s.", ["insoumis.e.s"]),
        ("#insoumis/e/s", ["insoumis/e/s"]),
        ("#insoumis-e-s", ["insoumis-e-s"]),
        ("#INSOUMIS_E !", ["INSOUMIS_E"]),
        ("#militant(e)s, oui", ["militant(e)s"]),
        ("(#militant(es))", ["militant(es)"]),
        ("(#militant)", ["militant"]),
        ("#nouveau·elle #auteur·rices #directeur.trice", ["nouveau·elle", "auteur·rices", "directeur.trice"]),
        ("#insoumis-087-03", ["insoumis-087-03"]),
        ("#insoumis·e-087", ["insoumis·e-087"]),
        ("#insoumis-02A;", ["insoumis-02A"]),
        ("#jeunes-insoumis·es", ["jeunes-insoumis·es"]),
        ("#écologie, #E\u0301cologie", ["écologie"]),
        ("#eau.Demain on verra", ["eau"]),
        ("#eau- #terre· #feu_ #air/", ["eau", "terre", "feu", "air"]),
        ("#Eau et #eau", ["Eau"]),
        ("#1 et #2026", []),
        ("#8mai", ["8mai"]),
        ("page#ancre C# a/#x ##y", []),
        ("&#x41; &#233;t", []),
        ("`#code` et [#lien](https://a.fr) https://a.fr/#ancre", []),
        ("# Titre #eau", ["eau"]),
        ("#" + "a" * 51, []),
        ("**#gras** _#fin_", ["gras", "fin"]),
        ("#l’eau et #qu'on", []),
    ],
)
def test_a_tag_is_found_as_typed(typed, tags):
    assert markdown.hashtags(typed) == tags


@pytest.mark.parametrize(
    ("typed", "html"),
    [
        ("#Insoumis·e·s !", '<a href="/t/insoumis%C2%B7e%C2%B7s">#Insoumis·e·s</a>\u202f!'),
        ("#insoumis.es.", '<a href="/t/insoumis%C2%B7es">#insoumis.es</a>.'),
        ("#militant(e)s", '<a href="/t/militant(e)s">#militant(e)s</a>'),
        ("#insoumis-087-03", '<a href="/t/insoumis-087-03">#insoumis-087-03</a>'),
        ("#insoumis/e", '<a href="/t/insoumis%C2%B7e">#insoumis/e</a>'),
        ("<#eau>", '&lt;<a href="/t/eau">#eau</a>&gt;'),
    ],
)
def test_a_tag_leads_to_its_page(typed, html):
    assert markdown.render(typed).strip() == f"<p>{html}</p>"
