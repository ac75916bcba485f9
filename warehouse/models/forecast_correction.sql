-- 网格模式用起报前若干日的实况订正：各城市、各污染物乘以实况总和与预报总和之比。
-- Grids corrected by the last weeks: each pollutant of a city is multiplied by the sum observed over the sum forecast.
--
-- 只用起报日以前的日子和更早起报的、同样取值方式的预报；每市须有不同的 $own 天，不足时用全部城市合计（须 $all 对、$all_days 天），
-- 仍不足则该项不订正。沙尘日不计入颗粒物；相差 20 倍以上的对数不计（单位或起转问题）；比值限于 0.25–4；订正后 PM10 不低于 PM2.5。
-- Only days before the day of issue and earlier issues read in the same way count; a city needs $own different days, else all
-- cities together are used ($all pairs on $all_days days), else the pollutant stays as it is. Days with dust do not count for
-- particles, nor pairs more than 20 times apart (units, spin-up); the ratio is kept within 0.25 and 4; PM10 is never below
-- PM2.5 afterwards. Raw rows stay beside.
-- $days: 回看天数 days looked back on; $as_of: 现在 now.
WITH raw AS (
    SELECT * FROM forecast.city_day
    WHERE model <> 'bulletin' AND NOT starts_with(model, 'baseline_') AND NOT ends_with(model, '_corrected')
),
obs AS (
    SELECT city_code, day, pm25_ugm3, pm10_ugm3, so2_ugm3, no2_ugm3, o3_mda8_ugm3, co_mgm3, coalesce(n_dust_hours, 0) = 0 AS clear
    FROM air.city_day WHERE state <> 'partial' AND day < $as_of::DATE
),
pair AS (
    SELECT f.model, f.weighting, f.issued_at, f.city_code, f.day, u.item, u.forecast, u.observed
    FROM raw f JOIN obs o USING (city_code, day),
        unnest([
            {'item': 'pm25', 'forecast': f.pm25_ugm3, 'observed': CASE WHEN o.clear THEN o.pm25_ugm3 END},
            {'item': 'pm10', 'forecast': f.pm10_ugm3, 'observed': CASE WHEN o.clear THEN o.pm10_ugm3 END},
            {'item': 'so2', 'forecast': f.so2_ugm3, 'observed': o.so2_ugm3},
            {'item': 'no2', 'forecast': f.no2_ugm3, 'observed': o.no2_ugm3},
            {'item': 'o3', 'forecast': f.o3_mda8_ugm3, 'observed': o.o3_mda8_ugm3},
            {'item': 'co', 'forecast': f.co_mgm3, 'observed': o.co_mgm3}
        ]) AS t(u)
    WHERE u.forecast > 0 AND u.observed > 0 AND u.observed BETWEEN u.forecast / 20 AND u.forecast * 20
),
city AS (SELECT DISTINCT model, issued_at, city_code, weighting FROM raw),
known AS (
    SELECT c.model, c.issued_at, p.item, p.city_code, p.day,
        p.observed::DECIMAL(24, 6) AS observed, p.forecast::DECIMAL(24, 6) AS forecast
    FROM city c
    JOIN pair p ON p.model = c.model AND p.city_code = c.city_code AND p.weighting IS NOT DISTINCT FROM c.weighting
        AND p.issued_at < c.issued_at AND p.day < c.issued_at::DATE AND p.day >= c.issued_at::DATE - $days::INTEGER
),
own_sum AS (
    SELECT model, issued_at, item, city_code, count(DISTINCT day) AS n_days, sum(observed) AS observed, sum(forecast) AS forecast
    FROM known GROUP BY ALL
),
every_city AS (
    SELECT model, issued_at, item, count(*) AS n, count(DISTINCT day) AS n_days, sum(observed) AS observed, sum(forecast) AS forecast
    FROM known GROUP BY ALL
),
factor AS (
    SELECT c.model, c.issued_at, c.city_code, e.item,
        CASE WHEN s.n_days >= $own THEN s.observed::DOUBLE / nullif(s.forecast::DOUBLE, 0)
            WHEN e.n >= $all AND e.n_days >= $all_days THEN e.observed::DOUBLE / nullif(e.forecast::DOUBLE, 0) END AS ratio
    FROM city c
    JOIN every_city e USING (model, issued_at)
    LEFT JOIN own_sum s ON s.model = c.model AND s.issued_at = c.issued_at AND s.city_code = c.city_code AND s.item = e.item
),
wide AS (
    SELECT model, issued_at, city_code,
        max(ratio) FILTER (item = 'pm25') AS pm25, max(ratio) FILTER (item = 'pm10') AS pm10,
        max(ratio) FILTER (item = 'so2') AS so2, max(ratio) FILTER (item = 'no2') AS no2,
        max(ratio) FILTER (item = 'o3') AS o3, max(ratio) FILTER (item = 'co') AS co
    FROM (SELECT * REPLACE (least(greatest(ratio, 0.25), 4.0) AS ratio) FROM factor WHERE ratio IS NOT NULL)
    GROUP BY ALL
)
SELECT r.issued_at, r.city_code, r.day, r.model || '_corrected' AS model,
    round(r.pm25_ugm3 * coalesce(w.pm25, 1), 4) AS pm25_ugm3, CASE WHEN r.pm10_ugm3 IS NOT NULL THEN round(greatest(r.pm10_ugm3 * coalesce(w.pm10, 1), r.pm25_ugm3 * coalesce(w.pm25, 1)), 4) END AS pm10_ugm3,
    round(r.so2_ugm3 * coalesce(w.so2, 1), 4) AS so2_ugm3, round(r.no2_ugm3 * coalesce(w.no2, 1), 4) AS no2_ugm3,
    round(r.o3_mda8_ugm3 * coalesce(w.o3, 1), 4) AS o3_mda8_ugm3, round(r.co_mgm3 * coalesce(w.co, 1), 4) AS co_mgm3,
    round(r.o3_1h_max_ugm3 * coalesce(w.o3, 1), 4) AS o3_1h_max_ugm3,
    r.n_points, concat(r.method, '; mean_ratio_', $days, 'd') AS method, r.weighting, r.sha256
FROM raw r JOIN wide w USING (model, issued_at, city_code)
