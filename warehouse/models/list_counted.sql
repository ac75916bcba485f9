-- What every source of a list version ($version) counts for: baseline and cut by level and pollutant [kg/d].
-- $day NULL: as listed (lines stopped for long cut nothing). $day given: lines whose stop is in force that day stand still.
-- Lines on one furnace or stack (shared_id) are one unit, counted once: the largest baseline, the smallest cut.
-- cut_low is what is certain, cut_high what would come if every doubtful measure counted in full; doubt says why they differ.
WITH pollutant(pollutant) AS (VALUES ('SO2'), ('NOx'), ('PM'), ('VOCs')),
level(level) AS (VALUES ('yellow'), ('orange'), ('red')),
still AS (
    SELECT line_key FROM emergency.line_stop
    WHERE version_id = $version AND CASE
        WHEN $day::DATE IS NULL THEN kind = 'long_stop' AND last_day IS NULL
        ELSE first_day <= $day::DATE AND (last_day IS NULL OR last_day >= $day::DATE)
    END
    UNION
    SELECT line_key FROM emergency.line WHERE version_id = $version AND category = 'long_stopped'
),
own_line AS (
    SELECT l.*, s.line_key IS NOT NULL AS stands_still,
        CASE WHEN l.shared_id IS NULL THEN l.line_key ELSE l.enterprise_id || '#*' || l.shared_id END AS unit_id,
        coalesce(g.self_directed, false) OR coalesce(c.effect = 'self_directed', false) AS self_directed,
        coalesce(c.effect = 'task_limited', false) AS task_limited
    FROM emergency.line AS l
    LEFT JOIN still AS s USING (line_key)
    LEFT JOIN ref.list_grade AS g ON g.grade = l.effective_grade AND g.valid_to IS NULL
    LEFT JOIN ref.list_category AS c ON c.category = l.category AND c.valid_to IS NULL
    WHERE l.version_id = $version
),
claimed AS (
    SELECT l.line_key, l.unit_id, l.enterprise_id, coalesce(l.industry, '') AS industry, v.level,
        m.lines_ratio, m.lines_n, m.lines_ratio IS NOT NULL OR m.lines_n IS NOT NULL AS by_lines,
        coalesce(least(m.stated_ratio, m.parsed_ratio), 0) AS claimed_low,
        coalesce(greatest(m.stated_ratio, m.parsed_ratio), 0) AS claimed_high,
        CASE
            WHEN l.self_directed OR contains(';' || coalesce(m.codes, '') || ';', ';SELF_DIRECTED;') THEN 'self_directed'
            WHEN l.task_limited OR contains(';' || coalesce(m.codes, '') || ';', ';GUARANTEE_TASK_ONLY;') THEN 'task_limited'
            WHEN m.measure_text IS NULL AND m.codes IS NULL AND m.stated_ratio > 0 THEN 'no_measure'
            WHEN greatest(m.stated_ratio, m.parsed_ratio) > 0 AND greatest(m.stated_ratio, m.parsed_ratio) < 1
                AND m.lines_ratio IS NULL AND m.lines_n IS NULL
                AND coalesce(l.current_per_day, l.last_year_per_day)
                    <= l.basis_per_day * (1 - greatest(m.stated_ratio, m.parsed_ratio)) THEN 'paper'
            WHEN m.lines_ratio IS NULL AND m.lines_n IS NULL
                AND abs(m.stated_ratio - m.parsed_ratio) > 0.000000000001 THEN 'differs'
        END AS doubt
    FROM own_line AS l
    CROSS JOIN level AS v
    LEFT JOIN emergency.measure AS m
        ON m.version_id = $version AND m.source_kind = 'line' AND m.source_id = l.line_key AND m.level = v.level
    WHERE NOT l.stands_still
),
unit AS (
    SELECT unit_id, any_value(enterprise_id) AS enterprise_id, bool_and(stands_still) AS stands_still,
        max(base_so2_kgd) AS so2, max(base_nox_kgd) AS nox, max(base_pm_kgd) AS pm, max(base_vocs_kgd) AS vocs
    FROM own_line GROUP BY unit_id
),
unit_base AS (
    SELECT u.unit_id, u.enterprise_id, u.stands_still, p.pollutant,
        CASE p.pollutant WHEN 'SO2' THEN u.so2 WHEN 'NOx' THEN u.nox WHEN 'PM' THEN u.pm ELSE u.vocs END AS base_kgd
    FROM unit AS u CROSS JOIN pollutant AS p
),
unit_claim AS (
    SELECT unit_id, level, any_value(enterprise_id) AS enterprise_id, min(industry) AS industry,
        bool_and(by_lines) AS by_lines, min(lines_ratio) AS lines_ratio, min(lines_n) AS lines_n,
        min(CASE WHEN by_lines THEN NULL WHEN doubt IN ('self_directed', 'task_limited', 'no_measure', 'paper') THEN 0
            ELSE claimed_low END) AS ratio_low,
        max(CASE WHEN by_lines THEN NULL ELSE claimed_high END) AS ratio_high,
        min(doubt) AS doubt
    FROM claimed GROUP BY unit_id, level
),
ranked AS (
    SELECT c.*, b.pollutant, b.base_kgd,
        count(*) OVER g AS n_group,
        row_number() OVER (g ORDER BY b.base_kgd, c.unit_id) AS from_small,
        row_number() OVER (g ORDER BY b.base_kgd DESC, c.unit_id) AS from_large
    FROM unit_claim AS c JOIN unit_base AS b USING (unit_id)
    WINDOW g AS (PARTITION BY c.by_lines, c.enterprise_id, c.industry, c.level, b.pollutant, c.lines_ratio, c.lines_n)
),
line_cut AS (
    SELECT 'line' AS source_kind, unit_id AS source_id, enterprise_id, level, pollutant, base_kgd, n_group,
        CASE
            WHEN by_lines AND doubt IN ('self_directed', 'task_limited') THEN 0
            WHEN by_lines THEN (from_small <= coalesce(lines_n, floor(n_group * lines_ratio)))::INTEGER
            ELSE coalesce(ratio_low, 0)
        END::DECIMAL(18, 12) AS low,
        CASE
            WHEN by_lines THEN (from_large <= coalesce(lines_n, ceil(n_group * lines_ratio)))::INTEGER
            ELSE coalesce(ratio_high, 0)
        END::DECIMAL(18, 12) AS high,
        CASE WHEN by_lines AND doubt IS NULL AND n_group * lines_ratio <> floor(n_group * lines_ratio) THEN 'lines' ELSE doubt
        END AS doubt
    FROM ranked
),
other AS (
    SELECT 'mobile' AS source_kind, source_id, exempt_reason, base_so2_kgd, base_nox_kgd, base_pm_kgd, base_vocs_kgd
    FROM emergency.mobile_source WHERE version_id = $version
    UNION ALL
    SELECT 'nonroad', source_id, exempt_reason, base_so2_kgd, base_nox_kgd, base_pm_kgd, base_vocs_kgd
    FROM emergency.nonroad_source WHERE version_id = $version
    UNION ALL
    SELECT 'dust', source_id, exempt_reason, 0, 0, base_pm_kgd, 0
    FROM emergency.dust_source WHERE version_id = $version
),
other_cut AS (
    SELECT o.source_kind, o.source_id, NULL AS enterprise_id, v.level, p.pollutant,
        CASE p.pollutant WHEN 'SO2' THEN o.base_so2_kgd WHEN 'NOx' THEN o.base_nox_kgd WHEN 'PM' THEN o.base_pm_kgd
            ELSE o.base_vocs_kgd END AS base_kgd,
        1 AS n_group,
        CASE
            WHEN o.exempt_reason IS NOT NULL THEN 0
            WHEN m.measure_text IS NULL AND m.codes IS NULL THEN 0
            ELSE coalesce(least(m.stated_ratio, m.parsed_ratio), 0)
        END::DECIMAL(18, 12) AS low,
        coalesce(greatest(m.stated_ratio, m.parsed_ratio), 0)::DECIMAL(18, 12) AS high,
        CASE
            WHEN o.exempt_reason IS NOT NULL AND greatest(m.stated_ratio, m.parsed_ratio) > 0 THEN 'exempt'
            WHEN m.measure_text IS NULL AND m.codes IS NULL AND m.stated_ratio > 0 THEN 'no_measure'
            WHEN m.stated_ratio <> m.parsed_ratio THEN 'differs'
        END AS doubt
    FROM other AS o CROSS JOIN level AS v CROSS JOIN pollutant AS p
    LEFT JOIN emergency.measure AS m ON m.version_id = $version AND m.source_kind = o.source_kind
        AND m.source_id = o.source_id AND m.level = v.level
)
SELECT source_kind, source_id, enterprise_id, level, pollutant, base_kgd, false AS stands_still, n_group, doubt,
    low AS ratio_low, high AS ratio_high, (base_kgd * low) AS cut_low, (base_kgd * high) AS cut_high
FROM (SELECT * FROM line_cut UNION ALL SELECT * FROM other_cut)
UNION ALL
SELECT 'line', unit_id, enterprise_id, level, pollutant, base_kgd, true, 1, NULL, 0, 0, 0, 0
FROM unit_base CROSS JOIN level WHERE stands_still
