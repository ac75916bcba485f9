-- 两期数据都充分的成员城市：区域平均不可比时，只按这些城市计算 PM2.5 平均与同比（两期同一批城市）
-- Member cities with enough data in both years: where the region's mean cannot be compared, PM2.5 and its change over these cities alone.
WITH both_years AS (
    SELECT n.area_code, n.value, b.value AS value_before, n.standard_set
    FROM judged n
    JOIN judged b USING (area_kind, area_code, pollutant, statistic, basis, standard_set)
    WHERE n.period = 'now' AND b.period = 'before' AND n.area_kind = 'city' AND n.pollutant = 'PM2.5' AND n.statistic = 'mean'
        AND n.basis = $basis AND n.sufficient AND b.sufficient AND list_contains($codes::VARCHAR[], n.area_code)
),
means AS (
    SELECT any_value(standard_set) AS standard_set, count(*) AS n_cities, list(area_code ORDER BY area_code) AS codes,
        sum(value::DECIMAL(18, 9))::DOUBLE / count(*) AS value, sum(value_before::DECIMAL(18, 9))::DOUBLE / count(*) AS value_before
    FROM both_years HAVING count(*) > 0
),
printed AS (
    SELECT m.n_cities, m.codes, coalesce(r.digits_statistic, r.digits_attainment) AS digits, g.digits_statistic AS change_digits,
        round_8170(m.value, coalesce(r.digits_statistic, r.digits_attainment)) AS value_printed,
        round_8170(m.value_before, coalesce(r.digits_statistic, r.digits_attainment)) AS before_printed
    FROM means m
    JOIN ref.rounding r ON r.standard_set = m.standard_set AND r.item = 'PM2.5'
    JOIN ref.rounding g ON g.standard_set = m.standard_set AND g.item = 'change_pct'
)
SELECT 'PM2.5' AS pollutant, 'ug/m3' AS unit, true AS sufficient, n_cities, codes, digits, change_digits, value_printed, before_printed,
    round_8170(value_printed - before_printed, digits) AS change,
    CASE WHEN before_printed > 0 THEN round_8170((value_printed - before_printed) * 100 / before_printed, change_digits) END AS change_pct
FROM printed
