-- 同比：本期与上年同期（同一已过部分）、上年整个时段相比变化多少？按印出的修约值、同一标准、同一名单计算。
-- Year on year: how much did each item change against the same part and the whole of the year before? By printed values, one standard set, one list.
--
-- judged：evaluation.sql 对 now、before、before_whole 三个时段的结果 | results of evaluation.sql for the periods now, before and before_whole.
-- 任一方数据不足时不可比，变化为空 | not comparable, hence NULL, where either side is insufficient.
WITH digits AS (
    SELECT standard_set, digits_statistic AS digits FROM ref.rounding WHERE item = 'change_pct'
),
side AS (
    SELECT period, pollutant, statistic, basis, standard_set, value_printed, sufficient
    FROM judged WHERE area_kind = $area_kind AND area_code = $area_code
)
SELECT n.pollutant, n.statistic, n.basis,
    b.value_printed AS before, b.sufficient AS before_sufficient,
    CASE WHEN n.sufficient AND b.sufficient AND b.value_printed > 0
        THEN round_8170((n.value_printed - b.value_printed) * 100 / b.value_printed, d.digits) END AS change_pct,
    w.value_printed AS before_whole, w.sufficient AS before_whole_sufficient,
    CASE WHEN n.sufficient AND w.sufficient AND w.value_printed > 0
        THEN round_8170((n.value_printed - w.value_printed) * 100 / w.value_printed, d.digits) END AS change_whole_pct
FROM side n
JOIN digits d USING (standard_set)
LEFT JOIN side b ON b.period = 'before' AND b.pollutant = n.pollutant AND b.statistic = n.statistic AND b.basis = n.basis
LEFT JOIN side w ON w.period = 'before_whole' AND w.pollutant = n.pollutant AND w.statistic = n.statistic AND w.basis = n.basis
WHERE n.period = 'now'
