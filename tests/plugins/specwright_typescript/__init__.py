"""A package of its own that adds to specwright: TypeScript types of what a service sends
and takes, and a pass that leaves out what is deprecated.

It knows nothing of specwright but `generator.model`, `generator.files` and
`generator.diagnostics`; its entry points stand in the metadata beside it.
"""
