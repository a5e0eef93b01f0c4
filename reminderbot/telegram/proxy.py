"""The way out: which HTTP proxy the environment names for an address."""

from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass


def proxy_for(address: str) -> str | None:
    """The proxy for an address by ``HTTPS_PROXY``, ``HTTP_PROXY``, ``ALL_PROXY`` and ``NO_PROXY``; none without one.

    Raises ValueError for a proxy of another kind, such as SOCKS: going past it unasked would be worse.
    """
    parts = urlsplit(address)
    if proxy_bypass(parts.hostname or ""):
        return None
    named = getproxies()
    proxy = named.get(parts.scheme) or named.get("all")
    if proxy is None or proxy.startswith(("http://", "https://")):
        return proxy
    if "://" in proxy:
        raise ValueError("The environment names a proxy that is not an HTTP proxy; only those can be used.")
    return f"http://{proxy}"
