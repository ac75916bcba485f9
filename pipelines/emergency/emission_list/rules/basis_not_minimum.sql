-- The output the measures are counted from must be the least of the three.
SELECT l.sheet, l.sheet_row, e.firm_name || ' ' || coalesce(l.line_name, l.line_id) AS subject, l.basis_per_day::VARCHAR || ' > ' || l.minimum_per_day::VARCHAR AS found
FROM emergency.line AS l JOIN emergency.enterprise AS e USING (version_id, enterprise_id)
WHERE l.version_id = $version AND l.basis_per_day > l.minimum_per_day
