"""Samples: the values of examples, on the pages and in the OpenAPI document alike.

objects     objects of every structured type, put together of single values
scalars     single values; `texts` by what they are called, `patterns` by a regular
            expression
chance      choices that look arbitrary and never change
fitting     whether a value that the source gives is one of its type
"""

from __future__ import annotations

from generator.emitters.samples.objects import TYPE, Json, Purpose, Samples

__all__ = ["TYPE", "Json", "Purpose", "Samples"]
