"""The passes: each takes an `Api` and gives the next one, and does one thing.

    reader -> resolve -> annotate -> make_resources -> with_catalogue
    -> with_path_permissions -> slice_api -> emitters

`why`, `paths`, `request_paths`, `gaps` and `check_pages` answer questions about an
`Api` and change nothing. Parts of `resolve` are `references`, `segments` and `targets`;
of `annotate`, `annotated_types`, `annotated_operations` and `deep_targets`; of
`make_resources`, `ways`,
`calls`, `verbs`, `restrictions` and `query_options`; of `request_paths`, `request_ways`
and `listed_paths`. What the passes share stands in `lineage` (inheritance), `vocabulary`
(what annotations say), `patterns` and `routes` (which places a path pattern means).
"""
