-- columns: area_code, year, period, then_period, industry, name_zh, name_en, rank, n_firms, now, then_amount, change, share_pct, points_pct
-- optional: coal.contribution_industry
-- 每年最近一期各行业的增减贡献，规上工业 | contributions of industries in the newest period of each year, above-scale industry [10^4 t, %]
SELECT c.area_code, left(c.period, 4)::INTEGER AS year, c.period, c.then_period, c.industry, coalesce(d.name_zh, c.industry) AS name_zh, coalesce(d.name_en, c.industry) AS name_en, c.rank, c.n_firms,
    c.now_t::DOUBLE / 10000 AS now, c.then_t::DOUBLE / 10000 AS then_amount, c.change_t::DOUBLE / 10000 AS change, c.share_pct, c.points_pct
FROM coal.contribution_industry c
LEFT JOIN ref.industry_division d ON d.division = c.industry AND d.valid_to IS NULL
QUALIFY c.period = max(c.period) OVER (PARTITION BY c.area_code, left(c.period, 4))
ORDER BY c.area_code, year, c.rank
