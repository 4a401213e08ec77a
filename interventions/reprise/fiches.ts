// How each table is compared: what the source's row says, and the query that says the same of ours. Litres are whole
// millilitres; temperatures and densities as precise as ours keep them.
import { type Ancienne, densiteA15, type Ligne, type Mesure, type Mouvement } from "./ancienne/lecture.ts";
import type { Traduite } from "./traduire.ts";

type Fiche = Map<string, string>;

export const texte = (valeur: unknown): string =>
  valeur === null || valeur === undefined
    ? ""
    : typeof valeur === "object"
    ? JSON.stringify(valeur)
    : String(valeur);
const ml = ({ ml }: Mesure) => texte(ml);
const nombreA = (valeur: unknown, decimales: number) =>
  valeur === null || valeur === undefined || valeur === "" ? "" : Number(valeur).toFixed(decimales);
const densite = (valeur: number | null) => nombreA(valeur !== null && valeur < 2 ? valeur * 1000 : valeur, 1);

/** What a table is compared by: how the source's row and ours say it. */
interface Comparaison {
  source: (a: Ancienne, t: Traduite["traduction"]) => [string, Fiche][];
  ici: string;
}

const fiche = (champs: Record<string, string>): Fiche => new Map(Object.entries(champs));

const simples = (table: keyof Ancienne & string, champs: string[], renvois: string[] = []): Comparaison => ({
  source: (a, t) =>
    (a[table] as Ligne[]).map((ligne) => [
      ligne.id as string,
      new Map(
        champs.map((champ) => [
          champ,
          texte(renvois.includes(champ) ? t.renvoi(ligne[champ] as string | null) : ligne[champ]),
        ]),
      ),
    ]),
  ici: `select id::text, ${champs.map((champ) => `coalesce(${champ}::text, '') as ${champ}`).join(", ")}
          from public.${table}`,
});

const mouvement = (m: Mouvement, t: Traduite["traduction"]): Record<string, string> => ({
  citerne_id: texte(t.renvoi(m.citerne_id)),
  produit_id: m.produit_id,
  proprietaire_type: (m.proprietaire_type ?? "").toUpperCase(),
  partenaire_id: texte(t.renvoi(m.partenaire_id)),
  statut: m.statut,
  volume_ambiant: ml(m.volume_ambiant),
  volume_15c: ml(m.volume_15c.ml === null ? m.volume_corrige_15c : m.volume_15c),
  index_avant: ml(m.index_avant),
  index_apres: ml(m.index_apres),
  temperature_ambiante_c: nombreA(m.temperature_ambiante_c, 2),
  densite_a_15_kgm3: densite(densiteA15(m)),
  densite_observee_kgm3: densite(m.densite_observee_kgm3),
  note: texte(m.note),
  created_by: texte(m.created_by),
  validated_by: texte(m.validated_by),
  created_at: texte(m.created_at),
});
const MOUVEMENT_ICI =
  `id::text, citerne_id::text, produit_id::text, proprietaire_type, coalesce(partenaire_id::text, '') as partenaire_id,
  statut, coalesce(trunc(volume_ambiant * 1000)::text, '') as volume_ambiant, coalesce(trunc(volume_15c * 1000)::text, '') as volume_15c,
  coalesce(trunc(index_avant * 1000)::text, '') as index_avant, coalesce(trunc(index_apres * 1000)::text, '') as index_apres,
  coalesce(round(temperature_ambiante_c, 2)::text, '') as temperature_ambiante_c,
  coalesce(round(densite_a_15_kgm3, 1)::text, '') as densite_a_15_kgm3,
  coalesce(round(densite_observee_kgm3, 1)::text, '') as densite_observee_kgm3,
  coalesce(note, '') as note, created_by::text, coalesce(validated_by::text, '') as validated_by, created_at::text`;

const TIERS = [
  "nom",
  "contact_personne",
  "email",
  "telephone",
  "adresse",
  "pays",
  "note_supplementaire",
  "created_at",
];

