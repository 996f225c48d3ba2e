"""`python -m generator` is `specwright`."""

from generator.cli import main

if __name__ == "__main__":  # not in a process that a run begins
    raise SystemExit(main())
