-- Graine prod-like : les référentiels de PROD, avec leurs identifiants fixes, de quoi saisir un camion et une
-- livraison, et aucun mouvement. Peut être rejouée : ce qui existe déjà reste tel quel. Ne s'applique jamais à PROD, ni
-- à une base qui ne dit pas ce qu'elle est et où quelqu'un travaille ; et ne dit jamais à une base ce qu'elle est : une
-- personne le dit.

select private.poser_referentiels();

insert into public.fournisseurs (nom, pays) values ('Fournisseur STAGING', 'Zambie') on conflict do nothing;
insert into public.clients (nom, pays) values ('Client STAGING', 'RDC') on conflict do nothing;
insert into public.partenaires (nom)
select 'Partenaire STAGING' where not exists (select from public.partenaires where nom = 'Partenaire STAGING');

-- L'application d'aujourd'hui n'écrit une sortie que validée. Une personne qui a réglé l'option a le dernier mot.
update public.feature_flags set enabled = true
 where key = 'sortie_directe_compat' and not enabled and updated_by is null;
