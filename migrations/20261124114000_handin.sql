-- Hand-in boxes: what a teacher asks of a class or a group, what each pupil or team gives, and the copies that come back.
-- +goose Up

-- A box keeps its files in a space of its own, which opens to nobody by itself.
alter table drive_space drop constraint drive_space_kind_check;
alter table drive_space add constraint drive_space_kind_check check (kind in ('personal', 'class', 'group', 'house', 'box'));

-- target_id is a class or a group; its name is repeated so that a list reads one table and old boxes stay legible.
create table handin_box (
  tenant_id    bigint not null,
  id           uuid not null,
  target       text not null check (target in ('class', 'group')),
  target_id    uuid not null,
  target_name  text not null,
  title        text not null check (char_length(title) between 1 and 120),
  instructions text not null default '' check (char_length(instructions) <= 4000),
  opens_at     timestamptz not null,
  closes_at    timestamptz not null,
  late         boolean not null default false,
  teams        boolean not null default false,
  author_id    uuid,
  author_name  text not null default '',
  created_at   timestamptz not null,
  returned_at  timestamptz,
  version      int not null default 1,
  primary key (tenant_id, id),
  check (closes_at >= opens_at)
);
call protect('handin_box');
create index handin_box_target on handin_box (tenant_id, target_id, closes_at);
create index handin_box_author on handin_box (tenant_id, author_id, closes_at);
create index handin_box_listed on handin_box (tenant_id, closes_at, id);

-- What one pupil or one team gives. Nothing has been given while submitted_at is null.
create table handin_deposit (
  tenant_id    bigint not null,
  id           uuid not null,
  box_id       uuid not null,
  submitted_at timestamptz,
  late         boolean not null default false,
  comment      text not null default '' check (char_length(comment) <= 2000),
  created_at   timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, box_id, id),
  foreign key (tenant_id, box_id) references handin_box (tenant_id, id) on delete cascade
);
call protect('handin_deposit');

-- A pupil gives once to a box, alone or in one team.
create table handin_member (
  tenant_id  bigint not null,
  box_id     uuid not null,
  person_id  uuid not null,
  deposit_id uuid not null,
  primary key (tenant_id, box_id, person_id),
  foreign key (tenant_id, box_id, deposit_id) references handin_deposit (tenant_id, box_id, id) on delete cascade
);
call protect('handin_member');
create index handin_member_deposit on handin_member (tenant_id, box_id, deposit_id);
create index handin_member_person on handin_member (tenant_id, person_id);

-- id is the document of the drive. A copy is what the teacher wrote on, hidden until all are returned.
create table handin_file (
  tenant_id   bigint not null,
  id          uuid not null,
  box_id      uuid not null,
  deposit_id  uuid not null,
  is_copy     boolean not null default false,
  name        text not null,
  size        bigint not null default 0,
  author_id   uuid,
  author_name text not null default '',
  added_at    timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, box_id, deposit_id) references handin_deposit (tenant_id, box_id, id) on delete cascade
);
call protect('handin_file');
create index handin_file_deposit on handin_file (tenant_id, box_id, deposit_id);
create index handin_file_author on handin_file (tenant_id, author_id);
