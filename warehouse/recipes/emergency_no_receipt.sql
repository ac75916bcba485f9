-- zh: 哪些企业应回执而没有回执，最近一次级别变更以来，按区县列出？
-- en: Which firms were to answer a response and have not, since its level last changed, by county?
-- class: restricted
-- parameter: warning | 预警编号；省略为最近批准的预警 | id of the warning; the one approved last without it
WITH asked AS (
    SELECT w.warning_id, w.kind, w.city_code, w.level, w.start_at, w.approved_at,
        (SELECT max(e.as_of) FROM emergency.warning_event AS e
            WHERE e.warning_id = w.warning_id AND e.action IN ('approve', 'upgrade', 'downgrade')) AS asked_at
    FROM emergency.warning AS w
    WHERE w.approved_at IS NOT NULL AND (getvariable('warning') IS NULL OR w.warning_id = getvariable('warning'))
    ORDER BY w.approved_at DESC, w.warning_id DESC LIMIT 1
),
used AS (
    SELECT v.version_id FROM emergency.list_version AS v JOIN asked AS a USING (city_code) WHERE v.state = 'filed'
        AND v.filed_at <= greatest(a.start_at, a.approved_at)
    ORDER BY v.list_year DESC, v.version_no DESC LIMIT 1
),
owed AS (
    SELECT DISTINCT l.enterprise_id
    FROM emergency.line AS l
    JOIN used USING (version_id)
    JOIN emergency.measure AS m ON m.version_id = l.version_id AND m.source_kind = 'line' AND m.source_id = l.line_key
    JOIN asked AS a ON a.level = m.level
    WHERE m.measure_text IS NOT NULL OR m.codes IS NOT NULL OR m.stated_ratio > 0
)
SELECT a.warning_id AS "预警编号", CASE a.kind WHEN 'drill' THEN '演练' ELSE '正式' END AS "性质", e.county_name AS "区县",
    e.firm_name AS "企业", e.site AS "厂区", e.credit_code AS "统一社会信用代码", e.effective_grade AS "等级",
    e.contact AS "责任人", e.phone AS "电话", a.asked_at AS "下达时间", greatest(a.asked_at, a.start_at) AS "应回执时间",
    (SELECT max(r.answered_at) FROM emergency.receipt AS r WHERE r.warning_id = a.warning_id
        AND r.sender_kind = 'enterprise' AND r.sender_id = e.credit_code) AS "变更前回执"
FROM emergency.enterprise AS e
JOIN used USING (version_id)
JOIN owed USING (enterprise_id)
CROSS JOIN asked AS a
WHERE NOT EXISTS (
    SELECT 1 FROM emergency.receipt AS r
    WHERE r.warning_id = a.warning_id AND r.sender_kind = 'enterprise' AND r.sender_id = e.credit_code
        AND r.answered_at >= date_trunc('minute', a.asked_at)
        AND (r.site IS NULL OR regexp_replace(lower(nfc_normalize(r.site)), '[\s/#]', '', 'g')
            = regexp_replace(lower(nfc_normalize(coalesce(e.site, ''))), '[\s/#]', '', 'g'))
)
ORDER BY e.county_code NULLS LAST, e.county_name, e.enterprise_id
