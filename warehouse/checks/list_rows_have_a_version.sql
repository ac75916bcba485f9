-- table: emergency.line
-- consequence: block
-- zh: 清单的生产线没有企业，或企业没有版本
-- en: a line of a list without its enterprise, or an enterprise without its version
SELECT l.version_id, l.line_key AS what FROM emergency.line l ANTI JOIN emergency.enterprise e
    ON e.version_id = l.version_id AND e.enterprise_id = l.enterprise_id
UNION ALL
SELECT e.version_id, e.enterprise_id FROM emergency.enterprise e ANTI JOIN emergency.list_version v
    ON v.version_id = e.version_id
