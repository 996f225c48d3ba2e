"""`python -m generator` is `specwright`."""

from generator.cli import main

raise SystemExit(main())
