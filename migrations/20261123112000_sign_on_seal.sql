-- A ticket goes on only in the browser that asked for it: whoever sends somebody a link with a ticket of his own would
-- otherwise sign that person on as himself.
-- +goose Up

alter table sign_on_ticket add column seal bytea not null default '';
create index sign_on_ticket_expiry on sign_on_ticket (tenant_id, expires_at);
