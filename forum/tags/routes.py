"""Tags over HTTP: one page a tag under all its spellings, and the public log of synonyms."""

import csv
import io
from typing import Any
from urllib.parse import quote

from flask import Blueprint, Response, jsonify, redirect, request

from forum.accounts.models import GUEST
from forum.discussions import queries as discussions
from forum.errors import Invalid, NotFound
from forum.groups import queries as groups
from forum.proposals import queries as proposals
from forum.search.queries import readable_tags, tagged_with
from forum.tags import actions, queries, rules, spelling
from forum.tags.models import Synonym, Tag
from forum.text.cells import harmless
from forum.text.dates import iso
from forum.text.typed import tag_names
from forum.web.feeds import atom
from forum.web.pages import Sentences, see_other, show
from forum.web.requests import cursor, me, page_number, typed
from forum.web.tables import download

bp = Blueprint("tags", __name__)

COLUMNS = ("name", "tag", "state", "proposed_by", "reason", "created_at", "decided_at")


@bp.get("/t")
def suggestions() -> Response:
    """What begins like the last word typed, and what it would be a second spelling of."""
    words = tag_names(request.args.get("q") or request.args.get("tags", ""))
    last = words[-1][: spelling.LONGEST] if words else ""
    same = _seen(last)
    near = _public(queries.near(last)) if spelling.valid(last) and not same else []
    known = [tag for tag in _public(queries.suggest(last)) if tag not in (same, *near)]
    return show("tags/suggestions.html", "suggestions", word=last, same=same, near=near, known=known)


@bp.get("/t/<name>")
def tag(name: str) -> Response:
    actions.settle_due()
    tag = _seen(name)
    if tag is None:
        return _unknown(name)
    if name != tag.label:
        return _moved(tag)
    return _page(tag)


@bp.get("/t/<name>.json")
def tag_json(name: str) -> Response:
    actions.settle_due()
    tag = _existing(name)
    if name != tag.label:
        return _moved(tag, ".json")
    ids = queries.class_of(tag)
    return jsonify(
        tag=tag.label,
        synonyms=[_as_json(synonym) for synonym in queries.synonyms_among(ids)],
        followers_count=queries.followers_count(tag),
        taggings_count=_taggings_count(ids),
    )


@bp.get("/t/<name>.atom")
def feed(name: str) -> Response:
    """The public discussions under this tag, newest first."""
    tag = _existing(name)
    if name != tag.label:
        return _moved(tag, ".atom")
    listed = discussions.tagged(GUEST, queries.class_of(tag))
    return atom(f"#{tag.label}", _address(tag), *discussions.feed_of(listed, tag.created_at))


@bp.post("/t/<name>/abonnement")
def follow(name: str) -> Response:
    """Follow, or with the field follow=0 follow no more."""
    tag = _existing(name)
    if me().is_guest:
        return see_other(f"/connexion?next={quote(_address(tag))}")
    (actions.unfollow if request.form.get("follow") == "0" else actions.follow)(me(), tag)
    return see_other(_address(tag))


@bp.post("/t/<name>/synonymes")
def propose(name: str) -> Response:
    tag, given = _existing(name), typed("name", "reason")
    rules.propose(me()).require()
    try:
        actions.propose(me(), tag, given["name"], given["reason"])
    except Invalid as problem:
        return _page(tag, given, problem.fields, 422)
    return see_other(_address(queries.resolve(tag.key) or tag) + "#synonymes")


@bp.post("/t/<name>/separations")
def part(name: str) -> Response:
    """Make of one spelling a tag of its own."""
    tag, given = _existing(name), typed("name", "reason")
    rules.part(me()).require()
    try:
        synonym = actions.part(me(), tag, given["name"], given["reason"])
    except Invalid as problem:
        return _page(tag, errors=problem.fields, status=422, apart=given)
    return see_other(f"/synonymes/{synonym.id}")


@bp.post("/synonymes/<int:number>/reunir")
def reunite(number: int) -> Response:
    actions.reunite(me(), queries.synonym_for(number))
    return see_other(f"/synonymes/{number}")


@bp.post("/synonymes/<int:number>/<any(confirmer,objecter,defaire,accepter,refuser):act>")
def speak(number: int, act: str) -> Response:
    synonym, reason = queries.synonym_for(number), request.form.get("reason", "")
    if act == "confirmer":
        actions.confirm(me(), synonym)
    elif act == "objecter":
        actions.object_to(me(), synonym, reason)
    elif act == "defaire":
        actions.ask_undo(me(), synonym, reason)
    else:
        actions.decide(me(), synonym, accepted=act == "accepter")
    return see_other(f"/synonymes/{number}")


