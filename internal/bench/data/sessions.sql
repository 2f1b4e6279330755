-- Sessions of up to bench.sessions people with tokens that the load knows: half pupils, a third families, the rest
-- staff. They are dated far ahead, so that no request has to note that a session is in use.
create schema if not exists bench;
create table bench.session as
with ranked as (
  select m.tenant_id as scope, m.person_id, m.profile,
         row_number() over (partition by m.profile in ('pupil', 'guardian'), m.profile = 'pupil' order by md5(m.person_id::text || m.tenant_id)) as k
  from membership m
)
select row_number() over (order by md5(person_id::text || scope || 'draw')) as n, scope, person_id,
       translate(rtrim(encode(sha256(convert_to('token ' || person_id || scope, 'UTF8')), 'base64'), '='), '+/', '-_') as token, md5('sign-on ' || person_id || scope)::uuid as sign_on
from ranked
where k <= current_setting('bench.sessions')::int * case profile when 'pupil' then 0.5 when 'guardian' then 0.35 else 0.15 end;
alter table bench.session add primary key (n);

insert into sign_on (tenant_id, id, person_id, device, network, created_at, seen_at, expires_at)
select 1, sign_on, person_id, 'benchmark', '127.0.0.1', now(), '2099-01-01', '2099-01-01' from bench.session;
insert into session (tenant_id, token_hash, sign_on_id, host_scope, person_id, expires_at)
select 1, sha256(convert_to(token, 'UTF8')), sign_on, scope, person_id, '2099-01-01' from bench.session;
