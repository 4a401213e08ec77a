// staging:reset-mouvements: what private.vider_mouvements() does, with the proof that no CDR has changed.
import Table from "cli-table3";
import type { Etape } from "../cli/deroulement.ts";
import { Echec } from "../stack/failure.ts";
import { type ContexteTransaction, dedans } from "./transaction.ts";

interface Etat {
  empreinte: string;
  lignes: Record<string, number>;
}

export interface ContexteMouvements extends ContexteTransaction {
  avant: Etat;
  apres: Etat;
}

const CDR = "cours_de_route";

async function etat({ tx }: ContexteMouvements): Promise<Etat> {
  const comptes = await tx<{ quoi: string; lignes: number }[]>`
    select quoi, lignes::int from private.compter_mouvements()`;
  const [{ empreinte }] = await tx<[{ empreinte: string }]>`
    select private.empreinte_cours_de_route() as empreinte`;
  return { empreinte, lignes: Object.fromEntries(comptes.map(({ quoi, lignes }) => [quoi, lignes])) };
}

const mouvements = ({ lignes }: Etat) =>
  Object.entries(lignes).filter(([quoi]) => quoi !== CDR).reduce((total, [, n]) => total + n, 0);

export const etapesMouvements: Etape<ContexteMouvements>[] = [
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
    if (mouvements(apres) > 0) throw new Echec(`Il reste des mouvements : ${JSON.stringify(apres.lignes)}.`);
    if (apres.empreinte !== avant.empreinte) {
      throw new Echec(`Les cours de route ont changé : ${avant.empreinte} avant, ${apres.empreinte} après.`);
    }
    contexte.resultat = { avant, apres };
    return `empreinte des cours de route inchangée, ${apres.empreinte.slice(0, 16)}…`;
  }),
];

export function tableauMouvements({ avant, apres }: ContexteMouvements): string {
  const table = new Table({ head: ["table", "avant", "après"], style: { head: [], border: [] } });
  for (const [quoi, n] of Object.entries(avant.lignes)) table.push([quoi, n, apres.lignes[quoi]!]);
  return `${table}\nCours de route, SHA-256 avant et après : ${apres.empreinte}`;
}
