"""Markdown to safe HTML: comrak reads it, nh3 locks it, then tags and French spacing are set in its text."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from html import escape, unescape
from urllib.parse import quote

import comrak
import nh3

from forum.text import french, links, mentions as names, tags
from forum.text.typed import line_feeds, one_line

# Stored beside each rendered text; raise it when the same source would give other HTML, so that rows can be redone.
RENDERER = 2
LONGEST = 20_000
DEEPEST_QUOTE = 12
DEEPEST = 60
MOST_COLUMNS = 24

# In what nh3 writes, an attribute may hold a bare ">" between its double quotes.
TOKEN = re.compile(r'(<[^>"]*(?:"[^"]*"[^>"]*)*>)')
QUOTES = re.compile(rf"^((?:[ \t]{{0,3}}>){{{DEEPEST_QUOTE}}})(?:[ \t]*>)+", re.MULTILINE)
RULE = re.compile(r"^[ \t>|:-]+$", re.MULTILINE)
IMAGE = re.compile(r'(<a href="[^"]*"(?: title="[^"]*")?>)?<img src="([^"]*)" alt="([^"]*)"(?: title="[^"]*")? />')
OWN_IMAGE = re.compile(r"/static/(?!.*\.\.)[\w./-]+")
HEADING = re.compile(r"<(/?)h([1-6])>")
WORDLESS = re.compile(r'(<a href="([^"]+)"[^>]*>)</a>')
ALIGNED = re.compile(r'<(t[hd]) align="right">')
OUTWARD = re.compile(r'<a href="(?!/(?!/))([^"]*)"[^>]*>(.*?)</a>', re.DOTALL)
BOXES = {'<input type="checkbox" disabled="" />': "☐", '<input type="checkbox" checked="" disabled="" />': "☑"}
BLOCK = re.compile(r"<(?:/?(?:p|li|h\d|ul|ol|pre|blockquote|tr|td|th|table)|br|hr)\b")

# Stand for signs that are to mean nothing to Markdown: a star between two letters, which is theirs (militant*es), and a
# sharp that somebody kept from being a tag. Nobody can type them: they are taken out of what is read.
STAR, SHARP = "\ue02a", "\ue023"
UNSEEN = re.compile(f"[\0{STAR}{SHARP}]")
INNER_STAR = re.compile(r"(?<=[^\W_])\*(?=[^\W_])")
CODE = re.compile(r"<code[^>]*>[^<]*</code>")
ESCAPED = re.compile(r"\\([\\#])")

CLEANER = nh3.Cleaner(
    tags={"p", "br", "hr", "h3", "h4", "h5", "h6", "strong", "em", "del", "code", "pre", "blockquote", "ul", "ol", "li"}
    | {"a", "img", "table", "thead", "tbody", "tr", "th", "td"},
    attributes={"a": {"href", "title"}, "img": {"src", "alt"}, "ol": {"start"}},
    allowed_classes={"th": {"num"}, "td": {"num"}},
    # A long line scrolls inside its block: the keyboard must reach it.
    set_tag_attribute_values={"img": {"loading": "lazy"}, "pre": {"tabindex": "0"}},
    url_schemes={"http", "https", "mailto"},
    link_rel="nofollow ugc noopener",
)


def render(source: str) -> str:
    """The safe HTML of a Markdown text (GFM tables, task lists, strikethrough, links), headings from h3 down.

    Raw HTML is shown as typed. An image from elsewhere becomes a link, so that nobody learns who reads. Hashtags lead
    to /t/<tag>. Only the first 20,000 signs are read; a text nested beyond reason comes out as one plain paragraph.
    Time is linear in the length, whatever is typed.
    """
    return "".join(
        set_text(piece) if free else piece if piece.startswith("<") else escape(unescape(piece), quote=False)
        for piece, free in pieces(locked(source))
    ).replace(SHARP, "#")


def unlinked(html: str) -> str:
    """A rendered text whose links to elsewhere are read, not followed: the words, then the address if it differs."""
    return OUTWARD.sub(lambda link: link[2] if link[1] in words(link[2]) else f"{link[2]} ({link[1]})", html)


def hashtags(source: str) -> list[str]:
    """The tags of a Markdown text as typed, without their #, in order, each spelling once; none from code or links."""
    texts = (unescape(piece) for piece, free in pieces(locked(source)) if free)
    first: dict[str, str] = {}
    for text in texts:
        for match in tags.found(text):
            first.setdefault(match["tag"].lower(), match["tag"])
    return list(first.values())


