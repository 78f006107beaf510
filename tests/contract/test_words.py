"""The words of both languages: the same keys, the same holes, none missing and none idle."""

import re
from pathlib import Path

import pytest

from analytics import store
from analytics.audit import GRADES
from analytics.contract import KINDS, TABLES
from analytics.cubes import TOPICS
from analytics.explorer.found import SAID
from analytics.explorer.question import VIEWS, WAYS
from analytics.filters import ENDS, KEYS, Filters
from analytics.filters import TOPICS as CHOSEN_TOPICS
from analytics.index.choice import METHODS
from analytics.index.indicators import INDICATORS, PILLARS
from analytics.ingest.rules import KEPT, READ, RULES
from analytics.measures.leaders import DEGREES
from analytics.measures.spread import SCALES
from analytics.measures.verdict import LISTED, OPEN, POLARIZES, SPREADS
from analytics.profiles import SIDES
from analytics.reconstruct import ASSUMPTIONS
from analytics.region_counts import STANDING
from components import audit_data, audit_table
from components.charts import CHARTS
from components.charts.choropleth import MEASURES as MAPPED
from components.charts.courses import AREAS
from components.charts.pairs import MATRIX
from components.charts.polarization import NAMED_INSIDE, REACH
from components.charts.polarization import SIDES as FLOW_ENDS
from components.charts.topic_flows import COLUMNS as FLOW_COLUMNS
from components.data_set import ASSUMPTIONS as SHOWN_ASSUMPTIONS
from components.dataset_files import REFUSED
from components.explorer import COLOURS, FILES, LABELS, SIZES
from components.explorer import SHOWN as SHOWN_VIEWS
from components.firm_files import SHOWN
from components.firm_profile import FIRM_ROWS
from components.help import KEYS as HELP_KEYS
from components.help import REPORTED, STEPS, TERMS
from components.i18n import LANGUAGES, t, words
from components.index_page import CARDS
from components.index_page import SAID as INDEX_SAID
from components.kpis import KPIS
from components.network_panel import SHOWN as STATISTICS
from components.region_words import SAY
from components.shell import PAGES, SUBPAGES
from pages import data

ROOT = Path(__file__).parents[2]
SOURCES = [ROOT / "app.py", *sorted((ROOT / "components").rglob("*.py")), *sorted((ROOT / "pages").glob("*.py"))]
CODE = "\n".join(path.read_text("utf-8") for path in SOURCES)
# In `t(f"chart.{chart}.title", lang)` each hole stands for one part of a key.
ASKED = re.findall(r"""\bt\(\s*f?["']([^"']+)["']""", CODE)
# Two keys are spoken to readers of the other language.
FOREIGN = {"app.other_language", "app.other_language_label"}
# Keys of these begin with words that several codes follow; `filled` lists them by hand.
FILLED_WHOLE = (
    "contract.",
    "ingest.",
    "dataset.",
    "assumption.",
    "constraint.",
    "ledger.",
    "upload.",
    "filter.",
    "finding.",
    "topics.",
    "polar.",
    *("explorer.", "kind.", "profile.", "firms.", "statistics.", "galaxy.", "leaders.", "index."),
    *("play.", "help.", "tour.", "glossary.", "chapter.", "compare."),
)
# What a heat map has beside its rows and over its columns.
SHORTENED = [
    *("primary", "secondary", "tertiary"),
    *(code for table in ("technologies", "applications", "sections") for code in store.tables()[table].iloc[:, 0]),
]
CONSTRAINT_HEADS = ("place", "measure", "item", "year", "rule", "printed", "reached", "deviation")
PANELS = ("facts", "ranks", "years", *TOPICS, *(f"partners_{side}" for side in SIDES))
HEADS = ("by", "within", "place", "item", "as_source", "as_target", "partner", "province", "n_relations")
WAYS_OF_A_FINDING = ("rose", "fell", "same", "moved", "stayed", "more", "less", "pinned", "whole")
LEADING = ("share_reach", *(f"{kind}_{degree}" for kind in ("tail", "rank") for degree in DEGREES))
HOLE = re.compile(r"\{[^}]*\}")


