-- Slips to sign, surveys and secret ballots.
-- +goose Up

create table slip (
  tenant_id    bigint not null,
  id           uuid not null,
  kind         text not null check (kind in ('slip', 'survey', 'ballot')),
  state        text not null check (state in ('draft', 'published', 'closed', 'withdrawn')),
  title        text not null check (char_length(title) <= 140),
  body         text not null check (char_length(body) <= 8000),
  html         text not null,
  questions    jsonb not null,
  texts        jsonb not null,
  audience     jsonb not null,
  whom         text not null,
  anonymous    boolean not null,
  per_child    boolean not null,
  both_answer  boolean not null,
  required     boolean not null,
  results_open boolean not null,
  reminds      boolean not null,
  closes_at    timestamptz,
  published_at timestamptz,
  closed_at    timestamptz,
  author_id    uuid,
  author_name  text not null,
  created_at   timestamptz not null,
  version      int not null default 1,
  primary key (tenant_id, id)
);
call protect('slip');
create index slip_listed on slip (tenant_id, created_at desc, id desc);

-- Who is asked: a person for oneself (child_id is zero), or a guardian for a child. Names and class are those of the day.
create table slip_asked (
  tenant_id   bigint not null,
  slip_id     uuid not null,
  child_id    uuid not null,
  person_id   uuid not null,
  profile     text not null,
  person_name text not null,
  child_name  text not null,
  class_name  text not null,
  told        boolean not null default false,
  primary key (tenant_id, slip_id, child_id, person_id),
  foreign key (tenant_id, slip_id) references slip (tenant_id, id) on delete cascade
);
call protect('slip_asked');
create index slip_asked_person on slip_asked (tenant_id, person_id, slip_id);

-- A named answer. writer_id is who copied an answer that came back on paper.
create table slip_reply (
  tenant_id   bigint not null,
  slip_id     uuid not null,
  child_id    uuid not null,
  person_id   uuid not null,
  answers     jsonb not null,
  signed_as   text not null check (char_length(signed_as) <= 120),
  signed_at   timestamptz not null,
  changes     int not null default 0,
  on_paper    boolean not null default false,
  writer_id   uuid,
  writer_name text not null default '',
  primary key (tenant_id, slip_id, child_id, person_id),
  foreign key (tenant_id, slip_id) references slip (tenant_id, id) on delete cascade
);
call protect('slip_reply');
create index slip_reply_person on slip_reply (tenant_id, person_id);

-- The roll of an anonymous vote: that somebody has voted, neither when nor what.
create table slip_roll (
  tenant_id bigint not null,
  slip_id   uuid not null,
  child_id  uuid not null,
  person_id uuid not null,
  primary key (tenant_id, slip_id, child_id, person_id),
  foreign key (tenant_id, slip_id) references slip (tenant_id, id) on delete cascade
);
call protect('slip_roll');

-- The urn of an anonymous vote: sums, sealed with a key that the database does not know. There is no row for a vote.
create table slip_urn (
  tenant_id bigint not null,
  slip_id   uuid not null,
  part      int not null,
  sealed    bytea not null,
  primary key (tenant_id, slip_id, part),
  foreign key (tenant_id, slip_id) references slip (tenant_id, id) on delete cascade
);
call protect('slip_urn');

-- A round of notices: a reminder, or the word that all is over. after_id is how far it has come.
create table slip_round (
  tenant_id bigint not null,
  slip_id   uuid not null,
  stage     text not null,
  begun_at  timestamptz not null,
  after_id  uuid not null default '00000000-0000-0000-0000-000000000000',
  people    int not null default 0,
  done      boolean not null default false,
  primary key (tenant_id, slip_id, stage),
  foreign key (tenant_id, slip_id) references slip (tenant_id, id) on delete cascade
);
call protect('slip_round');

create table slip_file (
  tenant_id bigint not null,
  slip_id   uuid not null,
  id        uuid not null,
  name      text not null,
  size      bigint not null,
  primary key (tenant_id, slip_id, id),
  foreign key (tenant_id, slip_id) references slip (tenant_id, id) on delete cascade
);
call protect('slip_file');

create table slip_template (
  tenant_id   bigint not null,
  id          uuid not null,
  title       text not null check (char_length(title) <= 140),
  content     jsonb not null,
  author_id   uuid,
  author_name text not null,
  created_at  timestamptz not null,
  primary key (tenant_id, id)
);
call protect('slip_template');
