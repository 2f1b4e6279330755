-- The trail is read by people: an entry names its subject in words, and one index fits the list, page by page.
-- +goose Up
alter table audit_entry add column title text not null default '' check (length(title) <= 200);
create index audit_entry_page on audit_entry (tenant_id, at desc, id desc);
drop index audit_entry_at;
