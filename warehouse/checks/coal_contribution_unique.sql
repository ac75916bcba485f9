-- table: coal.contribution
-- consequence: block
-- zh: 增减贡献有重复行
-- en: the contributions hold a row twice
SELECT area_kind, area_code, period, scope, scope_rule, contributor_kind, contributor_code, count(*) AS n_rows
FROM coal.contribution GROUP BY ALL HAVING count(*) > 1
