-- What was to go to somebody and was taken back before it left is told apart from what was sent: the ledger proves both.

-- +goose Up
alter table notice_way drop constraint notice_way_outcome_check;
alter table notice_way add constraint notice_way_outcome_check
  check (outcome in ('sent', 'shown', 'waiting', 'printed', 'no_address', 'bounced', 'closed', 'withdrawn'));
