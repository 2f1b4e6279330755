-- Documents: the spaces, the tree of each, the versions of each file, uploads under way, shares and links.
-- +goose Up

-- A space belongs to a person (in the academy's scope, for life), a class, a group, or to the house itself, whose owner is
-- the zero id. What it holds is counted by the transaction that changes it, so that no page counts.
create table drive_space (
  tenant_id  bigint not null,
  owner_id   uuid not null,
  kind       text not null check (kind in ('personal', 'class', 'group', 'house')),
  used       bigint not null default 0 check (used >= 0),
  files      bigint not null default 0 check (files >= 0),
  quota      bigint check (quota >= 0),
  granted    bigint not null default 0,
  created_at timestamptz not null,
  primary key (tenant_id, owner_id)
);
call protect('drive_space');

-- A file's row repeats what its current version says, so that a list reads one table. name_key tells names apart without
-- regard to case; name_sort puts them in the order that people expect. A folder in the trash keeps what it holds: only
-- its own row is marked.
create table drive_node (
  tenant_id    bigint not null,
  id           uuid not null,
  space_id     uuid not null,
  parent_id    uuid,
  is_file      boolean not null,
  name         text not null check (octet_length(name) between 1 and 255),
  name_key     text not null,
  name_sort    text not null,
  version      int not null default 0,
  size         bigint not null default 0 check (size >= 0),
  content_type text not null default '',
  hash         text not null default '',
  object_key   text not null default '',
  preview_key  text not null default '',
  state        text not null default 'clean' check (state in ('clean', 'pending', 'quarantined')),
  deposit      text not null default '' check (deposit in ('', 'open', 'closed')),
  author_id    uuid,
  author_name  text not null default '',
  editor_id    uuid,
  editor_name  text not null default '',
  created_at   timestamptz not null,
  modified_at  timestamptz not null,
  trashed_at   timestamptz,
  trashed_from text not null default '',
  trashed_by   text not null default '',
  primary key (tenant_id, id),
  foreign key (tenant_id, space_id) references drive_space (tenant_id, owner_id),
  foreign key (tenant_id, parent_id) references drive_node (tenant_id, id),
  check (is_file or (version = 0 and object_key = ''))
);
call protect('drive_node');
create unique index drive_node_name on drive_node (tenant_id, space_id, parent_id, name_key) nulls not distinct where trashed_at is null;
create index drive_node_children on drive_node (tenant_id, parent_id);
create index drive_node_listed on drive_node (tenant_id, space_id, parent_id, is_file, name_sort, id) where trashed_at is null;
create index drive_node_trash on drive_node (tenant_id, space_id, trashed_at) where trashed_at is not null;

create table drive_version (
  tenant_id    bigint not null,
  node_id      uuid not null,
  number       int not null check (number > 0),
  object_key   text not null,
  preview_key  text not null default '',
  size         bigint not null check (size >= 0),
  content_type text not null,
  hash         text not null,
  state        text not null default 'clean' check (state in ('clean', 'pending', 'quarantined')),
  author_id    uuid,
  author_name  text not null default '',
  created_at   timestamptz not null,
  primary key (tenant_id, node_id, number),
  foreign key (tenant_id, node_id) references drive_node (tenant_id, id) on delete cascade
);
call protect('drive_version');
create index drive_version_object on drive_version (tenant_id, object_key);
create index drive_version_author on drive_version (tenant_id, author_id);
create index drive_node_author on drive_node (tenant_id, author_id);

-- An upload that comes in pieces. What it has received is in the object store, in the parts that drive_upload_part names;
-- digest is the running state of its hash, and head its first bytes, which say what it is.
create table drive_upload (
  tenant_id   bigint not null,
  id          uuid not null,
  node_id     uuid not null,
  space_id    uuid not null,
  parent_id   uuid,
  name        text not null check (octet_length(name) between 1 and 255),
  on_clash    text not null check (on_clash in ('refuse', 'replace', 'rename')),
  if_hash     text not null default '',
  size        bigint not null check (size >= 0),
  received    bigint not null default 0 check (received between 0 and size),
  object_key  text not null,
  multipart   text not null default '',
  digest      bytea not null default '',
  head        bytea not null default '',
  author_id   uuid,
  author_name text not null default '',
  created_at  timestamptz not null,
  touched_at  timestamptz not null,
  done_at     timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, space_id) references drive_space (tenant_id, owner_id)
);
call protect('drive_upload');
create index drive_upload_stale on drive_upload (tenant_id, touched_at);
create index drive_upload_object on drive_upload (tenant_id, object_key);
create index drive_upload_author on drive_upload (tenant_id, author_id, touched_at);

create table drive_upload_part (
  tenant_id bigint not null,
  upload_id uuid not null,
  number    int not null check (number between 1 and 10000),
  etag      text not null,
  size      bigint not null,
  primary key (tenant_id, upload_id, number),
  foreign key (tenant_id, upload_id) references drive_upload (tenant_id, id) on delete cascade
);
call protect('drive_upload_part');

-- A share gives the holders of its keys a role on a file, or on a folder and what it holds, until it ends.
create table drive_share (
  tenant_id      bigint not null,
  id             uuid not null,
  node_id        uuid not null,
  role           int not null check (role between 1 and 3),
  audience       jsonb not null default '{}',
  audience_words text not null default '',
  author_id      uuid,
  author_name    text not null default '',
  created_at     timestamptz not null,
  ends_at        timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, node_id) references drive_node (tenant_id, id) on delete cascade
);
call protect('drive_share');
create index drive_share_node on drive_share (tenant_id, node_id);
create index drive_share_author on drive_share (tenant_id, author_id, created_at);

-- One row a key, because equality is what row security lets an index serve.
create table drive_share_key (
  tenant_id bigint not null,
  key       text not null,
  share_id  uuid not null,
  primary key (tenant_id, key, share_id),
  foreign key (tenant_id, share_id) references drive_share (tenant_id, id) on delete cascade
);
call protect('drive_share_key');
create index drive_share_key_of on drive_share_key (tenant_id, share_id);

-- A link opens a file or a folder to whoever knows its secret, until it ends. Only hashes are kept.
create table drive_link (
  tenant_id     bigint not null,
  id            uuid not null,
  node_id       uuid not null,
  secret_hash   bytea not null,
  password_hash text not null default '',
  author_id     uuid,
  author_name   text not null default '',
  created_at    timestamptz not null,
  ends_at       timestamptz not null,
  opened        int not null default 0,
  primary key (tenant_id, id),
  unique (tenant_id, secret_hash),
  foreign key (tenant_id, node_id) references drive_node (tenant_id, id) on delete cascade
);
call protect('drive_link');
create index drive_link_node on drive_link (tenant_id, node_id);
create index drive_link_author on drive_link (tenant_id, author_id, created_at);
