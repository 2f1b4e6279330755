-- The words of documents, to look for them: one row for each content, however many files have it.
-- +goose Up

-- A content without words, or whose words cannot be read, has an empty row, so that nobody tries again.
create table drive_text (
  tenant_id bigint not null,
  hash      text not null,
  body      text not null check (octet_length(body) <= 200000),
  search    tsvector not null generated always as (to_tsvector('public.fr', body)) stored,
  read_at   timestamptz not null,
  primary key (tenant_id, hash)
);
call protect('drive_text');
create index drive_text_search on drive_text using gin (tenant_id, search);

create index drive_version_hash on drive_version (tenant_id, hash);
create index drive_node_hash on drive_node (tenant_id, hash) where is_file and trashed_at is null;
alter table drive_node add folded text not null generated always as (public.fold(name)) stored;
