-- columns: area_code, year, scope, name_zh, name_en, amount_year, before, change, change_pct, part_pct, origin, vintage, vintage_before
-- optional: coal.balance
-- 各用途全年用煤与上年：上报合计优先，其次下级汇总；原料用煤已含在工业内，不另列
-- Coal of a year by purpose beside the year before, as reported first; feedstock is part of industry [10^4 t, %]
WITH used AS (
    SELECT b.area_code, b.stat_year AS year, b.scope, p.purpose, p.sort, p.name_zh, p.name_en, b.quantity_t::DOUBLE / 10000 AS amount, b.quantity_t::DECIMAL(24, 6) AS exact_t, b.origin, b.vintage
    FROM coal.balance b JOIN ref.coal_purpose p ON b.item = 'use:' || p.purpose AND p.valid_to IS NULL
    WHERE b.period_kind = 'year' AND b.exclusions = '' AND b.scope IN ('society', 'above_scale') AND p.subset_of IS NULL AND b.quantity_t IS NOT NULL
        AND NOT coalesce(b.printed_beside, false)
    QUALIFY row_number() OVER (
        PARTITION BY b.area_code, b.stat_year, b.scope, p.purpose ORDER BY list_position(['reported', 'firms', 'children'], b.origin), b.area_kind, b.perimeter
    ) = 1
)
SELECT n.area_code, n.year, n.scope, n.name_zh, n.name_en, n.amount AS amount_year, b.amount AS before, n.amount - b.amount AS change,
    100 * (n.amount - b.amount) / nullif(b.amount, 0) AS change_pct,
    100 * n.amount / nullif(sum(n.exact_t) OVER (PARTITION BY n.area_code, n.year, n.scope)::DOUBLE / 10000, 0) AS part_pct, n.origin, n.vintage, b.vintage AS vintage_before
FROM used n LEFT JOIN used b ON b.area_code = n.area_code AND b.year = n.year - 1 AND b.scope = n.scope AND b.purpose = n.purpose
ORDER BY n.area_code, n.year, n.scope DESC, n.sort
