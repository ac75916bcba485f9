-- zh: 哪些村有复燃，或者先清煤后保障取暖？
-- en: In which villages did households return to coal, or was coal removed before heating was secured?
-- parameter: year | 年份；省略为最近一年 | year; the newest without it
SELECT v.city_name AS "城市", v.county_name AS "县区", v.township AS "乡镇", v.village_name AS "村", v.village_id AS "村编号",
    h.n_relapse_open AS "未整改复燃户数", h.n_relapsed AS "复燃户数", h.n_visited AS "回访户数", round(h.relapse_pct, 1) AS "复燃率%",
    CASE WHEN h.n_order_violations > 0 THEN '先清煤、后保障' WHEN h.n_order_unknown > 0 THEN '清煤而无保障日期' END AS "先立后破",
    CASE WHEN h.n_supply_not_ready > 0 THEN '供应未落实' END AS "供应", CASE WHEN h.n_ban_zone_coal > 0 THEN '禁燃区内仍用煤' END AS "禁燃区",
    v.heating_secured_on AS "取暖保障日期", v.coal_removed_on AS "散煤清理日期", h.n_households AS "总户数"
FROM coal.household_progress h
JOIN coal.village v ON v.village_id = h.area_code AND v.stat_year = h.stat_year
WHERE h.area_kind = 'village' AND h.terrain = 'all'
    AND h.stat_year = coalesce(getvariable('year')::INTEGER, (SELECT max(stat_year) FROM coal.household_progress))
    AND (h.n_relapse_open > 0 OR h.n_relapsed > 0 OR h.n_order_violations > 0 OR h.n_order_unknown > 0)
ORDER BY h.n_relapse_open DESC, h.n_order_violations DESC, h.n_relapsed DESC, v.village_id
