-- What came from elsewhere is not passed on: two authorities that deliver to each other would never end.
create index arrival_submission on delivery.arrival (tenant, submission) where submission is not null;
