-- A content that was brought back from the versions: when, by whom, and what was known of it before. The content keeps its own
-- time of modification, which clients compare; by its blob it is recognised, as the present content and, once replaced, as a version.
create table files.restoration (
  tenant integer not null,
  node bigint not null,
  blob text not null,
  restored_at timestamptz not null,
  account bigint not null,
  -- who had written the content
  author bigint,
  primary key (tenant, node, blob),
  foreign key (tenant, node) references files.node on delete cascade
);
call platform.protect('files.restoration');