def filled() -> set[str]:
    """Give every key that the sources can ask for, the holes filled with what can stand there."""
    rules = audit_data.checks()["rule"].unique().tolist()
    facts = store.facts()
    fill = {
        "action": ["chart", "table"],
        "badge": ["published", "derived", "mixed", "modelled", "own", "press"],
        "chart": list(CHARTS),
        "agreement": [audit_table.ALL, *audit_data.AGREEMENTS],
        "column": [
            *("item", "measure", "year", "value", "base", "difference", "reported", "unit", "status", "note", "source"),
            *("rule", "n_checks", "n_findings", *audit_table.HEADS),
        ],
        "compared": ["modelled", "own"],
        "definition": list(data.DEFINITIONS),
        "grade": list(GRADES),
        "grade_text": list(GRADES),
        "item": ["share_degree", "tail_law", *(f"tail_{degree}" for degree in DEGREES)],
        "kpi": [name for name, *_ in KPIS],
        "measure": [
            *facts["measure"].unique(),
            "patents_per_firm",
            *LEADING,
            *("tail_law", "pagerank", "betweenness"),
            "location_quotient",
            *(name for one in MAPPED.values() for name in one.measures),
            *(measure for measure, _ in MATRIX.values()),
            "flow_balance",
            *("concentration", "structure", "reach", "polarization_change"),
            *(f"median_{n}" for n in SCALES),
        ],
        "nav": [*PAGES, "explorer", "index"],
        "option": [
            name for spec in CHARTS.values() for group in (spec.options, *spec.styles) for name in group if name
        ],
        "page": [*PAGES, *SUBPAGES, "not_found"],
        "region": store.regions()["slug"].tolist(),
        "rule": rules,
        "sentence": rules,
        "source": [*facts["source"].str.partition("-")[0].unique(), "reconstruction", "own"],
        "state": ["none", "undefined", "filtered_out"],
        "status": [*facts["status"].unique(), "modelled", "own", "press"],
        "unit": [*facts["unit"].unique(), *(unit for _, unit in SCALES.values()), *REACH.values()],
    }
    columns = [(table.name, column.name) for table in TABLES for column in table.columns]
    whole = {
        "contract.table.{one.name}": [f"contract.table.{table.name}" for table in TABLES],
        "contract.column.{one.name}.{column.name}": [f"contract.column.{a}.{b}" for a, b in columns],
        "contract.type.{column.type}": [f"contract.type.{c.type}" for table in TABLES for c in table.columns],
        "contract.head_{name}": [f"contract.head_{name}" for name in ("column", "type", "meaning", "without")],
        "ingest.feeds.{column.name}": [f"ingest.feeds.{b}" for _, b in columns if b != "id"],
        "ingest.rule.{row.rule}": [f"ingest.rule.{rule}" for rule in (READ, KEPT, *RULES)],
        "dataset.{about['kind']}": ["dataset.reconstruction", "dataset.own"],
        "assumption.{name}": [f"assumption.{name}" for name in ASSUMPTIONS],
        "constraint.{name}": [f"constraint.{name}" for name in CONSTRAINT_HEADS],
        "constraint.rule_{row.rule}": [f"constraint.rule_{row}" for row in store.tables()["constraints"]["rule"]],
        "ledger.{name}": [f"ledger.{name}" for name in ("file", "rule", "n")],
        "upload.refused_{reason}": [f"upload.refused_{reason}" for reason in (*REFUSED, "gone")],
        "upload.failed_{found['reason']}": [f"upload.failed_{reason}" for reason in ("data", "machine", "lost")],
        "upload.{found['state']}": ["upload.running", "upload.done"],
        "upload.{name}": ["upload.open", "upload.lost"],
        "filter.key_{key}": [f"filter.key_{key}" for key in (*KEYS.values(), "from", "to", "option")],
        "filter.topic_{dimension}": [f"filter.topic_{dimension}" for dimension in CHOSEN_TOPICS],
        "filter.field_{field}": [f"filter.field_{field}" for field in Filters.__slots__],
        "filter.end_{end}": [f"filter.end_{end}" for end in ("either", *ENDS, *(f"chip_{end}" for end in ENDS))],
        "topics.column_{column}": [f"topics.column_{column}" for column in FLOW_COLUMNS],
        "topics.{kind}": [f"topics.other_{column}" for column in FLOW_COLUMNS],
        "short.{code}": [f"short.{code}" for code in SHORTENED if f"short.{code}" in words("zh")],
        "firms.column.{name}": [f"firms.column.{name}" for name in FIRM_ROWS],
        "firms.column.{column}": [f"firms.column.{name}" for name in SHOWN],
        "firms.{form}": ["firms.csv", "firms.xlsx"],
        "firms.{value}": ["firms.listed", "firms.unlisted"],
        "firms.source_{badge}": ["firms.source_modelled", "firms.source_own"],
        "profile.{name}": [f"profile.{name}" for name in PANELS],
        "profile.head_{name}": [f"profile.head_{name}" for name in HEADS],
        "profile.by_{rank.by}": ["profile.by_degree", "profile.by_patents"],
        "profile.within_{sort}": ["profile.within_firms", "profile.within_organizations"],
        "profile.what_{sort}": [f"profile.what_{a}{b}" for a in ("", "named_") for b in ("firm", "organization")],
        "explorer": [f"explorer.{key}" for key in explorer_words()],
        "chapter": [f"chapter.{key}" for key in chapter_words()],
        "compare": [f"compare.{key}" for key in compare_words()],
        "statistics": [
            *(f"statistics.{part}_{key}" for part in ("name", "formula") for key in STATISTICS),
            *(f"statistics.{column}" for column in ("chosen", "whole", "printed")),
        ],
        "index": [f"index.{key}" for key in index_words()],
        "help": [
            *(f"help.{part}_{key}" for part in ("key", "does") for key in HELP_KEYS),
            *(f"help.{part}" for part in ("keys", "glossary", "cite", "report", "links")),
            *(f"help.cite_{part}" for part in ("report", "site", "bibtex")),
            *(f"help.report_{line}" for line in REPORTED),
            *(f"help.link_{name}{tail}" for name in ("data", "embed", "picture", "frame") for tail in ("", "_does")),
        ],
        "glossary": [f"glossary.{term}{tail}" for term in TERMS for tail in ("", "_means")],
        "tour": [
            *(f"tour.{step}_{part}" for step in STEPS for part in ("title", "text")),
            *(f"tour.{word}" for word in ("next", "back", "skip", "done", "label", "place")),
        ],
        "galaxy": [
            *(f"galaxy.{word}" for word in ("degree", "play", "stop", "counts", "made")),
            *(f"galaxy.{word}_{kind}" for word in ("source", "title") for kind in ("own", "reconstruction")),
        ],
        "play.{name}": [f"play.{name}" for name in ("play", "pause", "whole", "label")],
        "leaders.{one}": [f"leaders.{one}" for one in ("holds", "fails", "better", "worse")],
        "polar": [f"polar.{key}" for key in polar_words()],
        "kind.{kind}": [f"kind.{kind}" for kind in (*KINDS, "firm")],
        "finding.{way}": [f"finding.{way}" for way in WAYS_OF_A_FINDING],
    }
    filled = {key for keys in whole.values() for key in keys}
    asked = [key for key in ASKED if not key.startswith("{") and not key.startswith(FILLED_WHOLE)] + [
        "measure.{value}",
        "status.{value}",
        "unit.{value}",
    ]
    # A key that opens with a hole, `{column}.{value}`, is one of the last three.
    return (
        filled
        | {key for key in ASKED if key.startswith(FILLED_WHOLE) and "{" not in key}
        | {HOLE.sub(word, key) for key in asked for word in (fill[key.split(".")[0]] if HOLE.search(key) else [""])}
    )


