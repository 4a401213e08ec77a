// reprise:prouver: reads both databases anew, and says GO or NO-GO.
import { join } from "node:path";
import type { Etape } from "../../ops/commun/deroulement.ts";
import { nombre } from "../../ops/commun/francais.ts";
import { Echec } from "../../ops/commun/failure.ts";
import { lireLesDecisions } from "./charger.ts";
import { type Compare, comparer, comparerStocks, type StockCompare } from "./comparaison.ts";
import { type Contexte, ouvrirLaCible, ouvrirLaSource } from "./contexte.ts";
import { decisionDe } from "./examen/decisions.ts";
import { controler } from "./ecriture.ts";
import { type Ancienne, lireAncienne } from "./ancienne/lecture.ts";
import { type Critere, pageMouvements, pagePreuve } from "./rapport.ts";
import { rejouerApplication } from "./rejeu.ts";
import { empreinteSource, lireSource } from "./ancienne/source.ts";
import { traduire, type Traduite } from "./traduire.ts";

interface Options {
  source: string;
  vers: string;
  decisions: string;
  dans: string;
  sansRejeu?: string;
}

interface ContextePreuve extends Contexte {
  ancienne?: Ancienne;
  traduite?: Traduite;
  empreinte?: string;
  compare?: Compare;
  stocks?: StockCompare[];
  criteres: Critere[];
}

const compter = (faux: unknown[]) => faux.length ? nombre(faux.length) : "aucune";

/** What the database says of its own load. */
async function origine({ cible, decisions, empreinte }: ContextePreuve): Promise<Critere[]> {
  const [acte] = await cible!.sql<{ decisions: string; empreinte: string }[]>`
    select details ->> 'decisions' as decisions, details ->> 'empreinte' as empreinte
      from public.log_actions where action = 'REPRISE_CHARGEE' order by created_at desc limit 1`;
  return [
    {
      titre: "La base d'arrivée a été chargée selon ces décisions",
      tenu: acte?.decisions === decisions!.empreinte,
      constat: !acte
        ? "aucun chargement à son journal"
        : acte.decisions === decisions!.empreinte
        ? "les mêmes"
        : "d'autres",
    },
    {
      titre: "L'ancienne base n'a pas changé depuis le chargement",
      tenu: acte?.empreinte === empreinte,
      constat: acte?.empreinte === empreinte ? "inchangée" : "quelqu'un y a écrit, ou elle en est une autre",
    },
  ];
}

async function regles({ cible }: ContextePreuve): Promise<Critere[]> {
  const fautes = await controler(cible!.sql);
  const journal = await cible!.sql<{ probleme: string }[]>`select probleme from private.controler_journal()`;
  return [
    {
      titre: "verifier_stocks() est vide, aucune capacité n'est dépassée, aucun jour, aucune citerne fantôme",
      tenu: !fautes.length,
      constat: fautes.slice(0, 3).join(" ; ") || "rien à signaler",
    },
    {
      titre: "Le journal repris est scellé, et sa chaîne est intacte",
      tenu: !journal.length,
      constat: `${compter(journal)} anomalie`,
    },
  ];
}

/** Accounts sign in as before: the same address, the same hash. */
async function comptes({ cible, ancienne }: ContextePreuve): Promise<Critere> {
  const lus = await cible!.sql<{ id: string; hash: string | null; email: string | null }[]>`
    select id::text, encrypted_password as hash, email from auth.users`;
  const ici = new Map(lus.map((compte) => [compte.id, compte]));
  const faux = ancienne!.comptes.filter(({ id, email, encrypted_password }) => {
    const compte = ici.get(id as string);
    return !compte || compte.hash !== (encrypted_password ?? null) || compte.email !== (email ?? null);
  });
  return {
    titre: "Chaque compte a son adresse et son mot de passe d'avant",
    tenu: !faux.length,
    constat: `${ancienne!.comptes.length} comptes, ${compter(faux)} différence`,
  };
}