def mentions(source: str) -> list[str]:
    """The pseudonyms that follow an @ in a Markdown text, each once, in order; none from code or links."""
    return names.found("\n".join(unescape(piece) for piece, free in pieces(locked(source)) if free))


def plain(source: str) -> str:
    """The words of a Markdown text, one space between them, without any mark: for the index, titles of pages, mail."""
    return words(locked(source)).replace(SHARP, "#")


def words(html: str) -> str:
    """The words of a rendered text, as `plain` gives those of its source, at a hundredth of the cost."""
    return one_line(_unmarked(html, " "))


def lines(html: str) -> str:
    """The words of a rendered text, line by line as they were typed, without empty lines: for calendars."""
    return "\n".join(one_line(line) for line in _unmarked(html, "\n").split("\n") if line.strip())


def _unmarked(html: str, between: str) -> str:
    parts = TOKEN.split(html)
    return "".join(between if BLOCK.match(part) else "" if part.startswith("<") else unescape(part) for part in parts)


def excerpt(source: str, most: int = 180, around: Iterable[str] = ()) -> str:
    """About `most` signs of a Markdown text, cut between words, round the first place where a word of `around` stands.

    Case and accents do not count in finding it. An ellipsis marks each cut.
    """
    return cut(plain(source), most, around)


