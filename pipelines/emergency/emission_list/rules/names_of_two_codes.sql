-- Names that are the same but for width, blanks and brackets under several codes.
SELECT any_value(l.sheet) AS sheet, min(l.sheet_row) AS sheet_row, any_value(e.firm_name) AS subject,
    string_agg(DISTINCT e.credit_code, '；' ORDER BY e.credit_code) AS found
FROM emergency.line AS l JOIN emergency.enterprise AS e USING (version_id, enterprise_id)
WHERE l.version_id = $version GROUP BY e.name_key HAVING count(DISTINCT e.credit_code) > 1
