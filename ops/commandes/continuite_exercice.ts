import { type Sql, withDatabase } from "../commun/connection.ts";
import { oneValue } from "../commun/database.ts";
import { admettre, type Dire } from "../commun/deroulement.ts";
import { exiger } from "../commun/failure.ts";
import { momentAuDepot } from "../commun/horloge.ts";
import { type Cible, referenceDe } from "../exploitation/cible/cible.ts";
import { commande } from "../exploitation/cible/commande.ts";
import { estHebergee } from "../exploitation/continuite/etat.ts";
import { prouverBase } from "../exploitation/continuite/preuve.ts";
import { lireMoment, Restauration } from "../exploitation/continuite/restaurer.ts";
import { exigerDepots } from "../exploitation/continuite/serveur.ts";
import { temporaryDataDir } from "../pile/throwaway.ts";

interface Exercice {
  /** Lines of the log of before the moment, in the base that lives; all of them are in the one that came back. */
  attendues: number;
  /** Lines that the base that lives has and the other has not: what a loss at this moment would have cost. */
  perdues: number;
  /** Seconds between the last act that came back and the moment the loss would have been. */
  perte_s: number;
  /** Seconds until the base was back and proved; null where the platform restores. */
  retour_s: number | null;
  moment: string;
}

/** A line bears when its transaction began: one that was open at the moment may rightly be missing. */
const TRANSACTION_MAX = "60 seconds";

/** Throws Echec where a line of before the moment is missing. */
async function comparer(vivante: Sql, rendue: Sql, moment: string) {
  const compter = async (sql: Sql) => {
    const [compte] = await sql<[{ avant: number; toutes: number; empreinte: string | null }]>`
      select count(*) filter (where d.avant)::int as avant, count(*)::int as toutes,
             md5(string_agg(l.id::text, '' order by l.id) filter (where d.avant)) as empreinte
        from public.log_actions l
       cross join lateral (select l.created_at < ${moment}::timestamptz - ${TRANSACTION_MAX}::interval) d (avant)`;
    return compte;
  };
  const [la, ici] = [await compter(vivante), await compter(rendue)];
  exiger(
    la.empreinte === ici.empreinte,
    `Jusqu'à cet instant la base qui vit a ${la.avant} lignes au journal, et la base rendue ${ici.avant} : elle n'est pas ` +
      "ce qu'elle devait être.",
  );
  return { attendues: la.avant, perdues: la.toutes - ici.toutes };
}

const perteDe = (perdue: number, moment: string) => Math.max(0, (perdue - Date.parse(moment)) / 1000);

/** From the archives of this machine, as if the base were lost now. */
async function exercerIci({ env, variables }: Cible, sql: Sql, dire: Dire): Promise<Exercice> {
  const depots = exigerDepots(env, variables);
  const dossier = await temporaryDataDir("monaluxe-exercice-");
  const restauration = new Restauration(depots, dossier);
  const debut = Date.now();
  try {
    await restauration.preparer(dire, false);
    dire("les fichiers");
    await restauration.poserFichiers();
    dire("le WAL");
    await restauration.rejouer();
    dire("la preuve");
    await restauration.prouver();
    const retour_s = (Date.now() - debut) / 1000;
    const moment = restauration.retour.dernierActe;
    const compte = await comparer(sql, restauration.sql, moment);
    return { ...compte, perte_s: perteDe(debut, moment), retour_s, moment };
  } finally {
    await restauration.arreter();
    await Deno.remove(dossier, { recursive: true });
  }
}

/** A project that Supabase has restored elsewhere, at CONTINUITE_RESTAUREE_DB_URL, as of this moment. */
export async function exercerAilleurs(cible: Cible, sql: Sql, voulu: string | undefined): Promise<Exercice> {
  const url = cible.variables.CONTINUITE_RESTAUREE_DB_URL;
  admettre(
    url && voulu,
    "RESTAUREE_REQUISE",
    "Restaurez d'abord dans un projet neuf (tableau de bord > Database > Backups > Restore to new project), puis donnez " +
      "son adresse dans CONTINUITE_RESTAUREE_DB_URL et l'instant demandé : --a <moment>.",
  );
  admettre(
    referenceDe(url) !== cible.reference,
    "RESTAUREE_REQUISE",
    "CONTINUITE_RESTAUREE_DB_URL mène à la base elle-même : rien ne serait prouvé.",
  );
  return await withDatabase(url, `monaluxe ops ${Deno.pid}`, async (rendue) => {
    await prouverBase(rendue);
    const compte = await comparer(sql, rendue, voulu);
    const moment = await oneValue<string | null>(
      rendue`select to_json(max(created_at)) #>> '{}' from public.log_actions`,
    );
    exiger(moment, "La base rendue n'a rien à son journal.");
    return {
      ...compte,
      perte_s: perteDe(Date.parse(voulu.replace(" ", "T")), moment),
      retour_s: null,
      moment,
    };
  });
}

/** continuite:exercice: what a loss now would cost, found by restoring; golive and monitor ask when it was done last. */
export const enregistrer = commande("continuite:exercice", {
  "--a <moment>": "base hébergée : l'instant auquel Supabase a restauré le projet neuf",
})({
  dit: "essaie une restauration sans toucher à la base qui vit : prouve ce qui revient, dit perte et durée",
  aide:
    "Sur cette machine : à partir de CONTINUITE_DIR, comme si la base était perdue à l'instant ; il faut la place d'une " +
    "base.\nHébergée : CONTINUITE_RESTAUREE_DB_URL est l'adresse du projet que Supabase a restauré.\nÀ refaire chaque trimestre.",
  etapes: ({ a }) => ({
    "Restaurer, prouver, comparer": async (contexte, dire) => {
      const { cible, sql } = contexte;
      const fait = estHebergee(cible)
        ? await exercerAilleurs(cible, sql, a === undefined ? undefined : lireMoment(a))
        : await exercerIci(cible, sql, dire);
      contexte.resultat = fait;
      await sql`select private.noter_exercice(clock_timestamp())`;
      return `${fait.attendues} lignes du journal attendues, toutes là ; stocks, mouvements et journal prouvés`;
    },
  }),
  fin: ({ resultat }) => {
    const { perte_s, retour_s, perdues, moment } = resultat as Exercice;
    const retour = retour_s === null
      ? "celui de Supabase, à lire au tableau de bord"
      : `${retour_s.toFixed(1)} s`;
    return `Perte (RPO) : ${perte_s.toFixed(1)} s, ${perdues} ligne(s) du journal ; dernier acte rendu ` +
      `${momentAuDepot(moment)}.\nRetour (RTO) : ${retour}.`;
  },
});
