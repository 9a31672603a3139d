-- Whether those who look after a space know that it is nearly full: told once, until there is room again.
alter table files.space add column is_warned boolean not null default false;
