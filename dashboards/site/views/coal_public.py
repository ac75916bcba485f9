"""Coal where no verdicts are told: the targets of public documents."""

from dashboards.site.chart import Chart
from dashboards.site.frames import records, with_columns
from dashboards.site.read import read
from dashboards.site.view import Page, Payload, Section, Source
from dashboards.site.views.coal_common import amounts, areas_of, column, either
from dashboards.site.words import both, say

_COLUMNS = (
    column("area"),
    column("stat_year", "number", 0),
    column("kind", "words", words="coalkind"),
    column("scope", "words", words="coalscope"),
    column("basis", "words", words="coalbasis"),
    *amounts("target", "target_pct"),
    column("target_state"),
    column("baseline_year", "number", 0),
    column("document_no"),
    column("clause"),
    column("source"),
    column("verified", "words", words="coalverified"),
)


def build(source: Source) -> Page | None:
    """Make the view; None where there are no targets at all."""
    rows = read(source.con, "coal_target_public")
    if rows.empty:
        return None
    areas = areas_of(source)
    table = with_columns(
        rows,
        # The document names the area; its English name is that of the facts.
        area=[
            both(r["area_name"], areas.names.get(str(r["area_code"]), {}).get("en")) for r in records(rows)
        ],
        target_state=[either(s) for s in rows["target_state"]],
        clause=[either(c) for c in rows["clause"]],
        source=[either(s) for s in rows["source"]],
        verified=["yes" if v is True or v == 1 else "no" for v in rows["verified"]],
    )
    chart = Chart("targets", say("coalpublic.title"), say("coalpublic.caption"), None, table, _COLUMNS)
    context = (
        (say("site.set"), say("coalpublic.set")),
        (say("site.state"), say("coalpublic.state")),
        (say("site.basis"), say("coalpublic.basis")),
    )
    section = Section("targets", say("coal.targets"), "coal/public")
    return Page((say("coalpublic.lead"),), context, (), (section,), (Payload("coal/public", (chart,)),))
