-- Uploads that arrive in pieces: over several requests, after interruptions, out of order. The pieces are parts of one blob.

create table files.upload (
  tenant integer not null,
  -- also the id of the blob the parts become
  id text not null,
  account bigint not null,
  -- under which the client knows it: a tus id, or the name of a chunk folder
  name text not null,
  folder bigint not null,
  -- name of the file to be; null while the client has not said it
  file_name text,
  -- bytes announced; null when unknown
  length bigint,
  received bigint not null default 0,
  next_part integer not null default 0,
  -- what the client said about the file, and what to do when the name is taken
  options jsonb not null default '{}',
  expires_at timestamptz not null,
  primary key (tenant, id),
  unique (tenant, account, name)
);
call platform.protect('files.upload');
create index upload_expiry on files.upload (tenant, expires_at);

create table files.upload_part (
  tenant integer not null,
  upload text not null,
  -- number of the stored part
  part integer not null,
  -- where it belongs: bytes before it (tus), or the client's number for it (chunks)
  position bigint not null,
  size bigint not null,
  sha256 text not null,
  sha1 text not null,
  primary key (tenant, upload, part),
  unique (tenant, upload, position),
  foreign key (tenant, upload) references files.upload on delete cascade
);
call platform.protect('files.upload_part');
