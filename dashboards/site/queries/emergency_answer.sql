-- columns: warning_id, sender_kind, part, due_at, n_expected, n_in_time, n_late, n_waiting, n_missing, n_done, n_partial, n_unable
-- optional: emergency.answer_state
SELECT warning_id, sender_kind, part, due_at, n_expected, n_in_time, n_late, n_waiting, n_missing, n_done, n_partial, n_unable
FROM emergency.answer_state ORDER BY warning_id, sender_kind DESC, part = '~all' DESC, part = '~other', part
