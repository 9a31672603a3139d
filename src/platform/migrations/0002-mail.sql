-- Mails that wait because no SMTP server was set, or because it was away for longer than a job is repeated, are sent later.
-- A week, because no one-time link lives longer.
create function platform.enqueue_waiting_mail(at timestamptz) returns integer
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  found_one record;
  total integer := 0;
begin
  for found_one in
    select tenant, id from platform.mail
    where state = 'waiting' and created_at between at - interval '7 days' and at - interval '5 minutes'
    order by id limit 1000
  loop
    perform graphile_worker.add_job(
      'platform.sendMail', json_build_object('tenant', found_one.tenant, 'payload', json_build_object('mail', found_one.id)),
      job_key => 'mail ' || found_one.id, max_attempts => 25);
    total := total + 1;
  end loop;
  return total;
end $$;
revoke all on function platform.enqueue_waiting_mail from public;
grant execute on function platform.enqueue_waiting_mail to rennsteig_app;

create index mail_waiting on platform.mail (created_at) where state = 'waiting';
