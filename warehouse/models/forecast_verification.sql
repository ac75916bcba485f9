-- 预报与实况相比如何？按城市（及全部合计）、方法、时效、年与月评分，并与持续性预报比较。
-- How did forecasts compare with what came? Scores by city (and all together), model, lead time, year and month.
--
-- 区间按 10%–90% 分位检验：落在区间外的比例与分位损失；只有一个值的预报三个分位都取该值。
-- Ranges are scored as those of 10 to 90 %: shares outside and pinball loss; a forecast of one value has it for all three.
-- 同一起报日多次发布取最后一次；持续性为起报前一日的实况；AQI 缺项不能发布时用现有污染物的 AQI。
-- Of several issues of a day the last counts; persistence is the observation of the day before the issue; where the AQI of
-- a forecast may not be published for missing pollutants, that of the available ones is compared.
-- $first, $last: 预报日 days forecast; $as_of: 现在 now (unfinished days are not compared).
WITH obs AS (
    SELECT city_code, day, aqi, pm25_ugm3 FROM air.city_day WHERE state <> 'partial' AND day < $as_of::DATE
),
latest AS (
    SELECT *, date_diff('day', issued_at::DATE, day) AS lead_days FROM forecast.city_day
    WHERE day BETWEEN $first AND $last AND day >= issued_at::DATE
    QUALIFY row_number() OVER (PARTITION BY city_code, model, issued_at::DATE, day ORDER BY issued_at DESC) = 1
),
pair AS (
    SELECT f.*, coalesce(f.aqi, f.aqi_of_available) AS aqi_forecast,
        o.aqi AS aqi_observed, o.pm25_ugm3 AS pm25_observed, p.aqi AS aqi_before, p.pm25_ugm3 AS pm25_before
    FROM latest f
    JOIN obs o USING (city_code, day)
    LEFT JOIN obs p ON p.city_code = f.city_code AND p.day = f.issued_at::DATE - 1
),
item AS (
    SELECT city_code, model, lead_days, day, 'AQI' AS item, aqi_forecast::DOUBLE AS forecast, aqi_observed::DOUBLE AS observed,
        aqi_before::DOUBLE AS before, aqi_low::DOUBLE AS low, aqi_high::DOUBLE AS high
    FROM pair
    UNION ALL
    SELECT city_code, model, lead_days, day, 'PM2.5', pm25_ugm3, pm25_observed, pm25_before, pm25_low_ugm3, pm25_high_ugm3
    FROM pair
),
grouped AS (
    SELECT a.area AS city_code, model, lead_days, t.period, item, forecast, observed, before, low, high,
        forecast - observed AS error, before - observed AS error_before, item = 'AQI' AS leveled,
        low IS NOT NULL AND high IS NOT NULL AS ranged,
        (greatest(0.1 * (observed - coalesce(low, forecast)), -0.9 * (observed - coalesce(low, forecast)))
            + 0.5 * abs(observed - forecast)
            + greatest(0.9 * (observed - coalesce(high, forecast)), -0.1 * (observed - coalesce(high, forecast)))) / 3 AS quantile_loss
    FROM item, unnest([city_code, 'all']) AS a(area), unnest([strftime(day, '%Y'), strftime(day, '%Y-%m')]) AS t(period)
    WHERE forecast IS NOT NULL AND observed IS NOT NULL
),
scored AS (
    SELECT city_code, model, lead_days, period, item, count(*) AS n,
        avg(error) AS bias, sqrt(avg(error * error)) AS rmse, avg(abs(error)) AS mae,
        CASE WHEN stddev_pop(forecast) > 0 AND stddev_pop(observed) > 0 THEN corr(forecast, observed) END AS correlation,
        count(*) FILTER (ranged) AS n_range,
        avg((observed BETWEEN low AND high)::INTEGER) FILTER (ranged) AS range_hit_rate,
        avg((observed < low)::INTEGER) FILTER (ranged) AS share_below_low,
        avg((observed > high)::INTEGER) FILTER (ranged) AS share_above_high,
        avg(quantile_loss) FILTER (before IS NOT NULL) AS pinball,
        avg(abs(error_before)) / 2 AS pinball_persistence, -- 0.1, 0.5, 0.9 of one and the same value
        avg(CASE WHEN leveled THEN (aqi_level(forecast) = aqi_level(observed))::INTEGER END) AS level_hit_rate,
        count(*) FILTER (leveled AND forecast > 150 AND observed > 150) AS n_hit_150,
        count(*) FILTER (leveled AND forecast <= 150 AND observed > 150) AS n_miss_150,
        count(*) FILTER (leveled AND forecast > 150 AND observed <= 150) AS n_false_150,
        count(*) FILTER (leveled AND forecast > 200 AND observed > 200) AS n_hit_200,
        count(*) FILTER (leveled AND forecast <= 200 AND observed > 200) AS n_miss_200,
        count(*) FILTER (leveled AND forecast > 200 AND observed <= 200) AS n_false_200,
        count(before) AS n_persistence, sqrt(avg(error_before * error_before)) AS rmse_persistence,
        avg(error * error) FILTER (before IS NOT NULL) AS mse_compared, avg(error_before * error_before) AS mse_persistence
    FROM grouped
    GROUP BY ALL
)
SELECT city_code, model, lead_days, period, item, n,
    round(bias, 6) AS bias, round(rmse, 6) AS rmse, round(mae, 6) AS mae, round(correlation, 6) AS correlation,
    round(range_hit_rate, 6) AS range_hit_rate, round(level_hit_rate, 6) AS level_hit_rate,
    CASE WHEN item = 'AQI' THEN n_hit_150 END AS n_hit_150, CASE WHEN item = 'AQI' THEN n_miss_150 END AS n_miss_150,
    CASE WHEN item = 'AQI' THEN n_false_150 END AS n_false_150,
    round(n_false_150 / nullif(n_hit_150 + n_false_150, 0), 6) AS false_alarm_ratio_150,
    round(n_hit_150 / nullif(n_hit_150 + n_miss_150 + n_false_150, 0), 6) AS csi_150,
    CASE WHEN item = 'AQI' THEN n_hit_200 END AS n_hit_200, CASE WHEN item = 'AQI' THEN n_miss_200 END AS n_miss_200,
    CASE WHEN item = 'AQI' THEN n_false_200 END AS n_false_200,
    round(n_false_200 / nullif(n_hit_200 + n_false_200, 0), 6) AS false_alarm_ratio_200,
    round(n_hit_200 / nullif(n_hit_200 + n_miss_200 + n_false_200, 0), 6) AS csi_200,
    n_persistence, round(rmse_persistence, 6) AS rmse_persistence,
    round(1 - mse_compared / nullif(mse_persistence, 0), 6) AS skill, n_range,
    round(share_below_low, 6) AS share_below_low, round(share_above_high, 6) AS share_above_high,
    round(pinball, 6) AS pinball, round(pinball_persistence, 6) AS pinball_persistence
FROM scored
ORDER BY period, model, item, lead_days, city_code
