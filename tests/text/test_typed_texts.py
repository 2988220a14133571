"""What texts, names and tags become as they are typed, odd signs included."""

import pytest

from forum.text import typed

LINES = [
    ("", "", ""),
    ("   ", "", ""),
    ("\r\n\r\n", "", ""),
    ("\u00a0\u2003 \t", "", ""),
    ("un", "un", "un"),
    ("  un  ", "un", "un"),
    ("un\r\ndeux", "un\ndeux", "un deux"),
    ("un\rdeux", "un\ndeux", "un deux"),
    ("un\ndeux", "un\ndeux", "un deux"),
    ("un\r\n\r\ndeux\r\n", "un\n\ndeux", "un deux"),
    ("un\n\rdeux", "un\n\ndeux", "un deux"),
    ("un\r\r\ndeux", "un\n\ndeux", "un deux"),
    ("  un\r\n  deux  ", "un\n  deux", "un deux"),
    ("un   deux", "un   deux", "un deux"),
    ("un\tdeux", "un\tdeux", "un deux"),
    ("un\u00a0deux", "un\u00a0deux", "un deux"),
    ("« un »", "« un »", "« un »"),
    ("«\u202fun\u202f»", "«\u202fun\u202f»", "« un »"),
    ("un\u2028deux", "un\u2028deux", "un deux"),
    ("\u2028un\u2029", "un", "un"),
    ("un\u200bdeux", "un\u200bdeux", "un\u200bdeux"),
    ("\ufeffun", "\ufeffun", "\ufeffun"),
    ("un\0deux", "un\0deux", "un\0deux"),
    ("\0", "\0", "\0"),
    ("a\ud83d", "a\ud83d", "a\ud83d"),
    ("👩🏽‍🌾\r\n", "👩🏽‍🌾", "👩🏽‍🌾"),
    ("مرحبا\r\nبكم", "مرحبا\nبكم", "مرحبا بكم"),
    ("x" * 100_000 + "\r\n", "x" * 100_000, "x" * 100_000),
]


@pytest.mark.parametrize(("sent", "several", "one"), LINES)
def test_a_text_keeps_its_lines_or_becomes_one(sent, several, one):
    assert (typed.many_lines(sent), typed.one_line(sent)) == (several, one)


@pytest.mark.parametrize("sent", [sent for sent, _, _ in LINES])
def test_a_text_made_of_lines_stays_as_it_is(sent):
    once = typed.many_lines(sent)
    assert typed.many_lines(once) == once
    assert "\r" not in typed.line_feeds(sent)
    assert len(typed.line_feeds(sent)) >= len(once)


FOLDED = [
    ("", ""),
    ("abc", "abc"),
    ("ABC", "abc"),
    ("Élève", "eleve"),
    ("ÉLÈVE", "eleve"),
    ("E\u0301le\u0300ve", "eleve"),
    ("L’Haÿ-les-Roses", "l’hay-les-roses"),
    ("Œuvre", "oeuvre"),
    ("ŒUVRE", "oeuvre"),
    ("Cæcum", "caecum"),
    ("ǽther", "aether"),
    ("Ǽther", "aether"),
    ("Ça", "ca"),
    ("ñandú", "nandu"),
    ("Žižek", "zizek"),
    ("İzmir", "izmir"),
    ("Łódź", "łodz"),
    ("Øster", "øster"),
    ("Straße", "straße"),
    ("STRAẞE", "straße"),
    ("ﬁn", "fin"),
    ("Ａｌｉｃｅ", "alice"),
    ("𝐀lice", "alice"),
    ("ᴬlice", "alice"),
    ("Ⓐlice", "alice"),
    ("n°", "n°"),
    ("nº", "no"),
    ("m²", "m2"),
    ("½", "1⁄2"),
    ("…", "..."),
    ("a\u00a0b", "a b"),
    ("٤٢", "٤٢"),
    ("４２", "42"),
    ("مرحبا", "مرحبا"),
    ("ΆΛΦΑ", "αλφα"),
    ("Й", "и"),
    ("\u0301", ""),
    ("👩🏽‍🌾", "👩🏽‍🌾"),
    ("insoumis·e·s", "insoumis·e·s"),
    ("\0", "\0"),
    ("a\ud83d", "a\ud83d"),
]


