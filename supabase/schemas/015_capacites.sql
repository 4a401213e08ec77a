-- Who may do what: the one list. The gates (private.exiger), the policies (private.peut, private.depots_ou), the access
-- matrix that the tests try and the page that people read are all made from these rows; no other SQL names a role.

create table private.capacites (
  capacite text primary key check (capacite ~ '^[a-z]+(_[a-z]+)*$'),
  roles text[] not null check (roles <> '{}'),
  second_facteur boolean not null default false,
  dit text not null check (btrim(dit) <> '')
);
comment on table private.capacites is 'What may be done, and the roles that may do it.';
comment on column private.capacites.capacite is 'Name by which the rules ask.';
comment on column private.capacites.roles is 'Roles of profils.role that have it.';
comment on column private.capacites.second_facteur is 'Under the flag mfa_admin, also asks for a session raised to aal2.';
comment on column private.capacites.dit is 'In French, for the page of who may do what.';

insert into private.capacites (capacite, roles, second_facteur, dit) values
  ('voir_tous_depots', '{admin,directeur,pca}', false, 'voir tous les dépôts, et pas seulement le sien'),
  ('ecrire_cours_de_route', '{admin,directeur,gerant,operateur}', false, 'annoncer un camion et le faire avancer'),
  ('annuler_cours_de_route', '{admin,directeur,gerant}', false, 'clore un camion qui n''arrivera pas'),
  ('supprimer_cours_de_route', '{admin}', false, 'supprimer un camion auquel rien ne se rattache'),
  ('tenir_lots', '{admin,directeur}', false, 'clôturer, facturer, corriger et supprimer un lot de fournisseur'),
  ('ecrire_reception', '{admin,directeur,gerant,operateur}', false, 'recevoir un camion'),
  ('ecrire_sortie', '{admin,directeur,gerant,operateur}', false, 'écrire le brouillon d''une sortie'),
  ('valider_sortie', '{admin,directeur,gerant}', false, 'valider ou rejeter une sortie'),
  ('transferer_stock', '{admin,directeur,gerant}', false, 'transférer d''une citerne à une autre'),
  ('mesurer_citerne', '{admin,directeur,gerant,operateur}', false, 'relever la hauteur d''une citerne'),
  ('ajuster_stock', '{admin}', true, 'ajuster un stock, compenser un mouvement, déclarer un stock initial'),
  ('reconstruire_stock', '{admin}', true, 'recalculer le stock de chaque jour'),
  ('ecrire_referentiels', '{admin,directeur}', false, 'tenir les dépôts, citernes, produits, clients, fournisseurs et partenaires'),
  ('lire_coordonnees_fournisseurs', '{admin,directeur,gerant,pca}', false, 'lire les contacts, adresses et notes des fournisseurs'),
  ('lire_noms', '{admin,directeur,gerant,pca}', false, 'lire le nom et le rôle des autres personnes'),
  ('lire_journal', '{admin,directeur,gerant,pca}', false, 'lire le journal des actions'),
  ('verifier_journal', '{admin,directeur}', false, 'vérifier que le journal est intact'),
  ('regler_options', '{admin}', true, 'régler une option'),
  ('ecrire_profils', '{admin}', true, 'ouvrir, changer et fermer les accès'),
  ('regler_produits', '{admin}', true, 'changer le code, le groupe, le coefficient ou les densités d''un produit'),
  ('regler_calcul', '{admin}', false, 'régler le calcul à 15 °C et ses cas de référence'),
  ('geler_ecritures', '{admin}', false, 'geler et rouvrir les écritures');

create function private.role_peut(p_role text, p_capacite text) returns boolean
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_roles text[];
begin
  select c.roles into strict v_roles from private.capacites c where c.capacite = p_capacite;
  return coalesce(p_role = any (v_roles), false);
end;
$$;
comment on function private.role_peut(text, text) is
  'Whether a role has a capability; false for no role. A capability that is not in the list is a bug and raises P0002.';
