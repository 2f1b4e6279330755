-- Somebody of the academy's support looks at a space as one person sees it, for half an hour at the most. The person reads
-- here who did, when and why; the rows stand in the academy's scope.
-- +goose Up

create table support_visit (
  tenant_id   bigint not null,
  id          uuid not null,
  person_id   uuid not null,
  person_name text not null,
  author_id   uuid,
  author_name text not null,
  space_id    bigint not null,
  reason      text not null check (length(reason) between 1 and 500),
  begun_at    timestamptz not null,
  ends_at     timestamptz not null,
  ended_at    timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, person_id) references person (tenant_id, id),
  foreign key (tenant_id, author_id) references person (tenant_id, id)
);
call protect('support_visit');
create index support_visit_person on support_visit (tenant_id, person_id, begun_at desc);
create index support_visit_author on support_visit (tenant_id, author_id);
create index support_visit_begun on support_visit (tenant_id, begun_at desc, id desc);
