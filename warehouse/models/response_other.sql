-- Mobile, non-road and dust sources of a list version ($version) with what they cut at one level ($level); table list_counted.
WITH source AS (
    SELECT 'mobile' AS kind, 1 AS place, source_id, class AS name, concat_ws('，', fuel, stage) AS detail, county_name,
        exempt_reason, count, base_so2_kgd, base_nox_kgd, base_pm_kgd, base_vocs_kgd, sheet_row
    FROM emergency.mobile_source WHERE version_id = $version
    UNION ALL
    SELECT 'nonroad', 2, source_id, class, concat_ws('，', site, stage), county_name,
        exempt_reason, count, base_so2_kgd, base_nox_kgd, base_pm_kgd, base_vocs_kgd, sheet_row
    FROM emergency.nonroad_source WHERE version_id = $version
    UNION ALL
    SELECT 'dust', 3, source_id, site_name,
        concat_ws('，', dust_type, CASE WHEN area_m2 IS NOT NULL THEN round(area_m2)::BIGINT || ' 平方米' END),
        county_name, exempt_reason, NULL, NULL, NULL, base_pm_kgd, NULL, sheet_row
    FROM emergency.dust_source WHERE version_id = $version
),
said AS (
    SELECT source_kind AS kind, source_id,
        max(measure_text) FILTER (level = 'yellow') AS yellow, max(measure_text) FILTER (level = 'orange') AS orange,
        max(measure_text) FILTER (level = 'red') AS red
    FROM emergency.measure WHERE version_id = $version AND source_kind <> 'line' GROUP BY source_kind, source_id
),
cut AS (
    SELECT source_kind AS kind, source_id,
        max(cut_low) FILTER (pollutant = 'SO2') AS so2, max(cut_low) FILTER (pollutant = 'NOx') AS nox,
        max(cut_low) FILTER (pollutant = 'PM') AS pm, max(cut_low) FILTER (pollutant = 'VOCs') AS vocs,
        bool_or(ratio_low <> ratio_high) AS doubtful
    FROM list_counted WHERE source_kind <> 'line' AND level = $level GROUP BY source_kind, source_id
)
SELECT s.kind, s.source_id, s.name, s.detail, s.county_name, s.exempt_reason, s.count,
    s.base_so2_kgd::DOUBLE AS base_so2, s.base_nox_kgd::DOUBLE AS base_nox, s.base_pm_kgd::DOUBLE AS base_pm,
    s.base_vocs_kgd::DOUBLE AS base_vocs, m.yellow, m.orange, m.red,
    c.so2::DOUBLE AS cut_so2, c.nox::DOUBLE AS cut_nox, c.pm::DOUBLE AS cut_pm, c.vocs::DOUBLE AS cut_vocs,
    coalesce(c.doubtful, false) AS doubtful
FROM source AS s LEFT JOIN said AS m USING (kind, source_id) LEFT JOIN cut AS c USING (kind, source_id)
ORDER BY s.place, s.sheet_row, s.source_id
