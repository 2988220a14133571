"""Reading reports, decisions and the public log, always for somebody."""

from forum.moderation.queries.cases import (
    PAGE as PAGE,
    QueuedCase as QueuedCase,
    case_for as case_for,
    data_of as data_of,
    decision_for as decision_for,
    decision_suspending as decision_suspending,
    decisions_about as decisions_about,
    decisions_in_force as decisions_in_force,
    lock as lock,
    objection_of as objection_of,
    objections_for as objections_for,
    present as present,
    queue_for as queue_for,
    reports_of as reports_of,
)
from forum.moderation.queries.log import (
    LogEntry as LogEntry,
    log_of_group as log_of_group,
    log_of_site as log_of_site,
)
