-- Passkeys: a telephone, a computer or a key that signs instead of a password. They belong to accounts.
-- +goose Up

-- credential is what the library keeps: a public key, a counter, what the device said of itself. Nothing of it is secret.
create table passkey (
  tenant_id     bigint not null,
  id            uuid not null,
  person_id     uuid not null,
  name          text not null check (length(name) between 1 and 60),
  credential_id bytea not null,
  credential    jsonb not null,
  created_at    timestamptz not null,
  used_at       timestamptz,
  primary key (tenant_id, id),
  unique (tenant_id, credential_id),
  foreign key (tenant_id, person_id) references account (tenant_id, person_id) on delete cascade
);
call protect('passkey');
create index passkey_person on passkey (tenant_id, person_id);

-- A challenge travels sealed in the form; what was signed for it is taken once.
create table used_challenge (
  tenant_id      bigint not null,
  challenge_hash bytea not null,
  expires_at     timestamptz not null,
  primary key (tenant_id, challenge_hash)
);
call protect('used_challenge');
create index used_challenge_end on used_challenge (tenant_id, expires_at);
