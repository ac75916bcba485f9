-- Stop 50 % by lines: on one line 0 or 100 %, on three lines 1 or 2.
SELECT any_value(l.sheet) AS sheet, min(l.sheet_row) AS sheet_row, any_value(e.firm_name) AS subject,
    k.level || ': ' || round(100 * any_value(m.lines_ratio)::DOUBLE, 2) || ' % × ' || max(k.n_group) || ' → '
    || floor(max(k.n_group) * any_value(m.lines_ratio))::INTEGER || '–' || ceil(max(k.n_group) * any_value(m.lines_ratio))::INTEGER AS found
FROM list_counted AS k
JOIN emergency.enterprise AS e ON e.version_id = $version AND e.enterprise_id = k.enterprise_id
JOIN emergency.line AS l ON l.version_id = $version AND l.line_key = k.source_id
JOIN emergency.measure AS m ON m.version_id = $version AND m.source_kind = 'line' AND m.source_id = k.source_id AND m.level = k.level
WHERE k.doubt = 'lines' AND m.lines_ratio IS NOT NULL GROUP BY k.enterprise_id, k.level, m.lines_ratio, l.industry
