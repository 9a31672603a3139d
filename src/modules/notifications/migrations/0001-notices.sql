-- What the house tells somebody: short, about one thing, gone once it was read or is old.

create schema notifications;
grant usage on schema notifications to rennsteig_app;

create table notifications.notice (
  tenant integer not null,
  id bigint generated always as identity,
  account bigint not null,
  -- the sentence, by its code in the words of the room that tells, and what stands in its gaps
  code text not null,
  params jsonb not null,
  -- where it leads: a path of ours
  link text not null,
  -- kind and id of the thing it is about; a newer notice about the same takes the place of the older one
  about text not null,
  created_at timestamptz not null,
  primary key (tenant, id),
  unique (tenant, account, about)
);
call platform.protect('notifications.notice');
create index notice_account on notifications.notice (account, id);
