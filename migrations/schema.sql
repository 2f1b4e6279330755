--
-- PostgreSQL database dump
--

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

--
-- Name: btree_gin; Type: EXTENSION; Schema: -; Owner: -
--

CREATE EXTENSION IF NOT EXISTS btree_gin WITH SCHEMA public;

--
-- Name: EXTENSION btree_gin; Type: COMMENT; Schema: -; Owner: 
--

COMMENT ON EXTENSION btree_gin IS 'support for indexing common datatypes in GIN';

--
-- Name: pg_trgm; Type: EXTENSION; Schema: -; Owner: -
--

CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA public;

--
-- Name: EXTENSION pg_trgm; Type: COMMENT; Schema: -; Owner: 
--

COMMENT ON EXTENSION pg_trgm IS 'text similarity measurement and index searching based on trigrams';

--
-- Name: unaccent; Type: EXTENSION; Schema: -; Owner: -
--

CREATE EXTENSION IF NOT EXISTS unaccent WITH SCHEMA public;

--
-- Name: EXTENSION unaccent; Type: COMMENT; Schema: -; Owner: 
--

COMMENT ON EXTENSION unaccent IS 'text search dictionary that removes accents';

--
-- Name: account_seen(); Type: FUNCTION; Schema: public; Owner: elyco_owner
--

CREATE FUNCTION public.account_seen() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
  update account set seen_at = new.created_at where tenant_id = new.tenant_id and person_id = new.person_id;
  return null;
end $$;

ALTER FUNCTION public.account_seen() OWNER TO elyco_owner;

--
-- Name: audit_let_go(bigint, bigint, timestamp with time zone); Type: FUNCTION; Schema: public; Owner: elyco_owner
--

CREATE FUNCTION public.audit_let_go(scope bigint, seal bigint, before timestamp with time zone) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public'
    AS $$
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

ALTER FUNCTION public.audit_let_go(scope bigint, seal bigint, before timestamp with time zone) OWNER TO elyco_owner;

--
-- Name: audit_opened(); Type: FUNCTION; Schema: public; Owner: elyco_owner
--

CREATE FUNCTION public.audit_opened() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
  insert into audit_open (tenant_id, entry_id) values (new.tenant_id, new.id);
  return null;
end $$;

ALTER FUNCTION public.audit_opened() OWNER TO elyco_owner;

--
-- Name: bridge_changed(); Type: FUNCTION; Schema: public; Owner: elyco_owner
--

CREATE FUNCTION public.bridge_changed() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
  perform pg_notify('bridge_changed', '');
  return null;
end $$;

ALTER FUNCTION public.bridge_changed() OWNER TO elyco_owner;

--
-- Name: bridge_paper_kept(); Type: FUNCTION; Schema: public; Owner: elyco_owner
--

CREATE FUNCTION public.bridge_paper_kept() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
  if (new.tenant_id, new.id, new.peer_id, new.part, new.proposer_profiles, new.answerer_profiles, new.purposes, new.ends_on, new.reason, new.signed_at, new.note)
     is distinct from
     (old.tenant_id, old.id, old.peer_id, old.part, old.proposer_profiles, old.answerer_profiles, old.purposes, old.ends_on, old.reason, old.signed_at, old.note)
     or old.ended_at is not null and new.ended_at is distinct from old.ended_at then
    raise exception 'a signed paper does not change' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;

ALTER FUNCTION public.bridge_paper_kept() OWNER TO elyco_owner;

--
-- Name: classes_today(bigint, uuid, text); Type: FUNCTION; Schema: public; Owner: elyco_owner
--

CREATE FUNCTION public.classes_today(scope bigint, person uuid, as_profile text) RETURNS jsonb
    LANGUAGE sql STABLE
    AS $$
  select jsonb_agg(jsonb_build_object('i', c.id, 'n', c.name, 'l', c.level) order by c.name)
  from class_member cm
  join class c on c.tenant_id = cm.tenant_id and c.id = cm.class_id
  join school_year y on y.tenant_id = c.tenant_id and y.id = c.school_year_id
  where cm.tenant_id = scope and cm.person_id = person and cm.profile = as_profile
    and y.starts_on <= current_date and y.ends_on >= current_date
    and (as_profile <> 'pupil' or c.opens_on is null or c.opens_on <= current_date)
$$;

ALTER FUNCTION public.classes_today(scope bigint, person uuid, as_profile text) OWNER TO elyco_owner;

--
-- Name: clocks(timestamp with time zone, uuid, integer, integer, integer); Type: FUNCTION; Schema: public; Owner: elyco_owner
--

CREATE FUNCTION public.clocks(at timestamp with time zone, person uuid, days integer, opens integer, closes integer, OUT visible_at timestamp with time zone, OUT notify_at timestamp with time zone) RETURNS record
    LANGUAGE plpgsql STABLE
    AS $$
declare
  own record; -- what the person decided; nothing but nulls without a row
begin
  select h.days, h.opens, h.closes, h.sees into own from person_hours h where h.tenant_id = 1 and h.person_id = person;
  visible_at := case own.sees
    when 'at_once' then at
    when 'mine' then next_opening(at, own.days, own.opens, own.closes)
    else next_opening(at, clocks.days, clocks.opens, clocks.closes) end;
  notify_at := next_opening(visible_at, coalesce(own.days, clocks.days), coalesce(own.opens, clocks.opens), coalesce(own.closes, clocks.closes));
end $$;

ALTER FUNCTION public.clocks(at timestamp with time zone, person uuid, days integer, opens integer, closes integer, OUT visible_at timestamp with time zone, OUT notify_at timestamp with time zone) OWNER TO elyco_owner;

--
-- Name: feed_analyze(); Type: FUNCTION; Schema: public; Owner: elyco_owner
--

CREATE FUNCTION public.feed_analyze() RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
begin
  analyze staged_structure, staged_person, staged_member, staged_class, staged_place, staged_tie, staged_lesson;
  analyze person, person_key, account, membership, class, teaching_group, class_member, group_member, guardianship;
end $$;

ALTER FUNCTION public.feed_analyze() OWNER TO elyco_owner;

--
-- Name: fold(text); Type: FUNCTION; Schema: public; Owner: elyco_owner
--

CREATE FUNCTION public.fold(t text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    AS $$
  select btrim(regexp_replace(lower(public.unaccent('public.unaccent', t)), '[^[:alnum:]]+', ' ', 'g'))
$$;

ALTER FUNCTION public.fold(t text) OWNER TO elyco_owner;

--
-- Name: groups_today(bigint, uuid, text); Type: FUNCTION; Schema: public; Owner: elyco_owner
--

CREATE FUNCTION public.groups_today(scope bigint, person uuid, as_profile text) RETURNS jsonb
    LANGUAGE sql STABLE
    AS $$
  select jsonb_agg(jsonb_build_object('i', g.id, 'n', g.name) order by g.name)
  from group_member gm
  join teaching_group g on g.tenant_id = gm.tenant_id and g.id = gm.group_id
  join school_year y on y.tenant_id = g.tenant_id and y.id = g.school_year_id
  where gm.tenant_id = scope and gm.person_id = person and gm.profile = as_profile
    and y.starts_on <= current_date and y.ends_on >= current_date
    and not (as_profile = 'pupil' and exists (
      select from class_member cm join class c on c.tenant_id = cm.tenant_id and c.id = cm.class_id
      where cm.tenant_id = scope and cm.person_id = person and cm.profile = as_profile
        and c.school_year_id = g.school_year_id and c.opens_on > current_date))
$$;

ALTER FUNCTION public.groups_today(scope bigint, person uuid, as_profile text) OWNER TO elyco_owner;

--
-- Name: issue_passports(uuid[]); Type: FUNCTION; Schema: public; Owner: elyco_owner
--

CREATE FUNCTION public.issue_passports(persons uuid[]) RETURNS bigint
    LANGUAGE sql
    AS $$
  with m as (
    select m.person_id, jsonb_strip_nulls(jsonb_build_object(
        's', m.tenant_id, 'p', m.profile,
        'a', case when m.admin or exists (
             select from delegation d
             where d.tenant_id = m.tenant_id and d.person_id = m.person_id and d.withdrawn_at is null
               and d.starts_on <= current_date and (d.ends_on is null or d.ends_on >= current_date)) then true end,
        'e', case when m.sections <> '{}' then to_jsonb(m.sections) end,
        'c', classes_today(m.tenant_id, m.person_id, m.profile),
        'g', groups_today(m.tenant_id, m.person_id, m.profile),
        'k', case when m.profile = 'guardian' then
             (select jsonb_agg(jsonb_strip_nulls(jsonb_build_object('i', k.person_id, 'n', k.given_name,
                 'c', classes_today(k.tenant_id, k.person_id, 'pupil'),
                 'g', groups_today(k.tenant_id, k.person_id, 'pupil')))
                 order by k.given_name)
              from guardianship g join membership k
                on k.tenant_id = g.tenant_id and k.person_id = g.child_id and k.profile = 'pupil'
              where g.tenant_id = m.tenant_id and g.guardian_id = m.person_id
                and g.starts_on <= current_date and (g.ends_on is null or g.ends_on >= current_date)
                and (g.excluded_until is null or g.excluded_until < current_date)
                and k.starts_on <= current_date and (k.ends_on is null or k.ends_on >= current_date)) end)) as body
    from membership m
    where m.person_id = any (persons)
      and m.starts_on <= current_date and (m.ends_on is null or m.ends_on >= current_date)
  ), written as (
    insert into passport (tenant_id, person_id, name, body, issued_at)
    select p.tenant_id, p.id, p.given_name || ' ' || p.family_name,
           coalesce((select jsonb_agg(m.body order by m.body ->> 's', m.body ->> 'p') from m where m.person_id = p.id), '[]'), now()
    from person p where p.tenant_id = 1 and p.id = any (persons)
    on conflict (tenant_id, person_id) do update set name = excluded.name, body = excluded.body, issued_at = excluded.issued_at
    returning 1
  ) select count(*) from written
$$;

ALTER FUNCTION public.issue_passports(persons uuid[]) OWNER TO elyco_owner;

--
-- Name: merge_move(bigint, uuid, uuid, text[], text[]); Type: FUNCTION; Schema: public; Owner: elyco_owner
--

CREATE FUNCTION public.merge_move(scope bigint, kept uuid, gone uuid, tables text[], columns text[]) RETURNS TABLE(in_table text, in_column text, key jsonb)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $_$
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
end $_$;

ALTER FUNCTION public.merge_move(scope bigint, kept uuid, gone uuid, tables text[], columns text[]) OWNER TO elyco_owner;

--
-- Name: merge_undo(bigint, uuid, bigint, uuid, uuid); Type: FUNCTION; Schema: public; Owner: elyco_owner
--

CREATE FUNCTION public.merge_undo(decided bigint, merge uuid, at_scope bigint, kept uuid, gone uuid) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $_$
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
end $_$;

ALTER FUNCTION public.merge_undo(decided bigint, merge uuid, at_scope bigint, kept uuid, gone uuid) OWNER TO elyco_owner;

--
-- Name: new_id(); Type: FUNCTION; Schema: public; Owner: elyco_owner
--

CREATE FUNCTION public.new_id() RETURNS uuid
    LANGUAGE sql
    AS $$
  select encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid())
    placing substring(int8send((extract(epoch from clock_timestamp()) * 1000)::bigint) from 3) from 1 for 6), 52, 1), 53, 1), 'hex')::uuid
$$;

ALTER FUNCTION public.new_id() OWNER TO elyco_owner;

--
-- Name: next_opening(timestamp with time zone, integer, integer, integer); Type: FUNCTION; Schema: public; Owner: elyco_owner
--

CREATE FUNCTION public.next_opening(at timestamp with time zone, days integer, opens integer, closes integer) RETURNS timestamp with time zone
    LANGUAGE plpgsql STABLE
    AS $$
declare
  day timestamp := date_trunc('day', at at time zone 'Europe/Paris');
begin
  for ahead in 0..7 loop
    if days & (1 << (extract(isodow from day)::int - 1)) <> 0 and (day + make_interval(mins => closes)) at time zone 'Europe/Paris' > at then
      return greatest(at, (day + make_interval(mins => opens)) at time zone 'Europe/Paris');
    end if;
    day := day + interval '1 day';
  end loop;
  return at;
end $$;

ALTER FUNCTION public.next_opening(at timestamp with time zone, days integer, opens integer, closes integer) OWNER TO elyco_owner;

--
-- Name: open_accounts(uuid[]); Type: FUNCTION; Schema: public; Owner: elyco_owner
--

CREATE FUNCTION public.open_accounts(persons uuid[]) RETURNS bigint
    LANGUAGE plpgsql
    AS $_$
declare
  p record;
  base text;
  suffix int;
  opened bigint := 0;
begin
  for p in
    select w.id, w.given_name, w.family_name from person w
    where w.tenant_id = 1 and w.id = any (persons)
      and not exists (select from account a where a.tenant_id = 1 and a.person_id = w.id)
    order by w.family_name, w.given_name, w.id
  loop
    base := left(regexp_replace(regexp_replace(lower(unaccent(split_part(btrim(p.given_name), ' ', 1) || '.' || btrim(p.family_name))),
      '[^a-z0-9.]+', '-', 'g'), '(^[-.]+)|([-.]+$)|-(?=\.)|(?<=\.)-', '', 'g'), 60);
    if base = '' then
      base := 'compte';
    end if;
    suffix := 1;
    loop
      insert into account (tenant_id, person_id, login, password_hash, state)
      values (1, p.id, base || case when suffix > 1 then suffix::text else '' end, '', 'pending')
      on conflict do nothing;
      exit when found or exists (select from account a where a.tenant_id = 1 and a.person_id = p.id);
      suffix := suffix + 1;
    end loop;
    opened := opened + 1;
  end loop;
  return opened;
end $_$;

ALTER FUNCTION public.open_accounts(persons uuid[]) OWNER TO elyco_owner;

--
-- Name: primary_key(regclass); Type: FUNCTION; Schema: public; Owner: elyco_owner
--

CREATE FUNCTION public.primary_key(of regclass) RETURNS text[]
    LANGUAGE sql STABLE
    AS $$
  select array_agg(a.attname::text order by array_position(x.indkey::int2[], a.attnum))
  from pg_index x join pg_attribute a on a.attrelid = x.indrelid and a.attnum = any (x.indkey::int2[])
  where x.indrelid = of and x.indisprimary
$$;

ALTER FUNCTION public.primary_key(of regclass) OWNER TO elyco_owner;

--
-- Name: protect(regclass); Type: PROCEDURE; Schema: public; Owner: elyco_owner
--

CREATE PROCEDURE public.protect(IN t regclass)
    LANGUAGE plpgsql
    AS $$
