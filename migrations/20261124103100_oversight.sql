-- What the consoles of the territory prepare.
-- +goose Up

-- A national directory that was read and waits for somebody to apply it: the lines of this academy alone.
create table oversight_import (
  tenant_id   bigint not null,
  id          uuid not null,
  file_name   text not null default '',
  lines       jsonb not null default '[]',
  problems    jsonb not null default '[]',
  state       text not null default 'read' check (state in ('read', 'waiting', 'applied', 'failed')),
  agreed      text not null default '',
  report      jsonb not null default '{}',
  author_id   uuid,
  author_name text not null default '',
  created_at  timestamptz not null,
  applied_at  timestamptz,
  primary key (tenant_id, id)
);
call protect('oversight_import');
create index oversight_import_recent on oversight_import (tenant_id, created_at desc);

-- A copy of settings from one establishment to others: what it changes, as it was shown before anybody agreed, what came of
-- it, and with that the way back.
create table oversight_copy (
  tenant_id   bigint not null,
  id          uuid not null,
  source_id   bigint not null,
  lines       jsonb not null default '[]',
  state       text not null default 'planned' check (state in ('planned', 'waiting', 'done', 'undoing', 'undone')),
  handled     int not null default 0,
  author_id   uuid,
  author_name text not null default '',
  created_at  timestamptz not null,
  primary key (tenant_id, id)
);
call protect('oversight_copy');
create index oversight_copy_recent on oversight_copy (tenant_id, created_at desc);
