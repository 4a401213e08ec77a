-- 20261127161305_ecriture_reseau: what brings a database to supabase/schemas, written by npm run schema. Read it, complete it before it lands
-- (a column that rows must fill), never edit it afterwards.

set check_function_bodies = off;

select private.autoriser_drop('migration 20261127161305_ecriture_reseau');

DROP VIEW "public"."v_receptions";

DROP VIEW "public"."v_sorties";

CREATE TYPE "private"."mesures_calculees" AS ("facteur_compteur" numeric(7,6), "vcf" numeric(12,8), "methode_15c" text, "parametres_15c" jsonb);

CREATE TYPE "private"."mesures_lues" AS ("index_avant" numeric(15,3), "index_apres" numeric(15,3), "compteur_id" uuid, "volume_ambiant" numeric(15,3), "temperature_ambiante_c" numeric(6,2), "temperature_echantillon_c" numeric(6,2), "densite_observee_kgm3" numeric(10,6), "densite_a_15" numeric(10,6), "densite_a_15_kgm3" numeric(10,6), "volume_15c" numeric(15,3), "volume_corrige_15c" numeric(15,3));

CREATE OR REPLACE FUNCTION private.champs_mesures()
 RETURNS text[]
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
RETURN ARRAY(SELECT (a.attname)::text AS attname FROM pg_attribute a WHERE ((a.attrelid = ('private.mesures_lues'::regclass)::oid) AND (NOT a.attisdropped)) ORDER BY a.attnum);

CREATE OR REPLACE FUNCTION private.champs_sortie()
 RETURNS text[]
 LANGUAGE sql
 IMMUTABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
RETURN '{index_avant,index_apres,compteur_id,volume_ambiant,temperature_ambiante_c,temperature_echantillon_c,densite_observee_kgm3,densite_a_15,densite_a_15_kgm3,volume_15c,volume_corrige_15c,id,citerne_id,produit_id,client_id,partenaire_id,proprietaire_type,date_sortie,statut,chauffeur_nom,plaque_camion,plaque_remorque,transporteur,note}'::text[];

CREATE OR REPLACE FUNCTION private.noter_etat(p_nom text)
 RETURNS text
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  v_empreinte text;
  v_faits jsonb;
begin
  select encode(sha256(convert_to(string_agg(e.objet || ' ' || e.md5, E'\n' order by e.objet collate "C"), 'UTF8')),
    'hex'), jsonb_object_agg(e.objet, e.md5)
    into v_empreinte, v_faits
    from private.empreintes() e;
  update private.etats_schema e set faits = null where e.faits is not null;
  insert into private.etats_schema as e (empreinte, nom, faits, note_le)
  values (v_empreinte, p_nom, v_faits, clock_timestamp())
  on conflict (empreinte) do update
     set (nom, faits, note_le) = (excluded.nom, excluded.faits, excluded.note_le);
  return v_empreinte;
end;
$function$;

CREATE VIEW "public"."v_receptions" WITH (security_invoker=true) AS  SELECT id,
    cours_de_route_id,
    citerne_id,
    produit_id,
    depot_id,
    partenaire_id,
    proprietaire_type,
    index_avant,
    index_apres,
    compteur_id,
    volume_ambiant,
    temperature_ambiante_c,
    temperature_echantillon_c,
    densite_observee_kgm3,
    densite_a_15,
    densite_a_15_kgm3,
    volume_15c,
    volume_corrige_15c,
    volume_observe,
    facteur_compteur,
    vcf,
    methode_15c,
    parametres_15c,
    date_reception,
    avertissements,
    compartiment,
    confirmer,
    statut,
    note,
    created_by,
    validated_by,
    created_at,
    private.masse_vide_t(densite_a_15_kgm3, volume_15c) AS masse_vide_t,
    private.masse_air_t(densite_a_15_kgm3, volume_15c) AS masse_air_t
   FROM public.receptions r;;

CREATE VIEW "public"."v_sorties" WITH (security_invoker=true) AS  SELECT id,
    citerne_id,
    produit_id,
    depot_id,
    client_id,
    partenaire_id,
    proprietaire_type,
    index_avant,
    index_apres,
    compteur_id,
    volume_ambiant,
    temperature_ambiante_c,
    temperature_echantillon_c,
    densite_observee_kgm3,
    densite_a_15,
    densite_a_15_kgm3,
    volume_15c,
    volume_corrige_15c,
    facteur_compteur,
    vcf,
    methode_15c,
    parametres_15c,
    avertissements,
    date_sortie,
    date_jour,
    statut,
    chauffeur_nom,
    plaque_camion,
    plaque_remorque,
    transporteur,
    note,
    motif_rejet,
    version,
    created_by,
    validated_by,
    updated_by,
    updated_at,
    created_at,
        CASE statut
            WHEN 'validee'::text THEN private.masse_vide_t(densite_a_15_kgm3, volume_15c)
            ELSE NULL::numeric
        END AS masse_vide_t,
        CASE statut
            WHEN 'validee'::text THEN private.masse_air_t(densite_a_15_kgm3, volume_15c)
            ELSE NULL::numeric
        END AS masse_air_t,
    ( SELECT COALESCE(sum(d.delta_ambiant), (0)::numeric) AS "coalesce"
           FROM public.dilatations d
          WHERE ((d.mouvement_type = 'SORTIE'::text) AND (d.mouvement_id = s.id))) AS dilatation_ambiant
   FROM public.sorties_produit s;;

