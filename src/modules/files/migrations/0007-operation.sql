-- Large copies, moves and removals, done step by step in the background. What they work on lies unseen in the trash of the space
-- until it is whole: half a copy never looks like a copy.

create sequence files.operation_id;
grant usage on sequence files.operation_id to rennsteig_app;

create table files.operation (
  tenant integer not null,
  id bigint not null default nextval('files.operation_id'),
  -- who began it, and may see and stop it
  account bigint not null,
  kind text not null check (kind in ('copy', 'move', 'purge')),
  -- transitions: rules-operation.ts
  state text not null check (state in ('running', 'undoing', 'done', 'failed', 'cancelled')),
  -- what it is called for people
  name text not null,
  -- space in which it ends, and, when it moves, the one it comes from
  space bigint not null,
  source_space bigint,
  -- a copy: the folder that is copied
  source bigint,
  -- where it is put in the end, whether what has the name there goes to the trash for it, and where it came from
  folder bigint,
  replaces boolean not null default false,
  -- files and folders: in all as far as was known at the beginning, and done
  total bigint not null,
  done bigint not null default 0,
  -- bytes the space counts as used already, for what is still to come
  reserved bigint not null default 0 check (reserved >= 0),
  -- why it failed: a code of words.ts
  failure text,
  started_at timestamptz not null,
  ended_at timestamptz,
  primary key (tenant, id),
  foreign key (tenant, space) references files.space on delete cascade
);
call platform.protect('files.operation');
create index operation_account on files.operation (tenant, account, started_at);

-- Folders whose entries an operation has still to deal with, and how far it is in each.
create table files.operation_folder (
  tenant integer not null,
  operation bigint not null,
  source bigint not null,
  -- a copy: the folder made for it; a move: the folder itself
  target bigint not null,
  -- the last entry that is done
  after bigint not null default 0,
  primary key (tenant, operation, source),
  foreign key (tenant, operation) references files.operation on delete cascade
);
call platform.protect('files.operation_folder');
create index operation_front on files.operation_folder (tenant, operation, target);
-- For checks of the books, which leave out what is just under way.
create index operation_source on files.operation_folder (source);

-- Set: belongs to an operation; nobody sees it in the trash.
alter table files.trash add column operation bigint;
create index trash_operation on files.trash (tenant, operation) where operation is not null;
