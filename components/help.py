"""Help that any page opens: keys, glossary, citation, how to report a problem, links for documents; and the tour."""

from typing import Any

from dash import html

from analytics import store
from components.i18n import t
from components.view import View

KEYS = ("help", "filter", "pages", "theme", "language", "close")
TERMS = (
    "sample_node", "relation_node", "enabling", "input", "net", "layer", "degree", "path", "clustering", "flow",
    "core_four", "quotient", "gini", "power_law", "modelled", "audit",
)  # fmt: skip
# What the tour points at, in its order; what a page does not have is passed over.
STEPS = {
    "numbers": ".kpis",
    "filters": ".filterbar",
    "badge": ".card .card-badge",
    "tools": ".card .card-tools",
    "pages": ".rail",
    "help": "#help-toggle",
}
REPORTED = ("link", "version", "chart", "seen", "expected", "basis")


def tour_invite(view: View) -> html.Div:
    """Say in a few lines what this is, and offer the tour; the browser remembers who has declined."""
    lang = view.lang
    buttons = [
        _start(lang),
        html.Button(t("tour.dismiss", lang), type="button", className="tool tour-dismiss"),
    ]
    return html.Div(
        [html.P(t("tour.what", lang)), html.Div(buttons, className="tour-buttons")], className="panel tour-invite"
    )


def _start(lang: str) -> html.Button:
    lost = {"data-lost": t("help.lost", lang)}
    return html.Button(t("tour.start", lang), type="button", className="button tour-start", **lost)


def tour_steps(lang: str) -> dict[str, Any]:
    """Give the tour's words, and what each step points at."""
    steps = [
        {"target": target, "title": t(f"tour.{name}_title", lang), "text": t(f"tour.{name}_text", lang)}
        for name, target in STEPS.items()
    ]
    return {
        "steps": steps,
        **{word: t(f"tour.{word}", lang) for word in ("next", "back", "skip", "done", "label", "place")},
    }


def help_content(lang: str) -> list[Any]:
    """Give what the help's window holds; `{link}`, `{date}` and `{chart}` are filled in by the browser."""
    close = html.Button("×", type="button", className="help-close", **{"aria-label": t("help.close", lang)})
    return [
        html.Div([html.H2(t("help.title", lang), id="help-title"), close], className="help-head"),
        html.P([t("help.tour", lang), " ", _start(lang)]),
        _part("keys", [_keys(lang)], lang, is_open=True),
        _part("glossary", [_glossary(lang)], lang),
        _part("cite", _cite(lang), lang),
        _part("report", _report(lang), lang),
        _part("links", _links(lang), lang),
    ]


def _part(name: str, content: list[Any], lang: str, is_open: bool = False) -> html.Details:
    return html.Details([html.Summary(t(f"help.{name}", lang)), *content], open=is_open, id=f"help-{name}")


def _keys(lang: str) -> html.Div:
    rows = [
        html.Div([html.Dt(html.Kbd(t(f"help.key_{name}", lang))), html.Dd(t(f"help.does_{name}", lang))])
        for name in KEYS
    ]
    off = html.Button(t("help.keys_off", lang), type="button", className="tool keys-toggle",
                      **{"data-on": t("help.keys_on", lang), "data-off": t("help.keys_off", lang)})  # fmt: skip
    return html.Div([html.Dl(rows, className="help-keys"), off])


def _glossary(lang: str) -> html.Dl:
    return html.Dl(
        [
            html.Div([html.Dt(t(f"glossary.{name}", lang)), html.Dd(t(f"glossary.{name}_means", lang))])
            for name in TERMS
        ],
        className="help-terms",
    )


def _cite(lang: str) -> list[Any]:
    parts = {
        "cite_report": store.origin()["citation"][lang],
        "cite_site": t("help.site", lang, version=store.manifest()["version"], link="{link}", date="{date}"),
        "cite_bibtex": bibtex(lang),
    }
    found: list[Any] = [html.P(t("help.cite_text", lang))]
    for name, text in parts.items():
        found += [html.H3(t(f"help.{name}", lang)), _to_copy(text, lang)]
    return found


def _report(lang: str) -> list[Any]:
    version = store.manifest()["version"]
    lines = [t(f"help.report_{name}", lang, link="{link}", version=version, chart="{chart}") for name in REPORTED]
    return [html.P(t("help.report_text", lang)), _to_copy("\n".join(lines), lang)]


def _links(lang: str) -> list[Any]:
    rows = [
        html.Div([html.Dt(html.Code(t(f"help.link_{name}", lang))), html.Dd(t(f"help.link_{name}_does", lang))])
        for name in ("data", "embed", "picture", "frame")
    ]
    return [html.P(t("help.links_text", lang)), html.Dl(rows, className="help-links")]


def _to_copy(text: str, lang: str) -> html.Div:
    said = {"data-done": t("help.copied", lang), "data-fail": t("action.fail", lang)}
    copy = html.Button(t("help.copy", lang), type="button", className="tool help-copy", **said)
    return html.Div([html.Pre(text, className="citation", tabIndex=0), copy], className="help-text")


def bibtex(lang: str) -> str:
    """Give the report and the site as BibTeX, from what the origin says; names as `A and B and others`."""
    origin, version = store.origin(), store.manifest()["version"]
    title = origin[f"title_{lang}"]
    publishers = "; ".join(one[lang] for one in origin["publishers"])
    year = str(origin["date"])[:4]
    report = {
        "author": authors(origin["citation"][lang].partition(title)[0], lang),
        "title": f"{{{title}}}",
        "institution": publishers,
        "address": origin["place"][lang],
        "year": year,
    }
    site = {
        "title": f"{{{t('app.name', lang)}}}",
        "note": t("help.bibtex_note", lang, version=version, date="{date}"),
        "howpublished": "\\url{{link}}",
        "year": year,
    }
    return f"{_entry('techreport', f'ai_report_{year}', report)}\n{_entry('misc', f'ai_innovation_map_{year}', site)}"


def authors(text: str, lang: str) -> str:
    """Write `Liu G, Zheng F, et al. ` or `刘刚, 郑凤阳, 等. ` as BibTeX wants names."""
    names = [name.strip(" .") for name in text.split(",")]
    known = [name for name in names if name and name not in ("et al", "等")]
    written = known if lang == "zh" else [", ".join(name.rsplit(" ", 1)) for name in known]
    return " and ".join([*written, *(["others"] if len(known) < len([name for name in names if name]) else [])])


def _entry(kind: str, key: str, fields: dict[str, str]) -> str:
    lines = [f"  {name} = {{{_escaped(value)}}}," for name, value in fields.items()]
    return "\n".join([f"@{kind}{{{key},", *lines, "}"])


def _escaped(text: str) -> str:
    return "".join(f"\\{letter}" if letter in "&%#" else letter for letter in text)