function litres({ compare, stocks }: ContextePreuve): Critere[] {
  const inexpliques = stocks!.filter(({ inexplique }) => inexplique.ambiant || inexplique.a15);
  const total = stocks!.reduce(
    (somme, { inexplique }) => somme + Math.abs(inexplique.ambiant) + Math.abs(inexplique.a15),
    0,
  );
  const sans = compare!.differences.filter(({ decision }) => !decision);
  return [
    {
      titre: "Aucun litre inexpliqué, par citerne, produit et propriétaire",
      tenu: !inexpliques.length,
      constat: `${nombre(stocks!.length)} comptes, ${nombre(total / 1000, 3)} L inexpliqués`,
    },
    {
      titre: "Chaque différence de ligne a sa décision",
      tenu: !sans.length,
      constat: `${nombre(compare!.differences.length)} différences, ${compter(sans)} sans décision` +
        (sans[0] ? ` (d'abord ${sans[0].table} ${sans[0].ligne}, ${sans[0].champ})` : ""),
    },
  ];
}

export function etapesPreuve(options: Options): Etape<Contexte>[] {
  const etapes: Etape<ContextePreuve>[] = [
    lireLesDecisions(options.decisions),
    ouvrirLaSource(options.source),
    ouvrirLaCible(options.vers),
    {
      titre: "Relire l'ancienne base",
      faire: async (contexte) => {
        contexte.criteres = [];
        await lireSource(contexte.source!, async (instantane) => {
          contexte.empreinte = await empreinteSource(instantane);
          contexte.ancienne = await lireAncienne(instantane);
        });
        contexte.traduite = traduire(contexte.ancienne!, decisionDe(contexte.decisions!.fichier));
        return `${
          nombre(contexte.ancienne!.receptions.length + contexte.ancienne!.sorties.length)
        } mouvements`;
      },
    },
    {
      titre: "Comparer, ligne par ligne",
      faire: async (contexte) => {
        await contexte.cible!.sql.begin("isolation level repeatable read read only", async (tx) => {
          contexte.compare = await comparer(tx, contexte.ancienne!, contexte.traduite!);
          contexte.stocks = await comparerStocks(tx, contexte.traduite!);
        });
        contexte.criteres.push(...litres(contexte));
        return `${nombre(contexte.compare!.differences.length)} différences`;
      },
    },
    {
      titre: "Contrôler la base d'arrivée",
      faire: async (contexte) => {
        contexte.criteres.push(
          ...await origine(contexte),
          ...await regles(contexte),
          await comptes(contexte),
        );
      },
    },
    {
      titre: "Rejouer les appels de l'application",
      faire: async (contexte, dire) => {
        const critere = options.sansRejeu
          ? {
            titre: "Les appels de l'application passent",
            tenu: true,
            constat: `non rejoués : ${options.sansRejeu}`,
          }
          : await rejouerApplication(contexte, contexte.traduite!, dire);
        contexte.criteres.push(critere);
        return critere.constat;
      },
    },
    { titre: "Écrire le rapport, juger", faire: (contexte) => juger(contexte, options.dans) },
  ];
  return etapes as Etape<Contexte>[];
}

async function juger(contexte: ContextePreuve, dans: string): Promise<string> {
  const { criteres, stocks, compare, decisions, source, cible } = contexte;
  await Deno.mkdir(dans, { recursive: true });
  const chemins = {
    rapport: join(dans, "reprise-preuve.html"),
    mouvements: join(dans, "reprise-mouvements.csv"),
  };
  const { nom, le } = decisions!.fichier.signature;
  await Deno.writeTextFile(
    chemins.rapport,
    await pagePreuve({
      source: source!.nom,
      cible: cible!.nom,
      le: new Date().toISOString(),
      decisions: { empreinte: decisions!.empreinte, nom, le },
      criteres,
      stocks: stocks!,
      compare: compare!,
    }),
  );
  await Deno.writeTextFile(chemins.mouvements, pageMouvements(compare!.mouvements));
  contexte.resultat = { criteres, differences: compare!.differences.length, ...chemins };
  contexte.suite = `À signer : ${chemins.rapport}\nChaque mouvement : ${chemins.mouvements}`;
  const manques = criteres.filter(({ tenu }) => !tenu);
  if (manques.length) {
    throw new Echec(`NO-GO : ${manques.map(({ titre, constat }) => `${titre} (${constat})`).join(" ; ")}.`);
  }
  return "GO possible";
}
