-- When what is sent may be seen, and when it may make itself heard: the hours of those who receive.
-- +goose Up

-- What a person decided for oneself, whatever the school. Days are a mask, Monday 1 to Sunday 64; hours are minutes of the day
-- in local time. Without days the hours of each space hold.
create table person_hours (
  tenant_id bigint not null,
  person_id uuid not null,
  days      smallint check (days between 1 and 127),
  opens     smallint check (opens between 0 and 1440),
  closes    smallint check (closes between 0 and 1440 and closes > opens),
  sees      text not null default 'space' check (sees in ('space', 'at_once', 'mine')),
  primary key (tenant_id, person_id),
  check ((days is null) = (opens is null) and (days is null) = (closes is null)),
  check (sees <> 'mine' or days is not null)
);
call protect_downward('person_hours');

-- The first instant from at on at which a week is open; at itself while it is, and for a week without days.
-- +goose StatementBegin
create function next_opening(at timestamptz, days int, opens int, closes int) returns timestamptz language sql stable as $$
  select coalesce(min(greatest(at, (day + make_interval(mins => opens)) at time zone 'Europe/Paris')), at)
  from (select date_trunc('day', at at time zone 'Europe/Paris') + make_interval(days => d) as day from generate_series(0, 7) d) w
  where days & (1 << (extract(isodow from day)::int - 1)) <> 0
    and (day + make_interval(mins => closes)) at time zone 'Europe/Paris' > at
$$;

-- The two clocks of a recipient: when what was sent at an instant is visible, and when it notifies. days, opens and closes are
-- those of the space, for the recipient's side.
create function clocks(at timestamptz, person uuid, days int, opens int, closes int, out visible_at timestamptz, out notify_at timestamptz)
language sql stable as $$
  with own as (
    select h.days, h.opens, h.closes, h.sees from person_hours h where h.tenant_id = 1 and h.person_id = person
  ), seen as (
    select case coalesce((select sees from own), 'space')
      when 'at_once' then at
      when 'mine' then next_opening(at, (select own.days from own), (select own.opens from own), (select own.closes from own))
      else next_opening(at, clocks.days, clocks.opens, clocks.closes) end as v
  )
  select v, next_opening(v, coalesce((select own.days from own), clocks.days)::int, coalesce((select own.opens from own), clocks.opens)::int,
                         coalesce((select own.closes from own), clocks.closes)::int)
  from seen
$$;
-- +goose StatementEnd
