-- Chat: channels of a class or a group, what is said in them, and what moderators decide. Who belongs to a channel is kept
-- nowhere: it is whom the class or the group holds on the day.
-- +goose Up

-- last_number and change are counted up under the row's lock, so that whoever has seen a number has seen all before it.
-- days, opens and closes narrow the hours of the space; ends_on is the end of the school year, from which retention counts.
create table chat_channel (
  tenant_id    bigint not null,
  id           uuid not null,
  target       text not null check (target in ('class', 'group')),
  target_id    uuid not null,
  target_name  text not null,
  title        text not null check (char_length(title) between 1 and 80),
  about        text not null default '' check (char_length(about) <= 300),
  teachers     boolean not null default true,
  guardians    boolean not null default false,
  days         int not null default 127 check (days between 1 and 127),
  opens        int not null default 0 check (opens >= 0),
  closes       int not null default 1440 check (closes <= 1440),
  slow         int not null default 0 check (slow between 0 and 3600),
  state        text not null default 'open' check (state in ('open', 'closed', 'archived')),
  closes_at    timestamptz,
  ends_on      date not null,
  author_id    uuid,
  author_name  text not null default '',
  by_pupil     boolean not null default false,
  created_at   timestamptz not null,
  last_at      timestamptz not null,
  last_number  int not null default 0,
  change       int not null default 0,
  version      int not null default 1,
  primary key (tenant_id, id),
  check (opens < closes)
);
call protect('chat_channel');
create index chat_channel_target on chat_channel (tenant_id, target_id, last_at desc, id desc);
create index chat_channel_listed on chat_channel (tenant_id, last_at desc, id desc);
create index chat_channel_author on chat_channel (tenant_id, author_id) where author_id is not null;
create index chat_channel_end on chat_channel (tenant_id, ends_on);

-- A message, or with another kind something that happened in the channel and is said among the messages. What its author
-- removed is emptied; what a moderator removed stays readable for moderators alone.
create table chat_message (
  tenant_id      bigint not null,
  channel_id     uuid not null,
  number         int not null,
  id             uuid not null,
  kind           text not null default 'said' check (kind in ('said', 'opened', 'closed', 'reopened', 'visited')),
  person_id      uuid,
  person_name    text not null default '',
  person_profile text not null default '',
  body           text not null default '' check (char_length(body) <= 2000),
  reply          int,
  sent_at        timestamptz not null,
  edited_at      timestamptz,
  removed_at     timestamptz,
  removed_by     text not null default '' check (removed_by in ('', 'author', 'moderator')),
  reason         text not null default '' check (char_length(reason) <= 300),
  change         int not null,
  search         tsvector not null generated always as (to_tsvector('public.fr', body)) stored,
  primary key (tenant_id, channel_id, number),
  unique (tenant_id, id),
  foreign key (tenant_id, channel_id) references chat_channel (tenant_id, id) on delete cascade
);
call protect('chat_message');
create index chat_message_change on chat_message (tenant_id, channel_id, change);
create index chat_message_person on chat_message (tenant_id, person_id, sent_at) where person_id is not null;
create index chat_message_search on chat_message using gin (tenant_id, search) where removed_at is null;

-- How far somebody has read a channel, and when that person's page last gave a sign of life.
create table chat_seat (
  tenant_id   bigint not null,
  channel_id  uuid not null,
  person_id   uuid not null,
  read_number int not null default 0,
  seen_at     timestamptz,
  primary key (tenant_id, channel_id, person_id),
  foreign key (tenant_id, channel_id) references chat_channel (tenant_id, id) on delete cascade
);
call protect('chat_seat');
create index chat_seat_person on chat_seat (tenant_id, person_id);

-- Who does not want to be shown as present.
create table chat_discreet (
  tenant_id bigint not null,
  person_id uuid not null,
  primary key (tenant_id, person_id)
);
call protect('chat_discreet');

create table chat_silence (
  tenant_id   bigint not null,
  channel_id  uuid not null,
  person_id   uuid not null,
  until       timestamptz not null,
  reason      text not null check (char_length(reason) between 1 and 300),
  author_id   uuid,
  silenced_at timestamptz not null,
  primary key (tenant_id, channel_id, person_id),
  foreign key (tenant_id, channel_id) references chat_channel (tenant_id, id) on delete cascade
);
call protect('chat_silence');
create index chat_silence_person on chat_silence (tenant_id, person_id);
create index chat_silence_author on chat_silence (tenant_id, author_id) where author_id is not null;

-- A moderator of the school who opened a channel that is not the own.
create table chat_visit (
  tenant_id  bigint not null,
  channel_id uuid not null,
  person_id  uuid not null,
  visited_at timestamptz not null,
  primary key (tenant_id, channel_id, person_id),
  foreign key (tenant_id, channel_id) references chat_channel (tenant_id, id) on delete cascade
);
call protect('chat_visit');
create index chat_visit_person on chat_visit (tenant_id, person_id);

-- What is said to be wrong with a message. body is the text when it was reported, which its author may have changed since.
create table chat_report (
  tenant_id   bigint not null,
  id          uuid not null,
  channel_id  uuid not null,
  number      int not null,
  person_id   uuid,
  reason      text not null check (reason in ('insult', 'threat', 'harassment', 'private', 'other')),
  note        text not null default '' check (char_length(note) <= 1000),
  body        text not null default '',
  reported_at timestamptz not null,
  state       text not null default 'open' check (state in ('open', 'kept', 'removed')),
  actor_id    uuid,
  decided_at  timestamptz,
  primary key (tenant_id, id),
  unique (tenant_id, channel_id, number, person_id),
  foreign key (tenant_id, channel_id, number) references chat_message (tenant_id, channel_id, number) on delete cascade
);
call protect('chat_report');
create index chat_report_open on chat_report (tenant_id, reported_at, id) where state = 'open';
