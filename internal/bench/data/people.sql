-- A whole academy of invented people, the same at every run: an academy, six collectivities, and establishments of
-- 437 pupils, 765 guardians and 164 members of staff. 732 of them make a million people, 320 000 of whom are pupils.
-- The caller sets bench.establishments and bench.password; triggers are off, because what is written here is right by
-- construction.

insert into tenant (id, kind, parent_id, slug, name, nature, theme, state, opened_on) values
  (1, 'academy', null, 'academie', 'Académie', '', 'academie', 'open', '2026-09-01'),
  (2, 'collectivity', 1, 'region', 'Région', 'region', 'region', 'open', '2026-09-01'),
  (3, 'collectivity', 1, 'dep44', 'Département 44', 'departement', 'dep44', 'open', '2026-09-01'),
  (4, 'collectivity', 1, 'dep49', 'Département 49', 'departement', 'dep49', 'open', '2026-09-01'),
  (5, 'collectivity', 1, 'dep53', 'Département 53', 'departement', 'dep53', 'open', '2026-09-01'),
  (6, 'collectivity', 1, 'dep72', 'Département 72', 'departement', 'dep72', 'open', '2026-09-01'),
  (7, 'collectivity', 1, 'dep85', 'Département 85', 'departement', 'dep85', 'open', '2026-09-01');

-- Two collèges for each lycée. Scopes of establishments begin at 11.
insert into tenant (id, kind, parent_id, slug, name, nature, sector, city, department, state, opened_on)
select 10 + e, 'establishment', case when e % 3 = 0 then 2 else 3 + (e / 3) % 5 end, 'etab-' || e,
       case when e % 3 = 0 then 'Lycée ' else 'Collège ' end || e, case when e % 3 = 0 then 'lgt' else 'college' end, 'public',
       'Ville ' || e, (array['44', '49', '53', '72', '85'])[1 + (e / 3) % 5], 'open', '2026-09-01'
from generate_series(1, current_setting('bench.establishments')::int) e;
select setval(pg_get_serial_sequence('tenant', 'id'), (select max(id) from tenant));

-- i numbers the people of an establishment: pupils to 437, guardians to 1202, then staff.
create temp table someone as
select t.id as e, i, md5('person ' || t.id || ' ' || i)::uuid as id, t.nature,
       case when i <= 437 then 'pupil' when i <= 1202 then 'guardian' when i = 1203 then 'head' when i <= 1213 then 'school_life'
            when i <= 1223 then 'administrative' when i <= 1233 then 'technical' when i = 1234 then 'librarian'
            when i = 1235 then 'health' else 'teacher' end as profile,
       (array['Adam', 'Alice', 'Chloé', 'Elliot', 'Emma', 'Gabin', 'Hugo', 'Inès', 'Jade', 'Léa', 'Louis', 'Lucie', 'Malo',
              'Nina', 'Noé', 'Rose', 'Sacha', 'Soline', 'Tom', 'Zoé'])[1 + (t.id * 7 + i * 13) % 20] as given,
       (array['Bertin', 'Blanchard', 'Caillé', 'Chauvin', 'Durand', 'Fournier', 'Gautier', 'Guérin', 'Hervé', 'Jolivet', 'Leroux',
              'Martineau', 'Moreau', 'Pineau', 'Richard', 'Rousseau', 'Tessier', 'Vrignaud'])[1 + (t.id * 11 + i / 3) % 18] as family
from tenant t, generate_series(1, 1366) i
where t.kind = 'establishment';

insert into person (tenant_id, id, given_name, family_name) select 1, id, given, family from someone;
insert into account (tenant_id, person_id, login, password_hash)
select 1, id, 'e' || e || '.p' || i, current_setting('bench.password') from someone;
insert into membership (tenant_id, person_id, profile, given_name, family_name, admin, starts_on)
select e, id, profile, given, family, i = 1203, '2026-09-01' from someone;

insert into school_year (tenant_id, id, label, starts_on, ends_on)
select id, md5('year ' || id)::uuid, '2026-2027', '2026-09-01', '2099-08-31' from tenant where kind = 'establishment';
create temp table classroom as
select t.id as e, c, md5('class ' || t.id || ' ' || c)::uuid as id,
       case when t.nature = 'college' then (array['6e', '5e', '4e', '3e'])[1 + c / 4] else (array['2de', '2de', '1re', 'Tle'])[1 + c / 4] end as level
from tenant t, generate_series(0, 15) c where t.kind = 'establishment';
insert into class (tenant_id, id, school_year_id, name, level)
select e, id, md5('year ' || e)::uuid, level || ' ' || (c + 1), level from classroom;
insert into teaching_group (tenant_id, id, school_year_id, name)
select t.id, md5('group ' || t.id || ' ' || g)::uuid, md5('year ' || t.id)::uuid, 'Groupe ' || (g + 1)
from tenant t, generate_series(0, 7) g where t.kind = 'establishment';

insert into class_member (tenant_id, class_id, person_id, profile)
select s.e, c.id, s.id, s.profile from someone s join classroom c on c.e = s.e and c.c = s.i % 16 where s.profile = 'pupil'
union all
select s.e, c.id, s.id, s.profile from someone s join classroom c on c.e = s.e and (c.c + s.i) % 4 = 0 where s.profile = 'teacher';
insert into group_member (tenant_id, group_id, person_id, profile)
select e, md5('group ' || e || ' ' || (i % 8))::uuid, id, profile from someone where profile in ('pupil', 'teacher')
union all
select e, md5('group ' || e || ' ' || ((i + 3) % 8))::uuid, id, profile from someone where profile = 'pupil' and i % 2 = 0;

-- Each pupil has a guardian, three in four have two, and one guardian in five follows a second child of the school.
insert into guardianship (tenant_id, child_id, guardian_id, tie, legal_rank, starts_on)
select s.e, s.id, md5('person ' || s.e || ' ' || g)::uuid, 'parent', 1, '2026-09-01'
from someone s
cross join lateral (
  select 437 + s.i as g union all select 874 + s.i where s.i <= 328 union all select 436 + s.i where s.i % 5 = 0) guardians
where s.profile = 'pupil';

-- One family in ten has a child in the next establishment too.
create temp table elsewhere as
select s.e + 1 as e, s.id as guardian, s.given, s.family, md5('person ' || s.e + 1 || ' ' || (s.i - 437))::uuid as child
from someone s join tenant t on t.id = s.e + 1
where s.i between 438 and 874 and s.i % 10 = 0;
insert into membership (tenant_id, person_id, profile, given_name, family_name, starts_on)
select e, guardian, 'guardian', given, family, '2026-09-01' from elsewhere;
insert into guardianship (tenant_id, child_id, guardian_id, tie, legal_rank, starts_on)
select e, child, guardian, 'parent', 2, '2026-09-01' from elsewhere;
