-- When each copy of a message may be seen and may make itself heard; messages that wait for an hour or for a moderator; and
-- what contains an account that somebody else has taken over.
-- +goose Up

-- What is there is visible since it was sent. A change of type rewrites every row, whatever the scope.
alter table message_copy add column visible_at timestamptz, add column notify_at timestamptz,
  add column profile text not null default ''; -- through which the person is meant
alter table message_copy
  alter column visible_at type timestamptz using sent_at,
  alter column notify_at type timestamptz using sent_at;
alter table message_copy alter column visible_at set not null, alter column notify_at set not null;

-- A list is in the order in which its messages became visible, so that one index finds those of now and leaves out those of later.
drop index message_copy_box;
drop index message_copy_unread;
create index message_copy_box on message_copy (tenant_id, person_id, place, folder_id, visible_at desc, message_id desc) where trashed_at is null;
create index message_copy_unread on message_copy (tenant_id, person_id, visible_at desc) where read_at is null and trashed_at is null;

-- A message that waits has no copies: "scheduled" for its hour, "held" for a moderator. device is with what it was written.
alter table message
  add column urgent        boolean not null default false,
  add column urgent_reason text not null default '' check (char_length(urgent_reason) <= 300),
  add column guardians     text not null default '' check (guardians in ('', 'cc', 'bcc')),
  add column send_at       timestamptz,
  add column device        text not null default '',
  add column refusal       text not null default '' check (char_length(refusal) <= 500),
  drop constraint message_state_check,
  drop constraint message_check,
  add constraint message_state_check check (state in ('draft', 'scheduled', 'held', 'sending', 'sent')),
  add constraint message_sent_check check ((state in ('draft', 'scheduled', 'held')) = (sent_at is null)),
  add constraint message_scheduled_check check (state <> 'scheduled' or send_at is not null);
drop index message_draft;
create index message_draft on message (tenant_id, author_id, saved_at desc, id desc) where state in ('draft', 'scheduled', 'held');
create index message_urgent on message (tenant_id, sent_at) where urgent and sent_at is not null;
drop index message_search;
create index message_search on message using gin (tenant_id, search) where state <> 'draft';

-- An outgoing message that shows signs of a hijacked account. The text is kept as it was: whoever took the account may change
-- the message afterwards.
create table message_hold (
  tenant_id      bigint not null,
  id             uuid not null,
  message_id     uuid not null,
  author_id      uuid,
  author_name    text not null default '',
  author_profile text not null default '',
  device         text not null default '',
  signs          text[] not null,
  people         int not null,
  subject        text not null,
  body           text not null,
  whom           text not null default '',
  held_at        timestamptz not null,
  state          text not null default 'open' check (state in ('open', 'released', 'refused', 'withdrawn')),
  reader_id      uuid,
  decided_at     timestamptz,
  reason         text not null default '' check (char_length(reason) <= 500),
  reminded       int not null default 0,
  primary key (tenant_id, id)
);
call protect('message_hold');
create unique index message_hold_open on message_hold (tenant_id, message_id) where state = 'open';
create index message_hold_queue on message_hold (tenant_id, held_at, id) where state = 'open';
create index message_hold_message on message_hold (tenant_id, message_id, held_at);

-- Who is told first of what waits to be read. Without any, all who may.
create table message_moderator (
  tenant_id bigint not null,
  person_id uuid not null,
  author_id uuid,
  named_at  timestamptz not null,
  primary key (tenant_id, person_id)
);
call protect('message_moderator');

-- Pupils or guardians who may not send for now, in a space and in those below it.
create table message_stop (
  tenant_id  bigint not null,
  id         uuid not null,
  categories text[] not null check (cardinality(categories) > 0 and categories <@ array['pupil', 'guardian']),
  reason     text not null check (char_length(reason) between 1 and 500),
  author_id  uuid,
  started_at timestamptz not null,
  until      timestamptz,
  actor_id   uuid,
  ended_at   timestamptz,
  primary key (tenant_id, id)
);
call protect_downward('message_stop');
create index message_stop_standing on message_stop (tenant_id, started_at desc) where ended_at is null;

-- All that an account sent in a span, withdrawn in one action.
create table message_recall (
  tenant_id bigint not null,
  id        uuid not null,
  person_id uuid,
  name      text not null default '',
  author_id uuid,
  since     timestamptz not null,
  till      timestamptz not null,
  reason    text not null check (char_length(reason) between 1 and 500),
  made_at   timestamptz not null,
  total     int not null,
  done      int not null default 0,
  ended_at  timestamptz,
  primary key (tenant_id, id)
);
call protect('message_recall');
create index message_recall_person on message_recall (tenant_id, person_id, made_at desc);

-- A report tells its author what came of it.
alter table message_report add column told_at timestamptz;
