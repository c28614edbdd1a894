"""What script/quality measures: one small module for each folder of evaluation data.

    __main__    the command line
    sets        the list of sets, in the order of the table
    (a set)     themes, digests, stories, copies, pages, feeds, sentences, attribution, quantities, hedges,
                days, seeds: how the program is asked, and which figures count
    run         two sets at a time: predictions, scorer, rows
    scorer      DIR/score/*.py as programs of their own; figures out of what they print
    thin        the quick slice: a copy of the folder with every n-th item
    floors      the scores under which the program must not fall
    table       rows as a table

It stands beside the scripts and not in the program: no user of a briefing needs it. The program is asked
through the public functions of its steps only.
"""
