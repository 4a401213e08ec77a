// Each act by its own door, through the gateway, as the person who did it: the same shape, the same rule, the same key as
// if there had been a line.
import type { Appelant } from "../_shared/acte.ts";
import { enTransaction } from "../_shared/database.ts";
import type { Json } from "../_shared/database.types.ts";
import { fromDatabase, type Problem, ProblemError, refuser } from "../_shared/problems.ts";
import { reglage } from "../_shared/reglages.ts";
import { appeler, appelerJson } from "../_shared/relations.ts";
import { adresseDe, dependances, type Envoye, remplacer } from "./dependances.ts";
import { type LotRepondu, repondre, type Repondu, reste } from "./formes.ts";
import { acteConnu, dater } from "./hors_ligne.ts";

const DUREE_S = 20;
/** What a batch may take: what is left of it then is answered, and sent again. */
function dureeMs(): number {
  const dite = Number(reglage("SYNCHRONISATION_DUREE_S") ?? DUREE_S);
  return (Number.isFinite(dite) ? dite : DUREE_S) * 1000;
}
const PORTES = `${Deno.env.get("SUPABASE_URL")}/functions/v1`;

/** How an act ended. `arreter`: whatever comes after it would end in the same way. */
interface Fin {
  etat: Repondu["etat"];
  statut: number | null;
  dite: unknown;
  /** Nothing to remember of it: it was remembered before, or its key is another act's. */
  sue?: boolean;
  arreter?: boolean;
  /** Why it was withdrawn. */
  motif?: string;
}

const refus = (etat: Repondu["etat"], { problem }: ProblemError, more: Partial<Fin> = {}): Fin => ({
  etat,
  statut: problem.status,
  dite: problem,
  ...more,
});

/** "Not now", for everybody or for this person: the next act would hear the same. */
const ARRETENT = [401, 423, 429, 503];

function finDe(statut: number, dite: unknown, rejouee: boolean): Fin {
  // Its key has an answer that this person may not read any more. Refusals were forgotten, so it is done: done by who
  // still may, it would be done twice.
  if (statut === 403 && (dite as { valeurs?: { role_d_alors?: string } }).valeurs?.role_d_alors) {
    return { etat: "deja_applique", statut: null, dite: null };
  }
  if (statut < 300) return { etat: rejouee ? "deja_applique" : "applique", statut, dite };
  if (ARRETENT.includes(statut)) return { etat: "non_traite", statut, dite, arreter: true };
  return { etat: statut >= 500 ? "non_traite" : "refuse", statut, dite };
}

async function demander(
  { auteur, entetes }: Appelant,
  { cle, version }: Envoye,
  adresse: string,
  corps: unknown,
  jusqua: number,
): Promise<Fin> {
  try {
    const reponse = await fetch(`${PORTES}/${adresse}`, {
      method: "POST",
      headers: {
        ...entetes,
        "content-type": "application/json",
        "idempotency-key": cle,
        "x-request-id": `synchronisation-${cle}`,
        traceparent: `00-${auteur.trace.id}-${auteur.trace.id.slice(16)}-00`,
        ...(version === undefined ? {} : { "if-match": `"${version}"` }),
      },
      body: JSON.stringify(corps),
      signal: AbortSignal.timeout(Math.max(jusqua - Date.now(), 1)),
    });
    return finDe(
      reponse.status,
      await reponse.json(),
      reponse.headers.get("idempotency-replayed") === "true",
    );
  } catch {
    // Cut, too late, or no JSON at all: whether it was done, its key will tell.
    return refus("non_traite", refuser("ACTE_NON_TRAITE"), { arreter: true });
  }
}

/** An act as private.preparer_acte gives it to be done, or as it was done. */
interface Prepare {
  etat: "APPLIQUE" | "REFUSE" | "EN_COURS" | "ABANDONNE";
  statut: number;
  reponse: unknown;
  fait_le: string;
  jour: string;
  reponses: Record<string, unknown>;
  motif: string;
}

async function unActe(
  appelant: Appelant,
  lot: string,
  rang: number,
  envoye: Envoye,
  jusqua: number,
): Promise<Fin> {
  const prepare: Prepare = await enTransaction(
    appelant.auteur,
    (tx) => appelerJson(tx, "private.preparer_acte", { p_lot: lot, p_rang: rang }),
  );
  if (prepare.etat === "APPLIQUE") {
    return { etat: "deja_applique", statut: prepare.statut, dite: prepare.reponse, sue: true };
  }
  if (prepare.etat === "REFUSE") {
    return { etat: "refuse", statut: prepare.statut, dite: prepare.reponse, sue: true };
  }
  if (prepare.etat === "ABANDONNE") {
    return { etat: "abandonne", statut: null, dite: null, sue: true, motif: prepare.motif };
  }
  const adresse = adresseDe(envoye.acte, prepare.reponses);
  const corps = remplacer(envoye.corps ?? {}, prepare.reponses) as Record<string, unknown>;
  const date = dater(acteConnu(envoye.acte)!, corps, prepare);
  const poser = () => demander(appelant, envoye, adresse, date, jusqua);
  const premiere = await poser();
  // A connection that died while nobody used it is found out once, and its key makes asking again harmless.
  const fin = premiere.statut === 503 && Date.now() < jusqua ? await poser() : premiere;
  // Tried with this key while there still was a line, and cut: then it is asked for as it was then.
  return date !== corps && (fin.dite as Problem)?.code === "IDEMPOTENCE_CONFLIT"
    ? await demander(appelant, envoye, adresse, corps, jusqua)
    : fin;
}

