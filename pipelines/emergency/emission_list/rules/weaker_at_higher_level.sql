-- A cut that shrinks as the level rises.
WITH cut AS (SELECT source_id, level, max(ratio_low) AS ratio FROM list_counted WHERE source_kind = 'line' AND NOT stands_still GROUP BY ALL)
SELECT l.sheet, l.sheet_row, e.firm_name || ' ' || coalesce(l.line_name, l.line_id) AS subject,
    'yellow ' || y.ratio::DOUBLE || ', orange ' || o.ratio::DOUBLE || ', red ' || r.ratio::DOUBLE AS found
FROM emergency.line AS l JOIN emergency.enterprise AS e USING (version_id, enterprise_id)
JOIN cut AS y ON y.source_id = l.line_key AND y.level = 'yellow'
JOIN cut AS o ON o.source_id = l.line_key AND o.level = 'orange'
JOIN cut AS r ON r.source_id = l.line_key AND r.level = 'red'
WHERE l.version_id = $version AND (o.ratio < y.ratio OR r.ratio < o.ratio)
