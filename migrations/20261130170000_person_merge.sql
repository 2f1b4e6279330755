-- Two accounts that turn out to be one human being's become one, by hand, and can be made two again: each row that moved is
-- noted with its key, in the space where it was decided. Nothing is rewritten that the trail or a journal says.

-- +goose Up
create table person_merge (
  tenant_id   bigint not null,
  id          uuid not null,
  kept_id     uuid not null,
  gone_id     uuid not null,
  kept_name   text not null,
  gone_login  text not null default '',
  author_id   uuid,
  author_name text not null default '',
  merged_at   timestamptz not null,
  moved       int not null default 0,
  undone_at   timestamptz,
  primary key (tenant_id, id)
);
call protect('person_merge');
create unique index person_merge_gone on person_merge (tenant_id, gone_id) where undone_at is null;
create index person_merge_latest on person_merge (tenant_id, merged_at desc, id);

create table person_merge_row (
  tenant_id  bigint not null,
  merge_id   uuid not null,
  n          int not null,
  scope_id   bigint not null,
  in_table   text not null,
  in_column  text not null,
  key        jsonb not null, -- the primary key after the move; what a closed membership or account was before
  primary key (tenant_id, merge_id, n),
  foreign key (tenant_id, merge_id) references person_merge (tenant_id, id) on delete cascade
);
call protect('person_merge_row');

-- Two people of whom somebody said that they are two.
create table person_apart (
  tenant_id  bigint not null,
  one_id     uuid not null,
  other_id   uuid not null, -- the greater of the two
  author_id  uuid,
  said_at    timestamptz not null,
  primary key (tenant_id, one_id, other_id)
);
call protect('person_apart');

grant select, insert, update on person_merge to elyco_import;
grant select, insert, delete on person_merge_row to elyco_import;
grant select, insert on person_apart to elyco_import;
grant select on drive_space to elyco_import;

-- Keys that name a person move together with what they lead to.
alter table class_member alter constraint class_member_tenant_id_person_id_profile_fkey deferrable initially immediate;
alter table group_member alter constraint group_member_tenant_id_person_id_profile_fkey deferrable initially immediate;
alter table guardianship alter constraint guardianship_tenant_id_child_id_child_profile_fkey deferrable initially immediate;
alter table guardianship alter constraint guardianship_tenant_id_guardian_id_guardian_profile_fkey deferrable initially immediate;
alter table teaching alter constraint teaching_tenant_id_teacher_id_teacher_profile_fkey deferrable initially immediate;
alter table rollover_ended alter constraint rollover_ended_tenant_id_person_id_profile_fkey deferrable initially immediate;
alter table message_copy alter constraint message_copy_tenant_id_person_id_folder_id_fkey deferrable initially immediate;
alter table notice_way alter constraint notice_way_tenant_id_notice_id_person_id_fkey deferrable initially immediate;

-- +goose StatementBegin
-- primary_key names the columns of a table's primary key.
create function primary_key(of regclass) returns text[] language sql stable as $$
  select array_agg(a.attname::text order by array_position(x.indkey::int2[], a.attnum))
  from pg_index x join pg_attribute a on a.attrelid = x.indrelid and a.attnum = any (x.indkey::int2[])
  where x.indrelid = of and x.indisprimary
$$;
-- +goose StatementEnd

-- +goose StatementBegin
-- merge_move gives what names one person in a scope to another, column by column, and tells what moved by its new key. What
-- the other has already stays where it is. Row security holds: the scope is set for it.
create function merge_move(scope bigint, kept uuid, gone uuid, tables text[], columns text[])
returns table (in_table text, in_column text, key jsonb) language plpgsql security definer set search_path = public, pg_temp as $$
declare
  r record;
  pk text[];
begin
  perform set_config('app.tenant', scope::text, true), set_config('app.above', '{' || scope || '}', true);
  set constraints all deferred;
  for i in 1 .. cardinality(tables) loop
    pk := primary_key(tables[i]::regclass);
    in_table := tables[i];
    in_column := columns[i];
    for r in execute format('select ctid as at from %I where tenant_id = $1 and %I = $2', tables[i], columns[i]) using scope, gone loop
      begin
        execute format('update %I t set %I = $1 where ctid = $2
          returning (select jsonb_object_agg(e.key, e.value) from jsonb_each(to_jsonb(t)) e where e.key = any ($3))', tables[i], columns[i])
          into key using kept, r.at, pk;
        return next;
      exception when unique_violation or check_violation or exclusion_violation then
        null; -- the other has it
      end;
    end loop;
  end loop;
  -- A profile that the other has as well ends with this account.
  for r in select m.profile, m.ends_on from membership m where m.tenant_id = scope and m.person_id = gone and (m.ends_on is null or m.ends_on >= current_date) loop
    update membership m set ends_on = current_date - 1 where m.tenant_id = scope and m.person_id = gone and m.profile = r.profile;
    in_table := 'membership';
    in_column := 'ends_on';
    key := jsonb_build_object('profile', r.profile, 'ends_on', r.ends_on);
    return next;
  end loop;
end $$;
-- +goose StatementEnd

-- +goose StatementBegin
-- merge_undo gives back what moved, the last first. What has gone since stays gone.
create function merge_undo(decided bigint, merge uuid, at_scope bigint, kept uuid, gone uuid)
returns int language plpgsql security definer set search_path = public, pg_temp as $$
declare
  r record;
  pk text;
  n int := 0;
  touched int;
  noted jsonb;
begin
  perform set_config('app.tenant', decided::text, true), set_config('app.above', '{' || decided || '}', true);
  select coalesce(jsonb_agg(jsonb_build_object('t', w.in_table, 'c', w.in_column, 'k', w.key) order by w.n desc), '[]') into noted
  from person_merge_row w where w.tenant_id = decided and w.merge_id = merge and w.scope_id = at_scope;
  perform set_config('app.tenant', at_scope::text, true), set_config('app.above', '{' || at_scope || '}', true);
  set constraints all deferred;
  for r in select e ->> 't' as t, e ->> 'c' as c, e -> 'k' as k from jsonb_array_elements(noted) e loop
    if r.t = 'membership' and r.c = 'ends_on' then
      update membership m set ends_on = (r.k ->> 'ends_on')::date where m.tenant_id = at_scope and m.person_id = gone and m.profile = r.k ->> 'profile';
      n := n + 1;
      continue;
    end if;
    select string_agg(quote_ident(p), ', ') into pk from unnest(primary_key(r.t::regclass)) p;
    begin
      execute format('update %1$I set %2$I = $1 where %2$I = $2 and (%3$s) = (select %3$s from jsonb_populate_record(null::%1$I, $3))', r.t, r.c, pk)
        using gone, kept, r.k;
      get diagnostics touched = row_count;
      n := n + touched;
    exception when unique_violation or check_violation or exclusion_violation then null;
    end;
  end loop;
  return n;
end $$;
-- +goose StatementEnd

revoke all on function merge_move(bigint, uuid, uuid, text[], text[]), merge_undo(bigint, uuid, bigint, uuid, uuid), primary_key(regclass) from public;
grant execute on function merge_move(bigint, uuid, uuid, text[], text[]), merge_undo(bigint, uuid, bigint, uuid, uuid) to elyco_import;
