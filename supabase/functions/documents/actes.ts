import { Buffer } from "node:buffer";
import { z } from "zod";
import { acte, type Televerse } from "../_shared/acte.ts";
import { apres, type Dit, fonction, ligne, lignes, objet } from "../_shared/appels.ts";
import { accomplir, consulter } from "../_shared/chose.ts";
import type { Transaction } from "../_shared/database.ts";
import { liste } from "../_shared/liste.ts";
import { deposerAuSeau, joindreSeau, lireContenu } from "../_shared/magasin.ts";
import { appeler, lire } from "../_shared/relations.ts";
import { Id, ParId, Texte } from "../_shared/schemas.ts";
import {
  Categorie,
  Contenu,
  Document,
  DocumentObjet,
  DOCUMENTS,
  NouveauDocument,
  OBJETS,
  ObjetType,
  Remplacant,
  StatutDocument,
} from "./formes.ts";
import { impressions } from "./impressions.ts";
import { enBase64 } from "./octets.ts";

const FORMULAIRE = { maximum: 10 * 1024 * 1024, trop: "DOCUMENT_TROP_GROS" };
const QUOI = "ce document";
const document = (id: Dit) => ligne(DOCUMENTS, id, QUOI);

/** What is said of a file: what the form says, and what came with the file itself. */
const ditDe = (tx: Transaction, corps: object & { nom?: string }, fichier: Televerse) =>
  tx.json({ ...corps, nom: corps.nom ?? fichier.nom, type_mime: fichier.type });

async function deposer(
  tx: Transaction,
  corps: object & { nom?: string },
  fichier: Televerse,
): Promise<string> {
  const [{ id }] = await tx<[{ id: string }]>`
    select private.deposer_document(${ditDe(tx, corps, fichier)}, decode(${
    enBase64(fichier)
  }, 'base64')) as id`;
  return id;
}

async function remplacer(
  tx: Transaction,
  ancien: string,
  corps: object & { nom?: string },
  fichier: Televerse,
): Promise<string> {
  const [{ id }] = await tx<[{ id: string }]>`
    select private.remplacer_document(${ancien}, ${ditDe(tx, corps, fichier)}, decode(${
    enBase64(fichier)
  }, 'base64')) as id`;
  return id;
}

/** Where contents go to a bucket they go there first: what is there and in no row is in nobody's way. */
const auSeau = <D extends { fichier?: Televerse }>(
  essayer: (tx: Transaction, demande: D) => Promise<unknown>,
) => ({
  verifier: async (tx: Transaction, demande: D) => {
    const magasin = await appeler(tx, "private.magasin_documents", {});
    if (magasin === "S3") await essayer(tx, demande);
    return magasin;
  },
  demander: async (magasin: string | null, { fichier }: D) => {
    if (magasin === "S3") await joindreSeau(() => deposerAuSeau(fichier!.octets));
  },
});

const DOCUMENT = { reponse: Document, une: document };

export const actes = [
  liste({
    de: DOCUMENTS,
    cles: ["created_at", "id"],
    sens: "desc",
    depot: "depot_id",
    moment: "created_at",
    recherche: ["nom"],
    exacts: { categorie: Categorie.optional(), statut: StatutDocument.optional() },
  }, { nom: "documents", resume: "List documents, latest first" }),
  liste({
    de: OBJETS,
    cles: ["le", "lien_id"],
    sens: "desc",
    depot: "depot_id",
    moment: "le",
    exacts: {
      objet_type: ObjetType.optional(),
      objet_id: Id.optional(),
      categorie: Categorie.optional(),
      statut: StatutDocument.optional(),
    },
  }, {
    chemin: "/liens",
    nom: "liens_documents",
    resume: "List what is attached to what: the documents of an object, latest first",
  }),
  acte({
    methode: "POST",
    chemin: "/",
    resume: "Send a document (a form, its file in `fichier`): RECU until it is analysed",
    corps: NouveauDocument,
    formulaire: FORMULAIRE,
    reponse: Document,
    statut: 201,
    dehors: auSeau((
      tx,
      { corps, fichier }: { corps: z.output<typeof NouveauDocument>; fichier?: Televerse },
    ) => deposer(tx, corps, fichier!)),
    executer: async (tx, { corps, fichier }) => lire(tx, DOCUMENTS, await deposer(tx, corps, fichier!), QUOI),
  }),
  ...impressions,
  consulter(DOCUMENT, "/:id", "Read what is known of a document, its hash included"),
  acte({
    methode: "GET",
    chemin: "/:id/contenu",
    resume: "Fetch the bytes of a document that is DISPONIBLE, as a file to save; as JSON, in base64",
    params: ParId,
    reponse: Contenu,
    statut: 200,
    conditionnel: true,
    fichier: {
      type: ({ type_mime }) => type_mime,
      nom: ({ nom }) => nom,
      joint: true,
      rendre: async ({ contenu, ...dit }) =>
        await joindreSeau(() =>
          lireContenu({ ...dit, octets: contenu === null ? null : Buffer.from(contenu, "base64") })
        ),
    },
    executer: async (tx, { params, connue }) => {
      const [ouvert] = await tx<z.input<typeof Contenu>[]>`
        select id, nom, type_mime, taille, sha256, sha256 as version, magasin,
               case when sha256 is distinct from ${connue ?? null}
                    then translate(encode(octets, 'base64'), E'\n', '') end as contenu
          from private.ouvrir_document(${params.id})`;
      // The client has these very bytes: a 304.
      return connue === ouvert!.sha256 ? null as unknown as z.input<typeof Contenu> : ouvert!;
    },
  }),
  acte({
    methode: "GET",
    chemin: "/:id/liens",
    resume: "Read what a document proves, among what the caller sees",
    params: ParId,
    reponse: z.object({ data: z.array(DocumentObjet) }),
    statut: 200,
    appel: ({ params }) =>
      apres(document(params.id), objet({ data: lignes(OBJETS, "document_id", params.id, "le") })),
  }),
  acte({
    methode: "POST",
    chemin: "/:id/liens",
    resume: "Have a document prove another object too",
    params: ParId,
    corps: z.strictObject({ objet_type: ObjetType, objet_id: Id }),
    reponse: Document,
    statut: 201,
    appel: ({ params, corps }) =>
      apres(
        fonction("public.lier_document", {
          p_id: params.id,
          p_objet_type: corps.objet_type,
          p_objet_id: corps.objet_id,
        }),
        document(params.id),
      ),
  }),
  acte({
    methode: "POST",
    chemin: "/:id/remplacer",
    resume: "Send a better copy of a document: it takes its place in all it proves, the former stays",
    params: ParId,
    corps: Remplacant,
    formulaire: FORMULAIRE,
    reponse: Document,
    statut: 201,
    dehors: auSeau((
      tx,
      { params, corps, fichier }: {
        params: z.output<typeof ParId>;
        corps: z.output<typeof Remplacant>;
        fichier?: Televerse;
      },
    ) => remplacer(tx, params.id, corps, fichier!)),
    executer: async (tx, { params, corps, fichier }) =>
      lire(tx, DOCUMENTS, await remplacer(tx, params.id, corps, fichier!), QUOI),
  }),
  accomplir(
    DOCUMENT,
    "/:id/gel",
    "Keep a document whatever its age (legal hold), or no longer, with the reason",
    z.strictObject({ gel: z.boolean(), motif: Texte.min(1) }),
    (id, corps) => fonction("public.geler_document", { p_id: id, p_gel: corps.gel, p_motif: corps.motif }),
  ),
];
