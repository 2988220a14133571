"""What can go wrong, in the words of the member. How HTTP says it stands in forum.web.error_pages."""

from dataclasses import dataclass
from typing import Any


class NotFound(Exception):
    """Absent, or not to be read by this person: the two are one and the same answer."""


class Refused(Exception):
    """Readable but forbidden; `reason` is a French sentence for the member."""

    def __init__(self, reason: str):
        super().__init__(reason)
        self.reason = reason


class SignInNeeded(Refused):
    """Refused to a guest only: signing in would open it."""


class Invalid(Exception):
    """What was typed cannot be used: `fields` maps a field's name to one French sentence.

    `facts` go to the page that shows the form again (a group that exists already, say).
    """

    def __init__(self, fields: dict[str, str], **facts: Any):
        super().__init__(fields)
        self.fields = fields
        self.facts = facts


class Moved(Invalid):
    """What a form was made from has changed since: nothing is done. `fields` says on "moved" that it has, then what
    changed; nothing is wrong with what was typed."""


class TooMany(Exception):
    """Too often; `wait` is the number of seconds until the next try can succeed, `why` a French sentence or ''."""

    def __init__(self, wait: int, why: str = ""):
        super().__init__(wait)
        self.wait = wait
        self.why = why


class Unavailable(Exception):
    """A part of the site does not answer just now; `reason` is a French sentence."""

    def __init__(self, reason: str):
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Verdict:
    """Whether an act is allowed, and if not why, as the member will read it."""

    reason: str = ""
    to_guest: bool = False

    @property
    def allowed(self) -> bool:
        return not self.reason

    def __bool__(self) -> bool:
        return self.allowed

    def require(self) -> None:
        """Pass, or raise Refused with the reason (SignInNeeded when it is for want of an account)."""
        if not self.allowed:
            raise (SignInNeeded if self.to_guest else Refused)(self.reason)


ALLOWED = Verdict()


def refused(reason: str) -> Verdict:
    """The verdict that says no, with its reason in French."""
    return Verdict(reason)


def sign_in_first(reason: str = "Connectez-vous ou créez un compte pour faire cela.") -> Verdict:
    """The verdict for a guest whom an account would let in."""
    return Verdict(reason, to_guest=True)


def check(**problems: str | None) -> None:
    """Raise Invalid with the sentences that are not None, one a field."""
    fields = {field: sentence for field, sentence in problems.items() if sentence}
    if fields:
        raise Invalid(fields)
