-- columns: area_code, year, period, then_period, scope, scope_rule, kind, code, name, rank, now, then_amount, change, share_pct, points_pct
-- optional: coal.contribution
-- 每年最近一期的增减贡献；企业行只在限制级 | contributions of the newest period of each year; rows of firms only in the restricted build [10^4 t, %]
WITH named AS (
    SELECT *, bool_or(contributor_kind = 'firm') OVER (PARTITION BY area_code, period, scope_rule) AS has_firms FROM coal.contribution
)
SELECT area_code, left(period, 4)::INTEGER AS year, period, then_period, scope, scope_rule, contributor_kind AS kind, contributor_code AS code,
    contributor_name AS name, rank, now_t::DOUBLE / 10000 AS now, then_t::DOUBLE / 10000 AS then_amount, change_t::DOUBLE / 10000 AS change, share_pct, points_pct
FROM named WHERE contributor_kind = 'city' OR has_firms
QUALIFY period = max(period) OVER (PARTITION BY area_code, left(period, 4), scope_rule)
ORDER BY area_code, year, scope, scope_rule, rank
