-- 名次表：城市一张，城市与考核单元并列一张；后几位、改善幅度首末位
-- The two rankings, of cities alone and of cities with assessment units; who stands last, and who improved most and least.
--
-- bulletin_ranked：warehouse/models/ranking.sql 的结果 | result of that model.
-- 后 $last 位：至多为参加排名数的一半；末位并列者一并列出 | the last ones: no more than half of those ranked; ties at the border are all named.
SELECT r.* EXCLUDE (period), coalesce(c.name_zh, u.name_zh, r.city_code) AS name_zh, coalesce(c.name_en, u.name_en, r.city_code) AS name_en,
    u.city_code AS parent_code, p.name_zh AS parent_zh, g.digits_statistic AS index_digits,
    count(r.rank) OVER (PARTITION BY r.list_kind) AS n_ranked,
    r.rank IS NOT NULL AND rank() OVER (PARTITION BY r.list_kind, r.rank IS NULL ORDER BY r.composite_index DESC)
        <= least($last, count(r.rank) OVER (PARTITION BY r.list_kind) // 2) AS among_last,
    r.rank_improvement IS NOT NULL AND r.rank_improvement <= least($last, count(r.rank_improvement) OVER (PARTITION BY r.list_kind) // 2) AS most_improved,
    r.rank_improvement IS NOT NULL AND rank() OVER (PARTITION BY r.list_kind, r.rank_improvement IS NULL ORDER BY r.change_pct DESC)
        <= least($last, count(r.rank_improvement) OVER (PARTITION BY r.list_kind) // 2) AS least_improved
FROM bulletin_ranked r
JOIN ref.rounding g ON g.standard_set = r.standard_set AND g.item = 'composite_index'
LEFT JOIN ref.city c ON c.city_code = r.city_code
LEFT JOIN ref.assessment_unit u ON u.unit_id = r.city_code
LEFT JOIN ref.city p ON p.city_code = u.city_code
WHERE r.period = 'now' AND r.region_id = $region
ORDER BY r.list_kind, r.rank NULLS LAST, r.city_code
