"""What each fact table of coal consists of, in the terms of `warehouse.standards.spec`."""

from warehouse.standards.columns import COMMON, ORIGIN, Column, Table

SCOPES = ("society", "above_scale", "above_scale_non_power", "scattered")
FACTOR_LISTS = ("GB/T 2589", "statistics", "LBL")
STAGES = ("production", "circulation", "use")
BASES = ("d", "ar", "daf", "none")
QUALITY_UNITS = ("%", "MJ/kg", "µg/g", "N")
AREA_KINDS = ("region", "province", "city", "unit", "county")


def _columns(text: str, choices: dict[str, tuple[str, ...]]) -> tuple[Column, ...]:
    """Turn ``"name kind:int note?"`` into columns; a question mark makes one optional."""
    made = []
    for word in text.split():
        name, _, kind = word.rstrip("?").partition(":")
        made.append(Column(name, kind or "text", word.endswith("?"), choices.get(name, ())))
    return tuple(made)


def _table(name: str, key: str, text: str, **choices: tuple[str, ...]) -> Table:
    """A dated fact with clause and source."""
    return Table(name, _columns(text, choices) + COMMON, tuple(key.split()))


def _record(name: str, key: str, text: str, **choices: tuple[str, ...]) -> Table:
    """Something that was published once: clause and source, but no dates between which it holds."""
    return Table(name, _columns(text, choices) + ORIGIN, tuple(key.split()), dated=False)


_FORMS = (
    _table(
        "coal_form",
        "form",
        "form name_zh name_en official:bool period keys titles?",
        period=("month", "year", "none"),
    ),
    Table(
        "coal_form_column",
        _columns(
            "form column_name sort:int headings_zh headings_en? kind unit? required choices? minimum:number?"
            " maximum:number? note_zh? note_en? example?",
            {
                "kind": (
                    *(
                        "text",
                        "code",
                        "id",
                        "integer",
                        "year",
                        "month",
                        "day",
                        "quantity",
                        "number",
                        "percent",
                    ),
                    *("choice", "flag", "city", "county", "province"),
                )
            },
        ),
        ("form", "column_name"),
        dated=False,
    ),
    _table(
        "coal_form_check",
        "form check_name",
        "form check_name severity condition text_zh text_en fix_zh fix_en",
        severity=("error", "warning"),
    ),
)

_COUNTING = (
    _table("county", "county_code", "county_code name_zh city_code aliases? former_codes?"),
    _table(
        "coal_product",
        "product",
        "product class in_coal_total:bool subset_of? survey_group? name_zh name_en aliases? sort:int",
        **{
            "class": ("coal", "coke", "other"),
            "survey_group": ("raw_coal", "washed_coal", "other_coal", "coke"),
        },
    ),
    _table("industry_division", "division", "division name_zh name_en"),
    _table(
        "coal_purpose",
        "purpose",
        "purpose transformation:bool power_or_heat:bool subset_of? name_zh name_en aliases? sort:int",
    ),
    _table(
        "coal_factor",
        "factor_list product variant",
        "factor_list product variant unit tce_per_unit:decimal net_kj_per_kg:number? kcal_per_kg:number?",
        factor_list=FACTOR_LISTS,
        variant=("default", "high"),
        unit=("t", "10k_m3"),
    ),
    _table("coal_factor_rule", "form product", "form product factor_list", factor_list=FACTOR_LISTS),
    _table("coal_rule", "rule", "rule value:number unit name_zh name_en"),
    _table(
        "coal_scope_rule",
        "scope_rule",
        "scope_rule scope by is_default:bool excluded_divisions? excluded_purposes? threshold:number?"
        " threshold_unit? name_zh name_en",
        scope=SCOPES,
        by=("revenue", "division", "purpose"),
    ),
    _table(
        "coal_exclusion",
        "exclusion area_code",
        "exclusion area_code kind name_zh name_en",
        kind=("feedstock", "gangue", "unit"),
    ),
    _table(
        "coal_baseline",
        "plan",
        "plan base base_year:int? target_year:int? name_zh name_en",
        base=("year", "same_period"),
    ),
)

