-- Gauge tables: imported whole or not at all, each fault by its line; put into force by who may; linear between points.

begin;
set local role postgres;
set local search_path = public, extensions;
select plan(50);

select tests.depot('lubumbashi'), tests.depot('goma');
select tests.equipe('lubumbashi');
select tests.acteur('directeur', 'goma', 'directeur_goma'), tests.acteur('gerant', 'goma', 'gerant_goma');
select tests.citerne('cuve', 'lubumbashi', p_capacite => 500000);

create function pg_temp.creer(p_nom text default 'bareme', p_valeurs text default 'organisme => ''OCC''') returns void
language plpgsql as $$
begin
  perform tests.agir_comme('directeur');
  execute format('insert into public.baremes (citerne_id, certificat, valide_du, hauteur_max_mm, %s)
      values (tests.id(''cuve''), ''CERT-12'', tests.jour(-10), 3000, %s) returning tests.noter(%L, id)',
    split_part(p_valeurs, ' => ', 1), split_part(p_valeurs, ' => ', 2), p_nom);
  perform tests.redevenir_systeme();
end;
$$;
create function pg_temp.fautes(p_csv text) returns text language sql as $$
  select string_agg(f ->> 'path' || ' ' || (f ->> 'message'), ' | ') from jsonb_array_elements(
    (tests.essayer(format('select public.importer_bareme(tests.id(''bareme''), %L)', p_csv)) ->> 'valeurs')::jsonb
      -> 'erreurs') f
$$;
grant execute on function pg_temp.fautes(text) to authenticated;
create function pg_temp.litres(p_mm numeric, p_nom text default 'bareme') returns numeric language sql as $$
  select trim_scale(round(v.volume_l, 3)) from private.volume_au_bareme(tests.id(p_nom), p_mm) v
$$;

select is(tests.verdict(r, $$insert into public.baremes (citerne_id, certificat, valide_du, hauteur_max_mm)
  values (tests.id('cuve'), 'C', tests.jour(), 3000)$$), attendu, format('%s makes a gauge table: %s', r, attendu))
  from (values ('admin', 'done'), ('directeur', 'done'), ('gerant', 'ROLE_FORBIDDEN'), ('operateur', 'ROLE_FORBIDDEN'),
    ('pca', 'ROLE_FORBIDDEN'), ('lecture', 'ROLE_FORBIDDEN')) t (r, attendu);
select pg_temp.creer();
select is((select format('%s %s', b.version, b.statut) from public.baremes b where b.id = tests.id('bareme')),
  '1 BROUILLON', 'it begins as a draft, the first of its tank');
select pg_temp.creer('second');
select is((select b.version from public.baremes b where b.id = tests.id('second')), 2, 'the next is the second');
select tests.agir_comme('directeur');
select is(tests.essayer($$select public.activer_bareme(tests.id('bareme'))$$) ->> 'message', 'BAREME_INVALIDE',
  'without points it cannot count');

-- Faults by line.
select is(pg_temp.fautes(c), f, format('refused: %s', f))
  from (values
    ('',
      'ligne 1 la première ligne doit nommer les deux colonnes : hauteur_mm (ou hauteur_cm) ; volume_l (ou volume_m3)'),
    (E'0;0\n3000;300000',
      'ligne 1 la première ligne doit nommer les deux colonnes : hauteur_mm (ou hauteur_cm) ; volume_l (ou volume_m3)'),
    (E'hauteur_mm;volume_l\n0;0', 'csv un barème a deux points au moins'),
    (E'hauteur_mm;volume_l\n0;0\n2000;200000',
      'csv le barème s''arrête à 2 000 mm, sous la hauteur maximale de 3 000 mm'),
    (E'hauteur_mm;volume_l\n5;0\n3000;3', 'ligne 2 un barème commence à la hauteur 0'),
    (E'hauteur_mm;volume_l\n0;0\n100;1e3\n-5;7\n\n100;2000;9\n200;abc\n3000;300000',
      'ligne 3 « 1e3 » n''est pas un volume | ligne 4 « -5 » n''est pas une hauteur | '
      'ligne 6 deux nombres sont attendus, séparés par « ; » | ligne 7 « abc » n''est pas un volume'),
    (E'hauteur_mm;volume_l\n0;0\n1000;100000\n900;110000\n2000;100000\n3000;300000',
      'ligne 4 la hauteur ne monte pas : 1 000 mm à la ligne 3 | ligne 5 le volume ne monte pas : 100 000 L à la '
      'ligne 3'),
    (E'hauteur_mm;volume_l\n0;0\n0,05;1\n3000;300000',
      'ligne 3 une hauteur s''écrit au dixième de millimètre, sous 100 m'),
    (E'hauteur_mm;volume_l\n0;0\nNaN;1\n3000;Infinity',
      'ligne 3 « NaN » n''est pas une hauteur | ligne 4 « Infinity » n''est pas un volume')) t (c, f);
