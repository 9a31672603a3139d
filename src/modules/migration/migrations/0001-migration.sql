-- What came from where: for every source and target one transfer, its runs, and one row for every object the source has or had.

create schema migration;
grant usage on schema migration to rennsteig_app;

create table migration.transfer (
  tenant integer not null,
  id bigint generated always as identity,
  kind text not null check (kind in ('directory', 'webdav', 'nextcloud')),
  -- directory, or address without user and password
  source text not null,
  -- the folder it goes into, and in whose name
  space bigint not null,
  folder bigint not null,
  account bigint not null,
  created_at timestamptz not null,
  primary key (tenant, id),
  unique (tenant, folder, source)
);
call platform.protect('migration.transfer');

create table migration.run (
  tenant integer not null,
  id bigint generated always as identity,
  transfer bigint not null,
  kind text not null check (kind in ('import', 'check')),
  started_at timestamptz not null,
  -- null: still running, or broken off
  finished_at timestamptz,
  summary jsonb,
  primary key (tenant, id),
  foreign key (tenant, transfer) references migration.transfer
);
call platform.protect('migration.run');
create index run_transfer on migration.run (tenant, transfer, id);

create table migration.object (
  tenant integer not null,
  transfer bigint not null,
  -- SHA-256 of the path of the folder it is in: paths may be longer than an index takes
  place bytea not null,
  name text not null,
  path text not null,
  is_folder boolean not null,
  -- what the source calls it
  source_id text not null,
  -- changes when the content at the source does
  fingerprint text not null,
  size bigint not null,
  modified bigint,
  -- `algorithm:hexadecimal`, where the source gives one
  source_hash text,
  -- of the bytes that came
  sha256 text,
  node bigint,
  -- its name with us
  target_name text not null,
  verdict text not null check (verdict in ('taken', 'updated', 'unchanged', 'conflict', 'failed', 'skipped', 'gone', 'removed')),
  note text,
  -- the run that gave the verdict, and the last one that saw it at the source
  run bigint not null,
  seen bigint not null,
  primary key (tenant, transfer, place, name),
  foreign key (tenant, transfer) references migration.transfer
);
call platform.protect('migration.object');
