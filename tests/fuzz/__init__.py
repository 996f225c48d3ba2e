"""Mutated descriptions of APIs, and what must hold whatever stands in them.

    python -m tests.fuzz --kind csdl --documents 20000 --jobs 2
    python -m tests.fuzz --kind openapi --first 1234 --documents 1 --keep /tmp/found

`seeds` are sound documents; `texts`, `plain_trees` and `xml_trees` change them, by
`words` that mean harm; `documents` makes one of a number, always the same; `trial` runs
it as a user would and looks at what comes out, `shapes` at the code; `workers` runs many,
with limits of time and memory.
"""
