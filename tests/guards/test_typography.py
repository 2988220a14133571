"""French typography in all that members read (Imprimerie nationale, "Lexique des règles typographiques").

A narrow no-break space before ; ! ? and inside « », a no-break space before the colon, ’ and … rather than ' and three
dots. Read from the sources: templates, sentences in Python and in the scripts. A string without a French word is code.
"""

import ast
import html
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NARROW, WIDE = "\u202f", "\u00a0"
WRONG = re.compile(
    rf"(?:(?<=[\w»)%])|^)[ {WIDE}][;!?](?=[\s<]|$)"
    rf"|(?:(?<=[\w»)%])|^)[ {NARROW}]:(?=[\s<]|$)"
    r"|(?<=[a-zà-ÿ]{2})[;!?](?=[\s<]|$)"
    rf"|«(?!{NARROW})|(?<!{NARROW})»"
    r"|(?<=[a-zà-ÿ])'(?=[a-zà-ÿ])"
    r"|(?<=\w)\.\.\.(?=[\s<]|$)"
)
FRENCH = re.compile(r"[àâçéèêëîïôùûœ’«»]|\b(?:les?|la|une?|des?|du|vous|votre|est|pas|ce|ça|qui|que|ou|et)\b", re.I)
STRING = re.compile(r'"((?:[^"\\\n]|\\.)*)"')


def written(told: str) -> bool:
    return " " in told.strip() and bool(FRENCH.search(told))


def wrong(sentences: Iterator[str]) -> list[str]:
    return [told for told in sentences if written(told) and WRONG.search(told)]


def in_template(source: str) -> Iterator[str]:
    """Its lines, a word in the place of each expression; and the strings within those."""
    source = re.sub(r"\{#.*?#\}", "", source, flags=re.S)
    for code in re.findall(r"\{\{.*?\}\}|\{%.*?%\}", source, re.S):
        yield from STRING.findall(code)
    source = re.sub(r"\{%.*?%\}", "", source, flags=re.S)
    yield from html.unescape(re.sub(r"\{\{.*?\}\}", "Ici", source, flags=re.S)).splitlines()


def in_python(source: str) -> Iterator[str]:
    tree = ast.parse(source)
    holders = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    docs = {ast.get_docstring(node, clean=False) for node in ast.walk(tree) if isinstance(node, holders)}
    parts = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            yield "".join(part.value if isinstance(part, ast.Constant) else "Ici" for part in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in parts:
            yield "" if node.value in docs else node.value


def in_script(source: str) -> Iterator[str]:
    return iter(STRING.findall(source))


READERS = {"templates/**/*.html": in_template, "templates/**/*.txt": in_template, "forum/**/*.py": in_python}
READERS |= {"static/*.js": in_script}


def test_the_yardstick_is_right():
    right = f"Qui est là{NARROW}? L’eau{NARROW}; «{NARROW}ici{NARROW}»{WIDE}: le mot-clé… 12:30, page?x=1"
    slips = ["Qui est là ?", "Qui est là?", "le lieu :", f"le lieu{NARROW}: ici", "« ici »", "l'eau du lavoir", "et..."]
    assert wrong(iter([right, "SELECT a FROM b WHERE c = ?", "eaux?|aux?"])) == []
    assert wrong(iter([*slips[:-1], "ce lieu..."])) == [*slips[:-1], "ce lieu..."]


def test_all_that_members_read_is_well_set():
    found = {
        str(path.relative_to(ROOT)): slips
        for pattern, read in READERS.items()
        for path in sorted(ROOT.glob(pattern))
        if (slips := wrong(read(path.read_text("utf-8"))))
    }
    assert found == {}
