-- The turn of the school year: what was prepared for the next one, and what it takes to undo it.
-- +goose Up

create table rollover (
  tenant_id    bigint not null,
  id           uuid not null,
  from_year_id uuid not null,
  to_year_id   uuid not null,
  starts_on    date not null,
  ends_on      date not null check (ends_on > starts_on),
  opens_on     date,
  leaving      text[] not null default '{}',
  state        text not null default 'waiting' check (state in ('waiting', 'applied', 'undone', 'refused')),
  classes      int not null default 0,
  people       int not null default 0,
  author_id    uuid,
  created_at   timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, from_year_id) references school_year (tenant_id, id)
);
call protect('rollover');
-- A year is prepared once at a time; what was undone may be prepared again.
create unique index rollover_standing on rollover (tenant_id, from_year_id) where state in ('waiting', 'applied');

-- Memberships that the turn of the year ended, with the end that they had before.
create table rollover_ended (
  tenant_id   bigint not null,
  rollover_id uuid not null,
  person_id   uuid not null,
  profile     text not null,
  ended_on    date,
  primary key (tenant_id, rollover_id, person_id, profile),
  foreign key (tenant_id, rollover_id) references rollover (tenant_id, id) on delete cascade,
  foreign key (tenant_id, person_id, profile) references membership (tenant_id, person_id, profile) on delete cascade
);
call protect('rollover_ended');
create index rollover_ended_person on rollover_ended (tenant_id, person_id);
