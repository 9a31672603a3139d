-- Pictures people have chosen of themselves: drawn anew from what they sent, as squares of a few sizes; what they sent is not kept.
create table accounts.picture (
  tenant integer not null,
  account bigint not null,
  size smallint not null,
  jpeg bytea not null,
  -- changes with the picture
  etag text not null,
  primary key (tenant, account, size),
  foreign key (tenant, account) references accounts.account (tenant, id)
);
call platform.protect('accounts.picture');
