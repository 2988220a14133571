"""The letter of the freeze: a number, a nonce and the head of the record, where nobody on the site can change them."""

from forum.accounts.models import Account
from forum.draws import queries
from forum.draws.models import Draw, DrawTicket, TicketHolder
from forum.tasks import letters


def write_to_holders(draw: Draw) -> None:
    """Have a letter sent to each holder of a ticket who gave an address; in the transaction of the freeze. Of a group
    that is not open neither name nor title travels."""
    of_draw = {
        "title": draw.title if draw.group.visibility == "ouvert" else "",
        "key": draw.key,
        "count": str(draw.tickets_count),
        "sha256": draw.tickets_sha256,
        "head": queries.head_of(draw),
    }
    rows = TicketHolder.select(TicketHolder, DrawTicket, Account).join(DrawTicket).join_from(TicketHolder, Account)
    for row in rows.where(DrawTicket.draw == draw.id, Account.email.is_null(False), ~Account.demo):
        own = {"username": row.member.username, "number": str(row.ticket.number), "nonce": row.ticket.nonce or ""}
        letters.write(row.member.email or "", "ticket", of_draw | own)
