-- table: ops.source_file
-- consequence: flag
-- zh: 有文件待确认
-- en: files wait for confirmation
SELECT path, reason_zh FROM ops.source_file WHERE status = 'held'
