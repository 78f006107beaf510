"""What is wrong with a reader's files, in the reader's language."""

import re
import tomllib
import unicodedata
from collections.abc import Sequence
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import Any

from analytics.errors import MAX_PROBLEMS, ErrorInfo

LONGEST = 80  # characters of what a file holds; the rest tells the reader nothing new
LONGEST_LIST = 300  # characters of a list of names, which are mostly ours
# Longer words are cut in the middle before they are matched: strangers write parts of them.
LONGEST_WORDS = 2_000
# (is there a row, is there a column) -> how the place is said.
PLACES = {(False, False): "file", (True, False): "row", (False, True): "column", (True, True): "cell"}
MOST_DIGITS = 18  # of a number whose digits are grouped
# Hole -> what can stand there; all else is any text.
HOLES = {"n": r"\d[\d.]*(?:e\+?\d+)?", "row": r"\d+", "column": r"\w+", "table": r"\w+"}

Phrases = dict[str, dict[str, str]]  # section -> words of an error -> what is said


def say_errors(problems: Sequence[Sequence[Any]], n: int, lang: str) -> list[str]:
    """Say every problem, at most 50, and how many more there are.

    Parameters
    ----------
    problems : sequence
        As `analytics.uploads.problems_of` gives them.
    n : int
        How many problems there are in all.
    lang : str
        A language of `components.i18n.LANGUAGES`.
    """
    said = [say_problem(problem, lang) for problem in problems[:MAX_PROBLEMS]]
    return [*said, _frame("more", lang, n=f"{n - len(said):,}")] if n > len(said) else said


def say_problem(info: Sequence[Any], lang: str) -> str:
    """Say one problem: where it is, what was found, what should be there, how to mend it.

    Parameters
    ----------
    info : sequence
        The fields of `analytics.errors.ErrorInfo`; the words are English.
    lang : str
        A language of `components.i18n.LANGUAGES`.

    Returns
    -------
    str
        What stands in the files stays as it is, cut and without control characters. Words that
        are not known are said in English.
    """
    problem = ErrorInfo(*info)
    return _frame(
        PLACES[problem.row is not None, problem.column is not None],
        lang,
        file=phrase(problem.file, "file", lang) or shown(problem.file),
        row=problem.row,
        column=shown(problem.column or ""),
        clause=_clause(problem, lang),
        remedy=phrase(problem.remedy, "remedy", lang) or shown(problem.remedy, LONGEST_LIST),
    )


def phrase(words: str, section: str, lang: str, **more: str) -> str | None:
    """Say the words of an error; None if the section does not know them.

    Parameters
    ----------
    words : str
        English, as the error has them, holes filled.
    section : str
        A section of the phrase files.
    more : str
        What the phrase may name besides its own holes.
    """
    short = _cut_middle(words)
    for pattern, english in _patterns(section):
        if found := pattern.fullmatch(short):
            holes = {name: _hole(name, text, lang) for name, text in found.groupdict().items()}
            if None not in holes.values():
                return phrases(lang)[section].get(english, english).format(**more, **holes)
    return None


@cache
def phrases(lang: str) -> Phrases:
    """Give the phrases of a language; the Chinese ones are all there are, the English ones only what differs."""
    said: Phrases = tomllib.loads((Path(__file__).parent / f"phrases.{lang}.toml").read_text("utf-8"))
    return {section: said.get(section, {}) for section in (said if lang == "zh" else phrases("zh"))}


def shown(text: str, most: int = LONGEST) -> str:
    """Write what a stranger's file holds so that it can be read: control characters as escapes, at most `most` long."""
    letters = [_letter(letter) for letter in text[: most + 1]]
    if sum(map(len, letters)) <= most:
        return "".join(letters)
    kept = sum(length < most for length in accumulate(map(len, letters)))
    return "".join(letters[:kept]) + "…"


def _clause(problem: ErrorInfo, lang: str) -> str:
    value = problem.value or ""
    quoted = _frame("quoted", lang, text=shown(value))
    found = phrase(value, "found", lang) or quoted
    clause = phrase(problem.expected, "expected", lang, found=found, quoted=quoted, value=_number(value))
    return clause or _frame("unknown", lang, found=found, expected=shown(problem.expected, LONGEST_LIST))


@cache
def _patterns(section: str) -> list[tuple[re.Pattern[str], str]]:
    """Give the patterns of a section with their words, those that leave least open first."""
    words = sorted(phrases("zh")[section], key=lambda one: len(re.sub(r"\{\w+\}", "", one)), reverse=True)
    return [(re.compile(_pattern(one), re.DOTALL), one) for one in words]


def _pattern(words: str) -> str:
    parts = re.split(r"\{(\w+)\}", words)
    return "".join(
        f"(?P<{part}>{HOLES.get(part, '.+?')})" if index % 2 else re.escape(part) for index, part in enumerate(parts)
    )


def _hole(name: str, text: str, lang: str) -> str | None:
    if name in phrases(lang):
        return phrase(text, name, lang)
    if name == "list":
        return phrases(lang)["frame"]["list"].join(shown(text, LONGEST_LIST).split(", "))
    return _number(text) if name == "n" else shown(text)


def _number(text: str) -> str:
    whole = text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS
    return f"{int(text):,}" if whole else shown(text)


def _letter(letter: str) -> str:
    # Spaces that are wider or do not break are no danger, and headers hold them.
    if letter.isprintable() or unicodedata.category(letter) == "Zs":
        return letter
    return letter.encode("unicode_escape").decode("ascii")


def _cut_middle(text: str) -> str:
    half = LONGEST_WORDS // 2
    return text if len(text) <= LONGEST_WORDS else f"{text[:half]}…{text[-half:]}"


def _frame(name: str, lang: str, **parts: object) -> str:
    return phrases(lang)["frame"][name].format(**parts)
