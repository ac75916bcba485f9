-- 重污染日预报得怎样？AQI 高于 150、200 的日子，按中值、上限、概率研判与持续性分别计命中、漏报、空报。
-- How were heavy days forecast? Days with an AQI above 150 and 200: hits, misses and false alarms by middle, upper end,
-- probability and persistence.
--
-- 上限、研判只在给出时计；持续性在中值的同样日期上计。Brier 评分：研判行用概率，其余行用有无。
-- Upper end and probability count where they are given; persistence counts on the pairs of the middle. The Brier score of
-- rows of called is that of the probability, of the others that of yes and no.
-- $first, $last: 预报日 days forecast; $as_of: 现在 now (unfinished days are not compared).
WITH obs AS (
    SELECT city_code, day, aqi FROM air.city_day WHERE state <> 'partial' AND day < $as_of::DATE
),
latest AS (
    SELECT *, date_diff('day', issued_at::DATE, day) AS lead_days FROM forecast.city_day
    WHERE day BETWEEN $first AND $last AND day >= issued_at::DATE
    QUALIFY row_number() OVER (PARTITION BY city_code, model, issued_at::DATE, day ORDER BY issued_at DESC) = 1
),
pair AS (
    SELECT f.*, coalesce(f.aqi, f.aqi_of_available) AS middle, o.aqi AS observed, p.aqi AS before
    FROM latest f
    JOIN obs o USING (city_code, day)
    LEFT JOIN obs p ON p.city_code = f.city_code AND p.day = f.issued_at::DATE - 1
    WHERE o.aqi IS NOT NULL
),
said AS (
    SELECT city_code, model, lead_days, day, threshold, observed > threshold AS came, s.source AS said_by, s.yes, s.likely
    FROM pair, unnest([150, 200]) AS t(threshold), unnest([
        {'source': 'aqi', 'yes': middle > threshold, 'likely': NULL::DOUBLE},
        {'source': 'aqi_high', 'yes': aqi_high > threshold, 'likely': NULL::DOUBLE},
        {'source': 'called', 'yes': CASE threshold WHEN 150 THEN called_150 ELSE called_200 END,
            'likely': CASE threshold WHEN 150 THEN prob_above_150 ELSE prob_above_200 END},
        {'source': 'persistence', 'yes': CASE WHEN middle IS NOT NULL THEN before > threshold END, 'likely': NULL::DOUBLE}
    ]) AS u(s)
    WHERE s.yes IS NOT NULL
),
counted AS (
    SELECT a.area AS city_code, model, lead_days, p.period, threshold, said_by, count(*) AS n,
        count(*) FILTER (came) AS n_observed, count(*) FILTER (yes AND came) AS n_hit,
        count(*) FILTER (NOT yes AND came) AS n_miss, count(*) FILTER (yes AND NOT came) AS n_false,
        avg(power(coalesce(likely, yes::INTEGER) - came::INTEGER, 2)) AS brier
    FROM said, unnest([city_code, 'all']) AS a(area), unnest([strftime(day, '%Y'), strftime(day, '%Y-%m')]) AS p(period)
    GROUP BY ALL
)
SELECT city_code, model, lead_days, period, threshold, said_by, n, n_observed, n_hit, n_miss, n_false,
    round(n_hit / nullif(n_hit + n_miss, 0), 6) AS hit_rate,
    round(n_false / nullif(n_hit + n_false, 0), 6) AS false_alarm_ratio,
    round(n_hit / nullif(n_hit + n_miss + n_false, 0), 6) AS csi, round(brier, 6) AS brier
FROM counted
ORDER BY period, model, threshold, said_by, lead_days, city_code
