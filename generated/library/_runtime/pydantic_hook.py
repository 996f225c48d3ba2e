"""What pydantic asks of a type that stands in one of its models.

Imported only when pydantic asks, so nothing here makes pydantic a dependency. FastAPI
takes request and response bodies through the same hook.
"""

# pyright: reportPrivateUsage=false
# The modules of the runtime share the underscore names of models; users have none.

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from .model import Model


def core_schema(cls: type[Model]) -> Any:
    """Give pydantic-core's schema of a model class.

    Objects of the class pass as they are. A dict with wire names is taken if
    `Model.validate` finds nothing in it; required properties may be absent, as what was
    read with a `select` must come back too. Dumping gives the wire object.
    """
    schemas: Any = import_module("pydantic_core.core_schema")
    return schemas.no_info_plain_validator_function(
        _Taking(cls).take,
        json_schema_input_schema=schemas.dict_schema(),
        serialization=schemas.plain_serializer_function_ser_schema(
            cls.to_dict, return_schema=schemas.dict_schema()
        ),
    )


class _Taking:
    """The validator of one class."""

    def __init__(self, cls: type[Model]) -> None:
        self._cls = cls

    def take(self, value: object) -> Model:
        if isinstance(value, self._cls):
            return value
        if not isinstance(value, dict):
            raise ValueError(f"expected {self._cls.__name__} or an object")
        model = self._cls.from_dict(cast("dict[str, Any]", value))
        found = model.validate(partial=True)
        if found:
            raise ValueError("; ".join(f"{path}: {text}" for path, text in found))
        return model
