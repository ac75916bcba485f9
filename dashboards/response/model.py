"""What the documents of a response are made of: one warning, the filed list it uses, what the list amounts to."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from warehouse.standards.marks import marks

LEVELS = ("yellow", "orange", "red")
"""Levels a list has measures for, weakest first; precaution has none."""
POLLUTANTS = ("SO2", "NOx", "PM", "VOCs")


@dataclass(frozen=True)
class Line:
    """A production line and what it does at each level; amounts in kg/d."""

    line_id: str
    line_name: str | None
    equipment: str | None
    evidence: str | None
    industry: str | None
    grade: str
    category: str | None
    stops_text: str | None
    stopped: bool
    base_kgd: dict[str, float]
    measures: dict[str, str | None]
    cut_kgd: dict[str, float]
    ratio: float | None
    doubtful: bool
    doubt: str | None = None
    shared_id: str | None = None
    graded: bool = True
    codes: dict[str, str | None] = field(default_factory=dict)


@dataclass(frozen=True)
class Enterprise:
    """An enterprise of the list with its lines.

    Attributes
    ----------
    stopped, cut_kgd, ratio, doubtful (of its lines)
        On the day of the response and at its level: the line stands still anyway; what it cuts for certain [kg/d], a
        furnace shared by several lines counted at the largest of them; its share of the line's own emissions, None where
        it differs between pollutants; whether more might be cut than is certain.
    doubt : str or None (of its lines)
        Why: self_directed, task_limited, no_measure, paper, differs, lines, which_lines.
    graded
        Whether the grade is in the list; if not, ``grade`` is the lowest of the industry, which then counts.
    codes : dict (of its lines)
        Codes of the measures by level, separated by semicolons.
    """

    enterprise_id: str
    credit_code: str
    site: str | None
    firm_name: str
    county_code: str | None
    county_name: str | None
    address: str | None
    permit_no: str | None
    contact: str | None
    phone: str | None
    grade: str
    category: str | None
    lines: tuple[Line, ...]
    graded: bool = True


@dataclass(frozen=True)
class OtherSource:
    """A mobile, non-road or dust source; amounts in kg/d at the level of the response."""

    kind: str
    source_id: str
    name: str
    detail: str
    county_name: str | None
    exempt_reason: str | None
    count: int | None
    base_kgd: dict[str, float]
    measures: dict[str, str | None]
    cut_kgd: dict[str, float]
    doubtful: bool = False


@dataclass(frozen=True)
class Response:
    """Everything the documents of one warning's response are made of.

    Attributes
    ----------
    warning : dict
        `pipelines.emergency.life.records.Record.describe`.
    notice : str
        Kind of notice that fits the warning as it stands: issue, upgrade, downgrade, extend, suspend, resume, lift.
    title, body, sms : str
        Text of that notice, marks included.
    list_version : dict or None
        The filed version used (`version_id`, `file_name`, `document_no`, `filed_by`, `filed_at`, ``sha256``…); None: none is filed.
    response_day : date
        Day on which stops in force are taken out of the ratios.
    reductions : sequence of dict
        Rows of `emergency.reduction` for every level and pollutant, ``basis`` filed and day.
    totals : sequence of dict
        ``sector, pollutant, total_kgd, note`` of the whole society.
    forecast : sequence of dict
        ``day, aqi, aqi_low, aqi_high, primary_pollutants`` of the city by day.
    observed : sequence of dict
        ``day, aqi, primary_pollutants, state`` of the city for the last fortnight.
    events : sequence of dict
        History of the warning, oldest first.
    notes : sequence of (str, str)
        Remarks in Chinese and English: no filed list, measures that could not be read, unverified rules.
    """

    warning: dict[str, Any]
    notice: str
    title: str
    body: str
    sms: str
    list_version: dict[str, Any] | None
    response_day: date
    made_at: datetime
    enterprises: Sequence[Enterprise] = ()
    others: Sequence[OtherSource] = ()
    reductions: Sequence[dict[str, Any]] = ()
    totals: Sequence[dict[str, Any]] = ()
    forecast: Sequence[dict[str, Any]] = ()
    observed: Sequence[dict[str, Any]] = ()
    events: Sequence[dict[str, Any]] = ()
    notes: Sequence[tuple[str, str]] = field(default_factory=tuple)
    simulated: bool = False

    @property
    def level(self) -> str:
        """Level of the warning."""
        return str(self.warning["level"])

    @property
    def mark(self) -> str:
        """【演练】 and 【草稿】 where they belong; stands in every title and file name."""
        exercise = self.warning["kind"] == "drill" or self.simulated
        return marks(exercise=exercise, draft=not self.warning.get("approved_at"))
