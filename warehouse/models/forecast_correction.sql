-- 网格模式用起报前若干日的实况订正：各城市、各污染物乘以实况总和与预报总和之比。
-- Grids corrected by the last weeks: each pollutant of a city is multiplied by the sum observed over the sum forecast.
--
-- 只用起报日以前的日子和更早起报的预报；城市成对日不足时用全部城市合计，仍不足则该项不订正；比值限于 0.25–4。
-- Only days before the day of issue and earlier issues count; with too few pairs of the city all cities together are used,
-- with too few of those the pollutant stays as it is; the ratio is kept within 0.25 and 4. Raw rows stay beside.
-- $days: 回看天数 days looked back on; $own, $all: 所需对数 pairs needed; $as_of: 现在 now.
WITH raw AS (
    SELECT * FROM forecast.city_day
    WHERE model <> 'bulletin' AND NOT starts_with(model, 'baseline_') AND NOT ends_with(model, '_corrected')
),
obs AS (
    SELECT city_code, day, pm25_ugm3, pm10_ugm3, so2_ugm3, no2_ugm3, o3_mda8_ugm3, co_mgm3
    FROM air.city_day WHERE state <> 'partial' AND day < $as_of::DATE
),
pair AS (
    SELECT f.model, f.issued_at, f.city_code, f.day, u.item, u.forecast, u.observed
    FROM raw f JOIN obs o USING (city_code, day),
        unnest([
            {'item': 'pm25', 'forecast': f.pm25_ugm3, 'observed': o.pm25_ugm3},
            {'item': 'pm10', 'forecast': f.pm10_ugm3, 'observed': o.pm10_ugm3},
            {'item': 'so2', 'forecast': f.so2_ugm3, 'observed': o.so2_ugm3},
            {'item': 'no2', 'forecast': f.no2_ugm3, 'observed': o.no2_ugm3},
            {'item': 'o3', 'forecast': f.o3_mda8_ugm3, 'observed': o.o3_mda8_ugm3},
            {'item': 'co', 'forecast': f.co_mgm3, 'observed': o.co_mgm3}
        ]) AS t(u)
    WHERE u.forecast IS NOT NULL AND u.observed IS NOT NULL
),
issue AS (SELECT DISTINCT model, issued_at FROM raw),
summed AS (
    SELECT i.model, i.issued_at, p.item, p.city_code, count(*) AS n,
        sum(p.observed::DECIMAL(24, 6)) AS observed, sum(p.forecast::DECIMAL(24, 6)) AS forecast
    FROM issue i
    JOIN pair p ON p.model = i.model AND p.issued_at < i.issued_at
        AND p.day < i.issued_at::DATE AND p.day >= i.issued_at::DATE - $days::INTEGER
    GROUP BY ALL
),
every_city AS (
    SELECT model, issued_at, item, sum(n) AS n, sum(observed) AS observed, sum(forecast) AS forecast
    FROM summed GROUP BY ALL
),
city AS (SELECT DISTINCT model, issued_at, city_code FROM raw),
factor AS (
    SELECT c.model, c.issued_at, c.city_code, e.item,
        CASE WHEN s.n >= $own THEN s.observed::DOUBLE / nullif(s.forecast::DOUBLE, 0)
            WHEN e.n >= $all THEN e.observed::DOUBLE / nullif(e.forecast::DOUBLE, 0) END AS ratio
    FROM city c
    JOIN every_city e USING (model, issued_at)
    LEFT JOIN summed s ON s.model = c.model AND s.issued_at = c.issued_at AND s.city_code = c.city_code AND s.item = e.item
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
    round(r.pm25_ugm3 * coalesce(w.pm25, 1), 4) AS pm25_ugm3, round(r.pm10_ugm3 * coalesce(w.pm10, 1), 4) AS pm10_ugm3,
    round(r.so2_ugm3 * coalesce(w.so2, 1), 4) AS so2_ugm3, round(r.no2_ugm3 * coalesce(w.no2, 1), 4) AS no2_ugm3,
    round(r.o3_mda8_ugm3 * coalesce(w.o3, 1), 4) AS o3_mda8_ugm3, round(r.co_mgm3 * coalesce(w.co, 1), 4) AS co_mgm3,
    round(r.o3_1h_max_ugm3 * coalesce(w.o3, 1), 4) AS o3_1h_max_ugm3,
    r.n_points, concat(r.method, '; mean_ratio_', $days, 'd') AS method, r.sha256
FROM raw r JOIN wide w USING (model, issued_at, city_code)
