"""Markdown becomes safe HTML, in linear time, whatever is typed."""

import re
import time

import pytest

from forum.text import markdown

REL = 'rel="nofollow ugc noopener"'


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("**gras** et *penché*", "<p><strong>gras</strong> et <em>penché</em></p>"),
        ("un\ndeux", "<p>un<br>\ndeux</p>"),
        ("~~non~~ oui", "<p><del>non</del> oui</p>"),
        ("# Un\n\n## Deux\n\n###### Six", "<h3>Un</h3>\n<h4>Deux</h4>\n<h5>Six</h5>"),
        ("## Un\n\n# Deux\n\n### Trois", "<h3>Un</h3>\n<h3>Deux</h3>\n<h4>Trois</h4>"),
        ("- [ ] tracts\n- [x] colle", "<ul>\n<li>☐ tracts</li>\n<li>☑ colle</li>\n</ul>"),
        ("4. quatre", '<ol start="4">\n<li>quatre</li>\n</ol>'),
        ("[ici](https://a.fr/x)", f'<p><a href="https://a.fr/x" {REL}>ici</a></p>'),
        ("[groupe](/g/chene)", f'<p><a href="/g/chene" {REL}>groupe</a></p>'),
        ("https://insoumis.es/x.", f'<p><a href="https://insoumis.es/x" {REL}>https://insoumis.es/x</a>.</p>'),
        ("a@b.fr", f'<p><a href="mailto:a@b.fr" {REL}>a@b.fr</a></p>'),
        ("![plan](https://a.fr/p.png)", f'<p><a href="https://a.fr/p.png" {REL}>plan</a></p>'),
        ("![](https://a.fr/p.png)", f'<p><a href="https://a.fr/p.png" {REL}>https://a.fr/p.png</a></p>'),
        ("[![plan](//a.fr/p)](/g/x)", f'<p><a href="/g/x" {REL}>plan</a></p>'),
        ("![logo](/static/mark.svg)", '<p><img src="/static/mark.svg" alt="logo" loading="lazy"></p>'),
        ("![x](/static/../recherche)", f'<p><a href="/static/../recherche" {REL}>x</a></p>'),
        ("[](http://a.fr)", f'<p><a href="http://a.fr" {REL}>http://a.fr</a></p>'),
        ("&lt;b&gt; &amp;", "<p>&lt;b&gt; &amp;</p>"),
        ("", ""),
    ],
)
def test_markdown_is_read(source, html):
    assert markdown.render(source).strip() == html


def test_columns_of_figures_keep_their_alignment_as_a_class():
    html = markdown.render("|a|b|\n|-|-:|\n|1|2|")
    assert "<th>a</th>" in html
    assert '<td class="num">2</td>' in html


@pytest.mark.parametrize(
    "source",
    [
        "<script>alert(1)</script>",
        "a <img src=x onerror=alert(1)> b",
        "<div onclick=alert(1)>\nbloc\n</div>",
        "<!-- caché -->",
        "<style>*{display:none}</style>",
    ],
)
def test_raw_html_is_shown_as_typed(source):
    html = markdown.render(source)
    assert "&lt;" in html
    assert not re.search(r"<(?!/?(p|br)\b)", html)


@pytest.mark.parametrize(
    "source",
    [
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](java&#115;cript:alert(1))",
        "[x](data:text/html;base64,AAAA)",
        "[x](vbscript:a)",
        "[x](file:///etc/passwd)",
        "![x](data:image/svg+xml;base64,AAAA)",
        "![x](javascript:alert(1))",
        "<javascript:alert(1)>",
        "xmpp:a@b.fr",
    ],
)
def test_only_web_and_mail_addresses_are_links(source):
    html = markdown.render(source)
    assert "<a" not in html
    assert "<img" not in html


@pytest.mark.parametrize(
    "source", ['[x](https://a.fr "b\\" onclick=c")', "[x](https://a.fr?\"onclick='c')", '![x" onload="c](https://a.fr)']
)
def test_no_attribute_can_be_slipped_in(source):
    names = re.findall(r'<[^>"]*?\s([\w-]+)(?==)', re.sub(r'"[^"]*"', '""', markdown.render(source)))
    assert set(names) <= {"href", "rel", "title"}


def test_code_is_left_as_it_is():
    html = markdown.render('`a ! #b` \n\n```python\nprint("x") ; #c\n```')
    assert "<code>a ! #b</code>" in html
    assert '<pre tabindex="0"><code>print("x") ; #c\n</code></pre>' in html


@pytest.mark.parametrize("source", ["insoumis.es", "les salarié.e.s et ami.es", "candidat.es.", "**insoumis.es**"])
def test_an_inclusive_ending_is_not_a_spanish_address(source):
    assert "<a" not in markdown.render(source)


