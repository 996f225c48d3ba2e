"""Examples: what is sent and answered, with the values that the pages show too.

Each stands in the components once, and is referred to where it is an example of.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from generator.emitters.openapi.dialect import Json
from generator.emitters.openapi.schemas import component_name, reference
from generator.emitters.openapi.structures import Form
from generator.emitters.samples import Purpose, Samples
from generator.model import Api, Named, Operation, ParameterIn, Struct, TypeRef

_PURPOSES: Final[Mapping[Form, Purpose]] = {
    Form.READ: Purpose.READ,
    Form.CREATE: Purpose.CREATE,
    Form.UPDATE: Purpose.UPDATE,
}


class Examples:
    """Gives the examples of media types, and the components they refer to."""

    def __init__(self, api: Api) -> None:
        self._types = api.types
        self._samples = Samples(api)
        self._found: dict[str, Json] = {}

    def of_type(self, ref: TypeRef, form: Form) -> Json:
        """Give the example of an object as a member of its media type; nothing for
        what is no object, or has nothing to show."""
        if not isinstance(ref, Named) or not isinstance(
            self._types.get(ref.id), Struct
        ):
            return {}
        name = component_name(f"{ref.id}{form}")
        if name not in self._found:
            value = self._samples.object(ref.id, _PURPOSES[form])
            self._found[name] = {"value": value}
        if not self._found[name]["value"]:
            return {}
        return {"examples": {ref.id.rpartition(".")[2]: reference("examples", name)}}

    def of_arguments(self, operation: Operation) -> Json:
        """Give the example of the body of a call."""
        given = {p.name for p in operation.parameters if p.place is ParameterIn.BODY}
        arguments = self._samples.arguments(operation).items()
        return {"example": {name: value for name, value in arguments if name in given}}

    def components(self) -> dict[str, Json]:
        """Give the examples that were referred to, by name."""
        found = sorted(self._found.items())
        return {name: example for name, example in found if example["value"]}
