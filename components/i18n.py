"""Words in two languages; a number in a sentence is looked up among the facts, never typed."""

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from components.numbers import fact_text

LANGUAGES = ("zh", "en")
HTML_LANG = {"zh": "zh-CN", "en": "en"}
_REFERENCE = re.compile(r"\[\[([^\]]+)\]\]")


@cache
def words(lang: str) -> dict[str, str]:
    """Give every string of a language by its dotted key, from all of its files."""
    found: dict[str, str] = {}
    for path in sorted((Path(__file__).parent / "locales").glob(f"*{lang}.toml")):
        new = dict(_flat(tomllib.loads(path.read_text("utf-8"))))
        if twice := found.keys() & new.keys():
            raise KeyError(f"{path.name} says {min(twice)} again")
        found |= new
    return found


def t(key: str, lang: str, **values: object) -> str:
    """Say `key` in `lang`; `{name}` takes `values`, `[[source/measure/item/year]]` a fact.

    Raises
    ------
    KeyError
        The key has no words, or a reference names no fact: a slip of ours, never a reader's.
    """
    # References first: what a reader typed may look like one, and must stay as typed.
    text = _REFERENCE.sub(lambda found: fact_text(found[1]), words(lang)[key])
    return text.format(**values) if values else text


def _flat(tree: dict[str, Any], prefix: str = "") -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for key, value in tree.items():
        path = f"{prefix}{key}"
        found += _flat(value, f"{path}.") if isinstance(value, dict) else [(path, value)]
    return found
