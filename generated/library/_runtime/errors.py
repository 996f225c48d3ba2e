"""What a call can fail with: one tree, named by meaning.

    CallError                     a call did not give its result
    ├── ApiError                  the service answered with an error
    │   ├── BadRequest            400
    │   ├── Unauthorized          401
    │   ├── Forbidden             403
    │   ├── NotFound              404, and 204 where an object was asked for
    │   ├── MethodNotAllowed      405
    │   ├── Conflict              409
    │   ├── Gone                  410
    │   ├── PreconditionFailed    412
    │   ├── Locked                423
    │   ├── FailedDependency      424, and what a batch does not send for that reason
    │   ├── TooManyRequests       429
    │   └── ServerError           5xx
    │       ├── ServiceUnavailable  503
    │       └── GatewayTimeout      504
    ├── ConnectionFailed          no answer arrived
    │   └── TimedOut              no answer arrived in time
    ├── NotModified               304: the object is as it was
    ├── OperationFailed           a long-running operation ended without its result
    ├── UnexpectedResponse        an answer that cannot be used: broken off, not JSON
    ├── UnsupportedOption         not sent: the service is said to refuse it
    └── UntrustedLink             a link to another origin, or in a circle

The last stage of a call; what catches them, such as a batch, gives them on.
"""

# pyright: reportPrivateUsage=false
# An error is told here what the description says of its body.

from __future__ import annotations

from collections.abc import Generator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar, cast

from .json import loads
from .retry import retry_after

if TYPE_CHECKING:
    import httpx

    from .model import Model
    from .scalars import Codec

M = TypeVar("M", bound="Model")

__all__ = [
    "ApiError",
    "BadRequest",
    "CallError",
    "Conflict",
    "ConnectionFailed",
    "FailedDependency",
    "Forbidden",
    "GatewayTimeout",
    "Gone",
    "Locked",
    "MethodNotAllowed",
    "NotFound",
    "NotModified",
    "OperationFailed",
    "PreconditionFailed",
    "ServerError",
    "ServiceUnavailable",
    "TimedOut",
    "TooManyRequests",
    "Unauthorized",
    "UnexpectedResponse",
    "UnsupportedOption",
    "UntrustedLink",
]

SECRET_PATH = "specwright.secret_path"
"""The extension of an httpx request that is not to be shown with its path."""


class CallError(Exception):
    """A call did not give its result; `request` is what was sent last, if anything.

    `may_have_happened` is False where the service surely did not carry it out, in none
    of the attempts.
    """

    request: httpx.Request | None = None
    may_have_happened: bool = False

    def __init__(self, text: str, *, request: httpx.Request | None = None) -> None:
        super().__init__(text)
        self.request = request


class ConnectionFailed(CallError):
    """No answer arrived: the connection could not be made, or broke."""

    may_have_happened = True


class TimedOut(ConnectionFailed):
    """No answer arrived in the time that the client's timeout allows.

    Also: a long-running operation was not done in the time that its caller allows.
    """


class UnexpectedResponse(CallError):
    """An answer that cannot be used; the request may have been carried out."""

    may_have_happened = True
    response: httpx.Response | None = None


class UnsupportedOption(CallError, ValueError):
    """A query option that the service is said to refuse; nothing was sent.

    `annotation` is the statement of its metadata, `option` the query option, and
    `path` the property in it, "" for any.
    """

    def __init__(
        self, text: str, *, option: str = "", path: str = "", annotation: str = ""
    ) -> None:
        super().__init__(text)
        self.option = option
        self.path = path
        self.annotation = annotation


class NotModified(CallError):
    """304: the object is still as it was when it had the ETag that was given."""

    response: httpx.Response | None = None


