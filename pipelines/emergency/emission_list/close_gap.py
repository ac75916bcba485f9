"""The cheapest further measures that would close what a list is short of, or the proof that none would.

For the revision of a list only: in a response nothing is asked of anybody that is not in the list that was filed.
"""

from decimal import Decimal
from typing import Any

import duckdb

from pipelines.emergency.emission_list.check import about_version
from pipelines.emergency.emission_list.gap_program import Option, most_of, solve
from pipelines.emergency.emission_list.ratios import counted, reductions_of
from warehouse.standards.list_spec import LIST_POLLUTANTS

STEPS = (Decimal("0.2"), Decimal("0.3"), Decimal("0.5"), Decimal(1))
"""Shares a line may be limited by; 1 is a stop, which furnaces that cannot be interrupted are never told."""
_MOST = "0.5"


class NotForResponseError(ValueError):
    """A filed list is not changed; its revision starts from a new version."""


_CANDIDATES = f"""
SELECT k.source_id, any_value(k.enterprise_id), any_value(e.firm_name), any_value(g.rank), any_value(coalesce(l.industry, '')),
    min(k.ratio_low),
    bool_and(coalesce(l.interruptible, NOT coalesce(n.continuous_furnace, false))) AS may_stop,
    {", ".join(f"max(k.base_kgd) FILTER (k.pollutant = '{p}')" for p in LIST_POLLUTANTS)},
    {", ".join(f"max(k.ratio_low) FILTER (k.pollutant = '{p}')" for p in LIST_POLLUTANTS)}
FROM list_counted AS k
JOIN emergency.line AS l ON l.version_id = $version
    AND k.source_id = CASE WHEN l.shared_id IS NULL THEN l.line_key ELSE l.enterprise_id || '#*' || l.shared_id END
JOIN emergency.enterprise AS e ON e.version_id = $version AND e.enterprise_id = l.enterprise_id
JOIN ref.list_grade AS g ON g.grade = l.effective_grade AND g.valid_to IS NULL
LEFT JOIN ref.list_category AS c ON c.category = l.category AND c.valid_to IS NULL
LEFT JOIN ref.list_industry AS n ON n.industry_no = l.industry_no AND n.valid_to IS NULL
WHERE k.source_kind = 'line' AND k.level = $level AND NOT k.stands_still
GROUP BY k.source_id
HAVING NOT bool_or(g.self_directed) AND NOT bool_or(coalesce(k.doubt = 'paper', false)) AND bool_and(coalesce(c.may_force, true))
    AND NOT bool_or(regexp_matches(coalesce(l.industry, '') || coalesce(l.line_name, ''), '供热|供暖|热力|发电|电力|热电|民生|医疗'))
ORDER BY k.source_id
"""


def close_gap(
    con: duckdb.DuckDBPyConnection, version: str, level: str, weights: dict[str, float] | None = None
) -> dict[str, Any]:
    """Find the cheapest set of further measures that meets every ratio of one level.

    A firms, guarantee firms and the like are not forced; heat, power and livelihood are left alone; furnaces that
    cannot be interrupted are limited by half at most; lines whose cut is one on paper are left out.
    Grade order: within an industry a better grade is limited by a
    share only when every worse one is limited by as much, or by as much as it can be. Taking every measure at its most
    keeps to all of these rules, so that nothing is possible exactly when those together are not enough.

    Parameters
    ----------
    con : duckdb.DuckDBPyConnection
        May be read-only.
    version : str
        A draft.
    level : {"yellow", "orange", "red"}
    weights : dict, optional
        Cost of a full stop by credit code; else every firm asked costs 1 and every unit its share of output.

    Returns
    -------
    dict
        ``status`` nothing_needed | found | infeasible; ``measures``; ``missing``: of each pollutant what is short now, what all
        permitted measures together could give, and what would still be missing [kg/d].

    Raises
    ------
    NotForResponseError
        The version is filed.
    """
    about = about_version(con, version)
    if about["state"] == "filed":
        raise NotForResponseError(
            f"{version}: 已备案，不可更改；请以新版修订 filed and frozen: start the revision from a new version"
        )
    with counted(con, version, None) as table:
        short = {
            r.pollutant: r.shortfall_kgd for r in reductions_of(con, version, None, table) if r.level == level
        }
        rows = con.execute(_CANDIDATES, {"version": version, "level": level}).fetchall()
    missing = tuple(short[p] or Decimal(0) for p in LIST_POLLUTANTS)
    head = {"version": about, "level": level}
    if not any(missing):
        return head | {"status": "nothing_needed", "measures": [], "missing": _missing(missing, missing, ())}
    options = [option for row in rows for option in _options(row, weights or {})]
    most = tuple(most_of(options, at) for at in range(len(LIST_POLLUTANTS)))
    enough = all(possible >= need for possible, need in zip(most, missing, strict=True))
    best = solve(options, missing) if enough else None
    chosen = [options[at] for at in best or ()]
    return head | {
        "status": "infeasible" if best is None else "found",
        "measures": [_described(o) for o in chosen],
        "missing": _missing(missing, most, chosen),
    }


def _options(row: tuple[Any, ...], weights: dict[str, float]) -> list[Option]:
    unit, firm, name, rank, industry, least, may_stop, *rest = row
    base, listed = rest[: len(LIST_POLLUTANTS)], rest[len(LIST_POLLUTANTS) :]
    made = []
    for step in STEPS:
        if step <= least or (step > Decimal(_MOST) and not may_stop):
            continue
        gain = tuple(
            Decimal(amount) * max(step - Decimal(share), Decimal(0))
            for amount, share in zip(base, listed, strict=True)
        )
        if any(gain):
            weight = weights.get(str(firm).partition("/")[0], 1.0)
            made.append(
                Option(
                    unit, firm, name, industry, int(rank), step, gain, weight * float(step - Decimal(least))
                )
            )
    return made


def _described(option: Option) -> dict[str, Any]:
    return {
        "source_id": option.unit,
        "firm_name": option.firm_name,
        "ratio_pct": float(option.ratio * 100),
        "measure_text": "停产" if option.ratio == 1 else f"限产{option.ratio * 100:.0f}%",
        "cost": option.cost,
    } | {f"gain_{p.lower()}_kgd": gain for p, gain in zip(LIST_POLLUTANTS, option.gain, strict=True)}


def _missing(
    missing: tuple[Decimal, ...], most: tuple[Decimal, ...], chosen: list[Option] | tuple[()]
) -> list[dict[str, Any]]:
    return [
        {
            "pollutant": pollutant,
            "short_kgd": short,
            "possible_kgd": possible,
            "gained_kgd": sum((o.gain[at] for o in chosen), Decimal(0)),
            "still_short_kgd": max(Decimal(0), short - possible),
        }
        for at, (pollutant, short, possible) in enumerate(zip(LIST_POLLUTANTS, missing, most, strict=True))
    ]
