-- Guarantee firms are limited to their task; their cut is not certain.
SELECT l.sheet, l.sheet_row, any_value(e.firm_name || ' ' || coalesce(l.line_name, l.line_id)) AS subject,
    string_agg(DISTINCT k.level, ', ' ORDER BY k.level) AS found
FROM list_counted AS k
JOIN emergency.line AS l ON l.version_id = $version AND l.line_key = k.source_id
JOIN emergency.enterprise AS e ON e.version_id = $version AND e.enterprise_id = l.enterprise_id
WHERE k.source_kind = 'line' AND k.doubt = 'task_limited' AND k.cut_high > 0 GROUP BY l.sheet, l.sheet_row
