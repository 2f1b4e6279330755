-- People. Accounts, sessions and passports belong to the academy's scope: one account for life. Memberships, classes
-- and guardianship belong to an establishment, which keeps its own copy of the names that it was given.
-- +goose Up

create table person (
  tenant_id   bigint not null,
  id          uuid not null,
  given_name  text not null,
  family_name text not null,
  birth_date  date,
  email       text,
  created_at  timestamptz not null default now(),
  primary key (tenant_id, id)
);
call protect('person');

create table account (
  tenant_id     bigint not null,
  person_id     uuid not null,
  login         text not null check (login = lower(login)),
  password_hash text not null,
  state         text not null default 'active' check (state in ('active', 'blocked')),
  comfort       jsonb not null default '{}',
  changed_at    timestamptz not null default now(),
  primary key (tenant_id, person_id),
  unique (tenant_id, login),
  foreign key (tenant_id, person_id) references person (tenant_id, id)
);
call protect('account');

-- What a request needs to know of a person, computed when memberships change: memberships everywhere, with classes,
-- groups and children. It makes the session one query.
create table passport (
  tenant_id  bigint not null,
  person_id  uuid not null,
  name       text not null,
  body       jsonb not null,
  issued_at  timestamptz not null default now(),
  primary key (tenant_id, person_id),
  foreign key (tenant_id, person_id) references person (tenant_id, id)
);
call protect('passport');

-- One sign-on covers every host; each host holds a token of its own that no other host can use. Only hashes are kept.
create table sign_on (
  tenant_id    bigint not null,
  id           uuid not null,
  person_id    uuid not null,
  device       text not null,
  network      text not null,
  created_at   timestamptz not null,
  seen_at      timestamptz not null,
  expires_at   timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, person_id) references person (tenant_id, id)
);
call protect('sign_on');
create index sign_on_person on sign_on (tenant_id, person_id);

create table session (
  tenant_id  bigint not null,
  token_hash bytea not null,
  sign_on_id uuid not null,
  host_scope bigint not null,
  person_id  uuid not null,
  expires_at timestamptz not null,
  primary key (tenant_id, token_hash),
  foreign key (tenant_id, sign_on_id) references sign_on (tenant_id, id) on delete cascade
);
call protect('session');
create index session_sign_on on session (tenant_id, sign_on_id);

-- A ticket carries a sign-on from one host to another: once, within seconds, to that host alone.
create table sign_on_ticket (
  tenant_id   bigint not null,
  ticket_hash bytea not null,
  sign_on_id  uuid not null,
  host_scope  bigint not null,
  return_path text not null,
  expires_at  timestamptz not null,
  primary key (tenant_id, ticket_hash),
  foreign key (tenant_id, sign_on_id) references sign_on (tenant_id, id) on delete cascade
);
call protect('sign_on_ticket');
create index sign_on_ticket_sign_on on sign_on_ticket (tenant_id, sign_on_id);

-- Failed sign-ins, by account and by network, in windows of time.
create table sign_in_failure (
  tenant_id   bigint not null,
  subject     text not null,
  failures    int not null,
  last_at     timestamptz not null,
  primary key (tenant_id, subject)
);
call protect('sign_in_failure');

create table school_year (
  tenant_id bigint not null,
  id        uuid not null,
  label     text not null,
  starts_on date not null,
  ends_on   date not null,
  primary key (tenant_id, id),
  unique (tenant_id, label),
  check (ends_on > starts_on)
);
call protect('school_year');

create table class (
  tenant_id      bigint not null,
  id             uuid not null,
  school_year_id uuid not null,
  name           text not null,
  level          text not null,
  primary key (tenant_id, id),
  unique (tenant_id, school_year_id, name),
  foreign key (tenant_id, school_year_id) references school_year (tenant_id, id)
);
call protect('class');

create table teaching_group (
  tenant_id      bigint not null,
  id             uuid not null,
  school_year_id uuid not null,
  name           text not null,
  primary key (tenant_id, id),
  unique (tenant_id, school_year_id, name),
  foreign key (tenant_id, school_year_id) references school_year (tenant_id, id)
);
call protect('teaching_group');

create table membership (
  tenant_id   bigint not null,
  person_id   uuid not null,
  profile     text not null,
  given_name  text not null,
  family_name text not null,
  function    text not null default '',
  admin       boolean not null default false,
  sections    text[] not null default '{}',
  starts_on   date not null default current_date,
  ends_on     date,
  primary key (tenant_id, person_id, profile)
);
call protect('membership');
create index membership_person on membership (person_id);
create index membership_name on membership (tenant_id, family_name, given_name);

create table class_member (
  tenant_id bigint not null,
  class_id  uuid not null,
  person_id uuid not null,
  profile   text not null,
  form      boolean not null default false,
  primary key (tenant_id, class_id, person_id, profile),
  foreign key (tenant_id, class_id) references class (tenant_id, id),
  foreign key (tenant_id, person_id, profile) references membership (tenant_id, person_id, profile) on delete cascade
);
call protect('class_member');
create index class_member_person on class_member (tenant_id, person_id);

