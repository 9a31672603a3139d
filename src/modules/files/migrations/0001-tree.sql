-- Spaces, the tree in them, and what hangs on a node. Ids of nodes are unique in the instance: sync clients keep them.

create schema files;
grant usage on schema files to rennsteig_app;

create sequence files.node_id;
create sequence files.space_id;
create sequence files.version_id;
grant usage on sequence files.node_id, files.space_id, files.version_id to rennsteig_app;

create table files.space (
  tenant integer not null,
  id bigint not null default nextval('files.space_id'),
  kind text not null check (kind in ('personal', 'shared')),
  -- personal: the account; shared: the org unit that owns it, or null for the authority itself
  owner bigint,
  name text not null,
  name_key text not null,
  description text not null default '',
  root bigint not null,
  -- folder outside the tree that holds what was deleted
  trash bigint not null,
  -- the number of the last change; taken under the row's lock, so that a committed number means all smaller ones are
  seq bigint not null default 0,
  -- positions up to this one can no longer be asked of the change feed
  feed_floor bigint not null default 0,
  -- bytes of contents, versions and trash
  used bigint not null default 0,
  quota bigint,
  -- WebDAV locks in force; spares every write the look for them
  locks integer not null default 0,
  created_at timestamptz not null default now(),
  -- set: hidden from its members, and purged when the trash's time is over
  removed_at timestamptz,
  primary key (tenant, id)
) with (fillfactor = 50);
call platform.protect('files.space');
create unique index space_personal on files.space (tenant, owner) where kind = 'personal';
-- A shared space appears under its name in everybody's root folder: the name is taken once per tenant.
create unique index space_name on files.space (tenant, name_key) where kind = 'shared' and removed_at is null;

create table files.member (
  tenant integer not null,
  space bigint not null,
  -- account, group or org unit
  principal bigint not null,
  role text not null check (role in ('viewer', 'uploader', 'editor', 'manager')),
  primary key (tenant, space, principal),
  foreign key (tenant, space) references files.space on delete cascade
);
call platform.protect('files.member');
create index member_principal on files.member (tenant, principal);

create table files.node (
  tenant integer not null,
  id bigint not null default nextval('files.node_id'),
  space bigint not null,
  -- null for a space's root and trash
  parent bigint,
  name text not null,
  -- name as Windows and macOS compare it; in the trash the id, since there names may repeat
  name_key text not null,
  is_folder boolean not null,
  -- file: bytes of its content; folder: sum of everything below
  size bigint not null default 0,
  -- number of the change that last touched this node or anything below
  etag bigint not null,
  -- number of the change in the feed: content, name, place of the node itself
  changed bigint not null,
  -- milliseconds since 1970, as the client says
  modified bigint not null,
  created bigint not null,
  author bigint,
  blob text,
  sha256 bytea,
  sha1 bytea,
  primary key (tenant, id),
  check (is_folder = (blob is null))
) with (fillfactor = 80);
call platform.protect('files.node');
create unique index node_child on files.node (tenant, parent, name_key);
-- Further indexes do not begin with the tenant (ids are unique in the instance): while a table is small, the planner takes any
-- index that begins with it for as good as the right one, and keeps that plan when the table has grown.
-- Few rows: a walk down the folders does not touch the files in them.
create index node_folder on files.node (parent) where is_folder;
create index node_feed on files.node (space, changed);
alter table files.node add foreign key (tenant, space) references files.space deferrable initially deferred;
alter table files.node add foreign key (tenant, parent) references files.node deferrable initially deferred;

-- Nodes that left a space for good (moved to another one, or purged): the feed's memory of them.
create table files.departure (
  tenant integer not null,
  space bigint not null,
  changed bigint not null,
  node bigint not null,
  primary key (tenant, space, changed, node)
);
call platform.protect('files.departure');

-- Contents a file had before. The current one stands in the node.
create table files.version (
  tenant integer not null,
  node bigint not null,
  id bigint not null default nextval('files.version_id'),
  size bigint not null,
  blob text not null,
  sha256 bytea not null,
  sha1 bytea not null,
  modified bigint not null,
  author bigint,
  -- when it was replaced
  replaced_at timestamptz not null,
  label text,
  primary key (tenant, node, id),
  foreign key (tenant, node) references files.node on delete cascade
);
call platform.protect('files.version');