select is((select count(*)::int from public.baremes_points), 0, 'of a file with a fault nothing is kept');
select is(tests.essayer(format('select public.importer_bareme(tests.id(''bareme''), %L)', repeat('x', 2000001)))
  ->> 'message', 'TROP_DE_LIGNES', 'a file beyond all measure is not read');

-- Every way people write a table.
select tests.redevenir_systeme();
select is((select array_agg(row(l.ligne, trim_scale(l.hauteur_mm), trim_scale(l.volume_l))::text order by l.ligne)
  from private.lire_bareme(c) l), r::text[], format('read: %s', d))
  from (values
    ('semicolons, decimal commas, a byte order mark, Windows lines',
      E'\ufeffhauteur_mm;volume_l\r\n0;0\r\n10,5;1 000,25\r\n',
      '{"(2,0,0)","(3,10.5,1000.25)"}'),
    ('commas and points', E'hauteur_mm,volume_l\n0,0\n10.5,1000.25', '{"(2,0,0)","(3,10.5,1000.25)"}'),
    ('tabs, centimetres and cubic metres', E'hauteur_cm\tvolume_m3\n0\t0\n20,5\t3,25', '{"(2,0,0)","(3,205,3250)"}'),
    ('quotes, capitals, blank lines', E'"Hauteur_mm" ; "Volume_L"\n\n"0";"0"\n;\n"7";"70"\n',
      '{"(3,0,0)","(5,7,70)"}')) t (d, c, r);
select tests.agir_comme('directeur');
select is(public.importer_bareme(tests.id('bareme'), E'hauteur_mm;volume_l\n0;250\n1000;100250\n3000;300750'), 3,
  'a file without a fault is imported');
select
  is(public.importer_bareme(tests.id('bareme'), E'hauteur_mm;volume_l\n0;250\n1000;100250\n2000;200480\n3000;300730'),
  4, 'and another takes its place');
select tests.redevenir_systeme();
select is((select l.details ->> 'points' from public.log_actions l where l.action = 'BAREME_IMPORTE'
  order by l.created_at desc limit 1), '4', 'each import is logged');

-- Between the points.
select is(pg_temp.litres(mm), l, format('at %s mm: %s L', mm, l))
  from (values (0, 250), (1000, 100250), (500, 50250), (2345, 235066.25), (3000, 300730), (0.1, 260)) t (mm, l);
select is(pg_temp.litres(3000.1), null, 'above its last point it says nothing');
select is((select array_agg(trim_scale(round(v.pente_l_mm, 4)) order by h) from unnest('{0,1500,3000}'::numeric[]) h,
  private.volume_au_bareme(tests.id('bareme'), h) v), '{100,100.23,100.25}', 'a millimetre is worth its segment''s');

-- Into force.
select is(tests.verdict(r, $$select public.activer_bareme(tests.id('bareme'))$$), attendu,
  format('%s puts it into force: %s', r, attendu))
  from (values ('admin', 'done'), ('directeur', 'done'), ('gerant', 'ROLE_FORBIDDEN'), ('operateur', 'ROLE_FORBIDDEN'),
    ('gerant_goma', 'ROLE_FORBIDDEN'), ('directeur_goma', 'done')) t (r, attendu);
select tests.agir_comme('directeur');
select lives_ok($$select public.activer_bareme(tests.id('bareme'))$$, 'a directeur does');
select is(tests.essayer($$select public.importer_bareme(tests.id('bareme'), E'hauteur_mm;volume_l\n0;0\n3000;1')$$)
  ->> 'message', 'BAREME_ETAT', 'then its points stay');
select lives_ok($$select public.importer_bareme(tests.id('second'), E'hauteur_mm;volume_l\n0;0\n3000;290000')$$,
  'the next version is prepared beside it');
select lives_ok($$select public.activer_bareme(tests.id('second'))$$, 'and put into force in its place');
select tests.redevenir_systeme();
select is((select string_agg(format('%s %s', b.version, b.statut), ', ' order by b.version) from public.baremes b
  where b.citerne_id = tests.id('cuve')), '1 REMPLACE, 2 ACTIF', 'one counts, the other is kept');
select is(tests.trace('BAREME_ACTIVE', tests.id('second')), 'baremes WARNING', 'which is logged');
select throws_ok(e, 'PT403', 'ECRITURE_INTERDITE', e || ': refused, for the owner too')
  from (values ('update public.baremes set certificat = ''X'''), ('delete from public.baremes_points'),
    ('insert into public.baremes_points select bareme_id, 7000, 9000000, depot_id from public.baremes_points limit 1'))
      t (e);

select * from finish();
rollback;
