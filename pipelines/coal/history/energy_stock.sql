-- 205-1 库存：本月期初 = 上月期末。期初 + 购进 − 消费 = 期末 由表内校验检查。
-- Form 205-1, stock: opening equals the closing of the month before. The identity within a month is a check of the form.
SELECT 'stock_carried' AS rule, n.sheet, n.sheet_row, 'opening_t' AS column_name,
    n.opening_t || ' t <> ' || o.closing_t || ' t (' || o.month || ')' AS found
FROM incoming_energy_205_1 n JOIN coal.report_energy o ON o.credit_code = n.credit_code AND o.product = n.product
    AND o.period_kind = 'month' AND n.period_kind = 'month' AND o.vintage = n.vintage
    AND o.month = strftime((n.month || '-01')::DATE - INTERVAL 1 MONTH, '%Y-%m')
WHERE abs(n.opening_t - o.closing_t) > $tolerance_t
