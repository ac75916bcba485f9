-- columns: city_code, year, until, pm25, pm25_before, change_pct, after_dust, after_dust_before, good_days, good_days_before, heavy_days, heavy_days_before, n_days, n_days_before
-- 各年（至数据末日）与上年同期的同样日期，变化按修约值算 | each year up to the last day of data against the same days of the year before, the change from printed values
WITH day AS (
    SELECT * FROM air.city_day WHERE state <> 'partial' AND day <= $today
),
span AS (
    SELECT city_code, year(day)::INTEGER AS year, max(day) AS until FROM day GROUP BY ALL
),
found AS (
    SELECT s.city_code, s.year, s.until,
        round_8170(avg(d.pm25_ugm3::DECIMAL(18, 9)) FILTER (year(d.day) = s.year), 1) AS pm25, round_8170(avg(d.pm25_ugm3::DECIMAL(18, 9)) FILTER (year(d.day) < s.year), 1) AS pm25_before,
        round_8170(avg(d.pm25_after_dust_ugm3::DECIMAL(18, 9)) FILTER (year(d.day) = s.year), 1) AS after_dust, round_8170(avg(d.pm25_after_dust_ugm3::DECIMAL(18, 9)) FILTER (year(d.day) < s.year), 1) AS after_dust_before,
        count(*) FILTER (year(d.day) = s.year AND d.aqi <= 100) AS good_days, count(*) FILTER (year(d.day) < s.year AND d.aqi <= 100) AS good_days_before,
        count(*) FILTER (year(d.day) = s.year AND d.aqi > 200) AS heavy_days, count(*) FILTER (year(d.day) < s.year AND d.aqi > 200) AS heavy_days_before,
        count(d.aqi) FILTER (year(d.day) = s.year) AS n_days, count(d.aqi) FILTER (year(d.day) < s.year) AS n_days_before
    FROM span s
    JOIN day d ON d.city_code = s.city_code AND (d.day BETWEEN make_date(s.year, 1, 1) AND s.until OR d.day BETWEEN make_date(s.year - 1, 1, 1) AND s.until - INTERVAL 1 YEAR)
    GROUP BY ALL
)
SELECT city_code, year, until, pm25, pm25_before, round_8170((pm25 - pm25_before) * 100 / nullif(pm25_before, 0), 1) AS change_pct, after_dust, after_dust_before,
    good_days, good_days_before, heavy_days, heavy_days_before, n_days, n_days_before
FROM found ORDER BY city_code, year
