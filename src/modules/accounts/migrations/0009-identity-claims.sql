-- A browser must show that it is the one that began and the one the answer came with: whoever begins a sign-in and lets somebody
-- else finish it must not become that person.
alter table accounts.identity_request
  -- SHA-256 of the secret given to the browser that brought the answer
  add column answer_hash bytea,
  -- The browser that began has shown it
  add column is_claimed boolean not null default false;
