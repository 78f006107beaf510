"""Addresses of this site, under the path where a proxy shows it."""

from functools import cache

from analytics.settings import value


@cache
def prefix() -> str:
    """Give the path that stands before every address: empty, or such as `/atlas`."""
    return value("AIM_PREFIX")


def at(path: str) -> str:
    """Give the address that a browser asks for `path`, which begins with a slash."""
    return prefix() + path
