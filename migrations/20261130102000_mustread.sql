-- What must reach its people: the text, whom it is for, until when, and how far it was handed to the notices.
-- +goose Up

create table mustread_notice (
  tenant_id   bigint not null,
  id          uuid not null,
  title       text not null check (char_length(title) between 1 and 120),
  body        text not null check (char_length(body) <= 1500),
  audience    jsonb not null,
  whom        text not null default '',
  goal_at     timestamptz not null,
  ways        text[] not null default '{}',
  urgent      boolean not null default false,
  reason      text not null default '' check (char_length(reason) <= 300),
  author_id   uuid,
  author_name text not null default '',
  written_at  timestamptz not null,
  sent_at     timestamptz,
  ladder      text[] not null default '{}',
  waits       int[] not null default '{}',
  told_to     uuid not null default '00000000-0000-0000-0000-000000000000',
  expected    int not null default 0,
  told        int not null default 0,
  batches     int not null default 0,
  state       text not null default 'draft' check (state in ('draft', 'telling', 'told', 'stopped')),
  primary key (tenant_id, id),
  check ((state = 'draft') = (sent_at is null)),
  check (not urgent or reason <> '')
);
call protect('mustread_notice');
create index mustread_notice_list on mustread_notice (tenant_id, written_at desc, id desc);
