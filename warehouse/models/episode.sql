-- 污染过程：哪些城市、区域在何时经历了重污染过程，持续几天，最重到什么程度？
-- Episodes: which cities and regions went through a pollution episode, when, for how long, and how bad did it get?
--
-- 无官方定义，规则见 ref.episode_rule（本项目约定）：AQI 高于 city_above_aqi 的日子；区域为至少 region_min_cities 个成员城市高于 region_above_aqi 的日子。
-- 相隔不超过 merge_gap_days 天（含缺测日）的两段合为一次；其中至少一段连续 city_min_days（区域 region_min_days）天。
-- No official definition; rules in ref.episode_rule (project convention): days with an AQI above city_above_aqi; for a region, days on which at least
-- region_min_cities member cities are above region_above_aqi. Runs at most merge_gap_days apart (missing days included) are one episode;
-- at least one of its runs lasts city_min_days (region_min_days). 区域名单按当日生效者 | region lists as in force on each day.
WITH rule AS (
    SELECT max(value) FILTER (rule = 'city_above_aqi') AS city_above, max(value) FILTER (rule = 'city_min_days') AS city_min_days,
        max(value) FILTER (rule = 'region_above_aqi') AS region_above, max(value) FILTER (rule = 'region_min_cities') AS region_min_cities,
        max(value) FILTER (rule = 'region_min_days') AS region_min_days, max(value) FILTER (rule = 'merge_gap_days') AS merge_gap_days
    FROM ref.episode_rule
),
last AS (
    SELECT max(day) AS day FROM air.city_day WHERE aqi IS NOT NULL
),
member AS (
    SELECT r.region_id, c.area_code AS city_code,
        greatest(r.valid_from, c.valid_from) AS valid_from,
        least(coalesce(r.valid_to, DATE '9999-12-31'), coalesce(c.valid_to, DATE '9999-12-31')) AS valid_to
    FROM ref.region r JOIN ref.region_city c ON c.region_id = r.region_id AND c.role = 'city'
),
hit AS (
    SELECT 'city' AS area_kind, city_code AS area_code, day, city_min_days AS min_days
    FROM air.city_day, rule WHERE aqi > city_above
    UNION ALL
    SELECT 'region', m.region_id, d.day, any_value(region_min_days)
    FROM air.city_day d JOIN member m ON m.city_code = d.city_code AND d.day BETWEEN m.valid_from AND m.valid_to, rule
    WHERE d.aqi > region_above
    GROUP BY m.region_id, d.day HAVING count(*) >= any_value(region_min_cities)
),
gap AS (
    SELECT hit.*, day - lag(day) OVER w AS days_since FROM hit WINDOW w AS (PARTITION BY area_kind, area_code ORDER BY day)
),
numbered AS (
    SELECT gap.*,
        count(*) FILTER (days_since IS NULL OR days_since > 1) OVER w AS run,
        count(*) FILTER (days_since IS NULL OR days_since > merge_gap_days + 1) OVER w AS episode
    FROM gap, rule WINDOW w AS (PARTITION BY area_kind, area_code ORDER BY day)
),
run_length AS (
    SELECT area_kind, area_code, episode, run, count(*) AS n_days, min(day) AS day_first, max(day) AS day_last, any_value(min_days) AS min_days
    FROM numbered GROUP BY ALL
),
span AS (
    SELECT area_kind, area_code, min(day_first) AS day_first, max(day_last) AS day_last
    FROM run_length GROUP BY area_kind, area_code, episode HAVING max(n_days) >= any_value(min_days)
),
city_in_span AS (
    SELECT s.*, d.city_code, d.day, d.aqi, d.pm25_ugm3, d.primary_pollutants, d.aqi > city_above AS above
    FROM span s JOIN air.city_day d ON s.area_kind = 'city' AND d.city_code = s.area_code AND d.day BETWEEN s.day_first AND s.day_last, rule
    UNION ALL
    SELECT s.*, d.city_code, d.day, d.aqi, d.pm25_ugm3, d.primary_pollutants, d.aqi > region_above AS above
    FROM span s
    JOIN member m ON s.area_kind = 'region' AND m.region_id = s.area_code
    JOIN air.city_day d
        ON d.city_code = m.city_code AND d.day BETWEEN s.day_first AND s.day_last AND d.day BETWEEN m.valid_from AND m.valid_to, rule
),
-- 首要污染物：超过门槛的城市日里出现次数多者在前 | primary pollutants of the days above the threshold, the most frequent first
primary_count AS (
    SELECT c.area_kind, c.area_code, c.day_first, p.pollutant, count(*) AS n, any_value(p.sort) AS sort
    FROM city_in_span c JOIN ref.pollutant p ON ',' || c.primary_pollutants || ',' LIKE '%,' || p.pollutant || ',%'
    WHERE c.above GROUP BY ALL
),
primary_of AS (
    SELECT area_kind, area_code, day_first, string_agg(pollutant, ',' ORDER BY n DESC, sort) AS primary_pollutants
    FROM primary_count GROUP BY ALL
)
SELECT c.area_kind || '-' || c.area_code || '-' || c.day_first AS episode_id, c.area_kind, c.area_code, c.day_first, c.day_last,
    (c.day_last - c.day_first + 1)::INTEGER AS n_days,
    count(*) FILTER (c.aqi > 200)::INTEGER AS n_heavy_days,
    max(c.aqi) AS max_aqi, arg_max(c.day, (c.aqi, DATE '9999-12-31' - c.day)) AS max_aqi_day,
    sum(c.pm25_ugm3::DECIMAL(18, 9))::DOUBLE / nullif(count(c.pm25_ugm3), 0) AS mean_pm25_ugm3,
    any_value(p.primary_pollutants) AS primary_pollutants,
    string_agg(DISTINCT c.city_code, ',' ORDER BY c.city_code) FILTER (c.above) AS cities,
    c.day_last = any_value(last.day) AS ongoing
FROM city_in_span c
LEFT JOIN primary_of p USING (area_kind, area_code, day_first), last
GROUP BY c.area_kind, c.area_code, c.day_first, c.day_last
ORDER BY episode_id