begin
  execute format('alter table %s enable row level security', t);
  execute format('alter table %s force row level security', t);
  execute format('create policy scope_wall on %s as restrictive
    using (tenant_id = (select current_setting(''app.tenant'')::bigint))
    with check (tenant_id = (select current_setting(''app.tenant'')::bigint))', t);
  execute format('create policy scope_door on %s using (true) with check (true)', t);
  execute format('alter table %s alter tenant_id set default current_setting(''app.tenant'')::bigint', t);
  execute format('grant select, insert, update, delete on %s to elyco_app', t);
end $$;

ALTER PROCEDURE public.protect(IN t regclass) OWNER TO elyco_owner;

--
-- Name: protect_addressed(regclass); Type: PROCEDURE; Schema: public; Owner: elyco_owner
--

CREATE PROCEDURE public.protect_addressed(IN t regclass)
    LANGUAGE plpgsql
    AS $$
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

ALTER PROCEDURE public.protect_addressed(IN t regclass) OWNER TO elyco_owner;

--
-- Name: protect_downward(regclass); Type: PROCEDURE; Schema: public; Owner: elyco_owner
--

CREATE PROCEDURE public.protect_downward(IN t regclass)
    LANGUAGE plpgsql
    AS $$
begin
  execute format('alter table %s enable row level security', t);
  execute format('alter table %s force row level security', t);
  execute format('create policy scope_wall_read on %s as restrictive for select
    using (tenant_id = any (array(select unnest(current_setting(''app.above'')::bigint[]))))', t);
  execute format('create policy scope_wall_insert on %s as restrictive for insert
    with check (tenant_id = (select current_setting(''app.tenant'')::bigint))', t);
  execute format('create policy scope_wall_update on %s as restrictive for update
    using (tenant_id = (select current_setting(''app.tenant'')::bigint))
    with check (tenant_id = (select current_setting(''app.tenant'')::bigint))', t);
  execute format('create policy scope_wall_delete on %s as restrictive for delete
    using (tenant_id = (select current_setting(''app.tenant'')::bigint))', t);
  execute format('create policy scope_door on %s using (true) with check (true)', t);
  execute format('alter table %s alter tenant_id set default current_setting(''app.tenant'')::bigint', t);
  execute format('grant select, insert, update, delete on %s to elyco_app', t);
end $$;

ALTER PROCEDURE public.protect_downward(IN t regclass) OWNER TO elyco_owner;

--
-- Name: refresh_headcounts(bigint[]); Type: FUNCTION; Schema: public; Owner: elyco_owner
--

CREATE FUNCTION public.refresh_headcounts(scopes bigint[]) RETURNS bigint
    LANGUAGE sql
    SET enable_nestloop TO 'off'
    SET work_mem TO '96MB'
    AS $$
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

ALTER FUNCTION public.refresh_headcounts(scopes bigint[]) OWNER TO elyco_owner;

--
-- Name: refresh_standings(bigint[]); Type: FUNCTION; Schema: public; Owner: elyco_owner
--

CREATE FUNCTION public.refresh_standings(scopes bigint[]) RETURNS bigint
    LANGUAGE sql
    SET enable_nestloop TO 'off'
    SET work_mem TO '96MB'
    AS $$
  delete from space_standing where tenant_id = any (scopes);
  with recursive below as (
    select id as scope_id, id from tenant where id = any (scopes) and kind <> 'establishment'
    union all
    select b.scope_id, t.id from below b join tenant t on t.parent_id = b.id
  ), member as (
    select m.tenant_id, m.person_id, m.profile, m.admin from membership m
    where m.starts_on <= current_date and (m.ends_on is null or m.ends_on >= current_date)
  ), someone as (
    select tenant_id, person_id, bool_or(admin) as admin from member group by tenant_id, person_id
  ), account_open as (
    select person_id from account where tenant_id = 1 and state = 'active'
  ), came as (
    select distinct person_id from sign_on where tenant_id = 1 and seen_at > now() - interval '30 days'
  ), figures as (
    select s.tenant_id, count(*) as people, count(*) filter (where s.admin) as administrators,
           count(a.person_id) as accounts, count(c.person_id) as present
    from someone s
    left join account_open a on a.person_id = s.person_id
    left join came c on c.person_id = s.person_id
    group by s.tenant_id
  ), profiles as (
    select tenant_id, jsonb_object_agg(profile, n) as by_profile
    from (select tenant_id, profile, count(*) as n from member group by tenant_id, profile) p
    group by tenant_id
  ), written as (
    insert into space_standing (tenant_id, space_id, people, profiles, administrators, accounts, present, counted_at)
    select b.scope_id, b.id, coalesce(f.people, 0), coalesce(p.by_profile, '{}'), coalesce(f.administrators, 0),
           coalesce(f.accounts, 0), coalesce(f.present, 0), now()
    from below b
    left join figures f on f.tenant_id = b.id
    left join profiles p on p.tenant_id = b.id
    where b.id <> b.scope_id
    returning 1
  ) select count(*) from written
$$;

ALTER FUNCTION public.refresh_standings(scopes bigint[]) OWNER TO elyco_owner;

--
-- Name: space_changed(); Type: FUNCTION; Schema: public; Owner: elyco_owner
--

CREATE FUNCTION public.space_changed() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
  perform pg_notify('tenant_changed', new.tenant_id::text);
  return null;
end $$;

ALTER FUNCTION public.space_changed() OWNER TO elyco_owner;

--
-- Name: tenant_changed(); Type: FUNCTION; Schema: public; Owner: elyco_owner
--

CREATE FUNCTION public.tenant_changed() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
  perform pg_notify('tenant_changed', new.id::text);
  return null;
end $$;

ALTER FUNCTION public.tenant_changed() OWNER TO elyco_owner;

--
-- Name: fr; Type: TEXT SEARCH CONFIGURATION; Schema: public; Owner: elyco_owner
--

CREATE TEXT SEARCH CONFIGURATION public.fr (
    PARSER = pg_catalog."default" );

ALTER TEXT SEARCH CONFIGURATION public.fr
    ADD MAPPING FOR asciiword WITH french_stem;

ALTER TEXT SEARCH CONFIGURATION public.fr
    ADD MAPPING FOR word WITH public.unaccent, french_stem;

ALTER TEXT SEARCH CONFIGURATION public.fr
    ADD MAPPING FOR numword WITH simple;

ALTER TEXT SEARCH CONFIGURATION public.fr
    ADD MAPPING FOR email WITH simple;

ALTER TEXT SEARCH CONFIGURATION public.fr
    ADD MAPPING FOR url WITH simple;

ALTER TEXT SEARCH CONFIGURATION public.fr
    ADD MAPPING FOR host WITH simple;

ALTER TEXT SEARCH CONFIGURATION public.fr
    ADD MAPPING FOR sfloat WITH simple;

ALTER TEXT SEARCH CONFIGURATION public.fr
    ADD MAPPING FOR version WITH simple;

ALTER TEXT SEARCH CONFIGURATION public.fr
    ADD MAPPING FOR hword_numpart WITH simple;

ALTER TEXT SEARCH CONFIGURATION public.fr
    ADD MAPPING FOR hword_part WITH public.unaccent, french_stem;

ALTER TEXT SEARCH CONFIGURATION public.fr
    ADD MAPPING FOR hword_asciipart WITH french_stem;

ALTER TEXT SEARCH CONFIGURATION public.fr
    ADD MAPPING FOR numhword WITH simple;

ALTER TEXT SEARCH CONFIGURATION public.fr
    ADD MAPPING FOR asciihword WITH french_stem;

ALTER TEXT SEARCH CONFIGURATION public.fr
    ADD MAPPING FOR hword WITH public.unaccent, french_stem;

ALTER TEXT SEARCH CONFIGURATION public.fr
    ADD MAPPING FOR url_path WITH simple;

ALTER TEXT SEARCH CONFIGURATION public.fr
    ADD MAPPING FOR file WITH simple;

ALTER TEXT SEARCH CONFIGURATION public.fr
    ADD MAPPING FOR "float" WITH simple;

ALTER TEXT SEARCH CONFIGURATION public.fr
    ADD MAPPING FOR "int" WITH simple;

ALTER TEXT SEARCH CONFIGURATION public.fr
    ADD MAPPING FOR uint WITH simple;

ALTER TEXT SEARCH CONFIGURATION public.fr OWNER TO elyco_owner;

SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: access_entry; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE TABLE public.access_entry (
    tenant_id bigint DEFAULT (current_setting('app.tenant'::text))::bigint NOT NULL,
    id uuid NOT NULL,
    person_id uuid NOT NULL,
    reader_id uuid,
    reader_name text NOT NULL,
    reader_profile text NOT NULL,
    what text NOT NULL,
    title text DEFAULT ''::text NOT NULL,
    at timestamp with time zone NOT NULL,
    CONSTRAINT access_entry_reader_name_check CHECK ((char_length(reader_name) <= 200)),
    CONSTRAINT access_entry_title_check CHECK ((char_length(title) <= 200))
);

ALTER TABLE ONLY public.access_entry FORCE ROW LEVEL SECURITY;

ALTER TABLE public.access_entry OWNER TO elyco_owner;

--
-- Name: account; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE TABLE public.account (
    tenant_id bigint DEFAULT (current_setting('app.tenant'::text))::bigint NOT NULL,
    person_id uuid NOT NULL,
    login text NOT NULL,
    password_hash text NOT NULL,
    state text DEFAULT 'active'::text NOT NULL,
    comfort jsonb DEFAULT '{}'::jsonb NOT NULL,
    changed_at timestamp with time zone DEFAULT now() NOT NULL,
    activated_at timestamp with time zone,
    charter_at timestamp with time zone,
    seen_at timestamp with time zone,
    blocked_at timestamp with time zone,
    blocked_reason text DEFAULT ''::text NOT NULL,
    factor_since timestamp with time zone,
    factor_asked_at timestamp with time zone,
    alerted_at timestamp with time zone,
    locked_at timestamp with time zone,
    CONSTRAINT account_blocked_reason_check CHECK ((length(blocked_reason) <= 300)),
    CONSTRAINT account_login_check CHECK ((login = lower(login))),
    CONSTRAINT account_state_check CHECK ((state = ANY (ARRAY['pending'::text, 'active'::text, 'blocked'::text])))
);

ALTER TABLE ONLY public.account FORCE ROW LEVEL SECURITY;

ALTER TABLE public.account OWNER TO elyco_owner;

--
-- Name: account_contact; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE TABLE public.account_contact (
    tenant_id bigint DEFAULT (current_setting('app.tenant'::text))::bigint NOT NULL,
    person_id uuid NOT NULL,
    kind text NOT NULL,
    value text NOT NULL,
    verified_at timestamp with time zone NOT NULL,
    CONSTRAINT account_contact_kind_check CHECK ((kind = ANY (ARRAY['email'::text, 'phone'::text]))),
    CONSTRAINT account_contact_value_check CHECK (((length(value) >= 3) AND (length(value) <= 254)))
);

ALTER TABLE ONLY public.account_contact FORCE ROW LEVEL SECURITY;

ALTER TABLE public.account_contact OWNER TO elyco_owner;

--
-- Name: account_event; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE TABLE public.account_event (
    tenant_id bigint DEFAULT (current_setting('app.tenant'::text))::bigint NOT NULL,
    id uuid NOT NULL,
    person_id uuid NOT NULL,
    author_id uuid,
    author_name text DEFAULT ''::text NOT NULL,
    space_id bigint NOT NULL,
    kind text NOT NULL,
    at timestamp with time zone NOT NULL,
    CONSTRAINT account_event_kind_check CHECK ((kind = ANY (ARRAY['code'::text, 'activated'::text, 'reset'::text, 'recovered'::text, 'email'::text, 'phone'::text, 'blocked'::text, 'unblocked'::text])))
);

ALTER TABLE ONLY public.account_event FORCE ROW LEVEL SECURITY;

ALTER TABLE public.account_event OWNER TO elyco_owner;

--
-- Name: activation_code; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE TABLE public.activation_code (
    tenant_id bigint DEFAULT (current_setting('app.tenant'::text))::bigint NOT NULL,
    person_id uuid NOT NULL,
    code_hash bytea NOT NULL,
    author_id uuid,
    space_id bigint NOT NULL,
    via text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    work_id uuid,
    CONSTRAINT activation_code_via_check CHECK ((via = ANY (ARRAY['sheet'::text, 'mail'::text, 'hand'::text])))
);

ALTER TABLE ONLY public.activation_code FORCE ROW LEVEL SECURITY;

ALTER TABLE public.activation_code OWNER TO elyco_owner;

--
-- Name: app_password; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE TABLE public.app_password (
    tenant_id bigint DEFAULT (current_setting('app.tenant'::text))::bigint NOT NULL,
    id uuid NOT NULL,
    person_id uuid NOT NULL,
    name text NOT NULL,
    purpose text NOT NULL,
    secret_hash bytea NOT NULL,
    created_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone,
    used_at timestamp with time zone,
    used_network text DEFAULT ''::text NOT NULL,
    CONSTRAINT app_password_name_check CHECK (((length(name) >= 1) AND (length(name) <= 60))),
    CONSTRAINT app_password_purpose_check CHECK ((purpose = 'webdav'::text))
);

ALTER TABLE ONLY public.app_password FORCE ROW LEVEL SECURITY;

ALTER TABLE public.app_password OWNER TO elyco_owner;

--
-- Name: audience_headcount; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE TABLE public.audience_headcount (
    tenant_id bigint DEFAULT (current_setting('app.tenant'::text))::bigint NOT NULL,
    signature uuid NOT NULL,
    space_id bigint NOT NULL,
    profile text NOT NULL,
    level text NOT NULL,
    people integer NOT NULL,
    counted_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.audience_headcount FORCE ROW LEVEL SECURITY;

ALTER TABLE public.audience_headcount OWNER TO elyco_owner;

--
-- Name: audit_check; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE TABLE public.audit_check (
    tenant_id bigint DEFAULT (current_setting('app.tenant'::text))::bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    seals bigint NOT NULL,
    entries bigint NOT NULL,
    damage text DEFAULT ''::text NOT NULL,
    seal bigint DEFAULT 0 NOT NULL,
    entry_id uuid
);

ALTER TABLE ONLY public.audit_check FORCE ROW LEVEL SECURITY;

ALTER TABLE public.audit_check OWNER TO elyco_owner;

--
-- Name: audit_entry; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE TABLE public.audit_entry (
    tenant_id bigint DEFAULT (current_setting('app.tenant'::text))::bigint NOT NULL,
    id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    actor_id uuid,
    action text NOT NULL,
    subject text DEFAULT ''::text NOT NULL,
    detail jsonb DEFAULT '{}'::jsonb NOT NULL,
    title text DEFAULT ''::text NOT NULL,
    CONSTRAINT audit_entry_title_check CHECK ((length(title) <= 200))
);

ALTER TABLE ONLY public.audit_entry FORCE ROW LEVEL SECURITY;

ALTER TABLE public.audit_entry OWNER TO elyco_owner;

--
-- Name: audit_head; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE TABLE public.audit_head (
    tenant_id bigint DEFAULT (current_setting('app.tenant'::text))::bigint NOT NULL,
    day date NOT NULL,
    at timestamp with time zone NOT NULL,
    numbers jsonb NOT NULL,
    root bytea NOT NULL
);

ALTER TABLE ONLY public.audit_head FORCE ROW LEVEL SECURITY;

ALTER TABLE public.audit_head OWNER TO elyco_owner;

--
-- Name: audit_open; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE TABLE public.audit_open (
    tenant_id bigint DEFAULT (current_setting('app.tenant'::text))::bigint NOT NULL,
    entry_id uuid NOT NULL
);

ALTER TABLE ONLY public.audit_open FORCE ROW LEVEL SECURITY;

ALTER TABLE public.audit_open OWNER TO elyco_owner;

--
-- Name: audit_release; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE TABLE public.audit_release (
    tenant_id bigint DEFAULT (current_setting('app.tenant'::text))::bigint NOT NULL,
    number bigint NOT NULL,
    before timestamp with time zone NOT NULL,
    at timestamp with time zone NOT NULL,
    mark bytea NOT NULL,
    CONSTRAINT audit_release_number_check CHECK ((number > 0))
);

ALTER TABLE ONLY public.audit_release FORCE ROW LEVEL SECURITY;

ALTER TABLE public.audit_release OWNER TO elyco_owner;

--
-- Name: audit_seal; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE TABLE public.audit_seal (
    tenant_id bigint DEFAULT (current_setting('app.tenant'::text))::bigint NOT NULL,
    number bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    entries integer NOT NULL,
    leaves bytea NOT NULL,
    previous bytea NOT NULL,
    link bytea NOT NULL,
    CONSTRAINT audit_seal_number_check CHECK ((number > 0))
);

ALTER TABLE ONLY public.audit_seal FORCE ROW LEVEL SECURITY;

ALTER TABLE public.audit_seal OWNER TO elyco_owner;

--
-- Name: bounced_address; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE TABLE public.bounced_address (
    tenant_id bigint DEFAULT (current_setting('app.tenant'::text))::bigint NOT NULL,
    person_id uuid NOT NULL,
    address text NOT NULL,
    status text DEFAULT ''::text NOT NULL,
    reason text NOT NULL,
    bounced_at timestamp with time zone NOT NULL,
    CONSTRAINT bounced_address_address_check CHECK (((length(address) >= 3) AND (length(address) <= 254))),
    CONSTRAINT bounced_address_reason_check CHECK ((length(reason) <= 400)),
    CONSTRAINT bounced_address_status_check CHECK ((length(status) <= 20))
);

ALTER TABLE ONLY public.bounced_address FORCE ROW LEVEL SECURITY;

ALTER TABLE public.bounced_address OWNER TO elyco_owner;

--
-- Name: bridge_heard; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE TABLE public.bridge_heard (
    tenant_id bigint DEFAULT (current_setting('app.tenant'::text))::bigint NOT NULL,
    bridge_id uuid NOT NULL,
    event text NOT NULL,
    heard_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.bridge_heard FORCE ROW LEVEL SECURITY;

ALTER TABLE public.bridge_heard OWNER TO elyco_owner;

--
-- Name: bridge_paper; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE TABLE public.bridge_paper (
    tenant_id bigint DEFAULT (current_setting('app.tenant'::text))::bigint NOT NULL,
    id uuid NOT NULL,
    peer_id bigint NOT NULL,
    part text NOT NULL,
    proposer_profiles text[] NOT NULL,
    answerer_profiles text[] NOT NULL,
    purposes text[] NOT NULL,
    ends_on date NOT NULL,
    reason text NOT NULL,
    signer_id uuid,
    signer_name text NOT NULL,
    signed_at timestamp with time zone NOT NULL,
    note text DEFAULT ''::text NOT NULL,
    ended_at timestamp with time zone,
    ender_id uuid,
    ender_name text DEFAULT ''::text NOT NULL,
    end_note text DEFAULT ''::text NOT NULL,
    CONSTRAINT bridge_paper_check CHECK ((peer_id <> tenant_id)),
    CONSTRAINT bridge_paper_end_note_check CHECK ((length(end_note) <= 2000)),
    CONSTRAINT bridge_paper_note_check CHECK ((length(note) <= 2000)),
    CONSTRAINT bridge_paper_part_check CHECK ((part = ANY (ARRAY['proposal'::text, 'acceptance'::text, 'refusal'::text]))),
    CONSTRAINT bridge_paper_purposes_check CHECK (((cardinality(purposes) > 0) AND (purposes <@ ARRAY['write'::text, 'share'::text]))),
    CONSTRAINT bridge_paper_reason_check CHECK ((length(reason) <= 2000))
);

ALTER TABLE ONLY public.bridge_paper FORCE ROW LEVEL SECURITY;

ALTER TABLE public.bridge_paper OWNER TO elyco_owner;

--
-- Name: channel_spend; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE TABLE public.channel_spend (
    tenant_id bigint DEFAULT (current_setting('app.tenant'::text))::bigint NOT NULL,
    month date NOT NULL,
    channel text NOT NULL,
    payer text NOT NULL,
    messages bigint DEFAULT 0 NOT NULL,
    cost bigint DEFAULT 0 NOT NULL,
    CONSTRAINT channel_spend_channel_check CHECK ((channel = ANY (ARRAY['mail'::text, 'text'::text, 'voice'::text, 'push'::text]))),
    CONSTRAINT channel_spend_cost_check CHECK ((cost >= 0)),
    CONSTRAINT channel_spend_messages_check CHECK ((messages >= 0)),
    CONSTRAINT channel_spend_month_check CHECK ((EXTRACT(day FROM month) = (1)::numeric)),
    CONSTRAINT channel_spend_payer_check CHECK ((payer = ANY (ARRAY[''::text, 'establishment'::text, 'collectivity'::text, 'academy'::text])))
);

ALTER TABLE ONLY public.channel_spend FORCE ROW LEVEL SECURITY;

ALTER TABLE public.channel_spend OWNER TO elyco_owner;

--
-- Name: chat_channel; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE TABLE public.chat_channel (
    tenant_id bigint DEFAULT (current_setting('app.tenant'::text))::bigint NOT NULL,
    id uuid NOT NULL,
    target text NOT NULL,
    target_id uuid NOT NULL,
    target_name text NOT NULL,
    title text NOT NULL,
    about text DEFAULT ''::text NOT NULL,
    teachers boolean DEFAULT true NOT NULL,
    guardians boolean DEFAULT false NOT NULL,
    days integer DEFAULT 127 NOT NULL,
    opens integer DEFAULT 0 NOT NULL,
    closes integer DEFAULT 1440 NOT NULL,
    slow integer DEFAULT 0 NOT NULL,
    state text DEFAULT 'open'::text NOT NULL,
    closes_at timestamp with time zone,
    ends_on date NOT NULL,
    author_id uuid,
    author_name text DEFAULT ''::text NOT NULL,
    by_pupil boolean DEFAULT false NOT NULL,
    created_at timestamp with time zone NOT NULL,
    last_at timestamp with time zone NOT NULL,
    last_number integer DEFAULT 0 NOT NULL,
    change integer DEFAULT 0 NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    CONSTRAINT chat_channel_about_check CHECK ((char_length(about) <= 300)),
    CONSTRAINT chat_channel_check CHECK ((opens < closes)),
    CONSTRAINT chat_channel_closes_check CHECK ((closes <= 1440)),
    CONSTRAINT chat_channel_days_check CHECK (((days >= 1) AND (days <= 127))),
    CONSTRAINT chat_channel_opens_check CHECK ((opens >= 0)),
    CONSTRAINT chat_channel_slow_check CHECK (((slow >= 0) AND (slow <= 3600))),
    CONSTRAINT chat_channel_state_check CHECK ((state = ANY (ARRAY['open'::text, 'closed'::text, 'archived'::text]))),
    CONSTRAINT chat_channel_target_check CHECK ((target = ANY (ARRAY['class'::text, 'group'::text]))),
    CONSTRAINT chat_channel_title_check CHECK (((char_length(title) >= 1) AND (char_length(title) <= 80)))
);

ALTER TABLE ONLY public.chat_channel FORCE ROW LEVEL SECURITY;

ALTER TABLE public.chat_channel OWNER TO elyco_owner;

--
-- Name: chat_discreet; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE TABLE public.chat_discreet (
    tenant_id bigint DEFAULT (current_setting('app.tenant'::text))::bigint NOT NULL,
    person_id uuid NOT NULL
);

ALTER TABLE ONLY public.chat_discreet FORCE ROW LEVEL SECURITY;

ALTER TABLE public.chat_discreet OWNER TO elyco_owner;

--
-- Name: chat_message; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE TABLE public.chat_message (
    tenant_id bigint DEFAULT (current_setting('app.tenant'::text))::bigint NOT NULL,
    channel_id uuid NOT NULL,
    number integer NOT NULL,
    id uuid NOT NULL,
    kind text DEFAULT 'said'::text NOT NULL,
    person_id uuid,
    person_name text DEFAULT ''::text NOT NULL,
    person_profile text DEFAULT ''::text NOT NULL,
    body text DEFAULT ''::text NOT NULL,
    reply integer,
    sent_at timestamp with time zone NOT NULL,
    edited_at timestamp with time zone,
    removed_at timestamp with time zone,
    removed_by text DEFAULT ''::text NOT NULL,
    reason text DEFAULT ''::text NOT NULL,
    change integer NOT NULL,
    search tsvector GENERATED ALWAYS AS (to_tsvector('public.fr'::regconfig, body)) STORED NOT NULL,
    CONSTRAINT chat_message_body_check CHECK ((char_length(body) <= 2000)),
    CONSTRAINT chat_message_kind_check CHECK ((kind = ANY (ARRAY['said'::text, 'opened'::text, 'closed'::text, 'reopened'::text, 'visited'::text]))),
    CONSTRAINT chat_message_reason_check CHECK ((char_length(reason) <= 300)),
    CONSTRAINT chat_message_removed_by_check CHECK ((removed_by = ANY (ARRAY[''::text, 'author'::text, 'moderator'::text])))
);

ALTER TABLE ONLY public.chat_message FORCE ROW LEVEL SECURITY;

ALTER TABLE public.chat_message OWNER TO elyco_owner;

--
-- Name: chat_report; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE TABLE public.chat_report (
    tenant_id bigint DEFAULT (current_setting('app.tenant'::text))::bigint NOT NULL,
    id uuid NOT NULL,
    channel_id uuid NOT NULL,
    number integer NOT NULL,
    person_id uuid,
    reason text NOT NULL,
    note text DEFAULT ''::text NOT NULL,
    body text DEFAULT ''::text NOT NULL,
    reported_at timestamp with time zone NOT NULL,
    state text DEFAULT 'open'::text NOT NULL,
    actor_id uuid,
    decided_at timestamp with time zone,
    CONSTRAINT chat_report_note_check CHECK ((char_length(note) <= 1000)),
    CONSTRAINT chat_report_reason_check CHECK ((reason = ANY (ARRAY['insult'::text, 'threat'::text, 'harassment'::text, 'private'::text, 'other'::text]))),
    CONSTRAINT chat_report_state_check CHECK ((state = ANY (ARRAY['open'::text, 'kept'::text, 'removed'::text])))
);

ALTER TABLE ONLY public.chat_report FORCE ROW LEVEL SECURITY;

ALTER TABLE public.chat_report OWNER TO elyco_owner;

--
-- Name: chat_seat; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE TABLE public.chat_seat (
    tenant_id bigint DEFAULT (current_setting('app.tenant'::text))::bigint NOT NULL,
    channel_id uuid NOT NULL,
    person_id uuid NOT NULL,
    read_number integer DEFAULT 0 NOT NULL,
    seen_at timestamp with time zone
);

ALTER TABLE ONLY public.chat_seat FORCE ROW LEVEL SECURITY;

ALTER TABLE public.chat_seat OWNER TO elyco_owner;

--
-- Name: chat_silence; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE TABLE public.chat_silence (
    tenant_id bigint DEFAULT (current_setting('app.tenant'::text))::bigint NOT NULL,
    channel_id uuid NOT NULL,
    person_id uuid NOT NULL,
    until timestamp with time zone NOT NULL,
    reason text NOT NULL,
    author_id uuid,
    silenced_at timestamp with time zone NOT NULL,
    CONSTRAINT chat_silence_reason_check CHECK (((char_length(reason) >= 1) AND (char_length(reason) <= 300)))
);

ALTER TABLE ONLY public.chat_silence FORCE ROW LEVEL SECURITY;

ALTER TABLE public.chat_silence OWNER TO elyco_owner;

--
-- Name: chat_visit; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE TABLE public.chat_visit (
    tenant_id bigint DEFAULT (current_setting('app.tenant'::text))::bigint NOT NULL,
    channel_id uuid NOT NULL,
    person_id uuid NOT NULL,
    visited_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.chat_visit FORCE ROW LEVEL SECURITY;

ALTER TABLE public.chat_visit OWNER TO elyco_owner;

--
-- Name: class; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE TABLE public.class (
    tenant_id bigint DEFAULT (current_setting('app.tenant'::text))::bigint NOT NULL,
    id uuid NOT NULL,
    school_year_id uuid NOT NULL,
    name text NOT NULL,
    level text NOT NULL,
    opens_on date,
    source_key text,
    version integer DEFAULT 1 NOT NULL
);

ALTER TABLE ONLY public.class FORCE ROW LEVEL SECURITY;

ALTER TABLE public.class OWNER TO elyco_owner;

--
-- Name: class_member; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE TABLE public.class_member (
    tenant_id bigint DEFAULT (current_setting('app.tenant'::text))::bigint NOT NULL,
    class_id uuid NOT NULL,
    person_id uuid NOT NULL,
    profile text NOT NULL,
    form boolean DEFAULT false NOT NULL,
    source text DEFAULT 'manual'::text NOT NULL
);

ALTER TABLE ONLY public.class_member FORCE ROW LEVEL SECURITY;

ALTER TABLE public.class_member OWNER TO elyco_owner;

--
-- Name: connection_count; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE TABLE public.connection_count (
    tenant_id bigint DEFAULT (current_setting('app.tenant'::text))::bigint NOT NULL,
    space_id bigint NOT NULL,
    day date NOT NULL,
    connections integer NOT NULL
);

ALTER TABLE ONLY public.connection_count FORCE ROW LEVEL SECURITY;

ALTER TABLE public.connection_count OWNER TO elyco_owner;

--
-- Name: contact_check; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE TABLE public.contact_check (
    tenant_id bigint DEFAULT (current_setting('app.tenant'::text))::bigint NOT NULL,
    person_id uuid NOT NULL,
    kind text NOT NULL,
    value text NOT NULL,
    code_hash bytea NOT NULL,
    tries integer DEFAULT 0 NOT NULL,
    created_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    CONSTRAINT contact_check_kind_check CHECK ((kind = ANY (ARRAY['email'::text, 'phone'::text]))),
    CONSTRAINT contact_check_value_check CHECK (((length(value) >= 3) AND (length(value) <= 254)))
);

ALTER TABLE ONLY public.contact_check FORCE ROW LEVEL SECURITY;

ALTER TABLE public.contact_check OWNER TO elyco_owner;

--
-- Name: correction; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE TABLE public.correction (
    tenant_id bigint DEFAULT (current_setting('app.tenant'::text))::bigint NOT NULL,
    id uuid NOT NULL,
    person_id uuid NOT NULL,
    person_name text NOT NULL,
    author_id uuid,
    author_name text NOT NULL,
    field text NOT NULL,
    shown text DEFAULT ''::text NOT NULL,
    asked text NOT NULL,
    state text DEFAULT 'open'::text NOT NULL,
    reason text DEFAULT ''::text NOT NULL,
    handler_id uuid,
    handler_name text DEFAULT ''::text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    handled_at timestamp with time zone,
    version integer DEFAULT 1 NOT NULL,
    fed boolean DEFAULT false NOT NULL,
    CONSTRAINT correction_asked_check CHECK (((char_length(asked) >= 1) AND (char_length(asked) <= 2000))),
    CONSTRAINT correction_check CHECK (((state = 'open'::text) = (handled_at IS NULL))),
    CONSTRAINT correction_reason_check CHECK ((char_length(reason) <= 2000)),
    CONSTRAINT correction_shown_check CHECK ((char_length(shown) <= 500)),
    CONSTRAINT correction_state_check CHECK ((state = ANY (ARRAY['open'::text, 'accepted'::text, 'refused'::text])))
);

ALTER TABLE ONLY public.correction FORCE ROW LEVEL SECURITY;

ALTER TABLE public.correction OWNER TO elyco_owner;

--
-- Name: dav_lock; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE TABLE public.dav_lock (
    tenant_id bigint DEFAULT (current_setting('app.tenant'::text))::bigint NOT NULL,
    id uuid NOT NULL,
    space_id uuid NOT NULL,
    path text NOT NULL,
    node_id uuid,
    exclusive boolean NOT NULL,
    deep boolean NOT NULL,
    owner text DEFAULT ''::text NOT NULL,
    person_id uuid NOT NULL,
    person_name text NOT NULL,
    seconds integer NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    CONSTRAINT dav_lock_owner_check CHECK ((length(owner) <= 4000)),
    CONSTRAINT dav_lock_path_check CHECK ((length(path) <= 8000)),
    CONSTRAINT dav_lock_seconds_check CHECK (((seconds >= 1) AND (seconds <= 3600)))
);

ALTER TABLE ONLY public.dav_lock FORCE ROW LEVEL SECURITY;

ALTER TABLE public.dav_lock OWNER TO elyco_owner;

--
-- Name: dav_property; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE TABLE public.dav_property (
    tenant_id bigint DEFAULT (current_setting('app.tenant'::text))::bigint NOT NULL,
    node_id uuid NOT NULL,
    name text NOT NULL,
    value text NOT NULL,
    CONSTRAINT dav_property_name_check CHECK (((length(name) >= 1) AND (length(name) <= 600))),
    CONSTRAINT dav_property_value_check CHECK ((length(value) <= 20000))
);

ALTER TABLE ONLY public.dav_property FORCE ROW LEVEL SECURITY;

ALTER TABLE public.dav_property OWNER TO elyco_owner;

--
-- Name: day_off; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE TABLE public.day_off (
    tenant_id bigint DEFAULT (current_setting('app.tenant'::text))::bigint NOT NULL,
    id uuid NOT NULL,
    school_year_id uuid NOT NULL,
    name text NOT NULL,
    starts_on date NOT NULL,
    ends_on date NOT NULL,
    CONSTRAINT day_off_check CHECK ((ends_on >= starts_on)),
    CONSTRAINT day_off_name_check CHECK (((length(name) >= 1) AND (length(name) <= 80)))
);

ALTER TABLE ONLY public.day_off FORCE ROW LEVEL SECURITY;

ALTER TABLE public.day_off OWNER TO elyco_owner;

--
-- Name: delegation; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE TABLE public.delegation (
    tenant_id bigint DEFAULT (current_setting('app.tenant'::text))::bigint NOT NULL,
    id uuid NOT NULL,
    person_id uuid NOT NULL,
    starts_on date NOT NULL,
    ends_on date,
    author_id uuid NOT NULL,
    given_at timestamp with time zone NOT NULL,
    withdrawn_at timestamp with time zone,
    CONSTRAINT delegation_check CHECK ((ends_on >= starts_on))
);

ALTER TABLE ONLY public.delegation FORCE ROW LEVEL SECURITY;

ALTER TABLE public.delegation OWNER TO elyco_owner;

--
-- Name: document_comment; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE TABLE public.document_comment (
    tenant_id bigint DEFAULT (current_setting('app.tenant'::text))::bigint NOT NULL,
    id uuid NOT NULL,
    node_id uuid NOT NULL,
    author_id uuid,
    author_name text DEFAULT ''::text NOT NULL,
    body text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT document_comment_body_check CHECK (((char_length(body) >= 1) AND (char_length(body) <= 2000)))
);

ALTER TABLE ONLY public.document_comment FORCE ROW LEVEL SECURITY;

ALTER TABLE public.document_comment OWNER TO elyco_owner;

--
-- Name: drive_link; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE TABLE public.drive_link (
    tenant_id bigint DEFAULT (current_setting('app.tenant'::text))::bigint NOT NULL,
    id uuid NOT NULL,
    node_id uuid NOT NULL,
    secret_hash bytea NOT NULL,
    password_hash text DEFAULT ''::text NOT NULL,
    author_id uuid,
    author_name text DEFAULT ''::text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    opened integer DEFAULT 0 NOT NULL,
    failures integer DEFAULT 0 NOT NULL,
    failed_at timestamp with time zone
);

ALTER TABLE ONLY public.drive_link FORCE ROW LEVEL SECURITY;

ALTER TABLE public.drive_link OWNER TO elyco_owner;

--
-- Name: drive_node; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE TABLE public.drive_node (
    tenant_id bigint DEFAULT (current_setting('app.tenant'::text))::bigint NOT NULL,
    id uuid NOT NULL,
    space_id uuid NOT NULL,
    parent_id uuid,
    is_file boolean NOT NULL,
    name text NOT NULL,
    name_key text NOT NULL,
    name_sort text NOT NULL,
    version integer DEFAULT 0 NOT NULL,
    size bigint DEFAULT 0 NOT NULL,
    content_type text DEFAULT ''::text NOT NULL,
    hash text DEFAULT ''::text NOT NULL,
    object_key text DEFAULT ''::text NOT NULL,
    preview_key text DEFAULT ''::text NOT NULL,
    state text DEFAULT 'clean'::text NOT NULL,
    deposit text DEFAULT ''::text NOT NULL,
    author_id uuid,
    author_name text DEFAULT ''::text NOT NULL,
    editor_id uuid,
    editor_name text DEFAULT ''::text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    modified_at timestamp with time zone NOT NULL,
    trashed_at timestamp with time zone,
    trashed_from text DEFAULT ''::text NOT NULL,
    trashed_by text DEFAULT ''::text NOT NULL,
    folded text GENERATED ALWAYS AS (public.fold(name)) STORED NOT NULL,
    CONSTRAINT drive_node_check CHECK ((is_file OR ((version = 0) AND (object_key = ''::text)))),
    CONSTRAINT drive_node_deposit_check CHECK ((deposit = ANY (ARRAY[''::text, 'open'::text, 'closed'::text]))),
    CONSTRAINT drive_node_name_check CHECK (((octet_length(name) >= 1) AND (octet_length(name) <= 255))),
    CONSTRAINT drive_node_size_check CHECK ((size >= 0)),
    CONSTRAINT drive_node_state_check CHECK ((state = ANY (ARRAY['clean'::text, 'pending'::text, 'quarantined'::text])))
);

ALTER TABLE ONLY public.drive_node FORCE ROW LEVEL SECURITY;

ALTER TABLE public.drive_node OWNER TO elyco_owner;

--
-- Name: drive_share; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE TABLE public.drive_share (
    tenant_id bigint DEFAULT (current_setting('app.tenant'::text))::bigint NOT NULL,
    id uuid NOT NULL,
    node_id uuid NOT NULL,
    role integer NOT NULL,
    audience jsonb DEFAULT '{}'::jsonb NOT NULL,
    audience_words text DEFAULT ''::text NOT NULL,
    author_id uuid,
    author_name text DEFAULT ''::text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone,
    CONSTRAINT drive_share_role_check CHECK (((role >= 1) AND (role <= 3)))
);

ALTER TABLE ONLY public.drive_share FORCE ROW LEVEL SECURITY;

ALTER TABLE public.drive_share OWNER TO elyco_owner;

--
-- Name: drive_share_key; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE TABLE public.drive_share_key (
    tenant_id bigint DEFAULT (current_setting('app.tenant'::text))::bigint NOT NULL,
    key text NOT NULL,
    share_id uuid NOT NULL
);

ALTER TABLE ONLY public.drive_share_key FORCE ROW LEVEL SECURITY;

ALTER TABLE public.drive_share_key OWNER TO elyco_owner;

--
-- Name: drive_space; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE TABLE public.drive_space (
    tenant_id bigint DEFAULT (current_setting('app.tenant'::text))::bigint NOT NULL,
    owner_id uuid NOT NULL,
    kind text NOT NULL,
    used bigint DEFAULT 0 NOT NULL,
    files bigint DEFAULT 0 NOT NULL,
    quota bigint,
    granted bigint DEFAULT 0 NOT NULL,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT drive_space_files_check CHECK ((files >= 0)),
    CONSTRAINT drive_space_kind_check CHECK ((kind = ANY (ARRAY['personal'::text, 'class'::text, 'group'::text, 'house'::text, 'box'::text]))),
    CONSTRAINT drive_space_quota_check CHECK ((quota >= 0)),
    CONSTRAINT drive_space_used_check CHECK ((used >= 0))
);

ALTER TABLE ONLY public.drive_space FORCE ROW LEVEL SECURITY;

ALTER TABLE public.drive_space OWNER TO elyco_owner;

--
-- Name: drive_text; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE TABLE public.drive_text (
    tenant_id bigint DEFAULT (current_setting('app.tenant'::text))::bigint NOT NULL,
    hash text NOT NULL,
    body text NOT NULL,
    search tsvector GENERATED ALWAYS AS (to_tsvector('public.fr'::regconfig, body)) STORED NOT NULL,
    read_at timestamp with time zone NOT NULL,
    CONSTRAINT drive_text_body_check CHECK ((octet_length(body) <= 200000))
);

ALTER TABLE ONLY public.drive_text FORCE ROW LEVEL SECURITY;

ALTER TABLE public.drive_text OWNER TO elyco_owner;

--
-- Name: drive_upload; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE TABLE public.drive_upload (
    tenant_id bigint DEFAULT (current_setting('app.tenant'::text))::bigint NOT NULL,
    id uuid NOT NULL,
    node_id uuid NOT NULL,
    space_id uuid NOT NULL,
    parent_id uuid,
    name text NOT NULL,
    on_clash text NOT NULL,
    if_hash text DEFAULT ''::text NOT NULL,
    size bigint NOT NULL,
    received bigint DEFAULT 0 NOT NULL,
    object_key text NOT NULL,
    multipart text DEFAULT ''::text NOT NULL,
    digest bytea DEFAULT '\x'::bytea NOT NULL,
    head bytea DEFAULT '\x'::bytea NOT NULL,
    author_id uuid,
    author_name text DEFAULT ''::text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    touched_at timestamp with time zone NOT NULL,
    done_at timestamp with time zone,
    CONSTRAINT drive_upload_check CHECK (((received >= 0) AND (received <= size))),
    CONSTRAINT drive_upload_name_check CHECK (((octet_length(name) >= 1) AND (octet_length(name) <= 255))),
    CONSTRAINT drive_upload_on_clash_check CHECK ((on_clash = ANY (ARRAY['refuse'::text, 'replace'::text, 'rename'::text]))),
    CONSTRAINT drive_upload_size_check CHECK ((size >= 0))
);

ALTER TABLE ONLY public.drive_upload FORCE ROW LEVEL SECURITY;

ALTER TABLE public.drive_upload OWNER TO elyco_owner;

--
-- Name: drive_upload_part; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE TABLE public.drive_upload_part (
    tenant_id bigint DEFAULT (current_setting('app.tenant'::text))::bigint NOT NULL,
    upload_id uuid NOT NULL,
    number integer NOT NULL,
    etag text NOT NULL,
    size bigint NOT NULL,
    CONSTRAINT drive_upload_part_number_check CHECK (((number >= 1) AND (number <= 10000)))
);

ALTER TABLE ONLY public.drive_upload_part FORCE ROW LEVEL SECURITY;

ALTER TABLE public.drive_upload_part OWNER TO elyco_owner;

--
-- Name: drive_version; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE TABLE public.drive_version (
    tenant_id bigint DEFAULT (current_setting('app.tenant'::text))::bigint NOT NULL,
    node_id uuid NOT NULL,
    number integer NOT NULL,
    object_key text NOT NULL,
    preview_key text DEFAULT ''::text NOT NULL,
    size bigint NOT NULL,
    content_type text NOT NULL,
    hash text NOT NULL,
    state text DEFAULT 'clean'::text NOT NULL,
    author_id uuid,
    author_name text DEFAULT ''::text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT drive_version_number_check CHECK ((number > 0)),
    CONSTRAINT drive_version_size_check CHECK ((size >= 0)),
    CONSTRAINT drive_version_state_check CHECK ((state = ANY (ARRAY['clean'::text, 'pending'::text, 'quarantined'::text])))
);

ALTER TABLE ONLY public.drive_version FORCE ROW LEVEL SECURITY;

ALTER TABLE public.drive_version OWNER TO elyco_owner;

--
-- Name: erasure; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE TABLE public.erasure (
    tenant_id bigint DEFAULT (current_setting('app.tenant'::text))::bigint NOT NULL,
    id uuid NOT NULL,
    person_id uuid,
    author_id uuid,
    spaces bigint[] DEFAULT '{}'::bigint[] NOT NULL,
    created_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    CONSTRAINT erasure_check CHECK (((ended_at IS NULL) OR (person_id IS NULL)))
);

ALTER TABLE ONLY public.erasure FORCE ROW LEVEL SECURITY;

ALTER TABLE public.erasure OWNER TO elyco_owner;

--
-- Name: feed; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE TABLE public.feed (
    tenant_id bigint DEFAULT (current_setting('app.tenant'::text))::bigint NOT NULL,
    id uuid NOT NULL,
    source text NOT NULL,
    kind text NOT NULL,
    day date NOT NULL,
    label text NOT NULL,
    only_scope bigint,
    state text NOT NULL,
    problem text DEFAULT ''::text NOT NULL,
    records bigint DEFAULT 0 NOT NULL,
    author_id uuid,
    started_at timestamp with time zone NOT NULL,
    checked_at timestamp with time zone,
    applied_at timestamp with time zone,
    partial boolean DEFAULT false NOT NULL,
    whole_at timestamp with time zone,
    context text DEFAULT ''::text NOT NULL,
    standing text,
    CONSTRAINT feed_kind_check CHECK ((kind = ANY (ARRAY['complete'::text, 'delta'::text]))),
    CONSTRAINT feed_state_check CHECK ((state = ANY (ARRAY['reading'::text, 'checked'::text, 'applying'::text, 'applied'::text, 'refused'::text, 'dropped'::text])))
);

ALTER TABLE ONLY public.feed FORCE ROW LEVEL SECURITY;

ALTER TABLE public.feed OWNER TO elyco_owner;

--
-- Name: feed_finding; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE TABLE public.feed_finding (
    tenant_id bigint DEFAULT (current_setting('app.tenant'::text))::bigint NOT NULL,
    feed_id uuid NOT NULL,
    kind text NOT NULL,
    number integer NOT NULL,
    key text DEFAULT ''::text NOT NULL,
    name text DEFAULT ''::text NOT NULL,
    detail text DEFAULT ''::text NOT NULL,
    file text DEFAULT ''::text NOT NULL,
    line integer DEFAULT 0 NOT NULL
);

ALTER TABLE ONLY public.feed_finding FORCE ROW LEVEL SECURITY;

ALTER TABLE public.feed_finding OWNER TO elyco_owner;

--
-- Name: feed_function; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE TABLE public.feed_function (
    tenant_id bigint DEFAULT (current_setting('app.tenant'::text))::bigint NOT NULL,
    code text NOT NULL,
    label text NOT NULL,
    profile text,
    version integer DEFAULT 1 NOT NULL,
    CONSTRAINT feed_function_code_check CHECK (((length(code) >= 1) AND (length(code) <= 20))),
    CONSTRAINT feed_function_label_check CHECK ((length(label) <= 120))
);

ALTER TABLE ONLY public.feed_function FORCE ROW LEVEL SECURITY;

ALTER TABLE public.feed_function OWNER TO elyco_owner;

--
-- Name: feed_login; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE TABLE public.feed_login (
    tenant_id bigint DEFAULT (current_setting('app.tenant'::text))::bigint NOT NULL,
    base text NOT NULL,
    used integer NOT NULL
);

ALTER TABLE ONLY public.feed_login FORCE ROW LEVEL SECURITY;

ALTER TABLE public.feed_login OWNER TO elyco_owner;

--
-- Name: feed_part; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE TABLE public.feed_part (
    tenant_id bigint DEFAULT (current_setting('app.tenant'::text))::bigint NOT NULL,
    feed_id uuid NOT NULL,
    scope_id bigint NOT NULL,
    name text NOT NULL,
    uai text DEFAULT ''::text NOT NULL,
    source text NOT NULL,
    kind text NOT NULL,
    day date NOT NULL,
    label text NOT NULL,
    state text NOT NULL,
    known integer DEFAULT 0 NOT NULL,
    created integer DEFAULT 0 NOT NULL,
    arrived integer DEFAULT 0 NOT NULL,
    changed integer DEFAULT 0 NOT NULL,
    moved integer DEFAULT 0 NOT NULL,
    gone integer DEFAULT 0 NOT NULL,
    back integer DEFAULT 0 NOT NULL,
    classes integer DEFAULT 0 NOT NULL,
    placed integer DEFAULT 0 NOT NULL,
    known_ties integer DEFAULT 0 NOT NULL,
    ties integer DEFAULT 0 NOT NULL,
    changed_ties integer DEFAULT 0 NOT NULL,
    duplicates integer DEFAULT 0 NOT NULL,
    problems integer DEFAULT 0 NOT NULL,
    held_for text DEFAULT ''::text NOT NULL,
    reason text DEFAULT ''::text NOT NULL,
    author_id uuid,
    checked_at timestamp with time zone NOT NULL,
    applied_at timestamp with time zone,
    CONSTRAINT feed_part_state_check CHECK ((state = ANY (ARRAY['unchanged'::text, 'ready'::text, 'held'::text, 'confirmed'::text, 'applied'::text])))
);

ALTER TABLE ONLY public.feed_part FORCE ROW LEVEL SECURITY;

ALTER TABLE public.feed_part OWNER TO elyco_owner;

--
-- Name: goose_db_version; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE TABLE public.goose_db_version (
    id integer NOT NULL,
    version_id bigint NOT NULL,
    is_applied boolean NOT NULL,
    tstamp timestamp without time zone DEFAULT now() NOT NULL
);

ALTER TABLE public.goose_db_version OWNER TO elyco_owner;

--
-- Name: goose_db_version_id_seq; Type: SEQUENCE; Schema: public; Owner: elyco_owner
--

ALTER TABLE public.goose_db_version ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.goose_db_version_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

--
-- Name: group_member; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE TABLE public.group_member (
    tenant_id bigint DEFAULT (current_setting('app.tenant'::text))::bigint NOT NULL,
    group_id uuid NOT NULL,
    person_id uuid NOT NULL,
    profile text NOT NULL,
    source text DEFAULT 'manual'::text NOT NULL
);

ALTER TABLE ONLY public.group_member FORCE ROW LEVEL SECURITY;

ALTER TABLE public.group_member OWNER TO elyco_owner;

--
-- Name: guardianship; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE TABLE public.guardianship (
    tenant_id bigint DEFAULT (current_setting('app.tenant'::text))::bigint NOT NULL,
    child_id uuid NOT NULL,
    guardian_id uuid NOT NULL,
    child_profile text DEFAULT 'pupil'::text NOT NULL,
    guardian_profile text DEFAULT 'guardian'::text NOT NULL,
    tie text NOT NULL,
    legal_rank smallint,
    lives_with boolean DEFAULT true NOT NULL,
    pays boolean DEFAULT true NOT NULL,
    may_pick_up boolean DEFAULT true NOT NULL,
    emergency_contact boolean DEFAULT true NOT NULL,
    excluded_until date,
    starts_on date DEFAULT CURRENT_DATE NOT NULL,
    ends_on date,
    source text DEFAULT 'manual'::text NOT NULL,
    CONSTRAINT guardianship_child_profile_check CHECK ((child_profile = 'pupil'::text)),
    CONSTRAINT guardianship_guardian_profile_check CHECK ((guardian_profile = 'guardian'::text))
);

ALTER TABLE ONLY public.guardianship FORCE ROW LEVEL SECURITY;

ALTER TABLE public.guardianship OWNER TO elyco_owner;

--
-- Name: handin_box; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE TABLE public.handin_box (
    tenant_id bigint DEFAULT (current_setting('app.tenant'::text))::bigint NOT NULL,
    id uuid NOT NULL,
    target text NOT NULL,
    target_id uuid NOT NULL,
    target_name text NOT NULL,
    title text NOT NULL,
    instructions text DEFAULT ''::text NOT NULL,
    opens_at timestamp with time zone NOT NULL,
    closes_at timestamp with time zone NOT NULL,
    late boolean DEFAULT false NOT NULL,
    teams boolean DEFAULT false NOT NULL,
    author_id uuid,
    author_name text DEFAULT ''::text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    returned_at timestamp with time zone,
    version integer DEFAULT 1 NOT NULL,
    CONSTRAINT handin_box_check CHECK ((closes_at >= opens_at)),
    CONSTRAINT handin_box_instructions_check CHECK ((char_length(instructions) <= 4000)),
    CONSTRAINT handin_box_target_check CHECK ((target = ANY (ARRAY['class'::text, 'group'::text]))),
    CONSTRAINT handin_box_title_check CHECK (((char_length(title) >= 1) AND (char_length(title) <= 120)))
);

ALTER TABLE ONLY public.handin_box FORCE ROW LEVEL SECURITY;

ALTER TABLE public.handin_box OWNER TO elyco_owner;

--
-- Name: handin_deposit; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE TABLE public.handin_deposit (
    tenant_id bigint DEFAULT (current_setting('app.tenant'::text))::bigint NOT NULL,
    id uuid NOT NULL,
    box_id uuid NOT NULL,
    submitted_at timestamp with time zone,
    late boolean DEFAULT false NOT NULL,
    comment text DEFAULT ''::text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT handin_deposit_comment_check CHECK ((char_length(comment) <= 2000))
);

ALTER TABLE ONLY public.handin_deposit FORCE ROW LEVEL SECURITY;

ALTER TABLE public.handin_deposit OWNER TO elyco_owner;

--
-- Name: handin_file; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE TABLE public.handin_file (
    tenant_id bigint DEFAULT (current_setting('app.tenant'::text))::bigint NOT NULL,
    id uuid NOT NULL,
    box_id uuid NOT NULL,
    deposit_id uuid NOT NULL,
    is_copy boolean DEFAULT false NOT NULL,
    name text NOT NULL,
    size bigint DEFAULT 0 NOT NULL,
    author_id uuid,
    author_name text DEFAULT ''::text NOT NULL,
    added_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.handin_file FORCE ROW LEVEL SECURITY;

ALTER TABLE public.handin_file OWNER TO elyco_owner;

--
-- Name: handin_member; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE TABLE public.handin_member (
    tenant_id bigint DEFAULT (current_setting('app.tenant'::text))::bigint NOT NULL,
    box_id uuid NOT NULL,
    person_id uuid NOT NULL,
    deposit_id uuid NOT NULL
);

ALTER TABLE ONLY public.handin_member FORCE ROW LEVEL SECURITY;

ALTER TABLE public.handin_member OWNER TO elyco_owner;

--
-- Name: home_default; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE TABLE public.home_default (
    tenant_id bigint DEFAULT (current_setting('app.tenant'::text))::bigint NOT NULL,
    profile text NOT NULL,
    shown text[] NOT NULL,
    hidden text[] NOT NULL,
    changed_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.home_default FORCE ROW LEVEL SECURITY;

ALTER TABLE public.home_default OWNER TO elyco_owner;

--
-- Name: home_layout; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE TABLE public.home_layout (
    tenant_id bigint DEFAULT (current_setting('app.tenant'::text))::bigint NOT NULL,
    person_id uuid NOT NULL,
    shown text[] NOT NULL,
    hidden text[] NOT NULL,
    changed_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.home_layout FORCE ROW LEVEL SECURITY;

ALTER TABLE public.home_layout OWNER TO elyco_owner;

--
-- Name: job; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE TABLE public.job (
    tenant_id bigint DEFAULT (current_setting('app.tenant'::text))::bigint NOT NULL,
    id uuid NOT NULL,
    kind text NOT NULL,
    payload jsonb DEFAULT '{}'::jsonb NOT NULL,
    unique_key text,
    run_at timestamp with time zone NOT NULL,
    attempt integer DEFAULT 0 NOT NULL,
    state text DEFAULT 'ready'::text NOT NULL,
    lease_until timestamp with time zone,
    last_error text DEFAULT ''::text NOT NULL,
    progress jsonb DEFAULT '{}'::jsonb NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    finished_at timestamp with time zone,
    CONSTRAINT job_state_check CHECK ((state = ANY (ARRAY['ready'::text, 'running'::text, 'done'::text, 'failed'::text])))
);

ALTER TABLE ONLY public.job FORCE ROW LEVEL SECURITY;

ALTER TABLE public.job OWNER TO elyco_owner;

--
-- Name: known_device; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE TABLE public.known_device (
    tenant_id bigint DEFAULT (current_setting('app.tenant'::text))::bigint NOT NULL,
    person_id uuid NOT NULL,
    mark_hash bytea NOT NULL,
    first_at timestamp with time zone NOT NULL,
    last_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.known_device FORCE ROW LEVEL SECURITY;

ALTER TABLE public.known_device OWNER TO elyco_owner;

--
-- Name: letter; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE TABLE public.letter (
    tenant_id bigint DEFAULT (current_setting('app.tenant'::text))::bigint NOT NULL,
    id uuid NOT NULL,
    kind text NOT NULL,
    site text NOT NULL,
    subject text NOT NULL,
    body_text text NOT NULL,
    body_html text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    channel text DEFAULT 'mail'::text NOT NULL,
    payer text DEFAULT ''::text NOT NULL,
    path text DEFAULT ''::text NOT NULL,
    CONSTRAINT letter_channel_check CHECK ((channel = ANY (ARRAY['mail'::text, 'text'::text, 'voice'::text, 'push'::text]))),
    CONSTRAINT letter_kind_check CHECK ((kind ~ '^[a-z_]+\.[a-z_]+$'::text)),
    CONSTRAINT letter_path_check CHECK ((length(path) <= 500)),
    CONSTRAINT letter_payer_check CHECK ((payer = ANY (ARRAY[''::text, 'establishment'::text, 'collectivity'::text, 'academy'::text])))
);

ALTER TABLE ONLY public.letter FORCE ROW LEVEL SECURITY;

ALTER TABLE public.letter OWNER TO elyco_owner;

--
-- Name: letter_delivery; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE TABLE public.letter_delivery (
    tenant_id bigint DEFAULT (current_setting('app.tenant'::text))::bigint NOT NULL,
    id uuid NOT NULL,
    letter_id uuid NOT NULL,
    person_id uuid,
    name text DEFAULT ''::text NOT NULL,
    address text NOT NULL,
    state text DEFAULT 'waiting'::text NOT NULL,
    attempt integer DEFAULT 0 NOT NULL,
    due_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    error text DEFAULT ''::text NOT NULL,
    notice_id uuid,
    fields jsonb,
    heard text DEFAULT ''::text NOT NULL,
    delivered_at timestamp with time zone,
    answered_at timestamp with time zone,
    acknowledged_at timestamp with time zone,
    cost bigint DEFAULT 0 NOT NULL,
    CONSTRAINT letter_delivery_cost_check CHECK (((cost >= 0) AND (cost <= 1000000000))),
    CONSTRAINT letter_delivery_heard_check CHECK ((heard = ANY (ARRAY[''::text, 'failed'::text, 'delivered'::text, 'answered'::text, 'acknowledged'::text]))),
    CONSTRAINT letter_delivery_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'sending'::text, 'sent'::text, 'kept'::text, 'failed'::text])))
);

ALTER TABLE ONLY public.letter_delivery FORCE ROW LEVEL SECURITY;

ALTER TABLE public.letter_delivery OWNER TO elyco_owner;

--
-- Name: membership; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE TABLE public.membership (
    tenant_id bigint DEFAULT (current_setting('app.tenant'::text))::bigint NOT NULL,
    person_id uuid NOT NULL,
    profile text NOT NULL,
    given_name text NOT NULL,
    family_name text NOT NULL,
    function text DEFAULT ''::text NOT NULL,
    admin boolean DEFAULT false NOT NULL,
    sections text[] DEFAULT '{}'::text[] NOT NULL,
    starts_on date DEFAULT CURRENT_DATE NOT NULL,
    ends_on date,
    folded text GENERATED ALWAYS AS (public.fold(((family_name || ' '::text) || given_name))) STORED NOT NULL,
    source text DEFAULT 'manual'::text NOT NULL,
    missing_since date
);

ALTER TABLE ONLY public.membership FORCE ROW LEVEL SECURITY;

ALTER TABLE public.membership OWNER TO elyco_owner;

--
-- Name: message; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE TABLE public.message (
    tenant_id bigint DEFAULT (current_setting('app.tenant'::text))::bigint NOT NULL,
    id uuid NOT NULL,
    thread_id uuid NOT NULL,
    parent_id uuid,
    author_id uuid,
    author_name text DEFAULT ''::text NOT NULL,
    author_profile text DEFAULT ''::text NOT NULL,
    subject text DEFAULT ''::text NOT NULL,
    body text DEFAULT ''::text NOT NULL,
    html text DEFAULT ''::text NOT NULL,
    whom text DEFAULT ''::text NOT NULL,
    child_id uuid,
    child_name text DEFAULT ''::text NOT NULL,
    no_reply boolean DEFAULT false NOT NULL,
    receipt boolean DEFAULT false NOT NULL,
    state text DEFAULT 'draft'::text NOT NULL,
    saved_at timestamp with time zone NOT NULL,
    sent_at timestamp with time zone,
    expected integer DEFAULT 0 NOT NULL,
    reached integer DEFAULT 0 NOT NULL,
    delivered_to uuid DEFAULT '00000000-0000-0000-0000-000000000000'::uuid NOT NULL,
    batches integer DEFAULT 0 NOT NULL,
    recalled_at timestamp with time zone,
    recalled_by text DEFAULT ''::text NOT NULL,
    search tsvector GENERATED ALWAYS AS (((setweight(to_tsvector('public.fr'::regconfig, subject), 'A'::"char") || setweight(to_tsvector('public.fr'::regconfig, author_name), 'B'::"char")) || setweight(to_tsvector('public.fr'::regconfig, body), 'C'::"char"))) STORED NOT NULL,
    urgent boolean DEFAULT false NOT NULL,
    urgent_reason text DEFAULT ''::text NOT NULL,
    guardians text DEFAULT ''::text NOT NULL,
    send_at timestamp with time zone,
    device text DEFAULT ''::text NOT NULL,
    refusal text DEFAULT ''::text NOT NULL,
    CONSTRAINT message_body_check CHECK ((char_length(body) <= 20000)),
    CONSTRAINT message_guardians_check CHECK ((guardians = ANY (ARRAY[''::text, 'cc'::text, 'bcc'::text]))),
    CONSTRAINT message_recalled_by_check CHECK ((recalled_by = ANY (ARRAY[''::text, 'author'::text, 'moderator'::text]))),
    CONSTRAINT message_refusal_check CHECK ((char_length(refusal) <= 500)),
    CONSTRAINT message_scheduled_check CHECK (((state <> 'scheduled'::text) OR (send_at IS NOT NULL))),
    CONSTRAINT message_sent_check CHECK (((state = ANY (ARRAY['draft'::text, 'scheduled'::text, 'held'::text])) = (sent_at IS NULL))),
    CONSTRAINT message_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'scheduled'::text, 'held'::text, 'sending'::text, 'sent'::text]))),
    CONSTRAINT message_subject_check CHECK ((char_length(subject) <= 150)),
    CONSTRAINT message_urgent_reason_check CHECK ((char_length(urgent_reason) <= 300))
);

ALTER TABLE ONLY public.message FORCE ROW LEVEL SECURITY;

ALTER TABLE public.message OWNER TO elyco_owner;

--
-- Name: message_address; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE TABLE public.message_address (
    tenant_id bigint DEFAULT (current_setting('app.tenant'::text))::bigint NOT NULL,
    message_id uuid NOT NULL,
    number integer NOT NULL,
    field text NOT NULL,
    kind text NOT NULL,
    person_id uuid,
    place_id uuid,
    level text DEFAULT ''::text NOT NULL,
    profile text DEFAULT ''::text NOT NULL,
    label text DEFAULT ''::text NOT NULL,
    CONSTRAINT message_address_field_check CHECK ((field = ANY (ARRAY['to'::text, 'cc'::text, 'bcc'::text]))),
    CONSTRAINT message_address_kind_check CHECK ((kind = ANY (ARRAY['person'::text, 'guardians'::text, 'class'::text, 'group'::text, 'level'::text, 'school'::text])))
);

ALTER TABLE ONLY public.message_address FORCE ROW LEVEL SECURITY;

ALTER TABLE public.message_address OWNER TO elyco_owner;

--
-- Name: message_block; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE TABLE public.message_block (
    tenant_id bigint DEFAULT (current_setting('app.tenant'::text))::bigint NOT NULL,
    person_id uuid NOT NULL,
    author_id uuid NOT NULL,
    name text DEFAULT ''::text NOT NULL,
    blocked_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.message_block FORCE ROW LEVEL SECURITY;

ALTER TABLE public.message_block OWNER TO elyco_owner;

--
-- Name: message_copy; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE TABLE public.message_copy (
    tenant_id bigint DEFAULT (current_setting('app.tenant'::text))::bigint NOT NULL,
    message_id uuid NOT NULL,
    person_id uuid NOT NULL,
    field text NOT NULL,
    place text NOT NULL,
    folder_id uuid,
    about uuid[] DEFAULT '{}'::uuid[] NOT NULL,
    sent_at timestamp with time zone NOT NULL,
    batch integer DEFAULT 0 NOT NULL,
    read_at timestamp with time zone,
    trashed_at timestamp with time zone,
    visible_at timestamp with time zone NOT NULL,
    notify_at timestamp with time zone NOT NULL,
    profile text DEFAULT ''::text NOT NULL,
    CONSTRAINT message_copy_check CHECK (((place = 'folder'::text) = (folder_id IS NOT NULL))),
    CONSTRAINT message_copy_field_check CHECK ((field = ANY (ARRAY['author'::text, 'to'::text, 'cc'::text, 'bcc'::text]))),
    CONSTRAINT message_copy_place_check CHECK ((place = ANY (ARRAY['inbox'::text, 'sent'::text, 'folder'::text, 'gone'::text])))
);

ALTER TABLE ONLY public.message_copy FORCE ROW LEVEL SECURITY;

ALTER TABLE public.message_copy OWNER TO elyco_owner;

--
-- Name: message_file; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE TABLE public.message_file (
    tenant_id bigint DEFAULT (current_setting('app.tenant'::text))::bigint NOT NULL,
    message_id uuid NOT NULL,
    id uuid NOT NULL,
    box_id uuid NOT NULL,
    name text NOT NULL,
    size bigint DEFAULT 0 NOT NULL
);

ALTER TABLE ONLY public.message_file FORCE ROW LEVEL SECURITY;

ALTER TABLE public.message_file OWNER TO elyco_owner;

--
-- Name: message_folder; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE TABLE public.message_folder (
    tenant_id bigint DEFAULT (current_setting('app.tenant'::text))::bigint NOT NULL,
    person_id uuid NOT NULL,
    id uuid NOT NULL,
    parent_id uuid,
    name text NOT NULL,
    CONSTRAINT message_folder_name_check CHECK (((char_length(name) >= 1) AND (char_length(name) <= 60)))
);

ALTER TABLE ONLY public.message_folder FORCE ROW LEVEL SECURITY;

ALTER TABLE public.message_folder OWNER TO elyco_owner;

--
-- Name: message_hold; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE TABLE public.message_hold (
    tenant_id bigint DEFAULT (current_setting('app.tenant'::text))::bigint NOT NULL,
    id uuid NOT NULL,
    message_id uuid NOT NULL,
    author_id uuid,
    author_name text DEFAULT ''::text NOT NULL,
    author_profile text DEFAULT ''::text NOT NULL,
    device text DEFAULT ''::text NOT NULL,
    signs text[] NOT NULL,
    people integer NOT NULL,
    subject text NOT NULL,
    body text NOT NULL,
    whom text DEFAULT ''::text NOT NULL,
    held_at timestamp with time zone NOT NULL,
    state text DEFAULT 'open'::text NOT NULL,
    reader_id uuid,
    decided_at timestamp with time zone,
    reason text DEFAULT ''::text NOT NULL,
    reminded integer DEFAULT 0 NOT NULL,
    CONSTRAINT message_hold_reason_check CHECK ((char_length(reason) <= 500)),
    CONSTRAINT message_hold_state_check CHECK ((state = ANY (ARRAY['open'::text, 'released'::text, 'refused'::text, 'withdrawn'::text])))
);

ALTER TABLE ONLY public.message_hold FORCE ROW LEVEL SECURITY;

ALTER TABLE public.message_hold OWNER TO elyco_owner;

--
-- Name: message_moderator; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE TABLE public.message_moderator (
    tenant_id bigint DEFAULT (current_setting('app.tenant'::text))::bigint NOT NULL,
    person_id uuid NOT NULL,
    author_id uuid,
    named_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.message_moderator FORCE ROW LEVEL SECURITY;

ALTER TABLE public.message_moderator OWNER TO elyco_owner;

--
-- Name: message_recall; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE TABLE public.message_recall (
    tenant_id bigint DEFAULT (current_setting('app.tenant'::text))::bigint NOT NULL,
    id uuid NOT NULL,
    person_id uuid,
    name text DEFAULT ''::text NOT NULL,
    author_id uuid,
    since timestamp with time zone NOT NULL,
    till timestamp with time zone NOT NULL,
    reason text NOT NULL,
    made_at timestamp with time zone NOT NULL,
    total integer NOT NULL,
    done integer DEFAULT 0 NOT NULL,
    ended_at timestamp with time zone,
    CONSTRAINT message_recall_reason_check CHECK (((char_length(reason) >= 1) AND (char_length(reason) <= 500)))
);

ALTER TABLE ONLY public.message_recall FORCE ROW LEVEL SECURITY;

ALTER TABLE public.message_recall OWNER TO elyco_owner;

--
-- Name: message_report; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE TABLE public.message_report (
    tenant_id bigint DEFAULT (current_setting('app.tenant'::text))::bigint NOT NULL,
    id uuid NOT NULL,
    message_id uuid NOT NULL,
    person_id uuid,
    reason text NOT NULL,
    note text DEFAULT ''::text NOT NULL,
    reported_at timestamp with time zone NOT NULL,
    state text DEFAULT 'open'::text NOT NULL,
    author_id uuid,
    decided_at timestamp with time zone,
    told_at timestamp with time zone,
    CONSTRAINT message_report_note_check CHECK ((char_length(note) <= 1000)),
    CONSTRAINT message_report_reason_check CHECK ((reason = ANY (ARRAY['insult'::text, 'threat'::text, 'harassment'::text, 'spam'::text, 'other'::text]))),
    CONSTRAINT message_report_state_check CHECK ((state = ANY (ARRAY['open'::text, 'kept'::text, 'withdrawn'::text])))
);

ALTER TABLE ONLY public.message_report FORCE ROW LEVEL SECURITY;

ALTER TABLE public.message_report OWNER TO elyco_owner;

--
-- Name: message_signature; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE TABLE public.message_signature (
    tenant_id bigint DEFAULT (current_setting('app.tenant'::text))::bigint NOT NULL,
    person_id uuid NOT NULL,
    body text DEFAULT ''::text NOT NULL,
    CONSTRAINT message_signature_body_check CHECK ((char_length(body) <= 500))
);

ALTER TABLE ONLY public.message_signature FORCE ROW LEVEL SECURITY;

ALTER TABLE public.message_signature OWNER TO elyco_owner;

--
-- Name: message_stop; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE TABLE public.message_stop (
    tenant_id bigint DEFAULT (current_setting('app.tenant'::text))::bigint NOT NULL,
    id uuid NOT NULL,
    categories text[] NOT NULL,
    reason text NOT NULL,
    author_id uuid,
    started_at timestamp with time zone NOT NULL,
    until timestamp with time zone,
    actor_id uuid,
    ended_at timestamp with time zone,
    CONSTRAINT message_stop_categories_check CHECK (((cardinality(categories) > 0) AND (categories <@ ARRAY['pupil'::text, 'guardian'::text]))),
    CONSTRAINT message_stop_reason_check CHECK (((char_length(reason) >= 1) AND (char_length(reason) <= 500)))
);

ALTER TABLE ONLY public.message_stop FORCE ROW LEVEL SECURITY;

ALTER TABLE public.message_stop OWNER TO elyco_owner;

--
-- Name: mustread_notice; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE TABLE public.mustread_notice (
    tenant_id bigint DEFAULT (current_setting('app.tenant'::text))::bigint NOT NULL,
    id uuid NOT NULL,
    title text NOT NULL,
    body text NOT NULL,
    audience jsonb NOT NULL,
    whom text DEFAULT ''::text NOT NULL,
    goal_at timestamp with time zone NOT NULL,
    ways text[] DEFAULT '{}'::text[] NOT NULL,
    urgent boolean DEFAULT false NOT NULL,
    reason text DEFAULT ''::text NOT NULL,
    author_id uuid,
    author_name text DEFAULT ''::text NOT NULL,
    written_at timestamp with time zone NOT NULL,
    sent_at timestamp with time zone,
    ladder text[] DEFAULT '{}'::text[] NOT NULL,
    waits integer[] DEFAULT '{}'::integer[] NOT NULL,
    told_to uuid DEFAULT '00000000-0000-0000-0000-000000000000'::uuid NOT NULL,
    expected integer DEFAULT 0 NOT NULL,
    told integer DEFAULT 0 NOT NULL,
    batches integer DEFAULT 0 NOT NULL,
    state text DEFAULT 'draft'::text NOT NULL,
    CONSTRAINT mustread_notice_body_check CHECK ((char_length(body) <= 1500)),
    CONSTRAINT mustread_notice_check CHECK (((state = 'draft'::text) = (sent_at IS NULL))),
    CONSTRAINT mustread_notice_check1 CHECK (((NOT urgent) OR (reason <> ''::text))),
    CONSTRAINT mustread_notice_reason_check CHECK ((char_length(reason) <= 300)),
    CONSTRAINT mustread_notice_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'telling'::text, 'told'::text, 'stopped'::text]))),
    CONSTRAINT mustread_notice_title_check CHECK (((char_length(title) >= 1) AND (char_length(title) <= 120)))
);

ALTER TABLE ONLY public.mustread_notice FORCE ROW LEVEL SECURITY;

ALTER TABLE public.mustread_notice OWNER TO elyco_owner;

--
-- Name: mydata_export; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE TABLE public.mydata_export (
    tenant_id bigint DEFAULT (current_setting('app.tenant'::text))::bigint NOT NULL,
    id uuid NOT NULL,
    person_id uuid NOT NULL,
    author_id uuid NOT NULL,
    state text DEFAULT 'waiting'::text NOT NULL,
    spaces bigint[] NOT NULL,
    done integer DEFAULT 0 NOT NULL,
    total integer DEFAULT 0 NOT NULL,
    object_key text DEFAULT ''::text NOT NULL,
    size bigint DEFAULT 0 NOT NULL,
    created_at timestamp with time zone NOT NULL,
    finished_at timestamp with time zone,
    expires_at timestamp with time zone,
    CONSTRAINT mydata_export_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'ready'::text, 'failed'::text])))
);

