-- The author says from when to when a text holds and when somebody has to look again, and the second person reads that as well.
alter table finder.version add column valid_from date, add column valid_to date, add column review_on date;

-- When somebody last looked and found it still true; null: not since it was published.
alter table finder.entry add column checked_on date;
