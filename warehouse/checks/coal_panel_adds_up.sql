-- table: coal.panel
-- consequence: block
-- zh: 企业各组之和不等于合计
-- en: the groups of firms do not add up to the total
SELECT area_kind, area_code, period, scope, scope_rule,
    sum(now_t) FILTER (panel_group = 'total') AS total_now_t, sum(now_t) FILTER (panel_group <> 'total') AS groups_now_t
FROM coal.panel
GROUP BY area_kind, area_code, period_kind, period, scope, scope_rule
HAVING coalesce(sum(now_t) FILTER (panel_group = 'total'), 0) <> coalesce(sum(now_t) FILTER (panel_group <> 'total'), 0)
    OR coalesce(sum(then_t) FILTER (panel_group = 'total'), 0) <> coalesce(sum(then_t) FILTER (panel_group <> 'total'), 0)
    OR sum(n_firms) FILTER (panel_group = 'total') <> sum(n_firms) FILTER (panel_group <> 'total')
