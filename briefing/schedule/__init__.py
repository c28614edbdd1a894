"""When editions are due, and seeing to it that they are made and delivered, once.

due      rules of feeds.yaml and a moment -> slots and hours; pure
plan     what is due by now and not in the ledger; pure
duty     does it: fetch, build, deliver, tell the operator
alert    what the operator is told, once
state    the state file, and what `briefing schedule --status` says
daemon   duty at the right moments, from one process for many briefings
"""

from briefing.schedule.due import due_on, next_due, slot, upcoming

__all__ = ["due_on", "next_due", "slot", "upcoming"]