COMMENT ON COLUMN "public"."receptions"."methode_15c" IS 'Method that gave volume_15c: LEGACY or the name of a standard; null on a draft.';

COMMENT ON COLUMN "public"."receptions"."volume_15c" IS 'Litres at 15 °C: on a draft what the client sent, once validated what the database computed.';

COMMENT ON COLUMN "public"."receptions"."volume_ambiant" IS 'Litres as measured: sent, or the difference of the two meter indices, once it is validated.';

COMMENT ON COLUMN "public"."receptions"."volume_corrige_15c" IS 'volume_15c under its older name: always the same figure.';

COMMENT ON COLUMN "public"."sorties_produit"."methode_15c" IS 'Method that gave volume_15c: LEGACY or the name of a standard; null on a draft.';

COMMENT ON COLUMN "public"."sorties_produit"."temperature_ambiante_c" IS 'Temperature of the product in the tank or truck, °C: the volume is corrected from it.';

COMMENT ON COLUMN "public"."sorties_produit"."volume_ambiant" IS 'Litres as measured: sent, or the difference of the two meter indices, once it is validated.';

COMMENT ON FUNCTION "private"."champs_mesures"() IS 'Columns that a client may write of any movement: those of mesures_lues.';

COMMENT ON TYPE "private"."mesures_calculees" IS 'Columns of a movement that follow from what was read; the database''s.';

COMMENT ON TYPE "private"."mesures_lues" IS 'Columns of a movement that a client may write: what was read of it.';

COMMENT ON VIEW "public"."v_receptions" IS 'Réceptions with their mass in tonnes: in vacuum, and in air as a weighbridge shows it.';

COMMENT ON VIEW "public"."v_sorties" IS 'Sorties with their mass in tonnes once validated, and the litres as measured that were booked with them because the fuel left at another temperature than it came (dilatations).';

REVOKE ALL ON FUNCTION "private"."champs_mesures"() FROM PUBLIC;

GRANT EXECUTE ON FUNCTION "private"."champs_mesures"() TO "postgres";

GRANT USAGE ON TYPE "private"."mesures_calculees" TO "postgres";

GRANT USAGE ON TYPE "private"."mesures_lues" TO "postgres";

GRANT SELECT ON TABLE "public"."v_receptions" TO "authenticated";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "public"."v_receptions" TO "postgres";

GRANT SELECT ON TABLE "public"."v_receptions" TO "service_role";

GRANT SELECT ON TABLE "public"."v_sorties" TO "authenticated";

GRANT DELETE, INSERT, MAINTAIN, REFERENCES, SELECT, TRIGGER, TRUNCATE, UPDATE ON TABLE "public"."v_sorties" TO "postgres";

GRANT SELECT ON TABLE "public"."v_sorties" TO "service_role";

comment on column private.mesures_calculees.facteur_compteur is 'Meter factor that the litres indicated were multiplied by; null: none was.';

comment on column private.mesures_calculees.vcf is 'Volume correction factor to 15 °C that was used.';

comment on column private.mesures_calculees.methode_15c is 'Method that gave volume_15c: LEGACY or the name of a standard; null on a draft.';

comment on column private.mesures_calculees.parametres_15c is 'How the method was set, and what the client had computed: with the measures, all it takes to compute volume_15c again.';

comment on column private.mesures_lues.compteur_id is 'Calibration of the meter that read it (compteurs): whichever of that meter was sent, the database writes that of its day; null: none of the register.';

comment on column private.mesures_lues.volume_ambiant is 'Litres as measured: sent, or the difference of the two meter indices, once it is validated.';

comment on column private.mesures_lues.temperature_ambiante_c is 'Temperature of the product in the tank or truck, °C: the volume is corrected from it.';

comment on column private.mesures_lues.temperature_echantillon_c is 'Temperature of the sample whose density was read, °C.';

comment on column private.mesures_lues.densite_observee_kgm3 is 'Density read on the sample, kg/m³. One sent in kg/L (below 2) is multiplied by 1000: six decimals, so that none is lost before.';

comment on column private.mesures_lues.densite_a_15_kgm3 is 'Density at 15 °C, kg/m³; densite_a_15 is the same figure under its older name.';

comment on column private.mesures_lues.volume_15c is 'Litres at 15 °C: on a draft what the client sent, once validated what the database computed.';

comment on column private.mesures_lues.volume_corrige_15c is 'volume_15c under its older name: always the same figure.';

reset check_function_bodies;
select private.noter_etat('20261127161305_ecriture_reseau');
