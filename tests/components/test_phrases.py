"""The phrases in which problems are said: nothing that ingest says goes without Chinese words."""

import ast
import builtins
import importlib
import itertools
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from components.problems import phrase, phrases

INGEST = Path(__file__).parents[2] / "analytics" / "ingest"
# A reader's table of indicators is read apart from data sets, and speaks the same way.
OWN_TABLE = INGEST.parent / "index" / "own_table.py"
SCANNED = [*sorted(INGEST.glob("*.py")), OWN_TABLE]
ANY = "7"  # what stands in every hole: a number, a name and a text at once
HAN = re.compile(r"[\u4e00-\u9fff]")
# Argument of `DataError` -> section of the phrases; rows and columns are not said in words.
SECTIONS = {0: "file", 3: "found", 4: "expected", 5: "remedy"}


class Words:
    """Works out the texts that an expression of a function can be."""

    def __init__(self, module: ModuleType, function: ast.FunctionDef) -> None:
        self.module, self.function = module, function

    def texts(self, node: ast.expr) -> set[str]:
        """Give every text that is written down somewhere; none for what is only known when it runs."""
        match node:
            case ast.Constant(value=str()):
                return {node.value}
            case ast.JoinedStr():
                parts = [self._part(part) for part in node.values]
                return {"".join(one) for one in itertools.product(*parts)} - {ANY}
            case ast.BoolOp():
                return set().union(*map(self.texts, node.values))
            case ast.Name():
                return set().union(*self._local(node.id)) or self._known(node)
        return self._known(node)

    def _part(self, node: ast.expr) -> set[str]:
        if not isinstance(node, ast.FormattedValue):
            return self.texts(node)
        found = self.texts(node.value) or {ANY}
        return {repr(one) for one in found} if node.conversion == ord("r") else found

    def _local(self, name: str) -> Iterator[set[str]]:
        for node in ast.walk(self.function):
            if isinstance(node, ast.For):
                yield self._bound(node.target, name, self._evaluated(node.iter))
            if isinstance(node, ast.Assign):
                yield self._assigned(node.targets[0], node.value, name)

    def _assigned(self, target: ast.expr, value: ast.expr, name: str) -> set[str]:
        if isinstance(target, ast.Name):
            return self.texts(value) if target.id == name else set()
        if isinstance(value, ast.Tuple) and isinstance(target, ast.Tuple):
            return set().union(*(self._assigned(*pair, name) for pair in zip(target.elts, value.elts, strict=True)))
        # `what, remedy = WORDS[limit]`: any of them.
        table = self._evaluated(value.value) if isinstance(value, ast.Subscript) else None
        return self._bound(target, name, table.values() if isinstance(table, dict) else None)

    def _bound(self, target: ast.expr, name: str, rows: object) -> set[str]:
        names = [getattr(one, "id", "") for one in target.elts] if isinstance(target, ast.Tuple) else []
        if name not in names or rows is None:
            return set()
        return {row[names.index(name)] for row in rows}  # type: ignore[attr-defined]

    def _known(self, node: ast.expr) -> set[str]:
        found = self._evaluated(node)
        return {found} if isinstance(found, str) else set()

    def _evaluated(self, node: ast.expr) -> object:
        """Give the value of an expression of the module's own constants, else None."""
        names = {one.id for one in ast.walk(node) if isinstance(one, ast.Name)}
        bound = {one.id for one in ast.walk(node) if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store)}
        if names - bound - vars(self.module).keys() - vars(builtins).keys():
            return None
        return eval(compile(ast.Expression(node), "", "eval"), dict(vars(self.module)))


def said_by(path: Path) -> Iterator[tuple[str, str]]:
    """Give (section, words) for every `DataError` of a module."""
    folder = "index" if path == OWN_TABLE else "ingest"
    name = f"analytics.{folder}" if path.stem == "__init__" else f"analytics.{folder}.{path.stem}"
    module = importlib.import_module(name)
    for function in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(function, ast.FunctionDef):
            calls = [one for one in ast.walk(function) if isinstance(one, ast.Call)]
            for call in (one for one in calls if getattr(one.func, "id", "") == "DataError"):
                assert len(call.args) == 6 and not call.keywords, f"{path.name}:{call.lineno}"
                for index, section in SECTIONS.items():
                    texts = Words(module, function).texts(call.args[index])
                    assert texts or section in ("file", "found"), f"{path.name}:{call.lineno}: {section} is unknown"
                    yield from ((section, text) for text in texts)


