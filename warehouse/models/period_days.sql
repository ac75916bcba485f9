-- 天数统计：每个城市、考核单元、区域在每个时段各级别、优良、重污染、首要污染物各有多少天？
-- Day counts: how many days of each level, good days, heavy days and days by primary pollutant does each area have in each period?
--
-- standard_set = 'each_day'：各日按当日标准；另一行全部按时段所用标准 | each_day: each day under its own set; the other row has every day under the period's set.
-- 优良天数比例 = 优良天数 / 有效天数；区域为成员城市比例的平均（平均优良天数比例），天数为城市平均，重污染另给城市天次合计。
-- Share of good days = good / valid days; a region's is the mean of its cities' shares, its counts are means over cities, heavy city-days are summed beside.
-- asked_period：时段；day_under_set：当日标准与时段标准不同的日子，已按时段标准重算（day_under_set.sql）
--   the periods, and the days under another set than the period's, computed anew under it by day_under_set.sql.
-- $area_codes：只算这些城市或考核单元；NULL 为全部 | only these cities or units; NULL for all.
-- 沙尘日不剔除（天数按扣沙前）| sand days stay in: counts are before sand deduction.
WITH area_day AS (
    SELECT 'city' AS area_kind, city_code AS area_code, day, standard_set, aqi, primary_pollutants FROM air.city_day
    UNION ALL BY NAME
    SELECT 'unit' AS area_kind, unit_id AS area_code, day, standard_set, aqi, primary_pollutants FROM air.unit_day
),
asked_day AS (
    SELECT * FROM area_day WHERE $area_codes::VARCHAR[] IS NULL OR list_contains($area_codes::VARCHAR[], area_code)
),
period_day AS (
    SELECT period, standard_set, unnest(generate_series(day_first, day_until, INTERVAL 1 DAY))::DATE AS day FROM asked_period
),
counted AS (
    SELECT d.area_kind, d.area_code, p.period, p.standard_set AS period_set, 'each_day' AS standard_set, d.aqi, d.primary_pollutants
    FROM period_day p JOIN asked_day d USING (day)
    UNION ALL
    SELECT d.area_kind, d.area_code, p.period, p.standard_set, p.standard_set, d.aqi, d.primary_pollutants
    FROM period_day p JOIN asked_day d USING (day, standard_set)
    UNION ALL
    SELECT r.area_kind, r.area_code, p.period, p.standard_set, p.standard_set, r.aqi, r.primary_pollutants
    FROM period_day p JOIN day_under_set r USING (day, standard_set)
),
-- 首要污染物一日数种时各计一天 | a day with several primary pollutants counts for each
of_area AS (
    SELECT area_kind, area_code, period, period_set, standard_set, count(aqi) AS n_valid_days,
        count(*) FILTER (aqi_level(aqi) = 1) AS n_level_1, count(*) FILTER (aqi_level(aqi) = 2) AS n_level_2,
        count(*) FILTER (aqi_level(aqi) = 3) AS n_level_3, count(*) FILTER (aqi_level(aqi) = 4) AS n_level_4,
        count(*) FILTER (aqi_level(aqi) = 5) AS n_level_5, count(*) FILTER (aqi_level(aqi) = 6) AS n_level_6,
        count(*) FILTER (aqi <= 100) AS good_days, count(*) FILTER (aqi > 200) AS heavy_days,
        count(*) FILTER (',' || primary_pollutants || ',' LIKE '%,PM2.5,%') AS primary_days_pm25,
        count(*) FILTER (',' || primary_pollutants || ',' LIKE '%,PM10,%') AS primary_days_pm10,
        count(*) FILTER (',' || primary_pollutants || ',' LIKE '%,SO2,%') AS primary_days_so2,
        count(*) FILTER (',' || primary_pollutants || ',' LIKE '%,NO2,%') AS primary_days_no2,
        count(*) FILTER (',' || primary_pollutants || ',' LIKE '%,O3,%') AS primary_days_o3,
        count(*) FILTER (',' || primary_pollutants || ',' LIKE '%,CO,%') AS primary_days_co
    FROM counted GROUP BY ALL
),
listed AS (
    SELECT p.period, p.standard_set AS period_set, r.region_id,
        greatest(r.valid_from, least(p.list_day, coalesce(r.valid_to, DATE '9999-12-31'))) AS list_day
    FROM asked_period p CROSS JOIN ref.region r
),
of_region AS (
    SELECT 'region' AS area_kind, l.region_id AS area_code, a.period, a.period_set, a.standard_set,
        avg(a.n_valid_days) AS n_valid_days,
        avg(a.n_level_1) AS n_level_1, avg(a.n_level_2) AS n_level_2, avg(a.n_level_3) AS n_level_3,
        avg(a.n_level_4) AS n_level_4, avg(a.n_level_5) AS n_level_5, avg(a.n_level_6) AS n_level_6,
        avg(a.good_days) AS good_days, avg(a.heavy_days) AS heavy_days,
        avg(a.primary_days_pm25) AS primary_days_pm25, avg(a.primary_days_pm10) AS primary_days_pm10,
        avg(a.primary_days_so2) AS primary_days_so2, avg(a.primary_days_no2) AS primary_days_no2,
        avg(a.primary_days_o3) AS primary_days_o3, avg(a.primary_days_co) AS primary_days_co,
        sum((a.good_days * 100.0 / a.n_valid_days)::DECIMAL(18, 9))::DOUBLE / count(*) AS good_days_pct,
        sum(a.heavy_days) AS heavy_city_days, count(*) AS n_cities
    FROM listed l
    JOIN ref.region_city c
        ON c.region_id = l.region_id AND c.role = 'city'
        AND l.list_day >= c.valid_from AND l.list_day <= coalesce(c.valid_to, DATE '9999-12-31')
    JOIN of_area a
        ON a.area_kind = 'city' AND a.area_code = c.area_code AND a.period = l.period AND a.period_set = l.period_set AND a.n_valid_days > 0
    GROUP BY ALL
),
everything AS (
    SELECT *, good_days * 100.0 / nullif(n_valid_days, 0) AS good_days_pct, heavy_days AS heavy_city_days, NULL::BIGINT AS n_cities FROM of_area
    UNION ALL BY NAME
    SELECT * FROM of_region
)
SELECT DISTINCT e.area_kind, e.area_code, e.period, e.standard_set, e.n_valid_days::DOUBLE AS n_valid_days,
    (p.day_until - p.day_first + 1)::INTEGER AS n_days,
    e.n_level_1::DOUBLE AS n_level_1, e.n_level_2::DOUBLE AS n_level_2, e.n_level_3::DOUBLE AS n_level_3,
    e.n_level_4::DOUBLE AS n_level_4, e.n_level_5::DOUBLE AS n_level_5, e.n_level_6::DOUBLE AS n_level_6,
    e.good_days::DOUBLE AS good_days, round_8170(e.good_days_pct, d.digits_statistic) AS good_days_pct,
    e.heavy_days::DOUBLE AS heavy_days, e.heavy_city_days::DOUBLE AS heavy_city_days,
    e.primary_days_pm25::DOUBLE AS primary_days_pm25, e.primary_days_pm10::DOUBLE AS primary_days_pm10,
    e.primary_days_so2::DOUBLE AS primary_days_so2, e.primary_days_no2::DOUBLE AS primary_days_no2,
    e.primary_days_o3::DOUBLE AS primary_days_o3, e.primary_days_co::DOUBLE AS primary_days_co,
    e.n_cities::INTEGER AS n_cities
FROM everything e
JOIN asked_period p ON p.period = e.period AND p.standard_set = e.period_set
JOIN ref.rounding d ON d.standard_set = e.period_set AND d.item = 'rate_pct'
