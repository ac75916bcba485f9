-- 附表1 有原料用煤，而同年的用途表没有原料一行：本文件有该企业该年的用途行则以其为准，否则看库内。只要有一行即可，不涉及其他用途行。
-- Attachment 1 holds feedstock coal, the usage rows of that firm and year no feedstock: those of the file where it has any, else those kept.
WITH survey AS (
    SELECT true AS is_new, sheet, sheet_row, credit_code, firm_name, stat_year, feedstock_t FROM incoming_firm_year
    UNION ALL BY NAME
    SELECT false AS is_new, credit_code, firm_name, stat_year, feedstock_t FROM coal.report_firm_year k
    ANTI JOIN incoming_firm_year n ON n.credit_code = k.credit_code AND n.stat_year = k.stat_year
),
usage AS (
    SELECT credit_code, stat_year, purpose_group, purpose, sheet, sheet_row, true AS is_new FROM incoming_firm_usage
    UNION ALL BY NAME
    SELECT credit_code, stat_year, purpose_group, purpose, false AS is_new FROM coal.report_firm_usage k
    ANTI JOIN incoming_firm_usage n ON n.credit_code = k.credit_code AND n.stat_year = k.stat_year
),
told AS (
    SELECT credit_code, stat_year, bool_or(is_new) AS is_new, min(sheet) AS sheet, min(sheet_row) AS sheet_row,
        coalesce(bool_or(purpose_group = 'feedstock' OR purpose = 'feedstock'), false) AS fed
    FROM usage GROUP BY credit_code, stat_year
)
SELECT 'feedstock_row_missing' AS rule, CASE WHEN s.is_new THEN s.sheet ELSE t.sheet END AS sheet,
    CASE WHEN s.is_new THEN s.sheet_row ELSE t.sheet_row END AS sheet_row,
    CASE WHEN s.is_new THEN 'feedstock_t' ELSE 'purpose_group' END AS column_name,
    concat_ws(' ', s.firm_name, s.credit_code, s.stat_year) || ': ' || s.feedstock_t || ' t' AS found
FROM survey s LEFT JOIN told t USING (credit_code, stat_year)
WHERE s.feedstock_t > 0 AND (s.is_new OR t.is_new) AND NOT coalesce(t.fed, false)
