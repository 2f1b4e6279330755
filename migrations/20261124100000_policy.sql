-- What collectivities and establishments change in the rights that ship with the services.
-- +goose Up

-- One row a change, never written again: the last one of a line (room, action, profile) is what holds, the others are
-- its history. 'inherited' gives the line back to the spaces above. A closed line leaves nothing to decide below.
create table policy_delta (
  tenant_id   bigint not null,
  id          uuid not null,
  room        text not null,
  action      text not null,
  profile     text not null,
  number      integer not null check (number > 0),
  reach       text not null check (reach in ('inherited', 'none', 'self', 'children', 'classes', 'sections', 'establishment', 'collectivity', 'academy')),
  closed      boolean not null default false check (not closed or reach <> 'inherited'),
  undoes      uuid,
  author_id   uuid,
  author_name text not null default '',
  set_at      timestamptz not null,
  primary key (tenant_id, id),
  -- Two people who change a line at once meet here: the second one is told.
  unique (tenant_id, room, action, profile, number),
  foreign key (tenant_id, undoes) references policy_delta (tenant_id, id)
);

-- The history of a service, newest first.
create index policy_delta_history on policy_delta (tenant_id, room, set_at desc, id desc);

-- What a collectivity closed is looked at in the very transaction that would change it below.
call protect_downward('policy_delta');

-- Each replica holds the lines of all spaces in memory and reads them in one query.
grant select on policy_delta to elyco_import;
