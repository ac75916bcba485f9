-- columns: city_code, year, standard_set, good_days, heavy_days, n_valid_days, pm25, limit_value, attained
-- 同样的日子换一套标准：优良与重污染天数，PM2.5 年平均与年限值（2031 年起为过渡期后） | the same days under another set of standards
WITH annual AS (
    SELECT l.limit_value FROM ref."limit" l JOIN ref.standard_set s ON s.limit_standard = l.limit_standard
    WHERE s.standard_set = $standard AND l.pollutant = 'PM2.5' AND l.averaging = 'annual' AND l.grade = 2
    ORDER BY l.valid_from DESC LIMIT 1
)
SELECT o.city_code, year(o.day)::INTEGER AS year, $standard AS standard_set, count(*) FILTER (o.aqi <= 100) AS good_days,
    count(*) FILTER (o.aqi > 200) AS heavy_days, count(o.aqi) AS n_valid_days, round_8170(avg(o.pm25_ugm3::DECIMAL(18, 9)), 0) AS pm25,
    any_value(n.limit_value) AS limit_value, round_8170(avg(o.pm25_ugm3::DECIMAL(18, 9)), 0) <= any_value(n.limit_value) AS attained
FROM air.city_day_under($standard) o LEFT JOIN annual n ON true
WHERE o.state <> 'partial' AND o.day <= $today
GROUP BY ALL ORDER BY o.city_code, year
