-- Bridges between two establishments. Each side signs a paper of its own, in its own scope; the other side reads it.
-- +goose Up

-- A table whose rows belong to one scope and are also read by the one they are addressed to. Nobody but their own scope
-- writes them: a signature is a row, so no establishment can sign for another.
-- +goose StatementBegin
create procedure protect_addressed(t regclass) language plpgsql as $$
begin
  call protect(t);
  execute format('drop policy scope_wall on %s', t);
  execute format('create policy scope_wall_read on %s as restrictive for select
    using (tenant_id = (select current_setting(''app.tenant'')::bigint) or peer_id = (select current_setting(''app.tenant'')::bigint))', t);
  execute format('create policy scope_wall_insert on %s as restrictive for insert
    with check (tenant_id = (select current_setting(''app.tenant'')::bigint))', t);
  execute format('create policy scope_wall_update on %s as restrictive for update
    using (tenant_id = (select current_setting(''app.tenant'')::bigint))
    with check (tenant_id = (select current_setting(''app.tenant'')::bigint))', t);
  execute format('create policy scope_wall_delete on %s as restrictive for delete
    using (tenant_id = (select current_setting(''app.tenant'')::bigint))', t);
end $$;
-- +goose StatementEnd

-- One side's paper: what it proposes, or what it answers. An answer repeats the terms that were read, and the bridge
-- stands only as long as both papers say the same.
create table bridge_paper (
  tenant_id         bigint not null,
  id                uuid not null,
  peer_id           bigint not null references tenant (id),
  part              text not null check (part in ('proposal', 'acceptance', 'refusal')),
  proposer_profiles text[] not null,
  answerer_profiles text[] not null,
  purposes          text[] not null check (cardinality(purposes) > 0 and purposes <@ array['write', 'share']),
  ends_on           date not null,
  reason            text not null check (length(reason) <= 2000),
  signer_id         uuid,
  signer_name       text not null,
  signed_at         timestamptz not null,
  note              text not null default '' check (length(note) <= 2000),
  ended_at          timestamptz,
  ender_id          uuid,
  ender_name        text not null default '',
  end_note          text not null default '' check (length(end_note) <= 2000),
  primary key (tenant_id, id),
  check (peer_id <> tenant_id)
);
call protect_addressed('bridge_paper');
create index bridge_paper_addressed on bridge_paper (peer_id);
grant select on bridge_paper to elyco_import;

-- What is signed stays as it was signed. Names may be forgotten, and an end may be put, once.
-- +goose StatementBegin
create function bridge_paper_kept() returns trigger language plpgsql as $$
begin
  if (new.tenant_id, new.id, new.peer_id, new.part, new.proposer_profiles, new.answerer_profiles, new.purposes, new.ends_on, new.reason, new.signed_at, new.note)
     is distinct from
     (old.tenant_id, old.id, old.peer_id, old.part, old.proposer_profiles, old.answerer_profiles, old.purposes, old.ends_on, old.reason, old.signed_at, old.note)
     or old.ended_at is not null and new.ended_at is distinct from old.ended_at then
    raise exception 'a signed paper does not change' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
-- +goose StatementEnd
create trigger bridge_paper_kept before update on bridge_paper for each row execute function bridge_paper_kept();

-- +goose StatementBegin
create function bridge_changed() returns trigger language plpgsql as $$
begin
  perform pg_notify('bridge_changed', '');
  return null;
end $$;
-- +goose StatementEnd
create trigger bridge_changed after insert or update or delete on bridge_paper for each statement execute function bridge_changed();

-- What a side has already been told of the other's papers, so that its trail says each thing once.
create table bridge_heard (
  tenant_id bigint not null,
  bridge_id uuid not null,
  event     text not null,
  heard_at  timestamptz not null,
  primary key (tenant_id, bridge_id, event)
);
call protect('bridge_heard');
