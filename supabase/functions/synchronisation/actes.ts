import { z } from "zod";
import { acte } from "../_shared/acte.ts";
import type { Json } from "../_shared/database.types.ts";
import { CHAMP } from "../_shared/messages.ts";
import { fromZod, invalide, type Problem } from "../_shared/problems.ts";
import { appelerJson } from "../_shared/relations.ts";
import { Id, Instant, Texte } from "../_shared/schemas.ts";
import { appliquer } from "./application.ts";
import { type Dependances, dependances } from "./dependances.ts";
import { ActeDiffereRepondu, LotRecu, lu, luUn } from "./formes.ts";
import { acteConnu, ADRESSES } from "./hors_ligne.ts";

/** A line is slow where it fails: more acts go in another batch. */
const ACTES_MAX = 500;

// Only what names an act is held to its shape here: a fault of one is its own, and stops no other.
const ActeEnvoye = z.strictObject({
  cle: Id.lowercase().meta({
    description: "Of this act, for ever: sent again it is done once. Its door knows it as Idempotency-Key",
  }),
  acte: z.string().max(300).meta({
    description: `Address of a door below functions/v1, asked by POST: ${
      ADRESSES.join(", ")
    }. For an id, « @cle » is the row that another act made; « @cle.sortie_id » another id of its answer`,
  }),
  moment: z.unknown().optional().meta({
    type: "string",
    description: "When it was done, by the phone's clock: ISO 8601 with its offset",
  }),
  corps: z.unknown().optional().meta({
    type: "object",
    description:
      "What its door takes; « @cle » in it as in the address. Where it says no day or moment, it has the act's own",
  }),
  version: z.unknown().optional().meta({
    type: "integer",
    description: "Of the draft that was read, as If-Match says it",
  }),
  apres: z.array(Id).max(50).optional().meta({
    description: "Keys of acts it depends on, beside those it cites and those before it on the same row",
  }),
}).meta({ id: "ActeDiffere" });

type Envoye = z.infer<typeof ActeEnvoye>;

const NouveauLot = z.strictObject({
  lot: Id.meta({ description: "Of this batch; the same when it is sent again" }),
  maintenant: Instant.meta({ description: "What the phone's clock says as it sends" }),
  appareil: Texte.max(200).nullish().meta({ description: "Which phone it is, for the log" }),
  actes: z.array(ActeEnvoye).min(1).max(ACTES_MAX),
}).meta({ id: "NouveauLotDActes" });

const Details = z.object({
  moment: Instant,
  corps: z.record(z.string(), z.unknown()).optional(),
  version: z.int().positive().optional(),
});

/** Whether the database can hold a value at all: no text that is none, no number beyond numbers. */
function tenable(valeur: unknown): boolean {
  if (typeof valeur === "string") return valeur.isWellFormed() && !valeur.includes("\0");
  if (typeof valeur === "number") return Number.isFinite(valeur);
  if (typeof valeur !== "object" || valeur === null) return true;
  return Object.entries(valeur).flat().every(tenable);
}

/** What is wrong with the shape of an act, which its door will then not be asked about. */
function faute(envoye: Envoye): Problem | undefined {
  if (!acteConnu(envoye.acte)) return invalide("acte", CHAMP.hors_ligne).problem;
  const { error } = Details.safeParse(envoye);
  return error && fromZod(error).problem;
}

/** An act as the database remembers it. */
function aRetenir({ corps = {}, ...un }: Envoye, dependances: Dependances) {
  if (!tenable({ ...un, corps })) {
    return { cle: un.cle, acte: "?", ...dependances, probleme: invalide("corps", CHAMP.illisible).problem };
  }
  const lieu = acteConnu(un.acte)?.lieu?.((corps ?? {}) as Record<string, unknown>);
  return { ...un, corps, lieu: Id.safeParse(lieu).data, ...dependances, probleme: faute({ corps, ...un }) };
}

export const actes = [
  acte({
    methode: "POST",
    chemin: "/",
    resume:
      "What an app did without a line: an ordered batch of acts, each done by its own door, in its own transaction, answered by itself",
    corps: NouveauLot,
    reponse: LotRecu,
    statut: 200,
    executer: async (tx, { corps: { lot, maintenant, appareil, actes } }) => {
      const attendus = dependances(actes);
      return lu(
        await appelerJson(tx, "private.recevoir_lot", {
          p_lot: lot,
          p_appareil: appareil ?? null,
          p_maintenant: maintenant,
          p_actes: actes.map((un, rang) => aRetenir(un, attendus[rang]!)) as unknown as Json,
        }),
      );
    },
    ensuite: (appelant, recu, { corps }) => appliquer(appelant, recu, corps.lot, corps.actes),
  }),
  acte({
    methode: "GET",
    chemin: "/:lot",
    resume: "Read a batch of one's own again: how each of its acts ended, for 60 days",
    params: z.strictObject({ lot: Id }),
    reponse: LotRecu,
    statut: 200,
    executer: async (tx, { params }) => lu(await appelerJson(tx, "private.lire_lot", { p_lot: params.lot })),
  }),
  acte({
    methode: "POST",
    chemin: "/:lot/abandonner",
    resume:
      "Withdraw, for good, an act of one's own that is not done: those that do not need it go on without it, its key is of no more use",
    params: z.strictObject({ lot: Id }),
    corps: z.strictObject({
      cle: Id.lowercase().meta({ description: "Of the act, whether its batch has come or not" }),
      motif: Texte.min(1).max(500).meta({ description: "Why, for the log" }),
    }),
    reponse: ActeDiffereRepondu,
    statut: 200,
    executer: async (tx, { params, corps: { cle, motif } }) =>
      luUn(
        await appelerJson(tx, "private.abandonner_acte", { p_lot: params.lot, p_cle: cle, p_motif: motif }),
      ),
  }),
];
