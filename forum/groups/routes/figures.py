"""What a group lives, month by month, for its animators: sums, and nothing of anybody."""

from flask import Response

from forum.discussions import queries as discussions
from forum.groups import queries, rules
from forum.groups.routes import bp
from forum.proposals import queries as proposals
from forum.text import dates
from forum.web.pages import show
from forum.web.requests import me

MONTHS = 12


@bp.get("/g/<handle>/chiffres")
def figures(handle: str) -> Response:
    group = queries.group_for(me(), handle)
    rules.edit(me(), group).require()
    bounds = dates.month_starts(MONTHS)
    counts = zip(bounds, queries.arrivals(me(), group, bounds), discussions.activity(me(), group, bounds), strict=False)
    months = [(dates.month(start), came, opened, said) for start, came, (opened, said) in counts]
    voted = [card.proposal for card in proposals.proposals_in_group(me(), group, 30) if card.over]
    return show("groups/figures.html", group=group, months=months[::-1], voted=voted[:10])
