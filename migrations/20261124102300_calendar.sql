-- The terms of a school year, and the days on which one establishment is closed and others are not.
-- +goose Up

create table school_term (
  tenant_id      bigint not null,
  id             uuid not null,
  school_year_id uuid not null,
  name           text not null check (length(name) between 1 and 60),
  starts_on      date not null,
  ends_on        date not null,
  primary key (tenant_id, id),
  unique (tenant_id, school_year_id, name),
  foreign key (tenant_id, school_year_id) references school_year (tenant_id, id),
  check (ends_on >= starts_on)
);
call protect('school_term');

create table day_off (
  tenant_id      bigint not null,
  id             uuid not null,
  school_year_id uuid not null,
  name           text not null check (length(name) between 1 and 80),
  starts_on      date not null,
  ends_on        date not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, school_year_id) references school_year (tenant_id, id),
  check (ends_on >= starts_on)
);
call protect('day_off');
create index day_off_year on day_off (tenant_id, school_year_id, starts_on);
grant select, insert, update, delete on school_term, day_off to elyco_import;
