"""Benchmarks: the figures of the README's performance table, measured and compared.

    python -m tests.benchmarks --install-peers    # once: an environment for the peers
    python -m tests.benchmarks                    # everything, as Markdown tables
    python -m tests.benchmarks startup page       # some of it

Every figure is that of a whole process started afresh, and the median of five; contestants
that are compared take turns within one run. Nothing here is asserted against a clock: the
tables show the limit beside the figure, and people judge.
"""
