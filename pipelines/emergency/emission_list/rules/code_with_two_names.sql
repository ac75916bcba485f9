-- One credit code under names that differ beyond width and blanks.
SELECT any_value(l.sheet) AS sheet, min(l.sheet_row) AS sheet_row, e.credit_code AS subject,
    string_agg(DISTINCT e.firm_name, '；' ORDER BY e.firm_name) AS found
FROM emergency.line AS l JOIN emergency.enterprise AS e USING (version_id, enterprise_id)
WHERE l.version_id = $version GROUP BY e.credit_code HAVING count(DISTINCT e.name_key) > 1
