-- The way of calculating that counts where no other does. What an administrator has made of it stays.

insert into astm.profils_calcul (nom) values ('SEP')
on conflict do nothing;
