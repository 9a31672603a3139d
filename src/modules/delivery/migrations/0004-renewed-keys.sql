-- Keys of our own destinations that were replaced: good for some time yet, so that nothing gets lost that was meant for them.
create table delivery.old_key (
  tenant integer not null,
  inbox uuid not null,
  kid text not null,
  use text not null check (use in ('encrypt', 'sign')),
  jwk jsonb not null,
  -- Destroyed when its time is over.
  secret bytea,
  secret_key integer,
  replaced_at timestamptz not null,
  ends_at timestamptz not null,
  warned_at timestamptz,
  ended_at timestamptz,
  primary key (tenant, inbox, kid),
  foreign key (tenant, inbox) references delivery.inbox (tenant, id),
  check ((secret is null) = (ended_at is not null) and (secret is null) = (secret_key is null))
);
create index old_key_alive on delivery.old_key (tenant, ends_at) where secret is not null;
call platform.protect('delivery.old_key', 'select, insert, update');

alter table delivery.inbox add column keys_at timestamptz;
update delivery.inbox set keys_at = created_at;
alter table delivery.inbox alter column keys_at set not null;

-- When a sender last used a key that was replaced.
alter table delivery.sender add column old_key_at timestamptz;
-- The same verdict, signed with the key there was before, for whoever knows only that one.
alter table delivery.arrival add column verdict_old text;