def chapter_words() -> list[str]:
    """Give what a chapter asks for by the names of its sections, columns and cases."""
    ways = {
        "open_firms": ("none", "one", "many"),
        "balance": ("even", "gives", "takes"),
        "rank": ("alone", "tied"),
        "short": ("alone", "tied"),
        "went": ("same", "rose", "fell"),
        "firms": ("led", "tied"),
        "hubs": ("led", "tied"),
        "source": ("none", "only", "unplaced", "led", "tied", "level", "modelled", "own"),
        "target": ("none", "only", "unplaced", "led", "tied", "level"),
        "technology": ("most",),
        "industry": ("most",),
        "enablers": ("one", "led", "tied"),
        "peers": ("led", "tied"),
    }
    heads = ("item", "value", "n", "rank", "change", "printed", "base", "lq", "name", "layer", "province", "degree")
    years = ("enabling", "input", "n_enabling", "n_input", "within")
    return [
        *(f"{name}_{way}" for name, found in ways.items() for way in found),
        *(f"{name}_{part}" for name in SAY for part in ("title", "note")),
        *(f"head_{name}" for name in (*heads, "out_degree", "in_degree", "held", "cosine", *years)),
        *(f"part_{name}" for name in ("layers", "sizes", *SIDES, *TOPICS)),
        *(*STANDING, "within", "abroad", "unknown_place", "provinces", "regions", "unknown_text", "unnamed_text"),
    ]