class OperationFailed(CallError):
    """A long-running operation ended, but not with its result.

    `status` is what the service calls its end, `error` the error object that it gave.
    """

    def __init__(
        self,
        text: str,
        *,
        request: httpx.Request | None = None,
        status: str = "",
        error: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(text, request=request)
        self.status = status
        self.error = error or {}


class UntrustedLink(CallError):
    """The service gave a link that is not followed; `link` holds it."""

    def __init__(self, text: str, *, link: str = "") -> None:
        super().__init__(text)
        self.link = link


class ApiError(CallError):
    """The service answered with an error (OData JSON Format 4.01 section 21.1).

    `code` and `message` are the service's own, "" where it gave none; branch on `code`,
    never on `message`. `inner_code` is the most specific code that the error holds.
    `request_id` is what the service's support will ask for. `retry_after` is in
    seconds, None if not said. `error` is the whole error object, with `target` and
    `details` where the service sends them; the body itself is `body`, and `as_` or
    `model` read it as a type.
    """

    status: int = 0
    code: str = ""
    inner_code: str = ""
    message: str = ""
    request_id: str = ""
    retry_after: float | None = None
    error: dict[str, Any] = {}
    response: httpx.Response | None = None
    _described: Codec[Any] | None = None

    @property
    def body(self) -> Any:
        """The body of the answer: decoded JSON, else its text; None if it is empty."""
        return None if self.response is None else _body(self.response)

    @property
    def model(self) -> Any:
        """The body as what the description names for this status.

        None where it names nothing, or the body does not fit it.
        """
        body = self.body
        if self._described is None or body is None:
            return None
        try:
            return self._described.load(body)
        except (TypeError, ValueError):
            return None

    def as_(self, model: type[M]) -> M:
        """Read the body as a model: `error.as_(BasicError).message`.

        Raises UnexpectedResponse where it is no JSON object.
        """
        try:
            return model.from_dict(self.body)
        except TypeError as fault:
            if self.response is None:
                raise
            raise unexpected(self.response, f"an error without {model.__name__}") from (
                fault
            )


class BadRequest(ApiError):
    """400: the service does not understand the request."""


class Unauthorized(ApiError):
    """401: the credential is missing, wrong or expired."""


class Forbidden(ApiError):
    """403: the credential does not allow this."""


class NotFound(ApiError):
    """404: there is nothing here. Also 204, where an object was asked for."""


class MethodNotAllowed(ApiError):
    """405: this cannot be done here."""


class Conflict(ApiError):
    """409: the state of the object does not allow this."""


class Gone(ApiError):
    """410: it was here once; a delta or a listing has to begin again."""


class PreconditionFailed(ApiError):
    """412: the object was changed by somebody else since it was read."""


class Locked(ApiError):
    """423: the object is locked."""


class FailedDependency(ApiError):
    """424: in a batch, a call on which this one depends failed; it was not done."""


class TooManyRequests(ApiError):
    """429: throttled; `retry_after` says for how long."""


class ServerError(ApiError):
    """5xx: the service failed, maybe after it had begun."""

    may_have_happened = True


class ServiceUnavailable(ServerError):
    """503: the service does not take requests at the moment."""

    may_have_happened = False


class GatewayTimeout(ServerError):
    """504: a gateway found no answer in time; the request may have been carried out."""


_BY_STATUS: dict[int, type[ApiError]] = {
    204: NotFound,
    400: BadRequest,
    401: Unauthorized,
    403: Forbidden,
    404: NotFound,
    405: MethodNotAllowed,
    409: Conflict,
    410: Gone,
    412: PreconditionFailed,
    423: Locked,
    424: FailedDependency,
    429: TooManyRequests,
    503: ServiceUnavailable,
    504: GatewayTimeout,
}


@contextmanager
def carried_out() -> Generator[None, None, None]:
    """Say of errors in what follows a call that the call itself was carried out."""
    try:
        yield
    except CallError as error:
        error.may_have_happened = True
        raise


def api_error(
    response: httpx.Response, described: Mapping[str, Codec[Any]] | None = None
) -> ApiError:
    """Make the error that an answer tells of, in OData's form or in any other.

    `described` are the codecs of its body by status, where the description has some.
    """
    body = _body(response)
    error = _error_object(body)
    code, message = _text(error, "code"), _message(error)
    if not (code or message):
        code, message = _told(body)
        error = error or _fields(body)
    inner = _inner(error)
    status = response.status_code
    headers = response.headers
    request_id = headers.get("request-id") or inner.get("request-id", "")
    request_id = request_id or headers.get("x-request-id", "")
    title = f"{status} {code or response.reason_phrase}".rstrip()
    ended = f": {message}" if message else ""
    traced = f", request-id {request_id}" if request_id else ""
    result = _class_of(status)(f"{title}{ended} ({place_of(response.request)}{traced})")
    result.request, result.response = response.request, response
    result.status, result.code, result.message = status, code, message
    result.inner_code = inner.get("code") or code
    result.request_id = request_id
    result.retry_after = retry_after(response.headers)
    result.error = error
    if described:
        from .answers import for_status

        result._described = for_status(described, status)
    return result


def unexpected(response: httpx.Response, what: str) -> UnexpectedResponse:
    """Make the error for an answer that is not what the protocol promises."""
    kind = response.headers.get("content-type", "no content type")
    result = UnexpectedResponse(
        f"{what}: {response.status_code}, {kind} ({place_of(response.request)})",
        request=response.request,
    )
    result.response = response
    return result


def not_modified(response: httpx.Response) -> NotModified:
    """Make the error for 304."""
    result = NotModified(
        f"304 Not Modified ({place_of(response.request)})", request=response.request
    )
    result.response = response
    return result


def place_of(request: httpx.Request) -> str:
    """Give method and path of a request, without the query: it may be private.

    Of one that does not go to the service itself, the host alone.
    """
    if request.extensions.get(SECRET_PATH):
        return f"{request.method} {request.url.raw_host.decode('ascii')}"
    path = request.url.raw_path.partition(b"?")[0]
    return f"{request.method} {path.decode('ascii')}"


def _class_of(status: int) -> type[ApiError]:
    return _BY_STATUS.get(status, ServerError if status >= 500 else ApiError)


def _body(response: httpx.Response) -> Any:
    """Give the decoded body, its text where it is no JSON, None where it is empty."""
    try:
        return loads(response.content)
    except ValueError:
        return response.text or None


def _told(body: object) -> tuple[str, str]:
    """Give code and message of a body in another form than OData's."""
    if not isinstance(body, dict | list):
        return "", ""
    from .problems import problem

    return problem(cast(object, body))


def _error_object(body: object) -> dict[str, Any]:
    """Give the body's error object; OAuth's flat form is put into the same shape."""
    fields = _fields(body)
    error = fields.get("error")
    if isinstance(error, str):
        return {"code": error, "message": fields.get("error_description", "")}
    return _fields(error)


def _inner(error: dict[str, Any]) -> dict[str, str]:
    """Collect the texts of the nested inner errors; the innermost wins."""
    texts: dict[str, str] = {}
    node = error
    while node := _fields(node.get("innererror") or node.get("innerError")):
        texts.update({k: v for k, v in node.items() if isinstance(v, str) and v})
    return texts


def _fields(value: Any) -> dict[str, Any]:
    return cast("dict[str, Any]", value) if isinstance(value, dict) else {}


def _message(error: dict[str, Any]) -> str:
    """Give the text of an error; in services that are older than OData 4 it stands one
    level deeper, beside its language."""
    return _text(error, "message") or _text(_fields(error.get("message")), "value")


def _text(error: dict[str, Any], name: str) -> str:
    value = error.get(name)
    return value if isinstance(value, str) else ""