export const COMPARAISONS: Record<string, Comparaison> = {
  depots: simples("depots", ["nom", "adresse", "created_at"]),
  produits: simples("produits", ["nom", "code", "description", "created_at"]),
  citernes: {
    source: (a, t) =>
      a.citernes.map((c) => [
        t.renvoi(c.id as string)!,
        fiche({
          nom: texte(c.nom),
          depot_id: texte(c.depot_id),
          produit_id: texte(c.produit_id),
          capacite_totale: nombreA(c.capacite_totale, 3),
          capacite_securite: nombreA(c.capacite_securite, 3),
          statut: texte(c.statut),
        }),
      ]),
    ici:
      `select id::text, nom, depot_id::text, produit_id::text, capacite_totale::text, capacite_securite::text, statut
            from public.citernes`,
  },
  clients: simples("clients", TIERS),
  fournisseurs: simples("fournisseurs", TIERS),
  partenaires: simples("partenaires", ["nom", "contact", "email", "telephone", "created_at"]),
  profils: simples("profils", ["user_id", "nom_complet", "role", "depot_id", "created_at"]),
  fournisseur_lot: simples(
    "fournisseur_lot",
    ["fournisseur_id", "produit_id", "reference", "date_lot", "statut", "note", "created_at"],
    ["fournisseur_id"],
  ),
  cours_de_route: {
    source: (a, t) =>
      a.cours_de_route.map((c) => [
        c.id as string,
        fiche({
          fournisseur_id: texte(t.renvoi(c.fournisseur_id as string | null)),
          depot_destination_id: texte(c.depot_destination_id),
          produit_id: texte(c.produit_id),
          fournisseur_lot_id: texte(c.fournisseur_lot_id),
          plaque_camion: texte(c.plaque_camion).trim().toUpperCase(),
          date_chargement: texte(c.date_chargement),
          volume: nombreA(c.volume, 3),
          statut: texte(c.statut),
          note: texte(c.note),
          created_at: texte(c.created_at),
        }),
      ]),
    ici:
      `select id::text, fournisseur_id::text, depot_destination_id::text, produit_id::text, coalesce(fournisseur_lot_id::text, '') as fournisseur_lot_id, plaque_camion,
                 date_chargement::text, volume::text, statut, coalesce(note, '') as note, created_at::text
            from public.cours_de_route`,
  },
  receptions: {
    source: (a, t) =>
      a.receptions.map((r) => [
        r.id,
        fiche({
          ...mouvement(r, t),
          cours_de_route_id: texte(r.cours_de_route_id),
          date_reception: texte(r.jour),
        }),
      ]),
    ici:
      `select ${MOUVEMENT_ICI}, coalesce(cours_de_route_id::text, '') as cours_de_route_id, date_reception::text
            from public.receptions`,
  },
  sorties_produit: {
    source: (a, t) =>
      a.sorties.map((s) => [
        s.id,
        fiche({
          ...mouvement(s, t),
          client_id: texte(t.renvoi(s.client_id)),
          date_sortie: texte(s.date_sortie),
        }),
      ]),
    ici:
      `select ${MOUVEMENT_ICI}, coalesce(client_id::text, '') as client_id, date_sortie::text from public.sorties_produit`,
  },
  stocks_adjustments: {
    source: (a, t) =>
      a.ajustements.map((x) => [
        x.id,
        fiche({
          mouvement_type: x.mouvement_type,
          mouvement_id: x.mouvement_id,
          citerne_id: texte(t.renvoi(x.citerne_id)),
          delta_ambiant: ml(x.delta_ambiant),
          delta_15c: ml(x.delta_15c),
          reason: texte(x.reason),
          created_by: texte(x.created_by),
          created_at: texte(x.created_at),
        }),
      ]),
    ici:
      `select id::text, mouvement_type, mouvement_id::text, citerne_id::text, trunc(delta_ambiant * 1000)::text as delta_ambiant,
                 trunc(delta_15c * 1000)::text as delta_15c, reason, created_by::text, created_at::text
            from public.stocks_adjustments`,
  },
  prises_de_hauteur: {
    source: (a, t) =>
      a.prises_de_hauteur.map((p) => [
        p.id as string,
        fiche({
          citerne_id: texte(t.renvoi(p.citerne_id as string | null)),
          volume_mesure: nombreA(p.volume_mesure, 3),
          note: texte(p.note),
          created_at: texte(p.created_at),
        }),
      ]),
    ici: `select id::text, citerne_id::text, volume_mesure::text, coalesce(note, '') as note, created_at::text
            from public.prises_de_hauteur`,
  },
  log_actions: {
    source: (a) =>
      a.log_actions.map((l) => [
        l.id as string,
        fiche({
          user_id: texte(l.user_id),
          action: texte(l.action),
          module: texte(l.module),
          niveau: texte(l.niveau),
          cible_id: texte(l.cible_id),
          created_at: texte(l.created_at),
        }),
      ]),
    ici: `select id::text, coalesce(user_id::text, '') as user_id, action, module, niveau,
                 coalesce(cible_id::text, '') as cible_id, created_at::text
            from public.log_actions where details ->> 'reprise' = 'origine'`,
  },
};
