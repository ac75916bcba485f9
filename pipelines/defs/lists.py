"""Which tables each step of the job fills."""

LANDED = (
    "ops.source_file",
    "ops.rejected_value",
    "ref.station",
    "ref.target",
    "air.reviewed_day",
    "air.dust_hour",
    "forecast.grid_day",
    "forecast.city_hour",
)
HOURS = ("air.station_hour", "air.quality_flag", "air.station_day", "air.city_hour")
CITY_DAYS = ("air.city_day", "air.unit_day")
JUDGED = (
    "air.region_day",
    "air.evaluation",
    "air.period_days",
    "air.ranking",
    "air.episode",
    "air.target_progress",
    "air.target_decomposition",
    "air.monitoring_month",
    "air.monitoring_province_month",
    "forecast.city_day",
    "forecast.not_made",
    "forecast.verification",
    "forecast.verification_event",
)

COAL_LANDED = (
    "coal.firm",
    "coal.report_energy",
    "coal.report_firm_year",
    "coal.report_firm_usage",
    "coal.report_equipment",
    "coal.report_other_user",
    "coal.report_region_year",
    "coal.report_area_use",
    "coal.target",
    "coal.project",
    "coal.replacement_source",
    "coal.project_year",
    "coal.inspection",
    "coal.register",
    "coal.village",
    "coal.household",
    "coal.relapse_visit",
    "coal.import_finding",
    "coal.revision",
)
COAL_USE = ("coal.use_month", "coal.use_year", "coal.balance")
COAL_JUDGED = (
    "coal.target_check",
    "coal.panel",
    "coal.early_warning",
    "coal.contribution",
    "coal.contribution_industry",
    "coal.replacement_check",
    "coal.replacement_source_check",
    "coal.replacement_summary",
    "coal.inspection_item_check",
    "coal.inspection_check",
    "coal.inspection_rate",
    "coal.household_progress",
    "coal.emission_estimate",
)

LISTS = (
    "emergency.list_version",
    "emergency.enterprise",
    "emergency.line",
    "emergency.line_stop",
    "emergency.measure",
    "emergency.mobile_source",
    "emergency.nonroad_source",
    "emergency.dust_source",
    "emergency.source_total",
    "emergency.reduction",
    "emergency.cut_part",
    "emergency.list_quality",
)
WARNINGS = (
    "emergency.warning",
    "emergency.warning_event",
    "emergency.superior_order",
    "emergency.receipt",
    "emergency.verification",
    "emergency.warning_block",
    "emergency.warning_reading",
    "emergency.answer_state",
)
OUTBOX = ("ops.outbox",)
