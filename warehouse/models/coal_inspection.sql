-- 抽检判定：每个样品合格吗，不合格移送谁，办结了吗？
-- Verdict on each sample: does it pass, who is a failure handed to, is it closed?
--
-- sample_standard、item_check：coal_inspection_standard.sql、coal_inspection_item.sql 的结果 | results of those two models
-- 一项不合格，该批不合格。未明示等级的，各候选等级结论一致才下结论。必检项未检、基准不符：不足以判定，除非另有不合格项。
-- One failed item fails the batch. Where no grade was named the candidate grades must agree. A required item not tested, or one on
-- another basis, leaves the sample undecided unless another item failed.
-- 核实的不合格 > 待核实不合格 > 不足以判定 > 待核实合格 > 合格；没有适用标准或豁免的不判定。
-- fail > unverified_fail > insufficient > unverified_pass > pass; not_judged where no standard applies or the use is exempt.
-- 兰炭没有适用标准：明示的等级达不到可判不合格，达到也不算合格 | semi-coke has no standard: a named grade can fail it, never pass it.
-- 移送：生产、流通 → 市场监管（大气污染防治法第一百零三条）；使用 → 生态环境（第一百零五条）。本判或原判不合格即列入。
-- Failures, by this verdict or as reported, go to market regulation (law art. 103) or, for users, to ecology and environment (art. 105).
WITH sample AS (
    SELECT *, coalesce(province_code, substr(city_code, 1, 2) || '0000') AS province FROM coal.inspection
    WHERE sampled_on <= $as_of::DATE
    QUALIFY row_number() OVER (PARTITION BY sample_id ORDER BY sha256 NULLS FIRST, sheet, sheet_row) = 1
),
item AS (
    SELECT c.*, coalesce(q.sort, 999) AS sort, coalesce(q.name_zh, c.item) AS name_zh,
        -- 标准写出其名称 | the standard by its name
        coalesce(split_part(c.source, ' | ', 1), c.standard) AS text_zh, coalesce(split_part(c.source, ' | ', -1), c.standard) AS text_en,
        -- 按限值位数写出 | printed with the decimals of the limit
        rtrim(left(c.rounded::VARCHAR, length(c.rounded::VARCHAR) - 6 + c.digits), '.') AS value_text,
        rtrim(left(c.judged_limit::VARCHAR, length(c.judged_limit::VARCHAR) - 6 + c.digits), '.') AS limit_text
    FROM item_check c
    LEFT JOIN (SELECT item, min(sort) AS sort, min(name_zh) AS name_zh FROM ref.coal_quality_item GROUP BY item) q USING (item)
),
-- 每个等级一组，仅有明示值的自成一组 | a group for each grade; stated values alone are a group of their own
grade_set AS (
    SELECT sample_id, standard, grade, applies_as, grade_named, unnest(['all', 'none', 'distance_over_600km']) AS part
    FROM sample_standard WHERE applies_as <> 'exempt'
    UNION ALL
    SELECT DISTINCT sample_id, standard, grade, 'claim', true, unnest(['all', 'none']) FROM item WHERE standard = 'claim'
),
item_part AS (SELECT *, unnest(['all', condition]) AS part FROM item),
grade_verdict AS (
    SELECT g.sample_id, g.standard, g.grade, g.part, g.applies_as,
        CASE WHEN bool_or(i.verdict = 'fail') THEN 'fail'
            WHEN bool_or(i.verdict = 'unverified_fail') THEN 'unverified_fail'
            WHEN bool_or(i.verdict = 'basis_differs' OR (i.verdict = 'missing' AND i.required)) THEN 'insufficient'
            WHEN coalesce(bool_or(i.verdict LIKE '%pass'), false) = false THEN 'insufficient'
            WHEN bool_or(i.verdict = 'unverified_pass') THEN 'unverified_pass' ELSE 'pass' END AS verdict
    FROM grade_set g
    LEFT JOIN item_part i ON i.sample_id = g.sample_id AND i.standard = g.standard AND i.grade = g.grade AND i.part = g.part
    GROUP BY ALL
    HAVING g.part = 'all' OR count(i.item) > 0
),
standard_verdict AS (
    SELECT sample_id, standard, part, applies_as, count(DISTINCT grade) AS n_grades,
        CASE WHEN bool_and(verdict = 'fail') THEN 'fail'
            WHEN bool_and(verdict IN ('fail', 'unverified_fail')) THEN 'unverified_fail'
            WHEN bool_and(verdict = 'pass') THEN 'pass'
            WHEN bool_and(verdict IN ('pass', 'unverified_pass')) THEN 'unverified_pass' ELSE 'insufficient' END AS verdict,
        bool_or(verdict LIKE '%fail') AND bool_or(verdict NOT LIKE '%fail') AS grades_disagree
    FROM grade_verdict GROUP BY ALL
),
sample_verdict AS (
    SELECT sample_id, part,
        CASE WHEN bool_or(verdict = 'fail') THEN 'fail'
            WHEN bool_or(verdict = 'unverified_fail') THEN 'unverified_fail'
            WHEN NOT bool_or(applies_as = 'standard') THEN 'not_judged'
            WHEN bool_or(verdict = 'insufficient') THEN 'insufficient'
            WHEN bool_or(verdict = 'unverified_pass') THEN 'unverified_pass' ELSE 'pass' END AS verdict,
        bool_or(grades_disagree) AS grades_disagree,
        string_agg(standard, ';' ORDER BY standard) FILTER (verdict LIKE '%fail') AS failing_standards
    FROM standard_verdict GROUP BY ALL
),
-- 按此判不合格的标准里的不合格项 | the items failed under the standards that decided
failed AS (
    SELECT i.sample_id, i.item, any_value(i.sort) AS sort, any_value(i.name_zh) AS name_zh,
        string_agg(DISTINCT i.symbol || ' ' || i.value_text || CASE i.operator WHEN 'max' THEN ' > ' ELSE ' < ' END || i.limit_text, ', ') AS text,
        string_agg(DISTINCT CASE i.limit_by WHEN 'claim' THEN '明示' ELSE i.text_zh || coalesce(' ' || split_part(i.clause, ' | ', 1), '') END, '、') AS by_zh,
        string_agg(DISTINCT CASE i.limit_by WHEN 'claim' THEN 'as stated' ELSE i.text_en || coalesce(' ' || split_part(i.clause, ' | ', -1), '') END, ', ') AS by_en
    FROM item i
    JOIN standard_verdict v ON v.sample_id = i.sample_id AND v.standard = i.standard AND v.part = 'all' AND v.verdict LIKE '%fail'
    WHERE i.verdict LIKE '%fail'
    GROUP BY ALL
),
failed_text AS (
    SELECT sample_id, count(*)::INTEGER AS n_failed, string_agg(item, ',' ORDER BY sort, item) AS failed_items,
        string_agg(name_zh || ' ' || text || '（' || by_zh || '）', '；' ORDER BY sort, item) AS text_zh,
        string_agg(text || ' (' || by_en || ')', '; ' ORDER BY sort, item) AS text_en
    FROM failed GROUP BY sample_id
),
state AS (
    SELECT sample_id, item, any_value(sort) AS sort, any_value(name_zh) AS name_zh, bool_or(verdict LIKE '%pass' OR verdict LIKE '%fail') AS compared,
        bool_or(verdict = 'basis_differs') AS other_basis, bool_or(verdict = 'missing' AND required) AS needed, bool_or(verdict = 'missing') AS untested,
        bool_or(verdict LIKE 'unverified%') AS unverified
    FROM item GROUP BY ALL
),
state_text AS (
    SELECT sample_id, count(*) FILTER (compared)::INTEGER AS n_items,
        string_agg(item, ',' ORDER BY sort, item) FILTER (needed) AS missing_items,
        string_agg(item, ',' ORDER BY sort, item) FILTER (untested AND NOT needed AND NOT compared) AS untested_items,
        string_agg(item, ',' ORDER BY sort, item) FILTER (other_basis) AS basis_items,
        string_agg(name_zh, '、' ORDER BY sort, item) FILTER (needed) AS missing_zh,
        string_agg(name_zh, '、' ORDER BY sort, item) FILTER (untested AND NOT needed AND NOT compared) AS untested_zh,
        string_agg(name_zh, '、' ORDER BY sort, item) FILTER (other_basis) AS basis_zh
    FROM state GROUP BY sample_id
),
applied_text AS (
    SELECT sample_id, string_agg(text, '; ' ORDER BY text) AS standards FROM (
        SELECT sample_id, standard || ' ' || string_agg(grade, '|' ORDER BY grade) || CASE WHEN applies_as = 'claim' THEN ' (明示 claim)' ELSE '' END AS text
        FROM sample_standard WHERE applies_as <> 'exempt' GROUP BY sample_id, standard, applies_as
    ) GROUP BY sample_id
),
exempt_text AS (
    SELECT sample_id, max(exemption_zh) AS exemption_zh, max(exemption_en) AS exemption_en FROM sample_standard WHERE applies_as = 'exempt' GROUP BY sample_id
),
-- 先按登记编号，其次按同市同名 | the register by its number, else by name in the same city
listed AS (
    SELECT s.sample_id, coalesce(any_value(k.register_id), min(n.register_id)) AS register_id
    FROM sample s
    LEFT JOIN (SELECT DISTINCT register_id FROM coal.register) k ON k.register_id = s.register_id
    LEFT JOIN coal.register n ON n.entity_name = s.entity_name AND n.city_code = s.city_code
    GROUP BY s.sample_id
),
joined AS (
    SELECT s.*, coalesce(v.verdict, 'not_judged') AS ours, coalesce(v.grades_disagree, false) AS grades_disagree,
        b.verdict AS basic_verdict, h.verdict AS long_haul_verdict, l.register_id AS listed_id,
        f.n_failed, f.failed_items, f.text_zh, f.text_en, t.n_items, t.missing_items, t.untested_items, t.basis_items, t.missing_zh, t.untested_zh, t.basis_zh,
        a.standards, e.exemption_zh, e.exemption_en, s.closed_on <= $as_of::DATE AS closed
    FROM sample s
    LEFT JOIN sample_verdict v ON v.sample_id = s.sample_id AND v.part = 'all'
    LEFT JOIN sample_verdict b ON b.sample_id = s.sample_id AND b.part = 'none'
    LEFT JOIN sample_verdict h ON h.sample_id = s.sample_id AND h.part = 'distance_over_600km'
    LEFT JOIN listed l ON l.sample_id = s.sample_id
    LEFT JOIN failed_text f ON f.sample_id = s.sample_id
    LEFT JOIN state_text t ON t.sample_id = s.sample_id
    LEFT JOIN applied_text a ON a.sample_id = s.sample_id
    LEFT JOIN exempt_text e ON e.sample_id = s.sample_id
),
told AS (
    SELECT *, ours LIKE '%fail' OR coalesce(reported_verdict = 'fail', false) AS failing,
        concat_ws('；', CASE WHEN missing_items IS NOT NULL THEN '必检项未检：' || missing_zh END,
            CASE WHEN basis_items IS NOT NULL THEN '基准不符，未比较：' || basis_zh END,
            CASE WHEN grades_disagree THEN '未明示等级，各等级结论不一' END,
            CASE WHEN coalesce(n_items, 0) = 0 THEN '没有可比较的项目' END) AS doubt_zh,
        concat_ws('; ', CASE WHEN missing_items IS NOT NULL THEN 'required, not tested: ' || missing_items END,
            CASE WHEN basis_items IS NOT NULL THEN 'on another basis, not compared: ' || basis_items END,
            CASE WHEN grades_disagree THEN 'no grade stated, and the grades disagree' END,
            CASE WHEN coalesce(n_items, 0) = 0 THEN 'nothing to compare' END) AS doubt_en
    FROM joined
)
SELECT sample_id, stage, province AS province_code, city_code, county_code, entity_name, listed_id AS register_id, product_type, sampled_on,
    year(sampled_on)::INTEGER AS stat_year, year(sampled_on) || 'Q' || quarter(sampled_on) AS quarter, batch_t, standards,
    coalesce(n_items, 0) AS n_items, coalesce(n_failed, 0) AS n_failed, failed_items, missing_items, untested_items, basis_items,
    ours AS verdict, basic_verdict, long_haul_verdict, ours LIKE 'unverified%' AS unverified, reported_verdict,
    CASE WHEN reported_verdict IS NOT NULL AND (ours LIKE '%pass' OR ours LIKE '%fail') THEN NOT ours LIKE '%' || reported_verdict END AS differs,
    CASE WHEN failing THEN CASE stage WHEN 'use' THEN 'ecology_environment' ELSE 'market_regulation' END END AS route,
    CASE WHEN failing THEN CASE stage WHEN 'use' THEN '大气污染防治法第一百零五条 | Air Law art. 105' ELSE '大气污染防治法第一百零三条 | Air Law art. 103' END END AS route_clause,
    failing, failing AND NOT coalesce(closed, false) AS is_open, CASE WHEN closed THEN closed_on END AS closed_on,
    CASE WHEN failing THEN date_diff('day', sampled_on, CASE WHEN closed THEN closed_on ELSE $as_of::DATE END)::INTEGER END AS days_open,
    CASE WHEN ours LIKE '%fail' THEN CASE WHEN ours LIKE 'unv%' THEN '待核实：按未核实的限值或规则不合格：' ELSE '不合格：' END || text_zh
        WHEN ours = 'insufficient' THEN '不足以判定：' || doubt_zh
        WHEN ours = 'not_judged' THEN CASE WHEN exemption_zh IS NOT NULL THEN '不判定：豁免用途“' || exempt_use || '”（' || exemption_zh || '）'
            ELSE '不判定：没有适用于该产品的标准' || CASE product_type WHEN 'semi_coke' THEN '（兰炭不是民用散煤或型煤）' ELSE '' END END
        ELSE CASE WHEN ours LIKE 'unv%' THEN '待核实：按未核实的限值或规则，' ELSE '' END || '所检 ' || n_items || ' 项合格'
            || coalesce('；未检：' || untested_zh, '') END AS reason_zh,
    CASE WHEN ours LIKE '%fail' THEN CASE WHEN ours LIKE 'unv%' THEN 'unverified: fails by limits or rules not verified: ' ELSE 'fails: ' END || text_en
        WHEN ours = 'insufficient' THEN 'insufficient: ' || doubt_en
        WHEN ours = 'not_judged' THEN CASE WHEN exemption_zh IS NOT NULL THEN 'not judged: exempt use (' || coalesce(exemption_en, '') || ')'
            ELSE 'not judged: no standard applies to this product' || CASE product_type WHEN 'semi_coke' THEN ' (semi-coke is neither lump coal nor a briquette)' ELSE '' END END
        ELSE CASE WHEN ours LIKE 'unv%' THEN 'unverified: by limits or rules not verified, ' ELSE '' END || 'the ' || n_items || ' items tested pass'
            || coalesce('; not tested: ' || untested_items, '') END AS reason_en,
    $as_of::DATE AS as_of_day
FROM told
