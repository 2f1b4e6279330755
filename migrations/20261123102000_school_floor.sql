-- What the rooms share: the trail of who did what, facts and work that survive a restart.
-- +goose Up

create table audit_entry (
  tenant_id bigint not null,
  id        uuid not null,
  at        timestamptz not null,
  actor_id  uuid,
  action    text not null,
  subject   text not null default '',
  detail    jsonb not null default '{}',
  primary key (tenant_id, id)
);
call protect('audit_entry');
revoke update, delete on audit_entry from elyco_app;
create index audit_entry_at on audit_entry (tenant_id, at desc);
grant select, insert on audit_entry to elyco_import;

-- Work to do: written in the author's transaction, taken by workers of any replica, each time in the row's own scope.
create table job (
  tenant_id   bigint not null,
  id          uuid not null,
  kind        text not null,
  payload     jsonb not null default '{}',
  unique_key  text,
  run_at      timestamptz not null,
  attempt     int not null default 0,
  state       text not null default 'ready' check (state in ('ready', 'running', 'done', 'failed')),
  lease_until timestamptz,
  last_error  text not null default '',
  progress    jsonb not null default '{}',
  created_at  timestamptz not null default now(),
  finished_at timestamptz,
  primary key (tenant_id, id)
);
call protect('job');
create unique index job_unique on job (tenant_id, kind, unique_key) where state in ('ready', 'running');
create index job_ready on job (run_at) where state = 'ready';
create index job_lease on job (lease_until) where state = 'running';
-- The worker takes work from every scope with the importer's role, and does it in the scope of the row.
grant select, insert, update, delete on job to elyco_import;
