// What is answered of a batch, whether it has just been sent or is read again.
import { z } from "zod";
import CATALOGUE from "../_shared/codes.json" with { type: "json" };
import { PORTE, TITRE_PAR_STATUT } from "../_shared/messages.ts";
import { adresseDuCode, type Problem, refuser } from "../_shared/problems.ts";
import { Id, Instant, Probleme } from "../_shared/schemas.ts";

const Etat = z.enum(["applique", "deja_applique", "refuse", "en_attente", "non_traite", "abandonne"]);

export const ActeDiffereRepondu = z.object({
  cle: Id,
  acte: z.string(),
  etat: Etat.meta({
    description:
      "applique, deja_applique: done, for good. refuse: its door says no. en_attente: what it depends on is not done. non_traite: send the same batch again. abandonne: its author withdrew it, for good",
  }),
  moment: Instant.nullable().meta({ description: "As it was sent; null where it could not be read" }),
  fait_le: Instant.nullable().meta({ description: "The same, by the server's clock" }),
  recu_le: Instant.meta({ description: "When it first came" }),
  traite_le: Instant.nullable(),
  statut: z.int().nullable().meta({ description: "HTTP status of its door's answer" }),
  reponse: z.unknown().meta({ description: "What its door answered, where it is done; else null" }),
  probleme: Probleme.extend({ conduite: z.string().meta({ description: "What to do, in French" }) })
    .nullable(),
  depend_de: Id.nullable().meta({ description: "Key of the act that this one waits for" }),
  motif: z.string().nullable().meta({ description: "Why it was withdrawn, where it was" }),
}).meta({ id: "ActeDiffereRepondu" });

export const LotRecu = z.object({
  lot: Id,
  appareil: z.string().nullable(),
  recu_le: Instant,
  envois: z.int().meta({ description: "How many times it came" }),
  ecart_horloge_s: z.number().meta({ description: "The phone's clock less the server's, seconds" }),
  reste: z.int().meta({
    description: "Acts that are neither done nor withdrawn: 0 where there is nothing to send again",
  }),
  actes: z.array(ActeDiffereRepondu).meta({ description: "In the order sent" }),
}).meta({ id: "LotDActes" });

export type Repondu = z.infer<typeof ActeDiffereRepondu>;
export type LotRepondu = z.infer<typeof LotRecu>;

const CONDUITES = new Map<string, string>([
  ...CATALOGUE.map(({ code, conduite }) => [code, conduite] as const),
  ...Object.entries(PORTE).map(([code, { conduite }]) => [code, conduite] as const),
]);

/** A problem with what to do about it. */
const avecConduite = (probleme: Problem) => ({
  ...probleme,
  conduite: CONDUITES.get(probleme.code) ?? PORTE.INTERNE.conduite,
});

/** How an act ended: its door's answer, or what stands against it. */
export function repondre(
  acte: Pick<Repondu, "cle" | "acte" | "moment" | "fait_le" | "recu_le" | "traite_le">,
  etat: Repondu["etat"],
  statut: number | null,
  dite: unknown,
  motif: string | null = null,
): Repondu {
  const fait = etat === "applique" || etat === "deja_applique";
  const probleme = fait || dite === null || dite === undefined ? null : avecConduite(dite as Problem);
  return {
    ...acte,
    etat,
    statut,
    reponse: fait ? dite : null,
    probleme,
    depend_de: (probleme?.valeurs as { depend_de?: string } | undefined)?.depend_de ?? null,
    motif,
  };
}

/** A batch as private.lire_lot says it. */
export interface Lot extends Omit<LotRepondu, "reste" | "actes"> {
  actes: (Pick<Repondu, "cle" | "acte" | "recu_le"> & (Dit | { contre: string }))[];
}

type Dit = Pick<Repondu, "moment" | "fait_le" | "traite_le" | "statut"> & {
  etat: "RECU" | "EN_COURS" | "APPLIQUE" | "REFUSE" | "EN_ATTENTE" | "NON_TRAITE" | "ABANDONNE";
  reponse: unknown;
  /** Of one that was withdrawn. */
  motif?: string;
};

const ETATS = {
  RECU: "non_traite",
  EN_COURS: "non_traite",
  APPLIQUE: "applique",
  REFUSE: "refuse",
  EN_ATTENTE: "en_attente",
  NON_TRAITE: "non_traite",
  ABANDONNE: "abandonne",
} as const;

export const reste = (actes: Repondu[]): number =>
  actes.filter(({ etat }) => !["applique", "deja_applique", "abandonne"].includes(etat)).length;

/** What stands against an act whose key was another's, as its door would say it. */
function contre(dit: string): Problem {
  const { code, statut_http: status, phrase: detail } = CATALOGUE.find((un) => un.code === dit)!;
  return { type: adresseDuCode(code), title: TITRE_PAR_STATUT[status]!, status, detail, code };
}

const SANS_TEMPS = { moment: null, fait_le: null, traite_le: null };

/** An act as the database says it. */
export function luUn(acte: Lot["actes"][number]): Repondu {
  if ("contre" in acte) {
    const problem = contre(acte.contre);
    const { cle, acte: adresse, recu_le } = acte;
    return repondre({ cle, acte: adresse, recu_le, ...SANS_TEMPS }, "refuse", problem.status, problem);
  }
  const { etat, statut, reponse, motif, ...reste } = acte;
  const { problem } = refuser("ACTE_NON_TRAITE");
  return repondre(
    reste,
    ETATS[etat],
    statut,
    reponse ?? (ETATS[etat] === "non_traite" ? problem : null),
    motif,
  );
}

export function lu({ actes, ...lot }: Lot): LotRepondu {
  const repondus = actes.map(luUn);
  return { ...lot, reste: reste(repondus), actes: repondus };
}
