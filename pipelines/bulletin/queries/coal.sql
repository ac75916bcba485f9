-- 煤炭目标进度：区域与成员城市当年的目标，截至最近已结束月份；吨以万吨列出
-- Coal targets of the year of the region and its cities, as of the last finished month; tonnes are told in 10,000 t.
WITH own AS (
    SELECT *, CASE WHEN unit IN ('t', 'tce') THEN 10000 ELSE 1 END AS per
    FROM coal.target_check
    WHERE (area_code = $region OR list_contains($codes::VARCHAR[], area_code)) AND stat_year = $year
)
SELECT target_id, as_of_month, area_kind, area_code, area_name, stat_year, kind, metric, scope, basis, period, period_kind, months_elapsed,
    CASE unit WHEN 't' THEN '万吨' WHEN 'tce' THEN '万吨标准煤' WHEN 'household' THEN '户' ELSE unit END AS unit_zh,
    target_amount, round_8170((actual_amount / per)::DOUBLE, 2) AS actual, round_8170((baseline_amount / per)::DOUBLE, 2) AS baseline,
    round_8170((change_amount / per)::DOUBLE, 2) AS change, round_8170(change_pct, 2) AS change_pct,
    round_8170((limit_amount / per)::DOUBLE, 2) AS "limit", round_8170((rest_amount / per)::DOUBLE, 2) AS rest, rest_months,
    round_8170((projected_amount / per)::DOUBLE, 2) AS projected, verdict, verdict_zh, verdict_en, verified
FROM own
ORDER BY area_kind <> 'region', area_code, scope, kind, target_id
