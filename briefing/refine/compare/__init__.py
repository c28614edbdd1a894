"""compare: this edition against the ones before.

terms       the words by which a story is known again
matching    which earlier story each of today's continues
anchors     rare words that tie a story to a single line of an earlier one
history     what the earlier editions told: threads, and what they printed
weekdays    which day a line means by its weekday
published   a line that was printed is not printed again     (read by sections)
subject     which lines tell of a story's own event
status      new, changed, continuing; what changed
quiet       which stories nobody wrote about since
timeline    the dated steps of a story that has run for days

Only the editions of earlier slots are read, so a rebuild of a slot comes out the same.
"""
