-- Lines of a list that is being taken in (incoming_line): grade in effect (ungraded counts as the lowest of the
-- industry), the output its measures are counted from, and the least of the three outputs.
SELECT
    $version AS version_id, i.line_key, i.enterprise_id, i.line_id, i.line_name, i.equipment, i.evidence,
    i.industry, i.industry_code, i.industry_no, i.grade_text, i.grade,
    coalesce(i.grade, n.lowest_grade, 'D') AS effective_grade,
    i.grade_date, i.category, i.interruptible, i.shared_id, i.product, i.capacity_unit,
    i.eia_per_day, i.permit_per_day, i.last_year_per_day, i.current_per_day, i.basis,
    CASE i.basis
        WHEN 'eia' THEN i.eia_per_day
        WHEN 'permit' THEN i.permit_per_day
        WHEN 'last_year' THEN i.last_year_per_day
        ELSE least(i.eia_per_day, i.permit_per_day, i.last_year_per_day)
    END AS basis_per_day,
    least(i.eia_per_day, i.permit_per_day, i.last_year_per_day) AS minimum_per_day,
    i.base_so2_kgd, i.base_nox_kgd, i.base_pm_kgd, i.base_vocs_kgd,
    i.stops AS stops_text, i.note, i.sheet, i.sheet_row
FROM incoming_line AS i
LEFT JOIN ref.list_industry AS n ON n.industry_no = i.industry_no AND n.valid_to IS NULL
ORDER BY i.sheet_row
