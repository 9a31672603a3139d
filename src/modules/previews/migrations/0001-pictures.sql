-- What was drawn of stored contents. A cache: everything here can be drawn again.

create schema previews;
grant usage on schema previews to rennsteig_app;

create table previews.picture (
  tenant integer not null,
  -- the blob it shows
  source text not null,
  -- pixels of the longer side
  step smallint not null,
  -- the blob that is the picture; null: this content cannot be drawn
  blob text,
  size integer not null,
  made_at timestamptz not null,
  primary key (tenant, source, step)
);
call platform.protect('previews.picture');
create index picture_blob on previews.picture (blob);
