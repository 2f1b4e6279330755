-- How somebody comes to an account, comes back to it, and shows that an address or a telephone is the own one. All of it
-- stands in the academy's scope, where the accounts are; what an establishment prints stands in its own.
-- +goose Up

-- Letters go out by e-mail, and short texts to telephones.
alter table letter add channel text not null default 'mail' check (channel in ('mail', 'text'));

-- An account that a feed opens has no password and lets nobody in until its code is used.
alter table account drop constraint account_state_check;
alter table account add constraint account_state_check check (state in ('pending', 'active', 'blocked'));
alter table account
  add activated_at   timestamptz,
  add charter_at     timestamptz,
  add seen_at        timestamptz,
  add blocked_at     timestamptz,
  add blocked_reason text not null default '' check (length(blocked_reason) <= 300);

-- When somebody last signed in outlives the sign-on, which is forgotten after two weeks.
-- +goose StatementBegin
create function account_seen() returns trigger language plpgsql as $$
begin
  update account set seen_at = new.created_at where tenant_id = new.tenant_id and person_id = new.person_id;
  return null;
end $$;
-- +goose StatementEnd
create trigger account_seen after insert on sign_on for each row execute function account_seen();

-- One code a person: a new one takes the place of the one before. Only a keyed hash is kept.
create table activation_code (
  tenant_id  bigint not null,
  person_id  uuid not null,
  code_hash  bytea not null,
  author_id  uuid,
  space_id   bigint not null,
  via        text not null check (via in ('sheet', 'mail', 'hand')),
  created_at timestamptz not null,
  expires_at timestamptz not null,
  primary key (tenant_id, person_id),
  unique (tenant_id, code_hash),
  foreign key (tenant_id, person_id) references person (tenant_id, id)
);
call protect('activation_code');

-- What somebody typed to recover an account. It is read and deleted by a job, so that the page that took it has nothing to
-- tell, not even by the time it takes.
create table recovery_request (
  tenant_id  bigint not null,
  id         uuid not null,
  asked      text not null check (length(asked) between 1 and 254),
  space_id   bigint not null,
  created_at timestamptz not null,
  primary key (tenant_id, id)
);
call protect('recovery_request');

create table recovery_link (
  tenant_id  bigint not null,
  token_hash bytea not null,
  person_id  uuid not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  primary key (tenant_id, token_hash),
  foreign key (tenant_id, person_id) references person (tenant_id, id)
);
call protect('recovery_link');
create index recovery_link_person on recovery_link (tenant_id, person_id);

-- An address or a telephone that its owner has shown to be the own one. Two parents may share an address.
create table account_contact (
  tenant_id   bigint not null,
  person_id   uuid not null,
  kind        text not null check (kind in ('email', 'phone')),
  value       text not null check (length(value) between 3 and 254),
  verified_at timestamptz not null,
  primary key (tenant_id, person_id, kind),
  foreign key (tenant_id, person_id) references person (tenant_id, id)
);
call protect('account_contact');
create index account_contact_email on account_contact (tenant_id, lower(value)) where kind = 'email';

-- One that is still to be shown, with the code that was sent to it.
create table contact_check (
  tenant_id  bigint not null,
  person_id  uuid not null,
  kind       text not null check (kind in ('email', 'phone')),
  value      text not null check (length(value) between 3 and 254),
  code_hash  bytea not null,
  tries      int not null default 0,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  primary key (tenant_id, person_id, kind),
  foreign key (tenant_id, person_id) references person (tenant_id, id)
);
call protect('contact_check');

-- What others and oneself did with an account, for its owner to see.
create table account_event (
  tenant_id   bigint not null,
  id          uuid not null,
  person_id   uuid not null,
  author_id   uuid,
  author_name text not null default '',
  space_id    bigint not null,
  kind        text not null check (kind in ('code', 'activated', 'reset', 'recovered', 'email', 'phone', 'blocked', 'unblocked')),
  at          timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, person_id) references person (tenant_id, id)
);
call protect('account_event');
create index account_event_person on account_event (tenant_id, person_id, at desc);

-- Opens a pending account for each person who has none. The login is the name, with a number where somebody has it already.
-- It is made of the letters that every keyboard has, and never changes.
-- +goose StatementBegin
create function open_accounts(persons uuid[]) returns bigint language plpgsql as $$
declare
  p record;
  base text;
  suffix int;
  opened bigint := 0;
begin
  for p in
    select w.id, w.given_name, w.family_name from person w
    where w.tenant_id = 1 and w.id = any (persons)
      and not exists (select from account a where a.tenant_id = 1 and a.person_id = w.id)
    order by w.family_name, w.given_name, w.id
  loop
    base := left(regexp_replace(regexp_replace(lower(unaccent(split_part(btrim(p.given_name), ' ', 1) || '.' || btrim(p.family_name))),
      '[^a-z0-9.]+', '-', 'g'), '(^[-.]+)|([-.]+$)|-(?=\.)|(?<=\.)-', '', 'g'), 60);
    if base = '' then
      base := 'compte';
    end if;
    suffix := 1;
    loop
      insert into account (tenant_id, person_id, login, password_hash, state)
      values (1, p.id, base || case when suffix > 1 then suffix::text else '' end, '', 'pending')
      on conflict do nothing;
      exit when found or exists (select from account a where a.tenant_id = 1 and a.person_id = p.id);
      suffix := suffix + 1;
    end loop;
    opened := opened + 1;
  end loop;
  return opened;
end $$;
-- +goose StatementEnd
revoke execute on function open_accounts(uuid[]) from public;
grant execute on function open_accounts(uuid[]) to elyco_app, elyco_import;
grant select, insert, update, delete on activation_code, recovery_link, account_contact, contact_check, account_event to elyco_import;

-- Sheets that an establishment prints for a class, or for everybody. The pages hold codes: they are deleted after a day.
create table sheet_run (
  tenant_id  bigint not null,
  id         uuid not null,
  author_id  uuid not null,
  title      text not null check (length(title) between 1 and 200),
  renew      boolean not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  primary key (tenant_id, id)
);
call protect('sheet_run');
create index sheet_run_created on sheet_run (tenant_id, created_at desc);

create table sheet_part (
  tenant_id  bigint not null,
  run_id     uuid not null,
  place      int not null,
  class_id   uuid,
  audience   text not null check (audience in ('pupils', 'guardians', 'staff')),
  label      text not null,
  state      text not null default 'waiting' check (state in ('waiting', 'done', 'failed')),
  people     int not null default 0,
  object_key text not null default '',
  size       bigint not null default 0,
  primary key (tenant_id, run_id, place),
  foreign key (tenant_id, run_id) references sheet_run (tenant_id, id) on delete cascade
);
call protect('sheet_part');
