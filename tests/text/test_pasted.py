"""What French people type and paste: where an address ends, what a star means, which words are one tag."""

import re
import unicodedata

import pytest

from forum.text import markdown

LINK = re.compile(r'<a href="([^"]*)"[^>]*>')
INVITATION = "https://parvis.example/i/abcdefgh"

SPACES = [*"\u00a0\u1680\u2000\u2003\u2007\u2008\u2009\u200a\u2028\u202f\u205f\u3000"]
UNSEEN = [*"\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f"]
FRENCH = [*"»”’›«“„…", "’.", "».", "…»", "\u202f»", "\u00a0!", "\u202f?", "\u202f;", "’)", "”)"]
ARABIC = [*"،؛؟٪۔﴿"]
CJK = [*"。、，．！？；：）」』】〉》〕］｝〟﹂﹄"]
CLOSING = [sign for sign in map(chr, range(0xA0, 0x10000)) if unicodedata.category(sign) in ("Pe", "Pf", "Zs")]


def test_an_address_ends_at_every_sign_that_closes_in_unicode():
    kept = [sign for sign in CLOSING if LINK.findall(markdown.render(f"Voir {INVITATION}{sign} fin")) != [INVITATION]]
    assert (len(CLOSING) > 80, kept) == (True, [])


@pytest.mark.parametrize("after", [*SPACES, *UNSEEN, *FRENCH, *ARABIC, *CJK])
def test_an_address_ends_where_a_reader_sees_it_end(after):
    html = markdown.render(f"Voir {INVITATION}{after} et la suite.")
    assert LINK.findall(html) == [INVITATION]
    assert f">{INVITATION}</a>" in html


@pytest.mark.parametrize("sign", [*SPACES, *UNSEEN, *FRENCH, *ARABIC, *CJK])
def test_what_follows_an_address_is_kept(sign):
    if sign == "\u2028":
        return
    typed = f"Voir {INVITATION}{sign} fin"
    assert "".join(markdown.plain(typed).split()) == "".join(typed.split())


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("« https://fr.wikipedia.org/wiki/Commune\u00a0»", "https://fr.wikipedia.org/wiki/Commune"),
        (
            "https://fr.wikipedia.org/wiki/Journée_d’action",
            "https://fr.wikipedia.org/wiki/Journ%C3%A9e_d%E2%80%99action",
        ),
        ("‘https://a.fr/l’été’", "https://a.fr/l%E2%80%99%C3%A9t%C3%A9"),
        ("https://a.fr/insoumis·es·", "https://a.fr/insoumis%C2%B7es"),
        ("https://a.fr/a…b…", "https://a.fr/a%E2%80%A6b"),
        ("(https://a.fr/Paris_(homonymie))", "https://a.fr/Paris_(homonymie)"),
        ("(https://a.fr/x)\u00a0!", "https://a.fr/x"),
        ("https://a.fr/x.»", "https://a.fr/x"),
        ("https://a.fr/?q=1&r=2»", "https://a.fr/?q=1&amp;r=2"),
        ("www.a.fr/été»", "http://www.a.fr/%C3%A9t%C3%A9"),
        ("https://a.fr/北京、上海", "https://a.fr/%E5%8C%97%E4%BA%AC"),
        ("https://a.fr/القاهرة؟", "https://a.fr/%D8%A7%D9%84%D9%82%D8%A7%D9%87%D8%B1%D8%A9"),
        ("https://a.fr/🌹", "https://a.fr/%F0%9F%8C%B9"),
        ("https://a.fr/x.", "https://a.fr/x"),
        ("<https://a.fr/x!>", "https://a.fr/x!"),
        ("[ici\u00a0»](https://a.fr/x)", "https://a.fr/x"),
        ("https://a.fr/a*b", "https://a.fr/a*b"),
        ("[x](https://a.fr/a*b\\#c)", "https://a.fr/a*b#c"),
    ],
)
def test_an_address_keeps_what_is_its_own(typed, address):
    assert LINK.findall(markdown.render(typed)) == [address]


@pytest.mark.parametrize(
    ("typed", "html"),
    [
        ("militant*es et sympathisant*es", "militant*es et sympathisant*es"),
        ("tou*tes et chacun*e", "tou*tes et chacun*e"),
        ("3*4*5", "3*4*5"),
        ("un *mot* penché", "un <em>mot</em> penché"),
        ("un **mot** gras", "un <strong>mot</strong> gras"),
        ("*militant*es*", "<em>militant*es</em>"),
        ("`a*b`", "<code>a*b</code>"),
        ("\\*pas penché\\*", "*pas penché*"),
        ("\ue02amot\ue023", "mot"),
    ],
)
def test_a_star_between_letters_is_one_of_theirs(typed, html):
    assert markdown.render(typed).strip() == f"<p>{html}</p>"


@pytest.mark.parametrize(
    ("typed", "html"),
    [
        ("\\#mot", "#mot"),
        ("`\\#mot`", "<code>\\#mot</code>"),
        ("\\# pas un titre", "# pas un titre"),
        ("\\\\#mot", '\\<a href="/t/mot">#mot</a>'),
    ],
)
def test_a_sharp_after_a_backslash_makes_no_tag(typed, html):
    assert markdown.render(typed).strip() == f"<p>{html}</p>"
    assert ("mot" in markdown.hashtags(typed)) == ("/t/" in html)


@pytest.mark.parametrize(
    ("typed", "tags"),
    [
        ("#militant*es et #tou*te*s", ["militant*es", "tou*te*s"]),
        ("#eau*vive", ["eau"]),
        ("#Val-d'Oise, #Côte-d’Or", ["Val-d'Oise", "Côte-d’Or"]),
        ("#Aujourd'hui #Presqu’île #Prud'hommes", ["Aujourd'hui", "Presqu’île", "Prud'hommes"]),
        ("#l’eau #d'accord #qu'on #jusqu’ici #L'Isle", []),
        ("#eau' et #eau’.", ["eau"]),
        ("#சென்னை, #हिन्दी", ["சென்னை", "हिन्दी"]),
        ("#Vie\u0323\u0302t", ["Vi\u1ec7t"]),
        ("#القاهرة #Москва #北京", ["القاهرة", "Москва", "北京"]),
        ("#49al3 #1erMai #8Mars #5G #49.3", ["49al3", "1erMai", "8Mars", "5G"]),
        ("'#eau' (#feu*)", ["eau", "feu"]),
    ],
)
def test_the_words_of_a_tag_are_whole(typed, tags):
    assert markdown.hashtags(typed) == tags


def test_a_tag_with_a_star_has_the_address_of_its_other_spellings():
    assert 'href="/t/militant%C2%B7es"' in markdown.render("#militant*es")