def compare_words() -> list[str]:
    """Give what a comparison asks for by the names of its rows."""
    rows = ("opening", "hubs", *SIDES, "enablers")
    return [
        *(f"row_{name}" for name in rows),
        *(f"change_{name}" for name in STANDING),
        *(f"within_{end}" for end in SIDES),
        "opening",
    ]


def polar_words() -> list[str]:
    """Give what the cards of polarization call their items, and the verdicts."""
    ends = [*FLOW_ENDS, *(f"{end}_between" for end in FLOW_ENDS)]
    lines = [*ends, *REACH, *AREAS, *(f"inside_{code}" for code in NAMED_INSIDE), *LISTED]
    years = (*(f"{end}_year" for end in FLOW_ENDS), "pairs_year", "distance_year")
    named = [*lines, *(f"short_{line}" for line in lines)]
    # Distance is a line of a chart and a listed measure: one name serves both.
    return [*named, *years, *(POLARIZES, SPREADS, OPEN), *("since", "since_first")]


def explorer_words() -> list[str]:
    """Give what the explorer's page asks for by the names of its views, controls and outcomes."""
    choices = {"view": SHOWN_VIEWS, "way": WAYS, "size": SIZES, "colour": COLOURS, "labels": LABELS}
    fields = ("view", "node", "other", "depth", "way", "top", "size", "colour", "labels")
    return [
        *(f"{name}_{value}" for name, values in choices.items() for value in values),
        *(f"{name}_label" for name in fields),
        *(f"zoom_{way}" for way in ("fit", "in", "out")),
        *(f"file_{scope}_{form}" for scope, form in FILES),
        *(f"layer_{layer}" for layer in ("base", "technology", "application", "none")),
        *(f"source_{kind}" for kind in ("own", "reconstruction")),
        *(f"title_{view}" for view in (*VIEWS, *(f"near_{way}" for way in WAYS)) if view != "near"),
        *(f"said_{key}" for key in SAID),
        *(f"left_{name}" for name in ("title", "before", "after", "nodes", "arcs", "giant", "path", "input")),
        *("without", "filters", "community", "find_hint", "files", "list_nodes", "list_arcs"),
        *("sure", "lost", "none", "profile", "near", "open", "close", "nodes", "arcs", "relations", "partners", "made"),
    ]