-- What was deleted, and where it was.
create table files.trash (
  tenant integer not null,
  node bigint not null,
  space bigint not null,
  -- the folder it was in; may be gone by now
  parent bigint not null,
  path text not null,
  deleted_at timestamptz not null,
  deleted_by bigint,
  primary key (tenant, node),
  foreign key (tenant, node) references files.node on delete cascade
);
call platform.protect('files.trash');
create index trash_space on files.trash (tenant, space, deleted_at);

-- References to a blob beyond the first one (copies, restored versions). No row: exactly one reference.
create table files.blob_share (
  tenant integer not null,
  blob text not null,
  extra integer not null check (extra > 0),
  primary key (tenant, blob)
);
call platform.protect('files.blob_share');

-- Blobs whose last reference went; their bytes are removed a while later, so that a backup that runs meanwhile is whole.
create table files.blob_release (
  tenant integer not null,
  blob text not null,
  released_at timestamptz not null,
  primary key (tenant, blob)
);
call platform.protect('files.blob_release');

create table files.usage (
  tenant integer primary key,
  used bigint not null default 0
) with (fillfactor = 50);
call platform.protect('files.usage');

create table files.lock (
  tenant integer not null,
  token text not null,
  space bigint not null,
  node bigint not null,
  account bigint not null,
  is_infinite boolean not null,
  is_shared boolean not null,
  -- what the client calls its owner, as XML
  owner text not null,
  seconds integer not null,
  expires_at timestamptz not null,
  primary key (tenant, token),
  foreign key (tenant, node) references files.node on delete cascade
);
call platform.protect('files.lock');
create index lock_node on files.lock (tenant, node);

create table files.property (
  tenant integer not null,
  node bigint not null,
  namespace text not null,
  name text not null,
  value text not null,
  primary key (tenant, node, namespace, name),
  foreign key (tenant, node) references files.node on delete cascade
);
call platform.protect('files.property');

create table files.favourite (
  tenant integer not null,
  account bigint not null,
  node bigint not null,
  primary key (tenant, account, node),
  foreign key (tenant, node) references files.node on delete cascade
);
call platform.protect('files.favourite');
create index favourite_node on files.favourite (tenant, node);

create table files.tag (
  tenant integer not null,
  id bigint generated always as identity,
  name text not null,
  name_key text not null,
  primary key (tenant, id),
  unique (tenant, name_key)
);
call platform.protect('files.tag');

create table files.node_tag (
  tenant integer not null,
  node bigint not null,
  tag bigint not null,
  primary key (tenant, node, tag),
  foreign key (tenant, node) references files.node on delete cascade,
  foreign key (tenant, tag) references files.tag on delete cascade
);
call platform.protect('files.node_tag');
create index node_tag_tag on files.node_tag (tenant, tag);

create table files.comment (
  tenant integer not null,
  id bigint generated always as identity,
  node bigint not null,
  account bigint not null,
  text text not null,
  written_at timestamptz not null,
  edited_at timestamptz,
  primary key (tenant, id),
  foreign key (tenant, node) references files.node on delete cascade
);
call platform.protect('files.comment');
create index comment_node on files.comment (tenant, node, id);

-- Follows a path from a person's root folder, where their own files lie and the shared spaces they belong to appear as folders;
-- an own file or folder wins over a space of the same name. Names must be spelled as stored; keys are the same names folded.
-- A loop of index look-ups: one recursive statement for the same took five times as long (350 µs against 70).
create function files.follow_path(
  in_tenant integer, in_account bigint, in_principals bigint[], in_names text[], in_keys text[], in_mount_keys text[])
  returns table (node files.node, space files.space, role text) language plpgsql stable as $$
declare
  depth integer := 1;
begin
  select s.* into space from files.space s where s.tenant = in_tenant and s.kind = 'personal' and s.owner = in_account;
  select n.* into node from files.node n where n.tenant = in_tenant and n.parent = space.root and n.name_key = in_keys[1];
  if node.name = in_names[1] then
    role := 'manager';
  else
    select s.* into space
      from files.member m join files.space s on s.tenant = m.tenant and s.id = m.space
      where m.tenant = in_tenant and m.principal = any (in_principals) and s.removed_at is null and s.name_key = any (in_mount_keys)
      limit 1;
    select m.role into role
      from files.member m where m.tenant = in_tenant and m.space = space.id and m.principal = any (in_principals)
      order by array_position(array['manager', 'editor', 'uploader', 'viewer'], m.role) limit 1;
    select n.* into node from files.node n where n.tenant = in_tenant and n.id = space.root;
  end if;
  while node.id is not null and depth < cardinality(in_names) loop
    depth := depth + 1;
    select n.* into node from files.node n where n.tenant = in_tenant and n.parent = node.id and n.name_key = in_keys[depth];
    if node.name is distinct from in_names[depth] then
      return;
    end if;
  end loop;
  if node.id is not null then
    return next;
  end if;
