-- 目标所需的用煤量：每个目标的地区在目标年、基准年与上年的当月、累计与全年量，各范围版本、口径、来源并列，截至月份以后的不取
-- Amounts a target is judged from: of its area in the target year, the baseline year and the year before, monthly,
-- cumulative and whole-year, every perimeter, scope and origin side by side, nothing later than the as-of month.
--
-- asked_coal_area：target_id, area_kind, area_code, years（要取的年份）；区域目标含同一区域的各版名单 | a region with all of its lists
-- parts：可剔除的部分（原料用煤、煤矸石、按名称剔除的单位）| what may be left out. published：公布的实绩，只作最后来源 | published figures, the last resort
WITH given AS (
    SELECT area_kind, area_code, perimeter, scope, origin, exclusions, item, period_kind, period, quantity_t, quantity_tce, vintage,
        n_firms, n_expected, coverage_pct, complete,
        CASE WHEN scope_rule IN (SELECT scope_rule FROM ref.coal_scope_rule WHERE NOT verified) AND scope = 'above_scale_non_power'
            THEN scope_rule END AS unread
    FROM coal.balance
    WHERE (item IN ('coal_total', 'feedstock', 'gangue') OR item LIKE 'named:%')
    UNION ALL
    SELECT area_kind, area_code, area_code, scope, 'published', coalesce(exclusions, ''), 'coal_total', period_kind, period,
        CAST(value * CASE unit WHEN 't' THEN 1 ELSE 10000 END AS DECIMAL(18, 4)), NULL, 'annual', NULL, NULL, NULL, true,
        CASE WHEN NOT verified THEN 'published' END
    FROM ref.coal_published_actual
    WHERE metric = 'coal_use' AND unit IN ('t', 'wan_t') AND period_kind IN ('ytd', 'year')
),
dated AS (
    SELECT *, CAST(left(period, 4) AS INTEGER) AS stat_year,
        CASE period_kind WHEN 'year' THEN 12 ELSE CAST(right(period, 2) AS INTEGER) END AS n_months
    FROM given
)
SELECT a.target_id, d.area_code, d.perimeter, d.scope, d.origin, d.exclusions, d.stat_year, d.n_months, d.period_kind, d.period,
    max(d.quantity_t) FILTER (d.item = 'coal_total') AS gross_t,
    max(d.quantity_tce) FILTER (d.item = 'coal_total') AS gross_tce,
    list({'item': d.item, 't': d.quantity_t, 'tce': d.quantity_tce} ORDER BY d.item) FILTER (d.item <> 'coal_total') AS parts,
    max(d.vintage) FILTER (d.item = 'coal_total') AS vintage,
    max(d.n_firms) FILTER (d.item = 'coal_total') AS n_firms,
    max(d.n_expected) FILTER (d.item = 'coal_total') AS n_expected,
    max(d.coverage_pct) FILTER (d.item = 'coal_total') AS coverage_pct,
    bool_and(d.complete) FILTER (d.item = 'coal_total') AS complete,
    max(d.unread) AS unread
FROM asked_coal_area a
JOIN dated d ON d.area_kind = a.area_kind AND d.area_code = a.area_code AND list_contains(a.years, d.stat_year)
WHERE format('{:04d}-{:02d}', d.stat_year, d.n_months) <= $as_of_month
GROUP BY ALL
ORDER BY ALL
