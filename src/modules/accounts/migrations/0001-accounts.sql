-- Who: people, their groups and units, and everything they prove themselves with.

create schema accounts;
grant usage on schema accounts to rennsteig_app;

-- One sequence for accounts, groups and units: whatever a role can be granted to has one number in the instance.
create sequence accounts.principal;
grant usage on sequence accounts.principal to rennsteig_app;

create table accounts.org_unit (
  tenant integer not null,
  id bigint not null default nextval('accounts.principal'),
  parent bigint,
  name text not null,
  primary key (tenant, id),
  foreign key (tenant, parent) references accounts.org_unit (tenant, id)
);
create unique index org_unit_name on accounts.org_unit (tenant, coalesce(parent, 0), lower(name));
create index org_unit_parent on accounts.org_unit (tenant, parent);
call platform.protect('accounts.org_unit');

create table accounts.account (
  tenant integer not null,
  id bigint not null default nextval('accounts.principal'),
  -- Unique in the instance, not in the tenant: WebDAV paths and the user name of sync clients name a person without a tenant.
  -- Never changes, because clients keep it in their settings.
  handle text not null unique check (handle ~ '^[a-z0-9][a-z0-9._-]{0,63}$'),
  -- Unique in the instance: people sign in with it before it is known whose they are.
  address text not null unique check (address = lower(address)),
  name text not null,
  password_hash text,
  state text not null check (state in ('invited', 'active', 'disabled')),
  roles text[] not null default '{}' check (roles <@ array['providerOperator', 'tenantAdministrator', 'auditor']),
  org_unit bigint,
  locale text not null default 'de' check (locale in ('de', 'en')),
  created_at timestamptz not null,
  last_sign_in_at timestamptz,
  primary key (tenant, id),
  foreign key (tenant, org_unit) references accounts.org_unit (tenant, id),
  check (tenant = 1 or not 'providerOperator' = any (roles))
);
create index account_unit on accounts.account (tenant, org_unit);
call platform.protect('accounts.account', 'select, insert, update');

create table accounts.people_group (
  tenant integer not null,
  id bigint not null default nextval('accounts.principal'),
  name text not null,
  primary key (tenant, id)
);
create unique index people_group_name on accounts.people_group (tenant, lower(name));
call platform.protect('accounts.people_group');

create table accounts.membership (
  tenant integer not null,
  account bigint not null,
  people_group bigint not null,
  primary key (tenant, account, people_group),
  foreign key (tenant, account) references accounts.account (tenant, id),
  foreign key (tenant, people_group) references accounts.people_group (tenant, id) on delete cascade
);
create index membership_group on accounts.membership (tenant, people_group);
call platform.protect('accounts.membership', 'select, insert, delete');

create table accounts.session (
  tenant integer not null,
  id bigint not null generated always as identity,
  account bigint not null,
  -- SHA-256 of the token: whoever reads the database cannot sign in with what stands here.
  token_hash bytea not null,
  created_at timestamptz not null,
  last_used_at timestamptz not null,
  device text not null,
  network text not null,
  primary key (tenant, id),
  unique (tenant, token_hash),
  foreign key (tenant, account) references accounts.account (tenant, id)
);
create index session_account on accounts.session (tenant, account);
call platform.protect('accounts.session');

create table accounts.app_password (
  tenant integer not null,
  id bigint not null generated always as identity,
  account bigint not null,
  name text not null,
  secret_hash bytea not null,
  created_at timestamptz not null,
  last_used_at timestamptz,
  network text,
  primary key (tenant, id),
  unique (tenant, secret_hash),
  foreign key (tenant, account) references accounts.account (tenant, id)
);
create index app_password_account on accounts.app_password (tenant, account);
call platform.protect('accounts.app_password');

-- One-time links: invitation, reset of a password, set-up of the first operator (which has no account yet).
create table accounts.link (
  tenant integer not null,
  id bigint not null generated always as identity,
  account bigint,
  purpose text not null check (purpose in ('invitation', 'reset', 'setUp')),
  token_hash bytea not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  primary key (tenant, id),
  unique (tenant, token_hash),
  foreign key (tenant, account) references accounts.account (tenant, id),
  check ((account is null) = (purpose = 'setUp'))
);
create index link_account on accounts.link (tenant, account, purpose);
call platform.protect('accounts.link');

-- Views see what their caller may see (security_invoker, PostgreSQL 15): row-level security holds in them as well.

-- Everything a request must know of an active person: what roles can be granted to is in groups and units, the units with
-- those above them.
create view accounts.actor with (security_invoker = true) as
  select a.tenant, a.id as account, a.handle, a.address, a.name, a.roles,
    array(select m.people_group from accounts.membership m where m.tenant = a.tenant and m.account = a.id) as groups,
    array(
      with recursive up as (
        select u.id, u.parent, 1 as step from accounts.org_unit u where u.tenant = a.tenant and u.id = a.org_unit
        union all
        select u.id, u.parent, up.step + 1 from up join accounts.org_unit u on u.tenant = a.tenant and u.id = up.parent where up.step < 16
      ) select id from up) as units
  from accounts.account a where a.state = 'active';
grant select on accounts.actor to rennsteig_app;

-- A person as administrators see them.
create view accounts.person with (security_invoker = true) as
  select a.id, a.tenant, a.handle, a.address, a.name, a.state, a.roles, a.locale, a.org_unit,
    a.created_at as "createdAt", a.last_sign_in_at as "lastSignInAt",
    case when u.id is not null then jsonb_build_object('id', u.id, 'name', u.name) end as unit,
    coalesce((
      select jsonb_agg(jsonb_build_object('id', g.id, 'name', g.name) order by g.name)
      from accounts.membership m join accounts.people_group g on g.tenant = m.tenant and g.id = m.people_group
      where m.tenant = a.tenant and m.account = a.id), '[]') as groups
  from accounts.account a left join accounts.org_unit u on u.tenant = a.tenant and u.id = a.org_unit;
grant select on accounts.person to rennsteig_app;

-- The three questions that have to be asked before it is known in which tenant to look. They answer with numbers, or with
-- words that the caller knew before; never with a name, a state or a hash.

create function accounts.find_login(wanted text) returns table (tenant integer, account bigint)
  language sql stable security definer set search_path = pg_catalog, pg_temp
  as $$ select a.tenant, a.id from accounts.account a where a.address = wanted or a.handle = wanted $$;
revoke all on function accounts.find_login from public;
grant execute on function accounts.find_login to rennsteig_app;

create function accounts.taken_handles(wanted text[]) returns setof text
  language sql stable security definer set search_path = pg_catalog, pg_temp
  as $$ select a.handle from accounts.account a where a.handle = any (wanted) $$;
revoke all on function accounts.taken_handles from public;
grant execute on function accounts.taken_handles to rennsteig_app;

create function accounts.taken_addresses(wanted text[]) returns setof text
  language sql stable security definer set search_path = pg_catalog, pg_temp
  as $$ select a.address from accounts.account a where a.address = any (wanted) $$;
revoke all on function accounts.taken_addresses from public;
grant execute on function accounts.taken_addresses to rennsteig_app;
