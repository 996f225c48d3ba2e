"""The support code of generated packages: ordinary Python, copied verbatim.

The generator copies this folder into each package as `_runtime`. So nothing in here
imports the generator, and modules import each other relatively. Two halves:

- models: `model` (the base class) over `properties` (its descriptors), `codecs` and
  `scalars` (JSON and URL texts to Python values and back), `enums`, `lists`, `tracking`
  (what was changed), `additional`, `bodies` (what a request carries), `validation`
  (and `patterns`, over `pattern_nodes`), `query` (paths and filters), `json`, `lazy`,
  `pydantic_hook`;
- HTTP: everything else, built upon the models' half and on httpx.
"""
