-- The ground every room stands on: tenant isolation, audit, keys, jobs, mail, throttling.

grant usage on schema platform to rennsteig_app;

-- The tenant of this connection or transaction. Raises 42704 when none is set: an unset tenant must be an error, never an
-- empty answer. Policies wrap it in (select …), so that it is looked up once per statement and not once per row.
create function platform.tenant() returns integer language sql stable parallel safe
  as $$ select current_setting('app.tenant')::integer $$;

-- Puts a table under row-level security: only rows of the tenant that is set can be seen or written. The rights are named
-- by the caller, so that append-only tables stay append-only.
create procedure platform.protect(target regclass, rights text default 'select, insert, update, delete') language plpgsql as $$
begin
  execute format('alter table %s enable row level security', target);
  execute format(
    'create policy own_tenant on %s using (tenant = (select platform.tenant())) with check (tenant = (select platform.tenant()))',
    target);
  execute format('grant %s on %s to rennsteig_app', rights, target);
  -- Every index begins with the tenant. Told that there is but one of them, the planner never takes "all rows of a tenant" for
  -- as cheap as "this one row", however small the table was when it last looked: the plan it makes then is kept.
  execute format('alter table %s alter column tenant set (n_distinct = 1)', target);
end $$;

-- What is true of the whole instance: which master key it was made with, whether it is a demo, …
create table platform.instance (
  name text primary key,
  value text not null
);
grant select, insert, update on platform.instance to rennsteig_app;

-- A tenant's keys, each wrapped by the instance's key. The one with the highest id wraps the keys of new blobs.
create table platform.tenant_key (
  tenant integer not null,
  id integer not null,
  wrapped bytea not null,
  -- short fingerprint of the instance key that wraps it, so that a rotation knows what is left to do
  wrapped_by text not null,
  created_at timestamptz not null default now(),
  primary key (tenant, id)
);
call platform.protect('platform.tenant_key');

-- Audit: one chain of entries per tenant, hash = sha256(previous hash ‖ entry). The head is kept apart, so that a removed
-- tail is found. The running role can read, and append through the function below; nothing else.
create table platform.audit (
  tenant integer not null,
  seq bigint not null,
  entry text not null,
  hash bytea not null,
  -- read back out of the entry for filtering; never the source of truth
  at text not null generated always as (entry::jsonb ->> 'at') stored,
  action text not null generated always as (entry::jsonb ->> 'action') stored,
  primary key (tenant, seq)
);
call platform.protect('platform.audit', 'select');

create table platform.audit_head (
  tenant integer primary key,
  seq bigint not null,
  hash bytea not null
) with (fillfactor = 50);
call platform.protect('platform.audit_head', 'select');

-- Heads signed with a key the database does not know: whoever rewrites the chain cannot rewrite these.
create table platform.audit_anchor (
  tenant integer not null,
  seq bigint not null,
  hash bytea not null,
  mac bytea not null,
  at timestamptz not null default now(),
  primary key (tenant, seq)
);
call platform.protect('platform.audit_anchor', 'select, insert');

-- Appends to the chain of the tenant that is set. Its lock on the head is the last one a transaction takes.
create function platform.append_audit(entries text[]) returns bigint
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  mine integer := platform.tenant();
  position bigint;
  chain bytea;
  item text;
begin
  select seq, hash into position, chain from platform.audit_head where tenant = mine for update;
  if not found then
    insert into platform.audit_head (tenant, seq, hash) values (mine, 0, sha256(convert_to('rennsteig audit ' || mine, 'UTF8')))
      on conflict (tenant) do nothing;
    select seq, hash into position, chain from platform.audit_head where tenant = mine for update;
  end if;
  foreach item in array entries loop
    position := position + 1;
    chain := sha256(chain || convert_to(item, 'UTF8'));
    insert into platform.audit (tenant, seq, entry, hash) values (mine, position, item, chain);
  end loop;
  update platform.audit_head set seq = position, hash = chain where tenant = mine;
  return position;
end $$;
revoke all on function platform.append_audit from public;
grant execute on function platform.append_audit to rennsteig_app;

-- Puts a job into the queue within the caller's transaction, for the caller's tenant and nobody else's.
create function platform.enqueue(task text, payload jsonb, run_at timestamptz, job_key text, max_attempts integer) returns void
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform graphile_worker.add_job(
    task, json_build_object('tenant', platform.tenant(), 'payload', payload),
    run_at => run_at, job_key => job_key, max_attempts => max_attempts);
end $$;
revoke all on function platform.enqueue from public;
grant execute on function platform.enqueue to rennsteig_app;

create table platform.mail (
  tenant integer not null,
  id bigint generated always as identity,
  recipient text not null,
  subject text not null,
  body text not null,
  state text not null default 'waiting' check (state in ('waiting', 'sent', 'failed')),
  created_at timestamptz not null default now(),
  sent_at timestamptz,
  primary key (tenant, id)
);
call platform.protect('platform.mail');

-- Attempts that must not be repeated at will, across processes. Keys are hashes of account or network; they belong to no
-- tenant, because nobody is signed in yet.
create unlogged table platform.throttle (
  key text primary key,
  count integer not null,
  since timestamptz not null,
  blocked_until timestamptz
);
grant select, insert, update, delete on platform.throttle to rennsteig_app;
