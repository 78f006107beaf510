"""A card as table, with its options, at its link; its table is what its CSV holds."""

import math

import pytest
from playwright.sync_api import Page, expect

from components.charts import CHARTS
from components.i18n import t
from components.shell import path_of
from tests.e2e.steps import (
    charts_of,
    choose,
    fetched,
    query,
    seen,
    settled,
    switch,
    table_of,
    visit,
    wait_for_query,
)

Row = dict[str, str]


def is_near(cell: str, wanted: float) -> bool:
    """Tell whether a cell shows a number, rounded to its own decimals; a half may be rounded either way."""
    if math.isnan(wanted):
        return cell in ("", "–")
    shown = cell.rstrip("%").replace(",", "").replace("−", "-")
    return abs(float(shown) - wanted) <= 0.5 * 10.0 ** -len(shown.partition(".")[2]) + 1e-9


def same(cell: str, kind: str, row: Row, lang: str) -> bool:
    """Tell whether a cell of the table says what the CSV's row holds."""
    value, other = (float(row.get(name) or "nan") for name in ("value", "base"))
    if kind == "num":
        return cell.endswith("%") == (row["unit"] == "percent") and is_near(cell, value)
    if kind in ("num-base", "num-difference"):
        return is_near(cell, other if kind == "num-base" else value - other)
    if kind == "num-printed":
        return cell.rstrip("%").replace(",", "") == row["reported"]
    if kind in ("measure", "unit", "status"):
        return cell == t(f"{kind}.{row[kind]}", lang)
    said = row[f"item_{lang}" if kind == "item" else kind]
    return cell == (said[1:] if said[:2] in ("'=", "'+", "'-", "'@") else said)


def differences(page: Page, chart: str, rows: list[Row], lang: str) -> list[str]:
    """Name the cells in which a card's table and the CSV's rows differ."""
    kinds, lines = table_of(page, chart)
    if len(lines) != len(rows):
        return [f"{chart}: {len(lines)} lines, {len(rows)} rows"]
    return [
        f"{chart} {kind}: table {cell!r}, CSV {row}"
        for line, row in zip(lines, rows, strict=True)
        for kind, cell in zip(kinds, line, strict=True)
        if not same(cell, kind, row, lang)
    ]


@pytest.mark.parametrize(
    ("name", "lang"),
    [("overview", "zh"), ("firms", "en"), ("network", "zh"), ("technology", "en"), ("space", "zh"), ("space", "en")],
)
def test_every_table_is_its_csv(page: Page, site: str, name: str, lang: str) -> None:
    """The first page filtered, so that the CSV link must carry the filters."""
    filters = "province=11,44&" if name == "overview" else ""
    visit(page, f"{path_of(name, lang)}?{filters}table={','.join(charts_of(name))}")
    expect(page.locator(".card .data-table")).to_have_count(len(charts_of(name)))
    found = []
    for chart in charts_of(name):
        href = page.locator(f"#card-{chart} a.tool", has_text="CSV").get_attribute("href")
        found += differences(page, chart, fetched(f"{site}{href}"), lang)
    assert found == []


@pytest.mark.parametrize("lang", ["en"])
def test_switch_to_table_and_back(page: Page, lang: str) -> None:
    visit(page, path_of("overview", lang))
    card = page.locator("#card-technologies")
    switch(page, "technologies", "table")
    expect(card.locator(".data-table")).to_be_visible()
    expect(card.locator(".card-plot")).to_be_hidden()
    wait_for_query(page, {"table": "technologies"})
    page.reload()
    settled(page)
    expect(card.locator(".data-table")).to_be_visible()
    expect(page.locator(".card .data-table")).to_have_count(1)
    switch(page, "technologies", "chart")
    expect(card.locator(".card-plot")).to_be_visible()
    expect(card.locator(".data-table")).to_have_count(0)
    wait_for_query(page, {})
    settled(page)
    page.wait_for_function(
        """() => { const card = document.querySelector('#card-technologies'), svg = card.querySelector('.main-svg');
        return Math.abs(svg.getBoundingClientRect().width - card.querySelector('.card-plot').clientWidth) < 2; }"""
    )


@pytest.mark.parametrize(("lang", "option"), [("zh", "enabling"), ("en", "net")])
def test_option_is_in_the_link(page: Page, site: str, lang: str, option: str) -> None:
    first = CHARTS["province_map"].options[0]
    visit(page, f"{path_of('space', lang)}{'?province_map=net' if option == first else ''}")
    choose(page, "province_map", option)
    wait_for_query(page, {} if option == first else {"province_map": option})
    csv = page.locator("#card-province_map a.tool", has_text="CSV")
    asked = "" if option == first else f"option={option}&"
    expect(csv).to_have_attribute("href", f"/data/province_map.csv?{asked}lang={lang}")
    assert {row["measure"] for row in fetched(site + str(csv.get_attribute("href")))} == {f"share_{option}"}
    before = seen(page)
    page.reload()
    settled(page)
    expect(page.locator(f"#card-province_map .card-options input[value={option}]")).to_be_checked()
    assert seen(page) == before


def test_option_follows_in_the_open_table(page: Page, site: str) -> None:
    visit(page, "/zh/space?table=province_map")
    choose(page, "province_map", "net")
    link = "/data/province_map.csv?option=net&lang=zh"
    expect(page.locator("#card-province_map a.tool", has_text="CSV")).to_have_attribute("href", link)
    rows = fetched(site + link)
    expect(page.locator("#card-province_map .data-table tbody tr")).to_have_count(len(rows))
    assert differences(page, "province_map", rows, "zh") == []
    assert query(page) == {"province_map": "net", "table": "province_map"}


@pytest.mark.parametrize(("lang", "chart", "width"), [("zh", "flow_matrix", 1400), ("en", "index_cities", 390)])
def test_link_to_a_card(page: Page, site: str, lang: str, chart: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    visit(page, f"{path_of('space', lang)}?province=11")
    page.locator(f"#card-{chart} [data-action=link]").click()
    expect(page.locator(f"#card-{chart} .tool-status")).to_have_text(t("action.link_done", lang))
    link = page.evaluate("navigator.clipboard.readText()")
    assert link == f"{site}{path_of('space', lang)}?province=11#card-{chart}"
    page.goto("about:blank")
    visit(page, link)
    assert page.url == link
    page.wait_for_function(
        """(id) => {
          const top = document.getElementById(id).querySelector('.card-title').getBoundingClientRect().top;
          const bar = document.querySelector('.filterbar'), sticks = getComputedStyle(bar).position === 'sticky';
          return top >= (sticks ? bar : document.querySelector('.topbar')).getBoundingClientRect().bottom
            && top < innerHeight - 100;
        }""",
        arg=f"card-{chart}",
        timeout=3000,
    )
