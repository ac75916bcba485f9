-- columns: region_id, period, kind, named, year, part, day_first, day_until
-- 可看的区域与时段：名单在时段末日（或数据末日）有效；取年、季、月、秋冬季及其前后半；year 为时段首日所在年，named 为时段名中的年
-- regions and periods shown: lists in force at the end of the period; years, quarters, months, winters and their halves;
-- year is that of the first day, named the one the period is named by
WITH period AS (
    SELECT period, min(day_first) AS day_first, max(least(day_last, day_until)) AS day_until,
        CASE WHEN regexp_full_match(period, '\d{4}') THEN 'year' WHEN regexp_full_match(period, '\d{4}-\d{2}') THEN 'month'
            WHEN regexp_full_match(period, '\d{4}-Q[1-4]') THEN 'quarter' WHEN regexp_full_match(period, '\d{4}-winter') THEN 'winter'
            WHEN regexp_full_match(period, '\d{4}-winter-[12]') THEN 'half_winter' END AS kind
    FROM air.evaluation WHERE area_kind = 'region' AND n_valid_days > 0 GROUP BY period
)
SELECT DISTINCT k.region_id, k.period, p.kind, left(k.period, 4)::INTEGER AS named, year(p.day_first)::INTEGER AS year,
    CASE WHEN p.kind IN ('month', 'quarter', 'half_winter') THEN regexp_extract(k.period, '(\d+)$', 1)::INTEGER END AS part,
    p.day_first, p.day_until
FROM air.ranking k
JOIN period p USING (period)
JOIN ref.region r ON r.region_id = k.region_id AND p.day_until BETWEEN r.valid_from AND coalesce(r.valid_to, DATE '9999-12-31')
WHERE p.kind IS NOT NULL AND k.composite_index IS NOT NULL
ORDER BY k.region_id, p.day_until DESC, p.day_first, k.period
