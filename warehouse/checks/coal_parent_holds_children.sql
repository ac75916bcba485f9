-- table: coal.balance
-- consequence: flag
-- zh: 上级填报的 1.2 倍小于下级填报之和
-- en: a parent as reported, times 1.2, is below the sum of its children as reported
WITH rule AS (SELECT max(value)::DECIMAL(9, 4) AS factor FROM ref.coal_rule WHERE rule = 'parent_factor' AND valid_to IS NULL),
parents AS (
    SELECT DISTINCT 'county' AS child_kind, county_code AS child, 'city' AS area_kind, city_code AS area_code FROM ref.county
    UNION SELECT DISTINCT 'city', city_code, 'province', province_code FROM ref.city
)
SELECT p.area_kind, p.area_code, p.period, p.scope, p.item, p.quantity_t, sum(c.quantity_t) AS children_t
FROM coal.balance p JOIN parents k ON k.area_kind = p.area_kind AND k.area_code = p.area_code
JOIN coal.balance c ON c.area_kind = k.child_kind AND c.area_code = k.child AND c.origin = 'reported' AND c.period = p.period
    AND c.scope = p.scope AND c.item = p.item AND c.exclusions = p.exclusions
CROSS JOIN rule r
WHERE p.origin = 'reported' GROUP BY p.area_kind, p.area_code, p.period, p.scope, p.item, p.exclusions, p.quantity_t, r.factor
HAVING p.quantity_t * r.factor < sum(c.quantity_t)