create table group_member (
  tenant_id bigint not null,
  group_id  uuid not null,
  person_id uuid not null,
  profile   text not null,
  primary key (tenant_id, group_id, person_id, profile),
  foreign key (tenant_id, group_id) references teaching_group (tenant_id, id),
  foreign key (tenant_id, person_id, profile) references membership (tenant_id, person_id, profile) on delete cascade
);
call protect('group_member');
create index group_member_person on group_member (tenant_id, person_id);

create table guardianship (
  tenant_id         bigint not null,
  child_id          uuid not null,
  guardian_id       uuid not null,
  child_profile     text not null default 'pupil' check (child_profile = 'pupil'),
  guardian_profile  text not null default 'guardian' check (guardian_profile = 'guardian'),
  tie               text not null,
  legal_rank        smallint,
  lives_with        boolean not null default true,
  pays              boolean not null default true,
  may_pick_up       boolean not null default true,
  emergency_contact boolean not null default true,
  excluded_until    date,
  starts_on         date not null default current_date,
  ends_on           date,
  primary key (tenant_id, child_id, guardian_id),
  foreign key (tenant_id, child_id, child_profile) references membership (tenant_id, person_id, profile) on delete cascade,
  foreign key (tenant_id, guardian_id, guardian_profile) references membership (tenant_id, person_id, profile) on delete cascade
);
call protect('guardianship');
create index guardianship_guardian on guardianship (tenant_id, guardian_id);

-- Passports are issued by the importer, which alone sees a person's memberships in every establishment.
-- +goose StatementBegin
create function issue_passports(persons uuid[]) returns bigint language sql as $$
  with m as (
    select m.person_id, jsonb_strip_nulls(jsonb_build_object(
        's', m.tenant_id, 'p', m.profile,
        'a', case when m.admin then true end,
        'e', case when m.sections <> '{}' then to_jsonb(m.sections) end,
        'c', (select jsonb_agg(jsonb_build_object('i', c.id, 'n', c.name, 'l', c.level) order by c.name)
              from class_member cm join class c on c.tenant_id = cm.tenant_id and c.id = cm.class_id
              where cm.tenant_id = m.tenant_id and cm.person_id = m.person_id and cm.profile = m.profile),
        'g', (select jsonb_agg(jsonb_build_object('i', g.id, 'n', g.name) order by g.name)
              from group_member gm join teaching_group g on g.tenant_id = gm.tenant_id and g.id = gm.group_id
              where gm.tenant_id = m.tenant_id and gm.person_id = m.person_id and gm.profile = m.profile),
        'k', case when m.profile = 'guardian' then
             (select jsonb_agg(jsonb_strip_nulls(jsonb_build_object('i', k.person_id, 'n', k.given_name,
                 'c', (select jsonb_agg(jsonb_build_object('i', c.id, 'n', c.name, 'l', c.level) order by c.name)
                       from class_member cm join class c on c.tenant_id = cm.tenant_id and c.id = cm.class_id
                       where cm.tenant_id = k.tenant_id and cm.person_id = k.person_id and cm.profile = 'pupil'),
                 'g', (select jsonb_agg(jsonb_build_object('i', tg.id, 'n', tg.name) order by tg.name)
                       from group_member gm join teaching_group tg on tg.tenant_id = gm.tenant_id and tg.id = gm.group_id
                       where gm.tenant_id = k.tenant_id and gm.person_id = k.person_id and gm.profile = 'pupil')))
                 order by k.given_name)
              from guardianship g join membership k
                on k.tenant_id = g.tenant_id and k.person_id = g.child_id and k.profile = 'pupil'
              where g.tenant_id = m.tenant_id and g.guardian_id = m.person_id
                and g.starts_on <= current_date and (g.ends_on is null or g.ends_on >= current_date)
                and (g.excluded_until is null or g.excluded_until < current_date)
                and k.starts_on <= current_date and (k.ends_on is null or k.ends_on >= current_date)) end)) as body
    from membership m
    where m.person_id = any (persons)
      and m.starts_on <= current_date and (m.ends_on is null or m.ends_on >= current_date)
  ), written as (
    insert into passport (tenant_id, person_id, name, body, issued_at)
    select p.tenant_id, p.id, p.given_name || ' ' || p.family_name,
           coalesce((select jsonb_agg(m.body order by m.body ->> 's', m.body ->> 'p') from m where m.person_id = p.id), '[]'), now()
    from person p where p.tenant_id = 1 and p.id = any (persons)
    on conflict (tenant_id, person_id) do update set name = excluded.name, body = excluded.body, issued_at = excluded.issued_at
    returning 1
  ) select count(*) from written
$$;
-- +goose StatementEnd
revoke execute on function issue_passports(uuid[]) from public;
grant execute on function issue_passports(uuid[]) to elyco_import;
grant select, insert, update, delete on person, account, passport, sign_on, session, school_year, class, teaching_group,
  membership, class_member, group_member, guardianship to elyco_import;
