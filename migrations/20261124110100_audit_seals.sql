-- The trail is sealed: every minute the program links the new entries of a space to those before, with a key that the
-- database does not hold.
-- +goose Up

-- Entries that no seal holds yet. A row is added by the transaction that adds the entry and removed by the one that
-- seals it: an entry that commits late is simply still here, whatever number or clock came first, and writers never wait
-- for each other nor for the seal. Unlike transaction numbers it means the same after a restoration elsewhere.
create table audit_open (
  tenant_id bigint not null,
  entry_id  uuid not null,
  primary key (tenant_id, entry_id)
);
-- What was recorded before waits, too. The owner reads every scope for this one statement.
alter table audit_entry no force row level security;
insert into audit_open (tenant_id, entry_id) select tenant_id, id from audit_entry;
alter table audit_entry force row level security;
call protect('audit_open');
revoke update, delete on audit_open from elyco_app;
grant select, insert, delete on audit_open to elyco_import;

-- +goose StatementBegin
create function audit_opened() returns trigger language plpgsql as $$
begin
  insert into audit_open (tenant_id, entry_id) values (new.tenant_id, new.id);
  return null;
end $$;
-- +goose StatementEnd
create trigger audit_opened after insert on audit_entry for each row execute function audit_opened();

-- One link of a space's chain. leaves are the entries that it holds, in order: the id of each and its digest. link is
-- keyed, and covers the link before. Only the importer's role writes here, and it never changes what is written.
create table audit_seal (
  tenant_id bigint not null,
  number    bigint not null check (number > 0),
  at        timestamptz not null,
  entries   int not null,
  leaves    bytea not null,
  previous  bytea not null,
  link      bytea not null,
  primary key (tenant_id, number)
);
call protect('audit_seal');
revoke insert, update, delete on audit_seal from elyco_app;
grant select, insert on audit_seal to elyco_import;

-- Once a day, in the academy's space: where each chain stands, under one keyed root that operators keep elsewhere. It
-- tells whether the end of a chain was cut off.
create table audit_head (
  tenant_id bigint not null,
  day       date not null,
  at        timestamptz not null,
  numbers   jsonb not null,
  root      bytea not null,
  primary key (tenant_id, day)
);
call protect('audit_head');
revoke insert, update, delete on audit_head from elyco_app;
grant select, insert on audit_head to elyco_import;

-- What the last examination of a space's chain found; the page shows it, the examination itself never trusts it.
create table audit_check (
  tenant_id bigint not null,
  at        timestamptz not null,
  seals     bigint not null,
  entries   bigint not null,
  damage    text not null default '',
  seal      bigint not null default 0,
  entry_id  uuid,
  primary key (tenant_id)
);
call protect('audit_check');
