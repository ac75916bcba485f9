-- 抽检合格率与覆盖率：各地区、环节、季度与年，抽了多少、合格多少、覆盖在册单位多少？
-- Pass rates and coverage: by area, stage, quarter and year, how many were sampled, how many passed, how much of the register was covered?
--
-- sample_check：coal_inspection.sql 的结果 | the result of coal_inspection.sql
-- 合格率 = 合格 ÷（合格+不合格），待核实的计在内并另列；不足以判定与不判定的不进分母。
-- Pass rate = passed over passed and failed; unverified ones count and are listed apart; undecided and unjudged ones are in neither.
-- 覆盖率 = 被抽的在册单位 ÷ 时段内在册单位，两边都按名录上的地区与环节；未在册的被抽单位另列。
-- Coverage = registered entities sampled over those registered in the period, both by the register's area and stage; others are listed apart.
-- 区域：ref.region 的成员市，每份名单一行 | regions: member cities, one row for each list.
WITH checked AS (FROM sample_check),
entity AS (
    SELECT register_id, stage, coalesce(province_code, substr(city_code, 1, 2) || '0000') AS province_code, city_code, county_code,
        coalesce(active_from, DATE '1900-01-01') AS active_from, coalesce(active_until, DATE '9999-12-31') AS active_until
    FROM coal.register
    QUALIFY row_number() OVER (PARTITION BY register_id ORDER BY sha256 NULLS FIRST, sheet, sheet_row) = 1
),
place AS (
    SELECT DISTINCT province_code, city_code, county_code FROM checked
    UNION
    SELECT DISTINCT province_code, city_code, county_code FROM entity
),
area AS (
    SELECT province_code, city_code, county_code, 'county' AS area_kind, county_code AS area_code FROM place WHERE county_code IS NOT NULL
    UNION ALL
    SELECT province_code, city_code, county_code, 'city', city_code FROM place WHERE city_code IS NOT NULL
    UNION ALL
    SELECT province_code, city_code, county_code, 'province', province_code FROM place WHERE province_code IS NOT NULL
    UNION ALL
    SELECT DISTINCT p.province_code, p.city_code, p.county_code, 'region', r.region_id
    FROM place p JOIN ref.region_city r ON r.role = 'city' AND r.area_code = p.city_code
),
period AS (
    SELECT DISTINCT 'quarter' AS period_kind, quarter AS period, date_trunc('quarter', sampled_on)::DATE AS day_first,
        least(last_day(date_trunc('quarter', sampled_on)::DATE + INTERVAL 2 MONTH), $as_of::DATE) AS day_last
    FROM checked
    UNION ALL
    SELECT DISTINCT 'year', stat_year::VARCHAR, make_date(stat_year, 1, 1), least(make_date(stat_year, 12, 31), $as_of::DATE) FROM checked
),
dated AS (
    SELECT *, 'quarter' AS period_kind, quarter AS period, unnest([stage, 'all']) AS of_stage FROM checked
    UNION ALL
    SELECT *, 'year', stat_year::VARCHAR, unnest([stage, 'all']) FROM checked
),
-- 样品各归其地区、时段、环节（及合计）与产品（及合计） | every sample under its areas, periods, stage or all, product or all
spread AS (
    SELECT a.area_kind, a.area_code, c.period_kind, c.period, c.of_stage AS stage, c.product_type AS product, c.*
        EXCLUDE (stage, of_stage, product_type, province_code, city_code, county_code, period_kind, period)
    FROM dated c
    JOIN area a ON a.province_code IS NOT DISTINCT FROM c.province_code AND a.city_code IS NOT DISTINCT FROM c.city_code
        AND a.county_code IS NOT DISTINCT FROM c.county_code
),
counted AS (
    SELECT area_kind, area_code, period_kind, period, stage, coalesce(product, 'all') AS product_type, count(*) AS n_samples,
        count(*) FILTER (verdict LIKE '%pass') AS n_passed, count(*) FILTER (verdict LIKE '%fail') AS n_failed,
        count(*) FILTER (unverified) AS n_unverified, count(*) FILTER (verdict = 'insufficient') AS n_insufficient,
        count(*) FILTER (verdict = 'not_judged') AS n_not_judged, count(reported_verdict) AS n_reported,
        count(*) FILTER (reported_verdict = 'pass') AS n_reported_passed, count(*) FILTER (differs) AS n_differs,
        count(*) FILTER (is_open) AS n_open, count(DISTINCT entity_name) FILTER (register_id IS NULL) AS n_unregistered,
        count(DISTINCT register_id) AS n_entities_any_stage
    FROM spread
    GROUP BY GROUPING SETS ((area_kind, area_code, period_kind, period, stage, product), (area_kind, area_code, period_kind, period, stage))
),
registered AS (
    SELECT a.area_kind, a.area_code, p.period_kind, p.period, coalesce(e.stage, 'all') AS stage, count(DISTINCT e.register_id) AS n_registered,
        count(DISTINCT e.register_id) FILTER (s.register_id IS NOT NULL) AS n_entities
    FROM entity e
    JOIN area a ON a.province_code IS NOT DISTINCT FROM e.province_code AND a.city_code IS NOT DISTINCT FROM e.city_code
        AND a.county_code IS NOT DISTINCT FROM e.county_code
    JOIN period p ON e.active_from <= p.day_last AND e.active_until >= p.day_first
    LEFT JOIN (
        SELECT DISTINCT register_id, period_kind, period FROM dated
    ) s ON s.register_id = e.register_id AND s.period_kind = p.period_kind AND s.period = p.period
    GROUP BY GROUPING SETS ((a.area_kind, a.area_code, p.period_kind, p.period, e.stage), (a.area_kind, a.area_code, p.period_kind, p.period))
),
both_sides AS (
    SELECT area_kind, area_code, period_kind, period, stage, product_type FROM counted
    UNION
    SELECT area_kind, area_code, period_kind, period, stage, 'all' FROM registered
)
SELECT area_kind, area_code, period_kind, period, stage, product_type,
    coalesce(c.n_samples, 0)::INTEGER AS n_samples, coalesce(c.n_passed + c.n_failed, 0)::INTEGER AS n_inspected,
    coalesce(c.n_passed, 0)::INTEGER AS n_passed, coalesce(c.n_failed, 0)::INTEGER AS n_failed,
    coalesce(c.n_unverified, 0)::INTEGER AS n_unverified, coalesce(c.n_insufficient, 0)::INTEGER AS n_insufficient,
    coalesce(c.n_not_judged, 0)::INTEGER AS n_not_judged, 100.0 * c.n_passed / nullif(c.n_passed + c.n_failed, 0) AS pass_rate_pct,
    coalesce(c.n_reported, 0)::INTEGER AS n_reported, coalesce(c.n_reported_passed, 0)::INTEGER AS n_reported_passed,
    100.0 * c.n_reported_passed / nullif(c.n_reported, 0) AS reported_rate_pct, coalesce(c.n_differs, 0)::INTEGER AS n_differs,
    coalesce(c.n_open, 0)::INTEGER AS n_open,
    CASE WHEN product_type = 'all' THEN coalesce(r.n_registered, 0)::INTEGER END AS n_registered,
    CASE WHEN product_type = 'all' THEN coalesce(r.n_entities, 0) ELSE c.n_entities_any_stage END::INTEGER AS n_entities,
    coalesce(c.n_unregistered, 0)::INTEGER AS n_unregistered,
    CASE WHEN product_type = 'all' THEN 100.0 * coalesce(r.n_entities, 0) / nullif(r.n_registered, 0) END AS coverage_pct, $as_of::DATE AS as_of_day
FROM both_sides
LEFT JOIN counted c USING (area_kind, area_code, period_kind, period, stage, product_type)
LEFT JOIN registered r USING (area_kind, area_code, period_kind, period, stage)
