-- Puts jobs into the queue within the caller's transaction, for the caller's tenant and nobody else's. First come, first served: what is due now
-- is due in the order of the list, and a waiting job that is asked for again keeps its place, or moves forward when it was to wait longer.
-- Of several with one key the last one counts.
create function platform.enqueue_all(wanted jsonb) returns void
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  mine integer := platform.tenant();
  due timestamptz := clock_timestamp();
begin
  perform graphile_worker.add_jobs(array(
    select row(
        item.task, json_build_object('tenant', mine, 'payload', item.payload), null,
        coalesce(item.run_at, least(due + item.place * interval '1 microsecond', waiting.run_at)),
        item.max_attempts, item.job_key, null, null
      )::graphile_worker.job_spec
    from (
      select distinct on (coalesce(one.value ->> 'job_key', 'place ' || one.place)) one.place, told.*
      from jsonb_array_elements(wanted) with ordinality as one (value, place),
        jsonb_to_record(one.value) as told (task text, payload jsonb, run_at timestamptz, job_key text, max_attempts integer)
      order by coalesce(one.value ->> 'job_key', 'place ' || one.place), one.place desc
    ) item
    left join graphile_worker._private_jobs waiting on waiting.key = item.job_key
    order by item.place));
end $$;
revoke all on function platform.enqueue_all from public;
grant execute on function platform.enqueue_all to rennsteig_app;

-- platform.enqueue stays until a later release: processes of the version before go on using it while this one starts.
