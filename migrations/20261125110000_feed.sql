-- Feeds: what a source says of people is set down beside the house, compared, shown, and applied one establishment at a
-- time.
-- +goose Up

-- What a source calls a person, for life and whatever the school.
create table person_key (
  tenant_id bigint not null,
  source    text not null,
  key       text not null,
  person_id uuid not null,
  primary key (tenant_id, source, key),
  foreign key (tenant_id, person_id) references person (tenant_id, id)
);
call protect('person_key');
create index person_key_person on person_key (tenant_id, person_id);

-- Where a membership and a tie come from: what people added by hand, no feed touches. Who is missing from a feed has a
-- date of end, and missing_since says why.
alter table membership add column source text not null default 'manual', add column missing_since date;
alter table guardianship add column source text not null default 'manual';
alter table class_member add column source text not null default 'manual';
alter table group_member add column source text not null default 'manual';
alter table teaching add column source text not null default 'manual';

-- Which establishment a source means by a key: a feed of changes names structures that it does not describe.
create table structure_key (
  tenant_id bigint not null,
  source    text not null,
  key       text not null,
  scope_id  bigint not null,
  primary key (tenant_id, source, key)
);
call protect('structure_key');

-- What a function of the source makes of somebody: data of the academy. No profile: the function is passed over.
create table feed_function (
  tenant_id bigint not null,
  code      text not null check (length(code) between 1 and 20),
  label     text not null check (length(label) <= 120),
  profile   text,
  version   int not null default 1,
  primary key (tenant_id, code)
);
-- The usual table; who works in an inspection is no member of an establishment.
insert into feed_function (tenant_id, code, label, profile) values
  (1, 'ENS', 'Enseignement', 'teacher'),
  (1, 'FCA', 'Formation continue des adultes', 'teacher'),
  (1, 'FCP', 'Formation continue', 'teacher'),
  (1, 'FIJ', 'Formation et insertion des jeunes', 'teacher'),
  (1, 'RPL', 'Remplacement', 'teacher'),
  (1, 'PPA', 'Professeur principal', 'teacher'),
  (1, 'BED', 'Besoins éducatifs', 'teacher'),
  (1, 'UPI', 'Unité pédagogique d’intégration', 'teacher'),
  (1, 'IS', 'Inclusion scolaire', 'teacher'),
  (1, 'ISES', 'Section d’enseignement spécialisé', 'teacher'),
  (1, 'DOC', 'Documentation', 'librarian'),
  (1, 'DIR', 'Direction', 'head'),
  (1, 'DEC', 'Direction déléguée', 'head'),
  (1, 'DECPR', 'Direction d’école primaire', 'head'),
  (1, 'DSES', 'Direction de SEGPA', 'head'),
  (1, 'EDU', 'Éducation (CE, CPE)', 'school_life'),
  (1, 'AED', 'Assistant d’éducation', 'school_life'),
  (1, 'SUR', 'Surveillance', 'school_life'),
  (1, 'AES', 'Accompagnement éducatif et social', 'school_life'),
  (1, 'ASH', 'Accompagnement du handicap', 'school_life'),
  (1, 'AVS', 'Auxiliaire de vie scolaire', 'school_life'),
  (1, 'AEH', 'Accompagnement des élèves en situation de handicap', 'school_life'),
  (1, 'ASE', 'Assistant étranger', 'administrative'),
  (1, 'ORI', 'Orientation', 'administrative'),
  (1, 'PSY', 'Psychologue', 'administrative'),
  (1, 'ADF', 'Personnel administratif', 'administrative'),
  (1, 'ADM', 'Administration', 'administrative'),
  (1, 'CTR', 'Direction déléguée aux formations', 'administrative'),
  (1, 'CFC', 'Conseil en formation continue', 'administrative'),
  (1, 'ADA', 'Réadaptation', 'administrative'),
  (1, 'OUV', 'Personnel ouvrier', 'technical'),
  (1, 'TEC', 'Personnel technique', 'technical'),
  (1, 'LAB', 'Laboratoire', 'technical'),
  (1, 'ALB', 'Aide de laboratoire', 'technical'),
  (1, 'COLTER', 'Collectivité territoriale', 'technical'),
  (1, 'COL', 'Collectivité', 'technical'),
  (1, 'MDS', 'Médico-social', 'health'),
  (1, 'INS', 'Inspection', null),
  (1, 'INJ', 'Coordination de l’insertion', null),
  (1, '-', 'Sans objet', null);
call protect('feed_function');

-- How many accounts have been named after a base such as "camille.martin": a name is given once and never again.
create table feed_login (
  tenant_id bigint not null,
  base      text not null,
  used      int not null,
  primary key (tenant_id, base)
);
call protect('feed_login');

-- A feed that was read: in the scope of the academy.
create table feed (
  tenant_id  bigint not null,
  id         uuid not null,
  source     text not null,
  kind       text not null check (kind in ('complete', 'delta')),
  day        date not null,
  label      text not null,
  only_scope bigint,
  state      text not null check (state in ('reading', 'checked', 'applying', 'applied', 'refused', 'dropped')),
  problem    text not null default '',
  records    bigint not null default 0,
  author_id  uuid,
  started_at timestamptz not null,
  checked_at timestamptz,
  applied_at timestamptz,
  primary key (tenant_id, id)
);
call protect('feed');
create index feed_started on feed (tenant_id, started_at desc, id desc);
create unique index feed_busy on feed (tenant_id, source) where state in ('reading', 'applying');

