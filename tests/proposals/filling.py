"""Ballots for any way of voting, filled by what it says of itself: a new one needs no line here."""

from random import Random

from forum.proposals.methods.method import Method
from forum.proposals.methods.shapes import Options, Settings, profile_of

ROOMS = "Limoges\nBellac\nLe Dorat\nGuéret\nSaint-Junien"
DAYS = "2099-12-05 20:00\n2099-12-06\n2099-12-07 18:30\n2099-12-12\n2099-12-13"


def options_text(method: Method, number: int = 5) -> str:
    """What is typed for so many options: nothing where the method has its own, rooms, or days where it must be days."""
    if method.own_options:
        return ""
    lists = ["\n".join(text.split("\n")[:number]) for text in (ROOMS, DAYS)]
    return next(text for text in lists if not method.read_options(text)[1])


def settings_of(method: Method) -> Settings:
    """The settings of a proposal that names none."""
    return method.read_settings({})[0]


def filled(method: Method, chance: Random, number: int = 5) -> dict[str, str]:
    """A ballot that is taken, at random, on the options of `options_text`."""
    options, settings = method.read_options(options_text(method, number))[0], settings_of(method)
    for _ in range(1000):
        typed = _at_random(method, options, settings, chance)
        if not method.validate(typed, options, settings)[1]:
            return typed
    raise AssertionError(f"no ballot of {method.name} is taken")


def decisive(method: Method, number: int = 3) -> dict[str, str]:
    """A ballot, given without a reason, which alone retains an option."""
    options, settings, chance = method.read_options(options_text(method, number))[0], settings_of(method), Random(87)
    while True:
        typed = filled(method, chance, number)
        tally = method.count(profile_of([method.validate(typed, options, settings)[0]]), options, settings)
        if "reason" not in typed and method.outcome(tally, options, settings, 1).chosen:
            return typed


def _at_random(method: Method, options: Options, settings: Settings, chance: Random) -> dict[str, str]:
    if method.single_mark:
        choice = chance.choice(list(options))
        return {"choice": choice, **({"reason": "Parce que."} if method.needs_reason(choice) else {})}
    names = chance.sample(list(options), chance.randint(1, len(options)))
    values = [value for value, _ in method.answers(options, settings)] or [1]
    if method.form == "points":
        given = [chance.randint(0, 4) for _ in names]
    elif method.form == "select" and len(values) >= len(names):
        # An answer, a rank say, may serve once only.
        given = chance.sample(values, len(names))
    else:
        given = [chance.choice(values) for _ in names]
    return {f"option-{name}": str(value) for name, value in zip(names, given, strict=True)}
