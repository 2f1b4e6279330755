package feed

// Somebody who is missing stays for a while, for the feed may be wrong. Two things hold at once: another profile in the
// same establishment, and a guardian whose ties to pupils who are still there were all taken away.
const goneSQL = `
insert into d_member
  select m.tenant_id, coalesce(h.key, (select min(k.key) from person_key k where k.tenant_id = 1 and k.source = '{source}' and k.person_id = m.person_id), ''), m.person_id, m.profile, m.function, m.given_name, m.family_name, 'end', 'gone', null
  from membership m
  join concerned c on c.scope_id = m.tenant_id
  left join who h on h.person_id = m.person_id
  where m.source = '{source}' and m.missing_since is null and (m.ends_on is null or m.ends_on >= '{today}')
    and not exists (select from want w where w.scope_id = m.tenant_id and w.person_id = m.person_id and w.profile = m.profile)
    and (not {delta} or h.operation = 'drop'
      or h.kind = 'staff' and m.profile not in ('pupil', 'guardian') and (h.operation = 'put' or h.operation = 'modify' and h.given & {functions} <> 0)
      or h.kind = 'pupil' and m.profile = 'pupil' and (h.operation = 'put' or h.operation = 'modify' and h.given & {home} <> 0)
      or m.profile = 'guardian' and exists (select from d_tie t where t.scope_id = m.tenant_id and t.guardian_id = m.person_id and t.act = 'end')
        and not exists (select from guardianship l where l.tenant_id = m.tenant_id and l.guardian_id = m.person_id and (l.ends_on is null or l.ends_on >= '{today}')
          and not exists (select from d_tie t where t.scope_id = l.tenant_id and t.child_id = l.child_id and t.guardian_id = l.guardian_id and t.act = 'end')));`

// goneSomeSQL finds who is gone where what differs was set down alone: those of whom the feed speaks, and guardians of a pupil who is
// gone or whose tie ended, to whom no pupil is left there.
const goneSomeSQL = `
insert into d_member
  select m.tenant_id, h.key, m.person_id, m.profile, m.function, m.given_name, m.family_name, 'end', 'gone', null
  from who h
  join membership m on m.person_id = h.person_id and ({scope} = 0 or m.tenant_id = {scope})
  join concerned c on c.scope_id = m.tenant_id
  where h.operation in ('put', 'drop') and (m.profile <> 'guardian' or h.operation = 'drop')
    and m.source = '{source}' and m.missing_since is null and (m.ends_on is null or m.ends_on >= '{today}')
    and not exists (select from want w where w.scope_id = m.tenant_id and w.person_id = m.person_id and w.profile = m.profile);
create temp table bereft on commit drop as
  select m.tenant_id as scope_id, m.person_id from (
    select scope_id, guardian_id from d_tie where act = 'end'
    union select g.tenant_id, g.guardian_id from d_member d
      join guardianship g on g.tenant_id = d.scope_id and g.child_id = d.person_id and (g.ends_on is null or g.ends_on >= '{today}')
      where d.act = 'end' and d.profile = 'pupil'
  ) a
  join membership m on m.tenant_id = a.scope_id and m.person_id = a.guardian_id and m.profile = 'guardian'
  where m.source = '{source}' and m.missing_since is null and (m.ends_on is null or m.ends_on >= '{today}')
    and not exists (select from want w where w.scope_id = m.tenant_id and w.person_id = m.person_id and w.profile = m.profile)
    and not exists (select from d_member d where d.act = 'end' and d.scope_id = m.tenant_id and d.person_id = m.person_id and d.profile = m.profile);
analyze bereft;
delete from bereft b using guardianship l, membership p
  where l.tenant_id = b.scope_id and l.guardian_id = b.person_id and (l.ends_on is null or l.ends_on >= '{today}')
    and p.tenant_id = l.tenant_id and p.person_id = l.child_id and p.profile = 'pupil' and p.missing_since is null and (p.ends_on is null or p.ends_on >= '{today}')
    and not exists (select from d_tie t where t.act = 'end' and t.scope_id = l.tenant_id and t.child_id = l.child_id and t.guardian_id = l.guardian_id)
    and not exists (select from d_member d where d.act = 'end' and d.scope_id = l.tenant_id and d.person_id = l.child_id and d.profile = 'pupil');
insert into d_member
  select m.tenant_id, coalesce(h.key, (select min(k.key) from person_key k where k.tenant_id = 1 and k.source = '{source}' and k.person_id = m.person_id), ''),
    m.person_id, m.profile, m.function, m.given_name, m.family_name, 'end', 'gone', null
  from bereft b
  join membership m on m.tenant_id = b.scope_id and m.person_id = b.person_id and m.profile = 'guardian'
  left join who h on h.person_id = m.person_id;`

// endSQL tells apart what becomes of those who are gone.
const endSQL = `
update d_member d set what = 'moved'
  where d.act = 'end' and (exists (select from want w where w.person_id = d.person_id and w.scope_id <> d.scope_id)
    or {partial} and exists (select from membership o where o.person_id = d.person_id and o.tenant_id <> d.scope_id and o.source = '{source}'
      and o.missing_since is null and (o.ends_on is null or o.ends_on >= '{today}')
      and not exists (select from d_member e where e.act = 'end' and e.scope_id = o.tenant_id and e.person_id = o.person_id and e.profile = o.profile)));
update d_member d set what = 'changed', ends_on = date '{today}' - 1
  where d.act = 'end' and d.profile <> 'guardian' and exists (select from want w where w.person_id = d.person_id and w.scope_id = d.scope_id and w.profile not in ('pupil', 'guardian'));
update d_member d set ends_on = date '{today}' - 1
  where d.act = 'end' and d.profile = 'guardian'
    and exists (select from d_tie t where t.scope_id = d.scope_id and t.guardian_id = d.person_id and t.act = 'end')
    and not exists (select from guardianship l where l.tenant_id = d.scope_id and l.guardian_id = d.person_id and (l.ends_on is null or l.ends_on >= '{today}')
      and not exists (select from d_tie t where t.scope_id = l.tenant_id and t.child_id = l.child_id and t.guardian_id = l.guardian_id and t.act = 'end'));
delete from d_member u using d_member e where u.act = 'update' and e.act = 'end'
  and e.scope_id = u.scope_id and e.person_id = u.person_id and e.profile = u.profile;
analyze d_member, d_tie, d_place, d_lesson, d_class;`
