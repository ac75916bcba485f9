-- Enterprises of a list that is being taken in (incoming_line): the first row that says something decides; a firm in
-- several industries has the worst grade of its lines.
WITH graded AS (
    SELECT i.*, g.rank,
        row_number() OVER (PARTITION BY i.enterprise_id ORDER BY coalesce(g.rank, 99) DESC, i.sheet_row) AS place,
        coalesce(i.grade, n.lowest_grade, 'D') AS in_effect
    FROM incoming_line AS i
    LEFT JOIN ref.list_grade AS g ON g.grade = i.grade AND g.valid_to IS NULL
    LEFT JOIN ref.list_industry AS n ON n.industry_no = i.industry_no AND n.valid_to IS NULL
), ranked AS (
    SELECT d.*, e.rank AS effect_rank FROM graded AS d
    LEFT JOIN ref.list_grade AS e ON e.grade = d.in_effect AND e.valid_to IS NULL
)
SELECT
    $version AS version_id, enterprise_id,
    any_value(credit_code) AS credit_code,
    arg_min(site, sheet_row) AS site,
    arg_min(firm_name, sheet_row) AS firm_name,
    arg_min(name_key, sheet_row) AS name_key,
    arg_min(county_name, sheet_row) AS county_name,
    arg_min(county_code, sheet_row) AS county_code,
    arg_min(address, sheet_row) AS address,
    arg_min(permit_no, sheet_row) AS permit_no,
    arg_min(lon_deg, sheet_row)::DOUBLE AS lon_deg,
    arg_min(lat_deg, sheet_row)::DOUBLE AS lat_deg,
    arg_min(contact, sheet_row) AS contact,
    arg_min(phone, sheet_row) AS phone,
    CASE WHEN count(grade) = count(*) THEN arg_max(grade, rank) END AS grade,
    arg_max(in_effect, effect_rank) AS effective_grade,
    arg_min(category, sheet_row) AS category,
    max(heavy_trucks_per_day) AS heavy_trucks_per_day,
    count(*)::INTEGER AS n_lines
FROM ranked
GROUP BY enterprise_id
ORDER BY min(sheet_row)
