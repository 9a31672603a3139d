-- Looking after what is stored.

-- How far the nightly reading of all blobs has come, and what it found.
create table files.scrub (
  tenant integer primary key,
  -- shard and name of the last blob that was read
  position text not null default '',
  rounds integer not null default 0
);
call platform.protect('files.scrub');

create table files.damage (
  tenant integer not null,
  blob text not null,
  found_at timestamptz not null,
  detail text not null,
  primary key (tenant, blob)
);
call platform.protect('files.damage');

-- Whether a blob is still in use, asked by the sweeps for every blob in the store. The id of a blob of one part has ".0" behind it.
create index node_blob on files.node (split_part(blob, '.', 1)) where blob is not null;
create index version_blob on files.version (split_part(blob, '.', 1));
