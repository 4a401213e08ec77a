// rollback: runbook section 6. Frozen, restored to the backup of before, proved equal to it, flag off; opened again only
// when somebody says so.
import { dit, type Etape, Refus } from "../../ops/commun/deroulement.ts";
import { differences, lireChiffres } from "../../ops/exploitation/sauvegardes/chiffres.ts";
import { actesPerdus, PHRASE_PROD } from "../../ops/exploitation/sauvegardes/reprise.ts";
import { ecritParLaRestauration } from "../../ops/exploitation/sauvegardes/restauration.ts";
import { refuserMemeMachine } from "../../ops/exploitation/sauvegardes/sauvegarder.ts";
import type { Sql } from "../../ops/commun/connection.ts";
import { Echec, NoGo } from "../../ops/commun/failure.ts";
import { variable } from "../../ops/commun/settings.ts";
import { eteindreDrapeau } from "./activation.ts";
import {
  attendreEcrituresEnVol,
  degeler,
  enTantQue,
  geler,
  lireGel,
  type Operateur,
} from "../../ops/exploitation/gel/gel.ts";
import { type ContexteAstm, exigerStocksAccordes } from "./etape.ts";
import { direDrapeau, exigerGel, lireDrapeau } from "./etat.ts";
import { lireDumpDAvant, restaurerDump } from "./sauvegarde.ts";

/** What runbook 6.2 wants proved, one by one. */
const TROIS_TABLES = ["public.stocks_journaliers", "public.sorties_produit", "public.receptions"];

/** Who led it: the last freeze that was made, whatever came after. */
/** The freeze that this intervention set; undefined where it was given up before. */
const gelDe = (dossier: ContexteAstm["dossier"]) =>
  dossier.contenu.passages.findLast(({ etape, statut }) => etape === "freeze" && statut === "faite");

const operateurDe = (dossier: ContexteAstm["dossier"]) => gelDe(dossier)!.faits.operateur as Operateur;

const lireMouvementsDepuis = (sql: Sql, moment: string) =>
  sql<{ quoi: string; id: string; le: string; plaque: string | null; citerne: string; ambiant: number }[]>`
    select m.quoi, m.id, m.created_at::text as le, m.plaque, c.nom as citerne, m.volume_ambiant::float8 as ambiant
      from (select 'réception' as quoi, r.id, r.created_at, cr.plaque_camion as plaque, r.citerne_id, r.volume_ambiant
              from public.receptions r join public.cours_de_route cr on cr.id = r.cours_de_route_id
            union all
            select 'sortie ' || s.statut, s.id, s.created_at, s.plaque_camion, s.citerne_id, s.volume_ambiant
              from public.sorties_produit s) m
      join public.citernes c on c.id = m.citerne_id
     where m.created_at > ${moment}
     order by m.created_at`;

export interface OptionsRetour {
  cause?: string;
  confirmePar?: string;
  attente: number;
  surCetteMachine?: boolean;
  ecrituresPerdues?: number;
}

/** Refuses, nothing being frozen yet, what the plan of the way back wants said by a person. */
async function exigerAccords(contexte: ContexteAstm, cause: string, options: OptionsRetour): Promise<string> {
  const { cible, dossier, sql } = contexte;
  if (cause.length < 5) {
    throw new Refus("MOTIF_REQUIS", 'Dites pourquoi : --cause "…" (5 caractères au moins).');
  }
  refuserMemeMachine(cible, options.surCetteMachine);
  if (cible.env === "prod" && variable("CONFIRM_PROD_RESTORE") !== PHRASE_PROD) {
    throw new Refus(
      "CONFIRMATION_REQUISE",
      `Le retour arrière remplace PROD : donnez devant la commande CONFIRM_PROD_RESTORE=${PHRASE_PROD}.`,
    );
  }
  // Before the GO only the operator wrote, and tests; after it the depot did.
  const actes = await actesPerdus(sql, await lireDumpDAvant(contexte));
  if (dossier.acquis("go") && options.ecrituresPerdues !== actes) {
    throw new Refus(
      "ECRITURES_A_PERDRE",
      `Le GO a rouvert les écritures : ${actes} actes journalisés depuis la sauvegarde seront perdus (les mouvements ` +
        `seront listés, pour être ressaisis). Acceptez ce nombre exact : --ecritures-perdues ${actes}`,
    );
  }
  return cause;
}

