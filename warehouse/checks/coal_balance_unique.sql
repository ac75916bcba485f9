-- table: coal.balance
-- consequence: block
-- zh: 煤炭平衡有重复行
-- en: a balance occurs twice
SELECT area_kind, area_code, perimeter, period_kind, period, scope, item, origin, exclusions, count(*) AS n
FROM coal.balance GROUP BY ALL HAVING count(*) > 1
