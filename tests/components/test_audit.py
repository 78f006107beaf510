"""The audit in words, as a list and as a table."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from analytics.audit import GRADES
from components import audit_data
from components.audit_data import checks, comparison, findings
from components.audit_list import grades, summary
from components.audit_table import HEADS, RANKED, compared, table_data
from components.audit_words import badge_of_counterpart, badge_of_print, number, places, points, sentence
from components.i18n import LANGUAGES, t


def every(node: Any) -> list[Any]:
    """Give a component and all inside it, texts among them."""
    inside = getattr(node, "children", None)
    parts = inside if isinstance(inside, list) else [inside] if inside is not None else []
    return [node, *(one for part in parts for one in every(part))]


def text_of(node: Any) -> str:
    return "".join(one for one in every(node) if isinstance(one, str))


def marked(node: Any, name: str) -> list[Any]:
    return [one for one in every(node) if name in str(getattr(one, "className", "")).split()]


def finding(name: str) -> dict[Any, Any]:
    return findings().set_index("id", drop=False).loc[name].to_dict()


@pytest.mark.parametrize(
    ("text", "unit", "signed", "written"),
    [
        ("3.287", "degree", False, "3.287"),
        ("4431", "firms", False, "4,431"),
        ("42.70", "percent", False, "42.70%"),
        ("-0.169", "degree", True, "−0.169"),
        ("0.563", "degree", True, "+0.563"),
        ("0", "rank", True, "0"),
        ("2024", "words", False, "2024"),
        ("1, 3", "words", False, "1, 3"),
        ("–", "percent", False, "–"),
    ],
)
def test_a_number_is_written_as_printed(text: str, unit: str, signed: bool, written: str) -> None:
    assert number(text, unit, signed) == written


def test_percentages_differ_by_points() -> None:
    assert points("-0.09", "percent", "zh") == "−0.09 百分点"
    assert points("-0.09", "percent", "en") == "−0.09 pp"
    assert points("120", "firms", "en") == "+120"
    assert points("–", "percent", "en") == "–"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_rule_can_say_what_it_found(lang: str) -> None:
    """All checks, as each may fail in a next edition: no hole left, nothing empty beside a mark."""
    for row in checks().drop_duplicates("rule").to_dict("records"):
        said = sentence(row, lang)
        assert not set("{}") & set(said) and "nan" not in said and "None" not in said, row["rule"]
        assert said[0] == said[0].upper() and said[-1] in "。.", row["rule"]


@pytest.mark.parametrize(
    ("name", "zh", "en"),
    [
        (
            "quotient.table-1.average_degree.network.2023",
            "2023 年平均度印作 3.287，由同表两列相除得 2.555。",
            "Average degree in 2023 is printed as 3.287; the quotient of the table's own columns is 2.555.",
        ),
        (
            "missing_part.figure-2.share_firms.yangtze_river_delta",
            "长江三角洲印作 31.73%，已印的各省合计 30.20%；若长江三角洲恰为所辖各省之和，安徽省应为 1.53%。",
            "Yangtze River Delta is printed as 31.73%, its printed provinces add to 30.20%. "
            "If Yangtze River Delta is made of whole provinces, Anhui has 1.53%.",
        ),
        (
            "sequence.statement.table_numbers",
            "表的编号为 1、2、3、6、7，缺 4、5。",
            "Numbers of the tables: 1, 2, 3, 6, 7; 4, 5 missing.",
        ),
    ],
)
def test_sentences(name: str, zh: str, en: str) -> None:
    assert (sentence(finding(name), "zh"), sentence(finding(name), "en")) == (zh, en)


def test_places() -> None:
    row = finding("flow_matrix_open.table-6.table-7")
    assert places(row, "zh") == "表 6、表 7 · 所在节始于第 15 页"
    assert places(row, "en") == "Table 6, table 7 · section from p. 15"


@pytest.mark.parametrize(
    ("name", "badges"),
    [
        ("quotient.table-1.average_degree.network.2023", ("published", "derived")),
        ("direction.table-1.average_degree.network.2023", ("derived", "derived")),
        ("missing_class.figure-6.share_firms.revenue_60_80.2022", ("derived", "derived")),
        ("repeat.statement.core_firms_summary", ("published", "published")),
        ("cumulative.table-1.n_sample_nodes.network.2021", ("published", "published")),
    ],
)
def test_badges_tell_print_from_arithmetic(name: str, badges: tuple[str, str]) -> None:
    row = finding(name)
    assert (badge_of_print(row), badge_of_counterpart(row)) == badges


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_list_holds_every_finding_once_with_two_badges(lang: str) -> None:
    sections = grades(lang)
    assert [section.id for section in sections] == [f"audit-{grade}" for grade in GRADES]
    entries = [one for section in sections for one in marked(section, "audit-finding")]
    assert [one.id for one in entries] == findings()["id"].tolist()
    assert all(len(marked(one, "badge")) == 2 and len(marked(one, "audit-badge")) == 1 for one in entries)
    assert all(t("audit.held_against", lang) in text_of(one) for one in entries)


def test_the_tiles_count_the_findings() -> None:
    counts = [int(one.children) for one in marked(summary("zh"), "audit-count")]
    by_grade = Counter(findings()["grade"])
    assert counts == [by_grade[grade] for grade in GRADES]
    assert f"{len(checks()):,} 处" in text_of(summary("zh"))


def test_words_of_another_language_are_marked_as_such() -> None:
    quotes = [one for section in grades("en") for one in marked(section, "audit-quote")]
    assert quotes and all(one.lang == "zh-CN" for one in quotes)


def test_the_comparison_has_a_row_for_each_printed_number() -> None:
    rows = comparison("")
    assert len(rows) == (checks()["rule"] == "decimals").sum()
    assert set(rows["agreement"]) <= set(audit_data.AGREEMENTS) and set(rows["status"]) == {"modelled"}
    assert (rows["computed"].isna() == (rows["agreement"] == "absent")).all()


def test_the_browser_gets_every_row_deviations_first() -> None:
    rows = comparison("")
    table = table_data(rows, "en")
    assert len(table["rows"]) == len(rows)
    assert [row["agreement"] for row in table["rows"]] == sorted(rows["agreement"], key=RANKED.index)
    assert all(len(row["cells"]) == len(HEADS) == len(table["heads"]) for row in table["rows"])
    assert {row["source"] for row in table["rows"]} == set(rows["source"])


def test_a_row_is_written_as_printed_and_found_by_its_names() -> None:
    row = next(row for row in table_data(comparison(""), "en")["rows"] if row["words"].startswith("物联网 "))
    assert row["words"] == "物联网 internet of things share of relations"
    assert row["cells"][:5] == ["Figure 15", "Internet of Things", "Share of relations", "", "11.92%"]


def test_a_row_without_a_computed_value_shows_dashes() -> None:
    rows = comparison("")
    row = table_data(rows[rows["agreement"] == "absent"].head(1), "zh")["rows"][0]
    assert row["cells"][5:] == ["–", "–", t("agreement.absent", "zh")]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_browser_is_told_what_to_say(lang: str) -> None:
    table = table_data(comparison(""), lang)
    assert table["shown"].count("{}") == 1 and table["none"] == t("audit.no_match", lang)


@pytest.fixture
def nothing_computed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A data set that tells nothing; what was compared before is forgotten, and so is this after it."""
    audit_data._comparison.cache_clear()
    monkeypatch.setattr(audit_data, "_computed", lambda facts, data: audit_data.NOTHING)
    yield
    audit_data._comparison.cache_clear()


@pytest.mark.usefixtures("nothing_computed")
@pytest.mark.parametrize("lang", LANGUAGES)
def test_without_a_data_set_the_printed_numbers_stand_alone(lang: str) -> None:
    section, rows = compared("", lang), comparison("")
    assert rows["computed"].isna().all() and len(rows) > 400
    assert t("audit.no_dataset", lang) in text_of(section)
    assert {row["agreement"] for row in table_data(rows, lang)["rows"]} == {"absent"}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_heads_carry_the_badges_of_their_numbers(lang: str) -> None:
    badges = [one.children for one in marked(compared("", lang), "badge")]
    assert badges == [t("badge.published", lang), t("badge.modelled", lang)]
