-- 抽检逐项判定：每个样品的每项与适用限值比，合格吗？
-- Items of a sample: does each value meet each limit that applies?
--
-- sample_standard：coal_inspection_standard.sql 的结果 | the result of coal_inspection_standard.sql
-- 基准：只与同一基准的实测值比；只报了别的基准的（如限值 Vd、只报 Vdaf）为 basis_differs，从不算合格。
-- Basis: compared on the limit's own basis only; a value on another basis (limit Vd, only Vdaf reported) is basis_differs, never a pass.
-- 明示值：严于标准按明示；宽于强制标准按标准，宽于推荐性标准按明示；标准没有该项按明示。强制与否未查到的按强制。
-- Statement: stricter than the standard binds; laxer than a mandatory standard does not, laxer than a voluntary one does; it binds where the
-- standard has no such item. Where it was not read whether a standard is mandatory it is taken as mandatory.
-- 必检：当地清单所列（记录表有栏目的）；没有清单的，为决定等级的项（与临夏 2025、河南 2025 清单的主项一致）。
-- Required: what a list in force at the place names and the record has a column for; without one, the items that make the grade (as in the lists of Linxia and Henan, 2025).
-- 修约：实测值修约到限值位数再比（GB/T 8170），按明示值判的取明示值与标准限值位数之多者；结论由修约决定而规则未核实的记待核实。
-- Rounding: to the decimals of the limit before comparing, for a statement to its own or the limit's, whichever are more;
-- where that decides and the rule is not verified the verdict is unverified.
-- 未核实限值：unverified_pass / unverified_fail | limits not verified give unverified verdicts.
WITH sample AS (
    SELECT *, coalesce(province_code, substr(city_code, 1, 2) || '0000') AS province FROM coal.inspection
    WHERE sampled_on <= $as_of::DATE
    QUALIFY row_number() OVER (PARTITION BY sample_id ORDER BY sha256 NULLS FIRST, sheet, sheet_row) = 1
),
tested AS (
    UNPIVOT (
        SELECT sample_id, ad_pct, std_pct, vd_pct, vdaf_pct, qgr_d_mj_kg, qnet_ar_mj_kg, mt_pct, pd_pct, cld_pct, asd_ugg, hgd_ugg, fd_ugg,
            scc_n, drop_strength_pct, undersize_25mm_pct
        FROM sample
    ) ON COLUMNS(* EXCLUDE (sample_id)) INTO NAME column_name VALUE measured
),
claimed AS (
    UNPIVOT (SELECT sample_id, claimed_std_pct, claimed_ad_pct, claimed_qnet_ar_mj_kg FROM sample)
    ON COLUMNS(* EXCLUDE (sample_id)) INTO NAME claimed_column VALUE claimed_value
),
-- 同一性质、不同基准的栏目 | columns of one property on different bases
sibling(column_name, other_column) AS (
    VALUES ('vd_pct', 'vdaf_pct'), ('vdaf_pct', 'vd_pct'), ('qgr_d_mj_kg', 'qnet_ar_mj_kg'), ('qnet_ar_mj_kg', 'qgr_d_mj_kg')
),
claim_rule AS (
    SELECT coalesce(bool_and(verified) FILTER (outcome = 'claim'), false) AS claim_verified,
        coalesce(bool_and(verified) FILTER (outcome = 'round'), false) AS round_verified
    FROM ref.coal_claim_rule
),
named_item AS (
    SELECT s.sample_id, i.item, i.symbol, i.basis, i.unit, i.column_name, i.claimed_column, t.measured, o.other, c.claimed_value
    FROM sample s
    JOIN ref.coal_quality_item i ON s.sampled_on BETWEEN i.valid_from AND coalesce(i.valid_to, DATE '9999-12-31')
    LEFT JOIN tested t ON t.sample_id = s.sample_id AND t.column_name = i.column_name
    LEFT JOIN (
        SELECT x.sample_id, b.column_name, x.measured AS other FROM tested x JOIN sibling b ON b.other_column = x.column_name
    ) o ON o.sample_id = s.sample_id AND o.column_name = i.column_name
    LEFT JOIN claimed c ON c.sample_id = s.sample_id AND c.claimed_column = i.claimed_column
),
applied AS (FROM sample_standard WHERE applies_as <> 'exempt'),
limited AS (
    SELECT a.sample_id, a.standard, a.grade, a.applies_as, a.mandatory, l.condition, l.item, l.basis, l.unit, l.operator, l.limit_value, l.digits,
        l.clause, l.source, l.verified AND a.verified AS limit_verified
    FROM applied a
    JOIN sample s USING (sample_id)
    JOIN ref.coal_quality_limit l ON l.standard = a.standard AND l.grade IN (a.grade, '*')
        AND s.sampled_on BETWEEN l.valid_from AND coalesce(l.valid_to, DATE '9999-12-31')
        AND (l.condition = 'none' OR s.distance_km > 600)
),
listed AS (
    SELECT DISTINCT a.sample_id, a.standard, a.grade, r.item, r.or_item
    FROM applied a
    JOIN sample s USING (sample_id)
    JOIN ref.coal_item_required r ON r.standard = a.standard AND r.area_code IN ('*', s.province, s.city_code, s.county_code)
        AND r.stage IN ('*', s.stage) AND s.sampled_on BETWEEN r.valid_from AND coalesce(r.valid_to, DATE '9999-12-31')
    WHERE a.applies_as = 'standard'
),
-- 决定等级的项：各等级限值不同的；只有一个等级的标准为其全部项 | items that make a grade: their limits differ by grade; of one grade, all
grade_item AS (
    SELECT l.standard, l.condition, l.item
    FROM ref.coal_quality_limit l
    JOIN (SELECT standard, count(DISTINCT grade) AS n_grades FROM ref.coal_quality_limit GROUP BY standard) n USING (standard)
    GROUP BY ALL HAVING count(DISTINCT l.limit_value) > 1 OR max(n.n_grades) = 1
),
needed AS (
    FROM listed
    UNION ALL BY NAME
    SELECT DISTINCT l.sample_id, l.standard, l.grade, l.item
    FROM limited l
    JOIN grade_item USING (standard, condition, item)
    ANTI JOIN listed k ON k.sample_id = l.sample_id AND k.standard = l.standard
    WHERE l.applies_as = 'standard'
),
-- 可代项已检的不算缺 | a required item whose stand-in was tested is not missing
required AS (
    SELECT n.sample_id, n.standard, n.grade, n.item
    FROM needed n
    -- 抽检记录没有栏目的项（包装与标识）无从得知，不作必检 | an item the record has no column for cannot be known, and is not asked for
    JOIN named_item i ON i.sample_id = n.sample_id AND i.item = n.item AND i.column_name IS NOT NULL
    LEFT JOIN named_item o ON o.sample_id = n.sample_id AND o.item = n.or_item
    GROUP BY ALL
    HAVING bool_or(i.measured IS NOT NULL) OR NOT bool_or(o.measured IS NOT NULL)
),
asked AS (
    SELECT * EXCLUDE (applies_as), limit_value::DECIMAL(18, 6) AS standard_limit FROM limited
    UNION ALL BY NAME
    -- 必检而无限值 | required, without a limit
    SELECT r.sample_id, r.standard, r.grade, 'none' AS condition, r.item, 'none' AS operator, true AS limit_verified
    FROM required r ANTI JOIN limited l USING (sample_id, standard, grade, item)
    UNION ALL BY NAME
    -- 标准没有、只有明示值的项 | stated items no standard has
    SELECT n.sample_id, 'claim' AS standard, 'stated' AS grade, 'none' AS condition, n.item,
        CASE WHEN n.column_name LIKE 'q%' THEN 'min' ELSE 'max' END AS operator, 2 AS digits, true AS limit_verified
    FROM named_item n ANTI JOIN limited l USING (sample_id, item)
    WHERE n.claimed_value IS NOT NULL
),
bound AS (
    SELECT a.*, n.symbol, n.claimed_value, n.measured, n.other, coalesce(a.basis, n.basis, 'none') AS on_basis, coalesce(a.unit, n.unit) AS of_unit,
        n.basis IS DISTINCT FROM a.basis AND a.basis IS NOT NULL AND n.basis <> 'none' AS item_on_other_basis,
        r.item IS NOT NULL AS required,
        CASE WHEN a.operator = 'none' THEN 'none'
            WHEN n.claimed_value IS NULL OR n.claimed_value = a.standard_limit THEN 'standard'
            WHEN a.standard_limit IS NULL THEN 'claim'
            WHEN (n.claimed_value < a.standard_limit) = (a.operator = 'max') THEN 'claim'
            WHEN a.mandatory = 'no' THEN 'claim' ELSE 'standard' END AS limit_by
    FROM asked a
    LEFT JOIN named_item n USING (sample_id, item)
    LEFT JOIN required r USING (sample_id, standard, grade, item)
),
precise AS (
    SELECT * EXCLUDE (digits), digits AS limit_digits, CASE limit_by WHEN 'claim' THEN claimed_value WHEN 'standard' THEN standard_limit END AS judged_limit,
        -- 明示值自身的小数位，末尾的零不计 | the decimals of the statement itself, without trailing zeros
        CASE limit_by WHEN 'claim' THEN greatest(digits, length(rtrim(split_part(claimed_value::VARCHAR, '.', 2), '0'))) ELSE digits END::INTEGER AS digits
    FROM bound
),
compared AS (
    SELECT *, CASE WHEN NOT item_on_other_basis THEN round_8170(measured, digits)::DECIMAL(18, 6) END AS rounded,
        CASE WHEN NOT item_on_other_basis THEN round_8170(measured, limit_digits)::DECIMAL(18, 6) END AS rounded_to_standard
    FROM precise
),
judged AS (
    SELECT c.*, r.*,
        CASE operator WHEN 'max' THEN rounded <= judged_limit WHEN 'min' THEN rounded >= judged_limit END AS meets,
        CASE operator WHEN 'max' THEN measured <= judged_limit WHEN 'min' THEN measured >= judged_limit END AS meets_unrounded,
        CASE operator WHEN 'max' THEN rounded_to_standard <= standard_limit WHEN 'min' THEN rounded_to_standard >= standard_limit END AS meets_standard
    FROM compared c CROSS JOIN claim_rule r
),
settled AS (
    SELECT *, coalesce(meets <> meets_unrounded, false) AS by_rounding,
        -- 明示规则未核实时，按标准也得同一结论的才算核实 | where the rule on statements is not verified, only what the standard alone would say too
        CASE WHEN limit_by <> 'claim' THEN limit_verified
            WHEN meets THEN limit_verified AND (claim_verified OR coalesce(meets_standard, false))
            ELSE claim_verified OR (limit_verified AND NOT coalesce(meets_standard, true)) END
            AND (round_verified OR NOT coalesce(meets <> meets_unrounded, false)) AS verified
    FROM judged
)
SELECT sample_id, standard, grade, condition, item, symbol, on_basis AS basis, of_unit AS unit, operator, standard_limit AS limit_value, claimed_value,
    judged_limit, limit_by, digits, measured, rounded, by_rounding, required,
    CASE
        WHEN meets IS NOT NULL THEN CASE WHEN verified THEN '' ELSE 'unverified_' END || CASE WHEN meets THEN 'pass' ELSE 'fail' END
        WHEN operator = 'none' AND measured IS NOT NULL THEN 'no_limit'
        WHEN other IS NOT NULL OR (item_on_other_basis AND measured IS NOT NULL) THEN 'basis_differs'
        ELSE 'missing' END AS verdict,
    clause, source, verified
FROM settled
