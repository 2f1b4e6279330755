-- Somebody may look at an establishment with the eyes of a profile. While that lasts it is a part of the session of that
-- one host, read with it, and ends with it at the latest.
-- +goose Up

alter table session add column preview jsonb;
