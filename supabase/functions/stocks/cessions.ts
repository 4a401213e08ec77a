import { z } from "zod";
import { acte } from "../_shared/acte.ts";
import { fonction, ligne, reserver } from "../_shared/appels.ts";
import { accomplir } from "../_shared/chose.ts";
import { liste } from "../_shared/liste.ts";
import { fiche } from "../_shared/relations.ts";
import { Densite, Id, Instant, Jour, Litres, OuiNon, Texte } from "../_shared/schemas.ts";

// Litres that change owner without moving, and the loans that some of them carry out or give back.

const Sens = z.enum(["VERS_MONALUXE", "VERS_PARTENAIRE"]).meta({ description: "Who gains the litres" });
const Nature = z.enum(["VENTE", "EMPRUNT", "RESTITUTION", "CORRECTION"]);

const NouvelleCession = z.strictObject({
  citerne_id: Id,
  partenaire_id: Id,
  sens: Sens,
  nature: Nature,
  volume_15c: Litres,
  volume_ambiant: Litres.nullish().meta({
    description: "As measured; without it, in the proportion of what the owner that cedes has in the tank",
  }),
  pret_id: Id.nullish().meta({
    description: "The loan that an EMPRUNT carries out or a RESTITUTION gives back",
  }),
  motif: Texte,
  date_jour: Jour.nullish(),
}).meta({ id: "NouvelleCession" });

const Cession = z.object({
  id: Id,
  citerne_id: Id,
  produit_id: Id,
  depot_id: Id,
  partenaire_id: Id,
  sens: Sens,
  nature: Nature,
  volume_ambiant: Litres,
  volume_15c: Litres,
  densite_a_15_kgm3: Densite.nullable(),
  date_jour: Jour,
  pret_id: Id.nullable(),
  motif: z.string(),
  created_by: Id,
  created_at: Instant,
}).meta({ id: "Cession" });
const CESSIONS = fiche("cessions", Cession);

const SensPret = z.enum(["PRETE", "EMPRUNTE"]).meta({ description: "By Monaluxe: lent, or borrowed" });
const StatutPret = z.enum(["OUVERT", "SOLDE"]);

const NouveauPret = z.strictObject({
  depot_id: Id,
  produit_id: Id,
  partenaire_id: Id,
  sens: SensPret,
  quantite_15c: Litres,
  echeance: Jour.meta({ description: "Day by which it is to be given back" }),
  motif: Texte,
}).meta({ id: "NouveauPret" });

const Pret = z.object({
  id: Id,
  numero: z.string(),
  depot_id: Id,
  depot_nom: z.string(),
  produit_id: Id,
  produit_nom: z.string(),
  partenaire_id: Id,
  partenaire_nom: z.string(),
  sens: SensPret,
  quantite_15c: Litres,
  echeance: Jour,
  statut: StatutPret,
  prete_15c: Litres,
  rendu_15c: Litres,
  solde_15c: Litres.meta({ description: "Litres at 15 °C that are still owed: the sum of its movements" }),
  en_retard: z.boolean(),
  motif: z.string(),
  solde_le: Instant.nullable(),
  created_by: Id,
  created_at: Instant,
}).meta({ id: "Pret" });
const PRETS = fiche("v_prets", Pret);

const MouvementDePret = z.object({
  id: Id,
  pret_id: Id,
  depot_id: Id,
  mouvement_type: z.enum(["CESSION", "RECEPTION", "SORTIE", "AJUSTEMENT"]),
  mouvement_id: Id,
  quantite_15c: Litres.meta({ description: "What it makes be owed; below zero, owed no more" }),
  rendu: z.boolean().meta({ description: "It gives back, or corrects what was given back" }),
  created_by: Id,
  created_at: Instant,
}).meta({ id: "MouvementDePret" });

export const actesCessions = [
  acte({
    methode: "POST",
    chemin: "/cessions",
    resume: "Cede litres of a tank between Monaluxe and a partner: they change owner and stay where they are",
    corps: NouvelleCession,
    reponse: Cession,
    statut: 201,
    appel: ({ corps }) =>
      ligne(
        CESSIONS,
        fonction("public.ceder", {
          p_citerne_id: corps.citerne_id,
          p_partenaire_id: corps.partenaire_id,
          p_sens: corps.sens,
          p_nature: corps.nature,
          p_volume_15c: corps.volume_15c,
          p_motif: corps.motif,
          p_volume_ambiant: corps.volume_ambiant ?? null,
          p_pret_id: corps.pret_id ?? null,
          p_date_jour: corps.date_jour ?? null,
        }),
        "cette cession",
      ),
  }),
  liste({
    de: CESSIONS,
    cles: ["date_jour", "id"],
    sens: "desc",
    jour: "date_jour",
    depot: "depot_id",
    citerne: "citerne_id",
    produit: "produit_id",
    exacts: { partenaire_id: Id.optional(), sens: Sens.optional(), nature: Nature.optional() },
  }, { chemin: "/cessions", nom: "cessions", resume: "Litres that changed owner, latest first" }),
  acte({
    methode: "POST",
    chemin: "/prets",
    resume: "Open a loan to a partner or from one; no litre moves yet",
    corps: NouveauPret,
    reponse: Pret,
    statut: 201,
    appel: ({ corps }) =>
      ligne(
        PRETS,
        fonction("public.ouvrir_pret", {
          p_depot_id: corps.depot_id,
          p_produit_id: corps.produit_id,
          p_partenaire_id: corps.partenaire_id,
          p_sens: corps.sens,
          p_quantite_15c: corps.quantite_15c,
          p_echeance: corps.echeance,
          p_motif: corps.motif,
        }),
        "ce prêt",
      ),
  }),
  liste({
    de: PRETS,
    cles: ["echeance", "id"],
    sens: "asc",
    depot: "depot_id",
    produit: "produit_id",
    exacts: { partenaire_id: Id.optional(), statut: StatutPret.optional(), en_retard: OuiNon.optional() },
  }, {
    chemin: "/prets",
    nom: "prets",
    resume: "Loans with what is still owed, by the day they are to be given back",
    avant: reserver("lire_comptes_partenaires"),
  }),
  accomplir(
    { reponse: Pret, une: (id) => ligne(PRETS, id, "ce prêt") },
    "/prets/:id/mouvements",
    "Count to a loan the réception or the sortie that carried it out or gave it back",
    z.strictObject({ mouvement_type: z.enum(["RECEPTION", "SORTIE"]), mouvement_id: Id })
      .meta({ id: "RattachementAuPret" }),
    (id, corps) =>
      fonction("public.rattacher_au_pret", {
        p_pret_id: id,
        p_mouvement_type: corps.mouvement_type,
        p_mouvement_id: corps.mouvement_id,
      }),
  ),
  liste({
    de: fiche("prets_mouvements", MouvementDePret),
    cles: ["created_at", "id"],
    sens: "desc",
    depot: "depot_id",
    exacts: { pret_id: Id.optional() },
  }, {
    chemin: "/prets-mouvements",
    nom: "prets-mouvements",
    resume: "What was lent and given back, latest first",
    avant: reserver("lire_comptes_partenaires"),
  }),
];