/** Against an act whose key was another's: there is nothing to remember under it. */
const SUES = ["IDEMPOTENCE_CONFLIT", "CLE_D_AUTRUI"];

/** What the database said against an act before its door was asked. */
function contre(error: unknown): Fin {
  const said = fromDatabase(error);
  const { code, status } = said.problem;
  if (code === "ACTE_DEPENDANT" || code === "ACTE_ATTENDU") return refus("en_attente", said);
  if (SUES.includes(code)) return refus("refuse", said, { sue: true });
  if (status >= 500 || ARRETENT.includes(status)) {
    return refus("non_traite", said, { sue: true, arreter: true });
  }
  return refus("refuse", said);
}

const NOMS = {
  applique: "APPLIQUE",
  deja_applique: "APPLIQUE",
  refuse: "REFUSE",
  en_attente: "EN_ATTENTE",
  non_traite: "NON_TRAITE",
  abandonne: "ABANDONNE",
} as const;

const noter = ({ auteur }: Appelant, cle: string, { etat, statut, dite }: Fin) =>
  enTransaction(auteur, (tx) =>
    appeler(tx, "private.noter_acte", {
      p_cle: cle,
      p_etat: NOMS[etat],
      p_statut_http: statut,
      p_reponse: dite as Json,
    }));

/**
 * In which order the acts of a batch are asked: as they were sent, but that those whose door failed the last time, and what
 * follows them, come last, the one that failed longest ago before the others. A door that never answers stops nobody for ever.
 */
function ordre(recu: LotRepondu, envoyes: Envoye[]): number[] {
  const suivis = dependances(envoyes);
  const retardes = new Set<string>();
  const quand = (rang: number) => recu.actes[rang]!.traite_le ?? "";
  const rangs = [...envoyes.keys()];
  const butent = rangs.filter((rang) =>
    recu.actes[rang]!.etat === "non_traite" && recu.actes[rang]!.statut! >= 500
  );
  butent.forEach((rang) => retardes.add(envoyes[rang]!.cle));
  const suivent = rangs.filter((rang) => {
    const suit = !butent.includes(rang) && suivis[rang]!.precedents.some((cle) => retardes.has(cle));
    if (suit) retardes.add(envoyes[rang]!.cle);
    return suit;
  });
  return [
    ...rangs.filter((rang) => !retardes.has(envoyes[rang]!.cle)),
    ...butent.sort((un, autre) => quand(un) < quand(autre) ? -1 : 1),
    ...suivent,
  ];
}

/** Does the acts of a batch, for as long as it may last, and says how each ended, in the order sent. */
export async function appliquer(
  appelant: Appelant,
  recu: LotRepondu,
  lot: string,
  envoyes: Envoye[],
): Promise<LotRepondu> {
  const jusqua = Date.now() + dureeMs();
  const actes: Repondu[] = [...recu.actes];
  let arretee: unknown;
  for (const rang of ordre(recu, envoyes)) {
    const envoye = envoyes[rang]!;
    const recue = recu.actes[rang]!;
    if (!arretee && Date.now() >= jusqua) arretee = refuser("ACTE_NON_TRAITE").problem;
    if (arretee) {
      const { status } = arretee as Problem;
      if (recue.etat === "applique") actes[rang] = { ...recue, etat: "deja_applique" };
      else if (recue.etat !== "abandonne") actes[rang] = repondre(recue, "non_traite", status, arretee);
      continue;
    }
    const fin = await unActe(appelant, lot, rang, envoye, jusqua).catch(contre);
    if (!fin.sue) {
      await noter(appelant, recue.cle, fin).catch((error) => {
        const { problem } = fromDatabase(error);
        // Done or not, its key will tell: the answer is as good without our memory of it.
        if (problem.status < 500) throw error;
      });
    }
    if (fin.arreter) arretee = fin.dite;
    actes[rang] = repondre(recue, fin.etat, fin.statut, fin.dite, fin.motif);
  }
  return { ...recu, reste: reste(actes), actes };
}
