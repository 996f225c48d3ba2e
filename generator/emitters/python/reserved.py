"""Names that a generated thing must not have, because something else answers to them.

Each gets a trailing underscore (PEP 8). Tests compare these with the public names of the runtime.
"""

from keyword import kwlist, softkwlist

KEYWORDS = frozenset(kwlist)
SOFT_KEYWORDS = frozenset(softkwlist)

# Attributes of every model (generator/runtime/model.py), and what the body of a generated class itself names.
MODEL = KEYWORDS | {
    "additional",
    "bool",
    "bytes",
    "changes",
    "dt",
    "field",
    "flags",
    "float",
    "from_dict",
    "from_json",
    "int",
    "list_of",
    "mro",
    "nested",
    "patch",
    "str",
    "to_dict",
    "to_json",
    "validate",
}

# Members of an enumeration are upper case; these belong to enum.Enum or to the runtime's own class.
ENUM = KEYWORDS | {"mro", "name", "value"}

# Verbs of the runtime (generator/runtime/resources.py) and names that a method's body uses.
_RESOURCE = KEYWORDS | {
    "at",
    "cast",
    "bool",
    "bytes",
    "dt",
    "float",
    "int",
    "mro",
    "property",
    "str",
}
ONE = _RESOURCE | {
    "create",
    "delete",
    "get",
    "remove_reference",
    "replace",
    "set_reference",
    "update",
}
MANY = _RESOURCE | {"add_reference", "count", "create", "list", "remove_reference"}

# Attributes of a client (generator/runtime/client.py).
CLIENT = _RESOURCE | {"aclose", "close", "send"}

PARAMETER = KEYWORDS | {
    "flags",
    "list_of",
    "nested",
    "one",
    "optional",
    "self",
}

# Classes that generated modules import from elsewhere.
CLASS = KEYWORDS | {
    "Any",
    "AsyncClient",
    "AsyncPages",
    "Client",
    "Decimal",
    "Field",
    "Flags",
    "FlagsField",
    "Limits",
    "Model",
    "MutableSequence",
    "OpenEnum",
    "OpenFlag",
    "Pages",
    "ReadOnly",
    "Required",
    "Sequence",
    "UUID",
}

# Modules beside the generated ones.
MODULE = KEYWORDS | {"_index"}
