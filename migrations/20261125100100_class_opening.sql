-- Passports follow the school year of today, and show a pupil's class to the pupil and the family from its opening day.
-- +goose Up

-- What somebody's ties say today, as passports hold it. Until the class of the year opens, its pupils and their families
-- see neither the class nor the groups of that year.
-- +goose StatementBegin
create function classes_today(scope bigint, person uuid, as_profile text) returns jsonb language sql stable as $$
  select jsonb_agg(jsonb_build_object('i', c.id, 'n', c.name, 'l', c.level) order by c.name)
  from class_member cm
  join class c on c.tenant_id = cm.tenant_id and c.id = cm.class_id
  join school_year y on y.tenant_id = c.tenant_id and y.id = c.school_year_id
  where cm.tenant_id = scope and cm.person_id = person and cm.profile = as_profile
    and y.starts_on <= current_date and y.ends_on >= current_date
    and (as_profile <> 'pupil' or c.opens_on is null or c.opens_on <= current_date)
$$;
-- +goose StatementEnd
-- +goose StatementBegin
create function groups_today(scope bigint, person uuid, as_profile text) returns jsonb language sql stable as $$
  select jsonb_agg(jsonb_build_object('i', g.id, 'n', g.name) order by g.name)
  from group_member gm
  join teaching_group g on g.tenant_id = gm.tenant_id and g.id = gm.group_id
  join school_year y on y.tenant_id = g.tenant_id and y.id = g.school_year_id
  where gm.tenant_id = scope and gm.person_id = person and gm.profile = as_profile
    and y.starts_on <= current_date and y.ends_on >= current_date
    and not (as_profile = 'pupil' and exists (
      select from class_member cm join class c on c.tenant_id = cm.tenant_id and c.id = cm.class_id
      where cm.tenant_id = scope and cm.person_id = person and cm.profile = as_profile
        and c.school_year_id = g.school_year_id and c.opens_on > current_date))
$$;
-- +goose StatementEnd
revoke execute on function classes_today(bigint, uuid, text), groups_today(bigint, uuid, text) from public;
grant execute on function classes_today(bigint, uuid, text), groups_today(bigint, uuid, text) to elyco_import;

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
        'c', classes_today(m.tenant_id, m.person_id, m.profile),
        'g', groups_today(m.tenant_id, m.person_id, m.profile),
        'k', case when m.profile = 'guardian' then
             (select jsonb_agg(jsonb_strip_nulls(jsonb_build_object('i', k.person_id, 'n', k.given_name,
                 'c', classes_today(k.tenant_id, k.person_id, 'pupil'),
                 'g', groups_today(k.tenant_id, k.person_id, 'pupil')))
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
