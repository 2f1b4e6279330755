-- The faces of a school: one photo for each person, and the archives from which they are brought in.
-- +goose Up

create table person_photo (
  tenant_id    bigint not null,
  person_id    uuid not null,
  object_key   text not null,
  content_type text not null,
  size         bigint not null,
  added_at     timestamptz not null,
  primary key (tenant_id, person_id)
);
call protect('person_photo');

-- An archive is read, shown as a report, and applied whole or not at all.
create table photo_import (
  tenant_id  bigint not null,
  id         uuid not null,
  author_id  uuid,
  object_key text not null,
  state      text not null default 'waiting' check (state in ('waiting', 'ready', 'applied', 'unreadable')),
  total      int not null default 0,
  done       int not null default 0,
  created_at timestamptz not null,
  primary key (tenant_id, id)
);
call protect('photo_import');

-- What one file of an archive turned out to be. Without a problem, the picture written anew and whose it is.
create table photo_found (
  tenant_id    bigint not null,
  import_id    uuid not null,
  number       int not null,
  file_name    text not null,
  person_id    uuid,
  problem      text not null default '' check (problem in ('', 'unmatched', 'ambiguous', 'twice', 'refused')),
  note         text not null default '',
  object_key   text not null default '',
  content_type text not null default '',
  size         bigint not null default 0,
  primary key (tenant_id, import_id, number),
  foreign key (tenant_id, import_id) references photo_import (tenant_id, id) on delete cascade,
  check ((problem = '') = (object_key <> ''))
);
call protect('photo_found');
create index photo_found_person on photo_found (tenant_id, person_id);
