-- Who follows a notice has read it: the bell counts what is unread, the list keeps the rest until it is done with or old.

alter table notifications.notice add column read_at timestamptz;
