-- What is measured of a movement, the same on the way in and on the way out: réceptions and sorties take their columns,
-- their comments and their grants from here. A column that both have is a line of a type and its comment.

create type private.mesures_lues as (
  index_avant numeric(15,3),
  index_apres numeric(15,3),
  compteur_id uuid,
  volume_ambiant numeric(15,3),
  temperature_ambiante_c numeric(6,2),
  temperature_echantillon_c numeric(6,2),
  densite_observee_kgm3 numeric(10,6),
  densite_a_15 numeric(10,6),
  densite_a_15_kgm3 numeric(10,6),
  volume_15c numeric(15,3),
  volume_corrige_15c numeric(15,3)
);
comment on type private.mesures_lues is 'Columns of a movement that a client may write: what was read of it.';
comment on column private.mesures_lues.compteur_id is
  'Calibration of the meter that read it (compteurs): whichever of that meter was sent, the database writes that of its '
  'day; null: none of the register.';
comment on column private.mesures_lues.volume_ambiant is
  'Litres as measured: sent, or the difference of the two meter indices, once it is validated.';
comment on column private.mesures_lues.temperature_ambiante_c is
  'Temperature of the product in the tank or truck, °C: the volume is corrected from it.';
comment on column private.mesures_lues.temperature_echantillon_c is
  'Temperature of the sample whose density was read, °C.';
comment on column private.mesures_lues.densite_observee_kgm3 is
  'Density read on the sample, kg/m³. One sent in kg/L (below 2) is multiplied by 1000: six decimals, so that none is '
  'lost before.';
comment on column private.mesures_lues.densite_a_15_kgm3 is
  'Density at 15 °C, kg/m³; densite_a_15 is the same figure under its older name.';
comment on column private.mesures_lues.volume_15c is
  'Litres at 15 °C: on a draft what the client sent, once validated what the database computed.';
comment on column private.mesures_lues.volume_corrige_15c is
  'volume_15c under its older name: always the same figure.';

create type private.mesures_calculees as (
  facteur_compteur numeric(7,6),
  vcf numeric(12,8),
  methode_15c text,
  parametres_15c jsonb
);
comment on type private.mesures_calculees is 'Columns of a movement that follow from what was read; the database''s.';
comment on column private.mesures_calculees.facteur_compteur is
  'Meter factor that the litres indicated were multiplied by; null: none was.';
comment on column private.mesures_calculees.vcf is 'Volume correction factor to 15 °C that was used.';
comment on column private.mesures_calculees.methode_15c is
  'Method that gave volume_15c: LEGACY or the name of a standard; null on a draft.';
comment on column private.mesures_calculees.parametres_15c is
  'How the method was set, and what the client had computed: with the measures, all it takes to compute volume_15c '
  'again.';

create function private.champs_mesures() returns text[]
language sql stable
set search_path = pg_catalog, pg_temp
return array(select a.attname::text from pg_catalog.pg_attribute a
              where a.attrelid = 'private.mesures_lues'::regclass and not a.attisdropped order by a.attnum);
comment on function private.champs_mesures() is
  'Columns that a client may write of any movement: those of mesures_lues.';
