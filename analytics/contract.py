"""The data contract: every table that a data set may hold, its columns, and what they may say.

Ingest, templates, the contract's page and the files' units are made of this module alone.
A data set needs only `relations`, and of it only two columns: see `Table.either`.
"""

from dataclasses import asdict, dataclass
from typing import Any

FIRST_YEAR, LAST_YEAR = 1900, 2100  # a year outside is a slip of the keyboard, not a date

KINDS = (
    "university",
    "research_institute",
    "foreign_vendor",
    "industrial_firm",
    "government",
    "province",
    "country",
    "other",
)
NONE, OUTSIDE = "", "abroad"  # a code that is not there; a place outside China
ABROAD = ("foreign_vendor", "country")  # kinds without a province: their place is outside China
# Other words for a kind that are understood in a file, beside its own name.
KIND_WORDS = {
    "university": ("大学", "高校", "高等院校", "universities"),
    "research_institute": ("科研院所", "研究机构", "科研机构", "research institute", "institute"),
    "foreign_vendor": ("国外企业", "外国企业", "国外厂商", "海外企业", "foreign vendor", "foreign firm"),
    "industrial_firm": ("产业企业", "传统企业", "应用企业", "国内企业", "industrial firm"),
    "government": ("政府", "政府部门", "政府机构", "government body"),
    "province": ("省份", "省级行政区", "省市"),
    "country": ("国家", "国家和地区", "country or region"),
    "other": ("其他", "其它"),
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table.

    Attributes
    ----------
    name : str
        Its name in every file that the product writes.
    type : str
        text, integer, number, boolean or code.
    headers : tuple of str
        Other headers that are understood, Chinese ones first.
    unit : str
        Unit of a number, else empty.
    required : bool
        Whether a row without it is dropped.
    allowed : str
        For a code: the taxonomy (`provinces`, `layers`, `technologies`, `applications`,
        `industries`) or `kinds`; names in either language are understood as well.
    low, high : float or None
        Bounds of a number, both included.
    """

    name: str
    type: str
    headers: tuple[str, ...] = ()
    unit: str = ""
    required: bool = False
    allowed: str = ""
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a data set.

    Attributes
    ----------
    name : str
        Its name, that of its file and of its sheet.
    headers : tuple of str
        Other names of the file or sheet that are understood.
    columns : tuple of Column
        In the order of the template.
    key : tuple of str
        Columns that tell one row from another; rows that share them are merged or refused.
    either : tuple of tuple of str
        Sets of columns of which at least one must be there.
    """

    name: str
    headers: tuple[str, ...]
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    either: tuple[tuple[str, ...], ...]

    def column(self, name: str) -> Column:
        """Give the column of that name; KeyError if there is none."""
        return {column.name: column for column in self.columns}[name]

    def names(self) -> tuple[str, ...]:
        """Give the names of the columns, in order."""
        return tuple(column.name for column in self.columns)


YEAR = {"type": "integer", "unit": "year", "low": FIRST_YEAR, "high": LAST_YEAR}

FIRMS = Table(
    "firms",
    ("企业", "企业表", "样本企业", "sample_nodes"),
    (
        Column("id", "text", ("企业编号", "编号", "统一社会信用代码", "firm_id"), required=True),
        Column("name_zh", "text", ("企业名称", "名称", "中文名称", "中文名", "name")),
        Column("name_en", "text", ("英文名称", "英文名", "english_name")),
        Column("founded_year", headers=("成立年份", "创建年份", "成立时间", "founded"), **YEAR),  # type: ignore[arg-type]
        Column("province", "code", ("省份", "省级行政区", "所在省份", "省市"), allowed="provinces"),
        Column("city", "text", ("城市", "所在城市")),
        Column("layer", "code", ("技术层次", "层次", "technology_layer"), allowed="layers"),
        Column("employees", "integer", ("员工数", "员工人数", "员工规模"), "persons", low=0),
        Column("listed", "boolean", ("是否上市", "上市", "is_listed")),
        Column("revenue_cny", "number", ("营业收入", "营业收入（元）", "revenue"), "yuan", low=0),
        Column("rd_cost_cny", "number", ("研发费用", "研发费用（元）", "rd_cost"), "yuan", low=0),
        Column("patents", "integer", ("专利数", "专利数量", "n_patents"), "patents", low=0),
        # A firm is a relation node of the network before this year; empty: a sample node always.
        Column("sample_since", headers=("样本起始年",), **YEAR),  # type: ignore[arg-type]
    ),
    ("id",),
    (("id",),),
)

ORGANIZATIONS = Table(
    "organizations",
    ("机构", "机构表", "关系节点", "relation_nodes"),
    (
        Column("id", "text", ("机构编号", "编号", "organization_id"), required=True),
        Column("name_zh", "text", ("机构名称", "名称", "中文名称", "中文名", "name")),
        Column("name_en", "text", ("英文名称", "英文名", "english_name")),
        Column("kind", "code", ("类型", "机构类型", "type"), allowed="kinds"),
        Column("province", "code", ("省份", "省级行政区", "所在省份", "省市"), allowed="provinces"),
        # The years, both included, in which it was a sample node; empty: never.
        Column("sample_since", headers=("样本起始年",), **YEAR),  # type: ignore[arg-type]
        Column("sample_until", headers=("样本截止年",), **YEAR),  # type: ignore[arg-type]
    ),
    ("id",),
    (("id",),),
)

RELATIONS = Table(
    "relations",
    ("关系", "关系表", "技术合作关系", "edges", "links"),
    (
        Column("source", "text", ("赋能方", "技术赋能方", "起点", "from"), required=True),
        Column("target", "text", ("输入方", "技术输入方", "终点", "to"), required=True),
        Column("source_province", "code", ("技术赋能地", "赋能省份"), allowed="provinces"),
        Column("target_province", "code", ("技术输入地", "输入省份"), allowed="provinces"),
        Column("year", headers=("年份", "年"), **YEAR),  # type: ignore[arg-type]
        Column("technology", "code", ("技术", "技术类别"), allowed="technologies"),
        Column("application", "code", ("应用", "应用领域"), allowed="applications"),
        Column("industry", "code", ("行业", "行业代码", "产业"), allowed="industries"),
        Column("count", "integer", ("数量", "次数", "关系数", "weight"), "relations", low=1),
    ),
    ("source", "target", "year", "technology", "application", "industry"),
    # A table of provinces names no nodes: each province then is one.
    (("source", "target"), ("source_province", "target_province")),
)

TABLES = (FIRMS, ORGANIZATIONS, RELATIONS)


def describe_contract() -> list[dict[str, Any]]:
    """Give the whole contract as JSON-able lists and dicts, for a page, a file or a document.

    Returns
    -------
    list of dict
        One for each table of `TABLES`, in order: the fields of `Table`, and under `columns` one
        dict of the fields of `Column` each, with `values`: the words of a code that are not in
        a taxonomy, else empty.
    """
    return [_description(table) for table in TABLES]


def _description(table: Table) -> dict[str, Any]:
    columns = [{**asdict(one), "values": KINDS if one.allowed == "kinds" else ()} for one in table.columns]
    return _lists({**asdict(table), "columns": columns})


def _lists(node: Any) -> Any:
    """Turn tuples into lists, so that what is described equals what JSON gives back."""
    if isinstance(node, dict):
        return {key: _lists(value) for key, value in node.items()}
    return [_lists(value) for value in node] if isinstance(node, list | tuple) else node
