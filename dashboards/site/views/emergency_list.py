"""Emergency, a city: its emission list, what it amounts to, where the cuts come from, and how good it is."""

from datetime import date

import pandas as pd

from dashboards.site.chart import Chart, Variant
from dashboards.site.figures import emergency_ratios, emergency_sums
from dashboards.site.frames import Row, records, with_columns
from dashboards.site.view import Fact, Payload
from dashboards.site.views.emergency_parts import LEVELS, column, moment, part_name, some
from dashboards.site.words import Text, say

_RATIO = (
    column("level", "warning"),
    column("pollutant"),
    column("basis", "words", words="ratio_basis"),
    column("response_day"),
    column("total_kgd", "number", 1),
    column("stopped_kgd", "number", 1),
    column("cut_kgd", "number", 1),
    column("ratio_pct", "number", 1),
    column("ratio_high_pct", "number", 1),
    column("required_pct", "number", 0),
    column("verdict", "words", words="ratio_verdict"),
    column("shortfall_kgd", "number", 1),
)
_CUT = (
    column("name"),
    column("cut_kgd", "number", 1),
    column("cut_high_kgd", "number", 1),
    column("base_kgd", "number", 1),
    column("n_members", "number", 0),
)
_FINDING = (
    column("item", "words", words="list_rule"),
    column("kind", "words", words="finding_kind"),
    column("n", "number", 0),
)
_SOURCES = ("line", "mobile", "nonroad", "dust")


def payload(
    key: str, version: Row | None, frames: dict[str, pd.DataFrame], level: str | None, today: date
) -> Payload:
    """Make the part about the list of a city.

    Parameters
    ----------
    version : dict or None
        The filed version, else the newest one.
    frames : dict
        ratio, cut and quality, of all versions.
    level : str or None
        The level in force, shown first.
    """
    if version is None:
        return Payload(key, (), (), (say("emergency.no_list"),))
    own = {name: some(frame, version_id=version["version_id"]) for name, frame in frames.items()}
    charts = [_ratios(own["ratio"])]
    charts += [_cuts(kind, own["cut"], level) for kind in ("industry", "county", "source")]
    charts.append(_findings(own["quality"]))
    return Payload(key, charts, _facts(version, own, today), _notes(version, own["ratio"], today))


def _ratios(ratios: pd.DataFrame) -> Chart:
    wide, phone, tidy = emergency_ratios.figure(ratios)
    return Chart(
        "ratios",
        say("emergency.ratios_title"),
        say("emergency.ratios_caption"),
        wide,
        tidy,
        _RATIO,
        phone=phone,
    )


def _cuts(kind: str, cuts: pd.DataFrame, level: str | None) -> Chart:
    own = cuts[cuts["part_kind"] == kind]
    sources = {name: say(f"source_kind.{name}") for name in _SOURCES} if kind == "source" else {}
    variants = []
    for one in sorted(LEVELS, key=lambda x: (x != (level or "orange"), LEVELS.index(x))):
        for pollutant in ("PM", "NOx", "SO2", "VOCs"):
            rows = some(own, level=one, pollutant=pollutant)
            names = pd.Series(
                [part_name(r["part"], sources, r["part_en"]) for r in records(rows)],
                index=rows.index,
                dtype=object,
            )
            drawn, tidy = emergency_sums.cuts(with_columns(rows, name=names))
            label = say("emergency.cut_label", level=say(f"warning_short.{one}"), pollutant=pollutant)
            variants.append(Variant(label, drawn, tidy))
    return Chart(
        f"cuts-{kind}",
        say(f"emergency.cuts_{kind}_title"),
        say(f"emergency.cuts_{kind}_caption", most=emergency_sums.MOST),
        None,
        variants[0].table,
        _CUT,
        variants=variants,
        wide=False,
    )


def _findings(quality: pd.DataFrame) -> Chart:
    return Chart(
        "quality",
        say("emergency.quality_title"),
        say("emergency.quality_caption"),
        None,
        quality[quality["kind"] != "count"].reset_index(drop=True),
        _FINDING,
        wide=False,
    )


def _facts(version: Row, own: dict[str, pd.DataFrame], today: date) -> list[Fact]:
    count = {str(r["item"]): int(r["n"]) for r in records(own["quality"]) if r["kind"] == "count"}
    found = {
        kind: int(own["quality"].loc[own["quality"]["kind"] == kind, "n"].sum())
        for kind in ("error", "warning", "notice")
    }
    facts = [
        Fact(
            say("emergency.version"),
            say("emergency.version_value", year=int(version["list_year"]), no=int(version["version_no"])),
            say(f"list_state.{version['state']}"),
        )
    ]
    if pd.notna(version["filed_at"]):
        days = (today - pd.Timestamp(version["filed_at"]).date()).days
        facts.append(
            Fact(
                say("emergency.age"),
                say("emergency.age_value", days=days),
                say("emergency.filed_at", at=moment(version["filed_at"])),
            )
        )
    facts.append(
        Fact(
            say("emergency.firms"),
            str(int(version["n_enterprises"])),
            say("emergency.lines", lines=int(version["n_lines"]), other=int(version["n_other"])),
        )
    )
    if count:
        unread = count.get("n_measures_none", 0) + count.get("n_measures_some", 0)
        measures = unread + count.get("n_measures_all", 0)
        facts += [
            Fact(
                say("emergency.findings"),
                str(sum(found.values())),
                say("emergency.findings_note", **found),
            ),
            Fact(
                say("emergency.ungraded"),
                str(count.get("n_firms_ungraded", 0)),
                say("emergency.ungraded_note", lines=count.get("n_lines_ungraded", 0)),
            ),
            Fact(say("emergency.unread"), str(unread), say("emergency.unread_note", measures=measures)),
        ]
    return facts


def _notes(version: Row, ratios: pd.DataFrame, today: date) -> list[Text]:
    notes = []
    number = version["document_no"]
    if pd.notna(number) and number:
        notes.append(say("emergency.filed_as", number=str(number)[:80]))
    if version["state"] != "filed":
        notes.append(say("emergency.not_filed"))
    if int(version["list_year"]) != today.year:
        notes.append(say("emergency.other_year", year=int(version["list_year"])))
    if int(version["n_newer"]):
        notes.append(say("emergency.newer", n=int(version["n_newer"])))
    if len(ratios) and not ratios["verified"].astype(bool).all():
        notes.append(say("emergency.ratio_unverified"))
    told = ratios.loc[ratios["basis"] == "filed", "verdict"]
    unknown = int((told == "insufficient").sum())
    short = int((told != "met").sum()) - unknown
    if short:
        notes.append(say("emergency.short_of", n=short))
    if unknown:
        notes.append(say("emergency.not_told", n=unknown))
    return notes
