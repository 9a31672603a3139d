-- First come, first served: the queue takes what is due for longest, so what is to be done now is due now, to the microsecond.
-- A waiting job that is asked for again keeps its place, and moves forward when it was to wait longer.
create or replace function platform.enqueue(task text, payload jsonb, run_at timestamptz, job_key text, max_attempts integer) returns void
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  due timestamptz := run_at;
begin
  if due is null then
    due := clock_timestamp();
    if job_key is not null then
      due := least(due, (select waiting.run_at from graphile_worker._private_jobs waiting where waiting.key = job_key));
    end if;
  end if;
  perform graphile_worker.add_job(
    task, json_build_object('tenant', platform.tenant(), 'payload', payload),
    run_at => due, job_key => job_key, max_attempts => max_attempts);
end $$;
