-- The administration of a space, given to one of its members for some time. membership.admin stays what a directory says
-- without dates; a delegation is what an administrator gives, and takes back.
-- +goose Up

create table delegation (
  tenant_id    bigint not null,
  id           uuid not null,
  person_id    uuid not null,
  starts_on    date not null,
  ends_on      date,
  author_id    uuid not null,
  given_at     timestamptz not null,
  withdrawn_at timestamptz,
  primary key (tenant_id, id),
  check (ends_on >= starts_on)
);
call protect('delegation');
-- A person holds one at a time; those of the past are kept, for whoever asks who could do what.
create unique index delegation_held on delegation (tenant_id, person_id) where withdrawn_at is null;
grant select, insert, update, delete on delegation to elyco_import;

-- A delegation counts with any membership of the person in the space, on the days when both hold.
-- +goose StatementBegin
create or replace function issue_passports(persons uuid[]) returns bigint language sql as $$
  with m as (
    select m.person_id, jsonb_strip_nulls(jsonb_build_object(
        's', m.tenant_id, 'p', m.profile,
        'a', case when m.admin or exists (
             select from delegation d
             where d.tenant_id = m.tenant_id and d.person_id = m.person_id and d.withdrawn_at is null
               and d.starts_on <= current_date and (d.ends_on is null or d.ends_on >= current_date)) then true end,
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
