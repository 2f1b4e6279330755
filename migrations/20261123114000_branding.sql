-- What each space wears: its theme or branding, one row a version, and at most one draft being prepared.
-- +goose Up

-- source is the text of a theme file with only what the space sets itself; accent is the one colour of an
-- establishment. A drawing is a cleaned SVG or a picture written anew, never the file that was sent. Published
-- versions are numbered and kept: going back to one publishes its copy.
create table theme_version (
  tenant_id    bigint not null,
  id           uuid not null,
  number       integer,
  state        text not null check (state in ('draft', 'published')),
  source       text not null default '' check (length(source) <= 65536),
  accent       text not null default '' check (accent ~ '^(#[0-9a-f]{6})?$'),
  logo         bytea not null default '' check (length(logo) <= 307200),
  logo_type    text not null default '' check (logo_type in ('', 'image/svg+xml', 'image/png', 'image/jpeg')),
  favicon      bytea not null default '' check (length(favicon) <= 307200),
  favicon_type text not null default '' check (favicon_type in ('', 'image/svg+xml', 'image/png', 'image/jpeg')),
  banner       bytea not null default '' check (length(banner) <= 307200),
  banner_type  text not null default '' check (banner_type in ('', 'image/svg+xml', 'image/png', 'image/jpeg')),
  author_id    uuid,
  author_name  text not null default '',
  note         text not null default '' check (length(note) <= 300),
  revision     integer not null default 1,
  created_at   timestamptz not null,
  changed_at   timestamptz not null,
  published_at timestamptz,
  primary key (tenant_id, id),
  unique (tenant_id, number),
  check ((state = 'published') = (number is not null)),
  check ((state = 'published') = (published_at is not null))
);

-- Two people who start a draft at once work on the same one.
create unique index theme_version_draft on theme_version (tenant_id) where state = 'draft';

-- An establishment wears the theme of its collectivity, and reads it in its own transactions.
call protect_downward('theme_version');
