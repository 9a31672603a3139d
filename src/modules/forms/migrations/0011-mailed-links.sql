-- The link that stands in the mail about what was sent: another one than its applicant used, so that it ends when the address was wrong.
alter table forms.draft add column mail_hash bytea;
create unique index draft_mail_hash on forms.draft (tenant, mail_hash) where mail_hash is not null;
