"""Emergency, forecasts: how good they were, by lead time and method, against persistence."""

import pandas as pd

from dashboards.site.chart import Chart, Column, Variant
from dashboards.site.figures import emergency_scores
from dashboards.site.frames import records, with_columns
from dashboards.site.view import Payload
from dashboards.site.views.emergency_parts import column, some
from dashboards.site.words import Text, both, glossary, say

ALL = "all"
NOMINAL = 0.8
"""Share of observations that a range from 10 to 90 % should hold."""
_ITEMS = ("AQI", "PM2.5")
_SCORE = (
    column("label"),
    column("lead_days", "number", 0),
    column("n", "number", 0),
    column("bias", "number", 1),
    column("rmse", "number", 1),
    column("rmse_persistence", "number", 1),
    column("skill", "number", 2),
    column("level_hit_rate", "number", 2),
)
_RANGE = (
    column("label"),
    column("lead_days", "number", 0),
    column("n_range", "number", 0),
    column("range_hit_rate", "number", 2),
    column("share_below_low", "number", 2),
    column("share_above_high", "number", 2),
)
_EVENT = (
    column("label"),
    column("lead_days", "number", 0),
    column("n", "number", 0),
    column("n_observed", "number", 0),
    column("n_hit", "number", 0),
    column("n_miss", "number", 0),
    column("n_false", "number", 0),
    column("hit_rate", "number", 2),
    column("false_alarm_ratio", "number", 2),
    column("csi", "number", 2),
)


def payload(key: str, city: str, name: Text, scores: pd.DataFrame, events: pd.DataFrame) -> Payload:
    """Make the part about forecasts for one city and for all cities together.

    Parameters
    ----------
    city : str
        Code of the city; ``all`` for none.
    scores, events : DataFrame
        As the queries ``emergency_score`` and ``emergency_score_event`` give them.
    """
    known = set(scores["city_code"])
    places = [
        (code, text) for code, text in ((city, name), (ALL, say("emergency.all_cities"))) if code in known
    ]
    if not places:
        return Payload(key, (), (), (say("emergency.no_scores"),))
    year = str(scores["period"].max())
    scores, events = some(scores, period=year), some(events, period=year)
    charts = [
        _score("rmse", places, scores, year),
        _score("bias", places, scores, year),
        _events("csi", places, events, year),
        _events("hit_rate", places, events, year),
        _ranges(places, scores, year),
    ]
    return Payload(key, charts, (), (say("emergency.scores_note"),))


def _labelled(rows: pd.DataFrame, *, said: bool = False) -> pd.DataFrame:
    series, labels = [], []
    for row in records(rows):
        label = _model(row["model"])
        if said and row["said_by"] != "aqi":
            label = say("emergency.said", model=label, by=say(f"said_by.{row['said_by']}"))
        series.append(f"{row['model']}|{row['said_by'] if said else ''}")
        labels.append(label)
    return with_columns(
        rows,
        series=pd.Series(series, index=rows.index, dtype=object),
        label=pd.Series(labels, index=rows.index, dtype=object),
    )


def _model(code: object) -> Text:
    known = f"model.{code}"
    return say(known) if known in glossary() else both(code)


def _score(value: str, places: list[tuple[str, Text]], scores: pd.DataFrame, year: str) -> Chart:
    variants = []
    for code, name in places:
        for item in _ITEMS:
            rows = _labelled(some(scores, city_code=code, item=item))
            extra = _persistence(rows) if value == "rmse" else None
            # Persistence is drawn once, dashed; as a method of its own it is in the table.
            lines = rows if extra is None else rows[rows["model"] != "baseline_persistence"]
            drawn = emergency_scores.figure(
                lines,
                value,
                say(f"emergency.axis_{value}", item=item),
                extra=extra,
                nominal=0.0 if value == "bias" else None,
            )
            variants.append(Variant(say("emergency.score_label", place=name, item=item), drawn, rows))
    return _chart(value, variants, _SCORE, year)


def _persistence(rows: pd.DataFrame) -> pd.DataFrame:
    """Error of persistence by lead time, from the method compared on the most pairs; the table has it for each."""
    compared = rows[rows["rmse_persistence"].notna()].sort_values("n_persistence", kind="stable")
    last = compared.drop_duplicates("lead_days", keep="last").sort_values("lead_days")
    return pd.DataFrame({"lead_days": last["lead_days"], "rmse": last["rmse_persistence"]})


def _events(value: str, places: list[tuple[str, Text]], events: pd.DataFrame, year: str) -> Chart:
    variants = []
    for code, name in places:
        for threshold in (150, 200):
            own = some(events, city_code=code, threshold=threshold)
            # Every method brings persistence on its own pairs: one of them is drawn, the table has them all.
            drawn = _labelled(
                own[own["said_by"].isin(["aqi", "called"]) & (own["model"] != "baseline_persistence")],
                said=True,
            )
            rows = own[own["said_by"] == "persistence"].sort_values("n", kind="stable")
            extra = rows.drop_duplicates("lead_days", keep="last").sort_values("lead_days")
            figure = emergency_scores.figure(
                drawn, value, say(f"emergency.axis_{value}"), extra=extra, share=True
            )
            label = say("emergency.event_label", place=name, threshold=threshold)
            variants.append(Variant(label, figure, _labelled(own, said=True)))
    return _chart(value, variants, _EVENT, year)


def _ranges(places: list[tuple[str, Text]], scores: pd.DataFrame, year: str) -> Chart:
    variants = []
    for code, name in places:
        for item in _ITEMS:
            rows = _labelled(some(scores, city_code=code, item=item))
            rows = rows[rows["range_hit_rate"].notna()].reset_index(drop=True)
            title = say("emergency.axis_range")
            figure = emergency_scores.figure(rows, "range_hit_rate", title, nominal=NOMINAL, share=True)
            variants.append(Variant(say("emergency.score_label", place=name, item=item), figure, rows))
    return _chart("range", variants, _RANGE, year)


def _chart(name: str, variants: list[Variant], columns: tuple[Column, ...], year: str) -> Chart:
    return Chart(
        f"score-{name}",
        say(f"emergency.score_{name}_title", year=year),
        say(f"emergency.score_{name}_caption"),
        None,
        variants[0].table,
        columns,
        variants=variants,
        wide=name == "range",
    )