_QUALITY = (
    _table(
        "coal_quality_item",
        "item",
        "item column_name? claimed_column? name_zh name_en symbol basis unit? aliases? sort:int",
        basis=BASES,
        unit=QUALITY_UNITS,
    ),
    _table(
        "coal_quality_standard",
        "standard grade",
        "standard grade product area_code stages mandatory name_zh name_en exemption_zh? exemption_en? aliases?",
        mandatory=("yes", "no", "unread"),
    ),
    _table(
        "coal_quality_limit",
        "standard grade condition item operator",
        "standard grade condition item basis operator limit_value:decimal digits:int unit",
        condition=("none", "distance_over_600km"),
        basis=BASES,
        operator=("max", "min"),
        unit=QUALITY_UNITS,
    ),
    _table(
        "coal_claim_rule",
        "rule",
        "rule outcome name_zh name_en",
        outcome=("claim", "standard", "fail", "round"),
    ),
    _table(
        "coal_item_required",
        "rule_list item",
        "rule_list standard area_code stage item or_item? name_zh name_en",
        stage=("*", *STAGES),
    ),
    _table(
        "coal_province_limit",
        "area_code subject item",
        "area_code area_name subject item operator? limit_value:decimal? unit? status text_zh text_en",
        subject=("user_coal", "raw_coal_sale", "bulk_coal", "briquette"),
        operator=("max", "min", "below"),
        unit=QUALITY_UNITS,
        status=("found", "text_only", "not_found"),
    ),
    _record(
        "coal_published_rate",
        "rate_id",
        "rate_id area_code? area_name period stage product n_inspected:int? n_passed:int? rate_pct:number",
        stage=(*STAGES, "all"),
    ),
)

_REPLACEMENT = (
    _table(
        "replacement_rule",
        "area_code",
        "area_code name_zh name_en kind k1:decimal? k2:decimal? feedstock_excluded in_place_before_start"
        " realised_from:date? spot_share_pct:number? rejected_baseline_first:int? rejected_baseline_last:int?"
        " rejected_scopes? unverified_fields?",
        kind=("equal", "reduction"),
        feedstock_excluded=("yes", "no", "unread"),
        in_place_before_start=("yes", "no", "unread"),
    ),
    _table(
        "replacement_industry_factor",
        "area_code industry",
        "area_code industry k1:decimal divisions? name_zh name_en",
    ),
    _table("replacement_fuel_rule", "fuel", "fuel accepted:bool name_zh name_en"),
    _table("replacement_scope", "document area_code", "document area_code whole:bool name_zh name_en"),
)

_EMISSION = (
    _table(
        "coal_emission_factor",
        "use fuel pollutant study",
        "use fuel fuel_group pollutant study ef_g_per_kg:decimal in_range:bool fuel_zh fuel_en",
        use=("residential", "power", "industry_or_heating", "cement"),
        fuel_group=("bulk", "briquette", "mixed", "any"),
    ),
    _table(
        "coal_sulfur_parameter",
        "use",
        "use c_default:decimal? c_low:decimal c_high:decimal name_zh name_en",
    ),
    _table(
        "coal_co2_factor",
        "fuel",
        "fuel product? ncv_gj_per_t:decimal cc_tc_per_gj:decimal oxidation:decimal co2_t_per_t:decimal"
        " name_zh name_en",
    ),
    _table(
        "coal_household_anchor",
        "anchor",
        "anchor area_code? area_name stat_year:int? value:decimal unit name_zh name_en",
    ),
)

_PUBLISHED = (
    _record(
        "coal_target",
        "target_id",
        "target_id area_kind area_code area_name stat_year:int kind scope basis exclusions? target_t:decimal?"
        " target_pct:number? target_state? target_value:number? metric? baseline_year:int? baseline_t:decimal?"
        " document_no?",
        area_kind=AREA_KINDS,
        kind=("cap", "cut", "percent", "negative_growth", "state"),
        scope=SCOPES,
        basis=("t", "tce"),
    ),
    _record(
        "coal_published_actual",
        "actual_id",
        "actual_id area_kind area_code area_name period_kind period scope exclusions? metric value:decimal unit"
        " derived:bool",
        area_kind=AREA_KINDS,
        period_kind=("month", "ytd", "year"),
        scope=SCOPES,
    ),
)

COAL_TABLES: dict[str, Table] = {
    table.name: table
    for group in (_FORMS, _COUNTING, _QUALITY, _REPLACEMENT, _EMISSION, _PUBLISHED)
    for table in group
}
