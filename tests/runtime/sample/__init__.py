"""A generated package as small as can be, for the tests of the runtime.

The fixture `sample` copies this folder and `generator/runtime` (as `_runtime`) to where
they can be imported; the modules have exactly the form that the emitter writes.
"""
