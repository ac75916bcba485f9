"""Cities, counties and provinces written as names or codes, resolved to codes."""

from __future__ import annotations

import functools
import re

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from sources.areas import Areas
from sources.bureau_forms.texts import Column, TextError, by_text
from warehouse import standards

__all__ = ["Places", "code_column", "places"]

_CODE = re.compile(r"\d{6}(?:000000)?", re.ASCII)
_PROVINCE_ENDS = ("维吾尔自治区", "壮族自治区", "回族自治区", "自治区", "省", "市")
_COUNTY_ENDS = ("自治县", "县", "市", "区", "旗")
TOTALS = {"合计", "总计", "小计", "全省", "全市", "全县", "全省合计", "全市合计", "全县合计", "本级"}


def code_column(name: str) -> str:
    """Name of the column with the resolved code: city_name → city_code."""
    return name.removesuffix("_name") + "_code"


class Places:
    """Every name and code of a province, city or county that can be resolved."""

    def __init__(self, cities: pd.DataFrame, units: pd.DataFrame, counties: pd.DataFrame) -> None:
        self._areas = Areas(cities, units)
        self._assessed = set(units.loc[units["kind"] == "unit", "unit_id"].astype(str))
        self._provinces: dict[str, str] = {}
        for code, name in zip(
            cities["province_code"].astype(str), cities["province_zh"].astype(str), strict=True
        ):
            self._provinces |= {code: code, code[:2]: code}
            for form in (name, *(name.removesuffix(end) for end in _PROVINCE_ENDS if name.endswith(end))):
                self._provinces.setdefault(form, code)
        self._counties: dict[str, set[str]] = {}
        self._county_codes: set[str] = set()
        for row in counties.to_dict("records"):
            code = str(row["county_code"])
            self._county_codes.add(code)
            names = [str(row["name_zh"]), *re.split("[;；]", _text(row.get("aliases")))]
            for name in (name.strip() for name in names if name.strip()):
                for form in (name, *(name.removesuffix(end) for end in _COUNTY_ENDS if _long(name, end))):
                    self._counties.setdefault(form, set()).add(code)
        self._county_city = {
            str(row["county_code"]): _text(row.get("city_code")) for row in counties.to_dict("records")
        }
        self._city_names = dict(
            zip(cities["city_code"].astype(str), cities["name_zh"].astype(str), strict=True)
        )
        self._listed = {city or code[:4] + "00" for code, city in self._county_city.items()}

    def province(self, text: str) -> str:
        """Give the code of a province."""
        shown = text.replace(" ", "")
        code = self._provinces.get(shown[:6] if _CODE.fullmatch(shown) else shown)
        if code is None:
            raise TextError("area_unresolved", item="省份", item_en="province")
        return code

    def city(self, text: str) -> str:
        """Give the code of a prefecture-level city; a unit inside a city gives that city."""
        shown = text.replace(" ", "")
        area = self._areas.of_code(shown[:6]) if _CODE.fullmatch(shown) else self._areas.of_name(shown)
        if area is None or area.kind == "station" or area.city_code is None:
            raise TextError("area_unresolved", item="城市", item_en="city")
        return area.city_code

    def city_of(self, county: str) -> str | None:
        """Give the code of the city that a county or unit, given by its code, lies in."""
        listed = self._county_city.get(county)
        area = None if listed else self._areas.of_code(county)
        return listed or (area.city_code if area is not None else None)

    def city_name(self, code: str) -> str | None:
        """Give the name of a city."""
        return self._city_names.get(code)

    def unit(self, text: str) -> str | None:
        """Give the code, used as that of a county, of a unit assessed on its own: 韩城, 杨陵, 西咸新区."""
        area = self._areas.of_name(text.replace(" ", ""))
        return area.code if area is not None and area.code in self._assessed else None

    def county(self, text: str, city: str | None) -> str:
        """Give the code of a county, with the help of its city where a name occurs more than once."""
        shown = text.replace(" ", "")
        if _CODE.fullmatch(shown) and shown[:6] in self._county_codes:
            return shown[:6]
        found = self._counties.get(shown, set())
        inside = {code for code in found if city and (self._county_city.get(code) or code[:4] + "00") == city}
        found = inside or (found if city is None else set())
        if len(found) != 1:
            unit = self.unit(shown)
            if unit is None and city and city not in self._listed:
                raise TextError("county_not_listed")
            if unit is None:
                raise TextError("area_unresolved", item="区县", item_en="county")
            return unit
        return next(iter(found))

    def county_codes(self, texts: pa.Array, cities: pa.Array) -> Column:
        """Resolve counties, each with the city of its row."""
        joined = pc.binary_join_element_wise(texts, pc.fill_null(cities, ""), "\x1f")

        def convert(text: str) -> str:
            name, _, city = text.rpartition("\x1f")
            return self.county(name, city or None)

        return by_text(joined, convert, pa.string())


@functools.cache
def places() -> Places:
    """Give the places of the fact tables."""
    return Places(standards.load("city"), standards.load("assessment_unit"), standards.load("county"))


def _long(name: str, end: str) -> bool:
    return name.endswith(end) and len(name) - len(end) >= 2


def _text(value: object) -> str:
    return (
        "" if value is None or (isinstance(value, float) and value != value) or value is pd.NA else str(value)
    )
