-- Where: the tenants, their place in the hierarchy, their hosts, look and policies.

create schema tenants;
grant usage on schema tenants to rennsteig_app;

-- Row-level security of this room: a tenant sees its own rows, the provider (tenant 1) sees all.
-- `writers` says who may change them: the provider alone, or the tenant itself as well.
create procedure tenants.protect(target regclass, writers text, rights text) language plpgsql as $$
declare
  provider constant text := '(select platform.tenant()) = 1';
  own_or_provider constant text := '(tenant = (select platform.tenant()) or (select platform.tenant()) = 1)';
  writing constant text := case writers when 'provider' then provider else own_or_provider end;
begin
  execute format('alter table %s enable row level security', target);
  execute format('create policy read on %s for select using (%s)', target, own_or_provider);
  execute format('create policy add on %s for insert with check (%s)', target, writing);
  execute format('create policy change on %s for update using (%s) with check (%s)', target, writing, writing);
  execute format('create policy remove on %s for delete using (%s)', target, writing);
  execute format('grant %s on %s to rennsteig_app', rights, target);
end $$;

create sequence tenants.number start 2;
grant usage on sequence tenants.number to rennsteig_app;

create table tenants.tenant (
  -- Its own number; 1 is always the provider.
  tenant integer primary key,
  -- Unique in the instance: it names the tenant in addresses, on the command line and in support.
  slug text not null unique check (slug ~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$'),
  -- The only key that reaches from one tenant to another: the hierarchy itself.
  parent integer references tenants.tenant (tenant),
  kind text not null check (kind in ('provider', 'state', 'district', 'municipality', 'consortium', 'authority')),
  name text not null,
  municipality_key text check (municipality_key ~ '^[0-9]{8}([0-9]{4})?$'),
  address text not null,
  state text not null check (state in ('active', 'suspended')),
  state_reason text not null default '',
  -- Bytes of all its files together; null: as much as there is.
  quota bigint check (quota >= 0),
  created_at timestamptz not null,
  check ((tenant = 1) = (kind = 'provider')),
  check ((tenant = 1) = (parent is null)),
  check (tenant <> 1 or state = 'active')
);
call tenants.protect('tenants.tenant', 'provider', 'select, insert, update');

create table tenants.host (
  tenant integer not null references tenants.tenant (tenant),
  -- Unique in the instance: a host shows one tenant's pages.
  host text not null unique,
  primary key (tenant, host)
);
call tenants.protect('tenants.host', 'provider', 'select, insert, delete');

create table tenants.branding (
  tenant integer primary key references tenants.tenant (tenant),
  name text,
  colour text check (colour ~ '^#[0-9a-f]{6}$'),
  crest bytea,
  -- Of the crest's bytes; part of its address, so that browsers may keep it for ever.
  crest_hash text,
  check ((crest is null) = (crest_hash is null))
);
call tenants.protect('tenants.branding', 'tenant', 'select, insert, update');

-- A tenant's own decisions; what it has not decided comes from its nearest ancestor, then from the default in the code.
create table tenants.policy (
  tenant integer not null references tenants.tenant (tenant),
  name text not null,
  value jsonb not null,
  primary key (tenant, name)
);
call tenants.protect('tenants.policy', 'tenant', 'select, insert, update, delete');

-- What the rooms still have to do for a new tenant.
create table tenants.tick (
  tenant integer not null references tenants.tenant (tenant),
  room text not null,
  state text not null check (state in ('waiting', 'done', 'failed')),
  error text,
  at timestamptz not null,
  primary key (tenant, room)
);
call tenants.protect('tenants.tick', 'tenant', 'select, insert, update');

-- What every request needs to know of a tenant, before it is known who asks, in one statement. The policies of the ancestors
-- are in it, although a tenant cannot see their rows: they are in force for it.
create function tenants.read_profile(wanted integer) returns table (
  tenant integer, slug text, kind text, name text, state text, state_reason text, quota bigint,
  brand_name text, colour text, crest_hash text, policies jsonb
) language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  with recursive line (tenant, parent, name, step) as (
    select t.tenant, t.parent, t.name, 0 from tenants.tenant t where t.tenant = wanted
    union all
    select t.tenant, t.parent, t.name, line.step + 1 from line join tenants.tenant t on t.tenant = line.parent where line.step < 16
  ), decided as (
    select distinct on (p.name) p.name, p.value, p.tenant, line.name as origin
    from line join tenants.policy p on p.tenant = line.tenant order by p.name, line.step
  )
  select t.tenant, t.slug, t.kind, t.name, t.state, t.state_reason, t.quota, b.name, b.colour, b.crest_hash,
    coalesce((select jsonb_object_agg(d.name, jsonb_build_object('value', d.value, 'tenant', d.tenant, 'origin', d.origin)) from decided d), '{}')
  from tenants.tenant t left join tenants.branding b on b.tenant = t.tenant where t.tenant = wanted
$$;
revoke all on function tenants.read_profile from public;
grant execute on function tenants.read_profile to rennsteig_app;

-- Whose pages a host shows, before anyone is known.
create function tenants.tenant_of_host(wanted text) returns integer
  language sql stable security definer set search_path = pg_catalog, pg_temp
  as $$ select tenant from tenants.host where host = wanted $$;
revoke all on function tenants.tenant_of_host from public;
grant execute on function tenants.tenant_of_host to rennsteig_app;
