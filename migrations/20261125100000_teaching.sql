-- What is taught, by whom and to whom; when a class shows itself to its pupils; what a source calls a class or a group.
-- +goose Up

-- code is the national one of six digits; a subject that the establishment made up has none.
create table subject (
  tenant_id bigint not null,
  id        uuid not null,
  code      text check (code <> ''),
  label     text not null check (char_length(label) between 1 and 80),
  short     text not null default '' check (char_length(short) <= 20),
  primary key (tenant_id, id),
  unique (tenant_id, code)
);
call protect('subject');

-- A teacher teaches a subject to a class or to a group.
create table teaching (
  tenant_id       bigint not null,
  id              uuid not null,
  subject_id      uuid not null,
  teacher_id      uuid not null,
  teacher_profile text not null default 'teacher' check (teacher_profile = 'teacher'),
  class_id        uuid,
  group_id        uuid,
  primary key (tenant_id, id),
  unique nulls not distinct (tenant_id, class_id, group_id, subject_id, teacher_id),
  check (num_nonnulls(class_id, group_id) = 1),
  foreign key (tenant_id, subject_id) references subject (tenant_id, id),
  foreign key (tenant_id, class_id) references class (tenant_id, id) on delete cascade,
  foreign key (tenant_id, group_id) references teaching_group (tenant_id, id) on delete cascade,
  foreign key (tenant_id, teacher_id, teacher_profile) references membership (tenant_id, person_id, profile) on delete cascade
);
call protect('teaching');
create index teaching_teacher on teaching (tenant_id, teacher_id);
create index teaching_subject on teaching (tenant_id, subject_id);
create index teaching_group_taught on teaching (tenant_id, group_id) where group_id is not null;

-- Before opens_on pupils and guardians do not see the class; null says that it is open.
alter table class
  add opens_on date,
  add source_key text,
  add version int not null default 1,
  add unique (tenant_id, school_year_id, source_key);

alter table teaching_group
  add kind text not null default 'pedagogical' check (kind in ('pedagogical', 'automatic', 'manual')),
  add source_key text,
  add version int not null default 1,
  add unique (tenant_id, school_year_id, source_key);

grant select, insert, update, delete on subject, teaching to elyco_import;
