-- What people say of documents, beside them: in the scope that the document is in.
-- +goose Up
create table document_comment (
  tenant_id   bigint not null,
  id          uuid not null,
  node_id     uuid not null,
  author_id   uuid,
  author_name text not null default '',
  body        text not null check (char_length(body) between 1 and 2000),
  created_at  timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, node_id) references drive_node (tenant_id, id) on delete cascade
);
call protect('document_comment');
create index document_comment_node on document_comment (tenant_id, node_id, created_at desc, id desc);
create index document_comment_author on document_comment (tenant_id, author_id);
