-- columns: run_id, command, as_of, started_at, ended_at, minutes, status, n_files, n_days, message
-- optional: ops.run
-- 最近的运行 | last runs
SELECT run_id, command, date_trunc('minute', as_of) AS as_of, date_trunc('minute', started_at) AS started_at, date_trunc('minute', ended_at) AS ended_at,
    round(date_diff('second', started_at, ended_at) / 60.0, 1) AS minutes, status, n_files, n_days, message
FROM ops.run ORDER BY ops.run.started_at DESC, run_id LIMIT $n
