-- The browsers that somebody has signed in with, and what is told when a new one comes.
-- +goose Up

-- A browser is known by a random mark in a cookie of one host, of which the hash is kept: nothing is measured of it.
create table known_device (
  tenant_id bigint not null,
  person_id uuid not null,
  mark_hash bytea not null,
  first_at  timestamptz not null,
  last_at   timestamptz not null,
  primary key (tenant_id, person_id, mark_hash),
  foreign key (tenant_id, person_id) references account (tenant_id, person_id) on delete cascade
);
call protect('known_device');
create index known_device_last on known_device (tenant_id, last_at);

create table sign_in_notice (
  tenant_id   bigint not null,
  id          uuid not null,
  person_id   uuid not null,
  device      text not null,
  network     text not null,
  at          timestamptz not null,
  answered_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, person_id) references account (tenant_id, person_id) on delete cascade
);
call protect('sign_in_notice');
create index sign_in_notice_person on sign_in_notice (tenant_id, person_id, at desc);

-- Read with every request. device_since: from when the browser of the sign-on was known; it may answer for what came later
-- only. alerted_at: the latest notice that nobody answered. locked_at: the owner closed the account.
alter table sign_on add column device_since timestamptz not null default now();
alter table account add column alerted_at timestamptz, add column locked_at timestamptz;
