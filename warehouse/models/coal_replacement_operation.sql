-- 煤炭替代之四：投产以后，各年实际用煤有没有超过批复？
-- Coal replacement, part 4: since the start of production, was more coal used in a year than approved?
--
-- project：coal_replacement_project.sql 的结果 | result of the model of this name
-- 已过的运行年而没有实际用煤的也列出，资料不足 | years of operation that are over and not reported are listed as insufficient.
WITH reported AS (
    SELECT project_code, stat_year, max(coal_t) AS actual_t, min(feedstock_t) AS actual_feedstock_t, max(nullif(trim(supplementary_plan), '')) AS plan,
        min(sha256) AS sha256, min(sheet) AS sheet, min(sheet_row) AS sheet_row
    FROM coal.project_year GROUP BY project_code, stat_year
),
years AS (
    SELECT project_code, stat_year FROM reported
    UNION
    SELECT project_code, unnest(generate_series(year(actual_start), year($as_of::DATE) - 1))::INTEGER FROM project WHERE actual_start IS NOT NULL
),
judged AS (
    SELECT p.* EXCLUDE (sha256, sheet, sheet_row), y.stat_year, r.actual_t, r.plan, r.sha256, r.sheet, r.sheet_row,
        y.stat_year >= year($as_of::DATE) AS running,
        coalesce(feedstock_excluded <> 'no', true) AND r.actual_t - r.actual_feedstock_t > p.coal_t - p.feedstock_t AS net_over
    FROM years y JOIN project p USING (project_code) LEFT JOIN reported r USING (project_code, stat_year)
)
SELECT project_code, document_number, project_name, construction_unit, city_code, county_code, province_code, industry_division, 'operation' AS stage, stat_year,
    least(make_date(stat_year, 12, 31), $as_of::DATE) AS stage_day, approval_day, planned_start, actual_start, rule_day, rule_area_code,
    kind, k1, k2, feedstock_excluded, coal_t, feedstock_t, substitution_t AS claimed_t,
    0 AS n_sources, 0 AS n_accepted, 0 AS n_suspected, 0 AS n_rejected, 0 AS valid_t, 0 AS suspected_t, 0 AS rejected_t, 0 AS realised_t,
    coal_t AS approved_t, actual_t, CASE WHEN actual_t IS NOT NULL AND coal_t IS NOT NULL THEN greatest(actual_t - coal_t, 0) END AS excess_t,
    CASE
        WHEN coal_t IS NULL OR actual_t IS NULL THEN 'insufficient'
        WHEN actual_t > coal_t THEN CASE WHEN plan IS NULL THEN 'fail' ELSE 'unverified' END
        WHEN net_over THEN 'unverified'
        WHEN running THEN 'insufficient'
        WHEN coal_t = 0 THEN 'not_applicable'
        WHEN n_documents > 1 THEN 'unverified'
        ELSE 'pass'
    END AS verdict,
    -- 超批复须补充替代方案的规定，只在读到的地方算核实 | that more coal needs a supplementary plan is verified only where it was read
    rule_verified AND NOT list_contains(unverified_fields, 'operation') AS verified,
    list_filter([
        CASE WHEN coal_t IS NULL THEN 'coal_missing' WHEN coal_t = 0 THEN 'no_coal' END,
        CASE WHEN n_documents > 1 THEN 'several_documents' END,
        CASE WHEN actual_t IS NULL THEN 'year_missing' END,
        CASE WHEN actual_start IS NULL THEN 'start_missing' END,
        CASE WHEN running THEN 'year_not_over' END,
        CASE WHEN actual_t > coal_t THEN CASE WHEN plan IS NULL THEN 'over_approved' ELSE 'supplementary_plan' END WHEN net_over THEN 'net_over_approved' END
    ], lambda x: x IS NOT NULL) AS notes,
    clause, source, sha256, sheet, sheet_row
FROM judged
