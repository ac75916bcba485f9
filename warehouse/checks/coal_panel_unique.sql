-- table: coal.panel
-- consequence: block
-- zh: 同口径同比有重复行
-- en: the panel holds a row twice
SELECT area_kind, area_code, period, scope, scope_rule, panel_group, count(*) AS n_rows
FROM coal.panel GROUP BY ALL HAVING count(*) > 1
