-- 企业：名录中没有；上月有数而本月缺；区县不在所填的市。
-- Firms: not in the directory; there last month and missing now; a county that is not in the city.
WITH fresh AS (
    SELECT sheet, sheet_row, credit_code, month, city_code FROM incoming_energy_205_1 WHERE period_kind = 'month'
),
directory AS (
    SELECT credit_code, above_scale, listed_from, listed_until, city_code FROM incoming_firm
    UNION ALL BY NAME SELECT credit_code, above_scale, listed_from, listed_until, city_code FROM coal.firm ANTI JOIN incoming_firm USING (credit_code)
),
anyone AS (
    SELECT sheet, min(sheet_row) AS sheet_row, credit_code FROM (
        SELECT sheet, sheet_row, credit_code FROM incoming_energy_205_1 UNION ALL SELECT sheet, sheet_row, credit_code FROM incoming_firm_year
    ) GROUP BY sheet, credit_code
),
now AS (
    SELECT f.credit_code, f.month, min(f.sheet) AS sheet, coalesce(any_value(d.city_code), any_value(f.city_code), '') AS city_code
    FROM fresh f LEFT JOIN directory d USING (credit_code) GROUP BY ALL
),
missing AS (
    SELECT n.month, n.sheet, l.credit_code, l.city_code
    FROM (SELECT DISTINCT month, sheet, city_code FROM now) n
    JOIN (
        SELECT DISTINCT r.credit_code, r.month, coalesce(d.city_code, r.city_code, '') AS city_code
        FROM coal.report_energy r LEFT JOIN directory d USING (credit_code)
        WHERE r.period_kind = 'month' AND r.use_t > 0 AND coalesce(d.above_scale, true)
            AND r.month >= (SELECT strftime((min(month) || '-01')::DATE - INTERVAL 1 MONTH, '%Y-%m') FROM fresh)
    ) l ON l.city_code = n.city_code AND l.month = strftime((n.month || '-01')::DATE - INTERVAL 1 MONTH, '%Y-%m')
    LEFT JOIN directory d ON d.credit_code = l.credit_code
    WHERE coalesce(d.listed_until, DATE '9999-12-31') >= (n.month || '-01')::DATE
        AND (l.credit_code, n.month) NOT IN (SELECT (credit_code, month) FROM now)
        AND (l.credit_code, n.month) NOT IN (SELECT (credit_code, month) FROM coal.report_energy WHERE period_kind = 'month' AND month IN (SELECT month FROM fresh))
),
placed AS (
    SELECT sheet, sheet_row, city_code, county_code FROM incoming_energy_205_1
    UNION ALL SELECT sheet, sheet_row, city_code, county_code FROM incoming_firm
    UNION ALL SELECT sheet, sheet_row, city_code, county_code FROM incoming_firm_year
    UNION ALL SELECT sheet, sheet_row, city_code, county_code FROM incoming_other_user
    UNION ALL SELECT sheet, sheet_row, city_code, county_code FROM incoming_region_year
)
SELECT 'firm_unknown' AS rule, sheet, sheet_row, 'credit_code' AS column_name, credit_code AS found
FROM anyone WHERE credit_code NOT IN (SELECT credit_code FROM directory) AND EXISTS (SELECT 1 FROM directory)
UNION ALL
SELECT 'directory_absent', min(sheet), NULL, 'credit_code', count(*)::VARCHAR FROM anyone WHERE NOT EXISTS (SELECT 1 FROM directory) HAVING count(*) > 0
UNION ALL
SELECT 'firm_missing', min(sheet), NULL, 'credit_code', month || ' ' || credit_code FROM missing GROUP BY month, credit_code
UNION ALL
SELECT 'county_not_in_city', p.sheet, p.sheet_row, 'county_name', p.county_code || ' ∉ ' || p.city_code
FROM placed p JOIN ref.county c ON c.county_code = p.county_code
WHERE p.city_code <> c.city_code AND p.city_code <> p.county_code
