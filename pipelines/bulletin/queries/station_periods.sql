-- 一个城市各站点某时段的六项与上年同期：平均值与百分位数、有效天数；整月不少于标准规定的天数，不足整月的按 $partial_month_share（本项目约定）
-- The six items of a city's stations over a period and the same part of the year before: means and percentiles with their days.
--
-- asked_period：evaluate 的临时表（now、before），同一标准 | temporary table of evaluate: both sides under one set. 站点值不扣沙 | no sand deduction.
WITH side AS (
    SELECT period, day_first, day_until, standard_set, (day_until - day_first + 1)::INTEGER AS n_days FROM asked_period WHERE period IN ('now', 'before')
),
value AS (
    UNPIVOT (
        SELECT p.period, p.standard_set, d.station_code, d.day, d.pm25_ugm3 AS "PM2.5", d.pm10_ugm3 AS "PM10", d.so2_ugm3 AS "SO2",
            d.no2_ugm3 AS "NO2", d.co_mgm3 AS "CO", d.o3_mda8_ugm3 AS "O3"
        FROM side p
        JOIN air.station_day d ON d.day BETWEEN p.day_first AND p.day_until
        JOIN ref.station s USING (station_code)
        WHERE s.city_code = $city
    ) ON "PM2.5", "PM10", "SO2", "NO2", "CO", "O3" INTO NAME pollutant VALUE value
),
day_rule AS (
    SELECT standard_set, max(value) FILTER (rule = 'min_days_month') AS min_month, max(value) FILTER (rule = 'min_days_february') AS min_february
    FROM ref.validity_rule GROUP BY standard_set
),
needed AS (
    SELECT period, CASE
            WHEN p.day_first <> date_trunc('month', p.day_first) OR p.day_until <> last_day(p.day_first) THEN ceil($partial_month_share * p.n_days)
            WHEN month(p.day_first) = 2 THEN r.min_february
            ELSE r.min_month
        END AS n_needed
    FROM side p JOIN day_rule r USING (standard_set)
),
reckoned AS (
    SELECT period, standard_set, station_code, pollutant, count(*) AS n_valid_days,
        CASE pollutant WHEN 'O3' THEN quantile_cont(value, 0.90) WHEN 'CO' THEN quantile_cont(value, 0.95)
            ELSE sum(value::DECIMAL(18, 9))::DOUBLE / count(*) END AS value
    FROM value GROUP BY period, standard_set, station_code, pollutant
),
printed AS (
    SELECT k.period, k.station_code, k.pollutant, k.n_valid_days, k.n_valid_days >= n.n_needed AS sufficient,
        coalesce(r.digits_statistic, r.digits_attainment) AS digits, g.digits_statistic AS change_digits,
        round_8170(k.value, coalesce(r.digits_statistic, r.digits_attainment)) AS value_printed
    FROM reckoned k
    JOIN needed n USING (period)
    JOIN ref.rounding r ON r.standard_set = k.standard_set AND r.item = k.pollutant
    JOIN ref.rounding g ON g.standard_set = k.standard_set AND g.item = 'change_pct'
)
SELECT n.station_code, s.name_zh, coalesce(s.counts, true) AS counts, n.pollutant, p.unit, n.n_valid_days, (SELECT n_days FROM side WHERE period = 'now') AS n_days,
    n.value_printed, n.sufficient, n.digits, n.change_digits, b.value_printed AS before_printed, coalesce(b.sufficient, false) AS before_sufficient,
    CASE WHEN n.sufficient AND b.sufficient THEN round_8170(n.value_printed - b.value_printed, n.digits) END AS change,
    CASE WHEN n.sufficient AND b.sufficient AND b.value_printed > 0
        THEN round_8170((n.value_printed - b.value_printed) * 100 / b.value_printed, n.change_digits) END AS change_pct
FROM printed n
LEFT JOIN printed b ON b.period = 'before' AND b.station_code = n.station_code AND b.pollutant = n.pollutant
JOIN ref.station s ON s.station_code = n.station_code
JOIN ref.pollutant p ON p.pollutant = n.pollutant
WHERE n.period = 'now'
ORDER BY n.station_code, p.sort
