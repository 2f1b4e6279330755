-- What the database needs before the first migration: three roles, three extensions, and rights that start from nothing.
-- A superuser runs this in the database itself, once; running it again changes nothing:
--
--   createdb elyco
--   psql --dbname elyco --single-transaction --set ON_ERROR_STOP=1 --file migrations/roles.sql
--
-- Then give the roles passwords (\password elyco_owner ...) unless the server trusts its socket.

-- elyco_owner owns the schema and migrates; elyco_app serves pages, owns nothing and is bound by row security;
-- elyco_import loads directories in bulk, which row security would refuse.
do $$
begin
  if not exists (select from pg_roles where rolname = 'elyco_owner') then
    create role elyco_owner login;
  end if;
  if not exists (select from pg_roles where rolname = 'elyco_app') then
    create role elyco_app login;
  end if;
  if not exists (select from pg_roles where rolname = 'elyco_import') then
    create role elyco_import login;
  end if;
end
$$;

alter role elyco_owner with login nosuperuser nocreatedb nocreaterole nobypassrls;
alter role elyco_app with login nosuperuser nocreatedb nocreaterole nobypassrls noinherit;
alter role elyco_import with login nosuperuser nocreatedb nocreaterole bypassrls noinherit;

-- A page that waits longer than this has already failed the person who asked for it.
alter role elyco_app set statement_timeout = '15s';
alter role elyco_app set lock_timeout = '5s';
alter role elyco_app set idle_in_transaction_session_timeout = '30s';
alter role elyco_import set idle_in_transaction_session_timeout = '10min';
-- A migration that cannot take its lock must give way to the pages, not queue in front of them.
alter role elyco_owner set lock_timeout = '10s';

do $$
begin
  execute format('alter database %I owner to elyco_owner', current_database());
  execute format('revoke all on database %I from public', current_database());
  execute format('grant connect, temporary on database %I to elyco_app, elyco_import', current_database());
end
$$;

revoke create on schema public from public;
grant usage on schema public to elyco_app, elyco_import;
grant usage, create on schema public to elyco_owner;

create extension if not exists unaccent;
create extension if not exists pg_trgm;
create extension if not exists btree_gin;

-- Under row security an index serves only operators that are marked leakproof: without these marks each search, each
-- "like" and each audience filter would read all of an establishment. These functions reveal nothing of the values
-- they compare, neither in an error nor in a notice.
alter function pg_catalog.ts_match_vq(tsvector, tsquery) leakproof;
alter function pg_catalog.ts_match_qv(tsquery, tsvector) leakproof;
alter function pg_catalog.textlike(text, text) leakproof;
alter function pg_catalog.texticlike(text, text) leakproof;
alter function pg_catalog.arrayoverlap(anyarray, anyarray) leakproof;
alter function pg_catalog.arraycontains(anyarray, anyarray) leakproof;
