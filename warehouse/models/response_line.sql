-- Lines of a list version ($version) for the documents of a response at one level ($level) on its day ($day), enterprise by
-- enterprise in the order of the list, county by county. What a unit cuts (table list_counted of that day) stands at the
-- line with the largest baseline of those that share it, so that sums over lines are those of the ratios.
WITH still AS (
    SELECT line_key FROM emergency.line_stop
    WHERE version_id = $version AND first_day <= $day::DATE AND (last_day IS NULL OR last_day >= $day::DATE)
    UNION
    SELECT line_key FROM emergency.line WHERE version_id = $version AND category = 'long_stopped'
),
unit AS (
    SELECT source_id AS unit_id,
        max(cut_low) FILTER (pollutant = 'SO2') AS so2, max(cut_low) FILTER (pollutant = 'NOx') AS nox,
        max(cut_low) FILTER (pollutant = 'PM') AS pm, max(cut_low) FILTER (pollutant = 'VOCs') AS vocs,
        CASE WHEN min(ratio_low) = max(ratio_low) THEN min(ratio_low) END AS ratio,
        bool_or(ratio_low <> ratio_high) AS doubtful,
        CASE WHEN bool_or(ratio_low <> ratio_high) THEN coalesce(min(doubt), 'which_lines') END AS doubt
    FROM list_counted WHERE source_kind = 'line' AND level = $level AND NOT stands_still
    GROUP BY source_id
),
said AS (
    SELECT source_id AS line_key,
        max(measure_text) FILTER (level = 'yellow') AS yellow, max(measure_text) FILTER (level = 'orange') AS orange,
        max(measure_text) FILTER (level = 'red') AS red,
        max(codes) FILTER (level = 'yellow') AS yellow_codes, max(codes) FILTER (level = 'orange') AS orange_codes,
        max(codes) FILTER (level = 'red') AS red_codes
    FROM emergency.measure WHERE version_id = $version AND source_kind = 'line' GROUP BY source_id
),
placed AS (
    SELECT l.*, s.line_key IS NOT NULL AS stopped,
        CASE WHEN l.shared_id IS NULL THEN l.line_key ELSE l.enterprise_id || '#*' || l.shared_id END AS unit_id
    FROM emergency.line AS l LEFT JOIN still AS s USING (line_key)
    WHERE l.version_id = $version
),
held AS (
    SELECT p.*,
        row_number() OVER (PARTITION BY unit_id ORDER BY stopped, base_so2_kgd DESC, line_key) = 1 AS has_so2,
        row_number() OVER (PARTITION BY unit_id ORDER BY stopped, base_nox_kgd DESC, line_key) = 1 AS has_nox,
        row_number() OVER (PARTITION BY unit_id ORDER BY stopped, base_pm_kgd DESC, line_key) = 1 AS has_pm,
        row_number() OVER (PARTITION BY unit_id ORDER BY stopped, base_vocs_kgd DESC, line_key) = 1 AS has_vocs
    FROM placed AS p
)
SELECT
    h.enterprise_id, e.credit_code, e.site, e.firm_name, e.county_code, e.county_name, e.address, e.permit_no, e.contact,
    e.phone, e.effective_grade AS firm_grade, e.grade IS NOT NULL AS firm_graded,
    coalesce(k.name_zh, e.category) AS firm_category,
    h.line_id, h.line_name, h.equipment, h.evidence, h.industry, h.effective_grade, h.grade IS NOT NULL AS graded,
    coalesce(c.name_zh, h.category) AS category, h.stops_text, h.stopped, h.shared_id,
    h.base_so2_kgd::DOUBLE AS base_so2, h.base_nox_kgd::DOUBLE AS base_nox, h.base_pm_kgd::DOUBLE AS base_pm,
    h.base_vocs_kgd::DOUBLE AS base_vocs,
    m.yellow, m.orange, m.red, m.yellow_codes, m.orange_codes, m.red_codes,
    CASE WHEN has_so2 THEN u.so2 END::DOUBLE AS cut_so2, CASE WHEN has_nox THEN u.nox END::DOUBLE AS cut_nox,
    CASE WHEN has_pm THEN u.pm END::DOUBLE AS cut_pm, CASE WHEN has_vocs THEN u.vocs END::DOUBLE AS cut_vocs,
    CASE WHEN NOT h.stopped THEN u.ratio END::DOUBLE AS ratio,
    NOT h.stopped AND coalesce(u.doubtful, false) AS doubtful,
    CASE WHEN NOT h.stopped THEN u.doubt END AS doubt
FROM held AS h
JOIN emergency.enterprise AS e ON e.version_id = $version AND e.enterprise_id = h.enterprise_id
LEFT JOIN unit AS u USING (unit_id)
LEFT JOIN said AS m ON m.line_key = h.line_key
LEFT JOIN ref.list_category AS c ON c.category = h.category AND c.valid_to IS NULL
LEFT JOIN ref.list_category AS k ON k.category = e.category AND k.valid_to IS NULL
ORDER BY e.county_code NULLS LAST, e.county_name NULLS LAST,
    min(h.sheet_row) OVER (PARTITION BY h.enterprise_id), h.enterprise_id, h.sheet_row, h.line_key
