-- table: emergency.warning
-- consequence: flag
-- zh: 预警现状与最后一条事件不一致
-- en: a warning stands differently from what its last event says
SELECT w.warning_id, w.state, e.state_to
FROM emergency.warning w LEFT JOIN (
    SELECT warning_id, state_to FROM emergency.warning_event
    QUALIFY row_number() OVER (PARTITION BY warning_id ORDER BY seq DESC) = 1
) e USING (warning_id)
WHERE e.state_to IS DISTINCT FROM w.state
ORDER BY w.warning_id
