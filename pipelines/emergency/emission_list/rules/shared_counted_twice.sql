-- Lines on one furnace or stack that each have a baseline.
SELECT any_value(l.sheet) AS sheet, min(l.sheet_row) AS sheet_row, e.firm_name AS subject, l.shared_id AS found
FROM emergency.line AS l JOIN emergency.enterprise AS e USING (version_id, enterprise_id)
WHERE l.version_id = $version AND l.shared_id IS NOT NULL GROUP BY e.enterprise_id, e.firm_name, l.shared_id
HAVING count_if(l.base_so2_kgd + l.base_nox_kgd + l.base_pm_kgd + l.base_vocs_kgd > 0) > 1
