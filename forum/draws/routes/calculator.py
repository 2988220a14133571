"""Was it really chance? A calculator that anybody may open."""

from typing import Any

from flask import Response, jsonify, request

from forum.draws import chance, sentences
from forum.draws.routes import bp
from forum.errors import Invalid
from forum.text.typed import parse_whole
from forum.web.pages import show

CHANCE_FIELDS = {
    "pool": chance.MOST_POOL,
    "kind": chance.MOST_POOL,
    "drawn": chance.MOST_DRAWN,
    "seen": chance.MOST_DRAWN,
}


@bp.get("/hasard")
def was_it_chance() -> Response:
    """The calculator, empty or with its answer: its address holds all of the question, to be passed on."""
    asked = {field: request.args.get(field, "") for field in CHANCE_FIELDS}
    try:
        answer = _answer(asked) if all(asked.values()) else None
    except Invalid as problem:
        return show("draws/chance.html", asked=asked, answer=None, errors=problem.fields, status=422)
    return show("draws/chance.html", asked=asked, answer=answer, errors={})


@bp.get("/hasard.json")
def was_it_chance_json() -> Response:
    answer = _answer({field: request.args.get(field, "") for field in CHANCE_FIELDS})
    return jsonify({name: float(getattr(answer["tails"], name)) for name in ("at_least", "at_most", "expected")})


def _answer(asked: dict[str, str]) -> dict[str, Any]:
    """What the page says of an outcome. Raises Invalid (pool, kind, drawn, seen)."""
    pool, kind, drawn, seen = numbers = _numbers(asked)
    tails = chance.tails(*numbers)
    return {
        "tails": tails,
        "expected": sentences.rounded(tails.expected),
        "sentence": sentences.sentence(tails, seen),
        "bars": sentences.bars(pool, kind, drawn, seen),
    }


def _numbers(asked: dict[str, str]) -> list[int]:
    numbers = {field: parse_whole(asked[field], 0, most) for field, most in CHANCE_FIELDS.items()}
    wrong = {field: sentences.not_a_number(CHANCE_FIELDS[field]) for field, number in numbers.items() if number is None}
    pool, kind, drawn, seen = (number or 0 for number in numbers.values())
    wrong = wrong or sentences.what_cannot_be(pool, kind, drawn, seen)
    if wrong:
        raise Invalid(wrong)
    return [pool, kind, drawn, seen]
