-- columns: city_code, year, state, n
SELECT city_code, year(day)::INTEGER AS year, state, count(*) AS n FROM air.city_day
WHERE state <> 'partial' AND day <= $today GROUP BY ALL ORDER BY city_code, year, n DESC, state
