import { oneValue } from "../commun/database.ts";
import { etape } from "../commun/deroulement.ts";
import { Echec, exiger } from "../commun/failure.ts";
import { tableText } from "../commun/table.ts";
import { commande } from "../exploitation/cible/commande.ts";
import { verifierCible } from "../exploitation/cible/cible.ts";
import {
  type ContexteTransaction,
  dedans,
  exigerConfirmation,
  fermer,
  ouvrirTransaction,
  PHRASE_MOUVEMENTS,
  valider,
} from "../exploitation/staging/transaction.ts";

interface Etat {
  empreinte: string;
  lignes: Record<string, number>;
}

interface Purge extends ContexteTransaction {
  avant: Etat;
  apres: Etat;
}

const CDR = "cours_de_route";

async function etat({ tx }: Purge): Promise<Etat> {
  const comptes = await tx<{ quoi: string; lignes: number }[]>`
    select quoi, lignes::int from private.compter_mouvements()`;
  const empreinte = await oneValue<string>(tx`select private.empreinte_cours_de_route()`);
  return { empreinte, lignes: Object.fromEntries(comptes.map(({ quoi, lignes }) => [quoi, lignes])) };
}

const mouvements = ({ lignes }: Etat) =>
  Object.entries(lignes).filter(([quoi]) => quoi !== CDR).reduce((total, [, n]) => total + n, 0);

function tableau({ avant, apres }: Purge): string {
  const comptes = Object.entries(avant.lignes);
  // What was empty is one line: of fifty tables, those that lost rows are looked for.
  const pleines = comptes.filter(([quoi, n]) => n || apres.lignes[quoi]);
  const table = [
    ...pleines.map(([quoi, n]) => [quoi, String(n), String(apres.lignes[quoi]!)]),
    [`${comptes.length - pleines.length} autres tables`, "0", "0"],
  ];
  return `${
    tableText(table, ["table", "avant", "après"])
  }\nCours de route, SHA-256 avant et après : ${apres.empreinte}`;
}

/** staging:reset-mouvements: every movement and all stock of STAGING gone, every CDR as it was. */
export const enregistrer = commande("staging:reset-mouvements")<Purge>({
  dit: "purge les mouvements et le stock de STAGING, garde chaque cours de route tel quel",
  aide:
    `Vide réceptions, sorties, transferts, dilatations, ajustements, stocks initiaux, prises de hauteur, stocks_journaliers,
stocks_snapshot, leurs lignes de log_actions et les réponses gardées des clés d'idempotence. Un cours de route DECHARGE
le reste, bien que sa réception n'existe plus. Peut être relancée. PROD est toujours refusée.

Variables, à donner sur la ligne à chaque fois :
  ALLOW_STAGING_RESET=true
  CONFIRM_STAGING_RESET=${PHRASE_MOUVEMENTS}`,
  env: [],
  etapes: () => [
    verifierCible("staging"),
    etape(
      "Vérifier les confirmations",
      () => Promise.resolve(exigerConfirmation(PHRASE_MOUVEMENTS, "staging:reset-mouvements")),
    ),
    ouvrirTransaction(),
    dedans("Compter, et prendre l'empreinte des cours de route", async (contexte) => {
      // Taken first: nothing may change between what is counted and what is purged.
      await contexte.tx`select private.verrouiller_mouvements()`;
      contexte.avant = await etat(contexte);
      return `${contexte.avant.lignes[CDR]} cours de route, ${mouvements(contexte.avant)} lignes à purger`;
    }),
    dedans("Purger les mouvements", async ({ tx }) => {
      await tx`select private.vider_mouvements()`;
    }),
    dedans("Vérifier : plus un mouvement, aucun cours de route changé", async (contexte) => {
      const { avant, apres } = Object.assign(contexte, { apres: await etat(contexte) });
      if (mouvements(apres) > 0) {
        throw new Echec(`Il reste des mouvements : ${JSON.stringify(apres.lignes)}.`);
      }
      exiger(
        apres.empreinte === avant.empreinte,
        `Les cours de route ont changé : ${avant.empreinte} avant, ${apres.empreinte} après.`,
      );
      contexte.resultat = { avant, apres };
      return `empreinte des cours de route inchangée, ${apres.empreinte.slice(0, 16)}…`;
    }),
    valider(),
  ],
  toujours: fermer,
  fin: tableau,
});
