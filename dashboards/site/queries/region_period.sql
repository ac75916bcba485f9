-- columns: region_id, period, kind, year, part, day_first, day_until
-- 可看的区域与时段：名单在时段末日（或数据末日）有效；只取年、月、秋冬季 | regions and periods shown: lists in force at the end of the period; years, months and winters
WITH period AS (
    SELECT period, min(day_first) AS day_first, max(least(day_last, day_until)) AS day_until
    FROM air.evaluation WHERE area_kind = 'region' AND n_valid_days > 0 GROUP BY period
)
SELECT DISTINCT k.region_id, k.period,
    CASE WHEN regexp_full_match(k.period, '\d{4}') THEN 'year' WHEN k.period LIKE '%-winter' THEN 'winter' ELSE 'month' END AS kind,
    left(k.period, 4)::INTEGER AS year, CASE WHEN regexp_full_match(k.period, '\d{4}-\d{2}') THEN right(k.period, 2)::INTEGER END AS part,
    p.day_first, p.day_until
FROM air.ranking k
JOIN period p USING (period)
JOIN ref.region r ON r.region_id = k.region_id AND p.day_until BETWEEN r.valid_from AND coalesce(r.valid_to, DATE '9999-12-31')
WHERE regexp_full_match(k.period, '\d{4}|\d{4}-\d{2}|\d{4}-winter') AND k.composite_index IS NOT NULL
ORDER BY k.region_id, p.day_until DESC, p.day_first
