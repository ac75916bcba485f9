-- 时段在将来。
-- The period lies in the future.
SELECT 'period_future' AS rule, sheet, sheet_row, 'month' AS column_name, month AS found
FROM incoming_energy_205_1 WHERE month > strftime($as_of::TIMESTAMP, '%Y-%m')
UNION ALL
SELECT 'period_future', sheet, sheet_row, 'period', period
FROM incoming_area_use
WHERE CASE WHEN length(period) = 4 THEN period > strftime($as_of::TIMESTAMP, '%Y')
    ELSE left(period, 4) || '-' || right(period, 2) > strftime($as_of::TIMESTAMP, '%Y-%m') END
