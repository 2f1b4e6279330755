-- The rights of the person: who looked at whose data, what people ask to have corrected, the archives that they take
-- away, what the nightly clocks removed, and which erasures are under way.
-- +goose Up

-- The journal of those whose data somebody of the staff looked at. The same look within one hour is one row: its id is
-- made of who looked at whom, at what and in which hour. What is written stays as it is; only the reader's name can go.
create table access_entry (
  tenant_id      bigint not null,
  id             uuid not null,
  person_id      uuid not null,
  reader_id      uuid,
  reader_name    text not null check (char_length(reader_name) <= 200),
  reader_profile text not null,
  what           text not null,
  title          text not null default '' check (char_length(title) <= 200),
  at             timestamptz not null,
  primary key (tenant_id, id)
);
call protect('access_entry');
revoke update on access_entry from elyco_app;
grant update (reader_id, reader_name) on access_entry to elyco_app;
create index access_entry_person on access_entry (tenant_id, person_id, at desc, id desc);
create index access_entry_reader on access_entry (tenant_id, reader_id) where reader_id is not null;
create index access_entry_at on access_entry (tenant_id, at);

-- What somebody says is not right, for oneself or for one's child. shown is what the page said.
create table correction (
  tenant_id    bigint not null,
  id           uuid not null,
  person_id    uuid not null,
  person_name  text not null,
  author_id    uuid,
  author_name  text not null,
  field        text not null,
  shown        text not null default '' check (char_length(shown) <= 500),
  asked        text not null check (char_length(asked) between 1 and 2000),
  state        text not null default 'open' check (state in ('open', 'accepted', 'refused')),
  reason       text not null default '' check (char_length(reason) <= 2000),
  handler_id   uuid,
  handler_name text not null default '',
  created_at   timestamptz not null,
  handled_at   timestamptz,
  version      int not null default 1,
  primary key (tenant_id, id),
  check ((state = 'open') = (handled_at is null))
);
call protect('correction');
create index correction_listed on correction (tenant_id, state, created_at desc, id desc);
create index correction_person on correction (tenant_id, person_id, created_at desc);
create index correction_author on correction (tenant_id, author_id, created_at desc);
create index correction_handler on correction (tenant_id, handler_id) where handler_id is not null;

-- The archives, in the academy's space because one holds what every space keeps. author_id asked for it and alone takes it
-- away; person_id is whose data it holds. One at a time.
create table mydata_export (
  tenant_id   bigint not null,
  id          uuid not null,
  person_id   uuid not null,
  author_id   uuid not null,
  state       text not null default 'waiting' check (state in ('waiting', 'ready', 'failed')),
  spaces      bigint[] not null,
  done        int not null default 0,
  total       int not null default 0,
  object_key  text not null default '',
  size        bigint not null default 0,
  created_at  timestamptz not null,
  finished_at timestamptz,
  expires_at  timestamptz,
  primary key (tenant_id, id)
);
call protect('mydata_export');
create unique index mydata_export_one on mydata_export (tenant_id, author_id) where state = 'waiting';
create index mydata_export_author on mydata_export (tenant_id, author_id, created_at desc);
create index mydata_export_person on mydata_export (tenant_id, person_id);

-- What the last night's clock removed, room by room.
create table retention_run (
  tenant_id bigint not null,
  room      text not null,
  at        timestamptz not null,
  removed   bigint not null,
  total     bigint not null,
  primary key (tenant_id, room)
);
call protect('retention_run');

-- Erasures, in the academy's space. spaces are those that are done, so that one that was cut goes on where it stood; once
-- all are, nobody is named any more.
create table erasure (
  tenant_id  bigint not null,
  id         uuid not null,
  person_id  uuid,
  author_id  uuid,
  spaces     bigint[] not null default '{}',
  created_at timestamptz not null,
  ended_at   timestamptz,
  primary key (tenant_id, id),
  check (ended_at is null or person_id is null)
);
call protect('erasure');
create unique index erasure_one on erasure (tenant_id, person_id) where person_id is not null;