ALTER TABLE ONLY public.mydata_export FORCE ROW LEVEL SECURITY;

ALTER TABLE public.mydata_export OWNER TO elyco_owner;

--
-- Name: notice; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE TABLE public.notice (
    tenant_id bigint DEFAULT (current_setting('app.tenant'::text))::bigint NOT NULL,
    id uuid NOT NULL,
    kind text NOT NULL,
    ref uuid,
    title text NOT NULL,
    body text DEFAULT ''::text NOT NULL,
    path text NOT NULL,
    author_id uuid,
    author_name text DEFAULT ''::text NOT NULL,
    urgent boolean DEFAULT false NOT NULL,
    written_at timestamp with time zone NOT NULL,
    sent_at timestamp with time zone NOT NULL,
    withdrawn_at timestamp with time zone,
    ladder text[] DEFAULT '{}'::text[] NOT NULL,
    waits integer[] DEFAULT '{}'::integer[] NOT NULL,
    ended_at timestamp with time zone,
    CONSTRAINT notice_body_check CHECK ((char_length(body) <= 2000)),
    CONSTRAINT notice_check CHECK ((cardinality(ladder) = cardinality(waits))),
    CONSTRAINT notice_kind_check CHECK ((kind ~ '^[a-z][a-z_]*\.[a-z_]+$'::text)),
    CONSTRAINT notice_path_check CHECK ((path ~~ '/%'::text)),
    CONSTRAINT notice_title_check CHECK (((char_length(title) >= 1) AND (char_length(title) <= 200)))
);

ALTER TABLE ONLY public.notice FORCE ROW LEVEL SECURITY;

ALTER TABLE public.notice OWNER TO elyco_owner;

--
-- Name: notice_choice; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE TABLE public.notice_choice (
    tenant_id bigint DEFAULT (current_setting('app.tenant'::text))::bigint NOT NULL,
    person_id uuid NOT NULL,
    kind text NOT NULL,
    ways text[] DEFAULT '{}'::text[] NOT NULL
);

ALTER TABLE ONLY public.notice_choice FORCE ROW LEVEL SECURITY;

ALTER TABLE public.notice_choice OWNER TO elyco_owner;

--
-- Name: notice_person; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE TABLE public.notice_person (
    tenant_id bigint DEFAULT (current_setting('app.tenant'::text))::bigint NOT NULL,
    notice_id uuid NOT NULL,
    person_id uuid NOT NULL,
    name text DEFAULT ''::text NOT NULL,
    about uuid[] DEFAULT '{}'::uuid[] NOT NULL,
    about_names text DEFAULT ''::text NOT NULL,
    staff boolean DEFAULT false NOT NULL,
    visible_at timestamp with time zone NOT NULL,
    notify_at timestamp with time zone NOT NULL,
    read_at timestamp with time zone,
    acknowledged_at timestamp with time zone,
    acknowledged_by text DEFAULT ''::text NOT NULL,
    noted_by uuid,
    code_hash bytea,
    step smallint DEFAULT 0 NOT NULL,
    next_at timestamp with time zone,
    CONSTRAINT notice_person_acknowledged_by_check CHECK ((acknowledged_by = ANY (ARRAY[''::text, 'page'::text, 'link'::text, 'text'::text, 'voice'::text, 'hand'::text]))),
    CONSTRAINT notice_person_check CHECK (((acknowledged_at IS NULL) = (acknowledged_by = ''::text)))
);

ALTER TABLE ONLY public.notice_person FORCE ROW LEVEL SECURITY;

ALTER TABLE public.notice_person OWNER TO elyco_owner;

--
-- Name: notice_rhythm; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE TABLE public.notice_rhythm (
    tenant_id bigint DEFAULT (current_setting('app.tenant'::text))::bigint NOT NULL,
    person_id uuid NOT NULL,
    digest text DEFAULT 'week'::text NOT NULL,
    language text DEFAULT 'fr'::text NOT NULL,
    CONSTRAINT notice_rhythm_digest_check CHECK ((digest = ANY (ARRAY['day'::text, 'week'::text, 'never'::text])))
);

ALTER TABLE ONLY public.notice_rhythm FORCE ROW LEVEL SECURITY;

ALTER TABLE public.notice_rhythm OWNER TO elyco_owner;

--
-- Name: notice_way; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE TABLE public.notice_way (
    tenant_id bigint DEFAULT (current_setting('app.tenant'::text))::bigint NOT NULL,
    notice_id uuid NOT NULL,
    person_id uuid NOT NULL,
    channel text NOT NULL,
    taken_at timestamp with time zone NOT NULL,
    outcome text NOT NULL,
    payer text DEFAULT ''::text NOT NULL,
    delivery_id uuid,
    CONSTRAINT notice_way_channel_check CHECK ((channel = ANY (ARRAY['page'::text, 'mail'::text, 'push'::text, 'text'::text, 'voice'::text, 'letter'::text]))),
    CONSTRAINT notice_way_outcome_check CHECK ((outcome = ANY (ARRAY['sent'::text, 'shown'::text, 'waiting'::text, 'printed'::text, 'no_address'::text, 'bounced'::text, 'closed'::text, 'withdrawn'::text]))),
    CONSTRAINT notice_way_payer_check CHECK ((payer = ANY (ARRAY[''::text, 'establishment'::text, 'collectivity'::text, 'academy'::text])))
);

ALTER TABLE ONLY public.notice_way FORCE ROW LEVEL SECURITY;

ALTER TABLE public.notice_way OWNER TO elyco_owner;

--
-- Name: oversight_copy; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE TABLE public.oversight_copy (
    tenant_id bigint DEFAULT (current_setting('app.tenant'::text))::bigint NOT NULL,
    id uuid NOT NULL,
    source_id bigint NOT NULL,
    lines jsonb DEFAULT '[]'::jsonb NOT NULL,
    state text DEFAULT 'planned'::text NOT NULL,
    handled integer DEFAULT 0 NOT NULL,
    author_id uuid,
    author_name text DEFAULT ''::text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT oversight_copy_state_check CHECK ((state = ANY (ARRAY['planned'::text, 'waiting'::text, 'done'::text, 'undoing'::text, 'undone'::text])))
);

ALTER TABLE ONLY public.oversight_copy FORCE ROW LEVEL SECURITY;

ALTER TABLE public.oversight_copy OWNER TO elyco_owner;

--
-- Name: oversight_import; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE TABLE public.oversight_import (
    tenant_id bigint DEFAULT (current_setting('app.tenant'::text))::bigint NOT NULL,
    id uuid NOT NULL,
    file_name text DEFAULT ''::text NOT NULL,
    lines jsonb DEFAULT '[]'::jsonb NOT NULL,
    problems jsonb DEFAULT '[]'::jsonb NOT NULL,
    state text DEFAULT 'read'::text NOT NULL,
    agreed text DEFAULT ''::text NOT NULL,
    report jsonb DEFAULT '{}'::jsonb NOT NULL,
    author_id uuid,
    author_name text DEFAULT ''::text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    applied_at timestamp with time zone,
    CONSTRAINT oversight_import_state_check CHECK ((state = ANY (ARRAY['read'::text, 'waiting'::text, 'applied'::text, 'failed'::text])))
);

ALTER TABLE ONLY public.oversight_import FORCE ROW LEVEL SECURITY;

ALTER TABLE public.oversight_import OWNER TO elyco_owner;

--
-- Name: passkey; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE TABLE public.passkey (
    tenant_id bigint DEFAULT (current_setting('app.tenant'::text))::bigint NOT NULL,
    id uuid NOT NULL,
    person_id uuid NOT NULL,
    name text NOT NULL,
    credential_id bytea NOT NULL,
    credential jsonb NOT NULL,
    created_at timestamp with time zone NOT NULL,
    used_at timestamp with time zone,
    CONSTRAINT passkey_name_check CHECK (((length(name) >= 1) AND (length(name) <= 60)))
);

ALTER TABLE ONLY public.passkey FORCE ROW LEVEL SECURITY;

ALTER TABLE public.passkey OWNER TO elyco_owner;

--
-- Name: passport; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE TABLE public.passport (
    tenant_id bigint DEFAULT (current_setting('app.tenant'::text))::bigint NOT NULL,
    person_id uuid NOT NULL,
    name text NOT NULL,
    body jsonb NOT NULL,
    issued_at timestamp with time zone DEFAULT now() NOT NULL
);

ALTER TABLE ONLY public.passport FORCE ROW LEVEL SECURITY;

ALTER TABLE public.passport OWNER TO elyco_owner;

--
-- Name: person; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE TABLE public.person (
    tenant_id bigint DEFAULT (current_setting('app.tenant'::text))::bigint NOT NULL,
    id uuid NOT NULL,
    given_name text NOT NULL,
    family_name text NOT NULL,
    birth_date date,
    email text,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);

ALTER TABLE ONLY public.person FORCE ROW LEVEL SECURITY;

ALTER TABLE public.person OWNER TO elyco_owner;

--
-- Name: person_apart; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE TABLE public.person_apart (
    tenant_id bigint DEFAULT (current_setting('app.tenant'::text))::bigint NOT NULL,
    one_id uuid NOT NULL,
    other_id uuid NOT NULL,
    author_id uuid,
    said_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.person_apart FORCE ROW LEVEL SECURITY;

ALTER TABLE public.person_apart OWNER TO elyco_owner;

--
-- Name: person_hours; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE TABLE public.person_hours (
    tenant_id bigint DEFAULT (current_setting('app.tenant'::text))::bigint NOT NULL,
    person_id uuid NOT NULL,
    days smallint,
    opens smallint,
    closes smallint,
    sees text DEFAULT 'space'::text NOT NULL,
    CONSTRAINT person_hours_check CHECK ((((closes >= 0) AND (closes <= 1440)) AND (closes > opens))),
    CONSTRAINT person_hours_check1 CHECK ((((days IS NULL) = (opens IS NULL)) AND ((days IS NULL) = (closes IS NULL)))),
    CONSTRAINT person_hours_check2 CHECK (((sees <> 'mine'::text) OR (days IS NOT NULL))),
    CONSTRAINT person_hours_days_check CHECK (((days >= 1) AND (days <= 127))),
    CONSTRAINT person_hours_opens_check CHECK (((opens >= 0) AND (opens <= 1440))),
    CONSTRAINT person_hours_sees_check CHECK ((sees = ANY (ARRAY['space'::text, 'at_once'::text, 'mine'::text])))
);

ALTER TABLE ONLY public.person_hours FORCE ROW LEVEL SECURITY;

ALTER TABLE public.person_hours OWNER TO elyco_owner;

--
-- Name: person_key; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE TABLE public.person_key (
    tenant_id bigint DEFAULT (current_setting('app.tenant'::text))::bigint NOT NULL,
    source text NOT NULL,
    key text NOT NULL,
    person_id uuid NOT NULL,
    print bigint
);

ALTER TABLE ONLY public.person_key FORCE ROW LEVEL SECURITY;

ALTER TABLE public.person_key OWNER TO elyco_owner;

--
-- Name: person_merge; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE TABLE public.person_merge (
    tenant_id bigint DEFAULT (current_setting('app.tenant'::text))::bigint NOT NULL,
    id uuid NOT NULL,
    kept_id uuid NOT NULL,
    gone_id uuid NOT NULL,
    kept_name text NOT NULL,
    gone_login text DEFAULT ''::text NOT NULL,
    author_id uuid,
    author_name text DEFAULT ''::text NOT NULL,
    merged_at timestamp with time zone NOT NULL,
    moved integer DEFAULT 0 NOT NULL,
    undone_at timestamp with time zone
);

ALTER TABLE ONLY public.person_merge FORCE ROW LEVEL SECURITY;

ALTER TABLE public.person_merge OWNER TO elyco_owner;

--
-- Name: person_merge_row; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE TABLE public.person_merge_row (
    tenant_id bigint DEFAULT (current_setting('app.tenant'::text))::bigint NOT NULL,
    merge_id uuid NOT NULL,
    n integer NOT NULL,
    scope_id bigint NOT NULL,
    in_table text NOT NULL,
    in_column text NOT NULL,
    key jsonb NOT NULL
);

ALTER TABLE ONLY public.person_merge_row FORCE ROW LEVEL SECURITY;

ALTER TABLE public.person_merge_row OWNER TO elyco_owner;

--
-- Name: person_photo; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE TABLE public.person_photo (
    tenant_id bigint DEFAULT (current_setting('app.tenant'::text))::bigint NOT NULL,
    person_id uuid NOT NULL,
    object_key text NOT NULL,
    content_type text NOT NULL,
    size bigint NOT NULL,
    added_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.person_photo FORCE ROW LEVEL SECURITY;

ALTER TABLE public.person_photo OWNER TO elyco_owner;

--
-- Name: photo_found; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE TABLE public.photo_found (
    tenant_id bigint DEFAULT (current_setting('app.tenant'::text))::bigint NOT NULL,
    import_id uuid NOT NULL,
    number integer NOT NULL,
    file_name text NOT NULL,
    person_id uuid,
    problem text DEFAULT ''::text NOT NULL,
    note text DEFAULT ''::text NOT NULL,
    object_key text DEFAULT ''::text NOT NULL,
    content_type text DEFAULT ''::text NOT NULL,
    size bigint DEFAULT 0 NOT NULL,
    CONSTRAINT photo_found_check CHECK (((problem = ''::text) = (object_key <> ''::text))),
    CONSTRAINT photo_found_problem_check CHECK ((problem = ANY (ARRAY[''::text, 'unmatched'::text, 'ambiguous'::text, 'twice'::text, 'refused'::text])))
);

ALTER TABLE ONLY public.photo_found FORCE ROW LEVEL SECURITY;

ALTER TABLE public.photo_found OWNER TO elyco_owner;

--
-- Name: photo_import; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE TABLE public.photo_import (
    tenant_id bigint DEFAULT (current_setting('app.tenant'::text))::bigint NOT NULL,
    id uuid NOT NULL,
    author_id uuid,
    object_key text NOT NULL,
    state text DEFAULT 'waiting'::text NOT NULL,
    total integer DEFAULT 0 NOT NULL,
    done integer DEFAULT 0 NOT NULL,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT photo_import_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'ready'::text, 'applied'::text, 'unreadable'::text])))
);

ALTER TABLE ONLY public.photo_import FORCE ROW LEVEL SECURITY;

ALTER TABLE public.photo_import OWNER TO elyco_owner;

--
-- Name: policy_delta; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE TABLE public.policy_delta (
    tenant_id bigint DEFAULT (current_setting('app.tenant'::text))::bigint NOT NULL,
    id uuid NOT NULL,
    room text NOT NULL,
    action text NOT NULL,
    profile text NOT NULL,
    number integer NOT NULL,
    reach text NOT NULL,
    closed boolean DEFAULT false NOT NULL,
    undoes uuid,
    author_id uuid,
    author_name text DEFAULT ''::text NOT NULL,
    set_at timestamp with time zone NOT NULL,
    CONSTRAINT policy_delta_check CHECK (((NOT closed) OR (reach <> 'inherited'::text))),
    CONSTRAINT policy_delta_number_check CHECK ((number > 0)),
    CONSTRAINT policy_delta_reach_check CHECK ((reach = ANY (ARRAY['inherited'::text, 'none'::text, 'self'::text, 'children'::text, 'classes'::text, 'sections'::text, 'establishment'::text, 'collectivity'::text, 'academy'::text])))
);

ALTER TABLE ONLY public.policy_delta FORCE ROW LEVEL SECURITY;

ALTER TABLE public.policy_delta OWNER TO elyco_owner;

--
-- Name: publication; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE TABLE public.publication (
    tenant_id bigint DEFAULT (current_setting('app.tenant'::text))::bigint NOT NULL,
    id uuid NOT NULL,
    room text NOT NULL,
    section text DEFAULT ''::text NOT NULL,
    title text NOT NULL,
    summary text DEFAULT ''::text NOT NULL,
    body text DEFAULT ''::text NOT NULL,
    body_html text DEFAULT ''::text NOT NULL,
    urgent boolean DEFAULT false NOT NULL,
    public boolean DEFAULT false NOT NULL,
    wants_receipt boolean DEFAULT false NOT NULL,
    state text NOT NULL,
    publish_at timestamp with time zone,
    ends_at timestamp with time zone,
    announced_at timestamp with time zone,
    author_id uuid,
    author_name text DEFAULT ''::text NOT NULL,
    keys text[] DEFAULT '{}'::text[] NOT NULL,
    audience jsonb DEFAULT '{}'::jsonb NOT NULL,
    audience_words text DEFAULT ''::text NOT NULL,
    cover_key text DEFAULT ''::text NOT NULL,
    cover_type text DEFAULT ''::text NOT NULL,
    cover_size bigint DEFAULT 0 NOT NULL,
    cover_alt text DEFAULT ''::text NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    search tsvector GENERATED ALWAYS AS (((setweight(to_tsvector('public.fr'::regconfig, title), 'A'::"char") || setweight(to_tsvector('public.fr'::regconfig, summary), 'B'::"char")) || setweight(to_tsvector('public.fr'::regconfig, body), 'C'::"char"))) STORED NOT NULL,
    CONSTRAINT publication_body_check CHECK ((char_length(body) <= 60000)),
    CONSTRAINT publication_check CHECK (((state <> 'published'::text) OR ((publish_at IS NOT NULL) AND (keys <> '{}'::text[])))),
    CONSTRAINT publication_room_check CHECK ((room = ANY (ARRAY['news'::text, 'territory'::text, 'announcements'::text]))),
    CONSTRAINT publication_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'review'::text, 'published'::text, 'withdrawn'::text, 'archived'::text]))),
    CONSTRAINT publication_summary_check CHECK ((char_length(summary) <= 400)),
    CONSTRAINT publication_title_check CHECK (((char_length(title) >= 1) AND (char_length(title) <= 160)))
);

ALTER TABLE ONLY public.publication FORCE ROW LEVEL SECURITY;

ALTER TABLE public.publication OWNER TO elyco_owner;

--
-- Name: publication_attachment; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE TABLE public.publication_attachment (
    tenant_id bigint DEFAULT (current_setting('app.tenant'::text))::bigint NOT NULL,
    id uuid NOT NULL,
    publication_id uuid NOT NULL,
    name text NOT NULL,
    content_type text NOT NULL,
    size bigint NOT NULL,
    blob_key text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT publication_attachment_name_check CHECK (((octet_length(name) >= 1) AND (octet_length(name) <= 200)))
);

ALTER TABLE ONLY public.publication_attachment FORCE ROW LEVEL SECURITY;

ALTER TABLE public.publication_attachment OWNER TO elyco_owner;

--
-- Name: publication_read; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE TABLE public.publication_read (
    tenant_id bigint DEFAULT (current_setting('app.tenant'::text))::bigint NOT NULL,
    publication_id uuid NOT NULL,
    person_id uuid NOT NULL,
    read_at timestamp with time zone NOT NULL,
    room text NOT NULL,
    acknowledged_at timestamp with time zone
);

ALTER TABLE ONLY public.publication_read FORCE ROW LEVEL SECURITY;

ALTER TABLE public.publication_read OWNER TO elyco_owner;

--
-- Name: push_device; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE TABLE public.push_device (
    tenant_id bigint DEFAULT (current_setting('app.tenant'::text))::bigint NOT NULL,
    id uuid NOT NULL,
    person_id uuid NOT NULL,
    endpoint text NOT NULL,
    p256dh text NOT NULL,
    auth text NOT NULL,
    name text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    used_at timestamp with time zone NOT NULL,
    CONSTRAINT push_device_auth_check CHECK ((length(auth) <= 40)),
    CONSTRAINT push_device_endpoint_check CHECK (((length(endpoint) >= 12) AND (length(endpoint) <= 1000))),
    CONSTRAINT push_device_name_check CHECK (((length(name) >= 1) AND (length(name) <= 80))),
    CONSTRAINT push_device_p256dh_check CHECK ((length(p256dh) <= 120))
);

ALTER TABLE ONLY public.push_device FORCE ROW LEVEL SECURITY;

ALTER TABLE public.push_device OWNER TO elyco_owner;

--
-- Name: recovery_code; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE TABLE public.recovery_code (
    tenant_id bigint DEFAULT (current_setting('app.tenant'::text))::bigint NOT NULL,
    person_id uuid NOT NULL,
    code_hash bytea NOT NULL,
    created_at timestamp with time zone NOT NULL,
    used_at timestamp with time zone
);

ALTER TABLE ONLY public.recovery_code FORCE ROW LEVEL SECURITY;

ALTER TABLE public.recovery_code OWNER TO elyco_owner;

