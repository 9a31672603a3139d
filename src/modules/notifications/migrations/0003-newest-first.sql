-- The newest is what was told last by the clock: of several processes the slower one may write the smaller number later.
create index notice_newest on notifications.notice (tenant, account, created_at, id);
