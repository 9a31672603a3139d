-- The weekly sweep asks which blobs are receipts.
create index submission_receipt on forms.submission (tenant, receipt_blob) where receipt_blob is not null;
