-- Whether a blob is still in use, asked for its whole name or for everything that begins with its id. Under row-level security an
-- index is only used through functions that leak nothing, which comparisons of text are and split_part is not: with the indexes
-- before, each question read the whole table. Ranges need the order of bytes, whatever the database's collation.
drop index files.node_blob;
drop index files.version_blob;
create index node_blob on files.node (tenant, blob collate "C") where blob is not null;
create index version_blob on files.version (tenant, blob collate "C");
