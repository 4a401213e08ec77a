-- The fourteen tax groups of the DGI, as public invoicing systems (SFE) list them; to be confirmed with the DGI's own
-- text before a fiscal device is connected. Where they give no rate, none is fixed here and nothing is invoiced in the
-- group.

insert into public.taux_tva (groupe, valide_du, taux, libelle) values
  ('A', '2020-01-01', 0, 'Exonéré'),
  ('B', '2020-01-01', 16, 'Taxable 16 %'),
  ('C', '2020-01-01', 8, 'Taxable 8 %'),
  ('D', '2020-01-01', 0, 'Régimes dérogatoires'),
  ('E', '2020-01-01', 0, 'Exportation et opérations assimilées'),
  ('F', '2020-01-01', 16, 'Marché public à financement extérieur 16 %'),
  ('G', '2020-01-01', 8, 'Marché public à financement extérieur 8 %'),
  ('H', '2020-01-01', 0, 'Consignation et déconsignation d''emballages'),
  ('I', '2020-01-01', 0, 'Garantie et caution'),
  ('J', '2020-01-01', 0, 'Débours'),
  ('K', '2020-01-01', 0, 'Opérations de non-assujettis'),
  ('L', '2020-01-01', null, 'Prélèvements sur ventes'),
  ('M', '2020-01-01', 0, 'Ventes réglementées, TVA comprise au prix'),
  ('N', '2020-01-01', null, 'TVA spécifique')
on conflict (groupe, valide_du) do nothing;
