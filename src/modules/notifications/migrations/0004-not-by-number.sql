-- Apart from the index that takes its place: building that one, and waiting here until nobody reads, would stop each other.
drop index notifications.notice_account;