--
-- Name: recovery_link; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE TABLE public.recovery_link (
    tenant_id bigint DEFAULT (current_setting('app.tenant'::text))::bigint NOT NULL,
    token_hash bytea NOT NULL,
    person_id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.recovery_link FORCE ROW LEVEL SECURITY;

ALTER TABLE public.recovery_link OWNER TO elyco_owner;

--
-- Name: recovery_request; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE TABLE public.recovery_request (
    tenant_id bigint DEFAULT (current_setting('app.tenant'::text))::bigint NOT NULL,
    id uuid NOT NULL,
    asked text NOT NULL,
    space_id bigint NOT NULL,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT recovery_request_asked_check CHECK (((length(asked) >= 1) AND (length(asked) <= 254)))
);

ALTER TABLE ONLY public.recovery_request FORCE ROW LEVEL SECURITY;

ALTER TABLE public.recovery_request OWNER TO elyco_owner;

--
-- Name: retention_run; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE TABLE public.retention_run (
    tenant_id bigint DEFAULT (current_setting('app.tenant'::text))::bigint NOT NULL,
    room text NOT NULL,
    at timestamp with time zone NOT NULL,
    removed bigint NOT NULL,
    total bigint NOT NULL
);

ALTER TABLE ONLY public.retention_run FORCE ROW LEVEL SECURITY;

ALTER TABLE public.retention_run OWNER TO elyco_owner;

--
-- Name: rollover; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE TABLE public.rollover (
    tenant_id bigint DEFAULT (current_setting('app.tenant'::text))::bigint NOT NULL,
    id uuid NOT NULL,
    from_year_id uuid NOT NULL,
    to_year_id uuid NOT NULL,
    starts_on date NOT NULL,
    ends_on date NOT NULL,
    opens_on date,
    leaving text[] DEFAULT '{}'::text[] NOT NULL,
    state text DEFAULT 'waiting'::text NOT NULL,
    classes integer DEFAULT 0 NOT NULL,
    people integer DEFAULT 0 NOT NULL,
    author_id uuid,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT rollover_check CHECK ((ends_on > starts_on)),
    CONSTRAINT rollover_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'applied'::text, 'undone'::text, 'refused'::text])))
);

ALTER TABLE ONLY public.rollover FORCE ROW LEVEL SECURITY;

ALTER TABLE public.rollover OWNER TO elyco_owner;

--
-- Name: rollover_ended; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE TABLE public.rollover_ended (
    tenant_id bigint DEFAULT (current_setting('app.tenant'::text))::bigint NOT NULL,
    rollover_id uuid NOT NULL,
    person_id uuid NOT NULL,
    profile text NOT NULL,
    ended_on date
);

ALTER TABLE ONLY public.rollover_ended FORCE ROW LEVEL SECURITY;

ALTER TABLE public.rollover_ended OWNER TO elyco_owner;

--
-- Name: roster_columns; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE TABLE public.roster_columns (
    tenant_id bigint DEFAULT (current_setting('app.tenant'::text))::bigint NOT NULL,
    kind text NOT NULL,
    matches jsonb NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    CONSTRAINT roster_columns_kind_check CHECK ((kind = ANY (ARRAY['pupils'::text, 'staff'::text])))
);

ALTER TABLE ONLY public.roster_columns FORCE ROW LEVEL SECURITY;

ALTER TABLE public.roster_columns OWNER TO elyco_owner;

--
-- Name: roster_draft; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE TABLE public.roster_draft (
    tenant_id bigint DEFAULT (current_setting('app.tenant'::text))::bigint NOT NULL,
    id uuid NOT NULL,
    kind text NOT NULL,
    name text NOT NULL,
    content bytea NOT NULL,
    matches jsonb,
    feed_id uuid,
    author_id uuid NOT NULL,
    started_at timestamp with time zone NOT NULL,
    CONSTRAINT roster_draft_content_check CHECK (((octet_length(content) >= 1) AND (octet_length(content) <= 8388608))),
    CONSTRAINT roster_draft_kind_check CHECK ((kind = ANY (ARRAY['pupils'::text, 'staff'::text]))),
    CONSTRAINT roster_draft_name_check CHECK (((char_length(name) >= 1) AND (char_length(name) <= 120)))
);

ALTER TABLE ONLY public.roster_draft FORCE ROW LEVEL SECURITY;

ALTER TABLE public.roster_draft OWNER TO elyco_owner;

--
-- Name: school_term; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE TABLE public.school_term (
    tenant_id bigint DEFAULT (current_setting('app.tenant'::text))::bigint NOT NULL,
    id uuid NOT NULL,
    school_year_id uuid NOT NULL,
    name text NOT NULL,
    starts_on date NOT NULL,
    ends_on date NOT NULL,
    CONSTRAINT school_term_check CHECK ((ends_on >= starts_on)),
    CONSTRAINT school_term_name_check CHECK (((length(name) >= 1) AND (length(name) <= 60)))
);

ALTER TABLE ONLY public.school_term FORCE ROW LEVEL SECURITY;

ALTER TABLE public.school_term OWNER TO elyco_owner;

--
-- Name: school_year; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE TABLE public.school_year (
    tenant_id bigint DEFAULT (current_setting('app.tenant'::text))::bigint NOT NULL,
    id uuid NOT NULL,
    label text NOT NULL,
    starts_on date NOT NULL,
    ends_on date NOT NULL,
    CONSTRAINT school_year_check CHECK ((ends_on > starts_on))
);

ALTER TABLE ONLY public.school_year FORCE ROW LEVEL SECURITY;

ALTER TABLE public.school_year OWNER TO elyco_owner;

--
-- Name: service_decision; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE TABLE public.service_decision (
    tenant_id bigint DEFAULT (current_setting('app.tenant'::text))::bigint NOT NULL,
    service text NOT NULL,
    open boolean NOT NULL,
    decided_on date NOT NULL,
    note text DEFAULT ''::text NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    author_id uuid,
    made_at timestamp with time zone NOT NULL,
    CONSTRAINT service_decision_note_check CHECK ((length(note) <= 300))
);

ALTER TABLE ONLY public.service_decision FORCE ROW LEVEL SECURITY;

ALTER TABLE public.service_decision OWNER TO elyco_owner;

--
-- Name: session; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE TABLE public.session (
    tenant_id bigint DEFAULT (current_setting('app.tenant'::text))::bigint NOT NULL,
    token_hash bytea NOT NULL,
    sign_on_id uuid NOT NULL,
    host_scope bigint NOT NULL,
    person_id uuid NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    preview jsonb
);

ALTER TABLE ONLY public.session FORCE ROW LEVEL SECURITY;

ALTER TABLE public.session OWNER TO elyco_owner;

--
-- Name: setting; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE TABLE public.setting (
    tenant_id bigint DEFAULT (current_setting('app.tenant'::text))::bigint NOT NULL,
    name text NOT NULL,
    value jsonb NOT NULL,
    locked boolean DEFAULT false NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    author_id uuid,
    set_at timestamp with time zone NOT NULL,
    CONSTRAINT setting_name_check CHECK ((name ~ '^[a-z][a-z_]*(\.[a-z0-9_]+)+$'::text)),
    CONSTRAINT setting_value_check CHECK ((length((value)::text) <= 20000))
);

ALTER TABLE ONLY public.setting FORCE ROW LEVEL SECURITY;

ALTER TABLE public.setting OWNER TO elyco_owner;

--
-- Name: sheet_part; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE TABLE public.sheet_part (
    tenant_id bigint DEFAULT (current_setting('app.tenant'::text))::bigint NOT NULL,
    run_id uuid NOT NULL,
    place integer NOT NULL,
    class_id uuid,
    audience text NOT NULL,
    label text NOT NULL,
    state text DEFAULT 'waiting'::text NOT NULL,
    people integer DEFAULT 0 NOT NULL,
    object_key text DEFAULT ''::text NOT NULL,
    size bigint DEFAULT 0 NOT NULL,
    CONSTRAINT sheet_part_audience_check CHECK ((audience = ANY (ARRAY['pupils'::text, 'guardians'::text, 'staff'::text]))),
    CONSTRAINT sheet_part_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'done'::text, 'failed'::text])))
);

ALTER TABLE ONLY public.sheet_part FORCE ROW LEVEL SECURITY;

ALTER TABLE public.sheet_part OWNER TO elyco_owner;

--
-- Name: sheet_run; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE TABLE public.sheet_run (
    tenant_id bigint DEFAULT (current_setting('app.tenant'::text))::bigint NOT NULL,
    id uuid NOT NULL,
    author_id uuid NOT NULL,
    title text NOT NULL,
    renew boolean NOT NULL,
    created_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    CONSTRAINT sheet_run_title_check CHECK (((length(title) >= 1) AND (length(title) <= 200)))
);

ALTER TABLE ONLY public.sheet_run FORCE ROW LEVEL SECURITY;

ALTER TABLE public.sheet_run OWNER TO elyco_owner;

--
-- Name: sign_in_failure; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE TABLE public.sign_in_failure (
    tenant_id bigint DEFAULT (current_setting('app.tenant'::text))::bigint NOT NULL,
    subject text NOT NULL,
    failures integer NOT NULL,
    last_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.sign_in_failure FORCE ROW LEVEL SECURITY;

ALTER TABLE public.sign_in_failure OWNER TO elyco_owner;

--
-- Name: sign_in_half; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE TABLE public.sign_in_half (
    tenant_id bigint DEFAULT (current_setting('app.tenant'::text))::bigint NOT NULL,
    token_hash bytea NOT NULL,
    person_id uuid NOT NULL,
    host_scope bigint NOT NULL,
    device text NOT NULL,
    network text NOT NULL,
    subject text NOT NULL,
    password_sum bytea NOT NULL,
    tries integer NOT NULL,
    expires_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.sign_in_half FORCE ROW LEVEL SECURITY;

ALTER TABLE public.sign_in_half OWNER TO elyco_owner;

--
-- Name: sign_in_notice; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE TABLE public.sign_in_notice (
    tenant_id bigint DEFAULT (current_setting('app.tenant'::text))::bigint NOT NULL,
    id uuid NOT NULL,
    person_id uuid NOT NULL,
    device text NOT NULL,
    network text NOT NULL,
    at timestamp with time zone NOT NULL,
    answered_at timestamp with time zone
);

ALTER TABLE ONLY public.sign_in_notice FORCE ROW LEVEL SECURITY;

ALTER TABLE public.sign_in_notice OWNER TO elyco_owner;

--
-- Name: sign_on; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE TABLE public.sign_on (
    tenant_id bigint DEFAULT (current_setting('app.tenant'::text))::bigint NOT NULL,
    id uuid NOT NULL,
    person_id uuid NOT NULL,
    device text NOT NULL,
    network text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    seen_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    proved_at timestamp with time zone DEFAULT '1970-01-01 00:00:00+00'::timestamp with time zone NOT NULL,
    device_since timestamp with time zone DEFAULT now() NOT NULL
);

ALTER TABLE ONLY public.sign_on FORCE ROW LEVEL SECURITY;

ALTER TABLE public.sign_on OWNER TO elyco_owner;

--
-- Name: sign_on_ticket; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE TABLE public.sign_on_ticket (
    tenant_id bigint DEFAULT (current_setting('app.tenant'::text))::bigint NOT NULL,
    ticket_hash bytea NOT NULL,
    sign_on_id uuid NOT NULL,
    host_scope bigint NOT NULL,
    return_path text NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    seal bytea DEFAULT '\x'::bytea NOT NULL
);

ALTER TABLE ONLY public.sign_on_ticket FORCE ROW LEVEL SECURITY;

ALTER TABLE public.sign_on_ticket OWNER TO elyco_owner;

--
-- Name: slip; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE TABLE public.slip (
    tenant_id bigint DEFAULT (current_setting('app.tenant'::text))::bigint NOT NULL,
    id uuid NOT NULL,
    kind text NOT NULL,
    state text NOT NULL,
    title text NOT NULL,
    body text NOT NULL,
    html text NOT NULL,
    questions jsonb NOT NULL,
    texts jsonb NOT NULL,
    audience jsonb NOT NULL,
    whom text NOT NULL,
    anonymous boolean NOT NULL,
    per_child boolean NOT NULL,
    both_answer boolean NOT NULL,
    required boolean NOT NULL,
    results_open boolean NOT NULL,
    reminds boolean NOT NULL,
    closes_at timestamp with time zone,
    published_at timestamp with time zone,
    closed_at timestamp with time zone,
    author_id uuid,
    author_name text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    CONSTRAINT slip_body_check CHECK ((char_length(body) <= 8000)),
    CONSTRAINT slip_kind_check CHECK ((kind = ANY (ARRAY['slip'::text, 'survey'::text, 'ballot'::text]))),
    CONSTRAINT slip_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'published'::text, 'closed'::text, 'withdrawn'::text]))),
    CONSTRAINT slip_title_check CHECK ((char_length(title) <= 140))
);

ALTER TABLE ONLY public.slip FORCE ROW LEVEL SECURITY;

ALTER TABLE public.slip OWNER TO elyco_owner;

--
-- Name: slip_asked; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE TABLE public.slip_asked (
    tenant_id bigint DEFAULT (current_setting('app.tenant'::text))::bigint NOT NULL,
    slip_id uuid NOT NULL,
    child_id uuid NOT NULL,
    person_id uuid NOT NULL,
    profile text NOT NULL,
    person_name text NOT NULL,
    child_name text NOT NULL,
    class_name text NOT NULL,
    told boolean DEFAULT false NOT NULL
);

ALTER TABLE ONLY public.slip_asked FORCE ROW LEVEL SECURITY;

ALTER TABLE public.slip_asked OWNER TO elyco_owner;

--
-- Name: slip_file; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE TABLE public.slip_file (
    tenant_id bigint DEFAULT (current_setting('app.tenant'::text))::bigint NOT NULL,
    slip_id uuid NOT NULL,
    id uuid NOT NULL,
    name text NOT NULL,
    size bigint NOT NULL
);

ALTER TABLE ONLY public.slip_file FORCE ROW LEVEL SECURITY;

ALTER TABLE public.slip_file OWNER TO elyco_owner;

--
-- Name: slip_reply; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE TABLE public.slip_reply (
    tenant_id bigint DEFAULT (current_setting('app.tenant'::text))::bigint NOT NULL,
    slip_id uuid NOT NULL,
    child_id uuid NOT NULL,
    person_id uuid NOT NULL,
    answers jsonb NOT NULL,
    signed_as text NOT NULL,
    signed_at timestamp with time zone NOT NULL,
    changes integer DEFAULT 0 NOT NULL,
    on_paper boolean DEFAULT false NOT NULL,
    writer_id uuid,
    writer_name text DEFAULT ''::text NOT NULL,
    CONSTRAINT slip_reply_signed_as_check CHECK ((char_length(signed_as) <= 120))
);

ALTER TABLE ONLY public.slip_reply FORCE ROW LEVEL SECURITY;

ALTER TABLE public.slip_reply OWNER TO elyco_owner;

--
-- Name: slip_roll; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE TABLE public.slip_roll (
    tenant_id bigint DEFAULT (current_setting('app.tenant'::text))::bigint NOT NULL,
    slip_id uuid NOT NULL,
    child_id uuid NOT NULL,
    person_id uuid NOT NULL
);

ALTER TABLE ONLY public.slip_roll FORCE ROW LEVEL SECURITY;

ALTER TABLE public.slip_roll OWNER TO elyco_owner;

--
-- Name: slip_round; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE TABLE public.slip_round (
    tenant_id bigint DEFAULT (current_setting('app.tenant'::text))::bigint NOT NULL,
    slip_id uuid NOT NULL,
    stage text NOT NULL,
    begun_at timestamp with time zone NOT NULL,
    after_id uuid DEFAULT '00000000-0000-0000-0000-000000000000'::uuid NOT NULL,
    people integer DEFAULT 0 NOT NULL,
    done boolean DEFAULT false NOT NULL
);

ALTER TABLE ONLY public.slip_round FORCE ROW LEVEL SECURITY;

ALTER TABLE public.slip_round OWNER TO elyco_owner;

--
-- Name: slip_template; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE TABLE public.slip_template (
    tenant_id bigint DEFAULT (current_setting('app.tenant'::text))::bigint NOT NULL,
    id uuid NOT NULL,
    title text NOT NULL,
    content jsonb NOT NULL,
    author_id uuid,
    author_name text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT slip_template_title_check CHECK ((char_length(title) <= 140))
);

ALTER TABLE ONLY public.slip_template FORCE ROW LEVEL SECURITY;

ALTER TABLE public.slip_template OWNER TO elyco_owner;

--
-- Name: slip_urn; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE TABLE public.slip_urn (
    tenant_id bigint DEFAULT (current_setting('app.tenant'::text))::bigint NOT NULL,
    slip_id uuid NOT NULL,
    part integer NOT NULL,
    sealed bytea NOT NULL
);

ALTER TABLE ONLY public.slip_urn FORCE ROW LEVEL SECURITY;

ALTER TABLE public.slip_urn OWNER TO elyco_owner;

--
-- Name: space; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE TABLE public.space (
    tenant_id bigint DEFAULT (current_setting('app.tenant'::text))::bigint NOT NULL,
    name text,
    presentation text,
    contact_email text,
    contact_phone text,
    address text,
    services text[],
    closed_below text[] DEFAULT '{}'::text[] NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    CONSTRAINT space_address_check CHECK ((length(address) <= 300)),
    CONSTRAINT space_contact_email_check CHECK ((length(contact_email) <= 254)),
    CONSTRAINT space_contact_phone_check CHECK ((length(contact_phone) <= 40)),
    CONSTRAINT space_name_check CHECK (((length(name) >= 1) AND (length(name) <= 120))),
    CONSTRAINT space_presentation_check CHECK ((length(presentation) <= 2000))
);

ALTER TABLE ONLY public.space FORCE ROW LEVEL SECURITY;

ALTER TABLE public.space OWNER TO elyco_owner;

--
-- Name: space_standing; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE TABLE public.space_standing (
    tenant_id bigint DEFAULT (current_setting('app.tenant'::text))::bigint NOT NULL,
    space_id bigint NOT NULL,
    people integer NOT NULL,
    profiles jsonb DEFAULT '{}'::jsonb NOT NULL,
    administrators integer NOT NULL,
    accounts integer NOT NULL,
    present integer NOT NULL,
    counted_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.space_standing FORCE ROW LEVEL SECURITY;

ALTER TABLE public.space_standing OWNER TO elyco_owner;

--
-- Name: staged_class; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE UNLOGGED TABLE public.staged_class (
    feed_id uuid NOT NULL,
    scope_id bigint NOT NULL,
    code text NOT NULL,
    grouped boolean NOT NULL,
    level text NOT NULL,
    voted boolean DEFAULT false NOT NULL
);

ALTER TABLE public.staged_class OWNER TO elyco_owner;

--
-- Name: staged_lesson; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE UNLOGGED TABLE public.staged_lesson (
    feed_id uuid NOT NULL,
    scope_id bigint NOT NULL,
    key text NOT NULL,
    code text NOT NULL,
    grouped boolean NOT NULL,
    subject text NOT NULL,
    label text NOT NULL
);

ALTER TABLE public.staged_lesson OWNER TO elyco_owner;

--
-- Name: staged_member; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE UNLOGGED TABLE public.staged_member (
    feed_id uuid NOT NULL,
    scope_id bigint NOT NULL,
    key text NOT NULL,
    profile text NOT NULL,
    function text NOT NULL
);

ALTER TABLE public.staged_member OWNER TO elyco_owner;

--
-- Name: staged_person; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE UNLOGGED TABLE public.staged_person (
    feed_id uuid NOT NULL,
    key text NOT NULL,
    kind text NOT NULL,
    operation text NOT NULL,
    given integer NOT NULL,
    given_name text,
    family_name text,
    birth_date date,
    email text,
    ine text,
    file text NOT NULL,
    line integer NOT NULL,
    print bigint
);

ALTER TABLE public.staged_person OWNER TO elyco_owner;

--
-- Name: staged_place; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE UNLOGGED TABLE public.staged_place (
    feed_id uuid NOT NULL,
    scope_id bigint NOT NULL,
    key text NOT NULL,
    profile text NOT NULL,
    code text NOT NULL,
    grouped boolean NOT NULL,
    form boolean NOT NULL
);

ALTER TABLE public.staged_place OWNER TO elyco_owner;

--
-- Name: staged_structure; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE UNLOGGED TABLE public.staged_structure (
    feed_id uuid NOT NULL,
    key text NOT NULL,
    uai text NOT NULL,
    name text NOT NULL,
    scope_id bigint
);

ALTER TABLE public.staged_structure OWNER TO elyco_owner;

--
-- Name: staged_tie; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE UNLOGGED TABLE public.staged_tie (
    feed_id uuid NOT NULL,
    scope_id bigint NOT NULL,
    child text NOT NULL,
    relative text NOT NULL,
    kinship text NOT NULL,
    rank smallint,
    pays boolean NOT NULL,
    contact boolean NOT NULL,
    home boolean NOT NULL
);

ALTER TABLE public.staged_tie OWNER TO elyco_owner;

--
-- Name: staged_touch; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE UNLOGGED TABLE public.staged_touch (
    feed_id uuid NOT NULL,
    scope_id bigint NOT NULL,
    key text NOT NULL
);

ALTER TABLE public.staged_touch OWNER TO elyco_owner;

--
-- Name: structure_key; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE TABLE public.structure_key (
    tenant_id bigint DEFAULT (current_setting('app.tenant'::text))::bigint NOT NULL,
    source text NOT NULL,
    key text NOT NULL,
    scope_id bigint NOT NULL
);

ALTER TABLE ONLY public.structure_key FORCE ROW LEVEL SECURITY;

ALTER TABLE public.structure_key OWNER TO elyco_owner;

--
-- Name: subject; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE TABLE public.subject (
    tenant_id bigint DEFAULT (current_setting('app.tenant'::text))::bigint NOT NULL,
    id uuid NOT NULL,
    code text,
    label text NOT NULL,
    short text DEFAULT ''::text NOT NULL,
    CONSTRAINT subject_code_check CHECK ((code <> ''::text)),
    CONSTRAINT subject_label_check CHECK (((char_length(label) >= 1) AND (char_length(label) <= 80))),
    CONSTRAINT subject_short_check CHECK ((char_length(short) <= 20))
);

ALTER TABLE ONLY public.subject FORCE ROW LEVEL SECURITY;

ALTER TABLE public.subject OWNER TO elyco_owner;

--
-- Name: support_visit; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE TABLE public.support_visit (
    tenant_id bigint DEFAULT (current_setting('app.tenant'::text))::bigint NOT NULL,
    id uuid NOT NULL,
    person_id uuid NOT NULL,
    person_name text NOT NULL,
    author_id uuid,
    author_name text NOT NULL,
    space_id bigint NOT NULL,
    reason text NOT NULL,
    begun_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    CONSTRAINT support_visit_reason_check CHECK (((length(reason) >= 1) AND (length(reason) <= 500)))
);

ALTER TABLE ONLY public.support_visit FORCE ROW LEVEL SECURITY;

ALTER TABLE public.support_visit OWNER TO elyco_owner;

--
-- Name: teaching; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE TABLE public.teaching (
    tenant_id bigint DEFAULT (current_setting('app.tenant'::text))::bigint NOT NULL,
    id uuid NOT NULL,
    subject_id uuid NOT NULL,
    teacher_id uuid NOT NULL,
    teacher_profile text DEFAULT 'teacher'::text NOT NULL,
    class_id uuid,
    group_id uuid,
    source text DEFAULT 'manual'::text NOT NULL,
    CONSTRAINT teaching_check CHECK ((num_nonnulls(class_id, group_id) = 1)),
    CONSTRAINT teaching_teacher_profile_check CHECK ((teacher_profile = 'teacher'::text))
);

ALTER TABLE ONLY public.teaching FORCE ROW LEVEL SECURITY;

ALTER TABLE public.teaching OWNER TO elyco_owner;

--
-- Name: teaching_group; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE TABLE public.teaching_group (
    tenant_id bigint DEFAULT (current_setting('app.tenant'::text))::bigint NOT NULL,
    id uuid NOT NULL,
    school_year_id uuid NOT NULL,
    name text NOT NULL,
    kind text DEFAULT 'pedagogical'::text NOT NULL,
    source_key text,
    version integer DEFAULT 1 NOT NULL,
    CONSTRAINT teaching_group_kind_check CHECK ((kind = ANY (ARRAY['pedagogical'::text, 'automatic'::text, 'manual'::text])))
);

ALTER TABLE ONLY public.teaching_group FORCE ROW LEVEL SECURITY;

ALTER TABLE public.teaching_group OWNER TO elyco_owner;

--
-- Name: tenant; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE TABLE public.tenant (
    id bigint NOT NULL,
    kind text NOT NULL,
    parent_id bigint,
    slug text NOT NULL,
    name text NOT NULL,
    uai text,
    provisional boolean DEFAULT false NOT NULL,
    made_up boolean DEFAULT false NOT NULL,
    nature text DEFAULT ''::text NOT NULL,
    sector text DEFAULT ''::text NOT NULL,
    city text DEFAULT ''::text NOT NULL,
    department text DEFAULT ''::text NOT NULL,
    wave text DEFAULT ''::text NOT NULL,
    pilot boolean DEFAULT false NOT NULL,
    state text DEFAULT 'open'::text NOT NULL,
    state_note text DEFAULT ''::text NOT NULL,
    theme text DEFAULT ''::text NOT NULL,
    domain text,
    presentation text DEFAULT ''::text NOT NULL,
    contact_email text DEFAULT ''::text NOT NULL,
    contact_phone text DEFAULT ''::text NOT NULL,
    address text DEFAULT ''::text NOT NULL,
    opened_on date,
    services text[] DEFAULT '{}'::text[] NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    merged_into bigint,
    wave_decided boolean DEFAULT false NOT NULL,
    CONSTRAINT tenant_check CHECK (((kind = 'academy'::text) = (parent_id IS NULL))),
    CONSTRAINT tenant_kind_check CHECK ((kind = ANY (ARRAY['academy'::text, 'collectivity'::text, 'establishment'::text]))),
    CONSTRAINT tenant_name_check CHECK (((length(name) >= 1) AND (length(name) <= 120))),
    CONSTRAINT tenant_sector_check CHECK ((sector = ANY (ARRAY[''::text, 'public'::text, 'private'::text]))),
    CONSTRAINT tenant_slug_check CHECK ((slug ~ '^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$'::text)),
    CONSTRAINT tenant_state_check CHECK ((state = ANY (ARRAY['planned'::text, 'opening'::text, 'open'::text, 'suspended'::text, 'closed'::text, 'merged'::text])))
);

ALTER TABLE public.tenant OWNER TO elyco_owner;

--
-- Name: tenant_event; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE TABLE public.tenant_event (
    tenant_id bigint DEFAULT (current_setting('app.tenant'::text))::bigint NOT NULL,
    id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    kind text NOT NULL,
    was text DEFAULT ''::text NOT NULL,
    becomes text DEFAULT ''::text NOT NULL,
    was_note text DEFAULT ''::text NOT NULL,
    note text DEFAULT ''::text NOT NULL,
    reason text DEFAULT ''::text NOT NULL,
    actor_id uuid,
    actor_name text DEFAULT ''::text NOT NULL,
    CONSTRAINT tenant_event_kind_check CHECK ((kind = ANY (ARRAY['state'::text, 'wave'::text])))
);

ALTER TABLE ONLY public.tenant_event FORCE ROW LEVEL SECURITY;

ALTER TABLE public.tenant_event OWNER TO elyco_owner;

--
-- Name: tenant_id_seq; Type: SEQUENCE; Schema: public; Owner: elyco_owner
--

ALTER TABLE public.tenant ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.tenant_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

--
-- Name: theme_version; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE TABLE public.theme_version (
    tenant_id bigint DEFAULT (current_setting('app.tenant'::text))::bigint NOT NULL,
    id uuid NOT NULL,
    number integer,
    state text NOT NULL,
    source text DEFAULT ''::text NOT NULL,
    accent text DEFAULT ''::text NOT NULL,
    logo bytea DEFAULT '\x'::bytea NOT NULL,
    logo_type text DEFAULT ''::text NOT NULL,
    favicon bytea DEFAULT '\x'::bytea NOT NULL,
    favicon_type text DEFAULT ''::text NOT NULL,
    banner bytea DEFAULT '\x'::bytea NOT NULL,
    banner_type text DEFAULT ''::text NOT NULL,
    author_id uuid,
    author_name text DEFAULT ''::text NOT NULL,
    note text DEFAULT ''::text NOT NULL,
    revision integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    published_at timestamp with time zone,
    CONSTRAINT theme_version_accent_check CHECK ((accent ~ '^(#[0-9a-f]{6})?$'::text)),
    CONSTRAINT theme_version_banner_check CHECK ((length(banner) <= 307200)),
    CONSTRAINT theme_version_banner_type_check CHECK ((banner_type = ANY (ARRAY[''::text, 'image/svg+xml'::text, 'image/png'::text, 'image/jpeg'::text]))),
    CONSTRAINT theme_version_check CHECK (((state = 'published'::text) = (number IS NOT NULL))),
    CONSTRAINT theme_version_check1 CHECK (((state = 'published'::text) = (published_at IS NOT NULL))),
    CONSTRAINT theme_version_favicon_check CHECK ((length(favicon) <= 307200)),
    CONSTRAINT theme_version_favicon_type_check CHECK ((favicon_type = ANY (ARRAY[''::text, 'image/svg+xml'::text, 'image/png'::text, 'image/jpeg'::text]))),
    CONSTRAINT theme_version_logo_check CHECK ((length(logo) <= 307200)),
    CONSTRAINT theme_version_logo_type_check CHECK ((logo_type = ANY (ARRAY[''::text, 'image/svg+xml'::text, 'image/png'::text, 'image/jpeg'::text]))),
    CONSTRAINT theme_version_note_check CHECK ((length(note) <= 300)),
    CONSTRAINT theme_version_source_check CHECK ((length(source) <= 65536)),
    CONSTRAINT theme_version_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'published'::text])))
);

ALTER TABLE ONLY public.theme_version FORCE ROW LEVEL SECURITY;

ALTER TABLE public.theme_version OWNER TO elyco_owner;

