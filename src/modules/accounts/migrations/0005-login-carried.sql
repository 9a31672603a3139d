-- Older apps (Nextcloud's first login flow) never ask for the app password: the browser in which somebody says yes carries it to them.
alter table accounts.device_login add column is_carried boolean not null default false;
