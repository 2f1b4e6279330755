-- A school opens its doors by a decision in the registry's history, as the levels above do: one place says where it stands.
-- +goose Up
alter table space drop column opened_on;