@pytest.mark.parametrize(("text", "same"), FOLDED)
def test_what_looks_alike_folds_to_the_same(text, same):
    assert typed.folded(text) == same


def test_folding_again_changes_nothing_whatever_the_sign():
    signs = [chr(number) for number in range(0x110000)]
    once = {sign: typed.folded(sign) for sign in signs}
    assert [sign for sign in signs if typed.folded(once[sign]) != once[sign]] == []


HYPHENED = [
    ("L’eau de Bellac, à qui ?", "l-eau-de-bellac-a-qui"),
    ("#Insoumise-87", "insoumise-87"),
    ("＃Insoumise-87", "insoumise-87"),
    ("  --Œuvre__commune--  ", "oeuvre-commune"),
    ("a/b\\c", "a-b-c"),
    ("a\r\nb", "a-b"),
    ("a\0b", "a-b"),
    ("𝐌aths", "maths"),
    ("٤٢", ""),
    ("!!!", ""),
    ("", ""),
    ("a\ud83db", "a-b"),
]


@pytest.mark.parametrize(("text", "words"), HYPHENED)
def test_words_are_joined_by_hyphens(text, words):
    assert typed.hyphened(text) == words


NAMES = [
    ("", "", ""),
    ("   ", "", ""),
    ("eau", "eau", "eau"),
    (" eau\r\n", "eau", "eau"),
    ("#eau", "eau", "#eau"),
    ("@eau", "@eau", "eau"),
    ("##eau", "eau", "##eau"),
    ("@@eau", "@@eau", "eau"),
    ("# eau", "eau", "# eau"),
    ("@ eau", "@ eau", "eau"),
    (" #eau ", "eau", "#eau"),
    ("＃eau", "eau", "＃eau"),
    ("＠eau", "＠eau", "eau"),
    ("﹟eau", "eau", "﹟eau"),
    ("﹫eau", "﹫eau", "eau"),
    ("\u00a0#\u00a0eau", "eau", "#\u00a0eau"),
    ("eau#", "eau#", "eau#"),
    ("eau#vive", "eau#vive", "eau#vive"),
    ("a@b", "a@b", "a@b"),
    ("#", "", "#"),
    ("@", "@", ""),
    ("#@eau", "@eau", "#@eau"),
    ("♯eau", "♯eau", "♯eau"),
    ("#insoumis·e·s", "insoumis·e·s", "#insoumis·e·s"),
    ("#ÉCOLE", "ÉCOLE", "#ÉCOLE"),
    ("#٢٣", "٢٣", "#٢٣"),
    ("\u200b#eau", "\u200b#eau", "\u200b#eau"),
    ("#\0", "\0", "#\0"),
    ("#\ud83d", "\ud83d", "#\ud83d"),
    ("#" * 100_000, "", "#" * 100_000),
    ("@" * 100_000, "@" * 100_000, ""),
]


@pytest.mark.parametrize(("sent", "tag", "pseudonym"), NAMES)
def test_a_name_loses_the_sign_that_members_put_before_it(sent, tag, pseudonym):
    assert (typed.without_hash(sent), typed.without_at(sent)) == (tag, pseudonym)


TAGS = [
    ("", []),
    (" , ,, ", []),
    ("#", []),
    ("# # #", []),
    ("eau", ["eau"]),
    ("#eau", ["eau"]),
    ("eau école", ["eau", "école"]),
    ("eau,école", ["eau", "école"]),
    ("eau, école", ["eau", "école"]),
    ("#eau,#école ＃bois", ["eau", "école", "bois"]),
    ("  eau \r\n école\t", ["eau", "école"]),
    ("eau\u00a0école", ["eau", "école"]),
    ("eau;école", ["eau;école"]),
    ("eau, eau", ["eau", "eau"]),
    ("l’eau", ["l’eau"]),
    ("insoumis-087-03", ["insoumis-087-03"]),
    ("#eau#école", ["eau#école"]),
    ("eau\0école", ["eau\0école"]),
    ("eau\ud83d", ["eau\ud83d"]),
    ("#@eau", ["@eau"]),
    ("a " * 1_000, ["a"] * 1_000),
]


@pytest.mark.parametrize(("sent", "names"), TAGS)
def test_tags_typed_in_one_field_are_parted(sent, names):
    assert typed.tag_names(sent) == names
