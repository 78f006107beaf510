"""Every setting of the deployer, read from environment variables: the one table of them.

`docs/settings.md` is this table; a test holds the two together.
"""

import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from typing import Any

ORIGIN = re.compile(r"https?://[A-Za-z0-9.*-]+(:\d{1,5})?")
PREFIX = re.compile(r"(/[A-Za-z0-9._~-]+)*/?")
AMOUNT = re.compile(r"[1-9]\d{0,4}(MB|GB)")
MOST_PROXIES = 5


class SettingError(ValueError):
    """A variable holds what it must not; the text says name, value and what is expected."""


@dataclass(frozen=True)
class Setting:
    """One variable.

    Attributes
    ----------
    name, default : str
        As they stand in the environment.
    expected : str
        What it may hold, for the table and for the message that refuses it.
    meaning : str
        What it does.
    read : callable
        Text to value; raises ValueError for what is not expected.
    """

    name: str
    default: str
    expected: str
    meaning: str
    read: Callable[[str], Any]


def _whole(least: int, most: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not (text.isascii() and text.isdigit() and least <= int(text) <= most):
            raise ValueError(text)
        return int(text)

    return read


def _one_of(*words: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text not in words:
            raise ValueError(text)
        return text

    return read


def _host(text: str) -> str:
    return str(ip_address(text))


def _switch(text: str) -> bool:
    return _one_of("on", "off")(text) == "on"


def _amount(text: str) -> str:
    if not AMOUNT.fullmatch(text):
        raise ValueError(text)
    return text


def _prefix(text: str) -> str:
    if not PREFIX.fullmatch(text) or ".." in text:
        raise ValueError(text)
    return text.rstrip("/")


def _frames(text: str) -> str:
    words = text.split()
    if text not in ("none", "self") and not (words and all(map(ORIGIN.fullmatch, words))):
        raise ValueError(text)
    return f"'{text}'" if text in ("none", "self") else " ".join(words)


def _file(text: str) -> Path | None:
    if text and not Path(text).is_file():
        raise ValueError(text)
    return Path(text) if text else None


def _folder(text: str) -> Path | None:
    if text and Path(text).exists() and not Path(text).is_dir():
        raise ValueError(text)
    return Path(text) if text else None


COUNT = "a whole number from {} to {}"
MANY = 10**12


def _number(name: str, default: int, least: int, most: int, meaning: str) -> Setting:
    expected = "a whole number above 0" if most == MANY else COUNT.format(least, most)
    return Setting(name, str(default), expected, meaning, _whole(least, most))


SETTINGS = (
    Setting("AIM_HOST", "127.0.0.1", "an IP address or `0.0.0.0`", "address to listen on; the image sets `0.0.0.0`",
            _host),
    _number("AIM_PORT", 8050, 1, 65535, "port to listen on"),
    _number("AIM_WORKERS", 2, 1, 64, "processes that answer; one a core"),
    _number("AIM_THREADS", 4, 1, 64, "threads of each process"),
    _number("AIM_TIMEOUT", 60, 5, 600, "seconds after which a process that no longer reports is replaced"),
    Setting("AIM_PREFIX", "", "empty, or a path such as `/atlas`", "path under which a proxy shows the site", _prefix),
    _number("AIM_PROXIES", 0, 0, MOST_PROXIES, "proxies in front whose `X-Forwarded-*` headers are believed"),
    Setting("AIM_FRAMES", "none", "`none`, `self`, or origins such as `https://a.example`, with blanks between",
            "sites that may show a page in a frame", _frames),
    Setting("AIM_LANGUAGE", "zh", "`zh` or `en`", "language for a reader whose browser asks for neither",
            _one_of("zh", "en")),
    Setting("AIM_SNAPSHOTS", "", "empty, or a folder", "where builds are kept; empty: `data/snapshots`", _folder),
    Setting("AIM_BOUNDARIES", "", "empty, or a GeoJSON file", "a boundary file of your own, read at each build", _file),
    Setting("AIM_BUILD_MEMORY", "4GB", "an amount such as `4GB` or `500MB`",
            "what a build's engine may hold before it spills to disk; a network that needs more is sampled", _amount),
    Setting("AIM_BUILD_WORK", "", "empty, or a folder",
            "where a build keeps what it computes once; a cluster's workers must see it; empty: beside the snapshots",
            _folder),
    Setting("AIM_UPLOAD", "on", "`on` or `off`", "whether readers may load data", _switch),
    Setting("AIM_UPLOADS", "", "empty, or a folder", "where readers' data sets are kept; empty: `data/uploads`",
            _folder),
    _number("AIM_UPLOAD_BYTES", 50_000_000, 1, MANY, "largest data set, in bytes"),
    _number("AIM_UPLOAD_ROWS", 1_000_000, 1, MANY, "largest data set, in rows"),
    _number("AIM_UPLOAD_SECONDS", 120, 1, MANY, "longest build of a reader's data set"),
    _number("AIM_UPLOAD_KEPT", 50, 1, MANY, "data sets kept; the oldest goes when one more comes"),
    Setting("AIM_LOG_LEVEL", "info", "`debug`, `info`, `warning` or `error`", "least severe line that is logged",
            _one_of("debug", "info", "warning", "error")),
    Setting("AIM_METRICS", "on", "`on` or `off`", "whether `/metrics` and `/status` answer", _switch),
)  # fmt: skip
BY_NAME = {one.name: one for one in SETTINGS}


def value(name: str) -> Any:
    """Read one setting.

    Raises
    ------
    SettingError
        The variable holds what it must not.
    """
    one = BY_NAME[name]
    text = os.environ.get(name, one.default)
    try:
        return one.read(text)
    except ValueError:
        raise SettingError(f"{name} is {text!r}; it must be {one.expected.replace('`', '')}.") from None


def check_settings() -> None:
    """Read every setting, so that a wrong one stops the start.

    Raises
    ------
    SettingError
        With a line for each wrong variable, also for one of our names that is none.
    """
    wrong = [f"{name} is no setting; docs/settings.md lists them." for name in _unknown()]
    for name in BY_NAME:
        try:
            value(name)
        except SettingError as error:
            wrong.append(str(error))
    if wrong:
        raise SettingError("\n".join(wrong))


def _unknown() -> list[str]:
    return sorted(name for name in os.environ if name.startswith("AIM_") and name not in BY_NAME)


def settings_table() -> str:
    """Write `docs/settings.md`."""
    head = ["# Settings", "", "Environment variables, read at the start; a wrong value stops it with a message.", ""]
    head += ["| variable | default | expected | meaning |", "| --- | --- | --- | --- |"]
    rows = [f"| `{one.name}` | {_code(one.default)} | {one.expected} | {one.meaning} |" for one in SETTINGS]
    return "\n".join([*head, *rows, ""])


def _code(text: str) -> str:
    return f"`{text}`" if text else "–"


if __name__ == "__main__":
    print(settings_table(), end="")
