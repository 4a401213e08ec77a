import { z } from "zod";
import { CHAMP } from "../_shared/messages.ts";
import { fiche } from "../_shared/relations.ts";
import { Id, Instant, Jour, Texte } from "../_shared/schemas.ts";

export const Categorie = z.enum([
  ...["CERTIFICAT", "BL", "PROFORMA", "SBLC", "FACTURE"] as const,
  ...["RECU", "PHOTO", "BAREME", "RAPPORT", "AUTRE"] as const,
]);
export const ObjetType = z.enum([
  ...["CDR", "RECEPTION", "SORTIE", "LOT", "FACTURE_FOURNISSEUR", "PAIEMENT_FOURNISSEUR"] as const,
  ...["PROFORMA", "SBLC", "FRAIS_LOT", "ECART", "ANALYSE", "FACTURE_CLIENT", "ENCAISSEMENT"] as const,
  ...["BON_LIVRAISON", "COMMANDE", "TRANSFERT_DEPOT", "PRISE", "BAREME", "COMPTEUR"] as const,
  ...["CITERNE", "INTERVENTION"] as const,
]);
export const StatutDocument = z.enum(["RECU", "DISPONIBLE", "INFECTE", "REJETE", "PURGE"]);
const Empreinte = z.string().regex(/^[0-9A-Fa-f]{64}$/).meta({ description: "SHA-256, in hexadecimal" });

const octetsDits = { nom: Texte.min(1).max(500).optional(), sha256: Empreinte };
/** A form: what is not said is not sent. */
export const NouveauDocument = z.strictObject({
  categorie: Categorie,
  ...octetsDits,
  objet_type: ObjetType.optional(),
  objet_id: Id.optional(),
}).refine(({ objet_type, objet_id }) => (objet_type === undefined) === (objet_id === undefined), {
  // Half of what it proves would be nothing that it proves.
  message: CHAMP.objet_a_demi,
  path: ["objet_id"],
}).meta({ id: "NouveauDocument" });
export const Remplacant = z.strictObject(octetsDits).meta({ id: "Remplacant" });

const document = {
  categorie: Categorie,
  nom: z.string(),
  type_mime: z.string(),
  taille: z.int().meta({ description: "Bytes" }),
  sha256: Empreinte,
  statut: StatutDocument,
  origine: z.enum(["TELEVERSE", "GENERE"]),
  depot_id: Id.nullable(),
  conserver_jusqu_au: Jour.or(z.string()).meta({ description: "Last day it must be kept" }),
  gel_juridique: z.boolean(),
  remplace_par: Id.nullable().meta({ description: "The document that has taken its place" }),
  created_by: Id.nullable(),
  created_at: Instant,
};
export const Document = z.object({
  id: Id,
  ...document,
  moteur: z.string().nullable().meta({ description: "What analysed it" }),
  signature: z.string().nullable().meta({ description: "What was found in it" }),
  analyse_le: Instant.nullable(),
  remplace_id: Id.nullable(),
}).meta({ id: "Document" });
export const DocumentObjet = z.object({
  lien_id: Id,
  objet_type: ObjetType,
  objet_id: Id,
  par: Id.nullable(),
  le: Instant,
  document_id: Id,
  ...document,
}).meta({ id: "DocumentObjet" });

export const Contenu = z.object({
  id: Id,
  nom: z.string(),
  type_mime: z.string(),
  taille: z.int(),
  sha256: z.string(),
  version: z.string().meta({ description: "Its hash: the same bytes, the same version" }),
  magasin: z.string(),
  contenu: z.string().nullable().meta({
    description: "The bytes in base64, for who asks for JSON; null where they lie in a bucket",
  }),
}).meta({ id: "ContenuDocument" });

export const DOCUMENTS = fiche("v_documents", Document);
export const OBJETS = fiche("v_documents_objet", DocumentObjet);
