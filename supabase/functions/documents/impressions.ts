// Papers that we draw ourselves, kept with what they print: each is a print, counted as one.
import { Buffer } from "node:buffer";
import { z } from "zod";
import { acte } from "../_shared/acte.ts";
import type { Transaction } from "../_shared/database.ts";
import type { Json } from "../_shared/database.types.ts";
import { deposerAuSeau, joindreSeau } from "../_shared/magasin.ts";
import {
  type BonImprime,
  type CommandeImprimee,
  type FactureImprimee,
  imprimerBon,
  imprimerCommande,
  imprimerFacture,
  imprimerRecu,
  type RecuImprime,
} from "../_shared/papier/imprimer.ts";
import { appeler, lire } from "../_shared/relations.ts";
import { Id } from "../_shared/schemas.ts";
import { Document, DOCUMENTS } from "./formes.ts";
import { enBase64 } from "./octets.ts";

const Imprime = z.enum(["FACTURE_CLIENT", "ENCAISSEMENT", "BON_LIVRAISON", "COMMANDE"]);
type Dit = Json & { exemplaire: number };

/** What its paper says, and counts it. */
async function direPapier(tx: Transaction, type: z.infer<typeof Imprime>, p_id: string): Promise<Dit> {
  switch (type) {
    case "FACTURE_CLIENT":
      return await appeler(tx, "public.imprimer_facture", { p_id }) as Dit;
    case "ENCAISSEMENT":
      return await appeler(tx, "public.imprimer_recu", { p_id }) as Dit;
    case "BON_LIVRAISON":
      return await appeler(tx, "public.imprimer_bl", { p_id }) as Dit;
    default:
      return await appeler(tx, "public.imprimer_commande", { p_id }) as Dit;
  }
}

interface Papier {
  categorie: string;
  numero: string;
  octets: Uint8Array<ArrayBuffer>;
}

async function dessiner(type: z.infer<typeof Imprime>, dit: unknown): Promise<Papier> {
  const dessine = async (categorie: string, numero: string, octets: Promise<Uint8Array>) => ({
    categorie,
    numero,
    octets: new Uint8Array(await octets),
  });
  switch (type) {
    case "FACTURE_CLIENT": {
      const facture = dit as FactureImprimee;
      return await dessine("FACTURE", facture.facture.numero, imprimerFacture(facture));
    }
    case "ENCAISSEMENT": {
      const recu = dit as RecuImprime;
      return await dessine("RECU", recu.recu.numero_recu, imprimerRecu(recu));
    }
    case "BON_LIVRAISON": {
      const bon = dit as BonImprime;
      return await dessine("BL", bon.bon.numero, imprimerBon(bon));
    }
    default: {
      const commande = dit as CommandeImprimee;
      return await dessine("AUTRE", commande.commande.numero, imprimerCommande(commande));
    }
  }
}

export const impressions = [
  acte({
    methode: "POST",
    chemin: "/impressions",
    resume:
      "Print an invoice, receipt, delivery note or order and keep the paper with it: counted as a print",
    corps: z.strictObject({ objet_type: Imprime, objet_id: Id }),
    reponse: Document,
    statut: 201,
    dehors: {
      verifier: async (tx, { corps }) => ({
        dit: await direPapier(tx, corps.objet_type, corps.objet_id),
        magasin: await appeler(tx, "private.magasin_documents", {}),
      }),
      demander: async ({ dit, magasin }, { corps }) => {
        const papier = await dessiner(corps.objet_type, dit);
        if (magasin === "S3") await joindreSeau(() => deposerAuSeau(papier.octets));
        return { dit: JSON.stringify(dit), papier };
      },
    },
    executer: async (tx, { corps, dehors }) => {
      const dit = await direPapier(tx, corps.objet_type, corps.objet_id);
      // Somebody printed meanwhile: what was drawn bears the number of their print.
      if (!dehors || JSON.stringify(dit) !== dehors.dit) {
        await appeler(tx, "private.refuser", { p_code: "VERSION_PERIMEE" });
      }
      const { categorie, numero, octets } = dehors!.papier;
      const demande = tx.json({
        categorie,
        nom: `${numero}-${dit.exemplaire}.pdf`,
        type_mime: "application/pdf",
        sha256: Buffer.from(await crypto.subtle.digest("SHA-256", octets)).toString("hex"),
        objet_type: corps.objet_type,
        objet_id: corps.objet_id,
      });
      const [{ id }] = await tx<[{ id: string }]>`
        select private.garder_impression(${demande}, decode(${enBase64({ octets })}, 'base64')) as id`;
      return await lire(tx, DOCUMENTS, id, "ce document");
    },
  }),
];
