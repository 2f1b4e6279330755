-- What the levels of the territory decide: the academy, then the collectivity, then the establishment.
-- +goose Up

-- One row for each setting that a space decided itself; what has no row is inherited. locked keeps the spaces below from
-- deciding otherwise. version counts the changes of the row, so that two people do not undo each other's.
create table setting (
  tenant_id bigint not null,
  name      text not null check (name ~ '^[a-z][a-z_]*(\.[a-z0-9_]+)+$'),
  value     jsonb not null check (length(value::text) <= 20000),
  locked    boolean not null default false,
  version   integer not null default 1,
  author_id uuid,
  set_at    timestamptz not null,
  primary key (tenant_id, name)
);

-- An establishment reads, in its own transaction, whether a space above has locked what it changes.
call protect_downward('setting');

-- Each replica holds the settings of every space in memory, and reads them with the importer's role, which sees them all.
grant select on setting to elyco_import;
