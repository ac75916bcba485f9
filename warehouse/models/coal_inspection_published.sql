-- 公开的合格率与复算：印出的数对吗？
-- Published pass rates computed again: is the printed figure right?
--
-- 复算 = 合格 ÷ 抽检，按印出的位数修约（GB/T 8170）；没有件数的不能复算，空着。
-- Ours = passed over inspected, rounded to one decimal as printed; without counts it cannot be computed and stays empty.
SELECT rate_id, area_code, area_name, period, stage, product, n_inspected, n_passed, 100.0 * n_passed / nullif(n_inspected, 0) AS rate_of_counts_pct,
    rate_pct AS printed_pct, round_8170(100.0 * n_passed / nullif(n_inspected, 0), 1) <> rate_pct AS printed_differs, source, verified
FROM ref.coal_published_rate
ORDER BY rate_id
