-- Sources listed against the totals of the whole society and of industry.
WITH listed AS (
    SELECT pollutant, sum(base_kgd) AS all_kgd, sum(base_kgd) FILTER (source_kind = 'line') AS line_kgd FROM list_counted WHERE level = 'red' GROUP BY pollutant
)
SELECT '' AS sheet, NULL AS sheet_row, t.pollutant AS subject,
    t.sector || ': ' || (CASE t.sector WHEN 'total' THEN l.all_kgd ELSE l.line_kgd END)::DECIMAL(38, 3)::VARCHAR || ' > ' || t.total_kgd::DECIMAL(38, 3)::VARCHAR AS found
FROM emergency.source_total AS t JOIN listed AS l USING (pollutant)
WHERE t.version_id = $version AND t.sector IN ('total', 'industry')
    AND (CASE t.sector WHEN 'total' THEN l.all_kgd ELSE l.line_kgd END) > t.total_kgd
