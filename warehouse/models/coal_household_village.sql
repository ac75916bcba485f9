-- 清洁取暖村表：每村每年多少户、完成多少、复燃多少、台账对得上吗？
-- Clean heating by village and year: households, done, back to coal, and does the household ledger agree?
--
-- 同村同年、同户的重复行只计一行，另计重复数 | rows of a village and year, or of a household, given twice count once; the rest are counted as double.
-- 复燃：同村同日既有村合计又有分户的，以村合计为准；分户按最近一次回访，回访未复燃或已办结即为整改；
-- 村合计不知是哪些户，只计最近一次未办结的，不累加。
-- Back to coal: where a day has a village total and households, the total counts; of a household the latest visit does;
-- village totals do not say which households, so only the latest that is not closed counts, and they never add up.
-- 扣完成数的复燃：分户台账有清理日期的归清理年，否则归回访年；村无该年行的归此前最近一年。
-- Open ones are taken off the year the household's coal was removed where the ledger tells, else the year of the visit.
-- 台账核对：分户多于村表即不符；台账户数达到总户数的，须相等。完成数逐年比，取暖方式户数只与最近一年比。
-- The ledger does not agree where it has more than the village row, or where it holds all households and differs at all; households
-- done are compared with every year, kinds of heating with the newest.
WITH counted AS (
    SELECT *, coalesce(province_code, substr(city_code, 1, 2) || '0000') AS province,
        count(*) OVER w - 1 AS n_double, row_number() OVER (w ORDER BY sha256 NULLS FIRST, sheet, sheet_row) AS pick
    FROM coal.village WHERE stat_year <= year($as_of::DATE)
    WINDOW w AS (PARTITION BY village_id, stat_year)
),
village AS (SELECT *, max(stat_year) OVER (PARTITION BY village_id) = stat_year AS newest FROM counted WHERE pick = 1),
household AS (
    SELECT * EXCLUDE (coal_removed_on), CASE WHEN coal_removed_on <= $as_of::DATE THEN coal_removed_on END AS coal_removed_on,
        count(*) OVER w - 1 AS n_double, row_number() OVER (w ORDER BY village_id, sha256 NULLS FIRST, sheet, sheet_row) AS pick
    FROM coal.household WINDOW w AS (PARTITION BY household_id)
),
visit AS (
    SELECT DISTINCT village_id, household_id, visited_on, n_visited, n_relapsed, closed_on,
        bool_or(household_id IS NULL) OVER (PARTITION BY village_id, visited_on) AND household_id IS NOT NULL AS in_total
    FROM coal.relapse_visit WHERE visited_on <= $as_of::DATE
),
seen AS (
    SELECT *, household_id IS NOT NULL AS single, year(visited_on) AS year_seen,
        n_relapsed > 0 AND NOT coalesce(closed_on <= $as_of::DATE, false) AS open,
        row_number() OVER (PARTITION BY village_id, household_id ORDER BY visited_on DESC, n_relapsed DESC, closed_on DESC NULLS LAST) AS back,
        row_number() OVER (PARTITION BY village_id, household_id, open ORDER BY visited_on DESC, n_relapsed DESC, closed_on DESC NULLS LAST) AS back_open,
        row_number() OVER (PARTITION BY village_id, household_id, year(visited_on) ORDER BY visited_on) AS nth,
        row_number() OVER (PARTITION BY village_id, household_id, year(visited_on), n_relapsed > 0 ORDER BY visited_on) AS nth_same
    FROM visit WHERE NOT in_total
),
state AS (
    SELECT s.village_id, s.year_seen, coalesce(year(h.coal_removed_on), s.year_seen) AS year_done,
        CASE WHEN NOT single OR nth = 1 THEN n_visited ELSE 0 END AS n_visited,
        CASE WHEN NOT single OR nth_same = 1 THEN n_relapsed ELSE 0 END AS n_relapsed,
        CASE WHEN open AND CASE WHEN single THEN back ELSE back_open END = 1 THEN n_relapsed ELSE 0 END AS n_open
    FROM seen s
    LEFT JOIN household h ON h.household_id = s.household_id AND h.pick = 1
),
relapse AS (
    SELECT v.village_id, v.stat_year, sum(s.n_visited) AS n_visited, sum(s.n_relapsed) AS n_relapsed, sum(s.n_open) AS n_open
    FROM state s ASOF JOIN village v ON s.village_id = v.village_id AND s.year_seen >= v.stat_year GROUP BY ALL
),
relapse_of_done AS (
    SELECT v.village_id, v.stat_year, sum(s.n_open) AS n_open
    FROM state s ASOF JOIN village v ON s.village_id = v.village_id AND s.year_done >= v.stat_year GROUP BY ALL
),
ledger AS (
    SELECT village_id, count(*) FILTER (pick = 1) AS n_ledger, count(*) FILTER (pick > 1) AS n_double,
        [count(*) FILTER (pick = 1 AND heating = 'electricity'), count(*) FILTER (pick = 1 AND heating = 'gas'),
            count(*) FILTER (pick = 1 AND heating = 'heat'), count(*) FILTER (pick = 1 AND heating = 'clean_coal'),
            count(*) FILTER (pick = 1 AND heating = 'other_clean')] AS kinds
    FROM household GROUP BY village_id
),
ledger_year AS (
    SELECT village_id, year(coal_removed_on) AS stat_year, count(*) FILTER (heating <> 'scattered_coal') AS n_ledger_done,
        count(*) FILTER (coal_removed_on < heating_secured_on) AS n_ledger_order
    FROM household WHERE pick = 1 AND coal_removed_on IS NOT NULL GROUP BY ALL
)
SELECT v.village_id, v.village_name, v.stat_year, v.province AS province_code, v.city_code, v.county_code, coalesce(v.terrain, 'unknown') AS terrain,
    v.n_households, coalesce(v.n_electricity, 0) AS n_electricity, coalesce(v.n_gas, 0) AS n_gas, coalesce(v.n_heat, 0) AS n_heat,
    coalesce(v.n_clean_coal, 0) AS n_clean_coal, coalesce(v.n_other_clean, 0) AS n_other_clean,
    coalesce(v.n_target, 0) AS n_target, v.n_done AS n_done_reported,
    greatest(coalesce(v.n_done, 0) - coalesce(d.n_open, 0), 0)::BIGINT AS n_done,
    v.coal_before_t, v.coal_remaining_t, v.in_ban_zone, v.supply_ready, v.heating_secured_on,
    CASE WHEN v.coal_removed_on <= $as_of::DATE THEN v.coal_removed_on END AS coal_removed_on,
    coalesce(v.coal_removed_on <= $as_of::DATE AND v.coal_removed_on < v.heating_secured_on, false) AS order_violated,
    coalesce(v.coal_removed_on <= $as_of::DATE AND v.heating_secured_on IS NULL, false) AS order_unknown,
    coalesce(NOT v.supply_ready, false) AS supply_not_ready,
    coalesce(v.in_ban_zone, false) AND (coalesce(v.coal_remaining_t, 0) > 0 OR coalesce(r.n_open, 0) > 0) AS ban_zone_coal,
    coalesce(r.n_visited, 0)::BIGINT AS n_visited, coalesce(r.n_relapsed, 0)::BIGINT AS n_relapsed, coalesce(r.n_open, 0)::BIGINT AS n_relapse_open,
    CASE WHEN v.newest THEN coalesce(l.n_ledger, 0) ELSE 0 END AS n_ledger, coalesce(y.n_ledger_done, 0) AS n_ledger_done,
    coalesce(y.n_ledger_order, 0) AS n_ledger_order,
    coalesce(y.n_ledger_done > coalesce(v.n_done, 0), false)
        OR coalesce(v.newest AND list_bool_or(list_transform(list_zip(l.kinds, k.kinds), lambda p: p[1] > p[2])), false)
        OR coalesce(l.n_ledger >= v.n_households AND (coalesce(y.n_ledger_done, 0) <> coalesce(v.n_done, 0) OR (v.newest AND l.kinds <> k.kinds)), false)
        AS ledger_differs,
    v.n_double + CASE WHEN v.newest THEN coalesce(l.n_double, 0) ELSE 0 END AS n_double
FROM village v
JOIN (
    SELECT village_id, stat_year, [coalesce(n_electricity, 0), coalesce(n_gas, 0), coalesce(n_heat, 0), coalesce(n_clean_coal, 0), coalesce(n_other_clean, 0)] AS kinds
    FROM village
) k USING (village_id, stat_year)
LEFT JOIN relapse r USING (village_id, stat_year)
LEFT JOIN relapse_of_done d USING (village_id, stat_year)
LEFT JOIN ledger l USING (village_id)
LEFT JOIN ledger_year y USING (village_id, stat_year)
