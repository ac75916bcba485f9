-- 目标分解：下级目标合起来够不够上级目标？
-- Decomposition of targets: do the targets of the members together amount to the target above them?
--
-- 区域的天数类目标（good_days, heavy_days，城市天次）可加：下级相加；浓度和比例取平均；市到县区的天数也取平均（同一天不能相加）。
-- Day counts of a region are city-days and add up; means and shares are averaged; so are the days of counties under a city (the same day is not counted twice).
-- 只合计同一指标、同一时段的下级 | only children of the same metric and period count.
WITH family AS (
    SELECT p.target_id, p.metric, p.target_value, c.target_value AS child_value,
        p.area_kind = 'region' AND p.metric IN ('good_days', 'heavy_days') AS additive
    FROM ref.target p JOIN ref.target c ON c.parent_id = p.target_id AND c.metric = p.metric AND c.period = p.period
),
summed AS (
    SELECT target_id, metric, target_value, additive, count(*)::INTEGER AS n_children,
        sum(child_value::DECIMAL(18, 6))::DOUBLE / CASE WHEN any_value(additive) THEN 1 ELSE count(*) END AS children_value
    FROM family GROUP BY ALL
)
SELECT target_id, metric, target_value, n_children, children_value,
    greatest(target_value - children_value, 0) AS unassigned,
    greatest(children_value - target_value, 0) AS over_assigned,
    additive,
    -- 优良类目标下级之和须不低于上级，其余（上限类）须不高于上级 | floors (good days) must reach the parent, ceilings must not exceed it
    CASE WHEN metric LIKE 'good_days%' THEN children_value >= target_value ELSE children_value <= target_value END AS covers_parent
FROM summed
ORDER BY target_id
