"""What was typed becomes a value in forum/text/typed.py alone, and so with a few other acts that were copied.

A conversion written anew differs from the others by a sign that one of them forgot. Where it means another thing, the
file is an exception, named here with its reason.
"""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FILES = [path for path in [ROOT / "app.py", *sorted((ROOT / "forum").rglob("*.py"))] if "migrations" not in path.parts]
TYPED = "forum/text/typed.py"
# What betrays a conversion: its home, and what to call instead.
CONVERSIONS = {
    r"""strip\(["'][#＃@＠]+["']\)""": (TYPED, "without_hash, without_at"),
    r"""\.replace\(["'],["'], ["'] ["']\)""": (TYPED, "tag_names"),
    r"\.is(?:digit|decimal|numeric)\b|\btype=int\b": (TYPED, "parse_whole"),
    r"\.isalnum\b": (TYPED, "parse_key"),
    r"""normalize\(["']NFK?D["']|\bcombining\(""": (TYPED, "folded"),
    r"""replace\(["'][œæ]["']""": (TYPED, "folded"),
    r"""\[\^a-z0-9\]\+["'], ["']-["']""": (TYPED, "hyphened"),
    r"\bfromisoformat\(|\bstrptime\(": (TYPED, "parse_moment, parse_day"),
    r"%Y-%m-%dT%H:%M[\"']": (TYPED, "moment_field"),
    r"""replace\(["']\\r""": (TYPED, "line_feeds, many_lines"),
    r"""["'] ["']\.join\(.*\.split\(\)\)""": (TYPED, "one_line"),
    r":,\}": ("forum/text/numbers.py", "figure"),
    r"\.once == ": ("forum/database/idempotency.py", "sent_before"),
    r"reuse_if_open": ("forum/database/connection.py", "connected"),
    r"URLSafe|TimestampSigner": ("forum/tasks/signing.py", "seal, unseal"),
    r"\bensure\(.*\)\.id\b": ("forum/tags/actions/tagging.py", "attach"),
}
SIGN_OF_A_WORD = "asks of what sort a sign is within a word, and makes no number of it"
EXCEPTIONS = {
    ("forum/places/reading/__init__.py", "parse_whole"): SIGN_OF_A_WORD,
    ("forum/places/reading/typos.py", "parse_whole"): SIGN_OF_A_WORD,
    ("forum/places/reading/within.py", "parse_whole"): SIGN_OF_A_WORD,
    ("forum/places/reading/codes.py", "parse_whole"): "a postal code keeps the zero it begins with",
    ("forum/search/engines/analyser.py", "parse_whole"): SIGN_OF_A_WORD,
    ("forum/tags/spelling/__init__.py", "parse_whole"): SIGN_OF_A_WORD,
    ("forum/tags/spelling/nearness.py", "parse_whole"): SIGN_OF_A_WORD,
    ("forum/groups/handles.py", "parse_whole"): "a handle of figures and hyphens is no number",
    ("forum/places/reading/__init__.py", "parse_key"): SIGN_OF_A_WORD,
    ("forum/text/links.py", "parse_key"): SIGN_OF_A_WORD,
    ("forum/text/fields.py", "parse_key"): SIGN_OF_A_WORD,
    ("forum/proposals/methods/method.py", "parse_key"): SIGN_OF_A_WORD,
    ("forum/search/engines/analyser.py", "parse_key"): SIGN_OF_A_WORD,
    ("forum/places/queries.py", "parse_key"): "the code of a place, not a random key: 2a is written 02A",
    ("forum/text/markdown.py", "folded"): "sign for sign, so that a place in the one is a place in the other",
    ("forum/tags/data/make_lexicon.py", "folded"): "a script that stands alone, which forum does not import",
    (
        "forum/tags/spelling/words.py",
        "folded",
    ): "takes ligatures apart but keeps accents, to compare sign for sign",
    ("forum/proposals/models/ends.py", "parse_moment, parse_day"): "a day that parse_day had read before it was kept",
    ("forum/draws/models.py", "parse_moment, parse_day"): "a day that the freeze wrote",
    (
        "forum/search/queries/respelling.py",
        "without_hash, without_at",
    ): "the signs around a word of a text, not before a name",
}


def written_anew(path: str, source: str) -> set[tuple[str, str]]:
    """(file, what to call instead) for each conversion of which a line of this source has the signs."""
    lines = [line for line in source.splitlines() if not line.lstrip().startswith("#")]
    return {
        (path, instead)
        for signs, (home, instead) in CONVERSIONS.items()
        if path != home and any(re.search(signs, line) for line in lines)
    }


def test_what_was_typed_is_converted_in_one_place():
    found = set()
    for path in FILES:
        found |= written_anew(path.relative_to(ROOT).as_posix(), path.read_text("utf-8"))
    assert found == EXCEPTIONS.keys()


@pytest.mark.parametrize(
    "line",
    [
        'name.strip().lstrip("#")',
        "name.lstrip('@')",
        'given["tags"].replace(",", " ").split()',
        "int(text) if text.isascii() and text.isdigit() else 0",
        'request.args.get("n", 0, type=int)',
        "key if key.isalnum() else ''",
        'unicodedata.normalize("NFKD", name)',
        'text.lower().replace("œ", "oe")',
        're.sub(r"[^a-z0-9]+", "-", name)',
        "datetime.fromisoformat(typed)",
        'when.strftime("%Y-%m-%dT%H:%M")',
        'body.replace("\\r\\n", "\\n").strip()',
        '" ".join(reason.split())',
        'f"{number:,}"',
        "Comment.select().where(Comment.once == once)",
        "opened = database.connect(reuse_if_open=True)",
        'URLSafeTimedSerializer(secret, salt="objection")',
        'GroupTag.insert({"tag": tags.ensure(typed).id})',
    ],
)
def test_the_guard_itself_sees_a_conversion_written_anew(line):
    assert written_anew("forum/groups/routes/group.py", line)


def test_what_is_to_be_called_instead_is_there():
    for home, instead in CONVERSIONS.values():
        source = (ROOT / home).read_text("utf-8")
        assert all(f"def {name}(" in source for name in instead.split(", ")), instead
