// What a sale is made under: prices, rates, terms, dérogations.
import { z } from "zod";
import { acte } from "../_shared/acte.ts";
import { apres, fonction, ligne, objet, reserver } from "../_shared/appels.ts";
import { accomplir, consulter } from "../_shared/chose.ts";
import { liste } from "../_shared/liste.ts";
import { rangee } from "../_shared/relations.ts";
import { Id, Instant, Jour, OuiNon, ParId, Texte } from "../_shared/schemas.ts";
import { PeriodeReleve, ReleveTiers, releveTiers } from "../_shared/releve_tiers.ts";
import {
  Conditions,
  DEROGATIONS,
  Devise,
  ENCOURS,
  Encours,
  Montant,
  NouveauTarif,
  Tarif,
  TARIFS,
  TAUX,
} from "./formes.ts";

export const conditions = [
  acte({
    methode: "POST",
    chemin: "/tarifs",
    resume: "Say a price from a day on, for a client, a depot, both or anybody; the one before it ends",
    corps: NouveauTarif,
    reponse: Tarif,
    statut: 201,
    appel: ({ corps }) =>
      ligne(
        TARIFS,
        fonction("public.creer_tarif", {
          p_produit_id: corps.produit_id,
          p_client_id: corps.client_id ?? null,
          p_depot_id: corps.depot_id ?? null,
          p_devise: corps.devise,
          p_base: corps.base,
          p_prix_ht: corps.prix_ht,
          p_valide_du: corps.valide_du,
          p_valide_au: corps.valide_au ?? null,
          p_motif: corps.motif,
        }),
        "ce tarif",
      ),
  }),
  liste({
    de: TARIFS,
    cles: ["created_at", "id"],
    sens: "desc",
    depot: "depot_id",
    produit: "produit_id",
    exacts: { client_id: Id.optional(), devise: Devise.optional() },
  }, {
    chemin: "/tarifs",
    nom: "tarifs",
    resume: "List prices, latest first",
    avant: reserver("lire_ventes"),
  }),
  accomplir(
    { reponse: Tarif, une: (id) => ligne(TARIFS, id, "ce tarif") },
    "/tarifs/:id/clore",
    "End a price, yesterday at the earliest",
    z.strictObject({ valide_au: Jour, motif: Texte }),
    (id, corps) => fonction("public.clore_tarif", { p_id: id, p_au: corps.valide_au, p_motif: corps.motif }),
  ),
  acte({
    methode: "POST",
    chemin: "/taux-change",
    resume: "Say the rate of a day: CDF for one USD; said again, the last counts",
    corps: z.strictObject({
      devise: z.literal("USD"),
      jour: Jour,
      taux_cdf: z.number().gt(0),
      source: z.enum(["BCC", "MANUEL"]),
    }).meta({ id: "NouveauTauxChange" }),
    reponse: z.object({ version: z.int() }),
    statut: 201,
    appel: ({ corps }) =>
      objet({
        version: fonction("public.fixer_taux_change", {
          p_devise: corps.devise,
          p_jour: corps.jour,
          p_taux_cdf: corps.taux_cdf,
          p_source: corps.source,
        }),
      }),
  }),
  liste({
    de: TAUX,
    cles: ["jour", "version"],
    sens: "desc",
    jour: "jour",
    exacts: { devise: Devise.optional() },
  }, {
    chemin: "/taux-change",
    nom: "taux-change",
    resume: "List the rates that were said, latest day first",
  }),
  acte({
    methode: "PUT",
    chemin: "/clients/:id/conditions",
    resume: "Set the terms of a client that are said: currency, litre, days, limit, suspension",
    params: ParId,
    corps: Conditions,
    reponse: Encours,
    statut: 200,
    appel: ({ params, corps }) =>
      apres(
        fonction("public.fixer_conditions_client", {
          p_client_id: params.id,
          p_conditions: rangee("clients_conditions", corps),
        }),
        ligne(ENCOURS, params.id, "les conditions de ce client", "client_id"),
      ),
  }),
  consulter(
    { reponse: Encours, une: (id) => ligne(ENCOURS, id, "les conditions de ce client", "client_id") },
    "/clients/:id/encours",
    "Read the terms of a client, what they owe and what is left of their limit",
  ),
  liste({
    de: ENCOURS,
    cles: ["client_nom", "client_id"],
    sens: "asc",
    exacts: { client_id: Id.optional(), suspendu: OuiNon.optional() },
  }, {
    chemin: "/encours",
    nom: "encours",
    resume: "List the terms of clients, what each owes and what is left of their limit",
    avant: reserver("lire_ventes"),
  }),
  acte({
    methode: "POST",
    chemin: "/clients/:id/derogations",
    resume: "Let one sortie pass the limit of its client (admin, directeur)",
    params: ParId,
    corps: z.strictObject({ montant_max: Montant, expire_le: Instant, motif: Texte }),
    reponse: z.object({ id: Id }),
    statut: 201,
    appel: ({ params, corps }) =>
      objet({
        id: fonction("public.deroger_credit", {
          p_client_id: params.id,
          p_montant_max: corps.montant_max,
          p_expire_le: corps.expire_le,
          p_motif: corps.motif,
        }),
      }),
  }),
  liste({
    de: DEROGATIONS,
    cles: ["created_at", "id"],
    sens: "desc",
    exacts: { client_id: Id.optional() },
  }, {
    chemin: "/derogations",
    nom: "derogations",
    resume: "List limits that were let pass, and by which sortie each was used",
    avant: reserver("lire_ventes"),
  }),
  acte({
    methode: "GET",
    chemin: "/clients/:id/releve",
    resume: "Statement of a client's account in a currency, as it was known at a moment",
    params: ParId,
    query: PeriodeReleve.extend({ devise: Devise.optional() }),
    reponse: ReleveTiers.meta({ id: "ReleveClient" }),
    statut: 200,
    appel: ({ params, query: { devise = "USD", ...periode } }) =>
      releveTiers("CLIENT", params.id, devise, periode),
  }),
];
