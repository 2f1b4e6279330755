-- The home page: what a person arranged, and what an establishment chose for each profile.
-- +goose Up
create table home_layout (
  tenant_id  bigint not null,
  person_id  uuid not null,
  shown      text[] not null,
  hidden     text[] not null,
  changed_at timestamptz not null,
  primary key (tenant_id, person_id)
);
call protect('home_layout');

create table home_default (
  tenant_id  bigint not null,
  profile    text not null,
  shown      text[] not null,
  hidden     text[] not null,
  changed_at timestamptz not null,
  primary key (tenant_id, profile)
);
call protect('home_default');
