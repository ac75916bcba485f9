-- 减排量估算：少烧的煤对应少排多少？
-- Avoided emissions: how much was not emitted for the coal that was not burnt?
--
-- progress：清洁取暖进度（coal_household_progress.sql 的结果）；quantity：另给的少烧煤量 | household progress; quantities given besides.
-- 每个数都是区间，区间的两端是各研究的最低与最高因子；从不取平均，也没有“最佳值”。只有一个研究的标 single_source。
-- Every figure is a range, its ends the lowest and highest factor of the studies; there is no mean and no best value. One study only: single_source.
-- SO2：硫平衡 20 × S × C × (1 − η)，S 为收到基全硫；用本地区抽检中位数（件数不足用全省），再无则按假定并标明。
-- SO2: sulfur balance, S as received: the median of the area's inspections, of the province where they are too few, else an assumption, marked.
-- St,ar = St,d × (100 − Mt) ÷ 100；全水未测的按干基（偏高），算作假定 | where moisture was not measured the dry value stands (too high), marked.
-- CO2：IPCC 形式 NCV × CC × OF × 44/12；煤种不明的按烟煤并给出无烟煤—烟煤区间 | where the coal is not known, bituminous with the range to anthracite.
-- 只计少烧的煤，替代后用电、气、洁净煤的排放未扣 | only coal not burnt counts; what its substitute emits is not taken off.
WITH rule AS (
    SELECT max(value) FILTER (rule = 'assumed_sulfur_ar_pct') AS assumed_sulfur, max(value) FILTER (rule = 'sulfur_min_samples') AS min_samples,
        max(value) FILTER (rule = 'so2_sulfur_factor') AS sulfur_factor
    FROM ref.coal_rule WHERE $as_of::DATE BETWEEN valid_from AND coalesce(valid_to, DATE '9999-12-31')
),
activity AS (
    SELECT area_kind, area_code, stat_year, 'household' AS activity, 'residential' AS burning, 'bulk' AS fuel_group, NULL::VARCHAR AS fuel,
        coal_cut_t AS coal_t, NULL::DECIMAL(18, 6) AS given_sulfur, 0::DECIMAL(18, 6) AS removal
    FROM progress WHERE area_kind <> 'village' AND terrain = 'all' AND coal_cut_t > 0
    UNION ALL BY NAME
    FROM quantity
),
kind(burning, factor_use) AS (VALUES ('residential', 'residential'), ('grate', 'industry_or_heating'), ('pulverised', 'power')),
product(product_type, fuel_group) AS (VALUES ('scattered_coal', 'bulk'), ('commercial_coal', 'bulk'), ('honeycomb', 'briquette'), ('briquette', 'briquette')),
-- 民用散煤用散煤样品的硫分，其他用途用商品煤的 | household lump coal by lump-coal samples, other uses by commercial coal
sulfur_sample AS (
    SELECT i.sample_id, p.fuel_group, CASE i.product_type WHEN 'commercial_coal' THEN 'other' ELSE 'residential' END AS burnt,
        coalesce(i.province_code, substr(i.city_code, 1, 2) || '0000') AS province, i.city_code, i.county_code,
        i.std_pct::DOUBLE AS dry, (i.std_pct * (100 - i.mt_pct))::DOUBLE / 100 AS received
    FROM coal.inspection i JOIN product p USING (product_type)
    WHERE i.std_pct IS NOT NULL AND i.sampled_on <= $as_of::DATE
    QUALIFY row_number() OVER (PARTITION BY i.sample_id ORDER BY i.sha256 NULLS FIRST, i.sheet, i.sheet_row) = 1
),
sulfur_place AS (
    SELECT *, 'county' AS area_kind, county_code AS area_code FROM sulfur_sample
    UNION ALL SELECT *, 'city', city_code FROM sulfur_sample
    UNION ALL SELECT *, 'province', province FROM sulfur_sample
    UNION ALL
    SELECT s.*, 'region', r.region_id FROM sulfur_sample s
    JOIN (SELECT DISTINCT region_id, area_code FROM ref.region_city WHERE role = 'city') r ON r.area_code = s.city_code
),
sulfur AS (
    SELECT area_kind, area_code, fuel_group, burnt, count(received) AS n_received, median(received) AS received, count(*) AS n_dry, median(dry) AS dry
    FROM sulfur_place WHERE area_code IS NOT NULL GROUP BY ALL
),
usable AS (
    SELECT area_kind, area_code, fuel_group, burnt, n_received < min_samples AS moisture_unknown,
        CASE WHEN n_received >= min_samples THEN n_received ELSE n_dry END AS n_samples,
        CASE WHEN n_received >= min_samples THEN received ELSE dry END::DECIMAL(18, 6) AS sulfur_pct
    FROM sulfur CROSS JOIN rule WHERE n_dry >= min_samples
),
with_sulfur AS (
    SELECT a.*, k.factor_use, r.sulfur_factor,
        coalesce(a.given_sulfur, own.sulfur_pct, wide.sulfur_pct, r.assumed_sulfur::DECIMAL(18, 6)) AS sulfur_pct,
        CASE WHEN a.given_sulfur IS NOT NULL THEN 'given' WHEN own.sulfur_pct IS NOT NULL THEN 'inspections'
            WHEN wide.sulfur_pct IS NOT NULL THEN 'inspections_province' WHEN r.assumed_sulfur IS NOT NULL THEN 'assumed' END AS sulfur_basis,
        CASE WHEN a.given_sulfur IS NULL THEN coalesce(own.n_samples, wide.n_samples) END AS n_samples,
        a.given_sulfur IS NULL AND CASE WHEN own.sulfur_pct IS NOT NULL THEN own.moisture_unknown ELSE coalesce(wide.moisture_unknown, false) END AS moisture_unknown
    FROM activity a
    JOIN kind k USING (burning)
    CROSS JOIN rule r
    LEFT JOIN usable own ON own.area_kind = a.area_kind AND own.area_code = a.area_code AND own.fuel_group = a.fuel_group
        AND own.burnt = CASE a.burning WHEN 'residential' THEN 'residential' ELSE 'other' END
    LEFT JOIN (SELECT DISTINCT unit_id, city_code FROM ref.assessment_unit) u ON u.unit_id = a.area_code
    LEFT JOIN usable wide ON wide.area_kind = 'province' AND wide.area_code = substr(coalesce(u.city_code, a.area_code), 1, 2) || '0000' AND wide.fuel_group = a.fuel_group
        AND wide.burnt = CASE a.burning WHEN 'residential' THEN 'residential' ELSE 'other' END AND a.area_kind <> 'region'
),
so2 AS (
    SELECT w.* EXCLUDE (sulfur_factor, factor_use), 'SO2' AS pollutant, 'sulfur_balance' AS method,
        sulfur_factor * sulfur_pct::DOUBLE * (1 - removal::DOUBLE) AS per_share, c.c_low, c.c_high, c.c_default,
        1 AS n_sources, c.source AS sources, false AS single_source, sulfur_basis = 'assumed' OR moisture_unknown AS assumed, c.verified,
        CASE WHEN sulfur_basis = 'assumed' THEN '硫分为假定值，未经本地区抽检' WHEN moisture_unknown THEN '全水未测，按干基硫计，偏高' ELSE '硫转化比例未核实' END AS note_zh,
        CASE WHEN sulfur_basis = 'assumed' THEN 'sulfur is assumed, not measured here' WHEN moisture_unknown THEN 'moisture not measured: dry sulfur, too high'
            ELSE 'the share of sulfur emitted is not verified' END AS note_en
    FROM with_sulfur w
    JOIN ref.coal_sulfur_parameter c ON c."use" = w.burning AND $as_of::DATE BETWEEN c.valid_from AND coalesce(c.valid_to, DATE '9999-12-31')
),
so2_factor AS (SELECT *, per_share * c_low::DOUBLE AS low, per_share * c_high::DOUBLE AS high, per_share * c_default::DOUBLE AS by_formula FROM so2),
-- 煤种不明：散煤取无烟煤至烟煤 | the coal not known: lump coal between anthracite and bituminous
co2_factor AS (
    SELECT a.area_kind, a.area_code, a.stat_year, a.activity, a.burning, a.fuel_group, a.coal_t, 'CO2' AS pollutant, 'ipcc' AS method,
        1000 * min(c.co2_t_per_t)::DOUBLE AS low, 1000 * max(c.co2_t_per_t)::DOUBLE AS high,
        1000 * max(c.co2_t_per_t) FILTER (c.fuel = coalesce(a.fuel, CASE a.fuel_group WHEN 'briquette' THEN 'briquette' ELSE 'bituminous' END))::DOUBLE AS by_formula,
        count(DISTINCT c.source) AS n_sources, string_agg(DISTINCT c.source, '; ' ORDER BY c.source) AS sources, false AS single_source,
        a.fuel IS NULL AS assumed, bool_and(c.verified) AS verified,
        CASE WHEN a.fuel IS NULL THEN '煤种未知：公式值按' || CASE a.fuel_group WHEN 'briquette' THEN '型煤' ELSE '烟煤' END END AS note_zh,
        CASE WHEN a.fuel IS NULL THEN 'the coal is not known: by the formula for ' || CASE a.fuel_group WHEN 'briquette' THEN 'briquettes' ELSE 'bituminous coal' END END AS note_en
    FROM activity a
    JOIN ref.coal_co2_factor c ON $as_of::DATE BETWEEN c.valid_from AND coalesce(c.valid_to, DATE '9999-12-31')
        AND CASE WHEN a.fuel IS NOT NULL THEN c.fuel = a.fuel WHEN a.fuel_group = 'briquette' THEN c.fuel = 'briquette' ELSE c.fuel IN ('anthracite', 'bituminous') END
    GROUP BY a.area_kind, a.area_code, a.stat_year, a.activity, a.burning, a.fuel_group, a.fuel, a.coal_t
),
ranged AS (
    SELECT a.area_kind, a.area_code, a.stat_year, a.activity, a.burning, a.fuel_group, a.coal_t, f.pollutant, 'factor_range' AS method,
        min(f.ef_g_per_kg)::DOUBLE AS low, max(f.ef_g_per_kg)::DOUBLE AS high,
        count(DISTINCT f.study) AS n_sources, string_agg(DISTINCT f.source, '; ' ORDER BY f.source) AS sources, count(DISTINCT f.study) = 1 AS single_source,
        false AS assumed, bool_and(f.verified) AS verified,
        CASE WHEN count(DISTINCT f.study) = 1 THEN '只有一个来源，不成区间' ELSE '各研究最低至最高，不取平均' END AS note_zh,
        CASE WHEN count(DISTINCT f.study) = 1 THEN 'one source only, no range' ELSE 'lowest to highest of the studies, no mean' END AS note_en
    FROM activity a
    JOIN kind k USING (burning)
    JOIN ref.coal_emission_factor f ON f."use" = k.factor_use AND f.fuel_group IN (a.fuel_group, 'mixed', 'any') AND f.in_range
        AND f.pollutant IN ('PM2.5', 'PM10', 'NOx', 'CO', 'VOCs') AND $as_of::DATE BETWEEN f.valid_from AND coalesce(f.valid_to, DATE '9999-12-31')
    GROUP BY ALL
),
together AS (
    SELECT * EXCLUDE (c_low, c_high, c_default, per_share, given_sulfur, removal, fuel, moisture_unknown) FROM so2_factor
    UNION ALL BY NAME
    FROM co2_factor
    UNION ALL BY NAME
    FROM ranged
)
SELECT area_kind, area_code, stat_year, activity, burning, fuel_group, pollutant, coal_t::DECIMAL(22, 4) AS coal_t, method,
    -- 煤量与 kg/t 相乘再除以 1000 | tonnes times kg/t, over 1000
    (coal_t::DOUBLE * low / 1000)::DECIMAL(22, 4) AS low_t, (coal_t::DOUBLE * high / 1000)::DECIMAL(22, 4) AS high_t,
    CASE WHEN method <> 'factor_range' THEN (coal_t::DOUBLE * by_formula / 1000)::DECIMAL(22, 4) END AS formula_t,
    low::DECIMAL(18, 6) AS factor_low, high::DECIMAL(18, 6) AS factor_high, n_sources::INTEGER AS n_sources, sources, single_source,
    sulfur_pct, sulfur_basis, n_samples::INTEGER AS n_samples, assumed, coalesce(verified AND NOT assumed, false) AS verified, note_zh, note_en,
    $as_of::DATE AS as_of_day
FROM together
