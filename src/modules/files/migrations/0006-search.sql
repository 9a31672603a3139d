-- Looking for files by parts of their names; and links that hand a file to a player without a password.

-- Both come with PostgreSQL and are trusted: whoever owns the database may install them. They may be there already, anywhere.
create extension if not exists pg_trgm schema files;
create extension if not exists btree_gin schema files;

-- By space and three letters at a time. The list of what is not sorted in yet is kept short, since every search reads it.
do $$
declare
  place text := (select n.nspname from pg_extension e join pg_namespace n on n.oid = e.extnamespace where e.extname = 'pg_trgm');
begin
  execute format('create index node_name on files.node using gin (space, name_key %I.gin_trgm_ops) with (gin_pending_list_limit = 512)', place);
end $$;

-- Nodes of some spaces of the caller's tenant whose folded name fits one, two or three patterns by the index, and all the others. With
-- the owner's rights: `like` is not leakproof, so that under row-level security the index would never be used. The tenant is
-- asked for here instead; who may see the nodes is for the caller to decide.
-- Space by space, because such an index takes one value at a time; planned anew, because the pattern decides what is cheap.
create function files.find_names(in_spaces bigint[], in_patterns text[], in_others text[], in_limit integer)
  returns table (id bigint, name text, modified bigint)
  language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp set enable_bitmapscan = on set plan_cache_mode = force_custom_plan
as $$
declare
  wanted bigint;
  own_tenant integer := platform.tenant();
begin
  foreach wanted in array in_spaces loop
    if cardinality(in_patterns) = 1 then
      return query select n.id, n.name, n.modified from files.node n
        where n.space = wanted and n.name_key like in_patterns[1]
          and n.name_key like all (in_others) and n.tenant = own_tenant and n.parent is not null limit in_limit;
    elsif cardinality(in_patterns) = 2 then
      return query select n.id, n.name, n.modified from files.node n
        where n.space = wanted and n.name_key like in_patterns[1] and n.name_key like in_patterns[2]
          and n.name_key like all (in_others) and n.tenant = own_tenant and n.parent is not null limit in_limit;
    else
      return query select n.id, n.name, n.modified from files.node n
        where n.space = wanted and n.name_key like in_patterns[1] and n.name_key like in_patterns[2]
          and n.name_key like in_patterns[3]
          and n.name_key like all (in_others) and n.tenant = own_tenant and n.parent is not null limit in_limit;
    end if;
  end loop;
end $$;
revoke all on function files.find_names from public;
grant execute on function files.find_names to rennsteig_app;

-- Links for programmes that cannot sign in, such as players: good for one file, in the name of one person, for some hours.
create table files.direct_link (
  tenant integer not null,
  hash bytea not null,
  node bigint not null,
  account bigint not null,
  expires_at timestamptz not null,
  primary key (tenant, hash),
  foreign key (tenant, node) references files.node on delete cascade
);
call platform.protect('files.direct_link');
create index direct_link_node on files.direct_link (tenant, node);
