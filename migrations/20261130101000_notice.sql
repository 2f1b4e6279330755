-- Notices: that something happened which somebody should know. A notice is kept once; each person whom it is for has a row of
-- a few bytes, and each way on which it went to a person one line of the ledger.
-- +goose Up

-- ladder and waits are the rungs of what must be acknowledged: the ways, and minutes from one to the next. An ordinary notice
-- has none, and goes once on the ways that each person chose.
create table notice (
  tenant_id    bigint not null,
  id           uuid not null,
  kind         text not null check (kind ~ '^[a-z][a-z_]*\.[a-z_]+$'),
  ref          uuid,
  title        text not null check (char_length(title) between 1 and 200),
  body         text not null default '' check (char_length(body) <= 2000),
  path         text not null check (path like '/%'),
  author_id    uuid,
  author_name  text not null default '',
  urgent       boolean not null default false,
  written_at   timestamptz not null,
  sent_at      timestamptz not null,
  withdrawn_at timestamptz,
  ladder       text[] not null default '{}',
  waits        int[] not null default '{}',
  ended_at     timestamptz,
  primary key (tenant_id, id),
  check (cardinality(ladder) = cardinality(waits))
);
call protect('notice');
create index notice_ref on notice (tenant_id, ref) where ref is not null;
create index notice_sent on notice (tenant_id, sent_at);

-- next_at is when something is to be done for the person; null when nothing is any more. step counts the rungs that were taken.
create table notice_person (
  tenant_id       bigint not null,
  notice_id       uuid not null,
  person_id       uuid not null,
  name            text not null default '',
  about           uuid[] not null default '{}',
  about_names     text not null default '',
  staff           boolean not null default false,
  visible_at      timestamptz not null,
  notify_at       timestamptz not null,
  read_at         timestamptz,
  acknowledged_at timestamptz,
  acknowledged_by text not null default '' check (acknowledged_by in ('', 'page', 'link', 'text', 'voice', 'hand')),
  noted_by        uuid,
  code_hash       bytea,
  step            smallint not null default 0,
  next_at         timestamptz,
  primary key (tenant_id, notice_id, person_id),
  foreign key (tenant_id, notice_id) references notice (tenant_id, id) on delete cascade,
  check ((acknowledged_at is null) = (acknowledged_by = ''))
);
call protect('notice_person');
create index notice_person_box on notice_person (tenant_id, person_id, visible_at desc, notice_id desc);
create index notice_person_due on notice_person (tenant_id, next_at) where next_at is not null;
create index notice_person_unread on notice_person (person_id, visible_at) where read_at is null;
create index notice_person_asked on notice_person (tenant_id, person_id) where code_hash is not null and acknowledged_at is null;
create unique index notice_person_code on notice_person (tenant_id, code_hash) where code_hash is not null;

-- Each way is taken once for a person. delivery_id is what left the house; outcome says why nothing did.
create table notice_way (
  tenant_id   bigint not null,
  notice_id   uuid not null,
  person_id   uuid not null,
  channel     text not null check (channel in ('page', 'mail', 'push', 'text', 'voice', 'letter')),
  taken_at    timestamptz not null,
  outcome     text not null check (outcome in ('sent', 'shown', 'waiting', 'printed', 'no_address', 'bounced', 'closed')),
  payer       text not null default '' check (payer in ('', 'establishment', 'collectivity', 'academy')),
  delivery_id uuid,
  primary key (tenant_id, notice_id, person_id, channel),
  foreign key (tenant_id, notice_id, person_id) references notice_person (tenant_id, notice_id, person_id) on delete cascade
);
call protect('notice_way');
create index notice_way_delivery on notice_way (tenant_id, delivery_id) where delivery_id is not null;

-- What a person chose, for all schools: the ways of a kind of notice, and the digest. Read from the schools below.
create table notice_choice (
  tenant_id bigint not null,
  person_id uuid not null,
  kind      text not null,
  ways      text[] not null default '{}',
  primary key (tenant_id, person_id, kind)
);
call protect_downward('notice_choice');

create table notice_rhythm (
  tenant_id bigint not null,
  person_id uuid not null,
  digest    text not null default 'week' check (digest in ('day', 'week', 'never')),
  language  text not null default 'fr',
  primary key (tenant_id, person_id)
);
call protect_downward('notice_rhythm');

-- The gatherer of digests looks into every school at once.
grant select on notice, notice_person, notice_way, notice_choice, notice_rhythm, account_contact, person to elyco_import;
