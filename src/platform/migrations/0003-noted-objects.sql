-- Names of objects that came into an S3 bucket, until the continuous backup has copied them: a bucket can only be listed as a
-- whole, and does not say what is new. (A disk does.) See docs/decisions, "New objects are noted".
create table platform.noted_object (
  tenant integer not null,
  name text collate "C" not null,
  primary key (tenant, name)
);
-- The running role notes; only the backup, as the owner, reads and forgets.
call platform.protect('platform.noted_object', 'insert');
