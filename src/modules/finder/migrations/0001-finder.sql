-- Who is responsible for what, where: the register of areas, what editors write (each tenant its own), and what is published.
-- Published rows belong to the provider (tenant 1), which runs the finder for all; they are rebuilt from what the tenants hold.

create schema finder;
grant usage on schema finder to rennsteig_app;

-- The register: official keys are unique in the state, so the key is the name.
create table finder.area (
  tenant integer not null,
  key text not null check (key ~ '^([0-9]{2}|[0-9]{5}|[0-9]{8}(-[0-9]{1,4})?)$'),
  kind text not null check (kind in ('state', 'district', 'municipality', 'part')),
  name text not null,
  designation text not null,
  parent text,
  postcodes text[] not null,
  population integer,
  -- The day on which it became part of something else.
  ended_on date,
  successors text[] not null default '{}',
  primary key (tenant, key),
  check (cardinality(successors) = 0 or ended_on is not null)
);
call platform.protect('finder.area');

-- Something editors write and publish: a service (state), a supplement, an authority, a competence.
create table finder.entry (
  tenant integer not null,
  id bigint generated always as identity,
  kind text not null check (kind in ('service', 'supplement', 'authority', 'competence')),
  key text not null,
  title text not null,
  -- What the public sees; null: nothing (yet, or any more).
  published integer,
  -- What is being worked on; null: nothing.
  draft integer,
  valid_from date,
  valid_to date,
  -- When somebody has to look whether it is still true.
  review_on date,
  -- For which review day the editors have been reminded.
  reminded_for date,
  published_at timestamptz,
  primary key (tenant, id),
  unique (tenant, kind, key)
);
create index entry_review on finder.entry (tenant, review_on) where published is not null;
call platform.protect('finder.entry');

create table finder.version (
  tenant integer not null,
  entry bigint not null,
  version integer not null,
  state text not null check (state in ('draft', 'submitted', 'published', 'superseded', 'discarded', 'withdrawn')),
  content jsonb not null,
  -- Grows with every change of a draft: whoever saves names the one they saw.
  edition integer not null default 1,
  author text not null,
  author_name text not null,
  approver text,
  approver_name text,
  -- What was changed and why, by the author; why it was sent back, by the approver.
  note text not null default '',
  answer text not null default '',
  changed_at timestamptz not null,
  decided_at timestamptz,
  primary key (tenant, entry, version),
  foreign key (tenant, entry) references finder.entry (tenant, id),
  -- Four eyes: nobody publishes their own text.
  check (approver is null or approver <> author or author like 'system:%')
);
call platform.protect('finder.version', 'select, insert, update');

-- What the public sees. `source` is the tenant that published it.
create table finder.public_service (
  tenant integer not null,
  id integer generated always as identity,
  key text not null,
  source integer not null,
  version integer not null,
  content jsonb not null,
  title text not null,
  life_events text[] not null,
  valid_from date,
  valid_to date,
  checked_on date,
  published_at timestamptz not null,
  primary key (tenant, id),
  unique (tenant, key)
);
create index public_service_life on finder.public_service using gin (life_events);
call platform.protect('finder.public_service');

create table finder.public_authority (
  tenant integer not null,
  key text not null,
  source integer not null,
  content jsonb not null,
  name text not null,
  published_at timestamptz not null,
  primary key (tenant, key)
);
call platform.protect('finder.public_authority');

-- Whose general administration an authority is.
create table finder.administration (
  tenant integer not null,
  area text not null,
  authority text not null,
  source integer not null,
  primary key (tenant, area, authority)
);
call platform.protect('finder.administration');

create table finder.public_supplement (
  tenant integer not null,
  service text not null,
  area text not null,
  source integer not null,
  content jsonb not null,
  published_at timestamptz not null,
  primary key (tenant, service, area, source)
);
call platform.protect('finder.public_supplement');

create table finder.competence (
  tenant integer not null,
  id bigint generated always as identity,
  source integer not null,
  entry bigint not null,
  service text not null,
  area text not null,
  authority text,
  level text,
  unit text not null,
  except_areas text[] not null,
  reason text not null,
  valid_from date,
  valid_to date,
  primary key (tenant, id),
  unique (tenant, source, entry)
);
create index competence_case on finder.competence (tenant, service, area);
call platform.protect('finder.competence');

-- The index of the search: which word stands in which service, and how much it counts there.
create table finder.posting (
  tenant integer not null,
  term text not null,
  service integer not null,
  weight real not null,
  primary key (tenant, term, service) include (weight)
);
create index posting_service on finder.posting (tenant, service);
call platform.protect('finder.posting');

create table finder.term (
  tenant integer not null,
  term text not null,
  surface text not null,
  services integer not null,
  primary key (tenant, term)
);
call platform.protect('finder.term');

-- What people say → what the texts say.
create table finder.synonym (
  tenant integer not null,
  id bigint generated always as identity,
  says text not null,
  means text not null,
  changed_by text not null,
  changed_at timestamptz not null,
  primary key (tenant, id),
  unique (tenant, says, means)
);
call platform.protect('finder.synonym');

-- Grows with every change of what searches know, so that every process notices.
create table finder.generation (
  tenant integer primary key,
  number bigint not null
);
call platform.protect('finder.generation');

-- Searched but not found: words and days, nothing about who asked. Rare ones are never shown and soon forgotten.
create table finder.miss (
  tenant integer not null,
  words text not null,
  day date not null,
  count integer not null,
  primary key (tenant, words, day)
);
create index miss_day on finder.miss (tenant, day);
call platform.protect('finder.miss');

create table finder.miss_done (
  tenant integer not null,
  words text not null,
  done_by text not null,
  done_at timestamptz not null,
  primary key (tenant, words)
);
call platform.protect('finder.miss_done');
