"""What a person does to come in, and to go out again."""

from forum.accounts.actions import Suspended as Suspended, sign_out_everywhere as sign_out_everywhere
from forum.arrival.actions.answering import (
    join_and_answer as join_and_answer,
    sign_up_and_answer as sign_up_and_answer,
)
from forum.arrival.actions.doors import Wish as Wish, sign_in as sign_in, sign_up as sign_up
from forum.arrival.actions.recovery import (
    account_of as account_of,
    ask_new_password as ask_new_password,
    renew_password as renew_password,
)
