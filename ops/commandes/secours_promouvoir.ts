import { connect, type Sql } from "../commun/connection.ts";
import { exigerAucunEcart, exigerJournalIntact } from "../commun/controles.ts";
import { oneValue } from "../commun/database.ts";
import { admettre, type Dire, dit } from "../commun/deroulement.ts";
import { Echec, exiger } from "../commun/failure.ts";
import { commande } from "../exploitation/cible/commande.ts";
import { outilsPostgres, proprietaireDuServeur } from "../exploitation/outils/outils.ts";
import { empecherDeReprendre, empecherLaRevenue, isoler } from "../exploitation/secours/ancienne.ts";
import { demarrer } from "../exploitation/secours/copie.ts";
import { direActe, lireSuivi, type Suivi } from "../exploitation/secours/etat.ts";
import { exigerSecours, type Fiche, noterFiche, sansMotDePasse } from "../exploitation/secours/fiche.ts";
import { ATTENTE_S, promouvoir, rattraper, repond } from "../exploitation/secours/promotion.ts";

interface Promotion {
  fiche: Fiche;
  /** The standby. */
  sql: Sql;
  /** Where the primary had got to, of one that answered and was stopped from writing. */
  position?: string;
  suivi: Suivi;
  /** It was promoted by an earlier run: what is left of it is done. */
  deja?: boolean;
  resultat?: { principale: string; promotion_ms: number; dernier_acte: string | null };
}

/** A standby that does not run, its machine having been started again: it has what it had. */
async function relever({ sql, fiche: { dossier } }: Promotion, dire: Dire): Promise<Suivi> {
  try {
    await demarrer(await outilsPostgres(undefined, dire), await proprietaireDuServeur(), dossier);
    return await lireSuivi(sql);
  } catch (erreur) {
    throw new Echec(
      `La base de secours ne tournait pas, et ne démarre pas (${
        dit(erreur).phrase
      }). Rien n'a été fait. Corrigez, puis ` +
        "relancez ; sinon restaurez une sauvegarde (docs/continuite.md).",
    );
  }
}

/** What is left to a person. */
function suite({ fiche, resultat }: Promotion): string | void {
  if (!resultat) return;
  const url = sansMotDePasse(Object.assign(new URL(fiche.secours), { username: "postgres" }).href);
  return `Ensuite :
  1. Les fonctions et REST : SUPABASE_DB_URL=${url} (même mot de passe qu'avant), DATABASE_READ_URL vide ; puis relancez-les.
     Ici : DATABASE_URL=${url} npm start, le mot de passe étant databasePassword de keys.json, dans le dossier de données.
  2. L'archivage : npm run ops -- monitor. Sur la machine de la principale il continue, sur une ligne neuve ; sur une autre, \
continuite:installer avec les mêmes variables, relancez-la, puis continuite:sauver.
  3. Les clients renvoient avec leur clé ce qui n'a pas eu de réponse : chaque acte compte une fois.
  4. L'ancienne principale ne revient jamais telle quelle : gardez son dossier à l'écart, puis faites-en une neuve \
(secours:creer) de celle qui écrit.`;
}

/** Where a run that ended before its time has left the two. */
function reste(contexte: Promotion): string | void {
  if (contexte.resultat) return suite(contexte);
  if (!contexte.position) return;
  return "La principale n'écrit plus : relancez la même commande, qui finit ; ou rendez-la à elle-même : alter system reset " +
    "default_transaction_read_only; select pg_reload_conf();";
}

/**
 * secours:promouvoir: the standby writes, the primary no longer may. Two servers that write are worse than none: the primary is
 * asked first, and kept from writing again, before the standby is told that it may.
 */
export const enregistrer = commande("secours:promouvoir", {
  "--principale-vivante": "bascule voulue : empêche d'abord la principale d'écrire, et ne perd rien",
})<Promotion>({
  dit: "fait de la base de secours la principale ; refuse tant que la principale répond ; relancée, finit",
  aide:
    "Sans --principale-vivante, une principale qui répond arrête tout : deux bases qui écrivent ne se réunissent plus.",
  env: [],
  etapes: ({ principaleVivante }) => ({
    "Regarder la base de secours": async (contexte, dire) => {
      contexte.fiche = await exigerSecours();
      const { deplacement, secours, dossier } = contexte.fiche;
      contexte.sql = connect(secours, "monaluxe secours");
      contexte.suivi = await lireSuivi(contexte.sql).catch(() => relever(contexte, dire));
      const { en_secours, rejoue, dernier_acte } = contexte.suivi;
      if (!en_secours) {
        const sinon =
          `Le dépôt ${deplacement?.code} a déménagé ici : il n'y a rien à promouvoir. Rien n'a été fait.`;
        admettre(!deplacement, "DEJA_PROMUE", sinon);
        contexte.deja = true;
        // A run that was killed as it was promoted may not have noted it.
        if (!contexte.fiche.promueLe) {
          await noterFiche(contexte.fiche = { ...contexte.fiche, promueLe: new Date().toISOString() });
        }
        return `${dossier} : promue déjà, elle écrit`;
      }
      return `journal rejoué jusqu'à ${rejoue}, dernier acte ${direActe(dernier_acte, "inconnu")}`;
    },
    "Empêcher la principale d'écrire": async (contexte) => {
      const { principale, dossierPrincipal } = contexte.fiche;
      if (contexte.deja) return await empecherLaRevenue(contexte.sql, principale, dossierPrincipal);
      if (!await repond(principale)) return await empecherDeReprendre(dossierPrincipal);
      admettre(
        principaleVivante,
        "PRINCIPALE_REPOND",
        `${sansMotDePasse(principale)} répond : deux bases écriraient chacune de leur côté. ` +
          "Arrêtez-la d'abord ; pour une bascule voulue, --principale-vivante l'empêche d'écrire, attend qu'il n'y ait plus de retard, et promeut.",
      );
      const position = contexte.position = await isoler(principale);
      return `elle répondait : plus personne n'y écrit (default_transaction_read_only), son journal va jusqu'à ${position}`;
    },
    "Rattraper": async ({ sql, position, deja }) => {
      if (deja) return "c'est fait";
      if (!position) return "tout ce qui avait été reçu : la principale n'en dira pas plus";
      exiger(
        await rattraper(sql, position),
        `La base de secours n'a pas rattrapé ${position} en ${ATTENTE_S} s. Elle n'est pas promue.`,
      );
      return `tout, jusqu'à ${position}`;
    },
    "Promouvoir": async (contexte) => {
      const { sql, fiche, suivi, deja } = contexte;
      const promotion_ms = deja ? 0 : await promouvoir(sql, fiche, suivi);
      const acte = await oneValue<Date | null>(sql`select max(created_at) from public.log_actions`);
      const dernier_acte = acte?.toISOString() ?? null;
      contexte.resultat = { principale: sansMotDePasse(fiche.secours), promotion_ms, dernier_acte };
      return `elle écrit${deja ? " déjà" : `, ${promotion_ms} ms`} ; dernier acte au journal : ${
        direActe(dernier_acte, "aucun")
      }`;
    },
    "Vérifier stocks, mouvements et journal": async ({ sql }) => {
      await exigerAucunEcart(sql, "verifier_stocks", "verifier_mouvements");
      await exigerJournalIntact(sql);
      return "aucun écart, aucune atteinte";
    },
  }),
  fin: suite,
  finEnEchec: reste,
  finInterrompue: reste,
  toujours: async ({ sql }) => await sql?.end({ timeout: 1 }),
});
