"""Everything a person proposed, voted, said before, wrote and recorded, for the file of all their data."""

import json
from typing import Any, TypeVar

from peewee import ModelSelect

from forum.accounts.models import Account
from forum.proposals.models import Ballot, BallotChange, Delegation, Proposal, RoomCount, Statement
from forum.proposals.queries import ballots
from forum.text.dates import iso

T = TypeVar("T", Statement, RoomCount)


def data_of(member: Account) -> dict[str, list[dict[str, Any]]]:
    """As plain values. Of a voice recorded by telephone, who gave it and who recorded it are told to both."""
    return {
        **ballots.data_of(member),
        "changed_ballots": _changes(member),
        "recorded_voices": _recorded(member),
        "statements": [
            {"proposal": row.proposal.key, "body": row.body, "at": iso(row.at)}
            for row in _with_proposal(Statement).where(Statement.author == member.id).order_by(Statement.id)
        ],
        "rooms": [
            {"proposal": row.proposal.key, "place": row.place, "counts": row.by_option, "note": row.note}
            for row in _with_proposal(RoomCount).where(RoomCount.author == member.id).order_by(RoomCount.id)
        ],
    }


def _changes(member: Account) -> list[dict[str, Any]]:
    query = BallotChange.select(BallotChange, Ballot.id, Proposal.key).join(Ballot).join(Proposal)
    return [
        {
            "proposal": row.ballot.proposal.key,
            "marks": json.loads(row.marks),
            "reason": row.reason,
            "until": iso(row.until),
        }
        for row in query.where(Ballot.voter == member.id).order_by(BallotChange.id)
    ]


def _recorded(member: Account) -> list[dict[str, Any]]:
    voter, recorder = Account.alias(), Account.alias()
    query = Delegation.select(Delegation, Proposal.key, voter.username, recorder.username).join(Proposal)
    query = query.join_from(Delegation, voter, on=Delegation.voter)
    query = query.join_from(Delegation, recorder, on=Delegation.recorder)
    mine = (Delegation.voter == member.id) | (Delegation.recorder == member.id)
    return [
        {
            "proposal": row.proposal.key,
            "voter": row.voter.username,
            "recorder": row.recorder.username,
            "at": iso(row.at),
            "withdrawn_at": iso(row.withdrawn_at) if row.withdrawn_at else None,
        }
        for row in query.where(mine).order_by(Delegation.id)
    ]


def _with_proposal(model: type[T]) -> "ModelSelect[T]":
    return model.select(model, Proposal.key).join(Proposal)
