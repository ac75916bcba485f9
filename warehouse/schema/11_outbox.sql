-- Letters of the outbox, copied from the state file at publication. Addresses are masked here and never leave the state file whole.
CREATE TABLE IF NOT EXISTS ops.outbox (
    message_id VARCHAR NOT NULL PRIMARY KEY,
    letter_key VARCHAR NOT NULL,
    recipient VARCHAR NOT NULL,
    recipient_name VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    urgent BOOLEAN NOT NULL,
    exercise BOOLEAN NOT NULL,
    subject VARCHAR NOT NULL,
    state VARCHAR NOT NULL CHECK (state IN ('queued', 'sending', 'sent', 'retry', 'dead', 'held')),
    attempts INTEGER NOT NULL,
    doubtful INTEGER NOT NULL,
    next_try TIMESTAMP,
    sent_at TIMESTAMP,
    sent_by VARCHAR,
    last_code INTEGER,
    last_error VARCHAR,
    created TIMESTAMP NOT NULL
);
COMMENT ON TABLE ops.outbox IS '发件箱：每封邮件每位收件人一行（发布时由状态库复制，地址已遮蔽） | outbox: one row per message and recipient, copied at publication, addresses masked | 限制';
COMMENT ON COLUMN ops.outbox.message_id IS '邮件标识：重发时不变 | Message-ID, the same when sent again';
COMMENT ON COLUMN ops.outbox.letter_key IS '内容标识：同一内容对同一收件人只入箱一次 | which letter; put in once per recipient';
COMMENT ON COLUMN ops.outbox.recipient IS '收件地址（遮蔽） | address, masked';
COMMENT ON COLUMN ops.outbox.recipient_name IS '收件人 | recipient';
COMMENT ON COLUMN ops.outbox.kind IS '种类：daily_brief 日报，missing_data 缺数，bulletin、bulletin_internal 日报月报（公开、内部），run_failure 运行失败，warning_draft 预警草稿，warning_notice 预警通知 | kind';
COMMENT ON COLUMN ops.outbox.urgent IS '是否紧急：紧急者不受免打扰时段限制 | urgent: not held by quiet hours';
COMMENT ON COLUMN ops.outbox.exercise IS '是否演练：来自模拟或回放数据，不发往真实收件人 | exercise: from simulated or replayed data, never sent live';
COMMENT ON COLUMN ops.outbox.subject IS '主题 | subject';
COMMENT ON COLUMN ops.outbox.state IS '状态：queued 待发，sending 发送中，sent 已发，retry 待重发，dead 退信，held 暂缓 | state';
COMMENT ON COLUMN ops.outbox.attempts IS '尝试次数 | attempts';
COMMENT ON COLUMN ops.outbox.doubtful IS '存疑次数：发送中断后以同一标识重发 | times in doubt: interrupted and sent again under the same id';
COMMENT ON COLUMN ops.outbox.next_try IS '下次尝试时间 | next attempt';
COMMENT ON COLUMN ops.outbox.sent_at IS '发出时间 | sent at';
COMMENT ON COLUMN ops.outbox.sent_by IS '发出方式：file 仅存文件，redirect 改投，live 正式 | how it was sent: file, redirect, live';
COMMENT ON COLUMN ops.outbox.last_code IS '最近一次服务器答复码 | last reply code of the server';
COMMENT ON COLUMN ops.outbox.last_error IS '最近一次差错（地址已遮蔽） | last error, addresses masked';
COMMENT ON COLUMN ops.outbox.created IS '入箱时间 | put in at';