-- What a feed is about to change, or has changed, in one establishment (scope_id). The academy and the establishment
-- each keep a row of it.
create table feed_part (
  tenant_id    bigint not null,
  feed_id      uuid not null,
  scope_id     bigint not null,
  name         text not null,
  uai          text not null default '',
  source       text not null,
  kind         text not null,
  day          date not null,
  label        text not null,
  state        text not null check (state in ('unchanged', 'ready', 'held', 'confirmed', 'applied')),
  known        int not null default 0,
  created      int not null default 0,
  arrived      int not null default 0,
  changed      int not null default 0,
  moved        int not null default 0,
  gone         int not null default 0,
  back         int not null default 0,
  classes      int not null default 0,
  placed       int not null default 0,
  known_ties   int not null default 0,
  ties         int not null default 0,
  changed_ties int not null default 0,
  duplicates   int not null default 0,
  problems     int not null default 0,
  held_for     text not null default '',
  reason       text not null default '',
  author_id    uuid,
  checked_at   timestamptz not null,
  applied_at   timestamptz,
  primary key (tenant_id, feed_id, scope_id)
);
call protect('feed_part');
create index feed_part_checked on feed_part (tenant_id, checked_at desc, feed_id);

-- Who and what the report names, in the scope of the establishment; what no establishment can be told is the academy's.
create table feed_finding (
  tenant_id bigint not null,
  feed_id   uuid not null,
  kind      text not null,
  number    int not null,
  key       text not null default '',
  name      text not null default '',
  detail    text not null default '',
  file      text not null default '',
  line      int not null default 0,
  primary key (tenant_id, feed_id, kind, number)
);
call protect('feed_finding');

-- What a feed says, as it says it. Nothing of it outlives a crash of the server: the feed is then read again. No page
-- reads it. scope_id is the establishment; a record's operation and the fields that it gives are those of package feed.
create unlogged table staged_structure (
  feed_id  uuid not null,
  key      text not null,
  uai      text not null,
  name     text not null,
  scope_id bigint
);
create unlogged table staged_person (
  feed_id     uuid not null,
  key         text not null,
  kind        text not null,
  operation   text not null,
  given       int not null,
  given_name  text,
  family_name text,
  birth_date  date,
  email       text,
  ine         text,
  file        text not null,
  line        int not null
);
create index staged_person_key on staged_person (feed_id, key);
create unlogged table staged_member (
  feed_id  uuid not null,
  scope_id bigint not null,
  key      text not null,
  profile  text not null,
  function text not null
);
create index staged_member_scope on staged_member (feed_id, scope_id);
create unlogged table staged_class (
  feed_id  uuid not null,
  scope_id bigint not null,
  code     text not null,
  grouped  boolean not null,
  level    text not null
);
create index staged_class_scope on staged_class (feed_id, scope_id);
create unlogged table staged_place (
  feed_id  uuid not null,
  scope_id bigint not null,
  key      text not null,
  profile  text not null,
  code     text not null,
  grouped  boolean not null,
  form     boolean not null
);
create index staged_place_scope on staged_place (feed_id, scope_id);
create unlogged table staged_tie (
  feed_id  uuid not null,
  scope_id bigint not null,
  child    text not null,
  relative text not null,
  kinship  text not null,
  rank     smallint,
  pays     boolean not null,
  contact  boolean not null,
  home     boolean not null
);
create index staged_tie_scope on staged_tie (feed_id, scope_id);
create unlogged table staged_lesson (
  feed_id  uuid not null,
  scope_id bigint not null,
  key      text not null,
  code     text not null,
  grouped  boolean not null,
  subject  text not null,
  label    text not null
);
create index staged_lesson_scope on staged_lesson (feed_id, scope_id);

-- An identifier in the order of time, like those that the program makes, for rows that are made many at once.
-- +goose StatementBegin
create function new_id() returns uuid language sql volatile as $$
  select encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid())
    placing substring(int8send((extract(epoch from clock_timestamp()) * 1000)::bigint) from 3) from 1 for 6), 52, 1), 53, 1), 'hex')::uuid
$$;
-- +goose StatementEnd

-- A planner that knows nothing of a table that was just filled would go through it once a person; only the owner may
-- tell it.
-- +goose StatementBegin
create function feed_analyze() returns void language plpgsql security definer set search_path = public, pg_temp as $$
begin
  analyze staged_structure, staged_person, staged_member, staged_class, staged_place, staged_tie, staged_lesson;
  analyze person, person_key, account, membership, class, teaching_group, class_member, group_member, guardianship;
end $$;
-- +goose StatementEnd
revoke execute on function feed_analyze() from public;
grant execute on function feed_analyze() to elyco_import;

grant select, insert, update, delete on person_key, structure_key, feed_login, feed, feed_part, feed_finding to elyco_import;
grant select on feed_function to elyco_import;
grant select, insert, update, delete, truncate on staged_structure, staged_person, staged_member, staged_class,
  staged_place, staged_tie, staged_lesson to elyco_import;
