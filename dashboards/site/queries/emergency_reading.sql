-- columns: warning_id, reading, level
-- optional: emergency.warning_reading
SELECT warning_id, reading, level FROM emergency.warning_reading ORDER BY warning_id, reading
