-- 各口径规则下企业计入的比例：规上工业全部计入；“非电”按行业剔除整个企业，或按用途剔除发电、供热的部分
-- Share of a firm's coal that counts under each rule: all of it for above-scale industry; non-power leaves out whole firms by
-- industry, or the part used for power and heat by purpose
--
-- 按用途：附表1 主要用途中发电、供热的投入量占比，取最近一年；没有附表1 的企业按行业认定
--   by purpose: share of power and heat in the inputs of table 1, latest year; firms without table 1 are told by their industry
WITH rules AS (
    SELECT scope, scope_rule, "by", string_split(coalesce(excluded_divisions, '44'), ';') AS divisions,
        string_split(coalesce(excluded_purposes, ''), ';') AS purposes
    FROM ref.coal_scope_rule
    WHERE scope = 'above_scale_non_power'
        AND CAST($as_of_month || '-01' AS DATE) BETWEEN valid_from AND coalesce(valid_to, DATE '9999-12-31')
),
usage AS (
    SELECT credit_code, purpose, input_t FROM coal.report_firm_usage
    WHERE stat_year <= CAST(left($as_of_month, 4) AS INTEGER) AND input_product <> 'coke' AND purpose <> 'washing'
    QUALIFY stat_year = max(stat_year) OVER (PARTITION BY credit_code)
),
power AS (
    SELECT u.credit_code, r.scope_rule, 1 - CAST(coalesce(sum(u.input_t) FILTER (list_contains(r.purposes, u.purpose)), 0) AS DOUBLE) / CAST(sum(u.input_t) AS DOUBLE) AS share
    FROM usage u, rules r WHERE r."by" = 'purpose'
    GROUP BY ALL HAVING sum(u.input_t) > 0
),
firms AS (SELECT DISTINCT credit_code, industry_division FROM panel_firm),
shares AS (
    SELECT credit_code, 'above_scale' AS scope, 'all' AS scope_rule, CAST(1 AS DECIMAL(10, 6)) AS share FROM firms
    UNION ALL
    SELECT f.credit_code, r.scope, r.scope_rule,
        CAST(CASE WHEN p.credit_code IS NOT NULL THEN p.share
            WHEN list_contains(r.divisions, f.industry_division) THEN 0 ELSE 1 END AS DECIMAL(10, 6))
    FROM firms f CROSS JOIN rules r LEFT JOIN power p ON p.credit_code = f.credit_code AND p.scope_rule = r.scope_rule
)
SELECT * FROM shares WHERE share > 0
