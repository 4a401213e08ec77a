// Invoices, receipts, delivery notes, orders and statements as paper: what to draw is read in one transaction, drawn after it.
import { z } from "zod";
import { acte } from "../_shared/acte.ts";
import { fonction, inseree, reserver } from "../_shared/appels.ts";
import { liste } from "../_shared/liste.ts";
import { Id, Instant, Jour, ParId } from "../_shared/schemas.ts";
import { Devise, Releve, RELEVES, Vide } from "./formes.ts";
import {
  type BonImprime,
  type CommandeImprimee,
  type FactureImprimee,
  imprimerBon,
  imprimerCommande,
  imprimerFacture,
  imprimerRecu,
  imprimerReleve,
  type RecuImprime,
  type ReleveImprime,
} from "../_shared/papier/imprimer.ts";

/** What a paper says, as the database gives it: its shape is the drawing's to know. */
const Papier = z.looseObject({
  exemplaire: z.int().meta({ description: "1: the original; from 2 on, DUPLICATA" }),
  empreinte: z.string(),
}).meta({ id: "Papier" });

const Envoi = z.object({
  envoi_id: Id,
  destination: z.string(),
  sujet: z.string(),
  statut: z.enum(["A_ENVOYER", "EN_COURS", "ENVOYE", "MORT"]),
  exemplaire: z.int(),
}).meta({ id: "EnvoiPapier" });

const pdf = <T>(rendre: (dit: T) => Promise<Uint8Array>, nom: (dit: T) => string) => ({
  type: "application/pdf",
  nom: (dit: unknown) => `${nom(dit as T)}.pdf`,
  rendre: (dit: unknown) => rendre(dit as T),
});

const envoi = (quoi: string, resume: string) => ({
  methode: "POST" as const,
  chemin: `/${quoi}/:id/envoyer`,
  resume: `Send ${resume} to its client by e-mail, its paper attached: counted as a print`,
  params: ParId,
  corps: Vide,
  reponse: Envoi,
  statut: 201 as const,
});

export const papiers = [
  acte({
    methode: "GET",
    chemin: "/factures/:id/pdf",
    resume: "Print an issued invoice or credit note: counted, DUPLICATA from the second on",
    params: ParId,
    reponse: Papier,
    statut: 200,
    fichier: pdf<FactureImprimee>(imprimerFacture, ({ facture }) => facture.numero),
    appel: ({ params }) => fonction("public.imprimer_facture", { p_id: params.id }),
  }),
  acte({
    ...envoi("factures", "an issued invoice or credit note"),
    appel: ({ params }) => fonction("public.envoyer_facture", { p_id: params.id }),
  }),
  acte({
    ...envoi("encaissements", "the receipt of a confirmed payment"),
    appel: ({ params }) => fonction("public.envoyer_recu", { p_id: params.id }),
  }),
  acte({
    ...envoi("releves", "a statement that was drawn up"),
    appel: ({ params }) => fonction("public.envoyer_releve", { p_id: params.id }),
  }),
  acte({
    methode: "GET",
    chemin: "/encaissements/:id/recu.pdf",
    resume: "Print a receipt on a roll of 80 mm: counted, DUPLICATA from the second on",
    params: ParId,
    reponse: Papier,
    statut: 200,
    fichier: pdf<RecuImprime>(imprimerRecu, ({ recu }) => recu.numero_recu),
    appel: ({ params }) => fonction("public.imprimer_recu", { p_id: params.id }),
  }),
  acte({
    methode: "GET",
    chemin: "/bons-livraison/:id/pdf",
    resume: "Print a confirmed delivery note: counted, DUPLICATA from the second on",
    params: ParId,
    reponse: Papier,
    statut: 200,
    fichier: pdf<BonImprime>(imprimerBon, ({ bon }) => bon.numero),
    appel: ({ params }) => fonction("public.imprimer_bl", { p_id: params.id }),
  }),
  acte({
    methode: "GET",
    chemin: "/commandes/:id/pdf",
    resume: "Print a confirmed order: counted, DUPLICATA from the second on",
    params: ParId,
    reponse: Papier,
    statut: 200,
    fichier: pdf<CommandeImprimee>(imprimerCommande, ({ commande }) => commande.numero),
    appel: ({ params }) => fonction("public.imprimer_commande", { p_id: params.id }),
  }),
  acte({
    methode: "GET",
    chemin: "/clients/:id/releve.pdf",
    resume: "Print a client's statement, as it was known at a moment",
    params: z.strictObject({ id: Id }),
    query: z.strictObject({
      devise: Devise.optional(),
      du: Jour.optional(),
      au: Jour.optional(),
      connu_a: Instant.optional(),
    }),
    reponse: z.looseObject({ lignes: z.array(z.unknown()) }),
    statut: 200,
    fichier: pdf<ReleveImprime>(imprimerReleve, ({ au }) => `releve-${au}`),
    appel: ({ params, query }) =>
      fonction("public.releve_a_imprimer", {
        p_client_id: params.id,
        p_devise: query.devise ?? "USD",
        p_du: query.du ?? null,
        p_au: query.au ?? null,
        ...(query.connu_a && { p_connu_a: query.connu_a }),
      }),
  }),
  acte({
    methode: "POST",
    chemin: "/clients/:id/releves",
    resume: "Draw up a statement of a client's account, kept as it is known now whatever is written later",
    params: ParId,
    corps: z.strictObject({ devise: Devise.optional(), du: Jour.nullish(), au: Jour.nullish() }),
    reponse: Releve,
    statut: 201,
    appel: ({ params, corps }) =>
      inseree(RELEVES, {
        client_id: params.id,
        devise: corps.devise ?? "USD",
        du: corps.du,
        au: corps.au ?? null,
      }),
  }),
  liste({
    de: RELEVES,
    cles: ["created_at", "id"],
    sens: "desc",
    jour: "au",
    exacts: { client_id: Id.optional(), devise: Devise.optional() },
  }, {
    chemin: "/releves",
    nom: "releves",
    resume: "List statements that were drawn up, latest first",
    avant: reserver("lire_ventes"),
  }),
  acte({
    methode: "GET",
    chemin: "/releves/:id/pdf",
    resume: "Print a statement that was drawn up: counted, DUPLICATA from the second on",
    params: ParId,
    reponse: Papier,
    statut: 200,
    fichier: pdf<ReleveImprime>(imprimerReleve, ({ au }) => `releve-${au}`),
    appel: ({ params }) => fonction("public.imprimer_releve", { p_id: params.id }),
  }),
];
