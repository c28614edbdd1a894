"""When editions are due, and seeing to it that they are made and delivered, once.

due      rules of feeds.yaml and a moment -> slots and hours; pure
plan     what is due by now and not in the ledger; pure
duty     does it: fetch, build, deliver, tell the operator
alert    what the operator is told, once
status   how a briefing stands, from the ledger: what `briefing schedule --status` says
state    the same as a file beside the editions
daemon   duty at the right moments, from one process for many briefings
    roster     which briefings those are
    watch      whether one of them needs anybody now
    crew       the child processes that are on duty
    presence   who looks after a briefing as a daemon
"""

from briefing.schedule.due import due_on, next_due, slot, upcoming

__all__ = ["due_on", "next_due", "slot", "upcoming"]
