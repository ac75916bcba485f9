-- 清洁取暖进度：各村、县、市、省、区域，任务完成多少，达序时吗，散煤减了多少？
-- Household replacement: how much of the task is done, is it on schedule, how much scattered coal is gone?
--
-- village_year：coal_household_village.sql 的结果 | the result of coal_household_village.sql
-- 完成 n_done 已扣除未整改复燃 | n_done is less those back to coal and not mended.
-- 序时：已过整月 ÷ 12（月末当日计为整月），往年为 100 % | schedule: whole months passed over 12, a month's last day completes it; past years 100 %.
-- 清洁取暖率两个口径：不含洁净煤、含洁净煤；都扣除未整改复燃 | clean heating on two terms: without and with clean coal, both less those back to coal.
-- 用煤量只合计改造前、现在两项都有的村，并报村数 | coal is summed over villages that give both amounts, whose number is told.
-- terrain：平原、山区分列，all 为合计；村只有 all | plain and mountain apart, all is the sum; villages have only all.
WITH member AS (
    SELECT v.*, 'village' AS area_kind, village_id AS area_code FROM village_year v
    UNION ALL BY NAME
    SELECT v.*, 'county' AS area_kind, county_code AS area_code FROM village_year v WHERE county_code IS NOT NULL
    UNION ALL BY NAME
    SELECT v.*, 'city' AS area_kind, city_code AS area_code FROM village_year v WHERE city_code IS NOT NULL
    UNION ALL BY NAME
    SELECT v.*, 'province' AS area_kind, province_code AS area_code FROM village_year v WHERE province_code IS NOT NULL
    UNION ALL BY NAME
    SELECT v.*, 'region' AS area_kind, r.region_id AS area_code FROM village_year v
    JOIN (SELECT DISTINCT region_id, area_code FROM ref.region_city WHERE role = 'city') r ON r.area_code = v.city_code
),
summed AS (
    SELECT area_kind, area_code, stat_year, coalesce(terrain, 'all') AS terrain, count(*)::INTEGER AS n_villages,
        sum(n_households)::BIGINT AS n_households, sum(n_electricity)::BIGINT AS n_electricity, sum(n_gas)::BIGINT AS n_gas, sum(n_heat)::BIGINT AS n_heat,
        sum(n_clean_coal)::BIGINT AS n_clean_coal, sum(n_other_clean)::BIGINT AS n_other_clean, sum(n_target)::BIGINT AS n_target,
        coalesce(sum(n_done_reported), 0)::BIGINT AS n_done_reported, sum(n_done)::BIGINT AS n_done,
        count(n_done_reported) FILTER (n_target > 0) = 0 AS done_unknown,
        sum(coal_before_t) FILTER (coal_remaining_t IS NOT NULL)::DECIMAL(22, 4) AS coal_before_t,
        sum(coal_remaining_t) FILTER (coal_before_t IS NOT NULL)::DECIMAL(22, 4) AS coal_remaining_t,
        count(*) FILTER (coal_before_t IS NOT NULL AND coal_remaining_t IS NOT NULL)::INTEGER AS n_villages_coal,
        count(*) FILTER (order_violated)::INTEGER AS n_order_violations, count(*) FILTER (order_unknown)::INTEGER AS n_order_unknown,
        count(*) FILTER (supply_not_ready)::INTEGER AS n_supply_not_ready, count(*) FILTER (in_ban_zone)::INTEGER AS n_ban_zone_villages,
        count(*) FILTER (ban_zone_coal)::INTEGER AS n_ban_zone_coal,
        sum(n_visited)::BIGINT AS n_visited, sum(n_relapsed)::BIGINT AS n_relapsed, sum(n_relapse_open)::BIGINT AS n_relapse_open,
        sum(n_ledger)::BIGINT AS n_ledger, sum(n_ledger_done)::BIGINT AS n_ledger_done, sum(n_ledger_order)::BIGINT AS n_ledger_order,
        count(*) FILTER (ledger_differs)::INTEGER AS n_ledger_differs, sum(n_double)::INTEGER AS n_double
    FROM member
    GROUP BY GROUPING SETS ((area_kind, area_code, stat_year), (area_kind, area_code, stat_year, terrain))
),
timed AS (
    SELECT *, CASE WHEN stat_year < year($as_of::DATE) THEN 12
            ELSE month($as_of::DATE) - CASE WHEN last_day($as_of::DATE) = $as_of::DATE THEN 0 ELSE 1 END END AS months,
        n_electricity + n_gas + n_heat + n_other_clean AS n_clean
    FROM summed
    WHERE area_kind <> 'village' OR terrain = 'all'
)
SELECT area_kind, area_code, stat_year, terrain, n_villages, n_households, n_electricity, n_gas, n_heat, n_clean_coal, n_other_clean,
    n_households - n_clean - n_clean_coal AS n_rest, n_target, n_done_reported, n_done, 100.0 * n_done / nullif(n_target, 0) AS done_pct,
    100.0 * months / 12 AS time_share_pct, 100.0 * greatest(n_clean - n_relapse_open, 0) / nullif(n_households, 0) AS clean_heating_pct,
    100.0 * greatest(n_clean + n_clean_coal - n_relapse_open, 0) / nullif(n_households, 0) AS with_clean_coal_pct,
    CASE WHEN n_target = 0 THEN 'no_target' WHEN done_unknown THEN 'insufficient' WHEN n_done >= n_target THEN 'done'
        WHEN stat_year < year($as_of::DATE) THEN 'not_done' WHEN n_done * 12 >= n_target * months THEN 'on_schedule' ELSE 'behind' END AS verdict,
    coal_before_t, coal_remaining_t, (coal_before_t - coal_remaining_t)::DECIMAL(22, 4) AS coal_cut_t, n_villages_coal,
    n_order_violations, n_order_unknown, n_supply_not_ready, n_ban_zone_villages, n_ban_zone_coal, n_visited, n_relapsed, n_relapse_open,
    100.0 * n_relapsed / nullif(n_visited, 0) AS relapse_pct, n_ledger, n_ledger_done, n_ledger_order, n_ledger_differs, n_double, $as_of::DATE AS as_of_day
FROM timed
