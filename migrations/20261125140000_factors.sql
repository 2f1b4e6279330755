-- A second factor beside the password: codes of an application, and codes on paper for the day the telephone is lost.
-- Everything here belongs to the academy, like the accounts.
-- +goose Up

-- The secret is sealed under a key that the database does not know. last_step is the step of the last code that was
-- taken: none is taken twice.
create table totp_secret (
  tenant_id  bigint not null,
  person_id  uuid not null,
  secret     bytea not null,
  last_step  bigint not null,
  created_at timestamptz not null,
  used_at    timestamptz not null,
  primary key (tenant_id, person_id),
  foreign key (tenant_id, person_id) references account (tenant_id, person_id) on delete cascade
);
call protect('totp_secret');

-- A keyed hash: a code has fifty bits, and its tries are counted.
create table recovery_code (
  tenant_id  bigint not null,
  person_id  uuid not null,
  code_hash  bytea not null,
  created_at timestamptz not null,
  used_at    timestamptz,
  primary key (tenant_id, person_id, code_hash),
  foreign key (tenant_id, person_id) references account (tenant_id, person_id) on delete cascade
);
call protect('recovery_code');

-- A sign-in whose password was right and whose factor is awaited. It is no sign-on: nothing that asks for one finds it.
-- password_sum ties it to the password that was given.
create table sign_in_half (
  tenant_id    bigint not null,
  token_hash   bytea not null,
  person_id    uuid not null,
  host_scope   bigint not null,
  device       text not null,
  network      text not null,
  subject      text not null,
  password_sum bytea not null,
  tries        int not null,
  expires_at   timestamptz not null,
  primary key (tenant_id, token_hash),
  foreign key (tenant_id, person_id) references account (tenant_id, person_id) on delete cascade
);
call protect('sign_in_half');
create index sign_in_half_person on sign_in_half (tenant_id, person_id);

-- Read with every request, so that they stand on rows that are read anyway. factor_since: the person has a factor.
-- factor_asked_at: when one who must have one was first told. proved_at: when the password or a factor was last given.
alter table account add column factor_since timestamptz, add column factor_asked_at timestamptz;
alter table sign_on add column proved_at timestamptz not null default 'epoch';
