-- What a code was made by: work that was interrupted before its sheet was there makes it anew, and leaves the codes of others alone.
-- +goose Up
alter table activation_code add column work_id uuid;
