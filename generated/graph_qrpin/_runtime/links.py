"""Links that a service gives: which of them are followed.

Used wherever an answer says where to go on. A link to another origin would take the
caller's credential there, so it is refused.
"""

from __future__ import annotations

import httpx

from .errors import UntrustedLink
from .exchange import Exchanger, origin_of, without_userinfo
from .location import ExchangerT, Location, leads_back


def home_link(
    link: str, exchanger: Exchanger, asked: str, what: str, vouched: bool = False
) -> str:
    """Give a link as an absolute URL of the service; `asked` is the URL that gave it.

    Raises UntrustedLink for what is no URL or leads to another origin, where the
    description has `vouched` for what was asked: to another than that of `asked`.
    `what` names the link in the message.
    """
    url = absolute(link, asked, what)
    home = asked if vouched else exchanger.base_url
    if origin_of(httpx.URL(url)) != origin_of(httpx.URL(home)):
        home = without_userinfo(home.partition("?")[0])
        away = f"{what} leads away from {home}: {shown(link)!r}"
        raise UntrustedLink(away, link=link)
    return url


def absolute(link: str, asked: str, what: str) -> str:
    """Give a link as an absolute URL, wherever it leads.

    Raises UntrustedLink for what is no URL, or one whose host httpx cannot read.
    """
    try:
        target = httpx.URL(link)
        url = link if target.scheme else str(httpx.URL(asked).join(target))
        httpx.URL(url).host
    except (httpx.InvalidURL, UnicodeError) as fault:
        raise UntrustedLink(f"{what} is no URL: {shown(link)!r}", link=link) from fault
    return url


def is_below(url: str, exchanger: Exchanger) -> bool:
    """Whether a URL leads below the service root, and not out of it again."""
    target = httpx.URL(url)
    path = target.raw_path.partition(b"?")[0].decode("ascii")
    root = httpx.URL(exchanger.base_url).raw_path.decode("ascii").rstrip("/")
    at_home = origin_of(target) == exchanger.origin and not target.userinfo
    return at_home and path.startswith(root + "/") and not leads_back(path)


def shown(link: str) -> str:
    """Give a link for messages: without its query, which may hold a secret."""
    return without_userinfo(link.partition("?")[0])


def place_at(link: str, seen_from: Location[ExchangerT]) -> Location[ExchangerT]:
    """Give the place to which a link of the service leads, its query included.

    Raises UntrustedLink for one that does not lead below the service root.
    """
    exchanger = seen_from.transport
    url = home_link(link, exchanger, exchanger.base_url + "/", "the link")
    if not is_below(url, exchanger):
        home = without_userinfo(exchanger.base_url)
        raise UntrustedLink(
            f"the link leads away from {home}: {shown(link)!r}", link=link
        )
    path, _, query = httpx.URL(url).raw_path.decode("ascii").partition("?")
    root = httpx.URL(exchanger.base_url).raw_path.decode("ascii").rstrip("/")
    below = path.removeprefix(root)
    parts = (query,) if query else ()
    return Location(exchanger, below, parts, seen_from.options)
