"""What a member changes in draws; one transaction each, with its line in the record."""

from forum.draws.actions.after import (
    cancel as cancel,
    end as end,
    end_due as end_due,
    forget_lost_records as forget_lost_records,
    leave as leave,
    pour as pour,
    pour_back as pour_back,
    withdraw as withdraw,
)
from forum.draws.actions.entering import enter as enter
from forum.draws.actions.freezing import freeze as freeze
from forum.draws.actions.letters import write_to_holders as write_to_holders
from forum.draws.actions.preparing import (
    DrawPlan as DrawPlan,
    prepare as prepare,
    stand as stand,
    step_back as step_back,
)
