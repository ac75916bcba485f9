-- columns: warning_id, block, start_at, end_at, status, reason, basis, index_low, index_high, index_if_counted, in_process, primary_pollutants, pm25_low_ugm3, pm25_high_ugm3, n_hours, standard_set
-- optional: emergency.warning_block
SELECT warning_id, block, start_at, end_at, status, reason, basis, index_low, index_high, index_if_counted, in_process,
    primary_pollutants, pm25_low_ugm3, pm25_high_ugm3, n_hours, standard_set
FROM emergency.warning_block ORDER BY warning_id, block
