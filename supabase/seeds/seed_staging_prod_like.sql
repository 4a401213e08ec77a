-- Graine prod-like : les référentiels de PROD, avec leurs identifiants fixes, de quoi saisir un camion et une livraison,
-- et aucun mouvement. Peut être rejouée : ce qui existe déjà reste tel quel. Ne s'applique jamais à PROD.

-- Une base qui ne dit pas ce qu'elle est compte comme PROD, sauf si elle n'a encore jamais vu un camion.
insert into public.app_settings (key, value)
select 'env', 'staging' where not exists (select from public.cours_de_route)
on conflict (key) do nothing;

select private.poser_referentiels();

insert into public.fournisseurs (nom, pays) values ('Fournisseur STAGING', 'Zambie') on conflict do nothing;
insert into public.clients (nom, pays) values ('Client STAGING', 'RDC') on conflict do nothing;
insert into public.partenaires (nom)
select 'Partenaire STAGING' where not exists (select from public.partenaires where nom = 'Partenaire STAGING');

-- L'application d'aujourd'hui n'écrit une sortie que validée. Une personne qui a réglé l'option a le dernier mot.
update public.feature_flags set enabled = true
 where key = 'sortie_directe_compat' and not enabled and updated_by is null;
