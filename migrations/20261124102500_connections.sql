-- How many connections each space had on each day, for the pages that show how much it is used. Nobody is named: sign-ons
-- end and are forgotten, the count stays. The rows belong to the academy, like the sessions that they count.
-- +goose Up

create table connection_count (
  tenant_id   bigint not null,
  space_id    bigint not null,
  day         date not null,
  connections integer not null,
  primary key (tenant_id, space_id, day)
);
call protect('connection_count');
