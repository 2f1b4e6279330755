-- Documents in a file manager: locks, and the properties that programs keep on documents. Both are in the scope of the
-- space that the document is in.
-- +goose Up

-- A lock is on an address, as the protocol has it: path holds the names from the top of the space, folded as the drive
-- tells names apart. node_id is what stands there, for pages that show who is at work on it; there is none at the top of
-- a space, nor where a file manager locks a name that it never keeps.
create table dav_lock (
  tenant_id   bigint not null,
  id          uuid not null,
  space_id    uuid not null,
  path        text not null check (length(path) <= 8000),
  node_id     uuid,
  exclusive   boolean not null,
  deep        boolean not null,
  owner       text not null default '' check (length(owner) <= 4000),
  person_id   uuid not null,
  person_name text not null,
  seconds     int not null check (seconds between 1 and 3600),
  expires_at  timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, node_id) references drive_node (tenant_id, id) on delete cascade
);
call protect('dav_lock');
create index dav_lock_space on dav_lock (tenant_id, space_id);
create index dav_lock_node on dav_lock (tenant_id, node_id);
create index dav_lock_expiry on dav_lock (tenant_id, expires_at);
create index dav_lock_person on dav_lock (tenant_id, person_id);

-- What a program wrote about a document and reads again. The value is the element as it was sent, its name included.
create table dav_property (
  tenant_id bigint not null,
  node_id   uuid not null,
  name      text not null check (length(name) between 1 and 600),
  value     text not null check (length(value) <= 20000),
  primary key (tenant_id, node_id, name),
  foreign key (tenant_id, node_id) references drive_node (tenant_id, id) on delete cascade
);
call protect('dav_property');
