-- columns: warning_id, state, level, from_at, to_at
-- optional: emergency.warning_event
-- 每个预警依次处于何种状态；to_at 为空即目前状态 | states of each warning one after another; NULL: the state it is in
WITH decided AS (
    SELECT warning_id, seq, state_to AS state, level,
        max(coalesce(effective_at, as_of)) OVER (PARTITION BY warning_id ORDER BY seq ROWS UNBOUNDED PRECEDING) AS from_at
    FROM emergency.warning_event WHERE action NOT IN ('order', 'order_lifted')
)
SELECT warning_id, state, level, from_at, lead(from_at) OVER (PARTITION BY warning_id ORDER BY seq) AS to_at
FROM decided ORDER BY warning_id, seq
