-- Application passwords: one for each device that opens a service beside the pages. They are rows of the academy, like
-- the accounts that they belong to.
-- +goose Up

-- Only a keyed hash is kept. The secret has a hundred random bits, so that a slow hash would protect nothing more and
-- would cost every request of a file manager; the key, which the database does not know, keeps whoever can write rows
-- from writing one that opens.
create table app_password (
  tenant_id    bigint not null,
  id           uuid not null,
  person_id    uuid not null,
  name         text not null check (length(name) between 1 and 60),
  purpose      text not null check (purpose in ('webdav')),
  secret_hash  bytea not null,
  created_at   timestamptz not null,
  expires_at   timestamptz,
  used_at      timestamptz,
  used_network text not null default '',
  primary key (tenant_id, id),
  unique (tenant_id, secret_hash),
  foreign key (tenant_id, person_id) references person (tenant_id, id)
);
call protect('app_password');
create index app_password_person on app_password (tenant_id, person_id);
