-- The trail is kept for as long as the academy says, and its seals for ever: they hold digests alone, so that the chain can
-- still be examined from its first link.
-- +goose Up

-- Up to which seal a space's entries have been let go, because all were written before a day. The mark is keyed: whoever
-- removes entries without the program's secret cannot make one.
create table audit_release (
  tenant_id bigint not null,
  number    bigint not null check (number > 0),
  before    timestamptz not null,
  at        timestamptz not null,
  mark      bytea not null,
  primary key (tenant_id)
);
call protect('audit_release');
revoke insert, update, delete on audit_release from elyco_app;
grant select, insert, update on audit_release to elyco_import;

-- Nobody may delete entries but through this door, which lets go of nothing younger than a year before the last daily head,
-- whatever it is told.
-- +goose StatementBegin
create function audit_let_go(scope bigint, seal bigint, before timestamptz) returns bigint language plpgsql security definer set search_path = public as $$
declare
  youngest timestamptz;
  gone bigint;
begin
  perform set_config('app.tenant', '1', true), set_config('app.above', '{1}', true);
  select max(at) into youngest from audit_head where tenant_id = 1;
  if youngest is null or before > youngest - interval '1 year' then
    raise exception 'the trail is kept for a year at the least';
  end if;
  perform set_config('app.tenant', scope::text, true), set_config('app.above', '{' || scope || '}', true);
  delete from audit_entry e using (
    select encode(substr(s.leaves, 1 + 48 * i, 16), 'hex')::uuid as id
    from audit_seal s, generate_series(0, s.entries - 1) i where s.tenant_id = scope and s.number <= seal and s.at < audit_let_go.before) l
  where e.tenant_id = scope and e.id = l.id and e.at < audit_let_go.before;
  get diagnostics gone = row_count;
  return gone;
end $$;
-- +goose StatementEnd
revoke execute on function audit_let_go(bigint, bigint, timestamptz) from public;
grant execute on function audit_let_go(bigint, bigint, timestamptz) to elyco_import;
