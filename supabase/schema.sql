-- Written by npm run schema: what supabase/schemas declares, as pg_dump tells it. Do not edit.
--
-- PostgreSQL database dump
--

SELECT pg_catalog.set_config('search_path', '', false);

--
-- Name: astm; Type: SCHEMA; Schema: -; Owner: -
--

CREATE SCHEMA astm;

--
-- Name: SCHEMA astm; Type: COMMENT; Schema: -; Owner: -
--

COMMENT ON SCHEMA astm IS 'Volumes at 15 °C by API MPMS 11.1 (ASTM D1250, IP 200). Densities in kg/m³, temperatures in °C, litres, kPa gauge. Not exposed through REST.';

--
-- Name: private; Type: SCHEMA; Schema: -; Owner: -
--

CREATE SCHEMA private;

--
-- Name: SCHEMA private; Type: COMMENT; Schema: -; Owner: -
--

COMMENT ON SCHEMA private IS 'Rules and machinery. Not exposed through REST; a client role may execute only what its policies and doors call.';

--
-- Name: public; Type: SCHEMA; Schema: -; Owner: -
--

CREATE SCHEMA public;

--
-- Name: SCHEMA public; Type: COMMENT; Schema: -; Owner: -
--

COMMENT ON SCHEMA public IS 'standard public schema';

--
-- Name: acteur; Type: TYPE; Schema: private; Owner: -
--

CREATE TYPE private.acteur AS (
	user_id uuid,
	role text,
	depots uuid[],
	habilitations text[]
);

--
-- Name: TYPE acteur; Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON TYPE private.acteur IS 'Who is asking, their role, the depots they see and what they may do beside. All null for a user without a profile or deactivated, and for no user.';

--
-- Name: cle_nom(text); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.cle_nom(p_nom text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN lower(btrim(regexp_replace((NORMALIZE(p_nom, NFKC) COLLATE pg_c_utf8), '\s+'::text, ' '::text, 'g'::text)));

--
-- Name: FUNCTION cle_nom(p_nom text); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.cle_nom(p_nom text) IS 'A name as people compare it: whatever its case, its blanks and the form its letters are written in.';

--
-- Name: date_possible(timestamp with time zone); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.date_possible(p_moment timestamp with time zone) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN ((p_moment >= '2000-01-01 00:00:00+00'::timestamp with time zone) AND (p_moment < '2050-01-01 00:00:00+00'::timestamp with time zone));

--
-- Name: FUNCTION date_possible(p_moment timestamp with time zone); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.date_possible(p_moment timestamp with time zone) IS 'The same of a moment.';

--
-- Name: fuseau_nomme(text); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.fuseau_nomme(p_fuseau text) RETURNS boolean
    LANGUAGE sql STABLE
    RETURN (EXISTS (SELECT FROM pg_timezone_names z WHERE (z.name = fuseau_nomme.p_fuseau)));

--
-- Name: FUNCTION fuseau_nomme(p_fuseau text); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.fuseau_nomme(p_fuseau text) IS 'Whether a time zone is one by its IANA name. PostgreSQL takes many another text for one: UTC+2 is four hours off what it looks like.';

--
-- Name: illisibles(); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.illisibles() RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN '[\u0001-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffd\U000e0000-\U000e0fff]'::text;

--
-- Name: FUNCTION illisibles(); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.illisibles() IS 'Characters that nobody sees, as a class of regular expressions: controls; marks that hide, or turn the direction of what follows; what stands for a byte that could not be read.';

--
-- Name: nom_lisible(text); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.nom_lisible(p_nom text) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN ((private.cle_nom(p_nom) <> ''::text) AND (NORMALIZE(p_nom, NFKC) !~ '[\u0370-\u03ff\u0400-\u058f\u13a0-\u13ff\uab70-\uabbf]'::text));

--
-- Name: FUNCTION nom_lisible(p_nom text); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.nom_lisible(p_nom text) IS 'Whether a name is one, and has no letter of a script that looks like Latin: Greek, Cyrillic, Armenian, Cherokee.';

--
-- Name: refuser_valeur(text, text); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.refuser_valeur(p_code text, p_champ text) RETURNS boolean
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  perform private.refuser(p_code, jsonb_build_object('champ', p_champ));
  return false;
end;
$$;

--
-- Name: FUNCTION refuser_valeur(p_code text, p_champ text); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.refuser_valeur(p_code text, p_champ text) IS 'For a check, where its condition does not hold: refuses the value of a column in words, without repeating it. Raises TEXTE_ILLISIBLE, NOM_INVALIDE, PLAQUE_INVALIDE, DATE_IMPOSSIBLE, FUSEAU_INCONNU.';

--
-- Name: texte_lisible(text, boolean); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.texte_lisible(p_texte text, p_lignes boolean DEFAULT false) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN (translate(p_texte, CASE WHEN p_lignes THEN '
	'::text ELSE ''::text END, ''::text) !~ private.illisibles());

--
-- Name: FUNCTION texte_lisible(p_texte text, p_lignes boolean); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.texte_lisible(p_texte text, p_lignes boolean) IS 'Whether a text holds nothing but what people see: no control, invisible or direction character, in a log, a terminal or a report; line breaks and tabs where p_lignes. Null for null.';

--
-- Name: citernes; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.citernes (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    depot_id uuid NOT NULL,
    produit_id uuid NOT NULL,
    nom text NOT NULL,
    capacite_totale numeric(15,3) NOT NULL,
    capacite_securite numeric(15,3) DEFAULT 0 NOT NULL,
    localisation text,
    statut text DEFAULT 'active'::text NOT NULL,
    logique boolean DEFAULT false NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    tolerance_inventaire_pour_mille numeric(6,2) DEFAULT 5 NOT NULL,
    CONSTRAINT citernes_capacite_totale_check CHECK (((capacite_totale > (0)::numeric) AND (capacite_totale < '1000000000'::numeric))),
    CONSTRAINT citernes_check CHECK (((capacite_securite >= (0)::numeric) AND (capacite_securite < capacite_totale))),
    CONSTRAINT citernes_created_at_possible CHECK (((private.date_possible(created_at) IS NOT FALSE) OR private.refuser_valeur('DATE_IMPOSSIBLE'::text, 'created_at'::text))),
    CONSTRAINT citernes_localisation_check2000 CHECK ((char_length(localisation) <= 2000)),
    CONSTRAINT citernes_localisation_lisible CHECK (((private.texte_lisible(localisation, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'localisation'::text))),
    CONSTRAINT citernes_nom_check CHECK ((private.nom_lisible(nom) OR private.refuser_valeur('NOM_INVALIDE'::text, 'nom'::text))),
    CONSTRAINT citernes_nom_check2000 CHECK ((char_length(nom) <= 2000)),
    CONSTRAINT citernes_nom_lisible CHECK (((private.texte_lisible(nom, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'nom'::text))),
    CONSTRAINT citernes_statut_check CHECK ((statut = ANY (ARRAY['active'::text, 'inactive'::text, 'maintenance'::text]))),
    CONSTRAINT citernes_tolerance_inventaire_pour_mille_check CHECK (((tolerance_inventaire_pour_mille >= (0)::numeric) AND (tolerance_inventaire_pour_mille <= (1000)::numeric)))
);

--
-- Name: TABLE citernes; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.citernes IS 'A tank. It holds one product; its stock is split by owner. Whatever refers to a tank says its product and depot with it, by one key: neither changes once the tank has served.';

--
-- Name: COLUMN citernes.capacite_totale; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.citernes.capacite_totale IS 'Litres. A réception never fills beyond it, all owners together.';

--
-- Name: COLUMN citernes.capacite_securite; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.citernes.capacite_securite IS 'Litres that must stay in the tank after a sortie, all owners together.';

--
-- Name: COLUMN citernes.logique; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.citernes.logique IS 'Fuel held for us at a friend''s depot: no tank of ours stands there.';

--
-- Name: COLUMN citernes.tolerance_inventaire_pour_mille; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.citernes.tolerance_inventaire_pour_mille IS 'Gap between dip and books, in thousandths of the books, beyond which a count is flagged.';

--
-- Name: depots; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.depots (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    nom text NOT NULL,
    adresse text,
    code text,
    actif boolean DEFAULT true NOT NULL,
    fuseau text DEFAULT 'Africa/Lubumbashi'::text NOT NULL,
    temperature_min_c numeric(6,2) DEFAULT '-10'::integer NOT NULL,
    temperature_max_c numeric(6,2) DEFAULT 60 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT depots_adresse_check2000 CHECK ((char_length(adresse) <= 2000)),
    CONSTRAINT depots_adresse_lisible CHECK (((private.texte_lisible(adresse, true) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'adresse'::text))),
    CONSTRAINT depots_check CHECK ((temperature_min_c < temperature_max_c)),
    CONSTRAINT depots_code_check CHECK ((code ~ '^[A-Z]{2,6}$'::text)),
    CONSTRAINT depots_code_check2000 CHECK ((char_length(code) <= 2000)),
    CONSTRAINT depots_code_lisible CHECK (((private.texte_lisible(code, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'code'::text))),
    CONSTRAINT depots_created_at_possible CHECK (((private.date_possible(created_at) IS NOT FALSE) OR private.refuser_valeur('DATE_IMPOSSIBLE'::text, 'created_at'::text))),
    CONSTRAINT depots_fuseau_check CHECK (((fuseau = 'Africa/Lubumbashi'::text) OR private.fuseau_nomme(fuseau) OR private.refuser_valeur('FUSEAU_INCONNU'::text, 'fuseau'::text))),
    CONSTRAINT depots_fuseau_check2000 CHECK ((char_length(fuseau) <= 2000)),
    CONSTRAINT depots_fuseau_lisible CHECK (((private.texte_lisible(fuseau, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'fuseau'::text))),
    CONSTRAINT depots_nom_check CHECK ((private.nom_lisible(nom) OR private.refuser_valeur('NOM_INVALIDE'::text, 'nom'::text))),
    CONSTRAINT depots_nom_check2000 CHECK ((char_length(nom) <= 2000)),
    CONSTRAINT depots_nom_lisible CHECK (((private.texte_lisible(nom, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'nom'::text))),
    CONSTRAINT depots_temperature_max_c_check CHECK ((temperature_max_c <= (150)::numeric)),
    CONSTRAINT depots_temperature_min_c_check CHECK ((temperature_min_c >= ('-50'::integer)::numeric))
);

--
-- Name: TABLE depots; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.depots IS 'A depot: where tanks stand and people work.';

--
-- Name: COLUMN depots.code; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.depots.code IS 'Two to six capitals, what the numbers of its documents begin with; null: it issues none of its own yet.';

--
-- Name: COLUMN depots.actif; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.depots.actif IS 'False: nothing new comes to it; what it holds may leave.';

--
-- Name: COLUMN depots.fuseau; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.depots.fuseau IS 'IANA time zone: decides which day a movement belongs to.';

--
-- Name: COLUMN depots.temperature_min_c; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.depots.temperature_min_c IS 'Lowest temperature that product or sample can have here, °C.';

--
-- Name: COLUMN depots.temperature_max_c; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.depots.temperature_max_c IS 'Highest temperature that product or sample can have here, °C.';

--
-- Name: produits; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.produits (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    nom text NOT NULL,
    code text NOT NULL,
    description text,
    actif boolean DEFAULT true NOT NULL,
    groupe_mpms text DEFAULT 'B'::text NOT NULL,
    alpha_historique numeric(8,6) NOT NULL,
    densite_15_min numeric(7,2),
    densite_15_max numeric(7,2),
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT produits_alpha_historique_check CHECK (((alpha_historique > (0)::numeric) AND (alpha_historique < 0.01))),
    CONSTRAINT produits_check CHECK ((densite_15_min < densite_15_max)),
    CONSTRAINT produits_code_check CHECK ((private.nom_lisible(code) OR private.refuser_valeur('NOM_INVALIDE'::text, 'code'::text))),
    CONSTRAINT produits_code_check2000 CHECK ((char_length(code) <= 2000)),
    CONSTRAINT produits_code_lisible CHECK (((private.texte_lisible(code, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'code'::text))),
    CONSTRAINT produits_created_at_possible CHECK (((private.date_possible(created_at) IS NOT FALSE) OR private.refuser_valeur('DATE_IMPOSSIBLE'::text, 'created_at'::text))),
    CONSTRAINT produits_densite_15_max_check CHECK (((densite_15_max >= (400)::numeric) AND (densite_15_max <= (1300)::numeric))),
    CONSTRAINT produits_densite_15_min_check CHECK (((densite_15_min >= (400)::numeric) AND (densite_15_min <= (1300)::numeric))),
    CONSTRAINT produits_description_check2000 CHECK ((char_length(description) <= 2000)),
    CONSTRAINT produits_description_lisible CHECK (((private.texte_lisible(description, true) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'description'::text))),
    CONSTRAINT produits_groupe_mpms_check CHECK ((groupe_mpms = ANY (ARRAY['A'::text, 'B'::text, 'D'::text]))),
    CONSTRAINT produits_nom_check CHECK ((private.nom_lisible(nom) OR private.refuser_valeur('NOM_INVALIDE'::text, 'nom'::text))),
    CONSTRAINT produits_nom_check2000 CHECK ((char_length(nom) <= 2000)),
    CONSTRAINT produits_nom_lisible CHECK (((private.texte_lisible(nom, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'nom'::text)))
);

--
-- Name: TABLE produits; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.produits IS 'A product that is received, stored and delivered.';

--
-- Name: COLUMN produits.code; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.produits.code IS 'What people call it for short, unique; its name where none is given.';

--
-- Name: COLUMN produits.actif; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.produits.actif IS 'False: nothing new comes of it; what is in stock may leave.';

--
-- Name: COLUMN produits.groupe_mpms; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.produits.groupe_mpms IS 'Product group of API MPMS 11.1: A crude, B refined, D lubricating.';

--
-- Name: COLUMN produits.alpha_historique; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.produits.alpha_historique IS 'Expansion per °C in the old system''s formula. Given when the product is created (0.00100 for ESS, 0.00085 otherwise); no volume ever reads the code.';

--
-- Name: COLUMN produits.densite_15_min; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.produits.densite_15_min IS 'Lowest density at 15 °C the product can have, kg/m³; null: not bounded.';

--
-- Name: COLUMN produits.densite_15_max; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.produits.densite_15_max IS 'Highest density at 15 °C the product can have, kg/m³; null: not bounded.';

--
-- Name: lieu; Type: TYPE; Schema: private; Owner: -
--

CREATE TYPE private.lieu AS (
	citerne public.citernes,
	depot public.depots,
	produit public.produits,
	densite_melange_kgm3 numeric
);

--
-- Name: TYPE lieu; Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON TYPE private.lieu IS 'Where a movement takes place: tank, its depot, its product, density at 15 °C of what it holds in kg/m³. All null where the caller does not see the tank.';

--
-- Name: mesures; Type: TYPE; Schema: private; Owner: -
--

CREATE TYPE private.mesures AS (
	volume_ambiant numeric,
	champ_volume text,
	temperature_produit_c numeric,
	temperature_echantillon_c numeric,
	densite_observee_kgm3 numeric,
	densite_a_15_kgm3 numeric,
	densite_citerne_kgm3 numeric,
	volume_15c_client numeric
);

--
-- Name: TYPE mesures; Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON TYPE private.mesures IS 'What was measured of a movement: litres and the column that said them, °C of product and sample, density read on the sample, density at 15 °C that was sent, density at 15 °C that may serve in its place (the tank''s, for what leaves it), litres at 15 °C that the client computed. Densities in kg/m³.';

--
-- Name: mouvement; Type: TYPE; Schema: private; Owner: -
--

CREATE TYPE private.mouvement AS (
	citerne_id uuid,
	produit_id uuid,
	depot_id uuid,
	proprietaire_type text,
	delta_ambiant numeric,
	delta_15c numeric
);

--
-- Name: TYPE mouvement; Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON TYPE private.mouvement IS 'What a validated movement did to the stock: litres, negative for a sortie.';

--
-- Name: quantites; Type: TYPE; Schema: private; Owner: -
--

CREATE TYPE private.quantites AS (
	volume_15c numeric,
	volume_20c numeric,
	densite_15 numeric,
	tonnes_air numeric
);

--
-- Name: TYPE quantites; Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON TYPE private.quantites IS 'Litres at 15 and 20 °C, density at 15 °C (kg/m³) and tonnes in air of the same fuel; the last two null where no density is known.';

--
-- Name: volume_corrige; Type: TYPE; Schema: private; Owner: -
--

CREATE TYPE private.volume_corrige AS (
	volume_15c numeric,
	vcf numeric,
	densite_a_15_kgm3 numeric,
	methode_15c text,
	parametres_15c jsonb,
	avertissements jsonb
);

--
-- Name: TYPE volume_corrige; Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON TYPE private.volume_corrige IS 'Litres at 15 °C, volume correction factor, density at 15 °C in kg/m³, the method that gave them, how it was set, and what the clerk should look at again.';

--
-- Name: alpha(double precision, double precision, double precision, double precision); Type: FUNCTION; Schema: astm; Owner: -
--

CREATE FUNCTION astm.alpha(k0 double precision, k1 double precision, k2 double precision, densite_kgm3 double precision) RETURNS double precision
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN ((((k0 / densite_kgm3) + k1) / densite_kgm3) + k2);

--
-- Name: FUNCTION alpha(k0 double precision, k1 double precision, k2 double precision, densite_kgm3 double precision); Type: COMMENT; Schema: astm; Owner: -
--

COMMENT ON FUNCTION astm.alpha(k0 double precision, k1 double precision, k2 double precision, densite_kgm3 double precision) IS 'Thermal expansion coefficient at base temperature, per °C (1980) or per °F (2004): K0/ρ² + K1/ρ + K2. API Std 2540 tables 53/54; MPMS 11.1 (2004) section 11.1.6.1.';

--
-- Name: approcher_avec(double precision, double precision, double precision, double precision, double precision); Type: FUNCTION; Schema: astm; Owner: -
--

CREATE FUNCTION astm.approcher_avec(densite_kgm3 double precision, observee_kgm3 double precision, exposant double precision, u double precision, pente double precision) RETURNS double precision
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN (densite_kgm3 + (((observee_kgm3 * exp(exposant)) - densite_kgm3) / ((1)::double precision + (((1)::double precision + ((1.6)::double precision * u)) * pente))));

--
-- Name: FUNCTION approcher_avec(densite_kgm3 double precision, observee_kgm3 double precision, exposant double precision, u double precision, pente double precision); Type: COMMENT; Schema: astm; Owner: -
--

COMMENT ON FUNCTION astm.approcher_avec(densite_kgm3 double precision, observee_kgm3 double precision, exposant double precision, u double precision, pente double precision) IS 'One Newton step towards the base density whose observed density is the one measured. The standard substitutes ρ ← ρ observed / factor instead, which converges slowly and, hot, not at all between 770 and 787.5 kg/m³; the root is the same.';

--
-- Name: approcher_u(double precision, double precision, double precision, double precision); Type: FUNCTION; Schema: astm; Owner: -
--

CREATE FUNCTION astm.approcher_u(densite_kgm3 double precision, observee_kgm3 double precision, u double precision, pente double precision) RETURNS double precision
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN astm.approcher_avec(densite_kgm3, observee_kgm3, (u * ((1)::double precision + ((0.8)::double precision * u))), u, pente);

--
-- Name: FUNCTION approcher_u(densite_kgm3 double precision, observee_kgm3 double precision, u double precision, pente double precision); Type: COMMENT; Schema: astm; Owner: -
--

COMMENT ON FUNCTION astm.approcher_u(densite_kgm3 double precision, observee_kgm3 double precision, u double precision, pente double precision) IS 'astm.approcher_avec with the exponent u (1 + 0.8 u) of the 1980 edition.';

--
-- Name: approcher(double precision, double precision, double precision, double precision, double precision, double precision); Type: FUNCTION; Schema: astm; Owner: -
--

CREATE FUNCTION astm.approcher(densite_kgm3 double precision, observee_kgm3 double precision, k0 double precision, k1 double precision, k2 double precision, dt double precision) RETURNS double precision
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN astm.approcher_u(densite_kgm3, observee_kgm3, (astm.alpha(k0, k1, k2, densite_kgm3) * dt), ((((((2)::double precision * k0) / densite_kgm3) + k1) / densite_kgm3) * dt));

--
-- Name: FUNCTION approcher(densite_kgm3 double precision, observee_kgm3 double precision, k0 double precision, k1 double precision, k2 double precision, dt double precision); Type: COMMENT; Schema: astm; Owner: -
--

COMMENT ON FUNCTION astm.approcher(densite_kgm3 double precision, observee_kgm3 double precision, k0 double precision, k1 double precision, k2 double precision, dt double precision) IS 'One Newton step with the coefficients of a zone. Each step squares the relative error, times 0.32 at worst: 6 % → 7e-4 → 9e-8 → below the last digit. Three steps bound the whole domain.';

--
-- Name: exposant_2004(double precision, double precision); Type: FUNCTION; Schema: astm; Owner: -
--

CREATE FUNCTION astm.exposant_2004(alpha60 double precision, dtf double precision) RETURNS double precision
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN ((alpha60 * dtf) * ((1)::double precision + (((0.8)::double precision * alpha60) * (dtf + (0.01374979547)::double precision))));

--
-- Name: FUNCTION exposant_2004(alpha60 double precision, dtf double precision); Type: COMMENT; Schema: astm; Owner: -
--

COMMENT ON FUNCTION astm.exposant_2004(alpha60 double precision, dtf double precision) IS 'CTL = exp(−this): α60 Δt (1 + 0.8 α60 (Δt + δ60)), Δt in °F from astm.ecart_60f. MPMS 11.1 (2004) section 11.1.6.1.';

--
-- Name: approcher_2004(double precision, double precision, double precision, double precision, double precision, double precision, double precision); Type: FUNCTION; Schema: astm; Owner: -
--

CREATE FUNCTION astm.approcher_2004(densite_60f_kgm3 double precision, etoile_kgm3 double precision, observee_kgm3 double precision, k0 double precision, k1 double precision, k2 double precision, dtf double precision) RETURNS double precision
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN astm.approcher_avec(densite_60f_kgm3, observee_kgm3, astm.exposant_2004(astm.alpha(k0, k1, k2, etoile_kgm3), dtf), (astm.alpha(k0, k1, k2, etoile_kgm3) * dtf), ((((((2)::double precision * k0) / densite_60f_kgm3) + k1) / densite_60f_kgm3) * dtf));

--
-- Name: FUNCTION approcher_2004(densite_60f_kgm3 double precision, etoile_kgm3 double precision, observee_kgm3 double precision, k0 double precision, k1 double precision, k2 double precision, dtf double precision); Type: COMMENT; Schema: astm; Owner: -
--

COMMENT ON FUNCTION astm.approcher_2004(densite_60f_kgm3 double precision, etoile_kgm3 double precision, observee_kgm3 double precision, k0 double precision, k1 double precision, k2 double precision, dtf double precision) IS 'One Newton step with α60 taken at ρ*. The slope leaves out how ρ* follows ρ60 (1e-5 of it), so a step divides the error by 3e4 or more rather than squaring it.';

--
-- Name: arrondir(double precision, double precision); Type: FUNCTION; Schema: astm; Owner: -
--

CREATE FUNCTION astm.arrondir(valeur double precision, par_unite double precision) RETURNS double precision
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN (floor(((valeur * par_unite) + (0.5000001)::double precision)) / par_unite);

--
-- Name: FUNCTION arrondir(valeur double precision, par_unite double precision); Type: COMMENT; Schema: astm; Owner: -
--

COMMENT ON FUNCTION astm.arrondir(valeur double precision, par_unite double precision) IS 'A positive value to 1/par_unite, halves up. Binary arithmetic can miss a decimal half by its last bit (5000 × 0.9937): what is within 1e-7 of a unit below the half counts as the half, here and in the TypeScript twin alike.';

--
-- Name: au_litre(double precision); Type: FUNCTION; Schema: astm; Owner: -
--

CREATE FUNCTION astm.au_litre(valeur double precision) RETURNS double precision
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN floor((valeur + (0.5000001)::double precision));

--
-- Name: FUNCTION au_litre(valeur double precision); Type: COMMENT; Schema: astm; Owner: -
--

COMMENT ON FUNCTION astm.au_litre(valeur double precision) IS 'A positive volume to the litre, halves up: astm.arrondir at one a unit.';

--
-- Name: facteur_1980(double precision, double precision); Type: FUNCTION; Schema: astm; Owner: -
--

CREATE FUNCTION astm.facteur_1980(alpha double precision, dt double precision) RETURNS double precision
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN exp((((- alpha) * dt) * ((1)::double precision + (((0.8)::double precision * alpha) * dt))));

--
-- Name: FUNCTION facteur_1980(alpha double precision, dt double precision); Type: COMMENT; Schema: astm; Owner: -
--

COMMENT ON FUNCTION astm.facteur_1980(alpha double precision, dt double precision) IS 'Volume correction factor to 15 °C: exp(−α Δt (1 + 0.8 α Δt)), Δt = t − 15. API Std 2540 (1980), tables 54A, 54B, 54D.';

--
-- Name: zone_b_1980(double precision, double precision); Type: FUNCTION; Schema: astm; Owner: -
--

CREATE FUNCTION astm.zone_b_1980(observee_kgm3 double precision, dt double precision) RETURNS double precision[]
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE WHEN (observee_kgm3 >= ((839)::double precision * astm.facteur_1980(astm.alpha((186.9696)::double precision, (0.4862)::double precision, (0)::double precision, (839)::double precision), dt))) THEN '{186.9696,0.4862,0,839,Infinity}'::double precision[] WHEN (observee_kgm3 >= ((787.5)::double precision * astm.facteur_1980(astm.alpha((594.5418)::double precision, (0)::double precision, (0)::double precision, (787.5)::double precision), dt))) THEN '{594.5418,0,0,787.5,838.9999999999999}'::double precision[] WHEN (observee_kgm3 > ((770)::double precision * astm.facteur_1980(astm.alpha((346.4228)::double precision, (0.4388)::double precision, (0)::double precision, (770)::double precision), dt))) THEN '{2680.3206,0,-0.00336312,770.0000000000001,787.4999999999999}'::double precision[] ELSE '{346.4228,0.4388,0,0,770}'::double precision[] END;

--
-- Name: FUNCTION zone_b_1980(observee_kgm3 double precision, dt double precision); Type: COMMENT; Schema: astm; Owner: -
--

COMMENT ON FUNCTION astm.zone_b_1980(observee_kgm3 double precision, dt double precision) IS 'K0, K1, K2, floor and ceiling in kg/m³ of the zone of table 53B that an observed density belongs to: gasolines, transition, jet fuels and kerosenes, diesel and heating oils.';

--
-- Name: coefficients_1980(text, double precision, double precision); Type: FUNCTION; Schema: astm; Owner: -
--

CREATE FUNCTION astm.coefficients_1980(groupe text, observee_kgm3 double precision, dt double precision) RETURNS double precision[]
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE groupe WHEN 'B'::text THEN astm.zone_b_1980(observee_kgm3, dt) WHEN 'A'::text THEN '{613.9723,0,0,0,Infinity}'::double precision[] WHEN 'D'::text THEN '{0,0.6278,0,0,Infinity}'::double precision[] ELSE NULL::double precision[] END;

--
-- Name: FUNCTION coefficients_1980(groupe text, observee_kgm3 double precision, dt double precision); Type: COMMENT; Schema: astm; Owner: -
--

COMMENT ON FUNCTION astm.coefficients_1980(groupe text, observee_kgm3 double precision, dt double precision) IS 'K0, K1, K2, floor and ceiling of the zone. Group A: table 53A (crude); B: 53B (refined); D: 53D (lubricating).';

--
-- Name: correction_verre(double precision, double precision); Type: FUNCTION; Schema: astm; Owner: -
--

CREATE FUNCTION astm.correction_verre(densite_lue_kgm3 double precision, dt double precision) RETURNS double precision
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN (densite_lue_kgm3 * (((1)::double precision - ((0.000023)::double precision * dt)) - (((0.00000002)::double precision * dt) * dt)));

--
-- Name: FUNCTION correction_verre(densite_lue_kgm3 double precision, dt double precision); Type: COMMENT; Schema: astm; Owner: -
--

COMMENT ON FUNCTION astm.correction_verre(densite_lue_kgm3 double precision, dt double precision) IS 'Density read on a glass hydrometer graduated at 15 °C, corrected for the expansion of the glass; dt = t − 15 in °C. API Std 2540 (1980) table 53, MPMS 11.1 (2004) section 11.1.3.10.';

--
-- Name: domaine_densite(text, text); Type: FUNCTION; Schema: astm; Owner: -
--

CREATE FUNCTION astm.domaine_densite(methode text, groupe text) RETURNS double precision[]
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE methode WHEN 'MPMS_11_1_1980'::text THEN CASE groupe WHEN 'B'::text THEN '{653,1075}'::double precision[] WHEN 'A'::text THEN '{610.5,1075}'::double precision[] WHEN 'D'::text THEN '{800,1164}'::double precision[] ELSE NULL::double precision[] END WHEN 'MPMS_11_1_2004'::text THEN CASE groupe WHEN 'B'::text THEN '{610.6,1163.5}'::double precision[] WHEN 'A'::text THEN '{610.6,1163.5}'::double precision[] WHEN 'D'::text THEN '{800.9,1163.5}'::double precision[] WHEN 'C'::text THEN '{610.6,1163.5}'::double precision[] ELSE NULL::double precision[] END ELSE NULL::double precision[] END;

--
-- Name: FUNCTION domaine_densite(methode text, groupe text); Type: COMMENT; Schema: astm; Owner: -
--

COMMENT ON FUNCTION astm.domaine_densite(methode text, groupe text) IS 'Lowest and highest base density in kg/m³: at 15 °C (1980) or at 60 °F (2004, section 11.1.2.3). Group C, for which 2004 bounds α60 only, keeps the bounds of A and B.';

--
-- Name: dans_domaine(double precision, text, text); Type: FUNCTION; Schema: astm; Owner: -
--

CREATE FUNCTION astm.dans_domaine(densite_base double precision, methode text, groupe text) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN ((densite_base >= ((astm.domaine_densite(methode, groupe))[1] - (0.000000001)::double precision)) AND (densite_base <= ((astm.domaine_densite(methode, groupe))[2] + (0.000000001)::double precision)));

--
-- Name: FUNCTION dans_domaine(densite_base double precision, methode text, groupe text); Type: COMMENT; Schema: astm; Owner: -
--

COMMENT ON FUNCTION astm.dans_domaine(densite_base double precision, methode text, groupe text) IS 'Whether a base density is within the domain, bounds included.';

--
-- Name: estimer_avec(double precision, double precision, double precision); Type: FUNCTION; Schema: astm; Owner: -
--

CREATE FUNCTION astm.estimer_avec(densite_kgm3 double precision, u double precision, pente double precision) RETURNS double precision
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN (densite_kgm3 * ((1)::double precision + ((u * ((1)::double precision + ((0.8)::double precision * u))) / ((1)::double precision + (((1)::double precision + ((1.6)::double precision * u)) * pente)))));

--
-- Name: FUNCTION estimer_avec(densite_kgm3 double precision, u double precision, pente double precision); Type: COMMENT; Schema: astm; Owner: -
--

COMMENT ON FUNCTION astm.estimer_avec(densite_kgm3 double precision, u double precision, pente double precision) IS 'First estimate of the base density: one Newton step on the logarithm, which needs no exponential. u = α Δt at the observed density, pente = −ρ du/dρ there. Within 6 % over the whole domain, 0.15 % within 30 °C of base.';

--
-- Name: estimer(double precision, double precision, double precision, double precision, double precision); Type: FUNCTION; Schema: astm; Owner: -
--

CREATE FUNCTION astm.estimer(densite_kgm3 double precision, k0 double precision, k1 double precision, k2 double precision, dt double precision) RETURNS double precision
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN astm.estimer_avec(densite_kgm3, (astm.alpha(k0, k1, k2, densite_kgm3) * dt), ((((((2)::double precision * k0) / densite_kgm3) + k1) / densite_kgm3) * dt));

--
-- Name: FUNCTION estimer(densite_kgm3 double precision, k0 double precision, k1 double precision, k2 double precision, dt double precision); Type: COMMENT; Schema: astm; Owner: -
--

COMMENT ON FUNCTION astm.estimer(densite_kgm3 double precision, k0 double precision, k1 double precision, k2 double precision, dt double precision) IS 'First estimate of the base density from the observed one: see astm.estimer_avec.';

--
-- Name: refuser_densite(text, text, double precision); Type: FUNCTION; Schema: astm; Owner: -
--

CREATE FUNCTION astm.refuser_densite(methode text, groupe text, densite double precision) RETURNS double precision
    LANGUAGE plpgsql STABLE PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  v_d constant float8[] := astm.domaine_densite(methode, groupe);
begin
  perform astm.hors_domaine(
    case methode when 'MPMS_11_1_1980' then 'densite_15c_kgm3' else 'densite_60f_kgm3' end, densite, v_d[1], v_d[2],
    format('densité à %s de %s à %s kg/m³ (groupe %s), ici environ %s',
           case methode when 'MPMS_11_1_1980' then '15 °C' else '60 °F' end,
           replace(v_d[1]::text, '.', ','), replace(v_d[2]::text, '.', ','), groupe,
           replace(round(densite::numeric, 1)::text, '.', ',')));
  return null;
end;
$$;

--
-- Name: FUNCTION refuser_densite(methode text, groupe text, densite double precision); Type: COMMENT; Schema: astm; Owner: -
--

COMMENT ON FUNCTION astm.refuser_densite(methode text, groupe text, densite double precision) IS 'Refuses a base density outside the edition''s domain. Raises ASTM_HORS_DOMAINE.';

--
-- Name: refuser_entree(text, text, double precision, double precision, double precision, double precision, boolean, double precision, boolean, double precision); Type: FUNCTION; Schema: astm; Owner: -
--

CREATE FUNCTION astm.refuser_entree(methode text, groupe text, densite double precision, t_echantillon double precision, t_produit double precision, volume double precision, correction_verre boolean, pression double precision, arrondir boolean, alpha60 double precision DEFAULT 0.0005) RETURNS double precision
    LANGUAGE plpgsql STABLE PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  v_t constant float8[] := astm.domaine_temperature(methode);
  v_temperatures constant text := format('température de %s à %s °C', v_t[1], v_t[2]);
  v_pression_max constant float8 := case methode when 'MPMS_11_1_1980' then 0 else 10342 end;
begin
  if densite is null then
    perform private.refuser('DENSITE_OBSERVEE_REQUISE');
  elsif t_echantillon is null then
    perform private.refuser('TEMPERATURE_REQUISE');
  elsif astm.domaine_densite(methode, groupe) is null then
    perform astm.hors_domaine('groupe', null, null, null, format(
      'groupe de produit A, B ou D (indiqué : %s)', coalesce(groupe, 'aucun')));
  elsif not (densite > 0 and densite < 'Infinity') then
    perform astm.hors_domaine('densite_observee_kgm3', densite, 0, null,
      'densité observée supérieure à 0 kg/m³ et finie');
  elsif not (t_echantillon between v_t[1] and v_t[2]) then
    perform astm.hors_domaine('temperature_echantillon_c', t_echantillon, v_t[1], v_t[2],
                              v_temperatures || ' (échantillon)');
  elsif not (t_produit between v_t[1] and v_t[2]) then
    perform astm.hors_domaine('temperature_produit_c', t_produit, v_t[1], v_t[2], v_temperatures || ' (produit)');
  elsif (volume > 0 and volume < 'Infinity') is not true then
    perform astm.hors_domaine('volume_observe_l', volume, 0, null, 'volume observé supérieur à 0 L et fini');
  elsif (pression between 0 and v_pression_max) is not true then
    perform astm.hors_domaine('pression_kpa', pression, 0, v_pression_max,
      case v_pression_max when 0 then 'pression 0 kPa (l''édition de 1980 ne corrige pas la pression)'
                          else 'pression de 0 à 10 342 kPa' end);
  elsif (alpha60 between 230e-6 and 930e-6) is not true then
    perform astm.hors_domaine('alpha60', alpha60, 230e-6, 930e-6, 'α60 de 0,000 230 à 0,000 930 par °F (groupe C)');
  end if;
  if not (densite between 400 and 1400) then
    perform astm.refuser_densite(methode, groupe, densite);
  end if;
  perform astm.hors_domaine('options', null, null, null, 'correction du verre et arrondi : oui ou non');
  return null;
end;
$$;

--
-- Name: FUNCTION refuser_entree(methode text, groupe text, densite double precision, t_echantillon double precision, t_produit double precision, volume double precision, correction_verre boolean, pression double precision, arrondir boolean, alpha60 double precision); Type: COMMENT; Schema: astm; Owner: -
--

COMMENT ON FUNCTION astm.refuser_entree(methode text, groupe text, densite double precision, t_echantillon double precision, t_produit double precision, volume double precision, correction_verre boolean, pression double precision, arrondir boolean, alpha60 double precision) IS 'Says which input a chain refused. Raises DENSITE_OBSERVEE_REQUISE, TEMPERATURE_REQUISE or ASTM_HORS_DOMAINE.';

--
-- Name: calculer_1980(text, double precision, double precision, double precision, double precision, boolean, double precision, boolean); Type: FUNCTION; Schema: astm; Owner: -
--

CREATE FUNCTION astm.calculer_1980(groupe text, densite double precision, t_echantillon double precision, t_produit double precision, volume double precision, correction_verre boolean, pression double precision, arrondir boolean) RETURNS TABLE(densite_15c_kgm3 double precision, vcf double precision, volume_15c_l double precision)
    LANGUAGE sql STABLE ROWS 1 PARALLEL SAFE
    BEGIN ATOMIC
 WITH mesure AS (
          SELECT (calculer_1980.t_echantillon - (15)::double precision) AS dt,
                 CASE
                     WHEN ((calculer_1980.volume > (0)::double precision) AND ((calculer_1980.densite >= (400)::double precision) AND (calculer_1980.densite <= (1400)::double precision)) AND ((calculer_1980.t_echantillon >= ('-18'::integer)::double precision) AND (calculer_1980.t_echantillon <= (150)::double precision)) AND ((calculer_1980.t_produit >= ('-18'::integer)::double precision) AND (calculer_1980.t_produit <= (150)::double precision)) AND (calculer_1980.volume < 'Infinity'::double precision) AND (calculer_1980.pression = (0)::double precision) AND ((calculer_1980.groupe = 'B'::text) OR (calculer_1980.groupe = 'A'::text) OR (calculer_1980.groupe = 'D'::text)) AND (calculer_1980.correction_verre IS NOT NULL) AND (calculer_1980.arrondir IS NOT NULL)) THEN
                     CASE
                         WHEN calculer_1980.correction_verre THEN astm.correction_verre(calculer_1980.densite, (calculer_1980.t_echantillon - (15)::double precision))
                         ELSE calculer_1980.densite
                     END
                     ELSE astm.refuser_entree('MPMS_11_1_1980'::text, calculer_1980.groupe, calculer_1980.densite, calculer_1980.t_echantillon, calculer_1980.t_produit, calculer_1980.volume, calculer_1980.correction_verre, calculer_1980.pression, calculer_1980.arrondir)
                 END AS observee
          OFFSET 0
         ), zone AS (
          SELECT mesure.observee,
             mesure.dt,
             astm.coefficients_1980(calculer_1980.groupe, mesure.observee, mesure.dt) AS k
            FROM mesure
          OFFSET 0
         ), coefficients AS (
          SELECT zone.observee,
             zone.dt,
             zone.k[1] AS k0,
             zone.k[2] AS k1,
             zone.k[3] AS k2,
             zone.k
            FROM zone
          OFFSET 0
         ), estimation AS (
          SELECT coefficients.observee,
             coefficients.dt,
             coefficients.k0,
             coefficients.k1,
             coefficients.k2,
             coefficients.k,
             astm.estimer(coefficients.observee, coefficients.k0, coefficients.k1, coefficients.k2, coefficients.dt) AS rho
            FROM coefficients
          OFFSET 0
         ), pas_1 AS (
          SELECT estimation.observee,
             estimation.dt,
             estimation.k0,
             estimation.k1,
             estimation.k2,
             estimation.k,
             astm.approcher(estimation.rho, estimation.observee, estimation.k0, estimation.k1, estimation.k2, estimation.dt) AS rho
            FROM estimation
          OFFSET 0
         ), pas_2 AS (
          SELECT pas_1.observee,
             pas_1.dt,
             pas_1.k0,
             pas_1.k1,
             pas_1.k2,
             pas_1.k,
             pas_1.rho AS avant,
             astm.approcher(pas_1.rho, pas_1.observee, pas_1.k0, pas_1.k1, pas_1.k2, pas_1.dt) AS rho
            FROM pas_1
          OFFSET 0
         ), pas_3 AS (
          SELECT pas_2.k0,
             pas_2.k1,
             pas_2.k2,
             LEAST(GREATEST(
                 CASE
                     WHEN (abs((pas_2.rho - pas_2.avant)) > ((0.0000001)::double precision * pas_2.rho)) THEN astm.approcher(pas_2.rho, pas_2.observee, pas_2.k0, pas_2.k1, pas_2.k2, pas_2.dt)
                     ELSE pas_2.rho
                 END, pas_2.k[4]), pas_2.k[5]) AS rho
            FROM pas_2
          OFFSET 0
         ), facteur AS (
          SELECT
                 CASE
                     WHEN astm.dans_domaine(pas_3.rho, 'MPMS_11_1_1980'::text, calculer_1980.groupe) THEN pas_3.rho
                     ELSE astm.refuser_densite('MPMS_11_1_1980'::text, calculer_1980.groupe, pas_3.rho)
                 END AS rho,
             astm.facteur_1980(astm.alpha(pas_3.k0, pas_3.k1, pas_3.k2, pas_3.rho), (calculer_1980.t_produit - (15)::double precision)) AS f
            FROM pas_3
          OFFSET 0
         ), imprime AS (
          SELECT
                 CASE
                     WHEN calculer_1980.arrondir THEN astm.arrondir(facteur.rho, (10)::double precision)
                     ELSE facteur.rho
                 END AS rho,
                 CASE
                     WHEN calculer_1980.arrondir THEN astm.arrondir(facteur.f, (10000)::double precision)
                     ELSE facteur.f
                 END AS f
            FROM facteur
          OFFSET 0
         )
  SELECT i.rho,
     i.f,
         CASE
             WHEN calculer_1980.arrondir THEN astm.au_litre((calculer_1980.volume * i.f))
             ELSE (calculer_1980.volume * i.f)
         END AS "case"
    FROM imprime i;
END;

--
-- Name: FUNCTION calculer_1980(groupe text, densite double precision, t_echantillon double precision, t_produit double precision, volume double precision, correction_verre boolean, pression double precision, arrondir boolean); Type: COMMENT; Schema: astm; Owner: -
--

COMMENT ON FUNCTION astm.calculer_1980(groupe text, densite double precision, t_echantillon double precision, t_produit double precision, volume double precision, correction_verre boolean, pression double precision, arrondir boolean) IS 'API Std 2540 (1980), tables 53 and 54: see astm.calculer_15c.';

--
-- Name: etoile_avec(double precision, double precision, double precision); Type: FUNCTION; Schema: astm; Owner: -
--

CREATE FUNCTION astm.etoile_avec(densite_60f_kgm3 double precision, a double precision, b double precision) RETURNS double precision
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN (densite_60f_kgm3 * ((1)::double precision + ((exp((a * ((1)::double precision + ((0.8)::double precision * a)))) - (1)::double precision) / ((1)::double precision + ((a * ((1)::double precision + ((1.6)::double precision * a))) * b)))));

--
-- Name: FUNCTION etoile_avec(densite_60f_kgm3 double precision, a double precision, b double precision); Type: COMMENT; Schema: astm; Owner: -
--

COMMENT ON FUNCTION astm.etoile_avec(densite_60f_kgm3 double precision, a double precision, b double precision) IS 'ρ* from ρ60 and the terms A and B. MPMS 11.1 (2004) section 11.1.6.1.';

--
-- Name: densite_etoile(double precision, double precision, double precision, double precision); Type: FUNCTION; Schema: astm; Owner: -
--

CREATE FUNCTION astm.densite_etoile(densite_60f_kgm3 double precision, k0 double precision, k1 double precision, k2 double precision) RETURNS double precision
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN astm.etoile_avec(densite_60f_kgm3, ((0.006874897735)::double precision * ((((k0 / densite_60f_kgm3) + k1) / densite_60f_kgm3) + k2)), ((((2)::double precision * k0) + (k1 * densite_60f_kgm3)) / (k0 + ((k1 + (k2 * densite_60f_kgm3)) * densite_60f_kgm3))));

--
-- Name: FUNCTION densite_etoile(densite_60f_kgm3 double precision, k0 double precision, k1 double precision, k2 double precision); Type: COMMENT; Schema: astm; Owner: -
--

COMMENT ON FUNCTION astm.densite_etoile(densite_60f_kgm3 double precision, k0 double precision, k1 double precision, k2 double precision) IS 'ρ*, the density at 60 °F moved to IPTS-68. A = δ60/2 · α(ρ60) with δ60 = 0.01374979547 °F, B = (2 K0 + K1 ρ60)/(K0 + (K1 + K2 ρ60) ρ60). MPMS 11.1 (2004) section 11.1.6.1.';

--
-- Name: seuil_2004(double precision, double precision, double precision); Type: FUNCTION; Schema: astm; Owner: -
--

CREATE FUNCTION astm.seuil_2004(densite_60f_kgm3 double precision, alpha60 double precision, dtf double precision) RETURNS double precision
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN (densite_60f_kgm3 * exp((- astm.exposant_2004(alpha60, dtf))));

--
-- Name: FUNCTION seuil_2004(densite_60f_kgm3 double precision, alpha60 double precision, dtf double precision); Type: COMMENT; Schema: astm; Owner: -
--

COMMENT ON FUNCTION astm.seuil_2004(densite_60f_kgm3 double precision, alpha60 double precision, dtf double precision) IS 'A density at 60 °F carried to the observed temperature.';

--
-- Name: zone_b_2004(double precision, double precision); Type: FUNCTION; Schema: astm; Owner: -
--

CREATE FUNCTION astm.zone_b_2004(observee_kgm3 double precision, dtf double precision) RETURNS double precision[]
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE WHEN (observee_kgm3 >= astm.seuil_2004((838.3127)::double precision, astm.alpha((103.8720)::double precision, (0.2701)::double precision, (0)::double precision, astm.densite_etoile((838.3127)::double precision, (103.8720)::double precision, (0.2701)::double precision, (0)::double precision)), dtf)) THEN '{103.872,0.2701,0,838.3127,Infinity}'::double precision[] WHEN (observee_kgm3 >= astm.seuil_2004((787.5195)::double precision, astm.alpha((330.3010)::double precision, (0)::double precision, (0)::double precision, astm.densite_etoile((787.5195)::double precision, (330.3010)::double precision, (0)::double precision, (0)::double precision)), dtf)) THEN '{330.301,0,0,787.5195,838.3127}'::double precision[] WHEN (observee_kgm3 >= astm.seuil_2004((770.3520)::double precision, astm.alpha((1489.0670)::double precision, (0)::double precision, ('-0.00186840'::numeric)::double precision, astm.densite_etoile((770.3520)::double precision, (1489.0670)::double precision, (0)::double precision, ('-0.00186840'::numeric)::double precision)), dtf)) THEN '{1489.067,0,-0.0018684,770.352,787.5194999999999}'::double precision[] ELSE '{192.4571,0.2438,0,0,770.3519999999999}'::double precision[] END;

--
-- Name: FUNCTION zone_b_2004(observee_kgm3 double precision, dtf double precision); Type: COMMENT; Schema: astm; Owner: -
--

COMMENT ON FUNCTION astm.zone_b_2004(observee_kgm3 double precision, dtf double precision) IS 'K0, K1, K2, floor and ceiling in kg/m³ at 60 °F of the zone of group B that an observed density belongs to. MPMS 11.1 (2004) section 11.1.6.1.';

--
-- Name: coefficients_2004(text, double precision, double precision, double precision); Type: FUNCTION; Schema: astm; Owner: -
--

CREATE FUNCTION astm.coefficients_2004(groupe text, observee_kgm3 double precision, dtf double precision, alpha60 double precision) RETURNS double precision[]
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE groupe WHEN 'B'::text THEN astm.zone_b_2004(observee_kgm3, dtf) WHEN 'A'::text THEN '{341.0957,0,0,0,Infinity}'::double precision[] WHEN 'D'::text THEN '{0,0.34878,0,0,Infinity}'::double precision[] WHEN 'C'::text THEN ARRAY[(0)::double precision, (0)::double precision, alpha60, (0)::double precision, 'Infinity'::double precision] ELSE NULL::double precision[] END;

--
-- Name: FUNCTION coefficients_2004(groupe text, observee_kgm3 double precision, dtf double precision, alpha60 double precision); Type: COMMENT; Schema: astm; Owner: -
--

COMMENT ON FUNCTION astm.coefficients_2004(groupe text, observee_kgm3 double precision, dtf double precision, alpha60 double precision) IS 'K0, K1, K2, floor and ceiling of the zone. Group A crude, B refined, D lubricating; C special applications, whose α60 per °F is given by the supplier. MPMS 11.1 (2004) section 11.1.6.1.';

--
-- Name: ipts68_ecart(double precision); Type: FUNCTION; Schema: astm; Owner: -
--

CREATE FUNCTION astm.ipts68_ecart(tau double precision) RETURNS double precision
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN (((((((((((((((('-3.536296'::numeric)::double precision * tau) + (7.438081)::double precision) * tau) - (1.871251)::double precision) * tau) - (4.089591)::double precision) * tau) + (1.269056)::double precision) * tau) + (1.080760)::double precision) * tau) - (0.267408)::double precision) * tau) - (0.148759)::double precision) * tau);

--
-- Name: FUNCTION ipts68_ecart(tau double precision); Type: COMMENT; Schema: astm; Owner: -
--

COMMENT ON FUNCTION astm.ipts68_ecart(tau double precision) IS 'ITS-90 minus IPTS-68 in °C, of τ = t/630. MPMS 11.1 (2004) section 11.1.5.3, coefficients a1 to a8.';

--
-- Name: ecart_60f(double precision); Type: FUNCTION; Schema: astm; Owner: -
--

CREATE FUNCTION astm.ecart_60f(temperature_c double precision) RETURNS double precision
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN ((((temperature_c - astm.ipts68_ecart((temperature_c / (630)::double precision))) * (1.8)::double precision) + (32)::double precision) - (60.0068749)::double precision);

--
-- Name: FUNCTION ecart_60f(temperature_c double precision); Type: COMMENT; Schema: astm; Owner: -
--

COMMENT ON FUNCTION astm.ecart_60f(temperature_c double precision) IS 'Δt in °F above the base of 60 °F, both on IPTS-68 (60 °F there is 60.0068749). MPMS 11.1 (2004) sections 11.1.5.3 and 11.1.6.1.';

--
-- Name: facteur_pression(double precision, double precision, double precision); Type: FUNCTION; Schema: astm; Owner: -
--

CREATE FUNCTION astm.facteur_pression(densite_etoile_kgm3 double precision, tf double precision, pression_kpa double precision) RETURNS double precision
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN ((1)::double precision / ((1)::double precision - (((0.00001)::double precision * exp(((('-1.9947'::numeric)::double precision + ((0.00013427)::double precision * tf)) + ((((793920)::double precision + ((2326)::double precision * tf)) / densite_etoile_kgm3) / densite_etoile_kgm3)))) * (pression_kpa / (6.894757)::double precision))));

--
-- Name: FUNCTION facteur_pression(densite_etoile_kgm3 double precision, tf double precision, pression_kpa double precision); Type: COMMENT; Schema: astm; Owner: -
--

COMMENT ON FUNCTION astm.facteur_pression(densite_etoile_kgm3 double precision, tf double precision, pression_kpa double precision) IS 'CPL = 1/(1 − 1e-5 Fp P), Fp from ρ* and the temperature in °F on IPTS-68; P moved from kPa to psi gauge. MPMS 11.1 (2004) section 11.1.6.1.';

--
-- Name: calculer_2004(text, double precision, double precision, double precision, double precision, boolean, double precision, boolean, double precision); Type: FUNCTION; Schema: astm; Owner: -
--

CREATE FUNCTION astm.calculer_2004(groupe text, densite double precision, t_echantillon double precision, t_produit double precision, volume double precision, correction_verre boolean, pression double precision, arrondir boolean, alpha60 double precision DEFAULT 0.0005) RETURNS TABLE(densite_15c_kgm3 double precision, vcf double precision, volume_15c_l double precision)
    LANGUAGE sql STABLE ROWS 1 PARALLEL SAFE
    BEGIN ATOMIC
 WITH mesure AS (
          SELECT
                 CASE
                     WHEN ((calculer_2004.volume > (0)::double precision) AND ((calculer_2004.densite >= (400)::double precision) AND (calculer_2004.densite <= (1400)::double precision)) AND ((calculer_2004.t_echantillon >= ('-50'::integer)::double precision) AND (calculer_2004.t_echantillon <= (150)::double precision)) AND ((calculer_2004.t_produit >= ('-50'::integer)::double precision) AND (calculer_2004.t_produit <= (150)::double precision)) AND (calculer_2004.volume < 'Infinity'::double precision) AND ((calculer_2004.pression >= (0)::double precision) AND (calculer_2004.pression <= (10342)::double precision)) AND ((calculer_2004.groupe = 'B'::text) OR (calculer_2004.groupe = 'A'::text) OR (calculer_2004.groupe = 'D'::text) OR (calculer_2004.groupe = 'C'::text)) AND ((calculer_2004.alpha60 >= (0.000230)::double precision) AND (calculer_2004.alpha60 <= (0.000930)::double precision)) AND (calculer_2004.correction_verre IS NOT NULL) AND (calculer_2004.arrondir IS NOT NULL)) THEN
                     CASE
                         WHEN calculer_2004.correction_verre THEN astm.correction_verre(calculer_2004.densite, (calculer_2004.t_echantillon - (15)::double precision))
                         ELSE calculer_2004.densite
                     END
                     ELSE astm.refuser_entree('MPMS_11_1_2004'::text, calculer_2004.groupe, calculer_2004.densite, calculer_2004.t_echantillon, calculer_2004.t_produit, calculer_2004.volume, calculer_2004.correction_verre, calculer_2004.pression, calculer_2004.arrondir, calculer_2004.alpha60)
                 END AS observee
          OFFSET 0
         ), ecarts AS (
          SELECT mesure.observee,
             astm.ecart_60f(calculer_2004.t_echantillon) AS dt
            FROM mesure
          OFFSET 0
         ), zone AS (
          SELECT ecarts.observee,
             ecarts.dt,
             astm.coefficients_2004(calculer_2004.groupe, ecarts.observee, ecarts.dt, calculer_2004.alpha60) AS k
            FROM ecarts
          OFFSET 0
         ), coefficients AS (
          SELECT zone.observee,
             zone.dt,
             zone.k[1] AS k0,
             zone.k[2] AS k1,
             zone.k[3] AS k2,
             zone.k
            FROM zone
          OFFSET 0
         ), estimation AS (
          SELECT coefficients.observee,
             coefficients.dt,
             coefficients.k0,
             coefficients.k1,
             coefficients.k2,
             coefficients.k,
             astm.estimer(coefficients.observee, coefficients.k0, coefficients.k1, coefficients.k2, coefficients.dt) AS rho
            FROM coefficients
          OFFSET 0
         ), pas_1 AS (
          SELECT estimation.observee,
             estimation.dt,
             estimation.k0,
             estimation.k1,
             estimation.k2,
             estimation.k,
             estimation.rho AS avant,
             astm.approcher(estimation.rho, estimation.observee, estimation.k0, estimation.k1, estimation.k2, estimation.dt) AS rho
            FROM estimation
          OFFSET 0
         ), pas_2 AS (
          SELECT pas_1.observee,
             pas_1.dt,
             pas_1.k0,
             pas_1.k1,
             pas_1.k2,
             pas_1.k,
                 CASE
                     WHEN (abs((pas_1.rho - pas_1.avant)) > ((0.0003)::double precision * pas_1.rho)) THEN astm.approcher(pas_1.rho, pas_1.observee, pas_1.k0, pas_1.k1, pas_1.k2, pas_1.dt)
                     ELSE pas_1.rho
                 END AS rho
            FROM pas_1
          OFFSET 0
         ), etoile_3 AS (
          SELECT pas_2.observee,
             pas_2.dt,
             pas_2.k0,
             pas_2.k1,
             pas_2.k2,
             pas_2.k,
             pas_2.rho,
             astm.densite_etoile(pas_2.rho, pas_2.k0, pas_2.k1, pas_2.k2) AS etoile
            FROM pas_2
          OFFSET 0
         ), pas_3 AS (
          SELECT etoile_3.observee,
             etoile_3.dt,
             etoile_3.k0,
             etoile_3.k1,
             etoile_3.k2,
             etoile_3.k,
             astm.approcher_2004(etoile_3.rho, etoile_3.etoile, etoile_3.observee, etoile_3.k0, etoile_3.k1, etoile_3.k2, etoile_3.dt) AS rho
            FROM etoile_3
          OFFSET 0
         ), etoile_4 AS (
          SELECT pas_3.observee,
             pas_3.dt,
             pas_3.k0,
             pas_3.k1,
             pas_3.k2,
             pas_3.k,
             pas_3.rho,
             astm.densite_etoile(pas_3.rho, pas_3.k0, pas_3.k1, pas_3.k2) AS etoile
            FROM pas_3
          OFFSET 0
         ), pas_4 AS (
          SELECT etoile_4.k0,
             etoile_4.k1,
             etoile_4.k2,
             LEAST(GREATEST(astm.approcher_2004(etoile_4.rho, etoile_4.etoile, etoile_4.observee, etoile_4.k0, etoile_4.k1, etoile_4.k2, etoile_4.dt), etoile_4.k[4]), etoile_4.k[5]) AS rho
            FROM etoile_4
          OFFSET 0
         ), base AS (
          SELECT
                 CASE
                     WHEN astm.dans_domaine(pas_4.rho, 'MPMS_11_1_2004'::text, calculer_2004.groupe) THEN pas_4.rho
                     ELSE astm.refuser_densite('MPMS_11_1_2004'::text, calculer_2004.groupe, pas_4.rho)
                 END AS rho,
             pas_4.k0,
             pas_4.k1,
             pas_4.k2,
             astm.densite_etoile(pas_4.rho, pas_4.k0, pas_4.k1, pas_4.k2) AS etoile,
             astm.ecart_60f(calculer_2004.t_produit) AS dt
            FROM pas_4
          OFFSET 0
         ), dilatation AS (
          SELECT base.rho,
             base.etoile,
             base.dt,
             astm.alpha(base.k0, base.k1, base.k2, base.etoile) AS alpha60
            FROM base
          OFFSET 0
         ), facteur AS (
          SELECT (dilatation.rho * exp((- astm.exposant_2004(dilatation.alpha60, astm.ecart_60f((15)::double precision))))) AS rho,
             (exp((astm.exposant_2004(dilatation.alpha60, astm.ecart_60f((15)::double precision)) - astm.exposant_2004(dilatation.alpha60, dilatation.dt))) *
                 CASE
                     WHEN (calculer_2004.pression = (0)::double precision) THEN (1)::double precision
                     ELSE astm.facteur_pression(dilatation.etoile, (dilatation.dt + (60.0068749)::double precision), calculer_2004.pression)
                 END) AS f
            FROM dilatation
          OFFSET 0
         ), imprime AS (
          SELECT
                 CASE
                     WHEN calculer_2004.arrondir THEN astm.arrondir(facteur.rho, (10)::double precision)
                     ELSE facteur.rho
                 END AS rho,
                 CASE
                     WHEN calculer_2004.arrondir THEN astm.arrondir(facteur.f, (10000)::double precision)
                     ELSE facteur.f
                 END AS f
            FROM facteur
          OFFSET 0
         )
  SELECT i.rho,
     i.f,
         CASE
             WHEN calculer_2004.arrondir THEN astm.au_litre((calculer_2004.volume * i.f))
             ELSE (calculer_2004.volume * i.f)
         END AS "case"
    FROM imprime i;
END;

--
-- Name: FUNCTION calculer_2004(groupe text, densite double precision, t_echantillon double precision, t_produit double precision, volume double precision, correction_verre boolean, pression double precision, arrondir boolean, alpha60 double precision); Type: COMMENT; Schema: astm; Owner: -
--

COMMENT ON FUNCTION astm.calculer_2004(groupe text, densite double precision, t_echantillon double precision, t_produit double precision, volume double precision, correction_verre boolean, pression double precision, arrondir boolean, alpha60 double precision) IS 'MPMS 11.1 (2004, addendum 2007), sections 11.1.6.1 to 11.1.6.3 and 11.1.3.6: see astm.calculer_15c. The sample is weighed at atmospheric pressure; pression is the product''s. alpha60 (per °F) is used by group C only.';

--
-- Name: refuser_methode(text); Type: FUNCTION; Schema: astm; Owner: -
--

CREATE FUNCTION astm.refuser_methode(methode text) RETURNS double precision
    LANGUAGE plpgsql STABLE PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  perform astm.hors_domaine('methode', null, null, null, format(
    'méthode MPMS_11_1_1980 ou MPMS_11_1_2004 (indiquée : %s)', coalesce(methode, 'aucune')));
  return null;
end;
$$;

--
-- Name: FUNCTION refuser_methode(methode text); Type: COMMENT; Schema: astm; Owner: -
--

COMMENT ON FUNCTION astm.refuser_methode(methode text) IS 'Refuses a method that does not exist. Raises ASTM_HORS_DOMAINE.';

--
-- Name: calculer_15c(text, double precision, double precision, double precision, double precision, text, boolean, double precision, boolean); Type: FUNCTION; Schema: astm; Owner: -
--

CREATE FUNCTION astm.calculer_15c(groupe text, densite_observee_kgm3 double precision, temperature_echantillon_c double precision, temperature_produit_c double precision, volume_observe_l double precision, methode text DEFAULT 'MPMS_11_1_1980'::text, correction_verre boolean DEFAULT true, pression_kpa double precision DEFAULT 0, arrondir boolean DEFAULT true) RETURNS TABLE(densite_15c_kgm3 double precision, vcf double precision, volume_15c_l double precision)
    LANGUAGE sql IMMUTABLE ROWS 1 PARALLEL SAFE
    BEGIN ATOMIC
 SELECT c.densite_15c_kgm3,
     c.vcf,
     c.volume_15c_l
    FROM astm.calculer_1980(calculer_15c.groupe, calculer_15c.densite_observee_kgm3, COALESCE(calculer_15c.temperature_echantillon_c, calculer_15c.temperature_produit_c), COALESCE(calculer_15c.temperature_produit_c, calculer_15c.temperature_echantillon_c), calculer_15c.volume_observe_l, calculer_15c.correction_verre, calculer_15c.pression_kpa, calculer_15c.arrondir) c(densite_15c_kgm3, vcf, volume_15c_l)
   WHERE (calculer_15c.methode = 'MPMS_11_1_1980'::text)
 UNION ALL
  SELECT c.densite_15c_kgm3,
     c.vcf,
     c.volume_15c_l
    FROM astm.calculer_2004(calculer_15c.groupe, calculer_15c.densite_observee_kgm3, COALESCE(calculer_15c.temperature_echantillon_c, calculer_15c.temperature_produit_c), COALESCE(calculer_15c.temperature_produit_c, calculer_15c.temperature_echantillon_c), calculer_15c.volume_observe_l, calculer_15c.correction_verre, calculer_15c.pression_kpa, calculer_15c.arrondir, (
         CASE
             WHEN (calculer_15c.groupe = 'C'::text) THEN NULL::numeric
             ELSE 0.0005
         END)::double precision) c(densite_15c_kgm3, vcf, volume_15c_l)
   WHERE (calculer_15c.methode = 'MPMS_11_1_2004'::text)
 UNION ALL
  SELECT m.refus,
     m.refus,
     m.refus
    FROM ( SELECT astm.refuser_methode(calculer_15c.methode) AS refus
          OFFSET 0) m
   WHERE (((calculer_15c.methode = 'MPMS_11_1_1980'::text) OR (calculer_15c.methode = 'MPMS_11_1_2004'::text)) IS NOT TRUE);
END;

--
-- Name: FUNCTION calculer_15c(groupe text, densite_observee_kgm3 double precision, temperature_echantillon_c double precision, temperature_produit_c double precision, volume_observe_l double precision, methode text, correction_verre boolean, pression_kpa double precision, arrondir boolean); Type: COMMENT; Schema: astm; Owner: -
--

COMMENT ON FUNCTION astm.calculer_15c(groupe text, densite_observee_kgm3 double precision, temperature_echantillon_c double precision, temperature_produit_c double precision, volume_observe_l double precision, methode text, correction_verre boolean, pression_kpa double precision, arrondir boolean) IS 'Density at 15 °C (kg/m³), volume correction factor and volume at 15 °C (L) by API MPMS 11.1. groupe: A crude, B refined, D lubricating. The density is brought to 15 °C from the sample''s temperature, the volume from the product''s; given only one, it serves for both. arrondir: density to 0.1, factor to 4 decimals, volume = observed × rounded factor to the litre, as SEP prints; the factor itself comes from the density before rounding. pression_kpa is the product''s, gauge, 2004 only. Raises DENSITE_OBSERVEE_REQUISE, TEMPERATURE_REQUISE, ASTM_HORS_DOMAINE.';

--
-- Name: calculer_15c_groupe_c(double precision, double precision, double precision, double precision, double precision, boolean, double precision, boolean); Type: FUNCTION; Schema: astm; Owner: -
--

CREATE FUNCTION astm.calculer_15c_groupe_c(alpha60 double precision, densite_observee_kgm3 double precision, temperature_echantillon_c double precision, temperature_produit_c double precision, volume_observe_l double precision, correction_verre boolean DEFAULT true, pression_kpa double precision DEFAULT 0, arrondir boolean DEFAULT true) RETURNS TABLE(densite_15c_kgm3 double precision, vcf double precision, volume_15c_l double precision)
    LANGUAGE sql IMMUTABLE ROWS 1 PARALLEL SAFE
    BEGIN ATOMIC
 SELECT c.densite_15c_kgm3,
     c.vcf,
     c.volume_15c_l
    FROM astm.calculer_2004('C'::text, calculer_15c_groupe_c.densite_observee_kgm3, COALESCE(calculer_15c_groupe_c.temperature_echantillon_c, calculer_15c_groupe_c.temperature_produit_c), COALESCE(calculer_15c_groupe_c.temperature_produit_c, calculer_15c_groupe_c.temperature_echantillon_c), calculer_15c_groupe_c.volume_observe_l, calculer_15c_groupe_c.correction_verre, calculer_15c_groupe_c.pression_kpa, calculer_15c_groupe_c.arrondir, calculer_15c_groupe_c.alpha60) c(densite_15c_kgm3, vcf, volume_15c_l);
END;

--
-- Name: FUNCTION calculer_15c_groupe_c(alpha60 double precision, densite_observee_kgm3 double precision, temperature_echantillon_c double precision, temperature_produit_c double precision, volume_observe_l double precision, correction_verre boolean, pression_kpa double precision, arrondir boolean); Type: COMMENT; Schema: astm; Owner: -
--

COMMENT ON FUNCTION astm.calculer_15c_groupe_c(alpha60 double precision, densite_observee_kgm3 double precision, temperature_echantillon_c double precision, temperature_produit_c double precision, volume_observe_l double precision, correction_verre boolean, pression_kpa double precision, arrondir boolean) IS 'astm.calculer_15c for a product of group C (special applications), by MPMS 11.1 (2004): alpha60 is its expansion coefficient at 60 °F, 230e-6 to 930e-6 per °F, from the supplier.';

--
-- Name: calculer_20c(text, double precision, double precision, double precision, double precision, text, boolean, double precision, boolean); Type: FUNCTION; Schema: astm; Owner: -
--

CREATE FUNCTION astm.calculer_20c(groupe text, densite_observee_kgm3 double precision, temperature_echantillon_c double precision, temperature_produit_c double precision, volume_observe_l double precision, methode text DEFAULT 'MPMS_11_1_1980'::text, correction_verre boolean DEFAULT true, pression_kpa double precision DEFAULT 0, arrondir boolean DEFAULT true) RETURNS TABLE(densite_20c_kgm3 double precision, vcf double precision, volume_20c_l double precision)
    LANGUAGE sql IMMUTABLE ROWS 1 PARALLEL SAFE
    BEGIN ATOMIC
 WITH facteurs AS (
          SELECT (c.densite_15c_kgm3 * base.vcf) AS rho,
             (c.vcf / base.vcf) AS f
            FROM astm.calculer_15c(calculer_20c.groupe, calculer_20c.densite_observee_kgm3, calculer_20c.temperature_echantillon_c, calculer_20c.temperature_produit_c, calculer_20c.volume_observe_l, calculer_20c.methode, calculer_20c.correction_verre, calculer_20c.pression_kpa,
                 CASE
                     WHEN (calculer_20c.arrondir IS NOT NULL) THEN false
                     ELSE NULL::boolean
                 END) c(densite_15c_kgm3, vcf, volume_15c_l),
             astm.calculer_15c(calculer_20c.groupe, calculer_20c.densite_observee_kgm3, COALESCE(calculer_20c.temperature_echantillon_c, calculer_20c.temperature_produit_c), (20)::double precision, calculer_20c.volume_observe_l, calculer_20c.methode, calculer_20c.correction_verre, (0)::double precision, false) base(densite_15c_kgm3, vcf, volume_15c_l)
          OFFSET 0
         ), imprime AS (
          SELECT
                 CASE
                     WHEN calculer_20c.arrondir THEN astm.arrondir(facteurs.rho, (10)::double precision)
                     ELSE facteurs.rho
                 END AS rho,
                 CASE
                     WHEN calculer_20c.arrondir THEN astm.arrondir(facteurs.f, (10000)::double precision)
                     ELSE facteurs.f
                 END AS f
            FROM facteurs
          OFFSET 0
         )
  SELECT i.rho,
     i.f,
         CASE
             WHEN calculer_20c.arrondir THEN astm.au_litre((calculer_20c.volume_observe_l * i.f))
             ELSE (calculer_20c.volume_observe_l * i.f)
         END AS "case"
    FROM imprime i;
END;

--
-- Name: FUNCTION calculer_20c(groupe text, densite_observee_kgm3 double precision, temperature_echantillon_c double precision, temperature_produit_c double precision, volume_observe_l double precision, methode text, correction_verre boolean, pression_kpa double precision, arrondir boolean); Type: COMMENT; Schema: astm; Owner: -
--

COMMENT ON FUNCTION astm.calculer_20c(groupe text, densite_observee_kgm3 double precision, temperature_echantillon_c double precision, temperature_produit_c double precision, volume_observe_l double precision, methode text, correction_verre boolean, pression_kpa double precision, arrondir boolean) IS 'astm.calculer_15c at a base of 20 °C (tables 59 and 60), some partners'' base: every factor is the 15 °C one divided by that of 20 °C.';

--
-- Name: comparer(text, text); Type: FUNCTION; Schema: astm; Owner: -
--

CREATE FUNCTION astm.comparer(p_methode text DEFAULT NULL::text, p_profil text DEFAULT NULL::text) RETURNS TABLE(source text, reference text, produit_code text, note text, volume_observe_l numeric, densite_15c_attendue_kgm3 numeric, vcf_attendu numeric, volume_15c_attendu_l numeric, densite_15c_kgm3 double precision, vcf double precision, volume_15c_l double precision, ecart_l numeric, dans_tolerance boolean, ecart_une_temperature_l numeric, ecart_historique_l numeric, temperature_echantillon_c numeric, temperature_produit_c numeric, temperature_produit_deduite boolean, densite_observee_kgm3 numeric, refus text, refus_phrase text)
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  v_profil astm.profils_calcul;
  v_cas public.golden_cases;
begin
  select * into v_profil from astm.profils_calcul p
   where case when p_profil is null then p.depot_id is null and p.produit_id is null else p.nom = p_profil end;
  if not found then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', format('le profil de calcul « %s »', p_profil)));
  end if;
  for v_cas in select * from public.golden_cases g order by g.source, length(g.reference), g.reference loop
    select v_cas.source, v_cas.reference, v_cas.produit_code, v_cas.note, v_cas.volume_observe_l,
           v_cas.densite_15c_attendue_kgm3, v_cas.vcf_attendu, v_cas.volume_15c_attendu_l,
           v_cas.temperature_echantillon_c, v_cas.temperature_produit_c, v_cas.temperature_produit_deduite,
           v_cas.densite_observee_kgm3, null, null, null, null, null, null, null, false,
           round(v_cas.volume_observe_l * (1 - v_cas.alpha_historique * (v_cas.temperature_produit_c - 15))
                 - v_cas.volume_15c_attendu_l, 1)
      into source, reference, produit_code, note, volume_observe_l,
           densite_15c_attendue_kgm3, vcf_attendu, volume_15c_attendu_l,
           temperature_echantillon_c, temperature_produit_c, temperature_produit_deduite,
           densite_observee_kgm3, densite_15c_kgm3, vcf, volume_15c_l, ecart_l, ecart_une_temperature_l,
           refus, refus_phrase, dans_tolerance, ecart_historique_l;
    -- A case that the standard does not take is told as such: it says nothing of the others.
    begin
      select norme.densite_15c_kgm3, norme.vcf, norme.volume_15c_l,
             round(norme.volume_15c_l::numeric - v_cas.volume_15c_attendu_l, 1),
             abs(norme.volume_15c_l::numeric - v_cas.volume_15c_attendu_l) <= astm.tolerance_l(),
             round(raccourci.volume_15c_l::numeric - v_cas.volume_15c_attendu_l, 1)
        into strict densite_15c_kgm3, vcf, volume_15c_l, ecart_l, dans_tolerance, ecart_une_temperature_l
        from astm.calculer_15c(
               v_cas.groupe_mpms, v_cas.densite_observee_kgm3, v_cas.temperature_echantillon_c,
               v_cas.temperature_produit_c,
               v_cas.volume_observe_l, coalesce(p_methode, v_profil.methode), v_profil.correction_verre, 0,
               v_profil.arrondir) norme
       cross join lateral astm.calculer_15c(
               v_cas.groupe_mpms, v_cas.densite_observee_kgm3, v_cas.temperature_echantillon_c,
               v_cas.temperature_echantillon_c,
               v_cas.volume_observe_l, coalesce(p_methode, v_profil.methode), v_profil.correction_verre, 0,
               v_profil.arrondir) raccourci;
    exception when others then
      if sqlstate !~ '^PT' then
        raise;
      end if;
      get stacked diagnostics refus = message_text, refus_phrase = pg_exception_hint;
    end;
    return next;
  end loop;
end;
$$;

--
-- Name: FUNCTION comparer(p_methode text, p_profil text); Type: COMMENT; Schema: astm; Owner: -
--

COMMENT ON FUNCTION astm.comparer(p_methode text, p_profil text) IS 'Every golden case by a profile (default: the default one) and a method (default: the profile''s): litres the engine gives minus litres expected, tolerance ±5 L; and the same gap for the shortcut of one temperature (the sample''s for both) and for the historical formula; with what was measured of it (°C, kg/m³). A case that the standard refuses has refus, its sentence and no figures, and is out of tolerance. Raises INTROUVABLE.';

--
-- Name: convertir(double precision, text, text, double precision, double precision, double precision, double precision, double precision, double precision, text, boolean, boolean); Type: FUNCTION; Schema: astm; Owner: -
--

CREATE FUNCTION astm.convertir(p_quantite double precision, p_unite text, p_groupe text, p_densite_observee_kgm3 double precision DEFAULT NULL::double precision, p_temperature_echantillon_c double precision DEFAULT NULL::double precision, p_densite_a_15_kgm3 double precision DEFAULT NULL::double precision, p_api_60f double precision DEFAULT NULL::double precision, p_temperature_produit_c double precision DEFAULT NULL::double precision, p_temperature_produit_f double precision DEFAULT NULL::double precision, p_methode text DEFAULT 'MPMS_11_1_1980'::text, p_correction_verre boolean DEFAULT true, p_arrondir boolean DEFAULT true) RETURNS TABLE(densite_15c_kgm3 double precision, densite_20c_kgm3 double precision, degres_api double precision, temperature_c double precision, temperature_f double precision, vcf double precision, volume_observe_l double precision, volume_15c_l double precision, volume_20c_l double precision, barils_60f double precision, masse_vide_t double precision, masse_air_t double precision)
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  c_60f constant float8 := 140 / 9.0::float8;
  c_eau_60f constant float8 := 999.016;
  c_litres_par_baril constant float8 := 158.987294928;
  v_observee constant boolean := p_densite_observee_kgm3 is not null;
  v_densite float8 := coalesce(p_densite_observee_kgm3, p_densite_a_15_kgm3, c_eau_60f * 141.5 / (p_api_60f + 131.5));
  v_a_60f float8;
  v_a_20 float8;
begin
  v_densite := private.en_kgm3(v_densite::numeric);
  -- No thermometer reads a millionth of a degree, and no exponential bears a smaller one.
  temperature_c :=
    round(coalesce(p_temperature_produit_c, (p_temperature_produit_f - 32) / 1.8, p_temperature_echantillon_c)
                         ::numeric, 6);
  temperature_f := temperature_c * 1.8 + 32;
  -- A density that is not observed is one at 15 °C, or at 60 °F where it came in degrees API: without glass.
  select c.densite_15c_kgm3, c.vcf into densite_15c_kgm3, vcf
    from astm.calculer_15c(p_groupe, v_densite,
           case when v_observee then p_temperature_echantillon_c when p_densite_a_15_kgm3 is null then c_60f
             else 15 end,
           temperature_c, 1, p_methode, v_observee and p_correction_verre, 0, p_arrondir) c;
  select c.vcf into v_a_60f
    from astm.calculer_15c(p_groupe, densite_15c_kgm3, 15, c_60f, 1, p_methode, false, 0, false) c;
  select c.vcf into v_a_20 from astm.calculer_15c(p_groupe, densite_15c_kgm3, 15, 20, 1, p_methode, false, 0, false) c;
  densite_20c_kgm3 := densite_15c_kgm3 * v_a_20;
  degres_api := 141.5 * c_eau_60f / (densite_15c_kgm3 * v_a_60f) - 131.5;
  volume_15c_l := case p_unite
    when 'L' then p_quantite * vcf
    when 'L_15C' then p_quantite
    when 'L_20C' then p_quantite * v_a_20
    when 'BARIL_60F' then p_quantite * c_litres_par_baril * v_a_60f
    when 'T_VIDE' then p_quantite / astm.masse_vide_t(densite_15c_kgm3, 1)
    when 'T_AIR' then p_quantite / astm.masse_air_t(densite_15c_kgm3, 1) end;
  if (volume_15c_l >= 0.001 and volume_15c_l < 1e12) is not true then
    perform private.refuser('QUANTITE_INVALIDE', jsonb_build_object('quantite', p_quantite, 'unite', p_unite));
  end if;
  volume_observe_l := case p_unite when 'L' then p_quantite else volume_15c_l / vcf end;
  volume_20c_l := volume_15c_l / v_a_20;
  barils_60f := volume_15c_l / v_a_60f / c_litres_par_baril;
  if p_arrondir then
    densite_20c_kgm3 := astm.arrondir(densite_20c_kgm3, 10);
    degres_api := astm.arrondir(degres_api, 10);
    volume_15c_l := astm.au_litre(volume_15c_l);
    volume_observe_l := case p_unite when 'L' then p_quantite else astm.au_litre(volume_observe_l) end;
    volume_20c_l := astm.au_litre(volume_20c_l);
    barils_60f := astm.arrondir(barils_60f, 100);
  end if;
  masse_vide_t := astm.masse_vide_t(densite_15c_kgm3, volume_15c_l);
  masse_air_t := astm.masse_air_t(densite_15c_kgm3, volume_15c_l);
  -- Tonnes that were given are what they are.
  if p_unite = 'T_VIDE' then
    masse_air_t := masse_air_t * p_quantite / masse_vide_t;
    masse_vide_t := p_quantite;
  elsif p_unite = 'T_AIR' then
    masse_vide_t := masse_vide_t * p_quantite / masse_air_t;
    masse_air_t := p_quantite;
  end if;
  if p_arrondir then
    masse_vide_t := astm.arrondir(masse_vide_t, 1000);
    masse_air_t := astm.arrondir(masse_air_t, 1000);
  end if;
  return next;
end;
$$;

--
-- Name: FUNCTION convertir(p_quantite double precision, p_unite text, p_groupe text, p_densite_observee_kgm3 double precision, p_temperature_echantillon_c double precision, p_densite_a_15_kgm3 double precision, p_api_60f double precision, p_temperature_produit_c double precision, p_temperature_produit_f double precision, p_methode text, p_correction_verre boolean, p_arrondir boolean); Type: COMMENT; Schema: astm; Owner: -
--

COMMENT ON FUNCTION astm.convertir(p_quantite double precision, p_unite text, p_groupe text, p_densite_observee_kgm3 double precision, p_temperature_echantillon_c double precision, p_densite_a_15_kgm3 double precision, p_api_60f double precision, p_temperature_produit_c double precision, p_temperature_produit_f double precision, p_methode text, p_correction_verre boolean, p_arrondir boolean) IS 'A quantity of fuel in every unit it is traded in. p_unite: L (as measured at the product''s temperature), L_15C, L_20C, BARIL_60F, T_VIDE (tonnes in vacuum) or T_AIR. Density: observed (kg/m³, or kg/L below 2) on a sample, else at 15 °C, else degrees API at 60 °F; temperature in °C, else in °F. From L_15C, volume_observe_l is what to load. Raises DENSITE_OBSERVEE_REQUISE, TEMPERATURE_REQUISE, ASTM_HORS_DOMAINE, QUANTITE_INVALIDE.';

--
-- Name: domaine_temperature(text); Type: FUNCTION; Schema: astm; Owner: -
--

CREATE FUNCTION astm.domaine_temperature(methode text) RETURNS double precision[]
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE methode WHEN 'MPMS_11_1_1980'::text THEN '{-18,150}'::double precision[] WHEN 'MPMS_11_1_2004'::text THEN '{-50,150}'::double precision[] ELSE NULL::double precision[] END;

--
-- Name: FUNCTION domaine_temperature(methode text); Type: COMMENT; Schema: astm; Owner: -
--

COMMENT ON FUNCTION astm.domaine_temperature(methode text) IS 'Lowest and highest temperature in °C. 1980: tables 53/54; 2004: section 11.1.2.3.';

--
-- Name: hors_domaine(text, double precision, double precision, double precision, text); Type: FUNCTION; Schema: astm; Owner: -
--

CREATE FUNCTION astm.hors_domaine(parametre text, valeur double precision, minimum double precision, maximum double precision, phrase text) RETURNS void
    LANGUAGE plpgsql STABLE PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  perform private.refuser('ASTM_HORS_DOMAINE', jsonb_build_object(
    'borne', phrase, 'parametre', parametre, 'valeur', valeur, 'minimum', minimum, 'maximum', maximum));
end;
$$;

--
-- Name: FUNCTION hors_domaine(parametre text, valeur double precision, minimum double precision, maximum double precision, phrase text); Type: COMMENT; Schema: astm; Owner: -
--

COMMENT ON FUNCTION astm.hors_domaine(parametre text, valeur double precision, minimum double precision, maximum double precision, phrase text) IS 'Raises ASTM_HORS_DOMAINE. phrase names the bound to a person; the detail carries it as numbers.';

--
-- Name: masse_air_t(double precision, double precision); Type: FUNCTION; Schema: astm; Owner: -
--

CREATE FUNCTION astm.masse_air_t(densite_15c_kgm3 double precision, volume_15c_l double precision) RETURNS double precision
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN (((volume_15c_l * (densite_15c_kgm3 - (1.22)::double precision)) / (((1)::numeric - (1.22 / (8100)::numeric)))::double precision) / (1000000)::double precision);

--
-- Name: FUNCTION masse_air_t(densite_15c_kgm3 double precision, volume_15c_l double precision); Type: COMMENT; Schema: astm; Owner: -
--

COMMENT ON FUNCTION astm.masse_air_t(densite_15c_kgm3 double precision, volume_15c_l double precision) IS 'Apparent mass in tonnes, in air, what a weighbridge shows and an invoice says: fuel and brass weights (8100 kg/m³) both weighed in air of 1.22 kg/m³. Tables 56 to 58.';

--
-- Name: masse_vide_t(double precision, double precision); Type: FUNCTION; Schema: astm; Owner: -
--

CREATE FUNCTION astm.masse_vide_t(densite_15c_kgm3 double precision, volume_15c_l double precision) RETURNS double precision
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN ((densite_15c_kgm3 * volume_15c_l) / (1000000)::double precision);

--
-- Name: FUNCTION masse_vide_t(densite_15c_kgm3 double precision, volume_15c_l double precision); Type: COMMENT; Schema: astm; Owner: -
--

COMMENT ON FUNCTION astm.masse_vide_t(densite_15c_kgm3 double precision, volume_15c_l double precision) IS 'Mass in tonnes, in vacuum: ρ15 × V15.';

--
-- Name: profils_calcul; Type: TABLE; Schema: astm; Owner: -
--

CREATE TABLE astm.profils_calcul (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    nom text NOT NULL,
    depot_id uuid,
    produit_id uuid,
    methode text DEFAULT 'MPMS_11_1_1980'::text NOT NULL,
    arrondir boolean DEFAULT true NOT NULL,
    correction_verre boolean DEFAULT true NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT profils_calcul_methode_check CHECK ((methode = ANY (ARRAY['MPMS_11_1_1980'::text, 'MPMS_11_1_2004'::text]))),
    CONSTRAINT profils_calcul_nom_check CHECK ((btrim(nom) <> ''::text))
);

--
-- Name: TABLE profils_calcul; Type: COMMENT; Schema: astm; Owner: -
--

COMMENT ON TABLE astm.profils_calcul IS 'How volumes at 15 °C are calculated, by depot and product. The row without either is the default: SEP''s way.';

--
-- Name: COLUMN profils_calcul.depot_id; Type: COMMENT; Schema: astm; Owner: -
--

COMMENT ON COLUMN astm.profils_calcul.depot_id IS 'Depot it is for; null: any.';

--
-- Name: COLUMN profils_calcul.produit_id; Type: COMMENT; Schema: astm; Owner: -
--

COMMENT ON COLUMN astm.profils_calcul.produit_id IS 'Product it is for; null: any.';

--
-- Name: COLUMN profils_calcul.arrondir; Type: COMMENT; Schema: astm; Owner: -
--

COMMENT ON COLUMN astm.profils_calcul.arrondir IS 'Round as SEP prints (density 0.1 kg/m³, factor 4 decimals, litres), or keep full precision.';

--
-- Name: COLUMN profils_calcul.correction_verre; Type: COMMENT; Schema: astm; Owner: -
--

COMMENT ON COLUMN astm.profils_calcul.correction_verre IS 'The density is read on a glass hydrometer; false for a densitometer or a density already corrected.';

--
-- Name: profil(uuid, uuid); Type: FUNCTION; Schema: astm; Owner: -
--

CREATE FUNCTION astm.profil(p_depot_id uuid, p_produit_id uuid) RETURNS astm.profils_calcul
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
  select p from astm.profils_calcul p
   where (p.depot_id = p_depot_id or p.depot_id is null) and (p.produit_id = p_produit_id or p.produit_id is null)
   order by p.depot_id is null, p.produit_id is null
   limit 1
$$;

--
-- Name: FUNCTION profil(p_depot_id uuid, p_produit_id uuid); Type: COMMENT; Schema: astm; Owner: -
--

COMMENT ON FUNCTION astm.profil(p_depot_id uuid, p_produit_id uuid) IS 'The profile that counts: this depot and product, else this depot, else this product, else the default.';

--
-- Name: tolerance_l(); Type: FUNCTION; Schema: astm; Owner: -
--

CREATE FUNCTION astm.tolerance_l() RETURNS numeric
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN 5;

--
-- Name: FUNCTION tolerance_l(); Type: COMMENT; Schema: astm; Owner: -
--

COMMENT ON FUNCTION astm.tolerance_l() IS 'Litres at 15 °C that may lie between what the field''s application printed and what the engine gives. Contract section 1 (SEP).';

--
-- Name: volume_a_charger(text, double precision, double precision, double precision, double precision, text, boolean, double precision, boolean); Type: FUNCTION; Schema: astm; Owner: -
--

CREATE FUNCTION astm.volume_a_charger(groupe text, densite_observee_kgm3 double precision, temperature_echantillon_c double precision, temperature_produit_c double precision, volume_15c_voulu_l double precision, methode text DEFAULT 'MPMS_11_1_1980'::text, correction_verre boolean DEFAULT true, pression_kpa double precision DEFAULT 0, arrondir boolean DEFAULT true) RETURNS TABLE(densite_15c_kgm3 double precision, vcf double precision, volume_observe_l double precision)
    LANGUAGE sql IMMUTABLE ROWS 1 PARALLEL SAFE
    BEGIN ATOMIC
 SELECT c.densite_15c_kgm3,
     c.vcf,
         CASE
             WHEN volume_a_charger.arrondir THEN astm.au_litre((volume_a_charger.volume_15c_voulu_l / c.vcf))
             ELSE (volume_a_charger.volume_15c_voulu_l / c.vcf)
         END AS "case"
    FROM astm.calculer_15c(volume_a_charger.groupe, volume_a_charger.densite_observee_kgm3, volume_a_charger.temperature_echantillon_c, volume_a_charger.temperature_produit_c, volume_a_charger.volume_15c_voulu_l, volume_a_charger.methode, volume_a_charger.correction_verre, volume_a_charger.pression_kpa, volume_a_charger.arrondir) c(densite_15c_kgm3, vcf, volume_15c_l);
END;

--
-- Name: FUNCTION volume_a_charger(groupe text, densite_observee_kgm3 double precision, temperature_echantillon_c double precision, temperature_produit_c double precision, volume_15c_voulu_l double precision, methode text, correction_verre boolean, pression_kpa double precision, arrondir boolean); Type: COMMENT; Schema: astm; Owner: -
--

COMMENT ON FUNCTION astm.volume_a_charger(groupe text, densite_observee_kgm3 double precision, temperature_echantillon_c double precision, temperature_produit_c double precision, volume_15c_voulu_l double precision, methode text, correction_verre boolean, pression_kpa double precision, arrondir boolean) IS 'The inverse of astm.calculer_15c: litres to measure out, at the product''s temperature, so that they are volume_15c_voulu_l at 15 °C.';

--
-- Name: acteur(); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.acteur() RETURNS private.acteur
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  v_acteur private.acteur;
  v_depot_id uuid;
  v_tous boolean;
begin
  select p.user_id, p.role, p.habilitations, p.depot_id, p.role = any (c.roles)
    into v_acteur.user_id, v_acteur.role, v_acteur.habilitations, v_depot_id, v_tous
    from public.profils p join private.capacites c on c.capacite = 'voir_tous_depots'
   where p.user_id = auth.uid() and p.desactive_le is null;
  -- Apart: the depots of those who see them all are no part of the plan that everyone else runs, several times a
  -- request.
  if v_tous then
    v_acteur.depots := (select array_agg(d.id) from public.depots d);
  elsif v_depot_id is not null then
    v_acteur.depots := array[v_depot_id];
  end if;
  return v_acteur;
end;
$$;

--
-- Name: FUNCTION acteur(); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.acteur() IS 'The calling user: their role, and their own depot, or every one where they may voir_tous_depots.';

--
-- Name: acteur_peut(private.acteur, text); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.acteur_peut(p_acteur private.acteur, p_capacite text) RETURNS boolean
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  v_capacite private.capacites;
begin
  select * into strict v_capacite from private.capacites c where c.capacite = p_capacite;
  return coalesce(p_acteur.role = any (v_capacite.roles) or p_acteur.habilitations && v_capacite.habilitations, false);
end;
$$;

--
-- Name: FUNCTION acteur_peut(p_acteur private.acteur, p_capacite text); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.acteur_peut(p_acteur private.acteur, p_capacite text) IS 'Whether somebody has a capability, by their role or beside it; false for nobody. A capability that is not in the list is a bug and raises P0002.';

--
-- Name: ambiant_disponible(uuid, uuid, text, date); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.ambiant_disponible(p_citerne_id uuid, p_produit_id uuid, p_proprietaire_type text, p_jour date) RETURNS numeric
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
  select coalesce(min(j.stock_ambiant), 0) from (
    (select coalesce((
       select v.stock_ambiant from public.stocks_journaliers v
        where v.citerne_id = p_citerne_id and v.produit_id = p_produit_id
          and v.proprietaire_type = p_proprietaire_type and v.date_jour <= p_jour
        order by v.date_jour desc limit 1), 0) as stock_ambiant)
    union all
    (select v.stock_ambiant from public.stocks_journaliers v
      where v.citerne_id = p_citerne_id and v.produit_id = p_produit_id
        and v.proprietaire_type = p_proprietaire_type and v.date_jour > p_jour)) j
$$;

--
-- Name: FUNCTION ambiant_disponible(p_citerne_id uuid, p_produit_id uuid, p_proprietaire_type text, p_jour date); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.ambiant_disponible(p_citerne_id uuid, p_produit_id uuid, p_proprietaire_type text, p_jour date) IS 'Litres as measured that an owner has in a tank on a day and on every later one: the least of them.';

--
-- Name: appliquer_mouvement(uuid, uuid, uuid, text, date, numeric, numeric, boolean); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.appliquer_mouvement(p_citerne_id uuid, p_produit_id uuid, p_depot_id uuid, p_proprietaire_type text, p_jour date, p_delta_ambiant numeric, p_delta_15c numeric, p_ajustement boolean DEFAULT false) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  v_jour_negatif date;
  v_dernier_jour date;
begin
  -- Nearly every movement is of today, in a tank that today has already seen: two rows to update.
  if private.deplacer_jours(p_citerne_id, p_produit_id, p_proprietaire_type, p_jour, p_jour, p_delta_ambiant,
    p_delta_15c,
                            p_ajustement) then
    return;
  end if;

  -- The others: the first of a tank or of a day, a back-dated one, or one that a day could not bear.
  if p_delta_ambiant < 0 or p_delta_15c < 0 then
    v_jour_negatif := private.premier_jour_negatif(
      p_citerne_id, p_produit_id, p_proprietaire_type, p_jour, p_delta_ambiant, p_delta_15c);
    if v_jour_negatif is not null then
      perform private.refuser('STOCK_FUTUR_NEGATIF', jsonb_build_object('date_jour', v_jour_negatif));
    end if;
  end if;

  perform set_config('app.stocks_journaliers_allow_write', '1', true);
  insert into public.stocks_snapshot as s
    (citerne_id, produit_id, proprietaire_type, depot_id, stock_ambiant, stock_15c, dernier_jour)
  values (p_citerne_id, p_produit_id, p_proprietaire_type, p_depot_id, 0, 0, p_jour)
  on conflict (citerne_id, produit_id, proprietaire_type) do update
     set dernier_jour = greatest(s.dernier_jour, p_jour)
  returning s.dernier_jour into v_dernier_jour;
  -- A day begins with the stock of the one before it.
  insert into public.stocks_journaliers
    (citerne_id, produit_id, proprietaire_type, date_jour, depot_id, stock_ambiant, stock_15c)
  select p_citerne_id, p_produit_id, p_proprietaire_type, p_jour, p_depot_id,
         coalesce(veille.stock_ambiant, 0), coalesce(veille.stock_15c, 0)
    from (select 1) un
    left join lateral (
      select v.stock_ambiant, v.stock_15c from public.stocks_journaliers v
       where v.citerne_id = p_citerne_id and v.produit_id = p_produit_id
         and v.proprietaire_type = p_proprietaire_type and v.date_jour < p_jour
       order by v.date_jour desc limit 1) veille on true
  on conflict (citerne_id, produit_id, proprietaire_type, date_jour) do nothing;
  perform set_config('app.stocks_journaliers_allow_write', '', true);

  if not private.deplacer_jours(p_citerne_id, p_produit_id, p_proprietaire_type, p_jour, v_dernier_jour,
    p_delta_ambiant,
                                p_delta_15c, p_ajustement) then
    raise exception 'the last day of tank % for % holds another stock than its snapshot', p_citerne_id,
      p_proprietaire_type;
  end if;
end;
$$;

--
-- Name: FUNCTION appliquer_mouvement(p_citerne_id uuid, p_produit_id uuid, p_depot_id uuid, p_proprietaire_type text, p_jour date, p_delta_ambiant numeric, p_delta_15c numeric, p_ajustement boolean); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.appliquer_mouvement(p_citerne_id uuid, p_produit_id uuid, p_depot_id uuid, p_proprietaire_type text, p_jour date, p_delta_ambiant numeric, p_delta_15c numeric, p_ajustement boolean) IS 'Adds litres (negative: takes) to the snapshot, to the day and to every later day. Creates the rows that are missing. The caller has locked and checked. Raises STOCK_FUTUR_NEGATIF, naming the first day that would go below zero; P0001 where snapshot and journal disagree, which verifier_stocks() would show.';

--
-- Name: arrive_depuis(uuid); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.arrive_depuis(p_cours_de_route_id uuid) RETURNS timestamp with time zone
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  return coalesce(
    (select max(l.created_at) from public.log_actions l
      where l.cible_id = p_cours_de_route_id and l.action = 'CDR_STATUT' and l.details ->> 'vers' = 'ARRIVE'),
    (select c.created_at from public.cours_de_route c where c.id = p_cours_de_route_id));
end;
$$;

--
-- Name: FUNCTION arrive_depuis(p_cours_de_route_id uuid); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.arrive_depuis(p_cours_de_route_id uuid) IS 'Since when a truck has arrived, by the log; since it was announced, where the log does not say.';

--
-- Name: attendre_tiers(text, uuid); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.attendre_tiers(p_type text, p_id uuid) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  perform private.exiger_read_committed();
  perform pg_advisory_xact_lock_shared(hashtextextended(format('tiers:%s:%s', p_type, p_id), 0));
end;
$$;

--
-- Name: FUNCTION attendre_tiers(p_type text, p_id uuid); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.attendre_tiers(p_type text, p_id uuid) IS 'Waits for whoever is writing in an account; readers do not wait for one another. Raises ISOLATION_INTERDITE.';

--
-- Name: autoriser_drop(text); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.autoriser_drop(p_motif text) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  perform private.exiger_motif(p_motif, 10);
  perform set_config('app.drop_autorise', pg_current_xact_id()::text, true);
  perform private.journaliser('DROP_AUTORISE', 'environnement', 'CRITICAL', null, null,
    jsonb_build_object('motif', private.texte_net(p_motif), 'env', private.env()));
end;
$$;

--
-- Name: FUNCTION autoriser_drop(p_motif text); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.autoriser_drop(p_motif text) IS 'The one way through extensions.interdire_drop_en_prod(), for this transaction and no other: a restore in PROD with writes frozen, or a migration that says why it drops. Owner only; logs DROP_AUTORISE as CRITICAL. Use: begin; select private.autoriser_drop(''restauration du dump J12, validée par …''); drop …; commit. Raises MOTIF_REQUIS under 10 characters.';

--
-- Name: avant_requete(); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.avant_requete() RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
declare
  v_entetes constant json := nullif(current_setting('request.headers', true), '')::json;
begin
  perform set_config('application_name', left('rest ' || (v_entetes ->> 'x-request-id'), 60), true);
  if v_entetes ->> 'accept' ~* 'vnd\.pgrst\.plan'
     or exists (select from regexp_split_to_table(v_entetes ->> 'prefer', ',') p (preference)
                 where p.preference ~* '^\s*count\M' and p.preference !~* '^\s*count\s*=\s*"?(exact|none)"?\s*$') then
    perform private.refuser('ESTIMATION_INTERDITE');
  end if;
end;
$_$;

--
-- Name: FUNCTION avant_requete(); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.avant_requete() IS 'What PostgREST calls first, as the caller (db_pre_request): refuses whatever would tell the planner''s estimates, which know nothing of who may see what. PostgreSQL''s log names the request by its x-request-id. Raises ESTIMATION_INTERDITE.';

--
-- Name: avertissements(private.mesures, numeric, numeric); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.avertissements(p_mesures private.mesures, p_densite_a_15_kgm3 numeric, p_densite_melange_kgm3 numeric) RETURNS jsonb
    LANGUAGE sql IMMUTABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
  select coalesce(jsonb_agg(a), '[]') from (
    select jsonb_build_object('code', 'TEMPERATURES_ECARTEES', 'phrase',
             format(
               'L''échantillon (%s °C) et le produit (%s °C) ont plus de 10 °C d''écart : vérifiez les deux lectures.',
                    private.nombre_fr(p_mesures.temperature_echantillon_c),
                    private.nombre_fr(p_mesures.temperature_produit_c)))
     where abs(p_mesures.temperature_echantillon_c - p_mesures.temperature_produit_c) > 10
    union all
    select jsonb_build_object('code', 'DENSITE_ECARTEE', 'phrase',
             format(
               'La densité à 15 °C (%s kg/m³) s''écarte de plus de 3 kg/m³ de celle de la citerne (%s kg/m³) : '
               'vérifiez la lecture et le produit.',
                    private.nombre_fr(round(p_densite_a_15_kgm3, 1)),
                    private.nombre_fr(round(p_densite_melange_kgm3, 1))))
     where abs(p_densite_a_15_kgm3 - p_densite_melange_kgm3) > 3) a (a)
$$;

--
-- Name: FUNCTION avertissements(p_mesures private.mesures, p_densite_a_15_kgm3 numeric, p_densite_melange_kgm3 numeric); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.avertissements(p_mesures private.mesures, p_densite_a_15_kgm3 numeric, p_densite_melange_kgm3 numeric) IS 'What is possible but unlikely, as [{code, phrase}]: sample and product more than 10 °C apart (TEMPERATURES_ECARTEES), density at 15 °C more than 3 kg/m³ from the tank''s (DENSITE_ECARTEE). Refuses nothing.';

--
-- Name: blocs_journal; Type: TABLE; Schema: private; Owner: -
--

CREATE TABLE private.blocs_journal (
    numero bigint NOT NULL,
    passe bigint NOT NULL,
    scelle_le timestamp with time zone NOT NULL,
    serveur bigint NOT NULL,
    txid xid8 NOT NULL,
    instantane pg_snapshot NOT NULL,
    lignes uuid[] NOT NULL,
    empreintes bytea[] NOT NULL,
    precedent bytea,
    empreinte bytea NOT NULL,
    CONSTRAINT blocs_journal_check CHECK (((passe >= 1) AND (passe <= numero))),
    CONSTRAINT blocs_journal_check1 CHECK ((cardinality(empreintes) = cardinality(lignes))),
    CONSTRAINT blocs_journal_check2 CHECK (((precedent IS NULL) = (numero = 1))),
    CONSTRAINT blocs_journal_lignes_check CHECK (((cardinality(lignes) >= 1) AND (cardinality(lignes) <= 10000))),
    CONSTRAINT blocs_journal_numero_check CHECK ((numero >= 1))
);

--
-- Name: TABLE blocs_journal; Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON TABLE private.blocs_journal IS 'Sealed log: blocks of up to 10 000 lines of log_actions, chained. Written by private.sceller_journal only. Immutable.';

--
-- Name: COLUMN blocs_journal.numero; Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON COLUMN private.blocs_journal.numero IS 'Place in the chain, from 1, without a gap.';

--
-- Name: COLUMN blocs_journal.passe; Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON COLUMN private.blocs_journal.passe IS 'First block of the pass that wrote this one.';

--
-- Name: COLUMN blocs_journal.scelle_le; Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON COLUMN private.blocs_journal.scelle_le IS 'Taken before the pass had its txid and looked: what it did not see and dates from before was still open.';

--
-- Name: COLUMN blocs_journal.serveur; Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON COLUMN private.blocs_journal.serveur IS 'Identifier of the server: transaction numbers mean nothing on another, where a backup was restored.';

--
-- Name: COLUMN blocs_journal.txid; Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON COLUMN private.blocs_journal.txid IS 'Transaction of the pass: one with a lower number had begun to write before it, one with a higher number writes lines dated after scelle_le. The snapshot''s own end does not tell: it ends at the last transaction that had ended.';

--
-- Name: COLUMN blocs_journal.instantane; Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON COLUMN private.blocs_journal.instantane IS 'Which transactions had ended when the pass looked.';

--
-- Name: COLUMN blocs_journal.lignes; Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON COLUMN private.blocs_journal.lignes IS 'log_actions.id, in the order of the block.';

--
-- Name: COLUMN blocs_journal.empreintes; Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON COLUMN private.blocs_journal.empreintes IS 'SHA-256 of each line, in the same order.';

--
-- Name: COLUMN blocs_journal.precedent; Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON COLUMN private.blocs_journal.precedent IS 'Hash of the block before; null for the first.';

--
-- Name: COLUMN blocs_journal.empreinte; Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON COLUMN private.blocs_journal.empreinte IS 'SHA-256 of everything above: the last one is the head of the chain.';

--
-- Name: borne_scellement(private.blocs_journal); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.borne_scellement(p_dernier private.blocs_journal) RETURNS timestamp with time zone
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
  -- The last pass that every transaction still open at the last one began to write after.
  select coalesce(max(b.scelle_le), '-infinity') - private.tolerance_horloge()
    from private.blocs_journal b
   where b.serveur = (p_dernier).serveur and b.txid <= pg_snapshot_xmin((p_dernier).instantane)
$$;

--
-- Name: FUNCTION borne_scellement(p_dernier private.blocs_journal); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.borne_scellement(p_dernier private.blocs_journal) IS 'The moment before which the last pass, the one that wrote this block, left no line to seal.';

--
-- Name: borner_lignes(); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.borner_lignes() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  c_maximum constant int := 1000;
  v_lignes bigint;
begin
  select count(*) into v_lignes from lignes;
  -- The owner of the tables brings whole databases.
  if v_lignes > c_maximum and not private.possede(tg_relid) then
    perform private.refuser('TROP_DE_LIGNES', jsonb_build_object('lignes', v_lignes, 'maximum', c_maximum));
  end if;
  return null;
end;
$$;

--
-- Name: FUNCTION borner_lignes(); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.borner_lignes() IS 'Bounds the rows that one statement writes, which it knows as lignes: one request never keeps the others waiting for long. Raises TROP_DE_LIGNES.';

--
-- Name: calculer_norme(private.mesures, public.produits, astm.profils_calcul); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.calculer_norme(p_mesures private.mesures, p_produit public.produits, p_profil astm.profils_calcul) RETURNS private.volume_corrige
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  -- A density at 15 °C is one observed at 15 °C, without glass to correct: the same engine serves.
  v_a_15 constant numeric := coalesce(p_mesures.densite_a_15_kgm3, p_mesures.densite_citerne_kgm3);
  v_observee constant boolean := p_mesures.densite_observee_kgm3 is not null;
  v_corrige private.volume_corrige;
begin
  select round(c.volume_15c_l::numeric, 3), round(c.vcf::numeric, 8),
         case when v_observee then round(c.densite_15c_kgm3::numeric, 4) else v_a_15 end, p_profil.methode,
         jsonb_build_object('profil', p_profil.nom, 'groupe', p_produit.groupe_mpms, 'arrondir', p_profil.arrondir,
           'correction_verre', v_observee and p_profil.correction_verre,
           'densite', case when v_observee then 'OBSERVEE' when p_mesures.densite_a_15_kgm3 is not null then 'A_15'
             else 'CITERNE' end,
           'temperature_echantillon', case when p_mesures.temperature_echantillon_c is null
             and v_observee then 'PRODUIT' end)
    into v_corrige
    from astm.calculer_15c(p_produit.groupe_mpms, coalesce(p_mesures.densite_observee_kgm3, v_a_15),
           case when v_observee then coalesce(p_mesures.temperature_echantillon_c, p_mesures.temperature_produit_c)
             else 15 end,
           p_mesures.temperature_produit_c, p_mesures.volume_ambiant, p_profil.methode,
           v_observee and p_profil.correction_verre, 0, p_profil.arrondir) c;
  return v_corrige;
end;
$$;

--
-- Name: FUNCTION calculer_norme(p_mesures private.mesures, p_produit public.produits, p_profil astm.profils_calcul); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.calculer_norme(p_mesures private.mesures, p_produit public.produits, p_profil astm.profils_calcul) IS 'The standard''s way, set by a profile. parametres_15c says which density served (OBSERVEE: read on the sample; A_15: sent as it is at 15 °C; CITERNE: that of the tank) and where the sample''s temperature is taken to be the product''s (PRODUIT). Raises DENSITE_OBSERVEE_REQUISE, ASTM_HORS_DOMAINE.';

--
-- Name: cle_plaque(text); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.cle_plaque(p_plaque text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN regexp_replace(upper((NORMALIZE(p_plaque, NFKC) COLLATE "C")), '[^A-Z0-9]'::text, ''::text, 'g'::text);

--
-- Name: FUNCTION cle_plaque(p_plaque text); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.cle_plaque(p_plaque text) IS 'A plate as it is compared: its letters and digits alone, upper case.';

--
-- Name: date_possible(date); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.date_possible(p_date date) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN ((p_date >= '2000-01-01'::date) AND (p_date < '2050-01-01'::date));

--
-- Name: FUNCTION date_possible(p_date date); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.date_possible(p_date date) IS 'Whether a day is one that a depot can mean: finite, of this half century. Null for null.';

--
-- Name: nouvel_id(); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.nouvel_id() RETURNS uuid
    LANGUAGE sql PARALLEL SAFE
    RETURN (encode(set_bit(set_bit(OVERLAY(uuid_send(gen_random_uuid()) PLACING SUBSTRING(int8send(((EXTRACT(epoch FROM clock_timestamp()) * (1000)::numeric))::bigint) FROM 3) FROM 1 FOR 6), (52)::bigint, 1), (53)::bigint, 1), 'hex'::text))::uuid;

--
-- Name: FUNCTION nouvel_id(); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.nouvel_id() IS 'A UUID of version 7 (RFC 9562, section 5.7): milliseconds since 1970, then 74 random bits. For rows that come in time, whose indexes then grow at one end instead of being rewritten everywhere.';

--
-- Name: plaque_lisible(text); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.plaque_lisible(p_plaque text) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN ((NORMALIZE(p_plaque, NFKC) COLLATE "C") ~ '^[ -~·•‐‑‒–—―‘’°]*$'::text);

--
-- Name: FUNCTION plaque_lisible(p_plaque text); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.plaque_lisible(p_plaque text) IS 'Whether a plate has Latin letters and digits only, and what may stand between them. Null for null.';

--
-- Name: cours_de_route; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.cours_de_route (
    id uuid DEFAULT private.nouvel_id() NOT NULL,
    fournisseur_id uuid NOT NULL,
    depot_destination_id uuid NOT NULL,
    produit_id uuid NOT NULL,
    plaque_camion text NOT NULL,
    plaque_remorque text,
    chauffeur_nom text,
    transporteur text,
    depart_pays text,
    date_chargement date NOT NULL,
    date_chargement_presumee boolean DEFAULT false NOT NULL,
    volume numeric(15,3) NOT NULL,
    statut text DEFAULT 'CHARGEMENT'::text NOT NULL,
    fournisseur_lot_id uuid,
    motif_annulation text,
    note text,
    created_by uuid,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT cours_de_route_chauffeur_nom_check2000 CHECK ((char_length(chauffeur_nom) <= 2000)),
    CONSTRAINT cours_de_route_chauffeur_nom_lisible CHECK (((private.texte_lisible(chauffeur_nom, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'chauffeur_nom'::text))),
    CONSTRAINT cours_de_route_check CHECK (((motif_annulation IS NOT NULL) = (statut = 'ANNULE'::text))),
    CONSTRAINT cours_de_route_created_at_possible CHECK (((private.date_possible(created_at) IS NOT FALSE) OR private.refuser_valeur('DATE_IMPOSSIBLE'::text, 'created_at'::text))),
    CONSTRAINT cours_de_route_date_chargement_possible CHECK (((private.date_possible(date_chargement) IS NOT FALSE) OR private.refuser_valeur('DATE_IMPOSSIBLE'::text, 'date_chargement'::text))),
    CONSTRAINT cours_de_route_depart_pays_check2000 CHECK ((char_length(depart_pays) <= 2000)),
    CONSTRAINT cours_de_route_depart_pays_lisible CHECK (((private.texte_lisible(depart_pays, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'depart_pays'::text))),
    CONSTRAINT cours_de_route_motif_annulation_check2000 CHECK ((char_length(motif_annulation) <= 2000)),
    CONSTRAINT cours_de_route_motif_annulation_lisible CHECK (((private.texte_lisible(motif_annulation, true) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'motif_annulation'::text))),
    CONSTRAINT cours_de_route_note_check2000 CHECK ((char_length(note) <= 2000)),
    CONSTRAINT cours_de_route_note_lisible CHECK (((private.texte_lisible(note, true) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'note'::text))),
    CONSTRAINT cours_de_route_plaque_camion_check CHECK (((private.plaque_lisible(plaque_camion) AND (private.cle_plaque(plaque_camion) <> ''::text)) OR private.refuser_valeur('PLAQUE_INVALIDE'::text, 'plaque_camion'::text))),
    CONSTRAINT cours_de_route_plaque_camion_check2000 CHECK ((char_length(plaque_camion) <= 2000)),
    CONSTRAINT cours_de_route_plaque_camion_lisible CHECK (((private.texte_lisible(plaque_camion, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'plaque_camion'::text))),
    CONSTRAINT cours_de_route_plaque_remorque_check CHECK (((private.plaque_lisible(plaque_remorque) IS NOT FALSE) OR private.refuser_valeur('PLAQUE_INVALIDE'::text, 'plaque_remorque'::text))),
    CONSTRAINT cours_de_route_plaque_remorque_check2000 CHECK ((char_length(plaque_remorque) <= 2000)),
    CONSTRAINT cours_de_route_plaque_remorque_lisible CHECK (((private.texte_lisible(plaque_remorque, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'plaque_remorque'::text))),
    CONSTRAINT cours_de_route_statut_check CHECK ((statut = ANY (ARRAY['CHARGEMENT'::text, 'TRANSIT'::text, 'FRONTIERE'::text, 'ARRIVE'::text, 'DECHARGE'::text, 'ANNULE'::text]))),
    CONSTRAINT cours_de_route_transporteur_check2000 CHECK ((char_length(transporteur) <= 2000)),
    CONSTRAINT cours_de_route_transporteur_lisible CHECK (((private.texte_lisible(transporteur, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'transporteur'::text))),
    CONSTRAINT cours_de_route_volume_check CHECK (((volume > (0)::numeric) AND (volume < '1000000000'::numeric)))
);

--
-- Name: TABLE cours_de_route; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.cours_de_route IS 'One truck on its way from a supplier to a depot.';

--
-- Name: COLUMN cours_de_route.date_chargement; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.cours_de_route.date_chargement IS 'Day the truck was loaded; today at the depot when not said.';

--
-- Name: COLUMN cours_de_route.date_chargement_presumee; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.cours_de_route.date_chargement_presumee IS 'Nobody said the day of loading: it was taken to be the one of the announcement, and gives way to an earlier réception. Written by the database.';

--
-- Name: COLUMN cours_de_route.volume; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.cours_de_route.volume IS 'Litres announced by the supplier, not measured by us.';

--
-- Name: COLUMN cours_de_route.fournisseur_lot_id; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.cours_de_route.fournisseur_lot_id IS 'Lot this truck brings a part of; null while it is in none. Frozen once unloaded.';

--
-- Name: COLUMN cours_de_route.motif_annulation; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.cours_de_route.motif_annulation IS 'Why the truck never came; null unless ANNULE.';

--
-- Name: camion_a_recevoir(uuid, text); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.camion_a_recevoir(p_cours_de_route_id uuid, p_proprietaire_type text) RETURNS public.cours_de_route
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  v_cdr public.cours_de_route;
begin
  if p_cours_de_route_id is null then
    -- A partner's own trucks are none of ours.
    if p_proprietaire_type is distinct from 'PARTENAIRE' then
      perform private.refuser('CDR_REQUIS');
    end if;
    return null;
  end if;
  select * into v_cdr from public.cours_de_route c
   where c.id = p_cours_de_route_id and c.depot_destination_id = any (private.depots_visibles());
  if not found then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'ce cours de route'));
  end if;
  if v_cdr.statut <> 'ARRIVE' then
    perform private.refuser('CDR_NON_ARRIVE', jsonb_build_object('statut', v_cdr.statut));
  end if;
  return v_cdr;
end;
$$;

--
-- Name: FUNCTION camion_a_recevoir(p_cours_de_route_id uuid, p_proprietaire_type text); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.camion_a_recevoir(p_cours_de_route_id uuid, p_proprietaire_type text) IS 'The truck that brings a réception, which is asked again once it is locked; null for a partner''s fuel that comes without one. Raises CDR_REQUIS, INTROUVABLE, CDR_NON_ARRIVE.';

--
-- Name: champ_volume(numeric, numeric); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.champ_volume(p_volume_ambiant numeric, p_volume_observe numeric) RETURNS text
    LANGUAGE sql IMMUTABLE
    RETURN CASE WHEN (p_volume_ambiant IS NOT NULL) THEN 'volume_ambiant'::text WHEN (p_volume_observe IS NOT NULL) THEN 'volume_observe'::text ELSE 'index_apres'::text END;

--
-- Name: FUNCTION champ_volume(p_volume_ambiant numeric, p_volume_observe numeric); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.champ_volume(p_volume_ambiant numeric, p_volume_observe numeric) IS 'The column that a clerk gave the volume in: a refusal of it names that one.';

--
-- Name: citerne_a_servi(uuid); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.citerne_a_servi(p_citerne_id uuid) RETURNS boolean
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  return exists (select from public.receptions r where r.citerne_id = p_citerne_id)
      or exists (select from public.sorties_produit s where s.citerne_id = p_citerne_id)
      or exists (select from public.transferts t where p_citerne_id in (t.citerne_source_id, t.citerne_destination_id))
      or exists (select from public.stocks_initiaux i where i.citerne_id = p_citerne_id)
      or exists (select from public.prises_de_hauteur p where p.citerne_id = p_citerne_id)
      or exists (select from public.stocks_snapshot s where s.citerne_id = p_citerne_id);
end;
$$;

--
-- Name: FUNCTION citerne_a_servi(p_citerne_id uuid); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.citerne_a_servi(p_citerne_id uuid) IS 'Whether anything refers to a tank: a movement, a draft included, a dip, stock. The keys say the same once it is too late for words.';

--
-- Name: citerne_fantome(uuid, text); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.citerne_fantome(p_id uuid, p_nom text) RETURNS boolean
    LANGUAGE sql IMMUTABLE
    RETURN ((private.cle_nom(p_nom) = ANY (ARRAY['tank staging 1'::text, 'tank test'::text])) OR (p_id = ANY (ARRAY['33333333-3333-3333-3333-333333333333'::uuid, '44444444-4444-4444-4444-444444444444'::uuid])));

--
-- Name: FUNCTION citerne_fantome(p_id uuid, p_nom text); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.citerne_fantome(p_id uuid, p_nom text) IS 'Whether a tank is one that must never exist: left by old tests, it holds nothing.';

--
-- Name: citernes_avant_ecriture(); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.citernes_avant_ecriture() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  if private.citerne_fantome(new.id, new.nom) then
    perform private.refuser('CITERNE_FANTOME', jsonb_build_object('nom', new.nom));
  end if;
  perform private.exiger_actifs(new.produit_id, new.depot_id);
  return new;
end;
$$;

--
-- Name: FUNCTION citernes_avant_ecriture(); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.citernes_avant_ecriture() IS 'No tank of old tests, and none of a product or at a depot that is disabled. Raises CITERNE_FANTOME, REFERENTIEL_INACTIF.';

--
-- Name: citernes_fantomes(); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.citernes_fantomes() RETURNS SETOF public.citernes
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
  select c.* from public.citernes c where private.citerne_fantome(c.id, c.nom)
$$;

--
-- Name: FUNCTION citernes_fantomes(); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.citernes_fantomes() IS 'Tanks that must never exist: left by old tests, they hold nothing.';

--
-- Name: citernes_proteger(); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.citernes_proteger() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  v_stock numeric;
begin
  -- Whoever moves fuel there holds the tank's row by its key until they end: they have been waited for.
  if (new.depot_id, new.produit_id) is distinct from (old.depot_id, old.produit_id)
    and private.citerne_a_servi(old.id) then
    perform private.refuser('ECRITURE_INTERDITE', jsonb_build_object('table', 'citernes'));
  end if;
  if (new.statut, new.capacite_totale, new.capacite_securite) is distinct
    from (old.statut, old.capacite_totale, old.capacite_securite) then
    -- Who moves fuel meanwhile waits here, and then finds the tank as it has become.
    perform private.verrouiller_citernes(old.id);
    select coalesce(sum(s.stock_ambiant), 0) into v_stock from public.stocks_snapshot s where s.citerne_id = old.id;
    if v_stock > new.capacite_totale and new.capacite_totale < old.capacite_totale then
      perform private.refuser('CAPACITE_SOUS_LE_STOCK',
        jsonb_build_object('stock', v_stock, 'capacite_totale', new.capacite_totale));
    end if;
  end if;
  return new;
end;
$$;

--
-- Name: FUNCTION citernes_proteger(); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.citernes_proteger() IS 'A tank that has served keeps its product and its depot, and room for what it holds; what decides its movements changes between two of them. Raises ECRITURE_INTERDITE, CAPACITE_SOUS_LE_STOCK, ISOLATION_INTERDITE.';

--
-- Name: cle_au_depot(uuid, text); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.cle_au_depot(p_depot_id uuid, p_cle text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN (((p_depot_id)::text || ' '::text) || p_cle);

--
-- Name: FUNCTION cle_au_depot(p_depot_id uuid, p_cle text); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.cle_au_depot(p_depot_id uuid, p_cle text) IS 'A key that is one of its depot only. One text, for the index to be of no column: one that begins with depot_id alone is read, by the local REST, as one row a depot.';

--
-- Name: code_emetteur(uuid); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.code_emetteur(p_depot_id uuid) RETURNS text
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  v_code text;
begin
  if p_depot_id = '00000000-0000-0000-0000-000000000000' then
    return coalesce((select s.value from public.app_settings s where s.key = 'societe_code'), 'MLX');
  end if;
  select d.code into v_code from public.depots d where d.id = p_depot_id;
  if v_code is null then
    perform private.refuser('DEPOT_SANS_CODE');
  end if;
  return v_code;
end;
$$;

--
-- Name: FUNCTION code_emetteur(p_depot_id uuid); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.code_emetteur(p_depot_id uuid) IS 'What the numbers of a depot begin with; of the company (the nil UUID): the setting societe_code, else MLX. Raises DEPOT_SANS_CODE.';

--
-- Name: compenser(text, uuid, text); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.compenser(p_type text, p_id uuid, p_reason text) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  v_reste private.mouvement;
begin
  perform private.exiger('ajuster_stock');
  v_reste := private.mouvement_valide(p_type, p_id);
  -- Whoever compensates or adjusts it too waits here for this one to end.
  perform private.verrouiller_citernes(v_reste.citerne_id);
  v_reste := private.reste_du_mouvement(p_type, p_id);
  if (v_reste.delta_ambiant = 0 and v_reste.delta_15c = 0)
     or exists (select from public.stocks_adjustments a
                where a.mouvement_type = p_type and a.mouvement_id = p_id and a.compensation) then
    perform private.refuser('INVALID_ID_OR_STATE', jsonb_build_object('id', p_id, 'deja_compense', true));
  end if;
  insert into public.stocks_adjustments (mouvement_type, mouvement_id, delta_ambiant, delta_15c, reason, compensation)
  values (p_type, p_id, -v_reste.delta_ambiant, -v_reste.delta_15c, p_reason, true);
end;
$$;

--
-- Name: FUNCTION compenser(p_type text, p_id uuid, p_reason text); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.compenser(p_type text, p_id uuid, p_reason text) IS 'Takes back what is left of a movement after its adjustments, once. Raises what an adjustment raises, and INVALID_ID_OR_STATE the second time or where nothing is left.';

--
-- Name: exiger_mesures(text, numeric, numeric, numeric, numeric, numeric, numeric, numeric, numeric, numeric); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.exiger_mesures(p_table text, p_index_avant numeric, p_index_apres numeric, p_volume_ambiant numeric, p_volume_15c numeric, p_temperature_ambiante_c numeric, p_temperature_echantillon_c numeric, p_densite_observee_kgm3 numeric, p_densite_a_15_kgm3 numeric, p_vcf numeric) RETURNS boolean
    LANGUAGE plpgsql IMMUTABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  v_colonne text;
begin
  if coalesce(p_index_avant, 0) <@ '[0,1e12)'::numrange and coalesce(p_index_apres, 0) <@ '[0,1e12)'::numrange
     and coalesce(p_volume_ambiant, 0) < 1e9 and coalesce(p_volume_15c, 1) <@ '(0,1e9)'::numrange
     and coalesce(p_temperature_ambiante_c, 0) <@ '[-50,150]'::numrange
     and coalesce(p_temperature_echantillon_c, 0) <@ '[-50,150]'::numrange
     and coalesce(p_densite_observee_kgm3, 400) <@ '[400,1300]'::numrange
     and coalesce(p_densite_a_15_kgm3, 400) <@ '[400,1300]'::numrange
     and coalesce(p_vcf, 1) <@ '[0.5,1.5]'::numrange then
    return true;
  end if;
  v_colonne := case
    when not p_index_avant <@ '[0,1e12)'::numrange then 'index_avant'
    when not p_index_apres <@ '[0,1e12)'::numrange then 'index_apres'
    when not p_volume_ambiant < 1e9 then 'volume_ambiant'
    when not p_volume_15c <@ '(0,1e9)'::numrange then 'volume_corrige_15c'
    when not p_temperature_ambiante_c <@ '[-50,150]'::numrange then 'temperature_ambiante_c'
    when not p_temperature_echantillon_c <@ '[-50,150]'::numrange then 'temperature_echantillon_c'
    when not p_densite_observee_kgm3 <@ '[400,1300]'::numrange then 'densite_observee_kgm3'
    when not p_densite_a_15_kgm3 <@ '[400,1300]'::numrange then 'densite_a_15_kgm3'
    else 'vcf' end;
  raise check_violation using
    message = format('value of column %I is not one that a depot can measure', v_colonne),
    hint = format('Valeur impossible pour %s : vérifiez la saisie.', v_colonne),
    table = p_table, column = v_colonne;
end;
$$;

--
-- Name: FUNCTION exiger_mesures(p_table text, p_index_avant numeric, p_index_apres numeric, p_volume_ambiant numeric, p_volume_15c numeric, p_temperature_ambiante_c numeric, p_temperature_echantillon_c numeric, p_densite_observee_kgm3 numeric, p_densite_a_15_kgm3 numeric, p_vcf numeric); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.exiger_mesures(p_table text, p_index_avant numeric, p_index_apres numeric, p_volume_ambiant numeric, p_volume_15c numeric, p_temperature_ambiante_c numeric, p_temperature_echantillon_c numeric, p_densite_observee_kgm3 numeric, p_densite_a_15_kgm3 numeric, p_vcf numeric) IS 'For the check of a movement: true where every measure given is one that a depot can read (litres, °C, kg/m³; no product expands by half); raises 23514 naming the first column that is not. Ranges refuse NaN as well. One function, because each check''s text is read again at every statement.';

--
-- Name: sortie_entiere(text, text, numeric, numeric, numeric, text, uuid, uuid, uuid, text, text, text, text, text, text); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.sortie_entiere(p_statut text, p_proprietaire_type text, p_volume_ambiant numeric, p_volume_15c numeric, p_volume_corrige_15c numeric, p_methode_15c text, p_validated_by uuid, p_client_id uuid, p_partenaire_id uuid, p_chauffeur_nom text, p_plaque_camion text, p_plaque_remorque text, p_transporteur text, p_note text, p_motif_rejet text) RETURNS boolean
    LANGUAGE plpgsql IMMUTABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  if greatest(char_length(p_chauffeur_nom), char_length(p_plaque_camion), char_length(p_plaque_remorque),
              char_length(p_transporteur), char_length(p_note), char_length(p_motif_rejet)) > 2000 then
    raise check_violation using message = 'value too long for a text of sorties_produit: 2000 characters at most',
      hint = 'Texte trop long : 2000 caractères au plus.', table = 'sorties_produit', column = case
        when char_length(p_note) > 2000 then 'note'
        when char_length(p_motif_rejet) > 2000 then 'motif_rejet'
        when char_length(p_chauffeur_nom) > 2000 then 'chauffeur_nom'
        when char_length(p_transporteur) > 2000 then 'transporteur'
        when char_length(p_plaque_camion) > 2000 then 'plaque_camion'
        else 'plaque_remorque' end;
  end if;
  if not (private.texte_lisible(concat_ws(' ', p_chauffeur_nom, p_plaque_camion, p_plaque_remorque, p_transporteur))
          and private.texte_lisible(concat_ws(' ', p_note, p_motif_rejet), true)) then
    perform private.refuser_valeur('TEXTE_ILLISIBLE', case
      when not private.texte_lisible(p_note, true) then 'note'
      when not private.texte_lisible(p_motif_rejet, true) then 'motif_rejet'
      when not private.texte_lisible(p_chauffeur_nom) then 'chauffeur_nom'
      when not private.texte_lisible(p_transporteur) then 'transporteur'
      when not private.texte_lisible(p_plaque_camion) then 'plaque_camion'
      else 'plaque_remorque' end);
  end if;
  if not private.plaque_lisible(concat_ws(' ', p_plaque_camion, p_plaque_remorque)) then
    perform private.refuser_valeur('PLAQUE_INVALIDE',
      case when private.plaque_lisible(p_plaque_remorque) is false then 'plaque_remorque' else 'plaque_camion' end);
  end if;
  return p_proprietaire_type in ('MONALUXE', 'PARTENAIRE')
    and (p_statut in ('brouillon', 'rejetee')
         or (p_statut = 'validee' and p_volume_ambiant > 0 and p_volume_corrige_15c = p_volume_15c
             and num_nulls(p_volume_ambiant, p_volume_15c, p_methode_15c, p_validated_by) = 0
             and num_nonnulls(p_client_id, p_partenaire_id) > 0));
end;
$$;

--
-- Name: FUNCTION sortie_entiere(p_statut text, p_proprietaire_type text, p_volume_ambiant numeric, p_volume_15c numeric, p_volume_corrige_15c numeric, p_methode_15c text, p_validated_by uuid, p_client_id uuid, p_partenaire_id uuid, p_chauffeur_nom text, p_plaque_camion text, p_plaque_remorque text, p_transporteur text, p_note text, p_motif_rejet text); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.sortie_entiere(p_statut text, p_proprietaire_type text, p_volume_ambiant numeric, p_volume_15c numeric, p_volume_corrige_15c numeric, p_methode_15c text, p_validated_by uuid, p_client_id uuid, p_partenaire_id uuid, p_chauffeur_nom text, p_plaque_camion text, p_plaque_remorque text, p_transporteur text, p_note text, p_motif_rejet text) IS 'For the check of a sortie: a known state and owner; texts of a page at most that people can read, plates too; once validated, both volumes, the method, who validated it and for whom it is. Raises 23514 naming the text that is too long; TEXTE_ILLISIBLE, PLAQUE_INVALIDE.';

--
-- Name: sorties_produit; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.sorties_produit (
    id uuid DEFAULT private.nouvel_id() NOT NULL,
    citerne_id uuid NOT NULL,
    produit_id uuid NOT NULL,
    depot_id uuid NOT NULL,
    client_id uuid,
    partenaire_id uuid,
    proprietaire_type text DEFAULT 'MONALUXE'::text NOT NULL,
    index_avant numeric(15,3),
    index_apres numeric(15,3),
    volume_ambiant numeric(15,3),
    temperature_ambiante_c numeric(6,2),
    temperature_echantillon_c numeric(6,2),
    densite_observee_kgm3 numeric(10,6),
    densite_a_15 numeric(10,6),
    densite_a_15_kgm3 numeric(10,6),
    vcf numeric(12,8),
    methode_15c text,
    parametres_15c jsonb,
    avertissements jsonb DEFAULT '[]'::jsonb NOT NULL,
    volume_15c numeric(15,3),
    volume_corrige_15c numeric(15,3),
    date_sortie timestamp with time zone DEFAULT now() NOT NULL,
    date_jour date NOT NULL,
    statut text DEFAULT 'brouillon'::text NOT NULL,
    chauffeur_nom text,
    plaque_camion text,
    plaque_remorque text,
    transporteur text,
    note text,
    motif_rejet text,
    version integer DEFAULT 1 NOT NULL,
    created_by uuid NOT NULL,
    validated_by uuid,
    updated_by uuid,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT sorties_produit_check CHECK (private.exiger_mesures('sorties_produit'::text, index_avant, index_apres, volume_ambiant, volume_15c, temperature_ambiante_c, temperature_echantillon_c, densite_observee_kgm3, densite_a_15_kgm3, vcf)),
    CONSTRAINT sorties_produit_date_sortie_check CHECK ((date_sortie >= '2020-01-01 00:00:00+00'::timestamp with time zone)),
    CONSTRAINT sorties_produit_date_sortie_possible CHECK (((private.date_possible(date_sortie) IS NOT FALSE) OR private.refuser_valeur('DATE_IMPOSSIBLE'::text, 'date_sortie'::text))),
    CONSTRAINT sorties_produit_statut_check CHECK (private.sortie_entiere(statut, proprietaire_type, volume_ambiant, volume_15c, volume_corrige_15c, methode_15c, validated_by, client_id, partenaire_id, chauffeur_nom, plaque_camion, plaque_remorque, transporteur, note, motif_rejet))
)
WITH (fillfactor='80');

--
-- Name: TABLE sorties_produit; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.sorties_produit IS 'Fuel measured out of a tank. A draft until validate_sortie or rejeter_sortie; immutable afterwards.';

--
-- Name: COLUMN sorties_produit.citerne_id; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.sorties_produit.citerne_id IS 'Refers to the tank alone: the client embeds it by this column, which a key of three would not allow. Its product and depot are those of its stock, whose key says all three, and a tank that has served keeps both.';

--
-- Name: COLUMN sorties_produit.depot_id; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.sorties_produit.depot_id IS 'Depot of the tank; written by the database, so that the tank''s own reference to it is enough.';

--
-- Name: COLUMN sorties_produit.volume_ambiant; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.sorties_produit.volume_ambiant IS 'Litres as measured; from the meter indices at validation where not given.';

--
-- Name: COLUMN sorties_produit.temperature_ambiante_c; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.sorties_produit.temperature_ambiante_c IS 'Temperature of the product, °C: the volume is corrected from it.';

--
-- Name: COLUMN sorties_produit.temperature_echantillon_c; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.sorties_produit.temperature_echantillon_c IS 'Temperature of the sample whose density was read, °C.';

--
-- Name: COLUMN sorties_produit.densite_observee_kgm3; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.sorties_produit.densite_observee_kgm3 IS 'Density read on the sample, kg/m³. One sent in kg/L (below 2) is multiplied by 1000: six decimals, so that none is lost before.';

--
-- Name: COLUMN sorties_produit.densite_a_15_kgm3; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.sorties_produit.densite_a_15_kgm3 IS 'Density at 15 °C, kg/m³; densite_a_15 is the same figure under its older name.';

--
-- Name: COLUMN sorties_produit.vcf; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.sorties_produit.vcf IS 'Volume correction factor to 15 °C that was used.';

--
-- Name: COLUMN sorties_produit.methode_15c; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.sorties_produit.methode_15c IS 'Method that gave volume_15c; null on a draft.';

--
-- Name: COLUMN sorties_produit.parametres_15c; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.sorties_produit.parametres_15c IS 'How the method was set, and what the client had computed: with the measures, all it takes to compute volume_15c again.';

--
-- Name: COLUMN sorties_produit.avertissements; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.sorties_produit.avertissements IS 'What was possible but unlikely when it was validated, [{code, phrase}]: see private.avertissements; empty on a draft.';

--
-- Name: COLUMN sorties_produit.volume_15c; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.sorties_produit.volume_15c IS 'Litres at 15 °C: on a draft what the client sent, once validated what the database computed.';

--
-- Name: COLUMN sorties_produit.volume_corrige_15c; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.sorties_produit.volume_corrige_15c IS 'volume_15c under its older name: always the same figure.';

--
-- Name: COLUMN sorties_produit.date_sortie; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.sorties_produit.date_sortie IS 'Moment of the sortie: its day at the depot decides the day of stock. Never in the future.';

--
-- Name: COLUMN sorties_produit.date_jour; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.sorties_produit.date_jour IS 'Day of date_sortie at the depot, the day of stock; written by the database.';

--
-- Name: COLUMN sorties_produit.motif_rejet; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.sorties_produit.motif_rejet IS 'Why it was rejected.';

--
-- Name: COLUMN sorties_produit.version; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.sorties_produit.version IS 'Counts the changes of the draft, from 1: what was validated is the draft of this version. Written by the database.';

--
-- Name: COLUMN sorties_produit.updated_by; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.sorties_produit.updated_by IS 'Who last changed the draft. Not a foreign key, as in the log.';

--
-- Name: COLUMN sorties_produit.updated_at; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.sorties_produit.updated_at IS 'When the draft was last changed.';

--
-- Name: completer_brouillon(public.sorties_produit, uuid, private.lieu); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.completer_brouillon(p_sortie public.sorties_produit, p_auteur uuid, p_lieu private.lieu) RETURNS public.sorties_produit
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  if (p_lieu.citerne).id is null or p_sortie.produit_id <> (p_lieu.citerne).produit_id then
    perform private.refuser('CITERNE_INACTIVE_OR_INCOMPATIBLE', jsonb_build_object('citerne_id', p_sortie.citerne_id));
  end if;
  perform private.exiger_actifs(p_client_id => p_sortie.client_id);
  p_sortie.depot_id := (p_lieu.citerne).depot_id;
  p_sortie.produit_id := coalesce(p_sortie.produit_id, (p_lieu.citerne).produit_id);
  p_sortie.date_sortie := coalesce(p_sortie.date_sortie, now());
  p_sortie.date_jour := private.jour_local((p_lieu.depot).fuseau, p_sortie.date_sortie);
  p_sortie.densite_observee_kgm3 := private.en_kgm3(p_sortie.densite_observee_kgm3);
  p_sortie.densite_a_15 := private.en_kgm3(p_sortie.densite_a_15);
  p_sortie.densite_a_15_kgm3 := private.en_kgm3(p_sortie.densite_a_15_kgm3);
  perform private.exiger_accord('densite_a_15', p_sortie.densite_a_15, 'densite_a_15_kgm3', p_sortie.densite_a_15_kgm3);
  perform private.exiger_accord('volume_15c', p_sortie.volume_15c, 'volume_corrige_15c', p_sortie.volume_corrige_15c);
  p_sortie.volume_15c := coalesce(p_sortie.volume_corrige_15c, p_sortie.volume_15c);
  p_sortie.volume_corrige_15c := p_sortie.volume_15c;
  p_sortie.densite_a_15_kgm3 := coalesce(p_sortie.densite_a_15_kgm3, p_sortie.densite_a_15);
  p_sortie.densite_a_15 := p_sortie.densite_a_15_kgm3;
  p_sortie.vcf := null;
  p_sortie.methode_15c := null;
  p_sortie.parametres_15c := null;
  p_sortie.avertissements := '[]';
  p_sortie.motif_rejet := null;
  p_sortie.version := 1;
  p_sortie.created_by := p_auteur;
  p_sortie.validated_by := null;
  p_sortie.updated_by := p_auteur;
  p_sortie.updated_at := now();
  p_sortie.created_at := now();
  return p_sortie;
end;
$$;

--
-- Name: FUNCTION completer_brouillon(p_sortie public.sorties_produit, p_auteur uuid, p_lieu private.lieu); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.completer_brouillon(p_sortie public.sorties_produit, p_auteur uuid, p_lieu private.lieu) IS 'A draft with what the server writes of it: product, depot, day, author, densities in kg/m³; its client is not disabled. Raises CITERNE_INACTIVE_OR_INCOMPATIBLE, REFERENTIEL_INACTIF, MESURES_INCOHERENTES.';

--
-- Name: compter_demande(uuid, text); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.compter_demande(p_user_id uuid, p_route text) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  v_maintenant constant timestamptz := clock_timestamp();
  v_nombre int;
  v_limite int;
begin
  insert into private.limites_compteurs as c (user_id, route, minute, nombre)
  values (p_user_id, p_route, date_trunc('minute', v_maintenant), 1)
  on conflict (user_id, route) do update
     set nombre = case when c.minute >= excluded.minute then c.nombre + 1 else 1 end,
         minute = greatest(c.minute, excluded.minute)
  returning nombre into v_nombre;

  if v_nombre = 1 then
    delete from private.limites_compteurs c
     where (c.user_id, c.route) in (
       select v.user_id, v.route from private.limites_compteurs v
        where v.minute < v_maintenant - interval '1 hour' limit 100 for update skip locked);
  end if;

  select l.par_minute into v_limite from private.limites l
   where l.route in (p_route, split_part(p_route, ' ', 1)) order by length(l.route) desc limit 1;
  if v_nombre > v_limite then
    perform private.refuser('TROP_DE_DEMANDES',
      jsonb_build_object('attendre_s', ceil(60 - extract(second from v_maintenant))::int, 'par_minute', v_limite));
  end if;
end;
$$;

--
-- Name: FUNCTION compter_demande(p_user_id uuid, p_route text); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.compter_demande(p_user_id uuid, p_route text) IS 'Counts one request of a user to a door. Called by the doors before anything else, in a transaction of its own: a request that is refused later has been counted, and nobody waits for it. Forgets what is an hour old. Raises TROP_DE_DEMANDES.';

--
-- Name: compter_mouvements(); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.compter_mouvements() RETURNS TABLE(quoi text, lignes bigint)
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  -- In PL/pgSQL, because tables of later chapters are named.
  return query
  select 'factures_fournisseur_receptions', count(*) from public.factures_fournisseur_receptions
  union all select 'fournisseur_paiement_lot_min', count(*) from public.fournisseur_paiement_lot_min
  union all select 'fournisseur_facture_lot_min', count(*) from public.fournisseur_facture_lot_min
  union all select 'ecarts', count(*) from public.ecarts
  union all select 'ecritures_tiers', count(*) from public.ecritures_tiers
  union all select 'receptions', count(*) from public.receptions
  union all select 'sorties_produit', count(*) from public.sorties_produit
  union all select 'transferts', count(*) from public.transferts
  union all select 'dilatations', count(*) from public.dilatations
  union all select 'stocks_adjustments', count(*) from public.stocks_adjustments
  union all select 'stocks_initiaux', count(*) from public.stocks_initiaux
  union all select 'prises_de_hauteur', count(*) from public.prises_de_hauteur
  union all select 'stocks_journaliers', count(*) from public.stocks_journaliers
  union all select 'stocks_snapshot', count(*) from public.stocks_snapshot
  union all select 'log_actions (mouvements)', count(*) from public.log_actions l
             where l.module in ('receptions', 'sorties', 'stocks')
  union all select 'cours_de_route', count(*) from public.cours_de_route;
end;
$$;

--
-- Name: FUNCTION compter_mouvements(); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.compter_mouvements() IS 'Rows of every table that private.vider_mouvements() empties, in its order, and the CDR that it keeps.';

--
-- Name: constats; Type: TABLE; Schema: private; Owner: -
--

CREATE TABLE private.constats (
    check_code text NOT NULL,
    entity_type text NOT NULL,
    entity_id uuid NOT NULL,
    severity text NOT NULL,
    message text NOT NULL,
    payload jsonb NOT NULL,
    depot_id uuid,
    detected_at timestamp with time zone DEFAULT now() NOT NULL
);

--
-- Name: TABLE constats; Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON TABLE private.constats IS 'What the last nightly pass found.';

--
-- Name: constats_vus(); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.constats_vus() RETURNS SETOF private.constats
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  return query
    select c.* from private.constats c
     where auth.uid() is null
        or (c.depot_id is null and private.peut('voir_tous_depots'))
        or c.depot_id = any (private.depots_visibles());
  if auth.uid() is null or private.peut('voir_tous_depots') then
    return query
      select 'PASSAGE_ABSENT', 'PASSAGE', md5(p.nom)::uuid, k.severity,
             format('Le contrôle de la nuit n''a pas tourné depuis %s h.',
               round(extract(epoch from now() - p.le) / 3600)),
             jsonb_build_object('nom', p.nom, 'le', p.le), null::uuid, now()
        from private.passages p cross join lateral private.controle('PASSAGE_ABSENT') k
       where p.nom = 'nuit' and k.code is not null and p.le < now() - k.seuil * interval '1 hour';
  end if;
end;
$$;

--
-- Name: FUNCTION constats_vus(); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.constats_vus() IS 'What the last nightly pass found, of depots the caller sees; and that it is late, where it is.';

--
-- Name: contrepasser(uuid, date, text); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.contrepasser(p_ecriture_id uuid, p_date_valeur date, p_libelle text) RETURNS uuid
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  v_ecriture public.ecritures_tiers;
  v_opposee public.ecritures_tiers;
  v_id uuid;
begin
  select * into strict v_ecriture from public.ecritures_tiers e where e.id = p_ecriture_id;
  perform private.verrouiller_tiers(v_ecriture.tiers_type, v_ecriture.tiers_id);
  if v_ecriture.type = 'CONTREPASSATION'
     or exists (select from public.ecritures_tiers e where e.contrepasse_id = p_ecriture_id) then
    perform private.refuser('ECRITURE_CONTREPASSEE', jsonb_build_object('reference', v_ecriture.reference));
  end if;
  insert into private.lettrages (debit_id, credit_id, montant, annule_id, created_by)
  select l.debit_id, l.credit_id, -l.montant, l.id, auth.uid()
    from private.lettrages l
   where p_ecriture_id in (l.debit_id, l.credit_id) and l.annule_id is null
     and not exists (select from private.lettrages a where a.annule_id = l.id);
  v_opposee := v_ecriture;
  v_opposee.type := 'CONTREPASSATION';
  v_opposee.contrepasse_id := p_ecriture_id;
  v_opposee.debit := v_ecriture.credit;
  v_opposee.credit := v_ecriture.debit;
  v_opposee.date_valeur := greatest(p_date_valeur, v_ecriture.date_valeur);
  v_opposee.echeance := null;
  v_opposee.libelle := p_libelle;
  v_id := private.ecrire_compte(v_opposee);
  -- The two settle one another: neither waits for anything more.
  if v_ecriture.debit > 0 then
    perform private.lettrer(p_ecriture_id, v_id, v_ecriture.debit);
  else
    perform private.lettrer(v_id, p_ecriture_id, v_ecriture.credit);
  end if;
  return v_id;
end;
$$;

--
-- Name: FUNCTION contrepasser(p_ecriture_id uuid, p_date_valeur date, p_libelle text); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.contrepasser(p_ecriture_id uuid, p_date_valeur date, p_libelle text) IS 'Takes an entry back by its exact opposite, once: what it had settled is open again, and the two settle one another. Raises ECRITURE_CONTREPASSEE, LETTRAGE_INCOMPATIBLE, LETTRAGE_EXCESSIF, ISOLATION_INTERDITE, ECRITURES_GELEES.';

--
-- Name: controles; Type: TABLE; Schema: private; Owner: -
--

CREATE TABLE private.controles (
    code text NOT NULL,
    severity text NOT NULL,
    actif boolean DEFAULT true NOT NULL,
    seuil numeric,
    dit text NOT NULL,
    CONSTRAINT controles_code_check CHECK ((code ~ '^[A-Z0-9_]+$'::text)),
    CONSTRAINT controles_severity_check CHECK ((severity = ANY (ARRAY['CRITICAL'::text, 'WARN'::text])))
);

--
-- Name: TABLE controles; Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON TABLE private.controles IS 'The checks. An environment may switch one off, or set its threshold.';

--
-- Name: COLUMN controles.seuil; Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON COLUMN private.controles.seuil IS 'Threshold, in the unit that dit says; null where there is none.';

--
-- Name: COLUMN controles.dit; Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON COLUMN private.controles.dit IS 'In French: what it says, and the unit of its threshold.';

--
-- Name: controle(text); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.controle(p_code text) RETURNS private.controles
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  v_controle private.controles;
begin
  select * into v_controle from private.controles c where c.code = p_code and c.actif;
  return v_controle;
end;
$$;

--
-- Name: FUNCTION controle(p_code text); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.controle(p_code text) IS 'A check that is on; null of one that is off.';

--
-- Name: controler_journal(bigint, text); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.controler_journal(p_bloc bigint DEFAULT NULL::bigint, p_empreinte text DEFAULT NULL::text) RETURNS TABLE(probleme text, bloc bigint, ligne_id uuid, constat jsonb)
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET work_mem TO '128MB'
    AS $$
declare
  v_serveur constant bigint := private.serveur();
  v_dernier private.blocs_journal;
begin
  select * into v_dernier from private.blocs_journal b order by b.numero desc limit 1;

  return query
  select 'BLOC_ALTERE', b.numero, null::uuid,
    jsonb_build_object('scelle_le', b.scelle_le, 'lignes', cardinality(b.lignes))
    from private.blocs_journal b where b.empreinte <> private.empreinte_bloc(b)
  union all
  select case when c.manquants > 0 then 'BLOC_SUPPRIME' else 'CHAINE_ROMPUE' end, c.numero - sign(c.manquants)::int,
    null,
         jsonb_build_object('avant_le_bloc', c.numero, 'manquants', c.manquants)
    from (
      select b.numero, b.precedent, b.numero - 1 - coalesce(lag(b.numero) over chaine, 0) as manquants,
             lag(b.empreinte) over chaine as attendu
        from private.blocs_journal b window chaine as (order by b.numero)
    ) c
   where c.manquants > 0 or c.precedent is distinct from c.attendu
  union all
  select case when v_dernier.numero is null or v_dernier.numero < p_bloc then 'BLOC_SUPPRIME' else 'CHAINE_REFAITE' end,
         p_bloc, null, jsonb_build_object('attendu', p_empreinte, 'dernier_bloc', v_dernier.numero)
           -- Restored since, it is the backup's chain: whoever compares a head is told so, by the log itself.
           || coalesce((select jsonb_build_object('restauree_le', l.created_at, 'restauration', l.details - 'perdus')
                          from public.log_actions l where l.action = 'BASE_RESTAUREE'
                         order by l.created_at desc limit 1), '{}')
   where p_bloc is not null
     and not exists (select from private.blocs_journal b
                      where b.numero = p_bloc and encode(b.empreinte, 'hex') = lower(btrim(p_empreinte)));

  -- What no block holds proves nothing: silence about it would read as proof.
  return query
  select case when e.bloc is null then 'JAMAIS_SCELLE' else 'SCELLEMENT_EN_RETARD' end, e.bloc, null::uuid,
         jsonb_build_object('lignes', e.lignes_en_attente, 'depuis', e.attend_depuis)
    from private.etat_scellement() e
   where e.lignes_en_attente > 0 and (e.bloc is null or e.attend_depuis < now() - private.patience_scellement());

  return query
  select case when s.id is null then 'LIGNE_INSEREE' when l.id is null then 'LIGNE_SUPPRIMEE' else 'LIGNE_ALTEREE' end,
         s.numero, coalesce(l.id, s.id),
         (select to_jsonb(t) from public.log_actions t where t.id = l.id)
    from (select b.numero, u.id, u.empreinte
            from private.blocs_journal b cross join unnest(b.lignes, b.empreintes) as u (id, empreinte)) s
    full join (select t.id, private.empreinte_ligne(t) as empreinte, private.ligne_recente(t, v_dernier, v_serveur) as
      recente
                 from public.log_actions t) l on l.id = s.id
   where l.id is null
      or (s.id is null and not l.recente)
      or s.empreinte <> l.empreinte;
end;
$$;

--
-- Name: FUNCTION controler_journal(p_bloc bigint, p_empreinte text); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.controler_journal(p_bloc bigint, p_empreinte text) IS 'What public.verifier_journal answers, for the project itself: no user, no role.';

--
-- Name: controler_tout(); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.controler_tout() RETURNS bigint
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  v_debut constant timestamptz := clock_timestamp();
  v_constats bigint;
begin
  if not pg_try_advisory_xact_lock(hashtextextended('alertes:nuit', 0)) then
    return null;
  end if;
  delete from private.constats;
  insert into private.constats (check_code, entity_type, entity_id, severity, message, payload, depot_id)
  select c.code, f.entity_type, f.entity_id, c.severity, f.message, f.payload, f.depot_id
    from (
      select 'STOCK_INCOHERENT' as code, 'CITERNE_STOCK' as entity_type, s.citerne_id as entity_id,
             format('Le stock ne concorde pas avec ses mouvements (%s).', string_agg(distinct s.probleme, ', ')) as
               message,
             jsonb_build_object('citerne_id', s.citerne_id, 'lignes', jsonb_agg(to_jsonb(s))) as payload,
             (select t.depot_id from public.citernes t where t.id = s.citerne_id) as depot_id
        from public.verifier_stocks() s group by s.citerne_id
      union all
      select 'MOUVEMENT_ALTERE', m.mouvement_type, m.mouvement_id,
        'Un mouvement n''est plus ce que le journal en a dit.',
             jsonb_build_object('lignes', jsonb_agg(to_jsonb(m))), null
        from public.verifier_mouvements() m where m.mouvement_id is not null group by m.mouvement_type, m.mouvement_id
      union all
      select 'NUMEROTATION_TROU', 'SERIE', md5(concat_ws('/', s.depot_id, s.serie, s.exercice))::uuid,
             format('La série %s %s a un trou : %s numéros émis, %s expliqués, dernier %s.', s.serie, s.exercice,
               s.emis,
                    s.expliques, s.dernier), to_jsonb(s), nullif(s.depot_id, '00000000-0000-0000-0000-000000000000')
        from private.verifier_series() s
      union all
      select 'COMPTE_TIERS_INCOHERENT', 'ECRITURE', v.ecriture_id, 'Le compte d''un tiers ne concorde pas.',
             jsonb_build_object('lignes', jsonb_agg(to_jsonb(v))), null
        from private.verifier_comptes() v group by v.ecriture_id
    ) f (code, entity_type, entity_id, message, payload, depot_id)
   cross join lateral private.controle(f.code) c
   where c.code is not null;
  get diagnostics v_constats = row_count;
  perform private.noter_passage('nuit', v_debut);
  return v_constats;
end;
$$;

--
-- Name: FUNCTION controler_tout(); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.controler_tout() IS 'The checks that read all history; what they find stands until the next time. Returns how many facts, null where another is at it.';

--
-- Name: coordonnees_fournisseurs(); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.coordonnees_fournisseurs() RETURNS TABLE(id uuid, nom text, contact_personne text, email text, telephone text, adresse text, pays text, note_supplementaire text, created_at timestamp with time zone, actif boolean)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
  select f.id, f.nom, f.contact_personne, f.email, f.telephone, f.adresse, f.pays, f.note_supplementaire, f.created_at,
         f.actif
    from public.fournisseurs f
   where (select private.peut('lire_coordonnees_fournisseurs'))
$$;

--
-- Name: FUNCTION coordonnees_fournisseurs(); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.coordonnees_fournisseurs() IS 'Suppliers with their contacts, addresses and notes, for those who may read them; no row for anybody else.';

--
-- Name: cours_de_route_avant_insert(); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.cours_de_route_avant_insert() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  perform private.exiger('ecrire_cours_de_route');
  if not coalesce(new.depot_destination_id = any (private.depots_visibles()), false) then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'le dépôt de destination'));
  end if;
  if new.statut <> 'CHARGEMENT' then
    perform private.refuser('CDR_TRANSITION_INTERDITE', jsonb_build_object('de', '(nouveau)', 'vers', new.statut));
  end if;

  new.plaque_camion := upper(btrim(new.plaque_camion));
  new.date_chargement_presumee := new.date_chargement is null;
  new.date_chargement := coalesce(new.date_chargement, private.jour_au_depot(new.depot_destination_id, now()));
  new.created_by := auth.uid();
  new.created_at := now();

  new.motif_annulation := null;

  perform private.exiger_actifs(new.produit_id, new.depot_destination_id, null, new.fournisseur_id);
  perform private.exiger_camion_libre(new);
  perform private.exiger_rattachement(null, new);
  return new;
end;
$$;

--
-- Name: FUNCTION cours_de_route_avant_insert(); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.cours_de_route_avant_insert() IS 'A new CDR starts at CHARGEMENT, at a depot its author sees, one open CDR a truck and depot, nothing disabled. Raises ROLE_FORBIDDEN, INTROUVABLE, REFERENTIEL_INACTIF, CDR_TRANSITION_INTERDITE, CDR_DEJA_OUVERT, LOT_NON_OUVERT, LOT_INCOMPATIBLE.';

--
-- Name: cours_de_route_avant_suppression(); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.cours_de_route_avant_suppression() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  if exists (select from public.receptions r where r.cours_de_route_id = old.id) then
    perform private.refuser('CDR_RECU', jsonb_build_object('plaque_camion', old.plaque_camion));
  end if;
  return old;
end;
$$;

--
-- Name: FUNCTION cours_de_route_avant_suppression(); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.cours_de_route_avant_suppression() IS 'Only a truck that nothing refers to may go. Raises CDR_RECU.';

--
-- Name: cours_de_route_avant_update(); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.cours_de_route_avant_update() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  c_suivant constant jsonb := '{"CHARGEMENT":"TRANSIT","TRANSIT":"FRONTIERE","FRONTIERE":"ARRIVE","ARRIVE":"DECHARGE"}';
begin
  perform private.exiger_rattachement(old, new);
  if old.statut in ('DECHARGE', 'ANNULE') then
    perform private.refuser('ECRITURE_INTERDITE', jsonb_build_object('table', 'cours_de_route'));
  end if;
  if new.statut = 'ANNULE' then
    perform private.exiger('annuler_cours_de_route');
    perform private.exiger_motif(new.motif_annulation, 3);
    new.motif_annulation := private.texte_net(new.motif_annulation);
  else
    new.motif_annulation := null;
  end if;
  if new.statut not in (old.statut, 'ANNULE')
     and (new.statut is distinct from c_suivant ->> old.statut
          or (new.statut = 'DECHARGE'
              and not exists (select from public.receptions r where r.cours_de_route_id = new.id))) then
    perform private.refuser('CDR_TRANSITION_INTERDITE', jsonb_build_object('de', old.statut, 'vers', new.statut));
  end if;
  new.id := old.id;
  new.date_chargement_presumee := old.date_chargement_presumee
    and (new.date_chargement = old.date_chargement or new.statut = 'DECHARGE');
  new.plaque_camion := upper(btrim(new.plaque_camion));
  perform private.exiger_actifs(nullif(new.produit_id, old.produit_id),
    nullif(new.depot_destination_id, old.depot_destination_id),
    null, nullif(new.fournisseur_id, old.fournisseur_id));
  if (new.plaque_camion, new.depot_destination_id) is distinct from (old.plaque_camion, old.depot_destination_id)
     and new.statut not in ('DECHARGE', 'ANNULE') then
    perform private.exiger_camion_libre(new);
  end if;
  new.created_by := old.created_by;
  new.created_at := old.created_at;
  return new;
end;
$$;

--
-- Name: FUNCTION cours_de_route_avant_update(); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.cours_de_route_avant_update() IS 'One step forward at a time; DECHARGE only once a réception exists, ANNULE with a reason; nothing changes after either. Raises CDR_TRANSITION_INTERDITE, CDR_DEJA_OUVERT, REFERENTIEL_INACTIF, ECRITURE_INTERDITE, ROLE_FORBIDDEN, MOTIF_REQUIS, INTROUVABLE, LOT_NON_OUVERT, LOT_INCOMPATIBLE, LOT_CDR_DECHARGE.';

--
-- Name: cours_de_route_journaliser(); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.cours_de_route_journaliser() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  -- A day that nobody had said, and that the réception moved.
  v_presumee constant boolean := tg_op = 'UPDATE' and new.statut = 'DECHARGE' and old.date_chargement_presumee
    and new.date_chargement <> old.date_chargement;
  v_dites constant text[] := '{statut,motif_annulation,fournisseur_lot_id}'::text[]
    || case when v_presumee then '{date_chargement}'::text[] else '{}' end;
begin
  if tg_op = 'INSERT' then
    perform private.journaliser('CDR_CREE', 'cours_de_route', 'INFO', new.id, new.depot_destination_id,
      jsonb_build_object('plaque_camion', new.plaque_camion, 'volume', new.volume));
  elsif tg_op = 'DELETE' then
    perform private.journaliser('CDR_SUPPRIME', 'cours_de_route', 'CRITICAL', old.id, old.depot_destination_id,
      jsonb_build_object('avant', to_jsonb(old)));
    return null;
  elsif new.statut = 'ANNULE' and old.statut <> 'ANNULE' then
    perform private.journaliser('CDR_ANNULE', 'cours_de_route', 'WARNING', new.id, new.depot_destination_id,
      jsonb_build_object('de', old.statut, 'motif', new.motif_annulation, 'plaque_camion', new.plaque_camion));
  elsif new.statut <> old.statut then
    perform private.journaliser('CDR_STATUT', 'cours_de_route', 'INFO', new.id, new.depot_destination_id,
      jsonb_build_object('de', old.statut, 'vers', new.statut)
        || case when v_presumee then jsonb_build_object('date_chargement', new.date_chargement) else '{}' end);
  end if;
  if new.fournisseur_lot_id is distinct from old.fournisseur_lot_id then
    perform private.journaliser(case when new.fournisseur_lot_id is null then 'CDR_DELIE_LOT' else 'CDR_LIE_LOT' end,
      'cours_de_route', 'INFO', new.id, new.depot_destination_id,
      jsonb_build_object('de', old.fournisseur_lot_id, 'vers', new.fournisseur_lot_id));
  end if;
  -- A move may bring along other changes.
  if tg_op = 'UPDATE'
     and to_jsonb(new) - v_dites <> to_jsonb(old) - v_dites then
    perform private.journaliser('CDR_MODIFIE', 'cours_de_route', 'INFO', new.id, new.depot_destination_id,
      jsonb_build_object('avant', to_jsonb(old), 'apres', to_jsonb(new)));
  end if;
  return null;
end;
$$;

--
-- Name: FUNCTION cours_de_route_journaliser(); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.cours_de_route_journaliser() IS 'Logs CDR_CREE, CDR_STATUT, CDR_ANNULE, CDR_LIE_LOT, CDR_DELIE_LOT, CDR_MODIFIE and CDR_SUPPRIME.';

--
-- Name: date_de_document(date); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.date_de_document(p_jour date) RETURNS void
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  v_aujourdhui constant date := private.jour_local('Africa/Lubumbashi', now());
begin
  -- The client sends local times without their offset: a day ahead is no future.
  if p_jour > v_aujourdhui + 1 then
    perform private.refuser('DATE_FUTURE', jsonb_build_object('aujourdhui', v_aujourdhui));
  end if;
end;
$$;

--
-- Name: FUNCTION date_de_document(p_jour date); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.date_de_document(p_jour date) IS 'A document is not of a day beyond tomorrow. Raises DATE_FUTURE.';

--
-- Name: debiter_citerne(text, uuid, uuid, uuid, uuid, text, date, numeric, numeric, text); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.debiter_citerne(p_type text, p_id uuid, p_citerne_id uuid, p_produit_id uuid, p_depot_id uuid, p_proprietaire_type text, p_jour date, p_volume numeric, p_volume_15c numeric, p_methode_15c text) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  v_norme constant boolean := p_methode_15c <> 'LEGACY';
  v_dilatation numeric := 0;
  v_reste record;
begin
  -- Debited at once where that is all it takes; anything else is looked at in its order before it is done or refused.
  if not private.deplacer_jours(p_citerne_id, p_produit_id, p_proprietaire_type, p_jour, p_jour, -p_volume,
    -p_volume_15c,
                                false) then
    perform private.exiger_disponible(p_citerne_id, p_produit_id, p_proprietaire_type, p_volume, p_volume_15c,
      p_methode_15c);
    if v_norme then
      v_dilatation := greatest(0,
        p_volume - private.ambiant_disponible(p_citerne_id, p_produit_id, p_proprietaire_type, p_jour));
    end if;
    perform private.appliquer_mouvement(p_citerne_id, p_produit_id, p_depot_id, p_proprietaire_type, p_jour,
      v_dilatation - p_volume, -p_volume_15c);
    if v_dilatation > 0 then
      perform private.dilater(p_type, p_id, p_citerne_id, p_produit_id, p_depot_id, p_proprietaire_type, p_jour,
        v_dilatation);
    end if;
  end if;
  if not v_norme then
    return;
  end if;
  select s.stock_ambiant, s.dernier_jour into v_reste from public.stocks_snapshot s
   where s.citerne_id = p_citerne_id and s.produit_id = p_produit_id and s.proprietaire_type = p_proprietaire_type
     and s.stock_15c = 0 and s.stock_ambiant > 0;
  if found then
    -- Only the last day is sure to bear it: on the days between, others of today's movements were not yet made.
    perform private.appliquer_mouvement(p_citerne_id, p_produit_id, p_depot_id, p_proprietaire_type,
      v_reste.dernier_jour,
      -v_reste.stock_ambiant, 0);
    perform private.dilater(p_type, p_id, p_citerne_id, p_produit_id, p_depot_id, p_proprietaire_type,
      v_reste.dernier_jour,
      -v_reste.stock_ambiant);
  end if;
end;
$$;

--
-- Name: FUNCTION debiter_citerne(p_type text, p_id uuid, p_citerne_id uuid, p_produit_id uuid, p_depot_id uuid, p_proprietaire_type text, p_jour date, p_volume numeric, p_volume_15c numeric, p_methode_15c text); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.debiter_citerne(p_type text, p_id uuid, p_citerne_id uuid, p_produit_id uuid, p_depot_id uuid, p_proprietaire_type text, p_jour date, p_volume numeric, p_volume_15c numeric, p_methode_15c text) IS 'Takes litres out of a tank for a sortie or a transfer: as measured and at 15 °C. By a standard, stock is refused on the litres at 15 °C alone: where the ambient ones fall short the difference is booked as a dilatation, and where the last litre at 15 °C leaves, what ambient ones are left over. The caller has the lock. Raises SNAPSHOT_VIDE, SORTIE_STOCK_INTROUVABLE, INSUFFICIENT_STOCK, STOCK_FUTUR_NEGATIF, ECRITURES_GELEES, ISOLATION_INTERDITE.';

--
-- Name: debiter_sortie(public.sorties_produit); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.debiter_sortie(p_sortie public.sorties_produit) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  perform private.verrouiller_citernes(p_sortie.citerne_id);
  perform private.debiter_citerne('SORTIE', p_sortie.id, p_sortie.citerne_id, p_sortie.produit_id, p_sortie.depot_id,
    p_sortie.proprietaire_type, p_sortie.date_jour, p_sortie.volume_ambiant, p_sortie.volume_15c, p_sortie.methode_15c);
  perform private.exiger_securite(p_sortie.citerne_id, p_sortie.date_jour,
    case when p_sortie.methode_15c <> 'LEGACY' then p_sortie.vcf end);
end;
$$;

--
-- Name: FUNCTION debiter_sortie(p_sortie public.sorties_produit); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.debiter_sortie(p_sortie public.sorties_produit) IS 'Takes a prepared sortie out of snapshot and days: locks the tank, checks the stock, then every day''s security capacity. Done last in its transaction, so that others wait for the tank as little as can be.';

--
-- Name: debut_du_jour(date, uuid); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.debut_du_jour(p_jour date, p_depot_id uuid) RETURNS timestamp with time zone
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  return p_jour::timestamp at time zone private.fuseau_vu(p_depot_id);
end;
$$;

--
-- Name: FUNCTION debut_du_jour(p_jour date, p_depot_id uuid); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.debut_du_jour(p_jour date, p_depot_id uuid) IS 'When a day began at a depot the caller sees; without one, at the first of those they see.';

--
-- Name: degeler_ecritures(); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.degeler_ecritures() RETURNS boolean
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  v_gel jsonb;
begin
  perform private.exiger('geler_ecritures');
  delete from public.app_settings s where s.key = 'gel_ecritures' returning s.value::jsonb into v_gel;
  if v_gel is null then
    return false;
  end if;
  perform private.journaliser('ECRITURES_DEGELEES', 'operations', 'CRITICAL', null, null, v_gel);
  return true;
end;
$$;

--
-- Name: FUNCTION degeler_ecritures(); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.degeler_ecritures() IS 'Ends the freeze, whoever declared it (admin); logged CRITICAL. False where there was none. Raises ROLE_FORBIDDEN.';

--
-- Name: densite_15_historique(private.mesures, private.lieu); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.densite_15_historique(p_mesures private.mesures, p_lieu private.lieu) RETURNS numeric
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  if p_mesures.densite_observee_kgm3 is null then
    return coalesce(p_mesures.densite_a_15_kgm3, p_mesures.densite_citerne_kgm3);
  end if;
  return (private.calculer_norme(p_mesures, p_lieu.produit,
            astm.profil((p_lieu.depot).id, (p_lieu.produit).id))).densite_a_15_kgm3;
exception
  -- The standard does not know this product (gas, additive): it never decided there, and so refuses nothing either.
  when sqlstate 'PT422' then
    return p_mesures.densite_a_15_kgm3;
end;
$$;

--
-- Name: FUNCTION densite_15_historique(p_mesures private.mesures, p_lieu private.lieu); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.densite_15_historique(p_mesures private.mesures, p_lieu private.lieu) IS 'Density at 15 °C (kg/m³) of a movement whose volume the old way gives: from the one observed, else as sent, else the tank''s; null where none is known.';

--
-- Name: deplacer_alerte(uuid, text, text); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.deplacer_alerte(p_id uuid, p_status text, p_note text) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  v_alerte public.system_alerts;
begin
  perform private.exiger('tenir_alertes');
  select * into v_alerte from public.system_alerts a
   where a.id = p_id and (a.depot_id is null or a.depot_id = any (private.depots_visibles())) for update;
  if not found then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'cette alerte'));
  end if;
  v_alerte := private.faire_avancer_alerte(v_alerte, p_status);
  perform set_config('app.note_alerte', coalesce(private.texte_net(p_note), ''), true);
  update public.system_alerts a
     set (status, acknowledged_by, acknowledged_at, resolved_by, resolved_at, updated_at)
         = (v_alerte.status, v_alerte.acknowledged_by, v_alerte.acknowledged_at, v_alerte.resolved_by,
           v_alerte.resolved_at, now())
   where a.id = p_id;
  perform set_config('app.note_alerte', '', true);
end;
$$;

--
-- Name: FUNCTION deplacer_alerte(p_id uuid, p_status text, p_note text); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.deplacer_alerte(p_id uuid, p_status text, p_note text) IS 'Moves an alert a step further, with a note. Raises ROLE_FORBIDDEN, INTROUVABLE, ALERTE_ETAT.';

--
-- Name: deplacer_jours(uuid, uuid, text, date, date, numeric, numeric, boolean); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.deplacer_jours(p_citerne_id uuid, p_produit_id uuid, p_proprietaire_type text, p_jour date, p_dernier_jour date, p_delta_ambiant numeric, p_delta_15c numeric, p_ajustement boolean) RETURNS boolean
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET enable_bitmapscan TO 'off'
    AS $$
declare
  v_part constant int := p_ajustement::int;
  v_fait boolean;
begin
  perform set_config('app.stocks_journaliers_allow_write', '1', true);
  update public.stocks_snapshot s
     set stock_ambiant = s.stock_ambiant + p_delta_ambiant,
         stock_15c = s.stock_15c + p_delta_15c,
         delta_ambiant_total = s.delta_ambiant_total + v_part * p_delta_ambiant,
         delta_15c_total = s.delta_15c_total + v_part * p_delta_15c,
         last_movement_at = now(),
         updated_at = now()
   where s.citerne_id = p_citerne_id and s.produit_id = p_produit_id and s.proprietaire_type = p_proprietaire_type
     and s.dernier_jour = p_dernier_jour
     and s.stock_ambiant + p_delta_ambiant >= 0 and s.stock_15c + p_delta_15c >= 0;
  v_fait := found;
  if v_fait then
    update public.stocks_journaliers j
       set stock_ambiant = j.stock_ambiant + p_delta_ambiant,
           stock_15c = j.stock_15c + p_delta_15c,
           updated_at = now()
     where j.citerne_id = p_citerne_id and j.produit_id = p_produit_id and j.proprietaire_type = p_proprietaire_type
       and j.date_jour between p_jour and p_dernier_jour;
  end if;
  perform set_config('app.stocks_journaliers_allow_write', '', true);
  return v_fait;
end;
$$;

--
-- Name: FUNCTION deplacer_jours(p_citerne_id uuid, p_produit_id uuid, p_proprietaire_type text, p_jour date, p_dernier_jour date, p_delta_ambiant numeric, p_delta_15c numeric, p_ajustement boolean); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.deplacer_jours(p_citerne_id uuid, p_produit_id uuid, p_proprietaire_type text, p_jour date, p_dernier_jour date, p_delta_ambiant numeric, p_delta_15c numeric, p_ajustement boolean) IS 'Adds litres (negative: takes) to the snapshot and to its days from p_jour to p_dernier_jour. False, and nothing done, where p_dernier_jour is not the last day it has, or its stock could not bear it. The caller has the lock.';

--
-- Name: role_peut(text, text); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.role_peut(p_role text, p_capacite text) RETURNS boolean
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  v_roles text[];
begin
  select c.roles into strict v_roles from private.capacites c where c.capacite = p_capacite;
  return coalesce(p_role = any (v_roles), false);
end;
$$;

--
-- Name: FUNCTION role_peut(p_role text, p_capacite text); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.role_peut(p_role text, p_capacite text) IS 'Whether a role has a capability; false for no role. A capability that is not in the list is a bug and raises P0002.';

--
-- Name: depot_manque(text, uuid); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.depot_manque(p_role text, p_depot_id uuid) RETURNS boolean
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    RETURN ((p_depot_id IS NULL) AND (NOT private.role_peut(p_role, 'voir_tous_depots'::text)));

--
-- Name: FUNCTION depot_manque(p_role text, p_depot_id uuid); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.depot_manque(p_role text, p_depot_id uuid) IS 'Whether a person of this role would see no depot at all.';

--
-- Name: depots_ou(text); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.depots_ou(p_capacite text) RETURNS uuid[]
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  v_acteur constant private.acteur := private.acteur();
begin
  return case when private.acteur_peut(v_acteur, p_capacite) then coalesce(v_acteur.depots, '{}') else '{}' end;
end;
$$;

--
-- Name: FUNCTION depots_ou(p_capacite text); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.depots_ou(p_capacite text) IS 'Depots where the calling user has a capability: who and where in one question, for policies.';

--
-- Name: depots_visibles(); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.depots_visibles() RETURNS uuid[]
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  return coalesce((private.acteur()).depots, '{}');
end;
$$;

--
-- Name: FUNCTION depots_visibles(); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.depots_visibles() IS 'Depots the calling user sees. Read in policies as a sub-select, so that it runs once a statement and not once a row.';

--
-- Name: dilater(text, uuid, uuid, uuid, uuid, text, date, numeric); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.dilater(p_type text, p_id uuid, p_citerne_id uuid, p_produit_id uuid, p_depot_id uuid, p_proprietaire_type text, p_jour date, p_delta_ambiant numeric) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  v_dilatation public.dilatations;
begin
  insert into public.dilatations
    (mouvement_type, mouvement_id, citerne_id, produit_id, depot_id, proprietaire_type, delta_ambiant, date_jour)
  values (p_type, p_id, p_citerne_id, p_produit_id, p_depot_id, p_proprietaire_type, p_delta_ambiant, p_jour)
  returning * into v_dilatation;
  perform private.journaliser('DILATATION', 'stocks', 'INFO', p_id, p_depot_id,
    to_jsonb(v_dilatation) || jsonb_build_object('delta_15c', 0));
end;
$$;

--
-- Name: FUNCTION dilater(p_type text, p_id uuid, p_citerne_id uuid, p_produit_id uuid, p_depot_id uuid, p_proprietaire_type text, p_jour date, p_delta_ambiant numeric); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.dilater(p_type text, p_id uuid, p_citerne_id uuid, p_produit_id uuid, p_depot_id uuid, p_proprietaire_type text, p_jour date, p_delta_ambiant numeric) IS 'Writes what a movement showed of its fuel''s expansion (litres as measured) and logs DILATATION; the stock is the caller''s to move. Raises ECRITURES_GELEES, ISOLATION_INTERDITE.';

--
-- Name: ecarts; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.ecarts (
    id uuid DEFAULT private.nouvel_id() NOT NULL,
    domaine text NOT NULL,
    type text NOT NULL,
    depot_id uuid,
    produit_id uuid,
    fournisseur_lot_id uuid,
    reference_type text NOT NULL,
    reference_id uuid NOT NULL,
    origine text DEFAULT 'AUTO'::text NOT NULL,
    attendu numeric(18,6),
    constate numeric(18,6),
    ecart numeric(18,6) GENERATED ALWAYS AS ((constate - attendu)) STORED,
    unite text,
    franchise numeric(18,6) DEFAULT 0 NOT NULL,
    excedent numeric(18,6) DEFAULT 0 NOT NULL,
    impact_usd numeric(18,2),
    impute_a text,
    cause text,
    decision text,
    justification text,
    statut text DEFAULT 'OUVERT'::text NOT NULL,
    created_by uuid,
    traite_par uuid,
    traite_le timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT ecarts_cause_check CHECK ((cause = ANY (ARRAY['PERTE_TRANSPORT'::text, 'ERREUR_SAISIE'::text, 'DIFFERENCE_TEMPERATURE_DENSITE'::text, 'MANQUANT_FOURNISSEUR'::text, 'LIVRAISON_PARTIELLE'::text, 'AUTRE'::text]))),
    CONSTRAINT ecarts_check CHECK (((statut = 'TRAITE'::text) = (traite_le IS NOT NULL))),
    CONSTRAINT ecarts_decision_check CHECK ((decision = ANY (ARRAY['ACCEPTE_AVEC_NOTE'::text, 'AJUSTEMENT_REQUIS'::text, 'LITIGE'::text, 'ANNULER'::text]))),
    CONSTRAINT ecarts_domaine_check CHECK ((domaine = ANY (ARRAY['FOURNISSEUR'::text, 'CLIENT'::text, 'TRANSPORTEUR'::text, 'DEPOT'::text]))),
    CONSTRAINT ecarts_excedent_check CHECK ((excedent >= (0)::numeric)),
    CONSTRAINT ecarts_franchise_check CHECK ((franchise >= (0)::numeric)),
    CONSTRAINT ecarts_impact_usd_check CHECK ((abs(impact_usd) < '10000000000000'::numeric)),
    CONSTRAINT ecarts_impute_a_check CHECK ((impute_a = ANY (ARRAY['FOURNISSEUR'::text, 'TRANSPORTEUR'::text, 'MONALUXE'::text]))),
    CONSTRAINT ecarts_justification_check2000 CHECK ((char_length(justification) <= 2000)),
    CONSTRAINT ecarts_justification_lisible CHECK (((private.texte_lisible(justification, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'justification'::text))),
    CONSTRAINT ecarts_origine_check CHECK ((origine = ANY (ARRAY['AUTO'::text, 'MANUEL'::text]))),
    CONSTRAINT ecarts_reference_type_check CHECK ((reference_type = ANY (ARRAY['PROFORMA'::text, 'LOT'::text, 'CDR'::text, 'RECEPTION'::text, 'SORTIE'::text, 'LIVRAISON'::text, 'FACTURE'::text, 'MISSION'::text]))),
    CONSTRAINT ecarts_statut_check CHECK ((statut = ANY (ARRAY['OUVERT'::text, 'EN_REVUE'::text, 'TRAITE'::text, 'LITIGE'::text]))),
    CONSTRAINT ecarts_type_check CHECK ((type = ANY (ARRAY['QUANTITE'::text, 'QUALITE'::text, 'LOGISTIQUE'::text, 'PRIX'::text, 'AUTRE'::text]))),
    CONSTRAINT ecarts_unite_check CHECK ((unite = ANY (ARRAY['L15'::text, 'L20'::text, 'TM_AIR'::text, 'USD'::text, 'KGM3'::text, 'JOUR'::text])))
);

--
-- Name: TABLE ecarts; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.ecarts IS 'Gaps between what was expected and what was found. Never deleted.';

--
-- Name: COLUMN ecarts.depot_id; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.ecarts.depot_id IS 'Depot it was found at; null: of a lot or an invoice as a whole.';

--
-- Name: COLUMN ecarts.fournisseur_lot_id; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.ecarts.fournisseur_lot_id IS 'Lot that its truck, réception or invoice is of: the invoice of a lot waits for its gaps.';

--
-- Name: COLUMN ecarts.ecart; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.ecarts.ecart IS 'constate − attendu, in unite.';

--
-- Name: COLUMN ecarts.excedent; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.ecarts.excedent IS 'What lies beyond franchise, in unite.';

--
-- Name: COLUMN ecarts.traite_par; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.ecarts.traite_par IS 'Who treated it; null for the system.';

--
-- Name: ecart_a_traiter(uuid, boolean); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.ecart_a_traiter(p_id uuid, p_capacite_lue boolean) RETURNS public.ecarts
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  v_ecart public.ecarts;
begin
  select * into v_ecart from public.ecarts e
   where e.id = p_id and (e.depot_id = any (private.depots_visibles())
     or (e.depot_id is null and p_capacite_lue)) for update;
  if not found then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'cet écart'));
  end if;
  if v_ecart.statut = 'TRAITE' then
    perform private.refuser('ECART_ETAT', jsonb_build_object('statut', v_ecart.statut));
  end if;
  return v_ecart;
end;
$$;

--
-- Name: FUNCTION ecart_a_traiter(p_id uuid, p_capacite_lue boolean); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.ecart_a_traiter(p_id uuid, p_capacite_lue boolean) IS 'The gap, locked, of a depot the caller sees, or of none where they may read those; not treated yet. Raises INTROUVABLE, ECART_ETAT.';

--
-- Name: ecart_admis(numeric, numeric); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.ecart_admis(p_valeur numeric, p_autre numeric) RETURNS numeric
    LANGUAGE sql IMMUTABLE
    RETURN LEAST(0.5, (0.005 * LEAST(abs(p_valeur), abs(p_autre))));

--
-- Name: FUNCTION ecart_admis(p_valeur numeric, p_autre numeric); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.ecart_admis(p_valeur numeric, p_autre numeric) IS 'How far apart two figures that say the same thing may be: half a unit and 0.5 %, whichever is less. Inlined where it is used.';

--
-- Name: ecritures_tiers; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.ecritures_tiers (
    id uuid DEFAULT private.nouvel_id() NOT NULL,
    ordre bigint NOT NULL,
    tiers_type text NOT NULL,
    fournisseur_id uuid,
    client_id uuid,
    tiers_id uuid GENERATED ALWAYS AS (COALESCE(fournisseur_id, client_id)) STORED NOT NULL,
    depot_id uuid,
    devise text NOT NULL,
    date_valeur date NOT NULL,
    echeance date,
    type text NOT NULL,
    debit numeric(18,2) NOT NULL,
    credit numeric(18,2) NOT NULL,
    reference text,
    libelle text NOT NULL,
    source_type text NOT NULL,
    source_id uuid NOT NULL,
    contrepasse_id uuid,
    created_by uuid,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT ecritures_tiers_check CHECK ((echeance >= date_valeur)),
    CONSTRAINT ecritures_tiers_check1 CHECK (((debit > (0)::numeric) <> (credit > (0)::numeric))),
    CONSTRAINT ecritures_tiers_check2 CHECK (((contrepasse_id IS NOT NULL) = (type = 'CONTREPASSATION'::text))),
    CONSTRAINT ecritures_tiers_check3 CHECK (((num_nonnulls(fournisseur_id, client_id) = 1) AND ((fournisseur_id IS NOT NULL) = (tiers_type = 'FOURNISSEUR'::text)))),
    CONSTRAINT ecritures_tiers_credit_check CHECK (((credit >= (0)::numeric) AND (credit < '10000000000000'::numeric))),
    CONSTRAINT ecritures_tiers_date_valeur_possible CHECK (((private.date_possible(date_valeur) IS NOT FALSE) OR private.refuser_valeur('DATE_IMPOSSIBLE'::text, 'date_valeur'::text))),
    CONSTRAINT ecritures_tiers_debit_check CHECK (((debit >= (0)::numeric) AND (debit < '10000000000000'::numeric))),
    CONSTRAINT ecritures_tiers_devise_check CHECK ((devise = ANY (ARRAY['USD'::text, 'CDF'::text]))),
    CONSTRAINT ecritures_tiers_echeance_possible CHECK (((private.date_possible(echeance) IS NOT FALSE) OR private.refuser_valeur('DATE_IMPOSSIBLE'::text, 'echeance'::text))),
    CONSTRAINT ecritures_tiers_libelle_check2000 CHECK ((char_length(libelle) <= 2000)),
    CONSTRAINT ecritures_tiers_libelle_lisible CHECK (((private.texte_lisible(libelle, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'libelle'::text))),
    CONSTRAINT ecritures_tiers_reference_check2000 CHECK ((char_length(reference) <= 2000)),
    CONSTRAINT ecritures_tiers_reference_lisible CHECK (((private.texte_lisible(reference, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'reference'::text))),
    CONSTRAINT ecritures_tiers_source_type_check2000 CHECK ((char_length(source_type) <= 2000)),
    CONSTRAINT ecritures_tiers_source_type_lisible CHECK (((private.texte_lisible(source_type, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'source_type'::text))),
    CONSTRAINT ecritures_tiers_tiers_type_check CHECK ((tiers_type = ANY (ARRAY['FOURNISSEUR'::text, 'CLIENT'::text]))),
    CONSTRAINT ecritures_tiers_type_check CHECK ((type = ANY (ARRAY['FACTURE'::text, 'AVOIR'::text, 'PAIEMENT'::text, 'REMBOURSEMENT'::text, 'AVANCE'::text, 'DECOMPTE'::text, 'ARRONDI'::text, 'CONTREPASSATION'::text])))
);

--
-- Name: TABLE ecritures_tiers; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.ecritures_tiers IS 'Accounts of third parties, entry by entry. Written by the rules only; immutable. Of a supplier credit is what we owe, of a client debit is what is owed to us.';

--
-- Name: COLUMN ecritures_tiers.ordre; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.ecritures_tiers.ordre IS 'Order they were written in: that of one account''s entries is the order they committed in.';

--
-- Name: COLUMN ecritures_tiers.tiers_id; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.ecritures_tiers.tiers_id IS 'The supplier or client, whichever it is.';

--
-- Name: COLUMN ecritures_tiers.depot_id; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.ecritures_tiers.depot_id IS 'Depot it is of; null: the company''s.';

--
-- Name: COLUMN ecritures_tiers.date_valeur; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.ecritures_tiers.date_valeur IS 'Day it counts from.';

--
-- Name: COLUMN ecritures_tiers.reference; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.ecritures_tiers.reference IS 'Number of its document, as printed.';

--
-- Name: COLUMN ecritures_tiers.source_id; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.ecritures_tiers.source_id IS 'Document it comes from, of the table source_type.';

--
-- Name: COLUMN ecritures_tiers.contrepasse_id; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.ecritures_tiers.contrepasse_id IS 'Entry that this one is the exact opposite of.';

--
-- Name: COLUMN ecritures_tiers.created_at; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.ecritures_tiers.created_at IS 'Moment of the entry itself, under the mutex of its account.';

--
-- Name: ecrire_compte(public.ecritures_tiers); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.ecrire_compte(p_ecriture public.ecritures_tiers) RETURNS uuid
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  v_id uuid;
begin
  perform private.verrouiller_tiers(p_ecriture.tiers_type, coalesce(p_ecriture.fournisseur_id, p_ecriture.client_id));
  insert into public.ecritures_tiers
    (tiers_type, fournisseur_id, client_id, depot_id, devise, date_valeur, echeance, type, debit, credit, reference,
     libelle, source_type, source_id, contrepasse_id, created_by)
  values (p_ecriture.tiers_type, p_ecriture.fournisseur_id, p_ecriture.client_id, p_ecriture.depot_id,
    p_ecriture.devise,
          p_ecriture.date_valeur, p_ecriture.echeance, p_ecriture.type, coalesce(p_ecriture.debit, 0),
          coalesce(p_ecriture.credit, 0), p_ecriture.reference, p_ecriture.libelle, p_ecriture.source_type,
          p_ecriture.source_id, p_ecriture.contrepasse_id, auth.uid())
  returning id into v_id;
  return v_id;
end;
$$;

--
-- Name: FUNCTION ecrire_compte(p_ecriture public.ecritures_tiers); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.ecrire_compte(p_ecriture public.ecritures_tiers) IS 'Writes an entry, under the mutex of its account, and gives its id. Raises ISOLATION_INTERDITE, ECRITURES_GELEES.';

--
-- Name: ecriture_de_facture(uuid); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.ecriture_de_facture(p_facture_id uuid) RETURNS public.ecritures_tiers
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
  select e from public.ecritures_tiers e
   where e.source_type = 'fournisseur_facture_lot_min' and e.source_id = p_facture_id and e.type in ('FACTURE', 'AVOIR')
$$;

--
-- Name: FUNCTION ecriture_de_facture(p_facture_id uuid); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.ecriture_de_facture(p_facture_id uuid) IS 'What a validated invoice or credit note wrote in the account; null before.';

--
-- Name: ecritures_en_vol(); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.ecritures_en_vol() RETURNS TABLE(pid integer, utilisateur text, depuis timestamp with time zone, requete text)
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
  select a.pid, a.usename::text, a.xact_start, a.query
    from pg_catalog.pg_stat_activity a
   where a.pid <> pg_backend_pid()
     and exists (
       select from pg_catalog.pg_locks l join pg_catalog.pg_trigger t on t.tgrelid = l.relation
        where l.pid = a.pid and l.locktype = 'relation' and l.granted and l.mode = 'RowExclusiveLock'
          and l.database = (select d.oid from pg_catalog.pg_database d where d.datname = current_database())
          and t.tgfoid = 'private.exiger_ecritures_ouvertes'::regproc)
   order by a.xact_start
$$;

--
-- Name: FUNCTION ecritures_en_vol(); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.ecritures_en_vol() IS 'Transactions that hold a table the freeze guards: begun before it, they may still commit; those that come after it are refused and leave at once.';

--
-- Name: empreinte(); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.empreinte() RETURNS text
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
  select encode(sha256(convert_to(string_agg(e.objet || ' ' || e.md5, E'\n' order by e.objet collate "C"), 'UTF8')),
    'hex')
    from private.empreintes() e
$$;

--
-- Name: FUNCTION empreinte(); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.empreinte() IS 'SHA-256 of every fact that two databases of one schema share: the same, they are at the same point. Owner only.';

--
-- Name: empreinte_bloc(private.blocs_journal); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.empreinte_bloc(p_bloc private.blocs_journal) RETURNS bytea
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN sha256(((convert_to((ROW((p_bloc).numero, (p_bloc).passe, EXTRACT(epoch FROM (p_bloc).scelle_le), (p_bloc).serveur, (p_bloc).txid, (p_bloc).instantane, encode((p_bloc).precedent, 'hex'::text)))::text, 'UTF8'::name) || array_send((p_bloc).lignes)) || array_send((p_bloc).empreintes)));

--
-- Name: FUNCTION empreinte_bloc(p_bloc private.blocs_journal); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.empreinte_bloc(p_bloc private.blocs_journal) IS 'SHA-256 of a block: its header, its lines, their hashes and the hash of the block before.';

--
-- Name: empreinte_cours_de_route(); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.empreinte_cours_de_route() RETURNS text
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
  select encode(sha256(convert_to(coalesce(string_agg(to_jsonb(c)::text, E'\n' order by c.id), ''), 'UTF8')), 'hex')
    from public.cours_de_route c
$$;

--
-- Name: FUNCTION empreinte_cours_de_route(); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.empreinte_cours_de_route() IS 'SHA-256 of every CDR, every column: the same before and after, no CDR has changed.';

--
-- Name: log_actions; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.log_actions (
    id uuid DEFAULT private.nouvel_id() NOT NULL,
    user_id uuid,
    action text NOT NULL,
    module text NOT NULL,
    niveau text DEFAULT 'INFO'::text NOT NULL,
    details jsonb DEFAULT '{}'::jsonb NOT NULL,
    cible_id uuid,
    depot_id uuid,
    request_id text,
    txid xid8 DEFAULT pg_current_xact_id() NOT NULL,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT log_actions_niveau_check CHECK ((niveau = ANY (ARRAY['INFO'::text, 'WARNING'::text, 'CRITICAL'::text])))
);

--
-- Name: TABLE log_actions; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.log_actions IS 'Append-only log of every act that changes something.';

--
-- Name: COLUMN log_actions.user_id; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.log_actions.user_id IS 'Who acted; null for the system. Not a foreign key: the log outlives the account.';

--
-- Name: COLUMN log_actions.cible_id; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.log_actions.cible_id IS 'Row the act was about.';

--
-- Name: COLUMN log_actions.depot_id; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.log_actions.depot_id IS 'Depot of the target, so that a manager reads only their own. Not a foreign key: taken from the target, which has one.';

--
-- Name: COLUMN log_actions.request_id; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.log_actions.request_id IS 'x-request-id of the HTTP request, null outside one.';

--
-- Name: COLUMN log_actions.txid; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.log_actions.txid IS 'Transaction that wrote the line: tells a line that committed late from one slipped in later.';

--
-- Name: COLUMN log_actions.created_at; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.log_actions.created_at IS 'Moment of the line itself, not of its transaction: lines of one act keep their order.';

--
-- Name: empreinte_ligne(public.log_actions); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.empreinte_ligne(p_ligne public.log_actions) RETURNS bytea
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN sha256(convert_to((ROW((p_ligne).id, (p_ligne).user_id, (p_ligne).action, (p_ligne).module, (p_ligne).niveau, (p_ligne).details, (p_ligne).cible_id, (p_ligne).depot_id, (p_ligne).request_id, (p_ligne).txid, EXTRACT(epoch FROM (p_ligne).created_at)))::text, 'UTF8'::name));

--
-- Name: FUNCTION empreinte_ligne(p_ligne public.log_actions); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.empreinte_ligne(p_ligne public.log_actions) IS 'SHA-256 of a line: of all its columns as one record in PostgreSQL''s own text, the moment in seconds since 1970. The same whatever the session''s settings.';

--
-- Name: empreintes(); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.empreintes() RETURNS TABLE(objet text, md5 text)
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$ select f.objet, md5(f.fait::text) from private.faits() f where not f.propre $$;

--
-- Name: FUNCTION empreintes(); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.empreintes() IS 'Every fact that two databases of one schema share, with its MD5. Owner only.';

--
-- Name: en_kgm3(numeric); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.en_kgm3(p_densite numeric) RETURNS numeric
    LANGUAGE sql IMMUTABLE
    RETURN CASE WHEN ((p_densite > (0)::numeric) AND (p_densite < (2)::numeric)) THEN round((p_densite * (1000)::numeric), 4) ELSE p_densite END;

--
-- Name: FUNCTION en_kgm3(p_densite numeric); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.en_kgm3(p_densite numeric) IS 'A density in kg/m³: below 2 it was written in kg/L. Inlined where it is used.';

--
-- Name: env(); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.env() RETURNS text
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$ select coalesce((select s.value from public.app_settings s where s.key = 'env'), 'prod') $$;

--
-- Name: FUNCTION env(); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.env() IS 'Environment of this database. One that does not say what it is counts as prod: the safe side.';

--
-- Name: env_proteger(); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.env_proteger() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  -- Only who could drop the table may say that PROD is something else: a client with the service key may not.
  if old.key = 'env' and old.value = 'prod'
    and (tg_op = 'DELETE' or (new.key, new.value) is distinct from (old.key, old.value))
     and not private.possede(tg_relid) then
    perform private.refuser('ENV_INTERDIT', jsonb_build_object('env', 'prod'));
  end if;
  return case tg_op when 'DELETE' then old else new end;
end;
$$;

--
-- Name: FUNCTION env_proteger(); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.env_proteger() IS 'Keeps env = prod in app_settings from everybody but the owner of the table. Raises ENV_INTERDIT.';

--
-- Name: etat_scellement(); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.etat_scellement() RETURNS TABLE(bloc bigint, empreinte text, scelle_le timestamp with time zone, lignes_en_attente bigint, attend_depuis timestamp with time zone)
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET work_mem TO '64MB'
    AS $$
declare
  v_dernier private.blocs_journal;
  v_borne timestamptz;
begin
  select * into v_dernier from private.blocs_journal b order by b.numero desc limit 1;
  v_borne := private.borne_scellement(v_dernier);
  return query
  select v_dernier.numero, encode(v_dernier.empreinte, 'hex'), v_dernier.scelle_le, count(*), min(l.created_at)
    from public.log_actions l
   where l.created_at >= v_borne
     and private.ligne_recente(l, v_dernier, private.serveur())
     and l.id not in (select unnest(b.lignes) from private.blocs_journal b
                       where b.scelle_le >= v_borne - private.tolerance_horloge());
end;
$$;

--
-- Name: FUNCTION etat_scellement(); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.etat_scellement() IS 'Last block, its hash and moment (null: none was ever written), how many lines wait for the next pass, and the oldest of them. Always one row.';

--
-- Name: etat_schema(); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.etat_schema() RETURNS TABLE(empreinte text, notee text, nom text, connues text[], modifies text[])
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
  with ici as materialized (
    select e.objet, e.md5 from private.empreintes() e
  ), dernier as (
    select e.* from private.etats_schema e order by e.note_le desc limit 1
  ), note as (
    select n.key as objet, n.value as md5 from dernier d cross join lateral jsonb_each_text(d.faits) n
  )
  select
    (select encode(sha256(convert_to(string_agg(i.objet || ' ' || i.md5, E'\n' order by i.objet collate "C"), 'UTF8')),
    'hex') from ici i),
         (select d.empreinte from dernier d),
         (select d.nom from dernier d),
         (select array_agg(e.empreinte order by e.note_le) from private.etats_schema e),
         (select coalesce(array_agg(coalesce(i.objet, n.objet) order by 1), '{}')
            from ici i full join note n using (objet) where i.md5 is distinct from n.md5)
$$;

--
-- Name: FUNCTION etat_schema(); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.etat_schema() IS 'What this database is at: empreinte now; notee and nom, of the last state it was brought to; connues, every state it has been in; modifies, the objects changed since by other hands. Owner only.';

--
-- Name: exiger(text); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.exiger(p_capacite text) RETURNS private.acteur
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  v_acteur constant private.acteur := private.acteur();
  v_capacite private.capacites;
begin
  select * into strict v_capacite from private.capacites c where c.capacite = p_capacite;
  if v_acteur.role = any (v_capacite.roles) or v_acteur.habilitations && v_capacite.habilitations then
    if v_capacite.second_facteur then
      perform private.exiger_second_facteur();
    end if;
    return v_acteur;
  end if;
  perform private.refuser('ROLE_FORBIDDEN',
    jsonb_build_object('capacite', p_capacite, 'roles_admis', v_capacite.roles));
end;
$$;

--
-- Name: FUNCTION exiger(p_capacite text); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.exiger(p_capacite text) IS 'The gate: the calling user, who must have this capability, and a second factor where it asks for one. A movement is always made by a person: service_role and psql without a user are refused too. A capability that is not in the list is a bug and raises P0002. Raises ROLE_FORBIDDEN, SECOND_FACTEUR_REQUIS.';

--
-- Name: exiger_a_l_ecriture(); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.exiger_a_l_ecriture() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  -- Without a user it is the server's own key or the project itself, which the grants answer for.
  if auth.uid() is not null then
    perform private.exiger(tg_argv[0]);
  end if;
  return null;
end;
$$;

--
-- Name: FUNCTION exiger_a_l_ecriture(); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.exiger_a_l_ecriture() IS 'A policy hides the rows one may not change, so that the client says « enregistré » of nothing done: this refuses the statement. Argument of the trigger: the capability. Raises ROLE_FORBIDDEN, SECOND_FACTEUR_REQUIS.';

--
-- Name: exiger_accord(text, numeric, text, numeric); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.exiger_accord(p_champ text, p_valeur numeric, p_autre text, p_autre_valeur numeric) RETURNS void
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  if abs(p_valeur - p_autre_valeur) > private.ecart_admis(p_valeur, p_autre_valeur) then
    perform private.refuser('MESURES_INCOHERENTES', jsonb_build_object(
      'champ', p_champ, 'valeur', p_valeur, 'autre', p_autre, 'autre_valeur', p_autre_valeur));
  end if;
end;
$$;

--
-- Name: FUNCTION exiger_accord(p_champ text, p_valeur numeric, p_autre text, p_autre_valeur numeric); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.exiger_accord(p_champ text, p_valeur numeric, p_autre text, p_autre_valeur numeric) IS 'Two columns that say the same thing agree, where both were sent. Raises MESURES_INCOHERENTES.';

--
-- Name: exiger_actifs(uuid, uuid, uuid, uuid, uuid); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.exiger_actifs(p_produit_id uuid DEFAULT NULL::uuid, p_depot_id uuid DEFAULT NULL::uuid, p_client_id uuid DEFAULT NULL::uuid, p_fournisseur_id uuid DEFAULT NULL::uuid, p_partenaire_id uuid DEFAULT NULL::uuid) RETURNS void
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  v_inactif record;
begin
  if num_nonnulls(p_produit_id, p_depot_id, p_client_id, p_fournisseur_id, p_partenaire_id) = 0 then
    return;
  end if;
  select i.quoi, i.nom into v_inactif
    from (select 'le produit' as quoi, p.nom from public.produits p where p.id = p_produit_id and not p.actif
          union all select 'le dépôt', d.nom from public.depots d where d.id = p_depot_id and not d.actif
          union all select 'le client', c.nom from public.clients c where c.id = p_client_id and not c.actif
          union all select 'le fournisseur', f.nom from public.fournisseurs f where f.id = p_fournisseur_id
            and not f.actif
          union all select 'le partenaire', t.nom from public.partenaires t where t.id = p_partenaire_id
            and not t.actif) i
   limit 1;
  if found then
    perform private.refuser('REFERENTIEL_INACTIF', jsonb_build_object('quoi', v_inactif.quoi, 'nom', v_inactif.nom));
  end if;
end;
$$;

--
-- Name: FUNCTION exiger_actifs(p_produit_id uuid, p_depot_id uuid, p_client_id uuid, p_fournisseur_id uuid, p_partenaire_id uuid); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.exiger_actifs(p_produit_id uuid, p_depot_id uuid, p_client_id uuid, p_fournisseur_id uuid, p_partenaire_id uuid) IS 'Refuses a new act that names what has been disabled; null is not looked at. Raises REFERENTIEL_INACTIF.';

--
-- Name: stocks_adjustments; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.stocks_adjustments (
    id uuid DEFAULT private.nouvel_id() NOT NULL,
    mouvement_type text NOT NULL,
    mouvement_id uuid NOT NULL,
    delta_ambiant numeric(15,3) NOT NULL,
    delta_15c numeric(15,3) NOT NULL,
    reason text NOT NULL,
    compensation boolean DEFAULT false NOT NULL,
    contrepartie_de uuid,
    date_jour date NOT NULL,
    created_by uuid NOT NULL,
    depot_id uuid NOT NULL,
    citerne_id uuid NOT NULL,
    produit_id uuid NOT NULL,
    proprietaire_type text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT stocks_adjustments_check CHECK (((delta_ambiant <> (0)::numeric) OR (delta_15c <> (0)::numeric))),
    CONSTRAINT stocks_adjustments_delta_15c_check CHECK ((abs(delta_15c) < '1000000000'::numeric)),
    CONSTRAINT stocks_adjustments_delta_ambiant_check CHECK ((abs(delta_ambiant) < '1000000000'::numeric)),
    CONSTRAINT stocks_adjustments_mouvement_type_check CHECK ((mouvement_type = ANY (ARRAY['RECEPTION'::text, 'SORTIE'::text, 'STOCK_INITIAL'::text, 'TRANSFERT'::text]))),
    CONSTRAINT stocks_adjustments_proprietaire_type_check CHECK ((proprietaire_type = ANY (ARRAY['MONALUXE'::text, 'PARTENAIRE'::text]))),
    CONSTRAINT stocks_adjustments_reason_check CHECK ((char_length(btrim(reason, ' 	
'::text)) >= 10)),
    CONSTRAINT stocks_adjustments_reason_check2000 CHECK ((char_length(reason) <= 2000)),
    CONSTRAINT stocks_adjustments_reason_lisible CHECK (((private.texte_lisible(reason, true) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'reason'::text)))
);

--
-- Name: TABLE stocks_adjustments; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.stocks_adjustments IS 'Correction of a movement, by an admin, with a reason. Counts from the day it is made. Immutable.';

--
-- Name: COLUMN stocks_adjustments.mouvement_id; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.stocks_adjustments.mouvement_id IS 'id of receptions, sorties_produit, stocks_initiaux or transferts, as mouvement_type says.';

--
-- Name: COLUMN stocks_adjustments.delta_ambiant; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.stocks_adjustments.delta_ambiant IS 'Litres added to (negative: taken from) the stock as measured.';

--
-- Name: COLUMN stocks_adjustments.delta_15c; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.stocks_adjustments.delta_15c IS 'The same at 15 °C.';

--
-- Name: COLUMN stocks_adjustments.compensation; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.stocks_adjustments.compensation IS 'Takes back what was left of its movement after its adjustments: at most one a movement.';

--
-- Name: COLUMN stocks_adjustments.contrepartie_de; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.stocks_adjustments.contrepartie_de IS 'Of a transfer, whose two tanks are corrected together: the adjustment that this one is the other half of; written by the database.';

--
-- Name: COLUMN stocks_adjustments.date_jour; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.stocks_adjustments.date_jour IS 'Day it counts from, at the depot.';

--
-- Name: exiger_ajustable(public.stocks_adjustments); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.exiger_ajustable(p_ajustement public.stocks_adjustments) RETURNS void
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  v_mouvement constant private.mouvement :=
    private.mouvement_valide(p_ajustement.mouvement_type, p_ajustement.mouvement_id, p_ajustement.citerne_id);
  v_reste constant private.mouvement :=
    private.reste_du_mouvement(p_ajustement.mouvement_type, p_ajustement.mouvement_id, p_ajustement.citerne_id);
  v_sens constant int := sign(v_mouvement.delta_ambiant);
  v_stock public.stocks_snapshot;
begin
  if v_sens * p_ajustement.delta_ambiant < 0 and v_sens * v_reste.delta_ambiant < 0 then
    perform private.refuser('AJUSTEMENT_EXCESSIF',
      jsonb_build_object('mesure', 'volume ambiant', 'reste', v_sens * v_reste.delta_ambiant));
  end if;
  if v_sens * p_ajustement.delta_15c < 0 and v_sens * v_reste.delta_15c < 0 then
    perform private.refuser('AJUSTEMENT_EXCESSIF',
      jsonb_build_object('mesure', 'volume à 15 °C', 'reste', v_sens * v_reste.delta_15c));
  end if;
  select * into strict v_stock from public.stocks_snapshot s
   where s.citerne_id = p_ajustement.citerne_id and s.produit_id = p_ajustement.produit_id
     and s.proprietaire_type = p_ajustement.proprietaire_type;
  if v_stock.stock_ambiant + p_ajustement.delta_ambiant < 0 then
    perform private.refuser('INSUFFICIENT_STOCK', jsonb_build_object('mesure', 'volume ambiant',
      'demande', -p_ajustement.delta_ambiant, 'disponible', v_stock.stock_ambiant));
  end if;
  if v_stock.stock_15c + p_ajustement.delta_15c < 0 then
    perform private.refuser('INSUFFICIENT_STOCK', jsonb_build_object('mesure', 'volume à 15 °C',
      'demande', -p_ajustement.delta_15c, 'disponible', v_stock.stock_15c));
  end if;
  v_stock.stock_ambiant := v_stock.stock_ambiant + p_ajustement.delta_ambiant;
  v_stock.stock_15c := v_stock.stock_15c + p_ajustement.delta_15c;
  if v_stock.stock_15c not between 0.5 * v_stock.stock_ambiant and 1.5 * v_stock.stock_ambiant then
    perform private.refuser('FACTEUR_HORS_BORNES',
      jsonb_build_object('stock_ambiant', v_stock.stock_ambiant, 'stock_15c', v_stock.stock_15c));
  end if;
end;
$$;

--
-- Name: FUNCTION exiger_ajustable(p_ajustement public.stocks_adjustments); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.exiger_ajustable(p_ajustement public.stocks_adjustments) IS 'Whether an adjustment that is written may move the stock: its movement keeps its sense, the stock of its owner stays at or above zero and within 0.5 to 1.5 litres at 15 °C for one measured. The caller has the lock. Raises INVALID_ID_OR_STATE, AJUSTEMENT_EXCESSIF, INSUFFICIENT_STOCK, FACTEUR_HORS_BORNES.';

--
-- Name: receptions; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.receptions (
    id uuid DEFAULT private.nouvel_id() NOT NULL,
    cours_de_route_id uuid,
    citerne_id uuid NOT NULL,
    produit_id uuid NOT NULL,
    depot_id uuid NOT NULL,
    partenaire_id uuid,
    proprietaire_type text DEFAULT 'MONALUXE'::text NOT NULL,
    index_avant numeric(15,3),
    index_apres numeric(15,3),
    volume_ambiant numeric(15,3) NOT NULL,
    volume_observe numeric(15,3),
    temperature_ambiante_c numeric(6,2),
    temperature_echantillon_c numeric(6,2),
    densite_observee_kgm3 numeric(10,6),
    densite_a_15 numeric(10,6),
    densite_a_15_kgm3 numeric(10,6),
    vcf numeric(12,8),
    methode_15c text NOT NULL,
    parametres_15c jsonb NOT NULL,
    volume_15c numeric(15,3) NOT NULL,
    volume_corrige_15c numeric(15,3) NOT NULL,
    date_reception date NOT NULL,
    avertissements jsonb DEFAULT '[]'::jsonb NOT NULL,
    statut text DEFAULT 'validee'::text NOT NULL,
    note text,
    created_by uuid NOT NULL,
    validated_by uuid,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT receptions_check CHECK ((volume_corrige_15c = volume_15c)),
    CONSTRAINT receptions_check1 CHECK (private.exiger_mesures('receptions'::text, index_avant, index_apres, volume_ambiant, volume_15c, temperature_ambiante_c, temperature_echantillon_c, densite_observee_kgm3, densite_a_15_kgm3, vcf)),
    CONSTRAINT receptions_check2 CHECK (((proprietaire_type <> 'PARTENAIRE'::text) OR (partenaire_id IS NOT NULL))),
    CONSTRAINT receptions_date_reception_check CHECK ((date_reception >= '2020-01-01'::date)),
    CONSTRAINT receptions_date_reception_possible CHECK (((private.date_possible(date_reception) IS NOT FALSE) OR private.refuser_valeur('DATE_IMPOSSIBLE'::text, 'date_reception'::text))),
    CONSTRAINT receptions_methode_15c_check2000 CHECK ((char_length(methode_15c) <= 2000)),
    CONSTRAINT receptions_methode_15c_lisible CHECK (((private.texte_lisible(methode_15c, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'methode_15c'::text))),
    CONSTRAINT receptions_note_check2000 CHECK ((char_length(note) <= 2000)),
    CONSTRAINT receptions_note_lisible CHECK (((private.texte_lisible(note, true) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'note'::text))),
    CONSTRAINT receptions_proprietaire_type_check CHECK ((proprietaire_type = ANY (ARRAY['MONALUXE'::text, 'PARTENAIRE'::text]))),
    CONSTRAINT receptions_statut_check CHECK ((statut = ANY (ARRAY['validee'::text, 'rejetee'::text]))),
    CONSTRAINT receptions_volume_ambiant_check CHECK ((volume_ambiant > (0)::numeric)),
    CONSTRAINT receptions_volume_observe_check CHECK (((volume_observe > (0)::numeric) AND (volume_observe < '1000000000'::numeric)))
);

--
-- Name: TABLE receptions; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.receptions IS 'Fuel measured into a tank: credits stock and closes its CDR. One truck may fill several tanks, in one statement. Immutable.';

--
-- Name: COLUMN receptions.cours_de_route_id; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.receptions.cours_de_route_id IS 'The truck that brought it; null for a partner''s fuel that came without one.';

--
-- Name: COLUMN receptions.depot_id; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.receptions.depot_id IS 'Depot of the tank; written by the database.';

--
-- Name: COLUMN receptions.volume_ambiant; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.receptions.volume_ambiant IS 'Litres as measured: sent, or the difference of the two meter indices.';

--
-- Name: COLUMN receptions.volume_observe; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.receptions.volume_observe IS 'Litres as read at the meter; the same figure as volume_ambiant where only one was sent.';

--
-- Name: COLUMN receptions.temperature_ambiante_c; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.receptions.temperature_ambiante_c IS 'Temperature of the product in the tank or truck, °C: the volume is corrected from it.';

--
-- Name: COLUMN receptions.temperature_echantillon_c; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.receptions.temperature_echantillon_c IS 'Temperature of the sample whose density was read, °C.';

--
-- Name: COLUMN receptions.densite_observee_kgm3; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.receptions.densite_observee_kgm3 IS 'Density read on the sample, kg/m³. One sent in kg/L (below 2) is multiplied by 1000: six decimals, so that none is lost before.';

--
-- Name: COLUMN receptions.densite_a_15_kgm3; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.receptions.densite_a_15_kgm3 IS 'Density at 15 °C, kg/m³; densite_a_15 is the same figure under its older name.';

--
-- Name: COLUMN receptions.vcf; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.receptions.vcf IS 'Volume correction factor to 15 °C that was used.';

--
-- Name: COLUMN receptions.methode_15c; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.receptions.methode_15c IS 'Method that gave volume_15c: LEGACY or the name of a standard.';

--
-- Name: COLUMN receptions.parametres_15c; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.receptions.parametres_15c IS 'How the method was set, and what the client had computed: with the measures, all it takes to compute volume_15c again.';

--
-- Name: COLUMN receptions.volume_15c; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.receptions.volume_15c IS 'Litres at 15 °C; volume_corrige_15c is the same figure under its older name.';

--
-- Name: COLUMN receptions.date_reception; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.receptions.date_reception IS 'Day in the depot''s time zone; may lie in the past, never in the future.';

--
-- Name: COLUMN receptions.avertissements; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.receptions.avertissements IS 'What was possible but unlikely when it was written, [{code, phrase}]: see private.avertissements.';

--
-- Name: exiger_camion(public.receptions, public.cours_de_route); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.exiger_camion(p_reception public.receptions, p_cdr public.cours_de_route) RETURNS void
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  if (p_reception.produit_id, p_reception.depot_id) <> (p_cdr.produit_id, p_cdr.depot_destination_id) then
    perform private.refuser('CITERNE_INACTIVE_OR_INCOMPATIBLE',
      jsonb_build_object('citerne_id', p_reception.citerne_id));
  end if;
  if p_reception.date_reception < p_cdr.date_chargement and not p_cdr.date_chargement_presumee then
    perform private.refuser('RECEPTION_AVANT_CHARGEMENT',
      jsonb_build_object('date_chargement', p_cdr.date_chargement, 'date_reception', p_reception.date_reception));
  end if;
end;
$$;

--
-- Name: FUNCTION exiger_camion(p_reception public.receptions, p_cdr public.cours_de_route); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.exiger_camion(p_reception public.receptions, p_cdr public.cours_de_route) IS 'Whether a truck (null: none) brings what is received, where and when it is. Raises CITERNE_INACTIVE_OR_INCOMPATIBLE, RECEPTION_AVANT_CHARGEMENT.';

--
-- Name: exiger_camion_libre(public.cours_de_route); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.exiger_camion_libre(p_cdr public.cours_de_route) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  if exists (select from public.cours_de_route c
              where private.cle_au_depot(c.depot_destination_id, private.cle_plaque(c.plaque_camion))
                  = private.cle_au_depot(p_cdr.depot_destination_id, private.cle_plaque(p_cdr.plaque_camion))
                and c.statut not in ('DECHARGE', 'ANNULE') and c.id <> p_cdr.id) then
    perform private.refuser('CDR_DEJA_OUVERT', jsonb_build_object('plaque_camion', p_cdr.plaque_camion));
  end if;
end;
$$;

--
-- Name: FUNCTION exiger_camion_libre(p_cdr public.cours_de_route); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.exiger_camion_libre(p_cdr public.cours_de_route) IS 'Refuses a truck that is already on its way to this depot, by the letters and digits of its plate. The caller has reserved trucks. Raises CDR_DEJA_OUVERT.';

--
-- Name: exiger_citerne(public.citernes, uuid, uuid); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.exiger_citerne(p_citerne public.citernes, p_citerne_id uuid, p_produit_id uuid) RETURNS void
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  if p_citerne.statut = 'active' and p_citerne.produit_id = p_produit_id then
    return;
  end if;
  perform private.refuser('CITERNE_INACTIVE_OR_INCOMPATIBLE', jsonb_build_object('citerne_id', p_citerne_id));
end;
$$;

--
-- Name: FUNCTION exiger_citerne(p_citerne public.citernes, p_citerne_id uuid, p_produit_id uuid); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.exiger_citerne(p_citerne public.citernes, p_citerne_id uuid, p_produit_id uuid) IS 'Refuses a tank that was not found (null), is not active or holds another product (CITERNE_INACTIVE_OR_INCOMPATIBLE).';

--
-- Name: exiger_colonnes(regclass, jsonb); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.exiger_colonnes(p_table regclass, p_ligne jsonb) RETURNS void
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  -- Of the columns that were sent, those that a client's role may insert: the grants are the list.
  v_inconnus constant jsonb := p_ligne - array(
    select a.attname::text from pg_catalog.pg_attribute a
     where a.attrelid = p_table and p_ligne ? a.attname and has_column_privilege('authenticated', p_table, a.attnum,
       'insert'));
begin
  if v_inconnus <> '{}' then
    perform private.refuser('CHAMP_INCONNU',
      jsonb_build_object('champ', (select min(k) from jsonb_object_keys(v_inconnus) k)));
  end if;
end;
$$;

--
-- Name: FUNCTION exiger_colonnes(p_table regclass, p_ligne jsonb); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.exiger_colonnes(p_table regclass, p_ligne jsonb) IS 'Refuses a row that brings a column which a client may not insert into this table, or which does not exist. Raises CHAMP_INCONNU.';

--
-- Name: exiger_contenance(uuid, date, numeric); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.exiger_contenance(p_citerne_id uuid, p_jour date, p_volume numeric) RETURNS void
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  v_capacite numeric;
  v_stock numeric;
  v_dernier_jour date;
begin
  select c.capacite_totale, sum(s.stock_ambiant), max(s.dernier_jour) into v_capacite, v_stock, v_dernier_jour
    from public.citernes c join public.stocks_snapshot s on s.citerne_id = c.id
   where c.id = p_citerne_id group by c.id;
  if v_dernier_jour > p_jour then
    select j.date_jour, j.stock_ambiant into p_jour, v_stock
      from private.jours_citerne(p_citerne_id, p_jour) j where j.stock_ambiant > v_capacite order by j.date_jour
        limit 1;
  end if;
  if v_stock > v_capacite then
    perform private.refuser('CITERNE_PLEINE', jsonb_build_object('date_jour', p_jour, 'volume', p_volume,
      'libre', greatest(v_capacite - v_stock + p_volume, 0), 'capacite_totale', v_capacite));
  end if;
end;
$$;

--
-- Name: FUNCTION exiger_contenance(p_citerne_id uuid, p_jour date, p_volume numeric); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.exiger_contenance(p_citerne_id uuid, p_jour date, p_volume numeric) IS 'After litres came into a tank on a day, refuses where that day or a later one ends above what it can hold, all owners together, and names the first. The caller has the lock. Raises CITERNE_PLEINE.';

--
-- Name: exiger_densite_du_produit(numeric, public.produits); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.exiger_densite_du_produit(p_densite_kgm3 numeric, p_produit public.produits) RETURNS void
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  -- A bound that is not set bounds nothing.
  if p_densite_kgm3 < p_produit.densite_15_min or p_densite_kgm3 > p_produit.densite_15_max then
    perform private.refuser('DENSITE_HORS_PRODUIT', jsonb_build_object('produit', p_produit.nom,
      'densite_a_15_kgm3', p_densite_kgm3, 'minimum', p_produit.densite_15_min, 'maximum', p_produit.densite_15_max));
  end if;
end;
$$;

--
-- Name: FUNCTION exiger_densite_du_produit(p_densite_kgm3 numeric, p_produit public.produits); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.exiger_densite_du_produit(p_densite_kgm3 numeric, p_produit public.produits) IS 'Refuses a density at 15 °C (kg/m³) that the product cannot have. Raises DENSITE_HORS_PRODUIT.';

--
-- Name: exiger_disponible(uuid, uuid, text, numeric, numeric, text); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.exiger_disponible(p_citerne_id uuid, p_produit_id uuid, p_proprietaire_type text, p_volume numeric, p_volume_15c numeric, p_methode_15c text) RETURNS void
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  v_stock public.stocks_snapshot;
begin
  select * into v_stock from public.stocks_snapshot s
   where s.citerne_id = p_citerne_id and s.produit_id = p_produit_id and s.proprietaire_type = p_proprietaire_type;
  if not found then
    perform private.refuser(
      case when exists (select from public.stocks_snapshot) then 'SORTIE_STOCK_INTROUVABLE' else 'SNAPSHOT_VIDE' end,
      jsonb_build_object('citerne_id', p_citerne_id, 'produit_id', p_produit_id, 'proprietaire_type',
        p_proprietaire_type));
  end if;
  -- The old formula is not one that a litre at 15 °C could be trusted to: there both figures bind.
  if p_methode_15c = 'LEGACY' and p_volume > v_stock.stock_ambiant then
    perform private.refuser('INSUFFICIENT_STOCK', jsonb_build_object(
      'mesure', 'volume ambiant', 'demande', p_volume, 'disponible', v_stock.stock_ambiant));
  end if;
  if p_volume_15c > v_stock.stock_15c then
    perform private.refuser('INSUFFICIENT_STOCK', jsonb_build_object(
      'mesure', 'volume à 15 °C', 'demande', p_volume_15c, 'disponible', v_stock.stock_15c));
  end if;
end;
$$;

--
-- Name: FUNCTION exiger_disponible(p_citerne_id uuid, p_produit_id uuid, p_proprietaire_type text, p_volume numeric, p_volume_15c numeric, p_methode_15c text); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.exiger_disponible(p_citerne_id uuid, p_produit_id uuid, p_proprietaire_type text, p_volume numeric, p_volume_15c numeric, p_methode_15c text) IS 'Refuses litres that the stock of a tank and owner does not have: at 15 °C, and by the method LEGACY as measured too. The caller has the lock. Raises SNAPSHOT_VIDE, SORTIE_STOCK_INTROUVABLE, INSUFFICIENT_STOCK.';

--
-- Name: exiger_ecritures_ouvertes(); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.exiger_ecritures_ouvertes() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  v_gel text;
begin
  -- An older snapshot of the database would not see a freeze declared since.
  perform private.exiger_read_committed();
  select s.value into v_gel from public.app_settings s where s.key = 'gel_ecritures';
  if v_gel is not null and (v_gel::jsonb ->> 'operateur')::uuid is distinct from auth.uid() then
    perform private.refuser('ECRITURES_GELEES', v_gel::jsonb - 'operateur');
  end if;
  return null;
end;
$$;

--
-- Name: FUNCTION exiger_ecritures_ouvertes(); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.exiger_ecritures_ouvertes() IS 'Refuses every statement that writes while a freeze is on, except its operator''s: one reading of app_settings a statement. Raises ECRITURES_GELEES, ISOLATION_INTERDITE.';

--
-- Name: exiger_en_service(uuid); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.exiger_en_service(p_citerne_id uuid) RETURNS void
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  if exists (select from public.citernes c where c.id = p_citerne_id and c.statut <> 'active') then
    perform private.refuser('CITERNE_INACTIVE_OR_INCOMPATIBLE', jsonb_build_object('citerne_id', p_citerne_id));
  end if;
end;
$$;

--
-- Name: FUNCTION exiger_en_service(p_citerne_id uuid); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.exiger_en_service(p_citerne_id uuid) IS 'Refuses a tank that has closed since it was read. The caller has the lock. Raises CITERNE_INACTIVE_OR_INCOMPATIBLE.';

--
-- Name: fournisseur_facture_lot_min; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.fournisseur_facture_lot_min (
    id uuid DEFAULT private.nouvel_id() NOT NULL,
    fournisseur_lot_id uuid NOT NULL,
    fournisseur_id uuid NOT NULL,
    type text DEFAULT 'FACTURE'::text NOT NULL,
    facture_origine_id uuid,
    invoice_no text NOT NULL,
    deal_reference text,
    date_facture date NOT NULL,
    date_echeance date,
    quantite_facturee_20c numeric(15,3) NOT NULL,
    prix_unitaire_usd numeric(18,6) NOT NULL,
    base text DEFAULT 'L20'::text NOT NULL,
    quantite_base numeric(15,3) NOT NULL,
    prix_base_usd numeric(18,6) NOT NULL,
    montant_total_usd numeric(18,2) NOT NULL,
    statut text DEFAULT 'DRAFT'::text NOT NULL,
    numero text,
    justification text,
    created_by uuid,
    validated_by uuid,
    validated_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT fournisseur_facture_lot_min_base_check CHECK ((base = ANY (ARRAY['L20'::text, 'L15'::text, 'TM_AIR'::text]))),
    CONSTRAINT fournisseur_facture_lot_min_check CHECK ((date_echeance >= date_facture)),
    CONSTRAINT fournisseur_facture_lot_min_check1 CHECK (((type = 'AVOIR'::text) = (facture_origine_id IS NOT NULL))),
    CONSTRAINT fournisseur_facture_lot_min_check2 CHECK (((numero IS NULL) = (validated_at IS NULL))),
    CONSTRAINT fournisseur_facture_lot_min_check3 CHECK (((validated_at IS NOT NULL) OR (statut <> 'VALIDEE'::text))),
    CONSTRAINT fournisseur_facture_lot_min_date_echeance_possible CHECK (((private.date_possible(date_echeance) IS NOT FALSE) OR private.refuser_valeur('DATE_IMPOSSIBLE'::text, 'date_echeance'::text))),
    CONSTRAINT fournisseur_facture_lot_min_date_facture_check CHECK ((date_facture >= '2020-01-01'::date)),
    CONSTRAINT fournisseur_facture_lot_min_date_facture_possible CHECK (((private.date_possible(date_facture) IS NOT FALSE) OR private.refuser_valeur('DATE_IMPOSSIBLE'::text, 'date_facture'::text))),
    CONSTRAINT fournisseur_facture_lot_min_deal_reference_check2000 CHECK ((char_length(deal_reference) <= 2000)),
    CONSTRAINT fournisseur_facture_lot_min_deal_reference_lisible CHECK (((private.texte_lisible(deal_reference, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'deal_reference'::text))),
    CONSTRAINT fournisseur_facture_lot_min_invoice_no_check CHECK ((btrim(invoice_no) <> ''::text)),
    CONSTRAINT fournisseur_facture_lot_min_invoice_no_check2000 CHECK ((char_length(invoice_no) <= 2000)),
    CONSTRAINT fournisseur_facture_lot_min_invoice_no_lisible CHECK (((private.texte_lisible(invoice_no, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'invoice_no'::text))),
    CONSTRAINT fournisseur_facture_lot_min_justification_check2000 CHECK ((char_length(justification) <= 2000)),
    CONSTRAINT fournisseur_facture_lot_min_justification_lisible CHECK (((private.texte_lisible(justification, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'justification'::text))),
    CONSTRAINT fournisseur_facture_lot_min_montant_total_usd_check CHECK (((montant_total_usd > (0)::numeric) AND (montant_total_usd < '10000000000000'::numeric))),
    CONSTRAINT fournisseur_facture_lot_min_numero_check2000 CHECK ((char_length(numero) <= 2000)),
    CONSTRAINT fournisseur_facture_lot_min_numero_lisible CHECK (((private.texte_lisible(numero, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'numero'::text))),
    CONSTRAINT fournisseur_facture_lot_min_prix_base_usd_check CHECK (((prix_base_usd > (0)::numeric) AND (prix_base_usd < '10000000'::numeric))),
    CONSTRAINT fournisseur_facture_lot_min_prix_unitaire_usd_check CHECK (((prix_unitaire_usd > (0)::numeric) AND (prix_unitaire_usd < '1000000'::numeric))),
    CONSTRAINT fournisseur_facture_lot_min_quantite_base_check CHECK (((quantite_base > (0)::numeric) AND (quantite_base < '1000000000'::numeric))),
    CONSTRAINT fournisseur_facture_lot_min_quantite_facturee_20c_check CHECK (((quantite_facturee_20c > (0)::numeric) AND (quantite_facturee_20c < '1000000000'::numeric))),
    CONSTRAINT fournisseur_facture_lot_min_statut_check CHECK ((statut = ANY (ARRAY['DRAFT'::text, 'CALCULEE'::text, 'VALIDEE'::text, 'LITIGE'::text, 'ANNULEE'::text]))),
    CONSTRAINT fournisseur_facture_lot_min_type_check CHECK ((type = ANY (ARRAY['FACTURE'::text, 'AVOIR'::text])))
);

--
-- Name: TABLE fournisseur_facture_lot_min; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.fournisseur_facture_lot_min IS 'Invoices and credit notes of suppliers, in USD, one live invoice a lot. Written by the client as a draft; frozen once validated.';

--
-- Name: COLUMN fournisseur_facture_lot_min.quantite_facturee_20c; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.fournisseur_facture_lot_min.quantite_facturee_20c IS 'Litres at 20 °C that the supplier invoices; in another base, what that quantity comes to at the lot''s own ratio.';

--
-- Name: COLUMN fournisseur_facture_lot_min.prix_unitaire_usd; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.fournisseur_facture_lot_min.prix_unitaire_usd IS 'USD for one litre at 20 °C.';

--
-- Name: COLUMN fournisseur_facture_lot_min.base; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.fournisseur_facture_lot_min.base IS 'What it is invoiced by: litres at 20 or 15 °C, tonnes in air.';

--
-- Name: COLUMN fournisseur_facture_lot_min.montant_total_usd; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.fournisseur_facture_lot_min.montant_total_usd IS 'quantite_base × prix_base_usd, to the cent.';

--
-- Name: COLUMN fournisseur_facture_lot_min.numero; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.fournisseur_facture_lot_min.numero IS 'Ours, given with its validation (series FFO).';

--
-- Name: exiger_facture_validable(public.fournisseur_facture_lot_min, text); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.exiger_facture_validable(p_facture public.fournisseur_facture_lot_min, p_justification text) RETURNS void
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  v_lot_id constant uuid := p_facture.fournisseur_lot_id;
  v_ouverts jsonb;
  v_camions jsonb;
begin
  if exists (select from public.fournisseur_lot l where l.id = v_lot_id and l.statut = 'ouvert') then
    perform private.refuser('LOT_NON_CLOTURE');
  end if;
  select jsonb_agg(jsonb_build_object('id', e.id, 'type', e.type, 'reference_type', e.reference_type, 'statut',
    e.statut))
    into v_ouverts from public.ecarts e where e.fournisseur_lot_id = v_lot_id and e.statut <> 'TRAITE';
  if v_ouverts is not null then
    perform private.refuser('FACTURE_ECARTS_OUVERTS',
      jsonb_build_object('combien', jsonb_array_length(v_ouverts), 'ecarts', v_ouverts));
  end if;
  select jsonb_agg(c.plaque_camion order by c.plaque_camion) into v_camions
    from public.cours_de_route c
   where c.fournisseur_lot_id = v_lot_id and c.statut not in ('DECHARGE', 'ANNULE')
     and not exists (select from public.ecarts e where e.type = 'LOGISTIQUE' and e.reference_type = 'CDR'
                        and e.reference_id = c.id and e.statut = 'TRAITE');
  if v_camions is not null then
    perform private.refuser('FACTURE_CAMIONS_EN_ROUTE',
      jsonb_build_object('combien', jsonb_array_length(v_camions), 'camions', v_camions));
  end if;
  if exists (
    select from private.receptions_a_facturer(v_lot_id, p_facture.id) n
      full join (select * from public.factures_fournisseur_receptions r where r.facture_id = p_facture.id) s
        using (reception_id)
     where (n.volume_15c, n.volume_20c, n.densite_15) is distinct from (s.volume_15c, s.volume_20c, s.densite_15)) then
    perform private.refuser('FACTURE_PERIMEE');
  end if;
  if exists (select from public.ecarts e where e.fournisseur_lot_id = v_lot_id) then
    perform private.exiger_motif(p_justification, 10);
  end if;
end;
$$;

--
-- Name: FUNCTION exiger_facture_validable(p_facture public.fournisseur_facture_lot_min, p_justification text); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.exiger_facture_validable(p_facture public.fournisseur_facture_lot_min, p_justification text) IS 'Its lot is closed, every truck in or excused, every gap treated, what it counts is what stands now; a reason where there were gaps. Raises LOT_NON_CLOTURE, FACTURE_ECARTS_OUVERTS, FACTURE_CAMIONS_EN_ROUTE, FACTURE_PERIMEE, MOTIF_REQUIS.';

--
-- Name: exiger_flag(text); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.exiger_flag(p_key text) RETURNS void
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  if not private.flag_actif(p_key, (select p.depot_id from public.profils p where p.user_id = auth.uid())) then
    perform private.refuser('FLAG_INACTIF', jsonb_build_object('key', p_key));
  end if;
end;
$$;

--
-- Name: FUNCTION exiger_flag(p_key text); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.exiger_flag(p_key text) IS 'Refuses with FLAG_INACTIF where a flag is off for the calling user at their depot.';

--
-- Name: exiger_lecteur_journal(); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.exiger_lecteur_journal() RETURNS void
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  perform private.exiger('lire_journal');
end;
$$;

--
-- Name: FUNCTION exiger_lecteur_journal(); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.exiger_lecteur_journal() IS 'Refuses with ROLE_FORBIDDEN whoever may read no line of the log, rather than showing them an empty one.';

--
-- Name: fournisseur_lot; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.fournisseur_lot (
    id uuid DEFAULT private.nouvel_id() NOT NULL,
    fournisseur_id uuid NOT NULL,
    produit_id uuid NOT NULL,
    reference text NOT NULL,
    date_lot date,
    statut text DEFAULT 'ouvert'::text NOT NULL,
    note text,
    created_by uuid,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT fournisseur_lot_created_at_possible CHECK (((private.date_possible(created_at) IS NOT FALSE) OR private.refuser_valeur('DATE_IMPOSSIBLE'::text, 'created_at'::text))),
    CONSTRAINT fournisseur_lot_date_lot_possible CHECK (((private.date_possible(date_lot) IS NOT FALSE) OR private.refuser_valeur('DATE_IMPOSSIBLE'::text, 'date_lot'::text))),
    CONSTRAINT fournisseur_lot_note_check2000 CHECK ((char_length(note) <= 2000)),
    CONSTRAINT fournisseur_lot_note_lisible CHECK (((private.texte_lisible(note, true) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'note'::text))),
    CONSTRAINT fournisseur_lot_reference_check CHECK ((btrim(reference) <> ''::text)),
    CONSTRAINT fournisseur_lot_reference_check2000 CHECK ((char_length(reference) <= 2000)),
    CONSTRAINT fournisseur_lot_reference_lisible CHECK (((private.texte_lisible(reference, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'reference'::text))),
    CONSTRAINT fournisseur_lot_statut_check CHECK ((statut = ANY (ARRAY['ouvert'::text, 'cloture'::text, 'facture'::text]))),
    CONSTRAINT fournisseur_lot_updated_at_possible CHECK (((private.date_possible(updated_at) IS NOT FALSE) OR private.refuser_valeur('DATE_IMPOSSIBLE'::text, 'updated_at'::text)))
);

--
-- Name: TABLE fournisseur_lot; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.fournisseur_lot IS 'What one supplier sold us of one product in one deal; trucks bring it.';

--
-- Name: COLUMN fournisseur_lot.date_lot; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.fournisseur_lot.date_lot IS 'Day of the deal, null where it is not known.';

--
-- Name: COLUMN fournisseur_lot.statut; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.fournisseur_lot.statut IS 'ouvert: trucks may join; cloture: complete; facture: invoiced. Lower case, as the client reads it.';

--
-- Name: exiger_lot_finance(uuid); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.exiger_lot_finance(p_lot_id uuid) RETURNS public.fournisseur_lot
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  v_lot public.fournisseur_lot;
begin
  select * into v_lot from public.fournisseur_lot l
   where l.id = p_lot_id
     and (private.peut('voir_tous_depots')
          or exists (select from public.cours_de_route c where c.fournisseur_lot_id = l.id
                      and c.depot_destination_id = any (private.depots_visibles()))) for update;
  if not found then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'ce lot'));
  end if;
  return v_lot;
end;
$$;

--
-- Name: FUNCTION exiger_lot_finance(p_lot_id uuid); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.exiger_lot_finance(p_lot_id uuid) IS 'The lot, locked, of somebody who sees its money: who sees every depot, or one that a truck of it goes to. Raises INTROUVABLE.';

--
-- Name: exiger_lot_ouvert(uuid, text); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.exiger_lot_ouvert(p_lot_id uuid, p_acte text) RETURNS public.fournisseur_lot
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  v_lot public.fournisseur_lot;
begin
  -- Shared: trucks join side by side, whoever closes the lot waits for them, and they for whoever has.
  select * into v_lot from public.fournisseur_lot l where l.id = p_lot_id for share;
  if not found then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'ce lot'));
  end if;
  if v_lot.statut <> 'ouvert' then
    perform private.refuser_lot('LOT_NON_OUVERT', jsonb_build_object('acte', p_acte, 'statut', v_lot.statut));
  end if;
  return v_lot;
end;
$$;

--
-- Name: FUNCTION exiger_lot_ouvert(p_lot_id uuid, p_acte text); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.exiger_lot_ouvert(p_lot_id uuid, p_acte text) IS 'The lot, locked while this transaction lasts, if trucks may still join and leave it; p_acte says in French what was wanted of it. Raises INTROUVABLE, LOT_NON_OUVERT.';

--
-- Name: exiger_motif(text, integer); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.exiger_motif(p_motif text, p_minimum integer) RETURNS void
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  c_lettres constant int := 3;
begin
  if p_motif is null or char_length(private.texte_net(p_motif)) < p_minimum
     or regexp_count(p_motif collate pg_c_utf8, '[[:alpha:]]') < c_lettres then
    perform private.refuser('MOTIF_REQUIS', jsonb_build_object('minimum', p_minimum));
  end if;
end;
$$;

--
-- Name: FUNCTION exiger_motif(p_motif text, p_minimum integer); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.exiger_motif(p_motif text, p_minimum integer) IS 'Refuses with MOTIF_REQUIS a reason shorter than p_minimum characters, or without words: fewer than three letters.';

--
-- Name: exiger_profil(); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.exiger_profil() RETURNS void
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  if private.role() is not null then
    return;
  end if;
  perform private.refuser(case
    when exists (select from public.profils p where p.user_id = auth.uid()) then 'COMPTE_DESACTIVE'
      else 'ROLE_FORBIDDEN' end);
end;
$$;

--
-- Name: FUNCTION exiger_profil(); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.exiger_profil() IS 'Refuses a user without a profile (ROLE_FORBIDDEN) or deactivated (COMPTE_DESACTIVE). The doors open with it: such a user can do nothing.';

--
-- Name: exiger_quatre_yeux(uuid); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.exiger_quatre_yeux(p_auteur uuid) RETURNS void
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  if p_auteur = auth.uid() and private.flag_actif('quatre_yeux_finance', null) then
    perform private.refuser('QUATRE_YEUX');
  end if;
end;
$$;

--
-- Name: FUNCTION exiger_quatre_yeux(p_auteur uuid); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.exiger_quatre_yeux(p_auteur uuid) IS 'Under the flag quatre_yeux_finance nobody decides on what they wrote themselves. Raises QUATRE_YEUX.';

--
-- Name: exiger_rattachement(public.cours_de_route, public.cours_de_route); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.exiger_rattachement(p_avant public.cours_de_route, p_apres public.cours_de_route) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  v_lot public.fournisseur_lot;
begin
  if (p_avant.fournisseur_lot_id, p_avant.fournisseur_id, p_avant.produit_id)
     is not distinct from (p_apres.fournisseur_lot_id, p_apres.fournisseur_id, p_apres.produit_id) then
    return;
  end if;
  if p_avant.fournisseur_lot_id is distinct from p_apres.fournisseur_lot_id then
    if p_avant.statut = 'DECHARGE' then
      perform private.refuser_lot('LOT_CDR_DECHARGE');
    end if;
    if p_avant.fournisseur_lot_id is not null then
      perform private.exiger_lot_ouvert(p_avant.fournisseur_lot_id, 'détacher un CDR d''un');
    end if;
  end if;
  if p_apres.fournisseur_lot_id is null then
    return;
  end if;
  v_lot := private.exiger_lot_ouvert(p_apres.fournisseur_lot_id, 'rattacher un CDR à un');
  if v_lot.fournisseur_id <> p_apres.fournisseur_id then
    perform private.refuser_lot('LOT_INCOMPATIBLE', '{"quoi":"fournisseur"}');
  end if;
  if v_lot.produit_id <> p_apres.produit_id then
    perform private.refuser_lot('LOT_INCOMPATIBLE', '{"quoi":"produit"}');
  end if;
end;
$$;

--
-- Name: FUNCTION exiger_rattachement(p_avant public.cours_de_route, p_apres public.cours_de_route); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.exiger_rattachement(p_avant public.cours_de_route, p_apres public.cours_de_route) IS 'Whether a truck may join, leave or change its lot, or its supplier and product within one: open lots only, same supplier and product, never once unloaded. Raises INTROUVABLE, LOT_NON_OUVERT, LOT_INCOMPATIBLE, LOT_CDR_DECHARGE.';

--
-- Name: exiger_read_committed(); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.exiger_read_committed() RETURNS void
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  if current_setting('transaction_isolation') <> 'read committed' then
    perform private.refuser('ISOLATION_INTERDITE');
  end if;
end;
$$;

--
-- Name: FUNCTION exiger_read_committed(); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.exiger_read_committed() IS 'Refuses an older snapshot of the database, for rules that must see what others have just committed. Raises ISOLATION_INTERDITE.';

--
-- Name: exiger_second_facteur(boolean); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.exiger_second_facteur(p_toujours boolean DEFAULT false) RETURNS void
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  if not (private.second_facteur_prouve() or (not p_toujours and private.second_facteur_suffit())) then
    perform private.refuser('SECOND_FACTEUR_REQUIS');
  end if;
end;
$$;

--
-- Name: FUNCTION exiger_second_facteur(p_toujours boolean); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.exiger_second_facteur(p_toujours boolean) IS 'Refuses a session without a second factor where the flag mfa_admin asks for one; p_toujours: whatever the flag says. Raises SECOND_FACTEUR_REQUIS.';

--
-- Name: exiger_securite(uuid, date, numeric); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.exiger_securite(p_citerne_id uuid, p_jour date, p_vcf numeric DEFAULT NULL::numeric) RETURNS void
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  v_statut text;
  v_securite numeric;
  v_stock numeric;
  v_dernier_jour date;
begin
  select c.statut, c.capacite_securite into v_statut, v_securite from public.citernes c where c.id = p_citerne_id;
  if v_statut <> 'active' then
    perform private.refuser('CITERNE_INACTIVE_OR_INCOMPATIBLE', jsonb_build_object('citerne_id', p_citerne_id));
  end if;
  if v_securite = 0 then
    return;
  end if;
  -- What is left, as it measures at the temperature of what has just left: the books' ambient litres are of other days.
  select sum(coalesce(s.stock_15c / p_vcf, s.stock_ambiant)), max(s.dernier_jour) into v_stock, v_dernier_jour
    from public.stocks_snapshot s where s.citerne_id = p_citerne_id;
  if v_dernier_jour > p_jour then
    select j.date_jour, coalesce(j.stock_15c / p_vcf, j.stock_ambiant) into p_jour, v_stock
      from private.jours_citerne(p_citerne_id, p_jour) j
     where coalesce(j.stock_15c / p_vcf, j.stock_ambiant) < v_securite order by j.date_jour limit 1;
  end if;
  if v_stock < v_securite then
    perform private.refuser('SORTIE_CAPACITE_SECURITE',
      jsonb_build_object('date_jour', p_jour, 'reste', round(v_stock, 3), 'capacite_securite', v_securite));
  end if;
end;
$$;

--
-- Name: FUNCTION exiger_securite(p_citerne_id uuid, p_jour date, p_vcf numeric); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.exiger_securite(p_citerne_id uuid, p_jour date, p_vcf numeric) IS 'After litres left a tank on a day, refuses where that day or a later one ends below its security capacity, all owners together, and names the first: litres at 15 °C read at the temperature they left at where p_vcf, their correction factor, is given, else as measured; or where it has closed since it was read. The caller has the lock. Raises SORTIE_CAPACITE_SECURITE, CITERNE_INACTIVE_OR_INCOMPATIBLE.';

--
-- Name: exiger_solde(public.fournisseur_facture_lot_min, numeric); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.exiger_solde(p_facture public.fournisseur_facture_lot_min, p_montant numeric) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  v_solde numeric;
begin
  perform private.verrouiller_tiers('FOURNISSEUR', p_facture.fournisseur_id);
  v_solde := p_facture.montant_total_usd - private.regle_de_facture(p_facture.id);
  if not coalesce(p_montant <= v_solde, false) then
    perform private.refuser('PAIEMENT_EXCEDENTAIRE', jsonb_build_object('montant', p_montant, 'solde', v_solde));
  end if;
end;
$$;

--
-- Name: FUNCTION exiger_solde(p_facture public.fournisseur_facture_lot_min, p_montant numeric); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.exiger_solde(p_facture public.fournisseur_facture_lot_min, p_montant numeric) IS 'An invoice is not paid beyond what is left of it; takes the mutex of the account. Raises PAIEMENT_EXCEDENTAIRE, ISOLATION_INTERDITE.';

--
-- Name: exiger_temperatures(private.mesures, public.depots); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.exiger_temperatures(p_mesures private.mesures, p_depot public.depots) RETURNS void
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  v_champ text;
  v_temperature numeric;
begin
  if p_mesures.temperature_produit_c is null then
    perform private.refuser('TEMPERATURE_REQUISE', '{"champ": "temperature_ambiante_c"}');
  end if;
  if p_mesures.temperature_produit_c between p_depot.temperature_min_c and p_depot.temperature_max_c
     and coalesce(p_mesures.temperature_echantillon_c, p_mesures.temperature_produit_c)
         between p_depot.temperature_min_c and p_depot.temperature_max_c then
    return;
  end if;
  if p_mesures.temperature_produit_c between p_depot.temperature_min_c and p_depot.temperature_max_c then
    v_champ := 'temperature_echantillon_c';
    v_temperature := p_mesures.temperature_echantillon_c;
  else
    v_champ := 'temperature_ambiante_c';
    v_temperature := p_mesures.temperature_produit_c;
  end if;
  perform private.refuser('TEMPERATURE_HORS_PLAGE', jsonb_build_object('champ', v_champ, 'temperature', v_temperature,
    'min', p_depot.temperature_min_c, 'max', p_depot.temperature_max_c));
end;
$$;

--
-- Name: FUNCTION exiger_temperatures(p_mesures private.mesures, p_depot public.depots); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.exiger_temperatures(p_mesures private.mesures, p_depot public.depots) IS 'The product''s temperature, and both within what the depot holds for plausible (°C). Raises TEMPERATURE_REQUISE, TEMPERATURE_HORS_PLAGE.';

--
-- Name: exiger_version(public.sorties_produit, integer); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.exiger_version(p_sortie public.sorties_produit, p_version integer) RETURNS void
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  if p_version <> p_sortie.version then
    perform private.refuser('VERSION_PERIMEE', jsonb_build_object('version', p_version, 'version_actuelle',
      p_sortie.version,
      'modifiee_par', p_sortie.updated_by, 'modifiee_le', p_sortie.updated_at));
  end if;
end;
$$;

--
-- Name: FUNCTION exiger_version(p_sortie public.sorties_produit, p_version integer); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.exiger_version(p_sortie public.sorties_produit, p_version integer) IS 'Refuses a draft, already locked, that is no longer the version which was read; null: whichever it is. Raises VERSION_PERIMEE.';

--
-- Name: facture_a_changer(uuid, text[]); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.facture_a_changer(p_id uuid, VARIADIC p_statuts text[]) RETURNS public.fournisseur_facture_lot_min
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  v_facture public.fournisseur_facture_lot_min;
begin
  perform private.exiger_read_committed();
  select * into v_facture from public.fournisseur_facture_lot_min f where f.id = p_id for update;
  if not found then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'cette facture'));
  end if;
  perform private.exiger_lot_finance(v_facture.fournisseur_lot_id);
  if v_facture.type <> 'FACTURE' or v_facture.statut <> all (p_statuts) then
    perform private.refuser('FACTURE_ETAT', jsonb_build_object('statut', v_facture.statut));
  end if;
  return v_facture;
end;
$$;

--
-- Name: FUNCTION facture_a_changer(p_id uuid, VARIADIC p_statuts text[]); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.facture_a_changer(p_id uuid, VARIADIC p_statuts text[]) IS 'The invoice and its lot, locked, in one of these states. Raises INTROUVABLE, FACTURE_ETAT, ISOLATION_INTERDITE.';

--
-- Name: facture_a_payer(uuid); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.facture_a_payer(p_id uuid) RETURNS public.fournisseur_facture_lot_min
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  v_facture public.fournisseur_facture_lot_min;
begin
  v_facture := private.facture_a_changer(p_id, 'DRAFT', 'CALCULEE', 'VALIDEE');
  if v_facture.statut <> 'VALIDEE' then
    perform private.refuser('PAIEMENT_FACTURE_NON_VALIDEE', jsonb_build_object('statut', v_facture.statut));
  end if;
  return v_facture;
end;
$$;

--
-- Name: FUNCTION facture_a_payer(p_id uuid); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.facture_a_payer(p_id uuid) IS 'The invoice, locked: validated, and not disputed. Raises PAIEMENT_FACTURE_NON_VALIDEE, INTROUVABLE, FACTURE_ETAT, ISOLATION_INTERDITE.';

--
-- Name: facture_en_20c(public.fournisseur_facture_lot_min); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.facture_en_20c(p_facture public.fournisseur_facture_lot_min) RETURNS public.fournisseur_facture_lot_min
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  v_rapport numeric;
begin
  if p_facture.base <> 'L20' then
    if exists (select from private.receptions_a_facturer(p_facture.fournisseur_lot_id, p_facture.id) r
                where r.tonnes_air is null) and p_facture.base = 'TM_AIR' then
      perform private.refuser('TONNAGE_SANS_DENSITE');
    end if;
    select sum(r.volume_20c) / sum(case p_facture.base when 'L15' then r.volume_15c else r.tonnes_air end)
      into v_rapport
      from private.receptions_a_facturer(p_facture.fournisseur_lot_id, p_facture.id) r;
    if v_rapport is null then
      perform private.refuser('FACTURE_SANS_RECEPTION');
    end if;
    p_facture.quantite_facturee_20c := round(p_facture.quantite_base * v_rapport, 3);
    p_facture.prix_unitaire_usd := round(p_facture.prix_base_usd / v_rapport, 6);
  else
    p_facture.quantite_facturee_20c := p_facture.quantite_base;
    p_facture.prix_unitaire_usd := p_facture.prix_base_usd;
  end if;
  p_facture.montant_total_usd := round(p_facture.quantite_base * p_facture.prix_base_usd, 2);
  return p_facture;
end;
$$;

--
-- Name: FUNCTION facture_en_20c(p_facture public.fournisseur_facture_lot_min); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.facture_en_20c(p_facture public.fournisseur_facture_lot_min) IS 'Its quantity and price by litres at 20 °C, whatever base it is invoiced by, and its amount. Raises FACTURE_SANS_RECEPTION, TONNAGE_SANS_DENSITE.';

--
-- Name: facture_fournisseur_apres_insert(); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.facture_fournisseur_apres_insert() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  if new.type = 'FACTURE' then
    perform private.journaliser('FACTURE_CREEE', 'factures_fournisseur', 'INFO', new.id, null, to_jsonb(new));
    -- The client of today has no screen to calculate and validate: one act does it all, or nothing.
    if private.flag_actif('facture_lot_directe_compat', null) then
      perform public.calculer_facture_fournisseur(new.id);
      perform public.valider_facture_fournisseur(new.id,
        format('Facture %s saisie dans l''application', new.invoice_no));
    end if;
  end if;
  return null;
end;
$$;

--
-- Name: FUNCTION facture_fournisseur_apres_insert(); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.facture_fournisseur_apres_insert() IS 'Logs FACTURE_CREEE; under the flag facture_lot_directe_compat, calculates and validates at once. Raises ROLE_FORBIDDEN, REFERENTIEL_INACTIF, DENSITE_OBSERVEE_REQUISE, TEMPERATURE_REQUISE, ASTM_HORS_DOMAINE, ISOLATION_INTERDITE, ECRITURE_INTERDITE, MOTIF_REQUIS, INTROUVABLE, ECRITURES_GELEES, LOT_EXISTANT, LOT_STATUT_INVALIDE, LOT_TRANSITION_INTERDITE, LOT_NON_OUVERT, LOT_NON_VIDE, DEPOT_SANS_CODE, FACTURE_ETAT, FACTURE_SANS_RECEPTION, TONNAGE_SANS_DENSITE, LOT_NON_CLOTURE, FACTURE_ECARTS_OUVERTS, FACTURE_CAMIONS_EN_ROUTE, FACTURE_PERIMEE, QUATRE_YEUX.';

--
-- Name: facture_fournisseur_avant_insert(); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.facture_fournisseur_avant_insert() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  v_lot public.fournisseur_lot;
begin
  -- A credit note is written by its own rule, which has asked already.
  if new.type = 'AVOIR' then
    return new;
  end if;
  perform private.exiger('ecrire_factures_fournisseur');
  v_lot := private.exiger_lot_finance(new.fournisseur_lot_id);
  perform private.date_de_document(new.date_facture);
  new.fournisseur_id := v_lot.fournisseur_id;
  new.invoice_no := btrim(new.invoice_no);
  if exists (select from public.fournisseur_facture_lot_min f
              where f.statut <> 'ANNULEE'
                and (f.fournisseur_lot_id = new.fournisseur_lot_id and f.type = 'FACTURE'
                     or f.fournisseur_id = new.fournisseur_id
                        and lower(btrim(f.invoice_no)) = lower(new.invoice_no))) then
    perform private.refuser('FACTURE_EXISTANTE', jsonb_build_object('invoice_no', new.invoice_no));
  end if;
  new.base := coalesce(new.base, 'L20');
  if new.base = 'L20' then
    new.quantite_base := coalesce(new.quantite_base, new.quantite_facturee_20c);
    new.prix_base_usd := coalesce(new.prix_base_usd, new.prix_unitaire_usd);
  end if;
  new := private.facture_en_20c(new);
  new.date_echeance := coalesce(new.date_echeance, new.date_facture + (
    select f.delai_paiement_jours from public.fournisseurs f where f.id = new.fournisseur_id));
  new.statut := 'DRAFT';
  new.numero := null;
  new.facture_origine_id := null;
  new.validated_by := null;
  new.validated_at := null;
  new.justification := null;
  new.created_by := auth.uid();
  new.created_at := now();
  return new;
end;
$$;

--
-- Name: FUNCTION facture_fournisseur_avant_insert(); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.facture_fournisseur_avant_insert() IS 'A supplier''s invoice begins as a draft, of a lot its author sees the money of; one live invoice a lot, one a number. Raises ROLE_FORBIDDEN, DENSITE_OBSERVEE_REQUISE, TEMPERATURE_REQUISE, ASTM_HORS_DOMAINE, DATE_FUTURE, INTROUVABLE, FACTURE_EXISTANTE, FACTURE_SANS_RECEPTION, TONNAGE_SANS_DENSITE.';

--
-- Name: facture_fournisseur_figer(); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.facture_fournisseur_figer() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  if tg_op = 'UPDATE' and old.validated_at is not null
     and to_jsonb(new) - 'statut' <> to_jsonb(old) - 'statut' then
    perform private.refuser('ECRITURE_INTERDITE', jsonb_build_object('table', tg_table_name, 'verbe', tg_op));
  end if;
  return new;
end;
$$;

--
-- Name: FUNCTION facture_fournisseur_figer(); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.facture_fournisseur_figer() IS 'What is validated keeps its figures: only a dispute still comes and goes. Raises ECRITURE_INTERDITE.';

--
-- Name: system_alerts; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.system_alerts (
    id uuid DEFAULT private.nouvel_id() NOT NULL,
    check_code text NOT NULL,
    severity text NOT NULL,
    entity_type text NOT NULL,
    entity_id uuid NOT NULL,
    message text NOT NULL,
    payload jsonb DEFAULT '{}'::jsonb NOT NULL,
    status text DEFAULT 'OPEN'::text NOT NULL,
    first_detected_at timestamp with time zone DEFAULT now() NOT NULL,
    last_detected_at timestamp with time zone DEFAULT now() NOT NULL,
    acknowledged_by uuid,
    acknowledged_at timestamp with time zone,
    resolved_by uuid,
    resolved_at timestamp with time zone,
    depot_id uuid,
    presente boolean DEFAULT true NOT NULL,
    absente_depuis timestamp with time zone,
    occurrences integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT system_alerts_acknowledged_at_possible CHECK (((private.date_possible(acknowledged_at) IS NOT FALSE) OR private.refuser_valeur('DATE_IMPOSSIBLE'::text, 'acknowledged_at'::text))),
    CONSTRAINT system_alerts_check CHECK ((presente = (absente_depuis IS NULL))),
    CONSTRAINT system_alerts_check1 CHECK ((presente OR (status = 'RESOLVED'::text))),
    CONSTRAINT system_alerts_check2 CHECK (((status = 'RESOLVED'::text) = (resolved_at IS NOT NULL))),
    CONSTRAINT system_alerts_check_code_check2000 CHECK ((char_length(check_code) <= 2000)),
    CONSTRAINT system_alerts_check_code_lisible CHECK (((private.texte_lisible(check_code, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'check_code'::text))),
    CONSTRAINT system_alerts_entity_type_check2000 CHECK ((char_length(entity_type) <= 2000)),
    CONSTRAINT system_alerts_entity_type_lisible CHECK (((private.texte_lisible(entity_type, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'entity_type'::text))),
    CONSTRAINT system_alerts_message_check2000 CHECK ((char_length(message) <= 2000)),
    CONSTRAINT system_alerts_message_lisible CHECK (((private.texte_lisible(message, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'message'::text))),
    CONSTRAINT system_alerts_resolved_at_possible CHECK (((private.date_possible(resolved_at) IS NOT FALSE) OR private.refuser_valeur('DATE_IMPOSSIBLE'::text, 'resolved_at'::text))),
    CONSTRAINT system_alerts_severity_check CHECK ((severity = ANY (ARRAY['CRITICAL'::text, 'WARN'::text]))),
    CONSTRAINT system_alerts_status_check CHECK ((status = ANY (ARRAY['OPEN'::text, 'ACK'::text, 'RESOLVED'::text])))
);

--
-- Name: TABLE system_alerts; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.system_alerts IS 'One row a fact that a check found, for good: opened, acknowledged, resolved, opened again. Written by the passes; people move its status only.';

--
-- Name: COLUMN system_alerts.resolved_by; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.system_alerts.resolved_by IS 'Who resolved it; null: it had gone by itself.';

--
-- Name: COLUMN system_alerts.depot_id; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.system_alerts.depot_id IS 'Depot of what it is about; null: of no depot.';

--
-- Name: COLUMN system_alerts.presente; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.system_alerts.presente IS 'Whether the last pass still found it.';

--
-- Name: COLUMN system_alerts.occurrences; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.system_alerts.occurrences IS 'How many times it has come.';

--
-- Name: faire_avancer_alerte(public.system_alerts, text); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.faire_avancer_alerte(p_alerte public.system_alerts, p_status text) RETURNS public.system_alerts
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  -- Said twice, by one person or two: it is so already.
  if p_alerte.status = p_status then
    return p_alerte;
  end if;
  if not coalesce(p_alerte.status = 'OPEN' and p_status in ('ACK', 'RESOLVED')
                  or p_alerte.status = 'ACK' and p_status = 'RESOLVED', false) then
    perform private.refuser('ALERTE_ETAT', jsonb_build_object('de', p_alerte.status, 'vers', p_status));
  end if;
  p_alerte.status := p_status;
  p_alerte.updated_at := now();
  if p_status = 'ACK' then
    p_alerte.acknowledged_by := auth.uid();
    p_alerte.acknowledged_at := now();
  else
    p_alerte.resolved_by := auth.uid();
    p_alerte.resolved_at := now();
  end if;
  return p_alerte;
end;
$$;

--
-- Name: FUNCTION faire_avancer_alerte(p_alerte public.system_alerts, p_status text); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.faire_avancer_alerte(p_alerte public.system_alerts, p_status text) IS 'The alert a step further, in the caller''s name and now. Raises ALERTE_ETAT.';

--
-- Name: faits(); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.faits() RETURNS TABLE(objet text, parent text, fait jsonb, propre boolean)
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET quote_all_identifiers TO 'off'
    AS $$
declare
  v_ref record;
begin
  return query
with schemas (oid, nom) as (
  select n.oid, n.nspname::text from pg_namespace n where n.nspname in ('public', 'private', 'astm')
), extensions (classid, objid) as (
  -- What an extension brought is the extension's.
  select d.classid, d.objid from pg_depend d where d.deptype = 'e'
), relations as (
  select c.*, s.nom as schema,
         case c.relkind when 'v' then 'vue' when 'm' then 'vue matérialisée' when 'S' then 'séquence'
                        when 'f' then 'table étrangère' else 'table' end
           || ' ' || s.nom || '.' || c.relname as objet
    from pg_class c join schemas s on s.oid = c.relnamespace
   where c.relkind in ('r', 'p', 'v', 'm', 'S', 'f')
     and not exists (select from extensions e where e.classid = 'pg_class'::regclass and e.objid = c.oid)
), fonctions as (
  select p.*, case p.prokind when 'a' then 'agrégat' when 'p' then 'procédure' else 'fonction' end
              || ' ' || n.nspname || '.' || p.proname || '(' || pg_get_function_identity_arguments(p.oid) || ')' as
                objet
    from pg_proc p join pg_namespace n on n.oid = p.pronamespace
   where (p.pronamespace in (select s.oid from schemas s)
          or (n.nspname = 'extensions' and p.proname = 'interdire_drop_en_prod'))
     and not exists (select from extensions e where e.classid = 'pg_proc'::regclass and e.objid = p.oid)
), types as (
  select t.*, case t.typtype when 'd' then 'domaine ' else 'type ' end || s.nom || '.' || t.typname as objet
    from pg_type t join schemas s on s.oid = t.typnamespace
    left join pg_class c on c.oid = t.typrelid
   where t.typcategory <> 'A' and (t.typrelid = 0 or c.relkind = 'c') and t.typtype <> 'm'
     and not exists (select from extensions e where e.classid = 'pg_type'::regclass and e.objid = t.oid)
), droits (objet, sur, acl) as (
  select 'schéma ' || s.nom, 'schéma ' || s.nom, aclexplode(coalesce(n.nspacl, acldefault('n', n.nspowner)))
    from schemas s join pg_namespace n on n.oid = s.oid
  union all
  select r.objet, r.objet,
    aclexplode(coalesce(r.relacl, acldefault(case r.relkind when 'S' then 's' else 'r' end::"char", r.relowner)))
    from relations r
  union all
  select r.objet, r.objet || ', colonne ' || a.attname, aclexplode(a.attacl)
    from relations r join pg_attribute a on a.attrelid = r.oid and a.attnum > 0 and not a.attisdropped
      and a.attacl is not null
  union all
  select f.objet, f.objet, aclexplode(coalesce(f.proacl, acldefault('f', f.proowner))) from fonctions f
  union all
  select t.objet, t.objet, aclexplode(coalesce(t.typacl, acldefault('T', t.typowner))) from types t
), commentaires (objet, parent, texte) as (
  select 'schéma ' || s.nom, 'schéma ' || s.nom, d.description
    from schemas s join pg_description d on d.classoid = 'pg_namespace'::regclass and d.objoid = s.oid
   where s.nom <> 'public'
  union all
  select case when d.objsubid = 0 then r.objet else 'colonne ' || r.schema || '.' || r.relname || '.' || a.attname end,
    r.objet, d.description
    from relations r join pg_description d on d.classoid = 'pg_class'::regclass and d.objoid = r.oid
    left join pg_attribute a on a.attrelid = r.oid and a.attnum = d.objsubid and d.objsubid > 0
  union all
  select f.objet, f.objet, d.description from fonctions f join pg_description d on d.classoid = 'pg_proc'::regclass
    and d.objoid = f.oid
  union all
  select t.objet, t.objet, d.description from types t join pg_description d on d.classoid = 'pg_type'::regclass
    and d.objoid = t.oid
  union all
  select 'attribut ' || substr(t.objet, 6) || '.' || a.attname, t.objet, d.description
    from types t join pg_attribute a on a.attrelid = t.typrelid and a.attnum > 0
    join pg_description d on d.classoid = 'pg_class'::regclass and d.objoid = t.typrelid and d.objsubid = a.attnum
  union all
  select i.type || ' ' || i.identity, r.objet, d.description
    from pg_description d
    cross join lateral pg_identify_object(d.classoid, d.objoid, d.objsubid) i
    left join pg_constraint k on d.classoid = 'pg_constraint'::regclass and k.oid = d.objoid
    left join pg_trigger g on d.classoid = 'pg_trigger'::regclass and g.oid = d.objoid
    left join pg_policy p on d.classoid = 'pg_policy'::regclass and p.oid = d.objoid
    left join pg_index x on d.classoid = 'pg_class'::regclass and x.indexrelid = d.objoid
    join relations r on r.oid = coalesce(nullif(k.conrelid, 0), g.tgrelid, p.polrelid, x.indrelid)
)
select 'schéma ' || s.nom, null,
  jsonb_build_object('proprietaire', case when s.nom <> 'public' then pg_get_userbyid(n.nspowner) end), false
  from schemas s join pg_namespace n on n.oid = s.oid
union all
select r.objet, null, jsonb_strip_nulls(jsonb_build_object(
    'proprietaire', pg_get_userbyid(r.relowner),
    'persistance', nullif(r.relpersistence, 'p'),
    'options', (select array_agg(o order by o) from unnest(r.reloptions) o),
    'rls', nullif(r.relrowsecurity, false),
    'rls_force', nullif(r.relforcerowsecurity, false),
    'identite_replique', case when r.relkind = 'r' then nullif(r.relreplident, 'd') end,
    'partition', case when r.relkind = 'p' then pg_get_partkeydef(r.oid) end,
    'definition', case when r.relkind in ('v', 'm') then pg_get_viewdef(r.oid) end,
    'sequence', case when r.relkind = 'S' then
      (select to_jsonb(q) - 'seqrelid' || jsonb_build_object('seqtypid', q.seqtypid::regtype::text) from pg_sequence q
        where q.seqrelid = r.oid) end)), false
  from relations r
union all
select 'colonne ' || r.schema || '.' || r.relname || '.' || a.attname, r.objet, jsonb_strip_nulls(jsonb_build_object(
    'type', format_type(a.atttypid, a.atttypmod),
    'obligatoire', nullif(a.attnotnull, false),
    'defaut', pg_get_expr(d.adbin, d.adrelid),
    'engendree', nullif(a.attgenerated, ''),
    'identite', nullif(a.attidentity, ''),
    'collation', case when a.attcollation <> t.typcollation then a.attcollation::regcollation::text end)), false
  from relations r
  join pg_attribute a on a.attrelid = r.oid and a.attnum > 0 and not a.attisdropped
  join pg_type t on t.oid = a.atttypid
  left join pg_attrdef d on d.adrelid = r.oid and d.adnum = a.attnum
 where r.relkind in ('r', 'p', 'f')
union all
select 'contrainte ' || s.nom || '.' || coalesce(r.relname, t.typname) || '.' || k.conname, coalesce(r.objet, t.objet),
       jsonb_build_object('definition', pg_get_constraintdef(k.oid), 'verifiee', k.convalidated), false
  from pg_constraint k join schemas s on s.oid = k.connamespace
  left join relations r on r.oid = k.conrelid
  left join types t on t.oid = k.contypid
 where k.contype in ('c', 'f', 'p', 'u', 'x') and coalesce(r.objet, t.objet) is not null
union all
select 'index ' || s.nom || '.' || c.relname, r.objet, jsonb_build_object('definition', pg_get_indexdef(i.indexrelid),
  'valide', i.indisvalid), false
  from pg_index i join relations r on r.oid = i.indrelid
  join pg_class c on c.oid = i.indexrelid join schemas s on s.oid = c.relnamespace
 where not exists (select from pg_constraint k where k.conindid = i.indexrelid and k.contype in ('p', 'u', 'x'))
union all
select f.objet, null, jsonb_build_object('proprietaire', pg_get_userbyid(f.proowner), 'definition',
    case f.prokind when 'a' then (select to_jsonb(g)::text from pg_aggregate g where g.aggfnoid = f.oid)
      else pg_get_functiondef(f.oid) end), false
  from fonctions f
union all
select 'trigger ' || n.nspname || '.' || c.relname || '.' || g.tgname, r.objet,
       jsonb_build_object('definition', pg_get_triggerdef(g.oid), 'actif', g.tgenabled), false
  from pg_trigger g join pg_class c on c.oid = g.tgrelid join pg_namespace n on n.oid = c.relnamespace
  left join relations r on r.oid = g.tgrelid
 where not g.tgisinternal
   and
     (r.oid is not null
     or g.tgfoid in (select p.oid from pg_proc p where p.pronamespace in (select s.oid from schemas s)))
union all
select 'policy ' || r.schema || '.' || r.relname || '.' || p.polname, r.objet, jsonb_strip_nulls(jsonb_build_object(
    'verbe', p.polcmd, 'permissive', p.polpermissive,
    'roles', (select array_agg(case x when 0 then 'public' else pg_get_userbyid(x)::text end order by 1)
      from unnest(p.polroles) x),
    'usage', pg_get_expr(p.polqual, p.polrelid), 'controle', pg_get_expr(p.polwithcheck, p.polrelid))), false
  from pg_policy p join relations r on r.oid = p.polrelid
union all
select 'règle ' || r.schema || '.' || r.relname || '.' || w.rulename, r.objet,
  jsonb_build_object('definition', pg_get_ruledef(w.oid)), false
  from pg_rewrite w join relations r on r.oid = w.ev_class where w.rulename <> '_RETURN'
union all
select t.objet, null, jsonb_strip_nulls(jsonb_build_object(
    'proprietaire', pg_get_userbyid(t.typowner),
    'valeurs', (select array_agg(e.enumlabel order by e.enumsortorder) from pg_enum e where e.enumtypid = t.oid),
    'attributs', (select jsonb_object_agg(a.attname, format_type(a.atttypid, a.atttypmod)) from pg_attribute a
                   where a.attrelid = t.typrelid and a.attnum > 0 and not a.attisdropped),
    'ordre', (select array_agg(a.attname order by a.attnum) from pg_attribute a
               where a.attrelid = t.typrelid and a.attnum > 0 and not a.attisdropped),
    'base', case when t.typtype = 'd' then format_type(t.typbasetype, t.typtypmod) end,
    'obligatoire', nullif(t.typnotnull, false), 'defaut', t.typdefault,
    'intervalle', (select g.rngsubtype::regtype::text from pg_range g where g.rngtypid = t.oid))), false
  from types t
union all
select 'droits de ' || coalesce(g.rolname, 'public') || ' sur ' || d.sur, d.objet, jsonb_build_object('droits',
       string_agg((d.acl).privilege_type || case when (d.acl).is_grantable then '*' else '' end, ','
         order by (d.acl).privilege_type)), false
  from droits d left join pg_roles g on g.oid = (d.acl).grantee
 -- Of the schema public, which the platform makes, what its makers may is theirs.
 where (d.objet <> 'schéma public' or coalesce(g.rolname, 'public') in ('public', 'anon', 'authenticated',
   'service_role'))
 group by 1, 2
union all
select 'commentaire sur ' || m.objet, m.parent, jsonb_build_object('texte', m.texte), false from commentaires m
union all
select 'droits par défaut de ' || pg_get_userbyid(a.defaclrole) || ' sur ' || a.defaclobjtype::text ||
  coalesce(' du schéma ' || n.nspname, '')
       || ' pour ' || coalesce(g.rolname, 'public'), null,
       jsonb_build_object('droits', string_agg(x.privilege_type, ',' order by x.privilege_type)), false
  from pg_default_acl a left join pg_namespace n on n.oid = a.defaclnamespace
 cross join lateral aclexplode(a.defaclacl) x left join pg_roles g on g.oid = x.grantee
 where pg_get_userbyid(a.defaclrole) = 'postgres' and coalesce(n.nspname, 'public') in ('public', 'private', 'astm')
 group by 1
union all
select 'trigger d''événement ' || e.evtname, null,
       jsonb_build_object('evenement', e.evtevent, 'fonction', e.evtfoid::regprocedure::text, 'actif', e.evtenabled),
       false
  from pg_event_trigger e
 where e.evtname = 'interdire_drop_en_prod'
   or e.evtfoid in (select p.oid from pg_proc p where p.pronamespace in (select s.oid from schemas s))
union all
-- A server's own: a restore elsewhere finds that server's.
select 'réglage ' || split_part(c, '=', 1) || ' du rôle ' || r.rolname, null,
  jsonb_build_object('valeur', split_part(c, '=', 2)), true
  from pg_roles r, unnest(r.rolconfig) c
 where r.rolname in ('anon', 'authenticated', 'service_role')
   and split_part(c, '=', 1) in ('statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout')
union all
select 'publication ' || p.pubname || ' de ' || t.schemaname || '.' || t.tablename, null,
       jsonb_strip_nulls(jsonb_build_object('colonnes', to_jsonb(t.attnames), 'filtre', t.rowfilter)), false
  from pg_publication_tables t join pg_publication p on p.pubname = t.pubname
 where t.schemaname in (select s.nom from schemas s) and not p.puballtables
union all
-- Kinds of objects that nothing here makes: that there is one is told.
select distinct i.type || ' ' || i.identity, null, '{}'::jsonb, false
  from pg_depend d
 cross join lateral pg_identify_object(d.classid, d.objid, 0) i
 where d.refclassid = 'pg_namespace'::regclass and d.refobjid in (select s.oid from schemas s)
   and d.classid in ('pg_operator'::regclass, 'pg_opclass'::regclass, 'pg_opfamily'::regclass,
     'pg_conversion'::regclass,
                     'pg_statistic_ext'::regclass, 'pg_ts_config'::regclass, 'pg_ts_dict'::regclass,
                     'pg_ts_parser'::regclass,
                     'pg_ts_template'::regclass, 'pg_collation'::regclass)
   and not exists (select from extensions e where e.classid = d.classid and e.objid = d.objid);

  for v_ref in select * from private.referentiels() t where to_regclass(t.nom) is not null loop
    return query execute format(
      'select format(''ligne de %s « %%s »'', (select string_agg(r ->> c, '' '' order by n) from unnest(%L::text[]) with ordinality k (c, n))),
              null, jsonb_strip_nulls(r - %L::text[]), %L::boolean
         from (select to_jsonb(t) as r from %s t) lues',
      v_ref.nom, v_ref.cle, v_ref.sans || '{created_at,updated_at}', v_ref.propre, v_ref.nom);
  end loop;
end;
$$;

--
-- Name: FUNCTION faits(); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.faits() IS 'Every fact of the schemas public, private and astm, of what the project put beside them, and of the reference rows: objet, the name a person knows it by; parent, the object it goes with; fait, its properties; propre, true of a row that an environment may have of its own. Owner only.';

--
-- Name: faits_integrite(); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.faits_integrite() RETURNS TABLE(check_code text, entity_type text, entity_id uuid, severity text, message text, payload jsonb, depot_id uuid)
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
  -- Two owners of one tank are one fact: the worst of them, with all that was seen.
  select v.check_code, v.entity_type, v.entity_id, min(v.severity),
         (array_agg(v.message order by v.severity, v.message))[1],
         case count(*) when 1 then (array_agg(v.payload))[1]
           else (array_agg(v.payload order by v.severity, v.message))[1]
                || jsonb_build_object('groupe', jsonb_agg(v.payload order by v.severity, v.message)) end,
         (array_agg(v.depot_id))[1]
    from public.v_integrity_checks v
   group by v.check_code, v.entity_type, v.entity_id
$$;

--
-- Name: FUNCTION faits_integrite(); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.faits_integrite() IS 'What the checks find now, one row a key: the worst severity, and the payloads of all.';

--
-- Name: feature_flags_journaliser(); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.feature_flags_journaliser() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  perform private.journaliser('FLAG_MODIFIE', 'flags', 'WARNING', null, null,
    jsonb_build_object('key', coalesce(new.key, old.key), 'avant', to_jsonb(old), 'apres', to_jsonb(new)));
  return null;
end;
$$;

--
-- Name: FUNCTION feature_flags_journaliser(); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.feature_flags_journaliser() IS 'Logs every change of a flag, whoever makes it.';

--
-- Name: fermer_ecart_auto(text, text, uuid, text); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.fermer_ecart_auto(p_type text, p_reference_type text, p_reference_id uuid, p_justification text) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  v_ecart public.ecarts;
begin
  update public.ecarts e
     set statut = 'TRAITE', traite_par = null, traite_le = now(), decision = 'ACCEPTE_AVEC_NOTE',
       justification = p_justification
   where e.origine = 'AUTO' and (e.type, e.reference_type, e.reference_id) = (p_type, p_reference_type, p_reference_id)
     and e.statut <> 'TRAITE'
  returning * into v_ecart;
  if v_ecart.id is not null then
    perform private.journaliser('ECART_TRAITE', 'ecarts', 'INFO', v_ecart.id, v_ecart.depot_id,
      jsonb_build_object('justification', p_justification));
  end if;
end;
$$;

--
-- Name: FUNCTION fermer_ecart_auto(p_type text, p_reference_type text, p_reference_id uuid, p_justification text); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.fermer_ecart_auto(p_type text, p_reference_type text, p_reference_id uuid, p_justification text) IS 'The system''s own gap is no more. Raises ECRITURES_GELEES, ISOLATION_INTERDITE.';

--
-- Name: flag_actif(text, uuid); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.flag_actif(p_key text, p_depot_id uuid) RETURNS boolean
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  return coalesce((
    select f.enabled
           and (f.depots = '{}' or p_depot_id = any (f.depots))
           and (f.users = '{}' or auth.uid() = any (f.users))
    from public.feature_flags f where f.key = p_key), false);
end;
$$;

--
-- Name: FUNCTION flag_actif(p_key text, p_depot_id uuid); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.flag_actif(p_key text, p_depot_id uuid) IS 'Whether a flag is on for the calling user at this depot. Where both lists are filled, both must match.';

--
-- Name: fournisseur_lot_avant_ecriture(); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.fournisseur_lot_avant_ecriture() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  c_suivant constant jsonb := '{"ouvert":"cloture","cloture":"facture"}';
begin
  if new.statut is null or new.statut not in ('ouvert', 'cloture', 'facture') then
    perform private.refuser_lot('LOT_STATUT_INVALIDE', jsonb_build_object('statut', new.statut));
  end if;
  new.reference := btrim(new.reference);
  new.updated_at := now();
  if tg_op = 'INSERT' then
    if new.statut <> 'ouvert' then
      perform private.refuser_lot('LOT_TRANSITION_INTERDITE',
        jsonb_build_object('de', '(nouveau)', 'vers', new.statut));
    end if;
    perform private.exiger_actifs(p_produit_id => new.produit_id, p_fournisseur_id => new.fournisseur_id);
    new.created_by := auth.uid();
    new.created_at := now();
  else
    perform private.exiger_actifs(p_produit_id => nullif(new.produit_id, old.produit_id),
      p_fournisseur_id => nullif(new.fournisseur_id, old.fournisseur_id));
    if new.statut <> old.statut and new.statut is distinct from c_suivant ->> old.statut then
      perform private.refuser_lot('LOT_TRANSITION_INTERDITE', jsonb_build_object('de', old.statut, 'vers', new.statut));
    end if;
    if old.statut <> 'ouvert'
       and (new.fournisseur_id, new.produit_id, new.reference, new.date_lot)
           is distinct from (old.fournisseur_id, old.produit_id, old.reference, old.date_lot) then
      perform private.refuser_lot('LOT_NON_OUVERT', jsonb_build_object('acte', 'modifier un', 'statut', old.statut));
    end if;
    if (new.fournisseur_id, new.produit_id) is distinct from (old.fournisseur_id, old.produit_id)
       and private.lot_engage(old.id) then
      perform private.refuser_lot('LOT_NON_VIDE');
    end if;
    new.id := old.id;
    new.created_by := old.created_by;
    new.created_at := old.created_at;
  end if;
  if exists (select from public.fournisseur_lot l
              where l.fournisseur_id = new.fournisseur_id and l.produit_id = new.produit_id
                and l.reference = new.reference and l.id <> new.id) then
    perform private.refuser_lot('LOT_EXISTANT', jsonb_build_object('reference', new.reference));
  end if;
  return new;
end;
$$;

--
-- Name: FUNCTION fournisseur_lot_avant_ecriture(); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.fournisseur_lot_avant_ecriture() IS 'A lot begins open and goes one step forward at a time; once closed only its note still changes; one that has trucks keeps its supplier and product; a new one names nothing disabled. Raises REFERENTIEL_INACTIF, LOT_STATUT_INVALIDE, LOT_TRANSITION_INTERDITE, LOT_NON_OUVERT, LOT_NON_VIDE, LOT_EXISTANT.';

--
-- Name: fournisseur_lot_avant_suppression(); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.fournisseur_lot_avant_suppression() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  if old.statut <> 'ouvert' then
    perform private.refuser_lot('LOT_NON_OUVERT', jsonb_build_object('acte', 'supprimer un', 'statut', old.statut));
  end if;
  if private.lot_engage(old.id) then
    perform private.refuser_lot('LOT_NON_VIDE');
  end if;
  return old;
end;
$$;

--
-- Name: FUNCTION fournisseur_lot_avant_suppression(); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.fournisseur_lot_avant_suppression() IS 'Only an open lot without a truck may go. Raises LOT_NON_OUVERT, LOT_NON_VIDE.';

--
-- Name: fournisseur_lot_journaliser(); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.fournisseur_lot_journaliser() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  if tg_op = 'INSERT' then
    perform private.journaliser('LOT_CREE', 'lots', 'INFO', new.id, null, jsonb_build_object('reference', new.reference,
      'fournisseur_id', new.fournisseur_id, 'produit_id', new.produit_id));
  elsif tg_op = 'DELETE' then
    perform private.journaliser('LOT_SUPPRIME', 'lots', 'WARNING', old.id, null,
      jsonb_build_object('avant', to_jsonb(old)));
  elsif new.statut <> old.statut then
    perform private.journaliser('LOT_STATUT', 'lots', 'INFO', new.id, null,
      jsonb_build_object('de', old.statut, 'vers', new.statut));
  elsif to_jsonb(new) - 'updated_at' <> to_jsonb(old) - 'updated_at' then
    perform private.journaliser('LOT_MODIFIE', 'lots', 'INFO', new.id, null,
      jsonb_build_object('avant', to_jsonb(old), 'apres', to_jsonb(new)));
  end if;
  return null;
end;
$$;

--
-- Name: FUNCTION fournisseur_lot_journaliser(); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.fournisseur_lot_journaliser() IS 'Logs LOT_CREE, LOT_STATUT, LOT_MODIFIE and LOT_SUPPRIME.';

--
-- Name: fournisseur_lot_reserver(); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.fournisseur_lot_reserver() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  -- The project's own functions have asked already: validating its invoice moves a lot, whoever may validate.
  if auth.uid() is not null and not private.possede(tg_relid) then
    perform private.exiger('tenir_lots');
  end if;
  return null;
end;
$$;

--
-- Name: FUNCTION fournisseur_lot_reserver(); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.fournisseur_lot_reserver() IS 'A lot is changed and deleted by whoever keeps lots. Raises ROLE_FORBIDDEN.';

--
-- Name: fuseau_vu(uuid); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.fuseau_vu(p_depot_id uuid) RETURNS text
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  return coalesce(
    (select d.fuseau from public.depots d
      where d.id = any (private.depots_visibles())
      order by d.id = p_depot_id desc nulls last, d.created_at, d.id limit 1),
    'Africa/Lubumbashi');
end;
$$;

--
-- Name: FUNCTION fuseau_vu(p_depot_id uuid); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.fuseau_vu(p_depot_id uuid) IS 'Time zone of a depot the caller sees; without one, of the first of those they see.';

--
-- Name: garder_reponse(text, integer, json); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.garder_reponse(p_cle text, p_statut_http integer, p_reponse json) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
  update private.idempotence set statut_http = p_statut_http, reponse = p_reponse
   where user_id = auth.uid() and cle = p_cle
$$;

--
-- Name: FUNCTION garder_reponse(p_cle text, p_statut_http integer, p_reponse json); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.garder_reponse(p_cle text, p_statut_http integer, p_reponse json) IS 'Keeps the answer of a reserved key, in the transaction of its effect.';

--
-- Name: gel_reserver_ecriture(); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.gel_reserver_ecriture() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  if not private.possede(tg_relid) then
    perform private.refuser('ECRITURE_INTERDITE', jsonb_build_object('table', tg_table_name, 'verbe', tg_op));
  end if;
  return case tg_op when 'DELETE' then old else new end;
end;
$$;

--
-- Name: FUNCTION gel_reserver_ecriture(); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.gel_reserver_ecriture() IS 'A freeze begins and ends by the functions below only: a client with the service key does not end it. Raises ECRITURE_INTERDITE.';

--
-- Name: geler_ecritures(text); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.geler_ecritures(p_motif text) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  v_gel jsonb;
begin
  perform private.exiger('geler_ecritures');
  perform private.exiger_motif(p_motif, 10);
  insert into public.app_settings as s (key, value) values ('gel_ecritures', jsonb_build_object(
    'operateur', auth.uid(), 'motif', private.texte_net(p_motif),
    'depuis', to_char(now() at time zone coalesce(
      (select d.fuseau from public.profils p join public.depots d on d.id = p.depot_id where p.user_id = auth.uid()),
      'UTC'), 'DD/MM/YYYY à HH24:MI')))
  on conflict (key) do nothing;
  if found then
    perform private.journaliser('ECRITURES_GELEES', 'operations', 'CRITICAL', null, null,
      (select s.value::jsonb from public.app_settings s where s.key = 'gel_ecritures'));
    return;
  end if;
  select s.value::jsonb into v_gel from public.app_settings s where s.key = 'gel_ecritures';
  if (v_gel ->> 'operateur')::uuid is distinct from auth.uid() then
    perform private.refuser('ECRITURES_GELEES', v_gel - 'operateur');
  end if;
end;
$$;

--
-- Name: FUNCTION geler_ecritures(p_motif text); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.geler_ecritures(p_motif text) IS 'Declares the freeze, with the calling admin as its operator; logged CRITICAL. Theirs already: changes nothing. Once committed, private.ecritures_en_vol must have become empty before nothing more can commit. Raises ROLE_FORBIDDEN, MOTIF_REQUIS, and ECRITURES_GELEES where another admin''s freeze is on.';

--
-- Name: heure_au_depot(uuid, timestamp with time zone); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.heure_au_depot(p_depot_id uuid, p_moment timestamp with time zone) RETURNS text
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  return to_char(p_moment at time zone private.fuseau_vu(p_depot_id), 'YYYY-MM-DD HH24:MI:SS');
end;
$$;

--
-- Name: FUNCTION heure_au_depot(p_depot_id uuid, p_moment timestamp with time zone); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.heure_au_depot(p_depot_id uuid, p_moment timestamp with time zone) IS 'A moment as the clock on the wall of a depot said it, for files; where none is named, of the first depot the caller sees.';

--
-- Name: histoire_brouillon(public.sorties_produit); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.histoire_brouillon(p_sortie public.sorties_produit) RETURNS jsonb
    LANGUAGE sql IMMUTABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    RETURN jsonb_build_object('version', (p_sortie).version, 'created_by', (p_sortie).created_by, 'updated_by', (p_sortie).updated_by, 'updated_at', (p_sortie).updated_at);

--
-- Name: FUNCTION histoire_brouillon(p_sortie public.sorties_produit); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.histoire_brouillon(p_sortie public.sorties_produit) IS 'Whose draft it is that is being decided: its version, who wrote it, who last changed it and when. Part of what the decision logs.';

--
-- Name: interdire_ecriture(); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.interdire_ecriture() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  -- Only a purge of STAGING deletes: the project's own function, as the owner of the table, in its own transaction.
  if tg_op = 'DELETE' and current_setting('app.purge_staging', true) = pg_current_xact_id()::text
     and current_user = (select pg_get_userbyid(c.relowner) from pg_catalog.pg_class c where c.oid = tg_relid) then
    perform private.interdire_si_prod();
    return null;
  end if;
  perform private.refuser('ECRITURE_INTERDITE', jsonb_build_object('table', tg_table_name, 'verbe', tg_op));
  return null;
end;
$$;

--
-- Name: FUNCTION interdire_ecriture(); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.interdire_ecriture() IS 'Refuses whatever verb the trigger is on, for every role, the owner included; but, outside PROD, the deletes of private.vider_mouvements(). Raises ECRITURE_INTERDITE, ENV_INTERDIT.';

--
-- Name: interdire_si_prod(); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.interdire_si_prod() RETURNS void
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  if private.env() = 'prod' then
    perform private.refuser('ENV_INTERDIT', jsonb_build_object('env', 'prod'));
  end if;
end;
$$;

--
-- Name: FUNCTION interdire_si_prod(); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.interdire_si_prod() IS 'First line of whatever must never happen in PROD. A database that does not say what it is counts as PROD. Raises ENV_INTERDIT.';

--
-- Name: jour_au_depot(uuid, timestamp with time zone); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.jour_au_depot(p_depot_id uuid, p_moment timestamp with time zone) RETURNS date
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  return (select private.jour_local(d.fuseau, p_moment) from public.depots d where d.id = p_depot_id);
end;
$$;

--
-- Name: FUNCTION jour_au_depot(p_depot_id uuid, p_moment timestamp with time zone); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.jour_au_depot(p_depot_id uuid, p_moment timestamp with time zone) IS 'Which day it is, or was, where the depot is.';

--
-- Name: jour_local(text, timestamp with time zone); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.jour_local(p_fuseau text, p_moment timestamp with time zone) RETURNS date
    LANGUAGE sql STABLE
    RETURN ((p_moment AT TIME ZONE p_fuseau))::date;

--
-- Name: FUNCTION jour_local(p_fuseau text, p_moment timestamp with time zone); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.jour_local(p_fuseau text, p_moment timestamp with time zone) IS 'Which day it is, or was, in a time zone. Inlined where it is used.';

--
-- Name: journaliser(text[], text, text, uuid, uuid, jsonb); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.journaliser(p_actions text[], p_module text, p_niveau text, p_cible_id uuid, p_depot_id uuid, p_details jsonb) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  v_user_id constant uuid := auth.uid();
begin
  -- Nobody's account: who it was is the database role that wrote.
  if v_user_id is null then
    p_details := p_details || jsonb_build_object(
      'role_sql', coalesce(nullif(current_setting('role', true), 'none'), session_user));
  end if;
  insert into public.log_actions (user_id, action, module, niveau, cible_id, depot_id, details, request_id)
  select v_user_id, a.action, p_module, p_niveau, p_cible_id, p_depot_id, p_details,
         coalesce(nullif(current_setting('request.id', true), ''),
           -- Through REST nobody says it: PostgREST hands on the headers as they came.
           left(nullif(current_setting('request.headers', true), '')::json ->> 'x-request-id', 100))
    from unnest(p_actions) a (action);
end;
$$;

--
-- Name: FUNCTION journaliser(p_actions text[], p_module text, p_niveau text, p_cible_id uuid, p_depot_id uuid, p_details jsonb); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.journaliser(p_actions text[], p_module text, p_niveau text, p_cible_id uuid, p_depot_id uuid, p_details jsonb) IS 'Writes the lines of what one call did to one target, in its order, in the name of the calling user; without one, details.role_sql says which database role. Called by the rules only.';

--
-- Name: journaliser(text, text, text, uuid, uuid, jsonb); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.journaliser(p_action text, p_module text, p_niveau text, p_cible_id uuid, p_depot_id uuid, p_details jsonb DEFAULT '{}'::jsonb) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  perform private.journaliser(array[p_action], p_module, p_niveau, p_cible_id, p_depot_id, p_details);
end;
$$;

--
-- Name: FUNCTION journaliser(p_action text, p_module text, p_niveau text, p_cible_id uuid, p_depot_id uuid, p_details jsonb); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.journaliser(p_action text, p_module text, p_niveau text, p_cible_id uuid, p_depot_id uuid, p_details jsonb) IS 'Writes one line of the log: what nearly every rule does.';

--
-- Name: journaliser_ligne(); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.journaliser_ligne() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  v_ligne constant jsonb := to_jsonb(coalesce(new, old));
begin
  perform private.journaliser(
    tg_argv[1] || case tg_op when 'INSERT' then '_CREE' when 'UPDATE' then '_MODIFIE'
      else '_SUPPRIME' end || coalesce(tg_argv[3], ''),
    tg_argv[0], tg_argv[2], (v_ligne ->> 'id')::uuid, (v_ligne ->> 'depot_id')::uuid,
    jsonb_build_object('table', tg_table_name)
      || case when tg_op <> 'INSERT' then jsonb_build_object('avant', to_jsonb(old)) else '{}' end
      || case when tg_op <> 'DELETE' then jsonb_build_object('apres', to_jsonb(new)) else '{}' end);
  return null;
end;
$$;

--
-- Name: FUNCTION journaliser_ligne(); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.journaliser_ligne() IS 'Logs whatever happens to a row, before and after, for a table without a rule of its own for it. Arguments of the trigger: module, what the action''s name begins with, level, and E where that is feminine.';

--
-- Name: jours_citerne(uuid, date); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.jours_citerne(p_citerne_id uuid, p_jour date) RETURNS TABLE(date_jour date, stock_ambiant numeric, stock_15c numeric)
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
  with comptes as (
    select s.produit_id, s.proprietaire_type from public.stocks_snapshot s where s.citerne_id = p_citerne_id
  ), jours as (
    select p_jour as date_jour
     union
    select v.date_jour
      from comptes c cross join lateral (
        select j.date_jour from public.stocks_journaliers j
         where j.citerne_id = p_citerne_id and j.produit_id = c.produit_id and j.proprietaire_type = c.proprietaire_type
           and j.date_jour > p_jour) v
  )
  select d.date_jour, sum(v.stock_ambiant), sum(v.stock_15c)
    from jours d cross join comptes c cross join lateral (
      select j.stock_ambiant, j.stock_15c from public.stocks_journaliers j
       where j.citerne_id = p_citerne_id and j.produit_id = c.produit_id and j.proprietaire_type = c.proprietaire_type
         and j.date_jour <= d.date_jour
       order by j.date_jour desc limit 1) v
   group by 1
$$;

--
-- Name: FUNCTION jours_citerne(p_citerne_id uuid, p_jour date); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.jours_citerne(p_citerne_id uuid, p_jour date) IS 'What a tank holds at the end of a day and of every later one that saw a movement, all owners together, litres as measured and at 15 °C. A day before any stock has no row.';

--
-- Name: stocks_snapshot; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.stocks_snapshot (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    citerne_id uuid NOT NULL,
    produit_id uuid NOT NULL,
    proprietaire_type text NOT NULL,
    depot_id uuid NOT NULL,
    stock_ambiant numeric(15,3) NOT NULL,
    stock_15c numeric(15,3) NOT NULL,
    delta_ambiant_total numeric(15,3) DEFAULT 0 NOT NULL,
    delta_15c_total numeric(15,3) DEFAULT 0 NOT NULL,
    densite_melange_kgm3 numeric(9,4),
    dernier_jour date NOT NULL,
    last_movement_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT stocks_snapshot_proprietaire_type_check CHECK ((proprietaire_type = ANY (ARRAY['MONALUXE'::text, 'PARTENAIRE'::text]))),
    CONSTRAINT stocks_snapshot_stock_check CHECK (((LEAST(stock_ambiant, stock_15c) >= (0)::numeric) AND (GREATEST(stock_ambiant, stock_15c) < '1000000000000'::numeric)))
)
WITH (fillfactor='20');

--
-- Name: TABLE stocks_snapshot; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.stocks_snapshot IS 'Current stock of a tank, product and owner: movements and adjustments. Written by private.appliquer_mouvement only.';

--
-- Name: COLUMN stocks_snapshot.stock_ambiant; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.stocks_snapshot.stock_ambiant IS 'Litres as measured.';

--
-- Name: COLUMN stocks_snapshot.stock_15c; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.stocks_snapshot.stock_15c IS 'Litres at 15 °C.';

--
-- Name: COLUMN stocks_snapshot.delta_ambiant_total; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.stocks_snapshot.delta_ambiant_total IS 'Part of stock_ambiant that came from stocks_adjustments, litres.';

--
-- Name: COLUMN stocks_snapshot.delta_15c_total; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.stocks_snapshot.delta_15c_total IS 'Part of stock_15c that came from stocks_adjustments, litres at 15 °C.';

--
-- Name: COLUMN stocks_snapshot.densite_melange_kgm3; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.stocks_snapshot.densite_melange_kgm3 IS 'Density at 15 °C of what the tank holds, all owners together, kg/m³: Σ ρ15·V15 / ΣV15 of what came in, written by private.melanger; null where no density was ever known.';

--
-- Name: COLUMN stocks_snapshot.dernier_jour; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.stocks_snapshot.dernier_jour IS 'Last day of the journal for this tank, product and owner: a movement of that day moves no other.';

--
-- Name: v_stock_actuel; Type: VIEW; Schema: public; Owner: -
--

CREATE VIEW public.v_stock_actuel WITH (security_invoker='true') AS
 SELECT s.depot_id,
    d.nom AS depot_nom,
    s.citerne_id,
    c.nom AS citerne_nom,
    s.produit_id,
    p.nom AS produit_nom,
    s.proprietaire_type,
    s.stock_ambiant,
    s.stock_15c,
    (s.stock_ambiant - s.delta_ambiant_total) AS stock_ambiant_base,
    (s.stock_15c - s.delta_15c_total) AS stock_15c_base,
    s.delta_ambiant_total,
    s.delta_15c_total,
    c.capacite_totale,
    c.capacite_securite,
    s.last_movement_at,
    s.updated_at
   FROM (((public.stocks_snapshot s
     JOIN public.depots d ON ((d.id = s.depot_id)))
     JOIN public.citernes c ON ((c.id = s.citerne_id)))
     JOIN public.produits p ON ((p.id = s.produit_id)));

--
-- Name: VIEW v_stock_actuel; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON VIEW public.v_stock_actuel IS 'Current stock by tank, product and owner: the only source of truth. Base = movements, delta = adjustments, stock = base + delta; litres.';

--
-- Name: v_kpi_stock_global; Type: VIEW; Schema: public; Owner: -
--

CREATE VIEW public.v_kpi_stock_global WITH (security_invoker='true') AS
 SELECT depot_id,
    depot_nom,
    produit_id,
    produit_nom,
    private.jour_au_depot(depot_id, max(updated_at)) AS date_jour,
    sum(stock_ambiant) AS stock_ambiant_total,
    sum(stock_15c) AS stock_15c_total,
    COALESCE(sum(stock_ambiant) FILTER (WHERE (proprietaire_type = 'MONALUXE'::text)), (0)::numeric) AS stock_ambiant_monaluxe,
    COALESCE(sum(stock_15c) FILTER (WHERE (proprietaire_type = 'MONALUXE'::text)), (0)::numeric) AS stock_15c_monaluxe,
    COALESCE(sum(stock_ambiant) FILTER (WHERE (proprietaire_type = 'PARTENAIRE'::text)), (0)::numeric) AS stock_ambiant_partenaire,
    COALESCE(sum(stock_15c) FILTER (WHERE (proprietaire_type = 'PARTENAIRE'::text)), (0)::numeric) AS stock_15c_partenaire
   FROM public.v_stock_actuel
  GROUP BY depot_id, depot_nom, produit_id, produit_nom;

--
-- Name: VIEW v_kpi_stock_global; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON VIEW public.v_kpi_stock_global IS 'Current stock by depot and product, total and by owner, litres.';

--
-- Name: kpi_stock_a(date); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.kpi_stock_a(p_jour date) RETURNS SETOF public.v_kpi_stock_global
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
  select s.depot_id, s.depot_nom, s.produit_id, s.produit_nom, p_jour, sum(s.stock_ambiant), sum(s.stock_15c),
         coalesce(sum(s.stock_ambiant) filter (where s.proprietaire_type = 'MONALUXE'), 0),
         coalesce(sum(s.stock_15c) filter (where s.proprietaire_type = 'MONALUXE'), 0),
         coalesce(sum(s.stock_ambiant) filter (where s.proprietaire_type = 'PARTENAIRE'), 0),
         coalesce(sum(s.stock_15c) filter (where s.proprietaire_type = 'PARTENAIRE'), 0)
    from private.stock_actuel_a(p_jour) s
   group by s.depot_id, s.depot_nom, s.produit_id, s.produit_nom
$$;

--
-- Name: FUNCTION kpi_stock_a(p_jour date); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.kpi_stock_a(p_jour date) IS 'v_kpi_stock_global as it stood at the end of a day, litres.';

--
-- Name: lettrer(uuid, uuid, numeric); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.lettrer(p_debit_id uuid, p_credit_id uuid, p_montant numeric) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  v_debit public.ecritures_tiers;
  v_credit public.ecritures_tiers;
begin
  select * into strict v_debit from public.ecritures_tiers e where e.id = p_debit_id;
  select * into strict v_credit from public.ecritures_tiers e where e.id = p_credit_id;
  perform private.verrouiller_tiers(v_debit.tiers_type, v_debit.tiers_id);
  if (v_debit.tiers_type, v_debit.tiers_id, v_debit.devise) is distinct
    from (v_credit.tiers_type, v_credit.tiers_id, v_credit.devise)
     or v_debit.debit = 0 or v_credit.credit = 0 then
    perform private.refuser('LETTRAGE_INCOMPATIBLE');
  end if;
  if not coalesce(p_montant > 0
       and private.montant_lettre(p_debit_id) + p_montant <= v_debit.debit
       and private.montant_lettre(p_credit_id) + p_montant <= v_credit.credit, false) then
    perform private.refuser('LETTRAGE_EXCESSIF', jsonb_build_object('montant', p_montant,
      'solde',
      least(v_debit.debit - private.montant_lettre(p_debit_id),
        v_credit.credit - private.montant_lettre(p_credit_id))));
  end if;
  insert into private.lettrages (debit_id, credit_id, montant, created_by)
    values (p_debit_id, p_credit_id, p_montant, auth.uid());
end;
$$;

--
-- Name: FUNCTION lettrer(p_debit_id uuid, p_credit_id uuid, p_montant numeric); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.lettrer(p_debit_id uuid, p_credit_id uuid, p_montant numeric) IS 'Settles one entry by another of the same account and currency: never more than either. Raises LETTRAGE_INCOMPATIBLE, LETTRAGE_EXCESSIF, ISOLATION_INTERDITE.';

--
-- Name: lieu(uuid, uuid[]); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.lieu(p_citerne_id uuid, p_depots uuid[]) RETURNS private.lieu
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  v_lieu private.lieu;
begin
  select c, d, p, (select max(s.densite_melange_kgm3) from public.stocks_snapshot s where s.citerne_id = c.id)
    into v_lieu.citerne, v_lieu.depot, v_lieu.produit, v_lieu.densite_melange_kgm3
    from public.citernes c
    join public.depots d on d.id = c.depot_id
    join public.produits p on p.id = c.produit_id
   where c.id = p_citerne_id and c.depot_id = any (p_depots)
     for key share of c;
  return v_lieu;
end;
$$;

--
-- Name: FUNCTION lieu(p_citerne_id uuid, p_depots uuid[]); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.lieu(p_citerne_id uuid, p_depots uuid[]) IS 'The tank with all that its movements are measured by, among these depots; all null where it is not one of theirs. It keeps its product and depot while this transaction lasts.';

--
-- Name: lieu_pour_mouvement(uuid, uuid); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.lieu_pour_mouvement(p_citerne_id uuid, p_produit_id uuid) RETURNS private.lieu
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  v_lieu constant private.lieu := private.lieu(p_citerne_id, private.depots_visibles());
begin
  perform private.exiger_citerne(v_lieu.citerne, p_citerne_id, coalesce(p_produit_id, (v_lieu.citerne).produit_id));
  return v_lieu;
end;
$$;

--
-- Name: FUNCTION lieu_pour_mouvement(p_citerne_id uuid, p_produit_id uuid); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.lieu_pour_mouvement(p_citerne_id uuid, p_produit_id uuid) IS 'The tank, active, of that product where one is said, in a depot the caller sees. Raises CITERNE_INACTIVE_OR_INCOMPATIBLE.';

--
-- Name: tolerance_horloge(); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.tolerance_horloge() RETURNS interval
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN '00:00:10'::interval;

--
-- Name: FUNCTION tolerance_horloge(); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.tolerance_horloge() IS 'How far back a server''s clock may be set without a line looking older than it is.';

--
-- Name: ligne_recente(public.log_actions, private.blocs_journal, bigint); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.ligne_recente(p_ligne public.log_actions, p_dernier private.blocs_journal, p_serveur bigint) RETURNS boolean
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN (((p_dernier).numero IS NULL) OR (((p_serveur <> (p_dernier).serveur) OR (NOT pg_visible_in_snapshot((p_ligne).txid, (p_dernier).instantane)) OR ((p_ligne).txid = (p_dernier).txid)) AND (((p_ligne).created_at >= ((p_dernier).scelle_le - private.tolerance_horloge())) OR (((p_ligne).txid < (p_dernier).txid) AND (NOT pg_visible_in_snapshot((p_ligne).txid, (p_dernier).instantane))))));

--
-- Name: FUNCTION ligne_recente(p_ligne public.log_actions, p_dernier private.blocs_journal, p_serveur bigint); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.ligne_recente(p_ligne public.log_actions, p_dernier private.blocs_journal, p_serveur bigint) IS 'Whether the pass that wrote this block, the last, could not have seen the line: written since, or by a transaction that was still open. A line in no block that is not so was slipped in.';

--
-- Name: lot_engage(uuid); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.lot_engage(p_lot_id uuid) RETURNS boolean
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  return exists (select from public.cours_de_route c where c.fournisseur_lot_id = p_lot_id)
      or exists (select from public.fournisseur_facture_lot_min f where f.fournisseur_lot_id = p_lot_id);
end;
$$;

--
-- Name: FUNCTION lot_engage(p_lot_id uuid); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.lot_engage(p_lot_id uuid) IS 'Whether a truck or an invoice refers to a lot.';

--
-- Name: masse_air_t(numeric, numeric); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.masse_air_t(p_densite_a_15_kgm3 numeric, p_volume_15c numeric) RETURNS numeric
    LANGUAGE sql IMMUTABLE
    RETURN round((astm.masse_air_t((p_densite_a_15_kgm3)::double precision, (p_volume_15c)::double precision))::numeric, 3);

--
-- Name: FUNCTION masse_air_t(p_densite_a_15_kgm3 numeric, p_volume_15c numeric); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.masse_air_t(p_densite_a_15_kgm3 numeric, p_volume_15c numeric) IS 'Tonnes in air of litres at 15 °C, to the kilogram; null where the density (kg/m³) is not known. Inlined where it is used.';

--
-- Name: masse_vide_t(numeric, numeric); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.masse_vide_t(p_densite_a_15_kgm3 numeric, p_volume_15c numeric) RETURNS numeric
    LANGUAGE sql IMMUTABLE
    RETURN round((astm.masse_vide_t((p_densite_a_15_kgm3)::double precision, (p_volume_15c)::double precision))::numeric, 3);

--
-- Name: FUNCTION masse_vide_t(p_densite_a_15_kgm3 numeric, p_volume_15c numeric); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.masse_vide_t(p_densite_a_15_kgm3 numeric, p_volume_15c numeric) IS 'Tonnes in vacuum of litres at 15 °C, to the kilogram; null where the density (kg/m³) is not known. Inlined where it is used.';

--
-- Name: melanger(uuid, numeric, numeric); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.melanger(p_citerne_id uuid, p_densite_kgm3 numeric, p_volume_15c numeric) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  v_apres numeric;
  v_avant numeric;
  v_melange numeric;
begin
  select sum(s.stock_15c), sum(s.stock_15c) - p_volume_15c, max(s.densite_melange_kgm3)
    into v_apres, v_avant, v_melange
    from public.stocks_snapshot s where s.citerne_id = p_citerne_id;
  v_melange := case
    when v_apres <= 0 then v_melange
    when v_avant <= 0 then p_densite_kgm3
    when p_densite_kgm3 is null then v_melange
    when v_melange is null then p_densite_kgm3
    else (v_melange * v_avant + p_densite_kgm3 * p_volume_15c) / v_apres end;
  -- What is taken back may have been a wrong density: what is left must still be one that fuel can have.
  if v_melange between 400 and 1300 or v_melange is null then
    perform set_config('app.stocks_journaliers_allow_write', '1', true);
    update public.stocks_snapshot s set densite_melange_kgm3 = v_melange
     where s.citerne_id = p_citerne_id and s.densite_melange_kgm3 is distinct from round(v_melange, 4);
    perform set_config('app.stocks_journaliers_allow_write', '', true);
  end if;
end;
$$;

--
-- Name: FUNCTION melanger(p_citerne_id uuid, p_densite_kgm3 numeric, p_volume_15c numeric); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.melanger(p_citerne_id uuid, p_densite_kgm3 numeric, p_volume_15c numeric) IS 'After litres at 15 °C came into a tank (negative: were taken back out of it), blends their density (kg/m³) with that of what was there. A density that is not known changes nothing, but in a tank that was empty. What merely leaves a tank leaves its density as it was: nobody calls it then. The caller has the lock.';

--
-- Name: mesures_de(public.receptions); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.mesures_de(p_reception public.receptions) RETURNS private.mesures
    LANGUAGE sql IMMUTABLE
    RETURN ROW(((p_reception).volume_ambiant)::numeric, private.champ_volume((p_reception).volume_ambiant, (p_reception).volume_observe), ((p_reception).temperature_ambiante_c)::numeric, ((p_reception).temperature_echantillon_c)::numeric, ((p_reception).densite_observee_kgm3)::numeric, ((p_reception).densite_a_15_kgm3)::numeric, NULL::numeric, (COALESCE((p_reception).volume_corrige_15c, (p_reception).volume_15c))::numeric)::private.mesures;

--
-- Name: FUNCTION mesures_de(p_reception public.receptions); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.mesures_de(p_reception public.receptions) IS 'What was measured of a réception, as sent. The tank''s density does not serve: it is what was there before.';

--
-- Name: mesures_proteger(); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.mesures_proteger() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  if auth.uid() is not null then
    perform private.exiger('regler_mesures');
  end if;
  return new;
end;
$$;

--
-- Name: FUNCTION mesures_proteger(); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.mesures_proteger() IS 'A zone decides days, a tolerance what is looked into: an act of its own, with the second factor where it is asked for. Raises ROLE_FORBIDDEN, SECOND_FACTEUR_REQUIS.';

--
-- Name: montant_lettre(uuid); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.montant_lettre(p_ecriture_id uuid) RETURNS numeric
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
  select coalesce((select sum(d.montant) from private.lettrages d where d.debit_id = p_ecriture_id), 0)
       + coalesce((select sum(c.montant) from private.lettrages c where c.credit_id = p_ecriture_id), 0)
$$;

--
-- Name: FUNCTION montant_lettre(p_ecriture_id uuid); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.montant_lettre(p_ecriture_id uuid) IS 'How much of an entry is settled, in its own currency.';

--
-- Name: mouvement_valide(text, uuid, uuid); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.mouvement_valide(p_type text, p_id uuid, p_citerne_id uuid DEFAULT NULL::uuid) RETURNS private.mouvement
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  v_mouvement private.mouvement;
begin
  select m.citerne_id, m.produit_id, m.depot_id, m.proprietaire_type, m.delta_ambiant, m.delta_15c into v_mouvement
    from (
      select 'RECEPTION' as type, r.id, r.citerne_id, r.produit_id, r.depot_id, r.proprietaire_type,
             r.volume_ambiant as delta_ambiant, r.volume_15c as delta_15c
        from public.receptions r where r.statut = 'validee'
      union all
      select 'SORTIE', s.id, s.citerne_id, s.produit_id, s.depot_id, s.proprietaire_type, -s.volume_ambiant,
        -s.volume_15c
        from public.sorties_produit s where s.statut = 'validee'
      union all
      select 'STOCK_INITIAL', i.id, i.citerne_id, i.produit_id, i.depot_id, i.proprietaire_type, i.volume_ambiant,
        i.volume_15c
        from public.stocks_initiaux i
      union all
      select 'TRANSFERT', t.id, t.citerne_destination_id, t.produit_id, t.depot_id, t.proprietaire_type,
        t.volume_ambiant, t.volume_15c
        from public.transferts t
      union all
      select 'TRANSFERT', t.id, t.citerne_source_id, t.produit_id, t.depot_id, t.proprietaire_type, -t.volume_ambiant,
        -t.volume_15c
        from public.transferts t) m
   where m.type = p_type and m.id = p_id
   -- Of the two tanks of a transfer: the one that is meant, else the one it went to.
   order by m.citerne_id = p_citerne_id desc nulls last, m.delta_ambiant desc limit 1;
  if not found then
    perform private.refuser('INVALID_ID_OR_STATE', jsonb_build_object('mouvement_type', p_type, 'id', p_id), 404);
  end if;
  return v_mouvement;
end;
$$;

--
-- Name: FUNCTION mouvement_valide(p_type text, p_id uuid, p_citerne_id uuid); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.mouvement_valide(p_type text, p_id uuid, p_citerne_id uuid) IS 'What a validated movement did to the stock: to that of p_citerne_id where a transfer is meant from that side. Needs no lock: it never changes. Raises INVALID_ID_OR_STATE.';

--
-- Name: mouvements_traces(); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.mouvements_traces() RETURNS TABLE(mouvement_type text, dans regclass, actions text[])
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
  values ('RECEPTION', 'public.receptions'::regclass, '{RECEPTION_CREEE}'::text[]),
         ('SORTIE', 'public.sorties_produit', '{SORTIE_VALIDEE}'),
         ('STOCK_INITIAL', 'public.stocks_initiaux', '{STOCK_INITIAL_DECLARE}'),
         ('TRANSFERT', 'public.transferts', '{TRANSFERT_CREE}'),
         ('DILATATION', 'public.dilatations', '{DILATATION}'),
         ('AJUSTEMENT', 'public.stocks_adjustments',
          '{STOCK_AJUSTE,RECEPTION_COMPENSEE,SORTIE_COMPENSEE,STOCK_INITIAL_COMPENSEE,TRANSFERT_COMPENSEE}'),
         ('PRISE_DE_HAUTEUR', 'public.prises_de_hauteur', '{PRISE_DE_HAUTEUR}')
$$;

--
-- Name: FUNCTION mouvements_traces(); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.mouvements_traces() IS 'Rows that never change once written, and the action whose line of the log said them: one line a row, its details the whole row.';

--
-- Name: nettoyer_staging(); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.nettoyer_staging() RETURNS TABLE(quoi text, objet text)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  v_citerne public.citernes;
  v_mouvements bigint;
begin
  perform private.interdire_si_prod();
  perform private.verrouiller_mouvements();

  perform set_config('app.stocks_journaliers_allow_write', '1', true);
  return query
    delete from public.stocks_journaliers j
     where not exists (select from public.v_mouvements_stock m
                        where m.citerne_id = j.citerne_id and m.produit_id = j.produit_id
                          and m.proprietaire_type = j.proprietaire_type and m.date_jour = j.date_jour)
    returning 'stocks_journaliers', format('%s du %s : %s L', j.proprietaire_type, j.date_jour, j.stock_ambiant);
  return query
    delete from public.stocks_snapshot s
     where not exists (select from public.v_mouvements_stock m
                        where m.citerne_id = s.citerne_id and m.produit_id = s.produit_id
                          and m.proprietaire_type = s.proprietaire_type)
    returning 'stocks_snapshot', format('%s : %s L', s.proprietaire_type, s.stock_ambiant);
  update public.stocks_snapshot s
     set dernier_jour = j.dernier_jour
    from (select v.citerne_id, v.produit_id, v.proprietaire_type, max(v.date_jour) as dernier_jour
            from public.stocks_journaliers v group by 1, 2, 3) j
   where (s.citerne_id, s.produit_id, s.proprietaire_type) = (j.citerne_id, j.produit_id, j.proprietaire_type)
     and s.dernier_jour <> j.dernier_jour;
  perform set_config('app.stocks_journaliers_allow_write', '', true);

  for v_citerne in select * from private.citernes_fantomes() loop
    select (select count(*) from public.receptions r where r.citerne_id = v_citerne.id)
         + (select count(*) from public.sorties_produit s where s.citerne_id = v_citerne.id)
         + (select count(*) from public.transferts t
           where v_citerne.id in (t.citerne_source_id, t.citerne_destination_id))
         + (select count(*) from public.stocks_initiaux i where i.citerne_id = v_citerne.id)
         + (select count(*) from public.prises_de_hauteur p where p.citerne_id = v_citerne.id)
      into v_mouvements;
    if v_mouvements > 0 then
      perform private.refuser('CITERNE_AVEC_MOUVEMENTS',
        jsonb_build_object('nom', v_citerne.nom, 'mouvements', v_mouvements));
    end if;
    delete from public.citernes c where c.id = v_citerne.id;
    quoi := 'citerne fantôme';
    objet := format('%s (%s)', v_citerne.nom, v_citerne.id);
    return next;
  end loop;
end;
$$;

--
-- Name: FUNCTION nettoyer_staging(); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.nettoyer_staging() IS 'Deletes the rows of stock that no movement stands behind, then the phantom tanks, and says each. A phantom tank with a movement, drafts and dips included, stops it all. Owner only. Raises ENV_INTERDIT, CITERNE_AVEC_MOUVEMENTS.';

--
-- Name: nombre_fr(numeric); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.nombre_fr(p_nombre numeric) RETURNS text
    LANGUAGE sql IMMUTABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    RETURN translate(rtrim(rtrim(to_char(p_nombre, 'FM999,999,999,999,990.999'::text), '0'::text), '.'::text), ',.'::text, ' ,'::text);

--
-- Name: FUNCTION nombre_fr(p_nombre numeric); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.nombre_fr(p_nombre numeric) IS 'A number as a French reader writes it: 39296.5 gives "39 296,5". At most three decimals.';

--
-- Name: noter_etat(text); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.noter_etat(p_nom text) RETURNS text
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  v_empreinte constant text := private.empreinte();
begin
  update private.etats_schema e set faits = null where e.faits is not null;
  insert into private.etats_schema as e (empreinte, nom, faits, note_le)
  values (v_empreinte, p_nom, (select jsonb_object_agg(f.objet, f.md5) from private.empreintes() f), clock_timestamp())
  on conflict (empreinte) do update
     set (nom, faits, note_le) = (excluded.nom, excluded.faits, excluded.note_le);
  return v_empreinte;
end;
$$;

--
-- Name: FUNCTION noter_etat(p_nom text); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.noter_etat(p_nom text) IS 'Last statement of whatever brings this database to a state: notes what it is at, under the name of the migration (p_nom). Gives the fingerprint. Owner only.';

--
-- Name: noter_evenement_alerte(); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.noter_evenement_alerte() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  v_type text;
begin
  if tg_op = 'UPDATE' and new.status = old.status then
    return null;
  end if;
  v_type := case when tg_op = 'UPDATE' and new.status = 'OPEN' then 'REOPEN' else new.status end;
  insert into public.alertes_evenements (alerte_id, depot_id, type, par, note)
  values (new.id, new.depot_id, v_type, case new.status when 'ACK' then new.acknowledged_by
    when 'RESOLVED' then new.resolved_by end,
          nullif(current_setting('app.note_alerte', true), ''));
  perform private.journaliser(case v_type when 'OPEN' then 'ALERTE_OUVERTE' when 'ACK' then 'ALERTE_ACQUITTEE'
      when 'RESOLVED' then 'ALERTE_RESOLUE' else 'ALERTE_ROUVERTE' end, 'alertes', 'INFO', new.id, new.depot_id,
    jsonb_build_object('check_code', new.check_code, 'severity', new.severity, 'entity_type', new.entity_type,
      'entity_id', new.entity_id));
  return null;
end;
$$;

--
-- Name: FUNCTION noter_evenement_alerte(); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.noter_evenement_alerte() IS 'Every change of status is an event, and a line of the log.';

--
-- Name: noter_passage(text, timestamp with time zone); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.noter_passage(p_nom text, p_debut timestamp with time zone) RETURNS void
    LANGUAGE sql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
  insert into private.passages as p (nom, le, duree) values (p_nom, clock_timestamp(), clock_timestamp() - p_debut)
  on conflict (nom) do update set (le, duree) = (excluded.le, excluded.duree)
$$;

--
-- Name: FUNCTION noter_passage(p_nom text, p_debut timestamp with time zone); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.noter_passage(p_nom text, p_debut timestamp with time zone) IS 'A pass of the checks has ended.';

--
-- Name: nouveau_brouillon(public.sorties_produit); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.nouveau_brouillon(p_sortie public.sorties_produit) RETURNS public.sorties_produit
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  v_acteur constant private.acteur := private.exiger('ecrire_sortie');
begin
  return private.completer_brouillon(p_sortie, v_acteur.user_id, private.lieu(p_sortie.citerne_id, v_acteur.depots));
end;
$$;

--
-- Name: FUNCTION nouveau_brouillon(p_sortie public.sorties_produit); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.nouveau_brouillon(p_sortie public.sorties_produit) IS 'A draft of the calling user, completed. Moves nothing. Raises ROLE_FORBIDDEN, CITERNE_INACTIVE_OR_INCOMPATIBLE, REFERENTIEL_INACTIF, MESURES_INCOHERENTES.';

--
-- Name: numero_de_paiement(uuid); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.numero_de_paiement(p_id uuid) RETURNS text
    LANGUAGE sql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
  select private.prendre_numero('00000000-0000-0000-0000-000000000000', 'PAF',
    extract(year from private.jour_local('Africa/Lubumbashi', now()))::int, p_id)
$$;

--
-- Name: FUNCTION numero_de_paiement(p_id uuid); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.numero_de_paiement(p_id uuid) IS 'The number of a payment that is confirmed. Raises DEPOT_SANS_CODE.';

--
-- Name: ouvrir_ecart(public.ecarts); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.ouvrir_ecart(p_ecart public.ecarts) RETURNS uuid
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  v_ancien public.ecarts;
  v_id uuid;
begin
  select * into v_ancien from public.ecarts e
   where e.origine = 'AUTO' and (e.type, e.reference_type, e.reference_id)
         = (p_ecart.type, p_ecart.reference_type, p_ecart.reference_id) for update;
  if found and (v_ancien.attendu, v_ancien.constate) is not distinct
    from (round(p_ecart.attendu, 6), round(p_ecart.constate, 6)) then
    return v_ancien.id;
  end if;
  insert into public.ecarts as e
    (domaine, type, depot_id, produit_id, fournisseur_lot_id, reference_type, reference_id, attendu, constate, unite,
     franchise, excedent, impact_usd, cause, decision, justification, statut, traite_le)
  values (p_ecart.domaine, p_ecart.type, p_ecart.depot_id, p_ecart.produit_id, p_ecart.fournisseur_lot_id,
          p_ecart.reference_type, p_ecart.reference_id, p_ecart.attendu, p_ecart.constate, p_ecart.unite,
          coalesce(p_ecart.franchise, 0), coalesce(p_ecart.excedent, 0), p_ecart.impact_usd, p_ecart.cause,
          p_ecart.decision,
          p_ecart.justification, coalesce(p_ecart.statut, 'OUVERT'), case when p_ecart.statut = 'TRAITE' then now() end)
  on conflict (type, reference_type, reference_id) where origine = 'AUTO' do update
     set attendu = excluded.attendu, constate = excluded.constate, franchise = excluded.franchise,
         excedent = excluded.excedent, impact_usd = excluded.impact_usd, cause = excluded.cause,
         decision = excluded.decision,
         justification = excluded.justification, statut = excluded.statut, traite_par = null,
         traite_le = excluded.traite_le
  returning e.id into v_id;
  perform private.journaliser(case when p_ecart.statut = 'TRAITE' then array['ECART_CREE', 'ECART_TRAITE']
    else array['ECART_CREE'] end,
    'ecarts', 'INFO', v_id, p_ecart.depot_id, jsonb_strip_nulls(to_jsonb(p_ecart)));
  return v_id;
end;
$$;

--
-- Name: FUNCTION ouvrir_ecart(p_ecart public.ecarts); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.ouvrir_ecart(p_ecart public.ecarts) IS 'The system''s own gap of this kind on this document: opened, or opened again where its figures have changed since it was treated. Raises ECRITURES_GELEES, ISOLATION_INTERDITE.';

--
-- Name: fournisseur_paiement_lot_min; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.fournisseur_paiement_lot_min (
    id uuid DEFAULT private.nouvel_id() NOT NULL,
    fournisseur_facture_id uuid NOT NULL,
    date_paiement timestamp with time zone DEFAULT now() NOT NULL,
    montant_paye_usd numeric(18,2) NOT NULL,
    mode_paiement text,
    reference_paiement text,
    note text,
    statut text DEFAULT 'CONFIRME'::text NOT NULL,
    numero text,
    motif_annulation text,
    created_by uuid,
    confirme_par uuid,
    annule_par uuid,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT fournisseur_paiement_lot_min_check CHECK (((motif_annulation IS NOT NULL) = (statut = 'ANNULE'::text))),
    CONSTRAINT fournisseur_paiement_lot_min_check1 CHECK (((numero IS NOT NULL) = (confirme_par IS NOT NULL))),
    CONSTRAINT fournisseur_paiement_lot_min_date_paiement_check CHECK ((date_paiement >= '2020-01-01 00:00:00+00'::timestamp with time zone)),
    CONSTRAINT fournisseur_paiement_lot_min_date_paiement_possible CHECK (((private.date_possible(date_paiement) IS NOT FALSE) OR private.refuser_valeur('DATE_IMPOSSIBLE'::text, 'date_paiement'::text))),
    CONSTRAINT fournisseur_paiement_lot_min_mode_paiement_check2000 CHECK ((char_length(mode_paiement) <= 2000)),
    CONSTRAINT fournisseur_paiement_lot_min_mode_paiement_lisible CHECK (((private.texte_lisible(mode_paiement, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'mode_paiement'::text))),
    CONSTRAINT fournisseur_paiement_lot_min_montant_paye_usd_check CHECK (((montant_paye_usd > (0)::numeric) AND (montant_paye_usd < '10000000000000'::numeric))),
    CONSTRAINT fournisseur_paiement_lot_min_motif_annulation_check2000 CHECK ((char_length(motif_annulation) <= 2000)),
    CONSTRAINT fournisseur_paiement_lot_min_motif_annulation_lisible CHECK (((private.texte_lisible(motif_annulation, true) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'motif_annulation'::text))),
    CONSTRAINT fournisseur_paiement_lot_min_note_check2000 CHECK ((char_length(note) <= 2000)),
    CONSTRAINT fournisseur_paiement_lot_min_note_lisible CHECK (((private.texte_lisible(note, true) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'note'::text))),
    CONSTRAINT fournisseur_paiement_lot_min_numero_check2000 CHECK ((char_length(numero) <= 2000)),
    CONSTRAINT fournisseur_paiement_lot_min_numero_lisible CHECK (((private.texte_lisible(numero, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'numero'::text))),
    CONSTRAINT fournisseur_paiement_lot_min_reference_paiement_check2000 CHECK ((char_length(reference_paiement) <= 2000)),
    CONSTRAINT fournisseur_paiement_lot_min_reference_paiement_lisible CHECK (((private.texte_lisible(reference_paiement, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'reference_paiement'::text))),
    CONSTRAINT fournisseur_paiement_lot_min_statut_check CHECK ((statut = ANY (ARRAY['EN_ATTENTE'::text, 'CONFIRME'::text, 'ANNULE'::text])))
);

--
-- Name: TABLE fournisseur_paiement_lot_min; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.fournisseur_paiement_lot_min IS 'Payments of suppliers'' invoices, USD. One that the client inserts is confirmed at once; taken back only by its reversal.';

--
-- Name: COLUMN fournisseur_paiement_lot_min.date_paiement; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.fournisseur_paiement_lot_min.date_paiement IS 'As the client says it, often a local time without its offset: judged by its day.';

--
-- Name: COLUMN fournisseur_paiement_lot_min.numero; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.fournisseur_paiement_lot_min.numero IS 'Ours, given when it is confirmed (series PAF).';

--
-- Name: paiement_a_changer(uuid, text); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.paiement_a_changer(p_id uuid, p_statut text) RETURNS public.fournisseur_paiement_lot_min
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  v_paiement public.fournisseur_paiement_lot_min;
begin
  select * into v_paiement from public.fournisseur_paiement_lot_min p where p.id = p_id;
  if not found then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'ce paiement'));
  end if;
  -- The invoice first, as whoever pays it does.
  perform private.facture_a_changer(v_paiement.fournisseur_facture_id, 'VALIDEE', 'LITIGE');
  select * into v_paiement from public.fournisseur_paiement_lot_min p where p.id = p_id for update;
  if v_paiement.statut <> p_statut then
    perform private.refuser('PAIEMENT_ETAT', jsonb_build_object('statut', v_paiement.statut));
  end if;
  return v_paiement;
end;
$$;

--
-- Name: FUNCTION paiement_a_changer(p_id uuid, p_statut text); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.paiement_a_changer(p_id uuid, p_statut text) IS 'The payment and its invoice, locked, in this state. Raises INTROUVABLE, FACTURE_ETAT, PAIEMENT_ETAT, ISOLATION_INTERDITE.';

--
-- Name: paiement_fournisseur_apres_insert(); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.paiement_fournisseur_apres_insert() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  if new.statut = 'CONFIRME' then
    perform private.passer_paiement(new);
  end if;
  perform private.journaliser(case new.statut when 'CONFIRME' then array['PAIEMENT_ENREGISTRE', 'PAIEMENT_CONFIRME']
    else array['PAIEMENT_ENREGISTRE'] end, 'paiements_fournisseur', 'INFO', new.id, null, to_jsonb(new));
  return null;
end;
$$;

--
-- Name: FUNCTION paiement_fournisseur_apres_insert(); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.paiement_fournisseur_apres_insert() IS 'What the payment does to the account, where it is confirmed; logs PAIEMENT_ENREGISTRE and PAIEMENT_CONFIRME. Raises LETTRAGE_INCOMPATIBLE, LETTRAGE_EXCESSIF, ISOLATION_INTERDITE, ECRITURES_GELEES.';

--
-- Name: paiement_fournisseur_avant_insert(); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.paiement_fournisseur_avant_insert() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  v_facture public.fournisseur_facture_lot_min;
begin
  perform private.exiger('ecrire_factures_fournisseur');
  v_facture := private.facture_a_payer(new.fournisseur_facture_id);
  new.date_paiement := coalesce(new.date_paiement, now());
  perform private.date_de_document(private.jour_local('Africa/Lubumbashi', new.date_paiement));
  new.statut := coalesce(new.statut, 'CONFIRME');
  if new.statut not in ('EN_ATTENTE', 'CONFIRME') then
    perform private.refuser('PAIEMENT_ETAT', jsonb_build_object('statut', new.statut));
  end if;
  if exists (select from public.fournisseur_paiement_lot_min p
              where p.fournisseur_facture_id = new.fournisseur_facture_id and p.montant_paye_usd = new.montant_paye_usd
                and p.reference_paiement is not distinct from new.reference_paiement and p.created_by = auth.uid()
                and p.statut <> 'ANNULE' and p.created_at > clock_timestamp() - interval '2 minutes') then
    perform private.refuser('PAIEMENT_DOUBLE', jsonb_build_object('montant', new.montant_paye_usd));
  end if;
  perform private.exiger_solde(v_facture, new.montant_paye_usd);
  new.motif_annulation := null;
  new.annule_par := null;
  new.created_by := auth.uid();
  new.created_at := clock_timestamp();
  new.confirme_par := case new.statut when 'CONFIRME' then auth.uid() end;
  new.numero := case new.statut when 'CONFIRME' then private.numero_de_paiement(new.id) end;
  return new;
end;
$$;

--
-- Name: FUNCTION paiement_fournisseur_avant_insert(); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.paiement_fournisseur_avant_insert() IS 'A payment of a validated invoice, not beyond what is left of it, not the same twice within two minutes (REST has no idempotency key). Raises ROLE_FORBIDDEN, INTROUVABLE, FACTURE_ETAT, PAIEMENT_FACTURE_NON_VALIDEE, DATE_FUTURE, PAIEMENT_ETAT, PAIEMENT_DOUBLE, PAIEMENT_EXCEDENTAIRE, DEPOT_SANS_CODE, ISOLATION_INTERDITE.';

--
-- Name: passer_facture(public.fournisseur_facture_lot_min, text); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.passer_facture(p_facture public.fournisseur_facture_lot_min, p_justification text) RETURNS uuid
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  v_ecriture public.ecritures_tiers;
  v_numero text;
begin
  v_ecriture.tiers_type := 'FOURNISSEUR';
  v_ecriture.fournisseur_id := p_facture.fournisseur_id;
  v_ecriture.devise := 'USD';
  v_ecriture.date_valeur := p_facture.date_facture;
  v_ecriture.echeance := p_facture.date_echeance;
  v_ecriture.type := p_facture.type;
  v_ecriture.reference := p_facture.invoice_no;
  v_ecriture.libelle := format('%s %s', case p_facture.type when 'AVOIR' then 'Avoir' else 'Facture' end,
    p_facture.invoice_no);
  v_ecriture.source_type := 'fournisseur_facture_lot_min';
  v_ecriture.source_id := p_facture.id;
  if p_facture.type = 'AVOIR' then
    v_ecriture.debit := p_facture.montant_total_usd;
  else
    v_ecriture.credit := p_facture.montant_total_usd;
  end if;
  v_ecriture.id := private.ecrire_compte(v_ecriture);
  v_numero := private.prendre_numero('00000000-0000-0000-0000-000000000000', 'FFO',
    extract(year from private.jour_local('Africa/Lubumbashi', now()))::int, p_facture.id);
  update public.fournisseur_facture_lot_min f
     set statut = 'VALIDEE', validated_by = auth.uid(), validated_at = now(), numero = v_numero,
         justification = private.texte_net(p_justification)
   where f.id = p_facture.id;
  return v_ecriture.id;
end;
$$;

--
-- Name: FUNCTION passer_facture(p_facture public.fournisseur_facture_lot_min, p_justification text); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.passer_facture(p_facture public.fournisseur_facture_lot_min, p_justification text) IS 'The invoice or credit note enters the supplier''s account and gets its number. Raises DEPOT_SANS_CODE, ISOLATION_INTERDITE, ECRITURES_GELEES.';

--
-- Name: passer_paiement(public.fournisseur_paiement_lot_min); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.passer_paiement(p_paiement public.fournisseur_paiement_lot_min) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  v_facture constant public.ecritures_tiers := private.ecriture_de_facture(p_paiement.fournisseur_facture_id);
  v_ecriture public.ecritures_tiers;
begin
  v_ecriture.tiers_type := 'FOURNISSEUR';
  v_ecriture.fournisseur_id := v_facture.fournisseur_id;
  v_ecriture.devise := 'USD';
  v_ecriture.date_valeur := private.jour_local('Africa/Lubumbashi', p_paiement.date_paiement);
  v_ecriture.type := 'PAIEMENT';
  v_ecriture.debit := p_paiement.montant_paye_usd;
  v_ecriture.reference := coalesce(p_paiement.reference_paiement, p_paiement.numero);
  v_ecriture.libelle := format('Paiement de la facture %s', v_facture.reference);
  v_ecriture.source_type := 'fournisseur_paiement_lot_min';
  v_ecriture.source_id := p_paiement.id;
  perform private.lettrer(private.ecrire_compte(v_ecriture), v_facture.id, p_paiement.montant_paye_usd);
end;
$$;

--
-- Name: FUNCTION passer_paiement(p_paiement public.fournisseur_paiement_lot_min); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.passer_paiement(p_paiement public.fournisseur_paiement_lot_min) IS 'A confirmed payment enters the account and settles its invoice. Raises LETTRAGE_INCOMPATIBLE, LETTRAGE_EXCESSIF, ISOLATION_INTERDITE, ECRITURES_GELEES.';

--
-- Name: patience_scellement(); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.patience_scellement() RETURNS interval
    LANGUAGE sql IMMUTABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    RETURN '00:15:00'::interval;

--
-- Name: FUNCTION patience_scellement(); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.patience_scellement() IS 'How long a line may wait for a pass, of which there is one a minute. What waits longer proves nothing.';

--
-- Name: peut(text); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.peut(p_capacite text) RETURNS boolean
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  return private.acteur_peut(private.acteur(), p_capacite);
end;
$$;

--
-- Name: FUNCTION peut(p_capacite text); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.peut(p_capacite text) IS 'Whether the calling user has a capability. Read in policies as a sub-select, so that it runs once a statement.';

--
-- Name: capacites; Type: TABLE; Schema: private; Owner: -
--

CREATE TABLE private.capacites (
    capacite text NOT NULL,
    roles text[] NOT NULL,
    second_facteur boolean DEFAULT false NOT NULL,
    dit text NOT NULL,
    habilitations text[] DEFAULT '{}'::text[] NOT NULL,
    CONSTRAINT capacites_capacite_check CHECK ((capacite ~ '^[a-z]+(_[a-z]+)*$'::text)),
    CONSTRAINT capacites_dit_check CHECK ((btrim(dit) <> ''::text)),
    CONSTRAINT capacites_habilitations_check CHECK ((habilitations <@ '{finance,caisse}'::text[])),
    CONSTRAINT capacites_roles_check CHECK ((roles <> '{}'::text[]))
);

--
-- Name: TABLE capacites; Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON TABLE private.capacites IS 'What may be done, and the roles that may do it.';

--
-- Name: COLUMN capacites.capacite; Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON COLUMN private.capacites.capacite IS 'Name by which the rules ask.';

--
-- Name: COLUMN capacites.roles; Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON COLUMN private.capacites.roles IS 'Roles of profils.role that have it.';

--
-- Name: COLUMN capacites.second_facteur; Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON COLUMN private.capacites.second_facteur IS 'Under the flag mfa_admin, also asks for a session raised to aal2.';

--
-- Name: COLUMN capacites.dit; Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON COLUMN private.capacites.dit IS 'In French, for the page of who may do what.';

--
-- Name: COLUMN capacites.habilitations; Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON COLUMN private.capacites.habilitations IS 'Entries of profils.habilitations that give it too, whatever the role, inside the depots that the role sees.';

--
-- Name: peut_autant(text, text); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.peut_autant(p_role text, p_role_d_alors text) RETURNS boolean
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    RETURN ((p_role = p_role_d_alors) OR ((p_role IS NOT NULL) AND (NOT (EXISTS (SELECT FROM private.capacites c WHERE ((peut_autant.p_role_d_alors = ANY (c.roles)) AND (NOT (peut_autant.p_role = ANY (c.roles)))))))));

--
-- Name: FUNCTION peut_autant(p_role text, p_role_d_alors text); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.peut_autant(p_role text, p_role_d_alors text) IS 'Whether a role may do all that another may.';

--
-- Name: phrase_de_refus(text, jsonb); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.phrase_de_refus(p_code text, p_valeurs jsonb) RETURNS text
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  v_phrase text;
  v_cle text;
  v_valeur jsonb;
begin
  select r.phrase into strict v_phrase from private.refus r where r.code = p_code;
  for v_cle, v_valeur in select key, value from jsonb_each(p_valeurs) loop
    v_phrase := replace(v_phrase, '{' || v_cle || '}',
      case jsonb_typeof(v_valeur)
        when 'number' then private.nombre_fr((v_valeur #>> '{}')::numeric)
        else coalesce(v_valeur #>> '{}', '—')
      end);
  end loop;
  -- A value may be whatever was sent: what says no of it is still read as it stands, in a log too.
  return regexp_replace(v_phrase, private.illisibles(), '·', 'g');
end;
$$;

--
-- Name: FUNCTION phrase_de_refus(p_code text, p_valeurs jsonb); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.phrase_de_refus(p_code text, p_valeurs jsonb) IS 'The sentence a clerk reads for this refusal, its values filled in. An unknown code is a bug and raises P0002.';

--
-- Name: poser_referentiels(); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.poser_referentiels() RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  -- A database that says nothing counts as PROD; but for one where nobody is yet: it is only being made.
  if exists (select from public.app_settings s where s.key = 'env') or exists (select from public.profils)
     or exists (select from public.cours_de_route) then
    perform private.interdire_si_prod();
  end if;
  insert into public.depots (id, nom, adresse) values
    ('11111111-1111-1111-1111-111111111111', 'Dépôt Daipn', 'Route Kipushi')
  on conflict do nothing;

  insert into public.produits (id, nom, code, groupe_mpms) values
    ('640cf7ec-1616-4503-a484-0a61afb20005', 'Essence', 'ESS', 'B'),
    ('22222222-2222-2222-2222-222222222222', 'Gasoil/AGO', 'G.O', 'B')
  on conflict do nothing;

  insert into public.citernes (id, depot_id, produit_id, nom, capacite_totale, capacite_securite)
  select t.id::uuid, '11111111-1111-1111-1111-111111111111', '22222222-2222-2222-2222-222222222222', t.nom, t.capacite,
    0
    from (values
      ('57da330a-1305-4582-be45-ceab0f1aa795', 'TANK1', 500000),
      ('905b3104-0324-4b5c-ba3d-ae1019746c70', 'TANK2', 500000),
      ('7bf64a46-ca77-4857-af89-2e14d9128473', 'TANK3', 500000),
      ('91d2078b-8e19-43c2-bf33-322a42cd4e94', 'TANK4', 500000),
      ('a76a08a6-9017-421e-b5d3-afe8129a8f9d', 'TANK5', 300000),
      ('6f3e0b4c-abfc-4b67-aaa0-2ca20a59ae1a', 'TANK6', 300000)
    ) as t (id, nom, capacite)
  on conflict do nothing;
end;
$$;

--
-- Name: FUNCTION poser_referentiels(); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.poser_referentiels() IS 'PROD''s depot, products and six tanks (litres), with their fixed ids, and no movement. What is already there stays as it is. Called by every reset and by the prod-like seed: in a database that says it is no PROD, or that says nothing and has nobody yet. Raises ENV_INTERDIT.';

--
-- Name: possede(oid); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.possede(p_table oid) RETURNS boolean
    LANGUAGE sql STABLE
    RETURN has_table_privilege(p_table, 'truncate'::text);

--
-- Name: FUNCTION possede(p_table oid); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.possede(p_table oid) IS 'Whether the current role owns a table: nobody else is granted to truncate any (a structure test sees to it). Inlined where it is used, it costs no query.';

--
-- Name: premier_jour_negatif(uuid, uuid, text, date, numeric, numeric); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.premier_jour_negatif(p_citerne_id uuid, p_produit_id uuid, p_proprietaire_type text, p_jour date, p_delta_ambiant numeric, p_delta_15c numeric) RETURNS date
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  return (
  select min(j.date_jour) from (
    (select p_jour as date_jour, s.stock_ambiant, s.stock_15c
       from (select 1) un
       left join lateral (
         select v.stock_ambiant, v.stock_15c from public.stocks_journaliers v
          where v.citerne_id = p_citerne_id and v.produit_id = p_produit_id
            and v.proprietaire_type = p_proprietaire_type and v.date_jour <= p_jour
          order by v.date_jour desc limit 1) s on true)
    union all
    (select v.date_jour, v.stock_ambiant, v.stock_15c from public.stocks_journaliers v
      where v.citerne_id = p_citerne_id and v.produit_id = p_produit_id
        and v.proprietaire_type = p_proprietaire_type and v.date_jour > p_jour)
  ) j
  where coalesce(j.stock_ambiant, 0) + p_delta_ambiant < 0 or coalesce(j.stock_15c, 0) + p_delta_15c < 0);
end;
$$;

--
-- Name: FUNCTION premier_jour_negatif(p_citerne_id uuid, p_produit_id uuid, p_proprietaire_type text, p_jour date, p_delta_ambiant numeric, p_delta_15c numeric); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.premier_jour_negatif(p_citerne_id uuid, p_produit_id uuid, p_proprietaire_type text, p_jour date, p_delta_ambiant numeric, p_delta_15c numeric) IS 'First day, from p_jour on, that a movement of these litres would take below zero; null if none.';

--
-- Name: prendre_numero(uuid, text, integer, uuid); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.prendre_numero(p_depot_id uuid, p_serie text, p_exercice integer, p_objet_id uuid) RETURNS text
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  v_code constant text := private.code_emetteur(p_depot_id);
  v_numero bigint;
begin
  insert into private.series as s (depot_id, serie, exercice, dernier) values (p_depot_id, p_serie, p_exercice, 1)
  on conflict (depot_id, serie, exercice) do update set dernier = s.dernier + 1
  returning s.dernier into v_numero;
  insert into private.numeros (depot_id, serie, exercice, numero, objet_id)
  values (p_depot_id, p_serie, p_exercice, v_numero, p_objet_id);
  return format('%s-%s-%s-%s', v_code, p_serie, p_exercice,
    case when v_numero < 1000000 then lpad(v_numero::text, 6, '0') else v_numero::text end);
end;
$$;

--
-- Name: FUNCTION prendre_numero(p_depot_id uuid, p_serie text, p_exercice integer, p_objet_id uuid); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.prendre_numero(p_depot_id uuid, p_serie text, p_exercice integer, p_objet_id uuid) IS 'The next number of a series, printed, for a document that this transaction issues; its row stays locked until the end, so it is taken last. Raises DEPOT_SANS_CODE.';

--
-- Name: preparer_profil(text, text, uuid); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.preparer_profil(p_email text, p_role text, p_depot_id uuid) RETURNS uuid
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  v_user_id uuid;
begin
  perform private.exiger('ecrire_profils');
  if private.depot_manque(p_role, p_depot_id) then
    perform private.refuser('DEPOT_REQUIS', jsonb_build_object('role', p_role));
  end if;
  if p_depot_id is not null and not exists (select from public.depots d where d.id = p_depot_id) then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'ce dépôt'));
  end if;
  perform private.exiger_actifs(p_depot_id => p_depot_id);
  -- One at a time for an address: a request that is sent again finds what the first one made.
  perform pg_advisory_xact_lock(hashtextextended('profils:' || lower(p_email), 0));
  select u.id into v_user_id from auth.users u where u.email = lower(p_email) order by u.created_at limit 1;
  if exists (select from public.profils p where p.user_id = v_user_id) then
    perform private.refuser('PROFIL_EXISTANT');
  end if;
  return v_user_id;
end;
$$;

--
-- Name: FUNCTION preparer_profil(p_email text, p_role text, p_depot_id uuid); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.preparer_profil(p_email text, p_role text, p_depot_id uuid) IS 'Everything that could refuse a new profile, asked before an account is made for it. Returns the account this address already has, null where it has none. Raises ROLE_FORBIDDEN, SECOND_FACTEUR_REQUIS, DEPOT_REQUIS, INTROUVABLE, REFERENTIEL_INACTIF, PROFIL_EXISTANT.';

--
-- Name: preparer_validation(public.sorties_produit, uuid, private.lieu); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.preparer_validation(p_sortie public.sorties_produit, p_validateur uuid, p_lieu private.lieu) RETURNS public.sorties_produit
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  v_mesures private.mesures;
  v_corrige private.volume_corrige;
  v_aujourdhui date;
begin
  if p_sortie.client_id is null and p_sortie.partenaire_id is null then
    perform private.refuser('BENEFICIAIRE_REQUIRED');
  end if;
  if p_sortie.proprietaire_type = 'PARTENAIRE' and p_sortie.partenaire_id is null then
    perform private.refuser('PARTENAIRE_REQUIS');
  end if;
  perform private.exiger_citerne(p_lieu.citerne, p_sortie.citerne_id, p_sortie.produit_id);
  -- Nothing has left yet: a client disabled since the draft was written stops it.
  perform private.exiger_actifs(p_client_id => p_sortie.client_id);
  v_aujourdhui := private.jour_local((p_lieu.depot).fuseau, now());
  if p_sortie.date_jour > v_aujourdhui then
    perform private.refuser('DATE_FUTURE', jsonb_build_object('aujourdhui', v_aujourdhui));
  end if;

  v_mesures.volume_ambiant := private.volume_mesure(p_sortie.volume_ambiant, null, p_sortie.index_avant,
    p_sortie.index_apres);
  v_mesures.champ_volume := private.champ_volume(p_sortie.volume_ambiant, null);
  v_mesures.temperature_produit_c := p_sortie.temperature_ambiante_c;
  v_mesures.temperature_echantillon_c := p_sortie.temperature_echantillon_c;
  v_mesures.densite_observee_kgm3 := p_sortie.densite_observee_kgm3;
  v_mesures.densite_a_15_kgm3 := p_sortie.densite_a_15_kgm3;
  v_mesures.densite_citerne_kgm3 := p_lieu.densite_melange_kgm3;
  v_mesures.volume_15c_client := p_sortie.volume_15c;
  v_corrige := private.volume_15c(v_mesures, p_lieu);

  p_sortie.volume_ambiant := v_mesures.volume_ambiant;
  -- As for a réception: where no meter was read, two numbers that differ by the volume.
  p_sortie.index_avant := coalesce(p_sortie.index_avant, 0);
  p_sortie.index_apres := coalesce(p_sortie.index_apres, p_sortie.volume_ambiant);
  p_sortie.volume_15c := v_corrige.volume_15c;
  p_sortie.volume_corrige_15c := v_corrige.volume_15c;
  p_sortie.vcf := v_corrige.vcf;
  p_sortie.methode_15c := v_corrige.methode_15c;
  p_sortie.parametres_15c := v_corrige.parametres_15c || jsonb_build_object('volume_15c_client',
    v_mesures.volume_15c_client);
  p_sortie.avertissements := v_corrige.avertissements;
  p_sortie.densite_a_15_kgm3 := v_corrige.densite_a_15_kgm3;
  p_sortie.densite_a_15 := v_corrige.densite_a_15_kgm3;
  p_sortie.depot_id := (p_lieu.depot).id;
  p_sortie.statut := 'validee';
  p_sortie.validated_by := p_validateur;
  return p_sortie;
end;
$$;

--
-- Name: FUNCTION preparer_validation(p_sortie public.sorties_produit, p_validateur uuid, p_lieu private.lieu); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.preparer_validation(p_sortie public.sorties_produit, p_validateur uuid, p_lieu private.lieu) IS 'A draft as it is to be written once validated: checks everything but role, state and stock, computes its volumes; without a density of its own, that of its tank serves. Moves nothing. Raises BENEFICIAIRE_REQUIRED, PARTENAIRE_REQUIS, CITERNE_INACTIVE_OR_INCOMPATIBLE, REFERENTIEL_INACTIF, DATE_FUTURE, and what private.volume_mesure and private.volume_15c raise.';

--
-- Name: prises_de_hauteur_avant_insert(); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.prises_de_hauteur_avant_insert() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  perform private.exiger('mesurer_citerne');
  select c.produit_id, c.depot_id, c.tolerance_inventaire_pour_mille
    into new.produit_id, new.depot_id, new.tolerance_pour_mille
    from public.citernes c
   where c.id = new.citerne_id and c.depot_id = any (private.depots_visibles())
     for key share;
  if not found then
    perform private.refuser('CITERNE_INACTIVE_OR_INCOMPATIBLE', jsonb_build_object('citerne_id', new.citerne_id));
  end if;
  select coalesce(sum(s.stock_ambiant), 0) into new.stock_comptable
    from public.stocks_snapshot s where s.citerne_id = new.citerne_id;
  new.created_by := auth.uid();
  new.created_at := now();
  return new;
end;
$$;

--
-- Name: FUNCTION prises_de_hauteur_avant_insert(); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.prises_de_hauteur_avant_insert() IS 'Notes beside the dip what the books say now, and the tolerance that judges it. Raises ROLE_FORBIDDEN, CITERNE_INACTIVE_OR_INCOMPATIBLE.';

--
-- Name: prises_de_hauteur_journaliser(); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.prises_de_hauteur_journaliser() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  perform private.journaliser('PRISE_DE_HAUTEUR', 'stocks', 'INFO', new.id, new.depot_id, to_jsonb(new));
  return null;
end;
$$;

--
-- Name: FUNCTION prises_de_hauteur_journaliser(); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.prises_de_hauteur_journaliser() IS 'Logs PRISE_DE_HAUTEUR.';

--
-- Name: produits_avant_insert(); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.produits_avant_insert() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  new.code := coalesce(new.code, upper(btrim(new.nom)));
  new.alpha_historique := coalesce(new.alpha_historique, case new.code when 'ESS' then 0.00100 else 0.00085 end);
  new.densite_15_min := coalesce(new.densite_15_min, case new.code when 'ESS' then 700 when 'G.O' then 800 end);
  new.densite_15_max := coalesce(new.densite_15_max, case new.code when 'ESS' then 790 when 'G.O' then 890 end);
  return new;
end;
$$;

--
-- Name: FUNCTION produits_avant_insert(); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.produits_avant_insert() IS 'A product that comes without a code is called by its name. A new one of a known code has, where nothing else was said, its expansion coefficient and density range (ESS 700…790, G.O 800…890 kg/m³). Once: a code that changes later moves no litre.';

--
-- Name: produits_proteger(); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.produits_proteger() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  if auth.uid() is not null then
    perform private.exiger('regler_produits');
  end if;
  return new;
end;
$$;

--
-- Name: FUNCTION produits_proteger(); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.produits_proteger() IS 'Code, group, coefficient and density range decide litres: an act of its own, with the second factor where it is asked for. Raises ROLE_FORBIDDEN, SECOND_FACTEUR_REQUIS.';

--
-- Name: profils_avant_ecriture(); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.profils_avant_ecriture() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  -- Of anybody else, the policies make nothing.
  if private.peut('ecrire_profils') then
    perform private.exiger_second_facteur();
  end if;
  if private.depot_manque(new.role, new.depot_id) then
    perform private.refuser('DEPOT_REQUIS', jsonb_build_object('role', new.role));
  end if;
  if tg_op = 'INSERT' or new.depot_id is distinct from old.depot_id then
    perform private.exiger_actifs(p_depot_id => new.depot_id);
  end if;
  if tg_op = 'INSERT' then
    new.email := coalesce(new.email, (select u.email from auth.users u where u.id = new.user_id));
    new.desactive_le := null;
    new.desactive_par := null;
    new.created_at := now();
    return new;
  end if;

  if (new.id, new.user_id) is distinct from (old.id, old.user_id)
     or (old.user_id = auth.uid()
         and (new.role, new.depot_id, new.habilitations, new.desactive_le)
             is distinct from (old.role, old.depot_id, old.habilitations, old.desactive_le)) then
    perform private.refuser('ECRITURE_INTERDITE', jsonb_build_object('table', 'profils'));
  end if;
  new.created_at := old.created_at;
  if (new.desactive_le is null) <> (old.desactive_le is null) then
    new.desactive_le := case when new.desactive_le is not null then now() end;
    new.desactive_par := case when new.desactive_le is not null then auth.uid() end;
  else
    new.desactive_le := old.desactive_le;
    new.desactive_par := old.desactive_par;
  end if;
  return new;
end;
$$;

--
-- Name: FUNCTION profils_avant_ecriture(); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.profils_avant_ecriture() IS 'A profile keeps its account for good; nobody changes their own role, depot or habilitations, nor shuts themselves out; gerant, operateur and lecture have a depot; nobody comes to one that is disabled. Says itself when and by whom somebody was shut out. Raises ECRITURE_INTERDITE, DEPOT_REQUIS, REFERENTIEL_INACTIF, SECOND_FACTEUR_REQUIS.';

--
-- Name: profils_calcul_garder_defaut(); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.profils_calcul_garder_defaut() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  if old.depot_id is null and old.produit_id is null
     and (tg_op = 'DELETE' or new.depot_id is not null or new.produit_id is not null) then
    perform private.refuser('ECRITURE_INTERDITE', jsonb_build_object('table', 'profils_calcul', 'verbe', tg_op));
  end if;
  return coalesce(new, old);
end;
$$;

--
-- Name: FUNCTION profils_calcul_garder_defaut(); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.profils_calcul_garder_defaut() IS 'There is always a default profile. Raises ECRITURE_INTERDITE.';

--
-- Name: profils_calcul_journaliser(); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.profils_calcul_journaliser() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  perform private.journaliser('PROFIL_CALCUL_MODIFIE', 'astm', 'WARNING', coalesce(new.id, old.id),
    coalesce(new.depot_id, old.depot_id), jsonb_build_object('avant', to_jsonb(old), 'apres', to_jsonb(new)));
  return null;
end;
$$;

--
-- Name: FUNCTION profils_calcul_journaliser(); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.profils_calcul_journaliser() IS 'Logs every change of a calculation profile: it changes the litres of the movements to come.';

--
-- Name: profils_fermer_le_compte(); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.profils_fermer_le_compte() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  -- Supabase Auth reads a moment, not infinity: a hundred years, as its own ban_duration would be said.
  update auth.users u
     set banned_until = case when new.desactive_le is not null then now() + interval '100 years' end
   where u.id = new.user_id;
  return null;
end;
$$;

--
-- Name: FUNCTION profils_fermer_le_compte(); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.profils_fermer_le_compte() IS 'Shuts the account with the profile, and opens it with it: Auth then says at sign-in « User is banned », and prolongs no session, instead of letting in somebody who may see nothing.';

--
-- Name: profils_garder_un_admin(); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.profils_garder_un_admin() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  if tg_level = 'ROW' and not private.role_peut(old.role, 'ecrire_profils') then
    return null;
  end if;
  -- With an older snapshot of the database, an admin whom somebody else has just removed would still be counted.
  perform private.exiger_read_committed();
  -- Two admins who remove each other queue here: the second counts what the first has left.
  perform pg_advisory_xact_lock(hashtextextended('profils:admins', 0));
  if not exists (select from public.profils p
                  where p.desactive_le is null and private.role_peut(p.role, 'ecrire_profils')) then
    perform private.refuser('DERNIER_ADMIN');
  end if;
  return null;
end;
$$;

--
-- Name: FUNCTION profils_garder_un_admin(); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.profils_garder_un_admin() IS 'After an active admin has ceased to be one: is another left? Holds for every role, and for a profile that goes with its account. Raises DERNIER_ADMIN, ISOLATION_INTERDITE.';

--
-- Name: purger_idempotence(); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.purger_idempotence() RETURNS bigint
    LANGUAGE sql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
  with oubliees as (
    delete from private.idempotence i
     using (select k.user_id, k.cle, row_number() over (partition by k.user_id order by k.created_at desc, k.cle) as
       rang
              from private.idempotence k) r
     where r.user_id = i.user_id and r.cle = i.cle
       and (r.rang > 5000 or i.created_at < now() - interval '30 days')
    returning 1)
  select count(*) from oubliees
$$;

--
-- Name: FUNCTION purger_idempotence(); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.purger_idempotence() IS 'Forgets, for everybody, answers that are 30 days old and, of each person, all but the last 5 000. Returns how many. Part of private.taches_periodiques.';

--
-- Name: quantites_reception(uuid); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.quantites_reception(p_reception_id uuid) RETURNS private.quantites
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  v_quantites private.quantites;
  v_groupe text;
  v_methode text;
  v_alpha numeric;
begin
  -- What an old row says of its density at 15 °C is whatever was sent, at times the observed one.
  select r.volume_15c + coalesce((select sum(a.delta_15c) from public.stocks_adjustments a
                                   where a.mouvement_type = 'RECEPTION' and a.mouvement_id = r.id), 0),
         case when r.methode_15c <> 'LEGACY' then r.densite_a_15_kgm3 end, p.groupe_mpms, r.methode_15c,
           p.alpha_historique
    into v_quantites.volume_15c, v_quantites.densite_15, v_groupe, v_methode, v_alpha
    from public.receptions r join public.produits p on p.id = r.produit_id where r.id = p_reception_id;
  v_quantites.volume_20c := private.volume_20c(
    v_quantites.volume_15c, v_quantites.densite_15, v_groupe, v_methode, v_alpha);
  v_quantites.tonnes_air := private.masse_air_t(v_quantites.densite_15, v_quantites.volume_15c);
  return v_quantites;
end;
$$;

--
-- Name: FUNCTION quantites_reception(p_reception_id uuid); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.quantites_reception(p_reception_id uuid) IS 'What is left of a réception after its adjustments, in every base it may be bought by.';

--
-- Name: rapprochement(numeric, numeric); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.rapprochement(p_recu numeric, p_facture numeric) RETURNS text
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
  select case
    when abs(p_recu - p_facture) < 0.5 then 'OK'
    when abs(p_recu - p_facture) < greatest(50, p_facture * coalesce(
      (select s.value::numeric from public.app_settings s where s.key = 'facture_tolerance_pour_mille'),
      0) / 1000) then 'TOLERE'
    else 'LITIGE' end
$$;

--
-- Name: FUNCTION rapprochement(p_recu numeric, p_facture numeric); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.rapprochement(p_recu numeric, p_facture numeric) IS 'OK, TOLERE or LITIGE: litres received against litres invoiced, within half a litre, or 50 L (or the setting facture_tolerance_pour_mille of what is invoiced).';

--
-- Name: receptions_a_facturer(uuid, uuid); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.receptions_a_facturer(p_lot_id uuid, p_facture_id uuid) RETURNS TABLE(reception_id uuid, volume_15c numeric, densite_15 numeric, volume_20c numeric, tonnes_air numeric)
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
  select r.id, q.volume_15c, q.densite_15, q.volume_20c, q.tonnes_air
    from public.cours_de_route c
    join public.receptions r on r.cours_de_route_id = c.id and r.statut = 'validee' and r.proprietaire_type = 'MONALUXE'
   cross join lateral private.quantites_reception(r.id) q
   where c.fournisseur_lot_id = p_lot_id and q.volume_15c > 0
     and not exists (select from public.factures_fournisseur_receptions f
                      where f.reception_id = r.id and f.facture_id is distinct from p_facture_id)
$$;

--
-- Name: FUNCTION receptions_a_facturer(p_lot_id uuid, p_facture_id uuid); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.receptions_a_facturer(p_lot_id uuid, p_facture_id uuid) IS 'What the lot''s trucks brought of Monaluxe''s fuel, as it stands now, and no other invoice counts.';

--
-- Name: receptions_apres_insert(); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.receptions_apres_insert() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  v_reception public.receptions;
begin
  perform private.exiger_read_committed();
  perform private.verrouiller_camions(array(select n.cours_de_route_id from nouvelles n));
  perform private.exiger_camion(n, c) from nouvelles n join public.cours_de_route c on c.id = n.cours_de_route_id;
  if exists (select from nouvelles n where n.cours_de_route_id is not null
              group by n.cours_de_route_id, n.citerne_id having count(*) > 1) then
    perform private.refuser('CDR_NON_ARRIVE', '{"statut":"DECHARGE"}');
  end if;
  perform private.verrouiller_citernes(variadic array(select n.citerne_id from nouvelles n));
  for v_reception in select * from nouvelles n order by n.citerne_id loop
    perform private.exiger_en_service(v_reception.citerne_id);
    perform private.appliquer_mouvement(v_reception.citerne_id, v_reception.produit_id, v_reception.depot_id,
      v_reception.proprietaire_type, v_reception.date_reception, v_reception.volume_ambiant, v_reception.volume_15c);
    perform private.exiger_contenance(v_reception.citerne_id, v_reception.date_reception, v_reception.volume_ambiant);
    perform private.melanger(v_reception.citerne_id, v_reception.densite_a_15_kgm3, v_reception.volume_15c);
    perform private.journaliser('RECEPTION_CREEE', 'receptions', 'INFO', v_reception.id, v_reception.depot_id,
      to_jsonb(v_reception));
  end loop;
  update public.cours_de_route c
     set statut = 'DECHARGE', date_chargement = least(c.date_chargement, n.jour)
    from (select n.cours_de_route_id, min(n.date_reception) as jour from nouvelles n group by 1) n
   where c.id = n.cours_de_route_id;
  return null;
end;
$$;

--
-- Name: FUNCTION receptions_apres_insert(); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.receptions_apres_insert() IS 'Takes the trucks, then the tanks. Each réception of the statement: credits the stock, on every day the tank has room; logs RECEPTION_CREEE. Last, closes each CDR, once: one truck may fill several tanks, in one act, and none of them twice. Raises CDR_NON_ARRIVE, RECEPTION_AVANT_CHARGEMENT, REFERENTIEL_INACTIF, CITERNE_INACTIVE_OR_INCOMPATIBLE, CITERNE_PLEINE, STOCK_FUTUR_NEGATIF, ISOLATION_INTERDITE, ECRITURES_GELEES.';

--
-- Name: receptions_avant_insert(); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.receptions_avant_insert() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  v_cdr public.cours_de_route;
  v_lieu private.lieu;
  v_aujourdhui date;
  v_mesures private.mesures;
  v_corrige private.volume_corrige;
begin
  perform private.exiger('ecrire_reception');

  v_cdr := private.camion_a_recevoir(new.cours_de_route_id, new.proprietaire_type);
  v_lieu := private.lieu_pour_mouvement(new.citerne_id, coalesce(new.produit_id, v_cdr.produit_id));
  new.produit_id := (v_lieu.citerne).produit_id;
  new.depot_id := (v_lieu.depot).id;
  if new.proprietaire_type = 'PARTENAIRE' and new.partenaire_id is null then
    perform private.refuser('PARTENAIRE_REQUIS');
  end if;
  perform private.exiger_actifs(new.produit_id, new.depot_id, p_partenaire_id => new.partenaire_id);

  v_aujourdhui := private.jour_local((v_lieu.depot).fuseau, now());
  new.date_reception := coalesce(new.date_reception, v_aujourdhui);
  if new.date_reception > v_aujourdhui then
    perform private.refuser('DATE_FUTURE', jsonb_build_object('aujourdhui', v_aujourdhui));
  end if;
  perform private.exiger_camion(new, v_cdr);

  new.densite_observee_kgm3 := private.en_kgm3(new.densite_observee_kgm3);
  new.densite_a_15 := private.en_kgm3(new.densite_a_15);
  new.densite_a_15_kgm3 := private.en_kgm3(new.densite_a_15_kgm3);
  perform private.exiger_accord('densite_a_15', new.densite_a_15, 'densite_a_15_kgm3', new.densite_a_15_kgm3);
  perform private.exiger_accord('volume_15c', new.volume_15c, 'volume_corrige_15c', new.volume_corrige_15c);
  new.densite_a_15_kgm3 := coalesce(new.densite_a_15_kgm3, new.densite_a_15);
  v_mesures := private.mesures_de(new);
  v_mesures.volume_ambiant := private.volume_mesure(
    new.volume_ambiant, new.volume_observe, new.index_avant, new.index_apres);
  v_corrige := private.volume_15c(v_mesures, v_lieu);

  new.volume_ambiant := v_mesures.volume_ambiant;
  new.volume_observe := coalesce(new.volume_observe, new.volume_ambiant);
  -- No meter was read: the client's model wants two numbers, and these differ by the volume.
  new.index_avant := coalesce(new.index_avant, 0);
  new.index_apres := coalesce(new.index_apres, new.volume_ambiant);
  new.volume_15c := v_corrige.volume_15c;
  new.volume_corrige_15c := v_corrige.volume_15c;
  new.vcf := v_corrige.vcf;
  new.methode_15c := v_corrige.methode_15c;
  new.parametres_15c := v_corrige.parametres_15c || jsonb_build_object('volume_15c_client',
    v_mesures.volume_15c_client);
  new.avertissements := v_corrige.avertissements;
  new.densite_a_15_kgm3 := v_corrige.densite_a_15_kgm3;
  new.densite_a_15 := v_corrige.densite_a_15_kgm3;

  new.statut := 'validee';
  new.created_by := auth.uid();
  new.validated_by := auth.uid();
  new.created_at := now();

  return new;
end;
$$;

--
-- Name: FUNCTION receptions_avant_insert(); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.receptions_avant_insert() IS 'Checks and completes a réception, in the order a clerk would: role, CDR, tank, owner, day, volume, volume at 15 °C. Raises ROLE_FORBIDDEN, CDR_REQUIS, INTROUVABLE, CDR_NON_ARRIVE, CITERNE_INACTIVE_OR_INCOMPATIBLE, PARTENAIRE_REQUIS, REFERENTIEL_INACTIF, DATE_FUTURE, RECEPTION_AVANT_CHARGEMENT, INDICES_MANQUANTS, INDEX_INCOHERENTS, VOLUME_AMBIANT_NON_POSITIF, MESURES_INCOHERENTES, TEMPERATURE_REQUISE, TEMPERATURE_HORS_PLAGE, DENSITE_OBSERVEE_REQUISE, DENSITE_HORS_PRODUIT, ASTM_HORS_DOMAINE, VOLUME_15C_INCOHERENT, VOLUME_TROP_PETIT.';

--
-- Name: recu_de_facture(uuid); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.recu_de_facture(p_facture_id uuid) RETURNS TABLE(nb_receptions integer, total_volume_15c numeric, total_volume_20c numeric)
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  v_lot_id uuid;
begin
  -- A draft counts what has come so far.
  select f.fournisseur_lot_id into v_lot_id from public.fournisseur_facture_lot_min f where f.id = p_facture_id
    and f.statut =
    'DRAFT';
  if v_lot_id is not null then
    return query select count(*)::int, coalesce(sum(r.volume_15c), 0), coalesce(sum(r.volume_20c), 0)
      from private.receptions_a_facturer(v_lot_id, p_facture_id) r;
  else
    return query select count(*)::int, coalesce(sum(r.volume_15c), 0), coalesce(sum(r.volume_20c), 0)
      from public.factures_fournisseur_receptions r where r.facture_id = p_facture_id;
  end if;
end;
$$;

--
-- Name: FUNCTION recu_de_facture(p_facture_id uuid); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.recu_de_facture(p_facture_id uuid) IS 'What an invoice counts: réceptions, litres at 15 and at 20 °C; of a draft, what its lot has brought so far.';

--
-- Name: referentiel_journaliser(); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.referentiel_journaliser() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  v_avant constant jsonb := to_jsonb(old);
  v_apres constant jsonb := to_jsonb(new);
  v_ligne constant jsonb := coalesce(v_apres, v_avant);
begin
  if v_avant = v_apres then
    return null;
  end if;
  perform private.journaliser(
    tg_argv[0] || case tg_op when 'INSERT' then '_CREE' when 'UPDATE' then '_MODIFIE' else '_SUPPRIME' end,
    tg_table_name,
    case when tg_op = 'DELETE' then 'WARNING' else tg_argv[1] end,
    (v_ligne ->> 'id')::uuid,
    case tg_table_name when 'depots' then v_ligne ->> 'id' when 'citernes' then v_ligne ->> 'depot_id' end::uuid,
    jsonb_build_object('avant', v_avant, 'apres', v_apres));
  return null;
end;
$$;

--
-- Name: FUNCTION referentiel_journaliser(); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.referentiel_journaliser() IS 'Logs <NAME>_CREE, _MODIFIE or _SUPPRIME with the row before and after; arguments: name and level. A deletion is a WARNING. Only a depot and a tank have a depot in the log: a manager reads of no other changes.';

--
-- Name: referentiels(); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.referentiels() RETURNS TABLE(nom text, cle text[], sans text[], propre boolean)
    LANGUAGE sql IMMUTABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
  values
    ('private.refus', '{code}'::text[], '{}'::text[], false),
    ('private.capacites', '{capacite}', '{}', false),
    ('private.controles', '{code}', '{severity,actif,seuil}', true),
    ('private.limites', '{route}', '{}', true),
    ('public.feature_flags', '{key}', '{enabled,depots,users,updated_by}', true),
    ('astm.profils_calcul', '{nom}', '{id}', true),
    ('public.golden_cases', '{source,reference}', '{id}', true),
    ('public.depots', '{nom}', '{}', true),
    ('public.produits', '{code}', '{}', true),
    ('public.citernes', '{nom,id}', '{}', true)
$$;

--
-- Name: FUNCTION referentiels(); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.referentiels() IS 'Tables whose rows come with the schema: nom; cle, what a row is called by; sans, columns that are never compared; propre, true where an environment may have rows of its own, false where the rows of schemas/donnees are all there are.';

--
-- Name: refuser(text, jsonb, integer); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.refuser(p_code text, p_valeurs jsonb DEFAULT '{}'::jsonb, p_statut_http integer DEFAULT NULL::integer) RETURNS void
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  raise exception using
    hint = private.phrase_de_refus(p_code, p_valeurs),
    errcode = 'PT' || coalesce(p_statut_http, (select r.statut_http from private.refus r where r.code = p_code)),
    message = p_code,
    detail = regexp_replace(p_valeurs::text, private.illisibles(), '·', 'g');
end;
$$;

--
-- Name: FUNCTION refuser(p_code text, p_valeurs jsonb, p_statut_http integer); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.refuser(p_code text, p_valeurs jsonb, p_statut_http integer) IS 'Raises a refusal: message = code, hint = French sentence, detail = values as JSON, SQLSTATE PTnnn = HTTP status. An unknown code is a bug and raises P0002.';

--
-- Name: refuser_lot(text, jsonb); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.refuser_lot(p_code text, p_valeurs jsonb DEFAULT '{}'::jsonb) RETURNS void
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  perform private.refuser(p_code,
    p_valeurs || jsonb_build_object('message', private.phrase_de_refus(p_code, p_valeurs)));
end;
$$;

--
-- Name: FUNCTION refuser_lot(p_code text, p_valeurs jsonb); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.refuser_lot(p_code text, p_valeurs jsonb) IS 'Refuses as private.refuser does, the sentence also standing in the detail as message: the client tells lot refusals by its words.';

--
-- Name: regle_de_facture(uuid); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.regle_de_facture(p_facture_id uuid) RETURNS numeric
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$ select coalesce(private.montant_lettre((private.ecriture_de_facture(p_facture_id)).id), 0) $$;

--
-- Name: FUNCTION regle_de_facture(p_facture_id uuid); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.regle_de_facture(p_facture_id uuid) IS 'USD settled of an invoice, credit notes counted.';

--
-- Name: rejeter_sortie(uuid, text, integer); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.rejeter_sortie(p_id uuid, p_motif text, p_version integer DEFAULT NULL::integer) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  v_sortie public.sorties_produit;
begin
  perform private.exiger('valider_sortie');
  perform private.exiger_motif(p_motif, 3);
  select * into v_sortie from public.sorties_produit s
   where s.id = p_id and s.depot_id = any (private.depots_visibles())
     for update;
  if not found then
    perform private.refuser('INVALID_ID_OR_STATE', jsonb_build_object('id', p_id), 404);
  end if;
  if v_sortie.statut <> 'brouillon' then
    perform private.refuser('INVALID_ID_OR_STATE', jsonb_build_object('id', p_id, 'statut', v_sortie.statut));
  end if;
  perform private.exiger_version(v_sortie, p_version);

  perform set_config('app.sorties_produit_allow_write', '1', true);
  update public.sorties_produit set statut = 'rejetee', validated_by = auth.uid(),
    motif_rejet = private.texte_net(p_motif) where id = p_id;
  perform set_config('app.sorties_produit_allow_write', '', true);
  perform private.journaliser('SORTIE_REJETEE', 'sorties', 'WARNING', p_id, v_sortie.depot_id,
    jsonb_build_object('motif', private.texte_net(p_motif)) || private.histoire_brouillon(v_sortie));
end;
$$;

--
-- Name: FUNCTION rejeter_sortie(p_id uuid, p_motif text, p_version integer); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.rejeter_sortie(p_id uuid, p_motif text, p_version integer) IS 'What rejeter_sortie and rejeter_sortie_lue do. p_version: the draft''s version that was read; null: whichever it has. Raises what they raise.';

--
-- Name: reprendre_reponse(text, text, jsonb); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.reprendre_reponse(p_cle text, p_demande text, p_corps jsonb) RETURNS TABLE(statut_http integer, reponse json)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  v_empreinte constant bytea := sha256(convert_to(p_demande || E'\n' || coalesce(p_corps::text, ''), 'UTF8'));
  v_acteur constant private.acteur := private.acteur();
  v_depots constant uuid[] := coalesce(v_acteur.depots, '{}');
  v_premiere private.idempotence;
begin
  -- A second request with the key waits here until the first has committed or rolled back.
  insert into private.idempotence (user_id, cle, empreinte, role, depots, habilitations, second_facteur)
  values (auth.uid(), p_cle, v_empreinte, v_acteur.role, v_depots, coalesce(v_acteur.habilitations, '{}'),
    private.second_facteur_prouve())
  on conflict (user_id, cle) do nothing;
  if found then
    return;
  end if;
  select * into strict v_premiere from private.idempotence i where i.user_id = auth.uid() and i.cle = p_cle;
  if v_premiere.empreinte <> v_empreinte then
    perform private.refuser('IDEMPOTENCE_CONFLIT');
  end if;
  -- What was told to somebody is not told again to who they have become since.
  if not private.peut_autant(v_acteur.role, v_premiere.role) or not v_premiere.depots <@ v_depots
     or not v_premiere.habilitations <@ coalesce(v_acteur.habilitations, '{}') then
    perform private.refuser('ROLE_FORBIDDEN',
      jsonb_build_object('role', v_acteur.role, 'role_d_alors', v_premiere.role));
  end if;
  if v_premiere.second_facteur
     and exists (select from private.capacites c where c.second_facteur and v_acteur.role = any (c.roles)) then
    perform private.exiger_second_facteur();
  end if;
  -- Nor is who may do or see more since held to what was refused them then: asked again, it is judged again.
  if v_premiere.statut_http >= 400 and (v_premiere.role <> v_acteur.role or v_premiere.depots <> v_depots) then
    update private.idempotence i
       set role = v_acteur.role, depots = v_depots, second_facteur = private.second_facteur_prouve()
     where i.user_id = auth.uid() and i.cle = p_cle;
    return;
  end if;
  return query select v_premiere.statut_http, v_premiere.reponse;
end;
$$;

--
-- Name: FUNCTION reprendre_reponse(p_cle text, p_demande text, p_corps jsonb); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.reprendre_reponse(p_cle text, p_demande text, p_corps jsonb) IS 'Reserves a key for this request and returns no row, or returns the answer it was already given, to a person who may still do and see all that they could then, in a session as well proved; a refusal only while their rights are the same. p_demande: method, path and version read. Raises IDEMPOTENCE_CONFLIT, ROLE_FORBIDDEN, SECOND_FACTEUR_REQUIS.';

--
-- Name: reserver_camions(); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.reserver_camions() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  -- One lock for all trucks, before the first row: one a truck would fill the server's table, and in any order.
  perform pg_advisory_xact_lock(hashtextextended('cours_de_route', 0));
  return null;
end;
$$;

--
-- Name: FUNCTION reserver_camions(); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.reserver_camions() IS 'Makes two statements that open a truck, or change its plate, queue: the second reads what the first wrote.';

--
-- Name: reste_du_mouvement(text, uuid, uuid); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.reste_du_mouvement(p_type text, p_id uuid, p_citerne_id uuid DEFAULT NULL::uuid) RETURNS private.mouvement
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  v_mouvement private.mouvement := private.mouvement_valide(p_type, p_id, p_citerne_id);
begin
  select v_mouvement.delta_ambiant + coalesce(sum(a.delta_ambiant), 0),
    v_mouvement.delta_15c + coalesce(sum(a.delta_15c), 0)
    into v_mouvement.delta_ambiant, v_mouvement.delta_15c
    from public.stocks_adjustments a
   where a.mouvement_type = p_type and a.mouvement_id = p_id and a.citerne_id = v_mouvement.citerne_id;
  return v_mouvement;
end;
$$;

--
-- Name: FUNCTION reste_du_mouvement(p_type text, p_id uuid, p_citerne_id uuid); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.reste_du_mouvement(p_type text, p_id uuid, p_citerne_id uuid) IS 'What a movement comes to with all its adjustments so far; asked under the lock of its tank. Raises INVALID_ID_OR_STATE.';

--
-- Name: role(); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.role() RETURNS text
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  return (private.acteur()).role;
end;
$$;

--
-- Name: FUNCTION role(); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.role() IS 'Role of the calling user, null without a profile or without a user.';

--
-- Name: sceller_journal(); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.sceller_journal() RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET work_mem TO '64MB'
    SET lock_timeout TO '30s'
    AS $$
declare
  c_lignes_par_bloc constant int := 10000;
  v_serveur constant bigint := private.serveur();
  v_dernier private.blocs_journal;
  v_bloc private.blocs_journal;
  v_borne timestamptz;
  v_tranche record;
  v_scellees bigint := 0;
begin
  -- An older snapshot than scelle_le would take what was committed in between for slipped in.
  perform private.exiger_read_committed();
  -- Writers never take this lock: it only keeps two passes from sealing the same lines. Waited for, or failed for: a
  -- pass that went away in silence would let whoever holds it keep the log unsealed.
  perform pg_advisory_xact_lock(hashtextextended('private.sceller_journal', 0));
  select * into v_dernier from private.blocs_journal b order by b.numero desc limit 1;
  v_borne := private.borne_scellement(v_dernier);

  v_bloc.passe := coalesce(v_dernier.numero, 0) + 1;
  v_bloc.numero := v_dernier.numero;
  v_bloc.precedent := v_dernier.empreinte;
  v_bloc.serveur := v_serveur;
  -- In this order: whoever gets a number after ours dates what they write after scelle_le.
  v_bloc.scelle_le := clock_timestamp();
  v_bloc.txid := pg_current_xact_id();
  for v_tranche in
    with nouvelles as materialized (
      select l.id, l.created_at, private.empreinte_ligne(l) as empreinte
        from public.log_actions l
       where l.created_at >= v_borne
         and private.ligne_recente(l, v_dernier, v_serveur)
         and l.id not in (select unnest(b.lignes) from private.blocs_journal b
                           where b.scelle_le >= v_borne - private.tolerance_horloge())
    ), rangees as (
      select n.*, (row_number() over (order by n.created_at, n.id) - 1) / c_lignes_par_bloc as tranche from nouvelles n
    )
    select array_agg(r.id order by r.created_at, r.id) as lignes,
           array_agg(r.empreinte order by r.created_at, r.id) as empreintes,
           -- Of this very statement: what it saw and what it says it saw are one.
           pg_current_snapshot() as instantane
      from rangees r group by r.tranche order by r.tranche
  loop
    v_bloc.numero := coalesce(v_bloc.numero, 0) + 1;
    v_bloc.lignes := v_tranche.lignes;
    v_bloc.empreintes := v_tranche.empreintes;
    v_bloc.instantane := v_tranche.instantane;
    v_bloc.empreinte := private.empreinte_bloc(v_bloc);
    insert into private.blocs_journal select v_bloc.*;
    v_bloc.precedent := v_bloc.empreinte;
    v_scellees := v_scellees + cardinality(v_bloc.lignes);
  end loop;
  return v_scellees;
end;
$$;

--
-- Name: FUNCTION sceller_journal(); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.sceller_journal() IS 'Seals every line of the log that is in no block yet; answers how many. Waits up to 30 s for a pass that is still open, then fails with 55P03. Slows no writer down: takes no lock that one waits for. Raises ISOLATION_INTERDITE outside read committed.';

--
-- Name: second_facteur_prouve(); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.second_facteur_prouve() RETURNS boolean
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$ select coalesce(auth.jwt() ->> 'aal' = 'aal2', false) $$;

--
-- Name: FUNCTION second_facteur_prouve(); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.second_facteur_prouve() IS 'Whether this session was raised to aal2.';

--
-- Name: second_facteur_suffit(); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.second_facteur_suffit() RETURNS boolean
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  return private.second_facteur_prouve()
      or not exists (
        select from public.feature_flags f
         where f.key = 'mfa_admin' and f.enabled and (f.users = '{}' or auth.uid() = any (f.users)));
end;
$$;

--
-- Name: FUNCTION second_facteur_suffit(); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.second_facteur_suffit() IS 'Whether the calling user may act as an admin with the session they have. The flag''s depots mean nothing here: an admin belongs to all of them.';

--
-- Name: serveur(); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.serveur() RETURNS bigint
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$ select c.system_identifier from pg_control_system() c $$;

--
-- Name: FUNCTION serveur(); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.serveur() IS 'Identifier of this database server, made once when it was created.';

--
-- Name: snapshot_facture_figer(); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.snapshot_facture_figer() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  if current_setting('app.purge_staging', true) is distinct from pg_current_xact_id()::text
     and exists (select from public.fournisseur_facture_lot_min f
                  where f.id = old.facture_id and f.validated_at is not null) then
    perform private.refuser('ECRITURE_INTERDITE', jsonb_build_object('table', tg_table_name, 'verbe', tg_op));
  end if;
  return case tg_op when 'DELETE' then old else new end;
end;
$$;

--
-- Name: FUNCTION snapshot_facture_figer(); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.snapshot_facture_figer() IS 'What a validated invoice counts stays as it was. Raises ECRITURE_INTERDITE.';

--
-- Name: sortie_a_valider(uuid, uuid); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.sortie_a_valider(p_id uuid, p_depot_id uuid) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  if not private.flag_actif('sortie_directe_compat', p_depot_id) then
    perform private.refuser('SORTIE_VALIDATION_DIRECTE_INTERDITE');
  end if;
  -- What an operateur could not validate stays a draft, for somebody who can: the app of today has no other way to
  -- write.
  if private.peut('valider_sortie') then
    perform set_config('app.sorties_a_valider', concat_ws(' ', current_setting('app.sorties_a_valider', true), p_id),
      true);
  end if;
end;
$$;

--
-- Name: FUNCTION sortie_a_valider(p_id uuid, p_depot_id uuid); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.sortie_a_valider(p_id uuid, p_depot_id uuid) IS 'A sortie that is inserted as validated, under flag sortie_directe_compat: by who may validate, it is noted for the path of validate_sortie once inserted; by an operateur, it stays a draft. Raises SORTIE_VALIDATION_DIRECTE_INTERDITE.';

--
-- Name: sorties_apres_insert(); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.sorties_apres_insert() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  perform private.journaliser('{SORTIE_CREEE}'::text[], 'sorties', 'INFO', new.id, new.depot_id,
    jsonb_build_object('citerne_id', new.citerne_id, 'volume_ambiant', new.volume_ambiant));
  return null;
end;
$$;

--
-- Name: FUNCTION sorties_apres_insert(); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.sorties_apres_insert() IS 'Logs SORTIE_CREEE.';

--
-- Name: sorties_avant_insert(); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.sorties_avant_insert() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  -- creer_et_valider_sortie brings a row that is complete and debited. As for an update, the flag alone opens nothing.
  if new.statut = 'validee' and current_setting('app.sorties_produit_allow_write', true) = '1'
     and private.possede(tg_relid) then
    return new;
  end if;
  new := private.nouveau_brouillon(new);
  if new.statut <> 'brouillon' then
    if new.statut <> 'validee' then
      perform private.refuser('SORTIE_VALIDATION_DIRECTE_INTERDITE');
    end if;
    perform private.sortie_a_valider(new.id, new.depot_id);
    new.statut := 'brouillon';
  end if;
  return new;
end;
$$;

--
-- Name: FUNCTION sorties_avant_insert(); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.sorties_avant_insert() IS 'Completes a draft: tank the caller sees, columns of the server. Raises ROLE_FORBIDDEN, CITERNE_INACTIVE_OR_INCOMPATIBLE, REFERENTIEL_INACTIF, MESURES_INCOHERENTES, SORTIE_VALIDATION_DIRECTE_INTERDITE.';

--
-- Name: sorties_valider_directes(); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.sorties_valider_directes() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  v_ids uuid[];
  v_id uuid;
begin
  if coalesce(current_setting('app.sorties_a_valider', true), '') = '' then
    return null;
  end if;
  v_ids := string_to_array(btrim(current_setting('app.sorties_a_valider')), ' ');
  perform set_config('app.sorties_a_valider', '', true);
  perform private.verrouiller_citernes(variadic array(
    select s.citerne_id from public.sorties_produit s where s.id = any (v_ids)));
  foreach v_id in array v_ids loop
    perform public.validate_sortie(v_id);
  end loop;
  return null;
end;
$$;

--
-- Name: FUNCTION sorties_valider_directes(); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.sorties_valider_directes() IS 'Under the flag sortie_directe_compat, sends what an older client inserted as validated down the path of validate_sortie. Raises what validate_sortie raises.';

--
-- Name: stock_actuel_a(date); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.stock_actuel_a(p_jour date) RETURNS SETOF public.v_stock_actuel
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
  select s.depot_id, s.depot_nom, s.citerne_id, s.citerne_nom, s.produit_id, s.produit_nom, s.proprietaire_type,
         j.stock_ambiant, j.stock_15c, j.stock_ambiant - a.delta_ambiant, j.stock_15c - a.delta_15c,
         a.delta_ambiant, a.delta_15c, s.capacite_totale, s.capacite_securite,
         (select max(m.created_at) from public.v_mouvements_stock m
           where m.citerne_id = s.citerne_id and m.produit_id = s.produit_id
             and m.proprietaire_type = s.proprietaire_type and m.date_jour = j.date_jour),
         j.updated_at
    from public.v_stock_actuel s
   cross join lateral (
     select v.date_jour, v.stock_ambiant, v.stock_15c, v.updated_at from public.stocks_journaliers v
      where v.citerne_id = s.citerne_id and v.produit_id = s.produit_id
        and v.proprietaire_type = s.proprietaire_type and v.date_jour <= p_jour
      order by v.date_jour desc limit 1) j
   cross join lateral (
     select coalesce(sum(x.delta_ambiant), 0) as delta_ambiant, coalesce(sum(x.delta_15c), 0) as delta_15c
       from public.stocks_adjustments x
      where x.citerne_id = s.citerne_id and x.produit_id = s.produit_id
        and x.proprietaire_type = s.proprietaire_type and x.date_jour <= p_jour) a
$$;

--
-- Name: FUNCTION stock_actuel_a(p_jour date); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.stock_actuel_a(p_jour date) IS 'v_stock_actuel as it stood at the end of a day, litres, by all that is known today. A tank without stock by then has no row.';

--
-- Name: stocks_adjustments_apres_insert(); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.stocks_adjustments_apres_insert() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  v_ajustement public.stocks_adjustments;
begin
  perform private.verrouiller_citernes(variadic array(
    select n.citerne_id from nouveaux n
     union select unnest(array[t.citerne_source_id, t.citerne_destination_id])
      from nouveaux n join public.transferts t on n.mouvement_type = 'TRANSFERT' and t.id = n.mouvement_id));
  for v_ajustement in select * from nouveaux n order by n.citerne_id loop
    perform private.exiger_ajustable(v_ajustement);
    perform private.appliquer_mouvement(v_ajustement.citerne_id, v_ajustement.produit_id, v_ajustement.depot_id,
      v_ajustement.proprietaire_type, v_ajustement.date_jour, v_ajustement.delta_ambiant, v_ajustement.delta_15c, true);
    if v_ajustement.delta_ambiant > 0 then
      perform private.exiger_contenance(v_ajustement.citerne_id, v_ajustement.date_jour, v_ajustement.delta_ambiant);
    end if;
    perform private.journaliser(
      case when v_ajustement.compensation then v_ajustement.mouvement_type || '_COMPENSEE' else 'STOCK_AJUSTE' end,
      'stocks', 'CRITICAL', v_ajustement.mouvement_id, v_ajustement.depot_id, to_jsonb(v_ajustement));
  end loop;
  -- What did not enter one tank of a transfer has not left the other. Asked first: an insertion of no row comes back
  -- here.
  if exists (select from nouveaux n where n.mouvement_type = 'TRANSFERT' and n.contrepartie_de is null) then
    insert into public.stocks_adjustments
      (mouvement_type, mouvement_id, citerne_id, delta_ambiant, delta_15c, reason, contrepartie_de)
    select n.mouvement_type, n.mouvement_id,
           case n.citerne_id when t.citerne_source_id then t.citerne_destination_id else t.citerne_source_id end,
           -n.delta_ambiant, -n.delta_15c, n.reason, n.id
      from nouveaux n join public.transferts t on t.id = n.mouvement_id
     where n.mouvement_type = 'TRANSFERT' and n.contrepartie_de is null;
  end if;
  return null;
end;
$$;

--
-- Name: FUNCTION stocks_adjustments_apres_insert(); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.stocks_adjustments_apres_insert() IS 'Each adjustment of the statement, under the lock of its tank: moves the stock where it may, within the bounds of the tank; logs STOCK_AJUSTE, RECEPTION_COMPENSEE or SORTIE_COMPENSEE as CRITICAL. Then the other half of those of a transfer. Raises ROLE_FORBIDDEN, SECOND_FACTEUR_REQUIS, MOTIF_REQUIS, AJUSTEMENT_INCOMPLET, INVALID_ID_OR_STATE, AJUSTEMENT_EXCESSIF, INSUFFICIENT_STOCK, FACTEUR_HORS_BORNES, CITERNE_PLEINE, STOCK_FUTUR_NEGATIF, ISOLATION_INTERDITE, ECRITURES_GELEES.';

--
-- Name: stocks_adjustments_avant_insert(); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.stocks_adjustments_avant_insert() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  v_mouvement private.mouvement;
begin
  perform private.exiger('ajuster_stock');
  perform private.exiger_motif(new.reason, 10);
  if num_nulls(new.delta_ambiant, new.delta_15c) > 0 then
    perform private.refuser('AJUSTEMENT_INCOMPLET',
      jsonb_build_object('champ', case when new.delta_ambiant is null then 'delta_ambiant' else 'delta_15c' end));
  end if;
  v_mouvement := private.mouvement_valide(new.mouvement_type, new.mouvement_id, new.citerne_id);

  new.citerne_id := v_mouvement.citerne_id;
  new.produit_id := v_mouvement.produit_id;
  new.depot_id := v_mouvement.depot_id;
  new.proprietaire_type := v_mouvement.proprietaire_type;
  new.date_jour := private.jour_au_depot(v_mouvement.depot_id, now());
  new.created_by := auth.uid();
  new.created_at := now();

  return new;
end;
$$;

--
-- Name: FUNCTION stocks_adjustments_avant_insert(); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.stocks_adjustments_avant_insert() IS 'An admin, a reason, both volumes, a validated movement. Raises ROLE_FORBIDDEN, SECOND_FACTEUR_REQUIS, MOTIF_REQUIS, AJUSTEMENT_INCOMPLET, INVALID_ID_OR_STATE.';

--
-- Name: stocks_reserver_ecriture(); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.stocks_reserver_ecriture() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  -- The flag alone opens nothing: the writer must also be the owner of the tables, as the project's functions are.
  if current_setting('app.stocks_journaliers_allow_write', true) is distinct from '1'
     or not private.possede(tg_relid) then
    perform private.refuser('ECRITURE_INTERDITE', jsonb_build_object('table', tg_table_name, 'verbe', tg_op));
  end if;
  return null;
end;
$$;

--
-- Name: FUNCTION stocks_reserver_ecriture(); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.stocks_reserver_ecriture() IS 'Stock is written by the rules only. Raises ECRITURE_INTERDITE for any role without the transaction''s flag.';

--
-- Name: surveiller(); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.surveiller() RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  -- The night's pass runs in the first minute after two o'clock, and whenever it is a day late.
  if not exists (select from private.passages p where p.nom = 'nuit'
                  and p.le > date_trunc('day', now() at time zone 'Africa/Lubumbashi' - interval '2 hours')
                             at time zone 'Africa/Lubumbashi' + interval '2 hours') then
    perform private.controler_tout();
  end if;
  perform public.sync_system_alerts_from_integrity();
end;
$$;

--
-- Name: FUNCTION surveiller(); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.surveiller() IS 'Everything to be done every minute: the alerts, and once a night the whole proof. Run again, or twice at once, it does no harm.';

--
-- Name: system_alerts_avant_update(); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.system_alerts_avant_update() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  -- The project's own functions have asked already. Whatever else a client sends is not theirs to say.
  if private.possede(tg_relid) then
    return new;
  end if;
  perform private.exiger('tenir_alertes');
  return private.faire_avancer_alerte(old, new.status);
end;
$$;

--
-- Name: FUNCTION system_alerts_avant_update(); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.system_alerts_avant_update() IS 'A person moves an alert''s status, one way, and nothing else of it; who and when are written here. Raises ROLE_FORBIDDEN, ALERTE_ETAT.';

--
-- Name: tableau(uuid, text); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.tableau(p_depot_id uuid, p_connue text) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  c_derniers constant int := 12;
  v_depot record;
  v_jour date;
  v_citernes jsonb;
  v_camions jsonb;
  v_version text;
begin
  -- RLS says which depots there are; where none is named, one's own comes first.
  select d.id, d.nom, d.fuseau into v_depot
    from public.depots d
   where d.id = coalesce(p_depot_id, d.id)
   order by d.id = (select p.depot_id from public.profils p where p.user_id = auth.uid()) desc nulls last, d.nom
   limit 1;
  if not found then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'ce dépôt'));
  end if;
  v_jour := private.jour_au_depot(v_depot.id, now());
  v_citernes := private.tableau_citernes(v_depot.id);
  v_camions := private.tableau_camions(v_depot.id);
  -- A movement changes a stock: what it brings to the rest of the board needs no look of its own.
  v_version := md5(concat_ws('|', v_depot, v_jour, v_citernes, v_camions));
  if v_version = p_connue then
    return null;
  end if;
  return jsonb_build_object(
    'version', v_version, 'depot_id', v_depot.id, 'depot_nom', v_depot.nom, 'fuseau', v_depot.fuseau,
    'date_jour', v_jour, 'citernes', v_citernes, 'camions', v_camions,
    'jour', private.tableau_jour(v_depot.id, v_jour),
    'mouvements', private.tableau_mouvements(v_depot.id, c_derniers));
end;
$$;

--
-- Name: FUNCTION tableau(p_depot_id uuid, p_connue text); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.tableau(p_depot_id uuid, p_connue text) IS 'The board of a depot as the caller may see it (one''s own, or the first, where none is named): tanks, trucks, the day so far, the last movements; litres. Null where p_connue is already its version. Raises INTROUVABLE.';

--
-- Name: tableau_camions(uuid); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.tableau_camions(p_depot_id uuid) RETURNS jsonb
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
  select coalesce(jsonb_agg(jsonb_build_object(
           'id', c.id, 'statut', c.statut, 'plaque_camion', c.plaque_camion, 'plaque_remorque', c.plaque_remorque,
           'transporteur', c.transporteur, 'fournisseur_nom', f.nom, 'produit_nom', p.nom, 'volume', c.volume,
           'date_chargement', c.date_chargement)
           order by array_position('{ARRIVE,FRONTIERE,TRANSIT,CHARGEMENT}', c.statut), c.date_chargement, c.id), '[]')
    from public.cours_de_route c
    join public.produits p on p.id = c.produit_id
    left join public.fournisseurs f on f.id = c.fournisseur_id
   where c.depot_destination_id = p_depot_id and c.statut not in ('DECHARGE', 'ANNULE')
$$;

--
-- Name: FUNCTION tableau_camions(p_depot_id uuid); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.tableau_camions(p_depot_id uuid) IS 'Trucks on their way to a depot, nearest first; litres as announced.';

--
-- Name: tableau_citernes(uuid); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.tableau_citernes(p_depot_id uuid) RETURNS jsonb
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
  select coalesce(jsonb_agg(jsonb_build_object(
           'citerne_id', c.id, 'citerne_nom', c.nom, 'statut', c.statut, 'logique', c.logique,
           'produit_id', c.produit_id, 'produit_nom', p.nom,
           'capacite_totale', c.capacite_totale, 'capacite_securite', c.capacite_securite,
           'stock_ambiant', coalesce(s.stock_ambiant, 0), 'stock_15c', coalesce(s.stock_15c, 0),
           'last_movement_at', s.last_movement_at, 'proprietaires', coalesce(s.proprietaires, '[]')) order by c.nom,
             c.id), '[]')
    from public.citernes c
    join public.produits p on p.id = c.produit_id
    left join (
      select n.citerne_id, sum(n.stock_ambiant) as stock_ambiant, sum(n.stock_15c) as stock_15c,
             max(n.last_movement_at) as last_movement_at,
             jsonb_agg(jsonb_build_object('proprietaire_type', n.proprietaire_type, 'stock_ambiant', n.stock_ambiant,
               'stock_15c', n.stock_15c) order by n.proprietaire_type) as proprietaires
        from public.stocks_snapshot n where n.depot_id = p_depot_id
       group by n.citerne_id) s on s.citerne_id = c.id
   where c.depot_id = p_depot_id and (c.statut <> 'inactive' or s.stock_ambiant <> 0 or s.stock_15c <> 0)
$$;

--
-- Name: FUNCTION tableau_citernes(p_depot_id uuid); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.tableau_citernes(p_depot_id uuid) IS 'Tanks of a depot with their limits and stock, by owner too, litres; an inactive one only while it holds something.';

--
-- Name: tableau_jour(uuid, date); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.tableau_jour(p_depot_id uuid, p_jour date) RETURNS jsonb
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
  select coalesce(jsonb_object_agg(c.id, jsonb_build_object('ouverture_ambiant', o.stock_ambiant,
           'mouvements', coalesce(m.mouvements, '[]'))), '{}')
    from public.citernes c
   cross join lateral (
     select coalesce(sum(j.stock_ambiant), 0) as stock_ambiant
       from public.stocks_snapshot s
      cross join lateral (
        select v.stock_ambiant from public.stocks_journaliers v
         where v.citerne_id = s.citerne_id and v.produit_id = s.produit_id
           and v.proprietaire_type = s.proprietaire_type and v.date_jour < p_jour
         order by v.date_jour desc limit 1) j
      where s.citerne_id = c.id) o
   cross join lateral (
     select jsonb_agg(jsonb_build_object('a', x.a, 'delta_ambiant', x.delta_ambiant) order by x.a) as mouvements
       from (
         -- Fuel went out when the sortie says; for the rest, when it was written down.
         select coalesce(t.date_sortie, v.created_at) as a, v.delta_ambiant
           from public.v_mouvements_stock v
           left join public.sorties_produit t on t.id = v.mouvement_id and v.mouvement_type = 'SORTIE'
          where v.citerne_id = c.id and v.date_jour = p_jour) x) m
   where c.depot_id = p_depot_id
$$;

--
-- Name: FUNCTION tableau_jour(p_depot_id uuid, p_jour date); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.tableau_jour(p_depot_id uuid, p_jour date) IS 'What each tank of a depot held when the day began, and how that changed since, by the hour; ambient litres, by tank.';

--
-- Name: tableau_mouvements(uuid, integer); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.tableau_mouvements(p_depot_id uuid, p_nombre integer) RETURNS jsonb
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
  select coalesce(jsonb_agg(to_jsonb(d) order by d.date_jour desc, d.created_at desc, d.mouvement_id, d.delta_ambiant),
    '[]')
    from (
      select m.date_jour, m.created_at, m.mouvement_type, m.mouvement_id, c.nom as citerne_nom, p.nom as produit_nom,
             m.proprietaire_type, m.delta_ambiant, m.delta_15c
        from public.citernes c
       cross join lateral (
         select v.* from public.v_mouvements_stock v where v.citerne_id = c.id
          order by v.date_jour desc, v.created_at desc limit p_nombre) m
        join public.produits p on p.id = m.produit_id
       where c.depot_id = p_depot_id
       order by m.date_jour desc, m.created_at desc, m.mouvement_id, m.delta_ambiant
       limit p_nombre) d
$$;

--
-- Name: FUNCTION tableau_mouvements(p_depot_id uuid, p_nombre integer); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.tableau_mouvements(p_depot_id uuid, p_nombre integer) IS 'The last movements of stock of a depot, latest first, litres, negative out: so many of them.';

--
-- Name: taches_periodiques(); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.taches_periodiques() RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  perform private.purger_idempotence();
end;
$$;

--
-- Name: FUNCTION taches_periodiques(); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.taches_periodiques() IS 'Everything to be done every hour; run again, or twice at once, it does no harm. Forgets old answers to idempotent requests.';

--
-- Name: texte_net(text); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.texte_net(p_texte text) RETURNS text
    LANGUAGE sql IMMUTABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    RETURN regexp_replace(p_texte, '^\s+|\s+$'::text, ''::text, 'g'::text);

--
-- Name: FUNCTION texte_net(p_texte text); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.texte_net(p_texte text) IS 'A text without the blanks around it: spaces, tabs, line breaks.';

--
-- Name: tracer_validation(public.sorties_produit, text[]); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.tracer_validation(p_sortie public.sorties_produit, p_actions text[]) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  perform private.journaliser(p_actions, 'sorties', 'INFO', p_sortie.id, p_sortie.depot_id,
    to_jsonb(p_sortie));
end;
$$;

--
-- Name: FUNCTION tracer_validation(p_sortie public.sorties_produit, p_actions text[]); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.tracer_validation(p_sortie public.sorties_produit, p_actions text[]) IS 'Logs what was done to a sortie that is now validated: each line says the whole row, with who wrote the draft, who last changed it and when.';

--
-- Name: transferts_apres_insert(); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.transferts_apres_insert() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  v_transfert public.transferts;
begin
  perform private.verrouiller_citernes(variadic array(
    select n.citerne_source_id from nouveaux n union select n.citerne_destination_id from nouveaux n));
  for v_transfert in select * from nouveaux loop
    perform private.debiter_citerne('TRANSFERT', v_transfert.id, v_transfert.citerne_source_id, v_transfert.produit_id,
      v_transfert.depot_id, v_transfert.proprietaire_type, v_transfert.date_jour, v_transfert.volume_ambiant,
      v_transfert.volume_15c, v_transfert.methode_15c);
    perform private.exiger_securite(v_transfert.citerne_source_id, v_transfert.date_jour,
      case when v_transfert.methode_15c <> 'LEGACY' then v_transfert.vcf end);
    perform private.exiger_en_service(v_transfert.citerne_destination_id);
    perform private.appliquer_mouvement(v_transfert.citerne_destination_id, v_transfert.produit_id,
      v_transfert.depot_id,
      v_transfert.proprietaire_type, v_transfert.date_jour, v_transfert.volume_ambiant, v_transfert.volume_15c);
    perform private.exiger_contenance(v_transfert.citerne_destination_id, v_transfert.date_jour,
      v_transfert.volume_ambiant);
    perform private.melanger(v_transfert.citerne_destination_id, v_transfert.densite_a_15_kgm3, v_transfert.volume_15c);
    perform private.journaliser('TRANSFERT_CREE', 'stocks', 'INFO', v_transfert.id, v_transfert.depot_id,
      to_jsonb(v_transfert));
  end loop;
  return null;
end;
$$;

--
-- Name: FUNCTION transferts_apres_insert(); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.transferts_apres_insert() IS 'Takes from one tank and gives to the other, or neither; logs TRANSFERT_CREE. Raises CITERNE_INACTIVE_OR_INCOMPATIBLE, SNAPSHOT_VIDE, SORTIE_STOCK_INTROUVABLE, INSUFFICIENT_STOCK, SORTIE_CAPACITE_SECURITE, CITERNE_PLEINE, STOCK_FUTUR_NEGATIF, ISOLATION_INTERDITE, ECRITURES_GELEES.';

--
-- Name: transferts_avant_insert(); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.transferts_avant_insert() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  v_source private.lieu;
  v_destination private.lieu;
  v_aujourdhui date;
  v_mesures private.mesures;
  v_corrige private.volume_corrige;
begin
  perform private.exiger('transferer_stock');
  v_source := private.lieu_pour_mouvement(new.citerne_source_id, new.produit_id);
  new.produit_id := (v_source.citerne).produit_id;
  v_destination := private.lieu_pour_mouvement(new.citerne_destination_id, new.produit_id);
  if (v_source.depot).id <> (v_destination.depot).id or new.citerne_source_id = new.citerne_destination_id then
    perform private.refuser('CITERNE_INACTIVE_OR_INCOMPATIBLE',
      jsonb_build_object('citerne_id', new.citerne_destination_id));
  end if;

  v_aujourdhui := private.jour_local((v_source.depot).fuseau, now());
  new.date_jour := coalesce(new.date_jour, v_aujourdhui);
  if new.date_jour > v_aujourdhui then
    perform private.refuser('DATE_FUTURE', jsonb_build_object('aujourdhui', v_aujourdhui));
  end if;
  new.densite_observee_kgm3 := private.en_kgm3(new.densite_observee_kgm3);
  new.densite_a_15_kgm3 := private.en_kgm3(new.densite_a_15_kgm3);
  new.volume_ambiant := private.volume_mesure(new.volume_ambiant, null, null, null);
  v_mesures.volume_ambiant := new.volume_ambiant;
  v_mesures.champ_volume := 'volume_ambiant';
  v_mesures.temperature_produit_c := new.temperature_ambiante_c;
  v_mesures.temperature_echantillon_c := new.temperature_echantillon_c;
  v_mesures.densite_observee_kgm3 := new.densite_observee_kgm3;
  v_mesures.densite_a_15_kgm3 := new.densite_a_15_kgm3;
  v_mesures.densite_citerne_kgm3 := v_source.densite_melange_kgm3;
  -- Nobody tells the volume at 15 °C of what stays here: it is computed, whatever was sent.
  v_corrige := private.volume_15c(v_mesures, v_source);
  new.volume_15c := v_corrige.volume_15c;
  new.vcf := v_corrige.vcf;
  new.densite_a_15_kgm3 := v_corrige.densite_a_15_kgm3;
  new.methode_15c := v_corrige.methode_15c;
  new.parametres_15c := v_corrige.parametres_15c;
  new.avertissements := v_corrige.avertissements;
  new.depot_id := (v_source.depot).id;
  new.created_by := auth.uid();
  new.created_at := now();
  return new;
end;
$$;

--
-- Name: FUNCTION transferts_avant_insert(); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.transferts_avant_insert() IS 'Two different active tanks of one product and one depot, a day not in the future, litres above zero. Raises ROLE_FORBIDDEN, CITERNE_INACTIVE_OR_INCOMPATIBLE, DATE_FUTURE, INDICES_MANQUANTS, INDEX_INCOHERENTS, VOLUME_AMBIANT_NON_POSITIF, MESURES_INCOHERENTES, TEMPERATURE_REQUISE, TEMPERATURE_HORS_PLAGE, DENSITE_OBSERVEE_REQUISE, DENSITE_HORS_PRODUIT, ASTM_HORS_DOMAINE, VOLUME_15C_INCOHERENT, VOLUME_TROP_PETIT.';

--
-- Name: valider_sortie(uuid, integer); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.valider_sortie(p_id uuid, p_version integer DEFAULT NULL::integer) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  v_acteur private.acteur;
  v_lu record;
  v_sortie public.sorties_produit;
begin
  v_acteur := private.exiger('valider_sortie');

  select s as sortie, row(c, d, p, (select max(k.densite_melange_kgm3) from public.stocks_snapshot k
                                    where k.citerne_id = c.id))::private.lieu as lieu
    into v_lu
    from public.sorties_produit s
    left join public.citernes c on c.id = s.citerne_id and c.depot_id = any (v_acteur.depots)
    left join public.depots d on d.id = c.depot_id
    left join public.produits p on p.id = c.produit_id
   where s.id = p_id and s.depot_id = any (v_acteur.depots)
     for update of s;
  if not found then
    perform private.refuser('INVALID_ID_OR_STATE', jsonb_build_object('id', p_id), 404);
  end if;
  v_sortie := v_lu.sortie;
  if v_sortie.statut <> 'brouillon' then
    perform private.refuser('INVALID_ID_OR_STATE', jsonb_build_object('id', p_id, 'statut', v_sortie.statut));
  end if;
  perform private.exiger_version(v_sortie, p_version);

  v_sortie := private.preparer_validation(v_sortie, v_acteur.user_id, v_lu.lieu);

  perform set_config('app.sorties_produit_allow_write', '1', true);
  update public.sorties_produit s
     set statut = v_sortie.statut,
         depot_id = v_sortie.depot_id,
         validated_by = v_sortie.validated_by,
         index_avant = v_sortie.index_avant,
         index_apres = v_sortie.index_apres,
         volume_ambiant = v_sortie.volume_ambiant,
         volume_15c = v_sortie.volume_15c,
         volume_corrige_15c = v_sortie.volume_corrige_15c,
         vcf = v_sortie.vcf,
         methode_15c = v_sortie.methode_15c,
         parametres_15c = v_sortie.parametres_15c,
         avertissements = v_sortie.avertissements,
         densite_a_15_kgm3 = v_sortie.densite_a_15_kgm3,
         densite_a_15 = v_sortie.densite_a_15
   where s.id = p_id;
  perform set_config('app.sorties_produit_allow_write', '', true);
  perform private.tracer_validation(v_sortie, '{SORTIE_VALIDEE}');
  perform private.debiter_sortie(v_sortie);
end;
$$;

--
-- Name: FUNCTION valider_sortie(p_id uuid, p_version integer); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.valider_sortie(p_id uuid, p_version integer) IS 'What validate_sortie and valider_sortie_lue do. p_version: the draft''s version that was read; null: whichever it has. Raises what they raise.';

--
-- Name: verifier_comptes(); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.verifier_comptes() RETURNS TABLE(tiers_type text, tiers_id uuid, ecriture_id uuid, defaut text, attendu numeric, trouve numeric)
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
  select e.tiers_type, e.tiers_id, e.id, 'LETTRAGE', e.debit + e.credit, l.lettre
    from public.ecritures_tiers e
   cross join lateral (select private.montant_lettre(e.id) as lettre) l
   where l.lettre not between 0 and e.debit + e.credit
  union all
  select c.tiers_type, c.tiers_id, c.id, 'CONTREPASSATION', o.credit - o.debit, c.debit - c.credit
    from public.ecritures_tiers c join public.ecritures_tiers o on o.id = c.contrepasse_id
   where (c.tiers_type, c.tiers_id, c.devise, c.debit, c.credit)
         is distinct from (o.tiers_type, o.tiers_id, o.devise, o.credit, o.debit)
$$;

--
-- Name: FUNCTION verifier_comptes(); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.verifier_comptes() IS 'Entries settled for more than they are, and reversals that are not the opposite of theirs: no row, all is well.';

--
-- Name: verifier_series(); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.verifier_series() RETURNS TABLE(depot_id uuid, serie text, exercice integer, dernier bigint, emis bigint, expliques bigint)
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
  select s.depot_id, s.serie, s.exercice, s.dernier, n.emis, t.expliques
    from private.series s
   cross join lateral (
     select count(*) as emis, coalesce(max(x.numero), 0) as plus_haut from private.numeros x
      where x.depot_id = s.depot_id and x.serie = s.serie and x.exercice = s.exercice) n
   cross join lateral (
     select coalesce(sum(h.a - h.de + 1), 0)::bigint as expliques from private.series_trous h
      where h.depot_id = s.depot_id and h.serie = s.serie and h.exercice = s.exercice) t
   where s.dernier <> n.emis + t.expliques or n.plus_haut > s.dernier
$$;

--
-- Name: FUNCTION verifier_series(); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.verifier_series() IS 'Series whose numbers issued and explained holes are not 1 to the last: no row, no gap.';

--
-- Name: verrouiller_camions(uuid[]); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.verrouiller_camions(p_ids uuid[]) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  v_cdr public.cours_de_route;
begin
  -- In one order, whichever their rows came in. Not "for update": whoever waits already holds each truck by its key.
  for v_cdr in select * from public.cours_de_route c where c.id = any (p_ids) order by c.id for no key update loop
    if v_cdr.statut <> 'ARRIVE' then
      perform private.refuser('CDR_NON_ARRIVE', jsonb_build_object('statut', v_cdr.statut));
    end if;
  end loop;
end;
$$;

--
-- Name: FUNCTION verrouiller_camions(p_ids uuid[]); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.verrouiller_camions(p_ids uuid[]) IS 'Takes the trucks of a statement, and asks each again whether it may be received: another may just have been quicker. Raises CDR_NON_ARRIVE.';

--
-- Name: verrouiller_citernes(uuid[]); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.verrouiller_citernes(VARIADIC p_citerne_ids uuid[]) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  -- With an older snapshot of the database, what another has just written would not be seen, lock or no lock.
  perform private.exiger_read_committed();
  if cardinality(p_citerne_ids) = 1 then
    perform pg_advisory_xact_lock(uuid_hash_extended(p_citerne_ids[1], 0));
  else
    perform pg_advisory_xact_lock(t.verrou)
       from (select distinct uuid_hash_extended(c.id, 0) as verrou from unnest(p_citerne_ids) c (id) order by 1) t;
  end if;
end;
$$;

--
-- Name: FUNCTION verrouiller_citernes(VARIADIC p_citerne_ids uuid[]); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.verrouiller_citernes(VARIADIC p_citerne_ids uuid[]) IS 'Takes the mutex of these tanks until the transaction ends, always in one order: whatever moves stock takes it before it reads any. Raises ISOLATION_INTERDITE outside read committed.';

--
-- Name: verrouiller_mouvements(); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.verrouiller_mouvements() RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  lock table public.cours_de_route, public.citernes, public.receptions, public.sorties_produit, public.transferts,
    public.dilatations, public.stocks_adjustments, public.stocks_initiaux, public.prises_de_hauteur,
    public.stocks_journaliers, public.stocks_snapshot, public.log_actions in share row exclusive mode;
end;
$$;

--
-- Name: FUNCTION verrouiller_mouvements(); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.verrouiller_mouvements() IS 'Until the transaction ends nobody else writes a movement, a stock, a tank or a CDR; readers go on.';

--
-- Name: verrouiller_tiers(text, uuid[]); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.verrouiller_tiers(p_type text, VARIADIC p_ids uuid[]) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  perform private.exiger_read_committed();
  perform pg_advisory_xact_lock(t.verrou)
     from (select distinct hashtextextended(format('tiers:%s:%s', p_type, i.id), 0) as verrou from unnest(p_ids) i (id)
       order by 1) t;
end;
$$;

--
-- Name: FUNCTION verrouiller_tiers(p_type text, VARIADIC p_ids uuid[]); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.verrouiller_tiers(p_type text, VARIADIC p_ids uuid[]) IS 'Takes the mutex of these accounts until the transaction ends, in one order, after the rows of the documents and before the tanks. Raises ISOLATION_INTERDITE.';

--
-- Name: vider_journal_mouvements(); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.vider_journal_mouvements() RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  delete from public.log_actions l where l.module in ('receptions', 'sorties', 'stocks');
  delete from private.blocs_journal;
end;
$$;

--
-- Name: FUNCTION vider_journal_mouvements(); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.vider_journal_mouvements() IS 'The one place where lines leave the log: whatever proves the log''s lines to one another starts anew here. Called by private.vider_mouvements() only, which opens the way and has checked that this is not PROD.';

--
-- Name: vider_mouvements(); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.vider_mouvements() RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  perform private.interdire_si_prod();
  perform private.verrouiller_mouvements();
  perform set_config('app.purge_staging', pg_current_xact_id()::text, true);
  perform set_config('app.receptions_allow_write', '1', true);
  perform set_config('app.sorties_produit_allow_write', '1', true);
  perform set_config('app.stocks_journaliers_allow_write', '1', true);

  delete from public.factures_fournisseur_receptions;
  delete from public.fournisseur_paiement_lot_min;
  delete from public.fournisseur_facture_lot_min;
  delete from public.ecarts;
  delete from private.lettrages;
  delete from public.ecritures_tiers;
  delete from private.numeros;
  delete from private.series_trous;
  delete from private.series;
  delete from public.receptions;
  delete from public.sorties_produit;
  delete from public.transferts;
  delete from public.dilatations;
  delete from public.stocks_adjustments;
  delete from public.stocks_initiaux;
  delete from public.prises_de_hauteur;
  delete from public.stocks_journaliers;
  delete from public.stocks_snapshot;
  perform private.vider_journal_mouvements();
  -- A key used again must not be answered with a movement that is no more.
  delete from private.idempotence;

  perform set_config('app.stocks_journaliers_allow_write', '', true);
  perform set_config('app.sorties_produit_allow_write', '', true);
  perform set_config('app.receptions_allow_write', '', true);
  perform set_config('app.purge_staging', '', true);
  perform private.journaliser('MOUVEMENTS_PURGES', 'environnement', 'CRITICAL', null, null,
    jsonb_build_object('env', private.env()));
end;
$$;

--
-- Name: FUNCTION vider_mouvements(); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.vider_mouvements() IS 'Deletes every movement, all stock, their lines of the log and the kept answers of idempotency keys; keeps every CDR as it is, a DECHARGE one included. Never in PROD. Owner only; logs MOUVEMENTS_PURGES. Raises ENV_INTERDIT.';

--
-- Name: volume_15c(private.mesures, private.lieu); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.volume_15c(p_mesures private.mesures, p_lieu private.lieu) RETURNS private.volume_corrige
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  v_corrige private.volume_corrige;
begin
  perform private.exiger_temperatures(p_mesures, p_lieu.depot);
  if private.flag_actif('astm_53b', (p_lieu.depot).id) then
    v_corrige := private.volume_15c_norme(p_mesures, p_lieu);
  else
    v_corrige := private.volume_15c_historique(p_mesures, p_lieu);
  end if;
  v_corrige.avertissements := '[]';
  if v_corrige.parametres_15c ->> 'densite' = 'CITERNE' then
    v_corrige.avertissements := jsonb_build_array(jsonb_build_object('code', 'DENSITE_CITERNE', 'phrase',
      format('Aucune densité n''a été saisie : celle de la citerne a servi (%s kg/m³ à 15 °C).',
             private.nombre_fr(round(v_corrige.densite_a_15_kgm3, 1)))));
  end if;
  if abs(p_mesures.temperature_echantillon_c - p_mesures.temperature_produit_c) > 10
     or abs(v_corrige.densite_a_15_kgm3 - p_lieu.densite_melange_kgm3) > 3 then
    v_corrige.avertissements := v_corrige.avertissements || private.avertissements(p_mesures,
      v_corrige.densite_a_15_kgm3, p_lieu.densite_melange_kgm3);
  end if;
  return v_corrige;
end;
$$;

--
-- Name: FUNCTION volume_15c(p_mesures private.mesures, p_lieu private.lieu); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.volume_15c(p_mesures private.mesures, p_lieu private.lieu) IS 'Litres at 15 °C of a measured volume, by the way that flag astm_53b sets for this user at this depot; where the tank''s density served, its warnings say so (DENSITE_CITERNE). Raises TEMPERATURE_REQUISE, TEMPERATURE_HORS_PLAGE, and what private.volume_15c_norme or private.volume_15c_historique raises.';

--
-- Name: volume_15c_historique(private.mesures, private.lieu); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.volume_15c_historique(p_mesures private.mesures, p_lieu private.lieu) RETURNS private.volume_corrige
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  c_ecart_admis constant numeric := 0.02;
  v_alpha constant numeric := (p_lieu.produit).alpha_historique;
  v_formule constant numeric := p_mesures.volume_ambiant * (1 - v_alpha * (p_mesures.temperature_produit_c - 15));
  v_densite constant numeric := private.densite_15_historique(p_mesures, p_lieu);
  v_volume numeric;
begin
  -- Not "beyond": NaN is beyond nothing.
  if (abs(p_mesures.volume_15c_client - v_formule) <= c_ecart_admis * v_formule) is false then
    perform private.refuser('VOLUME_15C_INCOHERENT', jsonb_build_object(
      'envoye', p_mesures.volume_15c_client, 'calcule', round(v_formule, 3)));
  end if;
  perform private.exiger_densite_du_produit(v_densite, p_lieu.produit);
  v_volume := round(coalesce(p_mesures.volume_15c_client, v_formule), 3);
  if v_volume <= 0 then
    perform private.refuser('VOLUME_TROP_PETIT',
      jsonb_build_object('champ', p_mesures.champ_volume, 'volume', p_mesures.volume_ambiant));
  end if;
  return (v_volume, round(v_volume / p_mesures.volume_ambiant, 8), v_densite, 'LEGACY',
          jsonb_build_object('du_client', p_mesures.volume_15c_client is not null, 'alpha', v_alpha),
          null)::private.volume_corrige;
end;
$$;

--
-- Name: FUNCTION volume_15c_historique(p_mesures private.mesures, p_lieu private.lieu); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.volume_15c_historique(p_mesures private.mesures, p_lieu private.lieu) IS 'The old system''s way: what the client sent, at most 2 % from the formula, or the formula: volume × (1 − α (T − 15)), α the product''s. Contract sections 6 and 7. Raises VOLUME_15C_INCOHERENT, DENSITE_HORS_PRODUIT, VOLUME_TROP_PETIT.';

--
-- Name: volume_15c_norme(private.mesures, private.lieu); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.volume_15c_norme(p_mesures private.mesures, p_lieu private.lieu) RETURNS private.volume_corrige
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  v_corrige constant private.volume_corrige := private.calculer_norme(p_mesures, p_lieu.produit,
    astm.profil((p_lieu.depot).id, (p_lieu.produit).id));
begin
  perform private.exiger_densite_du_produit(v_corrige.densite_a_15_kgm3, p_lieu.produit);
  if v_corrige.volume_15c <= 0 then
    perform private.refuser('VOLUME_TROP_PETIT',
      jsonb_build_object('champ', p_mesures.champ_volume, 'volume', p_mesures.volume_ambiant));
  end if;
  return v_corrige;
end;
$$;

--
-- Name: FUNCTION volume_15c_norme(p_mesures private.mesures, p_lieu private.lieu); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.volume_15c_norme(p_mesures private.mesures, p_lieu private.lieu) IS 'The standard''s way at this tank. What the client computed does not count; the caller keeps it in the log. Raises DENSITE_OBSERVEE_REQUISE, ASTM_HORS_DOMAINE, DENSITE_HORS_PRODUIT, VOLUME_TROP_PETIT.';

--
-- Name: volume_20c(numeric, numeric, text, text, numeric); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.volume_20c(p_volume_15c numeric, p_densite_15 numeric, p_groupe text, p_methode text, p_alpha numeric) RETURNS numeric
    LANGUAGE plpgsql IMMUTABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  if p_densite_15 is null then
    return round(p_volume_15c / (1 - 5 * p_alpha), 3);
  end if;
  return (select round((p_volume_15c::float8 / c.vcf)::numeric, 3)
            from astm.calculer_15c(p_groupe, p_densite_15::float8, 15, 20, 1000, p_methode, false, 0, false) c);
end;
$$;

--
-- Name: FUNCTION volume_20c(p_volume_15c numeric, p_densite_15 numeric, p_groupe text, p_methode text, p_alpha numeric); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.volume_20c(p_volume_15c numeric, p_densite_15 numeric, p_groupe text, p_methode text, p_alpha numeric) IS 'Litres at 20 °C of litres at 15 °C, to the millilitre: divided by the standard''s factor of this density (kg/m³) at 20 °C; without a density, by the product''s old coefficient.';

--
-- Name: volume_mesure(numeric, numeric, numeric, numeric); Type: FUNCTION; Schema: private; Owner: -
--

CREATE FUNCTION private.volume_mesure(p_volume numeric, p_volume_observe numeric, p_index_avant numeric, p_index_apres numeric) RETURNS numeric
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  v_indices constant numeric := p_index_apres - p_index_avant;
  v_volume constant numeric := coalesce(p_volume, p_volume_observe, v_indices);
begin
  if (p_index_avant is null) <> (p_index_apres is null) or v_volume is null then
    perform private.refuser('INDICES_MANQUANTS');
  end if;
  if v_indices <= 0 or abs(v_indices - v_volume) > private.ecart_admis(v_indices, v_volume) then
    perform private.refuser('INDEX_INCOHERENTS',
      jsonb_build_object('index_avant', p_index_avant, 'index_apres', p_index_apres, 'volume_ambiant', v_volume));
  end if;
  if v_volume <= 0 then
    perform private.refuser('VOLUME_AMBIANT_NON_POSITIF', jsonb_build_object(
      'champ', private.champ_volume(p_volume, p_volume_observe), 'volume_ambiant', v_volume));
  end if;
  perform private.exiger_accord('volume_ambiant', p_volume, 'volume_observe', p_volume_observe);
  return v_volume;
end;
$$;

--
-- Name: FUNCTION volume_mesure(p_volume numeric, p_volume_observe numeric, p_index_avant numeric, p_index_apres numeric); Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON FUNCTION private.volume_mesure(p_volume numeric, p_volume_observe numeric, p_index_avant numeric, p_index_apres numeric) IS 'Litres measured: the volume sent, or observed, or the difference of the indices; those that are there must agree to half a litre and to 0.5 %. Raises INDICES_MANQUANTS, INDEX_INCOHERENTS, VOLUME_AMBIANT_NON_POSITIF, MESURES_INCOHERENTES.';

--
-- Name: acquitter_alerte(uuid, text); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.acquitter_alerte(p_id uuid, p_note text DEFAULT NULL::text) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$ select private.deplacer_alerte(p_id, 'ACK', p_note) $$;

--
-- Name: FUNCTION acquitter_alerte(p_id uuid, p_note text); Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON FUNCTION public.acquitter_alerte(p_id uuid, p_note text) IS 'Somebody takes an alert on (admin, directeur). Raises ROLE_FORBIDDEN, INTROUVABLE, ALERTE_ETAT.';

--
-- Name: admin_compensate_reception(uuid, text); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.admin_compensate_reception(p_id uuid, p_reason text) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$ select private.compenser('RECEPTION', p_id, p_reason) $$;

--
-- Name: FUNCTION admin_compensate_reception(p_id uuid, p_reason text); Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON FUNCTION public.admin_compensate_reception(p_id uuid, p_reason text) IS 'Takes back what is left of what a réception credited (admin, reason of 10 characters or more). See private.compenser. Raises ROLE_FORBIDDEN, INVALID_ID_OR_STATE, AJUSTEMENT_INCOMPLET, AJUSTEMENT_EXCESSIF, INSUFFICIENT_STOCK, FACTEUR_HORS_BORNES, CITERNE_PLEINE, STOCK_FUTUR_NEGATIF, ISOLATION_INTERDITE, MOTIF_REQUIS, SECOND_FACTEUR_REQUIS, ECRITURES_GELEES.';

--
-- Name: admin_compensate_sortie(uuid, text); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.admin_compensate_sortie(p_id uuid, p_reason text) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$ select private.compenser('SORTIE', p_id, p_reason) $$;

--
-- Name: FUNCTION admin_compensate_sortie(p_id uuid, p_reason text); Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON FUNCTION public.admin_compensate_sortie(p_id uuid, p_reason text) IS 'Gives back what is left of what a sortie debited (admin, reason of 10 characters or more). See private.compenser. Raises ROLE_FORBIDDEN, INVALID_ID_OR_STATE, AJUSTEMENT_INCOMPLET, AJUSTEMENT_EXCESSIF, INSUFFICIENT_STOCK, FACTEUR_HORS_BORNES, CITERNE_PLEINE, STOCK_FUTUR_NEGATIF, ISOLATION_INTERDITE, MOTIF_REQUIS, SECOND_FACTEUR_REQUIS, ECRITURES_GELEES.';

--
-- Name: annuler_cours_de_route(uuid, text); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.annuler_cours_de_route(p_id uuid, p_motif text) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  v_cdr public.cours_de_route;
begin
  perform private.exiger('annuler_cours_de_route');
  perform private.exiger_motif(p_motif, 3);
  select * into v_cdr from public.cours_de_route c
   where c.id = p_id and c.depot_destination_id = any (private.depots_visibles())
     for update;
  if not found then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'ce cours de route'));
  end if;
  if v_cdr.statut in ('DECHARGE', 'ANNULE') then
    perform private.refuser('CDR_TRANSITION_INTERDITE', jsonb_build_object('de', v_cdr.statut, 'vers', 'ANNULE'));
  end if;
  update public.cours_de_route set statut = 'ANNULE', motif_annulation = p_motif where id = p_id;
end;
$$;

--
-- Name: FUNCTION annuler_cours_de_route(p_id uuid, p_motif text); Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON FUNCTION public.annuler_cours_de_route(p_id uuid, p_motif text) IS 'Closes a truck that will never come, with the reason (admin, directeur, gerant). Raises ROLE_FORBIDDEN, REFERENTIEL_INACTIF, MOTIF_REQUIS, INTROUVABLE, CDR_TRANSITION_INTERDITE, ISOLATION_INTERDITE, ECRITURE_INTERDITE, ECRITURES_GELEES.';

--
-- Name: annuler_facture_fournisseur(uuid, text); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.annuler_facture_fournisseur(p_id uuid, p_motif text) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  perform private.exiger('ecrire_factures_fournisseur');
  perform private.exiger_motif(p_motif, 3);
  perform private.facture_a_changer(p_id, 'DRAFT', 'CALCULEE');
  delete from public.factures_fournisseur_receptions r where r.facture_id = p_id;
  update public.fournisseur_facture_lot_min f set statut = 'ANNULEE', justification = private.texte_net(p_motif)
    where f.id = p_id;
  perform private.fermer_ecart_auto('QUANTITE', 'FACTURE', p_id, 'La facture a été annulée.');
  perform private.journaliser('FACTURE_ANNULEE', 'factures_fournisseur', 'WARNING', p_id, null,
    jsonb_build_object('motif', p_motif));
end;
$$;

--
-- Name: FUNCTION annuler_facture_fournisseur(p_id uuid, p_motif text); Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON FUNCTION public.annuler_facture_fournisseur(p_id uuid, p_motif text) IS 'A draft or calculated invoice is none; its number may be used again. Raises ROLE_FORBIDDEN, ISOLATION_INTERDITE, ECRITURE_INTERDITE, MOTIF_REQUIS, INTROUVABLE, ECRITURES_GELEES, FACTURE_ETAT.';

--
-- Name: annuler_paiement(uuid, text); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.annuler_paiement(p_id uuid, p_motif text) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  v_paiement public.fournisseur_paiement_lot_min;
begin
  perform private.exiger('annuler_paiements_fournisseur');
  perform private.exiger_motif(p_motif, 10);
  v_paiement := private.paiement_a_changer(p_id, 'CONFIRME');
  perform private.contrepasser(e.id, private.jour_local('Africa/Lubumbashi', now()),
    format('Annulation : %s', left(p_motif, 500)))
     from public.ecritures_tiers e
    where e.source_type = 'fournisseur_paiement_lot_min' and e.source_id = p_id and e.type = 'PAIEMENT';
  update public.fournisseur_paiement_lot_min p
     set statut = 'ANNULE', annule_par = auth.uid(), motif_annulation = private.texte_net(p_motif) where p.id = p_id;
  perform private.journaliser('PAIEMENT_ANNULE', 'paiements_fournisseur', 'CRITICAL', p_id, null,
    jsonb_build_object('motif', p_motif, 'avant', to_jsonb(v_paiement)));
end;
$$;

--
-- Name: FUNCTION annuler_paiement(p_id uuid, p_motif text); Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON FUNCTION public.annuler_paiement(p_id uuid, p_motif text) IS 'A confirmed payment is taken back (admin): its invoice is owed again. Logged CRITICAL. Raises ROLE_FORBIDDEN, MOTIF_REQUIS, INTROUVABLE, FACTURE_ETAT, PAIEMENT_ETAT, ECRITURE_CONTREPASSEE, LETTRAGE_INCOMPATIBLE, LETTRAGE_EXCESSIF, ISOLATION_INTERDITE, ECRITURES_GELEES.';

--
-- Name: avancer_serie(uuid, text, integer, bigint, text); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.avancer_serie(p_depot_id uuid, p_serie text, p_exercice integer, p_dernier_connu bigint, p_motif text) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
declare
  v_depot_id constant uuid := coalesce(p_depot_id, '00000000-0000-0000-0000-000000000000');
  v_serie private.series;
begin
  perform private.exiger('avancer_series');
  perform private.exiger_motif(p_motif, 10);
  perform private.code_emetteur(v_depot_id);
  if not coalesce(p_serie ~ '^[A-Z]{2,4}$' and p_exercice between 2000 and 2999, false) then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'cette série'));
  end if;
  insert into private.series (depot_id, serie, exercice) values (v_depot_id, p_serie, p_exercice)
    on conflict do nothing;
  select * into strict v_serie from private.series s
   where s.depot_id = v_depot_id and s.serie = p_serie and s.exercice = p_exercice for update;
  -- A million documents lost since the backup were mistyped.
  if not coalesce(p_dernier_connu > v_serie.dernier and p_dernier_connu <= v_serie.dernier + 1000000, false) then
    perform private.refuser('SERIE_AVANCEE', jsonb_build_object('serie', p_serie, 'dernier', v_serie.dernier));
  end if;
  insert into private.series_trous (depot_id, serie, exercice, de, a, motif, par)
  values (v_depot_id, p_serie, p_exercice, v_serie.dernier + 1, p_dernier_connu, private.texte_net(p_motif),
    auth.uid());
  update private.series s set dernier = p_dernier_connu
   where s.depot_id = v_depot_id and s.serie = p_serie and s.exercice = p_exercice;
  perform private.journaliser('SERIE_AVANCEE', 'comptes', 'CRITICAL', null,
    nullif(v_depot_id, '00000000-0000-0000-0000-000000000000'), jsonb_build_object('serie', p_serie,
      'exercice', p_exercice, 'de', v_serie.dernier + 1, 'a', p_dernier_connu, 'motif', p_motif));
end;
$_$;

--
-- Name: FUNCTION avancer_serie(p_depot_id uuid, p_serie text, p_exercice integer, p_dernier_connu bigint, p_motif text); Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON FUNCTION public.avancer_serie(p_depot_id uuid, p_serie text, p_exercice integer, p_dernier_connu bigint, p_motif text) IS 'After a restore from an older backup: moves a series past the highest number known on paper, and writes the hole with its reason (admin; a null depot: the company). Logged CRITICAL. Raises ROLE_FORBIDDEN, SECOND_FACTEUR_REQUIS, MOTIF_REQUIS, DEPOT_SANS_CODE, INTROUVABLE, SERIE_AVANCEE.';

--
-- Name: calculer_facture_fournisseur(uuid); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.calculer_facture_fournisseur(p_id uuid) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  v_facture public.fournisseur_facture_lot_min;
  v_ecart public.ecarts;
  v_recu numeric;
  v_statut text;
begin
  perform private.exiger('ecrire_factures_fournisseur');
  v_facture := private.facture_a_changer(p_id, 'DRAFT', 'CALCULEE');
  delete from public.factures_fournisseur_receptions r where r.facture_id = p_id;
  insert into public.factures_fournisseur_receptions (facture_id, reception_id, volume_15c, densite_15, volume_20c,
    tonnes_air)
  select p_id, r.reception_id, r.volume_15c, r.densite_15, r.volume_20c, r.tonnes_air
    from private.receptions_a_facturer(v_facture.fournisseur_lot_id, p_id) r;
  if not found then
    perform private.refuser('FACTURE_SANS_RECEPTION');
  end if;
  v_facture := private.facture_en_20c(v_facture);
  update public.fournisseur_facture_lot_min f
     set statut = 'CALCULEE', quantite_facturee_20c = v_facture.quantite_facturee_20c,
         prix_unitaire_usd = v_facture.prix_unitaire_usd, montant_total_usd = v_facture.montant_total_usd
   where f.id = p_id;
  select sum(r.volume_20c) into v_recu from public.factures_fournisseur_receptions r where r.facture_id = p_id;
  v_statut := private.rapprochement(v_recu, v_facture.quantite_facturee_20c);
  if v_statut = 'LITIGE' then
    v_ecart.domaine := 'FOURNISSEUR';
    v_ecart.type := 'QUANTITE';
    v_ecart.fournisseur_lot_id := v_facture.fournisseur_lot_id;
    v_ecart.reference_type := 'FACTURE';
    v_ecart.reference_id := p_id;
    v_ecart.attendu := v_facture.quantite_facturee_20c;
    v_ecart.constate := v_recu;
    v_ecart.unite := 'L20';
    v_ecart.excedent := abs(v_recu - v_facture.quantite_facturee_20c);
    v_ecart.impact_usd := round((v_recu - v_facture.quantite_facturee_20c) * v_facture.prix_unitaire_usd, 2);
    perform private.ouvrir_ecart(v_ecart);
  else
    perform private.fermer_ecart_auto('QUANTITE', 'FACTURE', p_id, 'Le nouveau calcul est dans la tolérance.');
  end if;
  perform private.journaliser('FACTURE_CALCULEE', 'factures_fournisseur', 'INFO', p_id, null, jsonb_build_object(
    'volume_20c', v_recu, 'quantite_facturee_20c', v_facture.quantite_facturee_20c, 'rapprochement', v_statut));
end;
$$;

--
-- Name: FUNCTION calculer_facture_fournisseur(p_id uuid); Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON FUNCTION public.calculer_facture_fournisseur(p_id uuid) IS 'Counts what the lot''s trucks brought and compares it with what is invoiced; again and again until it is validated. Beyond tolerance it opens a gap. Raises ROLE_FORBIDDEN, DENSITE_OBSERVEE_REQUISE, TEMPERATURE_REQUISE, ASTM_HORS_DOMAINE, ISOLATION_INTERDITE, ECRITURE_INTERDITE, INTROUVABLE, ECRITURES_GELEES, FACTURE_ETAT, FACTURE_SANS_RECEPTION, TONNAGE_SANS_DENSITE.';

--
-- Name: changer_statut_cours_de_route(uuid, text); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.changer_statut_cours_de_route(p_id uuid, p_statut text) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  v_cdr public.cours_de_route;
begin
  perform private.exiger('ecrire_cours_de_route');
  select * into v_cdr from public.cours_de_route c
   where c.id = p_id and c.depot_destination_id = any (private.depots_visibles())
     for update;
  if not found then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'ce cours de route'));
  end if;
  -- Asking for the state it is already in is a move that is not one step forward.
  if p_statut is null or p_statut = v_cdr.statut then
    perform private.refuser('CDR_TRANSITION_INTERDITE', jsonb_build_object('de', v_cdr.statut, 'vers', p_statut));
  end if;
  update public.cours_de_route set statut = p_statut where id = p_id;
end;
$$;

--
-- Name: FUNCTION changer_statut_cours_de_route(p_id uuid, p_statut text); Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON FUNCTION public.changer_statut_cours_de_route(p_id uuid, p_statut text) IS 'Moves a CDR one step. Raises ROLE_FORBIDDEN, INTROUVABLE, REFERENTIEL_INACTIF, CDR_TRANSITION_INTERDITE, ECRITURE_INTERDITE, ISOLATION_INTERDITE, ECRITURES_GELEES, MOTIF_REQUIS.';

--
-- Name: compute_volume_20c_from_reception(uuid); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.compute_volume_20c_from_reception(p_reception_id uuid) RETURNS numeric
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  v_volume numeric;
begin
  select v.volume_20c into v_volume from public.v_reception_20c v where v.reception_id = p_reception_id;
  if not found then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'cette réception'));
  end if;
  return v_volume;
end;
$$;

--
-- Name: FUNCTION compute_volume_20c_from_reception(p_reception_id uuid); Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON FUNCTION public.compute_volume_20c_from_reception(p_reception_id uuid) IS 'Litres at 20 °C of a réception that the caller sees. Raises INTROUVABLE.';

--
-- Name: confirmer_paiement(uuid); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.confirmer_paiement(p_id uuid) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  v_paiement public.fournisseur_paiement_lot_min;
begin
  perform private.exiger('ecrire_factures_fournisseur');
  v_paiement := private.paiement_a_changer(p_id, 'EN_ATTENTE');
  perform private.exiger_solde(private.facture_a_payer(v_paiement.fournisseur_facture_id), v_paiement.montant_paye_usd);
  update public.fournisseur_paiement_lot_min p
     set statut = 'CONFIRME', confirme_par = auth.uid(), numero = private.numero_de_paiement(p.id)
   where p.id = p_id returning * into v_paiement;
  perform private.passer_paiement(v_paiement);
  perform private.journaliser('PAIEMENT_CONFIRME', 'paiements_fournisseur', 'INFO', p_id, null, to_jsonb(v_paiement));
end;
$$;

--
-- Name: FUNCTION confirmer_paiement(p_id uuid); Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON FUNCTION public.confirmer_paiement(p_id uuid) IS 'The bank has paid what was waiting. Raises ROLE_FORBIDDEN, INTROUVABLE, FACTURE_ETAT, PAIEMENT_ETAT, PAIEMENT_FACTURE_NON_VALIDEE, PAIEMENT_EXCEDENTAIRE, DEPOT_SANS_CODE, LETTRAGE_INCOMPATIBLE, LETTRAGE_EXCESSIF, ISOLATION_INTERDITE, ECRITURES_GELEES.';

--
-- Name: contester_facture_fournisseur(uuid, boolean, text); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.contester_facture_fournisseur(p_id uuid, p_en_litige boolean, p_motif text) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  v_facture public.fournisseur_facture_lot_min;
begin
  perform private.exiger('ecrire_factures_fournisseur');
  perform private.exiger_motif(p_motif, 10);
  if p_en_litige then
    v_facture := private.facture_a_changer(p_id, 'CALCULEE', 'VALIDEE');
  else
    v_facture := private.facture_a_changer(p_id, 'LITIGE');
  end if;
  update public.fournisseur_facture_lot_min f
     set statut = case when p_en_litige then 'LITIGE' when f.validated_at is not null then 'VALIDEE' else 'CALCULEE' end
   where f.id = p_id;
  perform private.journaliser('FACTURE_LITIGE', 'factures_fournisseur', 'WARNING', p_id, null,
    jsonb_build_object('en_litige', p_en_litige, 'motif', p_motif));
end;
$$;

--
-- Name: FUNCTION contester_facture_fournisseur(p_id uuid, p_en_litige boolean, p_motif text); Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON FUNCTION public.contester_facture_fournisseur(p_id uuid, p_en_litige boolean, p_motif text) IS 'Opens (true) or closes (false) a dispute on an invoice: nothing is paid on it meanwhile. Raises ROLE_FORBIDDEN, ISOLATION_INTERDITE, ECRITURE_INTERDITE, MOTIF_REQUIS, INTROUVABLE, ECRITURES_GELEES, FACTURE_ETAT.';

--
-- Name: creer_et_valider_sortie(jsonb); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.creer_et_valider_sortie(p_sortie jsonb) RETURNS public.sorties_produit
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  v_acteur constant private.acteur := private.exiger('valider_sortie');
  v_sortie public.sorties_produit;
  v_lieu private.lieu;
begin
  perform private.exiger_colonnes('public.sorties_produit', p_sortie);
  -- As in an insertion, what was not sent has the column's default.
  v_sortie.id := private.nouvel_id();
  v_sortie.proprietaire_type := 'MONALUXE';
  v_sortie := jsonb_populate_record(v_sortie, jsonb_strip_nulls(p_sortie));
  v_lieu := private.lieu(v_sortie.citerne_id, v_acteur.depots);
  v_sortie := private.completer_brouillon(v_sortie, v_acteur.user_id, v_lieu);
  v_sortie := private.preparer_validation(v_sortie, v_acteur.user_id, v_lieu);

  perform set_config('app.sorties_produit_allow_write', '1', true);
  insert into public.sorties_produit select v_sortie.*;
  perform set_config('app.sorties_produit_allow_write', '', true);
  perform private.tracer_validation(v_sortie, '{SORTIE_CREEE,SORTIE_VALIDEE}');
  perform private.debiter_sortie(v_sortie);
  return v_sortie;
end;
$$;

--
-- Name: FUNCTION creer_et_valider_sortie(p_sortie jsonb); Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON FUNCTION public.creer_et_valider_sortie(p_sortie jsonb) IS 'Writes a sortie and validates it at once (admin, directeur, gerant). Takes the columns a client may write of a draft, as one JSON object (litres, °C, kg/m³); a null counts as not sent, statut does not count. Answers with the whole row, validee. Logs SORTIE_CREEE and SORTIE_VALIDEE. Raises CHAMP_INCONNU, all that validate_sortie raises but INVALID_ID_OR_STATE, and 22xxx, 23xxx for a value the table would not take.';

--
-- Name: declarer_stock_initial(uuid, text, numeric, numeric, text, date); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.declarer_stock_initial(p_citerne_id uuid, p_proprietaire_type text, p_volume_ambiant numeric, p_volume_15c numeric, p_motif text, p_date_jour date DEFAULT NULL::date) RETURNS uuid
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  v_citerne public.citernes;
  v_aujourdhui date;
  v_initial public.stocks_initiaux;
begin
  perform private.exiger('ajuster_stock');
  perform private.exiger_motif(p_motif, 10);
  -- Its key first, as every movement does: it keeps its product from here on. What else it is, is asked again.
  select * into v_citerne from public.citernes c
   where c.id = p_citerne_id and c.depot_id = any (private.depots_visibles())
     for key share;
  if not found or v_citerne.statut <> 'active' then
    perform private.refuser('CITERNE_INACTIVE_OR_INCOMPATIBLE', jsonb_build_object('citerne_id', p_citerne_id));
  end if;
  perform private.exiger_actifs(v_citerne.produit_id, v_citerne.depot_id);
  -- NaN is greater than any number: only a bound above tells it from one.
  if (p_volume_ambiant > 0 and p_volume_15c > 0 and p_volume_ambiant < 1e9 and p_volume_15c < 1e9) is not true then
    perform private.refuser('VOLUME_AMBIANT_NON_POSITIF', jsonb_build_object('volume_ambiant', p_volume_ambiant));
  end if;
  v_aujourdhui := private.jour_au_depot(v_citerne.depot_id, now());
  if p_date_jour > v_aujourdhui then
    perform private.refuser('DATE_FUTURE', jsonb_build_object('aujourdhui', v_aujourdhui));
  end if;

  perform private.verrouiller_citernes(p_citerne_id);
  perform private.exiger_en_service(p_citerne_id);
  if exists (select from public.stocks_snapshot s
             where s.citerne_id = p_citerne_id and s.proprietaire_type = p_proprietaire_type) then
    perform private.refuser('INVALID_ID_OR_STATE',
      jsonb_build_object('citerne_id', p_citerne_id, 'proprietaire_type', p_proprietaire_type, 'a_deja_un_stock',
        true));
  end if;

  insert into public.stocks_initiaux
    (citerne_id, produit_id, depot_id, proprietaire_type, volume_ambiant, volume_15c, date_jour, motif, created_by)
  values
    (p_citerne_id, v_citerne.produit_id, v_citerne.depot_id, p_proprietaire_type, p_volume_ambiant, p_volume_15c,
     coalesce(p_date_jour, v_aujourdhui), private.texte_net(p_motif), auth.uid())
  returning * into v_initial;
  perform private.appliquer_mouvement(v_initial.citerne_id, v_initial.produit_id, v_initial.depot_id,
    v_initial.proprietaire_type, v_initial.date_jour, v_initial.volume_ambiant, v_initial.volume_15c);
  perform private.exiger_contenance(v_initial.citerne_id, v_initial.date_jour, v_initial.volume_ambiant);
  perform private.melanger(v_initial.citerne_id, null, v_initial.volume_15c);
  perform private.journaliser('STOCK_INITIAL_DECLARE', 'stocks', 'CRITICAL', v_initial.id, v_initial.depot_id,
    to_jsonb(v_initial) || jsonb_build_object(
      'delta_ambiant', v_initial.volume_ambiant, 'delta_15c', v_initial.volume_15c));
  return v_initial.id;
end;
$$;

--
-- Name: FUNCTION declarer_stock_initial(p_citerne_id uuid, p_proprietaire_type text, p_volume_ambiant numeric, p_volume_15c numeric, p_motif text, p_date_jour date); Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON FUNCTION public.declarer_stock_initial(p_citerne_id uuid, p_proprietaire_type text, p_volume_ambiant numeric, p_volume_15c numeric, p_motif text, p_date_jour date) IS 'Declares what a tank held for an owner before its first movement (admin, once, reason of 10 characters or more); litres as measured and at 15 °C. Raises ROLE_FORBIDDEN, SECOND_FACTEUR_REQUIS, MOTIF_REQUIS, CITERNE_INACTIVE_OR_INCOMPATIBLE, REFERENTIEL_INACTIF, VOLUME_AMBIANT_NON_POSITIF, DATE_FUTURE, CITERNE_PLEINE, INVALID_ID_OR_STATE, STOCK_FUTUR_NEGATIF, ISOLATION_INTERDITE, ECRITURES_GELEES.';

--
-- Name: definir_flag(text, boolean, uuid[], uuid[]); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.definir_flag(p_key text, p_enabled boolean, p_depots uuid[] DEFAULT NULL::uuid[], p_users uuid[] DEFAULT NULL::uuid[]) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  perform private.exiger('regler_options');
  if p_key = 'mfa_admin' then
    perform private.exiger_second_facteur(true);
  end if;
  update public.feature_flags
     set enabled = p_enabled,
         depots = coalesce(p_depots, depots),
         users = coalesce(p_users, users),
         updated_by = auth.uid(),
         updated_at = now()
   where key = p_key;
  if not found then
    perform private.refuser('FLAG_INCONNU', jsonb_build_object('key', p_key));
  end if;
end;
$$;

--
-- Name: FUNCTION definir_flag(p_key text, p_enabled boolean, p_depots uuid[], p_users uuid[]); Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON FUNCTION public.definir_flag(p_key text, p_enabled boolean, p_depots uuid[], p_users uuid[]) IS 'Turns a flag on or off (admin). A null list keeps the one in place. Raises ROLE_FORBIDDEN, SECOND_FACTEUR_REQUIS, FLAG_INCONNU.';

--
-- Name: enregistrer_avoir_fournisseur(uuid, text, date, numeric, text); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.enregistrer_avoir_fournisseur(p_facture_id uuid, p_invoice_no text, p_date_facture date, p_montant_usd numeric, p_justification text) RETURNS uuid
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  v_facture public.fournisseur_facture_lot_min;
  v_avoir public.fournisseur_facture_lot_min;
  v_deja numeric;
  v_ecriture uuid;
  v_solde numeric;
begin
  perform private.exiger('ecrire_factures_fournisseur');
  perform private.exiger_motif(p_justification, 10);
  v_facture := private.facture_a_changer(p_facture_id, 'VALIDEE', 'LITIGE');
  if v_facture.validated_at is null then
    perform private.refuser('FACTURE_ETAT', jsonb_build_object('statut', v_facture.statut));
  end if;
  perform private.exiger_quatre_yeux(v_facture.created_by);
  perform private.date_de_document(p_date_facture);
  perform private.verrouiller_tiers('FOURNISSEUR', v_facture.fournisseur_id);
  select coalesce(sum(a.montant_total_usd), 0) into v_deja
    from public.fournisseur_facture_lot_min a where a.facture_origine_id = p_facture_id;
  if not coalesce(p_montant_usd > 0 and v_deja + p_montant_usd <= v_facture.montant_total_usd, false) then
    perform private.refuser('AVOIR_EXCESSIF',
      jsonb_build_object('montant', p_montant_usd, 'reste', v_facture.montant_total_usd - v_deja));
  end if;
  if exists (select from public.fournisseur_facture_lot_min f where f.statut <> 'ANNULEE'
              and f.fournisseur_id = v_facture.fournisseur_id
                and lower(btrim(f.invoice_no)) = lower(btrim(p_invoice_no))) then
    perform private.refuser('FACTURE_EXISTANTE', jsonb_build_object('invoice_no', p_invoice_no));
  end if;
  insert into public.fournisseur_facture_lot_min
    (fournisseur_lot_id, fournisseur_id, type, facture_origine_id, invoice_no, date_facture, quantite_facturee_20c,
     prix_unitaire_usd, base, quantite_base, prix_base_usd, montant_total_usd, created_by)
  values (v_facture.fournisseur_lot_id, v_facture.fournisseur_id, 'AVOIR', p_facture_id, btrim(p_invoice_no),
    p_date_facture,
          greatest(round(p_montant_usd / v_facture.prix_unitaire_usd, 3), 0.001), v_facture.prix_unitaire_usd,
          v_facture.base,
          greatest(round(p_montant_usd / v_facture.prix_base_usd, 3), 0.001), v_facture.prix_base_usd,
          round(p_montant_usd, 2), auth.uid())
  returning * into v_avoir;
  v_ecriture := private.passer_facture(v_avoir, p_justification);
  v_solde := v_facture.montant_total_usd - private.regle_de_facture(p_facture_id);
  if v_solde > 0 then
    perform private.lettrer(v_ecriture, (private.ecriture_de_facture(p_facture_id)).id,
      least(v_solde, v_avoir.montant_total_usd));
  end if;
  perform private.journaliser('AVOIR_ENREGISTRE', 'factures_fournisseur', 'INFO', v_avoir.id, null,
    jsonb_build_object('facture_id', p_facture_id, 'montant_usd', v_avoir.montant_total_usd, 'justification',
      p_justification));
  return v_avoir.id;
end;
$$;

--
-- Name: FUNCTION enregistrer_avoir_fournisseur(p_facture_id uuid, p_invoice_no text, p_date_facture date, p_montant_usd numeric, p_justification text); Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON FUNCTION public.enregistrer_avoir_fournisseur(p_facture_id uuid, p_invoice_no text, p_date_facture date, p_montant_usd numeric, p_justification text) IS 'The supplier takes back a part of a validated invoice, at most the whole: settles it as a payment does; what is paid already stays to their credit. Raises ROLE_FORBIDDEN, REFERENTIEL_INACTIF, DENSITE_OBSERVEE_REQUISE, TEMPERATURE_REQUISE, ASTM_HORS_DOMAINE, ISOLATION_INTERDITE, ECRITURE_INTERDITE, MOTIF_REQUIS, DATE_FUTURE, INTROUVABLE, ECRITURES_GELEES, LOT_EXISTANT, LOT_STATUT_INVALIDE, LOT_TRANSITION_INTERDITE, LOT_NON_OUVERT, LOT_NON_VIDE, DEPOT_SANS_CODE, LETTRAGE_EXCESSIF, LETTRAGE_INCOMPATIBLE, FACTURE_ETAT, FACTURE_EXISTANTE, FACTURE_SANS_RECEPTION, TONNAGE_SANS_DENSITE, LOT_NON_CLOTURE, FACTURE_ECARTS_OUVERTS, FACTURE_CAMIONS_EN_ROUTE, FACTURE_PERIMEE, AVOIR_EXCESSIF, QUATRE_YEUX.';

--
-- Name: get_last_stock_ambiant(uuid, uuid); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.get_last_stock_ambiant(p_citerne uuid, p_produit uuid) RETURNS numeric
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
  select coalesce(sum(s.stock_ambiant), 0) from public.stocks_snapshot s
   where s.citerne_id = p_citerne and s.produit_id = p_produit
$$;

--
-- Name: FUNCTION get_last_stock_ambiant(p_citerne uuid, p_produit uuid); Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON FUNCTION public.get_last_stock_ambiant(p_citerne uuid, p_produit uuid) IS 'Current litres of a product in a tank, as measured, all owners together; 0 where there is none or the caller may not see it.';

--
-- Name: rebuild_stocks_journaliers(uuid, date, date); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.rebuild_stocks_journaliers(p_depot_id uuid, p_start_date date, p_end_date date) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  v_citernes constant uuid[] := array(select c.id from public.citernes c where c.depot_id = p_depot_id);
begin
  perform private.exiger('reconstruire_stock');
  if not exists (select from public.depots d where d.id = p_depot_id) then
    perform private.refuser('INTROUVABLE', jsonb_build_object('quoi', 'ce dépôt'));
  end if;
  -- A tank that is made meanwhile is not among those that are locked, and so not computed again.
  perform private.verrouiller_citernes(variadic v_citernes);

  perform set_config('app.stocks_journaliers_allow_write', '1', true);
  delete from public.stocks_journaliers j
   where j.citerne_id = any (v_citernes) and j.date_jour between p_start_date and p_end_date;
  insert into public.stocks_journaliers
    (citerne_id, produit_id, proprietaire_type, depot_id, date_jour, stock_ambiant, stock_15c)
  select jours.citerne_id, jours.produit_id, jours.proprietaire_type, p_depot_id, jours.date_jour,
         jours.stock_ambiant, jours.stock_15c
    from (
      select m.citerne_id, m.produit_id, m.proprietaire_type, m.date_jour,
             sum(sum(m.delta_ambiant)) over depuis_le_debut as stock_ambiant,
             sum(sum(m.delta_15c)) over depuis_le_debut as stock_15c
        from public.v_mouvements_stock m
       where m.citerne_id = any (v_citernes) and m.date_jour <= p_end_date
       group by m.citerne_id, m.produit_id, m.proprietaire_type, m.date_jour
      window depuis_le_debut as (partition by m.citerne_id, m.produit_id, m.proprietaire_type order by m.date_jour)
    ) jours
   where jours.date_jour >= p_start_date;
  perform set_config('app.stocks_journaliers_allow_write', '', true);

  perform private.journaliser('STOCKS_JOURNALIERS_RECONSTRUITS', 'stocks', 'CRITICAL', null, p_depot_id,
    jsonb_build_object('du', p_start_date, 'au', p_end_date));
end;
$$;

--
-- Name: FUNCTION rebuild_stocks_journaliers(p_depot_id uuid, p_start_date date, p_end_date date); Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON FUNCTION public.rebuild_stocks_journaliers(p_depot_id uuid, p_start_date date, p_end_date date) IS 'Computes the days of a depot again, from its movements (admin). Gives what the rules maintain; logged CRITICAL. Raises ROLE_FORBIDDEN, SECOND_FACTEUR_REQUIS, INTROUVABLE, ISOLATION_INTERDITE, ECRITURES_GELEES.';

--
-- Name: receptions_block_update_delete(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.receptions_block_update_delete() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
begin
  -- The flag alone opens nothing: the writer must also be the table's owner, as the project's functions are.
  if current_setting('app.receptions_allow_write', true) is distinct from '1'
     or not private.possede(tg_relid) then
    perform private.refuser('ECRITURE_INTERDITE', jsonb_build_object('table', tg_table_name, 'verbe', tg_op));
  end if;
  return case tg_op when 'UPDATE' then new when 'DELETE' then old end;
end;
$$;

--
-- Name: FUNCTION receptions_block_update_delete(); Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON FUNCTION public.receptions_block_update_delete() IS 'Refuses every update, delete and truncate of a réception (ECRITURE_INTERDITE), except to the table''s owner in a transaction with app.receptions_allow_write = 1.';

--
-- Name: rejeter_sortie(uuid, text); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.rejeter_sortie(p_id uuid, p_motif text) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  perform private.rejeter_sortie(p_id, p_motif);
end;
$$;

--
-- Name: FUNCTION rejeter_sortie(p_id uuid, p_motif text); Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON FUNCTION public.rejeter_sortie(p_id uuid, p_motif text) IS 'Rejects a draft with a reason of at least 3 characters (admin, directeur, gerant). Raises ROLE_FORBIDDEN, MOTIF_REQUIS, INVALID_ID_OR_STATE, ISOLATION_INTERDITE, ECRITURES_GELEES.';

--
-- Name: rejeter_sortie_lue(uuid, text, integer); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.rejeter_sortie_lue(p_id uuid, p_motif text, p_version integer) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  perform private.rejeter_sortie(p_id, p_motif, coalesce(p_version, 0));
end;
$$;

--
-- Name: FUNCTION rejeter_sortie_lue(p_id uuid, p_motif text, p_version integer); Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON FUNCTION public.rejeter_sortie_lue(p_id uuid, p_motif text, p_version integer) IS 'Rejects a draft as it was read: rejeter_sortie, but refused with VERSION_PERIMEE where its version is no longer p_version. Raises ROLE_FORBIDDEN, MOTIF_REQUIS, INVALID_ID_OR_STATE, VERSION_PERIMEE, ISOLATION_INTERDITE, ECRITURES_GELEES.';

--
-- Name: releve_tiers(text, uuid, text, date, date, timestamp with time zone); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.releve_tiers(p_type text, p_id uuid, p_devise text, p_du date DEFAULT NULL::date, p_au date DEFAULT NULL::date, p_connu_a timestamp with time zone DEFAULT now()) RETURNS TABLE(rang bigint, date_valeur date, type text, reference text, libelle text, debit numeric, credit numeric, solde numeric, devise text, source_type text, source_id uuid)
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  v_sens constant int := case p_type when 'CLIENT' then 1 else -1 end;
  v_report numeric;
begin
  perform private.exiger('lire_comptes');
  -- Whoever is writing in this account has dated their entry, and not committed it yet: wait for them.
  if p_connu_a > clock_timestamp() - interval '1 minute' then
    perform private.attendre_tiers(p_type, p_id);
  end if;
  select v_sens * coalesce(sum(e.debit - e.credit), 0) into v_report from public.ecritures_tiers e
   where e.tiers_type = p_type and e.tiers_id = p_id and e.devise = p_devise
     and e.date_valeur < p_du and e.created_at <= p_connu_a;
  return query
    select 0::bigint, p_du, 'REPORT', null::text, 'Solde reporté', null::numeric, null::numeric, v_report, p_devise,
           null::text, null::uuid
    union all
    (select row_number() over w, e.date_valeur, e.type, e.reference, e.libelle, e.debit, e.credit,
            v_report + v_sens * sum(e.debit - e.credit) over w, e.devise, e.source_type, e.source_id
       from public.ecritures_tiers e
      where e.tiers_type = p_type and e.tiers_id = p_id and e.devise = p_devise
        and (p_du is null or e.date_valeur >= p_du) and (p_au is null or e.date_valeur <= p_au)
        and e.created_at <= p_connu_a
     window w as (order by e.date_valeur, e.ordre rows unbounded preceding)
      order by e.date_valeur, e.ordre);
end;
$$;

--
-- Name: FUNCTION releve_tiers(p_type text, p_id uuid, p_devise text, p_du date, p_au date, p_connu_a timestamp with time zone); Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON FUNCTION public.releve_tiers(p_type text, p_id uuid, p_devise text, p_du date, p_au date, p_connu_a timestamp with time zone) IS 'Statement of an account: the balance before p_du, then each entry with the balance after it, as it was known at p_connu_a (what was written later is not in it). Raises ROLE_FORBIDDEN, ISOLATION_INTERDITE.';

--
-- Name: resoudre_alerte(uuid, text); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.resoudre_alerte(p_id uuid, p_note text DEFAULT NULL::text) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$ select private.deplacer_alerte(p_id, 'RESOLVED', p_note) $$;

--
-- Name: FUNCTION resoudre_alerte(p_id uuid, p_note text); Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON FUNCTION public.resoudre_alerte(p_id uuid, p_note text) IS 'Somebody says an alert is settled (admin, directeur). Raises ROLE_FORBIDDEN, INTROUVABLE, ALERTE_ETAT.';

--
-- Name: revoir_ecart(uuid); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.revoir_ecart(p_id uuid) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  v_ecart public.ecarts;
begin
  perform private.exiger('revoir_ecarts');
  v_ecart := private.ecart_a_traiter(p_id, private.peut('lire_finance'));
  if v_ecart.statut <> 'OUVERT' then
    perform private.refuser('ECART_ETAT', jsonb_build_object('statut', v_ecart.statut));
  end if;
  update public.ecarts e set statut = 'EN_REVUE' where e.id = p_id;
  perform private.journaliser('ECART_EN_REVUE', 'ecarts', 'INFO', p_id, v_ecart.depot_id);
end;
$$;

--
-- Name: FUNCTION revoir_ecart(p_id uuid); Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON FUNCTION public.revoir_ecart(p_id uuid) IS 'Somebody looks into a gap (operateur too). Raises ROLE_FORBIDDEN, INTROUVABLE, ECART_ETAT, ECRITURES_GELEES, ISOLATION_INTERDITE.';

--
-- Name: sorties_produit_block_update_delete(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.sorties_produit_block_update_delete() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
begin
  -- The flag alone opens nothing: the writer must also be the table's owner, as the project's functions are.
  if current_setting('app.sorties_produit_allow_write', true) = '1'
     and private.possede(tg_relid) then
    return case tg_op when 'UPDATE' then new when 'DELETE' then old end;
  end if;
  if tg_op <> 'UPDATE' or old.statut <> 'brouillon' or new.statut <> 'brouillon' then
    perform private.refuser('ECRITURE_INTERDITE', jsonb_build_object('table', tg_table_name, 'verbe', tg_op));
  end if;
  -- A draft may be completed by who wrote it or who may validate it; who wrote it, where it belongs and what the server
  -- computes may not be touched.
  if old.created_by is distinct from auth.uid()
     and not private.peut('valider_sortie')
     and not (auth.uid() is null and private.possede(tg_relid)) then
    perform private.refuser('ROLE_FORBIDDEN', jsonb_build_object('redigee_par', old.created_by));
  end if;
  if new.produit_id is distinct from old.produit_id then
    perform private.refuser('CITERNE_INACTIVE_OR_INCOMPATIBLE', jsonb_build_object('citerne_id', old.citerne_id));
  end if;
  perform private.exiger_actifs(p_client_id => nullif(new.client_id, old.client_id));
  new.id := old.id;
  new.citerne_id := old.citerne_id;
  new.depot_id := old.depot_id;
  new.created_by := old.created_by;
  new.created_at := old.created_at;
  new.version := old.version;
  new.updated_by := old.updated_by;
  new.updated_at := old.updated_at;
  new.validated_by := old.validated_by;
  new.motif_rejet := old.motif_rejet;
  new.vcf := old.vcf;
  new.methode_15c := old.methode_15c;
  new.parametres_15c := old.parametres_15c;
  new.avertissements := old.avertissements;
  new.densite_observee_kgm3 := private.en_kgm3(new.densite_observee_kgm3);
  new.densite_a_15 := private.en_kgm3(new.densite_a_15);
  new.densite_a_15_kgm3 := private.en_kgm3(new.densite_a_15_kgm3);
  new.date_jour := private.jour_au_depot(old.depot_id, new.date_sortie);
  -- Of the two names of one figure, the one that was changed wins.
  if new.volume_corrige_15c is distinct from old.volume_corrige_15c then
    new.volume_15c := new.volume_corrige_15c;
  else
    new.volume_corrige_15c := new.volume_15c;
  end if;
  if new.densite_a_15 is distinct from old.densite_a_15 then
    new.densite_a_15_kgm3 := new.densite_a_15;
  else
    new.densite_a_15 := new.densite_a_15_kgm3;
  end if;
  if new is distinct from old then
    new.version := old.version + 1;
    new.updated_by := auth.uid();
    new.updated_at := now();
  end if;
  return new;
end;
$$;

--
-- Name: FUNCTION sorties_produit_block_update_delete(); Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON FUNCTION public.sorties_produit_block_update_delete() IS 'Refuses every update, delete and truncate of a sortie (ECRITURE_INTERDITE), except completing a draft, by its author or a validator, which counts its version up; or the table''s owner in a transaction with app.sorties_produit_allow_write = 1. Raises ECRITURE_INTERDITE, ROLE_FORBIDDEN, CITERNE_INACTIVE_OR_INCOMPATIBLE, REFERENTIEL_INACTIF.';

--
-- Name: stock_a(date); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.stock_a(p_date date) RETURNS TABLE(depot_id uuid, citerne_id uuid, produit_id uuid, proprietaire_type text, date_jour date, stock_ambiant numeric, stock_15c numeric)
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
  select s.depot_id, s.citerne_id, s.produit_id, s.proprietaire_type, j.date_jour, j.stock_ambiant, j.stock_15c
    from public.stocks_snapshot s
   cross join lateral (
     select v.date_jour, v.stock_ambiant, v.stock_15c from public.stocks_journaliers v
      where v.citerne_id = s.citerne_id and v.produit_id = s.produit_id
        and v.proprietaire_type = s.proprietaire_type and v.date_jour <= p_date
      order by v.date_jour desc limit 1) j
$$;

--
-- Name: FUNCTION stock_a(p_date date); Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON FUNCTION public.stock_a(p_date date) IS 'Stock at the end of a day, litres, by all that is known today; date_jour is the last day that moved it. Tanks without any stock yet have no row.';

--
-- Name: stock_connu_a(date, timestamp with time zone); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.stock_connu_a(p_date date, p_moment timestamp with time zone) RETURNS TABLE(depot_id uuid, citerne_id uuid, proprietaire_type text, stock_ambiant numeric, stock_15c numeric)
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
  with lignes as (
    select l.depot_id, l.details, l.action,
           coalesce(l.details ->> 'date_reception', l.details ->> 'date_jour')::date as date_jour
      from public.log_actions l
     where l.created_at <= p_moment
       -- A line of another system says what it said there: the takeover wrote this database's own beside it.
       and l.details ->> 'reprise' is distinct from 'origine'
       and l.action in ('RECEPTION_CREEE', 'SORTIE_VALIDEE', 'STOCK_AJUSTE', 'RECEPTION_COMPENSEE', 'SORTIE_COMPENSEE',
                        'STOCK_INITIAL_DECLARE', 'TRANSFERT_CREE', 'DILATATION')
  ), mouvements as (
    select l.depot_id, m.citerne_id::uuid as citerne_id, l.details ->> 'proprietaire_type' as proprietaire_type,
           m.signe * coalesce(l.details ->> 'delta_ambiant', l.details ->> 'volume_ambiant')::numeric as delta_ambiant,
           m.signe * coalesce(l.details ->> 'delta_15c', l.details ->> 'volume_15c')::numeric as delta_15c
      from lignes l
     cross join lateral (values
       (case l.action when 'TRANSFERT_CREE' then l.details ->> 'citerne_source_id' else l.details ->> 'citerne_id' end,
        case when l.action in ('SORTIE_VALIDEE', 'TRANSFERT_CREE') then -1 else 1 end),
       (case l.action when 'TRANSFERT_CREE' then l.details ->> 'citerne_destination_id' end, 1)) as m (citerne_id,
       signe)
     where l.date_jour <= p_date and m.citerne_id is not null
  )
  select m.depot_id, m.citerne_id, m.proprietaire_type, sum(m.delta_ambiant), sum(m.delta_15c)
    from mouvements m
   group by 1, 2, 3
$$;

--
-- Name: FUNCTION stock_connu_a(p_date date, p_moment timestamp with time zone); Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON FUNCTION public.stock_connu_a(p_date date, p_moment timestamp with time zone) IS 'What was believed, at a moment, of the stock at the end of a day: from the log, so without what was back-dated after that moment. Litres; only for those who read the log.';

--
-- Name: sync_system_alerts_from_integrity(integer); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.sync_system_alerts_from_integrity(p_limit integer DEFAULT 200) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  v_debut constant timestamptz := clock_timestamp();
  v_faits jsonb;
begin
  if auth.uid() is not null then
    perform private.exiger('tenir_alertes');
  end if;
  -- One at a time: a second one would find the same.
  if not pg_try_advisory_xact_lock(hashtextextended('alertes:sync', 0)) then
    return;
  end if;
  -- The worst first: what lies beyond the limit is neither opened nor resolved.
  select coalesce(jsonb_agg(to_jsonb(f) || jsonb_build_object('rang', f.rang)), '[]') into v_faits
    from (select t.*, row_number() over (order by t.severity, t.check_code, t.entity_type, t.entity_id) as rang
            from private.faits_integrite() t) f;

  update public.system_alerts a
     set presente = false, absente_depuis = now(), status = 'RESOLVED', updated_at = now(),
         resolved_by = case a.status when 'RESOLVED' then a.resolved_by end,
         resolved_at = case a.status when 'RESOLVED' then a.resolved_at else now() end
   where a.presente
     and not exists (select from jsonb_to_recordset(v_faits) f (check_code text, entity_type text, entity_id uuid)
                      where (f.check_code, f.entity_type, f.entity_id) = (a.check_code, a.entity_type, a.entity_id));

  insert into public.system_alerts as a (check_code, entity_type, entity_id, severity, message, payload, depot_id)
  select f.check_code, f.entity_type, f.entity_id, f.severity, f.message, f.payload, f.depot_id
    from jsonb_to_recordset(v_faits) f (check_code text, entity_type text, entity_id uuid, severity text, message text,
                                        payload jsonb, depot_id uuid, rang bigint)
   where f.rang <= p_limit
  on conflict (check_code, entity_type, entity_id) do update
     set presente = true, absente_depuis = null, last_detected_at = now(), updated_at = now(),
         occurrences = a.occurrences + case when a.presente then 0 else 1 end,
         severity = excluded.severity, message = excluded.message, payload = excluded.payload,
         depot_id = excluded.depot_id,
         (status, acknowledged_by, acknowledged_at, resolved_by, resolved_at) = (
           select case when r.rouverte then 'OPEN' else a.status end,
                  case when not r.rouverte then a.acknowledged_by end, case when not r.rouverte then a.acknowledged_at
                    end,
                  case when not r.rouverte then a.resolved_by end, case when not r.rouverte then a.resolved_at end
             -- What somebody resolved while it lasts stays so, until it is worse, comes back, or a day or a week has
             -- gone.
             from (select a.status = 'RESOLVED' and (not a.presente or excluded.severity < a.severity
                     or a.resolved_at < now() - case excluded.severity when 'CRITICAL' then interval '24 hours'
                                                                       else interval '7 days' end) as rouverte) r);
  perform private.noter_passage('alertes', v_debut);
end;
$$;

--
-- Name: FUNCTION sync_system_alerts_from_integrity(p_limit integer); Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON FUNCTION public.sync_system_alerts_from_integrity(p_limit integer) IS 'What the checks find becomes alerts: new ones open, those gone are resolved, those back open again; p_limit at most, the worst first. One at a time, and without effect where nothing has changed (admin, directeur; every minute by itself). Raises ROLE_FORBIDDEN.';

--
-- Name: tete_journal(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.tete_journal() RETURNS TABLE(bloc bigint, empreinte text, scelle_le timestamp with time zone, lignes_scellees bigint, lignes_en_attente bigint)
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  perform private.exiger('verifier_journal');
  return query
  select e.bloc, e.empreinte, e.scelle_le,
         (select coalesce(sum(cardinality(b.lignes)), 0)::bigint from private.blocs_journal b), e.lignes_en_attente
    from private.etat_scellement() e;
end;
$$;

--
-- Name: FUNCTION tete_journal(); Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON FUNCTION public.tete_journal() IS 'Head of the sealed log (admin, directeur): last block, its hash, how many lines are sealed and how many are not yet. Noted outside the database, number and hash prove later that nothing before them was touched. bloc is null before the first sealing. Raises ROLE_FORBIDDEN.';

--
-- Name: traiter_ecart(uuid, text, text, text, numeric); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.traiter_ecart(p_id uuid, p_cause text, p_decision text, p_justification text, p_impact_usd numeric DEFAULT NULL::numeric) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  v_ecart public.ecarts;
begin
  perform private.exiger('traiter_ecarts');
  if p_decision = 'ANNULER' then
    perform private.exiger('annuler_ecarts');
  end if;
  perform private.exiger_motif(p_justification, 10);
  v_ecart := private.ecart_a_traiter(p_id, private.peut('lire_finance'));
  if coalesce(p_impact_usd, v_ecart.impact_usd, 0) <> 0 and v_ecart.created_by = auth.uid() then
    perform private.exiger_quatre_yeux(v_ecart.created_by);
  end if;
  update public.ecarts e
     set cause = p_cause, decision = p_decision, justification = private.texte_net(p_justification),
         impact_usd = coalesce(p_impact_usd, e.impact_usd),
         statut = case p_decision when 'LITIGE' then 'LITIGE' else 'TRAITE' end,
         traite_par = case when p_decision <> 'LITIGE' then auth.uid() end,
         traite_le = case when p_decision <> 'LITIGE' then now() end
   where e.id = p_id;
  perform private.journaliser(case p_decision when 'LITIGE' then 'ECART_LITIGE' else 'ECART_TRAITE' end, 'ecarts',
    case p_decision when 'ANNULER' then 'WARNING' else 'INFO' end, p_id, v_ecart.depot_id,
    jsonb_build_object('cause', p_cause, 'decision', p_decision, 'justification', p_justification, 'impact_usd',
      p_impact_usd,
      'avant', to_jsonb(v_ecart)));
end;
$$;

--
-- Name: FUNCTION traiter_ecart(p_id uuid, p_cause text, p_decision text, p_justification text, p_impact_usd numeric); Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON FUNCTION public.traiter_ecart(p_id uuid, p_cause text, p_decision text, p_justification text, p_impact_usd numeric) IS 'Says what a gap is and what becomes of it (admin, directeur, gerant of its depot, or finance; ANNULER: admin); LITIGE leaves it open. Raises ROLE_FORBIDDEN, MOTIF_REQUIS, INTROUVABLE, ECART_ETAT, QUATRE_YEUX, ECRITURES_GELEES, ISOLATION_INTERDITE.';

--
-- Name: validate_reception(uuid); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.validate_reception(p_reception_id uuid) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
begin
  perform private.exiger('ecrire_reception');
  if not exists (select from public.receptions r where r.id = p_reception_id and r.statut = 'validee'
                 and r.depot_id = any (private.depots_visibles())) then
    perform private.refuser('INVALID_ID_OR_STATE', jsonb_build_object('id', p_reception_id), 404);
  end if;
end;
$$;

--
-- Name: FUNCTION validate_reception(p_reception_id uuid); Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON FUNCTION public.validate_reception(p_reception_id uuid) IS 'Kept for older clients: a réception is validated when it is inserted, so this changes nothing. Raises ROLE_FORBIDDEN, INVALID_ID_OR_STATE.';

--
-- Name: validate_sortie(uuid); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.validate_sortie(p_id uuid) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public'
    AS $$
begin
  -- With this search_path a caller's temporary objects would come first: the name below says its schema.
  perform private.valider_sortie(p_id);
end;
$$;

--
-- Name: FUNCTION validate_sortie(p_id uuid); Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON FUNCTION public.validate_sortie(p_id uuid) IS 'Validates a draft (admin, directeur, gerant): locks it and the tank, checks everything, debits snapshot and days, logs SORTIE_VALIDEE. Raises ROLE_FORBIDDEN, INVALID_ID_OR_STATE, BENEFICIAIRE_REQUIRED, PARTENAIRE_REQUIS, CITERNE_INACTIVE_OR_INCOMPATIBLE, REFERENTIEL_INACTIF, DATE_FUTURE, INDICES_MANQUANTS, INDEX_INCOHERENTS, VOLUME_AMBIANT_NON_POSITIF, MESURES_INCOHERENTES, TEMPERATURE_REQUISE, TEMPERATURE_HORS_PLAGE, DENSITE_OBSERVEE_REQUISE, DENSITE_HORS_PRODUIT, ASTM_HORS_DOMAINE, VOLUME_15C_INCOHERENT, VOLUME_TROP_PETIT, SNAPSHOT_VIDE, SORTIE_STOCK_INTROUVABLE, INSUFFICIENT_STOCK, SORTIE_CAPACITE_SECURITE, STOCK_FUTUR_NEGATIF, ECRITURES_GELEES, ISOLATION_INTERDITE.';

--
-- Name: valider_facture_fournisseur(uuid, text); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.valider_facture_fournisseur(p_id uuid, p_justification text DEFAULT NULL::text) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
  v_facture public.fournisseur_facture_lot_min;
begin
  perform private.exiger('ecrire_factures_fournisseur');
  v_facture := private.facture_a_changer(p_id, 'CALCULEE');
  perform private.exiger_quatre_yeux(v_facture.created_by);
  -- Nobody corrects a réception between the comparison and the debt.
  perform private.verrouiller_tiers('FOURNISSEUR', v_facture.fournisseur_id);
  perform private.verrouiller_citernes(variadic array(
    select distinct r.citerne_id from public.receptions r
      join public.factures_fournisseur_receptions f on f.reception_id = r.id where f.facture_id = p_id));
  perform private.exiger_facture_validable(v_facture, p_justification);
  perform private.passer_facture(v_facture, p_justification);
  update public.fournisseur_lot l set statut = 'facture' where l.id = v_facture.fournisseur_lot_id
    and l.statut = 'cloture';
  perform private.journaliser('FACTURE_VALIDEE', 'factures_fournisseur', 'INFO', p_id, null, jsonb_build_object(
    'montant_total_usd', v_facture.montant_total_usd, 'justification', p_justification));
end;
$$;

--
-- Name: FUNCTION valider_facture_fournisseur(p_id uuid, p_justification text); Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON FUNCTION public.valider_facture_fournisseur(p_id uuid, p_justification text) IS 'The invoice becomes a debt, and its closed lot invoiced. Raises ROLE_FORBIDDEN, REFERENTIEL_INACTIF, DENSITE_OBSERVEE_REQUISE, TEMPERATURE_REQUISE, ASTM_HORS_DOMAINE, ISOLATION_INTERDITE, ECRITURE_INTERDITE, MOTIF_REQUIS, INTROUVABLE, ECRITURES_GELEES, LOT_EXISTANT, LOT_STATUT_INVALIDE, LOT_TRANSITION_INTERDITE, LOT_NON_OUVERT, LOT_NON_VIDE, DEPOT_SANS_CODE, FACTURE_ETAT, LOT_NON_CLOTURE, FACTURE_ECARTS_OUVERTS, FACTURE_CAMIONS_EN_ROUTE, FACTURE_PERIMEE, QUATRE_YEUX.';

--
-- Name: valider_sortie_lue(uuid, integer); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.valider_sortie_lue(p_id uuid, p_version integer) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  -- Versions begin at 1: one that was not read is no version at all.
  perform private.valider_sortie(p_id, coalesce(p_version, 0));
end;
$$;

--
-- Name: FUNCTION valider_sortie_lue(p_id uuid, p_version integer); Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON FUNCTION public.valider_sortie_lue(p_id uuid, p_version integer) IS 'Validates a draft as it was read: validate_sortie, but refused with VERSION_PERIMEE where its version is no longer p_version. Raises VERSION_PERIMEE, and what validate_sortie raises.';

--
-- Name: verifier_journal(bigint, text); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.verifier_journal(p_bloc bigint DEFAULT NULL::bigint, p_empreinte text DEFAULT NULL::text) RETURNS TABLE(probleme text, bloc bigint, ligne_id uuid, constat jsonb)
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
  perform private.exiger('verifier_journal');
  return query select * from private.controler_journal(p_bloc, p_empreinte);
end;
$$;

--
-- Name: FUNCTION verifier_journal(p_bloc bigint, p_empreinte text); Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON FUNCTION public.verifier_journal(p_bloc bigint, p_empreinte text) IS 'Every sign that the log was tampered with, or could be unseen (admin, directeur); no row: none. probleme: LIGNE_ALTEREE, LIGNE_SUPPRIMEE, LIGNE_INSEREE (ligne_id says which, constat what it is now), BLOC_ALTERE, BLOC_SUPPRIME, CHAINE_ROMPUE; and that it is not sealed as it should be: JAMAIS_SCELLE, SCELLEMENT_EN_RETARD (lines that wait for longer than private.patience_scellement; constat how many, since when). With a head noted elsewhere (number and hash of a block, see tete_journal), also whether that block is still in the chain: BLOC_SUPPRIME, CHAINE_REFAITE (constat says of a restore since, from what and why). Raises ROLE_FORBIDDEN.';

--
-- Name: verifier_mouvements(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.verifier_mouvements() RETURNS TABLE(probleme text, mouvement_type text, mouvement_id uuid, ligne_id uuid, constat jsonb)
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET work_mem TO '64MB'
    AS $_$
declare
  v_trace record;
begin
  -- Whoever is not shown the lines would take every movement for one without.
  if row_security_active('public.log_actions'::regclass) then
    perform private.exiger_lecteur_journal();
  end if;
  for v_trace in select * from private.mouvements_traces() loop
    return query execute format($sql$
      with lignes as materialized (
        -- A line of another system says what it said there: the takeover wrote this database's own beside it.
        select l.id, coalesce((l.details ->> 'id')::uuid, l.cible_id) as de, l.details
          from public.log_actions l
         where l.action = any ($1) and l.details ->> 'reprise' is distinct from 'origine'
      ), compares as (
        -- What the line says, as a row: an older line that said less is held to what it said.
        select coalesce(t.id, l.de) as id, l.id as ligne_id, to_jsonb(t) as est,
               to_jsonb(jsonb_populate_record(t, l.details)) as dit
          from %s t full join lignes l on l.de = t.id
      ), juges as (
        select case when c.est is null then 'SANS_MOUVEMENT'
                    when c.ligne_id is null then 'SANS_LIGNE'
                    when c.est <> c.dit then 'MOUVEMENT_ALTERE'
                    when count(*) over (partition by c.id) > 1 then 'PLUSIEURS_LIGNES' end as probleme, c.*
          from compares c
         where c.ligne_id is not null or coalesce(c.est ->> 'statut', 'validee') = 'validee'
      )
      select j.probleme, $2, j.id, j.ligne_id,
             case when j.probleme = 'MOUVEMENT_ALTERE' then (
                    select jsonb_object_agg(e.key, jsonb_build_object('dit', j.dit -> e.key, 'est', e.value))
                      from jsonb_each(j.est) e where e.value is distinct from j.dit -> e.key)
                  else coalesce(j.est, j.dit) end
        from juges j where j.probleme is not null$sql$, v_trace.dans)
      using v_trace.actions, v_trace.mouvement_type;
  end loop;
end;
$_$;

--
-- Name: FUNCTION verifier_mouvements(); Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON FUNCTION public.verifier_mouvements() IS 'Every movement and dip that no longer says what its line of the log said when it was validated, among what the caller sees (admin, directeur, pca; gerant: their depot); no row: none. probleme: MOUVEMENT_ALTERE (constat: each column, what the line said and what the row is), SANS_LIGNE (validated without a line), SANS_MOUVEMENT (a line whose row is gone), PLUSIEURS_LIGNES. The lines themselves are proved by verifier_journal. Raises ROLE_FORBIDDEN.';

--
-- Name: verifier_stocks(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.verifier_stocks() RETURNS TABLE(probleme text, citerne_id uuid, produit_id uuid, proprietaire_type text, date_jour date, attendu_ambiant numeric, trouve_ambiant numeric, attendu_15c numeric, trouve_15c numeric)
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
  with par_jour as materialized (
    select m.citerne_id, m.produit_id, m.proprietaire_type, m.date_jour,
           sum(m.delta_ambiant) as ambiant, sum(m.delta_15c) as a_15c,
           coalesce(sum(m.delta_ambiant) filter (where m.mouvement_type = 'AJUSTEMENT'), 0) as ajuste_ambiant,
           coalesce(sum(m.delta_15c) filter (where m.mouvement_type = 'AJUSTEMENT'), 0) as ajuste_15c
      from public.v_mouvements_stock m
     group by 1, 2, 3, 4
  ), total as (
    select p.citerne_id, p.produit_id, p.proprietaire_type, sum(p.ambiant) as ambiant, sum(p.a_15c) as a_15c,
           sum(p.ajuste_ambiant) as ajuste_ambiant, sum(p.ajuste_15c) as ajuste_15c
      from par_jour p group by 1, 2, 3
  ), cumul as (
    select p.citerne_id, p.produit_id, p.proprietaire_type, p.date_jour,
           sum(p.ambiant) over depuis_le_debut as ambiant, sum(p.a_15c) over depuis_le_debut as a_15c
      from par_jour p
    window depuis_le_debut as (partition by p.citerne_id, p.produit_id, p.proprietaire_type order by p.date_jour)
  )
  select 'STOCK', citerne_id, produit_id, proprietaire_type, null::date,
         t.ambiant, s.stock_ambiant, t.a_15c, s.stock_15c
    from total t full join public.stocks_snapshot s using (citerne_id, produit_id, proprietaire_type)
   where (t.ambiant, t.a_15c) is distinct from (s.stock_ambiant, s.stock_15c)
  union all
  select 'AJUSTEMENTS', citerne_id, produit_id, proprietaire_type, null,
         t.ajuste_ambiant, s.delta_ambiant_total, t.ajuste_15c, s.delta_15c_total
    from total t join public.stocks_snapshot s using (citerne_id, produit_id, proprietaire_type)
   where (t.ajuste_ambiant, t.ajuste_15c) is distinct from (s.delta_ambiant_total, s.delta_15c_total)
  union all
  select 'DERNIER_JOUR', s.citerne_id, s.produit_id, s.proprietaire_type, s.dernier_jour, null, null, null, null
    from public.stocks_snapshot s
   where s.dernier_jour is distinct from (
     select max(j.date_jour) from public.stocks_journaliers j
      where j.citerne_id = s.citerne_id and j.produit_id = s.produit_id and j.proprietaire_type = s.proprietaire_type)
  union all
  select 'JOUR', citerne_id, produit_id, proprietaire_type, date_jour,
         c.ambiant, j.stock_ambiant, c.a_15c, j.stock_15c
    from cumul c full join public.stocks_journaliers j using (citerne_id, produit_id, proprietaire_type, date_jour)
   where (c.ambiant, c.a_15c) is distinct from (j.stock_ambiant, j.stock_15c)
  union all
  select 'NEGATIF', c.citerne_id, c.produit_id, c.proprietaire_type, c.date_jour, c.ambiant, null, c.a_15c, null
    from cumul c where c.ambiant < 0 or c.a_15c < 0
  union all
  select 'DILATATION', d.citerne_id, d.produit_id, d.proprietaire_type, d.date_jour, null, d.delta_ambiant, null, null
    from public.dilatations d
   where not exists (select from public.v_mouvements_stock m
                      where m.mouvement_type = d.mouvement_type and m.mouvement_id = d.mouvement_id and m.delta_15c < 0
                        and (m.citerne_id, m.produit_id, m.proprietaire_type)
                            = (d.citerne_id, d.produit_id, d.proprietaire_type))
  union all
  select distinct 'CITERNE', r.citerne_id, r.produit_id, r.proprietaire_type, r.date_jour, null::numeric, null::numeric,
    null::numeric, null::numeric
    from (select m.citerne_id, m.produit_id, m.depot_id, m.proprietaire_type, m.date_jour
      from public.v_mouvements_stock m
          union all
          select s.citerne_id, s.produit_id, s.depot_id, s.proprietaire_type, null from public.stocks_snapshot s
          union all
          select j.citerne_id, j.produit_id, j.depot_id, j.proprietaire_type, j.date_jour
            from public.stocks_journaliers j) r
    join public.citernes c on c.id = r.citerne_id
   where (r.produit_id, r.depot_id) is distinct from (c.produit_id, c.depot_id)
$$;

--
-- Name: FUNCTION verifier_stocks(); Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON FUNCTION public.verifier_stocks() IS 'Every disagreement between movements, snapshot, journal and adjustments, among what the caller sees; no row: all is well. Litres. CITERNE: a movement or a stock says another product or depot than its tank.';

--
-- Name: etats_schema; Type: TABLE; Schema: private; Owner: -
--

CREATE TABLE private.etats_schema (
    empreinte text NOT NULL,
    nom text NOT NULL,
    faits jsonb,
    note_le timestamp with time zone NOT NULL,
    CONSTRAINT etats_schema_nom_check CHECK ((btrim(nom) <> ''::text))
);

--
-- Name: TABLE etats_schema; Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON TABLE private.etats_schema IS 'States this database has been brought to, one row each: the last noted is the one it should still be in.';

--
-- Name: COLUMN etats_schema.empreinte; Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON COLUMN private.etats_schema.empreinte IS 'private.empreinte() when it was there.';

--
-- Name: COLUMN etats_schema.nom; Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON COLUMN private.etats_schema.nom IS 'What brought it: a migration''s name, or supabase/schemas.';

--
-- Name: COLUMN etats_schema.faits; Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON COLUMN private.etats_schema.faits IS 'Of the last state only: each object, with the MD5 of its fact.';

--
-- Name: idempotence; Type: TABLE; Schema: private; Owner: -
--

CREATE TABLE private.idempotence (
    user_id uuid NOT NULL,
    cle text NOT NULL,
    empreinte bytea NOT NULL,
    statut_http integer,
    reponse json,
    role text NOT NULL,
    depots uuid[] NOT NULL,
    habilitations text[] DEFAULT '{}'::text[] NOT NULL,
    second_facteur boolean DEFAULT false NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT idempotence_cle_check CHECK (((char_length(cle) >= 1) AND (char_length(cle) <= 255)))
);

--
-- Name: TABLE idempotence; Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON TABLE private.idempotence IS 'First answer to each Idempotency-Key of each user: 30 days, and the last 5 000 of a person (private.purger_idempotence).';

--
-- Name: COLUMN idempotence.empreinte; Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON COLUMN private.idempotence.empreinte IS 'SHA-256 of method, path, version read and body: the same key with another request is refused.';

--
-- Name: COLUMN idempotence.statut_http; Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON COLUMN private.idempotence.statut_http IS 'HTTP status of the first answer; null while its transaction is open.';

--
-- Name: COLUMN idempotence.reponse; Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON COLUMN private.idempotence.reponse IS 'Kept as text is, so that the answer is the same to the byte.';

--
-- Name: COLUMN idempotence.role; Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON COLUMN private.idempotence.role IS 'Role of the person when they were answered.';

--
-- Name: COLUMN idempotence.depots; Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON COLUMN private.idempotence.depots IS 'Depots they saw when they were answered.';

--
-- Name: COLUMN idempotence.habilitations; Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON COLUMN private.idempotence.habilitations IS 'What they might do beside their role when they were answered.';

--
-- Name: COLUMN idempotence.second_facteur; Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON COLUMN private.idempotence.second_facteur IS 'Whether their session had been raised to aal2.';

--
-- Name: interventions; Type: TABLE; Schema: private; Owner: -
--

CREATE TABLE private.interventions (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    nom text NOT NULL,
    reference text NOT NULL,
    ouverte_le timestamp with time zone DEFAULT now() NOT NULL,
    close_le timestamp with time zone,
    etape text,
    par text,
    version integer DEFAULT 1 NOT NULL,
    contenu jsonb NOT NULL
);

--
-- Name: TABLE interventions; Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON TABLE private.interventions IS 'Interventions of the operators on this database, beside the freeze they declare: whoever continues one from another machine finds it here. A restore keeps them, for they are of this database and of now. Written by the owner only.';

--
-- Name: COLUMN interventions.reference; Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON COLUMN private.interventions.reference IS 'Project it was made on: a copy of the database elsewhere has none of its own.';

--
-- Name: COLUMN interventions.etape; Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON COLUMN private.interventions.etape IS 'Last step that was run.';

--
-- Name: COLUMN interventions.par; Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON COLUMN private.interventions.par IS 'Account and machine that ran it.';

--
-- Name: COLUMN interventions.version; Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON COLUMN private.interventions.version IS 'Of how many writings this is the state: who has read an older one writes nothing.';

--
-- Name: COLUMN interventions.contenu; Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON COLUMN private.interventions.contenu IS 'What each step saw, as its evidence says.';

--
-- Name: lettrages; Type: TABLE; Schema: private; Owner: -
--

CREATE TABLE private.lettrages (
    id uuid DEFAULT private.nouvel_id() NOT NULL,
    debit_id uuid NOT NULL,
    credit_id uuid NOT NULL,
    montant numeric(18,2) NOT NULL,
    annule_id uuid,
    created_by uuid,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT lettrages_check CHECK (((annule_id IS NOT NULL) = (montant < (0)::numeric))),
    CONSTRAINT lettrages_montant_check CHECK (((montant <> (0)::numeric) AND (abs(montant) < '10000000000000'::numeric)))
);

--
-- Name: TABLE lettrages; Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON TABLE private.lettrages IS 'Which debit settles which credit, and of how much. Taken back by the opposite row (annule_id). Immutable.';

--
-- Name: limites; Type: TABLE; Schema: private; Owner: -
--

CREATE TABLE private.limites (
    route text NOT NULL,
    par_minute integer NOT NULL,
    CONSTRAINT limites_par_minute_check CHECK ((par_minute > 0))
);

--
-- Name: TABLE limites; Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON TABLE private.limites IS 'Requests a minute that one user may send to one door. The longest route that fits counts: "POST sorties/", or its method alone.';

--
-- Name: COLUMN limites.route; Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON COLUMN private.limites.route IS 'Method, space, function and path as its act declares it ("POST sorties/:id/valider"), or a method.';

--
-- Name: limites_compteurs; Type: TABLE; Schema: private; Owner: -
--

CREATE UNLOGGED TABLE private.limites_compteurs (
    user_id uuid NOT NULL,
    route text NOT NULL,
    minute timestamp with time zone NOT NULL,
    nombre integer NOT NULL
)
WITH (fillfactor='50');

--
-- Name: TABLE limites_compteurs; Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON TABLE private.limites_compteurs IS 'Requests of a user to a door in the last minute they sent any.';

--
-- Name: COLUMN limites_compteurs.minute; Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON COLUMN private.limites_compteurs.minute IS 'Start of the minute that is counted.';

--
-- Name: numeros; Type: TABLE; Schema: private; Owner: -
--

CREATE TABLE private.numeros (
    depot_id uuid NOT NULL,
    serie text NOT NULL,
    exercice integer NOT NULL,
    numero bigint NOT NULL,
    objet_id uuid NOT NULL,
    emis_le timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT numeros_numero_check CHECK ((numero > 0))
);

--
-- Name: TABLE numeros; Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON TABLE private.numeros IS 'Every number issued, and the document that has it. Immutable.';

--
-- Name: passages; Type: TABLE; Schema: private; Owner: -
--

CREATE TABLE private.passages (
    nom text NOT NULL,
    le timestamp with time zone NOT NULL,
    duree interval NOT NULL
);

--
-- Name: TABLE passages; Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON TABLE private.passages IS 'When each pass of the checks last ended, and how long it took.';

--
-- Name: refus; Type: TABLE; Schema: private; Owner: -
--

CREATE TABLE private.refus (
    code text NOT NULL,
    statut_http integer NOT NULL,
    phrase text NOT NULL,
    sens text NOT NULL,
    conduite text NOT NULL,
    CONSTRAINT refus_conduite_check CHECK ((btrim(conduite) <> ''::text)),
    CONSTRAINT refus_sens_check CHECK ((btrim(sens) <> ''::text)),
    CONSTRAINT refus_statut_http_check CHECK (((statut_http >= 400) AND (statut_http <= 499)))
);

--
-- Name: TABLE refus; Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON TABLE private.refus IS 'Every refusal of a rule. Its rows are in donnees/011_refus.sql; the doors publish them at functions/v1/ops/codes.';

--
-- Name: COLUMN refus.statut_http; Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON COLUMN private.refus.statut_http IS 'HTTP status carried by the SQLSTATE PTnnn.';

--
-- Name: COLUMN refus.phrase; Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON COLUMN private.refus.phrase IS 'What a clerk reads. {name} is replaced by the value of that name in the detail.';

--
-- Name: COLUMN refus.sens; Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON COLUMN private.refus.sens IS 'What the code means, for whoever looks it up.';

--
-- Name: COLUMN refus.conduite; Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON COLUMN private.refus.conduite IS 'What to do about it.';

--
-- Name: series; Type: TABLE; Schema: private; Owner: -
--

CREATE TABLE private.series (
    depot_id uuid NOT NULL,
    serie text NOT NULL,
    exercice integer NOT NULL,
    dernier bigint DEFAULT 0 NOT NULL,
    CONSTRAINT series_dernier_check CHECK ((dernier >= 0)),
    CONSTRAINT series_exercice_check CHECK (((exercice >= 2000) AND (exercice <= 2999))),
    CONSTRAINT series_serie_check CHECK ((serie ~ '^[A-Z]{2,4}$'::text))
);

--
-- Name: TABLE series; Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON TABLE private.series IS 'Last number issued of each series, a depot and a year.';

--
-- Name: COLUMN series.depot_id; Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON COLUMN private.series.depot_id IS 'Depot whose series it is; the nil UUID: the company''s.';

--
-- Name: series_trous; Type: TABLE; Schema: private; Owner: -
--

CREATE TABLE private.series_trous (
    depot_id uuid NOT NULL,
    serie text NOT NULL,
    exercice integer NOT NULL,
    de bigint NOT NULL,
    a bigint NOT NULL,
    motif text NOT NULL,
    par uuid NOT NULL,
    le timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT series_trous_check CHECK (((0 < de) AND (de <= a)))
);

--
-- Name: TABLE series_trous; Type: COMMENT; Schema: private; Owner: -
--

COMMENT ON TABLE private.series_trous IS 'Numbers, from de to a, that this database has no document for, and why: those printed before it was restored from an older backup. Immutable.';

--
-- Name: alertes_evenements; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.alertes_evenements (
    id uuid DEFAULT private.nouvel_id() NOT NULL,
    ordre bigint NOT NULL,
    alerte_id uuid NOT NULL,
    type text NOT NULL,
    par uuid,
    note text,
    depot_id uuid,
    le timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT alertes_evenements_note_check2000 CHECK ((char_length(note) <= 2000)),
    CONSTRAINT alertes_evenements_note_lisible CHECK (((private.texte_lisible(note, true) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'note'::text))),
    CONSTRAINT alertes_evenements_type_check CHECK ((type = ANY (ARRAY['OPEN'::text, 'ACK'::text, 'RESOLVED'::text, 'REOPEN'::text])))
);

--
-- Name: TABLE alertes_evenements; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.alertes_evenements IS 'What happened to each alert, in order. Append-only.';

--
-- Name: COLUMN alertes_evenements.par; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.alertes_evenements.par IS 'Who; null for the system.';

--
-- Name: COLUMN alertes_evenements.depot_id; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.alertes_evenements.depot_id IS 'Depot of its alert, so that a policy asks nothing row by row.';

--
-- Name: alertes_evenements_ordre_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.alertes_evenements ALTER COLUMN ordre ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.alertes_evenements_ordre_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

--
-- Name: app_settings; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.app_settings (
    key text NOT NULL,
    value text NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT app_settings_check CHECK (((key <> 'env'::text) OR (value = ANY (ARRAY['local'::text, 'staging'::text, 'prod'::text])))),
    CONSTRAINT app_settings_gel_check CHECK (((key <> 'gel_ecritures'::text) OR ((((value)::jsonb ->> 'operateur'::text))::uuid IS NOT NULL))),
    CONSTRAINT app_settings_key_check2000 CHECK ((char_length(key) <= 2000)),
    CONSTRAINT app_settings_key_lisible CHECK (((private.texte_lisible(key, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'key'::text))),
    CONSTRAINT app_settings_value_check2000 CHECK ((char_length(value) <= 2000)),
    CONSTRAINT app_settings_value_lisible CHECK (((private.texte_lisible(value, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'value'::text)))
);

--
-- Name: TABLE app_settings; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.app_settings IS 'Settings of this database. env is local, staging or prod.';

--
-- Name: clients; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.clients (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    nom text NOT NULL,
    actif boolean DEFAULT true NOT NULL,
    contact_personne text,
    email text,
    telephone text,
    adresse text,
    pays text,
    note_supplementaire text,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT clients_adresse_check2000 CHECK ((char_length(adresse) <= 2000)),
    CONSTRAINT clients_adresse_lisible CHECK (((private.texte_lisible(adresse, true) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'adresse'::text))),
    CONSTRAINT clients_contact_personne_check2000 CHECK ((char_length(contact_personne) <= 2000)),
    CONSTRAINT clients_contact_personne_lisible CHECK (((private.texte_lisible(contact_personne, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'contact_personne'::text))),
    CONSTRAINT clients_created_at_possible CHECK (((private.date_possible(created_at) IS NOT FALSE) OR private.refuser_valeur('DATE_IMPOSSIBLE'::text, 'created_at'::text))),
    CONSTRAINT clients_email_check2000 CHECK ((char_length(email) <= 2000)),
    CONSTRAINT clients_email_lisible CHECK (((private.texte_lisible(email, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'email'::text))),
    CONSTRAINT clients_nom_check CHECK ((private.nom_lisible(nom) OR private.refuser_valeur('NOM_INVALIDE'::text, 'nom'::text))),
    CONSTRAINT clients_nom_check2000 CHECK ((char_length(nom) <= 2000)),
    CONSTRAINT clients_nom_lisible CHECK (((private.texte_lisible(nom, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'nom'::text))),
    CONSTRAINT clients_note_supplementaire_check2000 CHECK ((char_length(note_supplementaire) <= 2000)),
    CONSTRAINT clients_note_supplementaire_lisible CHECK (((private.texte_lisible(note_supplementaire, true) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'note_supplementaire'::text))),
    CONSTRAINT clients_pays_check2000 CHECK ((char_length(pays) <= 2000)),
    CONSTRAINT clients_pays_lisible CHECK (((private.texte_lisible(pays, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'pays'::text))),
    CONSTRAINT clients_telephone_check2000 CHECK ((char_length(telephone) <= 2000)),
    CONSTRAINT clients_telephone_lisible CHECK (((private.texte_lisible(telephone, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'telephone'::text)))
);

--
-- Name: TABLE clients; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.clients IS 'Who buys fuel.';

--
-- Name: COLUMN clients.actif; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.clients.actif IS 'False: no new act names them.';

--
-- Name: profils; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.profils (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    user_id uuid NOT NULL,
    nom_complet text,
    role text NOT NULL,
    depot_id uuid,
    email text,
    habilitations text[] DEFAULT '{}'::text[] NOT NULL,
    desactive_le timestamp with time zone,
    desactive_par uuid,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT profils_created_at_possible CHECK (((private.date_possible(created_at) IS NOT FALSE) OR private.refuser_valeur('DATE_IMPOSSIBLE'::text, 'created_at'::text))),
    CONSTRAINT profils_desactive_le_possible CHECK (((private.date_possible(desactive_le) IS NOT FALSE) OR private.refuser_valeur('DATE_IMPOSSIBLE'::text, 'desactive_le'::text))),
    CONSTRAINT profils_email_check2000 CHECK ((char_length(email) <= 2000)),
    CONSTRAINT profils_email_lisible CHECK (((private.texte_lisible(email, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'email'::text))),
    CONSTRAINT profils_habilitations_check CHECK ((habilitations <@ '{finance,caisse}'::text[])),
    CONSTRAINT profils_nom_complet_check2000 CHECK ((char_length(nom_complet) <= 2000)),
    CONSTRAINT profils_nom_complet_lisible CHECK (((private.texte_lisible(nom_complet, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'nom_complet'::text))),
    CONSTRAINT profils_role_check CHECK ((role = ANY (ARRAY['admin'::text, 'directeur'::text, 'gerant'::text, 'operateur'::text, 'pca'::text, 'lecture'::text])))
);

--
-- Name: TABLE profils; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.profils IS 'What a signed-in user may be. No row here: nothing is allowed.';

--
-- Name: COLUMN profils.role; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.profils.role IS 'admin, directeur, gerant, operateur, pca or lecture: see the access matrix in docs/architecture.md.';

--
-- Name: COLUMN profils.depot_id; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.profils.depot_id IS 'The only depot that gerant, operateur and lecture see.';

--
-- Name: COLUMN profils.habilitations; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.profils.habilitations IS 'What this person may do beside their role, inside the depots it sees: finance, caisse. Given by an admin, never by oneself.';

--
-- Name: COLUMN profils.desactive_le; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.profils.desactive_le IS 'Since when this person is shut out, however valid their token; null while they are not.';

--
-- Name: COLUMN profils.desactive_par; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.profils.desactive_par IS 'Who shut them out; null for the system. Not a foreign key, as in the log.';

--
-- Name: current_user_profile; Type: VIEW; Schema: public; Owner: -
--

CREATE VIEW public.current_user_profile WITH (security_invoker='true') AS
 SELECT id,
    user_id,
    nom_complet,
    role,
    depot_id,
    email,
    created_at
   FROM public.profils p
  WHERE (user_id = ( SELECT auth.uid() AS uid));

--
-- Name: VIEW current_user_profile; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON VIEW public.current_user_profile IS 'Profile of the calling user: one row, or none.';

--
-- Name: dilatations; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.dilatations (
    id uuid DEFAULT private.nouvel_id() NOT NULL,
    mouvement_type text NOT NULL,
    mouvement_id uuid NOT NULL,
    citerne_id uuid NOT NULL,
    produit_id uuid NOT NULL,
    depot_id uuid NOT NULL,
    proprietaire_type text NOT NULL,
    delta_ambiant numeric(15,3) NOT NULL,
    date_jour date NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT dilatations_date_jour_check CHECK ((date_jour >= '2020-01-01'::date)),
    CONSTRAINT dilatations_delta_ambiant_check CHECK (((delta_ambiant <> (0)::numeric) AND (abs(delta_ambiant) < '1000000000'::numeric))),
    CONSTRAINT dilatations_mouvement_type_check CHECK ((mouvement_type = ANY (ARRAY['SORTIE'::text, 'TRANSFERT'::text]))),
    CONSTRAINT dilatations_proprietaire_type_check CHECK ((proprietaire_type = ANY (ARRAY['MONALUXE'::text, 'PARTENAIRE'::text])))
);

--
-- Name: TABLE dilatations; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.dilatations IS 'Litres as measured that a tank''s fuel gained (negative: lost) by its temperature, booked with the movement that showed it; no litre at 15 °C moves. Written by private.debiter_citerne only. Immutable.';

--
-- Name: COLUMN dilatations.mouvement_id; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.dilatations.mouvement_id IS 'id of sorties_produit or of transferts, as mouvement_type says.';

--
-- Name: COLUMN dilatations.delta_ambiant; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.dilatations.delta_ambiant IS 'Litres as measured: above zero where more left than the books had, below where the last litre at 15 °C left and the books still had some.';

--
-- Name: COLUMN dilatations.date_jour; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.dilatations.date_jour IS 'Day it counts from, at the depot: the movement''s, or the tank''s last where what was left over is only then.';

--
-- Name: ecritures_tiers_ordre_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.ecritures_tiers ALTER COLUMN ordre ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.ecritures_tiers_ordre_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

--
-- Name: factures_fournisseur_receptions; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.factures_fournisseur_receptions (
    id uuid DEFAULT private.nouvel_id() NOT NULL,
    facture_id uuid NOT NULL,
    reception_id uuid NOT NULL,
    volume_15c numeric(15,3) NOT NULL,
    densite_15 numeric(10,6),
    volume_20c numeric(15,3) NOT NULL,
    tonnes_air numeric(12,3),
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT factures_fournisseur_receptions_volume_15c_check CHECK ((volume_15c > (0)::numeric)),
    CONSTRAINT factures_fournisseur_receptions_volume_20c_check CHECK ((volume_20c > (0)::numeric))
);

--
-- Name: TABLE factures_fournisseur_receptions; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.factures_fournisseur_receptions IS 'What an invoice counts of each réception, as it was when it was calculated: each in one live invoice at most. Frozen with it.';

--
-- Name: COLUMN factures_fournisseur_receptions.volume_15c; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.factures_fournisseur_receptions.volume_15c IS 'Litres at 15 °C, adjustments counted.';

--
-- Name: COLUMN factures_fournisseur_receptions.densite_15; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.factures_fournisseur_receptions.densite_15 IS 'kg/m³ at 15 °C; null where none is known.';

--
-- Name: COLUMN factures_fournisseur_receptions.volume_20c; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.factures_fournisseur_receptions.volume_20c IS 'Litres at 20 °C.';

--
-- Name: feature_flags; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.feature_flags (
    key text NOT NULL,
    enabled boolean DEFAULT false NOT NULL,
    description text NOT NULL,
    depots uuid[] DEFAULT '{}'::uuid[] NOT NULL,
    users uuid[] DEFAULT '{}'::uuid[] NOT NULL,
    updated_by uuid,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT feature_flags_description_check2000 CHECK ((char_length(description) <= 2000)),
    CONSTRAINT feature_flags_description_lisible CHECK (((private.texte_lisible(description, true) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'description'::text))),
    CONSTRAINT feature_flags_key_check CHECK ((key ~ '^[a-z0-9_]{3,60}$'::text)),
    CONSTRAINT feature_flags_key_check2000 CHECK ((char_length(key) <= 2000)),
    CONSTRAINT feature_flags_key_lisible CHECK (((private.texte_lisible(key, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'key'::text)))
);

--
-- Name: TABLE feature_flags; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.feature_flags IS 'On when enabled and, where depots or users is not empty, only for those.';

--
-- Name: COLUMN feature_flags.depots; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.feature_flags.depots IS 'Depots the flag is limited to; empty: all.';

--
-- Name: COLUMN feature_flags.users; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.feature_flags.users IS 'Users the flag is limited to; empty: all.';

--
-- Name: fournisseurs; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.fournisseurs (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    nom text NOT NULL,
    actif boolean DEFAULT true NOT NULL,
    contact_personne text,
    email text,
    telephone text,
    adresse text,
    pays text,
    note_supplementaire text,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    delai_paiement_jours integer DEFAULT 30 NOT NULL,
    CONSTRAINT fournisseurs_adresse_check2000 CHECK ((char_length(adresse) <= 2000)),
    CONSTRAINT fournisseurs_adresse_lisible CHECK (((private.texte_lisible(adresse, true) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'adresse'::text))),
    CONSTRAINT fournisseurs_contact_personne_check2000 CHECK ((char_length(contact_personne) <= 2000)),
    CONSTRAINT fournisseurs_contact_personne_lisible CHECK (((private.texte_lisible(contact_personne, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'contact_personne'::text))),
    CONSTRAINT fournisseurs_created_at_possible CHECK (((private.date_possible(created_at) IS NOT FALSE) OR private.refuser_valeur('DATE_IMPOSSIBLE'::text, 'created_at'::text))),
    CONSTRAINT fournisseurs_delai_paiement_jours_check CHECK (((delai_paiement_jours >= 0) AND (delai_paiement_jours <= 365))),
    CONSTRAINT fournisseurs_email_check2000 CHECK ((char_length(email) <= 2000)),
    CONSTRAINT fournisseurs_email_lisible CHECK (((private.texte_lisible(email, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'email'::text))),
    CONSTRAINT fournisseurs_nom_check CHECK ((private.nom_lisible(nom) OR private.refuser_valeur('NOM_INVALIDE'::text, 'nom'::text))),
    CONSTRAINT fournisseurs_nom_check2000 CHECK ((char_length(nom) <= 2000)),
    CONSTRAINT fournisseurs_nom_lisible CHECK (((private.texte_lisible(nom, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'nom'::text))),
    CONSTRAINT fournisseurs_note_supplementaire_check2000 CHECK ((char_length(note_supplementaire) <= 2000)),
    CONSTRAINT fournisseurs_note_supplementaire_lisible CHECK (((private.texte_lisible(note_supplementaire, true) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'note_supplementaire'::text))),
    CONSTRAINT fournisseurs_pays_check2000 CHECK ((char_length(pays) <= 2000)),
    CONSTRAINT fournisseurs_pays_lisible CHECK (((private.texte_lisible(pays, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'pays'::text))),
    CONSTRAINT fournisseurs_telephone_check2000 CHECK ((char_length(telephone) <= 2000)),
    CONSTRAINT fournisseurs_telephone_lisible CHECK (((private.texte_lisible(telephone, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'telephone'::text)))
);

--
-- Name: TABLE fournisseurs; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.fournisseurs IS 'Who sells us fuel.';

--
-- Name: COLUMN fournisseurs.actif; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.fournisseurs.actif IS 'False: no new act names them.';

--
-- Name: COLUMN fournisseurs.delai_paiement_jours; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.fournisseurs.delai_paiement_jours IS 'Days to pay, where an invoice says no due date.';

--
-- Name: golden_cases; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.golden_cases (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    source text NOT NULL,
    reference text NOT NULL,
    date_mesure date,
    produit_code text NOT NULL,
    groupe_mpms text DEFAULT 'B'::text NOT NULL,
    alpha_historique numeric(8,6) DEFAULT 0.00085 NOT NULL,
    volume_observe_l numeric(15,3) NOT NULL,
    temperature_echantillon_c numeric(6,2) NOT NULL,
    temperature_produit_c numeric(6,2) NOT NULL,
    temperature_produit_deduite boolean DEFAULT false NOT NULL,
    densite_observee_kgm3 numeric(8,2) NOT NULL,
    densite_15c_attendue_kgm3 numeric(8,2),
    vcf_attendu numeric(8,6),
    volume_15c_attendu_l numeric(15,3) NOT NULL,
    note text,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT golden_cases_alpha_historique_check CHECK (((alpha_historique > (0)::numeric) AND (alpha_historique < 0.01))),
    CONSTRAINT golden_cases_created_at_possible CHECK (((private.date_possible(created_at) IS NOT FALSE) OR private.refuser_valeur('DATE_IMPOSSIBLE'::text, 'created_at'::text))),
    CONSTRAINT golden_cases_date_mesure_possible CHECK (((private.date_possible(date_mesure) IS NOT FALSE) OR private.refuser_valeur('DATE_IMPOSSIBLE'::text, 'date_mesure'::text))),
    CONSTRAINT golden_cases_densite_15c_attendue_kgm3_check CHECK ((densite_15c_attendue_kgm3 > (0)::numeric)),
    CONSTRAINT golden_cases_densite_observee_kgm3_check CHECK ((densite_observee_kgm3 > (0)::numeric)),
    CONSTRAINT golden_cases_groupe_mpms_check CHECK ((groupe_mpms = ANY (ARRAY['A'::text, 'B'::text, 'D'::text]))),
    CONSTRAINT golden_cases_note_check2000 CHECK ((char_length(note) <= 2000)),
    CONSTRAINT golden_cases_note_lisible CHECK (((private.texte_lisible(note, true) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'note'::text))),
    CONSTRAINT golden_cases_produit_code_check CHECK ((btrim(produit_code) <> ''::text)),
    CONSTRAINT golden_cases_produit_code_check2000 CHECK ((char_length(produit_code) <= 2000)),
    CONSTRAINT golden_cases_produit_code_lisible CHECK (((private.texte_lisible(produit_code, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'produit_code'::text))),
    CONSTRAINT golden_cases_reference_check CHECK ((btrim(reference) <> ''::text)),
    CONSTRAINT golden_cases_reference_check2000 CHECK ((char_length(reference) <= 2000)),
    CONSTRAINT golden_cases_reference_lisible CHECK (((private.texte_lisible(reference, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'reference'::text))),
    CONSTRAINT golden_cases_source_check CHECK ((btrim(source) <> ''::text)),
    CONSTRAINT golden_cases_source_check2000 CHECK ((char_length(source) <= 2000)),
    CONSTRAINT golden_cases_source_lisible CHECK (((private.texte_lisible(source, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'source'::text))),
    CONSTRAINT golden_cases_vcf_attendu_check CHECK ((vcf_attendu > (0)::numeric)),
    CONSTRAINT golden_cases_volume_15c_attendu_l_check CHECK ((volume_15c_attendu_l > (0)::numeric)),
    CONSTRAINT golden_cases_volume_observe_l_check CHECK ((volume_observe_l > (0)::numeric))
);

--
-- Name: TABLE golden_cases; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.golden_cases IS 'Real trucks and what another application calculated for them, to compare the engine with. Tolerance ±5 L.';

--
-- Name: COLUMN golden_cases.source; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.golden_cases.source IS 'Application the expected figures come from: SEP.';

--
-- Name: COLUMN golden_cases.reference; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.golden_cases.reference IS 'Number of the case at its source; with source, what makes an import repeatable.';

--
-- Name: COLUMN golden_cases.date_mesure; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.golden_cases.date_mesure IS 'Day of the measurement; null where the source does not give it.';

--
-- Name: COLUMN golden_cases.produit_code; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.golden_cases.produit_code IS 'produits.code. Not a foreign key: a case outlives the reference data of a database.';

--
-- Name: COLUMN golden_cases.groupe_mpms; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.golden_cases.groupe_mpms IS 'Product group of API MPMS 11.1: A crude, B refined, D lubricating.';

--
-- Name: COLUMN golden_cases.alpha_historique; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.golden_cases.alpha_historique IS 'Expansion per °C that the old system''s formula has for this product.';

--
-- Name: COLUMN golden_cases.volume_observe_l; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.golden_cases.volume_observe_l IS 'Litres as measured, at the product''s temperature.';

--
-- Name: COLUMN golden_cases.temperature_echantillon_c; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.golden_cases.temperature_echantillon_c IS '°C of the sample when its density was read.';

--
-- Name: COLUMN golden_cases.temperature_produit_c; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.golden_cases.temperature_produit_c IS '°C of the product when its volume was read.';

--
-- Name: COLUMN golden_cases.temperature_produit_deduite; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.golden_cases.temperature_produit_deduite IS 'The source does not give the product''s temperature: it was deduced from the source''s own factor, and so proves less.';

--
-- Name: COLUMN golden_cases.densite_observee_kgm3; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.golden_cases.densite_observee_kgm3 IS 'kg/m³ read on the hydrometer, not corrected.';

--
-- Name: COLUMN golden_cases.densite_15c_attendue_kgm3; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.golden_cases.densite_15c_attendue_kgm3 IS 'Density at 15 °C the source gives, kg/m³; null: not given.';

--
-- Name: COLUMN golden_cases.vcf_attendu; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.golden_cases.vcf_attendu IS 'Volume correction factor the source gives; null: not given.';

--
-- Name: COLUMN golden_cases.volume_15c_attendu_l; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.golden_cases.volume_15c_attendu_l IS 'Litres at 15 °C the source gives: what is compared.';

--
-- Name: COLUMN golden_cases.note; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.golden_cases.note IS 'In French: what was printed, what was inferred.';

--
-- Name: logs; Type: VIEW; Schema: public; Owner: -
--

CREATE VIEW public.logs WITH (security_invoker='true') AS
 SELECT id,
    created_at,
    user_id,
    action,
    module,
    niveau,
    details,
    cible_id,
    depot_id,
    request_id
   FROM public.log_actions;

--
-- Name: VIEW logs; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON VIEW public.logs IS 'log_actions under the name older readers use.';

--
-- Name: partenaires; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.partenaires (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    nom text NOT NULL,
    actif boolean DEFAULT true NOT NULL,
    contact text,
    email text,
    telephone text,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT partenaires_contact_check2000 CHECK ((char_length(contact) <= 2000)),
    CONSTRAINT partenaires_contact_lisible CHECK (((private.texte_lisible(contact, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'contact'::text))),
    CONSTRAINT partenaires_created_at_possible CHECK (((private.date_possible(created_at) IS NOT FALSE) OR private.refuser_valeur('DATE_IMPOSSIBLE'::text, 'created_at'::text))),
    CONSTRAINT partenaires_email_check2000 CHECK ((char_length(email) <= 2000)),
    CONSTRAINT partenaires_email_lisible CHECK (((private.texte_lisible(email, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'email'::text))),
    CONSTRAINT partenaires_nom_check CHECK ((private.nom_lisible(nom) OR private.refuser_valeur('NOM_INVALIDE'::text, 'nom'::text))),
    CONSTRAINT partenaires_nom_check2000 CHECK ((char_length(nom) <= 2000)),
    CONSTRAINT partenaires_nom_lisible CHECK (((private.texte_lisible(nom, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'nom'::text))),
    CONSTRAINT partenaires_telephone_check2000 CHECK ((char_length(telephone) <= 2000)),
    CONSTRAINT partenaires_telephone_lisible CHECK (((private.texte_lisible(telephone, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'telephone'::text)))
);

--
-- Name: TABLE partenaires; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.partenaires IS 'Who keeps their own fuel in our tanks.';

--
-- Name: COLUMN partenaires.actif; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.partenaires.actif IS 'False: no new act names them; their fuel may leave.';

--
-- Name: prises_de_hauteur; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.prises_de_hauteur (
    id uuid DEFAULT private.nouvel_id() NOT NULL,
    citerne_id uuid NOT NULL,
    produit_id uuid NOT NULL,
    depot_id uuid NOT NULL,
    volume_mesure numeric(15,3) NOT NULL,
    stock_comptable numeric(15,3) NOT NULL,
    tolerance_pour_mille numeric(6,2) NOT NULL,
    note text,
    created_by uuid NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT prises_de_hauteur_note_check2000 CHECK ((char_length(note) <= 2000)),
    CONSTRAINT prises_de_hauteur_note_lisible CHECK (((private.texte_lisible(note, true) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'note'::text))),
    CONSTRAINT prises_de_hauteur_volume_mesure_check CHECK (((volume_mesure >= (0)::numeric) AND (volume_mesure < '1000000000'::numeric)))
);

--
-- Name: TABLE prises_de_hauteur; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.prises_de_hauteur IS 'Physical count of a tank by dipping: what is really there. Moves no stock. Immutable.';

--
-- Name: COLUMN prises_de_hauteur.volume_mesure; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.prises_de_hauteur.volume_mesure IS 'Litres as measured, all owners together.';

--
-- Name: COLUMN prises_de_hauteur.stock_comptable; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.prises_de_hauteur.stock_comptable IS 'Litres the books gave at that moment, as measured, all owners together; written by the database.';

--
-- Name: COLUMN prises_de_hauteur.tolerance_pour_mille; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.prises_de_hauteur.tolerance_pour_mille IS 'Tolerance of the tank at that moment, in thousandths of the books: one that changes since changes no verdict; written by the database.';

--
-- Name: sortie_citerne; Type: VIEW; Schema: public; Owner: -
--

CREATE VIEW public.sortie_citerne WITH (security_invoker='true') AS
 SELECT id AS sortie_id,
    citerne_id
   FROM public.sorties_produit s;

--
-- Name: VIEW sortie_citerne; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON VIEW public.sortie_citerne IS 'The tank of each sortie, where older readers look for it before they adjust one.';

--
-- Name: stocks_journaliers; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.stocks_journaliers (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    citerne_id uuid NOT NULL,
    produit_id uuid NOT NULL,
    date_jour date NOT NULL,
    proprietaire_type text NOT NULL,
    depot_id uuid NOT NULL,
    stock_ambiant numeric(15,3) NOT NULL,
    stock_15c numeric(15,3) NOT NULL,
    source text DEFAULT 'MOUVEMENTS'::text NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT stocks_journaliers_proprietaire_type_check CHECK ((proprietaire_type = ANY (ARRAY['MONALUXE'::text, 'PARTENAIRE'::text]))),
    CONSTRAINT stocks_journaliers_source_check2000 CHECK ((char_length(source) <= 2000)),
    CONSTRAINT stocks_journaliers_source_lisible CHECK (((private.texte_lisible(source, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'source'::text))),
    CONSTRAINT stocks_journaliers_stock_check CHECK (((LEAST(stock_ambiant, stock_15c) >= (0)::numeric) AND (GREATEST(stock_ambiant, stock_15c) < '1000000000000'::numeric)))
)
WITH (fillfactor='70');

--
-- Name: TABLE stocks_journaliers; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.stocks_journaliers IS 'Stock at the end of a day, cumulative. A day without a movement has no row: the last row before it holds.';

--
-- Name: COLUMN stocks_journaliers.date_jour; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.stocks_journaliers.date_jour IS 'Day in the time zone of the depot.';

--
-- Name: COLUMN stocks_journaliers.stock_ambiant; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.stocks_journaliers.stock_ambiant IS 'Litres as measured, at the end of the day.';

--
-- Name: COLUMN stocks_journaliers.stock_15c; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.stocks_journaliers.stock_15c IS 'Litres at 15 °C, at the end of the day.';

--
-- Name: stock_actuel; Type: VIEW; Schema: public; Owner: -
--

CREATE VIEW public.stock_actuel WITH (security_invoker='true') AS
 SELECT DISTINCT ON (citerne_id, produit_id, proprietaire_type) citerne_id,
    produit_id,
    proprietaire_type,
    date_jour,
    stock_ambiant,
    stock_15c
   FROM public.stocks_journaliers
  ORDER BY citerne_id, produit_id, proprietaire_type, date_jour DESC;

--
-- Name: VIEW stock_actuel; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON VIEW public.stock_actuel IS 'Last day of the journal by tank, product and owner, litres. New readers use v_stock_actuel.';

--
-- Name: stocks_initiaux; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.stocks_initiaux (
    id uuid DEFAULT private.nouvel_id() NOT NULL,
    citerne_id uuid NOT NULL,
    produit_id uuid NOT NULL,
    depot_id uuid NOT NULL,
    proprietaire_type text NOT NULL,
    volume_ambiant numeric(15,3) NOT NULL,
    volume_15c numeric(15,3) NOT NULL,
    date_jour date NOT NULL,
    motif text NOT NULL,
    created_by uuid NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT stocks_initiaux_check CHECK ((((volume_15c / volume_ambiant) >= 0.5) AND ((volume_15c / volume_ambiant) <= 1.5))),
    CONSTRAINT stocks_initiaux_date_jour_check CHECK ((date_jour >= '2020-01-01'::date)),
    CONSTRAINT stocks_initiaux_date_jour_possible CHECK (((private.date_possible(date_jour) IS NOT FALSE) OR private.refuser_valeur('DATE_IMPOSSIBLE'::text, 'date_jour'::text))),
    CONSTRAINT stocks_initiaux_motif_check2000 CHECK ((char_length(motif) <= 2000)),
    CONSTRAINT stocks_initiaux_motif_lisible CHECK (((private.texte_lisible(motif, true) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'motif'::text))),
    CONSTRAINT stocks_initiaux_proprietaire_type_check CHECK ((proprietaire_type = ANY (ARRAY['MONALUXE'::text, 'PARTENAIRE'::text]))),
    CONSTRAINT stocks_initiaux_volume_15c_check CHECK (((volume_15c > (0)::numeric) AND (volume_15c < '1000000000'::numeric))),
    CONSTRAINT stocks_initiaux_volume_ambiant_check CHECK (((volume_ambiant > (0)::numeric) AND (volume_ambiant < '1000000000'::numeric)))
);

--
-- Name: TABLE stocks_initiaux; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.stocks_initiaux IS 'Opening stock of a tank and owner, declared by an admin before any movement. Written by declarer_stock_initial only. Immutable.';

--
-- Name: COLUMN stocks_initiaux.volume_ambiant; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.stocks_initiaux.volume_ambiant IS 'Litres as measured.';

--
-- Name: COLUMN stocks_initiaux.volume_15c; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.stocks_initiaux.volume_15c IS 'Litres at 15 °C.';

--
-- Name: COLUMN stocks_initiaux.date_jour; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.stocks_initiaux.date_jour IS 'Day it counts from, at the depot.';

--
-- Name: COLUMN stocks_initiaux.motif; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.stocks_initiaux.motif IS 'Where the figure comes from.';

--
-- Name: transferts; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.transferts (
    id uuid DEFAULT private.nouvel_id() NOT NULL,
    citerne_source_id uuid NOT NULL,
    citerne_destination_id uuid NOT NULL,
    produit_id uuid NOT NULL,
    depot_id uuid NOT NULL,
    proprietaire_type text DEFAULT 'MONALUXE'::text NOT NULL,
    volume_ambiant numeric(15,3) NOT NULL,
    temperature_ambiante_c numeric(6,2),
    temperature_echantillon_c numeric(6,2),
    densite_observee_kgm3 numeric(10,6),
    densite_a_15_kgm3 numeric(10,6),
    vcf numeric(12,8),
    methode_15c text NOT NULL,
    parametres_15c jsonb NOT NULL,
    avertissements jsonb DEFAULT '[]'::jsonb NOT NULL,
    volume_15c numeric(15,3) NOT NULL,
    date_jour date NOT NULL,
    note text,
    created_by uuid NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT transferts_check CHECK ((citerne_source_id <> citerne_destination_id)),
    CONSTRAINT transferts_date_jour_check CHECK ((date_jour >= '2020-01-01'::date)),
    CONSTRAINT transferts_date_jour_possible CHECK (((private.date_possible(date_jour) IS NOT FALSE) OR private.refuser_valeur('DATE_IMPOSSIBLE'::text, 'date_jour'::text))),
    CONSTRAINT transferts_densite_a_15_kgm3_check CHECK (((densite_a_15_kgm3 >= (400)::numeric) AND (densite_a_15_kgm3 <= (1300)::numeric))),
    CONSTRAINT transferts_densite_observee_kgm3_check CHECK (((densite_observee_kgm3 >= (400)::numeric) AND (densite_observee_kgm3 <= (1300)::numeric))),
    CONSTRAINT transferts_methode_15c_check2000 CHECK ((char_length(methode_15c) <= 2000)),
    CONSTRAINT transferts_methode_15c_lisible CHECK (((private.texte_lisible(methode_15c, false) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'methode_15c'::text))),
    CONSTRAINT transferts_note_check2000 CHECK ((char_length(note) <= 2000)),
    CONSTRAINT transferts_note_lisible CHECK (((private.texte_lisible(note, true) IS NOT FALSE) OR private.refuser_valeur('TEXTE_ILLISIBLE'::text, 'note'::text))),
    CONSTRAINT transferts_proprietaire_type_check CHECK ((proprietaire_type = ANY (ARRAY['MONALUXE'::text, 'PARTENAIRE'::text]))),
    CONSTRAINT transferts_temperature_ambiante_c_check CHECK (((temperature_ambiante_c >= ('-50'::integer)::numeric) AND (temperature_ambiante_c <= (150)::numeric))),
    CONSTRAINT transferts_temperature_echantillon_c_check CHECK (((temperature_echantillon_c >= ('-50'::integer)::numeric) AND (temperature_echantillon_c <= (150)::numeric))),
    CONSTRAINT transferts_vcf_check CHECK (((vcf >= 0.5) AND (vcf <= 1.5))),
    CONSTRAINT transferts_volume_15c_check CHECK (((volume_15c > (0)::numeric) AND (volume_15c < '1000000000'::numeric))),
    CONSTRAINT transferts_volume_ambiant_check CHECK (((volume_ambiant > (0)::numeric) AND (volume_ambiant < '1000000000'::numeric)))
);

--
-- Name: TABLE transferts; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.transferts IS 'Fuel pumped from one tank to another of the same depot: what leaves one enters the other. Immutable.';

--
-- Name: COLUMN transferts.volume_ambiant; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.transferts.volume_ambiant IS 'Litres as measured.';

--
-- Name: COLUMN transferts.temperature_ambiante_c; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.transferts.temperature_ambiante_c IS 'Temperature of the product, °C.';

--
-- Name: COLUMN transferts.temperature_echantillon_c; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.transferts.temperature_echantillon_c IS 'Temperature of the sample whose density was read, °C.';

--
-- Name: COLUMN transferts.densite_observee_kgm3; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.transferts.densite_observee_kgm3 IS 'Density read on the sample, kg/m³.';

--
-- Name: COLUMN transferts.densite_a_15_kgm3; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.transferts.densite_a_15_kgm3 IS 'Density at 15 °C, kg/m³: from the one observed, else as sent, else that of the tank it leaves.';

--
-- Name: COLUMN transferts.parametres_15c; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.transferts.parametres_15c IS 'How the method was set.';

--
-- Name: COLUMN transferts.avertissements; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.transferts.avertissements IS 'What was possible but unlikely, [{code, phrase}]: see private.avertissements.';

--
-- Name: COLUMN transferts.volume_15c; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.transferts.volume_15c IS 'Litres at 15 °C, by private.volume_15c: the same out of one tank and into the other.';

--
-- Name: COLUMN transferts.date_jour; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.transferts.date_jour IS 'Day of stock at the depot; may lie in the past, never in the future.';

--
-- Name: v_citerne_stock_actuel; Type: VIEW; Schema: public; Owner: -
--

CREATE VIEW public.v_citerne_stock_actuel WITH (security_invoker='true') AS
 SELECT citerne_id,
    produit_id,
    max(date_jour) AS date_jour,
    sum(stock_ambiant) AS stock_ambiant,
    sum(stock_15c) AS stock_15c
   FROM public.stock_actuel
  GROUP BY citerne_id, produit_id;

--
-- Name: VIEW v_citerne_stock_actuel; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON VIEW public.v_citerne_stock_actuel IS 'stock_actuel by tank and product, all owners together, litres. New readers use v_stock_actuel.';

--
-- Name: v_citerne_stock_snapshot_agg; Type: VIEW; Schema: public; Owner: -
--

CREATE VIEW public.v_citerne_stock_snapshot_agg AS
SELECT
    NULL::uuid AS citerne_id,
    NULL::text AS citerne_nom,
    NULL::uuid AS depot_id,
    NULL::uuid AS produit_id,
    NULL::numeric AS stock_ambiant_total,
    NULL::numeric AS stock_15c_total,
    NULL::timestamp with time zone AS last_snapshot_at,
    NULL::numeric(15,3) AS capacite_totale,
    NULL::numeric(15,3) AS capacite_securite;

--
-- Name: VIEW v_citerne_stock_snapshot_agg; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON VIEW public.v_citerne_stock_snapshot_agg IS 'Current stock by tank, all owners together, litres; 0 for a tank that never held any.';

--
-- Name: v_soldes_tiers; Type: VIEW; Schema: public; Owner: -
--

CREATE VIEW public.v_soldes_tiers WITH (security_invoker='true') AS
 SELECT tiers_type,
    tiers_id,
    fournisseur_id,
    client_id,
    devise,
    sum(debit) AS debit,
    sum(credit) AS credit,
        CASE tiers_type
            WHEN 'CLIENT'::text THEN (sum(debit) - sum(credit))
            ELSE (sum(credit) - sum(debit))
        END AS solde,
    count(*) AS ecritures,
    max(date_valeur) AS derniere_date
   FROM public.ecritures_tiers e
  GROUP BY tiers_type, tiers_id, fournisseur_id, client_id, devise;

--
-- Name: VIEW v_soldes_tiers; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON VIEW public.v_soldes_tiers IS 'Balance of each account and currency: of a client what is owed to us, of a supplier what we owe.';

--
-- Name: v_compte_fournisseur; Type: VIEW; Schema: public; Owner: -
--

CREATE VIEW public.v_compte_fournisseur WITH (security_invoker='true') AS
 SELECT f.id AS fournisseur_id,
    f.nom,
    s.devise,
    s.debit,
    s.credit,
    s.solde AS dette,
    s.ecritures,
    s.derniere_date
   FROM (public.v_soldes_tiers s
     JOIN public.fournisseurs f ON ((f.id = s.fournisseur_id)));

--
-- Name: VIEW v_compte_fournisseur; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON VIEW public.v_compte_fournisseur IS 'What we owe each supplier, for who reads accounts.';

--
-- Name: v_ecarts_inventaire; Type: VIEW; Schema: public; Owner: -
--

CREATE VIEW public.v_ecarts_inventaire WITH (security_invoker='true') AS
 SELECT p.id AS prise_de_hauteur_id,
    p.created_at,
    p.depot_id,
    p.citerne_id,
    c.nom AS citerne_nom,
    p.produit_id,
    p.volume_mesure,
    p.stock_comptable,
    (p.volume_mesure - p.stock_comptable) AS ecart_l,
    round((((1000)::numeric * (p.volume_mesure - p.stock_comptable)) / NULLIF(p.stock_comptable, (0)::numeric)), 2) AS ecart_pour_mille,
    p.tolerance_pour_mille AS tolerance_inventaire_pour_mille,
    (abs((p.volume_mesure - p.stock_comptable)) > ((p.stock_comptable * p.tolerance_pour_mille) / (1000)::numeric)) AS hors_tolerance,
    p.note
   FROM (public.prises_de_hauteur p
     JOIN public.citernes c ON ((c.id = p.citerne_id)));

--
-- Name: VIEW v_ecarts_inventaire; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON VIEW public.v_ecarts_inventaire IS 'Each dip beside the books of its moment: gap in litres and thousandths, and whether it is beyond the tolerance of its day.';

--
-- Name: v_etat_citernes; Type: VIEW; Schema: public; Owner: -
--

CREATE VIEW public.v_etat_citernes WITH (security_invoker='true') AS
 SELECT c.id AS citerne_id,
    c.nom AS citerne_nom,
    c.depot_id,
    c.produit_id,
    c.statut,
    c.capacite_totale,
    c.capacite_securite,
    s.stock_ambiant,
    s.stock_15c,
    s.densite_melange_kgm3,
    private.masse_vide_t(s.densite_melange_kgm3, s.stock_15c) AS masse_vide_t,
    private.masse_air_t(s.densite_melange_kgm3, s.stock_15c) AS masse_air_t,
    t.temperature_c,
    t.temperature_le,
    h.volume_mesure AS derniere_prise_l,
    h.created_at AS derniere_prise_le
   FROM (((public.citernes c
     CROSS JOIN LATERAL ( SELECT COALESCE(sum(k.stock_ambiant), (0)::numeric) AS stock_ambiant,
            COALESCE(sum(k.stock_15c), (0)::numeric) AS stock_15c,
            max(k.densite_melange_kgm3) AS densite_melange_kgm3
           FROM public.stocks_snapshot k
          WHERE (k.citerne_id = c.id)) s)
     LEFT JOIN LATERAL ( SELECT m.temperature_c,
            m.temperature_le
           FROM (( SELECT r.temperature_ambiante_c AS temperature_c,
                    r.date_reception AS temperature_le,
                    r.id
                   FROM public.receptions r
                  WHERE ((r.citerne_id = c.id) AND (r.temperature_ambiante_c IS NOT NULL))
                  ORDER BY r.date_reception DESC, r.id DESC
                 LIMIT 1)
                UNION ALL
                ( SELECT o.temperature_ambiante_c,
                    o.date_jour,
                    o.id
                   FROM public.sorties_produit o
                  WHERE ((o.citerne_id = c.id) AND (o.statut = 'validee'::text) AND (o.temperature_ambiante_c IS NOT NULL))
                  ORDER BY o.date_jour DESC, o.id DESC
                 LIMIT 1)) m
          ORDER BY m.temperature_le DESC, m.id DESC
         LIMIT 1) t ON (true))
     LEFT JOIN LATERAL ( SELECT p.volume_mesure,
            p.created_at
           FROM public.prises_de_hauteur p
          WHERE (p.citerne_id = c.id)
          ORDER BY p.created_at DESC
         LIMIT 1) h ON (true));

--
-- Name: VIEW v_etat_citernes; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON VIEW public.v_etat_citernes IS 'Each tank as it is now, all owners together: litres as measured and at 15 °C, density at 15 °C of the mix (kg/m³) and the tonnes it makes, temperature (°C) and day of the last movement that read one, last dip.';

--
-- Name: v_fournisseur_facture_lot; Type: VIEW; Schema: public; Owner: -
--

CREATE VIEW public.v_fournisseur_facture_lot WITH (security_invoker='true') AS
 SELECT f.id AS facture_id,
    f.invoice_no,
    f.deal_reference,
    f.fournisseur_lot_id,
    r.nb_receptions,
    r.total_volume_15c,
    r.total_volume_20c,
    f.quantite_facturee_20c,
    (r.total_volume_20c - f.quantite_facturee_20c) AS ecart_volume_20c,
    private.rapprochement(r.total_volume_20c, f.quantite_facturee_20c) AS statut_rapprochement,
    f.prix_unitaire_usd,
    f.montant_total_usd,
    p.regle AS montant_regle_usd,
    (f.montant_total_usd - p.regle) AS solde_restant_usd,
        CASE
            WHEN (f.validated_at IS NULL) THEN 'EN_ATTENTE'::text
            WHEN (p.regle = (0)::numeric) THEN 'IMPAYE'::text
            WHEN (p.regle < f.montant_total_usd) THEN 'PARTIEL'::text
            ELSE 'PAYE'::text
        END AS statut_paiement,
    f.date_facture,
    f.date_echeance,
    f.created_at,
    f.fournisseur_id,
    f.statut,
    f.numero,
    f.base,
    f.quantite_base,
    f.prix_base_usd,
    f.justification,
    f.created_by,
    f.validated_by,
    f.validated_at
   FROM ((public.fournisseur_facture_lot_min f
     CROSS JOIN LATERAL private.recu_de_facture(f.id) r(nb_receptions, total_volume_15c, total_volume_20c))
     CROSS JOIN LATERAL ( SELECT private.regle_de_facture(f.id) AS regle) p)
  WHERE ((f.type = 'FACTURE'::text) AND (f.statut <> 'ANNULEE'::text));

--
-- Name: VIEW v_fournisseur_facture_lot; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON VIEW public.v_fournisseur_facture_lot IS 'Each live supplier''s invoice: what came against what is invoiced (litres at 20 °C), what is paid and what is left (USD).';

--
-- Name: v_fournisseur_rapprochement_lot_min; Type: VIEW; Schema: public; Owner: -
--

CREATE VIEW public.v_fournisseur_rapprochement_lot_min WITH (security_invoker='true') AS
 SELECT facture_id,
    invoice_no,
    deal_reference,
    fournisseur_lot_id,
    nb_receptions,
    total_volume_15c,
    total_volume_20c,
    quantite_facturee_20c,
    ecart_volume_20c,
    prix_unitaire_usd,
    montant_total_usd,
    statut_rapprochement
   FROM public.v_fournisseur_facture_lot v;

--
-- Name: VIEW v_fournisseur_rapprochement_lot_min; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON VIEW public.v_fournisseur_rapprochement_lot_min IS 'What came against what is invoiced, invoice by invoice.';

--
-- Name: v_fournisseurs; Type: VIEW; Schema: public; Owner: -
--

CREATE VIEW public.v_fournisseurs WITH (security_invoker='true') AS
 SELECT id,
    nom,
    contact_personne,
    email,
    telephone,
    adresse,
    pays,
    note_supplementaire,
    created_at,
    actif
   FROM private.coordonnees_fournisseurs() f(id, nom, contact_personne, email, telephone, adresse, pays, note_supplementaire, created_at, actif);

--
-- Name: VIEW v_fournisseurs; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON VIEW public.v_fournisseurs IS 'Suppliers whole: contact, address and notes too (admin, directeur, gerant, pca). Everybody reads id and nom in fournisseurs.';

--
-- Name: v_integrity_checks; Type: VIEW; Schema: public; Owner: -
--

CREATE VIEW public.v_integrity_checks AS
SELECT
    NULL::text AS check_code,
    NULL::text AS severity,
    NULL::text AS entity_type,
    NULL::uuid AS entity_id,
    NULL::text AS message,
    NULL::jsonb AS payload,
    NULL::timestamp with time zone AS detected_at,
    NULL::uuid AS depot_id;

--
-- Name: VIEW v_integrity_checks; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON VIEW public.v_integrity_checks IS 'What is wrong now, among what the caller sees, and what the last nightly pass found. A row a fact: one key may have several.';

--
-- Name: v_mouvements_stock; Type: VIEW; Schema: public; Owner: -
--

CREATE VIEW public.v_mouvements_stock WITH (security_invoker='true') AS
 SELECT date_jour,
    citerne_id,
    produit_id,
    depot_id,
    proprietaire_type,
    delta_ambiant,
    delta_15c,
    mouvement_type,
    mouvement_id,
    created_at,
    private.masse_vide_t(densite_a_15_kgm3, delta_15c) AS masse_vide_t,
    private.masse_air_t(densite_a_15_kgm3, delta_15c) AS masse_air_t
   FROM ( SELECT r.date_reception AS date_jour,
            r.citerne_id,
            r.produit_id,
            r.depot_id,
            r.proprietaire_type,
            r.volume_ambiant AS delta_ambiant,
            r.volume_15c AS delta_15c,
            'RECEPTION'::text AS mouvement_type,
            r.id AS mouvement_id,
            r.created_at,
            r.statut,
            r.densite_a_15_kgm3
           FROM public.receptions r
        UNION ALL
         SELECT s.date_jour,
            s.citerne_id,
            s.produit_id,
            s.depot_id,
            s.proprietaire_type,
            (- s.volume_ambiant),
            (- s.volume_15c),
            'SORTIE'::text AS mouvement_type,
            s.id,
            s.created_at,
            s.statut,
            s.densite_a_15_kgm3
           FROM public.sorties_produit s
        UNION ALL
         SELECT a.date_jour,
            a.citerne_id,
            a.produit_id,
            a.depot_id,
            a.proprietaire_type,
            a.delta_ambiant,
            a.delta_15c,
            'AJUSTEMENT'::text AS mouvement_type,
            a.id,
            a.created_at,
            'validee'::text AS statut,
            NULL::numeric AS densite_a_15_kgm3
           FROM public.stocks_adjustments a
        UNION ALL
         SELECT i.date_jour,
            i.citerne_id,
            i.produit_id,
            i.depot_id,
            i.proprietaire_type,
            i.volume_ambiant,
            i.volume_15c,
            'STOCK_INITIAL'::text AS mouvement_type,
            i.id,
            i.created_at,
            'validee'::text AS statut,
            NULL::numeric AS densite_a_15_kgm3
           FROM public.stocks_initiaux i
        UNION ALL
         SELECT t.date_jour,
            t.citerne_source_id,
            t.produit_id,
            t.depot_id,
            t.proprietaire_type,
            (- t.volume_ambiant),
            (- t.volume_15c),
            'TRANSFERT'::text AS mouvement_type,
            t.id,
            t.created_at,
            'validee'::text AS statut,
            t.densite_a_15_kgm3
           FROM public.transferts t
        UNION ALL
         SELECT t.date_jour,
            t.citerne_destination_id,
            t.produit_id,
            t.depot_id,
            t.proprietaire_type,
            t.volume_ambiant,
            t.volume_15c,
            'TRANSFERT'::text AS mouvement_type,
            t.id,
            t.created_at,
            'validee'::text AS statut,
            t.densite_a_15_kgm3
           FROM public.transferts t
        UNION ALL
         SELECT d.date_jour,
            d.citerne_id,
            d.produit_id,
            d.depot_id,
            d.proprietaire_type,
            d.delta_ambiant,
            0 AS delta_15c,
            'DILATATION'::text AS mouvement_type,
            d.id,
            d.created_at,
            'validee'::text AS statut,
            NULL::numeric AS densite_a_15_kgm3
           FROM public.dilatations d) m
  WHERE (statut = 'validee'::text);

--
-- Name: VIEW v_mouvements_stock; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON VIEW public.v_mouvements_stock IS 'Everything that ever moved stock, litres, negative out. Its sum is the stock, to the millilitre. Tonnes beside them where a density is known.';

--
-- Name: v_reception_20c; Type: VIEW; Schema: public; Owner: -
--

CREATE VIEW public.v_reception_20c WITH (security_invoker='true') AS
 SELECT r.id AS reception_id,
    r.cours_de_route_id,
    r.depot_id,
    r.citerne_id,
    r.produit_id,
    r.date_reception,
    q.volume_15c,
    q.volume_20c,
    q.densite_15,
    q.tonnes_air
   FROM (public.receptions r
     CROSS JOIN LATERAL private.quantites_reception(r.id) q(volume_15c, volume_20c, densite_15, tonnes_air));

--
-- Name: VIEW v_reception_20c; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON VIEW public.v_reception_20c IS 'Each réception with its adjustments: litres at 15 and 20 °C, tonnes in air.';

--
-- Name: v_receptions; Type: VIEW; Schema: public; Owner: -
--

CREATE VIEW public.v_receptions WITH (security_invoker='true') AS
 SELECT id,
    cours_de_route_id,
    citerne_id,
    produit_id,
    depot_id,
    partenaire_id,
    proprietaire_type,
    index_avant,
    index_apres,
    volume_ambiant,
    volume_observe,
    temperature_ambiante_c,
    temperature_echantillon_c,
    densite_observee_kgm3,
    densite_a_15,
    densite_a_15_kgm3,
    vcf,
    methode_15c,
    parametres_15c,
    volume_15c,
    volume_corrige_15c,
    date_reception,
    avertissements,
    statut,
    note,
    created_by,
    validated_by,
    created_at,
    private.masse_vide_t(densite_a_15_kgm3, volume_15c) AS masse_vide_t,
    private.masse_air_t(densite_a_15_kgm3, volume_15c) AS masse_air_t
   FROM public.receptions r;

--
-- Name: VIEW v_receptions; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON VIEW public.v_receptions IS 'Réceptions with their mass in tonnes: in vacuum, and in air as a weighbridge shows it.';

--
-- Name: v_sorties; Type: VIEW; Schema: public; Owner: -
--

CREATE VIEW public.v_sorties WITH (security_invoker='true') AS
 SELECT id,
    citerne_id,
    produit_id,
    depot_id,
    client_id,
    partenaire_id,
    proprietaire_type,
    index_avant,
    index_apres,
    volume_ambiant,
    temperature_ambiante_c,
    temperature_echantillon_c,
    densite_observee_kgm3,
    densite_a_15,
    densite_a_15_kgm3,
    vcf,
    methode_15c,
    parametres_15c,
    avertissements,
    volume_15c,
    volume_corrige_15c,
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
   FROM public.sorties_produit s;

--
-- Name: VIEW v_sorties; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON VIEW public.v_sorties IS 'Sorties with their mass in tonnes once validated, and the litres as measured that were booked with them because the fuel left at another temperature than it came (dilatations).';

--
-- Name: v_stock_actuel_owner_snapshot; Type: VIEW; Schema: public; Owner: -
--

CREATE VIEW public.v_stock_actuel_owner_snapshot WITH (security_invoker='true') AS
 SELECT depot_id,
    depot_nom,
    proprietaire_type,
    produit_id,
    produit_nom,
    sum(stock_ambiant) AS stock_ambiant_total,
    sum(stock_15c) AS stock_15c_total,
    max(updated_at) AS snapshot_at
   FROM public.v_stock_actuel
  GROUP BY depot_id, depot_nom, proprietaire_type, produit_id, produit_nom;

--
-- Name: VIEW v_stock_actuel_owner_snapshot; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON VIEW public.v_stock_actuel_owner_snapshot IS 'Current stock by depot, product and owner, litres.';

--
-- Name: v_stock_actuel_snapshot; Type: VIEW; Schema: public; Owner: -
--

CREATE VIEW public.v_stock_actuel_snapshot WITH (security_invoker='true') AS
 SELECT citerne_id,
    citerne_nom,
    produit_id,
    produit_nom,
    depot_id,
    depot_nom,
    proprietaire_type,
    stock_ambiant,
    stock_15c,
    updated_at,
    capacite_totale,
    capacite_securite
   FROM public.v_stock_actuel;

--
-- Name: VIEW v_stock_actuel_snapshot; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON VIEW public.v_stock_actuel_snapshot IS 'v_stock_actuel under the name and columns older readers use.';

--
-- Name: v_transferts; Type: VIEW; Schema: public; Owner: -
--

CREATE VIEW public.v_transferts WITH (security_invoker='true') AS
 SELECT id,
    citerne_source_id,
    citerne_destination_id,
    produit_id,
    depot_id,
    proprietaire_type,
    volume_ambiant,
    temperature_ambiante_c,
    temperature_echantillon_c,
    densite_observee_kgm3,
    densite_a_15_kgm3,
    vcf,
    methode_15c,
    parametres_15c,
    avertissements,
    volume_15c,
    date_jour,
    note,
    created_by,
    created_at,
    private.masse_vide_t(densite_a_15_kgm3, volume_15c) AS masse_vide_t,
    private.masse_air_t(densite_a_15_kgm3, volume_15c) AS masse_air_t,
    ( SELECT COALESCE(sum(d.delta_ambiant), (0)::numeric) AS "coalesce"
           FROM public.dilatations d
          WHERE ((d.mouvement_type = 'TRANSFERT'::text) AND (d.mouvement_id = t.id))) AS dilatation_ambiant
   FROM public.transferts t;

--
-- Name: VIEW v_transferts; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON VIEW public.v_transferts IS 'Transfers with their mass in tonnes, and what was booked with them in the tank they left because the fuel had another temperature than it came with (dilatations).';

--
-- Name: profils_calcul profils_calcul_depot_id_produit_id_key; Type: CONSTRAINT; Schema: astm; Owner: -
--

ALTER TABLE ONLY astm.profils_calcul
    ADD CONSTRAINT profils_calcul_depot_id_produit_id_key UNIQUE NULLS NOT DISTINCT (depot_id, produit_id);

--
-- Name: profils_calcul profils_calcul_nom_key; Type: CONSTRAINT; Schema: astm; Owner: -
--

ALTER TABLE ONLY astm.profils_calcul
    ADD CONSTRAINT profils_calcul_nom_key UNIQUE (nom);

--
-- Name: profils_calcul profils_calcul_pkey; Type: CONSTRAINT; Schema: astm; Owner: -
--

ALTER TABLE ONLY astm.profils_calcul
    ADD CONSTRAINT profils_calcul_pkey PRIMARY KEY (id);

--
-- Name: blocs_journal blocs_journal_pkey; Type: CONSTRAINT; Schema: private; Owner: -
--

ALTER TABLE ONLY private.blocs_journal
    ADD CONSTRAINT blocs_journal_pkey PRIMARY KEY (numero);

--
-- Name: capacites capacites_pkey; Type: CONSTRAINT; Schema: private; Owner: -
--

ALTER TABLE ONLY private.capacites
    ADD CONSTRAINT capacites_pkey PRIMARY KEY (capacite);

--
-- Name: constats constats_pkey; Type: CONSTRAINT; Schema: private; Owner: -
--

ALTER TABLE ONLY private.constats
    ADD CONSTRAINT constats_pkey PRIMARY KEY (check_code, entity_type, entity_id);

--
-- Name: controles controles_pkey; Type: CONSTRAINT; Schema: private; Owner: -
--

ALTER TABLE ONLY private.controles
    ADD CONSTRAINT controles_pkey PRIMARY KEY (code);

--
-- Name: etats_schema etats_schema_pkey; Type: CONSTRAINT; Schema: private; Owner: -
--

ALTER TABLE ONLY private.etats_schema
    ADD CONSTRAINT etats_schema_pkey PRIMARY KEY (empreinte);

--
-- Name: idempotence idempotence_pkey; Type: CONSTRAINT; Schema: private; Owner: -
--

ALTER TABLE ONLY private.idempotence
    ADD CONSTRAINT idempotence_pkey PRIMARY KEY (user_id, cle);

--
-- Name: interventions interventions_pkey; Type: CONSTRAINT; Schema: private; Owner: -
--

ALTER TABLE ONLY private.interventions
    ADD CONSTRAINT interventions_pkey PRIMARY KEY (id);

--
-- Name: lettrages lettrages_annule_id_key; Type: CONSTRAINT; Schema: private; Owner: -
--

ALTER TABLE ONLY private.lettrages
    ADD CONSTRAINT lettrages_annule_id_key UNIQUE (annule_id);

--
-- Name: lettrages lettrages_pkey; Type: CONSTRAINT; Schema: private; Owner: -
--

ALTER TABLE ONLY private.lettrages
    ADD CONSTRAINT lettrages_pkey PRIMARY KEY (id);

--
-- Name: limites_compteurs limites_compteurs_pkey; Type: CONSTRAINT; Schema: private; Owner: -
--

ALTER TABLE ONLY private.limites_compteurs
    ADD CONSTRAINT limites_compteurs_pkey PRIMARY KEY (user_id, route);

--
-- Name: limites limites_pkey; Type: CONSTRAINT; Schema: private; Owner: -
--

ALTER TABLE ONLY private.limites
    ADD CONSTRAINT limites_pkey PRIMARY KEY (route);

--
-- Name: numeros numeros_pkey; Type: CONSTRAINT; Schema: private; Owner: -
--

ALTER TABLE ONLY private.numeros
    ADD CONSTRAINT numeros_pkey PRIMARY KEY (depot_id, serie, exercice, numero);

--
-- Name: passages passages_pkey; Type: CONSTRAINT; Schema: private; Owner: -
--

ALTER TABLE ONLY private.passages
    ADD CONSTRAINT passages_pkey PRIMARY KEY (nom);

--
-- Name: refus refus_pkey; Type: CONSTRAINT; Schema: private; Owner: -
--

ALTER TABLE ONLY private.refus
    ADD CONSTRAINT refus_pkey PRIMARY KEY (code);

--
-- Name: series series_pkey; Type: CONSTRAINT; Schema: private; Owner: -
--

ALTER TABLE ONLY private.series
    ADD CONSTRAINT series_pkey PRIMARY KEY (depot_id, serie, exercice);

--
-- Name: series_trous series_trous_pkey; Type: CONSTRAINT; Schema: private; Owner: -
--

ALTER TABLE ONLY private.series_trous
    ADD CONSTRAINT series_trous_pkey PRIMARY KEY (depot_id, serie, exercice, de);

--
-- Name: alertes_evenements alertes_evenements_ordre_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.alertes_evenements
    ADD CONSTRAINT alertes_evenements_ordre_key UNIQUE (ordre);

--
-- Name: alertes_evenements alertes_evenements_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.alertes_evenements
    ADD CONSTRAINT alertes_evenements_pkey PRIMARY KEY (id);

--
-- Name: app_settings app_settings_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.app_settings
    ADD CONSTRAINT app_settings_pkey PRIMARY KEY (key);

--
-- Name: citernes citernes_depot_id_nom_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.citernes
    ADD CONSTRAINT citernes_depot_id_nom_key UNIQUE (depot_id, nom);

--
-- Name: citernes citernes_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.citernes
    ADD CONSTRAINT citernes_pkey PRIMARY KEY (id);

--
-- Name: clients clients_nom_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.clients
    ADD CONSTRAINT clients_nom_key UNIQUE (nom);

--
-- Name: clients clients_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.clients
    ADD CONSTRAINT clients_pkey PRIMARY KEY (id);

--
-- Name: cours_de_route cours_de_route_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.cours_de_route
    ADD CONSTRAINT cours_de_route_pkey PRIMARY KEY (id);

--
-- Name: depots depots_code_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.depots
    ADD CONSTRAINT depots_code_key UNIQUE (code);

--
-- Name: depots depots_nom_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.depots
    ADD CONSTRAINT depots_nom_key UNIQUE (nom);

--
-- Name: depots depots_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.depots
    ADD CONSTRAINT depots_pkey PRIMARY KEY (id);

--
-- Name: dilatations dilatations_mouvement_type_mouvement_id_date_jour_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.dilatations
    ADD CONSTRAINT dilatations_mouvement_type_mouvement_id_date_jour_key UNIQUE (mouvement_type, mouvement_id, date_jour);

--
-- Name: dilatations dilatations_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.dilatations
    ADD CONSTRAINT dilatations_pkey PRIMARY KEY (id);

--
-- Name: ecarts ecarts_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.ecarts
    ADD CONSTRAINT ecarts_pkey PRIMARY KEY (id);

--
-- Name: ecritures_tiers ecritures_tiers_contrepasse_id_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.ecritures_tiers
    ADD CONSTRAINT ecritures_tiers_contrepasse_id_key UNIQUE (contrepasse_id);

--
-- Name: ecritures_tiers ecritures_tiers_ordre_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.ecritures_tiers
    ADD CONSTRAINT ecritures_tiers_ordre_key UNIQUE (ordre);

--
-- Name: ecritures_tiers ecritures_tiers_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.ecritures_tiers
    ADD CONSTRAINT ecritures_tiers_pkey PRIMARY KEY (id);

--
-- Name: ecritures_tiers ecritures_tiers_source_type_source_id_type_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.ecritures_tiers
    ADD CONSTRAINT ecritures_tiers_source_type_source_id_type_key UNIQUE (source_type, source_id, type);

--
-- Name: factures_fournisseur_receptions factures_fournisseur_receptions_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.factures_fournisseur_receptions
    ADD CONSTRAINT factures_fournisseur_receptions_pkey PRIMARY KEY (id);

--
-- Name: factures_fournisseur_receptions factures_fournisseur_receptions_reception_id_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.factures_fournisseur_receptions
    ADD CONSTRAINT factures_fournisseur_receptions_reception_id_key UNIQUE (reception_id);

--
-- Name: feature_flags feature_flags_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.feature_flags
    ADD CONSTRAINT feature_flags_pkey PRIMARY KEY (key);

--
-- Name: fournisseur_facture_lot_min fournisseur_facture_lot_min_numero_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.fournisseur_facture_lot_min
    ADD CONSTRAINT fournisseur_facture_lot_min_numero_key UNIQUE (numero);

--
-- Name: fournisseur_facture_lot_min fournisseur_facture_lot_min_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.fournisseur_facture_lot_min
    ADD CONSTRAINT fournisseur_facture_lot_min_pkey PRIMARY KEY (id);

--
-- Name: fournisseur_lot fournisseur_lot_fournisseur_id_produit_id_reference_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.fournisseur_lot
    ADD CONSTRAINT fournisseur_lot_fournisseur_id_produit_id_reference_key UNIQUE (fournisseur_id, produit_id, reference);

--
-- Name: fournisseur_lot fournisseur_lot_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.fournisseur_lot
    ADD CONSTRAINT fournisseur_lot_pkey PRIMARY KEY (id);

--
-- Name: fournisseur_paiement_lot_min fournisseur_paiement_lot_min_numero_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.fournisseur_paiement_lot_min
    ADD CONSTRAINT fournisseur_paiement_lot_min_numero_key UNIQUE (numero);

--
-- Name: fournisseur_paiement_lot_min fournisseur_paiement_lot_min_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.fournisseur_paiement_lot_min
    ADD CONSTRAINT fournisseur_paiement_lot_min_pkey PRIMARY KEY (id);

--
-- Name: fournisseurs fournisseurs_nom_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.fournisseurs
    ADD CONSTRAINT fournisseurs_nom_key UNIQUE (nom);

--
-- Name: fournisseurs fournisseurs_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.fournisseurs
    ADD CONSTRAINT fournisseurs_pkey PRIMARY KEY (id);

--
-- Name: golden_cases golden_cases_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.golden_cases
    ADD CONSTRAINT golden_cases_pkey PRIMARY KEY (id);

--
-- Name: golden_cases golden_cases_source_reference_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.golden_cases
    ADD CONSTRAINT golden_cases_source_reference_key UNIQUE (source, reference);

--
-- Name: log_actions log_actions_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.log_actions
    ADD CONSTRAINT log_actions_pkey PRIMARY KEY (id);

--
-- Name: partenaires partenaires_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.partenaires
    ADD CONSTRAINT partenaires_pkey PRIMARY KEY (id);

--
-- Name: prises_de_hauteur prises_de_hauteur_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.prises_de_hauteur
    ADD CONSTRAINT prises_de_hauteur_pkey PRIMARY KEY (id);

--
-- Name: produits produits_code_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.produits
    ADD CONSTRAINT produits_code_key UNIQUE (code);

--
-- Name: produits produits_nom_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.produits
    ADD CONSTRAINT produits_nom_key UNIQUE (nom);

--
-- Name: produits produits_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.produits
    ADD CONSTRAINT produits_pkey PRIMARY KEY (id);

--
-- Name: profils profils_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.profils
    ADD CONSTRAINT profils_pkey PRIMARY KEY (id);

--
-- Name: profils profils_user_id_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.profils
    ADD CONSTRAINT profils_user_id_key UNIQUE (user_id);

--
-- Name: receptions receptions_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.receptions
    ADD CONSTRAINT receptions_pkey PRIMARY KEY (id);

--
-- Name: sorties_produit sorties_produit_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.sorties_produit
    ADD CONSTRAINT sorties_produit_pkey PRIMARY KEY (id);

--
-- Name: stocks_adjustments stocks_adjustments_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.stocks_adjustments
    ADD CONSTRAINT stocks_adjustments_pkey PRIMARY KEY (id);

--
-- Name: stocks_initiaux stocks_initiaux_citerne_id_produit_id_proprietaire_type_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.stocks_initiaux
    ADD CONSTRAINT stocks_initiaux_citerne_id_produit_id_proprietaire_type_key UNIQUE (citerne_id, produit_id, proprietaire_type);

--
-- Name: stocks_initiaux stocks_initiaux_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.stocks_initiaux
    ADD CONSTRAINT stocks_initiaux_pkey PRIMARY KEY (id);

--
-- Name: stocks_journaliers stocks_journaliers_citerne_id_produit_id_proprietaire_type__key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.stocks_journaliers
    ADD CONSTRAINT stocks_journaliers_citerne_id_produit_id_proprietaire_type__key UNIQUE (citerne_id, produit_id, proprietaire_type, date_jour);

--
-- Name: stocks_journaliers stocks_journaliers_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.stocks_journaliers
    ADD CONSTRAINT stocks_journaliers_pkey PRIMARY KEY (id);

--
-- Name: stocks_snapshot stocks_snapshot_citerne_id_produit_id_proprietaire_type_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.stocks_snapshot
    ADD CONSTRAINT stocks_snapshot_citerne_id_produit_id_proprietaire_type_key UNIQUE (citerne_id, produit_id, proprietaire_type);

--
-- Name: stocks_snapshot stocks_snapshot_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.stocks_snapshot
    ADD CONSTRAINT stocks_snapshot_pkey PRIMARY KEY (id);

--
-- Name: system_alerts system_alerts_check_code_entity_type_entity_id_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.system_alerts
    ADD CONSTRAINT system_alerts_check_code_entity_type_entity_id_key UNIQUE (check_code, entity_type, entity_id);

--
-- Name: system_alerts system_alerts_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.system_alerts
    ADD CONSTRAINT system_alerts_pkey PRIMARY KEY (id);

--
-- Name: transferts transferts_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.transferts
    ADD CONSTRAINT transferts_pkey PRIMARY KEY (id);

--
-- Name: profils_calcul_produit_id_idx; Type: INDEX; Schema: astm; Owner: -
--

CREATE INDEX profils_calcul_produit_id_idx ON astm.profils_calcul USING btree (produit_id);

--
-- Name: blocs_journal_scelle_le_idx; Type: INDEX; Schema: private; Owner: -
--

CREATE INDEX blocs_journal_scelle_le_idx ON private.blocs_journal USING btree (scelle_le);

--
-- Name: idempotence_created_at_idx; Type: INDEX; Schema: private; Owner: -
--

CREATE INDEX idempotence_created_at_idx ON private.idempotence USING btree (created_at);

--
-- Name: interventions_une_ouverte; Type: INDEX; Schema: private; Owner: -
--

CREATE UNIQUE INDEX interventions_une_ouverte ON private.interventions USING btree ((true)) WHERE (close_le IS NULL);

--
-- Name: lettrages_credit_id_idx; Type: INDEX; Schema: private; Owner: -
--

CREATE INDEX lettrages_credit_id_idx ON private.lettrages USING btree (credit_id);

--
-- Name: lettrages_debit_id_idx; Type: INDEX; Schema: private; Owner: -
--

CREATE INDEX lettrages_debit_id_idx ON private.lettrages USING btree (debit_id);

--
-- Name: numeros_objet_idx; Type: INDEX; Schema: private; Owner: -
--

CREATE UNIQUE INDEX numeros_objet_idx ON private.numeros USING btree (objet_id, serie);

--
-- Name: alertes_evenements_alerte_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX alertes_evenements_alerte_id_idx ON public.alertes_evenements USING btree (alerte_id, ordre);

--
-- Name: alertes_evenements_depot_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX alertes_evenements_depot_id_idx ON public.alertes_evenements USING btree (depot_id);

--
-- Name: citernes_cle; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX citernes_cle ON public.citernes USING btree (id, produit_id, depot_id);

--
-- Name: citernes_nom_lu_key; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX citernes_nom_lu_key ON public.citernes USING btree (private.cle_au_depot(depot_id, private.cle_nom(nom)));

--
-- Name: citernes_produit_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX citernes_produit_id_idx ON public.citernes USING btree (produit_id);

--
-- Name: clients_nom_lu_key; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX clients_nom_lu_key ON public.clients USING btree (private.cle_nom(nom));

--
-- Name: cours_de_route_arrive_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX cours_de_route_arrive_idx ON public.cours_de_route USING btree (id) WHERE (statut = 'ARRIVE'::text);

--
-- Name: cours_de_route_camion_ouvert; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX cours_de_route_camion_ouvert ON public.cours_de_route USING btree (private.cle_au_depot(depot_destination_id, private.cle_plaque(plaque_camion))) WHERE (statut <> ALL (ARRAY['DECHARGE'::text, 'ANNULE'::text]));

--
-- Name: cours_de_route_created_by_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX cours_de_route_created_by_idx ON public.cours_de_route USING btree (created_by);

--
-- Name: cours_de_route_depot_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX cours_de_route_depot_idx ON public.cours_de_route USING btree (depot_destination_id, date_chargement DESC);

--
-- Name: cours_de_route_fournisseur_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX cours_de_route_fournisseur_id_idx ON public.cours_de_route USING btree (fournisseur_id);

--
-- Name: cours_de_route_fournisseur_lot_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX cours_de_route_fournisseur_lot_id_idx ON public.cours_de_route USING btree (fournisseur_lot_id);

--
-- Name: cours_de_route_page_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX cours_de_route_page_idx ON public.cours_de_route USING btree (date_chargement DESC, id DESC);

--
-- Name: cours_de_route_produit_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX cours_de_route_produit_id_idx ON public.cours_de_route USING btree (produit_id);

--
-- Name: depots_nom_lu_key; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX depots_nom_lu_key ON public.depots USING btree (private.cle_nom(nom));

--
-- Name: dilatations_citerne_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX dilatations_citerne_idx ON public.dilatations USING btree (citerne_id, date_jour DESC);

--
-- Name: dilatations_depot_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX dilatations_depot_idx ON public.dilatations USING btree (depot_id, date_jour DESC);

--
-- Name: dilatations_page_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX dilatations_page_idx ON public.dilatations USING btree (date_jour DESC, id DESC);

--
-- Name: dilatations_produit_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX dilatations_produit_id_idx ON public.dilatations USING btree (produit_id);

--
-- Name: ecarts_auto_unique; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX ecarts_auto_unique ON public.ecarts USING btree (type, reference_type, reference_id) WHERE (origine = 'AUTO'::text);

--
-- Name: ecarts_created_by_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ecarts_created_by_idx ON public.ecarts USING btree (created_by);

--
-- Name: ecarts_depot_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ecarts_depot_id_idx ON public.ecarts USING btree (depot_id);

--
-- Name: ecarts_lot_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ecarts_lot_idx ON public.ecarts USING btree (fournisseur_lot_id);

--
-- Name: ecarts_ouverts_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ecarts_ouverts_idx ON public.ecarts USING btree (created_at) WHERE (statut <> 'TRAITE'::text);

--
-- Name: ecarts_page_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ecarts_page_idx ON public.ecarts USING btree (created_at DESC, id DESC);

--
-- Name: ecarts_produit_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ecarts_produit_id_idx ON public.ecarts USING btree (produit_id);

--
-- Name: ecarts_reference_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ecarts_reference_idx ON public.ecarts USING btree (reference_type, reference_id);

--
-- Name: ecarts_traite_par_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ecarts_traite_par_idx ON public.ecarts USING btree (traite_par);

--
-- Name: ecritures_tiers_client_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ecritures_tiers_client_id_idx ON public.ecritures_tiers USING btree (client_id);

--
-- Name: ecritures_tiers_compte_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ecritures_tiers_compte_idx ON public.ecritures_tiers USING btree (tiers_type, tiers_id, devise, date_valeur, ordre);

--
-- Name: ecritures_tiers_created_by_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ecritures_tiers_created_by_idx ON public.ecritures_tiers USING btree (created_by);

--
-- Name: ecritures_tiers_depot_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ecritures_tiers_depot_id_idx ON public.ecritures_tiers USING btree (depot_id);

--
-- Name: ecritures_tiers_fournisseur_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ecritures_tiers_fournisseur_id_idx ON public.ecritures_tiers USING btree (fournisseur_id);

--
-- Name: factures_fournisseur_receptions_facture_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX factures_fournisseur_receptions_facture_idx ON public.factures_fournisseur_receptions USING btree (facture_id);

--
-- Name: fournisseur_facture_created_by_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX fournisseur_facture_created_by_idx ON public.fournisseur_facture_lot_min USING btree (created_by);

--
-- Name: fournisseur_facture_fournisseur_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX fournisseur_facture_fournisseur_id_idx ON public.fournisseur_facture_lot_min USING btree (fournisseur_id);

--
-- Name: fournisseur_facture_lot_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX fournisseur_facture_lot_id_idx ON public.fournisseur_facture_lot_min USING btree (fournisseur_lot_id);

--
-- Name: fournisseur_facture_lot_unique; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX fournisseur_facture_lot_unique ON public.fournisseur_facture_lot_min USING btree (fournisseur_lot_id) WHERE ((type = 'FACTURE'::text) AND (statut <> 'ANNULEE'::text));

--
-- Name: fournisseur_facture_numero_unique; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX fournisseur_facture_numero_unique ON public.fournisseur_facture_lot_min USING btree (fournisseur_id, lower(btrim(invoice_no))) WHERE (statut <> 'ANNULEE'::text);

--
-- Name: fournisseur_facture_origine_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX fournisseur_facture_origine_idx ON public.fournisseur_facture_lot_min USING btree (facture_origine_id);

--
-- Name: fournisseur_facture_page_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX fournisseur_facture_page_idx ON public.fournisseur_facture_lot_min USING btree (created_at DESC, id DESC);

--
-- Name: fournisseur_facture_validated_by_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX fournisseur_facture_validated_by_idx ON public.fournisseur_facture_lot_min USING btree (validated_by);

--
-- Name: fournisseur_lot_created_by_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX fournisseur_lot_created_by_idx ON public.fournisseur_lot USING btree (created_by);

--
-- Name: fournisseur_lot_page_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX fournisseur_lot_page_idx ON public.fournisseur_lot USING btree (created_at DESC, id DESC);

--
-- Name: fournisseur_lot_produit_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX fournisseur_lot_produit_id_idx ON public.fournisseur_lot USING btree (produit_id);

--
-- Name: fournisseur_paiement_annule_par_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX fournisseur_paiement_annule_par_idx ON public.fournisseur_paiement_lot_min USING btree (annule_par);

--
-- Name: fournisseur_paiement_confirme_par_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX fournisseur_paiement_confirme_par_idx ON public.fournisseur_paiement_lot_min USING btree (confirme_par);

--
-- Name: fournisseur_paiement_created_by_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX fournisseur_paiement_created_by_idx ON public.fournisseur_paiement_lot_min USING btree (created_by);

--
-- Name: fournisseur_paiement_facture_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX fournisseur_paiement_facture_idx ON public.fournisseur_paiement_lot_min USING btree (fournisseur_facture_id, date_paiement DESC);

--
-- Name: fournisseur_paiement_page_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX fournisseur_paiement_page_idx ON public.fournisseur_paiement_lot_min USING btree (created_at DESC, id DESC);

--
-- Name: fournisseurs_nom_lu_key; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX fournisseurs_nom_lu_key ON public.fournisseurs USING btree (private.cle_nom(nom));

--
-- Name: log_actions_cible_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX log_actions_cible_id_idx ON public.log_actions USING btree (cible_id);

--
-- Name: log_actions_created_at_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX log_actions_created_at_idx ON public.log_actions USING btree (created_at DESC, id DESC);

--
-- Name: log_actions_niveau_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX log_actions_niveau_idx ON public.log_actions USING btree (niveau, created_at DESC, id DESC) WHERE (niveau <> 'INFO'::text);

--
-- Name: log_actions_rare_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX log_actions_rare_idx ON public.log_actions USING brin (user_id uuid_bloom_ops, depot_id uuid_bloom_ops, action text_bloom_ops, module text_bloom_ops) WITH (pages_per_range='64', autosummarize='on');

--
-- Name: partenaires_nom_lu_key; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX partenaires_nom_lu_key ON public.partenaires USING btree (private.cle_nom(nom));

--
-- Name: prises_de_hauteur_citerne_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX prises_de_hauteur_citerne_idx ON public.prises_de_hauteur USING btree (citerne_id, created_at DESC);

--
-- Name: prises_de_hauteur_created_by_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX prises_de_hauteur_created_by_idx ON public.prises_de_hauteur USING btree (created_by);

--
-- Name: prises_de_hauteur_depot_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX prises_de_hauteur_depot_idx ON public.prises_de_hauteur USING btree (depot_id, created_at DESC);

--
-- Name: prises_de_hauteur_produit_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX prises_de_hauteur_produit_id_idx ON public.prises_de_hauteur USING btree (produit_id);

--
-- Name: produits_code_lu_key; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX produits_code_lu_key ON public.produits USING btree (private.cle_nom(code));

--
-- Name: produits_nom_lu_key; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX produits_nom_lu_key ON public.produits USING btree (private.cle_nom(nom));

--
-- Name: profils_depot_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX profils_depot_id_idx ON public.profils USING btree (depot_id);

--
-- Name: receptions_citerne_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX receptions_citerne_idx ON public.receptions USING btree (citerne_id, date_reception DESC);

--
-- Name: receptions_cours_de_route_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX receptions_cours_de_route_id_idx ON public.receptions USING btree (cours_de_route_id);

--
-- Name: receptions_created_by_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX receptions_created_by_idx ON public.receptions USING btree (created_by);

--
-- Name: receptions_depot_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX receptions_depot_idx ON public.receptions USING btree (depot_id, date_reception DESC);

--
-- Name: receptions_ecart_15c_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX receptions_ecart_15c_idx ON public.receptions USING btree (id) WHERE (abs((volume_ambiant - volume_15c)) > (0.03 * volume_ambiant));

--
-- Name: receptions_page_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX receptions_page_idx ON public.receptions USING btree (date_reception DESC, id DESC);

--
-- Name: receptions_partenaire_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX receptions_partenaire_id_idx ON public.receptions USING btree (partenaire_id);

--
-- Name: receptions_produit_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX receptions_produit_id_idx ON public.receptions USING btree (produit_id);

--
-- Name: receptions_validated_by_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX receptions_validated_by_idx ON public.receptions USING btree (validated_by);

--
-- Name: sorties_brouillon_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX sorties_brouillon_idx ON public.sorties_produit USING btree (created_at) WHERE (statut = 'brouillon'::text);

--
-- Name: sorties_ecart_15c_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX sorties_ecart_15c_idx ON public.sorties_produit USING btree (id) WHERE ((statut = 'validee'::text) AND (abs((volume_ambiant - volume_15c)) > (0.03 * volume_ambiant)));

--
-- Name: sorties_produit_citerne_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX sorties_produit_citerne_idx ON public.sorties_produit USING btree (citerne_id, date_jour DESC);

--
-- Name: sorties_produit_client_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX sorties_produit_client_id_idx ON public.sorties_produit USING btree (client_id);

--
-- Name: sorties_produit_created_by_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX sorties_produit_created_by_idx ON public.sorties_produit USING brin (created_by);

--
-- Name: sorties_produit_page_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX sorties_produit_page_idx ON public.sorties_produit USING btree (date_jour DESC, id DESC);

--
-- Name: sorties_produit_partenaire_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX sorties_produit_partenaire_id_idx ON public.sorties_produit USING brin (partenaire_id);

--
-- Name: sorties_produit_produit_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX sorties_produit_produit_id_idx ON public.sorties_produit USING brin (produit_id);

--
-- Name: sorties_produit_validated_by_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX sorties_produit_validated_by_idx ON public.sorties_produit USING brin (validated_by);

--
-- Name: stocks_adjustments_citerne_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX stocks_adjustments_citerne_idx ON public.stocks_adjustments USING btree (citerne_id, date_jour DESC);

--
-- Name: stocks_adjustments_compensation_unique; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX stocks_adjustments_compensation_unique ON public.stocks_adjustments USING btree (mouvement_type, mouvement_id) WHERE compensation;

--
-- Name: stocks_adjustments_contrepartie_de_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX stocks_adjustments_contrepartie_de_idx ON public.stocks_adjustments USING btree (contrepartie_de);

--
-- Name: stocks_adjustments_created_by_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX stocks_adjustments_created_by_idx ON public.stocks_adjustments USING btree (created_by);

--
-- Name: stocks_adjustments_depot_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX stocks_adjustments_depot_id_idx ON public.stocks_adjustments USING btree (depot_id);

--
-- Name: stocks_adjustments_mouvement_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX stocks_adjustments_mouvement_idx ON public.stocks_adjustments USING btree (mouvement_type, mouvement_id);

--
-- Name: stocks_adjustments_produit_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX stocks_adjustments_produit_id_idx ON public.stocks_adjustments USING btree (produit_id);

--
-- Name: stocks_initiaux_created_by_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX stocks_initiaux_created_by_idx ON public.stocks_initiaux USING btree (created_by);

--
-- Name: stocks_initiaux_depot_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX stocks_initiaux_depot_id_idx ON public.stocks_initiaux USING btree (depot_id);

--
-- Name: stocks_initiaux_produit_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX stocks_initiaux_produit_id_idx ON public.stocks_initiaux USING btree (produit_id);

--
-- Name: stocks_journaliers_depot_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX stocks_journaliers_depot_idx ON public.stocks_journaliers USING btree (depot_id, date_jour DESC);

--
-- Name: stocks_journaliers_page_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX stocks_journaliers_page_idx ON public.stocks_journaliers USING btree (date_jour DESC, id DESC);

--
-- Name: stocks_journaliers_produit_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX stocks_journaliers_produit_id_idx ON public.stocks_journaliers USING btree (produit_id);

--
-- Name: stocks_snapshot_depot_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX stocks_snapshot_depot_id_idx ON public.stocks_snapshot USING btree (depot_id);

--
-- Name: stocks_snapshot_produit_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX stocks_snapshot_produit_id_idx ON public.stocks_snapshot USING btree (produit_id);

--
-- Name: system_alerts_acknowledged_by_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX system_alerts_acknowledged_by_idx ON public.system_alerts USING btree (acknowledged_by);

--
-- Name: system_alerts_depot_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX system_alerts_depot_id_idx ON public.system_alerts USING btree (depot_id);

--
-- Name: system_alerts_page_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX system_alerts_page_idx ON public.system_alerts USING btree (last_detected_at DESC, id DESC);

--
-- Name: system_alerts_presentes_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX system_alerts_presentes_idx ON public.system_alerts USING btree (check_code) WHERE presente;

--
-- Name: system_alerts_resolved_by_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX system_alerts_resolved_by_idx ON public.system_alerts USING btree (resolved_by);

--
-- Name: transferts_created_by_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX transferts_created_by_idx ON public.transferts USING btree (created_by);

--
-- Name: transferts_depot_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX transferts_depot_idx ON public.transferts USING btree (depot_id, date_jour DESC);

--
-- Name: transferts_destination_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX transferts_destination_idx ON public.transferts USING btree (citerne_destination_id, date_jour DESC);

--
-- Name: transferts_produit_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX transferts_produit_id_idx ON public.transferts USING btree (produit_id);

--
-- Name: transferts_source_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX transferts_source_idx ON public.transferts USING btree (citerne_source_id, date_jour DESC);

--
-- Name: v_citerne_stock_snapshot_agg _RETURN; Type: RULE; Schema: public; Owner: -
--

CREATE OR REPLACE VIEW public.v_citerne_stock_snapshot_agg WITH (security_invoker='true') AS
 SELECT c.id AS citerne_id,
    c.nom AS citerne_nom,
    c.depot_id,
    c.produit_id,
    COALESCE(sum(s.stock_ambiant), (0)::numeric) AS stock_ambiant_total,
    COALESCE(sum(s.stock_15c), (0)::numeric) AS stock_15c_total,
    max(s.updated_at) AS last_snapshot_at,
    c.capacite_totale,
    c.capacite_securite
   FROM (public.citernes c
     LEFT JOIN public.stocks_snapshot s ON ((s.citerne_id = c.id)))
  GROUP BY c.id;

--
-- Name: v_integrity_checks _RETURN; Type: RULE; Schema: public; Owner: -
--

CREATE OR REPLACE VIEW public.v_integrity_checks WITH (security_invoker='true') AS
 SELECT c.code AS check_code,
    c.severity,
    v.entity_type,
    v.entity_id,
    v.message,
    v.payload,
    now() AS detected_at,
    v.depot_id
   FROM (( SELECT 'STOCK_NEGATIF'::text AS code,
            'CITERNE_STOCK'::text AS entity_type,
            s.citerne_id AS entity_id,
            format('Stock négatif : %s L mesurés, %s L à 15 °C.'::text, s.stock_ambiant, s.stock_15c) AS message,
            jsonb_build_object('citerne_id', s.citerne_id, 'produit_id', s.produit_id, 'proprietaire_type', s.proprietaire_type, 'stock_ambiant', s.stock_ambiant, 'stock_15c', s.stock_15c) AS payload,
            s.depot_id
           FROM public.stocks_snapshot s
          WHERE ((s.stock_ambiant < '-0.01'::numeric) OR (s.stock_15c < '-0.01'::numeric))
        UNION ALL
         SELECT 'STOCK_OVER_CAPACITY'::text AS code,
            'CITERNE_STOCK'::text AS entity_type,
            c_1.id,
            format('%s contient %s L pour une capacité de %s L.'::text, c_1.nom, sum(s.stock_ambiant), c_1.capacite_totale) AS format,
            jsonb_build_object('citerne_id', c_1.id, 'stock_ambiant', sum(s.stock_ambiant), 'capacite_totale', c_1.capacite_totale) AS jsonb_build_object,
            c_1.depot_id
           FROM (public.citernes c_1
             JOIN public.stocks_snapshot s ON ((s.citerne_id = c_1.id)))
          GROUP BY c_1.id
         HAVING (sum(s.stock_ambiant) > c_1.capacite_totale)
        UNION ALL
         SELECT 'CITERNE_SOUS_SECURITE'::text AS code,
            'CITERNE_STOCK'::text AS entity_type,
            c_1.id,
            format('%s contient %s L, sous sa capacité de sécurité de %s L.'::text, c_1.nom, sum(s.stock_ambiant), c_1.capacite_securite) AS format,
            jsonb_build_object('citerne_id', c_1.id, 'stock_ambiant', sum(s.stock_ambiant), 'capacite_securite', c_1.capacite_securite) AS jsonb_build_object,
            c_1.depot_id
           FROM (public.citernes c_1
             JOIN public.stocks_snapshot s ON ((s.citerne_id = c_1.id)))
          WHERE (c_1.statut = 'active'::text)
          GROUP BY c_1.id
         HAVING (sum(s.stock_ambiant) < c_1.capacite_securite)
        UNION ALL
         SELECT 'CITERNE_INACTIVE_AVEC_STOCK'::text AS code,
            'CITERNE_STOCK'::text AS entity_type,
            c_1.id,
            format('%s est %s et contient encore %s L.'::text, c_1.nom, c_1.statut, sum(s.stock_ambiant)) AS format,
            jsonb_build_object('citerne_id', c_1.id, 'statut', c_1.statut, 'stock_ambiant', sum(s.stock_ambiant)) AS jsonb_build_object,
            c_1.depot_id
           FROM (public.citernes c_1
             JOIN public.stocks_snapshot s ON ((s.citerne_id = c_1.id)))
          WHERE (c_1.statut = 'inactive'::text)
          GROUP BY c_1.id
         HAVING (sum(s.stock_ambiant) > (0)::numeric)
        UNION ALL
         SELECT 'CDR_ARRIVE_STALE'::text AS code,
            'CDR'::text AS entity_type,
            c_1.id,
            format('Le camion %s est arrivé depuis plus de %s jours et n''est pas déchargé.'::text, c_1.plaque_camion, k.seuil) AS format,
            jsonb_build_object('cours_de_route_id', c_1.id, 'plaque_camion', c_1.plaque_camion, 'depuis', private.arrive_depuis(c_1.id)) AS jsonb_build_object,
            c_1.depot_destination_id
           FROM (( SELECT ( SELECT (private.controle('CDR_ARRIVE_STALE'::text)).seuil AS seuil) AS seuil) k
             JOIN public.cours_de_route c_1 ON (((c_1.statut = 'ARRIVE'::text) AND (private.arrive_depuis(c_1.id) < (now() - ((k.seuil)::double precision * '1 day'::interval))))))
        UNION ALL
         SELECT 'RECEPTION_ECART_15C'::text AS code,
            'RECEPTION'::text AS entity_type,
            r.id,
            format('Réception de %s L mesurés pour %s L à 15 °C.'::text, r.volume_ambiant, r.volume_15c) AS format,
            jsonb_build_object('reception_id', r.id, 'volume_ambiant', r.volume_ambiant, 'volume_15c', r.volume_15c) AS jsonb_build_object,
            r.depot_id
           FROM (( SELECT ( SELECT (private.controle('RECEPTION_ECART_15C'::text)).seuil AS seuil) AS seuil) k
             JOIN public.receptions r ON (((abs((r.volume_ambiant - r.volume_15c)) > (0.03 * r.volume_ambiant)) AND (abs((r.volume_ambiant - r.volume_15c)) > ((k.seuil / (100)::numeric) * r.volume_ambiant)))))
        UNION ALL
         SELECT 'SORTIE_ECART_15C'::text AS code,
            'SORTIE'::text AS entity_type,
            s.id,
            format('Sortie de %s L mesurés pour %s L à 15 °C.'::text, s.volume_ambiant, s.volume_15c) AS format,
            jsonb_build_object('sortie_id', s.id, 'volume_ambiant', s.volume_ambiant, 'volume_15c', s.volume_15c) AS jsonb_build_object,
            s.depot_id
           FROM (( SELECT ( SELECT (private.controle('SORTIE_ECART_15C'::text)).seuil AS seuil) AS seuil) k
             JOIN public.sorties_produit s ON (((s.statut = 'validee'::text) AND (abs((s.volume_ambiant - s.volume_15c)) > (0.03 * s.volume_ambiant)) AND (abs((s.volume_ambiant - s.volume_15c)) > ((k.seuil / (100)::numeric) * s.volume_ambiant)))))
        UNION ALL
         SELECT 'SORTIE_BROUILLON_ANCIEN'::text AS code,
            'SORTIE'::text AS entity_type,
            s.id,
            format('Un brouillon de sortie attend depuis plus de %s heures.'::text, k.seuil) AS format,
            jsonb_build_object('sortie_id', s.id, 'created_at', s.created_at) AS jsonb_build_object,
            s.depot_id
           FROM (( SELECT ( SELECT (private.controle('SORTIE_BROUILLON_ANCIEN'::text)).seuil AS seuil) AS seuil) k
             JOIN public.sorties_produit s ON (((s.statut = 'brouillon'::text) AND (s.created_at < (now() - ((k.seuil)::double precision * '01:00:00'::interval))))))
        UNION ALL
         SELECT 'ECART_ANCIEN'::text AS code,
            'ECART'::text AS entity_type,
            e.id,
            format('Un écart attend depuis plus de %s jours.'::text, k.seuil) AS format,
            jsonb_build_object('ecart_id', e.id, 'type', e.type, 'reference_type', e.reference_type, 'statut', e.statut) AS jsonb_build_object,
            e.depot_id
           FROM (( SELECT ( SELECT (private.controle('ECART_ANCIEN'::text)).seuil AS seuil) AS seuil) k
             JOIN public.ecarts e ON (((e.statut <> 'TRAITE'::text) AND (e.created_at < (now() - ((k.seuil)::double precision * '1 day'::interval))))))
        UNION ALL
         SELECT 'LOT_FACTURE_SANS_FACTURE'::text AS code,
            'LOT'::text AS entity_type,
            l.id,
            format('Le lot %s est marqué facturé et n''a aucune facture.'::text, l.reference) AS format,
            jsonb_build_object('fournisseur_lot_id', l.id, 'reference', l.reference) AS jsonb_build_object,
            NULL::uuid AS depot_id
           FROM public.fournisseur_lot l
          WHERE ((l.statut = 'facture'::text) AND ( SELECT (private.peut('lire_finance'::text) OR (auth.uid() IS NULL))) AND (NOT (EXISTS ( SELECT
                   FROM public.fournisseur_facture_lot_min f
                  WHERE ((f.fournisseur_lot_id = l.id) AND (f.type = 'FACTURE'::text) AND (f.statut <> 'ANNULEE'::text))))))
        UNION ALL
         SELECT 'FACTURE_MOUVEMENT_CORRIGE'::text AS code,
            'FACTURE'::text AS entity_type,
            f.id,
            format('Une réception de la facture %s a été corrigée depuis sa validation.'::text, f.invoice_no) AS format,
            jsonb_build_object('facture_id', f.id, 'ajustements', jsonb_agg(a.id ORDER BY a.id)) AS jsonb_build_object,
            NULL::uuid AS depot_id
           FROM ((public.stocks_adjustments a
             JOIN public.factures_fournisseur_receptions s ON ((s.reception_id = a.mouvement_id)))
             JOIN public.fournisseur_facture_lot_min f ON (((f.id = s.facture_id) AND (a.created_at > f.validated_at))))
          WHERE ((a.mouvement_type = 'RECEPTION'::text) AND (a.delta_15c <> (0)::numeric))
          GROUP BY f.id) v(code, entity_type, entity_id, message, payload, depot_id)
     CROSS JOIN LATERAL private.controle(v.code) c(code, severity, actif, seuil, dit))
  WHERE (c.code IS NOT NULL)
UNION ALL
 SELECT x.check_code,
    x.severity,
    x.entity_type,
    x.entity_id,
    x.message,
    x.payload,
    x.detected_at,
    x.depot_id
   FROM private.constats_vus() x(check_code, entity_type, entity_id, severity, message, payload, depot_id, detected_at);

--
-- Name: profils_calcul profils_calcul_after_write; Type: TRIGGER; Schema: astm; Owner: -
--

CREATE TRIGGER profils_calcul_after_write AFTER INSERT OR DELETE OR UPDATE ON astm.profils_calcul FOR EACH ROW EXECUTE FUNCTION private.profils_calcul_journaliser();

--
-- Name: profils_calcul profils_calcul_before_write; Type: TRIGGER; Schema: astm; Owner: -
--

CREATE TRIGGER profils_calcul_before_write BEFORE DELETE OR UPDATE ON astm.profils_calcul FOR EACH ROW EXECUTE FUNCTION private.profils_calcul_garder_defaut();

--
-- Name: blocs_journal blocs_journal_block; Type: TRIGGER; Schema: private; Owner: -
--

CREATE TRIGGER blocs_journal_block BEFORE DELETE OR UPDATE OR TRUNCATE ON private.blocs_journal FOR EACH STATEMENT EXECUTE FUNCTION private.interdire_ecriture();

--
-- Name: lettrages lettrages_block; Type: TRIGGER; Schema: private; Owner: -
--

CREATE TRIGGER lettrages_block BEFORE DELETE OR UPDATE OR TRUNCATE ON private.lettrages FOR EACH STATEMENT EXECUTE FUNCTION private.interdire_ecriture();

--
-- Name: numeros numeros_block; Type: TRIGGER; Schema: private; Owner: -
--

CREATE TRIGGER numeros_block BEFORE DELETE OR UPDATE OR TRUNCATE ON private.numeros FOR EACH STATEMENT EXECUTE FUNCTION private.interdire_ecriture();

--
-- Name: series_trous series_trous_block; Type: TRIGGER; Schema: private; Owner: -
--

CREATE TRIGGER series_trous_block BEFORE DELETE OR UPDATE OR TRUNCATE ON private.series_trous FOR EACH STATEMENT EXECUTE FUNCTION private.interdire_ecriture();

--
-- Name: citernes a_lignes_bornees; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER a_lignes_bornees AFTER INSERT ON public.citernes REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION private.borner_lignes();

--
-- Name: clients a_lignes_bornees; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER a_lignes_bornees AFTER INSERT ON public.clients REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION private.borner_lignes();

--
-- Name: cours_de_route a_lignes_bornees; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER a_lignes_bornees AFTER INSERT ON public.cours_de_route REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION private.borner_lignes();

--
-- Name: depots a_lignes_bornees; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER a_lignes_bornees AFTER INSERT ON public.depots REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION private.borner_lignes();

--
-- Name: fournisseur_facture_lot_min a_lignes_bornees; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER a_lignes_bornees AFTER INSERT ON public.fournisseur_facture_lot_min REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION private.borner_lignes();

--
-- Name: fournisseur_lot a_lignes_bornees; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER a_lignes_bornees AFTER INSERT ON public.fournisseur_lot REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION private.borner_lignes();

--
-- Name: fournisseur_paiement_lot_min a_lignes_bornees; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER a_lignes_bornees AFTER INSERT ON public.fournisseur_paiement_lot_min REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION private.borner_lignes();

--
-- Name: fournisseurs a_lignes_bornees; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER a_lignes_bornees AFTER INSERT ON public.fournisseurs REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION private.borner_lignes();

--
-- Name: golden_cases a_lignes_bornees; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER a_lignes_bornees AFTER INSERT ON public.golden_cases REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION private.borner_lignes();

--
-- Name: partenaires a_lignes_bornees; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER a_lignes_bornees AFTER INSERT ON public.partenaires REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION private.borner_lignes();

--
-- Name: prises_de_hauteur a_lignes_bornees; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER a_lignes_bornees AFTER INSERT ON public.prises_de_hauteur REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION private.borner_lignes();

--
-- Name: produits a_lignes_bornees; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER a_lignes_bornees AFTER INSERT ON public.produits REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION private.borner_lignes();

--
-- Name: profils a_lignes_bornees; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER a_lignes_bornees AFTER INSERT ON public.profils REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION private.borner_lignes();

--
-- Name: receptions a_lignes_bornees; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER a_lignes_bornees AFTER INSERT ON public.receptions REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION private.borner_lignes();

--
-- Name: sorties_produit a_lignes_bornees; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER a_lignes_bornees AFTER INSERT ON public.sorties_produit REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION private.borner_lignes();

--
-- Name: stocks_adjustments a_lignes_bornees; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER a_lignes_bornees AFTER INSERT ON public.stocks_adjustments REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION private.borner_lignes();

--
-- Name: transferts a_lignes_bornees; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER a_lignes_bornees AFTER INSERT ON public.transferts REFERENCING NEW TABLE AS lignes FOR EACH STATEMENT EXECUTE FUNCTION private.borner_lignes();

--
-- Name: alertes_evenements alertes_evenements_block; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER alertes_evenements_block BEFORE DELETE OR UPDATE OR TRUNCATE ON public.alertes_evenements FOR EACH STATEMENT EXECUTE FUNCTION private.interdire_ecriture();

--
-- Name: app_settings app_settings_after_write; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER app_settings_after_write AFTER INSERT OR DELETE OR UPDATE ON public.app_settings FOR EACH ROW EXECUTE FUNCTION private.journaliser_ligne('reglages', 'REGLAGE', 'WARNING');

--
-- Name: app_settings app_settings_before_write; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER app_settings_before_write BEFORE DELETE OR UPDATE ON public.app_settings FOR EACH ROW EXECUTE FUNCTION private.env_proteger();

--
-- Name: app_settings app_settings_gel_delete; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER app_settings_gel_delete BEFORE DELETE ON public.app_settings FOR EACH ROW WHEN ((old.key = 'gel_ecritures'::text)) EXECUTE FUNCTION private.gel_reserver_ecriture();

--
-- Name: app_settings app_settings_gel_insert; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER app_settings_gel_insert BEFORE INSERT ON public.app_settings FOR EACH ROW WHEN ((new.key = 'gel_ecritures'::text)) EXECUTE FUNCTION private.gel_reserver_ecriture();

--
-- Name: app_settings app_settings_gel_update; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER app_settings_gel_update BEFORE UPDATE ON public.app_settings FOR EACH ROW WHEN ((('gel_ecritures'::text = old.key) OR ('gel_ecritures'::text = new.key))) EXECUTE FUNCTION private.gel_reserver_ecriture();

--
-- Name: citernes citernes_avant_ecriture; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER citernes_avant_ecriture BEFORE INSERT OR UPDATE OF id, nom, produit_id, depot_id ON public.citernes FOR EACH ROW EXECUTE FUNCTION private.citernes_avant_ecriture();

--
-- Name: citernes citernes_before_update; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER citernes_before_update BEFORE UPDATE ON public.citernes FOR EACH ROW EXECUTE FUNCTION private.citernes_proteger();

--
-- Name: citernes citernes_before_update_tolerance; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER citernes_before_update_tolerance BEFORE UPDATE ON public.citernes FOR EACH ROW WHEN ((old.tolerance_inventaire_pour_mille IS DISTINCT FROM new.tolerance_inventaire_pour_mille)) EXECUTE FUNCTION private.mesures_proteger();

--
-- Name: citernes citernes_journal; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER citernes_journal AFTER INSERT OR DELETE ON public.citernes FOR EACH ROW EXECUTE FUNCTION private.referentiel_journaliser('CITERNE', 'INFO');

--
-- Name: citernes citernes_journal_mesure; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER citernes_journal_mesure AFTER UPDATE ON public.citernes FOR EACH ROW WHEN ((old.tolerance_inventaire_pour_mille IS DISTINCT FROM new.tolerance_inventaire_pour_mille)) EXECUTE FUNCTION private.referentiel_journaliser('CITERNE', 'WARNING');

--
-- Name: citernes citernes_journal_nom; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER citernes_journal_nom AFTER UPDATE ON public.citernes FOR EACH ROW WHEN ((NOT (old.tolerance_inventaire_pour_mille IS DISTINCT FROM new.tolerance_inventaire_pour_mille))) EXECUTE FUNCTION private.referentiel_journaliser('CITERNE', 'INFO');

--
-- Name: clients clients_journal; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER clients_journal AFTER INSERT OR DELETE OR UPDATE ON public.clients FOR EACH ROW EXECUTE FUNCTION private.referentiel_journaliser('CLIENT', 'INFO');

--
-- Name: cours_de_route cours_de_route_after_write; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER cours_de_route_after_write AFTER INSERT OR DELETE OR UPDATE ON public.cours_de_route FOR EACH ROW EXECUTE FUNCTION private.cours_de_route_journaliser();

--
-- Name: cours_de_route cours_de_route_before_delete; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER cours_de_route_before_delete BEFORE DELETE ON public.cours_de_route FOR EACH ROW EXECUTE FUNCTION private.cours_de_route_avant_suppression();

--
-- Name: cours_de_route cours_de_route_before_insert; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER cours_de_route_before_insert BEFORE INSERT ON public.cours_de_route FOR EACH ROW EXECUTE FUNCTION private.cours_de_route_avant_insert();

--
-- Name: cours_de_route cours_de_route_before_update; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER cours_de_route_before_update BEFORE UPDATE ON public.cours_de_route FOR EACH ROW EXECUTE FUNCTION private.cours_de_route_avant_update();

--
-- Name: cours_de_route cours_de_route_camions_insert; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER cours_de_route_camions_insert BEFORE INSERT ON public.cours_de_route FOR EACH STATEMENT EXECUTE FUNCTION private.reserver_camions();

--
-- Name: cours_de_route cours_de_route_camions_update; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER cours_de_route_camions_update BEFORE UPDATE OF plaque_camion, depot_destination_id ON public.cours_de_route FOR EACH STATEMENT EXECUTE FUNCTION private.reserver_camions();

--
-- Name: cours_de_route cours_de_route_gel; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER cours_de_route_gel BEFORE INSERT OR DELETE OR UPDATE ON public.cours_de_route FOR EACH STATEMENT EXECUTE FUNCTION private.exiger_ecritures_ouvertes();

--
-- Name: cours_de_route cours_de_route_modification; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER cours_de_route_modification BEFORE UPDATE ON public.cours_de_route FOR EACH STATEMENT EXECUTE FUNCTION private.exiger_a_l_ecriture('ecrire_cours_de_route');

--
-- Name: cours_de_route cours_de_route_suppression; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER cours_de_route_suppression BEFORE DELETE ON public.cours_de_route FOR EACH STATEMENT EXECUTE FUNCTION private.exiger_a_l_ecriture('supprimer_cours_de_route');

--
-- Name: depots depots_before_update; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER depots_before_update BEFORE UPDATE ON public.depots FOR EACH ROW WHEN (((old.fuseau IS DISTINCT FROM new.fuseau) OR (old.temperature_min_c IS DISTINCT FROM new.temperature_min_c) OR (old.temperature_max_c IS DISTINCT FROM new.temperature_max_c))) EXECUTE FUNCTION private.mesures_proteger();

--
-- Name: depots depots_journal; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER depots_journal AFTER INSERT OR DELETE ON public.depots FOR EACH ROW EXECUTE FUNCTION private.referentiel_journaliser('DEPOT', 'INFO');

--
-- Name: depots depots_journal_mesure; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER depots_journal_mesure AFTER UPDATE ON public.depots FOR EACH ROW WHEN (((old.fuseau IS DISTINCT FROM new.fuseau) OR (old.temperature_min_c IS DISTINCT FROM new.temperature_min_c) OR (old.temperature_max_c IS DISTINCT FROM new.temperature_max_c))) EXECUTE FUNCTION private.referentiel_journaliser('DEPOT', 'WARNING');

--
-- Name: depots depots_journal_nom; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER depots_journal_nom AFTER UPDATE ON public.depots FOR EACH ROW WHEN (((NOT (old.fuseau IS DISTINCT FROM new.fuseau)) AND (NOT (old.temperature_min_c IS DISTINCT FROM new.temperature_min_c)) AND (NOT (old.temperature_max_c IS DISTINCT FROM new.temperature_max_c)))) EXECUTE FUNCTION private.referentiel_journaliser('DEPOT', 'INFO');

--
-- Name: dilatations dilatations_block; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER dilatations_block BEFORE DELETE OR UPDATE OR TRUNCATE ON public.dilatations FOR EACH STATEMENT EXECUTE FUNCTION private.interdire_ecriture();

--
-- Name: dilatations dilatations_gel; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER dilatations_gel BEFORE INSERT ON public.dilatations FOR EACH STATEMENT EXECUTE FUNCTION private.exiger_ecritures_ouvertes();

--
-- Name: ecarts ecarts_gel; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER ecarts_gel BEFORE INSERT OR UPDATE ON public.ecarts FOR EACH STATEMENT EXECUTE FUNCTION private.exiger_ecritures_ouvertes();

--
-- Name: ecritures_tiers ecritures_tiers_block; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER ecritures_tiers_block BEFORE DELETE OR UPDATE OR TRUNCATE ON public.ecritures_tiers FOR EACH STATEMENT EXECUTE FUNCTION private.interdire_ecriture();

--
-- Name: ecritures_tiers ecritures_tiers_gel; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER ecritures_tiers_gel BEFORE INSERT ON public.ecritures_tiers FOR EACH STATEMENT EXECUTE FUNCTION private.exiger_ecritures_ouvertes();

--
-- Name: fournisseur_facture_lot_min facture_fournisseur_after_insert; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER facture_fournisseur_after_insert AFTER INSERT ON public.fournisseur_facture_lot_min FOR EACH ROW EXECUTE FUNCTION private.facture_fournisseur_apres_insert();

--
-- Name: fournisseur_facture_lot_min facture_fournisseur_before_insert; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER facture_fournisseur_before_insert BEFORE INSERT ON public.fournisseur_facture_lot_min FOR EACH ROW EXECUTE FUNCTION private.facture_fournisseur_avant_insert();

--
-- Name: fournisseur_facture_lot_min facture_fournisseur_block; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER facture_fournisseur_block BEFORE DELETE OR TRUNCATE ON public.fournisseur_facture_lot_min FOR EACH STATEMENT EXECUTE FUNCTION private.interdire_ecriture();

--
-- Name: fournisseur_facture_lot_min facture_fournisseur_figer; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER facture_fournisseur_figer BEFORE UPDATE ON public.fournisseur_facture_lot_min FOR EACH ROW EXECUTE FUNCTION private.facture_fournisseur_figer();

--
-- Name: fournisseur_facture_lot_min facture_fournisseur_gel; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER facture_fournisseur_gel BEFORE INSERT OR UPDATE ON public.fournisseur_facture_lot_min FOR EACH STATEMENT EXECUTE FUNCTION private.exiger_ecritures_ouvertes();

--
-- Name: factures_fournisseur_receptions factures_fournisseur_receptions_figer; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER factures_fournisseur_receptions_figer BEFORE DELETE OR UPDATE ON public.factures_fournisseur_receptions FOR EACH ROW EXECUTE FUNCTION private.snapshot_facture_figer();

--
-- Name: factures_fournisseur_receptions factures_fournisseur_receptions_gel; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER factures_fournisseur_receptions_gel BEFORE INSERT OR UPDATE ON public.factures_fournisseur_receptions FOR EACH STATEMENT EXECUTE FUNCTION private.exiger_ecritures_ouvertes();

--
-- Name: feature_flags feature_flags_after_write; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER feature_flags_after_write AFTER INSERT OR DELETE OR UPDATE ON public.feature_flags FOR EACH ROW EXECUTE FUNCTION private.feature_flags_journaliser();

--
-- Name: fournisseur_lot fournisseur_lot_after_write; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER fournisseur_lot_after_write AFTER INSERT OR DELETE OR UPDATE ON public.fournisseur_lot FOR EACH ROW EXECUTE FUNCTION private.fournisseur_lot_journaliser();

--
-- Name: fournisseur_lot fournisseur_lot_before_delete; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER fournisseur_lot_before_delete BEFORE DELETE ON public.fournisseur_lot FOR EACH ROW EXECUTE FUNCTION private.fournisseur_lot_avant_suppression();

--
-- Name: fournisseur_lot fournisseur_lot_before_write; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER fournisseur_lot_before_write BEFORE INSERT OR UPDATE ON public.fournisseur_lot FOR EACH ROW EXECUTE FUNCTION private.fournisseur_lot_avant_ecriture();

--
-- Name: fournisseur_lot fournisseur_lot_creation; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER fournisseur_lot_creation BEFORE INSERT ON public.fournisseur_lot FOR EACH STATEMENT EXECUTE FUNCTION private.exiger_a_l_ecriture('ecrire_cours_de_route');

--
-- Name: fournisseur_lot fournisseur_lot_gel; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER fournisseur_lot_gel BEFORE INSERT OR DELETE OR UPDATE ON public.fournisseur_lot FOR EACH STATEMENT EXECUTE FUNCTION private.exiger_ecritures_ouvertes();

--
-- Name: fournisseur_lot fournisseur_lot_reserve; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER fournisseur_lot_reserve BEFORE DELETE OR UPDATE ON public.fournisseur_lot FOR EACH STATEMENT EXECUTE FUNCTION private.fournisseur_lot_reserver();

--
-- Name: fournisseurs fournisseurs_journal; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER fournisseurs_journal AFTER INSERT OR DELETE OR UPDATE ON public.fournisseurs FOR EACH ROW EXECUTE FUNCTION private.referentiel_journaliser('FOURNISSEUR', 'INFO');

--
-- Name: golden_cases golden_cases_after_write; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER golden_cases_after_write AFTER INSERT OR DELETE OR UPDATE ON public.golden_cases FOR EACH ROW EXECUTE FUNCTION private.journaliser_ligne('astm', 'CAS_REFERENCE', 'WARNING');

--
-- Name: log_actions log_actions_block; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER log_actions_block BEFORE DELETE OR UPDATE OR TRUNCATE ON public.log_actions FOR EACH STATEMENT EXECUTE FUNCTION private.interdire_ecriture();

--
-- Name: fournisseur_paiement_lot_min paiement_fournisseur_after_insert; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER paiement_fournisseur_after_insert AFTER INSERT ON public.fournisseur_paiement_lot_min FOR EACH ROW EXECUTE FUNCTION private.paiement_fournisseur_apres_insert();

--
-- Name: fournisseur_paiement_lot_min paiement_fournisseur_before_insert; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER paiement_fournisseur_before_insert BEFORE INSERT ON public.fournisseur_paiement_lot_min FOR EACH ROW EXECUTE FUNCTION private.paiement_fournisseur_avant_insert();

--
-- Name: fournisseur_paiement_lot_min paiement_fournisseur_block; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER paiement_fournisseur_block BEFORE DELETE OR TRUNCATE ON public.fournisseur_paiement_lot_min FOR EACH STATEMENT EXECUTE FUNCTION private.interdire_ecriture();

--
-- Name: fournisseur_paiement_lot_min paiement_fournisseur_gel; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER paiement_fournisseur_gel BEFORE INSERT OR UPDATE ON public.fournisseur_paiement_lot_min FOR EACH STATEMENT EXECUTE FUNCTION private.exiger_ecritures_ouvertes();

--
-- Name: partenaires partenaires_journal; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER partenaires_journal AFTER INSERT OR DELETE OR UPDATE ON public.partenaires FOR EACH ROW EXECUTE FUNCTION private.referentiel_journaliser('PARTENAIRE', 'INFO');

--
-- Name: prises_de_hauteur prises_de_hauteur_after_insert; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER prises_de_hauteur_after_insert AFTER INSERT ON public.prises_de_hauteur FOR EACH ROW EXECUTE FUNCTION private.prises_de_hauteur_journaliser();

--
-- Name: prises_de_hauteur prises_de_hauteur_before_insert; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER prises_de_hauteur_before_insert BEFORE INSERT ON public.prises_de_hauteur FOR EACH ROW EXECUTE FUNCTION private.prises_de_hauteur_avant_insert();

--
-- Name: prises_de_hauteur prises_de_hauteur_block; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER prises_de_hauteur_block BEFORE DELETE OR UPDATE OR TRUNCATE ON public.prises_de_hauteur FOR EACH STATEMENT EXECUTE FUNCTION private.interdire_ecriture();

--
-- Name: prises_de_hauteur prises_de_hauteur_gel; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER prises_de_hauteur_gel BEFORE INSERT ON public.prises_de_hauteur FOR EACH STATEMENT EXECUTE FUNCTION private.exiger_ecritures_ouvertes();

--
-- Name: produits produits_before_insert; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER produits_before_insert BEFORE INSERT ON public.produits FOR EACH ROW EXECUTE FUNCTION private.produits_avant_insert();

--
-- Name: produits produits_before_update; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER produits_before_update BEFORE UPDATE ON public.produits FOR EACH ROW WHEN (((old.code IS DISTINCT FROM new.code) OR (old.groupe_mpms IS DISTINCT FROM new.groupe_mpms) OR (old.alpha_historique IS DISTINCT FROM new.alpha_historique) OR (old.densite_15_min IS DISTINCT FROM new.densite_15_min) OR (old.densite_15_max IS DISTINCT FROM new.densite_15_max))) EXECUTE FUNCTION private.produits_proteger();

--
-- Name: produits produits_journal; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER produits_journal AFTER INSERT OR DELETE ON public.produits FOR EACH ROW EXECUTE FUNCTION private.referentiel_journaliser('PRODUIT', 'INFO');

--
-- Name: produits produits_journal_mesure; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER produits_journal_mesure AFTER UPDATE ON public.produits FOR EACH ROW WHEN (((old.code IS DISTINCT FROM new.code) OR (old.groupe_mpms IS DISTINCT FROM new.groupe_mpms) OR (old.alpha_historique IS DISTINCT FROM new.alpha_historique) OR (old.densite_15_min IS DISTINCT FROM new.densite_15_min) OR (old.densite_15_max IS DISTINCT FROM new.densite_15_max))) EXECUTE FUNCTION private.referentiel_journaliser('PRODUIT', 'WARNING');

--
-- Name: produits produits_journal_nom; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER produits_journal_nom AFTER UPDATE ON public.produits FOR EACH ROW WHEN (((NOT (old.code IS DISTINCT FROM new.code)) AND (NOT (old.groupe_mpms IS DISTINCT FROM new.groupe_mpms)) AND (NOT (old.alpha_historique IS DISTINCT FROM new.alpha_historique)) AND (NOT (old.densite_15_min IS DISTINCT FROM new.densite_15_min)) AND (NOT (old.densite_15_max IS DISTINCT FROM new.densite_15_max)))) EXECUTE FUNCTION private.referentiel_journaliser('PRODUIT', 'INFO');

--
-- Name: profils profils_after_delete; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER profils_after_delete AFTER DELETE ON public.profils FOR EACH ROW WHEN ((old.desactive_le IS NULL)) EXECUTE FUNCTION private.profils_garder_un_admin();

--
-- Name: profils profils_after_desactivation; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER profils_after_desactivation AFTER UPDATE ON public.profils FOR EACH ROW WHEN (((new.desactive_le IS NULL) <> (old.desactive_le IS NULL))) EXECUTE FUNCTION private.profils_fermer_le_compte();

--
-- Name: profils profils_after_truncate; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER profils_after_truncate AFTER TRUNCATE ON public.profils FOR EACH STATEMENT EXECUTE FUNCTION private.profils_garder_un_admin();

--
-- Name: profils profils_after_update; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER profils_after_update AFTER UPDATE ON public.profils FOR EACH ROW WHEN (((old.desactive_le IS NULL) AND ((new.role <> old.role) OR (new.desactive_le IS NOT NULL)))) EXECUTE FUNCTION private.profils_garder_un_admin();

--
-- Name: profils profils_before_write; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER profils_before_write BEFORE INSERT OR UPDATE ON public.profils FOR EACH ROW EXECUTE FUNCTION private.profils_avant_ecriture();

--
-- Name: profils profils_journal; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER profils_journal AFTER INSERT OR DELETE OR UPDATE ON public.profils FOR EACH ROW EXECUTE FUNCTION private.referentiel_journaliser('PROFIL', 'WARNING');

--
-- Name: receptions receptions_after_insert; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER receptions_after_insert AFTER INSERT ON public.receptions REFERENCING NEW TABLE AS nouvelles FOR EACH STATEMENT EXECUTE FUNCTION private.receptions_apres_insert();

--
-- Name: receptions receptions_after_write; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER receptions_after_write AFTER DELETE OR UPDATE ON public.receptions FOR EACH ROW EXECUTE FUNCTION private.journaliser_ligne('receptions', 'RECEPTION_FORCEE', 'CRITICAL', 'E');

--
-- Name: receptions receptions_before_insert; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER receptions_before_insert BEFORE INSERT ON public.receptions FOR EACH ROW EXECUTE FUNCTION private.receptions_avant_insert();

--
-- Name: receptions receptions_block; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER receptions_block BEFORE DELETE OR UPDATE ON public.receptions FOR EACH ROW EXECUTE FUNCTION public.receptions_block_update_delete();

--
-- Name: receptions receptions_block_truncate; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER receptions_block_truncate BEFORE TRUNCATE ON public.receptions FOR EACH STATEMENT EXECUTE FUNCTION public.receptions_block_update_delete();

--
-- Name: receptions receptions_gel; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER receptions_gel BEFORE INSERT OR DELETE OR UPDATE ON public.receptions FOR EACH STATEMENT EXECUTE FUNCTION private.exiger_ecritures_ouvertes();

--
-- Name: sorties_produit sorties_produit_after_delete; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER sorties_produit_after_delete AFTER DELETE ON public.sorties_produit FOR EACH ROW EXECUTE FUNCTION private.journaliser_ligne('sorties', 'SORTIE_FORCEE', 'CRITICAL', 'E');

--
-- Name: sorties_produit sorties_produit_after_forced_update; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER sorties_produit_after_forced_update AFTER UPDATE ON public.sorties_produit FOR EACH ROW WHEN ((old.statut <> 'brouillon'::text)) EXECUTE FUNCTION private.journaliser_ligne('sorties', 'SORTIE_FORCEE', 'CRITICAL', 'E');

--
-- Name: sorties_produit sorties_produit_after_insert; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER sorties_produit_after_insert AFTER INSERT ON public.sorties_produit FOR EACH ROW WHEN ((new.statut = 'brouillon'::text)) EXECUTE FUNCTION private.sorties_apres_insert();

--
-- Name: sorties_produit sorties_produit_after_statement; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER sorties_produit_after_statement AFTER INSERT ON public.sorties_produit FOR EACH STATEMENT EXECUTE FUNCTION private.sorties_valider_directes();

--
-- Name: sorties_produit sorties_produit_after_update; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER sorties_produit_after_update AFTER UPDATE ON public.sorties_produit FOR EACH ROW WHEN (((old.statut = 'brouillon'::text) AND (new.statut = 'brouillon'::text) AND (old.* IS DISTINCT FROM new.*))) EXECUTE FUNCTION private.journaliser_ligne('sorties', 'SORTIE', 'INFO', 'E');

--
-- Name: sorties_produit sorties_produit_before_insert; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER sorties_produit_before_insert BEFORE INSERT ON public.sorties_produit FOR EACH ROW EXECUTE FUNCTION private.sorties_avant_insert();

--
-- Name: sorties_produit sorties_produit_block; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER sorties_produit_block BEFORE DELETE OR UPDATE ON public.sorties_produit FOR EACH ROW EXECUTE FUNCTION public.sorties_produit_block_update_delete();

--
-- Name: sorties_produit sorties_produit_block_truncate; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER sorties_produit_block_truncate BEFORE TRUNCATE ON public.sorties_produit FOR EACH STATEMENT EXECUTE FUNCTION public.sorties_produit_block_update_delete();

--
-- Name: sorties_produit sorties_produit_gel; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER sorties_produit_gel BEFORE INSERT OR DELETE OR UPDATE ON public.sorties_produit FOR EACH STATEMENT EXECUTE FUNCTION private.exiger_ecritures_ouvertes();

--
-- Name: stocks_adjustments stocks_adjustments_after_insert; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER stocks_adjustments_after_insert AFTER INSERT ON public.stocks_adjustments REFERENCING NEW TABLE AS nouveaux FOR EACH STATEMENT EXECUTE FUNCTION private.stocks_adjustments_apres_insert();

--
-- Name: stocks_adjustments stocks_adjustments_before_insert; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER stocks_adjustments_before_insert BEFORE INSERT ON public.stocks_adjustments FOR EACH ROW EXECUTE FUNCTION private.stocks_adjustments_avant_insert();

--
-- Name: stocks_adjustments stocks_adjustments_block; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER stocks_adjustments_block BEFORE DELETE OR UPDATE OR TRUNCATE ON public.stocks_adjustments FOR EACH STATEMENT EXECUTE FUNCTION private.interdire_ecriture();

--
-- Name: stocks_adjustments stocks_adjustments_gel; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER stocks_adjustments_gel BEFORE INSERT ON public.stocks_adjustments FOR EACH STATEMENT EXECUTE FUNCTION private.exiger_ecritures_ouvertes();

--
-- Name: stocks_initiaux stocks_initiaux_block; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER stocks_initiaux_block BEFORE DELETE OR UPDATE OR TRUNCATE ON public.stocks_initiaux FOR EACH STATEMENT EXECUTE FUNCTION private.interdire_ecriture();

--
-- Name: stocks_initiaux stocks_initiaux_gel; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER stocks_initiaux_gel BEFORE INSERT ON public.stocks_initiaux FOR EACH STATEMENT EXECUTE FUNCTION private.exiger_ecritures_ouvertes();

--
-- Name: stocks_journaliers stocks_journaliers_block; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER stocks_journaliers_block BEFORE INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.stocks_journaliers FOR EACH STATEMENT EXECUTE FUNCTION private.stocks_reserver_ecriture();

--
-- Name: stocks_journaliers stocks_journaliers_gel; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER stocks_journaliers_gel BEFORE DELETE ON public.stocks_journaliers FOR EACH STATEMENT EXECUTE FUNCTION private.exiger_ecritures_ouvertes();

--
-- Name: stocks_snapshot stocks_snapshot_block; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER stocks_snapshot_block BEFORE INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.stocks_snapshot FOR EACH STATEMENT EXECUTE FUNCTION private.stocks_reserver_ecriture();

--
-- Name: system_alerts system_alerts_after_write; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER system_alerts_after_write AFTER INSERT OR UPDATE ON public.system_alerts FOR EACH ROW EXECUTE FUNCTION private.noter_evenement_alerte();

--
-- Name: system_alerts system_alerts_before_update; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER system_alerts_before_update BEFORE UPDATE ON public.system_alerts FOR EACH ROW EXECUTE FUNCTION private.system_alerts_avant_update();

--
-- Name: system_alerts system_alerts_block; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER system_alerts_block BEFORE DELETE OR TRUNCATE ON public.system_alerts FOR EACH STATEMENT EXECUTE FUNCTION private.interdire_ecriture();

--
-- Name: transferts transferts_after_insert; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER transferts_after_insert AFTER INSERT ON public.transferts REFERENCING NEW TABLE AS nouveaux FOR EACH STATEMENT EXECUTE FUNCTION private.transferts_apres_insert();

--
-- Name: transferts transferts_before_insert; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER transferts_before_insert BEFORE INSERT ON public.transferts FOR EACH ROW EXECUTE FUNCTION private.transferts_avant_insert();

--
-- Name: transferts transferts_block; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER transferts_block BEFORE DELETE OR UPDATE OR TRUNCATE ON public.transferts FOR EACH STATEMENT EXECUTE FUNCTION private.interdire_ecriture();

--
-- Name: transferts transferts_gel; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER transferts_gel BEFORE INSERT ON public.transferts FOR EACH STATEMENT EXECUTE FUNCTION private.exiger_ecritures_ouvertes();

--
-- Name: profils_calcul profils_calcul_depot_id_fkey; Type: FK CONSTRAINT; Schema: astm; Owner: -
--

ALTER TABLE ONLY astm.profils_calcul
    ADD CONSTRAINT profils_calcul_depot_id_fkey FOREIGN KEY (depot_id) REFERENCES public.depots(id);

--
-- Name: profils_calcul profils_calcul_produit_id_fkey; Type: FK CONSTRAINT; Schema: astm; Owner: -
--

ALTER TABLE ONLY astm.profils_calcul
    ADD CONSTRAINT profils_calcul_produit_id_fkey FOREIGN KEY (produit_id) REFERENCES public.produits(id);

--
-- Name: lettrages lettrages_annule_id_fkey; Type: FK CONSTRAINT; Schema: private; Owner: -
--

ALTER TABLE ONLY private.lettrages
    ADD CONSTRAINT lettrages_annule_id_fkey FOREIGN KEY (annule_id) REFERENCES private.lettrages(id);

--
-- Name: lettrages lettrages_credit_id_fkey; Type: FK CONSTRAINT; Schema: private; Owner: -
--

ALTER TABLE ONLY private.lettrages
    ADD CONSTRAINT lettrages_credit_id_fkey FOREIGN KEY (credit_id) REFERENCES public.ecritures_tiers(id);

--
-- Name: lettrages lettrages_debit_id_fkey; Type: FK CONSTRAINT; Schema: private; Owner: -
--

ALTER TABLE ONLY private.lettrages
    ADD CONSTRAINT lettrages_debit_id_fkey FOREIGN KEY (debit_id) REFERENCES public.ecritures_tiers(id);

--
-- Name: numeros numeros_depot_id_serie_exercice_fkey; Type: FK CONSTRAINT; Schema: private; Owner: -
--

ALTER TABLE ONLY private.numeros
    ADD CONSTRAINT numeros_depot_id_serie_exercice_fkey FOREIGN KEY (depot_id, serie, exercice) REFERENCES private.series(depot_id, serie, exercice);

--
-- Name: series_trous series_trous_depot_id_serie_exercice_fkey; Type: FK CONSTRAINT; Schema: private; Owner: -
--

ALTER TABLE ONLY private.series_trous
    ADD CONSTRAINT series_trous_depot_id_serie_exercice_fkey FOREIGN KEY (depot_id, serie, exercice) REFERENCES private.series(depot_id, serie, exercice);

--
-- Name: alertes_evenements alertes_evenements_alerte_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.alertes_evenements
    ADD CONSTRAINT alertes_evenements_alerte_id_fkey FOREIGN KEY (alerte_id) REFERENCES public.system_alerts(id);

--
-- Name: alertes_evenements alertes_evenements_depot_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.alertes_evenements
    ADD CONSTRAINT alertes_evenements_depot_id_fkey FOREIGN KEY (depot_id) REFERENCES public.depots(id);

--
-- Name: citernes citernes_depot_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.citernes
    ADD CONSTRAINT citernes_depot_id_fkey FOREIGN KEY (depot_id) REFERENCES public.depots(id);

--
-- Name: citernes citernes_produit_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.citernes
    ADD CONSTRAINT citernes_produit_id_fkey FOREIGN KEY (produit_id) REFERENCES public.produits(id);

--
-- Name: cours_de_route cours_de_route_created_by_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.cours_de_route
    ADD CONSTRAINT cours_de_route_created_by_fkey FOREIGN KEY (created_by) REFERENCES auth.users(id);

--
-- Name: cours_de_route cours_de_route_depot_destination_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.cours_de_route
    ADD CONSTRAINT cours_de_route_depot_destination_id_fkey FOREIGN KEY (depot_destination_id) REFERENCES public.depots(id);

--
-- Name: cours_de_route cours_de_route_fournisseur_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.cours_de_route
    ADD CONSTRAINT cours_de_route_fournisseur_id_fkey FOREIGN KEY (fournisseur_id) REFERENCES public.fournisseurs(id);

--
-- Name: cours_de_route cours_de_route_fournisseur_lot_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.cours_de_route
    ADD CONSTRAINT cours_de_route_fournisseur_lot_id_fkey FOREIGN KEY (fournisseur_lot_id) REFERENCES public.fournisseur_lot(id);

--
-- Name: cours_de_route cours_de_route_produit_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.cours_de_route
    ADD CONSTRAINT cours_de_route_produit_id_fkey FOREIGN KEY (produit_id) REFERENCES public.produits(id);

--
-- Name: dilatations dilatations_citerne_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.dilatations
    ADD CONSTRAINT dilatations_citerne_id_fkey FOREIGN KEY (citerne_id, produit_id, depot_id) REFERENCES public.citernes(id, produit_id, depot_id);

--
-- Name: dilatations dilatations_depot_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.dilatations
    ADD CONSTRAINT dilatations_depot_id_fkey FOREIGN KEY (depot_id) REFERENCES public.depots(id);

--
-- Name: dilatations dilatations_produit_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.dilatations
    ADD CONSTRAINT dilatations_produit_id_fkey FOREIGN KEY (produit_id) REFERENCES public.produits(id);

--
-- Name: ecarts ecarts_created_by_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.ecarts
    ADD CONSTRAINT ecarts_created_by_fkey FOREIGN KEY (created_by) REFERENCES auth.users(id);

--
-- Name: ecarts ecarts_depot_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.ecarts
    ADD CONSTRAINT ecarts_depot_id_fkey FOREIGN KEY (depot_id) REFERENCES public.depots(id);

--
-- Name: ecarts ecarts_fournisseur_lot_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.ecarts
    ADD CONSTRAINT ecarts_fournisseur_lot_id_fkey FOREIGN KEY (fournisseur_lot_id) REFERENCES public.fournisseur_lot(id);

--
-- Name: ecarts ecarts_produit_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.ecarts
    ADD CONSTRAINT ecarts_produit_id_fkey FOREIGN KEY (produit_id) REFERENCES public.produits(id);

--
-- Name: ecarts ecarts_traite_par_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.ecarts
    ADD CONSTRAINT ecarts_traite_par_fkey FOREIGN KEY (traite_par) REFERENCES auth.users(id);

--
-- Name: ecritures_tiers ecritures_tiers_client_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.ecritures_tiers
    ADD CONSTRAINT ecritures_tiers_client_id_fkey FOREIGN KEY (client_id) REFERENCES public.clients(id);

--
-- Name: ecritures_tiers ecritures_tiers_contrepasse_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.ecritures_tiers
    ADD CONSTRAINT ecritures_tiers_contrepasse_id_fkey FOREIGN KEY (contrepasse_id) REFERENCES public.ecritures_tiers(id);

--
-- Name: ecritures_tiers ecritures_tiers_created_by_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.ecritures_tiers
    ADD CONSTRAINT ecritures_tiers_created_by_fkey FOREIGN KEY (created_by) REFERENCES auth.users(id);

--
-- Name: ecritures_tiers ecritures_tiers_depot_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.ecritures_tiers
    ADD CONSTRAINT ecritures_tiers_depot_id_fkey FOREIGN KEY (depot_id) REFERENCES public.depots(id);

--
-- Name: ecritures_tiers ecritures_tiers_fournisseur_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.ecritures_tiers
    ADD CONSTRAINT ecritures_tiers_fournisseur_id_fkey FOREIGN KEY (fournisseur_id) REFERENCES public.fournisseurs(id);

--
-- Name: factures_fournisseur_receptions factures_fournisseur_receptions_facture_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.factures_fournisseur_receptions
    ADD CONSTRAINT factures_fournisseur_receptions_facture_id_fkey FOREIGN KEY (facture_id) REFERENCES public.fournisseur_facture_lot_min(id);

--
-- Name: factures_fournisseur_receptions factures_fournisseur_receptions_reception_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.factures_fournisseur_receptions
    ADD CONSTRAINT factures_fournisseur_receptions_reception_id_fkey FOREIGN KEY (reception_id) REFERENCES public.receptions(id);

--
-- Name: fournisseur_facture_lot_min fournisseur_facture_lot_min_created_by_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.fournisseur_facture_lot_min
    ADD CONSTRAINT fournisseur_facture_lot_min_created_by_fkey FOREIGN KEY (created_by) REFERENCES auth.users(id);

--
-- Name: fournisseur_facture_lot_min fournisseur_facture_lot_min_facture_origine_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.fournisseur_facture_lot_min
    ADD CONSTRAINT fournisseur_facture_lot_min_facture_origine_id_fkey FOREIGN KEY (facture_origine_id) REFERENCES public.fournisseur_facture_lot_min(id);

--
-- Name: fournisseur_facture_lot_min fournisseur_facture_lot_min_fournisseur_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.fournisseur_facture_lot_min
    ADD CONSTRAINT fournisseur_facture_lot_min_fournisseur_id_fkey FOREIGN KEY (fournisseur_id) REFERENCES public.fournisseurs(id);

--
-- Name: fournisseur_facture_lot_min fournisseur_facture_lot_min_fournisseur_lot_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.fournisseur_facture_lot_min
    ADD CONSTRAINT fournisseur_facture_lot_min_fournisseur_lot_id_fkey FOREIGN KEY (fournisseur_lot_id) REFERENCES public.fournisseur_lot(id);

--
-- Name: fournisseur_facture_lot_min fournisseur_facture_lot_min_validated_by_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.fournisseur_facture_lot_min
    ADD CONSTRAINT fournisseur_facture_lot_min_validated_by_fkey FOREIGN KEY (validated_by) REFERENCES auth.users(id);

--
-- Name: fournisseur_lot fournisseur_lot_created_by_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.fournisseur_lot
    ADD CONSTRAINT fournisseur_lot_created_by_fkey FOREIGN KEY (created_by) REFERENCES auth.users(id);

--
-- Name: fournisseur_lot fournisseur_lot_fournisseur_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.fournisseur_lot
    ADD CONSTRAINT fournisseur_lot_fournisseur_id_fkey FOREIGN KEY (fournisseur_id) REFERENCES public.fournisseurs(id);

--
-- Name: fournisseur_lot fournisseur_lot_produit_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.fournisseur_lot
    ADD CONSTRAINT fournisseur_lot_produit_id_fkey FOREIGN KEY (produit_id) REFERENCES public.produits(id);

--
-- Name: fournisseur_paiement_lot_min fournisseur_paiement_lot_min_annule_par_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.fournisseur_paiement_lot_min
    ADD CONSTRAINT fournisseur_paiement_lot_min_annule_par_fkey FOREIGN KEY (annule_par) REFERENCES auth.users(id);

--
-- Name: fournisseur_paiement_lot_min fournisseur_paiement_lot_min_confirme_par_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.fournisseur_paiement_lot_min
    ADD CONSTRAINT fournisseur_paiement_lot_min_confirme_par_fkey FOREIGN KEY (confirme_par) REFERENCES auth.users(id);

--
-- Name: fournisseur_paiement_lot_min fournisseur_paiement_lot_min_created_by_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.fournisseur_paiement_lot_min
    ADD CONSTRAINT fournisseur_paiement_lot_min_created_by_fkey FOREIGN KEY (created_by) REFERENCES auth.users(id);

--
-- Name: fournisseur_paiement_lot_min fournisseur_paiement_lot_min_fournisseur_facture_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.fournisseur_paiement_lot_min
    ADD CONSTRAINT fournisseur_paiement_lot_min_fournisseur_facture_id_fkey FOREIGN KEY (fournisseur_facture_id) REFERENCES public.fournisseur_facture_lot_min(id);

--
-- Name: prises_de_hauteur prises_de_hauteur_citerne_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.prises_de_hauteur
    ADD CONSTRAINT prises_de_hauteur_citerne_id_fkey FOREIGN KEY (citerne_id, produit_id, depot_id) REFERENCES public.citernes(id, produit_id, depot_id);

--
-- Name: prises_de_hauteur prises_de_hauteur_created_by_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.prises_de_hauteur
    ADD CONSTRAINT prises_de_hauteur_created_by_fkey FOREIGN KEY (created_by) REFERENCES auth.users(id);

--
-- Name: prises_de_hauteur prises_de_hauteur_depot_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.prises_de_hauteur
    ADD CONSTRAINT prises_de_hauteur_depot_id_fkey FOREIGN KEY (depot_id) REFERENCES public.depots(id);

--
-- Name: profils profils_depot_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.profils
    ADD CONSTRAINT profils_depot_id_fkey FOREIGN KEY (depot_id) REFERENCES public.depots(id);

--
-- Name: profils profils_user_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.profils
    ADD CONSTRAINT profils_user_id_fkey FOREIGN KEY (user_id) REFERENCES auth.users(id) ON DELETE CASCADE;

--
-- Name: receptions receptions_citerne_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.receptions
    ADD CONSTRAINT receptions_citerne_id_fkey FOREIGN KEY (citerne_id, produit_id, depot_id) REFERENCES public.citernes(id, produit_id, depot_id);

--
-- Name: receptions receptions_cours_de_route_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.receptions
    ADD CONSTRAINT receptions_cours_de_route_id_fkey FOREIGN KEY (cours_de_route_id) REFERENCES public.cours_de_route(id);

--
-- Name: receptions receptions_created_by_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.receptions
    ADD CONSTRAINT receptions_created_by_fkey FOREIGN KEY (created_by) REFERENCES auth.users(id);

--
-- Name: receptions receptions_depot_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.receptions
    ADD CONSTRAINT receptions_depot_id_fkey FOREIGN KEY (depot_id) REFERENCES public.depots(id);

--
-- Name: receptions receptions_partenaire_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.receptions
    ADD CONSTRAINT receptions_partenaire_id_fkey FOREIGN KEY (partenaire_id) REFERENCES public.partenaires(id);

--
-- Name: receptions receptions_produit_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.receptions
    ADD CONSTRAINT receptions_produit_id_fkey FOREIGN KEY (produit_id) REFERENCES public.produits(id);

--
-- Name: receptions receptions_validated_by_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.receptions
    ADD CONSTRAINT receptions_validated_by_fkey FOREIGN KEY (validated_by) REFERENCES auth.users(id);

--
-- Name: sorties_produit sorties_produit_citerne_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.sorties_produit
    ADD CONSTRAINT sorties_produit_citerne_id_fkey FOREIGN KEY (citerne_id) REFERENCES public.citernes(id);

--
-- Name: sorties_produit sorties_produit_client_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.sorties_produit
    ADD CONSTRAINT sorties_produit_client_id_fkey FOREIGN KEY (client_id) REFERENCES public.clients(id);

--
-- Name: sorties_produit sorties_produit_created_by_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.sorties_produit
    ADD CONSTRAINT sorties_produit_created_by_fkey FOREIGN KEY (created_by) REFERENCES auth.users(id);

--
-- Name: sorties_produit sorties_produit_partenaire_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.sorties_produit
    ADD CONSTRAINT sorties_produit_partenaire_id_fkey FOREIGN KEY (partenaire_id) REFERENCES public.partenaires(id);

--
-- Name: sorties_produit sorties_produit_produit_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.sorties_produit
    ADD CONSTRAINT sorties_produit_produit_id_fkey FOREIGN KEY (produit_id) REFERENCES public.produits(id);

--
-- Name: sorties_produit sorties_produit_validated_by_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.sorties_produit
    ADD CONSTRAINT sorties_produit_validated_by_fkey FOREIGN KEY (validated_by) REFERENCES auth.users(id);

--
-- Name: stocks_adjustments stocks_adjustments_citerne_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.stocks_adjustments
    ADD CONSTRAINT stocks_adjustments_citerne_id_fkey FOREIGN KEY (citerne_id, produit_id, depot_id) REFERENCES public.citernes(id, produit_id, depot_id);

--
-- Name: stocks_adjustments stocks_adjustments_contrepartie_de_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.stocks_adjustments
    ADD CONSTRAINT stocks_adjustments_contrepartie_de_fkey FOREIGN KEY (contrepartie_de) REFERENCES public.stocks_adjustments(id);

--
-- Name: stocks_adjustments stocks_adjustments_created_by_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.stocks_adjustments
    ADD CONSTRAINT stocks_adjustments_created_by_fkey FOREIGN KEY (created_by) REFERENCES auth.users(id);

--
-- Name: stocks_adjustments stocks_adjustments_depot_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.stocks_adjustments
    ADD CONSTRAINT stocks_adjustments_depot_id_fkey FOREIGN KEY (depot_id) REFERENCES public.depots(id);

--
-- Name: stocks_adjustments stocks_adjustments_produit_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.stocks_adjustments
    ADD CONSTRAINT stocks_adjustments_produit_id_fkey FOREIGN KEY (produit_id) REFERENCES public.produits(id);

--
-- Name: stocks_initiaux stocks_initiaux_citerne_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.stocks_initiaux
    ADD CONSTRAINT stocks_initiaux_citerne_id_fkey FOREIGN KEY (citerne_id, produit_id, depot_id) REFERENCES public.citernes(id, produit_id, depot_id);

--
-- Name: stocks_initiaux stocks_initiaux_created_by_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.stocks_initiaux
    ADD CONSTRAINT stocks_initiaux_created_by_fkey FOREIGN KEY (created_by) REFERENCES auth.users(id);

--
-- Name: stocks_initiaux stocks_initiaux_depot_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.stocks_initiaux
    ADD CONSTRAINT stocks_initiaux_depot_id_fkey FOREIGN KEY (depot_id) REFERENCES public.depots(id);

--
-- Name: stocks_initiaux stocks_initiaux_produit_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.stocks_initiaux
    ADD CONSTRAINT stocks_initiaux_produit_id_fkey FOREIGN KEY (produit_id) REFERENCES public.produits(id);

--
-- Name: stocks_journaliers stocks_journaliers_citerne_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.stocks_journaliers
    ADD CONSTRAINT stocks_journaliers_citerne_id_fkey FOREIGN KEY (citerne_id, produit_id, depot_id) REFERENCES public.citernes(id, produit_id, depot_id);

--
-- Name: stocks_journaliers stocks_journaliers_depot_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.stocks_journaliers
    ADD CONSTRAINT stocks_journaliers_depot_id_fkey FOREIGN KEY (depot_id) REFERENCES public.depots(id);

--
-- Name: stocks_journaliers stocks_journaliers_produit_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.stocks_journaliers
    ADD CONSTRAINT stocks_journaliers_produit_id_fkey FOREIGN KEY (produit_id) REFERENCES public.produits(id);

--
-- Name: stocks_snapshot stocks_snapshot_citerne_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.stocks_snapshot
    ADD CONSTRAINT stocks_snapshot_citerne_id_fkey FOREIGN KEY (citerne_id, produit_id, depot_id) REFERENCES public.citernes(id, produit_id, depot_id);

--
-- Name: stocks_snapshot stocks_snapshot_depot_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.stocks_snapshot
    ADD CONSTRAINT stocks_snapshot_depot_id_fkey FOREIGN KEY (depot_id) REFERENCES public.depots(id);

--
-- Name: stocks_snapshot stocks_snapshot_produit_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.stocks_snapshot
    ADD CONSTRAINT stocks_snapshot_produit_id_fkey FOREIGN KEY (produit_id) REFERENCES public.produits(id);

--
-- Name: system_alerts system_alerts_acknowledged_by_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.system_alerts
    ADD CONSTRAINT system_alerts_acknowledged_by_fkey FOREIGN KEY (acknowledged_by) REFERENCES auth.users(id);

--
-- Name: system_alerts system_alerts_depot_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.system_alerts
    ADD CONSTRAINT system_alerts_depot_id_fkey FOREIGN KEY (depot_id) REFERENCES public.depots(id);

--
-- Name: system_alerts system_alerts_resolved_by_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.system_alerts
    ADD CONSTRAINT system_alerts_resolved_by_fkey FOREIGN KEY (resolved_by) REFERENCES auth.users(id);

--
-- Name: transferts transferts_citerne_destination_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.transferts
    ADD CONSTRAINT transferts_citerne_destination_id_fkey FOREIGN KEY (citerne_destination_id, produit_id, depot_id) REFERENCES public.citernes(id, produit_id, depot_id);

--
-- Name: transferts transferts_citerne_source_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.transferts
    ADD CONSTRAINT transferts_citerne_source_id_fkey FOREIGN KEY (citerne_source_id, produit_id, depot_id) REFERENCES public.citernes(id, produit_id, depot_id);

--
-- Name: transferts transferts_created_by_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.transferts
    ADD CONSTRAINT transferts_created_by_fkey FOREIGN KEY (created_by) REFERENCES auth.users(id);

--
-- Name: transferts transferts_depot_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.transferts
    ADD CONSTRAINT transferts_depot_id_fkey FOREIGN KEY (depot_id) REFERENCES public.depots(id);

--
-- Name: transferts transferts_produit_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.transferts
    ADD CONSTRAINT transferts_produit_id_fkey FOREIGN KEY (produit_id) REFERENCES public.produits(id);

--
-- Name: profils_calcul; Type: ROW SECURITY; Schema: astm; Owner: -
--

ALTER TABLE astm.profils_calcul ENABLE ROW LEVEL SECURITY;

--
-- Name: profils_calcul profils_calcul_creation; Type: POLICY; Schema: astm; Owner: -
--

CREATE POLICY profils_calcul_creation ON astm.profils_calcul FOR INSERT TO authenticated WITH CHECK (( SELECT private.peut('regler_calcul'::text) AS peut));

--
-- Name: profils_calcul profils_calcul_creation_second_facteur; Type: POLICY; Schema: astm; Owner: -
--

CREATE POLICY profils_calcul_creation_second_facteur ON astm.profils_calcul AS RESTRICTIVE FOR INSERT TO authenticated WITH CHECK (( SELECT private.second_facteur_suffit() AS second_facteur_suffit));

--
-- Name: profils_calcul profils_calcul_lecture; Type: POLICY; Schema: astm; Owner: -
--

CREATE POLICY profils_calcul_lecture ON astm.profils_calcul FOR SELECT TO authenticated USING (((depot_id = ANY (( SELECT private.depots_visibles() AS depots_visibles)::uuid[])) OR ((depot_id IS NULL) AND (( SELECT private.role() AS role) IS NOT NULL))));

--
-- Name: profils_calcul profils_calcul_modification; Type: POLICY; Schema: astm; Owner: -
--

CREATE POLICY profils_calcul_modification ON astm.profils_calcul FOR UPDATE TO authenticated USING (( SELECT private.peut('regler_calcul'::text) AS peut)) WITH CHECK (( SELECT private.peut('regler_calcul'::text) AS peut));

--
-- Name: profils_calcul profils_calcul_modification_second_facteur; Type: POLICY; Schema: astm; Owner: -
--

CREATE POLICY profils_calcul_modification_second_facteur ON astm.profils_calcul AS RESTRICTIVE FOR UPDATE TO authenticated WITH CHECK (( SELECT private.second_facteur_suffit() AS second_facteur_suffit));

--
-- Name: profils_calcul profils_calcul_suppression; Type: POLICY; Schema: astm; Owner: -
--

CREATE POLICY profils_calcul_suppression ON astm.profils_calcul FOR DELETE TO authenticated USING (( SELECT private.peut('regler_calcul'::text) AS peut));

--
-- Name: profils_calcul profils_calcul_suppression_second_facteur; Type: POLICY; Schema: astm; Owner: -
--

CREATE POLICY profils_calcul_suppression_second_facteur ON astm.profils_calcul AS RESTRICTIVE FOR DELETE TO authenticated USING (( SELECT private.second_facteur_suffit() AS second_facteur_suffit));

--
-- Name: blocs_journal; Type: ROW SECURITY; Schema: private; Owner: -
--

ALTER TABLE private.blocs_journal ENABLE ROW LEVEL SECURITY;

--
-- Name: interventions; Type: ROW SECURITY; Schema: private; Owner: -
--

ALTER TABLE private.interventions ENABLE ROW LEVEL SECURITY;

--
-- Name: alertes_evenements; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.alertes_evenements ENABLE ROW LEVEL SECURITY;

--
-- Name: alertes_evenements alertes_evenements_lecture; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY alertes_evenements_lecture ON public.alertes_evenements FOR SELECT TO authenticated USING (((depot_id = ANY (( SELECT private.depots_ou('lire_alertes'::text) AS depots_ou)::uuid[])) OR ((depot_id IS NULL) AND ( SELECT private.peut('lire_alertes'::text) AS peut) AND ( SELECT private.peut('voir_tous_depots'::text) AS peut))));

--
-- Name: app_settings; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.app_settings ENABLE ROW LEVEL SECURITY;

--
-- Name: app_settings app_settings_lecture; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY app_settings_lecture ON public.app_settings FOR SELECT TO authenticated USING ((( SELECT private.role() AS role) IS NOT NULL));

--
-- Name: citernes; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.citernes ENABLE ROW LEVEL SECURITY;

--
-- Name: citernes citernes_creation; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY citernes_creation ON public.citernes FOR INSERT TO authenticated WITH CHECK (( SELECT private.peut('ecrire_referentiels'::text) AS peut));

--
-- Name: citernes citernes_lecture; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY citernes_lecture ON public.citernes FOR SELECT TO authenticated USING ((depot_id = ANY (( SELECT private.depots_visibles() AS depots_visibles)::uuid[])));

--
-- Name: citernes citernes_modification; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY citernes_modification ON public.citernes FOR UPDATE TO authenticated USING (( SELECT private.peut('ecrire_referentiels'::text) AS peut)) WITH CHECK (( SELECT private.peut('ecrire_referentiels'::text) AS peut));

--
-- Name: citernes citernes_suppression; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY citernes_suppression ON public.citernes FOR DELETE TO authenticated USING (( SELECT private.peut('ecrire_referentiels'::text) AS peut));

--
-- Name: clients; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.clients ENABLE ROW LEVEL SECURITY;

--
-- Name: clients clients_creation; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY clients_creation ON public.clients FOR INSERT TO authenticated WITH CHECK (( SELECT private.peut('ecrire_referentiels'::text) AS peut));

--
-- Name: clients clients_lecture; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY clients_lecture ON public.clients FOR SELECT TO authenticated USING ((( SELECT private.role() AS role) IS NOT NULL));

--
-- Name: clients clients_modification; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY clients_modification ON public.clients FOR UPDATE TO authenticated USING (( SELECT private.peut('ecrire_referentiels'::text) AS peut)) WITH CHECK (( SELECT private.peut('ecrire_referentiels'::text) AS peut));

--
-- Name: clients clients_suppression; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY clients_suppression ON public.clients FOR DELETE TO authenticated USING (( SELECT private.peut('ecrire_referentiels'::text) AS peut));

--
-- Name: cours_de_route; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.cours_de_route ENABLE ROW LEVEL SECURITY;

--
-- Name: cours_de_route cours_de_route_creation; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY cours_de_route_creation ON public.cours_de_route FOR INSERT TO authenticated WITH CHECK ((depot_destination_id = ANY (( SELECT private.depots_ou('ecrire_cours_de_route'::text) AS depots_ou)::uuid[])));

--
-- Name: cours_de_route cours_de_route_lecture; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY cours_de_route_lecture ON public.cours_de_route FOR SELECT TO authenticated USING ((depot_destination_id = ANY (( SELECT private.depots_visibles() AS depots_visibles)::uuid[])));

--
-- Name: cours_de_route cours_de_route_modification; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY cours_de_route_modification ON public.cours_de_route FOR UPDATE TO authenticated USING ((depot_destination_id = ANY (( SELECT private.depots_ou('ecrire_cours_de_route'::text) AS depots_ou)::uuid[]))) WITH CHECK ((depot_destination_id = ANY (( SELECT private.depots_ou('ecrire_cours_de_route'::text) AS depots_ou)::uuid[])));

--
-- Name: cours_de_route cours_de_route_suppression; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY cours_de_route_suppression ON public.cours_de_route FOR DELETE TO authenticated USING ((depot_destination_id = ANY (( SELECT private.depots_ou('supprimer_cours_de_route'::text) AS depots_ou)::uuid[])));

--
-- Name: depots; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.depots ENABLE ROW LEVEL SECURITY;

--
-- Name: depots depots_creation; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY depots_creation ON public.depots FOR INSERT TO authenticated WITH CHECK (( SELECT private.peut('ecrire_referentiels'::text) AS peut));

--
-- Name: depots depots_lecture; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY depots_lecture ON public.depots FOR SELECT TO authenticated USING (((id = ANY (( SELECT private.depots_visibles() AS depots_visibles)::uuid[])) OR ( SELECT private.peut('ecrire_referentiels'::text) AS peut)));

--
-- Name: depots depots_modification; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY depots_modification ON public.depots FOR UPDATE TO authenticated USING (( SELECT private.peut('ecrire_referentiels'::text) AS peut)) WITH CHECK (( SELECT private.peut('ecrire_referentiels'::text) AS peut));

--
-- Name: dilatations; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.dilatations ENABLE ROW LEVEL SECURITY;

--
-- Name: dilatations dilatations_lecture; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY dilatations_lecture ON public.dilatations FOR SELECT TO authenticated USING ((depot_id = ANY (( SELECT private.depots_visibles() AS depots_visibles)::uuid[])));

--
-- Name: ecarts; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.ecarts ENABLE ROW LEVEL SECURITY;

--
-- Name: ecarts ecarts_lecture; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY ecarts_lecture ON public.ecarts FOR SELECT TO authenticated USING (((depot_id = ANY (( SELECT private.depots_ou('lire_ecarts'::text) AS depots_ou)::uuid[])) OR ((depot_id IS NULL) AND ( SELECT private.peut('lire_finance'::text) AS peut))));

--
-- Name: ecritures_tiers; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.ecritures_tiers ENABLE ROW LEVEL SECURITY;

--
-- Name: ecritures_tiers ecritures_tiers_lecture; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY ecritures_tiers_lecture ON public.ecritures_tiers FOR SELECT TO authenticated USING ((((depot_id IS NULL) AND ( SELECT private.peut('lire_comptes'::text) AS peut)) OR (depot_id = ANY (( SELECT private.depots_ou('lire_comptes'::text) AS depots_ou)::uuid[]))));

--
-- Name: fournisseur_facture_lot_min facture_fournisseur_creation; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY facture_fournisseur_creation ON public.fournisseur_facture_lot_min FOR INSERT TO authenticated WITH CHECK (( SELECT private.peut('ecrire_factures_fournisseur'::text) AS peut));

--
-- Name: fournisseur_facture_lot_min facture_fournisseur_lecture; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY facture_fournisseur_lecture ON public.fournisseur_facture_lot_min FOR SELECT TO authenticated USING ((( SELECT private.peut('lire_finance'::text) AS peut) AND (( SELECT private.peut('voir_tous_depots'::text) AS peut) OR (fournisseur_lot_id = ANY (ARRAY( SELECT c.fournisseur_lot_id
   FROM public.cours_de_route c
  WHERE (c.fournisseur_lot_id IS NOT NULL)))))));

--
-- Name: factures_fournisseur_receptions; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.factures_fournisseur_receptions ENABLE ROW LEVEL SECURITY;

--
-- Name: factures_fournisseur_receptions factures_fournisseur_receptions_lecture; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY factures_fournisseur_receptions_lecture ON public.factures_fournisseur_receptions FOR SELECT TO authenticated USING ((facture_id = ANY (ARRAY( SELECT f.id
   FROM public.fournisseur_facture_lot_min f))));

--
-- Name: feature_flags; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.feature_flags ENABLE ROW LEVEL SECURITY;

--
-- Name: feature_flags feature_flags_lecture; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY feature_flags_lecture ON public.feature_flags FOR SELECT TO authenticated USING ((( SELECT private.role() AS role) IS NOT NULL));

--
-- Name: fournisseur_facture_lot_min; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.fournisseur_facture_lot_min ENABLE ROW LEVEL SECURITY;

--
-- Name: fournisseur_lot; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.fournisseur_lot ENABLE ROW LEVEL SECURITY;

--
-- Name: fournisseur_lot fournisseur_lot_creation; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY fournisseur_lot_creation ON public.fournisseur_lot FOR INSERT TO authenticated WITH CHECK (( SELECT private.peut('ecrire_cours_de_route'::text) AS peut));

--
-- Name: fournisseur_lot fournisseur_lot_lecture; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY fournisseur_lot_lecture ON public.fournisseur_lot FOR SELECT TO authenticated USING ((( SELECT private.role() AS role) IS NOT NULL));

--
-- Name: fournisseur_lot fournisseur_lot_modification; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY fournisseur_lot_modification ON public.fournisseur_lot FOR UPDATE TO authenticated USING (( SELECT private.peut('tenir_lots'::text) AS peut)) WITH CHECK (( SELECT private.peut('tenir_lots'::text) AS peut));

--
-- Name: fournisseur_lot fournisseur_lot_suppression; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY fournisseur_lot_suppression ON public.fournisseur_lot FOR DELETE TO authenticated USING (( SELECT private.peut('tenir_lots'::text) AS peut));

--
-- Name: fournisseur_paiement_lot_min; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.fournisseur_paiement_lot_min ENABLE ROW LEVEL SECURITY;

--
-- Name: fournisseurs; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.fournisseurs ENABLE ROW LEVEL SECURITY;

--
-- Name: fournisseurs fournisseurs_creation; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY fournisseurs_creation ON public.fournisseurs FOR INSERT TO authenticated WITH CHECK (( SELECT private.peut('ecrire_referentiels'::text) AS peut));

--
-- Name: fournisseurs fournisseurs_lecture; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY fournisseurs_lecture ON public.fournisseurs FOR SELECT TO authenticated USING ((( SELECT private.role() AS role) IS NOT NULL));

--
-- Name: fournisseurs fournisseurs_modification; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY fournisseurs_modification ON public.fournisseurs FOR UPDATE TO authenticated USING (( SELECT private.peut('ecrire_referentiels'::text) AS peut)) WITH CHECK (( SELECT private.peut('ecrire_referentiels'::text) AS peut));

--
-- Name: fournisseurs fournisseurs_suppression; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY fournisseurs_suppression ON public.fournisseurs FOR DELETE TO authenticated USING (( SELECT private.peut('ecrire_referentiels'::text) AS peut));

--
-- Name: golden_cases; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.golden_cases ENABLE ROW LEVEL SECURITY;

--
-- Name: golden_cases golden_cases_creation; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY golden_cases_creation ON public.golden_cases FOR INSERT TO authenticated WITH CHECK (( SELECT private.peut('regler_calcul'::text) AS peut));

--
-- Name: golden_cases golden_cases_creation_second_facteur; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY golden_cases_creation_second_facteur ON public.golden_cases AS RESTRICTIVE FOR INSERT TO authenticated WITH CHECK (( SELECT private.second_facteur_suffit() AS second_facteur_suffit));

--
-- Name: golden_cases golden_cases_lecture; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY golden_cases_lecture ON public.golden_cases FOR SELECT TO authenticated USING ((( SELECT private.role() AS role) IS NOT NULL));

--
-- Name: golden_cases golden_cases_modification; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY golden_cases_modification ON public.golden_cases FOR UPDATE TO authenticated USING (( SELECT private.peut('regler_calcul'::text) AS peut)) WITH CHECK (( SELECT private.peut('regler_calcul'::text) AS peut));

--
-- Name: golden_cases golden_cases_modification_second_facteur; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY golden_cases_modification_second_facteur ON public.golden_cases AS RESTRICTIVE FOR UPDATE TO authenticated WITH CHECK (( SELECT private.second_facteur_suffit() AS second_facteur_suffit));

--
-- Name: log_actions; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.log_actions ENABLE ROW LEVEL SECURITY;

--
-- Name: log_actions log_actions_lecture; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY log_actions_lecture ON public.log_actions FOR SELECT TO authenticated USING (((depot_id = ANY (( SELECT private.depots_ou('lire_journal'::text) AS depots_ou)::uuid[])) OR (( SELECT private.peut('lire_journal'::text) AS peut) AND ( SELECT private.peut('voir_tous_depots'::text) AS peut))));

--
-- Name: fournisseur_paiement_lot_min paiement_fournisseur_creation; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY paiement_fournisseur_creation ON public.fournisseur_paiement_lot_min FOR INSERT TO authenticated WITH CHECK (( SELECT private.peut('ecrire_factures_fournisseur'::text) AS peut));

--
-- Name: fournisseur_paiement_lot_min paiement_fournisseur_lecture; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY paiement_fournisseur_lecture ON public.fournisseur_paiement_lot_min FOR SELECT TO authenticated USING ((fournisseur_facture_id = ANY (ARRAY( SELECT f.id
   FROM public.fournisseur_facture_lot_min f))));

--
-- Name: partenaires; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.partenaires ENABLE ROW LEVEL SECURITY;

--
-- Name: partenaires partenaires_creation; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY partenaires_creation ON public.partenaires FOR INSERT TO authenticated WITH CHECK (( SELECT private.peut('ecrire_referentiels'::text) AS peut));

--
-- Name: partenaires partenaires_lecture; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY partenaires_lecture ON public.partenaires FOR SELECT TO authenticated USING ((( SELECT private.role() AS role) IS NOT NULL));

--
-- Name: partenaires partenaires_modification; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY partenaires_modification ON public.partenaires FOR UPDATE TO authenticated USING (( SELECT private.peut('ecrire_referentiels'::text) AS peut)) WITH CHECK (( SELECT private.peut('ecrire_referentiels'::text) AS peut));

--
-- Name: partenaires partenaires_suppression; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY partenaires_suppression ON public.partenaires FOR DELETE TO authenticated USING (( SELECT private.peut('ecrire_referentiels'::text) AS peut));

--
-- Name: prises_de_hauteur; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.prises_de_hauteur ENABLE ROW LEVEL SECURITY;

--
-- Name: prises_de_hauteur prises_de_hauteur_creation; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY prises_de_hauteur_creation ON public.prises_de_hauteur FOR INSERT TO authenticated WITH CHECK ((depot_id = ANY (( SELECT private.depots_ou('mesurer_citerne'::text) AS depots_ou)::uuid[])));

--
-- Name: prises_de_hauteur prises_de_hauteur_lecture; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY prises_de_hauteur_lecture ON public.prises_de_hauteur FOR SELECT TO authenticated USING ((depot_id = ANY (( SELECT private.depots_visibles() AS depots_visibles)::uuid[])));

--
-- Name: produits; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.produits ENABLE ROW LEVEL SECURITY;

--
-- Name: produits produits_creation; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY produits_creation ON public.produits FOR INSERT TO authenticated WITH CHECK (( SELECT private.peut('ecrire_referentiels'::text) AS peut));

--
-- Name: produits produits_lecture; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY produits_lecture ON public.produits FOR SELECT TO authenticated USING ((( SELECT private.role() AS role) IS NOT NULL));

--
-- Name: produits produits_modification; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY produits_modification ON public.produits FOR UPDATE TO authenticated USING (( SELECT private.peut('ecrire_referentiels'::text) AS peut)) WITH CHECK (( SELECT private.peut('ecrire_referentiels'::text) AS peut));

--
-- Name: produits produits_suppression; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY produits_suppression ON public.produits FOR DELETE TO authenticated USING (( SELECT private.peut('ecrire_referentiels'::text) AS peut));

--
-- Name: profils; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.profils ENABLE ROW LEVEL SECURITY;

--
-- Name: profils profils_creation; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY profils_creation ON public.profils FOR INSERT TO authenticated WITH CHECK (( SELECT private.peut('ecrire_profils'::text) AS peut));

--
-- Name: profils profils_creation_second_facteur; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY profils_creation_second_facteur ON public.profils AS RESTRICTIVE FOR INSERT TO authenticated WITH CHECK (( SELECT private.second_facteur_suffit() AS second_facteur_suffit));

--
-- Name: profils profils_lecture; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY profils_lecture ON public.profils FOR SELECT TO authenticated USING ((((user_id = ( SELECT auth.uid() AS uid)) AND (desactive_le IS NULL)) OR ( SELECT private.peut('ecrire_profils'::text) AS peut) OR (( SELECT private.peut('lire_noms'::text) AS peut) AND ((depot_id IS NULL) OR (depot_id = ANY (( SELECT private.depots_visibles() AS depots_visibles)::uuid[]))))));

--
-- Name: profils profils_modification; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY profils_modification ON public.profils FOR UPDATE TO authenticated USING (( SELECT private.peut('ecrire_profils'::text) AS peut)) WITH CHECK (( SELECT private.peut('ecrire_profils'::text) AS peut));

--
-- Name: profils profils_modification_second_facteur; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY profils_modification_second_facteur ON public.profils AS RESTRICTIVE FOR UPDATE TO authenticated WITH CHECK (( SELECT private.second_facteur_suffit() AS second_facteur_suffit));

--
-- Name: receptions; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.receptions ENABLE ROW LEVEL SECURITY;

--
-- Name: receptions receptions_creation; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY receptions_creation ON public.receptions FOR INSERT TO authenticated WITH CHECK ((depot_id = ANY (( SELECT private.depots_ou('ecrire_reception'::text) AS depots_ou)::uuid[])));

--
-- Name: receptions receptions_lecture; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY receptions_lecture ON public.receptions FOR SELECT TO authenticated USING ((depot_id = ANY (( SELECT private.depots_visibles() AS depots_visibles)::uuid[])));

--
-- Name: sorties_produit; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.sorties_produit ENABLE ROW LEVEL SECURITY;

--
-- Name: sorties_produit sorties_produit_creation; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY sorties_produit_creation ON public.sorties_produit FOR INSERT TO authenticated WITH CHECK ((depot_id = ANY (( SELECT private.depots_ou('ecrire_sortie'::text) AS depots_ou)::uuid[])));

--
-- Name: sorties_produit sorties_produit_lecture; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY sorties_produit_lecture ON public.sorties_produit FOR SELECT TO authenticated USING ((depot_id = ANY (( SELECT private.depots_visibles() AS depots_visibles)::uuid[])));

--
-- Name: sorties_produit sorties_produit_modification; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY sorties_produit_modification ON public.sorties_produit FOR UPDATE TO authenticated USING ((depot_id = ANY (( SELECT private.depots_ou('ecrire_sortie'::text) AS depots_ou)::uuid[]))) WITH CHECK ((depot_id = ANY (( SELECT private.depots_ou('ecrire_sortie'::text) AS depots_ou)::uuid[])));

--
-- Name: stocks_adjustments; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.stocks_adjustments ENABLE ROW LEVEL SECURITY;

--
-- Name: stocks_adjustments stocks_adjustments_creation; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY stocks_adjustments_creation ON public.stocks_adjustments FOR INSERT TO authenticated WITH CHECK (( SELECT private.peut('ajuster_stock'::text) AS peut));

--
-- Name: stocks_adjustments stocks_adjustments_creation_second_facteur; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY stocks_adjustments_creation_second_facteur ON public.stocks_adjustments AS RESTRICTIVE FOR INSERT TO authenticated WITH CHECK (( SELECT private.second_facteur_suffit() AS second_facteur_suffit));

--
-- Name: stocks_adjustments stocks_adjustments_lecture; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY stocks_adjustments_lecture ON public.stocks_adjustments FOR SELECT TO authenticated USING ((depot_id = ANY (( SELECT private.depots_visibles() AS depots_visibles)::uuid[])));

--
-- Name: stocks_initiaux; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.stocks_initiaux ENABLE ROW LEVEL SECURITY;

--
-- Name: stocks_initiaux stocks_initiaux_lecture; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY stocks_initiaux_lecture ON public.stocks_initiaux FOR SELECT TO authenticated USING ((depot_id = ANY (( SELECT private.depots_visibles() AS depots_visibles)::uuid[])));

--
-- Name: stocks_journaliers; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.stocks_journaliers ENABLE ROW LEVEL SECURITY;

--
-- Name: stocks_journaliers stocks_journaliers_lecture; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY stocks_journaliers_lecture ON public.stocks_journaliers FOR SELECT TO authenticated USING ((depot_id = ANY (( SELECT private.depots_visibles() AS depots_visibles)::uuid[])));

--
-- Name: stocks_snapshot; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.stocks_snapshot ENABLE ROW LEVEL SECURITY;

--
-- Name: stocks_snapshot stocks_snapshot_lecture; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY stocks_snapshot_lecture ON public.stocks_snapshot FOR SELECT TO authenticated USING ((depot_id = ANY (( SELECT private.depots_visibles() AS depots_visibles)::uuid[])));

--
-- Name: system_alerts; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.system_alerts ENABLE ROW LEVEL SECURITY;

--
-- Name: system_alerts system_alerts_lecture; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system_alerts_lecture ON public.system_alerts FOR SELECT TO authenticated USING (((depot_id = ANY (( SELECT private.depots_ou('lire_alertes'::text) AS depots_ou)::uuid[])) OR ((depot_id IS NULL) AND ( SELECT private.peut('lire_alertes'::text) AS peut) AND ( SELECT private.peut('voir_tous_depots'::text) AS peut))));

--
-- Name: system_alerts system_alerts_modification; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY system_alerts_modification ON public.system_alerts FOR UPDATE TO authenticated USING (( SELECT private.peut('tenir_alertes'::text) AS peut)) WITH CHECK (( SELECT private.peut('tenir_alertes'::text) AS peut));

--
-- Name: transferts; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.transferts ENABLE ROW LEVEL SECURITY;

--
-- Name: transferts transferts_creation; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY transferts_creation ON public.transferts FOR INSERT TO authenticated WITH CHECK ((depot_id = ANY (( SELECT private.depots_ou('transferer_stock'::text) AS depots_ou)::uuid[])));

--
-- Name: transferts transferts_lecture; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY transferts_lecture ON public.transferts FOR SELECT TO authenticated USING ((depot_id = ANY (( SELECT private.depots_visibles() AS depots_visibles)::uuid[])));

--
-- Name: SCHEMA astm; Type: ACL; Schema: -; Owner: -
--

GRANT USAGE ON SCHEMA astm TO authenticated;
GRANT USAGE ON SCHEMA astm TO service_role;

--
-- Name: SCHEMA private; Type: ACL; Schema: -; Owner: -
--

GRANT USAGE ON SCHEMA private TO authenticated;
GRANT USAGE ON SCHEMA private TO service_role;

--
-- Name: SCHEMA public; Type: ACL; Schema: -; Owner: -
--

GRANT USAGE ON SCHEMA public TO anon;
GRANT USAGE ON SCHEMA public TO authenticated;
GRANT USAGE ON SCHEMA public TO service_role;

--
-- Name: FUNCTION cle_nom(p_nom text); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.cle_nom(p_nom text) FROM PUBLIC;
GRANT ALL ON FUNCTION private.cle_nom(p_nom text) TO authenticated;
GRANT ALL ON FUNCTION private.cle_nom(p_nom text) TO service_role;

--
-- Name: FUNCTION date_possible(p_moment timestamp with time zone); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.date_possible(p_moment timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION private.date_possible(p_moment timestamp with time zone) TO authenticated;
GRANT ALL ON FUNCTION private.date_possible(p_moment timestamp with time zone) TO service_role;

--
-- Name: FUNCTION fuseau_nomme(p_fuseau text); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.fuseau_nomme(p_fuseau text) FROM PUBLIC;
GRANT ALL ON FUNCTION private.fuseau_nomme(p_fuseau text) TO authenticated;
GRANT ALL ON FUNCTION private.fuseau_nomme(p_fuseau text) TO service_role;

--
-- Name: FUNCTION illisibles(); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.illisibles() FROM PUBLIC;
GRANT ALL ON FUNCTION private.illisibles() TO authenticated;
GRANT ALL ON FUNCTION private.illisibles() TO service_role;

--
-- Name: FUNCTION nom_lisible(p_nom text); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.nom_lisible(p_nom text) FROM PUBLIC;
GRANT ALL ON FUNCTION private.nom_lisible(p_nom text) TO authenticated;
GRANT ALL ON FUNCTION private.nom_lisible(p_nom text) TO service_role;

--
-- Name: FUNCTION refuser_valeur(p_code text, p_champ text); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.refuser_valeur(p_code text, p_champ text) FROM PUBLIC;
GRANT ALL ON FUNCTION private.refuser_valeur(p_code text, p_champ text) TO authenticated;
GRANT ALL ON FUNCTION private.refuser_valeur(p_code text, p_champ text) TO service_role;

--
-- Name: FUNCTION texte_lisible(p_texte text, p_lignes boolean); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.texte_lisible(p_texte text, p_lignes boolean) FROM PUBLIC;
GRANT ALL ON FUNCTION private.texte_lisible(p_texte text, p_lignes boolean) TO authenticated;
GRANT ALL ON FUNCTION private.texte_lisible(p_texte text, p_lignes boolean) TO service_role;

--
-- Name: TABLE citernes; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.citernes TO authenticated;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.citernes TO service_role;

--
-- Name: TABLE depots; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,UPDATE ON TABLE public.depots TO authenticated;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.depots TO service_role;

--
-- Name: TABLE produits; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.produits TO authenticated;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.produits TO service_role;

--
-- Name: FUNCTION alpha(k0 double precision, k1 double precision, k2 double precision, densite_kgm3 double precision); Type: ACL; Schema: astm; Owner: -
--

REVOKE ALL ON FUNCTION astm.alpha(k0 double precision, k1 double precision, k2 double precision, densite_kgm3 double precision) FROM PUBLIC;
GRANT ALL ON FUNCTION astm.alpha(k0 double precision, k1 double precision, k2 double precision, densite_kgm3 double precision) TO authenticated;
GRANT ALL ON FUNCTION astm.alpha(k0 double precision, k1 double precision, k2 double precision, densite_kgm3 double precision) TO service_role;

--
-- Name: FUNCTION approcher_avec(densite_kgm3 double precision, observee_kgm3 double precision, exposant double precision, u double precision, pente double precision); Type: ACL; Schema: astm; Owner: -
--

REVOKE ALL ON FUNCTION astm.approcher_avec(densite_kgm3 double precision, observee_kgm3 double precision, exposant double precision, u double precision, pente double precision) FROM PUBLIC;
GRANT ALL ON FUNCTION astm.approcher_avec(densite_kgm3 double precision, observee_kgm3 double precision, exposant double precision, u double precision, pente double precision) TO authenticated;
GRANT ALL ON FUNCTION astm.approcher_avec(densite_kgm3 double precision, observee_kgm3 double precision, exposant double precision, u double precision, pente double precision) TO service_role;

--
-- Name: FUNCTION approcher_u(densite_kgm3 double precision, observee_kgm3 double precision, u double precision, pente double precision); Type: ACL; Schema: astm; Owner: -
--

REVOKE ALL ON FUNCTION astm.approcher_u(densite_kgm3 double precision, observee_kgm3 double precision, u double precision, pente double precision) FROM PUBLIC;
GRANT ALL ON FUNCTION astm.approcher_u(densite_kgm3 double precision, observee_kgm3 double precision, u double precision, pente double precision) TO authenticated;
GRANT ALL ON FUNCTION astm.approcher_u(densite_kgm3 double precision, observee_kgm3 double precision, u double precision, pente double precision) TO service_role;

--
-- Name: FUNCTION approcher(densite_kgm3 double precision, observee_kgm3 double precision, k0 double precision, k1 double precision, k2 double precision, dt double precision); Type: ACL; Schema: astm; Owner: -
--

REVOKE ALL ON FUNCTION astm.approcher(densite_kgm3 double precision, observee_kgm3 double precision, k0 double precision, k1 double precision, k2 double precision, dt double precision) FROM PUBLIC;
GRANT ALL ON FUNCTION astm.approcher(densite_kgm3 double precision, observee_kgm3 double precision, k0 double precision, k1 double precision, k2 double precision, dt double precision) TO authenticated;
GRANT ALL ON FUNCTION astm.approcher(densite_kgm3 double precision, observee_kgm3 double precision, k0 double precision, k1 double precision, k2 double precision, dt double precision) TO service_role;

--
-- Name: FUNCTION exposant_2004(alpha60 double precision, dtf double precision); Type: ACL; Schema: astm; Owner: -
--

REVOKE ALL ON FUNCTION astm.exposant_2004(alpha60 double precision, dtf double precision) FROM PUBLIC;
GRANT ALL ON FUNCTION astm.exposant_2004(alpha60 double precision, dtf double precision) TO authenticated;
GRANT ALL ON FUNCTION astm.exposant_2004(alpha60 double precision, dtf double precision) TO service_role;

--
-- Name: FUNCTION approcher_2004(densite_60f_kgm3 double precision, etoile_kgm3 double precision, observee_kgm3 double precision, k0 double precision, k1 double precision, k2 double precision, dtf double precision); Type: ACL; Schema: astm; Owner: -
--

REVOKE ALL ON FUNCTION astm.approcher_2004(densite_60f_kgm3 double precision, etoile_kgm3 double precision, observee_kgm3 double precision, k0 double precision, k1 double precision, k2 double precision, dtf double precision) FROM PUBLIC;
GRANT ALL ON FUNCTION astm.approcher_2004(densite_60f_kgm3 double precision, etoile_kgm3 double precision, observee_kgm3 double precision, k0 double precision, k1 double precision, k2 double precision, dtf double precision) TO authenticated;
GRANT ALL ON FUNCTION astm.approcher_2004(densite_60f_kgm3 double precision, etoile_kgm3 double precision, observee_kgm3 double precision, k0 double precision, k1 double precision, k2 double precision, dtf double precision) TO service_role;

--
-- Name: FUNCTION arrondir(valeur double precision, par_unite double precision); Type: ACL; Schema: astm; Owner: -
--

REVOKE ALL ON FUNCTION astm.arrondir(valeur double precision, par_unite double precision) FROM PUBLIC;
GRANT ALL ON FUNCTION astm.arrondir(valeur double precision, par_unite double precision) TO authenticated;
GRANT ALL ON FUNCTION astm.arrondir(valeur double precision, par_unite double precision) TO service_role;

--
-- Name: FUNCTION au_litre(valeur double precision); Type: ACL; Schema: astm; Owner: -
--

REVOKE ALL ON FUNCTION astm.au_litre(valeur double precision) FROM PUBLIC;
GRANT ALL ON FUNCTION astm.au_litre(valeur double precision) TO authenticated;
GRANT ALL ON FUNCTION astm.au_litre(valeur double precision) TO service_role;

--
-- Name: FUNCTION facteur_1980(alpha double precision, dt double precision); Type: ACL; Schema: astm; Owner: -
--

REVOKE ALL ON FUNCTION astm.facteur_1980(alpha double precision, dt double precision) FROM PUBLIC;
GRANT ALL ON FUNCTION astm.facteur_1980(alpha double precision, dt double precision) TO authenticated;
GRANT ALL ON FUNCTION astm.facteur_1980(alpha double precision, dt double precision) TO service_role;

--
-- Name: FUNCTION zone_b_1980(observee_kgm3 double precision, dt double precision); Type: ACL; Schema: astm; Owner: -
--

REVOKE ALL ON FUNCTION astm.zone_b_1980(observee_kgm3 double precision, dt double precision) FROM PUBLIC;
GRANT ALL ON FUNCTION astm.zone_b_1980(observee_kgm3 double precision, dt double precision) TO authenticated;
GRANT ALL ON FUNCTION astm.zone_b_1980(observee_kgm3 double precision, dt double precision) TO service_role;

--
-- Name: FUNCTION coefficients_1980(groupe text, observee_kgm3 double precision, dt double precision); Type: ACL; Schema: astm; Owner: -
--

REVOKE ALL ON FUNCTION astm.coefficients_1980(groupe text, observee_kgm3 double precision, dt double precision) FROM PUBLIC;
GRANT ALL ON FUNCTION astm.coefficients_1980(groupe text, observee_kgm3 double precision, dt double precision) TO authenticated;
GRANT ALL ON FUNCTION astm.coefficients_1980(groupe text, observee_kgm3 double precision, dt double precision) TO service_role;

--
-- Name: FUNCTION correction_verre(densite_lue_kgm3 double precision, dt double precision); Type: ACL; Schema: astm; Owner: -
--

REVOKE ALL ON FUNCTION astm.correction_verre(densite_lue_kgm3 double precision, dt double precision) FROM PUBLIC;
GRANT ALL ON FUNCTION astm.correction_verre(densite_lue_kgm3 double precision, dt double precision) TO authenticated;
GRANT ALL ON FUNCTION astm.correction_verre(densite_lue_kgm3 double precision, dt double precision) TO service_role;

--
-- Name: FUNCTION domaine_densite(methode text, groupe text); Type: ACL; Schema: astm; Owner: -
--

REVOKE ALL ON FUNCTION astm.domaine_densite(methode text, groupe text) FROM PUBLIC;
GRANT ALL ON FUNCTION astm.domaine_densite(methode text, groupe text) TO authenticated;
GRANT ALL ON FUNCTION astm.domaine_densite(methode text, groupe text) TO service_role;

--
-- Name: FUNCTION dans_domaine(densite_base double precision, methode text, groupe text); Type: ACL; Schema: astm; Owner: -
--

REVOKE ALL ON FUNCTION astm.dans_domaine(densite_base double precision, methode text, groupe text) FROM PUBLIC;
GRANT ALL ON FUNCTION astm.dans_domaine(densite_base double precision, methode text, groupe text) TO authenticated;
GRANT ALL ON FUNCTION astm.dans_domaine(densite_base double precision, methode text, groupe text) TO service_role;

--
-- Name: FUNCTION estimer_avec(densite_kgm3 double precision, u double precision, pente double precision); Type: ACL; Schema: astm; Owner: -
--

REVOKE ALL ON FUNCTION astm.estimer_avec(densite_kgm3 double precision, u double precision, pente double precision) FROM PUBLIC;
GRANT ALL ON FUNCTION astm.estimer_avec(densite_kgm3 double precision, u double precision, pente double precision) TO authenticated;
GRANT ALL ON FUNCTION astm.estimer_avec(densite_kgm3 double precision, u double precision, pente double precision) TO service_role;

--
-- Name: FUNCTION estimer(densite_kgm3 double precision, k0 double precision, k1 double precision, k2 double precision, dt double precision); Type: ACL; Schema: astm; Owner: -
--

REVOKE ALL ON FUNCTION astm.estimer(densite_kgm3 double precision, k0 double precision, k1 double precision, k2 double precision, dt double precision) FROM PUBLIC;
GRANT ALL ON FUNCTION astm.estimer(densite_kgm3 double precision, k0 double precision, k1 double precision, k2 double precision, dt double precision) TO authenticated;
GRANT ALL ON FUNCTION astm.estimer(densite_kgm3 double precision, k0 double precision, k1 double precision, k2 double precision, dt double precision) TO service_role;

--
-- Name: FUNCTION refuser_densite(methode text, groupe text, densite double precision); Type: ACL; Schema: astm; Owner: -
--

REVOKE ALL ON FUNCTION astm.refuser_densite(methode text, groupe text, densite double precision) FROM PUBLIC;
GRANT ALL ON FUNCTION astm.refuser_densite(methode text, groupe text, densite double precision) TO authenticated;
GRANT ALL ON FUNCTION astm.refuser_densite(methode text, groupe text, densite double precision) TO service_role;

--
-- Name: FUNCTION refuser_entree(methode text, groupe text, densite double precision, t_echantillon double precision, t_produit double precision, volume double precision, correction_verre boolean, pression double precision, arrondir boolean, alpha60 double precision); Type: ACL; Schema: astm; Owner: -
--

REVOKE ALL ON FUNCTION astm.refuser_entree(methode text, groupe text, densite double precision, t_echantillon double precision, t_produit double precision, volume double precision, correction_verre boolean, pression double precision, arrondir boolean, alpha60 double precision) FROM PUBLIC;
GRANT ALL ON FUNCTION astm.refuser_entree(methode text, groupe text, densite double precision, t_echantillon double precision, t_produit double precision, volume double precision, correction_verre boolean, pression double precision, arrondir boolean, alpha60 double precision) TO authenticated;
GRANT ALL ON FUNCTION astm.refuser_entree(methode text, groupe text, densite double precision, t_echantillon double precision, t_produit double precision, volume double precision, correction_verre boolean, pression double precision, arrondir boolean, alpha60 double precision) TO service_role;

--
-- Name: FUNCTION calculer_1980(groupe text, densite double precision, t_echantillon double precision, t_produit double precision, volume double precision, correction_verre boolean, pression double precision, arrondir boolean); Type: ACL; Schema: astm; Owner: -
--

REVOKE ALL ON FUNCTION astm.calculer_1980(groupe text, densite double precision, t_echantillon double precision, t_produit double precision, volume double precision, correction_verre boolean, pression double precision, arrondir boolean) FROM PUBLIC;
GRANT ALL ON FUNCTION astm.calculer_1980(groupe text, densite double precision, t_echantillon double precision, t_produit double precision, volume double precision, correction_verre boolean, pression double precision, arrondir boolean) TO authenticated;
GRANT ALL ON FUNCTION astm.calculer_1980(groupe text, densite double precision, t_echantillon double precision, t_produit double precision, volume double precision, correction_verre boolean, pression double precision, arrondir boolean) TO service_role;

--
-- Name: FUNCTION etoile_avec(densite_60f_kgm3 double precision, a double precision, b double precision); Type: ACL; Schema: astm; Owner: -
--

REVOKE ALL ON FUNCTION astm.etoile_avec(densite_60f_kgm3 double precision, a double precision, b double precision) FROM PUBLIC;
GRANT ALL ON FUNCTION astm.etoile_avec(densite_60f_kgm3 double precision, a double precision, b double precision) TO authenticated;
GRANT ALL ON FUNCTION astm.etoile_avec(densite_60f_kgm3 double precision, a double precision, b double precision) TO service_role;

--
-- Name: FUNCTION densite_etoile(densite_60f_kgm3 double precision, k0 double precision, k1 double precision, k2 double precision); Type: ACL; Schema: astm; Owner: -
--

REVOKE ALL ON FUNCTION astm.densite_etoile(densite_60f_kgm3 double precision, k0 double precision, k1 double precision, k2 double precision) FROM PUBLIC;
GRANT ALL ON FUNCTION astm.densite_etoile(densite_60f_kgm3 double precision, k0 double precision, k1 double precision, k2 double precision) TO authenticated;
GRANT ALL ON FUNCTION astm.densite_etoile(densite_60f_kgm3 double precision, k0 double precision, k1 double precision, k2 double precision) TO service_role;

--
-- Name: FUNCTION seuil_2004(densite_60f_kgm3 double precision, alpha60 double precision, dtf double precision); Type: ACL; Schema: astm; Owner: -
--

REVOKE ALL ON FUNCTION astm.seuil_2004(densite_60f_kgm3 double precision, alpha60 double precision, dtf double precision) FROM PUBLIC;
GRANT ALL ON FUNCTION astm.seuil_2004(densite_60f_kgm3 double precision, alpha60 double precision, dtf double precision) TO authenticated;
GRANT ALL ON FUNCTION astm.seuil_2004(densite_60f_kgm3 double precision, alpha60 double precision, dtf double precision) TO service_role;

--
-- Name: FUNCTION zone_b_2004(observee_kgm3 double precision, dtf double precision); Type: ACL; Schema: astm; Owner: -
--

REVOKE ALL ON FUNCTION astm.zone_b_2004(observee_kgm3 double precision, dtf double precision) FROM PUBLIC;
GRANT ALL ON FUNCTION astm.zone_b_2004(observee_kgm3 double precision, dtf double precision) TO authenticated;
GRANT ALL ON FUNCTION astm.zone_b_2004(observee_kgm3 double precision, dtf double precision) TO service_role;

--
-- Name: FUNCTION coefficients_2004(groupe text, observee_kgm3 double precision, dtf double precision, alpha60 double precision); Type: ACL; Schema: astm; Owner: -
--

REVOKE ALL ON FUNCTION astm.coefficients_2004(groupe text, observee_kgm3 double precision, dtf double precision, alpha60 double precision) FROM PUBLIC;
GRANT ALL ON FUNCTION astm.coefficients_2004(groupe text, observee_kgm3 double precision, dtf double precision, alpha60 double precision) TO authenticated;
GRANT ALL ON FUNCTION astm.coefficients_2004(groupe text, observee_kgm3 double precision, dtf double precision, alpha60 double precision) TO service_role;

--
-- Name: FUNCTION ipts68_ecart(tau double precision); Type: ACL; Schema: astm; Owner: -
--

REVOKE ALL ON FUNCTION astm.ipts68_ecart(tau double precision) FROM PUBLIC;
GRANT ALL ON FUNCTION astm.ipts68_ecart(tau double precision) TO authenticated;
GRANT ALL ON FUNCTION astm.ipts68_ecart(tau double precision) TO service_role;

--
-- Name: FUNCTION ecart_60f(temperature_c double precision); Type: ACL; Schema: astm; Owner: -
--

REVOKE ALL ON FUNCTION astm.ecart_60f(temperature_c double precision) FROM PUBLIC;
GRANT ALL ON FUNCTION astm.ecart_60f(temperature_c double precision) TO authenticated;
GRANT ALL ON FUNCTION astm.ecart_60f(temperature_c double precision) TO service_role;

--
-- Name: FUNCTION facteur_pression(densite_etoile_kgm3 double precision, tf double precision, pression_kpa double precision); Type: ACL; Schema: astm; Owner: -
--

REVOKE ALL ON FUNCTION astm.facteur_pression(densite_etoile_kgm3 double precision, tf double precision, pression_kpa double precision) FROM PUBLIC;
GRANT ALL ON FUNCTION astm.facteur_pression(densite_etoile_kgm3 double precision, tf double precision, pression_kpa double precision) TO authenticated;
GRANT ALL ON FUNCTION astm.facteur_pression(densite_etoile_kgm3 double precision, tf double precision, pression_kpa double precision) TO service_role;

--
-- Name: FUNCTION calculer_2004(groupe text, densite double precision, t_echantillon double precision, t_produit double precision, volume double precision, correction_verre boolean, pression double precision, arrondir boolean, alpha60 double precision); Type: ACL; Schema: astm; Owner: -
--

REVOKE ALL ON FUNCTION astm.calculer_2004(groupe text, densite double precision, t_echantillon double precision, t_produit double precision, volume double precision, correction_verre boolean, pression double precision, arrondir boolean, alpha60 double precision) FROM PUBLIC;
GRANT ALL ON FUNCTION astm.calculer_2004(groupe text, densite double precision, t_echantillon double precision, t_produit double precision, volume double precision, correction_verre boolean, pression double precision, arrondir boolean, alpha60 double precision) TO authenticated;
GRANT ALL ON FUNCTION astm.calculer_2004(groupe text, densite double precision, t_echantillon double precision, t_produit double precision, volume double precision, correction_verre boolean, pression double precision, arrondir boolean, alpha60 double precision) TO service_role;

--
-- Name: FUNCTION refuser_methode(methode text); Type: ACL; Schema: astm; Owner: -
--

REVOKE ALL ON FUNCTION astm.refuser_methode(methode text) FROM PUBLIC;
GRANT ALL ON FUNCTION astm.refuser_methode(methode text) TO authenticated;
GRANT ALL ON FUNCTION astm.refuser_methode(methode text) TO service_role;

--
-- Name: FUNCTION calculer_15c(groupe text, densite_observee_kgm3 double precision, temperature_echantillon_c double precision, temperature_produit_c double precision, volume_observe_l double precision, methode text, correction_verre boolean, pression_kpa double precision, arrondir boolean); Type: ACL; Schema: astm; Owner: -
--

REVOKE ALL ON FUNCTION astm.calculer_15c(groupe text, densite_observee_kgm3 double precision, temperature_echantillon_c double precision, temperature_produit_c double precision, volume_observe_l double precision, methode text, correction_verre boolean, pression_kpa double precision, arrondir boolean) FROM PUBLIC;
GRANT ALL ON FUNCTION astm.calculer_15c(groupe text, densite_observee_kgm3 double precision, temperature_echantillon_c double precision, temperature_produit_c double precision, volume_observe_l double precision, methode text, correction_verre boolean, pression_kpa double precision, arrondir boolean) TO authenticated;
GRANT ALL ON FUNCTION astm.calculer_15c(groupe text, densite_observee_kgm3 double precision, temperature_echantillon_c double precision, temperature_produit_c double precision, volume_observe_l double precision, methode text, correction_verre boolean, pression_kpa double precision, arrondir boolean) TO service_role;

--
-- Name: FUNCTION calculer_15c_groupe_c(alpha60 double precision, densite_observee_kgm3 double precision, temperature_echantillon_c double precision, temperature_produit_c double precision, volume_observe_l double precision, correction_verre boolean, pression_kpa double precision, arrondir boolean); Type: ACL; Schema: astm; Owner: -
--

REVOKE ALL ON FUNCTION astm.calculer_15c_groupe_c(alpha60 double precision, densite_observee_kgm3 double precision, temperature_echantillon_c double precision, temperature_produit_c double precision, volume_observe_l double precision, correction_verre boolean, pression_kpa double precision, arrondir boolean) FROM PUBLIC;
GRANT ALL ON FUNCTION astm.calculer_15c_groupe_c(alpha60 double precision, densite_observee_kgm3 double precision, temperature_echantillon_c double precision, temperature_produit_c double precision, volume_observe_l double precision, correction_verre boolean, pression_kpa double precision, arrondir boolean) TO authenticated;
GRANT ALL ON FUNCTION astm.calculer_15c_groupe_c(alpha60 double precision, densite_observee_kgm3 double precision, temperature_echantillon_c double precision, temperature_produit_c double precision, volume_observe_l double precision, correction_verre boolean, pression_kpa double precision, arrondir boolean) TO service_role;

--
-- Name: FUNCTION calculer_20c(groupe text, densite_observee_kgm3 double precision, temperature_echantillon_c double precision, temperature_produit_c double precision, volume_observe_l double precision, methode text, correction_verre boolean, pression_kpa double precision, arrondir boolean); Type: ACL; Schema: astm; Owner: -
--

REVOKE ALL ON FUNCTION astm.calculer_20c(groupe text, densite_observee_kgm3 double precision, temperature_echantillon_c double precision, temperature_produit_c double precision, volume_observe_l double precision, methode text, correction_verre boolean, pression_kpa double precision, arrondir boolean) FROM PUBLIC;
GRANT ALL ON FUNCTION astm.calculer_20c(groupe text, densite_observee_kgm3 double precision, temperature_echantillon_c double precision, temperature_produit_c double precision, volume_observe_l double precision, methode text, correction_verre boolean, pression_kpa double precision, arrondir boolean) TO authenticated;
GRANT ALL ON FUNCTION astm.calculer_20c(groupe text, densite_observee_kgm3 double precision, temperature_echantillon_c double precision, temperature_produit_c double precision, volume_observe_l double precision, methode text, correction_verre boolean, pression_kpa double precision, arrondir boolean) TO service_role;

--
-- Name: FUNCTION comparer(p_methode text, p_profil text); Type: ACL; Schema: astm; Owner: -
--

REVOKE ALL ON FUNCTION astm.comparer(p_methode text, p_profil text) FROM PUBLIC;
GRANT ALL ON FUNCTION astm.comparer(p_methode text, p_profil text) TO authenticated;
GRANT ALL ON FUNCTION astm.comparer(p_methode text, p_profil text) TO service_role;

--
-- Name: FUNCTION convertir(p_quantite double precision, p_unite text, p_groupe text, p_densite_observee_kgm3 double precision, p_temperature_echantillon_c double precision, p_densite_a_15_kgm3 double precision, p_api_60f double precision, p_temperature_produit_c double precision, p_temperature_produit_f double precision, p_methode text, p_correction_verre boolean, p_arrondir boolean); Type: ACL; Schema: astm; Owner: -
--

REVOKE ALL ON FUNCTION astm.convertir(p_quantite double precision, p_unite text, p_groupe text, p_densite_observee_kgm3 double precision, p_temperature_echantillon_c double precision, p_densite_a_15_kgm3 double precision, p_api_60f double precision, p_temperature_produit_c double precision, p_temperature_produit_f double precision, p_methode text, p_correction_verre boolean, p_arrondir boolean) FROM PUBLIC;
GRANT ALL ON FUNCTION astm.convertir(p_quantite double precision, p_unite text, p_groupe text, p_densite_observee_kgm3 double precision, p_temperature_echantillon_c double precision, p_densite_a_15_kgm3 double precision, p_api_60f double precision, p_temperature_produit_c double precision, p_temperature_produit_f double precision, p_methode text, p_correction_verre boolean, p_arrondir boolean) TO authenticated;
GRANT ALL ON FUNCTION astm.convertir(p_quantite double precision, p_unite text, p_groupe text, p_densite_observee_kgm3 double precision, p_temperature_echantillon_c double precision, p_densite_a_15_kgm3 double precision, p_api_60f double precision, p_temperature_produit_c double precision, p_temperature_produit_f double precision, p_methode text, p_correction_verre boolean, p_arrondir boolean) TO service_role;

--
-- Name: FUNCTION domaine_temperature(methode text); Type: ACL; Schema: astm; Owner: -
--

REVOKE ALL ON FUNCTION astm.domaine_temperature(methode text) FROM PUBLIC;
GRANT ALL ON FUNCTION astm.domaine_temperature(methode text) TO authenticated;
GRANT ALL ON FUNCTION astm.domaine_temperature(methode text) TO service_role;

--
-- Name: FUNCTION hors_domaine(parametre text, valeur double precision, minimum double precision, maximum double precision, phrase text); Type: ACL; Schema: astm; Owner: -
--

REVOKE ALL ON FUNCTION astm.hors_domaine(parametre text, valeur double precision, minimum double precision, maximum double precision, phrase text) FROM PUBLIC;
GRANT ALL ON FUNCTION astm.hors_domaine(parametre text, valeur double precision, minimum double precision, maximum double precision, phrase text) TO authenticated;
GRANT ALL ON FUNCTION astm.hors_domaine(parametre text, valeur double precision, minimum double precision, maximum double precision, phrase text) TO service_role;

--
-- Name: FUNCTION masse_air_t(densite_15c_kgm3 double precision, volume_15c_l double precision); Type: ACL; Schema: astm; Owner: -
--

REVOKE ALL ON FUNCTION astm.masse_air_t(densite_15c_kgm3 double precision, volume_15c_l double precision) FROM PUBLIC;
GRANT ALL ON FUNCTION astm.masse_air_t(densite_15c_kgm3 double precision, volume_15c_l double precision) TO authenticated;
GRANT ALL ON FUNCTION astm.masse_air_t(densite_15c_kgm3 double precision, volume_15c_l double precision) TO service_role;

--
-- Name: FUNCTION masse_vide_t(densite_15c_kgm3 double precision, volume_15c_l double precision); Type: ACL; Schema: astm; Owner: -
--

REVOKE ALL ON FUNCTION astm.masse_vide_t(densite_15c_kgm3 double precision, volume_15c_l double precision) FROM PUBLIC;
GRANT ALL ON FUNCTION astm.masse_vide_t(densite_15c_kgm3 double precision, volume_15c_l double precision) TO authenticated;
GRANT ALL ON FUNCTION astm.masse_vide_t(densite_15c_kgm3 double precision, volume_15c_l double precision) TO service_role;

--
-- Name: TABLE profils_calcul; Type: ACL; Schema: astm; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE astm.profils_calcul TO authenticated;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE astm.profils_calcul TO service_role;

--
-- Name: FUNCTION profil(p_depot_id uuid, p_produit_id uuid); Type: ACL; Schema: astm; Owner: -
--

REVOKE ALL ON FUNCTION astm.profil(p_depot_id uuid, p_produit_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION astm.profil(p_depot_id uuid, p_produit_id uuid) TO authenticated;
GRANT ALL ON FUNCTION astm.profil(p_depot_id uuid, p_produit_id uuid) TO service_role;

--
-- Name: FUNCTION tolerance_l(); Type: ACL; Schema: astm; Owner: -
--

REVOKE ALL ON FUNCTION astm.tolerance_l() FROM PUBLIC;
GRANT ALL ON FUNCTION astm.tolerance_l() TO authenticated;
GRANT ALL ON FUNCTION astm.tolerance_l() TO service_role;

--
-- Name: FUNCTION volume_a_charger(groupe text, densite_observee_kgm3 double precision, temperature_echantillon_c double precision, temperature_produit_c double precision, volume_15c_voulu_l double precision, methode text, correction_verre boolean, pression_kpa double precision, arrondir boolean); Type: ACL; Schema: astm; Owner: -
--

REVOKE ALL ON FUNCTION astm.volume_a_charger(groupe text, densite_observee_kgm3 double precision, temperature_echantillon_c double precision, temperature_produit_c double precision, volume_15c_voulu_l double precision, methode text, correction_verre boolean, pression_kpa double precision, arrondir boolean) FROM PUBLIC;
GRANT ALL ON FUNCTION astm.volume_a_charger(groupe text, densite_observee_kgm3 double precision, temperature_echantillon_c double precision, temperature_produit_c double precision, volume_15c_voulu_l double precision, methode text, correction_verre boolean, pression_kpa double precision, arrondir boolean) TO authenticated;
GRANT ALL ON FUNCTION astm.volume_a_charger(groupe text, densite_observee_kgm3 double precision, temperature_echantillon_c double precision, temperature_produit_c double precision, volume_15c_voulu_l double precision, methode text, correction_verre boolean, pression_kpa double precision, arrondir boolean) TO service_role;

--
-- Name: FUNCTION acteur(); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.acteur() FROM PUBLIC;

--
-- Name: FUNCTION acteur_peut(p_acteur private.acteur, p_capacite text); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.acteur_peut(p_acteur private.acteur, p_capacite text) FROM PUBLIC;

--
-- Name: FUNCTION ambiant_disponible(p_citerne_id uuid, p_produit_id uuid, p_proprietaire_type text, p_jour date); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.ambiant_disponible(p_citerne_id uuid, p_produit_id uuid, p_proprietaire_type text, p_jour date) FROM PUBLIC;

--
-- Name: FUNCTION appliquer_mouvement(p_citerne_id uuid, p_produit_id uuid, p_depot_id uuid, p_proprietaire_type text, p_jour date, p_delta_ambiant numeric, p_delta_15c numeric, p_ajustement boolean); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.appliquer_mouvement(p_citerne_id uuid, p_produit_id uuid, p_depot_id uuid, p_proprietaire_type text, p_jour date, p_delta_ambiant numeric, p_delta_15c numeric, p_ajustement boolean) FROM PUBLIC;

--
-- Name: FUNCTION arrive_depuis(p_cours_de_route_id uuid); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.arrive_depuis(p_cours_de_route_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION private.arrive_depuis(p_cours_de_route_id uuid) TO authenticated;
GRANT ALL ON FUNCTION private.arrive_depuis(p_cours_de_route_id uuid) TO service_role;

--
-- Name: FUNCTION attendre_tiers(p_type text, p_id uuid); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.attendre_tiers(p_type text, p_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION private.attendre_tiers(p_type text, p_id uuid) TO authenticated;

--
-- Name: FUNCTION autoriser_drop(p_motif text); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.autoriser_drop(p_motif text) FROM PUBLIC;

--
-- Name: FUNCTION avant_requete(); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.avant_requete() FROM PUBLIC;
GRANT ALL ON FUNCTION private.avant_requete() TO authenticated;
GRANT ALL ON FUNCTION private.avant_requete() TO service_role;

--
-- Name: FUNCTION avertissements(p_mesures private.mesures, p_densite_a_15_kgm3 numeric, p_densite_melange_kgm3 numeric); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.avertissements(p_mesures private.mesures, p_densite_a_15_kgm3 numeric, p_densite_melange_kgm3 numeric) FROM PUBLIC;

--
-- Name: FUNCTION borne_scellement(p_dernier private.blocs_journal); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.borne_scellement(p_dernier private.blocs_journal) FROM PUBLIC;

--
-- Name: FUNCTION borner_lignes(); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.borner_lignes() FROM PUBLIC;
GRANT ALL ON FUNCTION private.borner_lignes() TO authenticated;
GRANT ALL ON FUNCTION private.borner_lignes() TO service_role;

--
-- Name: FUNCTION calculer_norme(p_mesures private.mesures, p_produit public.produits, p_profil astm.profils_calcul); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.calculer_norme(p_mesures private.mesures, p_produit public.produits, p_profil astm.profils_calcul) FROM PUBLIC;

--
-- Name: FUNCTION cle_plaque(p_plaque text); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.cle_plaque(p_plaque text) FROM PUBLIC;
GRANT ALL ON FUNCTION private.cle_plaque(p_plaque text) TO authenticated;
GRANT ALL ON FUNCTION private.cle_plaque(p_plaque text) TO service_role;

--
-- Name: FUNCTION date_possible(p_date date); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.date_possible(p_date date) FROM PUBLIC;
GRANT ALL ON FUNCTION private.date_possible(p_date date) TO authenticated;
GRANT ALL ON FUNCTION private.date_possible(p_date date) TO service_role;

--
-- Name: FUNCTION nouvel_id(); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.nouvel_id() FROM PUBLIC;
GRANT ALL ON FUNCTION private.nouvel_id() TO authenticated;
GRANT ALL ON FUNCTION private.nouvel_id() TO service_role;

--
-- Name: FUNCTION plaque_lisible(p_plaque text); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.plaque_lisible(p_plaque text) FROM PUBLIC;
GRANT ALL ON FUNCTION private.plaque_lisible(p_plaque text) TO authenticated;
GRANT ALL ON FUNCTION private.plaque_lisible(p_plaque text) TO service_role;

--
-- Name: TABLE cours_de_route; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.cours_de_route TO authenticated;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.cours_de_route TO service_role;

--
-- Name: FUNCTION camion_a_recevoir(p_cours_de_route_id uuid, p_proprietaire_type text); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.camion_a_recevoir(p_cours_de_route_id uuid, p_proprietaire_type text) FROM PUBLIC;

--
-- Name: FUNCTION champ_volume(p_volume_ambiant numeric, p_volume_observe numeric); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.champ_volume(p_volume_ambiant numeric, p_volume_observe numeric) FROM PUBLIC;

--
-- Name: FUNCTION citerne_a_servi(p_citerne_id uuid); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.citerne_a_servi(p_citerne_id uuid) FROM PUBLIC;

--
-- Name: FUNCTION citerne_fantome(p_id uuid, p_nom text); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.citerne_fantome(p_id uuid, p_nom text) FROM PUBLIC;

--
-- Name: FUNCTION citernes_avant_ecriture(); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.citernes_avant_ecriture() FROM PUBLIC;

--
-- Name: FUNCTION citernes_fantomes(); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.citernes_fantomes() FROM PUBLIC;

--
-- Name: FUNCTION citernes_proteger(); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.citernes_proteger() FROM PUBLIC;

--
-- Name: FUNCTION cle_au_depot(p_depot_id uuid, p_cle text); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.cle_au_depot(p_depot_id uuid, p_cle text) FROM PUBLIC;
GRANT ALL ON FUNCTION private.cle_au_depot(p_depot_id uuid, p_cle text) TO authenticated;
GRANT ALL ON FUNCTION private.cle_au_depot(p_depot_id uuid, p_cle text) TO service_role;

--
-- Name: FUNCTION code_emetteur(p_depot_id uuid); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.code_emetteur(p_depot_id uuid) FROM PUBLIC;

--
-- Name: FUNCTION compenser(p_type text, p_id uuid, p_reason text); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.compenser(p_type text, p_id uuid, p_reason text) FROM PUBLIC;

--
-- Name: FUNCTION exiger_mesures(p_table text, p_index_avant numeric, p_index_apres numeric, p_volume_ambiant numeric, p_volume_15c numeric, p_temperature_ambiante_c numeric, p_temperature_echantillon_c numeric, p_densite_observee_kgm3 numeric, p_densite_a_15_kgm3 numeric, p_vcf numeric); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.exiger_mesures(p_table text, p_index_avant numeric, p_index_apres numeric, p_volume_ambiant numeric, p_volume_15c numeric, p_temperature_ambiante_c numeric, p_temperature_echantillon_c numeric, p_densite_observee_kgm3 numeric, p_densite_a_15_kgm3 numeric, p_vcf numeric) FROM PUBLIC;
GRANT ALL ON FUNCTION private.exiger_mesures(p_table text, p_index_avant numeric, p_index_apres numeric, p_volume_ambiant numeric, p_volume_15c numeric, p_temperature_ambiante_c numeric, p_temperature_echantillon_c numeric, p_densite_observee_kgm3 numeric, p_densite_a_15_kgm3 numeric, p_vcf numeric) TO authenticated;
GRANT ALL ON FUNCTION private.exiger_mesures(p_table text, p_index_avant numeric, p_index_apres numeric, p_volume_ambiant numeric, p_volume_15c numeric, p_temperature_ambiante_c numeric, p_temperature_echantillon_c numeric, p_densite_observee_kgm3 numeric, p_densite_a_15_kgm3 numeric, p_vcf numeric) TO service_role;

--
-- Name: FUNCTION sortie_entiere(p_statut text, p_proprietaire_type text, p_volume_ambiant numeric, p_volume_15c numeric, p_volume_corrige_15c numeric, p_methode_15c text, p_validated_by uuid, p_client_id uuid, p_partenaire_id uuid, p_chauffeur_nom text, p_plaque_camion text, p_plaque_remorque text, p_transporteur text, p_note text, p_motif_rejet text); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.sortie_entiere(p_statut text, p_proprietaire_type text, p_volume_ambiant numeric, p_volume_15c numeric, p_volume_corrige_15c numeric, p_methode_15c text, p_validated_by uuid, p_client_id uuid, p_partenaire_id uuid, p_chauffeur_nom text, p_plaque_camion text, p_plaque_remorque text, p_transporteur text, p_note text, p_motif_rejet text) FROM PUBLIC;
GRANT ALL ON FUNCTION private.sortie_entiere(p_statut text, p_proprietaire_type text, p_volume_ambiant numeric, p_volume_15c numeric, p_volume_corrige_15c numeric, p_methode_15c text, p_validated_by uuid, p_client_id uuid, p_partenaire_id uuid, p_chauffeur_nom text, p_plaque_camion text, p_plaque_remorque text, p_transporteur text, p_note text, p_motif_rejet text) TO authenticated;
GRANT ALL ON FUNCTION private.sortie_entiere(p_statut text, p_proprietaire_type text, p_volume_ambiant numeric, p_volume_15c numeric, p_volume_corrige_15c numeric, p_methode_15c text, p_validated_by uuid, p_client_id uuid, p_partenaire_id uuid, p_chauffeur_nom text, p_plaque_camion text, p_plaque_remorque text, p_transporteur text, p_note text, p_motif_rejet text) TO service_role;

--
-- Name: TABLE sorties_produit; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.sorties_produit TO authenticated;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.sorties_produit TO service_role;

--
-- Name: COLUMN sorties_produit.id; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(id) ON TABLE public.sorties_produit TO authenticated;

--
-- Name: COLUMN sorties_produit.citerne_id; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(citerne_id) ON TABLE public.sorties_produit TO authenticated;

--
-- Name: COLUMN sorties_produit.produit_id; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(produit_id),UPDATE(produit_id) ON TABLE public.sorties_produit TO authenticated;

--
-- Name: COLUMN sorties_produit.client_id; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(client_id),UPDATE(client_id) ON TABLE public.sorties_produit TO authenticated;

--
-- Name: COLUMN sorties_produit.partenaire_id; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(partenaire_id),UPDATE(partenaire_id) ON TABLE public.sorties_produit TO authenticated;

--
-- Name: COLUMN sorties_produit.proprietaire_type; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(proprietaire_type),UPDATE(proprietaire_type) ON TABLE public.sorties_produit TO authenticated;

--
-- Name: COLUMN sorties_produit.index_avant; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(index_avant),UPDATE(index_avant) ON TABLE public.sorties_produit TO authenticated;

--
-- Name: COLUMN sorties_produit.index_apres; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(index_apres),UPDATE(index_apres) ON TABLE public.sorties_produit TO authenticated;

--
-- Name: COLUMN sorties_produit.volume_ambiant; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(volume_ambiant),UPDATE(volume_ambiant) ON TABLE public.sorties_produit TO authenticated;

--
-- Name: COLUMN sorties_produit.temperature_ambiante_c; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(temperature_ambiante_c),UPDATE(temperature_ambiante_c) ON TABLE public.sorties_produit TO authenticated;

--
-- Name: COLUMN sorties_produit.temperature_echantillon_c; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(temperature_echantillon_c),UPDATE(temperature_echantillon_c) ON TABLE public.sorties_produit TO authenticated;

--
-- Name: COLUMN sorties_produit.densite_observee_kgm3; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(densite_observee_kgm3),UPDATE(densite_observee_kgm3) ON TABLE public.sorties_produit TO authenticated;

--
-- Name: COLUMN sorties_produit.densite_a_15; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(densite_a_15),UPDATE(densite_a_15) ON TABLE public.sorties_produit TO authenticated;

--
-- Name: COLUMN sorties_produit.densite_a_15_kgm3; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(densite_a_15_kgm3),UPDATE(densite_a_15_kgm3) ON TABLE public.sorties_produit TO authenticated;

--
-- Name: COLUMN sorties_produit.volume_15c; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(volume_15c),UPDATE(volume_15c) ON TABLE public.sorties_produit TO authenticated;

--
-- Name: COLUMN sorties_produit.volume_corrige_15c; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(volume_corrige_15c),UPDATE(volume_corrige_15c) ON TABLE public.sorties_produit TO authenticated;

--
-- Name: COLUMN sorties_produit.date_sortie; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(date_sortie),UPDATE(date_sortie) ON TABLE public.sorties_produit TO authenticated;

--
-- Name: COLUMN sorties_produit.statut; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(statut),UPDATE(statut) ON TABLE public.sorties_produit TO authenticated;

--
-- Name: COLUMN sorties_produit.chauffeur_nom; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(chauffeur_nom),UPDATE(chauffeur_nom) ON TABLE public.sorties_produit TO authenticated;

--
-- Name: COLUMN sorties_produit.plaque_camion; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(plaque_camion),UPDATE(plaque_camion) ON TABLE public.sorties_produit TO authenticated;

--
-- Name: COLUMN sorties_produit.plaque_remorque; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(plaque_remorque),UPDATE(plaque_remorque) ON TABLE public.sorties_produit TO authenticated;

--
-- Name: COLUMN sorties_produit.transporteur; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(transporteur),UPDATE(transporteur) ON TABLE public.sorties_produit TO authenticated;

--
-- Name: COLUMN sorties_produit.note; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(note),UPDATE(note) ON TABLE public.sorties_produit TO authenticated;

--
-- Name: FUNCTION completer_brouillon(p_sortie public.sorties_produit, p_auteur uuid, p_lieu private.lieu); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.completer_brouillon(p_sortie public.sorties_produit, p_auteur uuid, p_lieu private.lieu) FROM PUBLIC;

--
-- Name: FUNCTION compter_demande(p_user_id uuid, p_route text); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.compter_demande(p_user_id uuid, p_route text) FROM PUBLIC;

--
-- Name: FUNCTION compter_mouvements(); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.compter_mouvements() FROM PUBLIC;

--
-- Name: FUNCTION constats_vus(); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.constats_vus() FROM PUBLIC;
GRANT ALL ON FUNCTION private.constats_vus() TO authenticated;
GRANT ALL ON FUNCTION private.constats_vus() TO service_role;

--
-- Name: FUNCTION contrepasser(p_ecriture_id uuid, p_date_valeur date, p_libelle text); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.contrepasser(p_ecriture_id uuid, p_date_valeur date, p_libelle text) FROM PUBLIC;

--
-- Name: FUNCTION controle(p_code text); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.controle(p_code text) FROM PUBLIC;
GRANT ALL ON FUNCTION private.controle(p_code text) TO authenticated;
GRANT ALL ON FUNCTION private.controle(p_code text) TO service_role;

--
-- Name: FUNCTION controler_journal(p_bloc bigint, p_empreinte text); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.controler_journal(p_bloc bigint, p_empreinte text) FROM PUBLIC;

--
-- Name: FUNCTION controler_tout(); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.controler_tout() FROM PUBLIC;

--
-- Name: FUNCTION coordonnees_fournisseurs(); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.coordonnees_fournisseurs() FROM PUBLIC;
GRANT ALL ON FUNCTION private.coordonnees_fournisseurs() TO authenticated;
GRANT ALL ON FUNCTION private.coordonnees_fournisseurs() TO service_role;

--
-- Name: FUNCTION cours_de_route_avant_insert(); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.cours_de_route_avant_insert() FROM PUBLIC;

--
-- Name: FUNCTION cours_de_route_avant_suppression(); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.cours_de_route_avant_suppression() FROM PUBLIC;

--
-- Name: FUNCTION cours_de_route_avant_update(); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.cours_de_route_avant_update() FROM PUBLIC;

--
-- Name: FUNCTION cours_de_route_journaliser(); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.cours_de_route_journaliser() FROM PUBLIC;

--
-- Name: FUNCTION date_de_document(p_jour date); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.date_de_document(p_jour date) FROM PUBLIC;

--
-- Name: FUNCTION debiter_citerne(p_type text, p_id uuid, p_citerne_id uuid, p_produit_id uuid, p_depot_id uuid, p_proprietaire_type text, p_jour date, p_volume numeric, p_volume_15c numeric, p_methode_15c text); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.debiter_citerne(p_type text, p_id uuid, p_citerne_id uuid, p_produit_id uuid, p_depot_id uuid, p_proprietaire_type text, p_jour date, p_volume numeric, p_volume_15c numeric, p_methode_15c text) FROM PUBLIC;

--
-- Name: FUNCTION debiter_sortie(p_sortie public.sorties_produit); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.debiter_sortie(p_sortie public.sorties_produit) FROM PUBLIC;

--
-- Name: FUNCTION debut_du_jour(p_jour date, p_depot_id uuid); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.debut_du_jour(p_jour date, p_depot_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION private.debut_du_jour(p_jour date, p_depot_id uuid) TO authenticated;

--
-- Name: FUNCTION degeler_ecritures(); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.degeler_ecritures() FROM PUBLIC;

--
-- Name: FUNCTION densite_15_historique(p_mesures private.mesures, p_lieu private.lieu); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.densite_15_historique(p_mesures private.mesures, p_lieu private.lieu) FROM PUBLIC;

--
-- Name: FUNCTION deplacer_alerte(p_id uuid, p_status text, p_note text); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.deplacer_alerte(p_id uuid, p_status text, p_note text) FROM PUBLIC;

--
-- Name: FUNCTION deplacer_jours(p_citerne_id uuid, p_produit_id uuid, p_proprietaire_type text, p_jour date, p_dernier_jour date, p_delta_ambiant numeric, p_delta_15c numeric, p_ajustement boolean); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.deplacer_jours(p_citerne_id uuid, p_produit_id uuid, p_proprietaire_type text, p_jour date, p_dernier_jour date, p_delta_ambiant numeric, p_delta_15c numeric, p_ajustement boolean) FROM PUBLIC;

--
-- Name: FUNCTION role_peut(p_role text, p_capacite text); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.role_peut(p_role text, p_capacite text) FROM PUBLIC;

--
-- Name: FUNCTION depot_manque(p_role text, p_depot_id uuid); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.depot_manque(p_role text, p_depot_id uuid) FROM PUBLIC;

--
-- Name: FUNCTION depots_ou(p_capacite text); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.depots_ou(p_capacite text) FROM PUBLIC;
GRANT ALL ON FUNCTION private.depots_ou(p_capacite text) TO authenticated;
GRANT ALL ON FUNCTION private.depots_ou(p_capacite text) TO service_role;

--
-- Name: FUNCTION depots_visibles(); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.depots_visibles() FROM PUBLIC;
GRANT ALL ON FUNCTION private.depots_visibles() TO authenticated;
GRANT ALL ON FUNCTION private.depots_visibles() TO service_role;

--
-- Name: FUNCTION dilater(p_type text, p_id uuid, p_citerne_id uuid, p_produit_id uuid, p_depot_id uuid, p_proprietaire_type text, p_jour date, p_delta_ambiant numeric); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.dilater(p_type text, p_id uuid, p_citerne_id uuid, p_produit_id uuid, p_depot_id uuid, p_proprietaire_type text, p_jour date, p_delta_ambiant numeric) FROM PUBLIC;

--
-- Name: TABLE ecarts; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.ecarts TO authenticated;
GRANT SELECT ON TABLE public.ecarts TO service_role;

--
-- Name: FUNCTION ecart_a_traiter(p_id uuid, p_capacite_lue boolean); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.ecart_a_traiter(p_id uuid, p_capacite_lue boolean) FROM PUBLIC;

--
-- Name: FUNCTION ecart_admis(p_valeur numeric, p_autre numeric); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.ecart_admis(p_valeur numeric, p_autre numeric) FROM PUBLIC;

--
-- Name: TABLE ecritures_tiers; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.ecritures_tiers TO authenticated;
GRANT SELECT ON TABLE public.ecritures_tiers TO service_role;

--
-- Name: FUNCTION ecrire_compte(p_ecriture public.ecritures_tiers); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.ecrire_compte(p_ecriture public.ecritures_tiers) FROM PUBLIC;

--
-- Name: FUNCTION ecriture_de_facture(p_facture_id uuid); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.ecriture_de_facture(p_facture_id uuid) FROM PUBLIC;

--
-- Name: FUNCTION ecritures_en_vol(); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.ecritures_en_vol() FROM PUBLIC;

--
-- Name: FUNCTION empreinte(); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.empreinte() FROM PUBLIC;

--
-- Name: FUNCTION empreinte_bloc(p_bloc private.blocs_journal); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.empreinte_bloc(p_bloc private.blocs_journal) FROM PUBLIC;

--
-- Name: FUNCTION empreinte_cours_de_route(); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.empreinte_cours_de_route() FROM PUBLIC;

--
-- Name: TABLE log_actions; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.log_actions TO authenticated;
GRANT SELECT ON TABLE public.log_actions TO service_role;

--
-- Name: FUNCTION empreinte_ligne(p_ligne public.log_actions); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.empreinte_ligne(p_ligne public.log_actions) FROM PUBLIC;

--
-- Name: FUNCTION empreintes(); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.empreintes() FROM PUBLIC;

--
-- Name: FUNCTION en_kgm3(p_densite numeric); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.en_kgm3(p_densite numeric) FROM PUBLIC;
GRANT ALL ON FUNCTION private.en_kgm3(p_densite numeric) TO authenticated;
GRANT ALL ON FUNCTION private.en_kgm3(p_densite numeric) TO service_role;

--
-- Name: FUNCTION env(); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.env() FROM PUBLIC;

--
-- Name: FUNCTION env_proteger(); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.env_proteger() FROM PUBLIC;
GRANT ALL ON FUNCTION private.env_proteger() TO service_role;

--
-- Name: FUNCTION etat_scellement(); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.etat_scellement() FROM PUBLIC;

--
-- Name: FUNCTION etat_schema(); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.etat_schema() FROM PUBLIC;

--
-- Name: FUNCTION exiger(p_capacite text); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.exiger(p_capacite text) FROM PUBLIC;
GRANT ALL ON FUNCTION private.exiger(p_capacite text) TO authenticated;
GRANT ALL ON FUNCTION private.exiger(p_capacite text) TO service_role;

--
-- Name: FUNCTION exiger_a_l_ecriture(); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.exiger_a_l_ecriture() FROM PUBLIC;

--
-- Name: FUNCTION exiger_accord(p_champ text, p_valeur numeric, p_autre text, p_autre_valeur numeric); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.exiger_accord(p_champ text, p_valeur numeric, p_autre text, p_autre_valeur numeric) FROM PUBLIC;

--
-- Name: FUNCTION exiger_actifs(p_produit_id uuid, p_depot_id uuid, p_client_id uuid, p_fournisseur_id uuid, p_partenaire_id uuid); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.exiger_actifs(p_produit_id uuid, p_depot_id uuid, p_client_id uuid, p_fournisseur_id uuid, p_partenaire_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION private.exiger_actifs(p_produit_id uuid, p_depot_id uuid, p_client_id uuid, p_fournisseur_id uuid, p_partenaire_id uuid) TO authenticated;
GRANT ALL ON FUNCTION private.exiger_actifs(p_produit_id uuid, p_depot_id uuid, p_client_id uuid, p_fournisseur_id uuid, p_partenaire_id uuid) TO service_role;

--
-- Name: TABLE stocks_adjustments; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.stocks_adjustments TO authenticated;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.stocks_adjustments TO service_role;

--
-- Name: COLUMN stocks_adjustments.id; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(id) ON TABLE public.stocks_adjustments TO authenticated;

--
-- Name: COLUMN stocks_adjustments.mouvement_type; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(mouvement_type) ON TABLE public.stocks_adjustments TO authenticated;

--
-- Name: COLUMN stocks_adjustments.mouvement_id; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(mouvement_id) ON TABLE public.stocks_adjustments TO authenticated;

--
-- Name: COLUMN stocks_adjustments.delta_ambiant; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(delta_ambiant) ON TABLE public.stocks_adjustments TO authenticated;

--
-- Name: COLUMN stocks_adjustments.delta_15c; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(delta_15c) ON TABLE public.stocks_adjustments TO authenticated;

--
-- Name: COLUMN stocks_adjustments.reason; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(reason) ON TABLE public.stocks_adjustments TO authenticated;

--
-- Name: COLUMN stocks_adjustments.created_by; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(created_by) ON TABLE public.stocks_adjustments TO authenticated;

--
-- Name: COLUMN stocks_adjustments.depot_id; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(depot_id) ON TABLE public.stocks_adjustments TO authenticated;

--
-- Name: COLUMN stocks_adjustments.citerne_id; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(citerne_id) ON TABLE public.stocks_adjustments TO authenticated;

--
-- Name: COLUMN stocks_adjustments.produit_id; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(produit_id) ON TABLE public.stocks_adjustments TO authenticated;

--
-- Name: COLUMN stocks_adjustments.proprietaire_type; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(proprietaire_type) ON TABLE public.stocks_adjustments TO authenticated;

--
-- Name: FUNCTION exiger_ajustable(p_ajustement public.stocks_adjustments); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.exiger_ajustable(p_ajustement public.stocks_adjustments) FROM PUBLIC;

--
-- Name: TABLE receptions; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.receptions TO authenticated;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.receptions TO service_role;

--
-- Name: COLUMN receptions.id; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(id) ON TABLE public.receptions TO authenticated;

--
-- Name: COLUMN receptions.cours_de_route_id; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(cours_de_route_id) ON TABLE public.receptions TO authenticated;

--
-- Name: COLUMN receptions.citerne_id; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(citerne_id) ON TABLE public.receptions TO authenticated;

--
-- Name: COLUMN receptions.produit_id; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(produit_id) ON TABLE public.receptions TO authenticated;

--
-- Name: COLUMN receptions.partenaire_id; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(partenaire_id) ON TABLE public.receptions TO authenticated;

--
-- Name: COLUMN receptions.proprietaire_type; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(proprietaire_type) ON TABLE public.receptions TO authenticated;

--
-- Name: COLUMN receptions.index_avant; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(index_avant) ON TABLE public.receptions TO authenticated;

--
-- Name: COLUMN receptions.index_apres; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(index_apres) ON TABLE public.receptions TO authenticated;

--
-- Name: COLUMN receptions.volume_ambiant; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(volume_ambiant) ON TABLE public.receptions TO authenticated;

--
-- Name: COLUMN receptions.volume_observe; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(volume_observe) ON TABLE public.receptions TO authenticated;

--
-- Name: COLUMN receptions.temperature_ambiante_c; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(temperature_ambiante_c) ON TABLE public.receptions TO authenticated;

--
-- Name: COLUMN receptions.temperature_echantillon_c; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(temperature_echantillon_c) ON TABLE public.receptions TO authenticated;

--
-- Name: COLUMN receptions.densite_observee_kgm3; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(densite_observee_kgm3) ON TABLE public.receptions TO authenticated;

--
-- Name: COLUMN receptions.densite_a_15; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(densite_a_15) ON TABLE public.receptions TO authenticated;

--
-- Name: COLUMN receptions.densite_a_15_kgm3; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(densite_a_15_kgm3) ON TABLE public.receptions TO authenticated;

--
-- Name: COLUMN receptions.volume_15c; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(volume_15c) ON TABLE public.receptions TO authenticated;

--
-- Name: COLUMN receptions.volume_corrige_15c; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(volume_corrige_15c) ON TABLE public.receptions TO authenticated;

--
-- Name: COLUMN receptions.date_reception; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(date_reception) ON TABLE public.receptions TO authenticated;

--
-- Name: COLUMN receptions.statut; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(statut) ON TABLE public.receptions TO authenticated;

--
-- Name: COLUMN receptions.note; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(note) ON TABLE public.receptions TO authenticated;

--
-- Name: COLUMN receptions.created_by; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(created_by) ON TABLE public.receptions TO authenticated;

--
-- Name: COLUMN receptions.validated_by; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(validated_by) ON TABLE public.receptions TO authenticated;

--
-- Name: FUNCTION exiger_camion(p_reception public.receptions, p_cdr public.cours_de_route); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.exiger_camion(p_reception public.receptions, p_cdr public.cours_de_route) FROM PUBLIC;

--
-- Name: FUNCTION exiger_camion_libre(p_cdr public.cours_de_route); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.exiger_camion_libre(p_cdr public.cours_de_route) FROM PUBLIC;

--
-- Name: FUNCTION exiger_citerne(p_citerne public.citernes, p_citerne_id uuid, p_produit_id uuid); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.exiger_citerne(p_citerne public.citernes, p_citerne_id uuid, p_produit_id uuid) FROM PUBLIC;

--
-- Name: FUNCTION exiger_colonnes(p_table regclass, p_ligne jsonb); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.exiger_colonnes(p_table regclass, p_ligne jsonb) FROM PUBLIC;

--
-- Name: FUNCTION exiger_contenance(p_citerne_id uuid, p_jour date, p_volume numeric); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.exiger_contenance(p_citerne_id uuid, p_jour date, p_volume numeric) FROM PUBLIC;

--
-- Name: FUNCTION exiger_densite_du_produit(p_densite_kgm3 numeric, p_produit public.produits); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.exiger_densite_du_produit(p_densite_kgm3 numeric, p_produit public.produits) FROM PUBLIC;

--
-- Name: FUNCTION exiger_disponible(p_citerne_id uuid, p_produit_id uuid, p_proprietaire_type text, p_volume numeric, p_volume_15c numeric, p_methode_15c text); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.exiger_disponible(p_citerne_id uuid, p_produit_id uuid, p_proprietaire_type text, p_volume numeric, p_volume_15c numeric, p_methode_15c text) FROM PUBLIC;

--
-- Name: FUNCTION exiger_ecritures_ouvertes(); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.exiger_ecritures_ouvertes() FROM PUBLIC;

--
-- Name: FUNCTION exiger_en_service(p_citerne_id uuid); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.exiger_en_service(p_citerne_id uuid) FROM PUBLIC;

--
-- Name: TABLE fournisseur_facture_lot_min; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.fournisseur_facture_lot_min TO authenticated;
GRANT SELECT ON TABLE public.fournisseur_facture_lot_min TO service_role;

--
-- Name: COLUMN fournisseur_facture_lot_min.fournisseur_lot_id; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(fournisseur_lot_id) ON TABLE public.fournisseur_facture_lot_min TO authenticated;

--
-- Name: COLUMN fournisseur_facture_lot_min.invoice_no; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(invoice_no) ON TABLE public.fournisseur_facture_lot_min TO authenticated;

--
-- Name: COLUMN fournisseur_facture_lot_min.deal_reference; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(deal_reference) ON TABLE public.fournisseur_facture_lot_min TO authenticated;

--
-- Name: COLUMN fournisseur_facture_lot_min.date_facture; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(date_facture) ON TABLE public.fournisseur_facture_lot_min TO authenticated;

--
-- Name: COLUMN fournisseur_facture_lot_min.date_echeance; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(date_echeance) ON TABLE public.fournisseur_facture_lot_min TO authenticated;

--
-- Name: COLUMN fournisseur_facture_lot_min.quantite_facturee_20c; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(quantite_facturee_20c) ON TABLE public.fournisseur_facture_lot_min TO authenticated;

--
-- Name: COLUMN fournisseur_facture_lot_min.prix_unitaire_usd; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(prix_unitaire_usd) ON TABLE public.fournisseur_facture_lot_min TO authenticated;

--
-- Name: COLUMN fournisseur_facture_lot_min.base; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(base) ON TABLE public.fournisseur_facture_lot_min TO authenticated;

--
-- Name: COLUMN fournisseur_facture_lot_min.quantite_base; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(quantite_base) ON TABLE public.fournisseur_facture_lot_min TO authenticated;

--
-- Name: COLUMN fournisseur_facture_lot_min.prix_base_usd; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(prix_base_usd) ON TABLE public.fournisseur_facture_lot_min TO authenticated;

--
-- Name: FUNCTION exiger_facture_validable(p_facture public.fournisseur_facture_lot_min, p_justification text); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.exiger_facture_validable(p_facture public.fournisseur_facture_lot_min, p_justification text) FROM PUBLIC;

--
-- Name: FUNCTION exiger_flag(p_key text); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.exiger_flag(p_key text) FROM PUBLIC;
GRANT ALL ON FUNCTION private.exiger_flag(p_key text) TO authenticated;

--
-- Name: FUNCTION exiger_lecteur_journal(); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.exiger_lecteur_journal() FROM PUBLIC;
GRANT ALL ON FUNCTION private.exiger_lecteur_journal() TO authenticated;

--
-- Name: TABLE fournisseur_lot; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.fournisseur_lot TO authenticated;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.fournisseur_lot TO service_role;

--
-- Name: FUNCTION exiger_lot_finance(p_lot_id uuid); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.exiger_lot_finance(p_lot_id uuid) FROM PUBLIC;

--
-- Name: FUNCTION exiger_lot_ouvert(p_lot_id uuid, p_acte text); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.exiger_lot_ouvert(p_lot_id uuid, p_acte text) FROM PUBLIC;

--
-- Name: FUNCTION exiger_motif(p_motif text, p_minimum integer); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.exiger_motif(p_motif text, p_minimum integer) FROM PUBLIC;

--
-- Name: FUNCTION exiger_profil(); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.exiger_profil() FROM PUBLIC;
GRANT ALL ON FUNCTION private.exiger_profil() TO authenticated;
GRANT ALL ON FUNCTION private.exiger_profil() TO service_role;

--
-- Name: FUNCTION exiger_quatre_yeux(p_auteur uuid); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.exiger_quatre_yeux(p_auteur uuid) FROM PUBLIC;

--
-- Name: FUNCTION exiger_rattachement(p_avant public.cours_de_route, p_apres public.cours_de_route); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.exiger_rattachement(p_avant public.cours_de_route, p_apres public.cours_de_route) FROM PUBLIC;

--
-- Name: FUNCTION exiger_read_committed(); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.exiger_read_committed() FROM PUBLIC;

--
-- Name: FUNCTION exiger_second_facteur(p_toujours boolean); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.exiger_second_facteur(p_toujours boolean) FROM PUBLIC;

--
-- Name: FUNCTION exiger_securite(p_citerne_id uuid, p_jour date, p_vcf numeric); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.exiger_securite(p_citerne_id uuid, p_jour date, p_vcf numeric) FROM PUBLIC;

--
-- Name: FUNCTION exiger_solde(p_facture public.fournisseur_facture_lot_min, p_montant numeric); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.exiger_solde(p_facture public.fournisseur_facture_lot_min, p_montant numeric) FROM PUBLIC;

--
-- Name: FUNCTION exiger_temperatures(p_mesures private.mesures, p_depot public.depots); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.exiger_temperatures(p_mesures private.mesures, p_depot public.depots) FROM PUBLIC;

--
-- Name: FUNCTION exiger_version(p_sortie public.sorties_produit, p_version integer); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.exiger_version(p_sortie public.sorties_produit, p_version integer) FROM PUBLIC;

--
-- Name: FUNCTION facture_a_changer(p_id uuid, VARIADIC p_statuts text[]); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.facture_a_changer(p_id uuid, VARIADIC p_statuts text[]) FROM PUBLIC;

--
-- Name: FUNCTION facture_a_payer(p_id uuid); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.facture_a_payer(p_id uuid) FROM PUBLIC;

--
-- Name: FUNCTION facture_en_20c(p_facture public.fournisseur_facture_lot_min); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.facture_en_20c(p_facture public.fournisseur_facture_lot_min) FROM PUBLIC;

--
-- Name: FUNCTION facture_fournisseur_apres_insert(); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.facture_fournisseur_apres_insert() FROM PUBLIC;

--
-- Name: FUNCTION facture_fournisseur_avant_insert(); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.facture_fournisseur_avant_insert() FROM PUBLIC;

--
-- Name: FUNCTION facture_fournisseur_figer(); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.facture_fournisseur_figer() FROM PUBLIC;

--
-- Name: TABLE system_alerts; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.system_alerts TO authenticated;
GRANT SELECT ON TABLE public.system_alerts TO service_role;

--
-- Name: COLUMN system_alerts.status; Type: ACL; Schema: public; Owner: -
--

GRANT UPDATE(status) ON TABLE public.system_alerts TO authenticated;

--
-- Name: COLUMN system_alerts.acknowledged_by; Type: ACL; Schema: public; Owner: -
--

GRANT UPDATE(acknowledged_by) ON TABLE public.system_alerts TO authenticated;

--
-- Name: COLUMN system_alerts.acknowledged_at; Type: ACL; Schema: public; Owner: -
--

GRANT UPDATE(acknowledged_at) ON TABLE public.system_alerts TO authenticated;

--
-- Name: COLUMN system_alerts.resolved_by; Type: ACL; Schema: public; Owner: -
--

GRANT UPDATE(resolved_by) ON TABLE public.system_alerts TO authenticated;

--
-- Name: COLUMN system_alerts.resolved_at; Type: ACL; Schema: public; Owner: -
--

GRANT UPDATE(resolved_at) ON TABLE public.system_alerts TO authenticated;

--
-- Name: FUNCTION faire_avancer_alerte(p_alerte public.system_alerts, p_status text); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.faire_avancer_alerte(p_alerte public.system_alerts, p_status text) FROM PUBLIC;
GRANT ALL ON FUNCTION private.faire_avancer_alerte(p_alerte public.system_alerts, p_status text) TO authenticated;
GRANT ALL ON FUNCTION private.faire_avancer_alerte(p_alerte public.system_alerts, p_status text) TO service_role;

--
-- Name: FUNCTION faits(); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.faits() FROM PUBLIC;

--
-- Name: FUNCTION faits_integrite(); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.faits_integrite() FROM PUBLIC;

--
-- Name: FUNCTION feature_flags_journaliser(); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.feature_flags_journaliser() FROM PUBLIC;

--
-- Name: FUNCTION fermer_ecart_auto(p_type text, p_reference_type text, p_reference_id uuid, p_justification text); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.fermer_ecart_auto(p_type text, p_reference_type text, p_reference_id uuid, p_justification text) FROM PUBLIC;

--
-- Name: FUNCTION flag_actif(p_key text, p_depot_id uuid); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.flag_actif(p_key text, p_depot_id uuid) FROM PUBLIC;

--
-- Name: FUNCTION fournisseur_lot_avant_ecriture(); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.fournisseur_lot_avant_ecriture() FROM PUBLIC;

--
-- Name: FUNCTION fournisseur_lot_avant_suppression(); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.fournisseur_lot_avant_suppression() FROM PUBLIC;

--
-- Name: FUNCTION fournisseur_lot_journaliser(); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.fournisseur_lot_journaliser() FROM PUBLIC;

--
-- Name: FUNCTION fournisseur_lot_reserver(); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.fournisseur_lot_reserver() FROM PUBLIC;
GRANT ALL ON FUNCTION private.fournisseur_lot_reserver() TO authenticated;
GRANT ALL ON FUNCTION private.fournisseur_lot_reserver() TO service_role;

--
-- Name: FUNCTION fuseau_vu(p_depot_id uuid); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.fuseau_vu(p_depot_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION private.fuseau_vu(p_depot_id uuid) TO authenticated;

--
-- Name: FUNCTION garder_reponse(p_cle text, p_statut_http integer, p_reponse json); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.garder_reponse(p_cle text, p_statut_http integer, p_reponse json) FROM PUBLIC;
GRANT ALL ON FUNCTION private.garder_reponse(p_cle text, p_statut_http integer, p_reponse json) TO authenticated;

--
-- Name: FUNCTION gel_reserver_ecriture(); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.gel_reserver_ecriture() FROM PUBLIC;

--
-- Name: FUNCTION geler_ecritures(p_motif text); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.geler_ecritures(p_motif text) FROM PUBLIC;

--
-- Name: FUNCTION heure_au_depot(p_depot_id uuid, p_moment timestamp with time zone); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.heure_au_depot(p_depot_id uuid, p_moment timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION private.heure_au_depot(p_depot_id uuid, p_moment timestamp with time zone) TO authenticated;

--
-- Name: FUNCTION histoire_brouillon(p_sortie public.sorties_produit); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.histoire_brouillon(p_sortie public.sorties_produit) FROM PUBLIC;

--
-- Name: FUNCTION interdire_ecriture(); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.interdire_ecriture() FROM PUBLIC;
GRANT ALL ON FUNCTION private.interdire_ecriture() TO authenticated;
GRANT ALL ON FUNCTION private.interdire_ecriture() TO service_role;

--
-- Name: FUNCTION interdire_si_prod(); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.interdire_si_prod() FROM PUBLIC;

--
-- Name: FUNCTION jour_au_depot(p_depot_id uuid, p_moment timestamp with time zone); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.jour_au_depot(p_depot_id uuid, p_moment timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION private.jour_au_depot(p_depot_id uuid, p_moment timestamp with time zone) TO authenticated;
GRANT ALL ON FUNCTION private.jour_au_depot(p_depot_id uuid, p_moment timestamp with time zone) TO service_role;

--
-- Name: FUNCTION jour_local(p_fuseau text, p_moment timestamp with time zone); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.jour_local(p_fuseau text, p_moment timestamp with time zone) FROM PUBLIC;

--
-- Name: FUNCTION journaliser(p_actions text[], p_module text, p_niveau text, p_cible_id uuid, p_depot_id uuid, p_details jsonb); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.journaliser(p_actions text[], p_module text, p_niveau text, p_cible_id uuid, p_depot_id uuid, p_details jsonb) FROM PUBLIC;

--
-- Name: FUNCTION journaliser(p_action text, p_module text, p_niveau text, p_cible_id uuid, p_depot_id uuid, p_details jsonb); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.journaliser(p_action text, p_module text, p_niveau text, p_cible_id uuid, p_depot_id uuid, p_details jsonb) FROM PUBLIC;

--
-- Name: FUNCTION journaliser_ligne(); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.journaliser_ligne() FROM PUBLIC;

--
-- Name: FUNCTION jours_citerne(p_citerne_id uuid, p_jour date); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.jours_citerne(p_citerne_id uuid, p_jour date) FROM PUBLIC;

--
-- Name: TABLE stocks_snapshot; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.stocks_snapshot TO authenticated;
GRANT SELECT ON TABLE public.stocks_snapshot TO service_role;

--
-- Name: TABLE v_stock_actuel; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.v_stock_actuel TO authenticated;
GRANT SELECT ON TABLE public.v_stock_actuel TO service_role;

--
-- Name: TABLE v_kpi_stock_global; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.v_kpi_stock_global TO authenticated;
GRANT SELECT ON TABLE public.v_kpi_stock_global TO service_role;

--
-- Name: FUNCTION kpi_stock_a(p_jour date); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.kpi_stock_a(p_jour date) FROM PUBLIC;
GRANT ALL ON FUNCTION private.kpi_stock_a(p_jour date) TO authenticated;

--
-- Name: FUNCTION lettrer(p_debit_id uuid, p_credit_id uuid, p_montant numeric); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.lettrer(p_debit_id uuid, p_credit_id uuid, p_montant numeric) FROM PUBLIC;

--
-- Name: FUNCTION lieu(p_citerne_id uuid, p_depots uuid[]); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.lieu(p_citerne_id uuid, p_depots uuid[]) FROM PUBLIC;

--
-- Name: FUNCTION lieu_pour_mouvement(p_citerne_id uuid, p_produit_id uuid); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.lieu_pour_mouvement(p_citerne_id uuid, p_produit_id uuid) FROM PUBLIC;

--
-- Name: FUNCTION tolerance_horloge(); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.tolerance_horloge() FROM PUBLIC;

--
-- Name: FUNCTION ligne_recente(p_ligne public.log_actions, p_dernier private.blocs_journal, p_serveur bigint); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.ligne_recente(p_ligne public.log_actions, p_dernier private.blocs_journal, p_serveur bigint) FROM PUBLIC;

--
-- Name: FUNCTION lot_engage(p_lot_id uuid); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.lot_engage(p_lot_id uuid) FROM PUBLIC;

--
-- Name: FUNCTION masse_air_t(p_densite_a_15_kgm3 numeric, p_volume_15c numeric); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.masse_air_t(p_densite_a_15_kgm3 numeric, p_volume_15c numeric) FROM PUBLIC;
GRANT ALL ON FUNCTION private.masse_air_t(p_densite_a_15_kgm3 numeric, p_volume_15c numeric) TO authenticated;
GRANT ALL ON FUNCTION private.masse_air_t(p_densite_a_15_kgm3 numeric, p_volume_15c numeric) TO service_role;

--
-- Name: FUNCTION masse_vide_t(p_densite_a_15_kgm3 numeric, p_volume_15c numeric); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.masse_vide_t(p_densite_a_15_kgm3 numeric, p_volume_15c numeric) FROM PUBLIC;
GRANT ALL ON FUNCTION private.masse_vide_t(p_densite_a_15_kgm3 numeric, p_volume_15c numeric) TO authenticated;
GRANT ALL ON FUNCTION private.masse_vide_t(p_densite_a_15_kgm3 numeric, p_volume_15c numeric) TO service_role;

--
-- Name: FUNCTION melanger(p_citerne_id uuid, p_densite_kgm3 numeric, p_volume_15c numeric); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.melanger(p_citerne_id uuid, p_densite_kgm3 numeric, p_volume_15c numeric) FROM PUBLIC;

--
-- Name: FUNCTION mesures_de(p_reception public.receptions); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.mesures_de(p_reception public.receptions) FROM PUBLIC;

--
-- Name: FUNCTION mesures_proteger(); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.mesures_proteger() FROM PUBLIC;

--
-- Name: FUNCTION montant_lettre(p_ecriture_id uuid); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.montant_lettre(p_ecriture_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION private.montant_lettre(p_ecriture_id uuid) TO authenticated;
GRANT ALL ON FUNCTION private.montant_lettre(p_ecriture_id uuid) TO service_role;

--
-- Name: FUNCTION mouvement_valide(p_type text, p_id uuid, p_citerne_id uuid); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.mouvement_valide(p_type text, p_id uuid, p_citerne_id uuid) FROM PUBLIC;

--
-- Name: FUNCTION mouvements_traces(); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.mouvements_traces() FROM PUBLIC;
GRANT ALL ON FUNCTION private.mouvements_traces() TO authenticated;
GRANT ALL ON FUNCTION private.mouvements_traces() TO service_role;

--
-- Name: FUNCTION nettoyer_staging(); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.nettoyer_staging() FROM PUBLIC;

--
-- Name: FUNCTION nombre_fr(p_nombre numeric); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.nombre_fr(p_nombre numeric) FROM PUBLIC;

--
-- Name: FUNCTION noter_etat(p_nom text); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.noter_etat(p_nom text) FROM PUBLIC;

--
-- Name: FUNCTION noter_evenement_alerte(); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.noter_evenement_alerte() FROM PUBLIC;

--
-- Name: FUNCTION noter_passage(p_nom text, p_debut timestamp with time zone); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.noter_passage(p_nom text, p_debut timestamp with time zone) FROM PUBLIC;

--
-- Name: FUNCTION nouveau_brouillon(p_sortie public.sorties_produit); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.nouveau_brouillon(p_sortie public.sorties_produit) FROM PUBLIC;
GRANT ALL ON FUNCTION private.nouveau_brouillon(p_sortie public.sorties_produit) TO authenticated;
GRANT ALL ON FUNCTION private.nouveau_brouillon(p_sortie public.sorties_produit) TO service_role;

--
-- Name: FUNCTION numero_de_paiement(p_id uuid); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.numero_de_paiement(p_id uuid) FROM PUBLIC;

--
-- Name: FUNCTION ouvrir_ecart(p_ecart public.ecarts); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.ouvrir_ecart(p_ecart public.ecarts) FROM PUBLIC;

--
-- Name: TABLE fournisseur_paiement_lot_min; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.fournisseur_paiement_lot_min TO authenticated;
GRANT SELECT ON TABLE public.fournisseur_paiement_lot_min TO service_role;

--
-- Name: COLUMN fournisseur_paiement_lot_min.fournisseur_facture_id; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(fournisseur_facture_id) ON TABLE public.fournisseur_paiement_lot_min TO authenticated;

--
-- Name: COLUMN fournisseur_paiement_lot_min.date_paiement; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(date_paiement) ON TABLE public.fournisseur_paiement_lot_min TO authenticated;

--
-- Name: COLUMN fournisseur_paiement_lot_min.montant_paye_usd; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(montant_paye_usd) ON TABLE public.fournisseur_paiement_lot_min TO authenticated;

--
-- Name: COLUMN fournisseur_paiement_lot_min.mode_paiement; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(mode_paiement) ON TABLE public.fournisseur_paiement_lot_min TO authenticated;

--
-- Name: COLUMN fournisseur_paiement_lot_min.reference_paiement; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(reference_paiement) ON TABLE public.fournisseur_paiement_lot_min TO authenticated;

--
-- Name: COLUMN fournisseur_paiement_lot_min.note; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(note) ON TABLE public.fournisseur_paiement_lot_min TO authenticated;

--
-- Name: COLUMN fournisseur_paiement_lot_min.statut; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(statut) ON TABLE public.fournisseur_paiement_lot_min TO authenticated;

--
-- Name: FUNCTION paiement_a_changer(p_id uuid, p_statut text); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.paiement_a_changer(p_id uuid, p_statut text) FROM PUBLIC;

--
-- Name: FUNCTION paiement_fournisseur_apres_insert(); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.paiement_fournisseur_apres_insert() FROM PUBLIC;

--
-- Name: FUNCTION paiement_fournisseur_avant_insert(); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.paiement_fournisseur_avant_insert() FROM PUBLIC;

--
-- Name: FUNCTION passer_facture(p_facture public.fournisseur_facture_lot_min, p_justification text); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.passer_facture(p_facture public.fournisseur_facture_lot_min, p_justification text) FROM PUBLIC;

--
-- Name: FUNCTION passer_paiement(p_paiement public.fournisseur_paiement_lot_min); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.passer_paiement(p_paiement public.fournisseur_paiement_lot_min) FROM PUBLIC;

--
-- Name: FUNCTION patience_scellement(); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.patience_scellement() FROM PUBLIC;

--
-- Name: FUNCTION peut(p_capacite text); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.peut(p_capacite text) FROM PUBLIC;
GRANT ALL ON FUNCTION private.peut(p_capacite text) TO authenticated;
GRANT ALL ON FUNCTION private.peut(p_capacite text) TO service_role;

--
-- Name: FUNCTION peut_autant(p_role text, p_role_d_alors text); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.peut_autant(p_role text, p_role_d_alors text) FROM PUBLIC;

--
-- Name: FUNCTION phrase_de_refus(p_code text, p_valeurs jsonb); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.phrase_de_refus(p_code text, p_valeurs jsonb) FROM PUBLIC;

--
-- Name: FUNCTION poser_referentiels(); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.poser_referentiels() FROM PUBLIC;

--
-- Name: FUNCTION possede(p_table oid); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.possede(p_table oid) FROM PUBLIC;
GRANT ALL ON FUNCTION private.possede(p_table oid) TO authenticated;
GRANT ALL ON FUNCTION private.possede(p_table oid) TO service_role;

--
-- Name: FUNCTION premier_jour_negatif(p_citerne_id uuid, p_produit_id uuid, p_proprietaire_type text, p_jour date, p_delta_ambiant numeric, p_delta_15c numeric); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.premier_jour_negatif(p_citerne_id uuid, p_produit_id uuid, p_proprietaire_type text, p_jour date, p_delta_ambiant numeric, p_delta_15c numeric) FROM PUBLIC;

--
-- Name: FUNCTION prendre_numero(p_depot_id uuid, p_serie text, p_exercice integer, p_objet_id uuid); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.prendre_numero(p_depot_id uuid, p_serie text, p_exercice integer, p_objet_id uuid) FROM PUBLIC;

--
-- Name: FUNCTION preparer_profil(p_email text, p_role text, p_depot_id uuid); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.preparer_profil(p_email text, p_role text, p_depot_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION private.preparer_profil(p_email text, p_role text, p_depot_id uuid) TO authenticated;

--
-- Name: FUNCTION preparer_validation(p_sortie public.sorties_produit, p_validateur uuid, p_lieu private.lieu); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.preparer_validation(p_sortie public.sorties_produit, p_validateur uuid, p_lieu private.lieu) FROM PUBLIC;

--
-- Name: FUNCTION prises_de_hauteur_avant_insert(); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.prises_de_hauteur_avant_insert() FROM PUBLIC;

--
-- Name: FUNCTION prises_de_hauteur_journaliser(); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.prises_de_hauteur_journaliser() FROM PUBLIC;

--
-- Name: FUNCTION produits_avant_insert(); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.produits_avant_insert() FROM PUBLIC;
GRANT ALL ON FUNCTION private.produits_avant_insert() TO authenticated;
GRANT ALL ON FUNCTION private.produits_avant_insert() TO service_role;

--
-- Name: FUNCTION produits_proteger(); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.produits_proteger() FROM PUBLIC;

--
-- Name: FUNCTION profils_avant_ecriture(); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.profils_avant_ecriture() FROM PUBLIC;

--
-- Name: FUNCTION profils_calcul_garder_defaut(); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.profils_calcul_garder_defaut() FROM PUBLIC;
GRANT ALL ON FUNCTION private.profils_calcul_garder_defaut() TO authenticated;
GRANT ALL ON FUNCTION private.profils_calcul_garder_defaut() TO service_role;

--
-- Name: FUNCTION profils_calcul_journaliser(); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.profils_calcul_journaliser() FROM PUBLIC;

--
-- Name: FUNCTION profils_fermer_le_compte(); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.profils_fermer_le_compte() FROM PUBLIC;

--
-- Name: FUNCTION profils_garder_un_admin(); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.profils_garder_un_admin() FROM PUBLIC;

--
-- Name: FUNCTION purger_idempotence(); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.purger_idempotence() FROM PUBLIC;

--
-- Name: FUNCTION quantites_reception(p_reception_id uuid); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.quantites_reception(p_reception_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION private.quantites_reception(p_reception_id uuid) TO authenticated;
GRANT ALL ON FUNCTION private.quantites_reception(p_reception_id uuid) TO service_role;

--
-- Name: FUNCTION rapprochement(p_recu numeric, p_facture numeric); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.rapprochement(p_recu numeric, p_facture numeric) FROM PUBLIC;
GRANT ALL ON FUNCTION private.rapprochement(p_recu numeric, p_facture numeric) TO authenticated;
GRANT ALL ON FUNCTION private.rapprochement(p_recu numeric, p_facture numeric) TO service_role;

--
-- Name: FUNCTION receptions_a_facturer(p_lot_id uuid, p_facture_id uuid); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.receptions_a_facturer(p_lot_id uuid, p_facture_id uuid) FROM PUBLIC;

--
-- Name: FUNCTION receptions_apres_insert(); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.receptions_apres_insert() FROM PUBLIC;

--
-- Name: FUNCTION receptions_avant_insert(); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.receptions_avant_insert() FROM PUBLIC;

--
-- Name: FUNCTION recu_de_facture(p_facture_id uuid); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.recu_de_facture(p_facture_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION private.recu_de_facture(p_facture_id uuid) TO authenticated;
GRANT ALL ON FUNCTION private.recu_de_facture(p_facture_id uuid) TO service_role;

--
-- Name: FUNCTION referentiel_journaliser(); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.referentiel_journaliser() FROM PUBLIC;

--
-- Name: FUNCTION referentiels(); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.referentiels() FROM PUBLIC;

--
-- Name: FUNCTION refuser(p_code text, p_valeurs jsonb, p_statut_http integer); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.refuser(p_code text, p_valeurs jsonb, p_statut_http integer) FROM PUBLIC;
GRANT ALL ON FUNCTION private.refuser(p_code text, p_valeurs jsonb, p_statut_http integer) TO authenticated;
GRANT ALL ON FUNCTION private.refuser(p_code text, p_valeurs jsonb, p_statut_http integer) TO service_role;

--
-- Name: FUNCTION refuser_lot(p_code text, p_valeurs jsonb); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.refuser_lot(p_code text, p_valeurs jsonb) FROM PUBLIC;

--
-- Name: FUNCTION regle_de_facture(p_facture_id uuid); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.regle_de_facture(p_facture_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION private.regle_de_facture(p_facture_id uuid) TO authenticated;
GRANT ALL ON FUNCTION private.regle_de_facture(p_facture_id uuid) TO service_role;

--
-- Name: FUNCTION rejeter_sortie(p_id uuid, p_motif text, p_version integer); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.rejeter_sortie(p_id uuid, p_motif text, p_version integer) FROM PUBLIC;

--
-- Name: FUNCTION reprendre_reponse(p_cle text, p_demande text, p_corps jsonb); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.reprendre_reponse(p_cle text, p_demande text, p_corps jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION private.reprendre_reponse(p_cle text, p_demande text, p_corps jsonb) TO authenticated;

--
-- Name: FUNCTION reserver_camions(); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.reserver_camions() FROM PUBLIC;

--
-- Name: FUNCTION reste_du_mouvement(p_type text, p_id uuid, p_citerne_id uuid); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.reste_du_mouvement(p_type text, p_id uuid, p_citerne_id uuid) FROM PUBLIC;

--
-- Name: FUNCTION role(); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.role() FROM PUBLIC;
GRANT ALL ON FUNCTION private.role() TO authenticated;
GRANT ALL ON FUNCTION private.role() TO service_role;

--
-- Name: FUNCTION sceller_journal(); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.sceller_journal() FROM PUBLIC;
GRANT ALL ON FUNCTION private.sceller_journal() TO authenticated;
GRANT ALL ON FUNCTION private.sceller_journal() TO service_role;

--
-- Name: FUNCTION second_facteur_prouve(); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.second_facteur_prouve() FROM PUBLIC;

--
-- Name: FUNCTION second_facteur_suffit(); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.second_facteur_suffit() FROM PUBLIC;
GRANT ALL ON FUNCTION private.second_facteur_suffit() TO authenticated;

--
-- Name: FUNCTION serveur(); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.serveur() FROM PUBLIC;

--
-- Name: FUNCTION snapshot_facture_figer(); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.snapshot_facture_figer() FROM PUBLIC;

--
-- Name: FUNCTION sortie_a_valider(p_id uuid, p_depot_id uuid); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.sortie_a_valider(p_id uuid, p_depot_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION private.sortie_a_valider(p_id uuid, p_depot_id uuid) TO authenticated;
GRANT ALL ON FUNCTION private.sortie_a_valider(p_id uuid, p_depot_id uuid) TO service_role;

--
-- Name: FUNCTION sorties_apres_insert(); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.sorties_apres_insert() FROM PUBLIC;

--
-- Name: FUNCTION sorties_avant_insert(); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.sorties_avant_insert() FROM PUBLIC;
GRANT ALL ON FUNCTION private.sorties_avant_insert() TO authenticated;
GRANT ALL ON FUNCTION private.sorties_avant_insert() TO service_role;

--
-- Name: FUNCTION sorties_valider_directes(); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.sorties_valider_directes() FROM PUBLIC;

--
-- Name: FUNCTION stock_actuel_a(p_jour date); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.stock_actuel_a(p_jour date) FROM PUBLIC;
GRANT ALL ON FUNCTION private.stock_actuel_a(p_jour date) TO authenticated;

--
-- Name: FUNCTION stocks_adjustments_apres_insert(); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.stocks_adjustments_apres_insert() FROM PUBLIC;

--
-- Name: FUNCTION stocks_adjustments_avant_insert(); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.stocks_adjustments_avant_insert() FROM PUBLIC;

--
-- Name: FUNCTION stocks_reserver_ecriture(); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.stocks_reserver_ecriture() FROM PUBLIC;
GRANT ALL ON FUNCTION private.stocks_reserver_ecriture() TO service_role;

--
-- Name: FUNCTION surveiller(); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.surveiller() FROM PUBLIC;

--
-- Name: FUNCTION system_alerts_avant_update(); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.system_alerts_avant_update() FROM PUBLIC;
GRANT ALL ON FUNCTION private.system_alerts_avant_update() TO authenticated;
GRANT ALL ON FUNCTION private.system_alerts_avant_update() TO service_role;

--
-- Name: FUNCTION tableau(p_depot_id uuid, p_connue text); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.tableau(p_depot_id uuid, p_connue text) FROM PUBLIC;
GRANT ALL ON FUNCTION private.tableau(p_depot_id uuid, p_connue text) TO authenticated;

--
-- Name: FUNCTION tableau_camions(p_depot_id uuid); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.tableau_camions(p_depot_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION private.tableau_camions(p_depot_id uuid) TO authenticated;

--
-- Name: FUNCTION tableau_citernes(p_depot_id uuid); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.tableau_citernes(p_depot_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION private.tableau_citernes(p_depot_id uuid) TO authenticated;

--
-- Name: FUNCTION tableau_jour(p_depot_id uuid, p_jour date); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.tableau_jour(p_depot_id uuid, p_jour date) FROM PUBLIC;
GRANT ALL ON FUNCTION private.tableau_jour(p_depot_id uuid, p_jour date) TO authenticated;

--
-- Name: FUNCTION tableau_mouvements(p_depot_id uuid, p_nombre integer); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.tableau_mouvements(p_depot_id uuid, p_nombre integer) FROM PUBLIC;
GRANT ALL ON FUNCTION private.tableau_mouvements(p_depot_id uuid, p_nombre integer) TO authenticated;

--
-- Name: FUNCTION taches_periodiques(); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.taches_periodiques() FROM PUBLIC;

--
-- Name: FUNCTION texte_net(p_texte text); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.texte_net(p_texte text) FROM PUBLIC;

--
-- Name: FUNCTION tracer_validation(p_sortie public.sorties_produit, p_actions text[]); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.tracer_validation(p_sortie public.sorties_produit, p_actions text[]) FROM PUBLIC;

--
-- Name: FUNCTION transferts_apres_insert(); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.transferts_apres_insert() FROM PUBLIC;

--
-- Name: FUNCTION transferts_avant_insert(); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.transferts_avant_insert() FROM PUBLIC;

--
-- Name: FUNCTION valider_sortie(p_id uuid, p_version integer); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.valider_sortie(p_id uuid, p_version integer) FROM PUBLIC;

--
-- Name: FUNCTION verifier_comptes(); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.verifier_comptes() FROM PUBLIC;

--
-- Name: FUNCTION verifier_series(); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.verifier_series() FROM PUBLIC;

--
-- Name: FUNCTION verrouiller_camions(p_ids uuid[]); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.verrouiller_camions(p_ids uuid[]) FROM PUBLIC;

--
-- Name: FUNCTION verrouiller_citernes(VARIADIC p_citerne_ids uuid[]); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.verrouiller_citernes(VARIADIC p_citerne_ids uuid[]) FROM PUBLIC;

--
-- Name: FUNCTION verrouiller_mouvements(); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.verrouiller_mouvements() FROM PUBLIC;

--
-- Name: FUNCTION verrouiller_tiers(p_type text, VARIADIC p_ids uuid[]); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.verrouiller_tiers(p_type text, VARIADIC p_ids uuid[]) FROM PUBLIC;

--
-- Name: FUNCTION vider_journal_mouvements(); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.vider_journal_mouvements() FROM PUBLIC;

--
-- Name: FUNCTION vider_mouvements(); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.vider_mouvements() FROM PUBLIC;

--
-- Name: FUNCTION volume_15c(p_mesures private.mesures, p_lieu private.lieu); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.volume_15c(p_mesures private.mesures, p_lieu private.lieu) FROM PUBLIC;

--
-- Name: FUNCTION volume_15c_historique(p_mesures private.mesures, p_lieu private.lieu); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.volume_15c_historique(p_mesures private.mesures, p_lieu private.lieu) FROM PUBLIC;

--
-- Name: FUNCTION volume_15c_norme(p_mesures private.mesures, p_lieu private.lieu); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.volume_15c_norme(p_mesures private.mesures, p_lieu private.lieu) FROM PUBLIC;

--
-- Name: FUNCTION volume_20c(p_volume_15c numeric, p_densite_15 numeric, p_groupe text, p_methode text, p_alpha numeric); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.volume_20c(p_volume_15c numeric, p_densite_15 numeric, p_groupe text, p_methode text, p_alpha numeric) FROM PUBLIC;

--
-- Name: FUNCTION volume_mesure(p_volume numeric, p_volume_observe numeric, p_index_avant numeric, p_index_apres numeric); Type: ACL; Schema: private; Owner: -
--

REVOKE ALL ON FUNCTION private.volume_mesure(p_volume numeric, p_volume_observe numeric, p_index_avant numeric, p_index_apres numeric) FROM PUBLIC;

--
-- Name: FUNCTION acquitter_alerte(p_id uuid, p_note text); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.acquitter_alerte(p_id uuid, p_note text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.acquitter_alerte(p_id uuid, p_note text) TO authenticated;

--
-- Name: FUNCTION admin_compensate_reception(p_id uuid, p_reason text); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.admin_compensate_reception(p_id uuid, p_reason text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.admin_compensate_reception(p_id uuid, p_reason text) TO authenticated;

--
-- Name: FUNCTION admin_compensate_sortie(p_id uuid, p_reason text); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.admin_compensate_sortie(p_id uuid, p_reason text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.admin_compensate_sortie(p_id uuid, p_reason text) TO authenticated;

--
-- Name: FUNCTION annuler_cours_de_route(p_id uuid, p_motif text); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.annuler_cours_de_route(p_id uuid, p_motif text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.annuler_cours_de_route(p_id uuid, p_motif text) TO authenticated;

--
-- Name: FUNCTION annuler_facture_fournisseur(p_id uuid, p_motif text); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.annuler_facture_fournisseur(p_id uuid, p_motif text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.annuler_facture_fournisseur(p_id uuid, p_motif text) TO authenticated;

--
-- Name: FUNCTION annuler_paiement(p_id uuid, p_motif text); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.annuler_paiement(p_id uuid, p_motif text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.annuler_paiement(p_id uuid, p_motif text) TO authenticated;

--
-- Name: FUNCTION avancer_serie(p_depot_id uuid, p_serie text, p_exercice integer, p_dernier_connu bigint, p_motif text); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.avancer_serie(p_depot_id uuid, p_serie text, p_exercice integer, p_dernier_connu bigint, p_motif text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.avancer_serie(p_depot_id uuid, p_serie text, p_exercice integer, p_dernier_connu bigint, p_motif text) TO authenticated;

--
-- Name: FUNCTION calculer_facture_fournisseur(p_id uuid); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.calculer_facture_fournisseur(p_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.calculer_facture_fournisseur(p_id uuid) TO authenticated;

--
-- Name: FUNCTION changer_statut_cours_de_route(p_id uuid, p_statut text); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.changer_statut_cours_de_route(p_id uuid, p_statut text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.changer_statut_cours_de_route(p_id uuid, p_statut text) TO authenticated;

--
-- Name: FUNCTION compute_volume_20c_from_reception(p_reception_id uuid); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.compute_volume_20c_from_reception(p_reception_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.compute_volume_20c_from_reception(p_reception_id uuid) TO authenticated;
GRANT ALL ON FUNCTION public.compute_volume_20c_from_reception(p_reception_id uuid) TO service_role;

--
-- Name: FUNCTION confirmer_paiement(p_id uuid); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.confirmer_paiement(p_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.confirmer_paiement(p_id uuid) TO authenticated;

--
-- Name: FUNCTION contester_facture_fournisseur(p_id uuid, p_en_litige boolean, p_motif text); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.contester_facture_fournisseur(p_id uuid, p_en_litige boolean, p_motif text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.contester_facture_fournisseur(p_id uuid, p_en_litige boolean, p_motif text) TO authenticated;

--
-- Name: FUNCTION creer_et_valider_sortie(p_sortie jsonb); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.creer_et_valider_sortie(p_sortie jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION public.creer_et_valider_sortie(p_sortie jsonb) TO authenticated;

--
-- Name: FUNCTION declarer_stock_initial(p_citerne_id uuid, p_proprietaire_type text, p_volume_ambiant numeric, p_volume_15c numeric, p_motif text, p_date_jour date); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.declarer_stock_initial(p_citerne_id uuid, p_proprietaire_type text, p_volume_ambiant numeric, p_volume_15c numeric, p_motif text, p_date_jour date) FROM PUBLIC;
GRANT ALL ON FUNCTION public.declarer_stock_initial(p_citerne_id uuid, p_proprietaire_type text, p_volume_ambiant numeric, p_volume_15c numeric, p_motif text, p_date_jour date) TO authenticated;

--
-- Name: FUNCTION definir_flag(p_key text, p_enabled boolean, p_depots uuid[], p_users uuid[]); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.definir_flag(p_key text, p_enabled boolean, p_depots uuid[], p_users uuid[]) FROM PUBLIC;
GRANT ALL ON FUNCTION public.definir_flag(p_key text, p_enabled boolean, p_depots uuid[], p_users uuid[]) TO authenticated;

--
-- Name: FUNCTION enregistrer_avoir_fournisseur(p_facture_id uuid, p_invoice_no text, p_date_facture date, p_montant_usd numeric, p_justification text); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.enregistrer_avoir_fournisseur(p_facture_id uuid, p_invoice_no text, p_date_facture date, p_montant_usd numeric, p_justification text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.enregistrer_avoir_fournisseur(p_facture_id uuid, p_invoice_no text, p_date_facture date, p_montant_usd numeric, p_justification text) TO authenticated;

--
-- Name: FUNCTION get_last_stock_ambiant(p_citerne uuid, p_produit uuid); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.get_last_stock_ambiant(p_citerne uuid, p_produit uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.get_last_stock_ambiant(p_citerne uuid, p_produit uuid) TO authenticated;
GRANT ALL ON FUNCTION public.get_last_stock_ambiant(p_citerne uuid, p_produit uuid) TO service_role;

--
-- Name: FUNCTION rebuild_stocks_journaliers(p_depot_id uuid, p_start_date date, p_end_date date); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.rebuild_stocks_journaliers(p_depot_id uuid, p_start_date date, p_end_date date) FROM PUBLIC;
GRANT ALL ON FUNCTION public.rebuild_stocks_journaliers(p_depot_id uuid, p_start_date date, p_end_date date) TO authenticated;

--
-- Name: FUNCTION receptions_block_update_delete(); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.receptions_block_update_delete() FROM PUBLIC;
GRANT ALL ON FUNCTION public.receptions_block_update_delete() TO service_role;

--
-- Name: FUNCTION rejeter_sortie(p_id uuid, p_motif text); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.rejeter_sortie(p_id uuid, p_motif text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.rejeter_sortie(p_id uuid, p_motif text) TO authenticated;

--
-- Name: FUNCTION rejeter_sortie_lue(p_id uuid, p_motif text, p_version integer); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.rejeter_sortie_lue(p_id uuid, p_motif text, p_version integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.rejeter_sortie_lue(p_id uuid, p_motif text, p_version integer) TO authenticated;

--
-- Name: FUNCTION releve_tiers(p_type text, p_id uuid, p_devise text, p_du date, p_au date, p_connu_a timestamp with time zone); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.releve_tiers(p_type text, p_id uuid, p_devise text, p_du date, p_au date, p_connu_a timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION public.releve_tiers(p_type text, p_id uuid, p_devise text, p_du date, p_au date, p_connu_a timestamp with time zone) TO authenticated;

--
-- Name: FUNCTION resoudre_alerte(p_id uuid, p_note text); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.resoudre_alerte(p_id uuid, p_note text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.resoudre_alerte(p_id uuid, p_note text) TO authenticated;

--
-- Name: FUNCTION revoir_ecart(p_id uuid); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.revoir_ecart(p_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.revoir_ecart(p_id uuid) TO authenticated;

--
-- Name: FUNCTION sorties_produit_block_update_delete(); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.sorties_produit_block_update_delete() FROM PUBLIC;
GRANT ALL ON FUNCTION public.sorties_produit_block_update_delete() TO authenticated;
GRANT ALL ON FUNCTION public.sorties_produit_block_update_delete() TO service_role;

--
-- Name: FUNCTION stock_a(p_date date); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.stock_a(p_date date) FROM PUBLIC;
GRANT ALL ON FUNCTION public.stock_a(p_date date) TO authenticated;
GRANT ALL ON FUNCTION public.stock_a(p_date date) TO service_role;

--
-- Name: FUNCTION stock_connu_a(p_date date, p_moment timestamp with time zone); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.stock_connu_a(p_date date, p_moment timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION public.stock_connu_a(p_date date, p_moment timestamp with time zone) TO authenticated;
GRANT ALL ON FUNCTION public.stock_connu_a(p_date date, p_moment timestamp with time zone) TO service_role;

--
-- Name: FUNCTION sync_system_alerts_from_integrity(p_limit integer); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.sync_system_alerts_from_integrity(p_limit integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.sync_system_alerts_from_integrity(p_limit integer) TO authenticated;
GRANT ALL ON FUNCTION public.sync_system_alerts_from_integrity(p_limit integer) TO service_role;

--
-- Name: FUNCTION tete_journal(); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.tete_journal() FROM PUBLIC;
GRANT ALL ON FUNCTION public.tete_journal() TO authenticated;

--
-- Name: FUNCTION traiter_ecart(p_id uuid, p_cause text, p_decision text, p_justification text, p_impact_usd numeric); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.traiter_ecart(p_id uuid, p_cause text, p_decision text, p_justification text, p_impact_usd numeric) FROM PUBLIC;
GRANT ALL ON FUNCTION public.traiter_ecart(p_id uuid, p_cause text, p_decision text, p_justification text, p_impact_usd numeric) TO authenticated;

--
-- Name: FUNCTION validate_reception(p_reception_id uuid); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.validate_reception(p_reception_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.validate_reception(p_reception_id uuid) TO authenticated;

--
-- Name: FUNCTION validate_sortie(p_id uuid); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.validate_sortie(p_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.validate_sortie(p_id uuid) TO authenticated;

--
-- Name: FUNCTION valider_facture_fournisseur(p_id uuid, p_justification text); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.valider_facture_fournisseur(p_id uuid, p_justification text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.valider_facture_fournisseur(p_id uuid, p_justification text) TO authenticated;

--
-- Name: FUNCTION valider_sortie_lue(p_id uuid, p_version integer); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.valider_sortie_lue(p_id uuid, p_version integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.valider_sortie_lue(p_id uuid, p_version integer) TO authenticated;

--
-- Name: FUNCTION verifier_journal(p_bloc bigint, p_empreinte text); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.verifier_journal(p_bloc bigint, p_empreinte text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.verifier_journal(p_bloc bigint, p_empreinte text) TO authenticated;

--
-- Name: FUNCTION verifier_mouvements(); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.verifier_mouvements() FROM PUBLIC;
GRANT ALL ON FUNCTION public.verifier_mouvements() TO authenticated;
GRANT ALL ON FUNCTION public.verifier_mouvements() TO service_role;

--
-- Name: FUNCTION verifier_stocks(); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.verifier_stocks() FROM PUBLIC;
GRANT ALL ON FUNCTION public.verifier_stocks() TO authenticated;
GRANT ALL ON FUNCTION public.verifier_stocks() TO service_role;

--
-- Name: TABLE alertes_evenements; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.alertes_evenements TO authenticated;
GRANT SELECT ON TABLE public.alertes_evenements TO service_role;

--
-- Name: TABLE app_settings; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.app_settings TO authenticated;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.app_settings TO service_role;

--
-- Name: TABLE clients; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.clients TO authenticated;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.clients TO service_role;

--
-- Name: TABLE profils; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,UPDATE ON TABLE public.profils TO authenticated;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.profils TO service_role;

--
-- Name: TABLE current_user_profile; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.current_user_profile TO authenticated;
GRANT SELECT ON TABLE public.current_user_profile TO service_role;

--
-- Name: TABLE dilatations; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.dilatations TO authenticated;
GRANT SELECT ON TABLE public.dilatations TO service_role;

--
-- Name: TABLE factures_fournisseur_receptions; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.factures_fournisseur_receptions TO authenticated;
GRANT SELECT ON TABLE public.factures_fournisseur_receptions TO service_role;

--
-- Name: TABLE feature_flags; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.feature_flags TO authenticated;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.feature_flags TO service_role;

--
-- Name: TABLE fournisseurs; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT,DELETE,UPDATE ON TABLE public.fournisseurs TO authenticated;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.fournisseurs TO service_role;

--
-- Name: COLUMN fournisseurs.id; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(id) ON TABLE public.fournisseurs TO authenticated;

--
-- Name: COLUMN fournisseurs.nom; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(nom) ON TABLE public.fournisseurs TO authenticated;

--
-- Name: COLUMN fournisseurs.actif; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(actif) ON TABLE public.fournisseurs TO authenticated;

--
-- Name: TABLE golden_cases; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,UPDATE ON TABLE public.golden_cases TO authenticated;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.golden_cases TO service_role;

--
-- Name: TABLE logs; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.logs TO authenticated;
GRANT SELECT ON TABLE public.logs TO service_role;

--
-- Name: TABLE partenaires; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.partenaires TO authenticated;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.partenaires TO service_role;

--
-- Name: TABLE prises_de_hauteur; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.prises_de_hauteur TO authenticated;
GRANT SELECT,INSERT ON TABLE public.prises_de_hauteur TO service_role;

--
-- Name: COLUMN prises_de_hauteur.id; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(id) ON TABLE public.prises_de_hauteur TO authenticated;

--
-- Name: COLUMN prises_de_hauteur.citerne_id; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(citerne_id) ON TABLE public.prises_de_hauteur TO authenticated;

--
-- Name: COLUMN prises_de_hauteur.volume_mesure; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(volume_mesure) ON TABLE public.prises_de_hauteur TO authenticated;

--
-- Name: COLUMN prises_de_hauteur.note; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(note) ON TABLE public.prises_de_hauteur TO authenticated;

--
-- Name: TABLE sortie_citerne; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.sortie_citerne TO authenticated;
GRANT SELECT ON TABLE public.sortie_citerne TO service_role;

--
-- Name: TABLE stocks_journaliers; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.stocks_journaliers TO authenticated;
GRANT SELECT ON TABLE public.stocks_journaliers TO service_role;

--
-- Name: TABLE stock_actuel; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.stock_actuel TO authenticated;
GRANT SELECT ON TABLE public.stock_actuel TO service_role;

--
-- Name: TABLE stocks_initiaux; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.stocks_initiaux TO authenticated;
GRANT SELECT ON TABLE public.stocks_initiaux TO service_role;

--
-- Name: TABLE transferts; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.transferts TO authenticated;
GRANT SELECT,INSERT ON TABLE public.transferts TO service_role;

--
-- Name: COLUMN transferts.id; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(id) ON TABLE public.transferts TO authenticated;

--
-- Name: COLUMN transferts.citerne_source_id; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(citerne_source_id) ON TABLE public.transferts TO authenticated;

--
-- Name: COLUMN transferts.citerne_destination_id; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(citerne_destination_id) ON TABLE public.transferts TO authenticated;

--
-- Name: COLUMN transferts.produit_id; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(produit_id) ON TABLE public.transferts TO authenticated;

--
-- Name: COLUMN transferts.proprietaire_type; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(proprietaire_type) ON TABLE public.transferts TO authenticated;

--
-- Name: COLUMN transferts.volume_ambiant; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(volume_ambiant) ON TABLE public.transferts TO authenticated;

--
-- Name: COLUMN transferts.temperature_ambiante_c; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(temperature_ambiante_c) ON TABLE public.transferts TO authenticated;

--
-- Name: COLUMN transferts.temperature_echantillon_c; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(temperature_echantillon_c) ON TABLE public.transferts TO authenticated;

--
-- Name: COLUMN transferts.densite_observee_kgm3; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(densite_observee_kgm3) ON TABLE public.transferts TO authenticated;

--
-- Name: COLUMN transferts.volume_15c; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(volume_15c) ON TABLE public.transferts TO authenticated;

--
-- Name: COLUMN transferts.date_jour; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(date_jour) ON TABLE public.transferts TO authenticated;

--
-- Name: COLUMN transferts.note; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(note) ON TABLE public.transferts TO authenticated;

--
-- Name: TABLE v_citerne_stock_actuel; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.v_citerne_stock_actuel TO authenticated;
GRANT SELECT ON TABLE public.v_citerne_stock_actuel TO service_role;

--
-- Name: TABLE v_citerne_stock_snapshot_agg; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.v_citerne_stock_snapshot_agg TO authenticated;
GRANT SELECT ON TABLE public.v_citerne_stock_snapshot_agg TO service_role;

--
-- Name: TABLE v_soldes_tiers; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.v_soldes_tiers TO authenticated;
GRANT SELECT ON TABLE public.v_soldes_tiers TO service_role;

--
-- Name: TABLE v_compte_fournisseur; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.v_compte_fournisseur TO authenticated;
GRANT SELECT ON TABLE public.v_compte_fournisseur TO service_role;

--
-- Name: TABLE v_ecarts_inventaire; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.v_ecarts_inventaire TO authenticated;
GRANT SELECT ON TABLE public.v_ecarts_inventaire TO service_role;

--
-- Name: TABLE v_etat_citernes; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.v_etat_citernes TO authenticated;
GRANT SELECT ON TABLE public.v_etat_citernes TO service_role;

--
-- Name: TABLE v_fournisseur_facture_lot; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.v_fournisseur_facture_lot TO authenticated;
GRANT SELECT ON TABLE public.v_fournisseur_facture_lot TO service_role;

--
-- Name: TABLE v_fournisseur_rapprochement_lot_min; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.v_fournisseur_rapprochement_lot_min TO authenticated;
GRANT SELECT ON TABLE public.v_fournisseur_rapprochement_lot_min TO service_role;

--
-- Name: TABLE v_fournisseurs; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.v_fournisseurs TO authenticated;
GRANT SELECT ON TABLE public.v_fournisseurs TO service_role;

--
-- Name: TABLE v_integrity_checks; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.v_integrity_checks TO authenticated;
GRANT SELECT ON TABLE public.v_integrity_checks TO service_role;

--
-- Name: TABLE v_mouvements_stock; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.v_mouvements_stock TO authenticated;
GRANT SELECT ON TABLE public.v_mouvements_stock TO service_role;

--
-- Name: TABLE v_reception_20c; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.v_reception_20c TO authenticated;
GRANT SELECT ON TABLE public.v_reception_20c TO service_role;

--
-- Name: TABLE v_receptions; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.v_receptions TO authenticated;
GRANT SELECT ON TABLE public.v_receptions TO service_role;

--
-- Name: TABLE v_sorties; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.v_sorties TO authenticated;
GRANT SELECT ON TABLE public.v_sorties TO service_role;

--
-- Name: TABLE v_stock_actuel_owner_snapshot; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.v_stock_actuel_owner_snapshot TO authenticated;
GRANT SELECT ON TABLE public.v_stock_actuel_owner_snapshot TO service_role;

--
-- Name: TABLE v_stock_actuel_snapshot; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.v_stock_actuel_snapshot TO authenticated;
GRANT SELECT ON TABLE public.v_stock_actuel_snapshot TO service_role;

--
-- Name: TABLE v_transferts; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.v_transferts TO authenticated;
GRANT SELECT ON TABLE public.v_transferts TO service_role;

--
-- PostgreSQL database dump complete
--

