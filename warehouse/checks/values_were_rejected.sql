-- table: ops.rejected_value
-- consequence: note
-- zh: 有数值或行被拒收
-- en: lines or values were rejected
SELECT path, line FROM ops.rejected_value
