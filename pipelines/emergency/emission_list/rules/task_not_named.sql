-- Guarantee firms whose measures name no task.
SELECT l.sheet, l.sheet_row, e.firm_name || ' ' || coalesce(l.line_name, l.line_id) AS subject, c.name_zh AS found
FROM emergency.line AS l JOIN emergency.enterprise AS e USING (version_id, enterprise_id)
JOIN ref.list_category AS c ON c.category = l.category AND c.valid_to IS NULL AND c.effect = 'task_limited'
WHERE l.version_id = $version AND NOT EXISTS (FROM emergency.measure AS m WHERE m.version_id = $version AND m.source_kind = 'line'
    AND m.source_id = l.line_key AND (m.measure_text IS NOT NULL OR m.codes IS NOT NULL))
