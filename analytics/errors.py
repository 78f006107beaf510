"""What can go wrong with data; every error says where, what was found, and how to mend it."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

# Enough to see the pattern of a bad file; a terminal full of the same line helps nobody.
MAX_PROBLEMS = 50


class ErrorInfo(NamedTuple):
    """What a reader needs to mend one value; `row` is the line in the file (1 = header)."""

    file: str
    row: int | None
    column: str | None
    value: str | None
    expected: str
    remedy: str


class DataError(ValueError):
    """One problem in one data file.

    Parameters
    ----------
    file : str
        Name of the file as the user knows it.
    row : int or None
        Line number in the file, the header being line 1; None for the whole file.
    column : str or None
        Column name; None for the whole row or file.
    value : str or None
        What was found, as text.
    expected : str
        The rule that the value breaks.
    remedy : str
        What to do about it, as a sentence.
    """

    def __init__(
        self,
        file: str,
        row: int | None,
        column: str | None,
        value: object,
        expected: str,
        remedy: str,
    ) -> None:
        found = None if value is None else str(value)
        self.info = ErrorInfo(file, row, column, found, expected, remedy)
        # All six go to `args`, so the error survives pickling between processes.
        super().__init__(*self.info)

    def __str__(self) -> str:
        where = "whole file" if self.info.row is None else f"row {self.info.row}"
        column = "whole row" if self.info.column is None else f"column {self.info.column}"
        return (
            f"{self.info.file}, {where}, {column}: found {self.info.value!r}, "
            f"expected {self.info.expected}. {self.info.remedy}"
        )


class DataErrors(ValueError):
    """Every problem found in one pass; holds the first 50 and counts the rest.

    Attributes
    ----------
    problems : tuple of DataError
        At most `MAX_PROBLEMS`, in the order found.
    n_problems : int
        How many there were in all.
    """

    def __init__(self, problems: Iterable[DataError]) -> None:
        found = tuple(problems)
        self.problems = found[:MAX_PROBLEMS]
        self.n_problems = len(found)
        super().__init__(found)

    def __iter__(self) -> Iterator[DataError]:
        return iter(self.problems)

    def __str__(self) -> str:
        lines = [f"{self.n_problems} problem(s) in the data:"]
        lines += [f"- {problem}" for problem in self.problems]
        if self.n_problems > len(self.problems):
            lines.append(f"- and {self.n_problems - len(self.problems)} more")
        return "\n".join(lines)


class SnapshotError(RuntimeError):
    """The snapshot is missing or damaged.

    Attributes
    ----------
    reason, path, remedy : str
        What is wrong, with which file or folder, and what to do about it.
    """

    def __init__(self, reason: str, path: object, remedy: str) -> None:
        self.reason, self.path, self.remedy = reason, str(path), remedy
        super().__init__(self.reason, self.path, self.remedy)

    def __str__(self) -> str:
        return f"{self.reason}: {self.path}. {self.remedy}"


class BuildError(RuntimeError):
    """The build could not run, for a reason that does not lie in the data."""


def raise_all(problems: Iterable[DataError]) -> None:
    """Raise `DataErrors` if there is any problem; do nothing otherwise."""
    found = list(problems)
    if found:
        raise DataErrors(found)


class TooManyRelations(ValueError):
    """A question needs all relations of a data set, and there are more than a page's process takes into memory."""


class UploadError(ValueError):
    """A reader's files were not taken.

    Attributes
    ----------
    reason : str
        `off`, `busy`, `empty` or `large`; the words are in the locales.
    """

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)
