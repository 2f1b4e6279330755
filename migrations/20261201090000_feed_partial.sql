-- A complete feed of which most is what the one before said: only what differs is set down and compared.

-- +goose Up

-- What the last feed that was applied said of somebody, as a number: a record with the same number says the same. Null: the
-- record is looked at again whatever it says, for the report names it. Zero: the last feed did not describe the person.
alter table person_key add column print bigint;
alter table staged_person add column print bigint;

-- voted: the level is what most pupils of the class have, for want of a word of the establishment's.
alter table staged_class add column voted boolean not null default false;

-- partial: the feed is complete, and only what differs from the one before was set down. whole_at: when all was compared the last
-- time. context: what the meaning of a record hangs on, as the feed was read; standing: in the house, once it is applied.
alter table feed add column partial boolean not null default false, add column whole_at timestamptz,
  add column context text not null default '', add column standing text;

-- Where those are at home already of whom a feed speaks that does not speak of everybody.
create unlogged table staged_touch (
  feed_id  uuid not null,
  scope_id bigint not null,
  key      text not null
);
create index staged_touch_scope on staged_touch (feed_id, scope_id);
grant select, insert, update, delete, truncate on staged_touch to elyco_import;

-- Everybody is counted as one set, which belongs in memory.
alter function refresh_headcounts(bigint[]) set work_mem = '96MB';
alter function refresh_standings(bigint[]) set work_mem = '96MB';
