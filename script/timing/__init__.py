"""What the program costs: script/bench.

    files     every feed and every page of a data folder, each in a process of its own
    stages    the five steps of a real day
    many      hundreds of feeds on loopback, each a while in coming, against what the limits allow
    server    the other side of `stages` and `many`, in a process of its own
    model     a figure, its bound, and the table of them

Machines differ and share their cores, so seconds are of the processor where the program computes, and
shares or ratios wherever a second would be this machine's. A bound is over when it is over by MARGIN.
"""
