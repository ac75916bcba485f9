-- 煤炭替代之一：每个项目按哪份审查意见、哪条规则核查？
-- Coal replacement, part 1: by which approval document and which rule is each project judged?
--
-- 规则取批复日有效者，区县、市、省、全国依次优先；没有批复日的按核查日 | the rule in force on the day of approval, the most local first; without such a day, on the day of the check.
-- 一个项目有多份审查意见时取最近批复的一份 | of several documents the last approved is judged.
-- k1、k2 为空即未读到，后按 1 计并注明 | k1, k2 NULL: not read; counted as 1 later, and said so.
WITH judged AS (
    SELECT p.*, coalesce(approval_day, $as_of::DATE) AS rule_day,
        -- 核查日以后批复的不算 | documents approved after the day of the check are not yet there
        count(*) FILTER (coalesce(approval_day <= $as_of::DATE, true)) OVER (PARTITION BY project_code) AS n_documents,
        coalesce(province_code, left(coalesce(city_code, county_code), 2) || '0000') AS province
    FROM coal.project p
    QUALIFY row_number() OVER (
        PARTITION BY project_code
        ORDER BY coalesce(approval_day <= $as_of::DATE, false) DESC, approval_day DESC NULLS LAST, document_number DESC, coal_t DESC NULLS FIRST
    ) = 1
),
rule_of AS (
    SELECT j.project_code, r.*,
        CASE r.area_code WHEN j.county_code THEN 1 WHEN j.city_code THEN 2 WHEN j.province THEN 3 ELSE 4 END AS nearness
    FROM judged j
    JOIN ref.replacement_rule r
        ON r.area_code IN (j.county_code, j.city_code, j.province, '*')
        AND j.rule_day BETWEEN r.valid_from AND coalesce(r.valid_to, DATE '9999-12-31')
    QUALIFY row_number() OVER (PARTITION BY j.project_code ORDER BY nearness) = 1
),
factor_of AS (
    SELECT j.project_code, max(f.k1) AS k1, bool_and(f.verified) AS verified
    FROM judged j
    JOIN rule_of r USING (project_code)
    JOIN ref.replacement_industry_factor f
        ON f.area_code = r.area_code
        AND list_contains(string_split(f.divisions, ';'), j.industry_division)
        AND j.rule_day BETWEEN f.valid_from AND coalesce(f.valid_to, DATE '9999-12-31')
    GROUP BY j.project_code
),
-- 核查日同一地区是否已换规则 | has the rule of the same place changed by the day of the check?
changed AS (
    SELECT j.project_code, count(*) > 0 AS rule_changed
    FROM judged j
    JOIN rule_of r USING (project_code)
    JOIN ref.replacement_rule n ON n.area_code IN (j.county_code, j.city_code, j.province)
        AND n.valid_from > r.valid_from AND n.valid_from > j.rule_day AND n.valid_from <= $as_of::DATE
    GROUP BY j.project_code
)
SELECT j.* EXCLUDE (province, province_code), j.province AS province_code,
    r.area_code AS rule_area_code, r.kind, coalesce(f.k1, r.k1) AS k1, r.k2, r.feedstock_excluded, r.in_place_before_start, r.realised_from,
    r.spot_share_pct, r.rejected_baseline_first, r.rejected_baseline_last, r.rejected_scopes, r.clause, r.source,
    coalesce(r.verified, false) AS rule_verified,
    -- 取了行业系数，规则行自身的 k1 是否核实即无关 | with an industry factor the rule's own k1 does not matter
    list_filter(string_split(coalesce(r.unverified_fields, ''), ';'), lambda x: x <> '' AND NOT (x = 'k1' AND f.k1 IS NOT NULL))
        || CASE WHEN f.verified = false THEN ['k1'] ELSE [] END AS unverified_fields,
    coalesce(c.rule_changed, false) AS rule_changed,
    EXISTS (
        SELECT 1 FROM ref.region_city m
        WHERE m.region_id LIKE 'fenwei%' AND m.area_code IN (j.city_code, j.county_code)
            AND j.rule_day BETWEEN m.valid_from AND coalesce(m.valid_to, DATE '9999-12-31')
    ) AS in_fenwei,
    EXISTS (
        SELECT 1 FROM ref.replacement_fuel_rule u
        WHERE u.clause LIKE '%〔2023〕24号%' AND j.rule_day BETWEEN u.valid_from AND coalesce(u.valid_to, DATE '9999-12-31')
    ) AS under_plan_2023,
    -- 2984号：是否适用于本省；只适用于省内一部分的不作判断 | no. 2984: does it bind the province? Not said where it binds a part of it
    CASE WHEN s.document_known THEN CASE WHEN s.whole THEN 'yes' WHEN s.whole IS NULL THEN 'no' ELSE 'part' END END AS bound_by_2984
FROM judged j
LEFT JOIN rule_of r USING (project_code)
LEFT JOIN factor_of f USING (project_code)
LEFT JOIN changed c USING (project_code)
LEFT JOIN (
    SELECT p.project_code, count(*) > 0 AS document_known, bool_or(d.whole) FILTER (d.area_code = p.province) AS whole
    FROM judged p JOIN ref.replacement_scope d ON d.document = '发改环资〔2014〕2984号'
        AND p.province IS NOT NULL AND p.rule_day BETWEEN d.valid_from AND coalesce(d.valid_to, DATE '9999-12-31')
    GROUP BY p.project_code
) s USING (project_code)