--
-- Name: totp_secret; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE TABLE public.totp_secret (
    tenant_id bigint DEFAULT (current_setting('app.tenant'::text))::bigint NOT NULL,
    person_id uuid NOT NULL,
    secret bytea NOT NULL,
    last_step bigint NOT NULL,
    created_at timestamp with time zone NOT NULL,
    used_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.totp_secret FORCE ROW LEVEL SECURITY;

ALTER TABLE public.totp_secret OWNER TO elyco_owner;

--
-- Name: used_challenge; Type: TABLE; Schema: public; Owner: elyco_owner
--

CREATE TABLE public.used_challenge (
    tenant_id bigint DEFAULT (current_setting('app.tenant'::text))::bigint NOT NULL,
    challenge_hash bytea NOT NULL,
    expires_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY public.used_challenge FORCE ROW LEVEL SECURITY;

ALTER TABLE public.used_challenge OWNER TO elyco_owner;

--
-- Name: access_entry access_entry_pkey; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.access_entry
    ADD CONSTRAINT access_entry_pkey PRIMARY KEY (tenant_id, id);

--
-- Name: account_contact account_contact_pkey; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.account_contact
    ADD CONSTRAINT account_contact_pkey PRIMARY KEY (tenant_id, person_id, kind);

--
-- Name: account_event account_event_pkey; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.account_event
    ADD CONSTRAINT account_event_pkey PRIMARY KEY (tenant_id, id);

--
-- Name: account account_pkey; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.account
    ADD CONSTRAINT account_pkey PRIMARY KEY (tenant_id, person_id);

--
-- Name: account account_tenant_id_login_key; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.account
    ADD CONSTRAINT account_tenant_id_login_key UNIQUE (tenant_id, login);

--
-- Name: activation_code activation_code_pkey; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.activation_code
    ADD CONSTRAINT activation_code_pkey PRIMARY KEY (tenant_id, person_id);

--
-- Name: activation_code activation_code_tenant_id_code_hash_key; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.activation_code
    ADD CONSTRAINT activation_code_tenant_id_code_hash_key UNIQUE (tenant_id, code_hash);

--
-- Name: app_password app_password_pkey; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.app_password
    ADD CONSTRAINT app_password_pkey PRIMARY KEY (tenant_id, id);

--
-- Name: app_password app_password_tenant_id_secret_hash_key; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.app_password
    ADD CONSTRAINT app_password_tenant_id_secret_hash_key UNIQUE (tenant_id, secret_hash);

--
-- Name: audience_headcount audience_headcount_pkey; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.audience_headcount
    ADD CONSTRAINT audience_headcount_pkey PRIMARY KEY (tenant_id, signature, space_id, profile, level);

--
-- Name: audit_check audit_check_pkey; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.audit_check
    ADD CONSTRAINT audit_check_pkey PRIMARY KEY (tenant_id);

--
-- Name: audit_entry audit_entry_pkey; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.audit_entry
    ADD CONSTRAINT audit_entry_pkey PRIMARY KEY (tenant_id, id);

--
-- Name: audit_head audit_head_pkey; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.audit_head
    ADD CONSTRAINT audit_head_pkey PRIMARY KEY (tenant_id, day);

--
-- Name: audit_open audit_open_pkey; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.audit_open
    ADD CONSTRAINT audit_open_pkey PRIMARY KEY (tenant_id, entry_id);

--
-- Name: audit_release audit_release_pkey; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.audit_release
    ADD CONSTRAINT audit_release_pkey PRIMARY KEY (tenant_id);

--
-- Name: audit_seal audit_seal_pkey; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.audit_seal
    ADD CONSTRAINT audit_seal_pkey PRIMARY KEY (tenant_id, number);

--
-- Name: bounced_address bounced_address_pkey; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.bounced_address
    ADD CONSTRAINT bounced_address_pkey PRIMARY KEY (tenant_id, person_id, address);

--
-- Name: bridge_heard bridge_heard_pkey; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.bridge_heard
    ADD CONSTRAINT bridge_heard_pkey PRIMARY KEY (tenant_id, bridge_id, event);

--
-- Name: bridge_paper bridge_paper_pkey; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.bridge_paper
    ADD CONSTRAINT bridge_paper_pkey PRIMARY KEY (tenant_id, id);

--
-- Name: channel_spend channel_spend_pkey; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.channel_spend
    ADD CONSTRAINT channel_spend_pkey PRIMARY KEY (tenant_id, month, channel, payer);

--
-- Name: chat_channel chat_channel_pkey; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.chat_channel
    ADD CONSTRAINT chat_channel_pkey PRIMARY KEY (tenant_id, id);

--
-- Name: chat_discreet chat_discreet_pkey; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.chat_discreet
    ADD CONSTRAINT chat_discreet_pkey PRIMARY KEY (tenant_id, person_id);

--
-- Name: chat_message chat_message_pkey; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.chat_message
    ADD CONSTRAINT chat_message_pkey PRIMARY KEY (tenant_id, channel_id, number);

--
-- Name: chat_message chat_message_tenant_id_id_key; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.chat_message
    ADD CONSTRAINT chat_message_tenant_id_id_key UNIQUE (tenant_id, id);

--
-- Name: chat_report chat_report_pkey; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.chat_report
    ADD CONSTRAINT chat_report_pkey PRIMARY KEY (tenant_id, id);

--
-- Name: chat_report chat_report_tenant_id_channel_id_number_person_id_key; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.chat_report
    ADD CONSTRAINT chat_report_tenant_id_channel_id_number_person_id_key UNIQUE (tenant_id, channel_id, number, person_id);

--
-- Name: chat_seat chat_seat_pkey; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.chat_seat
    ADD CONSTRAINT chat_seat_pkey PRIMARY KEY (tenant_id, channel_id, person_id);

--
-- Name: chat_silence chat_silence_pkey; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.chat_silence
    ADD CONSTRAINT chat_silence_pkey PRIMARY KEY (tenant_id, channel_id, person_id);

--
-- Name: chat_visit chat_visit_pkey; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.chat_visit
    ADD CONSTRAINT chat_visit_pkey PRIMARY KEY (tenant_id, channel_id, person_id);

--
-- Name: class_member class_member_pkey; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.class_member
    ADD CONSTRAINT class_member_pkey PRIMARY KEY (tenant_id, class_id, person_id, profile);

--
-- Name: class class_pkey; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.class
    ADD CONSTRAINT class_pkey PRIMARY KEY (tenant_id, id);

--
-- Name: class class_tenant_id_school_year_id_name_key; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.class
    ADD CONSTRAINT class_tenant_id_school_year_id_name_key UNIQUE (tenant_id, school_year_id, name);

--
-- Name: class class_tenant_id_school_year_id_source_key_key; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.class
    ADD CONSTRAINT class_tenant_id_school_year_id_source_key_key UNIQUE (tenant_id, school_year_id, source_key);

--
-- Name: connection_count connection_count_pkey; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.connection_count
    ADD CONSTRAINT connection_count_pkey PRIMARY KEY (tenant_id, space_id, day);

--
-- Name: contact_check contact_check_pkey; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.contact_check
    ADD CONSTRAINT contact_check_pkey PRIMARY KEY (tenant_id, person_id, kind);

--
-- Name: correction correction_pkey; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.correction
    ADD CONSTRAINT correction_pkey PRIMARY KEY (tenant_id, id);

--
-- Name: dav_lock dav_lock_pkey; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.dav_lock
    ADD CONSTRAINT dav_lock_pkey PRIMARY KEY (tenant_id, id);

--
-- Name: dav_property dav_property_pkey; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.dav_property
    ADD CONSTRAINT dav_property_pkey PRIMARY KEY (tenant_id, node_id, name);

--
-- Name: day_off day_off_pkey; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.day_off
    ADD CONSTRAINT day_off_pkey PRIMARY KEY (tenant_id, id);

--
-- Name: delegation delegation_pkey; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.delegation
    ADD CONSTRAINT delegation_pkey PRIMARY KEY (tenant_id, id);

--
-- Name: document_comment document_comment_pkey; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.document_comment
    ADD CONSTRAINT document_comment_pkey PRIMARY KEY (tenant_id, id);

--
-- Name: drive_link drive_link_pkey; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.drive_link
    ADD CONSTRAINT drive_link_pkey PRIMARY KEY (tenant_id, id);

--
-- Name: drive_link drive_link_tenant_id_secret_hash_key; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.drive_link
    ADD CONSTRAINT drive_link_tenant_id_secret_hash_key UNIQUE (tenant_id, secret_hash);

--
-- Name: drive_node drive_node_pkey; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.drive_node
    ADD CONSTRAINT drive_node_pkey PRIMARY KEY (tenant_id, id);

--
-- Name: drive_share_key drive_share_key_pkey; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.drive_share_key
    ADD CONSTRAINT drive_share_key_pkey PRIMARY KEY (tenant_id, key, share_id);

--
-- Name: drive_share drive_share_pkey; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.drive_share
    ADD CONSTRAINT drive_share_pkey PRIMARY KEY (tenant_id, id);

--
-- Name: drive_space drive_space_pkey; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.drive_space
    ADD CONSTRAINT drive_space_pkey PRIMARY KEY (tenant_id, owner_id);

--
-- Name: drive_text drive_text_pkey; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.drive_text
    ADD CONSTRAINT drive_text_pkey PRIMARY KEY (tenant_id, hash);

--
-- Name: drive_upload_part drive_upload_part_pkey; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.drive_upload_part
    ADD CONSTRAINT drive_upload_part_pkey PRIMARY KEY (tenant_id, upload_id, number);

--
-- Name: drive_upload drive_upload_pkey; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.drive_upload
    ADD CONSTRAINT drive_upload_pkey PRIMARY KEY (tenant_id, id);

--
-- Name: drive_version drive_version_pkey; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.drive_version
    ADD CONSTRAINT drive_version_pkey PRIMARY KEY (tenant_id, node_id, number);

--
-- Name: erasure erasure_pkey; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.erasure
    ADD CONSTRAINT erasure_pkey PRIMARY KEY (tenant_id, id);

--
-- Name: feed_finding feed_finding_pkey; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.feed_finding
    ADD CONSTRAINT feed_finding_pkey PRIMARY KEY (tenant_id, feed_id, kind, number);

--
-- Name: feed_function feed_function_pkey; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.feed_function
    ADD CONSTRAINT feed_function_pkey PRIMARY KEY (tenant_id, code);

--
-- Name: feed_login feed_login_pkey; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.feed_login
    ADD CONSTRAINT feed_login_pkey PRIMARY KEY (tenant_id, base);

--
-- Name: feed_part feed_part_pkey; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.feed_part
    ADD CONSTRAINT feed_part_pkey PRIMARY KEY (tenant_id, feed_id, scope_id);

--
-- Name: feed feed_pkey; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.feed
    ADD CONSTRAINT feed_pkey PRIMARY KEY (tenant_id, id);

--
-- Name: goose_db_version goose_db_version_pkey; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.goose_db_version
    ADD CONSTRAINT goose_db_version_pkey PRIMARY KEY (id);

--
-- Name: group_member group_member_pkey; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.group_member
    ADD CONSTRAINT group_member_pkey PRIMARY KEY (tenant_id, group_id, person_id, profile);

--
-- Name: guardianship guardianship_pkey; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.guardianship
    ADD CONSTRAINT guardianship_pkey PRIMARY KEY (tenant_id, child_id, guardian_id);

--
-- Name: handin_box handin_box_pkey; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.handin_box
    ADD CONSTRAINT handin_box_pkey PRIMARY KEY (tenant_id, id);

--
-- Name: handin_deposit handin_deposit_pkey; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.handin_deposit
    ADD CONSTRAINT handin_deposit_pkey PRIMARY KEY (tenant_id, id);

--
-- Name: handin_deposit handin_deposit_tenant_id_box_id_id_key; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.handin_deposit
    ADD CONSTRAINT handin_deposit_tenant_id_box_id_id_key UNIQUE (tenant_id, box_id, id);

--
-- Name: handin_file handin_file_pkey; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.handin_file
    ADD CONSTRAINT handin_file_pkey PRIMARY KEY (tenant_id, id);

--
-- Name: handin_member handin_member_pkey; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.handin_member
    ADD CONSTRAINT handin_member_pkey PRIMARY KEY (tenant_id, box_id, person_id);

--
-- Name: home_default home_default_pkey; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.home_default
    ADD CONSTRAINT home_default_pkey PRIMARY KEY (tenant_id, profile);

--
-- Name: home_layout home_layout_pkey; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.home_layout
    ADD CONSTRAINT home_layout_pkey PRIMARY KEY (tenant_id, person_id);

--
-- Name: job job_pkey; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.job
    ADD CONSTRAINT job_pkey PRIMARY KEY (tenant_id, id);

--
-- Name: known_device known_device_pkey; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.known_device
    ADD CONSTRAINT known_device_pkey PRIMARY KEY (tenant_id, person_id, mark_hash);

--
-- Name: letter_delivery letter_delivery_pkey; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.letter_delivery
    ADD CONSTRAINT letter_delivery_pkey PRIMARY KEY (tenant_id, id);

--
-- Name: letter letter_pkey; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.letter
    ADD CONSTRAINT letter_pkey PRIMARY KEY (tenant_id, id);

--
-- Name: membership membership_pkey; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.membership
    ADD CONSTRAINT membership_pkey PRIMARY KEY (tenant_id, person_id, profile);

--
-- Name: message_address message_address_pkey; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.message_address
    ADD CONSTRAINT message_address_pkey PRIMARY KEY (tenant_id, message_id, number);

--
-- Name: message_block message_block_pkey; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.message_block
    ADD CONSTRAINT message_block_pkey PRIMARY KEY (tenant_id, person_id, author_id);

--
-- Name: message_copy message_copy_pkey; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.message_copy
    ADD CONSTRAINT message_copy_pkey PRIMARY KEY (tenant_id, message_id, person_id);

--
-- Name: message_file message_file_pkey; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.message_file
    ADD CONSTRAINT message_file_pkey PRIMARY KEY (tenant_id, message_id, id);

--
-- Name: message_folder message_folder_pkey; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.message_folder
    ADD CONSTRAINT message_folder_pkey PRIMARY KEY (tenant_id, id);

--
-- Name: message_folder message_folder_tenant_id_person_id_id_key; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.message_folder
    ADD CONSTRAINT message_folder_tenant_id_person_id_id_key UNIQUE (tenant_id, person_id, id);

--
-- Name: message_hold message_hold_pkey; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.message_hold
    ADD CONSTRAINT message_hold_pkey PRIMARY KEY (tenant_id, id);

--
-- Name: message_moderator message_moderator_pkey; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.message_moderator
    ADD CONSTRAINT message_moderator_pkey PRIMARY KEY (tenant_id, person_id);

--
-- Name: message message_pkey; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.message
    ADD CONSTRAINT message_pkey PRIMARY KEY (tenant_id, id);

--
-- Name: message_recall message_recall_pkey; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.message_recall
    ADD CONSTRAINT message_recall_pkey PRIMARY KEY (tenant_id, id);

--
-- Name: message_report message_report_pkey; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.message_report
    ADD CONSTRAINT message_report_pkey PRIMARY KEY (tenant_id, id);

--
-- Name: message_report message_report_tenant_id_message_id_person_id_key; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.message_report
    ADD CONSTRAINT message_report_tenant_id_message_id_person_id_key UNIQUE (tenant_id, message_id, person_id);

--
-- Name: message_signature message_signature_pkey; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.message_signature
    ADD CONSTRAINT message_signature_pkey PRIMARY KEY (tenant_id, person_id);

--
-- Name: message_stop message_stop_pkey; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.message_stop
    ADD CONSTRAINT message_stop_pkey PRIMARY KEY (tenant_id, id);

--
-- Name: mustread_notice mustread_notice_pkey; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.mustread_notice
    ADD CONSTRAINT mustread_notice_pkey PRIMARY KEY (tenant_id, id);

--
-- Name: mydata_export mydata_export_pkey; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.mydata_export
    ADD CONSTRAINT mydata_export_pkey PRIMARY KEY (tenant_id, id);

--
-- Name: notice_choice notice_choice_pkey; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.notice_choice
    ADD CONSTRAINT notice_choice_pkey PRIMARY KEY (tenant_id, person_id, kind);

--
-- Name: notice_person notice_person_pkey; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.notice_person
    ADD CONSTRAINT notice_person_pkey PRIMARY KEY (tenant_id, notice_id, person_id);

--
-- Name: notice notice_pkey; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.notice
    ADD CONSTRAINT notice_pkey PRIMARY KEY (tenant_id, id);

--
-- Name: notice_rhythm notice_rhythm_pkey; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.notice_rhythm
    ADD CONSTRAINT notice_rhythm_pkey PRIMARY KEY (tenant_id, person_id);

--
-- Name: notice_way notice_way_pkey; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.notice_way
    ADD CONSTRAINT notice_way_pkey PRIMARY KEY (tenant_id, notice_id, person_id, channel);

--
-- Name: oversight_copy oversight_copy_pkey; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.oversight_copy
    ADD CONSTRAINT oversight_copy_pkey PRIMARY KEY (tenant_id, id);

--
-- Name: oversight_import oversight_import_pkey; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.oversight_import
    ADD CONSTRAINT oversight_import_pkey PRIMARY KEY (tenant_id, id);

--
-- Name: passkey passkey_pkey; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.passkey
    ADD CONSTRAINT passkey_pkey PRIMARY KEY (tenant_id, id);

--
-- Name: passkey passkey_tenant_id_credential_id_key; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.passkey
    ADD CONSTRAINT passkey_tenant_id_credential_id_key UNIQUE (tenant_id, credential_id);

--
-- Name: passport passport_pkey; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.passport
    ADD CONSTRAINT passport_pkey PRIMARY KEY (tenant_id, person_id);

--
-- Name: person_apart person_apart_pkey; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.person_apart
    ADD CONSTRAINT person_apart_pkey PRIMARY KEY (tenant_id, one_id, other_id);

--
-- Name: person_hours person_hours_pkey; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.person_hours
    ADD CONSTRAINT person_hours_pkey PRIMARY KEY (tenant_id, person_id);

--
-- Name: person_key person_key_pkey; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.person_key
    ADD CONSTRAINT person_key_pkey PRIMARY KEY (tenant_id, source, key);

--
-- Name: person_merge person_merge_pkey; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.person_merge
    ADD CONSTRAINT person_merge_pkey PRIMARY KEY (tenant_id, id);

--
-- Name: person_merge_row person_merge_row_pkey; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.person_merge_row
    ADD CONSTRAINT person_merge_row_pkey PRIMARY KEY (tenant_id, merge_id, n);

--
-- Name: person_photo person_photo_pkey; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.person_photo
    ADD CONSTRAINT person_photo_pkey PRIMARY KEY (tenant_id, person_id);

--
-- Name: person person_pkey; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.person
    ADD CONSTRAINT person_pkey PRIMARY KEY (tenant_id, id);

--
-- Name: photo_found photo_found_pkey; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.photo_found
    ADD CONSTRAINT photo_found_pkey PRIMARY KEY (tenant_id, import_id, number);

--
-- Name: photo_import photo_import_pkey; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.photo_import
    ADD CONSTRAINT photo_import_pkey PRIMARY KEY (tenant_id, id);

--
-- Name: policy_delta policy_delta_pkey; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.policy_delta
    ADD CONSTRAINT policy_delta_pkey PRIMARY KEY (tenant_id, id);

--
-- Name: policy_delta policy_delta_tenant_id_room_action_profile_number_key; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.policy_delta
    ADD CONSTRAINT policy_delta_tenant_id_room_action_profile_number_key UNIQUE (tenant_id, room, action, profile, number);

--
-- Name: publication_attachment publication_attachment_pkey; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.publication_attachment
    ADD CONSTRAINT publication_attachment_pkey PRIMARY KEY (tenant_id, id);

--
-- Name: publication publication_pkey; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.publication
    ADD CONSTRAINT publication_pkey PRIMARY KEY (tenant_id, id);

--
-- Name: publication_read publication_read_pkey; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.publication_read
    ADD CONSTRAINT publication_read_pkey PRIMARY KEY (tenant_id, publication_id, person_id);

--
-- Name: push_device push_device_pkey; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.push_device
    ADD CONSTRAINT push_device_pkey PRIMARY KEY (tenant_id, id);

--
-- Name: push_device push_device_tenant_id_endpoint_key; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.push_device
    ADD CONSTRAINT push_device_tenant_id_endpoint_key UNIQUE (tenant_id, endpoint);

--
-- Name: recovery_code recovery_code_pkey; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.recovery_code
    ADD CONSTRAINT recovery_code_pkey PRIMARY KEY (tenant_id, person_id, code_hash);

--
-- Name: recovery_link recovery_link_pkey; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.recovery_link
    ADD CONSTRAINT recovery_link_pkey PRIMARY KEY (tenant_id, token_hash);

--
-- Name: recovery_request recovery_request_pkey; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.recovery_request
    ADD CONSTRAINT recovery_request_pkey PRIMARY KEY (tenant_id, id);

--
-- Name: retention_run retention_run_pkey; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.retention_run
    ADD CONSTRAINT retention_run_pkey PRIMARY KEY (tenant_id, room);

--
-- Name: rollover_ended rollover_ended_pkey; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.rollover_ended
    ADD CONSTRAINT rollover_ended_pkey PRIMARY KEY (tenant_id, rollover_id, person_id, profile);

--
-- Name: rollover rollover_pkey; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.rollover
    ADD CONSTRAINT rollover_pkey PRIMARY KEY (tenant_id, id);

--
-- Name: roster_columns roster_columns_pkey; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.roster_columns
    ADD CONSTRAINT roster_columns_pkey PRIMARY KEY (tenant_id, kind);

--
-- Name: roster_draft roster_draft_pkey; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.roster_draft
    ADD CONSTRAINT roster_draft_pkey PRIMARY KEY (tenant_id, id);

--
-- Name: school_term school_term_pkey; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.school_term
    ADD CONSTRAINT school_term_pkey PRIMARY KEY (tenant_id, id);

--
-- Name: school_term school_term_tenant_id_school_year_id_name_key; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.school_term
    ADD CONSTRAINT school_term_tenant_id_school_year_id_name_key UNIQUE (tenant_id, school_year_id, name);

--
-- Name: school_year school_year_pkey; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.school_year
    ADD CONSTRAINT school_year_pkey PRIMARY KEY (tenant_id, id);

--
-- Name: school_year school_year_tenant_id_label_key; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.school_year
    ADD CONSTRAINT school_year_tenant_id_label_key UNIQUE (tenant_id, label);

--
-- Name: service_decision service_decision_pkey; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.service_decision
    ADD CONSTRAINT service_decision_pkey PRIMARY KEY (tenant_id, service);

--
-- Name: session session_pkey; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.session
    ADD CONSTRAINT session_pkey PRIMARY KEY (tenant_id, token_hash);

--
-- Name: setting setting_pkey; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.setting
    ADD CONSTRAINT setting_pkey PRIMARY KEY (tenant_id, name);

--
-- Name: sheet_part sheet_part_pkey; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.sheet_part
    ADD CONSTRAINT sheet_part_pkey PRIMARY KEY (tenant_id, run_id, place);

--
-- Name: sheet_run sheet_run_pkey; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.sheet_run
    ADD CONSTRAINT sheet_run_pkey PRIMARY KEY (tenant_id, id);

--
-- Name: sign_in_failure sign_in_failure_pkey; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.sign_in_failure
    ADD CONSTRAINT sign_in_failure_pkey PRIMARY KEY (tenant_id, subject);

--
-- Name: sign_in_half sign_in_half_pkey; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.sign_in_half
    ADD CONSTRAINT sign_in_half_pkey PRIMARY KEY (tenant_id, token_hash);

--
-- Name: sign_in_notice sign_in_notice_pkey; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.sign_in_notice
    ADD CONSTRAINT sign_in_notice_pkey PRIMARY KEY (tenant_id, id);

--
-- Name: sign_on sign_on_pkey; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.sign_on
    ADD CONSTRAINT sign_on_pkey PRIMARY KEY (tenant_id, id);

--
-- Name: sign_on_ticket sign_on_ticket_pkey; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.sign_on_ticket
    ADD CONSTRAINT sign_on_ticket_pkey PRIMARY KEY (tenant_id, ticket_hash);

--
-- Name: slip_asked slip_asked_pkey; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.slip_asked
    ADD CONSTRAINT slip_asked_pkey PRIMARY KEY (tenant_id, slip_id, child_id, person_id);

--
-- Name: slip_file slip_file_pkey; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.slip_file
    ADD CONSTRAINT slip_file_pkey PRIMARY KEY (tenant_id, slip_id, id);

--
-- Name: slip slip_pkey; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.slip
    ADD CONSTRAINT slip_pkey PRIMARY KEY (tenant_id, id);

--
-- Name: slip_reply slip_reply_pkey; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.slip_reply
    ADD CONSTRAINT slip_reply_pkey PRIMARY KEY (tenant_id, slip_id, child_id, person_id);

--
-- Name: slip_roll slip_roll_pkey; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.slip_roll
    ADD CONSTRAINT slip_roll_pkey PRIMARY KEY (tenant_id, slip_id, child_id, person_id);

--
-- Name: slip_round slip_round_pkey; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.slip_round
    ADD CONSTRAINT slip_round_pkey PRIMARY KEY (tenant_id, slip_id, stage);

--
-- Name: slip_template slip_template_pkey; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.slip_template
    ADD CONSTRAINT slip_template_pkey PRIMARY KEY (tenant_id, id);

--
-- Name: slip_urn slip_urn_pkey; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.slip_urn
    ADD CONSTRAINT slip_urn_pkey PRIMARY KEY (tenant_id, slip_id, part);

--
-- Name: space space_pkey; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.space
    ADD CONSTRAINT space_pkey PRIMARY KEY (tenant_id);

--
-- Name: space_standing space_standing_pkey; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.space_standing
    ADD CONSTRAINT space_standing_pkey PRIMARY KEY (tenant_id, space_id);

--
-- Name: structure_key structure_key_pkey; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.structure_key
    ADD CONSTRAINT structure_key_pkey PRIMARY KEY (tenant_id, source, key);

--
-- Name: subject subject_pkey; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.subject
    ADD CONSTRAINT subject_pkey PRIMARY KEY (tenant_id, id);

--
-- Name: subject subject_tenant_id_code_key; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.subject
    ADD CONSTRAINT subject_tenant_id_code_key UNIQUE (tenant_id, code);

--
-- Name: support_visit support_visit_pkey; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.support_visit
    ADD CONSTRAINT support_visit_pkey PRIMARY KEY (tenant_id, id);

--
-- Name: teaching_group teaching_group_pkey; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.teaching_group
    ADD CONSTRAINT teaching_group_pkey PRIMARY KEY (tenant_id, id);

--
-- Name: teaching_group teaching_group_tenant_id_school_year_id_name_key; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.teaching_group
    ADD CONSTRAINT teaching_group_tenant_id_school_year_id_name_key UNIQUE (tenant_id, school_year_id, name);

--
-- Name: teaching_group teaching_group_tenant_id_school_year_id_source_key_key; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.teaching_group
    ADD CONSTRAINT teaching_group_tenant_id_school_year_id_source_key_key UNIQUE (tenant_id, school_year_id, source_key);

--
-- Name: teaching teaching_pkey; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.teaching
    ADD CONSTRAINT teaching_pkey PRIMARY KEY (tenant_id, id);

--
-- Name: teaching teaching_tenant_id_class_id_group_id_subject_id_teacher_id_key; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.teaching
    ADD CONSTRAINT teaching_tenant_id_class_id_group_id_subject_id_teacher_id_key UNIQUE NULLS NOT DISTINCT (tenant_id, class_id, group_id, subject_id, teacher_id);

--
-- Name: tenant tenant_domain_key; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.tenant
    ADD CONSTRAINT tenant_domain_key UNIQUE (domain);

--
-- Name: tenant_event tenant_event_pkey; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.tenant_event
    ADD CONSTRAINT tenant_event_pkey PRIMARY KEY (tenant_id, id);

--
-- Name: tenant tenant_parent_id_slug_key; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.tenant
    ADD CONSTRAINT tenant_parent_id_slug_key UNIQUE NULLS NOT DISTINCT (parent_id, slug);

--
-- Name: tenant tenant_pkey; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.tenant
    ADD CONSTRAINT tenant_pkey PRIMARY KEY (id);

--
-- Name: tenant tenant_uai_key; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.tenant
    ADD CONSTRAINT tenant_uai_key UNIQUE (uai);

--
-- Name: theme_version theme_version_pkey; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.theme_version
    ADD CONSTRAINT theme_version_pkey PRIMARY KEY (tenant_id, id);

--
-- Name: theme_version theme_version_tenant_id_number_key; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.theme_version
    ADD CONSTRAINT theme_version_tenant_id_number_key UNIQUE (tenant_id, number);

--
-- Name: totp_secret totp_secret_pkey; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.totp_secret
    ADD CONSTRAINT totp_secret_pkey PRIMARY KEY (tenant_id, person_id);

--
-- Name: used_challenge used_challenge_pkey; Type: CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.used_challenge
    ADD CONSTRAINT used_challenge_pkey PRIMARY KEY (tenant_id, challenge_hash);

--
-- Name: access_entry_at; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE INDEX access_entry_at ON public.access_entry USING btree (tenant_id, at);

--
-- Name: access_entry_person; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE INDEX access_entry_person ON public.access_entry USING btree (tenant_id, person_id, at DESC, id DESC);

--
-- Name: access_entry_reader; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE INDEX access_entry_reader ON public.access_entry USING btree (tenant_id, reader_id) WHERE (reader_id IS NOT NULL);

--
-- Name: account_contact_email; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE INDEX account_contact_email ON public.account_contact USING btree (tenant_id, lower(value)) WHERE (kind = 'email'::text);

--
-- Name: account_event_person; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE INDEX account_event_person ON public.account_event USING btree (tenant_id, person_id, at DESC);

--
-- Name: app_password_person; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE INDEX app_password_person ON public.app_password USING btree (tenant_id, person_id);

--
-- Name: audience_headcount_place; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE INDEX audience_headcount_place ON public.audience_headcount USING btree (tenant_id, space_id, profile, level);

--
-- Name: audit_entry_page; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE INDEX audit_entry_page ON public.audit_entry USING btree (tenant_id, at DESC, id DESC);

--
-- Name: bounced_address_address; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE INDEX bounced_address_address ON public.bounced_address USING btree (tenant_id, address);

--
-- Name: bridge_paper_addressed; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE INDEX bridge_paper_addressed ON public.bridge_paper USING btree (peer_id);

--
-- Name: chat_channel_author; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE INDEX chat_channel_author ON public.chat_channel USING btree (tenant_id, author_id) WHERE (author_id IS NOT NULL);

--
-- Name: chat_channel_end; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE INDEX chat_channel_end ON public.chat_channel USING btree (tenant_id, ends_on);

--
-- Name: chat_channel_listed; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE INDEX chat_channel_listed ON public.chat_channel USING btree (tenant_id, last_at DESC, id DESC);

--
-- Name: chat_channel_target; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE INDEX chat_channel_target ON public.chat_channel USING btree (tenant_id, target_id, last_at DESC, id DESC);

--
-- Name: chat_message_change; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE INDEX chat_message_change ON public.chat_message USING btree (tenant_id, channel_id, change);

--
-- Name: chat_message_person; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE INDEX chat_message_person ON public.chat_message USING btree (tenant_id, person_id, sent_at) WHERE (person_id IS NOT NULL);

--
-- Name: chat_message_search; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE INDEX chat_message_search ON public.chat_message USING gin (tenant_id, search) WHERE (removed_at IS NULL);

--
-- Name: chat_report_open; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE INDEX chat_report_open ON public.chat_report USING btree (tenant_id, reported_at, id) WHERE (state = 'open'::text);

--
-- Name: chat_seat_person; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE INDEX chat_seat_person ON public.chat_seat USING btree (tenant_id, person_id);

--
-- Name: chat_silence_author; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE INDEX chat_silence_author ON public.chat_silence USING btree (tenant_id, author_id) WHERE (author_id IS NOT NULL);

--
-- Name: chat_silence_person; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE INDEX chat_silence_person ON public.chat_silence USING btree (tenant_id, person_id);

--
-- Name: chat_visit_person; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE INDEX chat_visit_person ON public.chat_visit USING btree (tenant_id, person_id);

--
-- Name: class_member_person; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE INDEX class_member_person ON public.class_member USING btree (tenant_id, person_id);

--
-- Name: correction_author; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE INDEX correction_author ON public.correction USING btree (tenant_id, author_id, created_at DESC);

--
-- Name: correction_handler; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE INDEX correction_handler ON public.correction USING btree (tenant_id, handler_id) WHERE (handler_id IS NOT NULL);

--
-- Name: correction_listed; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE INDEX correction_listed ON public.correction USING btree (tenant_id, state, created_at DESC, id DESC);

--
-- Name: correction_person; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE INDEX correction_person ON public.correction USING btree (tenant_id, person_id, created_at DESC);

--
-- Name: dav_lock_expiry; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE INDEX dav_lock_expiry ON public.dav_lock USING btree (tenant_id, expires_at);

--
-- Name: dav_lock_node; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE INDEX dav_lock_node ON public.dav_lock USING btree (tenant_id, node_id);

--
-- Name: dav_lock_person; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE INDEX dav_lock_person ON public.dav_lock USING btree (tenant_id, person_id);

--
-- Name: dav_lock_space; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE INDEX dav_lock_space ON public.dav_lock USING btree (tenant_id, space_id);

--
-- Name: day_off_year; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE INDEX day_off_year ON public.day_off USING btree (tenant_id, school_year_id, starts_on);

--
-- Name: delegation_held; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE UNIQUE INDEX delegation_held ON public.delegation USING btree (tenant_id, person_id) WHERE (withdrawn_at IS NULL);

--
-- Name: document_comment_author; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE INDEX document_comment_author ON public.document_comment USING btree (tenant_id, author_id);

--
-- Name: document_comment_node; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE INDEX document_comment_node ON public.document_comment USING btree (tenant_id, node_id, created_at DESC, id DESC);

--
-- Name: drive_link_author; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE INDEX drive_link_author ON public.drive_link USING btree (tenant_id, author_id, created_at);

--
-- Name: drive_link_ends; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE INDEX drive_link_ends ON public.drive_link USING btree (tenant_id, ends_at);

--
-- Name: drive_link_node; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE INDEX drive_link_node ON public.drive_link USING btree (tenant_id, node_id);

--
-- Name: drive_node_author; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE INDEX drive_node_author ON public.drive_node USING btree (tenant_id, author_id);

--
-- Name: drive_node_children; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE INDEX drive_node_children ON public.drive_node USING btree (tenant_id, parent_id);

--
-- Name: drive_node_hash; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE INDEX drive_node_hash ON public.drive_node USING btree (tenant_id, hash) WHERE (is_file AND (trashed_at IS NULL));

--
-- Name: drive_node_listed; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE INDEX drive_node_listed ON public.drive_node USING btree (tenant_id, space_id, parent_id, is_file, name_sort, id) WHERE (trashed_at IS NULL);

--
-- Name: drive_node_name; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE UNIQUE INDEX drive_node_name ON public.drive_node USING btree (tenant_id, space_id, parent_id, name_key) NULLS NOT DISTINCT WHERE (trashed_at IS NULL);

--
-- Name: drive_node_trash; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE INDEX drive_node_trash ON public.drive_node USING btree (tenant_id, space_id, trashed_at) WHERE (trashed_at IS NOT NULL);

--
-- Name: drive_share_author; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE INDEX drive_share_author ON public.drive_share USING btree (tenant_id, author_id, created_at);

--
-- Name: drive_share_ends; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE INDEX drive_share_ends ON public.drive_share USING btree (tenant_id, ends_at) WHERE (ends_at IS NOT NULL);

--
-- Name: drive_share_key_of; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE INDEX drive_share_key_of ON public.drive_share_key USING btree (tenant_id, share_id);

--
-- Name: drive_share_node; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE INDEX drive_share_node ON public.drive_share USING btree (tenant_id, node_id);

--
-- Name: drive_text_search; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE INDEX drive_text_search ON public.drive_text USING gin (tenant_id, search);

--
-- Name: drive_upload_author; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE INDEX drive_upload_author ON public.drive_upload USING btree (tenant_id, author_id, touched_at);

--
-- Name: drive_upload_object; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE INDEX drive_upload_object ON public.drive_upload USING btree (tenant_id, object_key);

--
-- Name: drive_upload_stale; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE INDEX drive_upload_stale ON public.drive_upload USING btree (tenant_id, touched_at);

--
-- Name: drive_version_author; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE INDEX drive_version_author ON public.drive_version USING btree (tenant_id, author_id);

--
-- Name: drive_version_hash; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE INDEX drive_version_hash ON public.drive_version USING btree (tenant_id, hash);

--
-- Name: drive_version_object; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE INDEX drive_version_object ON public.drive_version USING btree (tenant_id, object_key);

--
-- Name: erasure_one; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE UNIQUE INDEX erasure_one ON public.erasure USING btree (tenant_id, person_id) WHERE (person_id IS NOT NULL);

--
-- Name: feed_busy; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE UNIQUE INDEX feed_busy ON public.feed USING btree (tenant_id, source) WHERE (state = ANY (ARRAY['reading'::text, 'applying'::text]));

--
-- Name: feed_part_checked; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE INDEX feed_part_checked ON public.feed_part USING btree (tenant_id, checked_at DESC, feed_id);

--
-- Name: feed_started; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE INDEX feed_started ON public.feed USING btree (tenant_id, started_at DESC, id DESC);

--
-- Name: group_member_person; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE INDEX group_member_person ON public.group_member USING btree (tenant_id, person_id);

--
-- Name: guardianship_guardian; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE INDEX guardianship_guardian ON public.guardianship USING btree (tenant_id, guardian_id);

--
-- Name: handin_box_author; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE INDEX handin_box_author ON public.handin_box USING btree (tenant_id, author_id, closes_at);

--
-- Name: handin_box_listed; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE INDEX handin_box_listed ON public.handin_box USING btree (tenant_id, closes_at, id);

--
-- Name: handin_box_target; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE INDEX handin_box_target ON public.handin_box USING btree (tenant_id, target_id, closes_at);

--
-- Name: handin_file_author; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE INDEX handin_file_author ON public.handin_file USING btree (tenant_id, author_id);

--
-- Name: handin_file_deposit; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE INDEX handin_file_deposit ON public.handin_file USING btree (tenant_id, box_id, deposit_id);

--
-- Name: handin_member_deposit; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE INDEX handin_member_deposit ON public.handin_member USING btree (tenant_id, box_id, deposit_id);

--
-- Name: handin_member_person; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE INDEX handin_member_person ON public.handin_member USING btree (tenant_id, person_id);

--
-- Name: job_lease; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE INDEX job_lease ON public.job USING btree (lease_until) WHERE (state = 'running'::text);

--
-- Name: job_ready; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE INDEX job_ready ON public.job USING btree (run_at) WHERE (state = 'ready'::text);

--
-- Name: job_unique; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE UNIQUE INDEX job_unique ON public.job USING btree (tenant_id, kind, unique_key) WHERE (state = ANY (ARRAY['ready'::text, 'running'::text]));

--
-- Name: known_device_last; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE INDEX known_device_last ON public.known_device USING btree (tenant_id, last_at);

--
-- Name: letter_created; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE INDEX letter_created ON public.letter USING btree (tenant_id, created_at DESC, id DESC);

--
-- Name: letter_delivery_due; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE INDEX letter_delivery_due ON public.letter_delivery USING btree (tenant_id, due_at) WHERE (state = ANY (ARRAY['waiting'::text, 'sending'::text]));

--
-- Name: letter_delivery_letter; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE INDEX letter_delivery_letter ON public.letter_delivery USING btree (tenant_id, letter_id, id);

--
-- Name: letter_delivery_notice; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE INDEX letter_delivery_notice ON public.letter_delivery USING btree (tenant_id, notice_id) WHERE (notice_id IS NOT NULL);

--
-- Name: letter_delivery_person; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE INDEX letter_delivery_person ON public.letter_delivery USING btree (tenant_id, person_id) WHERE (person_id IS NOT NULL);

--
-- Name: membership_folded; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE INDEX membership_folded ON public.membership USING btree (tenant_id, folded, person_id);

--
-- Name: membership_person; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE INDEX membership_person ON public.membership USING btree (person_id);

--
-- Name: message_address_person; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE INDEX message_address_person ON public.message_address USING btree (tenant_id, person_id) WHERE (person_id IS NOT NULL);

--
-- Name: message_author; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE INDEX message_author ON public.message USING btree (tenant_id, author_id, sent_at) WHERE (state <> 'draft'::text);

--
-- Name: message_block_author; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE INDEX message_block_author ON public.message_block USING btree (tenant_id, author_id);

--
-- Name: message_copy_box; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE INDEX message_copy_box ON public.message_copy USING btree (tenant_id, person_id, place, folder_id, visible_at DESC, message_id DESC) WHERE (trashed_at IS NULL);

--
-- Name: message_copy_trash; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE INDEX message_copy_trash ON public.message_copy USING btree (tenant_id, person_id, trashed_at DESC, message_id DESC) WHERE ((trashed_at IS NOT NULL) AND (place <> 'gone'::text));

--
-- Name: message_copy_unread; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE INDEX message_copy_unread ON public.message_copy USING btree (tenant_id, person_id, visible_at DESC) WHERE ((read_at IS NULL) AND (trashed_at IS NULL));

--
-- Name: message_draft; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE INDEX message_draft ON public.message USING btree (tenant_id, author_id, saved_at DESC, id DESC) WHERE (state = ANY (ARRAY['draft'::text, 'scheduled'::text, 'held'::text]));

--
-- Name: message_file_box; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE INDEX message_file_box ON public.message_file USING btree (tenant_id, box_id);

--
-- Name: message_hold_message; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE INDEX message_hold_message ON public.message_hold USING btree (tenant_id, message_id, held_at);

--
-- Name: message_hold_open; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE UNIQUE INDEX message_hold_open ON public.message_hold USING btree (tenant_id, message_id) WHERE (state = 'open'::text);

--
-- Name: message_hold_queue; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE INDEX message_hold_queue ON public.message_hold USING btree (tenant_id, held_at, id) WHERE (state = 'open'::text);

--
-- Name: message_recall_person; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE INDEX message_recall_person ON public.message_recall USING btree (tenant_id, person_id, made_at DESC);

--
-- Name: message_report_open; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE INDEX message_report_open ON public.message_report USING btree (tenant_id, reported_at, id) WHERE (state = 'open'::text);

--
-- Name: message_search; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE INDEX message_search ON public.message USING gin (tenant_id, search) WHERE (state <> 'draft'::text);

--
-- Name: message_sent; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE INDEX message_sent ON public.message USING btree (tenant_id, sent_at) WHERE (state = 'sent'::text);

--
-- Name: message_stop_standing; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE INDEX message_stop_standing ON public.message_stop USING btree (tenant_id, started_at DESC) WHERE (ended_at IS NULL);

--
-- Name: message_thread; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE INDEX message_thread ON public.message USING btree (tenant_id, thread_id, sent_at, id);

--
-- Name: message_urgent; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE INDEX message_urgent ON public.message USING btree (tenant_id, sent_at) WHERE (urgent AND (sent_at IS NOT NULL));

--
-- Name: mustread_notice_list; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE INDEX mustread_notice_list ON public.mustread_notice USING btree (tenant_id, written_at DESC, id DESC);

--
-- Name: mydata_export_author; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE INDEX mydata_export_author ON public.mydata_export USING btree (tenant_id, author_id, created_at DESC);

--
-- Name: mydata_export_one; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE UNIQUE INDEX mydata_export_one ON public.mydata_export USING btree (tenant_id, author_id) WHERE (state = 'waiting'::text);

--
-- Name: mydata_export_person; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE INDEX mydata_export_person ON public.mydata_export USING btree (tenant_id, person_id);

--
-- Name: notice_person_asked; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE INDEX notice_person_asked ON public.notice_person USING btree (tenant_id, person_id) WHERE ((code_hash IS NOT NULL) AND (acknowledged_at IS NULL));

--
-- Name: notice_person_box; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE INDEX notice_person_box ON public.notice_person USING btree (tenant_id, person_id, visible_at DESC, notice_id DESC);

--
-- Name: notice_person_code; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE UNIQUE INDEX notice_person_code ON public.notice_person USING btree (tenant_id, code_hash) WHERE (code_hash IS NOT NULL);

--
-- Name: notice_person_due; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE INDEX notice_person_due ON public.notice_person USING btree (tenant_id, next_at) WHERE (next_at IS NOT NULL);

--
-- Name: notice_person_unread; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE INDEX notice_person_unread ON public.notice_person USING btree (person_id, visible_at) WHERE (read_at IS NULL);

--
-- Name: notice_ref; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE INDEX notice_ref ON public.notice USING btree (tenant_id, ref) WHERE (ref IS NOT NULL);

--
-- Name: notice_sent; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE INDEX notice_sent ON public.notice USING btree (tenant_id, sent_at);

--
-- Name: notice_way_delivery; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE INDEX notice_way_delivery ON public.notice_way USING btree (tenant_id, delivery_id) WHERE (delivery_id IS NOT NULL);

--
-- Name: oversight_copy_recent; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE INDEX oversight_copy_recent ON public.oversight_copy USING btree (tenant_id, created_at DESC);

--
-- Name: oversight_import_recent; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE INDEX oversight_import_recent ON public.oversight_import USING btree (tenant_id, created_at DESC);

--
-- Name: passkey_person; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE INDEX passkey_person ON public.passkey USING btree (tenant_id, person_id);

--
-- Name: person_key_person; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE INDEX person_key_person ON public.person_key USING btree (tenant_id, person_id);

--
-- Name: person_merge_gone; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE UNIQUE INDEX person_merge_gone ON public.person_merge USING btree (tenant_id, gone_id) WHERE (undone_at IS NULL);

--
-- Name: person_merge_latest; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE INDEX person_merge_latest ON public.person_merge USING btree (tenant_id, merged_at DESC, id);

--
-- Name: photo_found_person; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE INDEX photo_found_person ON public.photo_found USING btree (tenant_id, person_id);

--
-- Name: policy_delta_history; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE INDEX policy_delta_history ON public.policy_delta USING btree (tenant_id, room, set_at DESC, id DESC);

--
-- Name: publication_attachment_of; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE INDEX publication_attachment_of ON public.publication_attachment USING btree (tenant_id, publication_id);

--
-- Name: publication_desk; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE INDEX publication_desk ON public.publication USING btree (tenant_id, updated_at DESC, id DESC);

--
-- Name: publication_read_person; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE INDEX publication_read_person ON public.publication_read USING btree (tenant_id, person_id, publication_id);

--
-- Name: publication_recent; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE INDEX publication_recent ON public.publication USING btree (tenant_id, room, publish_at DESC, id DESC) WHERE (state = 'published'::text);

--
-- Name: publication_search; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE INDEX publication_search ON public.publication USING gin (tenant_id, search) WHERE (state = 'published'::text);

--
-- Name: push_device_person; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE INDEX push_device_person ON public.push_device USING btree (tenant_id, person_id, created_at);

--
-- Name: recovery_link_person; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE INDEX recovery_link_person ON public.recovery_link USING btree (tenant_id, person_id);

--
-- Name: rollover_ended_person; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE INDEX rollover_ended_person ON public.rollover_ended USING btree (tenant_id, person_id);

--
-- Name: rollover_standing; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE UNIQUE INDEX rollover_standing ON public.rollover USING btree (tenant_id, from_year_id) WHERE (state = ANY (ARRAY['waiting'::text, 'applied'::text]));

--
-- Name: roster_draft_started; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE INDEX roster_draft_started ON public.roster_draft USING btree (tenant_id, started_at DESC, id);

--
-- Name: session_sign_on; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE INDEX session_sign_on ON public.session USING btree (tenant_id, sign_on_id);

--
-- Name: sheet_run_created; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE INDEX sheet_run_created ON public.sheet_run USING btree (tenant_id, created_at DESC);

--
-- Name: sign_in_half_person; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE INDEX sign_in_half_person ON public.sign_in_half USING btree (tenant_id, person_id);

--
-- Name: sign_in_notice_person; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE INDEX sign_in_notice_person ON public.sign_in_notice USING btree (tenant_id, person_id, at DESC);

--
-- Name: sign_on_person; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE INDEX sign_on_person ON public.sign_on USING btree (tenant_id, person_id);

--
-- Name: sign_on_ticket_expiry; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE INDEX sign_on_ticket_expiry ON public.sign_on_ticket USING btree (tenant_id, expires_at);

--
-- Name: sign_on_ticket_sign_on; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE INDEX sign_on_ticket_sign_on ON public.sign_on_ticket USING btree (tenant_id, sign_on_id);

--
-- Name: slip_asked_person; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE INDEX slip_asked_person ON public.slip_asked USING btree (tenant_id, person_id, slip_id);

--
-- Name: slip_listed; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE INDEX slip_listed ON public.slip USING btree (tenant_id, created_at DESC, id DESC);

--
-- Name: slip_reply_person; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE INDEX slip_reply_person ON public.slip_reply USING btree (tenant_id, person_id);

--
-- Name: staged_class_scope; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE INDEX staged_class_scope ON public.staged_class USING btree (feed_id, scope_id);

--
-- Name: staged_lesson_scope; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE INDEX staged_lesson_scope ON public.staged_lesson USING btree (feed_id, scope_id);

--
-- Name: staged_member_scope; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE INDEX staged_member_scope ON public.staged_member USING btree (feed_id, scope_id);

--
-- Name: staged_person_key; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE INDEX staged_person_key ON public.staged_person USING btree (feed_id, key);

--
-- Name: staged_place_scope; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE INDEX staged_place_scope ON public.staged_place USING btree (feed_id, scope_id);

--
-- Name: staged_tie_scope; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE INDEX staged_tie_scope ON public.staged_tie USING btree (feed_id, scope_id);

--
-- Name: staged_touch_scope; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE INDEX staged_touch_scope ON public.staged_touch USING btree (feed_id, scope_id);

--
-- Name: support_visit_author; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE INDEX support_visit_author ON public.support_visit USING btree (tenant_id, author_id);

--
-- Name: support_visit_begun; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE INDEX support_visit_begun ON public.support_visit USING btree (tenant_id, begun_at DESC, id DESC);

--
-- Name: support_visit_person; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE INDEX support_visit_person ON public.support_visit USING btree (tenant_id, person_id, begun_at DESC);

--
-- Name: teaching_group_taught; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE INDEX teaching_group_taught ON public.teaching USING btree (tenant_id, group_id) WHERE (group_id IS NOT NULL);

--
-- Name: teaching_subject; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE INDEX teaching_subject ON public.teaching USING btree (tenant_id, subject_id);

--
-- Name: teaching_teacher; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE INDEX teaching_teacher ON public.teaching USING btree (tenant_id, teacher_id);

--
-- Name: theme_version_draft; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE UNIQUE INDEX theme_version_draft ON public.theme_version USING btree (tenant_id) WHERE (state = 'draft'::text);

--
-- Name: used_challenge_end; Type: INDEX; Schema: public; Owner: elyco_owner
--

CREATE INDEX used_challenge_end ON public.used_challenge USING btree (tenant_id, expires_at);

--
-- Name: sign_on account_seen; Type: TRIGGER; Schema: public; Owner: elyco_owner
--

CREATE TRIGGER account_seen AFTER INSERT ON public.sign_on FOR EACH ROW EXECUTE FUNCTION public.account_seen();

--
-- Name: audit_entry audit_opened; Type: TRIGGER; Schema: public; Owner: elyco_owner
--

CREATE TRIGGER audit_opened AFTER INSERT ON public.audit_entry FOR EACH ROW EXECUTE FUNCTION public.audit_opened();

--
-- Name: bridge_paper bridge_changed; Type: TRIGGER; Schema: public; Owner: elyco_owner
--

CREATE TRIGGER bridge_changed AFTER INSERT OR DELETE OR UPDATE ON public.bridge_paper FOR EACH STATEMENT EXECUTE FUNCTION public.bridge_changed();

--
-- Name: bridge_paper bridge_paper_kept; Type: TRIGGER; Schema: public; Owner: elyco_owner
--

CREATE TRIGGER bridge_paper_kept BEFORE UPDATE ON public.bridge_paper FOR EACH ROW EXECUTE FUNCTION public.bridge_paper_kept();

--
-- Name: space space_changed; Type: TRIGGER; Schema: public; Owner: elyco_owner
--

CREATE TRIGGER space_changed AFTER INSERT OR UPDATE ON public.space FOR EACH ROW EXECUTE FUNCTION public.space_changed();

--
-- Name: tenant tenant_changed; Type: TRIGGER; Schema: public; Owner: elyco_owner
--

CREATE TRIGGER tenant_changed AFTER INSERT OR UPDATE ON public.tenant FOR EACH ROW EXECUTE FUNCTION public.tenant_changed();

--
-- Name: account_contact account_contact_tenant_id_person_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.account_contact
    ADD CONSTRAINT account_contact_tenant_id_person_id_fkey FOREIGN KEY (tenant_id, person_id) REFERENCES public.person(tenant_id, id);

--
-- Name: account_event account_event_tenant_id_person_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.account_event
    ADD CONSTRAINT account_event_tenant_id_person_id_fkey FOREIGN KEY (tenant_id, person_id) REFERENCES public.person(tenant_id, id);

--
-- Name: account account_tenant_id_person_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.account
    ADD CONSTRAINT account_tenant_id_person_id_fkey FOREIGN KEY (tenant_id, person_id) REFERENCES public.person(tenant_id, id);

--
-- Name: activation_code activation_code_tenant_id_person_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.activation_code
    ADD CONSTRAINT activation_code_tenant_id_person_id_fkey FOREIGN KEY (tenant_id, person_id) REFERENCES public.person(tenant_id, id);

--
-- Name: app_password app_password_tenant_id_person_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.app_password
    ADD CONSTRAINT app_password_tenant_id_person_id_fkey FOREIGN KEY (tenant_id, person_id) REFERENCES public.person(tenant_id, id);

--
-- Name: bridge_paper bridge_paper_peer_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.bridge_paper
    ADD CONSTRAINT bridge_paper_peer_id_fkey FOREIGN KEY (peer_id) REFERENCES public.tenant(id);

--
-- Name: chat_message chat_message_tenant_id_channel_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.chat_message
    ADD CONSTRAINT chat_message_tenant_id_channel_id_fkey FOREIGN KEY (tenant_id, channel_id) REFERENCES public.chat_channel(tenant_id, id) ON DELETE CASCADE;

--
-- Name: chat_report chat_report_tenant_id_channel_id_number_fkey; Type: FK CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.chat_report
    ADD CONSTRAINT chat_report_tenant_id_channel_id_number_fkey FOREIGN KEY (tenant_id, channel_id, number) REFERENCES public.chat_message(tenant_id, channel_id, number) ON DELETE CASCADE;

--
-- Name: chat_seat chat_seat_tenant_id_channel_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.chat_seat
    ADD CONSTRAINT chat_seat_tenant_id_channel_id_fkey FOREIGN KEY (tenant_id, channel_id) REFERENCES public.chat_channel(tenant_id, id) ON DELETE CASCADE;

--
-- Name: chat_silence chat_silence_tenant_id_channel_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.chat_silence
    ADD CONSTRAINT chat_silence_tenant_id_channel_id_fkey FOREIGN KEY (tenant_id, channel_id) REFERENCES public.chat_channel(tenant_id, id) ON DELETE CASCADE;

--
-- Name: chat_visit chat_visit_tenant_id_channel_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.chat_visit
    ADD CONSTRAINT chat_visit_tenant_id_channel_id_fkey FOREIGN KEY (tenant_id, channel_id) REFERENCES public.chat_channel(tenant_id, id) ON DELETE CASCADE;

--
-- Name: class_member class_member_tenant_id_class_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.class_member
    ADD CONSTRAINT class_member_tenant_id_class_id_fkey FOREIGN KEY (tenant_id, class_id) REFERENCES public.class(tenant_id, id);

--
-- Name: class_member class_member_tenant_id_person_id_profile_fkey; Type: FK CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.class_member
    ADD CONSTRAINT class_member_tenant_id_person_id_profile_fkey FOREIGN KEY (tenant_id, person_id, profile) REFERENCES public.membership(tenant_id, person_id, profile) ON DELETE CASCADE DEFERRABLE;

--
-- Name: class class_tenant_id_school_year_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.class
    ADD CONSTRAINT class_tenant_id_school_year_id_fkey FOREIGN KEY (tenant_id, school_year_id) REFERENCES public.school_year(tenant_id, id);

--
-- Name: contact_check contact_check_tenant_id_person_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.contact_check
    ADD CONSTRAINT contact_check_tenant_id_person_id_fkey FOREIGN KEY (tenant_id, person_id) REFERENCES public.person(tenant_id, id);

--
-- Name: dav_lock dav_lock_tenant_id_node_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.dav_lock
    ADD CONSTRAINT dav_lock_tenant_id_node_id_fkey FOREIGN KEY (tenant_id, node_id) REFERENCES public.drive_node(tenant_id, id) ON DELETE CASCADE;

--
-- Name: dav_property dav_property_tenant_id_node_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.dav_property
    ADD CONSTRAINT dav_property_tenant_id_node_id_fkey FOREIGN KEY (tenant_id, node_id) REFERENCES public.drive_node(tenant_id, id) ON DELETE CASCADE;

--
-- Name: day_off day_off_tenant_id_school_year_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.day_off
    ADD CONSTRAINT day_off_tenant_id_school_year_id_fkey FOREIGN KEY (tenant_id, school_year_id) REFERENCES public.school_year(tenant_id, id);

--
-- Name: document_comment document_comment_tenant_id_node_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.document_comment
    ADD CONSTRAINT document_comment_tenant_id_node_id_fkey FOREIGN KEY (tenant_id, node_id) REFERENCES public.drive_node(tenant_id, id) ON DELETE CASCADE;

--
-- Name: drive_link drive_link_tenant_id_node_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.drive_link
    ADD CONSTRAINT drive_link_tenant_id_node_id_fkey FOREIGN KEY (tenant_id, node_id) REFERENCES public.drive_node(tenant_id, id) ON DELETE CASCADE;

--
-- Name: drive_node drive_node_tenant_id_parent_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.drive_node
    ADD CONSTRAINT drive_node_tenant_id_parent_id_fkey FOREIGN KEY (tenant_id, parent_id) REFERENCES public.drive_node(tenant_id, id);

--
-- Name: drive_node drive_node_tenant_id_space_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.drive_node
    ADD CONSTRAINT drive_node_tenant_id_space_id_fkey FOREIGN KEY (tenant_id, space_id) REFERENCES public.drive_space(tenant_id, owner_id);

--
-- Name: drive_share_key drive_share_key_tenant_id_share_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.drive_share_key
    ADD CONSTRAINT drive_share_key_tenant_id_share_id_fkey FOREIGN KEY (tenant_id, share_id) REFERENCES public.drive_share(tenant_id, id) ON DELETE CASCADE;

--
-- Name: drive_share drive_share_tenant_id_node_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.drive_share
    ADD CONSTRAINT drive_share_tenant_id_node_id_fkey FOREIGN KEY (tenant_id, node_id) REFERENCES public.drive_node(tenant_id, id) ON DELETE CASCADE;

--
-- Name: drive_upload_part drive_upload_part_tenant_id_upload_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.drive_upload_part
    ADD CONSTRAINT drive_upload_part_tenant_id_upload_id_fkey FOREIGN KEY (tenant_id, upload_id) REFERENCES public.drive_upload(tenant_id, id) ON DELETE CASCADE;

--
-- Name: drive_upload drive_upload_tenant_id_space_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.drive_upload
    ADD CONSTRAINT drive_upload_tenant_id_space_id_fkey FOREIGN KEY (tenant_id, space_id) REFERENCES public.drive_space(tenant_id, owner_id);

--
-- Name: drive_version drive_version_tenant_id_node_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.drive_version
    ADD CONSTRAINT drive_version_tenant_id_node_id_fkey FOREIGN KEY (tenant_id, node_id) REFERENCES public.drive_node(tenant_id, id) ON DELETE CASCADE;

--
-- Name: group_member group_member_tenant_id_group_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.group_member
    ADD CONSTRAINT group_member_tenant_id_group_id_fkey FOREIGN KEY (tenant_id, group_id) REFERENCES public.teaching_group(tenant_id, id);

--
-- Name: group_member group_member_tenant_id_person_id_profile_fkey; Type: FK CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.group_member
    ADD CONSTRAINT group_member_tenant_id_person_id_profile_fkey FOREIGN KEY (tenant_id, person_id, profile) REFERENCES public.membership(tenant_id, person_id, profile) ON DELETE CASCADE DEFERRABLE;

--
-- Name: guardianship guardianship_tenant_id_child_id_child_profile_fkey; Type: FK CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.guardianship
    ADD CONSTRAINT guardianship_tenant_id_child_id_child_profile_fkey FOREIGN KEY (tenant_id, child_id, child_profile) REFERENCES public.membership(tenant_id, person_id, profile) ON DELETE CASCADE DEFERRABLE;

--
-- Name: guardianship guardianship_tenant_id_guardian_id_guardian_profile_fkey; Type: FK CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.guardianship
    ADD CONSTRAINT guardianship_tenant_id_guardian_id_guardian_profile_fkey FOREIGN KEY (tenant_id, guardian_id, guardian_profile) REFERENCES public.membership(tenant_id, person_id, profile) ON DELETE CASCADE DEFERRABLE;

--
-- Name: handin_deposit handin_deposit_tenant_id_box_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.handin_deposit
    ADD CONSTRAINT handin_deposit_tenant_id_box_id_fkey FOREIGN KEY (tenant_id, box_id) REFERENCES public.handin_box(tenant_id, id) ON DELETE CASCADE;

--
-- Name: handin_file handin_file_tenant_id_box_id_deposit_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.handin_file
    ADD CONSTRAINT handin_file_tenant_id_box_id_deposit_id_fkey FOREIGN KEY (tenant_id, box_id, deposit_id) REFERENCES public.handin_deposit(tenant_id, box_id, id) ON DELETE CASCADE;

--
-- Name: handin_member handin_member_tenant_id_box_id_deposit_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.handin_member
    ADD CONSTRAINT handin_member_tenant_id_box_id_deposit_id_fkey FOREIGN KEY (tenant_id, box_id, deposit_id) REFERENCES public.handin_deposit(tenant_id, box_id, id) ON DELETE CASCADE;

--
-- Name: known_device known_device_tenant_id_person_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.known_device
    ADD CONSTRAINT known_device_tenant_id_person_id_fkey FOREIGN KEY (tenant_id, person_id) REFERENCES public.account(tenant_id, person_id) ON DELETE CASCADE;

--
-- Name: letter_delivery letter_delivery_tenant_id_letter_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.letter_delivery
    ADD CONSTRAINT letter_delivery_tenant_id_letter_id_fkey FOREIGN KEY (tenant_id, letter_id) REFERENCES public.letter(tenant_id, id) ON DELETE CASCADE;

--
-- Name: message_address message_address_tenant_id_message_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.message_address
    ADD CONSTRAINT message_address_tenant_id_message_id_fkey FOREIGN KEY (tenant_id, message_id) REFERENCES public.message(tenant_id, id) ON DELETE CASCADE;

--
-- Name: message_copy message_copy_tenant_id_message_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.message_copy
    ADD CONSTRAINT message_copy_tenant_id_message_id_fkey FOREIGN KEY (tenant_id, message_id) REFERENCES public.message(tenant_id, id) ON DELETE CASCADE;

--
-- Name: message_copy message_copy_tenant_id_person_id_folder_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.message_copy
    ADD CONSTRAINT message_copy_tenant_id_person_id_folder_id_fkey FOREIGN KEY (tenant_id, person_id, folder_id) REFERENCES public.message_folder(tenant_id, person_id, id) DEFERRABLE;

--
-- Name: message_file message_file_tenant_id_message_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.message_file
    ADD CONSTRAINT message_file_tenant_id_message_id_fkey FOREIGN KEY (tenant_id, message_id) REFERENCES public.message(tenant_id, id) ON DELETE CASCADE;

--
-- Name: message_folder message_folder_tenant_id_parent_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.message_folder
    ADD CONSTRAINT message_folder_tenant_id_parent_id_fkey FOREIGN KEY (tenant_id, parent_id) REFERENCES public.message_folder(tenant_id, id);

--
-- Name: message_report message_report_tenant_id_message_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.message_report
    ADD CONSTRAINT message_report_tenant_id_message_id_fkey FOREIGN KEY (tenant_id, message_id) REFERENCES public.message(tenant_id, id) ON DELETE CASCADE;

--
-- Name: notice_person notice_person_tenant_id_notice_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.notice_person
    ADD CONSTRAINT notice_person_tenant_id_notice_id_fkey FOREIGN KEY (tenant_id, notice_id) REFERENCES public.notice(tenant_id, id) ON DELETE CASCADE;

--
-- Name: notice_way notice_way_tenant_id_notice_id_person_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.notice_way
    ADD CONSTRAINT notice_way_tenant_id_notice_id_person_id_fkey FOREIGN KEY (tenant_id, notice_id, person_id) REFERENCES public.notice_person(tenant_id, notice_id, person_id) ON DELETE CASCADE DEFERRABLE;

--
-- Name: passkey passkey_tenant_id_person_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.passkey
    ADD CONSTRAINT passkey_tenant_id_person_id_fkey FOREIGN KEY (tenant_id, person_id) REFERENCES public.account(tenant_id, person_id) ON DELETE CASCADE;

--
-- Name: passport passport_tenant_id_person_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.passport
    ADD CONSTRAINT passport_tenant_id_person_id_fkey FOREIGN KEY (tenant_id, person_id) REFERENCES public.person(tenant_id, id);

--
-- Name: person_key person_key_tenant_id_person_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.person_key
    ADD CONSTRAINT person_key_tenant_id_person_id_fkey FOREIGN KEY (tenant_id, person_id) REFERENCES public.person(tenant_id, id);

--
-- Name: person_merge_row person_merge_row_tenant_id_merge_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.person_merge_row
    ADD CONSTRAINT person_merge_row_tenant_id_merge_id_fkey FOREIGN KEY (tenant_id, merge_id) REFERENCES public.person_merge(tenant_id, id) ON DELETE CASCADE;

--
-- Name: photo_found photo_found_tenant_id_import_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.photo_found
    ADD CONSTRAINT photo_found_tenant_id_import_id_fkey FOREIGN KEY (tenant_id, import_id) REFERENCES public.photo_import(tenant_id, id) ON DELETE CASCADE;

--
-- Name: policy_delta policy_delta_tenant_id_undoes_fkey; Type: FK CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.policy_delta
    ADD CONSTRAINT policy_delta_tenant_id_undoes_fkey FOREIGN KEY (tenant_id, undoes) REFERENCES public.policy_delta(tenant_id, id);

--
-- Name: publication_attachment publication_attachment_tenant_id_publication_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.publication_attachment
    ADD CONSTRAINT publication_attachment_tenant_id_publication_id_fkey FOREIGN KEY (tenant_id, publication_id) REFERENCES public.publication(tenant_id, id) ON DELETE CASCADE;

--
-- Name: push_device push_device_tenant_id_person_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.push_device
    ADD CONSTRAINT push_device_tenant_id_person_id_fkey FOREIGN KEY (tenant_id, person_id) REFERENCES public.person(tenant_id, id);

--
-- Name: recovery_code recovery_code_tenant_id_person_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.recovery_code
    ADD CONSTRAINT recovery_code_tenant_id_person_id_fkey FOREIGN KEY (tenant_id, person_id) REFERENCES public.account(tenant_id, person_id) ON DELETE CASCADE;

--
-- Name: recovery_link recovery_link_tenant_id_person_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.recovery_link
    ADD CONSTRAINT recovery_link_tenant_id_person_id_fkey FOREIGN KEY (tenant_id, person_id) REFERENCES public.person(tenant_id, id);

--
-- Name: rollover_ended rollover_ended_tenant_id_person_id_profile_fkey; Type: FK CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.rollover_ended
    ADD CONSTRAINT rollover_ended_tenant_id_person_id_profile_fkey FOREIGN KEY (tenant_id, person_id, profile) REFERENCES public.membership(tenant_id, person_id, profile) ON DELETE CASCADE DEFERRABLE;

--
-- Name: rollover_ended rollover_ended_tenant_id_rollover_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.rollover_ended
    ADD CONSTRAINT rollover_ended_tenant_id_rollover_id_fkey FOREIGN KEY (tenant_id, rollover_id) REFERENCES public.rollover(tenant_id, id) ON DELETE CASCADE;

--
-- Name: rollover rollover_tenant_id_from_year_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.rollover
    ADD CONSTRAINT rollover_tenant_id_from_year_id_fkey FOREIGN KEY (tenant_id, from_year_id) REFERENCES public.school_year(tenant_id, id);

--
-- Name: school_term school_term_tenant_id_school_year_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.school_term
    ADD CONSTRAINT school_term_tenant_id_school_year_id_fkey FOREIGN KEY (tenant_id, school_year_id) REFERENCES public.school_year(tenant_id, id);

--
-- Name: session session_tenant_id_sign_on_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.session
    ADD CONSTRAINT session_tenant_id_sign_on_id_fkey FOREIGN KEY (tenant_id, sign_on_id) REFERENCES public.sign_on(tenant_id, id) ON DELETE CASCADE;

--
-- Name: sheet_part sheet_part_tenant_id_run_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.sheet_part
    ADD CONSTRAINT sheet_part_tenant_id_run_id_fkey FOREIGN KEY (tenant_id, run_id) REFERENCES public.sheet_run(tenant_id, id) ON DELETE CASCADE;

--
-- Name: sign_in_half sign_in_half_tenant_id_person_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.sign_in_half
    ADD CONSTRAINT sign_in_half_tenant_id_person_id_fkey FOREIGN KEY (tenant_id, person_id) REFERENCES public.account(tenant_id, person_id) ON DELETE CASCADE;

--
-- Name: sign_in_notice sign_in_notice_tenant_id_person_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.sign_in_notice
    ADD CONSTRAINT sign_in_notice_tenant_id_person_id_fkey FOREIGN KEY (tenant_id, person_id) REFERENCES public.account(tenant_id, person_id) ON DELETE CASCADE;

--
-- Name: sign_on sign_on_tenant_id_person_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.sign_on
    ADD CONSTRAINT sign_on_tenant_id_person_id_fkey FOREIGN KEY (tenant_id, person_id) REFERENCES public.person(tenant_id, id);

--
-- Name: sign_on_ticket sign_on_ticket_tenant_id_sign_on_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.sign_on_ticket
    ADD CONSTRAINT sign_on_ticket_tenant_id_sign_on_id_fkey FOREIGN KEY (tenant_id, sign_on_id) REFERENCES public.sign_on(tenant_id, id) ON DELETE CASCADE;

--
-- Name: slip_asked slip_asked_tenant_id_slip_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.slip_asked
    ADD CONSTRAINT slip_asked_tenant_id_slip_id_fkey FOREIGN KEY (tenant_id, slip_id) REFERENCES public.slip(tenant_id, id) ON DELETE CASCADE;

--
-- Name: slip_file slip_file_tenant_id_slip_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.slip_file
    ADD CONSTRAINT slip_file_tenant_id_slip_id_fkey FOREIGN KEY (tenant_id, slip_id) REFERENCES public.slip(tenant_id, id) ON DELETE CASCADE;

--
-- Name: slip_reply slip_reply_tenant_id_slip_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.slip_reply
    ADD CONSTRAINT slip_reply_tenant_id_slip_id_fkey FOREIGN KEY (tenant_id, slip_id) REFERENCES public.slip(tenant_id, id) ON DELETE CASCADE;

--
-- Name: slip_roll slip_roll_tenant_id_slip_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.slip_roll
    ADD CONSTRAINT slip_roll_tenant_id_slip_id_fkey FOREIGN KEY (tenant_id, slip_id) REFERENCES public.slip(tenant_id, id) ON DELETE CASCADE;

--
-- Name: slip_round slip_round_tenant_id_slip_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.slip_round
    ADD CONSTRAINT slip_round_tenant_id_slip_id_fkey FOREIGN KEY (tenant_id, slip_id) REFERENCES public.slip(tenant_id, id) ON DELETE CASCADE;

--
-- Name: slip_urn slip_urn_tenant_id_slip_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.slip_urn
    ADD CONSTRAINT slip_urn_tenant_id_slip_id_fkey FOREIGN KEY (tenant_id, slip_id) REFERENCES public.slip(tenant_id, id) ON DELETE CASCADE;

--
-- Name: support_visit support_visit_tenant_id_author_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.support_visit
    ADD CONSTRAINT support_visit_tenant_id_author_id_fkey FOREIGN KEY (tenant_id, author_id) REFERENCES public.person(tenant_id, id);

--
-- Name: support_visit support_visit_tenant_id_person_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.support_visit
    ADD CONSTRAINT support_visit_tenant_id_person_id_fkey FOREIGN KEY (tenant_id, person_id) REFERENCES public.person(tenant_id, id);

--
-- Name: teaching_group teaching_group_tenant_id_school_year_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.teaching_group
    ADD CONSTRAINT teaching_group_tenant_id_school_year_id_fkey FOREIGN KEY (tenant_id, school_year_id) REFERENCES public.school_year(tenant_id, id);

--
-- Name: teaching teaching_tenant_id_class_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.teaching
    ADD CONSTRAINT teaching_tenant_id_class_id_fkey FOREIGN KEY (tenant_id, class_id) REFERENCES public.class(tenant_id, id) ON DELETE CASCADE;

--
-- Name: teaching teaching_tenant_id_group_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.teaching
    ADD CONSTRAINT teaching_tenant_id_group_id_fkey FOREIGN KEY (tenant_id, group_id) REFERENCES public.teaching_group(tenant_id, id) ON DELETE CASCADE;

--
-- Name: teaching teaching_tenant_id_subject_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.teaching
    ADD CONSTRAINT teaching_tenant_id_subject_id_fkey FOREIGN KEY (tenant_id, subject_id) REFERENCES public.subject(tenant_id, id);

--
-- Name: teaching teaching_tenant_id_teacher_id_teacher_profile_fkey; Type: FK CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.teaching
    ADD CONSTRAINT teaching_tenant_id_teacher_id_teacher_profile_fkey FOREIGN KEY (tenant_id, teacher_id, teacher_profile) REFERENCES public.membership(tenant_id, person_id, profile) ON DELETE CASCADE DEFERRABLE;

--
-- Name: tenant tenant_merged_into_fkey; Type: FK CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.tenant
    ADD CONSTRAINT tenant_merged_into_fkey FOREIGN KEY (merged_into) REFERENCES public.tenant(id);

--
-- Name: tenant tenant_parent_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.tenant
    ADD CONSTRAINT tenant_parent_id_fkey FOREIGN KEY (parent_id) REFERENCES public.tenant(id);

--
-- Name: totp_secret totp_secret_tenant_id_person_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: elyco_owner
--

ALTER TABLE ONLY public.totp_secret
    ADD CONSTRAINT totp_secret_tenant_id_person_id_fkey FOREIGN KEY (tenant_id, person_id) REFERENCES public.account(tenant_id, person_id) ON DELETE CASCADE;

--
-- Name: access_entry; Type: ROW SECURITY; Schema: public; Owner: elyco_owner
--

ALTER TABLE public.access_entry ENABLE ROW LEVEL SECURITY;

--
-- Name: account; Type: ROW SECURITY; Schema: public; Owner: elyco_owner
--

ALTER TABLE public.account ENABLE ROW LEVEL SECURITY;

--
-- Name: account_contact; Type: ROW SECURITY; Schema: public; Owner: elyco_owner
--

ALTER TABLE public.account_contact ENABLE ROW LEVEL SECURITY;

--
-- Name: account_event; Type: ROW SECURITY; Schema: public; Owner: elyco_owner
--

ALTER TABLE public.account_event ENABLE ROW LEVEL SECURITY;

--
-- Name: activation_code; Type: ROW SECURITY; Schema: public; Owner: elyco_owner
--

ALTER TABLE public.activation_code ENABLE ROW LEVEL SECURITY;

--
-- Name: app_password; Type: ROW SECURITY; Schema: public; Owner: elyco_owner
--

ALTER TABLE public.app_password ENABLE ROW LEVEL SECURITY;

--
-- Name: audience_headcount; Type: ROW SECURITY; Schema: public; Owner: elyco_owner
--

ALTER TABLE public.audience_headcount ENABLE ROW LEVEL SECURITY;

--
-- Name: audit_check; Type: ROW SECURITY; Schema: public; Owner: elyco_owner
--

ALTER TABLE public.audit_check ENABLE ROW LEVEL SECURITY;

--
-- Name: audit_entry; Type: ROW SECURITY; Schema: public; Owner: elyco_owner
--

ALTER TABLE public.audit_entry ENABLE ROW LEVEL SECURITY;

--
-- Name: audit_head; Type: ROW SECURITY; Schema: public; Owner: elyco_owner
--

ALTER TABLE public.audit_head ENABLE ROW LEVEL SECURITY;

--
-- Name: audit_open; Type: ROW SECURITY; Schema: public; Owner: elyco_owner
--

ALTER TABLE public.audit_open ENABLE ROW LEVEL SECURITY;

--
-- Name: audit_release; Type: ROW SECURITY; Schema: public; Owner: elyco_owner
--

ALTER TABLE public.audit_release ENABLE ROW LEVEL SECURITY;

--
-- Name: audit_seal; Type: ROW SECURITY; Schema: public; Owner: elyco_owner
--

ALTER TABLE public.audit_seal ENABLE ROW LEVEL SECURITY;

--
-- Name: bounced_address; Type: ROW SECURITY; Schema: public; Owner: elyco_owner
--

ALTER TABLE public.bounced_address ENABLE ROW LEVEL SECURITY;

--
-- Name: bridge_heard; Type: ROW SECURITY; Schema: public; Owner: elyco_owner
--

ALTER TABLE public.bridge_heard ENABLE ROW LEVEL SECURITY;

--
-- Name: bridge_paper; Type: ROW SECURITY; Schema: public; Owner: elyco_owner
--

ALTER TABLE public.bridge_paper ENABLE ROW LEVEL SECURITY;

--
-- Name: channel_spend; Type: ROW SECURITY; Schema: public; Owner: elyco_owner
--

ALTER TABLE public.channel_spend ENABLE ROW LEVEL SECURITY;

--
-- Name: chat_channel; Type: ROW SECURITY; Schema: public; Owner: elyco_owner
--

ALTER TABLE public.chat_channel ENABLE ROW LEVEL SECURITY;

--
-- Name: chat_discreet; Type: ROW SECURITY; Schema: public; Owner: elyco_owner
--

ALTER TABLE public.chat_discreet ENABLE ROW LEVEL SECURITY;

--
-- Name: chat_message; Type: ROW SECURITY; Schema: public; Owner: elyco_owner
--

ALTER TABLE public.chat_message ENABLE ROW LEVEL SECURITY;

--
-- Name: chat_report; Type: ROW SECURITY; Schema: public; Owner: elyco_owner
--

ALTER TABLE public.chat_report ENABLE ROW LEVEL SECURITY;

--
-- Name: chat_seat; Type: ROW SECURITY; Schema: public; Owner: elyco_owner
--

ALTER TABLE public.chat_seat ENABLE ROW LEVEL SECURITY;

--
-- Name: chat_silence; Type: ROW SECURITY; Schema: public; Owner: elyco_owner
--

ALTER TABLE public.chat_silence ENABLE ROW LEVEL SECURITY;

--
-- Name: chat_visit; Type: ROW SECURITY; Schema: public; Owner: elyco_owner
--

ALTER TABLE public.chat_visit ENABLE ROW LEVEL SECURITY;

--
-- Name: class; Type: ROW SECURITY; Schema: public; Owner: elyco_owner
--

ALTER TABLE public.class ENABLE ROW LEVEL SECURITY;

--
-- Name: class_member; Type: ROW SECURITY; Schema: public; Owner: elyco_owner
--

ALTER TABLE public.class_member ENABLE ROW LEVEL SECURITY;

--
-- Name: connection_count; Type: ROW SECURITY; Schema: public; Owner: elyco_owner
--

ALTER TABLE public.connection_count ENABLE ROW LEVEL SECURITY;

--
-- Name: contact_check; Type: ROW SECURITY; Schema: public; Owner: elyco_owner
--

ALTER TABLE public.contact_check ENABLE ROW LEVEL SECURITY;

--
-- Name: correction; Type: ROW SECURITY; Schema: public; Owner: elyco_owner
--

ALTER TABLE public.correction ENABLE ROW LEVEL SECURITY;

--
-- Name: dav_lock; Type: ROW SECURITY; Schema: public; Owner: elyco_owner
--

ALTER TABLE public.dav_lock ENABLE ROW LEVEL SECURITY;

--
-- Name: dav_property; Type: ROW SECURITY; Schema: public; Owner: elyco_owner
--

ALTER TABLE public.dav_property ENABLE ROW LEVEL SECURITY;

--
-- Name: day_off; Type: ROW SECURITY; Schema: public; Owner: elyco_owner
--

ALTER TABLE public.day_off ENABLE ROW LEVEL SECURITY;

--
-- Name: delegation; Type: ROW SECURITY; Schema: public; Owner: elyco_owner
--

ALTER TABLE public.delegation ENABLE ROW LEVEL SECURITY;

--
-- Name: document_comment; Type: ROW SECURITY; Schema: public; Owner: elyco_owner
--

ALTER TABLE public.document_comment ENABLE ROW LEVEL SECURITY;

--
-- Name: drive_link; Type: ROW SECURITY; Schema: public; Owner: elyco_owner
--

ALTER TABLE public.drive_link ENABLE ROW LEVEL SECURITY;

--
-- Name: drive_node; Type: ROW SECURITY; Schema: public; Owner: elyco_owner
--

ALTER TABLE public.drive_node ENABLE ROW LEVEL SECURITY;

--
-- Name: drive_share; Type: ROW SECURITY; Schema: public; Owner: elyco_owner
--

ALTER TABLE public.drive_share ENABLE ROW LEVEL SECURITY;

--
-- Name: drive_share_key; Type: ROW SECURITY; Schema: public; Owner: elyco_owner
--

ALTER TABLE public.drive_share_key ENABLE ROW LEVEL SECURITY;

--
-- Name: drive_space; Type: ROW SECURITY; Schema: public; Owner: elyco_owner
--

ALTER TABLE public.drive_space ENABLE ROW LEVEL SECURITY;

--
-- Name: drive_text; Type: ROW SECURITY; Schema: public; Owner: elyco_owner
--

ALTER TABLE public.drive_text ENABLE ROW LEVEL SECURITY;

--
-- Name: drive_upload; Type: ROW SECURITY; Schema: public; Owner: elyco_owner
--

ALTER TABLE public.drive_upload ENABLE ROW LEVEL SECURITY;

--
-- Name: drive_upload_part; Type: ROW SECURITY; Schema: public; Owner: elyco_owner
--

ALTER TABLE public.drive_upload_part ENABLE ROW LEVEL SECURITY;

--
-- Name: drive_version; Type: ROW SECURITY; Schema: public; Owner: elyco_owner
--

ALTER TABLE public.drive_version ENABLE ROW LEVEL SECURITY;

--
-- Name: erasure; Type: ROW SECURITY; Schema: public; Owner: elyco_owner
--

ALTER TABLE public.erasure ENABLE ROW LEVEL SECURITY;

--
-- Name: feed; Type: ROW SECURITY; Schema: public; Owner: elyco_owner
--

ALTER TABLE public.feed ENABLE ROW LEVEL SECURITY;

--
-- Name: feed_finding; Type: ROW SECURITY; Schema: public; Owner: elyco_owner
--

ALTER TABLE public.feed_finding ENABLE ROW LEVEL SECURITY;

--
-- Name: feed_function; Type: ROW SECURITY; Schema: public; Owner: elyco_owner
--

ALTER TABLE public.feed_function ENABLE ROW LEVEL SECURITY;

--
-- Name: feed_login; Type: ROW SECURITY; Schema: public; Owner: elyco_owner
--

ALTER TABLE public.feed_login ENABLE ROW LEVEL SECURITY;

--
-- Name: feed_part; Type: ROW SECURITY; Schema: public; Owner: elyco_owner
--

ALTER TABLE public.feed_part ENABLE ROW LEVEL SECURITY;

--
-- Name: group_member; Type: ROW SECURITY; Schema: public; Owner: elyco_owner
--

ALTER TABLE public.group_member ENABLE ROW LEVEL SECURITY;

--
-- Name: guardianship; Type: ROW SECURITY; Schema: public; Owner: elyco_owner
--

ALTER TABLE public.guardianship ENABLE ROW LEVEL SECURITY;

--
-- Name: handin_box; Type: ROW SECURITY; Schema: public; Owner: elyco_owner
--

ALTER TABLE public.handin_box ENABLE ROW LEVEL SECURITY;

--
-- Name: handin_deposit; Type: ROW SECURITY; Schema: public; Owner: elyco_owner
--

ALTER TABLE public.handin_deposit ENABLE ROW LEVEL SECURITY;

--
-- Name: handin_file; Type: ROW SECURITY; Schema: public; Owner: elyco_owner
--

ALTER TABLE public.handin_file ENABLE ROW LEVEL SECURITY;

--
-- Name: handin_member; Type: ROW SECURITY; Schema: public; Owner: elyco_owner
--

ALTER TABLE public.handin_member ENABLE ROW LEVEL SECURITY;

--
-- Name: home_default; Type: ROW SECURITY; Schema: public; Owner: elyco_owner
--

ALTER TABLE public.home_default ENABLE ROW LEVEL SECURITY;

--
-- Name: home_layout; Type: ROW SECURITY; Schema: public; Owner: elyco_owner
--

ALTER TABLE public.home_layout ENABLE ROW LEVEL SECURITY;

--
-- Name: job; Type: ROW SECURITY; Schema: public; Owner: elyco_owner
--

ALTER TABLE public.job ENABLE ROW LEVEL SECURITY;

--
-- Name: known_device; Type: ROW SECURITY; Schema: public; Owner: elyco_owner
--

ALTER TABLE public.known_device ENABLE ROW LEVEL SECURITY;

--
-- Name: letter; Type: ROW SECURITY; Schema: public; Owner: elyco_owner
--

ALTER TABLE public.letter ENABLE ROW LEVEL SECURITY;

--
-- Name: letter_delivery; Type: ROW SECURITY; Schema: public; Owner: elyco_owner
--

ALTER TABLE public.letter_delivery ENABLE ROW LEVEL SECURITY;

--
-- Name: membership; Type: ROW SECURITY; Schema: public; Owner: elyco_owner
--

ALTER TABLE public.membership ENABLE ROW LEVEL SECURITY;

--
-- Name: message; Type: ROW SECURITY; Schema: public; Owner: elyco_owner
--

ALTER TABLE public.message ENABLE ROW LEVEL SECURITY;

--
-- Name: message_address; Type: ROW SECURITY; Schema: public; Owner: elyco_owner
--

ALTER TABLE public.message_address ENABLE ROW LEVEL SECURITY;

--
-- Name: message_block; Type: ROW SECURITY; Schema: public; Owner: elyco_owner
--

ALTER TABLE public.message_block ENABLE ROW LEVEL SECURITY;

--
-- Name: message_copy; Type: ROW SECURITY; Schema: public; Owner: elyco_owner
--

ALTER TABLE public.message_copy ENABLE ROW LEVEL SECURITY;

--
-- Name: message_file; Type: ROW SECURITY; Schema: public; Owner: elyco_owner
--

ALTER TABLE public.message_file ENABLE ROW LEVEL SECURITY;

--
-- Name: message_folder; Type: ROW SECURITY; Schema: public; Owner: elyco_owner
--

ALTER TABLE public.message_folder ENABLE ROW LEVEL SECURITY;

--
-- Name: message_hold; Type: ROW SECURITY; Schema: public; Owner: elyco_owner
--

ALTER TABLE public.message_hold ENABLE ROW LEVEL SECURITY;

--
-- Name: message_moderator; Type: ROW SECURITY; Schema: public; Owner: elyco_owner
--

ALTER TABLE public.message_moderator ENABLE ROW LEVEL SECURITY;

--
-- Name: message_recall; Type: ROW SECURITY; Schema: public; Owner: elyco_owner
--

ALTER TABLE public.message_recall ENABLE ROW LEVEL SECURITY;

--
-- Name: message_report; Type: ROW SECURITY; Schema: public; Owner: elyco_owner
--

ALTER TABLE public.message_report ENABLE ROW LEVEL SECURITY;

--
-- Name: message_signature; Type: ROW SECURITY; Schema: public; Owner: elyco_owner
--

ALTER TABLE public.message_signature ENABLE ROW LEVEL SECURITY;

--
-- Name: message_stop; Type: ROW SECURITY; Schema: public; Owner: elyco_owner
--

ALTER TABLE public.message_stop ENABLE ROW LEVEL SECURITY;

--
-- Name: mustread_notice; Type: ROW SECURITY; Schema: public; Owner: elyco_owner
--

ALTER TABLE public.mustread_notice ENABLE ROW LEVEL SECURITY;

--
-- Name: mydata_export; Type: ROW SECURITY; Schema: public; Owner: elyco_owner
--

ALTER TABLE public.mydata_export ENABLE ROW LEVEL SECURITY;

--
-- Name: notice; Type: ROW SECURITY; Schema: public; Owner: elyco_owner
--

ALTER TABLE public.notice ENABLE ROW LEVEL SECURITY;

--
-- Name: notice_choice; Type: ROW SECURITY; Schema: public; Owner: elyco_owner
--

ALTER TABLE public.notice_choice ENABLE ROW LEVEL SECURITY;

--
-- Name: notice_person; Type: ROW SECURITY; Schema: public; Owner: elyco_owner
--

ALTER TABLE public.notice_person ENABLE ROW LEVEL SECURITY;

--
-- Name: notice_rhythm; Type: ROW SECURITY; Schema: public; Owner: elyco_owner
--

ALTER TABLE public.notice_rhythm ENABLE ROW LEVEL SECURITY;

--
-- Name: notice_way; Type: ROW SECURITY; Schema: public; Owner: elyco_owner
--

ALTER TABLE public.notice_way ENABLE ROW LEVEL SECURITY;

--
-- Name: oversight_copy; Type: ROW SECURITY; Schema: public; Owner: elyco_owner
--

ALTER TABLE public.oversight_copy ENABLE ROW LEVEL SECURITY;

--
-- Name: oversight_import; Type: ROW SECURITY; Schema: public; Owner: elyco_owner
--

ALTER TABLE public.oversight_import ENABLE ROW LEVEL SECURITY;

--
-- Name: passkey; Type: ROW SECURITY; Schema: public; Owner: elyco_owner
--

ALTER TABLE public.passkey ENABLE ROW LEVEL SECURITY;

--
-- Name: passport; Type: ROW SECURITY; Schema: public; Owner: elyco_owner
--

ALTER TABLE public.passport ENABLE ROW LEVEL SECURITY;

--
-- Name: person; Type: ROW SECURITY; Schema: public; Owner: elyco_owner
--

ALTER TABLE public.person ENABLE ROW LEVEL SECURITY;

--
-- Name: person_apart; Type: ROW SECURITY; Schema: public; Owner: elyco_owner
--

ALTER TABLE public.person_apart ENABLE ROW LEVEL SECURITY;

--
-- Name: person_hours; Type: ROW SECURITY; Schema: public; Owner: elyco_owner
--

ALTER TABLE public.person_hours ENABLE ROW LEVEL SECURITY;

--
-- Name: person_key; Type: ROW SECURITY; Schema: public; Owner: elyco_owner
--

ALTER TABLE public.person_key ENABLE ROW LEVEL SECURITY;

--
-- Name: person_merge; Type: ROW SECURITY; Schema: public; Owner: elyco_owner
--

ALTER TABLE public.person_merge ENABLE ROW LEVEL SECURITY;

--
-- Name: person_merge_row; Type: ROW SECURITY; Schema: public; Owner: elyco_owner
--

ALTER TABLE public.person_merge_row ENABLE ROW LEVEL SECURITY;

--
-- Name: person_photo; Type: ROW SECURITY; Schema: public; Owner: elyco_owner
--

ALTER TABLE public.person_photo ENABLE ROW LEVEL SECURITY;

--
-- Name: photo_found; Type: ROW SECURITY; Schema: public; Owner: elyco_owner
--

ALTER TABLE public.photo_found ENABLE ROW LEVEL SECURITY;

--
-- Name: photo_import; Type: ROW SECURITY; Schema: public; Owner: elyco_owner
--

ALTER TABLE public.photo_import ENABLE ROW LEVEL SECURITY;

--
-- Name: policy_delta; Type: ROW SECURITY; Schema: public; Owner: elyco_owner
--

ALTER TABLE public.policy_delta ENABLE ROW LEVEL SECURITY;

--
-- Name: publication; Type: ROW SECURITY; Schema: public; Owner: elyco_owner
--

ALTER TABLE public.publication ENABLE ROW LEVEL SECURITY;

--
-- Name: publication_attachment; Type: ROW SECURITY; Schema: public; Owner: elyco_owner
--

ALTER TABLE public.publication_attachment ENABLE ROW LEVEL SECURITY;

--
-- Name: publication_read; Type: ROW SECURITY; Schema: public; Owner: elyco_owner
--

ALTER TABLE public.publication_read ENABLE ROW LEVEL SECURITY;

--
-- Name: publication published_below; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY published_below ON public.publication AS RESTRICTIVE FOR SELECT USING (((state = 'published'::text) OR (tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting))));

--
-- Name: push_device; Type: ROW SECURITY; Schema: public; Owner: elyco_owner
--

ALTER TABLE public.push_device ENABLE ROW LEVEL SECURITY;

--
-- Name: recovery_code; Type: ROW SECURITY; Schema: public; Owner: elyco_owner
--

ALTER TABLE public.recovery_code ENABLE ROW LEVEL SECURITY;

--
-- Name: recovery_link; Type: ROW SECURITY; Schema: public; Owner: elyco_owner
--

ALTER TABLE public.recovery_link ENABLE ROW LEVEL SECURITY;

--
-- Name: recovery_request; Type: ROW SECURITY; Schema: public; Owner: elyco_owner
--

ALTER TABLE public.recovery_request ENABLE ROW LEVEL SECURITY;

--
-- Name: retention_run; Type: ROW SECURITY; Schema: public; Owner: elyco_owner
--

ALTER TABLE public.retention_run ENABLE ROW LEVEL SECURITY;

--
-- Name: rollover; Type: ROW SECURITY; Schema: public; Owner: elyco_owner
--

ALTER TABLE public.rollover ENABLE ROW LEVEL SECURITY;

--
-- Name: rollover_ended; Type: ROW SECURITY; Schema: public; Owner: elyco_owner
--

ALTER TABLE public.rollover_ended ENABLE ROW LEVEL SECURITY;

--
-- Name: roster_columns; Type: ROW SECURITY; Schema: public; Owner: elyco_owner
--

ALTER TABLE public.roster_columns ENABLE ROW LEVEL SECURITY;

--
-- Name: roster_draft; Type: ROW SECURITY; Schema: public; Owner: elyco_owner
--

ALTER TABLE public.roster_draft ENABLE ROW LEVEL SECURITY;

--
-- Name: school_term; Type: ROW SECURITY; Schema: public; Owner: elyco_owner
--

ALTER TABLE public.school_term ENABLE ROW LEVEL SECURITY;

--
-- Name: school_year; Type: ROW SECURITY; Schema: public; Owner: elyco_owner
--

ALTER TABLE public.school_year ENABLE ROW LEVEL SECURITY;

--
-- Name: access_entry scope_door; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_door ON public.access_entry USING (true) WITH CHECK (true);

--
-- Name: account scope_door; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_door ON public.account USING (true) WITH CHECK (true);

--
-- Name: account_contact scope_door; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_door ON public.account_contact USING (true) WITH CHECK (true);

--
-- Name: account_event scope_door; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_door ON public.account_event USING (true) WITH CHECK (true);

--
-- Name: activation_code scope_door; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_door ON public.activation_code USING (true) WITH CHECK (true);

--
-- Name: app_password scope_door; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_door ON public.app_password USING (true) WITH CHECK (true);

--
-- Name: audience_headcount scope_door; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_door ON public.audience_headcount USING (true) WITH CHECK (true);

--
-- Name: audit_check scope_door; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_door ON public.audit_check USING (true) WITH CHECK (true);

--
-- Name: audit_entry scope_door; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_door ON public.audit_entry USING (true) WITH CHECK (true);

--
-- Name: audit_head scope_door; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_door ON public.audit_head USING (true) WITH CHECK (true);

--
-- Name: audit_open scope_door; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_door ON public.audit_open USING (true) WITH CHECK (true);

--
-- Name: audit_release scope_door; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_door ON public.audit_release USING (true) WITH CHECK (true);

--
-- Name: audit_seal scope_door; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_door ON public.audit_seal USING (true) WITH CHECK (true);

--
-- Name: bounced_address scope_door; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_door ON public.bounced_address USING (true) WITH CHECK (true);

--
-- Name: bridge_heard scope_door; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_door ON public.bridge_heard USING (true) WITH CHECK (true);

--
-- Name: bridge_paper scope_door; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_door ON public.bridge_paper USING (true) WITH CHECK (true);

--
-- Name: channel_spend scope_door; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_door ON public.channel_spend USING (true) WITH CHECK (true);

--
-- Name: chat_channel scope_door; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_door ON public.chat_channel USING (true) WITH CHECK (true);

--
-- Name: chat_discreet scope_door; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_door ON public.chat_discreet USING (true) WITH CHECK (true);

--
-- Name: chat_message scope_door; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_door ON public.chat_message USING (true) WITH CHECK (true);

--
-- Name: chat_report scope_door; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_door ON public.chat_report USING (true) WITH CHECK (true);

--
-- Name: chat_seat scope_door; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_door ON public.chat_seat USING (true) WITH CHECK (true);

--
-- Name: chat_silence scope_door; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_door ON public.chat_silence USING (true) WITH CHECK (true);

--
-- Name: chat_visit scope_door; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_door ON public.chat_visit USING (true) WITH CHECK (true);

--
-- Name: class scope_door; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_door ON public.class USING (true) WITH CHECK (true);

--
-- Name: class_member scope_door; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_door ON public.class_member USING (true) WITH CHECK (true);

--
-- Name: connection_count scope_door; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_door ON public.connection_count USING (true) WITH CHECK (true);

--
-- Name: contact_check scope_door; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_door ON public.contact_check USING (true) WITH CHECK (true);

--
-- Name: correction scope_door; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_door ON public.correction USING (true) WITH CHECK (true);

--
-- Name: dav_lock scope_door; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_door ON public.dav_lock USING (true) WITH CHECK (true);

--
-- Name: dav_property scope_door; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_door ON public.dav_property USING (true) WITH CHECK (true);

--
-- Name: day_off scope_door; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_door ON public.day_off USING (true) WITH CHECK (true);

--
-- Name: delegation scope_door; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_door ON public.delegation USING (true) WITH CHECK (true);

--
-- Name: document_comment scope_door; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_door ON public.document_comment USING (true) WITH CHECK (true);

--
-- Name: drive_link scope_door; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_door ON public.drive_link USING (true) WITH CHECK (true);

--
-- Name: drive_node scope_door; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_door ON public.drive_node USING (true) WITH CHECK (true);

--
-- Name: drive_share scope_door; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_door ON public.drive_share USING (true) WITH CHECK (true);

--
-- Name: drive_share_key scope_door; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_door ON public.drive_share_key USING (true) WITH CHECK (true);

--
-- Name: drive_space scope_door; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_door ON public.drive_space USING (true) WITH CHECK (true);

--
-- Name: drive_text scope_door; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_door ON public.drive_text USING (true) WITH CHECK (true);

--
-- Name: drive_upload scope_door; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_door ON public.drive_upload USING (true) WITH CHECK (true);

--
-- Name: drive_upload_part scope_door; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_door ON public.drive_upload_part USING (true) WITH CHECK (true);

--
-- Name: drive_version scope_door; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_door ON public.drive_version USING (true) WITH CHECK (true);

--
-- Name: erasure scope_door; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_door ON public.erasure USING (true) WITH CHECK (true);

--
-- Name: feed scope_door; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_door ON public.feed USING (true) WITH CHECK (true);

--
-- Name: feed_finding scope_door; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_door ON public.feed_finding USING (true) WITH CHECK (true);

--
-- Name: feed_function scope_door; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_door ON public.feed_function USING (true) WITH CHECK (true);

--
-- Name: feed_login scope_door; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_door ON public.feed_login USING (true) WITH CHECK (true);

--
-- Name: feed_part scope_door; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_door ON public.feed_part USING (true) WITH CHECK (true);

--
-- Name: group_member scope_door; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_door ON public.group_member USING (true) WITH CHECK (true);

--
-- Name: guardianship scope_door; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_door ON public.guardianship USING (true) WITH CHECK (true);

--
-- Name: handin_box scope_door; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_door ON public.handin_box USING (true) WITH CHECK (true);

--
-- Name: handin_deposit scope_door; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_door ON public.handin_deposit USING (true) WITH CHECK (true);

--
-- Name: handin_file scope_door; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_door ON public.handin_file USING (true) WITH CHECK (true);

--
-- Name: handin_member scope_door; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_door ON public.handin_member USING (true) WITH CHECK (true);

--
-- Name: home_default scope_door; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_door ON public.home_default USING (true) WITH CHECK (true);

--
-- Name: home_layout scope_door; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_door ON public.home_layout USING (true) WITH CHECK (true);

--
-- Name: job scope_door; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_door ON public.job USING (true) WITH CHECK (true);

--
-- Name: known_device scope_door; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_door ON public.known_device USING (true) WITH CHECK (true);

--
-- Name: letter scope_door; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_door ON public.letter USING (true) WITH CHECK (true);

--
-- Name: letter_delivery scope_door; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_door ON public.letter_delivery USING (true) WITH CHECK (true);

--
-- Name: membership scope_door; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_door ON public.membership USING (true) WITH CHECK (true);

--
-- Name: message scope_door; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_door ON public.message USING (true) WITH CHECK (true);

--
-- Name: message_address scope_door; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_door ON public.message_address USING (true) WITH CHECK (true);

--
-- Name: message_block scope_door; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_door ON public.message_block USING (true) WITH CHECK (true);

--
-- Name: message_copy scope_door; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_door ON public.message_copy USING (true) WITH CHECK (true);

--
-- Name: message_file scope_door; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_door ON public.message_file USING (true) WITH CHECK (true);

--
-- Name: message_folder scope_door; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_door ON public.message_folder USING (true) WITH CHECK (true);

--
-- Name: message_hold scope_door; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_door ON public.message_hold USING (true) WITH CHECK (true);

--
-- Name: message_moderator scope_door; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_door ON public.message_moderator USING (true) WITH CHECK (true);

--
-- Name: message_recall scope_door; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_door ON public.message_recall USING (true) WITH CHECK (true);

--
-- Name: message_report scope_door; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_door ON public.message_report USING (true) WITH CHECK (true);

--
-- Name: message_signature scope_door; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_door ON public.message_signature USING (true) WITH CHECK (true);

--
-- Name: message_stop scope_door; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_door ON public.message_stop USING (true) WITH CHECK (true);

--
-- Name: mustread_notice scope_door; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_door ON public.mustread_notice USING (true) WITH CHECK (true);

--
-- Name: mydata_export scope_door; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_door ON public.mydata_export USING (true) WITH CHECK (true);

--
-- Name: notice scope_door; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_door ON public.notice USING (true) WITH CHECK (true);

--
-- Name: notice_choice scope_door; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_door ON public.notice_choice USING (true) WITH CHECK (true);

--
-- Name: notice_person scope_door; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_door ON public.notice_person USING (true) WITH CHECK (true);

--
-- Name: notice_rhythm scope_door; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_door ON public.notice_rhythm USING (true) WITH CHECK (true);

--
-- Name: notice_way scope_door; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_door ON public.notice_way USING (true) WITH CHECK (true);

--
-- Name: oversight_copy scope_door; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_door ON public.oversight_copy USING (true) WITH CHECK (true);

--
-- Name: oversight_import scope_door; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_door ON public.oversight_import USING (true) WITH CHECK (true);

--
-- Name: passkey scope_door; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_door ON public.passkey USING (true) WITH CHECK (true);

--
-- Name: passport scope_door; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_door ON public.passport USING (true) WITH CHECK (true);

--
-- Name: person scope_door; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_door ON public.person USING (true) WITH CHECK (true);

--
-- Name: person_apart scope_door; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_door ON public.person_apart USING (true) WITH CHECK (true);

--
-- Name: person_hours scope_door; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_door ON public.person_hours USING (true) WITH CHECK (true);

--
-- Name: person_key scope_door; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_door ON public.person_key USING (true) WITH CHECK (true);

--
-- Name: person_merge scope_door; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_door ON public.person_merge USING (true) WITH CHECK (true);

--
-- Name: person_merge_row scope_door; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_door ON public.person_merge_row USING (true) WITH CHECK (true);

--
-- Name: person_photo scope_door; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_door ON public.person_photo USING (true) WITH CHECK (true);

--
-- Name: photo_found scope_door; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_door ON public.photo_found USING (true) WITH CHECK (true);

--
-- Name: photo_import scope_door; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_door ON public.photo_import USING (true) WITH CHECK (true);

--
-- Name: policy_delta scope_door; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_door ON public.policy_delta USING (true) WITH CHECK (true);

--
-- Name: publication scope_door; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_door ON public.publication USING (true) WITH CHECK (true);

--
-- Name: publication_attachment scope_door; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_door ON public.publication_attachment USING (true) WITH CHECK (true);

--
-- Name: publication_read scope_door; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_door ON public.publication_read USING (true) WITH CHECK (true);

--
-- Name: push_device scope_door; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_door ON public.push_device USING (true) WITH CHECK (true);

--
-- Name: recovery_code scope_door; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_door ON public.recovery_code USING (true) WITH CHECK (true);

--
-- Name: recovery_link scope_door; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_door ON public.recovery_link USING (true) WITH CHECK (true);

--
-- Name: recovery_request scope_door; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_door ON public.recovery_request USING (true) WITH CHECK (true);

--
-- Name: retention_run scope_door; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_door ON public.retention_run USING (true) WITH CHECK (true);

--
-- Name: rollover scope_door; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_door ON public.rollover USING (true) WITH CHECK (true);

--
-- Name: rollover_ended scope_door; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_door ON public.rollover_ended USING (true) WITH CHECK (true);

--
-- Name: roster_columns scope_door; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_door ON public.roster_columns USING (true) WITH CHECK (true);

--
-- Name: roster_draft scope_door; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_door ON public.roster_draft USING (true) WITH CHECK (true);

--
-- Name: school_term scope_door; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_door ON public.school_term USING (true) WITH CHECK (true);

--
-- Name: school_year scope_door; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_door ON public.school_year USING (true) WITH CHECK (true);

--
-- Name: service_decision scope_door; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_door ON public.service_decision USING (true) WITH CHECK (true);

--
-- Name: session scope_door; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_door ON public.session USING (true) WITH CHECK (true);

--
-- Name: setting scope_door; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_door ON public.setting USING (true) WITH CHECK (true);

--
-- Name: sheet_part scope_door; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_door ON public.sheet_part USING (true) WITH CHECK (true);

--
-- Name: sheet_run scope_door; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_door ON public.sheet_run USING (true) WITH CHECK (true);

--
-- Name: sign_in_failure scope_door; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_door ON public.sign_in_failure USING (true) WITH CHECK (true);

--
-- Name: sign_in_half scope_door; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_door ON public.sign_in_half USING (true) WITH CHECK (true);

--
-- Name: sign_in_notice scope_door; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_door ON public.sign_in_notice USING (true) WITH CHECK (true);

--
-- Name: sign_on scope_door; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_door ON public.sign_on USING (true) WITH CHECK (true);

--
-- Name: sign_on_ticket scope_door; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_door ON public.sign_on_ticket USING (true) WITH CHECK (true);

--
-- Name: slip scope_door; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_door ON public.slip USING (true) WITH CHECK (true);

--
-- Name: slip_asked scope_door; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_door ON public.slip_asked USING (true) WITH CHECK (true);

--
-- Name: slip_file scope_door; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_door ON public.slip_file USING (true) WITH CHECK (true);

--
-- Name: slip_reply scope_door; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_door ON public.slip_reply USING (true) WITH CHECK (true);

--
-- Name: slip_roll scope_door; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_door ON public.slip_roll USING (true) WITH CHECK (true);

--
-- Name: slip_round scope_door; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_door ON public.slip_round USING (true) WITH CHECK (true);

--
-- Name: slip_template scope_door; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_door ON public.slip_template USING (true) WITH CHECK (true);

--
-- Name: slip_urn scope_door; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_door ON public.slip_urn USING (true) WITH CHECK (true);

--
-- Name: space scope_door; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_door ON public.space USING (true) WITH CHECK (true);

--
-- Name: space_standing scope_door; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_door ON public.space_standing USING (true) WITH CHECK (true);

--
-- Name: structure_key scope_door; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_door ON public.structure_key USING (true) WITH CHECK (true);

--
-- Name: subject scope_door; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_door ON public.subject USING (true) WITH CHECK (true);

--
-- Name: support_visit scope_door; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_door ON public.support_visit USING (true) WITH CHECK (true);

--
-- Name: teaching scope_door; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_door ON public.teaching USING (true) WITH CHECK (true);

--
-- Name: teaching_group scope_door; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_door ON public.teaching_group USING (true) WITH CHECK (true);

--
-- Name: tenant_event scope_door; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_door ON public.tenant_event USING (true) WITH CHECK (true);

--
-- Name: theme_version scope_door; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_door ON public.theme_version USING (true) WITH CHECK (true);

--
-- Name: totp_secret scope_door; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_door ON public.totp_secret USING (true) WITH CHECK (true);

--
-- Name: used_challenge scope_door; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_door ON public.used_challenge USING (true) WITH CHECK (true);

--
-- Name: access_entry scope_wall; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall ON public.access_entry AS RESTRICTIVE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting))) WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: account scope_wall; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall ON public.account AS RESTRICTIVE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting))) WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: account_contact scope_wall; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall ON public.account_contact AS RESTRICTIVE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting))) WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: account_event scope_wall; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall ON public.account_event AS RESTRICTIVE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting))) WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: activation_code scope_wall; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall ON public.activation_code AS RESTRICTIVE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting))) WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: app_password scope_wall; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall ON public.app_password AS RESTRICTIVE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting))) WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: audience_headcount scope_wall; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall ON public.audience_headcount AS RESTRICTIVE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting))) WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: audit_check scope_wall; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall ON public.audit_check AS RESTRICTIVE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting))) WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: audit_entry scope_wall; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall ON public.audit_entry AS RESTRICTIVE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting))) WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: audit_head scope_wall; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall ON public.audit_head AS RESTRICTIVE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting))) WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: audit_open scope_wall; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall ON public.audit_open AS RESTRICTIVE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting))) WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: audit_release scope_wall; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall ON public.audit_release AS RESTRICTIVE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting))) WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: audit_seal scope_wall; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall ON public.audit_seal AS RESTRICTIVE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting))) WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: bridge_heard scope_wall; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall ON public.bridge_heard AS RESTRICTIVE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting))) WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: channel_spend scope_wall; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall ON public.channel_spend AS RESTRICTIVE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting))) WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: chat_channel scope_wall; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall ON public.chat_channel AS RESTRICTIVE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting))) WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: chat_discreet scope_wall; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall ON public.chat_discreet AS RESTRICTIVE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting))) WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: chat_message scope_wall; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall ON public.chat_message AS RESTRICTIVE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting))) WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: chat_report scope_wall; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall ON public.chat_report AS RESTRICTIVE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting))) WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: chat_seat scope_wall; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall ON public.chat_seat AS RESTRICTIVE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting))) WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: chat_silence scope_wall; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall ON public.chat_silence AS RESTRICTIVE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting))) WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: chat_visit scope_wall; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall ON public.chat_visit AS RESTRICTIVE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting))) WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: class scope_wall; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall ON public.class AS RESTRICTIVE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting))) WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: class_member scope_wall; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall ON public.class_member AS RESTRICTIVE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting))) WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: connection_count scope_wall; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall ON public.connection_count AS RESTRICTIVE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting))) WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: contact_check scope_wall; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall ON public.contact_check AS RESTRICTIVE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting))) WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: correction scope_wall; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall ON public.correction AS RESTRICTIVE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting))) WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: dav_lock scope_wall; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall ON public.dav_lock AS RESTRICTIVE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting))) WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: dav_property scope_wall; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall ON public.dav_property AS RESTRICTIVE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting))) WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: day_off scope_wall; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall ON public.day_off AS RESTRICTIVE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting))) WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: delegation scope_wall; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall ON public.delegation AS RESTRICTIVE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting))) WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: document_comment scope_wall; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall ON public.document_comment AS RESTRICTIVE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting))) WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: drive_link scope_wall; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall ON public.drive_link AS RESTRICTIVE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting))) WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: drive_node scope_wall; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall ON public.drive_node AS RESTRICTIVE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting))) WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: drive_share scope_wall; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall ON public.drive_share AS RESTRICTIVE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting))) WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: drive_share_key scope_wall; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall ON public.drive_share_key AS RESTRICTIVE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting))) WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: drive_space scope_wall; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall ON public.drive_space AS RESTRICTIVE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting))) WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: drive_text scope_wall; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall ON public.drive_text AS RESTRICTIVE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting))) WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: drive_upload scope_wall; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall ON public.drive_upload AS RESTRICTIVE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting))) WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: drive_upload_part scope_wall; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall ON public.drive_upload_part AS RESTRICTIVE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting))) WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: drive_version scope_wall; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall ON public.drive_version AS RESTRICTIVE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting))) WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: erasure scope_wall; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall ON public.erasure AS RESTRICTIVE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting))) WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: feed scope_wall; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall ON public.feed AS RESTRICTIVE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting))) WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: feed_finding scope_wall; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall ON public.feed_finding AS RESTRICTIVE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting))) WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: feed_function scope_wall; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall ON public.feed_function AS RESTRICTIVE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting))) WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: feed_login scope_wall; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall ON public.feed_login AS RESTRICTIVE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting))) WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: feed_part scope_wall; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall ON public.feed_part AS RESTRICTIVE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting))) WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: group_member scope_wall; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall ON public.group_member AS RESTRICTIVE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting))) WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: guardianship scope_wall; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall ON public.guardianship AS RESTRICTIVE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting))) WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: handin_box scope_wall; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall ON public.handin_box AS RESTRICTIVE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting))) WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: handin_deposit scope_wall; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall ON public.handin_deposit AS RESTRICTIVE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting))) WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: handin_file scope_wall; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall ON public.handin_file AS RESTRICTIVE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting))) WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: handin_member scope_wall; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall ON public.handin_member AS RESTRICTIVE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting))) WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: home_default scope_wall; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall ON public.home_default AS RESTRICTIVE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting))) WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: home_layout scope_wall; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall ON public.home_layout AS RESTRICTIVE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting))) WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: job scope_wall; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall ON public.job AS RESTRICTIVE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting))) WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: known_device scope_wall; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall ON public.known_device AS RESTRICTIVE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting))) WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: letter scope_wall; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall ON public.letter AS RESTRICTIVE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting))) WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: letter_delivery scope_wall; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall ON public.letter_delivery AS RESTRICTIVE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting))) WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: membership scope_wall; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall ON public.membership AS RESTRICTIVE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting))) WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: message scope_wall; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall ON public.message AS RESTRICTIVE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting))) WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: message_address scope_wall; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall ON public.message_address AS RESTRICTIVE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting))) WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: message_block scope_wall; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall ON public.message_block AS RESTRICTIVE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting))) WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: message_copy scope_wall; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall ON public.message_copy AS RESTRICTIVE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting))) WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: message_file scope_wall; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall ON public.message_file AS RESTRICTIVE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting))) WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: message_folder scope_wall; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall ON public.message_folder AS RESTRICTIVE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting))) WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: message_hold scope_wall; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall ON public.message_hold AS RESTRICTIVE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting))) WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: message_moderator scope_wall; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall ON public.message_moderator AS RESTRICTIVE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting))) WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: message_recall scope_wall; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall ON public.message_recall AS RESTRICTIVE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting))) WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: message_report scope_wall; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall ON public.message_report AS RESTRICTIVE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting))) WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: message_signature scope_wall; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall ON public.message_signature AS RESTRICTIVE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting))) WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: mustread_notice scope_wall; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall ON public.mustread_notice AS RESTRICTIVE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting))) WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: mydata_export scope_wall; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall ON public.mydata_export AS RESTRICTIVE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting))) WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: notice scope_wall; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall ON public.notice AS RESTRICTIVE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting))) WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: notice_person scope_wall; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall ON public.notice_person AS RESTRICTIVE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting))) WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: notice_way scope_wall; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall ON public.notice_way AS RESTRICTIVE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting))) WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: oversight_copy scope_wall; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall ON public.oversight_copy AS RESTRICTIVE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting))) WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: oversight_import scope_wall; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall ON public.oversight_import AS RESTRICTIVE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting))) WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: passkey scope_wall; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall ON public.passkey AS RESTRICTIVE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting))) WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: passport scope_wall; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall ON public.passport AS RESTRICTIVE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting))) WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: person scope_wall; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall ON public.person AS RESTRICTIVE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting))) WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: person_apart scope_wall; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall ON public.person_apart AS RESTRICTIVE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting))) WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: person_key scope_wall; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall ON public.person_key AS RESTRICTIVE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting))) WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: person_merge scope_wall; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall ON public.person_merge AS RESTRICTIVE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting))) WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: person_merge_row scope_wall; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall ON public.person_merge_row AS RESTRICTIVE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting))) WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: person_photo scope_wall; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall ON public.person_photo AS RESTRICTIVE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting))) WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: photo_found scope_wall; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall ON public.photo_found AS RESTRICTIVE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting))) WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: photo_import scope_wall; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall ON public.photo_import AS RESTRICTIVE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting))) WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: publication_read scope_wall; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall ON public.publication_read AS RESTRICTIVE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting))) WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: recovery_code scope_wall; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall ON public.recovery_code AS RESTRICTIVE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting))) WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: recovery_link scope_wall; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall ON public.recovery_link AS RESTRICTIVE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting))) WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: recovery_request scope_wall; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall ON public.recovery_request AS RESTRICTIVE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting))) WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: retention_run scope_wall; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall ON public.retention_run AS RESTRICTIVE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting))) WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: rollover scope_wall; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall ON public.rollover AS RESTRICTIVE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting))) WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: rollover_ended scope_wall; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall ON public.rollover_ended AS RESTRICTIVE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting))) WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: roster_columns scope_wall; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall ON public.roster_columns AS RESTRICTIVE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting))) WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: roster_draft scope_wall; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall ON public.roster_draft AS RESTRICTIVE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting))) WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: school_term scope_wall; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall ON public.school_term AS RESTRICTIVE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting))) WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: school_year scope_wall; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall ON public.school_year AS RESTRICTIVE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting))) WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: service_decision scope_wall; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall ON public.service_decision AS RESTRICTIVE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting))) WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: session scope_wall; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall ON public.session AS RESTRICTIVE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting))) WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: sheet_part scope_wall; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall ON public.sheet_part AS RESTRICTIVE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting))) WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: sheet_run scope_wall; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall ON public.sheet_run AS RESTRICTIVE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting))) WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: sign_in_failure scope_wall; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall ON public.sign_in_failure AS RESTRICTIVE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting))) WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: sign_in_half scope_wall; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall ON public.sign_in_half AS RESTRICTIVE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting))) WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: sign_in_notice scope_wall; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall ON public.sign_in_notice AS RESTRICTIVE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting))) WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: sign_on scope_wall; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall ON public.sign_on AS RESTRICTIVE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting))) WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: sign_on_ticket scope_wall; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall ON public.sign_on_ticket AS RESTRICTIVE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting))) WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: slip scope_wall; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall ON public.slip AS RESTRICTIVE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting))) WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: slip_asked scope_wall; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall ON public.slip_asked AS RESTRICTIVE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting))) WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: slip_file scope_wall; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall ON public.slip_file AS RESTRICTIVE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting))) WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: slip_reply scope_wall; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall ON public.slip_reply AS RESTRICTIVE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting))) WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: slip_roll scope_wall; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall ON public.slip_roll AS RESTRICTIVE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting))) WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: slip_round scope_wall; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall ON public.slip_round AS RESTRICTIVE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting))) WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: slip_template scope_wall; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall ON public.slip_template AS RESTRICTIVE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting))) WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: slip_urn scope_wall; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall ON public.slip_urn AS RESTRICTIVE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting))) WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: space scope_wall; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall ON public.space AS RESTRICTIVE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting))) WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: space_standing scope_wall; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall ON public.space_standing AS RESTRICTIVE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting))) WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: structure_key scope_wall; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall ON public.structure_key AS RESTRICTIVE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting))) WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: subject scope_wall; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall ON public.subject AS RESTRICTIVE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting))) WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: support_visit scope_wall; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall ON public.support_visit AS RESTRICTIVE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting))) WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: teaching scope_wall; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall ON public.teaching AS RESTRICTIVE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting))) WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: teaching_group scope_wall; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall ON public.teaching_group AS RESTRICTIVE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting))) WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: tenant_event scope_wall; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall ON public.tenant_event AS RESTRICTIVE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting))) WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: totp_secret scope_wall; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall ON public.totp_secret AS RESTRICTIVE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting))) WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: used_challenge scope_wall; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall ON public.used_challenge AS RESTRICTIVE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting))) WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: bounced_address scope_wall_delete; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall_delete ON public.bounced_address AS RESTRICTIVE FOR DELETE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: bridge_paper scope_wall_delete; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall_delete ON public.bridge_paper AS RESTRICTIVE FOR DELETE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: message_stop scope_wall_delete; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall_delete ON public.message_stop AS RESTRICTIVE FOR DELETE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: notice_choice scope_wall_delete; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall_delete ON public.notice_choice AS RESTRICTIVE FOR DELETE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: notice_rhythm scope_wall_delete; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall_delete ON public.notice_rhythm AS RESTRICTIVE FOR DELETE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: person_hours scope_wall_delete; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall_delete ON public.person_hours AS RESTRICTIVE FOR DELETE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: policy_delta scope_wall_delete; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall_delete ON public.policy_delta AS RESTRICTIVE FOR DELETE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: publication scope_wall_delete; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall_delete ON public.publication AS RESTRICTIVE FOR DELETE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: publication_attachment scope_wall_delete; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall_delete ON public.publication_attachment AS RESTRICTIVE FOR DELETE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: push_device scope_wall_delete; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall_delete ON public.push_device AS RESTRICTIVE FOR DELETE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: setting scope_wall_delete; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall_delete ON public.setting AS RESTRICTIVE FOR DELETE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: theme_version scope_wall_delete; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall_delete ON public.theme_version AS RESTRICTIVE FOR DELETE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: bounced_address scope_wall_insert; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall_insert ON public.bounced_address AS RESTRICTIVE FOR INSERT WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: bridge_paper scope_wall_insert; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall_insert ON public.bridge_paper AS RESTRICTIVE FOR INSERT WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: message_stop scope_wall_insert; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall_insert ON public.message_stop AS RESTRICTIVE FOR INSERT WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: notice_choice scope_wall_insert; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall_insert ON public.notice_choice AS RESTRICTIVE FOR INSERT WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: notice_rhythm scope_wall_insert; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall_insert ON public.notice_rhythm AS RESTRICTIVE FOR INSERT WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: person_hours scope_wall_insert; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall_insert ON public.person_hours AS RESTRICTIVE FOR INSERT WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: policy_delta scope_wall_insert; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall_insert ON public.policy_delta AS RESTRICTIVE FOR INSERT WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: publication scope_wall_insert; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall_insert ON public.publication AS RESTRICTIVE FOR INSERT WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: publication_attachment scope_wall_insert; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall_insert ON public.publication_attachment AS RESTRICTIVE FOR INSERT WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: push_device scope_wall_insert; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall_insert ON public.push_device AS RESTRICTIVE FOR INSERT WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: setting scope_wall_insert; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall_insert ON public.setting AS RESTRICTIVE FOR INSERT WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: theme_version scope_wall_insert; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall_insert ON public.theme_version AS RESTRICTIVE FOR INSERT WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: bounced_address scope_wall_read; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall_read ON public.bounced_address AS RESTRICTIVE FOR SELECT USING ((tenant_id = ANY (ARRAY( SELECT unnest((current_setting('app.above'::text))::bigint[]) AS unnest))));

