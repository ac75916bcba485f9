-- 各对象的优良、重污染天数与同比：天数按各日当日标准，同比两边都按时段所用标准；任一方天数不足时不可比
-- Good and heavy days by area: days under each day's own set; changes on the year before under one set on both sides, none where either is insufficient.
--
-- 天数是否充分与目标进度同一规则：有 AQI 的天数不少于 $partial_month_share，区域的成员城市齐全（本项目约定，未核实）
-- Enough days by the rule of target progress: an AQI on that share of the days, and every member city there (project convention, not verified).
-- period_count、judged：evaluate 的临时表 | temporary tables of evaluate.
WITH kept AS (
    SELECT * FROM period_count WHERE area_kind <> 'region' OR area_code = $region
),
enough AS (
    SELECT k.area_kind, k.area_code, bool_and(k.n_valid_days >= $partial_month_share * k.n_days AND coalesce(k.n_cities = s.n_cities_expected, true))
            FILTER (k.period = 'now') AS sufficient,
        coalesce(bool_and(k.n_valid_days >= $partial_month_share * k.n_days AND coalesce(k.n_cities = s.n_cities_expected, true))
            FILTER (k.period = 'before' AND k.standard_set <> 'each_day'), false) AS before_sufficient
    FROM kept k
    LEFT JOIN (SELECT area_kind, area_code, max(n_cities_expected) AS n_cities_expected FROM judged GROUP BY ALL) s USING (area_kind, area_code)
    GROUP BY ALL
),
-- 区域的同比还须每个成员城市两期都充分：同一批城市才可比 | a region is compared only where each of its cities has enough days in both years
cities_enough AS (
    SELECT coalesce(bool_and(sufficient AND before_sufficient), false) AS compared FROM enough WHERE area_kind = 'city'
),
digits AS (
    SELECT r.digits_statistic AS digits FROM ref.rounding r
    WHERE r.item = 'rate_pct' AND r.standard_set = (SELECT any_value(standard_set) FROM judged WHERE period = 'now')
)
SELECT n.area_kind, n.area_code, n.n_valid_days, n.n_days, n.good_days, n.good_days_pct, n.heavy_days, n.heavy_city_days,
    n.n_level_1, n.n_level_2, n.n_level_3, n.n_level_4, n.n_level_5, n.n_level_6,
    n.primary_days_pm25, n.primary_days_pm10, n.primary_days_so2, n.primary_days_no2, n.primary_days_o3, n.primary_days_co,
    f.good_days AS good_days_one_set, f.good_days_pct AS good_days_pct_one_set, f.heavy_city_days AS heavy_city_days_one_set,
    b.good_days AS good_days_before, b.good_days_pct AS good_days_pct_before, b.heavy_city_days AS heavy_city_days_before,
    e.sufficient, e.sufficient AND e.before_sufficient AND (n.area_kind <> 'region' OR c.compared) AS comparable,
    CASE WHEN comparable THEN round_8170(f.good_days_pct - b.good_days_pct, d.digits) END AS good_pct_change,
    CASE WHEN comparable THEN f.good_days - b.good_days END AS good_days_change,
    CASE WHEN comparable THEN f.heavy_city_days - b.heavy_city_days END AS heavy_days_change,
    d.digits AS rate_digits
FROM kept n
JOIN enough e USING (area_kind, area_code)
CROSS JOIN digits d
CROSS JOIN cities_enough c
LEFT JOIN kept f ON f.period = 'now' AND f.standard_set <> 'each_day' AND f.area_kind = n.area_kind AND f.area_code = n.area_code
LEFT JOIN kept b ON b.period = 'before' AND b.standard_set <> 'each_day' AND b.area_kind = n.area_kind AND b.area_code = n.area_code
WHERE n.period = 'now' AND n.standard_set = 'each_day'
ORDER BY n.area_kind, n.area_code
