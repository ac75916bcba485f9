-- Totals against the sum of the sectors, where all are stated.
SELECT '' AS sheet, NULL AS sheet_row, pollutant AS subject,
    sum(total_kgd) FILTER (sector <> 'total')::VARCHAR || ' ≠ ' || sum(total_kgd) FILTER (sector = 'total')::VARCHAR AS found
FROM emergency.source_total WHERE version_id = $version GROUP BY pollutant
HAVING count(*) FILTER (sector IN ('industry', 'mobile', 'dust')) = 3
    AND sum(total_kgd) FILTER (sector <> 'total') <> sum(total_kgd) FILTER (sector = 'total')
