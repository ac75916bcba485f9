-- 统一监测：某月各城市站点在不在线、数据全不全、最长断了多久、有多少存疑和无效值？
-- Unified monitoring: in one month, do each city's stations report, how complete are they, what was the longest gap, how many values are doubtful or bad?
--
-- $month：该月第一天。小时属于其结束时刻减一小时所在的日 | first day of the month; an hour belongs to the day in which it began.
-- 应有 = 有数据的评价点 × 已过小时（至全部来源收到的最后一小时）| expected: counting stations that reported × hours elapsed up to the last hour received anywhere.
-- 完整率不修约，以免 99.96 % 印成 100 % | completeness is not rounded: 99.96 % must not print as 100 %.
WITH clock AS (
    -- 起点不早于最早收到的小时所在日 | the clock does not start before the day of the first hour received
    SELECT greatest($month::DATE, (SELECT CAST(min(hour_end) - INTERVAL 1 HOUR AS DATE) FROM ops.hour_source))::TIMESTAMP AS month_start, ($month::DATE + INTERVAL 1 MONTH)::TIMESTAMP AS month_end
),
elapsed AS (
    SELECT month_start, month_end,
        greatest(0, date_diff('hour', month_start, least(month_end, (SELECT max(hour_end) FROM ops.hour_source))))::INTEGER AS n_hours
    FROM clock
),
member AS (
    SELECT s.station_code, coalesce(s.city_code, u.city_code) AS city_code
    FROM ref.station s LEFT JOIN ref.assessment_unit u ON u.unit_id = s.unit_id
    WHERE s.counts AND coalesce(s.city_code, u.city_code) IS NOT NULL
),
of_station AS (
    SELECT h.station_code,
        count(*) FILTER (coalesce(pm25_ugm3, pm10_ugm3, so2_ugm3, no2_ugm3, o3_ugm3, co_mgm3) IS NOT NULL) AS n_received,
        count(pm25_ugm3) AS n_pm25, count(pm10_ugm3) AS n_pm10, count(so2_ugm3) AS n_so2,
        count(no2_ugm3) AS n_no2, count(o3_ugm3) AS n_o3, count(co_mgm3) AS n_co,
        bitstring_agg(date_diff('hour', month_start, hour_end)::INTEGER, 1, 744)
            FILTER (coalesce(pm25_ugm3, pm10_ugm3, so2_ugm3, no2_ugm3, o3_ugm3, co_mgm3) IS NOT NULL) AS hours
    FROM air.station_hour h, clock
    WHERE h.hour_end > month_start AND h.hour_end <= month_end
    GROUP BY h.station_code, month_start
),
of_city AS (
    SELECT m.city_code, count(*) AS n_listed, count(*) FILTER (n_received > 0) AS n_reporting, sum(n_received) AS n_received,
        sum(n_pm25) AS n_pm25, sum(n_pm10) AS n_pm10, sum(n_so2) AS n_so2, sum(n_no2) AS n_no2, sum(n_o3) AS n_o3, sum(n_co) AS n_co,
        bit_or(hours) AS hours
    FROM member m LEFT JOIN of_station s USING (station_code)
    GROUP BY m.city_code
),
valid_day AS (
    SELECT city_code, count(aqi) AS n FROM air.city_day, clock WHERE day >= month_start::DATE AND day < month_end::DATE GROUP BY ALL
),
flagged AS (
    SELECT m.city_code, count(*) FILTER (q.flag = 'doubtful') AS n_doubtful, count(*) FILTER (q.flag = 'bad') AS n_bad
    FROM air.quality_flag q JOIN member m USING (station_code), clock
    WHERE q.hour_end > month_start AND q.hour_end <= month_end
    GROUP BY m.city_code
)
SELECT strftime(e.month_start, '%Y-%m') AS month, c.province_zh, o.city_code,
    o.n_listed::INTEGER AS n_stations_listed, o.n_reporting::INTEGER AS n_stations_reporting,
    o.n_reporting * e.n_hours AS n_hours_expected, coalesce(o.n_received, 0)::BIGINT AS n_hours_received,
    o.n_pm25 * 100.0 / nullif(o.n_reporting * e.n_hours, 0) AS completeness_pm25_pct,
    o.n_pm10 * 100.0 / nullif(o.n_reporting * e.n_hours, 0) AS completeness_pm10_pct,
    o.n_so2 * 100.0 / nullif(o.n_reporting * e.n_hours, 0) AS completeness_so2_pct,
    o.n_no2 * 100.0 / nullif(o.n_reporting * e.n_hours, 0) AS completeness_no2_pct,
    o.n_o3 * 100.0 / nullif(o.n_reporting * e.n_hours, 0) AS completeness_o3_pct,
    o.n_co * 100.0 / nullif(o.n_reporting * e.n_hours, 0) AS completeness_co_pct,
    coalesce(v.n, 0)::INTEGER AS n_valid_city_days,
    -- 位串第 k 位 = 该月第 k 小时有数；最长的一串 0 即最长断档 | bit k = hour k of the month has data; the longest run of 0 is the longest gap
    CASE WHEN o.hours IS NULL THEN e.n_hours
        ELSE list_max(list_transform(string_split(left(o.hours::VARCHAR, e.n_hours), '1'), lambda run: length(run))) END::INTEGER AS longest_gap_hours,
    coalesce(f.n_doubtful, 0) AS n_doubtful, coalesce(f.n_bad, 0) AS n_bad
FROM of_city o
JOIN ref.city c USING (city_code)
LEFT JOIN valid_day v USING (city_code)
LEFT JOIN flagged f USING (city_code), elapsed e
WHERE e.n_hours > 0
ORDER BY o.city_code
