-- table: ops.source_file
-- consequence: note
-- zh: 有文件被拒收
-- en: files were refused
SELECT path, reason_zh FROM ops.source_file WHERE status IN ('rejected', 'unreadable')
