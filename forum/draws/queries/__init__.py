"""Reading draws, always for somebody."""

from forum.draws.queries.draws import (
    cancelled_in as cancelled_in,
    data_of as data_of,
    draw_for as draw_for,
    draws_in as draws_in,
    head_of as head_of,
    lock as lock,
    record_file as record_file,
)
from forum.draws.queries.pools import (
    Entrant as Entrant,
    count_entrants as count_entrants,
    entrants_of as entrants_of,
    volunteer_of as volunteer_of,
)
from forum.draws.queries.results import (
    TicketStanding as TicketStanding,
    as_json as as_json,
    colleges_of as colleges_of,
    entries_of as entries_of,
    may_be_known as may_be_known,
    named as named,
    picks_of as picks_of,
    sources_of as sources_of,
    standing_of as standing_of,
    ticket_of as ticket_of,
    tickets_file as tickets_file,
)
