-- 目标年投产的已批项目：某目标地区内、截至某日已批复、当年投产的项目，年用煤量与投产日
-- Approved projects that start in the year of a target, in its area: coal a year and the day of start
--
-- 投产日：截至当日已实际投产的用实际日，否则用拟投产日，已过的最早从次日算起；同一项目取最近一次批复
--   the actual day where it has come, else the planned one, at the earliest tomorrow; of several approvals of a project the last
-- 非电口径不含电力、热力行业（44）的项目 | projects of division 44 are not in the non-power scope
WITH dated AS (
    SELECT *, CASE WHEN actual_start <= $as_of_day THEN actual_start
            ELSE greatest(coalesce(planned_start, actual_start), CAST($as_of_day AS DATE) + 1) END AS start_day
    FROM coal.project WHERE approval_day <= $as_of_day
    QUALIFY row_number() OVER (PARTITION BY project_code ORDER BY approval_day DESC, document_number DESC) = 1
)
SELECT p.project_code, p.start_day,
    max(p.coal_t) AS coal_t, max(p.feedstock_t) AS feedstock_t, max(p.coal_tce) AS coal_tce, max(p.feedstock_tce) AS feedstock_tce
FROM dated p
JOIN asked_coal_member m ON m.target_id = $target_id
    AND m.member_code = CASE m.member_kind WHEN 'province' THEN p.province_code WHEN 'city' THEN p.city_code ELSE p.county_code END
WHERE year(p.start_day) = $stat_year AND ($scope <> 'above_scale_non_power' OR p.industry_division IS DISTINCT FROM '44')
GROUP BY ALL
ORDER BY ALL
