"""The documents of services in plain HTTP, where a description uses what few do: content
of parameters, encodings of forms, parts of any name, sequences of items."""

from __future__ import annotations

from emitters.documents import documents
from emitters.reading import read
from emitters.requests import Examples, load_text

FORM = """
openapi: 3.1.0
info: {title: t, version: "1"}
paths:
  /a:
    post:
      operationId: send
      requestBody:
        content:
          application/x-www-form-urlencoded:
            schema:
              {type: object, properties: {bars: *list, commas: *list, plain: *list}}
            encoding:
              bars: {style: pipeDelimited}
              commas: {explode: false}
            example: {bars: [a, b], commas: [a, b], plain: [a, b]}
      responses: {"204": {description: ""}}
"""


def test_a_form_is_shown_as_the_client_sends_it() -> None:
    items = "{type: array, items: {type: string}}"
    pages = documents(load_text(FORM.replace("*list", items)))
    expected = "bars=a%7Cb&commas=a,b&plain=a&plain=b"
    assert expected in pages["docs/api/send.md"]


RARE = """
openapi: 3.1.0
info: {title: Rare, version: '1'}
paths:
  /a/{where}:
    parameters:
    - name: where
      in: path
      required: true
      content:
        application/json: {schema: {type: object, properties: {x: {type: boolean}}}}
    post:
      operationId: send
      parameters:
      - name: X-Filter
        in: header
        required: true
        content:
          application/json: {schema: {type: object, properties: {y: {type: boolean}}}}
      - name: deep
        in: query
        style: deepObject
        required: true
        schema:
          type: object
          properties: {a: {type: [string, 'null']}, b: {type: array, items: {type: string}}}
        example: {a: null, b: [c, d]}
      - {name: note, in: query, schema: {type: string}, example: n}
      requestBody:
        content:
          multipart/form-data:
            schema:
              type: object
              properties: {note: {type: string, example: m}, size: {type: integer}}
            example: {note: m, size: 2}
      responses:
        '200':
          description: One a line.
          content: {application/jsonl: {itemSchema: {type: string}}}
        '404':
          description: None.
          content: {application/jsonl: {itemSchema: {type: string}}}
    put:
      operationId: fill
      requestBody:
        required: true
        content:
          multipart/form-data:
            schema: {type: object, additionalProperties: {type: string}}
            example: {first: a, second: b}
      responses:
        '200': {description: x, content: {application/json: {schema: {type: string}}}}
        '204': {description: y}
components:
  securitySchemes:
    known: {type: openIdConnect, openIdConnectUrl: 'https://x.example/.well-known'}
security: [{known: [a]}]
"""


def examples_of(name: str) -> tuple[str, str]:
    """The HTTP and the Python example of an operation that is rarely described so."""
    examples = Examples(load_text(RARE), "made")
    call = next(each for each in examples.calls() if str(each) == name)
    return examples.request(call), examples.snippet(call, False)


def test_parameters_that_are_json_are_written_as_such() -> None:
    request, python = examples_of("send")
    line, header, *_ = request.split("\n")
    assert line.startswith("POST /a/%7B%22x%22%3Atrue%7D?")
    assert header == 'X-Filter: {"y":true}'
    assert "SendWhere(x=True)" in python and "x_filter=SendXFilter(y=True)" in python


def test_a_deep_object_has_a_pair_for_each_value_that_is_there() -> None:
    request, python = examples_of("send")
    query = request.split("\n")[0].partition("?")[2]
    assert query == "deep%5Bb%5D=c&deep%5Bb%5D=d&note=n"
    assert 'deep=SendDeep(a=None, b=["c", "d"])' in python


def test_parts_with_the_names_of_parameters_are_given_as_one_value() -> None:
    request, python = examples_of("send")
    assert 'name="note"\n\nm\n' in request and 'name="size"\n\n2\n' in request
    assert '{"note": "m", "size": 2},' in python


def test_parts_of_any_name_are_given_as_one_value() -> None:
    request, python = examples_of("fill")
    assert 'name="first"\n\na\n' in request and 'name="second"\n\nb\n' in request
    assert 'client.fill(SendWhere(x=True), {"first": "a", "second": "b"})' in python


def test_sequences_of_items_are_called_so() -> None:
    table = {
        row[0]: row[1:]
        for row in read(documents(load_text(RARE))["docs/api/send.md"]).rows
    }
    assert table["200 OK"][0] == "sequence of string (application/jsonl)"
    assert table["404 Not Found"][1] == "sequence of string (application/jsonl)"


def test_the_address_of_openid_connect_is_told() -> None:
    rows = read(documents(load_text(RARE))["docs/security.md"]).rows
    assert ["known", "OpenID Connect", "https://x.example/.well-known"] in rows
