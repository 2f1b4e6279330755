-- The lists of a school that the academy's directory does not feed: what was sent and is not imported yet, and how the
-- columns were matched the last time.
-- +goose Up

-- content is the file as it was sent; it goes with the import, or after two days.
create table roster_draft (
  tenant_id  bigint not null,
  id         uuid not null,
  kind       text not null check (kind in ('pupils', 'staff')),
  name       text not null check (char_length(name) between 1 and 120),
  content    bytea not null check (octet_length(content) between 1 and 8388608),
  matches    jsonb,
  feed_id    uuid,
  author_id  uuid not null,
  started_at timestamptz not null,
  primary key (tenant_id, id)
);
call protect('roster_draft');
create index roster_draft_started on roster_draft (tenant_id, started_at desc, id);

-- matches says for each field the name of its column, empty where none says it.
create table roster_columns (
  tenant_id  bigint not null,
  kind       text not null check (kind in ('pupils', 'staff')),
  matches    jsonb not null,
  changed_at timestamptz not null,
  primary key (tenant_id, kind)
);
call protect('roster_columns');
