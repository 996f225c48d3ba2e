"""Names that a generated thing must not have, because something else answers to them.

Each gets a trailing underscore (PEP 8). Tests compare these sets with the public names
of the runtime and with what generated modules name.
"""

from keyword import kwlist

from generator.files import DEVICES

KEYWORDS = frozenset(kwlist)

# Attributes of every model (generator/runtime/model.py), what the body of a generated
# class itself names, and the first parameter of the constructor.
MODEL = KEYWORDS | {
    "additional",
    "bind",
    "changes",
    "from_dict",
    "from_json",
    "instance_annotations",
    "patch",
    "to_dict",
    "to_json",
    "validate",
    "bool",
    "bytes",
    "dt",
    "field",
    "flags",
    "float",
    "int",
    "list_of",
    "literal_of",
    "map_of",
    "nested",
    "self",
    "str",
    "union_of",
}

# Attributes of every member of an enumeration, which is a text
# (generator/runtime/enums.py), and what the standard library does not let a member be
# called.
ENUM = KEYWORDS | set(
    "capitalize casefold center count encode endswith expandtabs find format format_map index is_known isalnum"
    " isalpha isascii isdecimal isdigit isidentifier islower isnumeric isprintable isspace istitle isupper join"
    " ljust lower lstrip maketrans mro name partition removeprefix removesuffix replace rfind rindex rjust"
    " rpartition rsplit rstrip split splitlines startswith strip swapcase title translate upper value zfill".split()
)

# What the body of a class of places itself names.
_PLACE = KEYWORDS | {
    "bool",
    "bytes",
    "dt",
    "float",
    "int",
    "overload",
    "property",
    "str",
    "tuple",
}

# Attributes of every resource and its verbs (generator/runtime/resources.py).
ONE = _PLACE | {
    "at",
    "cast",
    "create",
    "delete",
    "get",
    "remove_reference",
    "replace",
    "set_reference",
    "update",
    "with_options",
}
MANY = _PLACE | {
    "add_reference",
    "at",
    "cast",
    "count",
    "create",
    "list",
    "remove_reference",
    "with_options",
}

# Attributes of a client and of its twin (generator/runtime/client.py).
CLIENT = _PLACE | {"aclose", "batch", "close", "prepare", "start", "with_options"}

# The same where operations stand by themselves (generator/runtime/requests.py and
# http_client.py), and the modules that annotations there name.
REQUESTS = _PLACE | {"multipart", "streams", "with_options"}
HTTP_CLIENT = REQUESTS | {"aclose", "close", "paginate", "prepare", "stream"}

# What the body of a method names, and its first parameter.
PARAMETER = KEYWORDS | {
    "flags",
    "list_of",
    "literal_of",
    "map_of",
    "nested",
    "one",
    "optional",
    "self",
    "union_of",
}

REQUEST_PARAMETER = KEYWORDS | {"self"}

# What the constructor of a client takes beside the variables of its server
# (generator/runtime/http_client.py), and what its body calls.
SERVER_VARIABLE = KEYWORDS | {
    "base_url",
    "credential",
    "credentials",
    "headers",
    "http_client",
    "on_request",
    "on_response",
    "options",
    "retry",
    "scopes",
    "self",
    "server_url",
    "super",
    "timeout",
    "transport",
}

# What the class of a client's credentials itself names.
CREDENTIAL = KEYWORDS | {"str", "tuple"}

# Classes and constants that generated modules import, or define, besides those of the
# types.
_VERBS = (
    "Countable Creatable Deletable Listable Readable ReferenceCollection Referenceable Replaceable Resource"
    " StreamResource Updatable"
).split()
_CODECS = (
    "ANY BINARY BOOLEAN DATE DECIMAL DOUBLE DURATION GUID INT64 INTEGER STRING TIME"
).split()
CLASS = (
    KEYWORDS
    | {*_VERBS, *(f"Async{verb}" for verb in _VERBS), *_CODECS}
    | {
        "Any",
        "AsyncClient",
        "AsyncClientBase",
        "AsyncClientOptions",
        "AsyncCredential",
        "AsyncDelta",
        "AsyncHttpClient",
        "AsyncPages",
        "AsyncRequests",
        "Awaitable",
        "BYTES",
        "CODEC",
        "Callable",
        "Client",
        "ClientOptions",
        "Codec",
        "Credential",
        "Decimal",
        "Delta",
        "Field",
        "Flags",
        "FlagsField",
        "HttpClient",
        "Limits",
        "ListField",
        "Literal",
        "Mapping",
        "Model",
        "MutableMapping",
        "MutableSequence",
        "NOTHING",
        "Never",
        "OpenEnum",
        "OpenFlag",
        "OpenInt",
        "Pages",
        "ReadOnly",
        "Requests",
        "Required",
        "RequiredFlags",
        "RequiredNullable",
        "Sequence",
        "Scheme",
        "SyncClient",
        "TEXT",
        "TypeAlias",
        "TypedDict",
        "UNSET",
        "UUID",
        "Union",
        "Unpack",
    }
)

MODULE = KEYWORDS | DEVICES
