import { z } from "zod";
import { acte } from "../_shared/acte.ts";
import { apres, ligne, reserver } from "../_shared/appels.ts";
import { consulter } from "../_shared/chose.ts";
import { liste } from "../_shared/liste.ts";
import { fiche } from "../_shared/relations.ts";
import { Id, Instant, Jour, OuiNon, ParId, Texte } from "../_shared/schemas.ts";
import { PeriodeReleve, ReleveTiers, releveTiers } from "../_shared/releve_tiers.ts";
import { Montant } from "./formes.ts";

const Fournisseur = z.object({
  id: Id,
  nom: z.string(),
  contact_personne: z.string().nullable(),
  email: z.string().nullable(),
  telephone: z.string().nullable(),
  adresse: z.string().nullable(),
  pays: z.string().nullable(),
  note_supplementaire: z.string().nullable(),
  created_at: Instant,
  actif: z.boolean(),
  nif: z.string().nullable(),
  delai_paiement_jours: z.int(),
}).meta({ id: "Fournisseur" });

const Compte = z.object({
  fournisseur_id: Id,
  nom: z.string(),
  devise: z.enum(["USD", "CDF"]),
  debit: Montant,
  credit: Montant,
  dette: Montant,
  ecritures: z.int(),
  derniere_date: Jour,
}).meta({ id: "CompteFournisseur" });

const Couverture = z.object({
  fournisseur_id: Id,
  nom: z.string(),
  couverture_usd: Montant,
  dette_usd: Montant,
  engage_usd: Montant.meta({ description: "USD committed to by proformas in force, not invoiced yet" }),
  exposition_usd: Montant,
  statut: z.enum(["COUVERT", "PARTIEL", "NON_COUVERT"]).meta({ description: "For information only" }),
  prochaine_fin: Jour.nullable(),
}).meta({ id: "CouvertureSblc" });

const FOURNISSEURS = fiche("v_fournisseurs", Fournisseur);

/** Whoever may read none of it is told so, rather than shown an empty list. */
const contacts = reserver("lire_coordonnees_fournisseurs");

export const fournisseurs = [
  liste({
    de: FOURNISSEURS,
    cles: ["nom", "id"],
    sens: "asc",
    recherche: ["nom", "pays", "contact_personne"],
    exacts: { pays: Texte.optional(), actif: OuiNon.optional() },
  }, {
    chemin: "/fournisseurs",
    nom: "fournisseurs",
    resume: "List suppliers by name, found by name, country or contact",
    avant: contacts,
  }),
  consulter(
    { reponse: Fournisseur, une: (id) => apres(contacts, ligne(FOURNISSEURS, id, "ce fournisseur")) },
    "/fournisseurs/:id",
    "Read a supplier",
  ),
  liste({
    de: fiche("v_compte_fournisseur", Compte),
    cles: ["nom", "fournisseur_id", "devise"],
    sens: "asc",
    recherche: ["nom"],
    exacts: { fournisseur_id: Id.optional(), devise: z.enum(["USD", "CDF"]).optional() },
  }, {
    chemin: "/comptes",
    nom: "comptes-fournisseurs",
    resume: "List what is owed to each supplier",
    avant: reserver("lire_comptes"),
  }),
  liste({
    de: fiche("v_couverture_sblc", Couverture),
    cles: ["nom", "fournisseur_id"],
    sens: "asc",
    recherche: ["nom"],
    exacts: { statut: z.enum(["COUVERT", "PARTIEL", "NON_COUVERT"]).optional() },
  }, {
    chemin: "/couverture",
    nom: "couverture-sblc",
    resume: "List what the banks guarantee each supplier against what is owed and committed",
    avant: reserver("lire_comptes"),
  }),
  acte({
    methode: "GET",
    chemin: "/fournisseurs/:id/releve",
    resume: "Statement of a supplier's account in USD, as it was known at a moment",
    params: ParId,
    query: PeriodeReleve,
    reponse: ReleveTiers.meta({ id: "ReleveTiers" }),
    statut: 200,
    appel: ({ params, query }) => releveTiers("FOURNISSEUR", params.id, "USD", query),
  }),
];
