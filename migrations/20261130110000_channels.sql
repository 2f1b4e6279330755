-- Everything that leaves the house goes out of one outbox: letters, texts, calls and notifications on devices. What a gateway
-- says afterwards of a message is kept beside it.
-- +goose Up

alter table letter drop constraint letter_channel_check;
alter table letter add constraint letter_channel_check check (channel in ('mail', 'text', 'voice', 'push'));
-- Who pays, and the page that a notification opens.
alter table letter
  add payer text not null default '' check (payer in ('', 'establishment', 'collectivity', 'academy')),
  add path  text not null default '' check (length(path) <= 500);

-- state is what the house did, heard what is known of the other end, which only moves forward. fields are what a text says to
-- one person alone; they are emptied with it. cost is in millionths of a euro, for the whole message so far.
alter table letter_delivery
  add notice_id       uuid,
  add fields          jsonb,
  add heard           text not null default '' check (heard in ('', 'failed', 'delivered', 'answered', 'acknowledged')),
  add delivered_at    timestamptz,
  add answered_at     timestamptz,
  add acknowledged_at timestamptz,
  add cost            bigint not null default 0 check (cost between 0 and 1000000000);
create index letter_delivery_notice on letter_delivery (tenant_id, notice_id) where notice_id is not null;

-- What a channel cost in a month, and who pays: it outlives the letters and names nobody.
create table channel_spend (
  tenant_id bigint not null,
  month     date not null check (extract(day from month) = 1),
  channel   text not null check (channel in ('mail', 'text', 'voice', 'push')),
  payer     text not null check (payer in ('', 'establishment', 'collectivity', 'academy')),
  messages  bigint not null default 0 check (messages >= 0),
  cost      bigint not null default 0 check (cost >= 0),
  primary key (tenant_id, month, channel, payer)
);
call protect('channel_spend');

-- An address that sent letters back for good. It stands where the accounts are, and every space that writes to the person reads it.
create table bounced_address (
  tenant_id  bigint not null,
  person_id  uuid not null,
  address    text not null check (length(address) between 3 and 254),
  status     text not null default '' check (length(status) <= 20),
  reason     text not null check (length(reason) <= 400),
  bounced_at timestamptz not null,
  primary key (tenant_id, person_id, address)
);
call protect_downward('bounced_address');
create index bounced_address_address on bounced_address (tenant_id, address);

-- A browser that shows notifications, and the keys with which it alone reads them. A browser belongs to whoever was there last.
create table push_device (
  tenant_id  bigint not null,
  id         uuid not null,
  person_id  uuid not null,
  endpoint   text not null check (length(endpoint) between 12 and 1000),
  p256dh     text not null check (length(p256dh) <= 120),
  auth       text not null check (length(auth) <= 40),
  name       text not null check (length(name) between 1 and 80),
  created_at timestamptz not null,
  used_at    timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, endpoint),
  foreign key (tenant_id, person_id) references person (tenant_id, id)
);
call protect_downward('push_device');
create index push_device_person on push_device (tenant_id, person_id, created_at);