--
-- Name: bridge_paper scope_wall_read; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall_read ON public.bridge_paper AS RESTRICTIVE FOR SELECT USING (((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)) OR (peer_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting))));

--
-- Name: message_stop scope_wall_read; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall_read ON public.message_stop AS RESTRICTIVE FOR SELECT USING ((tenant_id = ANY (ARRAY( SELECT unnest((current_setting('app.above'::text))::bigint[]) AS unnest))));

--
-- Name: notice_choice scope_wall_read; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall_read ON public.notice_choice AS RESTRICTIVE FOR SELECT USING ((tenant_id = ANY (ARRAY( SELECT unnest((current_setting('app.above'::text))::bigint[]) AS unnest))));

--
-- Name: notice_rhythm scope_wall_read; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall_read ON public.notice_rhythm AS RESTRICTIVE FOR SELECT USING ((tenant_id = ANY (ARRAY( SELECT unnest((current_setting('app.above'::text))::bigint[]) AS unnest))));

--
-- Name: person_hours scope_wall_read; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall_read ON public.person_hours AS RESTRICTIVE FOR SELECT USING ((tenant_id = ANY (ARRAY( SELECT unnest((current_setting('app.above'::text))::bigint[]) AS unnest))));

--
-- Name: policy_delta scope_wall_read; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall_read ON public.policy_delta AS RESTRICTIVE FOR SELECT USING ((tenant_id = ANY (ARRAY( SELECT unnest((current_setting('app.above'::text))::bigint[]) AS unnest))));

