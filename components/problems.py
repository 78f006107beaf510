"""What is wrong with a reader's files, in the reader's language."""

from collections.abc import Sequence
from typing import Any


def say_errors(problems: Sequence[Sequence[Any]], n: int, lang: str) -> list[str]:
    """Give one sentence a problem."""
    return [" · ".join(str(part) for part in one if part is not None) for one in problems[:50]]
