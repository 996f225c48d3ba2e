"""One document from the network: conditions, limits, redirects, addresses, TLS."""

from __future__ import annotations

import gzip
import http.client
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

import pytest
from server import Raw, Server

from generator.locations import Url
from generator.sources import connecting, fetching
from generator.sources.addresses import Refused, is_local
from generator.sources.fetching import Answer, FetchError, Limits, fetch

LIMITS = Limits(1000, 10)
PUBLIC = "93.184.216.34"


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """The proxy of the environment, if there is one, is not to be met."""
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


def get(
    url: str, limits: Limits = LIMITS, known: Answer | None = None
) -> Answer | None:
    return fetch(Url(url), limits, allow_local=True, known=known)


def test_a_document_comes_with_what_to_ask_by() -> None:
    headers = {"ETag": '"1"', "Last-Modified": "Wed, 25 Nov 2026 10:00:00 GMT"}
    with Server([(200, headers, "<x/>")]) as server:
        answer = get(f"{server.url}/a/$metadata?x=1")
    assert answer == Answer(b"<x/>", '"1"', "Wed, 25 Nov 2026 10:00:00 GMT")
    (request,) = server.requests
    assert request.target == "/a/$metadata?x=1"
    assert request.headers["host"] == server.url.removeprefix("http://")
    assert "if-none-match" not in request.headers
    assert "authorization" not in request.headers


def test_what_is_known_is_asked_for_only_if_it_has_changed() -> None:
    known = Answer(b"<x/>", '"1"', "Wed, 25 Nov 2026 10:00:00 GMT")
    with Server([(304, {}, None), (200, {"ETag": '"2"'}, "<y/>")]) as server:
        assert get(server.url, known=known) is None
        assert get(server.url, known=known) == Answer(b"<y/>", '"2"')
    assert server.requests[0].headers["if-none-match"] == '"1"'
    assert server.requests[0].headers["if-modified-since"] == known.last_modified


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        ((404, {}, "no"), "the server answers 404 Scripted"),
        ((204, {}, None), "the server answers 204 Scripted"),
        ((304, {}, None), "the server answers 304 Scripted"),
        ((302, {}, None), "the server answers 302 Scripted"),
        ((200, {}, "x" * 1001), "it has more than 1,000 bytes"),
        ((200, {"Content-Encoding": "br"}, "x"), "in the encoding br"),
        (Raw(b""), "closed connection without response"),
        (Raw(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc"), "broken off"),
        (
            Raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\na"),
            "Incomplete",
        ),
        (Raw(b"SMTP ready\r\n\r\n"), "SMTP ready"),
    ],
)
def test_anything_else_is_a_failure(
    answer: Raw | tuple[int, dict[str, str], str | None], message: str
) -> None:
    with Server([answer]) as server, pytest.raises(FetchError, match=message):
        get(server.url)


def test_the_time_is_that_of_the_whole() -> None:
    with Server([Raw(b"", delay=0.6)]) as server:
        with pytest.raises(FetchError, match="it takes more than 0.2 s"):
            get(server.url, Limits(1000, 0.2))


@contextmanager
def dripping() -> Iterator[str]:
    """A server whose header never ends: a byte now and then."""
    listening = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        connection, _ = listening.accept()
        try:
            connection.sendall(b"HTTP/1.1 200 OK\r\nX-A: ")
            for _ in range(100):
                connection.sendall(b"a")
                time.sleep(0.05)
        except OSError:
            pass
        finally:
            connection.close()

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/"
    finally:
        thread.join()
        listening.close()


def test_a_server_that_drips_is_left() -> None:
    with dripping() as url:
        started = time.monotonic()
        with pytest.raises(FetchError, match="it takes more than 0.3 s"):
            get(url, Limits(1000, 0.3))
        assert time.monotonic() - started < 2


def test_a_server_that_says_nothing_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connecting, "STALL_SECONDS", 0.2)
    with Server([Raw(b"", delay=0.6)]) as server:
        with pytest.raises(FetchError, match="the server says nothing for"):
            get(server.url)


def test_a_redirect_is_followed_without_its_conditions_being_lost() -> None:
    script = [
        (302, {"Location": "/b?token=1"}, None),
        (307, {"Location": "c"}, None),
        (200, {}, "<x/>"),
    ]
    with Server(script) as server:
        assert get(f"{server.url}/a", known=Answer(b"", '"1"')) == Answer(b"<x/>")
    assert [each.target for each in server.requests] == ["/a", "/b?token=1", "/c"]
    assert {each.headers["if-none-match"] for each in server.requests} == {'"1"'}


def test_redirects_come_to_an_end() -> None:
    with Server(lambda request: (302, {"Location": "/a"}, None)) as server:
        with pytest.raises(FetchError, match="redirects more than 5 times"):
            get(server.url)
    assert len(server.requests) == 6


@pytest.mark.parametrize(
    "location",
    ["https://a.example/?token=secret", "file:///etc/passwd", "ftp://a.example/x"],
)
def test_a_redirect_keeps_its_scheme(location: str) -> None:
    with Server([(302, {"Location": location}, None)]) as server:
        with pytest.raises(Refused, match="of another scheme") as caught:
            get(server.url)
    assert "secret" not in str(caught.value)


def test_a_redirect_to_what_is_no_url_is_a_failure() -> None:
    for location in ("http://[a/", "/a b?token=secret"):
        with Server([(302, {"Location": location}, None)]) as server:
            with pytest.raises(FetchError, match="no URL") as caught:
                get(server.url)
        assert "secret" not in str(caught.value)


