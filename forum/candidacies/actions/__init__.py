"""What a member changes in candidacies; one transaction each, with its line in the record."""

from forum.candidacies.actions.designating import (
    draw_among as draw_among,
    put_to_vote as put_to_vote,
    settle as settle,
)
from forum.candidacies.actions.standing import (
    Calendar as Calendar,
    call as call,
    forget_lost_records as forget_lost_records,
    leave as leave,
    pour as pour,
    pour_back as pour_back,
    say as say,
    stand as stand,
    take_back as take_back,
    take_statement_back as take_statement_back,
    withdraw as withdraw,
)
