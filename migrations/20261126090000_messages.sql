-- Internal mail. A message is kept once, whatever the number of those who receive it; what each person sees of it is a
-- copy of a few bytes. Addresses say who was meant, copies say who got it.
-- +goose Up

create table message (
  tenant_id      bigint not null,
  id             uuid not null,
  thread_id      uuid not null,
  parent_id      uuid,
  author_id      uuid,
  author_name    text not null default '',
  author_profile text not null default '',
  subject        text not null default '' check (char_length(subject) <= 150),
  body           text not null default '' check (char_length(body) <= 20000),
  html           text not null default '',
  whom           text not null default '',
  child_id       uuid,
  child_name     text not null default '',
  no_reply       boolean not null default false,
  receipt        boolean not null default false,
  state          text not null default 'draft' check (state in ('draft', 'sending', 'sent')),
  saved_at       timestamptz not null,
  sent_at        timestamptz,
  expected       int not null default 0,
  reached        int not null default 0,
  delivered_to   uuid not null default '00000000-0000-0000-0000-000000000000',
  batches        int not null default 0,
  recalled_at    timestamptz,
  recalled_by    text not null default '' check (recalled_by in ('', 'author', 'moderator')),
  search         tsvector not null generated always as (
    setweight(to_tsvector('public.fr', subject), 'A') || setweight(to_tsvector('public.fr', author_name), 'B') ||
    setweight(to_tsvector('public.fr', body), 'C')) stored,
  primary key (tenant_id, id),
  check ((state = 'draft') = (sent_at is null))
);
call protect('message');
create index message_draft on message (tenant_id, author_id, saved_at desc, id desc) where state = 'draft';
create index message_thread on message (tenant_id, thread_id, sent_at, id);
create index message_author on message (tenant_id, author_id, sent_at) where state <> 'draft';
create index message_sent on message (tenant_id, sent_at) where state = 'sent';
create index message_search on message using gin (tenant_id, search) where state <> 'draft';

-- Whom the author chose, each line once: a person, the guardians of a child, the members of a place with a profile.
create table message_address (
  tenant_id  bigint not null,
  message_id uuid not null,
  number     int not null,
  field      text not null check (field in ('to', 'cc', 'bcc')),
  kind       text not null check (kind in ('person', 'guardians', 'class', 'group', 'level', 'school')),
  person_id  uuid,
  place_id   uuid,
  level      text not null default '',
  profile    text not null default '',
  label      text not null default '',
  primary key (tenant_id, message_id, number),
  foreign key (tenant_id, message_id) references message (tenant_id, id) on delete cascade
);
call protect('message_address');
create index message_address_person on message_address (tenant_id, person_id) where person_id is not null;

create table message_folder (
  tenant_id  bigint not null,
  person_id  uuid not null,
  id         uuid not null,
  parent_id  uuid,
  name       text not null check (char_length(name) between 1 and 60),
  primary key (tenant_id, id),
  unique (tenant_id, person_id, id),
  foreign key (tenant_id, parent_id) references message_folder (tenant_id, id)
);
call protect('message_folder');

-- What one person has of a message. about are the children through whom a guardian is meant.
create table message_copy (
  tenant_id  bigint not null,
  message_id uuid not null,
  person_id  uuid not null,
  field      text not null check (field in ('author', 'to', 'cc', 'bcc')),
  place      text not null check (place in ('inbox', 'sent', 'folder', 'gone')),
  folder_id  uuid,
  about      uuid[] not null default '{}',
  sent_at    timestamptz not null,
  batch      int not null default 0,
  read_at    timestamptz,
  trashed_at timestamptz,
  primary key (tenant_id, message_id, person_id),
  foreign key (tenant_id, message_id) references message (tenant_id, id) on delete cascade,
  foreign key (tenant_id, person_id, folder_id) references message_folder (tenant_id, person_id, id),
  check ((place = 'folder') = (folder_id is not null))
);
call protect('message_copy');
-- One index for the list of a box; those of the trash and of what is unread are partial, so that no list can choose them.
create index message_copy_box on message_copy (tenant_id, person_id, place, folder_id, sent_at desc, message_id desc) where trashed_at is null;
create index message_copy_trash on message_copy (tenant_id, person_id, trashed_at desc, message_id desc) where trashed_at is not null and place <> 'gone';
create index message_copy_unread on message_copy (tenant_id, person_id, sent_at desc) where read_at is null and trashed_at is null;

-- Files are documents of the drive, in a box of the message's own; a message that is passed on names those of the first.
create table message_file (
  tenant_id  bigint not null,
  message_id uuid not null,
  id         uuid not null,
  box_id     uuid not null,
  name       text not null,
  size       bigint not null default 0,
  primary key (tenant_id, message_id, id),
  foreign key (tenant_id, message_id) references message (tenant_id, id) on delete cascade
);
call protect('message_file');
create index message_file_box on message_file (tenant_id, box_id);

create table message_report (
  tenant_id   bigint not null,
  id          uuid not null,
  message_id  uuid not null,
  person_id   uuid,
  reason      text not null check (reason in ('insult', 'threat', 'harassment', 'spam', 'other')),
  note        text not null default '' check (char_length(note) <= 1000),
  reported_at timestamptz not null,
  state       text not null default 'open' check (state in ('open', 'kept', 'withdrawn')),
  author_id   uuid,
  decided_at  timestamptz,
  primary key (tenant_id, id),
  unique (tenant_id, message_id, person_id),
  foreign key (tenant_id, message_id) references message (tenant_id, id) on delete cascade
);
call protect('message_report');
create index message_report_open on message_report (tenant_id, reported_at, id) where state = 'open';

-- author_id is the one from whom person_id wants to hear no more.
create table message_block (
  tenant_id  bigint not null,
  person_id  uuid not null,
  author_id  uuid not null,
  name       text not null default '',
  blocked_at timestamptz not null,
  primary key (tenant_id, person_id, author_id)
);
call protect('message_block');
create index message_block_author on message_block (tenant_id, author_id);

create table message_signature (
  tenant_id bigint not null,
  person_id uuid not null,
  body      text not null default '' check (char_length(body) <= 500),
  primary key (tenant_id, person_id)
);
call protect('message_signature');