def test_a_public_server_does_not_lead_into_the_own_network(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Not even where local servers may be named: this one was not."""
    real = connecting.connect

    def connect(parts: SplitResult, *, local: bool) -> connecting.Connection:
        if parts.hostname != "public.example":
            return real(parts, local=local)
        host = urlsplit(server.url)
        opened = http.client.HTTPConnection(host.hostname or "", host.port)
        opened.connect()
        return connecting.Connection(opened, is_local=False)

    monkeypatch.setattr(fetching, "connect", connect)
    with Server(lambda request: (302, {"Location": f"{server.url}/x"}, None)) as server:
        with pytest.raises(
            Refused, match=r"127\.0\.0\.1 is an address of this machine"
        ):
            get("http://public.example/")
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    "url", ["https://127.0.0.1:9/", "https://localhost:9/", "https://[::1]:9/"]
)
def test_local_servers_are_asked_where_the_user_says_so(url: str) -> None:
    with pytest.raises(Refused, match="allow_local"):
        fetch(Url(url), LIMITS)


def test_http_is_for_local_servers_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connecting, "addresses", lambda host, port: [PUBLIC])
    with pytest.raises(Refused, match="not asked without encryption"):
        get("http://public.example/")


def test_a_name_with_a_public_and_a_local_address_leads_to_the_public_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    dialled: list[str] = []

    def dial(found: list[str], port: int) -> socket.socket:
        dialled.extend(found)
        raise ConnectionRefusedError

    monkeypatch.setattr(
        connecting, "addresses", lambda host, port: ["10.0.0.1", PUBLIC]
    )
    monkeypatch.setattr(connecting, "_dial", dial)
    with pytest.raises(FetchError):
        fetch(Url("https://both.example/"), LIMITS)
    assert dialled == [PUBLIC]


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        (PUBLIC, False),
        ("2606:2800:220:1::1", False),
        ("127.0.0.1", True),
        ("10.1.2.3", True),
        ("172.16.0.1", True),
        ("192.168.0.1", True),
        ("169.254.169.254", True),
        ("100.64.0.1", True),
        ("0.0.0.0", True),
        ("224.0.0.1", True),
        ("255.255.255.255", True),
        ("::", True),
        ("::1", True),
        ("fe80::1%eth0", True),
        ("fd00::1", True),
        ("ff02::1", True),
        ("::ffff:127.0.0.1", True),
        (f"::ffff:{PUBLIC}", False),
        ("64:ff9b::7f00:1", True),
        ("64:ff9b::5db8:d822", False),
        ("2002:7f00:1::", True),
    ],
)
def test_addresses_of_the_own_network_are_known(address: str, expected: bool) -> None:
    assert is_local(address) is expected


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A key and a certificate for localhost that nobody but itself vouches for."""
    path = tmp_path_factory.mktemp("tls") / "localhost.pem"
    command = (
        "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost "
        f"-addext subjectAltName=DNS:localhost -keyout {path} -out {path}.crt"
    )
    try:
        subprocess.run(command.split(), check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("a certificate is made with openssl, which is not installed")
    path.write_bytes(path.read_bytes() + Path(f"{path}.crt").read_bytes())
    return path


@contextmanager
def secure(server: Server, certificate: Path) -> Iterator[str]:
    """The server behind TLS; gives its URL."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    inner = server._http
    inner.socket = context.wrap_socket(inner.socket, server_side=True)
    with server:
        yield f"https://localhost:{inner.server_port}"


def test_a_certificate_is_verified(certificate: Path) -> None:
    with secure(Server([]), certificate) as url:
        with pytest.raises(FetchError, match="certificate verify failed"):
            get(url)


def test_a_certificate_is_for_the_name(
    certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with secure(Server([(200, {}, "<x/>")]), certificate) as url:
        assert get(f"{url}/x") == Answer(b"<x/>")
        with pytest.raises(FetchError, match="certificate verify failed"):
            get(url.replace("localhost", "127.0.0.1"))


def test_a_secure_server_is_asked_by_way_of_the_proxy(
    certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The proxy gets the name and its own credential, and not the request."""
    seen: list[bytes] = []
    listening = socket.create_server(("127.0.0.1", 0))
    port = listening.getsockname()[1]

    def serve() -> None:
        client, _ = listening.accept()
        seen.append(client.recv(4096))
        client.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        try:
            with context.wrap_socket(client, server_side=True) as inner:
                inner.recv(4096)
                inner.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx")
        except OSError:
            pass

    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    monkeypatch.setenv("https_proxy", f"http://me:pass@127.0.0.1:{port}")
    monkeypatch.setattr(connecting, "addresses", lambda host, port: [PUBLIC])
    thread = threading.Thread(target=serve)
    thread.start()
    try:
        # the certificate is for localhost, so that is what the proxy is asked for
        assert get("https://localhost/x") == Answer(b"x")
    finally:
        thread.join()
        listening.close()
    assert seen[0].startswith(b"CONNECT localhost:443 HTTP/1.")
    assert b"Proxy-Authorization: Basic bWU6cGFzcw==" in seen[0]


def test_a_compressed_answer_comes_as_it_was_sent() -> None:
    data = gzip.compress(b"<x/>")
    with Server([(200, {"Content-Encoding": "gzip"}, data)]) as server:
        assert get(server.url) == Answer(data)
