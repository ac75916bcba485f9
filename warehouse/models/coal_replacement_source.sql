-- 煤炭替代之二：每个替代来源认可与否，全部原因是什么？
-- Coal replacement, part 2: is each source of replacement accepted, and what are all the reasons if not?
--
-- project：coal_replacement_project.sql 的结果；text：coal_replacement_text.sql 的结果 | results of the models of these names
-- 审批时可计未完成的来源；投产时只计已完成且已认定的 | a plan may count cuts still to come, the start of production only those done and recognised.
-- 重复占用在全部项目之间查，与次序无关 | double use is looked for among all projects, in no order.
WITH claim AS (
    -- 同一项目同一编号的多行合计 | rows of one id in one project add up
    SELECT project_code, source_id, count(*)::INTEGER AS n_rows, min(source_unit) AS source_unit, min(credit_code) AS credit_code,
        min(source_type) AS source_type, min(substitute_fuel) AS substitute_fuel, min(scope_of_cut) AS scope_of_cut,
        sum(cut_t)::DECIMAL(18, 4) AS cut_t, bool_and(coalesce(cut_t > 0, false)) AS cut_positive, min(baseline_year) AS baseline_year,
        CASE WHEN count(realised_on) = count(*) THEN max(realised_on) END AS realised_on,
        CASE WHEN count(recognised_on) = count(*) THEN max(recognised_on) END AS recognised_on,
        CASE WHEN count(dismantled_on) = count(*) THEN max(dismantled_on) END AS dismantled_on,
        CASE WHEN count(nullif(trim(evidence_doc), '')) = count(*) THEN min(trim(evidence_doc)) END AS evidence_doc,
        min(last_checked_on) AS last_checked_on, bool_and(still_stopped) AS still_stopped, nullif(trim(max(used_by_project)), '') AS used_by_project,
        regexp_replace(lower(min(source_unit)), '[\s()（）]', '', 'g') AS unit_key,
        min(sha256) AS sha256, min(sheet) AS sheet, min(sheet_row) AS sheet_row
    FROM coal.replacement_source
    GROUP BY project_code, source_id
),
-- 两个项目的来源：同号或各项全同为重复，仅相近为疑似 | sources of two projects: one id or all alike is double use, less is a suspicion
pair AS (
    SELECT a.project_code, a.source_id, b.project_code AS other_project, a.used_by_project, b.used_by_project AS other_used_by, true AS same
    FROM claim a JOIN claim b ON a.source_id = b.source_id AND a.project_code <> b.project_code
    UNION ALL
    SELECT a.project_code, a.source_id, b.project_code, a.used_by_project, b.used_by_project,
        a.cut_t = b.cut_t AND a.realised_on IS NOT DISTINCT FROM b.realised_on
    FROM claim a JOIN claim b ON a.credit_code = b.credit_code AND a.source_type = b.source_type AND a.project_code <> b.project_code
        AND a.baseline_year IS NOT DISTINCT FROM b.baseline_year AND NOT coalesce(a.dismantled_on <> b.dismantled_on, false)
    UNION ALL
    SELECT a.project_code, a.source_id, b.project_code, a.used_by_project, b.used_by_project, false
    FROM claim a JOIN claim b ON a.unit_key = b.unit_key AND a.cut_t = b.cut_t AND a.project_code <> b.project_code
        AND NOT coalesce(a.dismantled_on <> b.dismantled_on, false)
),
double_use AS (
    SELECT project_code, source_id, bool_or(coalesce(same, false)) AS same, string_agg(DISTINCT other_project, ',' ORDER BY other_project) AS other_projects
    FROM pair
    -- 对方已注明由本项目使用，或本方注明自用而对方未注明，不算冲突 | no conflict where the other names this project as the user, or only this one names itself
    WHERE other_used_by IS DISTINCT FROM project_code AND NOT (coalesce(used_by_project = project_code, false) AND other_used_by IS NULL)
    GROUP BY project_code, source_id
),
-- 同一项目内除编号外全同的来源，只计编号最小的一个 | sources of one project alike in all but the id: only the first counts
repeated AS (
    SELECT project_code, source_id FROM claim
    QUALIFY row_number() OVER (
        PARTITION BY project_code, unit_key, credit_code, source_type, baseline_year, cut_t, realised_on, dismantled_on, evidence_doc ORDER BY source_id
    ) > 1
),
-- 来源单位基准年用煤：年表，或十二个月齐全 | coal of the unit in the baseline year: the annual form, or all twelve months
firm_use AS (
    SELECT credit_code, stat_year, max(use_t)::DECIMAL(18, 4) AS use_t FROM (
        SELECT u.credit_code, u.stat_year, u.origin, sum(u.use_t) AS use_t
        FROM coal.use_year u JOIN ref.coal_product p USING (product)
        WHERE p.in_coal_total AND $as_of::DATE BETWEEN p.valid_from AND coalesce(p.valid_to, DATE '9999-12-31')
        GROUP BY u.credit_code, u.stat_year, u.origin
        HAVING count(u.use_t) = count(*) AND (u.origin = 'annual_form' OR max(u.n_months) >= 12)
    ) GROUP BY credit_code, stat_year
),
firm_cut AS (
    SELECT credit_code, baseline_year, sum(cut_t) AS cut_t FROM (
        SELECT credit_code, baseline_year, source_id, max(cut_t) AS cut_t FROM claim GROUP BY ALL
    ) GROUP BY credit_code, baseline_year
),
-- 关停淘汰之后各月用煤，与基准年同月相比 | coal in the months after a shutdown, beside the same months of the baseline year
month_use AS (
    SELECT u.credit_code, u.month, sum(u.use_t) AS use_t
    FROM coal.use_month u JOIN ref.coal_product p USING (product)
    WHERE p.in_coal_total AND $as_of::DATE BETWEEN p.valid_from AND coalesce(p.valid_to, DATE '9999-12-31')
        AND u.credit_code IN (SELECT credit_code FROM claim)
    GROUP BY u.credit_code, u.month
),
afterwards AS (
    SELECT c.project_code, c.source_id, sum(a.use_t) AS after_t,
        sum(a.use_t) FILTER (b.use_t IS NOT NULL) AS after_paired_t, sum(b.use_t) FILTER (a.use_t IS NOT NULL) AS before_paired_t
    FROM claim c
    JOIN month_use a ON a.credit_code = c.credit_code AND a.month > strftime(c.realised_on, '%Y-%m') AND a.month <= strftime($as_of::DATE, '%Y-%m')
    LEFT JOIN month_use b ON b.credit_code = c.credit_code AND b.month = c.baseline_year || right(a.month, 3)
    WHERE c.source_type IN ('shutdown_or_relocation', 'capacity_retirement')
    GROUP BY c.project_code, c.source_id
),
known AS (
    SELECT c.*, p.project_code IS NULL AS project_unknown, coalesce(p.rule_day, $as_of::DATE) AS rule_day,
        p.rule_area_code, p.realised_from, p.rejected_baseline_first, p.rejected_baseline_last, p.rejected_scopes, p.clause AS rule_clause,
        coalesce(p.rule_verified, false) AS rule_verified, coalesce(p.unverified_fields, []) AS unverified_fields, p.city_code, p.county_code, p.province_code,
        coalesce(p.actual_start, p.planned_start) AS start_day, least(coalesce(p.actual_start, $as_of::DATE), $as_of::DATE) AS start_or_now,
        coalesce(c.realised_on <= $as_of::DATE, false) AS realised,
        (SELECT max(value)::INTEGER FROM ref.coal_rule WHERE rule = 'still_stopped_days' AND $as_of::DATE BETWEEN valid_from AND coalesce(valid_to, DATE '9999-12-31'))
            AS stopped_days,
        -- 最近一次看到停用：核查、认定、拆除或完成，均不晚于核查日 | last seen out of use, by the day of the check
        list_max(list_filter([c.last_checked_on, c.recognised_on, c.dismantled_on, c.realised_on], lambda x: x <= $as_of::DATE)) AS last_seen,
        d.same AS is_double, coalesce(d.other_projects, '') AS other_projects, r.source_id IS NOT NULL AS is_repeated,
        u.use_t AS firm_use_t, t.cut_t AS firm_cut_t,
        -- 与基准年同月相比毫无下降；无从比较的，关停者仍有用煤 | no fall at all on those months; where they are unknown, a closed unit that burns any
        CASE WHEN w.before_paired_t IS NOT NULL THEN w.after_paired_t > 0 AND w.after_paired_t >= w.before_paired_t
            ELSE c.source_type = 'shutdown_or_relocation' AND w.after_t > 0 END AS still_burning,
        f.accepted AS fuel_accepted, f.clause AS fuel_clause, coalesce(f.verified, true) AS fuel_verified,
        EXISTS (
            SELECT 1 FROM ref.replacement_fuel_rule n
            WHERE n.fuel = c.substitute_fuel AND NOT n.accepted AND n.valid_from > p.rule_day AND n.valid_from <= $as_of::DATE
        ) AS fuel_barred_later
    FROM claim c
    LEFT JOIN project p USING (project_code)
    LEFT JOIN double_use d USING (project_code, source_id)
    LEFT JOIN repeated r USING (project_code, source_id)
    LEFT JOIN afterwards w USING (project_code, source_id)
    LEFT JOIN firm_use u ON u.credit_code = c.credit_code AND u.stat_year = c.baseline_year
    LEFT JOIN firm_cut t ON t.credit_code = c.credit_code AND t.baseline_year = c.baseline_year
    LEFT JOIN ref.replacement_fuel_rule f ON f.fuel = c.substitute_fuel
        AND coalesce(p.rule_day, $as_of::DATE) BETWEEN f.valid_from AND coalesce(f.valid_to, DATE '9999-12-31')
),
tested AS (
    SELECT k.*,
        rejected_baseline_first IS NOT NULL
            AND CASE WHEN rejected_scopes IS NULL THEN scope_of_cut <> 'above_scale_industry' ELSE list_contains(string_split(rejected_scopes, ';'), scope_of_cut) END
            AND (baseline_year BETWEEN rejected_baseline_first AND rejected_baseline_last
                OR year(realised_on) BETWEEN rejected_baseline_first AND rejected_baseline_last) AS baseline_barred
    FROM known k
),
-- 每条原因一行 | one row a reason
reason AS (
    SELECT project_code, source_id, 'plan' AS stage, unnest([
        CASE WHEN project_unknown THEN 'project_unknown' END,
        CASE WHEN NOT cut_positive THEN 'cut_not_positive' END,
        CASE WHEN NOT fuel_accepted THEN 'fuel_not_accepted' WHEN fuel_barred_later THEN 'fuel_barred_later' END,
        CASE WHEN source_type = 'clean_energy_switch' AND coalesce(substitute_fuel, 'none') = 'none' THEN 'fuel_missing' END,
        CASE WHEN used_by_project <> project_code THEN 'used_by_other' END,
        CASE WHEN is_double THEN 'double_use' WHEN NOT is_double THEN 'suspected_double_use' END,
        CASE WHEN is_repeated THEN 'suspected_duplicate' END,
        CASE WHEN baseline_barred THEN 'baseline_not_accepted' END,
        CASE WHEN realised_on < realised_from THEN 'before_window' END,
        CASE WHEN cut_t > firm_use_t THEN 'cut_over_use' WHEN firm_cut_t > firm_use_t THEN 'cuts_over_use_together' END,
        CASE WHEN realised AND evidence_doc IS NULL THEN 'no_evidence' END,
        CASE WHEN realised AND source_type IN ('shutdown_or_relocation', 'capacity_retirement') AND coalesce(dismantled_on > $as_of::DATE, true)
            THEN 'no_dismantling_evidence' END,
        CASE WHEN still_stopped = false AND coalesce(last_checked_on <= $as_of::DATE, true) THEN 'restarted' END,
        CASE WHEN still_burning THEN 'still_burning' END,
        CASE WHEN realised AND source_type <> 'energy_saving_retrofit' AND last_seen < least(rule_day, $as_of::DATE) - stopped_days THEN 'check_too_old' END,
        CASE WHEN realised_on > start_day THEN 'planned_after_start' END
    ]) AS code FROM tested
    UNION ALL
    SELECT project_code, source_id, 'start', unnest([
        CASE WHEN realised_on IS NULL THEN 'not_realised' WHEN realised_on > $as_of::DATE THEN 'realised_in_future' WHEN realised_on > start_or_now THEN 'realised_after_start' END,
        CASE WHEN coalesce(recognised_on > $as_of::DATE, true) THEN 'not_recognised' WHEN recognised_on > start_or_now THEN 'recognised_after_start' END,
        CASE WHEN realised AND source_type <> 'energy_saving_retrofit' AND last_seen < start_or_now - stopped_days THEN 'check_too_old' END
    ]) FROM tested
),
said AS (
    SELECT r.project_code, r.source_id,
        coalesce(string_agg(r.code, ',' ORDER BY r.code) FILTER (r.stage = 'plan'), '') AS reason_codes,
        coalesce(string_agg(t.zh, '；' ORDER BY r.code) FILTER (r.stage = 'plan'), '') AS reasons_zh,
        coalesce(string_agg(t.en, '; ' ORDER BY r.code) FILTER (r.stage = 'plan'), '') AS reasons_en,
        coalesce(string_agg(r.code, ',' ORDER BY r.code) FILTER (r.stage = 'start'), '') AS start_reason_codes,
        coalesce(string_agg(t.zh, '；' ORDER BY r.code) FILTER (r.stage = 'start'), '') AS start_reasons_zh,
        coalesce(string_agg(t.en, '; ' ORDER BY r.code) FILTER (r.stage = 'start'), '') AS start_reasons_en,
        max(CASE t.effect WHEN 'reject' THEN 2 WHEN 'suspect' THEN 1 END) FILTER (r.stage = 'plan') AS plan_rank,
        max(CASE t.effect WHEN 'reject' THEN 2 WHEN 'suspect' THEN 1 END) AS start_rank
    FROM reason r JOIN text t USING (code)
    GROUP BY r.project_code, r.source_id
)
SELECT t.project_code, t.source_id, t.source_unit, t.credit_code, t.source_type, t.substitute_fuel, t.scope_of_cut, t.cut_t, t.baseline_year, t.realised_on,
    t.recognised_on, t.dismantled_on, t.evidence_doc, t.last_checked_on, t.still_stopped, t.used_by_project, t.n_rows, t.realised,
    (['accepted', 'suspected', 'rejected'])[1 + coalesce(s.plan_rank, 0)] AS status,
    coalesce(s.reason_codes, '') AS reason_codes, coalesce(s.reasons_zh, '') AS reasons_zh, coalesce(s.reasons_en, '') AS reasons_en,
    (['accepted', 'suspected', 'rejected'])[1 + coalesce(s.start_rank, 0)] AS start_status,
    coalesce(s.start_reason_codes, '') AS start_reason_codes, coalesce(s.start_reasons_zh, '') AS start_reasons_zh, coalesce(s.start_reasons_en, '') AS start_reasons_en,
    t.other_projects, t.firm_use_t, t.rule_day, t.rule_area_code,
    CASE WHEN NOT fuel_accepted THEN concat_ws('；', fuel_clause, CASE WHEN baseline_barred THEN rule_clause END) ELSE rule_clause END AS clause,
    (coalesce(fuel_accepted, true) OR fuel_verified)
        AND (NOT coalesce(baseline_barred, false) OR (rule_verified AND NOT list_contains(unverified_fields, 'rejected_baseline_first')))
        AND (NOT coalesce(realised_on < realised_from, false) OR (rule_verified AND NOT list_contains(unverified_fields, 'realised_from'))) AS verified,
    t.city_code, t.county_code, t.province_code, $as_of::DATE AS as_of_day, t.sha256, t.sheet, t.sheet_row
FROM tested t LEFT JOIN said s USING (project_code, source_id)
