-- 状态要求的实际：某地区某年替代户数、清洁取暖率或剩余散煤，取台账汇总（截至某日）；没有台账时取公布的户数
-- The state of an area in a year: households replaced, clean-heating rate or scattered coal left, from the ledgers; else a
-- published number of households. The ledger counts first.
--
-- asked_coal_household：截至某日的 coal.household_progress | coal.household_progress as of the day asked
WITH ledger AS (
    SELECT CASE $metric WHEN 'households' THEN CAST(n_done AS DECIMAL(18, 6)) WHEN 'clean_heating_pct' THEN CAST(clean_heating_pct AS DECIMAL(18, 6))
            WHEN 'scattered_coal_t' THEN CAST(coal_remaining_t AS DECIMAL(18, 6)) END AS actual,
        least(greatest((CAST(left($as_of_month, 4) AS INTEGER) - stat_year) * 12 + CAST(right($as_of_month, 2) AS INTEGER), 0), 12) AS months,
        CAST(stat_year AS VARCHAR) AS period, 'ledger' AS origin, true AS verified
    FROM asked_coal_household
    WHERE area_kind = $area_kind AND area_code = $area_code AND stat_year = $stat_year AND terrain = $terrain
),
published AS (
    SELECT CAST(value AS DECIMAL(18, 6)) AS actual, CASE period_kind WHEN 'year' THEN 12 ELSE CAST(right(period, 2) AS INTEGER) END AS months,
        period, 'published' AS origin, verified
    FROM ref.coal_published_actual
    WHERE $metric = 'households' AND metric = 'households_done' AND unit = 'household' AND area_kind = $area_kind
        AND area_code = $area_code AND left(period, 4) = CAST($stat_year AS VARCHAR)
)
SELECT * FROM (FROM ledger UNION ALL FROM published)
WHERE actual IS NOT NULL AND months > 0 AND format('{}-{:02d}', left(period, 4), months) <= $as_of_month
ORDER BY origin = 'ledger' DESC, months DESC
LIMIT 1
