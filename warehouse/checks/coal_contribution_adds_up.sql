-- table: coal.contribution
-- consequence: block
-- zh: 增减贡献之和不等于地区增减量
-- en: contributions do not add up to the change of the area
SELECT c.area_kind, c.area_code, c.period, c.scope, c.scope_rule, sum(c.change_t) AS contributions_t, any_value(p.change_t) AS change_t
FROM coal.contribution c
JOIN coal.panel p ON p.panel_group = 'total' AND p.area_kind = c.area_kind AND p.area_code = c.area_code
    AND p.period_kind = c.period_kind AND p.period = c.period AND p.scope = c.scope AND p.scope_rule = c.scope_rule
GROUP BY ALL
HAVING sum(c.change_t) <> any_value(p.change_t)
