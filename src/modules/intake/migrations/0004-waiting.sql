-- While the office waits for what it has asked the applicant for, its time stands still: the day something is due moves.

alter table intake.item
  -- The day it would be due if nothing had ever been asked for; null: as `due_on`, which has not moved since.
  add column first_due_on date,
  -- Since when an answer is awaited; null: nothing is.
  add column paused_on date;

-- The day something is due on, seen from a day: as many days later as an answer has been awaited, at most until the day named for it.
create function intake.due_day(due_on date, paused_on date, awaited_until date, seen_on date) returns date
  language sql immutable
  return due_on + greatest(0, coalesce(least(seen_on, awaited_until) - paused_on, 0));
grant execute on function intake.due_day to rennsteig_app;
