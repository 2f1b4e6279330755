-- The life of each space of the territory, and how many people it has.
-- +goose Up

-- Where the people of a merged establishment have gone; and whether its school year was decided by hand, which the files
-- of the territory then leave alone.
alter table tenant add column merged_into bigint references tenant (id);
alter table tenant add column wave_decided boolean not null default false;

-- The life of a space: what was decided, by whom and why, with what a way back needs. Written by the importer together
-- with the registry, so that neither can be without the other.
create table tenant_event (
  tenant_id   bigint not null,
  id          uuid not null,
  at          timestamptz not null,
  kind        text not null check (kind in ('state', 'wave')),
  was         text not null default '',
  becomes     text not null default '',
  was_note    text not null default '',
  note        text not null default '',
  reason      text not null default '',
  actor_id    uuid,
  actor_name  text not null default '',
  primary key (tenant_id, id)
);
call protect('tenant_event');
grant select, insert on tenant_event to elyco_import;

-- Sums of people by establishment, for the spaces above it. No person is in it.
create table space_standing (
  tenant_id      bigint not null,
  space_id       bigint not null,
  people         int not null,
  profiles       jsonb not null default '{}',
  administrators int not null,
  accounts       int not null,
  present        int not null,
  counted_at     timestamptz not null,
  primary key (tenant_id, space_id)
);
call protect('space_standing');
grant select, insert, delete on space_standing to elyco_import;

-- Counts anew, for each of the given spaces above, the people of every space below: members of today, administrators,
-- those who have an account that is open, and those who came within thirty days.
-- +goose StatementBegin
create function refresh_standings(scopes bigint[]) returns bigint language sql set enable_nestloop = off as $$
  delete from space_standing where tenant_id = any (scopes);
  with recursive below as (
    select id as scope_id, id from tenant where id = any (scopes) and kind <> 'establishment'
    union all
    select b.scope_id, t.id from below b join tenant t on t.parent_id = b.id
  ), member as (
    select m.tenant_id, m.person_id, m.profile, m.admin from membership m
    where m.starts_on <= current_date and (m.ends_on is null or m.ends_on >= current_date)
  ), someone as (
    select tenant_id, person_id, bool_or(admin) as admin from member group by tenant_id, person_id
  ), account_open as (
    select person_id from account where tenant_id = 1 and state = 'active'
  ), came as (
    select distinct person_id from sign_on where tenant_id = 1 and seen_at > now() - interval '30 days'
  ), figures as (
    select s.tenant_id, count(*) as people, count(*) filter (where s.admin) as administrators,
           count(a.person_id) as accounts, count(c.person_id) as present
    from someone s
    left join account_open a on a.person_id = s.person_id
    left join came c on c.person_id = s.person_id
    group by s.tenant_id
  ), profiles as (
    select tenant_id, jsonb_object_agg(profile, n) as by_profile
    from (select tenant_id, profile, count(*) as n from member group by tenant_id, profile) p
    group by tenant_id
  ), written as (
    insert into space_standing (tenant_id, space_id, people, profiles, administrators, accounts, present, counted_at)
    select b.scope_id, b.id, coalesce(f.people, 0), coalesce(p.by_profile, '{}'), coalesce(f.administrators, 0),
           coalesce(f.accounts, 0), coalesce(f.present, 0), now()
    from below b
    left join figures f on f.tenant_id = b.id
    left join profiles p on p.tenant_id = b.id
    where b.id <> b.scope_id
    returning 1
  ) select count(*) from written
$$;
-- +goose StatementEnd
revoke all on function refresh_standings(bigint[]) from public;
grant execute on function refresh_standings(bigint[]) to elyco_import;
