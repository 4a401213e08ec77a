// A code is judged apart from the transaction that answers: what was wrong must stay counted although the answer says
// no. The project judges, in the name of the person; no client role could.
import type postgres from "postgres";
import { cleDuTexte, pourFacteur, trousseauDeLEnvironnement } from "../_shared/chiffrement.ts";
import { auNomDuProjet, type Transaction } from "../_shared/database.ts";
import type { Json } from "../_shared/database.types.ts";
import { refuser } from "../_shared/problems.ts";
import { appeler } from "../_shared/relations.ts";
import { empreinte } from "./codes_secours.ts";
import { pasDuCode } from "./totp.ts";

/** Who is asking: the claims of their token, as text, so that the judge hashes what the rules hash. */
export interface Demandeur {
  jeton: string;
  requete: string;
  user_id: string;
  email: string;
}

export interface Verdict {
  eleve_jusqu_au?: string;
  codes_restants?: number;
  code?: string;
  valeurs?: Json;
}

/** Refuses who has no factor of ours to hold; what the judges are told otherwise. */
export async function demandeur(tx: Transaction): Promise<Demandeur> {
  await appeler(tx, "private.exiger", { p_capacite: "tenir_son_facteur" });
  const [row] = await tx<[Demandeur]>`
    select auth.jwt()::text as jeton, current_setting('request.id') as requete, auth.uid() as user_id,
           coalesce((select p.email from public.profils p where p.user_id = auth.uid()), '') as email`;
  return row;
}

const juge = async (demander: (sql: postgres.Sql) => PromiseLike<readonly { verdict: Verdict }[]>) =>
  (await auNomDuProjet(async (sql) => await demander(sql)))[0]!.verdict;

/** CLE_SECRETS missing is nobody's fault who asks. */
export const cles = () =>
  trousseauDeLEnvironnement().catch((cause) => {
    throw refuser("SERVICE_INDISPONIBLE", undefined, cause);
  });

interface Facteur {
  chiffre: string;
  maintenant: number;
}

/** What is encrypted anew, or replaced, while a code of it is judged, is read once more. */
const LECTURES = 3;

async function eprouverTotp(
  { user_id }: Demandeur,
  code: string,
  propose: boolean,
  juger: (chiffre: string, pas: number | null, rechiffre: string | null) => Promise<Verdict>,
): Promise<Verdict> {
  for (let lecture = 1;; lecture++) {
    const [facteur] = await auNomDuProjet(async (sql) =>
      await sql<Facteur[]>`select chiffre, maintenant from private.facteur_a_prouver(${user_id}, ${propose})`
    );
    if (!facteur) return { code: "FACTEUR_ABSENT", valeurs: {} };
    const { courante, chiffrer, dechiffrer } = await cles();
    const secret = await dechiffrer(facteur.chiffre, pourFacteur(user_id));
    if (secret === undefined) {
      return { code: "FACTEUR_ILLISIBLE", valeurs: { cle: cleDuTexte(facteur.chiffre) } };
    }
    // What is proved moves under today's key: in the end nothing lies under the one before.
    const rechiffre = cleDuTexte(facteur.chiffre) === courante
      ? null
      : await chiffrer(secret, pourFacteur(user_id));
    const verdict = await juger(facteur.chiffre, pasDuCode(secret, code, facteur.maintenant), rechiffre);
    if (verdict.code !== "FACTEUR_CHANGE" || lecture === LECTURES) return verdict;
  }
}

export const eprouver = (qui: Demandeur, code: string): Promise<Verdict> =>
  eprouverTotp(qui, code, false, (chiffre, pas, rechiffre) =>
    juge((sql) =>
      sql<[{ verdict: Verdict }]>`
        select private.juger_totp(${qui.jeton}, ${qui.requete}, ${chiffre}, ${pas}, ${rechiffre}) as verdict`
    ));

export const confirmer = (qui: Demandeur, code: string, empreintes: string[]): Promise<Verdict> =>
  eprouverTotp(qui, code, true, (chiffre, pas) =>
    juge((sql) =>
      sql<[{ verdict: Verdict }]>`
        select private.confirmer_facteur(
          ${qui.jeton}, ${qui.requete}, ${chiffre}, ${pas}, ${empreintes}) as verdict`
    ));

export const eprouverSecours = async (qui: Demandeur, code: string): Promise<Verdict> => {
  const vue = await empreinte(code);
  return await juge((sql) =>
    sql<[{ verdict: Verdict }]>`
      select private.juger_code_secours(${qui.jeton}, ${qui.requete}, ${vue}) as verdict`
  );
};

/** Says no in the transaction that answers, as every rule does. */
export async function accepter(
  tx: Transaction,
  verdict: Verdict,
): Promise<Verdict & { eleve_jusqu_au: string }> {
  const refus = [
    { p_code: "FACTEUR_ABSENT" },
    { p_code: "FACTEUR_ILLISIBLE" },
    { p_code: "TOTP_REFUSE" },
    { p_code: "TOTP_REJOUE" },
    { p_code: "TOTP_BLOQUE" },
    { p_code: "CODE_SECOURS_REFUSE" },
  ].find(({ p_code }) => p_code === verdict.code);
  if (refus) await appeler(tx, "private.refuser", { ...refus, p_valeurs: verdict.valeurs ?? {} });
  if (!verdict.eleve_jusqu_au) throw refuser("SERVICE_INDISPONIBLE", undefined, new Error(verdict.code));
  return { ...verdict, eleve_jusqu_au: verdict.eleve_jusqu_au };
}
