-- zh: 发过哪些预警，每次是谁在什么时候定的、启动与解除各在何时、当时的 AQI 是多少？
-- en: Which warnings were there, who decided what and when, when did the response begin and end, and how high was the AQI then?
-- parameter: city | 城市代码或名称；省略为全部 | city, by code or name; all without it
-- parameter: year | 年份；省略为全部 | year; all without it
WITH event AS (
    SELECT warning_id, count(*) AS n, string_agg(CASE action WHEN 'draft' THEN '起草' WHEN 'approve' THEN '批准' WHEN 'upgrade' THEN '升级' WHEN 'downgrade' THEN '降级'
            WHEN 'extend' THEN '延长' WHEN 'lift' THEN '解除' WHEN 'cancel' THEN '作废' WHEN 'expire' THEN '过期' WHEN 'start' THEN '启动' WHEN 'suspend' THEN '暂停'
            WHEN 'resume' THEN '恢复' WHEN 'evaluate' THEN '评估' WHEN 'supersede' THEN '被取代' WHEN 'order' THEN '上级指令'
            WHEN 'order_lifted' THEN '上级指令解除' ELSE action END || strftime(as_of, ' %m-%d %H:%M'), ' → ' ORDER BY seq) AS course
    FROM emergency.warning_event GROUP BY warning_id
),
felt AS (
    SELECT w.warning_id, max(d.aqi) AS max_aqi, count(*) FILTER (d.aqi > 200) AS n_heavy
    FROM emergency.warning w
    JOIN air.city_day d ON d.city_code = w.city_code AND d.day >= w.start_at::DATE AND d.day <= coalesce(w.lifted_at, w.end_at)::DATE AND d.state <> 'partial'
    GROUP BY w.warning_id
)
SELECT c.name_zh AS "城市", w.warning_id AS "预警编号", CASE w.kind WHEN 'drill' THEN '演练' ELSE '正式' END AS "性质",
    CASE w.level WHEN 'red' THEN '红色' WHEN 'orange' THEN '橙色' WHEN 'yellow' THEN '黄色' WHEN 'blue' THEN '蓝色' ELSE w.level END AS "级别",
    CASE w.state WHEN 'draft' THEN '草稿' WHEN 'approved' THEN '已批准' WHEN 'started' THEN '响应中' WHEN 'upgraded' THEN '已升级' WHEN 'downgraded' THEN '已降级'
        WHEN 'extended' THEN '已延长' WHEN 'suspended' THEN '已暂停' WHEN 'resumed' THEN '已恢复' WHEN 'lifted' THEN '已解除' WHEN 'evaluated' THEN '已评估'
        WHEN 'expired' THEN '已过期' WHEN 'cancelled' THEN '已作废' WHEN 'superseded' THEN '被取代' ELSE w.state END AS "状态",
    CASE w.basis WHEN 'own' THEN '本市' WHEN 'regional' THEN '区域' WHEN 'superior' THEN '上级' WHEN 'none' THEN '无' ELSE w.basis END AS "依据", w.approved_by AS "批准人", w.approved_at AS "批准时间", w.start_at AS "预计开始", w.end_at AS "预计结束",
    w.response_at AS "启动时间", w.lifted_at AS "解除时间", round(date_diff('minute', w.response_at, coalesce(w.lifted_at, w.end_at)) / 60, 1) AS "响应小时数",
    f.max_aqi AS "期间最高AQI", f.n_heavy AS "期间重污染天数", e.course AS "经过", w.document_no AS "文号"
FROM emergency.warning w
LEFT JOIN event e USING (warning_id)
LEFT JOIN felt f USING (warning_id)
LEFT JOIN ref.city c USING (city_code)
WHERE year(coalesce(w.start_at, w.drafted_at)) = coalesce(getvariable('year')::INTEGER, year(coalesce(w.start_at, w.drafted_at)))
    AND (getvariable('city') IS NULL OR w.city_code = getvariable('city')::VARCHAR OR contains(c.name_zh, getvariable('city')::VARCHAR))
ORDER BY coalesce(w.start_at, w.drafted_at) DESC, w.city_code, w.warning_id
