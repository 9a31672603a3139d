-- What the malware scanner said of the contents that people sent in.

create schema scanning;
grant usage on schema scanning to rennsteig_app;

create table scanning.scan (
  tenant integer not null,
  blob text not null,
  size bigint not null check (size >= 0),
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  -- what the room that asked calls it
  reference text not null,
  state text not null default 'waiting' check (state in ('waiting', 'clean', 'infected', 'notScannable')),
  obstacle text check ((state = 'notScannable') = (obstacle is not null)),
  malware text check ((state = 'infected') = (malware is not null)),
  engine text not null default '',
  signatures text not null default '',
  signatures_at timestamptz,
  requested_at timestamptz not null,
  scanned_at timestamptz check (state = 'waiting' or scanned_at is not null),
  primary key (tenant, blob)
);
call platform.protect('scanning.scan');
-- What waits for a scanner that works again, and what came in lately: the two things that are taken up by time.
create index scan_obstacle on scanning.scan (tenant, obstacle, requested_at) where obstacle is not null;
create index scan_requested on scanning.scan (tenant, requested_at);
