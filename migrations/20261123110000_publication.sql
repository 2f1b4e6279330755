-- What schools, collectivities and the academy publish: news, the collectivity's space, announcements. One table for the
-- three, because a reader's page asks one question of all of them.
-- +goose Up

create table publication (
  tenant_id      bigint not null,
  id             uuid not null,
  room           text not null check (room in ('news', 'territory', 'announcements')),
  section        text not null default '',
  title          text not null check (char_length(title) between 1 and 160),
  summary        text not null default '' check (char_length(summary) <= 400),
  body           text not null default '' check (char_length(body) <= 60000),
  body_html      text not null default '',
  urgent         boolean not null default false,
  public         boolean not null default false,
  wants_receipt  boolean not null default false,
  state          text not null check (state in ('draft', 'review', 'published', 'withdrawn', 'archived')),
  publish_at     timestamptz,
  ends_at        timestamptz,
  announced_at   timestamptz,
  author_id      uuid,
  author_name    text not null default '',
  keys           text[] not null default '{}',
  audience       jsonb not null default '{}',
  audience_words text not null default '',
  cover_key      text not null default '',
  cover_type     text not null default '',
  cover_size     bigint not null default 0,
  cover_alt      text not null default '',
  version        int not null default 1,
  created_at     timestamptz not null,
  updated_at     timestamptz not null,
  primary key (tenant_id, id),
  check (state <> 'published' or (publish_at is not null and keys <> '{}'))
);
call protect_downward('publication');
-- What is being written, or was taken back, is seen from its own space alone.
create policy published_below on publication as restrictive for select
  using (state = 'published' or tenant_id = (select current_setting('app.tenant')::bigint));

create index publication_recent on publication (tenant_id, room, publish_at desc, id desc) where state = 'published';
-- Under row security the planner takes each scope for a handful of rows; an index that names the room or the author would
-- look as good to it as publication_recent, and cost thirty times as much.
create index publication_desk on publication (tenant_id, updated_at desc, id desc);

create table publication_attachment (
  tenant_id      bigint not null,
  id             uuid not null,
  publication_id uuid not null,
  name           text not null check (octet_length(name) between 1 and 200),
  content_type   text not null,
  size           bigint not null,
  blob_key       text not null,
  created_at     timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, publication_id) references publication (tenant_id, id) on delete cascade
);
call protect_downward('publication_attachment');
create index publication_attachment_of on publication_attachment (tenant_id, publication_id);

-- Who has opened and who has acknowledged, kept in the reader's own space: what a parent reads of the département is
-- known to the parent's school alone. The publication may stand in a space above, so no key can bind it.
create table publication_read (
  tenant_id       bigint not null,
  publication_id  uuid not null,
  person_id       uuid not null,
  read_at         timestamptz not null,
  room            text not null,
  acknowledged_at timestamptz,
  primary key (tenant_id, publication_id, person_id)
);
call protect('publication_read');
create index publication_read_person on publication_read (tenant_id, person_id, publication_id);

-- How many people a collectivity, or the academy, would reach: people counted by the exact set of places, profiles and
-- levels that they hold below, so that any choice of these is summed without counting anybody twice. No person is in it.
create table audience_headcount (
  tenant_id  bigint not null,
  signature  uuid not null,
  space_id   bigint not null,
  profile    text not null,
  level      text not null,
  people     int not null,
  counted_at timestamptz not null,
  primary key (tenant_id, signature, space_id, profile, level)
);
call protect('audience_headcount');
create index audience_headcount_place on audience_headcount (tenant_id, space_id, profile, level);
grant select, insert, delete on audience_headcount to elyco_import;
-- The benchmark and the demonstration load publications in bulk.
grant select, insert, update on publication to elyco_import;

-- Counts the people below each of the given collectivities (or the academy) anew. The level '' stands for the profile as
-- a whole. Guardians count with the levels of the children whom they follow today.
-- +goose StatementBegin
-- Right after a load the planner knows nothing of the tables, and nested loops would take hours.
create function refresh_headcounts(scopes bigint[]) returns bigint language sql set enable_nestloop = off as $$
  delete from audience_headcount where tenant_id = any (scopes);
  with recursive below as (
    select id as scope_id, id from tenant where id = any (scopes) and kind <> 'establishment'
    union all
    select b.scope_id, t.id from below b join tenant t on t.parent_id = b.id
  ), member as (
    select m.tenant_id, m.person_id, m.profile from membership m
    where m.starts_on <= current_date and (m.ends_on is null or m.ends_on >= current_date)
  ), levelled as (
    select cm.tenant_id, cm.person_id, cm.profile, c.level
    from class_member cm join class c on c.tenant_id = cm.tenant_id and c.id = cm.class_id
    where c.level <> ''
  ), held as (
    select tenant_id, person_id, profile, '' as level from member
    union
    select m.tenant_id, m.person_id, m.profile, l.level
    from member m join levelled l using (tenant_id, person_id, profile)
    union
    select m.tenant_id, m.person_id, m.profile, l.level
    from member m
    join guardianship g on m.profile = 'guardian' and g.tenant_id = m.tenant_id and g.guardian_id = m.person_id
    join member k on k.tenant_id = g.tenant_id and k.person_id = g.child_id and k.profile = 'pupil'
    join levelled l on l.tenant_id = k.tenant_id and l.person_id = k.person_id and l.profile = 'pupil'
    where g.starts_on <= current_date and (g.ends_on is null or g.ends_on >= current_date)
      and (g.excluded_until is null or g.excluded_until < current_date)
  ), signed as (
    select b.scope_id, h.person_id,
           md5(string_agg(h.tenant_id || ':' || h.profile || ':' || h.level, '|' order by h.tenant_id, h.profile, h.level))::uuid as signature
    from below b join held h on h.tenant_id = b.id
    group by b.scope_id, h.person_id
  ), counted as (
    select scope_id, signature, count(*) as people, min(person_id::text)::uuid as someone
    from signed group by scope_id, signature
  ), written as (
    insert into audience_headcount (tenant_id, signature, space_id, profile, level, people, counted_at)
    select c.scope_id, c.signature, h.tenant_id, h.profile, h.level, c.people, now()
    from counted c
    join below b on b.scope_id = c.scope_id
    join held h on h.tenant_id = b.id and h.person_id = c.someone
    returning 1
  ) select count(*) from written
$$;
-- +goose StatementEnd
revoke execute on function refresh_headcounts(bigint[]) from public;
grant execute on function refresh_headcounts(bigint[]) to elyco_import;
