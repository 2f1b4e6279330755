-- What is looked for: texts by their words, names by their beginnings, both without accents.
-- +goose Up

-- +goose StatementBegin
-- The dictionary is named with its schema, so that the result depends on nothing else: the function is immutable.
create function fold(t text) returns text language sql immutable strict parallel safe as $$
  select btrim(regexp_replace(lower(public.unaccent('public.unaccent', t)), '[^[:alnum:]]+', ' ', 'g'))
$$;
-- +goose StatementEnd

alter table membership add folded text not null generated always as (public.fold(family_name || ' ' || given_name)) stored;
-- The address book walks names in the order in which people expect them: É after E, not after Z.
drop index membership_name;
create index membership_folded on membership (tenant_id, folded, person_id);

alter table publication add search tsvector not null generated always as (
  setweight(to_tsvector('public.fr', title), 'A') || setweight(to_tsvector('public.fr', summary), 'B') ||
  setweight(to_tsvector('public.fr', body), 'C')) stored;
create index publication_search on publication using gin (tenant_id, search) where state = 'published';
