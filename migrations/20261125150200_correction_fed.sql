-- Whether what is said to be wrong came from a feed: it is then corrected at its source, or the next feed brings it back.
-- +goose Up
alter table correction add column fed boolean not null default false;
