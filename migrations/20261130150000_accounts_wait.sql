-- Accounts that feeds had opened stood as activated, so that nobody was given a code for them: without a password an
-- account waits for one. Nobody's scope is set here, so the owner of the table goes past its rows' guard.
-- +goose Up
alter table account no force row level security;
update account set state = 'pending' where state = 'active' and password_hash = '';
alter table account force row level security;
