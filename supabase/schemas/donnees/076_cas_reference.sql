-- Real trucks as SEP calculated them, that the engine is compared with. Cases imported since stay.

insert into public.golden_cases as g (
  source, reference, produit_code, volume_observe_l, temperature_echantillon_c, temperature_produit_c,
  temperature_produit_deduite, densite_observee_kgm3, densite_15c_attendue_kgm3, vcf_attendu, volume_15c_attendu_l, note
) values
  ('SEP', '1', 'G.O', 39296, 29.7, 22.5, true, 837.3, 847.6, 0.9937, 39048,
   'La température du produit (22,5 °C) est déduite du facteur imprimé par SEP. SEP imprime 847,6 pour la densité ; '
   'la norme donne 847,4 : le facteur et le volume n''en changent pas.'),
  ('SEP', '2', 'G.O', 39391, 23.5, 22.5, true, 837.5, 843.4, 0.9937, 39143,
   'La température du produit (22,5 °C) est déduite du facteur imprimé par SEP ; le reste est imprimé.'),
  ('SEP', '3', 'G.O', 39291, 23.2, 23.2, false, 837.6, 843.2, 0.9931, 39020,
   'La même température pour l''échantillon et le produit. SEP imprime 843,2 pour la densité ; la norme donne 843,3 '
   '(843,258).'),
  ('SEP', '4', 'G.O', 36971, 19.0, 19.0, false, 837.0, 839.8, 0.9966, 36845,
   'La même température pour l''échantillon et le produit ; tout est imprimé.'),
  ('SEP', '5', 'G.O', 38312, 20.0, 20.0, false, 836.0, 839.5, 0.9958, 38151,
   'La même température pour l''échantillon et le produit. Pour la densité, SEP donne 839,4 ou 839,5 ; la norme, '
   '839,5 (839,453).'),
  ('SEP', '6', 'G.O', 39330, 20.0, 20.0, false, 837.0, 840.5, 0.9958, 39165,
   'La même température pour l''échantillon et le produit. Pour la densité, SEP donne 840,4 ou 840,5 ; la norme, '
   '840,5 (840,451).'),
  ('SEP', '7', 'G.O', 37384, 20.0, 20.0, false, 836.0, 839.5, 0.9958, 37227,
   'La même température pour l''échantillon et le produit. Pour la densité, SEP donne 839,4 ou 839,5 ; la norme, '
   '839,5 (839,453).'),
  ('SEP', '8', 'G.O', 33445, 21.0, 21.0, false, 837.0, 841.1, 0.9949, 33274,
   'La même température pour l''échantillon et le produit. SEP imprime 840,1 pour la densité, une coquille pour 841,1, '
   'retenu ici.')
on conflict (source, reference) do update set
  produit_code = excluded.produit_code,
  volume_observe_l = excluded.volume_observe_l,
  temperature_echantillon_c = excluded.temperature_echantillon_c,
  temperature_produit_c = excluded.temperature_produit_c,
  temperature_produit_deduite = excluded.temperature_produit_deduite,
  densite_observee_kgm3 = excluded.densite_observee_kgm3,
  densite_15c_attendue_kgm3 = excluded.densite_15c_attendue_kgm3,
  vcf_attendu = excluded.vcf_attendu,
  volume_15c_attendu_l = excluded.volume_15c_attendu_l,
  note = excluded.note
where (g.produit_code, g.volume_observe_l, g.temperature_echantillon_c, g.temperature_produit_c,
  g.temperature_produit_deduite,
    g.densite_observee_kgm3, g.densite_15c_attendue_kgm3, g.vcf_attendu, g.volume_15c_attendu_l, g.note)
   is distinct from (excluded.produit_code, excluded.volume_observe_l, excluded.temperature_echantillon_c,
    excluded.temperature_produit_c, excluded.temperature_produit_deduite, excluded.densite_observee_kgm3,
    excluded.densite_15c_attendue_kgm3, excluded.vcf_attendu, excluded.volume_15c_attendu_l, excluded.note);