def cut(text: str, most: int, around: Iterable[str] = ()) -> str:
    """As `excerpt`, of plain words."""
    if len(text) <= most:
        return text
    start = word_start(text, first_place(text, around) - most // 3)
    end = len(text) if start + most >= len(text) else text.rfind(" ", start + most // 2, start + most + 1)
    end = end if end > 0 else start + most
    return ("… " if start else "") + text[start:end].rstrip(" ,;:") + ("…" if end < len(text) else "")


def word_start(text: str, place: int) -> int:
    if place <= 0:
        return 0
    space = text.find(" ", place, place + 40)
    return space + 1 if space > 0 else place


def first_place(text: str, words: Iterable[str]) -> int:
    folded = fold(text)
    places = [folded.find(fold(word)) for word in words if word]
    return min((place for place in places if place >= 0), default=0)


def fold(text: str) -> str:
    """Lower case without accents, sign for sign, so that a place in it is a place in `text`."""
    return "".join(fold_sign(sign) for sign in text)


@lru_cache(maxsize=4096)
def fold_sign(sign: str) -> str:
    return unicodedata.normalize("NFD", sign)[0].lower()[:1] or sign


def locked(source: str) -> str:
    source = tidy(source)
    html = comrak.render_markdown(meant(source), *options())
    if too_long(html, source) or too_deep(html):
        html = "<p>" + escape(source).replace("\n", "<br>") + "</p>"
    return CLEANER.clean(reshaped(links.ended(as_typed(html))))


def meant(source: str) -> str:
    """The source with the signs that are to mean nothing kept out of Markdown's sight."""
    return ESCAPED.sub(lambda two: two[0] if two[1] == "\\" else SHARP, INNER_STAR.sub(STAR, source))


def as_typed(html: str) -> str:
    """The stars back in their place, and the sharps in code, where a backslash is a sign like another."""
    html = html.replace(STAR, "*").replace(quote(STAR), "*").replace(quote(SHARP), "#")
    return CODE.sub(lambda code: code[0].replace(SHARP, r"\#"), html) if SHARP in html else html


def tidy(source: str) -> str:
    """The source as it will be read: composed letters, plain ends of line, 20,000 signs, a dozen quote marks.

    A line of a thousand columns would make a thousand cells of each short line under it: it is no table.
    """
    source = line_feeds(source[:LONGEST].encode("utf-8", "replace").decode())
    source = QUOTES.sub(r"\1", unicodedata.normalize("NFC", UNSEEN.sub("", source)))
    return RULE.sub(lambda line: line[0].replace("|", r"\|") if line[0].count("|") > MOST_COLUMNS else line[0], source)


@lru_cache(maxsize=1)
def options() -> tuple[comrak.ExtensionOptions, comrak.ParseOptions, comrak.RenderOptions]:
    extension, parse, shape = comrak.ExtensionOptions(), comrak.ParseOptions(), comrak.RenderOptions()
    extension.autolink = extension.table = extension.tasklist = extension.strikethrough = True
    # A return typed on a phone is meant to be seen.
    shape.escape = shape.hardbreaks = True
    return extension, parse, shape


def too_long(html: str, source: str) -> bool:
    """Whether a short source makes a long page: a wide table over many short lines, references repeated."""
    return len(html) > 8 * len(source) + 2000


def too_deep(html: str) -> bool:
    """nh3 takes quadratic time in the depth (20,000 nested quotes: three seconds)."""
    depth = 0
    for tag in re.findall(r"<(/?)(?!br|hr|img|input)\w", html):
        depth += -1 if tag else 1
        if depth > DEEPEST:
            return True
    return False


def reshaped(html: str) -> str:
    """What comrak wrote, as this site shows it; comrak escapes every < and > of the source, so its tags stand out."""
    for box, sign in BOXES.items():
        html = html.replace(box, sign)
    html = ALIGNED.sub(r'<\1 class="num">', html)
    return WORDLESS.sub(r"\1\2</a>", IMAGE.sub(image_or_link, outlined(html)))


def outlined(html: str) -> str:
    """Headings from h3 down, none skipped, whatever levels were typed: a text stands under a heading of its page."""
    above: list[int] = []

    def place(match: re.Match[str]) -> str:
        level = int(match[2])
        if not match[1]:
            above[:] = [*(each for each in above if each < level), level]
        return f"<{match[1]}h{min(2 + len(above), 6)}>"

    return HEADING.sub(place, html)


def image_or_link(match: re.Match[str]) -> str:
    around, address, words = match.groups()
    if OWN_IMAGE.fullmatch(address):
        return match[0]
    return f"{around}{words or address}" if around else f'<a href="{address}">{words or address}</a>'


def pieces(html: str) -> Iterator[tuple[str, bool]]:
    """Tags and texts of clean HTML in turn; True with a text in which tags and spacing may be set.

    An anchor left without an address (a forbidden scheme) is dropped, its words kept.
    """
    inside = {"a": 0, "code": 0, "pre": 0}
    dead = False
    for piece in TOKEN.split(html):
        name = re.match(r"</?(\w+)", piece)
        if not name:
            yield piece, bool(piece) and not any(inside.values())
            continue
        if name[1] == "a":
            dead = dead if piece.startswith("</") else 'href="' not in piece or 'href=""' in piece
            if dead:
                continue
        if name[1] in inside:
            inside[name[1]] += -1 if piece.startswith("</") else 1
        yield piece, False


def set_text(text: str) -> str:
    text = french.spaced(unescape(text))
    done, place = [], 0
    for match in tags.found(text):
        link = f'<a href="{tags.address(match["tag"])}">{escape(match[0], quote=False)}</a>'
        done += [escape(text[place : match.start()], quote=False), link]
        place = match.end()
    return "".join(done) + escape(text[place:], quote=False)
