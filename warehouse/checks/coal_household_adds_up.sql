-- table: coal.household_progress
-- consequence: block
-- zh: 各村之和与各省之和不符
-- en: the provinces do not add up to all villages
WITH village AS (
    SELECT stat_year, sum(n_households) AS n_households, sum(n_done) AS n_done FROM coal.household_progress WHERE area_kind = 'village' GROUP BY ALL
),
province AS (
    SELECT stat_year, sum(n_households) AS n_households, sum(n_done) AS n_done FROM coal.household_progress
    WHERE area_kind = 'province' AND terrain = 'all' GROUP BY ALL
)
SELECT stat_year, v.n_households AS villages, p.n_households AS provinces
FROM village v JOIN province p USING (stat_year)
WHERE v.n_households <> p.n_households OR v.n_done <> p.n_done
