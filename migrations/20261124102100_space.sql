-- What a space says of itself and decides about its services. The registry keeps what the files and the national
-- directory say; what people type stands beside it, in a row of the space's own scope, so that no synchronisation can
-- take it back.
-- +goose Up

-- A null means that the space has not decided: the registry's value holds. services lists those that are on; closed_below
-- those that no space below may turn on. opened_on is the day on which an opening space opened its doors itself.
create table space (
  tenant_id     bigint not null,
  name          text check (length(name) between 1 and 120),
  presentation  text check (length(presentation) <= 2000),
  contact_email text check (length(contact_email) <= 254),
  contact_phone text check (length(contact_phone) <= 40),
  address       text check (length(address) <= 300),
  services      text[],
  closed_below  text[] not null default '{}',
  opened_on     date,
  version       integer not null default 1,
  changed_at    timestamptz not null,
  primary key (tenant_id)
);
call protect('space');
-- Every replica holds the territory in memory, and reads these rows of all spaces with the importer's role.
grant select on space to elyco_import;

-- +goose StatementBegin
create function space_changed() returns trigger language plpgsql as $$
begin
  perform pg_notify('tenant_changed', new.tenant_id::text);
  return null;
end $$;
-- +goose StatementEnd
create trigger space_changed after insert or update on space for each row execute function space_changed();

-- What the board decided about each service, and when. The last decision is kept; the trail tells those before it.
create table service_decision (
  tenant_id  bigint not null,
  service    text not null,
  open       boolean not null,
  decided_on date not null,
  note       text not null default '' check (length(note) <= 300),
  version    integer not null default 1,
  author_id  uuid,
  made_at    timestamptz not null,
  primary key (tenant_id, service)
);
call protect('service_decision');
