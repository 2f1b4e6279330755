-- Guessing the password of a link is slowed down by the link itself.
-- +goose Up

alter table drive_link add column failures int not null default 0, add column failed_at timestamptz;
create index drive_link_ends on drive_link (tenant_id, ends_at);
create index drive_share_ends on drive_share (tenant_id, ends_at) where ends_at is not null;