SAID = sorted({one for path in SCANNED for one in said_by(path)})


def test_the_scan_finds_what_ingest_says() -> None:
    assert {
        ("file", "data set"),
        ("found", "nothing"),
        ("found", "a picture"),  # out of a table, by a loop
        ("found", "no sheet with rows"),  # after an `or`
        ("found", "7 cells"),  # two at a time
        ("expected", "at most 7 rows in a table"),  # out of a table, into an f-string
        ("expected", "table, header, column"),  # joined from a constant
        ("expected", "one header for 7; '7' means it too"),
        ("remedy", "Save the workbook again as XLSX, or save its sheets as CSV."),  # a constant
        ("remedy", "Shorten the cell, or use the command line, which has no limit."),
    } <= set(SAID)


def test_an_expectation_that_cannot_be_worked_out_is_no_pass(tmp_path: Path) -> None:
    source = tmp_path / "text.py"
    source.write_text('def f(x):\n    raise DataError("a", 1, None, x, x.rule(), "Mend it.")\n')
    with pytest.raises(AssertionError, match=r"text\.py:2: expected is unknown"):
        list(said_by(source))


def test_every_error_of_ingest_is_scanned() -> None:
    trees = [ast.parse(path.read_text("utf-8")) for path in SCANNED]
    calls = sum(
        isinstance(node, ast.Call) and "DataError" in ast.dump(node.func) for tree in trees for node in ast.walk(tree)
    )
    assert calls == sum(path.read_text("utf-8").count("DataError(") for path in SCANNED) > 25


@pytest.mark.parametrize(("section", "words"), SAID)
def test_what_ingest_says_has_chinese_words(section: str, words: str) -> None:
    said = phrase(words, section, "zh", found="", quoted="", value="")
    assert said is not None and (HAN.search(said) or words.endswith(" as well"))


def test_words_that_are_not_known_are_found_out() -> None:
    assert phrase("at most 7 elephants", "expected", "zh", found="", quoted="", value="") is None
    assert phrase("Feed the elephant, or use the command line, which has no limit.", "remedy", "zh") is None


# Said by Python's reader of CSV, and by the folder that readers' files lie in.
OTHERS = {"unexpected end of data", "'{letter}' expected after '{quote}'", "field larger than field limit ({n})"}
OTHERS |= {"1 cells", "1 columns", "incoming", 'one header for {column}; "{other}" means it too'}


def test_no_phrase_is_idle() -> None:
    whole = [phrase for section in SECTIONS.values() for phrase in phrases("zh")[section]]
    used = {english for section, words in SAID for english in phrases("zh")[section] if fits(english, words)}
    assert set(whole) - used == OTHERS


def fits(english: str, words: str) -> bool:
    return re.fullmatch(".+".join(map(re.escape, re.split(r"\{\w+\}", english))), words) is not None


@pytest.mark.parametrize("section", phrases("zh"))
def test_both_languages_fill_the_same_holes(section: str) -> None:
    zh, en = phrases("zh")[section], phrases("en")[section]
    assert en.keys() <= zh.keys()
    own = {"found", "quoted", "value"}
    for english, text in zh.items():
        asked, other = holes(text) - own, holes(en.get(english, english)) - own
        if section == "frame":
            assert holes(text) == holes(en[english])
        else:
            assert asked == holes(english) and other == holes(english), english


def holes(text: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", text))


def test_chinese_sentences_have_chinese_marks() -> None:
    for section in ("expected", "remedy", "advice", "limit"):
        for text in phrases("zh")[section].values():
            assert HAN.search(text) and not re.search(r"[,;:!?()\"']|\.$", text), text
    assert all(text.endswith("。") for text in phrases("zh")["remedy"].values())
