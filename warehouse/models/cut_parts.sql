-- Cuts of a list version ($version) by industry and county of its firms and by kind of source, from the table list_counted.
-- Sources that stand still are left out. few_* name the members of a part that has fewer than three, who must not be told apart.
WITH own AS (
    SELECT CASE WHEN l.shared_id IS NULL THEN l.line_key ELSE l.enterprise_id || '#*' || l.shared_id END AS source_id,
        min(nullif(trim(l.industry), '')) AS industry
    FROM emergency.line AS l WHERE l.version_id = $version GROUP BY 1
),
county AS (
    SELECT enterprise_id, coalesce(k.name_zh, nullif(trim(e.county_name), '')) AS county
    FROM emergency.enterprise AS e
    LEFT JOIN (SELECT DISTINCT ON (county_code) county_code, name_zh FROM ref.county ORDER BY county_code, valid_from DESC) AS k
        ON k.county_code = e.county_code
    WHERE e.version_id = $version
),
member AS (
    SELECT c.level, c.pollutant, c.source_kind, coalesce(c.enterprise_id, c.source_id) AS member,
        c.base_kgd, c.cut_low, c.cut_high, coalesce(o.industry, '~none') AS industry, coalesce(y.county, '~none') AS county
    FROM list_counted AS c
    LEFT JOIN own AS o ON c.source_kind = 'line' AND o.source_id = c.source_id
    LEFT JOIN county AS y ON y.enterprise_id = c.enterprise_id
    WHERE NOT c.stands_still
),
placed AS (
    SELECT 'industry' AS part_kind, industry AS part, * FROM member WHERE source_kind = 'line'
    UNION ALL
    SELECT 'county', county, * FROM member WHERE source_kind = 'line'
    UNION ALL
    SELECT 'source', source_kind, * FROM member
),
summed AS (
    SELECT level, pollutant, part_kind, part, sum(base_kgd) AS base_kgd, sum(cut_low) AS cut_kgd, sum(cut_high) AS cut_high_kgd,
        count(DISTINCT member) FILTER (base_kgd > 0) AS n_members, count(DISTINCT member) FILTER (cut_high > 0) AS n_cutting,
        list(DISTINCT member) FILTER (base_kgd > 0) AS members, list(DISTINCT member) FILTER (cut_high > 0) AS cutting
    FROM placed GROUP BY ALL
)
SELECT level, pollutant, part_kind, part, base_kgd, cut_kgd, cut_high_kgd, n_members, n_cutting,
    CASE WHEN n_members < 3 THEN coalesce(members, []) ELSE [] END AS few_members,
    CASE WHEN n_cutting < 3 THEN coalesce(cutting, []) ELSE [] END AS few_cutting
FROM summed WHERE base_kgd > 0
ORDER BY level, pollutant, part_kind, cut_kgd DESC, part