end $$;

-- A node and the folders above it, itself first, the root last.
create function files.lineage(in_tenant integer, in_node bigint) returns setof files.node language plpgsql stable as $$
declare
  found_node files.node;
  next_id bigint := in_node;
begin
  while next_id is not null loop
    select n.* into found_node from files.node n where n.tenant = in_tenant and n.id = next_id;
    exit when not found;
    return next found_node;
    next_id := found_node.parent;
  end loop;
end $$;

-- Writes the books of a change, in the order every change keeps: the folders from the given ones up to the roots get its number
-- and their new sizes, the spaces their new numbers and bytes, the tenant its bytes (this row and the audit's head are shared by
-- all changes of a tenant, so they come last), the audit its entries. False when the tenant's quota does not allow it.
-- One call, because each statement on its own cost more on the way than in the database; a loop over the folders, because one
-- recursive statement took 2 ms, planned for a tree it did not know.
create function files.write_books(
  in_tenant integer, in_folders bigint[], in_seqs bigint[], in_bytes bigint[],
  in_spaces bigint[], in_space_seqs bigint[], in_space_used bigint[], in_growth bigint, in_quota bigint, in_audit text[])
  returns boolean language plpgsql as $$
declare
  next_id bigint;
begin
  for position in 1 .. cardinality(in_folders) loop
    next_id := in_folders[position];
    while next_id is not null loop
      update files.node n set etag = greatest(n.etag, in_seqs[position]), size = n.size + in_bytes[position]
        where n.tenant = in_tenant and n.id = next_id returning n.parent into next_id;
    end loop;
  end loop;
  for position in 1 .. cardinality(in_spaces) loop
    update files.space s set seq = in_space_seqs[position], used = in_space_used[position]
      where s.tenant = in_tenant and s.id = in_spaces[position];
  end loop;
  if in_growth <> 0 then
    insert into files.usage as u (tenant, used)
      select in_tenant, in_growth where in_quota is null or in_growth <= greatest(in_quota, 0)
      on conflict (tenant) do update set used = u.used + excluded.used
        where in_quota is null or excluded.used <= 0 or u.used + excluded.used <= in_quota;
    if not found then
      return false;
    end if;
  end if;
  if cardinality(in_audit) > 0 then
    perform platform.append_audit(in_audit);
  end if;
  return true;
end $$;

-- What a batch of arriving contents has to know, with the locks of the spaces taken first: the spaces, the grants of those who
-- send, ids for what will be new, and for each place its folder and what stands there under the name. One call for the same reason.
create function files.prepare_arrivals(
  in_tenant integer, in_spaces bigint[], in_principals bigint[], in_folders bigint[], in_keys text[])
  returns jsonb language plpgsql as $$
declare
  spaces jsonb[];
  grants jsonb[];
  places jsonb[];
  folder files.node;
  child files.node;
begin
  select array_agg(to_jsonb(locked)) into spaces from (
    select * from files.space s where s.tenant = in_tenant and s.id = any (in_spaces) order by s.id for update
  ) locked;
  select array_agg(jsonb_build_object('space', m.space, 'principal', m.principal, 'role', m.role)) into grants
    from files.member m join files.space s on s.tenant = m.tenant and s.id = m.space and s.removed_at is null
    where m.tenant = in_tenant and m.space = any (in_spaces) and m.principal = any (in_principals);
  for position in 1 .. cardinality(in_folders) loop
    select n.* into folder from files.node n where n.tenant = in_tenant and n.id = in_folders[position];
    select n.* into child
      from files.node n where n.tenant = in_tenant and n.parent = in_folders[position] and n.name_key = in_keys[position];
    places := places || jsonb_build_object(
      'id', nextval('files.node_id'),
      'folder', case when folder.id is null then null else to_jsonb(folder) end,
      'child', case when child.id is null then null else to_jsonb(child) end);
  end loop;
  return jsonb_build_object('spaces', to_jsonb(spaces), 'grants', to_jsonb(grants), 'places', to_jsonb(places));
end $$;
