"""What each fact table consists of: columns, kinds, keys and promises, checked by the loader."""

from warehouse.standards.coal_spec import COAL_TABLES
from warehouse.standards.columns import AIR_UNITS, COMMON, Column, Table
from warehouse.standards.emergency_spec import EMERGENCY_TABLES
from warehouse.standards.list_spec import LIST_TABLES
from warehouse.standards.names import ITEMS, POLLUTANTS
from warehouse.standards.notice_spec import NOTICE_TABLES

__all__ = ["TABLES", "Column", "Table"]

STANDARD_SETS = ("2012", "2026_transition", "2026_final")
AQI_STANDARDS = ("HJ633-2012", "HJ633-2026")
LIMIT_STANDARDS = ("GB3095-2012", "GB3095-2026-transition", "GB3095-2026-final")
AVERAGINGS = ("annual", "24h", "8h", "1h")

_SET = Column("standard_set", choices=STANDARD_SETS)
_AQI = Column("aqi_standard", choices=AQI_STANDARDS)
_POLLUTANT = Column("pollutant", choices=POLLUTANTS)
_ITEM = Column("item", choices=ITEMS)
_UNIT = Column("unit", choices=AIR_UNITS)


def _texts(names: str, *, optional: bool = False) -> tuple[Column, ...]:
    return tuple(Column(name, optional=optional) for name in names.split())


def _numbers(names: str, kind: str = "number", *, optional: bool = False) -> tuple[Column, ...]:
    return tuple(Column(name, kind, optional) for name in names.split())


def _table(
    name: str, key: str, *columns: Column, dated: bool = True, continuous: bool = False
) -> tuple[str, Table]:
    full = columns + (COMMON if dated else ())
    return name, Table(name, full, tuple(key.split()), dated, continuous)


_NAMES = _texts("name_zh name_en")

_AIR_TABLES: dict[str, Table] = dict(
    (
        _table(
            "pollutant",
            "pollutant",
            _POLLUTANT,
            *_NAMES,
            _UNIT,
            *_texts("hour_column day_column cube_name"),
            *_numbers("sort", "int"),
            dated=False,
        ),
        _table(
            "standard_set",
            "standard_set",
            _SET,
            _AQI,
            Column("limit_standard", choices=LIMIT_STANDARDS),
            *_NAMES,
        ),
        _table(
            "limit",
            "limit_standard pollutant averaging grade",
            Column("limit_standard", choices=LIMIT_STANDARDS),
            _POLLUTANT,
            Column("averaging", choices=AVERAGINGS),
            *_numbers("grade", "int"),
            *_numbers("limit_value"),
            _UNIT,
        ),
        _table(
            "iaqi_breakpoint",
            "aqi_standard item iaqi",
            _AQI,
            _ITEM,
            *_numbers("iaqi", "int"),
            *_numbers("concentration"),
            _UNIT,
        ),
        _table(
            "aqi_rule",
            "aqi_standard rule practice",
            _AQI,
            *_texts("rule value"),
            Column("practice", "bool"),
            *_NAMES,
        ),
        _table(
            "rounding",
            "standard_set item",
            _SET,
            *_texts("item"),
            *_numbers("digits_raw digits_statistic digits_attainment", "int", optional=True),
        ),
        _table(
            "validity_rule",
            "standard_set item averaging rule",
            _SET,
            *_texts("item averaging rule"),
            *_numbers("value"),
        ),
        _table(
            "index_limit",
            "standard_set pollutant",
            _SET,
            _POLLUTANT,
            Column("statistic", choices=("mean", "p98", "p95", "p90")),
            *_numbers("limit_value weight weight_unverified"),
        ),
        _table(
            "evaluation_item",
            "standard_set pollutant statistic",
            _SET,
            _POLLUTANT,
            Column("statistic", choices=("mean", "p98", "p95", "p90")),
            Column("averaging", choices=AVERAGINGS),
        ),
        _table(
            "aqi_level",
            "aqi_standard level",
            _AQI,
            *_numbers("level aqi_low aqi_high", "int"),
            *_NAMES,
            *_texts("category_zh category_en color_zh color_en hex"),
            *_numbers("r g b c m y k", "int"),
            *_texts("health_zh health_en advice_zh advice_en"),
        ),
        _table("sensitive_group", "aqi_standard pollutant", _AQI, _POLLUTANT, *_texts("groups_zh groups_en")),
        _table(
            "reference_state",
            "pollutant",
            _POLLUTANT,
            *_numbers("temperature_k pressure_hpa", optional=True),
            *_NAMES,
            continuous=True,
        ),
        _table(
            "who_guideline",
            "pollutant averaging",
            _POLLUTANT,
            Column("averaging", choices=("annual", "24h", "8h", "peak_season")),
            _UNIT,
            *_numbers("it1 it2 it3 it4", optional=True),
            *_numbers("aqg"),
        ),
        _table(
            "quality_rule",
            "rule",
            *_texts("rule"),
            Column("kind", choices=("range", "constant", "relation", "spike")),
            _POLLUTANT,
            *_numbers("minimum maximum", optional=True),
            *_numbers("n_hours", "int", optional=True),
            *_numbers("factor margin", optional=True),
            Column("flag", choices=("doubtful", "bad")),
            Column("consequence", choices=("kept", "excluded")),
            *_texts("reason_zh reason_en"),
        ),
        _table("region", "region_id", *_texts("region_id"), *_NAMES),
        _table(
            "region_city",
            "region_id area_code",
            *_texts("region_id area_code"),
            Column("role", choices=("city", "unit", "observer")),
        ),
        _table(
            "city",
            "city_code",
            *_texts("city_code name_zh name_en short_zh province_code province_zh province_en"),
            Column("aliases", optional=True),
        ),
        _table(
            "assessment_unit",
            "unit_id",
            *_texts("unit_id name_zh name_en city_code list_names"),
            Column("kind", choices=("unit", "new_area", "county_city")),
            Column("in_city_mean", "bool"),
        ),
        _table("dust_rule", "rule", *_texts("rule"), *_numbers("value"), *_NAMES),
        _table("episode_rule", "rule", *_texts("rule"), *_numbers("value"), *_NAMES),
        _table(
            "published_result",
            "area_code period metric",
            Column("area_kind", choices=("region", "city")),
            *_texts("area_code name_zh name_en"),
            *_numbers("n_cities", "int", optional=True),
            *_texts("period metric"),
            *_numbers("value change_abs change_pct", optional=True),
            Column("basis", choices=("实况", "审核")),
            Column("derived", "bool"),
            Column("clause"),
            Column("source"),
            Column("verified", "bool"),
            Column("note", optional=True),
            dated=False,
        ),
        _table(
            "target",
            "target_id",
            *_texts("target_id"),
            Column("parent_id", optional=True),
            Column("area_kind", choices=("region", "city", "unit", "county")),
            *_texts("area_code"),
            Column("area_name", optional=True),
            *_texts("period metric"),
            *_numbers("target_value"),
            *_texts("document_no sha256", optional=True),
            Column("clause"),
            Column("source"),
            Column("verified", "bool"),
            Column("note", optional=True),
            dated=False,
        ),
    )
)

TABLES = _AIR_TABLES | COAL_TABLES | EMERGENCY_TABLES | LIST_TABLES | NOTICE_TABLES
