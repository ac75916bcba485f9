-- 各对象六项的印出值与同比：同比按印出的修约值计算，任一方数据不足时不可比
-- Printed values of the six items by area, and their change on the year before: by printed values, none where either side is insufficient.
--
-- judged：evaluate 的临时表（now、before 两个时段，同一标准、同一名单）| temporary table of evaluate: periods now and before, one set, one list.
WITH change_digits AS (
    SELECT standard_set, digits_statistic AS digits FROM ref.rounding WHERE item = 'change_pct'
),
side AS (
    SELECT j.*, coalesce(r.digits_statistic, r.digits_attainment) AS digits, p.unit, p.sort
    FROM judged j
    JOIN ref.index_limit l USING (standard_set, pollutant, statistic)
    JOIN ref.rounding r ON r.standard_set = j.standard_set AND r.item = j.pollutant
    JOIN ref.pollutant p USING (pollutant)
    WHERE j.basis = CASE WHEN j.pollutant IN ('PM2.5', 'PM10') THEN $basis ELSE 'before_dust' END
        AND (j.area_kind <> 'region' OR j.area_code = $region)
)
SELECT n.area_kind, n.area_code, n.pollutant, n.statistic, n.unit, n.digits, n.standard_set, n.value_printed, n.limit_value, n.attained,
    n.n_valid_days, n.n_days, n.sufficient, n.states, n.n_cities, n.n_cities_expected,
    b.value_printed AS before_printed, coalesce(b.sufficient, false) AS before_sufficient,
    CASE WHEN n.sufficient AND b.sufficient THEN round_8170(n.value_printed - b.value_printed, n.digits) END AS change,
    CASE WHEN n.sufficient AND b.sufficient AND b.value_printed > 0
        THEN round_8170((n.value_printed - b.value_printed) * 100 / b.value_printed, d.digits) END AS change_pct,
    d.digits AS change_digits
FROM side n
JOIN change_digits d USING (standard_set)
LEFT JOIN side b
    ON b.period = 'before' AND b.area_kind = n.area_kind AND b.area_code = n.area_code AND b.pollutant = n.pollutant AND b.statistic = n.statistic
WHERE n.period = 'now'
ORDER BY n.area_kind, n.area_code, n.sort
