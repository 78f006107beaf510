"""Which technologies reach which applications and industries, and which rise? Figures 15 to 20, and beyond them."""

from components.shell import chart_page

SPANS = {
    "technologies": 6,
    "applications": 6,
    "technology_changes": 12,
    "industries": 6,
    "secondary_sections": 6,
    "industry_years": 12,
    "industry_tree": 12,
    "tertiary_sections": 6,
    "manufacturing": 6,
    "topic_sankey": 12,
    "technology_by_application": 12,
    "technology_by_industry": 12,
    "province_technologies": 12,
    "technology_years": 12,
}

layout = chart_page(SPANS)
