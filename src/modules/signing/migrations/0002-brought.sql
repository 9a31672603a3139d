-- Seals whose certificate somebody else has issued: the operator brings them.

alter table signing.seal add column is_brought boolean not null default false;
-- X.509, DER in Base64, one a line: who has issued the certificate, and who them.
alter table signing.seal add column chain text not null default '';