def index_words() -> list[str]:
    """Give what the index's page asks for by the names of pillars, indicators, methods and outcomes."""
    heads = ("rank", "province", "score", "held", "range", "printed", "pillar", "indicator", "unit", "origin")
    steps = ("data", "treat", "norm", "pillar", "sum", "firm", "limits")
    return [
        *INDEX_SAID,
        *(f"pillar_{name}" for name in PILLARS),
        *(f"empty_{name}" for name in ("capital", "response")),
        *(f"indicator_{one.name}" for one in INDICATORS),
        *(f"unit_{one.unit}" for one in INDICATORS),
        *(f"{card}_{part}" for card in CARDS for part in ("title", "definition")),
        *(f"{key}_{value}" for key, known in METHODS.items() for value in ("label", *known)),
        *(f"head_{name}" for name in heads),
        *(f"step_{step}" for step in steps),
        *(f"none_{reason}" for reason in ("no_weight", "no_data", "too_few", "negative")),
        *(f"source_{kind}" for kind in ("own", "reconstruction")),
    ]


def holes(text: str) -> tuple[list[str], list[str]]:
    """Give a text's placeholders and its references."""
    return sorted(re.findall(r"\{(\w+)\}", text)), sorted(re.findall(r"\[\[(.*?)\]\]", text))


def test_the_scan_finds_what_it_looks_for() -> None:
    assert {"app.name", "chart.{spec.id}.title", "state.empty"} <= set(ASKED)


# `shown` provinces are told by their value.
NEVER_SAID = re.compile(r"state\.shown")


@pytest.mark.parametrize("key", sorted(key for key in filled() if not NEVER_SAID.fullmatch(key)))
def test_every_key_that_is_asked_for_has_words(key: str) -> None:
    assert key in words("zh")


def test_no_words_are_idle() -> None:
    assert sorted(words("zh").keys() - filled()) == []


@pytest.mark.parametrize("key", sorted(words("zh")))
def test_both_languages_have_the_same_holes(key: str) -> None:
    zh, en = holes(words("zh")[key]), holes(words("en")[key])
    assert zh[0] == en[0]
    assert set(zh[1]) == set(en[1])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_words_are_in_their_language(lang: str) -> None:
    for key, text in words(lang).items():
        assert text.strip(), key
        assert key in ("filter.and", "filter.or", "finding.comma") or text == text.strip(), key
        if lang == "en" and key not in FOREIGN:
            assert not re.search(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]", text), key


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_code_in_the_data_has_words(lang: str) -> None:
    facts = store.facts()
    for column in ("measure", "unit", "status"):
        for code in facts[column].unique():
            assert t(f"{column}.{code}", lang), code
    for source in facts["source"].unique():
        assert t(f"source.{source.partition('-')[0]}", lang, number=1)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_option_has_words(lang: str) -> None:
    options = {option for spec in CHARTS.values() for option in spec.options if option}
    assert options and all(t(f"option.{option}", lang) for option in options)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_field_of_a_filter_has_words(lang: str) -> None:
    assert all(t(f"filter.field_{field}", lang) for field in Filters.__slots__)
    keys = {*Filters(("11",), ("base",), (2015, 2016)).to_query(), "option"}
    assert (
        len(keys) == 5
        and keys < {*KEYS.values(), "from", "to", "option"}
        and all(t(f"filter.key_{key}", lang) for key in keys)
    )


@pytest.mark.parametrize("text", ["[[x]]", "[[a/b/c]]", "{name}", "{0}", "{", "[[text/n_firms/sample_2024_report]]"])
def test_what_a_reader_typed_is_said_back_as_typed(text: str) -> None:
    """A reader's words go into a sentence of ours as they are; they name no fact."""
    assert text in t("state.no_chart", "en", chart=text)


def test_the_page_names_every_assumption_of_the_reconstruction() -> None:
    assert SHOWN_ASSUMPTIONS == ASSUMPTIONS
