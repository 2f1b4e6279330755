-- What is published: in each establishment 100 news and 20 announcements, in each collectivity 200 articles in each of
-- five sections. Half speaks to everybody, the rest to one profile or one level.
insert into publication (tenant_id, id, room, section, title, summary, body, body_html, urgent, public, state, publish_at,
  author_name, keys, audience_words, created_at, updated_at)
select t.id, md5('publication ' || t.id || ' ' || n)::uuid, case when n <= 100 then 'news' else 'announcements' end, '',
       (array['Sortie au théâtre', 'Portes ouvertes', 'Conseil de la vie collégienne', 'Cross de l’établissement',
              'Réunion de rentrée', 'Exposition au centre de documentation', 'Semaine du goût', 'Voyage à Berlin'])[1 + n % 8] || ' n° ' || n,
       'Tout ce qu’il faut savoir : dates, horaires, personnes à prévenir et documents à rapporter signés avant vendredi.',
       repeat('Un paragraphe de l’article, assez long pour ressembler à ce que les établissements publient. ', 12),
       '<p>' || repeat('Un paragraphe de l’article, assez long pour ressembler à ce que les établissements publient. ', 12) || '</p>',
       n = 101, n % 4 = 0, 'published', now() - n * interval '11 hours', 'Direction',
       case n % 6 when 0 then array['e' || t.id || ':guardian'] when 1 then array['e' || t.id || ':pupil']
                  when 2 then array['e' || t.id || ':*:' || case when t.nature = 'college' then '6e' else '2de' end]
                  else array['e' || t.id || ':*'] end,
       'Tout l’établissement', now(), now()
from tenant t, generate_series(1, 120) n where t.kind = 'establishment';

insert into publication (tenant_id, id, room, section, title, summary, body, body_html, public, state, publish_at, author_name, keys,
  audience_words, created_at, updated_at)
select t.id, md5('publication ' || t.id || ' ' || s || ' ' || n)::uuid, 'territory',
       (array['transport', 'canteen', 'equipment', 'works', 'culture'])[s],
       (array['Transports scolaires', 'Restauration', 'Équipement', 'Travaux', 'Culture'])[s] || ', information n° ' || n,
       'Ce que la collectivité propose aux familles et aux élèves cette année, et comment en bénéficier.',
       repeat('Un paragraphe de l’article de la collectivité. ', 20), '<p>' || repeat('Un paragraphe de l’article de la collectivité. ', 20) || '</p>',
       n % 4 = 0, 'published', now() - (n * 5 + s) * interval '7 hours', 'Service communication',
       case n % 4 when 0 then array['t' || t.id || ':guardian'] when 1 then array['t' || t.id || '.college:*', 't' || t.id || '.lycee:*']
                  else array['t' || t.id || ':*'] end,
       'Toute la collectivité', now(), now()
from tenant t, generate_series(1, 5) s, generate_series(1, 200) n where t.kind = 'collectivity';

-- Half of the people of a school have opened its latest news.
insert into publication_read (tenant_id, publication_id, person_id, room, read_at)
select m.tenant_id, md5('publication ' || m.tenant_id || ' ' || n)::uuid, m.person_id, 'news', now()
from membership m, generate_series(1, 3) n
where abs(hashtext(m.person_id::text)) % 2 = 0
on conflict do nothing;