export function etapesRetour(options: OptionsRetour): Etape<ContexteAstm>[] {
  const cause = options.cause?.trim() ?? "";
  const motif = `Retour arrière ASTM 53B : ${cause}`;
  return [
    { titre: "Cause et accords", faire: (contexte) => exigerAccords(contexte, cause, options) },
    {
      titre: "Geler les écritures",
      faire: async (contexte, dire) => {
        const { sql, dossier } = contexte;
        const { user_id } = operateurDe(dossier);
        contexte.faits.cause = cause;
        // Somebody else's freeze stops writes as well.
        if (!await lireGel(sql)) await geler(sql, user_id, motif);
        contexte.faits.gel = await lireGel(sql);
        return `en vol : ${await attendreEcrituresEnVol(sql, options.attente, dire)}`;
      },
    },
    {
      titre: "Relever ce que le retour efface",
      faire: async (contexte) => {
        const { manifeste } = await lireDumpDAvant(contexte);
        const perdus = await lireMouvementsDepuis(contexte.sql, manifeste.moment);
        contexte.faits.a_ressaisir = perdus;
        contexte.tableaux.push({
          titre: "Écrits depuis la sauvegarde : à ressaisir après le retour, sauf les essais",
          colonnes: ["quoi", "id", "le", "camion", "citerne", "ambiant (L)"],
          lignes: perdus.map((
            { quoi, id, le, plaque, citerne, ambiant },
          ) => [quoi, id, le, plaque, citerne, ambiant]),
        });
        return perdus.length ? `${perdus.length} mouvement(s), relevés dans le journal` : "aucun mouvement";
      },
    },
    {
      titre: "Restaurer la sauvegarde d'avant",
      faire: async (contexte, dire) => {
        const reprise = await restaurerDump(
          contexte,
          { motif, confirmePar: options.confirmePar!, surCetteMachine: options.surCetteMachine },
          dire,
        ).catch((erreur) => {
          throw new Echec(`${dit(erreur).phrase} Les écritures restent gelées ; relancez rollback.`);
        });
        contexte.faits.reprise = reprise;
        return `${reprise.sauvegarde}, en une transaction` +
          (reprise.filet ? ` ; ce qui a été remplacé est dans ${reprise.filet}` : "");
      },
    },
    {
      titre: "Vérifier les trois tables, et toutes les autres",
      faire: async (contexte) => {
        const { manifeste } = await lireDumpDAvant(contexte);
        const attendus = manifeste.chiffres;
        const trouves = await contexte.sql.begin(
          "isolation level repeatable read read only",
          (tx) => lireChiffres(tx, ecritParLaRestauration(manifeste)),
        );
        contexte.tableaux.push({
          titre: "Empreintes, sauvegarde et base restaurée",
          colonnes: ["table", "lignes", "empreinte de la sauvegarde", "empreinte restaurée"],
          lignes: TROIS_TABLES.map((table) => [
            table,
            trouves.tables[table]?.lignes ?? null,
            attendus.tables[table]?.empreinte ?? null,
            trouves.tables[table]?.empreinte ?? null,
          ]),
        });
        // What the target keeps of its own: its name and freeze, and this intervention.
        const ecarts = differences(attendus, trouves).filter((ecart) =>
          !/^(public\.app_settings|private\.interventions) /.test(ecart)
        );
        if (ecarts.length) {
          throw new NoGo(`La base restaurée n'est pas celle de la sauvegarde : ${ecarts.join(" ; ")}.`);
        }
        await exigerStocksAccordes(contexte.sql);
        return `${Object.keys(trouves.tables).length} tables identiques, dont ${
          TROIS_TABLES.map((table) => table.split(".")[1]).join(", ")
        } ; aucun désaccord de stock`;
      },
    },
    {
      titre: "Éteindre le drapeau",
      faire: async (contexte) => {
        const { sql, dossier } = contexte;
        const { user_id } = operateurDe(dossier);
        if ((await lireDrapeau(sql)).enabled) await eteindreDrapeau(sql, user_id);
        const drapeau = await lireDrapeau(sql);
        if (drapeau.enabled) throw new Echec("Le drapeau est resté allumé.");
        contexte.faits.incident = { cause, le: new Date().toISOString() };
        return `${direDrapeau(drapeau)} ; incident consigné : ${cause}`;
      },
    },
  ];
}

export const etapesReprise: Etape<ContexteAstm>[] = [
  {
    titre: "Journaliser l'incident",
    faire: async ({ sql, dossier, cible }) => {
      if (!gelDe(dossier)) return "renoncement avant freeze : aucun";
      await exigerGel(sql, cible.env);
      if (!dossier.annulee) return "renoncement avant apply : aucun";
      const { user_id } = operateurDe(dossier);
      const { incident } = dossier.exiger("rollback").faits as { incident: { cause: string; le: string } };
      // Here and not before: the restored log would not hold it, and the tables had to be the backup's.
      await enTantQue(
        sql,
        user_id,
        (tx) =>
          tx`select private.journaliser('RETOUR_ARRIERE_ASTM', 'operations', 'CRITICAL', null, null, ${
            tx.json(incident)
          })`,
      );
      return `RETOUR_ARRIERE_ASTM, CRITICAL : ${incident.cause}`;
    },
  },
  {
    titre: "Rouvrir les écritures",
    faire: async ({ sql, dossier }) => {
      // Frozen by another act, they are opened by degel.
      if (!gelDe(dossier)) return "cette intervention ne les a pas gelées : elles restent comme elles sont";
      const { user_id } = operateurDe(dossier);
      await degeler(sql, user_id);
      return "les saisies reprennent, comme avant l'intervention";
    },
  },
];
