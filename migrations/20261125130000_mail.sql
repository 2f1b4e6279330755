-- Letters that go out by e-mail. They are written in the transaction of whoever sends them and handed over by jobs: what
-- is committed is sent, what is rolled back never was.
-- +goose Up

-- The text once, however many people get it. It is emptied as soon as nobody waits for it any more, because it may hold
-- a code.
create table letter (
  tenant_id  bigint not null,
  id         uuid not null,
  kind       text not null check (kind ~ '^[a-z_]+\.[a-z_]+$'),
  site       text not null,
  subject    text not null,
  body_text  text not null,
  body_html  text not null,
  created_at timestamptz not null,
  primary key (tenant_id, id)
);
call protect('letter');
create index letter_created on letter (tenant_id, created_at desc, id desc);

-- One message to one person. due_at is when it may be tried; while it is being sent, when the sender is taken for dead.
create table letter_delivery (
  tenant_id  bigint not null,
  id         uuid not null,
  letter_id  uuid not null,
  person_id  uuid,
  name       text not null default '',
  address    text not null,
  state      text not null default 'waiting' check (state in ('waiting', 'sending', 'sent', 'kept', 'failed')),
  attempt    int not null default 0,
  due_at     timestamptz not null,
  ended_at   timestamptz,
  error      text not null default '',
  primary key (tenant_id, id),
  foreign key (tenant_id, letter_id) references letter (tenant_id, id) on delete cascade
);
call protect('letter_delivery');
create index letter_delivery_due on letter_delivery (tenant_id, due_at) where state in ('waiting', 'sending');
create index letter_delivery_letter on letter_delivery (tenant_id, letter_id, id);
create index letter_delivery_person on letter_delivery (tenant_id, person_id) where person_id is not null;
