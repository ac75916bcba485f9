-- table: coal.contribution_industry
-- consequence: block
-- zh: 城市各行业增减之和不等于该市增减量
-- en: the industries of a city do not add up to its change
SELECT c.area_code, c.period, sum(c.change_t) AS industries_t, any_value(p.change_t) AS change_t
FROM coal.contribution_industry c
JOIN coal.panel p ON p.panel_group = 'total' AND p.area_kind = c.area_kind AND p.area_code = c.area_code
    AND p.period_kind = c.period_kind AND p.period = c.period AND p.scope = c.scope AND p.scope_rule = 'all'
WHERE c.area_kind = 'city'
GROUP BY ALL
HAVING sum(c.change_t) <> any_value(p.change_t)
