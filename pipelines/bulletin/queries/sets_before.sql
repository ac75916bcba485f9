-- 上年同期各日当时执行的标准，与本时段所用标准不同的 | standards that were in force in the same part of the year before and differ from the one used
SELECT s.name_zh FROM air.city_day d
JOIN ref.standard_set s USING (standard_set)
WHERE d.day BETWEEN $first AND $last AND list_contains($codes::VARCHAR[], d.city_code) AND d.standard_set <> $standard_set
GROUP BY s.name_zh ORDER BY s.name_zh