@pytest.mark.parametrize(
    ("typed", "set_"),
    [
        ("Vraiment ?", "Vraiment\u202f?"),
        ("Vraiment?", "Vraiment\u202f?"),
        ("Oui !!", "Oui\u202f!!"),
        ("Quoi ?! Rien", "Quoi\u202f?! Rien"),
        ("un ; deux", "un\u202f; deux"),
        ("voici : deux", "voici\u00a0: deux"),
        ("voici: deux", "voici\u00a0: deux"),
        ("« ici »", "«\u202fici\u202f»"),
        ("«ici»", "«\u202fici\u202f»"),
        ("à 12:30, oui", "à 12:30, oui"),
        ("un clin d’œil ;) et :)", "un clin d’œil ;) et :)"),
        ("page?x=1", "page?x=1"),
        ("a != b", "a != b"),
        ("déjà\u202f!", "déjà\u202f!"),
    ],
)
def test_french_spacing_is_set(typed, set_):
    assert markdown.render(typed).strip() == f"<p>{set_}</p>"


def test_no_space_is_set_inside_an_address():
    assert ">http://a.fr/?q=b:c;d!</a>" in markdown.render("<http://a.fr/?q=b:c;d!>")


def test_plain_text_has_the_words_alone():
    source = "# Titre\n\n- [ ] un\n- **deux**\n\n|a|b|\n|-|-|\n|1|2|\n\n> cité [ici](https://a.fr)"
    assert markdown.plain(source) == "Titre ☐ un deux a b 1 2 cité ici"


def test_the_words_of_a_rendered_text_are_those_of_its_source():
    source = "# Titre\n\nUn **mot** & un #lien, `code`.\n\n- un\n- deux"
    assert markdown.words(markdown.render(source)) == markdown.plain(source)


def test_an_excerpt_is_cut_between_words_round_what_is_sought():
    source = "mot " * 100 + "voici les **Législatives** qui viennent " + "fin " * 100
    assert markdown.excerpt(source, 60).startswith("mot mot")
    near = markdown.excerpt(source, 60, around=["legislatives"])
    assert near.startswith("… ")
    assert near.endswith("…")
    assert "Législatives" in near
    assert len(near) < 70


def test_a_short_text_is_its_own_excerpt():
    assert markdown.excerpt("*Bref*.", 60, around=["absent"]) == "Bref."


def test_only_so_many_signs_are_read():
    assert len(markdown.plain("mot " * 30_000)) <= markdown.LONGEST


def test_a_lone_surrogate_does_not_break_the_page():
    markdown.render("a\ud83d b\x00").encode()


ORDINARY = (
    "Bonjour #insoumis·e·s, voici **un texte** : [lien](https://a.fr) ! `code`\n\n- un\n- deux\n\n> « là »\n\n" * 250
)
HOSTILE = {
    "brackets": "[" * 50_000,
    "open links": "[a](" * 20_000,
    "quotes": ">" * 20_000,
    "spaced quotes": "> " * 20_000,
    "list marks": "- " * 20_000,
    "numbered marks": "1. " * 20_000,
    "deep list": "\n".join("  " * level + "- a" for level in range(150)),
    "deep list by tabs": "\n".join("\t" * (3 * level) + "- " * 12 for level in range(100)),
    "stars": "*" * 10_000 + "a" + "*" * 10_000,
    "nested emphasis": "*a " * 5_000 + "a* " * 5_000,
    "mixed emphasis": "_a **a " * 3_000,
    "backticks": "".join("`" * count + " " for count in range(190)),
    "wide table": "a|" * 100 + "\n" + "-|" * 100 + "\n" + "b\n" * 9_000,
    "table in short lines": "a|b|c\n-|-|-\n" + "b\n" * 9_000,
    "references": "[a]: http://" + "x" * 9_000 + "\n\n" + "[a]" * 3_000,
    "images": "![](a)" * 4_000,
    "tags": "#a" * 10_000,
    "dotted tag": "#" + "a·" * 10_000,
    "endings": "#a" + "(e)" * 6_000,
    "spaces": "a" + " " * 19_900 + "!",
    "narrow spaces": "\u202f" * 19_999 + ";",
    "quotation marks": "a" + " »" * 9_999,
    "angles": "<" * 20_000,
    "ampersands": "&" * 20_000,
    "tildes": "~~a" * 6_000,
}


@pytest.fixture(scope="module")
def ordinary_time():
    assert len(ORDINARY) > markdown.LONGEST
    return quickest(markdown.render, ORDINARY)


@pytest.mark.parametrize("source", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_costs_no_more_than_a_few_ordinary_ones(source, ordinary_time):
    for reading in (markdown.render, markdown.plain, markdown.hashtags):
        assert quickest(reading, source) < 6 * ordinary_time
    assert len(markdown.render(source)) < 10 * markdown.LONGEST


def test_quotes_are_kept_to_a_dozen():
    assert markdown.render(">" * 500 + " a").count("<blockquote>") == 12


def quickest(reading, source):
    times = []
    for _ in range(3):
        start = time.perf_counter()
        reading(source)
        times.append(time.perf_counter() - start)
    return min(times)
