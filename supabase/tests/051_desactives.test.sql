-- What is disabled takes no new act; what is in stock may leave.

begin;
set local role postgres;
set local search_path = public, extensions;
select plan(20);

select tests.depot('lubumbashi'), tests.depot('goma');
select tests.equipe('lubumbashi');
select tests.citerne('cuve', 'lubumbashi'), tests.citerne('autre', 'lubumbashi');
select tests.noter('produit', tests.produit('G.O')), tests.noter('client', tests.tiers('clients')),
       tests.noter('fournisseur', tests.tiers('fournisseurs')), tests.noter('partenaire', tests.tiers('partenaires'));
select tests.recevoir('cuve', 5000), tests.recevoir('cuve', 1000, 0, 'PARTENAIRE');
select tests.cdr('arrive', 'lubumbashi'), tests.brouillon('cuve', 100);
update public.sorties_produit set client_id = tests.id('client') where id = tests.id('sortie');

create function pg_temp.sans(p_table text, p_id text, p_acteur text, p_acte text) returns text language plpgsql as $$
declare
  v_dit text;
begin
  execute format('update public.%I set actif = false where id = %L', p_table, tests.id(p_id));
  v_dit := tests.verdict(p_acteur, p_acte);
  execute format('update public.%I set actif = true where id = %L', p_table, tests.id(p_id));
  return v_dit;
end;
$$;
comment on function pg_temp.sans(text, text, text, text) is
  'What this actor gets for this act while that row is disabled.';
create function pg_temp.acte(p_nom text) returns text language sql as $$
  select case p_nom
    when 'camion' then format('insert into public.cours_de_route (fournisseur_id, depot_destination_id, produit_id,
      plaque_camion, volume) values (%L, %L, %L, ''NEUF 1'', 1000)', tests.id('fournisseur'), tests.id('lubumbashi'),
      tests.id('produit'))
    when 'reception' then format('insert into public.receptions (cours_de_route_id, citerne_id, volume_ambiant,
      temperature_ambiante_c) values (%L, %L, 100, 15)', tests.id('arrive'), tests.id('cuve'))
    when 'reception_partenaire' then format('insert into public.receptions (citerne_id, volume_ambiant,
      temperature_ambiante_c, proprietaire_type, partenaire_id) values (%L, 100, 15, ''PARTENAIRE'', %L)',
      tests.id('cuve'), tests.id('partenaire'))
    when 'lot' then format('insert into public.fournisseur_lot (fournisseur_id, produit_id, reference)
      values (%L, %L, ''L1'')', tests.id('fournisseur'), tests.id('produit'))
    when 'citerne' then format('insert into public.citernes (depot_id, produit_id, nom, capacite_totale)
      values (%L, %L, ''Neuve'', 1000)', tests.id('lubumbashi'), tests.id('produit'))
    when 'sortie' then format('insert into public.sorties_produit (citerne_id, client_id, volume_ambiant,
      temperature_ambiante_c) values (%L, %L, 10, 15)', tests.id('cuve'), tests.id('client'))
    when 'sortie_partenaire' then format('insert into public.sorties_produit (citerne_id, partenaire_id,
      proprietaire_type, volume_ambiant, temperature_ambiante_c) values (%L, %L, ''PARTENAIRE'', 10, 15)',
      tests.id('cuve'), tests.id('partenaire'))
    when 'validation' then format('select public.validate_sortie(%L)', tests.id('sortie'))
    when 'transfert' then format('insert into public.transferts (citerne_source_id, citerne_destination_id,
      volume_ambiant, temperature_ambiante_c) values (%L, %L, 10, 15)', tests.id('cuve'), tests.id('autre'))
    when 'stock_initial' then format('select public.declarer_stock_initial(%L, ''MONALUXE'', 100, 100,
      ''Jaugeage du premier jour'')', tests.id('autre'))
  end
$$;

select is(pg_temp.sans(t.de, t.qui, 'admin', pg_temp.acte(t.acte)), 'REFERENTIEL_INACTIF',
    format('%s with one of %s disabled: refused', t.acte, t.de))
  from (values ('produits', 'produit', 'camion'), ('produits', 'produit', 'reception'), ('produits', 'produit', 'lot'),
               ('produits', 'produit', 'citerne'), ('produits', 'produit', 'stock_initial'),
               ('depots', 'lubumbashi', 'camion'), ('depots', 'lubumbashi', 'reception'),
               ('depots', 'lubumbashi', 'citerne'), ('fournisseurs', 'fournisseur', 'camion'),
               ('fournisseurs', 'fournisseur', 'lot'), ('clients', 'client', 'sortie'),
               ('clients', 'client', 'validation'), ('partenaires', 'partenaire', 'reception_partenaire')) as t (de,
               qui, acte);
select is(pg_temp.sans(t.de, t.qui, 'admin', pg_temp.acte(t.acte)), 'done',
    format('%s with one of %s disabled: what is in stock may leave', t.acte, t.de))
  from (values ('produits', 'produit', 'sortie'), ('produits', 'produit', 'validation'),
               ('produits', 'produit', 'transfert'), ('depots', 'lubumbashi', 'sortie'),
               ('depots', 'lubumbashi', 'validation'), ('partenaires', 'partenaire', 'sortie_partenaire')) as t (de,
               qui, acte);
update public.depots set actif = false where id = tests.id('goma');
select is(tests.verdict('admin', format('update public.profils set depot_id = %L where user_id = %L', tests.id('goma'),
    tests.id('lecture'))), 'REFERENTIEL_INACTIF', 'nobody comes to a depot that is disabled');

select * from finish();
rollback;
