-- 规上工业非电煤逐月预警：累计与上年同期相比，各“非电”规则并列；以合计与续报企业增减率中较大者定级
-- Monthly early warning for non-power coal of above-scale industry: year to date against the same months, every rule of
-- non-power side by side; the larger of the change of the total and of the continuing firms decides the level
--
-- 较大者定级：退统、未报使合计下降时不得显示为绿 | so that firms that left or do not report never turn a rise green
-- 级别的起点是可改的约定，没有读到官方文字 | where the levels begin is a convention, open to change; no official text was read
WITH threshold AS (
    SELECT max(value) FILTER (rule = 'warning_yellow_pct') AS yellow, max(value) FILTER (rule = 'warning_orange_pct') AS orange,
        max(value) FILTER (rule = 'warning_red_pct') AS red, max(value) FILTER (rule = 'coverage_pct') AS coverage,
        coalesce(bool_and(verified) FILTER (rule LIKE 'warning_%'), false) AS verified
    FROM ref.coal_rule
    WHERE CAST($as_of_month || '-01' AS DATE) BETWEEN valid_from AND coalesce(valid_to, DATE '9999-12-31')
),
wide AS (
    SELECT area_kind, area_code, scope_rule, left(period, 5) || right(period, 2) AS month,
        max(n_firms) FILTER (period_kind = 'ytd' AND panel_group = 'total') AS n_firms,
        coalesce(max(n_firms) FILTER (period_kind = 'ytd' AND panel_group = 'not_reporting'), 0) AS n_not_reporting,
        max(then_t) FILTER (period_kind = 'ytd' AND panel_group = 'not_reporting') AS missing_then_t,
        max(now_t) FILTER (period_kind = 'month' AND panel_group = 'total') AS month_now_t,
        max(then_t) FILTER (period_kind = 'month' AND panel_group = 'total') AS month_then_t,
        max(change_pct) FILTER (period_kind = 'month' AND panel_group = 'total') AS month_change_pct,
        max(now_t) FILTER (period_kind = 'ytd' AND panel_group = 'total') AS ytd_now_t,
        max(then_t) FILTER (period_kind = 'ytd' AND panel_group = 'total') AS ytd_then_t,
        max(change_t) FILTER (period_kind = 'ytd' AND panel_group = 'total') AS ytd_change_t,
        max(change_pct) FILTER (period_kind = 'ytd' AND panel_group = 'total') AS ytd_change_pct,
        max(change_pct) FILTER (period_kind = 'ytd' AND panel_group = 'continuing') AS continuing_change_pct
    FROM coal.panel
    WHERE scope = 'above_scale_non_power' AND left(period, 5) || right(period, 2) <= $as_of_month
    GROUP BY ALL
),
decided AS (
    SELECT w.*, t.*, greatest(ytd_change_pct, continuing_change_pct) AS deciding_change_pct,
        coalesce(ytd_then_t, 0) > 0 AND 100 - CAST(coalesce(missing_then_t, 0) AS DOUBLE) * 100 / CAST(ytd_then_t AS DOUBLE) < coverage AS too_few
    FROM wide w, threshold t
),
levelled AS (
    SELECT *, CASE
        WHEN coalesce(ytd_then_t, 0) = 0 THEN 'no_base'
        WHEN too_few OR yellow IS NULL OR orange IS NULL OR red IS NULL THEN 'insufficient'
        WHEN deciding_change_pct >= red THEN 'red' WHEN deciding_change_pct >= orange THEN 'orange'
        WHEN deciding_change_pct >= yellow THEN 'yellow' ELSE 'green' END AS level
    FROM decided
)
SELECT l.area_kind, l.area_code, l.month, l.scope_rule, r.name_zh AS scope_rule_zh, r.name_en AS scope_rule_en, r.is_default,
    l.n_firms, l.n_not_reporting, month_now_t, month_then_t, month_change_pct, ytd_now_t, ytd_then_t, ytd_change_t, ytd_change_pct,
    continuing_change_pct, deciding_change_pct, yellow AS yellow_from_pct, orange AS orange_from_pct, red AS red_from_pct, level,
    CASE level WHEN 'green' THEN '○' WHEN 'yellow' THEN '△' WHEN 'orange' THEN '▲' WHEN 'red' THEN '■' WHEN 'no_base' THEN '－' ELSE '？' END AS symbol,
    CASE level WHEN 'green' THEN '正常' WHEN 'yellow' THEN '黄色预警' WHEN 'orange' THEN '橙色预警' WHEN 'red' THEN '红色预警'
        WHEN 'no_base' THEN '无同期' ELSE '数据不足' END AS level_zh,
    CASE level WHEN 'green' THEN 'normal' WHEN 'yellow' THEN 'yellow warning' WHEN 'orange' THEN 'orange warning' WHEN 'red' THEN 'red warning'
        WHEN 'no_base' THEN 'no year before' ELSE 'insufficient data' END AS level_en,
    l.verified AND r.verified AS verified,
    CASE WHEN too_few THEN '未报企业上年同期用煤占比过大' WHEN continuing_change_pct > ytd_change_pct THEN '以续报企业增减率定级：合计含退统、未报企业' END AS note_zh,
    CASE WHEN too_few THEN 'firms that do not report used too large a share a year before'
        WHEN continuing_change_pct > ytd_change_pct THEN 'the continuing firms decide: the total holds firms that left or do not report' END AS note_en
FROM levelled l JOIN ref.coal_scope_rule r ON r.scope_rule = l.scope_rule
    AND CAST($as_of_month || '-01' AS DATE) BETWEEN r.valid_from AND coalesce(r.valid_to, DATE '9999-12-31')
ORDER BY ALL
