"""What draws hold of a person."""

from forum.accounts.holdings import Holdings
from forum.draws import actions, queries
from forum.draws.models import Draw, DrawEntry, DrawVolunteer, TicketHolder

HOLDINGS = Holdings(
    tells={"draws": queries.data_of},
    leave=actions.leave,
    forgets=(DrawVolunteer.member, TicketHolder.member, DrawEntry.member),
    keeps={Draw.author: "a draw belongs to its group and goes on, unsigned"},
)