--
-- Name: publication scope_wall_read; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall_read ON public.publication AS RESTRICTIVE FOR SELECT USING ((tenant_id = ANY (ARRAY( SELECT unnest((current_setting('app.above'::text))::bigint[]) AS unnest))));

--
-- Name: publication_attachment scope_wall_read; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall_read ON public.publication_attachment AS RESTRICTIVE FOR SELECT USING ((tenant_id = ANY (ARRAY( SELECT unnest((current_setting('app.above'::text))::bigint[]) AS unnest))));

--
-- Name: push_device scope_wall_read; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall_read ON public.push_device AS RESTRICTIVE FOR SELECT USING ((tenant_id = ANY (ARRAY( SELECT unnest((current_setting('app.above'::text))::bigint[]) AS unnest))));

--
-- Name: setting scope_wall_read; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall_read ON public.setting AS RESTRICTIVE FOR SELECT USING ((tenant_id = ANY (ARRAY( SELECT unnest((current_setting('app.above'::text))::bigint[]) AS unnest))));

--
-- Name: theme_version scope_wall_read; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall_read ON public.theme_version AS RESTRICTIVE FOR SELECT USING ((tenant_id = ANY (ARRAY( SELECT unnest((current_setting('app.above'::text))::bigint[]) AS unnest))));