@bp.get("/synonymes")
def synonyms() -> Response:
    actions.settle_due()
    listed, older = queries.all_synonyms(cursor())
    voices = queries.voices_on(listed)
    return show("tags/synonyms.html", synonyms=listed, voices=voices, before=cursor(), older=older)


@bp.get("/synonymes/<int:number>")
def synonym(number: int) -> Response:
    actions.settle_due()
    found = queries.synonym_for(number)
    return show("tags/synonym.html", synonym=found, voices=queries.voices_on([found])[found.id], **_may(found))


@bp.post("/synonymes/<int:number>/compris")
def hear(number: int) -> Response:
    """The follower has read that two tags became one."""
    actions.hear(me(), number)
    return see_other("/")


@bp.get("/synonymes.csv")
def synonyms_csv() -> Response:
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(COLUMNS)
    for synonym in queries.every_synonym():
        line = _as_json(synonym)
        rows.writerow(
            harmless(value)
            for value in (
                *(synonym.name, synonym.into.label, synonym.state, line["proposed_by"] or "", synonym.reason),
                *(iso(synonym.created_at), line["decided_at"] or ""),
            )
        )
    return download(text.getvalue(), "synonymes.csv")


def _page(
    tag: Tag,
    given: dict[str, str] | None = None,
    errors: dict[str, str] | None = None,
    status: int = 200,
    apart: dict[str, str] | None = None,
) -> Response:
    page, same = page_number(), queries.tags_in_class(tag)
    ids = [row.id for row in same]
    listed = queries.synonyms_among(ids)
    voted, more_voted = proposals.tagged(me(), ids, page)
    borne = tagged_with(me(), ids, page)
    return show(
        "tags/tag.html",
        status=status,
        page=page,
        groups=borne.groups,
        proposals=voted,
        discussions=borne.discussions,
        more=borne.more or more_voted,
        spellings=sorted({row.label for row in same if row.id != tag.id} | {row.name for row in listed if _held(row)}),
        synonyms=listed,
        narrower=queries.narrower(tag),
        typed=given or {"name": "", "reason": ""},
        errors={} if apart else errors or {},
        may_part=rules.part(me()),
        apart=apart or {"name": "", "reason": ""},
        apart_errors=Sentences((errors or {}) if apart else {}),
        **_following(tag),
    )


def _following(tag: Tag) -> dict[str, Any]:
    count, following = queries.following(me(), tag)
    return {"tag": tag, "following": following, "followers_count": count}


def _may(synonym: Synonym) -> dict[str, Any]:
    """What this person may do about a synonym, as verdicts."""
    return {
        "confirming": rules.confirm(me(), synonym),
        "objecting": rules.object_to(me(), synonym),
        "undoing": rules.ask_undo(me(), synonym),
        "deciding": rules.decide(me()),
        "reuniting": rules.reunite(me(), synonym),
    }


def _unknown(name: str) -> Response:
    """Nothing that this person may read bears this word: the words that are close. Any word can be a tag tomorrow."""
    label = spelling.label(name[: 2 * spelling.LONGEST])
    if not spelling.valid(label):
        raise NotFound
    return show("tags/unknown.html", label=label, near=_public(queries.near(label)))


def _seen(name: str) -> Tag | None:
    """The tag of this spelling, unless it is the word of groups whose talk this person may not read."""
    tag = queries.resolve(name)
    return tag if tag and _public([tag]) else None


def _public(tags: list[Tag]) -> list[Tag]:
    """Those of these tags that stand on something this person may read, or are spoken of in public as synonyms."""
    spoken_of = queries.with_synonyms(tags)
    read = readable_tags(me(), [tag.id for tag in tags if tag.id not in spoken_of])
    return [tag for tag in tags if tag.id in spoken_of or tag.id in read]


def _existing(name: str) -> Tag:
    tag = _seen(name)
    if tag is None:
        raise NotFound
    return tag


def _held(synonym: Synonym) -> bool:
    return synonym.state == "accepted" and synonym.name != synonym.into.label


def _taggings_count(ids: list[int]) -> int:
    """How many groups, discussions and proposals that this person may read bear the tag."""
    return sum(feature.count_tagged(me(), ids) for feature in (groups, discussions, proposals))


def _as_json(synonym: Synonym) -> dict[str, str | None]:
    return {
        "name": synonym.name,
        "state": synonym.state,
        "proposed_by": synonym.proposed_by.username if synonym.proposed_by else None,
        "decided_at": iso(synonym.decided_at) if synonym.decided_at else None,
    }


def _address(tag: Tag) -> str:
    return f"/t/{quote(tag.label)}"


def _moved(tag: Tag, suffix: str = "") -> Response:
    query = request.query_string.decode()
    return redirect(_address(tag) + suffix + ("?" + query if query else ""), 301)  # type: ignore[return-value]
