import { join } from "node:path";
import { connect, type Sql, withDatabase } from "../commun/connection.ts";
import { exigerAucunEcart, exigerJournalIntact } from "../commun/controles.ts";
import { oneValue, setServer } from "../commun/database.ts";
import { admettre } from "../commun/deroulement.ts";
import { Echec, exiger } from "../commun/failure.ts";
import { commande } from "../exploitation/cible/commande.ts";
import { direActe, lireSuivi, type Suivi } from "../exploitation/secours/etat.ts";
import { exigerFiche, type Fiche, sansMotDePasse } from "../exploitation/secours/fiche.ts";
import { ATTENTE_S, promouvoir, rattraper, repond } from "../exploitation/secours/promotion.ts";

interface Promotion {
  fiche: Fiche;
  /** The standby. */
  sql: Sql;
  /** Where the primary had got to, of one that answered and was stopped from writing. */
  position?: string;
  suivi: Suivi;
  resultat?: { principale: string; promotion_ms: number; dernier_acte: string | null };
}

/** Nobody writes there any more, and nothing that was under way commits; it stays so when it is started again. */
const isoler = (url: string): Promise<string> =>
  withDatabase(url, "monaluxe secours", async (sql) => {
    await setServer(sql, { default_transaction_read_only: "on" });
    await sql`
      select pg_terminate_backend(pid, 5000) from pg_stat_activity
       where backend_type = 'client backend' and pid <> pg_backend_pid()`;
    const position = await oneValue<string>(sql`select pg_current_wal_insert_lsn()::text`);
    await sql`select pg_switch_wal()`;
    return position;
  });

/** A primary that does not answer can only be read when it is started again; where its files are not here, it is said. */
async function empecherDeReprendre(dossier: string | undefined): Promise<string> {
  const la = dossier && await Deno.stat(join(dossier, "PG_VERSION")).catch(() => undefined);
  if (!la) {
    return "elle ne répond pas, et ses fichiers ne sont pas ici : AVANT de la rallumer, créez un fichier vide " +
      "standby.signal dans son dossier de données, ou effacez celui-ci";
  }
  const signal = join(dossier, "standby.signal");
  await Deno.writeTextFile(signal, "");
  if (Deno.uid() === 0) await Deno.chown(signal, la.uid, la.gid);
  return `elle ne répond pas ; rallumée, elle ne pourra qu'être lue (${signal})`;
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

/**
 * secours:promouvoir: the standby writes, the primary no longer may. Two servers that write are worse than none: the primary is
 * asked first, and kept from writing again, before the standby is told that it may.
 */
export const enregistrer = commande("secours:promouvoir", {
  "--principale-vivante": "bascule voulue : empêche d'abord la principale d'écrire, et ne perd rien",
})<Promotion>({
  dit: "fait de la base de secours la principale ; refuse tant que la principale répond",
  aide:
    "Sans --principale-vivante, une principale qui répond arrête tout : deux bases qui écrivent ne se réunissent plus.",
  env: [],
  etapes: ({ principaleVivante }) => ({
    "Regarder la base de secours": async (contexte) => {
      contexte.fiche = await exigerFiche();
      const { deplacement, secours, dossier } = contexte.fiche;
      admettre(
        !deplacement || deplacement.fini,
        "DEPLACEMENT_EN_COURS",
        `Cette copie est celle du dépôt ${deplacement?.code}, qui déménage : la même commande siege:deplacer le finit ; si ` +
          `l'ancienne machine est perdue, siege:deplacer ${deplacement?.code} --ancienne-perdue. Rien n'a été fait.`,
      );
      contexte.sql = connect(secours, "monaluxe secours");
      contexte.suivi = await lireSuivi(contexte.sql).catch((erreur) => {
        throw new Echec(
          `La base de secours ne répond pas (${erreur.message}). Rien n'a été fait. Démarrez-la : pg_ctl start ` +
            `--pgdata ${dossier} ; sinon restaurez une sauvegarde (docs/continuite.md).`,
        );
      });
      const { en_secours, rejoue, dernier_acte } = contexte.suivi;
      admettre(en_secours, "DEJA_PROMUE", "Cette base n'est plus un secours : elle écrit pour elle-même.");
      return `journal rejoué jusqu'à ${rejoue}, dernier acte ${direActe(dernier_acte, "inconnu")}`;
    },
    "Empêcher la principale d'écrire": async (contexte) => {
      const { principale, dossierPrincipal } = contexte.fiche;
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
    "Rattraper": async ({ sql, position }) => {
      if (!position) return "tout ce qui avait été reçu : la principale n'en dira pas plus";
      exiger(
        await rattraper(sql, position),
        `La base de secours n'a pas rattrapé ${position} en ${ATTENTE_S} s. Elle n'est pas promue ; la principale ` +
          "n'écrit plus : pour l'y remettre, alter system reset default_transaction_read_only; select pg_reload_conf();",
      );
      return `tout, jusqu'à ${position}`;
    },
    "Promouvoir": async (contexte) => {
      const { sql, fiche, suivi } = contexte;
      const promotion_ms = await promouvoir(sql, fiche, suivi);
      const acte = await oneValue<Date | null>(sql`select max(created_at) from public.log_actions`);
      const dernier_acte = acte?.toISOString() ?? null;
      contexte.resultat = { principale: sansMotDePasse(fiche.secours), promotion_ms, dernier_acte };
      return `elle écrit, ${promotion_ms} ms ; dernier acte au journal : ${direActe(dernier_acte, "aucun")}`;
    },
    "Vérifier stocks, mouvements et journal": async ({ sql }) => {
      await exigerAucunEcart(sql, "verifier_stocks", "verifier_mouvements");
      await exigerJournalIntact(sql);
      return "aucun écart, aucune atteinte";
    },
  }),
  fin: suite,
  finEnEchec: suite,
  toujours: async ({ sql }) => await sql?.end({ timeout: 1 }),
});
