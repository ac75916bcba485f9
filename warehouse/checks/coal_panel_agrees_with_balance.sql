-- table: coal.panel
-- consequence: flag
-- zh: 同口径企业当月合计与煤炭平衡不符
-- en: the panel's total of a month differs from the balance
SELECT p.area_kind, p.area_code, p.period, p.scope, p.now_t, b.quantity_t
FROM coal.panel p
JOIN coal.balance b ON b.area_kind = p.area_kind AND b.area_code = p.area_code AND b.period_kind = p.period_kind AND b.period = p.period
    AND b.scope = p.scope AND b.item = 'coal_total' AND b.origin = 'firms' AND b.exclusions = ''
WHERE p.period_kind = 'month' AND p.panel_group = 'total' AND (p.scope_rule = 'all' OR p.scope_rule = b.scope_rule)
    AND abs(coalesce(p.now_t, 0) - b.quantity_t) > (SELECT max(value) FROM ref.coal_rule WHERE rule = 'tolerance_t')
