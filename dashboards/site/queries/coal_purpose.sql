-- columns: area_code, year, scope, purpose, name_zh, name_en, amount, origin, vintage, n_firms
-- optional: coal.balance
-- 各用途全年用煤：上报合计优先，其次下级汇总；原料用煤已含在工业内，不另列 | coal of a year by purpose, as reported first; feedstock is part of industry [10^4 t]
SELECT b.area_code, b.stat_year AS year, b.scope, p.purpose, p.name_zh, p.name_en, b.quantity_t::DOUBLE / 10000 AS amount, b.origin, b.vintage, b.n_firms
FROM coal.balance b JOIN ref.coal_purpose p ON b.item = 'use:' || p.purpose AND p.valid_to IS NULL
WHERE b.period_kind = 'year' AND b.exclusions = '' AND b.scope IN ('society', 'above_scale') AND p.subset_of IS NULL AND b.quantity_t IS NOT NULL
    AND NOT coalesce(b.printed_beside, false)
QUALIFY row_number() OVER (
    PARTITION BY b.area_code, b.stat_year, b.scope, p.purpose ORDER BY list_position(['reported', 'firms', 'children'], b.origin), b.area_kind, b.perimeter
) = 1
ORDER BY b.area_code, year, b.scope DESC, p.sort