--
-- Name: bounced_address scope_wall_update; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall_update ON public.bounced_address AS RESTRICTIVE FOR UPDATE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting))) WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: bridge_paper scope_wall_update; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall_update ON public.bridge_paper AS RESTRICTIVE FOR UPDATE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting))) WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: message_stop scope_wall_update; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall_update ON public.message_stop AS RESTRICTIVE FOR UPDATE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting))) WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: notice_choice scope_wall_update; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall_update ON public.notice_choice AS RESTRICTIVE FOR UPDATE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting))) WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: notice_rhythm scope_wall_update; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall_update ON public.notice_rhythm AS RESTRICTIVE FOR UPDATE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting))) WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: person_hours scope_wall_update; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall_update ON public.person_hours AS RESTRICTIVE FOR UPDATE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting))) WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: policy_delta scope_wall_update; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall_update ON public.policy_delta AS RESTRICTIVE FOR UPDATE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting))) WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: publication scope_wall_update; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall_update ON public.publication AS RESTRICTIVE FOR UPDATE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting))) WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: publication_attachment scope_wall_update; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall_update ON public.publication_attachment AS RESTRICTIVE FOR UPDATE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting))) WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: push_device scope_wall_update; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall_update ON public.push_device AS RESTRICTIVE FOR UPDATE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting))) WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: setting scope_wall_update; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall_update ON public.setting AS RESTRICTIVE FOR UPDATE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting))) WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: theme_version scope_wall_update; Type: POLICY; Schema: public; Owner: elyco_owner
--

CREATE POLICY scope_wall_update ON public.theme_version AS RESTRICTIVE FOR UPDATE USING ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting))) WITH CHECK ((tenant_id = ( SELECT (current_setting('app.tenant'::text))::bigint AS current_setting)));

--
-- Name: service_decision; Type: ROW SECURITY; Schema: public; Owner: elyco_owner
--

ALTER TABLE public.service_decision ENABLE ROW LEVEL SECURITY;

--
-- Name: session; Type: ROW SECURITY; Schema: public; Owner: elyco_owner
--

ALTER TABLE public.session ENABLE ROW LEVEL SECURITY;

--
-- Name: setting; Type: ROW SECURITY; Schema: public; Owner: elyco_owner
--

ALTER TABLE public.setting ENABLE ROW LEVEL SECURITY;

--
-- Name: sheet_part; Type: ROW SECURITY; Schema: public; Owner: elyco_owner
--

ALTER TABLE public.sheet_part ENABLE ROW LEVEL SECURITY;

--
-- Name: sheet_run; Type: ROW SECURITY; Schema: public; Owner: elyco_owner
--

ALTER TABLE public.sheet_run ENABLE ROW LEVEL SECURITY;

--
-- Name: sign_in_failure; Type: ROW SECURITY; Schema: public; Owner: elyco_owner
--

ALTER TABLE public.sign_in_failure ENABLE ROW LEVEL SECURITY;

--
-- Name: sign_in_half; Type: ROW SECURITY; Schema: public; Owner: elyco_owner
--

ALTER TABLE public.sign_in_half ENABLE ROW LEVEL SECURITY;

--
-- Name: sign_in_notice; Type: ROW SECURITY; Schema: public; Owner: elyco_owner
--

ALTER TABLE public.sign_in_notice ENABLE ROW LEVEL SECURITY;

--
-- Name: sign_on; Type: ROW SECURITY; Schema: public; Owner: elyco_owner
--

ALTER TABLE public.sign_on ENABLE ROW LEVEL SECURITY;

--
-- Name: sign_on_ticket; Type: ROW SECURITY; Schema: public; Owner: elyco_owner
--

ALTER TABLE public.sign_on_ticket ENABLE ROW LEVEL SECURITY;

--
-- Name: slip; Type: ROW SECURITY; Schema: public; Owner: elyco_owner
--

ALTER TABLE public.slip ENABLE ROW LEVEL SECURITY;

--
-- Name: slip_asked; Type: ROW SECURITY; Schema: public; Owner: elyco_owner
--

ALTER TABLE public.slip_asked ENABLE ROW LEVEL SECURITY;

--
-- Name: slip_file; Type: ROW SECURITY; Schema: public; Owner: elyco_owner
--

ALTER TABLE public.slip_file ENABLE ROW LEVEL SECURITY;

--
-- Name: slip_reply; Type: ROW SECURITY; Schema: public; Owner: elyco_owner
--

ALTER TABLE public.slip_reply ENABLE ROW LEVEL SECURITY;

--
-- Name: slip_roll; Type: ROW SECURITY; Schema: public; Owner: elyco_owner
--

ALTER TABLE public.slip_roll ENABLE ROW LEVEL SECURITY;

--
-- Name: slip_round; Type: ROW SECURITY; Schema: public; Owner: elyco_owner
--

ALTER TABLE public.slip_round ENABLE ROW LEVEL SECURITY;

--
-- Name: slip_template; Type: ROW SECURITY; Schema: public; Owner: elyco_owner
--

ALTER TABLE public.slip_template ENABLE ROW LEVEL SECURITY;

--
-- Name: slip_urn; Type: ROW SECURITY; Schema: public; Owner: elyco_owner
--

ALTER TABLE public.slip_urn ENABLE ROW LEVEL SECURITY;

--
-- Name: space; Type: ROW SECURITY; Schema: public; Owner: elyco_owner
--

ALTER TABLE public.space ENABLE ROW LEVEL SECURITY;

--
-- Name: space_standing; Type: ROW SECURITY; Schema: public; Owner: elyco_owner
--

ALTER TABLE public.space_standing ENABLE ROW LEVEL SECURITY;

--
-- Name: structure_key; Type: ROW SECURITY; Schema: public; Owner: elyco_owner
--

ALTER TABLE public.structure_key ENABLE ROW LEVEL SECURITY;

--
-- Name: subject; Type: ROW SECURITY; Schema: public; Owner: elyco_owner
--

ALTER TABLE public.subject ENABLE ROW LEVEL SECURITY;

--
-- Name: support_visit; Type: ROW SECURITY; Schema: public; Owner: elyco_owner
--

ALTER TABLE public.support_visit ENABLE ROW LEVEL SECURITY;

--
-- Name: teaching; Type: ROW SECURITY; Schema: public; Owner: elyco_owner
--

ALTER TABLE public.teaching ENABLE ROW LEVEL SECURITY;

--
-- Name: teaching_group; Type: ROW SECURITY; Schema: public; Owner: elyco_owner
--

ALTER TABLE public.teaching_group ENABLE ROW LEVEL SECURITY;

--
-- Name: tenant_event; Type: ROW SECURITY; Schema: public; Owner: elyco_owner
--

ALTER TABLE public.tenant_event ENABLE ROW LEVEL SECURITY;

--
-- Name: theme_version; Type: ROW SECURITY; Schema: public; Owner: elyco_owner
--

ALTER TABLE public.theme_version ENABLE ROW LEVEL SECURITY;

--
-- Name: totp_secret; Type: ROW SECURITY; Schema: public; Owner: elyco_owner
--

ALTER TABLE public.totp_secret ENABLE ROW LEVEL SECURITY;

--
-- Name: used_challenge; Type: ROW SECURITY; Schema: public; Owner: elyco_owner
--

ALTER TABLE public.used_challenge ENABLE ROW LEVEL SECURITY;

--
-- Name: SCHEMA public; Type: ACL; Schema: -; Owner: pg_database_owner
--

GRANT USAGE ON SCHEMA public TO elyco_app;
GRANT USAGE ON SCHEMA public TO elyco_import;
GRANT ALL ON SCHEMA public TO elyco_owner;

--
-- Name: FUNCTION audit_let_go(scope bigint, seal bigint, before timestamp with time zone); Type: ACL; Schema: public; Owner: elyco_owner
--

REVOKE ALL ON FUNCTION public.audit_let_go(scope bigint, seal bigint, before timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION public.audit_let_go(scope bigint, seal bigint, before timestamp with time zone) TO elyco_import;

--
-- Name: FUNCTION classes_today(scope bigint, person uuid, as_profile text); Type: ACL; Schema: public; Owner: elyco_owner
--

REVOKE ALL ON FUNCTION public.classes_today(scope bigint, person uuid, as_profile text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.classes_today(scope bigint, person uuid, as_profile text) TO elyco_import;

--
-- Name: FUNCTION feed_analyze(); Type: ACL; Schema: public; Owner: elyco_owner
--

REVOKE ALL ON FUNCTION public.feed_analyze() FROM PUBLIC;
GRANT ALL ON FUNCTION public.feed_analyze() TO elyco_import;

--
-- Name: FUNCTION groups_today(scope bigint, person uuid, as_profile text); Type: ACL; Schema: public; Owner: elyco_owner
--

REVOKE ALL ON FUNCTION public.groups_today(scope bigint, person uuid, as_profile text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.groups_today(scope bigint, person uuid, as_profile text) TO elyco_import;

--
-- Name: FUNCTION issue_passports(persons uuid[]); Type: ACL; Schema: public; Owner: elyco_owner
--

REVOKE ALL ON FUNCTION public.issue_passports(persons uuid[]) FROM PUBLIC;
GRANT ALL ON FUNCTION public.issue_passports(persons uuid[]) TO elyco_import;

--
-- Name: FUNCTION merge_move(scope bigint, kept uuid, gone uuid, tables text[], columns text[]); Type: ACL; Schema: public; Owner: elyco_owner
--

REVOKE ALL ON FUNCTION public.merge_move(scope bigint, kept uuid, gone uuid, tables text[], columns text[]) FROM PUBLIC;
GRANT ALL ON FUNCTION public.merge_move(scope bigint, kept uuid, gone uuid, tables text[], columns text[]) TO elyco_import;

--
-- Name: FUNCTION merge_undo(decided bigint, merge uuid, at_scope bigint, kept uuid, gone uuid); Type: ACL; Schema: public; Owner: elyco_owner
--

REVOKE ALL ON FUNCTION public.merge_undo(decided bigint, merge uuid, at_scope bigint, kept uuid, gone uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.merge_undo(decided bigint, merge uuid, at_scope bigint, kept uuid, gone uuid) TO elyco_import;

--
-- Name: FUNCTION open_accounts(persons uuid[]); Type: ACL; Schema: public; Owner: elyco_owner
--

REVOKE ALL ON FUNCTION public.open_accounts(persons uuid[]) FROM PUBLIC;
GRANT ALL ON FUNCTION public.open_accounts(persons uuid[]) TO elyco_app;
GRANT ALL ON FUNCTION public.open_accounts(persons uuid[]) TO elyco_import;

--
-- Name: FUNCTION primary_key(of regclass); Type: ACL; Schema: public; Owner: elyco_owner
--

REVOKE ALL ON FUNCTION public.primary_key(of regclass) FROM PUBLIC;

--
-- Name: FUNCTION refresh_headcounts(scopes bigint[]); Type: ACL; Schema: public; Owner: elyco_owner
--

REVOKE ALL ON FUNCTION public.refresh_headcounts(scopes bigint[]) FROM PUBLIC;
GRANT ALL ON FUNCTION public.refresh_headcounts(scopes bigint[]) TO elyco_import;

--
-- Name: FUNCTION refresh_standings(scopes bigint[]); Type: ACL; Schema: public; Owner: elyco_owner
--

REVOKE ALL ON FUNCTION public.refresh_standings(scopes bigint[]) FROM PUBLIC;
GRANT ALL ON FUNCTION public.refresh_standings(scopes bigint[]) TO elyco_import;

--
-- Name: TABLE access_entry; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT,INSERT,DELETE ON TABLE public.access_entry TO elyco_app;

--
-- Name: COLUMN access_entry.reader_id; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT UPDATE(reader_id) ON TABLE public.access_entry TO elyco_app;

--
-- Name: COLUMN access_entry.reader_name; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT UPDATE(reader_name) ON TABLE public.access_entry TO elyco_app;

--
-- Name: TABLE account; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.account TO elyco_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.account TO elyco_import;

--
-- Name: TABLE account_contact; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.account_contact TO elyco_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.account_contact TO elyco_import;

--
-- Name: TABLE account_event; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.account_event TO elyco_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.account_event TO elyco_import;

--
-- Name: TABLE activation_code; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.activation_code TO elyco_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.activation_code TO elyco_import;

--
-- Name: TABLE app_password; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.app_password TO elyco_app;

--
-- Name: TABLE audience_headcount; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.audience_headcount TO elyco_app;
GRANT SELECT,INSERT,DELETE ON TABLE public.audience_headcount TO elyco_import;

--
-- Name: TABLE audit_check; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.audit_check TO elyco_app;

--
-- Name: TABLE audit_entry; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT,INSERT ON TABLE public.audit_entry TO elyco_app;
GRANT SELECT,INSERT ON TABLE public.audit_entry TO elyco_import;

--
-- Name: TABLE audit_head; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT ON TABLE public.audit_head TO elyco_app;
GRANT SELECT,INSERT ON TABLE public.audit_head TO elyco_import;

--
-- Name: TABLE audit_open; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT,INSERT ON TABLE public.audit_open TO elyco_app;
GRANT SELECT,INSERT,DELETE ON TABLE public.audit_open TO elyco_import;

--
-- Name: TABLE audit_release; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT ON TABLE public.audit_release TO elyco_app;
GRANT SELECT,INSERT,UPDATE ON TABLE public.audit_release TO elyco_import;

--
-- Name: TABLE audit_seal; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT ON TABLE public.audit_seal TO elyco_app;
GRANT SELECT,INSERT ON TABLE public.audit_seal TO elyco_import;

--
-- Name: TABLE bounced_address; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.bounced_address TO elyco_app;

--
-- Name: TABLE bridge_heard; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.bridge_heard TO elyco_app;

--
-- Name: TABLE bridge_paper; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.bridge_paper TO elyco_app;
GRANT SELECT ON TABLE public.bridge_paper TO elyco_import;

--
-- Name: TABLE channel_spend; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.channel_spend TO elyco_app;

--
-- Name: TABLE chat_channel; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.chat_channel TO elyco_app;

--
-- Name: TABLE chat_discreet; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.chat_discreet TO elyco_app;

--
-- Name: TABLE chat_message; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.chat_message TO elyco_app;

--
-- Name: TABLE chat_report; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.chat_report TO elyco_app;

--
-- Name: TABLE chat_seat; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.chat_seat TO elyco_app;

--
-- Name: TABLE chat_silence; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.chat_silence TO elyco_app;

--
-- Name: TABLE chat_visit; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.chat_visit TO elyco_app;

--
-- Name: TABLE class; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.class TO elyco_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.class TO elyco_import;

--
-- Name: TABLE class_member; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.class_member TO elyco_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.class_member TO elyco_import;

--
-- Name: TABLE connection_count; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.connection_count TO elyco_app;

--
-- Name: TABLE contact_check; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.contact_check TO elyco_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.contact_check TO elyco_import;

--
-- Name: TABLE correction; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.correction TO elyco_app;

--
-- Name: TABLE dav_lock; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.dav_lock TO elyco_app;

--
-- Name: TABLE dav_property; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.dav_property TO elyco_app;

--
-- Name: TABLE day_off; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.day_off TO elyco_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.day_off TO elyco_import;

--
-- Name: TABLE delegation; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.delegation TO elyco_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.delegation TO elyco_import;

--
-- Name: TABLE document_comment; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.document_comment TO elyco_app;

--
-- Name: TABLE drive_link; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.drive_link TO elyco_app;

--
-- Name: TABLE drive_node; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.drive_node TO elyco_app;

--
-- Name: TABLE drive_share; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.drive_share TO elyco_app;

--
-- Name: TABLE drive_share_key; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.drive_share_key TO elyco_app;

--
-- Name: TABLE drive_space; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.drive_space TO elyco_app;
GRANT SELECT ON TABLE public.drive_space TO elyco_import;

--
-- Name: TABLE drive_text; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.drive_text TO elyco_app;

--
-- Name: TABLE drive_upload; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.drive_upload TO elyco_app;

--
-- Name: TABLE drive_upload_part; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.drive_upload_part TO elyco_app;

--
-- Name: TABLE drive_version; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.drive_version TO elyco_app;

--
-- Name: TABLE erasure; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.erasure TO elyco_app;

--
-- Name: TABLE feed; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.feed TO elyco_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.feed TO elyco_import;

--
-- Name: TABLE feed_finding; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.feed_finding TO elyco_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.feed_finding TO elyco_import;

--
-- Name: TABLE feed_function; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.feed_function TO elyco_app;
GRANT SELECT ON TABLE public.feed_function TO elyco_import;

--
-- Name: TABLE feed_login; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.feed_login TO elyco_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.feed_login TO elyco_import;

--
-- Name: TABLE feed_part; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.feed_part TO elyco_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.feed_part TO elyco_import;

--
-- Name: TABLE group_member; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.group_member TO elyco_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.group_member TO elyco_import;

--
-- Name: TABLE guardianship; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.guardianship TO elyco_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.guardianship TO elyco_import;

--
-- Name: TABLE handin_box; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.handin_box TO elyco_app;

--
-- Name: TABLE handin_deposit; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.handin_deposit TO elyco_app;

--
-- Name: TABLE handin_file; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.handin_file TO elyco_app;

--
-- Name: TABLE handin_member; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.handin_member TO elyco_app;

--
-- Name: TABLE home_default; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.home_default TO elyco_app;

--
-- Name: TABLE home_layout; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.home_layout TO elyco_app;

--
-- Name: TABLE job; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.job TO elyco_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.job TO elyco_import;

--
-- Name: TABLE known_device; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.known_device TO elyco_app;

--
-- Name: TABLE letter; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.letter TO elyco_app;

--
-- Name: TABLE letter_delivery; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.letter_delivery TO elyco_app;

--
-- Name: TABLE membership; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.membership TO elyco_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.membership TO elyco_import;

--
-- Name: TABLE message; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.message TO elyco_app;

--
-- Name: TABLE message_address; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.message_address TO elyco_app;

--
-- Name: TABLE message_block; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.message_block TO elyco_app;

--
-- Name: TABLE message_copy; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.message_copy TO elyco_app;

--
-- Name: TABLE message_file; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.message_file TO elyco_app;

--
-- Name: TABLE message_folder; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.message_folder TO elyco_app;

--
-- Name: TABLE message_hold; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.message_hold TO elyco_app;

--
-- Name: TABLE message_moderator; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.message_moderator TO elyco_app;

--
-- Name: TABLE message_recall; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.message_recall TO elyco_app;

--
-- Name: TABLE message_report; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.message_report TO elyco_app;

--
-- Name: TABLE message_signature; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.message_signature TO elyco_app;

--
-- Name: TABLE message_stop; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.message_stop TO elyco_app;

--
-- Name: TABLE mustread_notice; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.mustread_notice TO elyco_app;

--
-- Name: TABLE mydata_export; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.mydata_export TO elyco_app;

--
-- Name: TABLE notice; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.notice TO elyco_app;
GRANT SELECT ON TABLE public.notice TO elyco_import;

--
-- Name: TABLE notice_choice; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.notice_choice TO elyco_app;
GRANT SELECT ON TABLE public.notice_choice TO elyco_import;

--
-- Name: TABLE notice_person; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.notice_person TO elyco_app;
GRANT SELECT ON TABLE public.notice_person TO elyco_import;

--
-- Name: TABLE notice_rhythm; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.notice_rhythm TO elyco_app;
GRANT SELECT ON TABLE public.notice_rhythm TO elyco_import;

--
-- Name: TABLE notice_way; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.notice_way TO elyco_app;
GRANT SELECT ON TABLE public.notice_way TO elyco_import;

--
-- Name: TABLE oversight_copy; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.oversight_copy TO elyco_app;

--
-- Name: TABLE oversight_import; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.oversight_import TO elyco_app;

--
-- Name: TABLE passkey; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.passkey TO elyco_app;

--
-- Name: TABLE passport; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.passport TO elyco_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.passport TO elyco_import;

--
-- Name: TABLE person; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.person TO elyco_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.person TO elyco_import;

--
-- Name: TABLE person_apart; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.person_apart TO elyco_app;
GRANT SELECT,INSERT ON TABLE public.person_apart TO elyco_import;

--
-- Name: TABLE person_hours; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.person_hours TO elyco_app;

--
-- Name: TABLE person_key; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.person_key TO elyco_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.person_key TO elyco_import;

--
-- Name: TABLE person_merge; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.person_merge TO elyco_app;
GRANT SELECT,INSERT,UPDATE ON TABLE public.person_merge TO elyco_import;

--
-- Name: TABLE person_merge_row; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.person_merge_row TO elyco_app;
GRANT SELECT,INSERT,DELETE ON TABLE public.person_merge_row TO elyco_import;

--
-- Name: TABLE person_photo; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.person_photo TO elyco_app;

--
-- Name: TABLE photo_found; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.photo_found TO elyco_app;

--
-- Name: TABLE photo_import; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.photo_import TO elyco_app;

--
-- Name: TABLE policy_delta; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.policy_delta TO elyco_app;
GRANT SELECT ON TABLE public.policy_delta TO elyco_import;

--
-- Name: TABLE publication; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.publication TO elyco_app;
GRANT SELECT,INSERT,UPDATE ON TABLE public.publication TO elyco_import;

--
-- Name: TABLE publication_attachment; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.publication_attachment TO elyco_app;

--
-- Name: TABLE publication_read; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.publication_read TO elyco_app;

--
-- Name: TABLE push_device; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.push_device TO elyco_app;

--
-- Name: TABLE recovery_code; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.recovery_code TO elyco_app;

--
-- Name: TABLE recovery_link; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.recovery_link TO elyco_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.recovery_link TO elyco_import;

--
-- Name: TABLE recovery_request; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.recovery_request TO elyco_app;

--
-- Name: TABLE retention_run; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.retention_run TO elyco_app;

--
-- Name: TABLE rollover; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.rollover TO elyco_app;

--
-- Name: TABLE rollover_ended; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.rollover_ended TO elyco_app;

--
-- Name: TABLE roster_columns; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.roster_columns TO elyco_app;

--
-- Name: TABLE roster_draft; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.roster_draft TO elyco_app;

--
-- Name: TABLE school_term; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.school_term TO elyco_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.school_term TO elyco_import;

--
-- Name: TABLE school_year; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.school_year TO elyco_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.school_year TO elyco_import;

--
-- Name: TABLE service_decision; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.service_decision TO elyco_app;

--
-- Name: TABLE session; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.session TO elyco_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.session TO elyco_import;

--
-- Name: TABLE setting; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.setting TO elyco_app;
GRANT SELECT ON TABLE public.setting TO elyco_import;

--
-- Name: TABLE sheet_part; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.sheet_part TO elyco_app;

--
-- Name: TABLE sheet_run; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.sheet_run TO elyco_app;

--
-- Name: TABLE sign_in_failure; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.sign_in_failure TO elyco_app;

--
-- Name: TABLE sign_in_half; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.sign_in_half TO elyco_app;

--
-- Name: TABLE sign_in_notice; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.sign_in_notice TO elyco_app;

--
-- Name: TABLE sign_on; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.sign_on TO elyco_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.sign_on TO elyco_import;

--
-- Name: TABLE sign_on_ticket; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.sign_on_ticket TO elyco_app;

--
-- Name: TABLE slip; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.slip TO elyco_app;

--
-- Name: TABLE slip_asked; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.slip_asked TO elyco_app;

--
-- Name: TABLE slip_file; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.slip_file TO elyco_app;

--
-- Name: TABLE slip_reply; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.slip_reply TO elyco_app;

--
-- Name: TABLE slip_roll; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.slip_roll TO elyco_app;

--
-- Name: TABLE slip_round; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.slip_round TO elyco_app;

--
-- Name: TABLE slip_template; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.slip_template TO elyco_app;

--
-- Name: TABLE slip_urn; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.slip_urn TO elyco_app;

--
-- Name: TABLE space; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.space TO elyco_app;
GRANT SELECT ON TABLE public.space TO elyco_import;

--
-- Name: TABLE space_standing; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.space_standing TO elyco_app;
GRANT SELECT,INSERT,DELETE ON TABLE public.space_standing TO elyco_import;

--
-- Name: TABLE staged_class; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT,INSERT,DELETE,TRUNCATE,UPDATE ON TABLE public.staged_class TO elyco_import;

--
-- Name: TABLE staged_lesson; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT,INSERT,DELETE,TRUNCATE,UPDATE ON TABLE public.staged_lesson TO elyco_import;

--
-- Name: TABLE staged_member; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT,INSERT,DELETE,TRUNCATE,UPDATE ON TABLE public.staged_member TO elyco_import;

--
-- Name: TABLE staged_person; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT,INSERT,DELETE,TRUNCATE,UPDATE ON TABLE public.staged_person TO elyco_import;

--
-- Name: TABLE staged_place; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT,INSERT,DELETE,TRUNCATE,UPDATE ON TABLE public.staged_place TO elyco_import;

--
-- Name: TABLE staged_structure; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT,INSERT,DELETE,TRUNCATE,UPDATE ON TABLE public.staged_structure TO elyco_import;

--
-- Name: TABLE staged_tie; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT,INSERT,DELETE,TRUNCATE,UPDATE ON TABLE public.staged_tie TO elyco_import;

--
-- Name: TABLE staged_touch; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT,INSERT,DELETE,TRUNCATE,UPDATE ON TABLE public.staged_touch TO elyco_import;

--
-- Name: TABLE structure_key; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.structure_key TO elyco_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.structure_key TO elyco_import;

--
-- Name: TABLE subject; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.subject TO elyco_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.subject TO elyco_import;

--
-- Name: TABLE support_visit; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.support_visit TO elyco_app;

--
-- Name: TABLE teaching; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.teaching TO elyco_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.teaching TO elyco_import;

--
-- Name: TABLE teaching_group; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.teaching_group TO elyco_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.teaching_group TO elyco_import;

--
-- Name: TABLE tenant; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT ON TABLE public.tenant TO elyco_app;
GRANT SELECT,INSERT,UPDATE ON TABLE public.tenant TO elyco_import;

--
-- Name: TABLE tenant_event; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.tenant_event TO elyco_app;
GRANT SELECT,INSERT ON TABLE public.tenant_event TO elyco_import;

--
-- Name: TABLE theme_version; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.theme_version TO elyco_app;

--
-- Name: TABLE totp_secret; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.totp_secret TO elyco_app;

--
-- Name: TABLE used_challenge; Type: ACL; Schema: public; Owner: elyco_owner
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.used_challenge TO elyco_app;

--
-- PostgreSQL database dump complete
--
