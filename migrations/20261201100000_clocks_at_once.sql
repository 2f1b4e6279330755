-- The clocks of a whole school are worked out in one statement. As functions in SQL they were planned anew for every person;
-- as these they are planned once for a connection.
-- +goose Up

-- +goose StatementBegin
create or replace function next_opening(at timestamptz, days int, opens int, closes int) returns timestamptz language plpgsql stable as $$
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

create or replace function clocks(at timestamptz, person uuid, days int, opens int, closes int, out visible_at timestamptz, out notify_at timestamptz)
language plpgsql stable as $$
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
-- +goose StatementEnd
