-- Indicators of online services (modelled on DIN SPEC 66336, 5.12): how often, and no person. A municipality has its own; the state's
-- tenant has a copy of each with the municipality it came from.

create schema indicators;
grant usage on schema indicators to rennsteig_app;

-- What was heard lately, one row each: nothing is added up while people wait, so that nobody waits for anybody.
create table indicators.fact (
  tenant integer not null,
  id bigint generated always as identity,
  -- The authority it happened at.
  source integer not null,
  day date not null,
  service text not null,
  what text not null,
  count integer not null,
  -- Of a duration: seconds; of a rating: points.
  total bigint not null default 0,
  -- The news it comes from, so that what is told twice counts once; null: it is no news but a number. Goes with the row.
  heard text,
  noted_at timestamptz not null,
  primary key (tenant, id),
  unique (tenant, source, heard)
);
create index fact_day on indicators.fact (tenant, day);
call platform.protect('indicators.fact', 'select, insert, delete');

-- The same by day, added up once news cannot come a second time any more.
create table indicators.day (
  tenant integer not null,
  day date not null,
  source integer not null,
  service text not null,
  what text not null,
  count bigint not null,
  total bigint not null,
  primary key (tenant, day, source, service, what)
);
call platform.protect('indicators.day', 'select, insert, update');

-- Which applications were asked for a rating already: a keyed sum of their link, which nobody can lead back to the application.
create table indicators.asked (
  tenant integer not null,
  link bytea not null,
  month text not null,
  primary key (tenant, link)
);
call platform.protect('indicators.asked', 'select, insert, delete');

-- What people wrote, apart from their rating and from everything else: month and service only.
create table indicators.remark (
  tenant integer not null,
  id bigint generated always as identity,
  month text not null,
  service text not null,
  text text not null,
  primary key (tenant, id)
);
call platform.protect('indicators.remark', 'select, insert, delete');
