// A machine lost under load, with the settings an operator has: what of the acknowledged writes came back, and how soon.
import { join } from "node:path";
import { runWithin } from "../tests/support/execution.ts";
import type { Sql } from "../ops/commun/connection.ts";
import type { StackStatus } from "../ops/pile/status.ts";
import { lancer } from "../ops/programme.ts";
import { Echec } from "../ops/commun/failure.ts";
import { newEnvironment, startPile } from "../tests/support/pile.ts";
import {
  type Acte,
  actesRendus,
  charger,
  perdre,
  preparerCharge,
  regarder,
  superutilisateur,
} from "../tests/support/perte.ts";
import type { Banc, Chapitre } from "./mesure.ts";

const SECONDES_DE_CHARGE = 20;

interface Retour {
  dernierActe: string;
  fichiers_ms: number;
  rejeu_ms: number;
  preuve_ms: number;
  duree_ms: number;
}

/** When this segment, or a later one, had left. */
async function attendreArchive(sql: Sql, segment: string): Promise<number> {
  for (;;) {
    const [parti] = await sql<{ le: Date }[]>`
      select last_archived_time as le from pg_stat_archiver where left(last_archived_wal, 24) >= ${segment}`;
    if (parti) return parti.le.getTime();
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** How long a single act of a quiet hour stays on this machine alone, in seconds. */
async function departDUnActe(portes: StackStatus, sql: Sql): Promise<number> {
  const [acte] = await charger(portes, ({ length }) => length >= 1);
  const [{ segment }] = await sql<[{ segment: string }]>`
    select pg_walfile_name(pg_current_wal_insert_lsn()) as segment`;
  return (await attendreArchive(sql, segment) - acte!.le) / 1000;
}

export async function mesurer({ dossier, arguments: [dites] }: Banc): Promise<Chapitre[]> {
  const secondes = Number(dites ?? SECONDES_DE_CHARGE);
  const env: Record<string, string> = {
    ...await newEnvironment(),
    CONTINUITE_DIR: join(dossier, "archives"),
    OUTILS_DIR: join(dossier, "outils"),
    CONTINUITE_CLE: crypto.randomUUID(),
  };
  const ops = async (...mots: string[]) => {
    const { code, stdout, stderr } = await runWithin(env, () => lancer([...mots, "--json"]));
    if (code !== 0) throw new Echec(`${mots[0]} : ${stdout}${stderr}`);
    return JSON.parse(stdout).resultat as Retour;
  };
  const dataDir = env.DATA_DIR!;
  const statut = async (): Promise<StackStatus> =>
    JSON.parse(await Deno.readTextFile(join(dataDir, "status.json")));
  const pendant = (duree: number) => {
    const fin = Date.now() + duree * 1000;
    return () => Date.now() > fin;
  };

  let pile = startPile(env);
  await pile.ready;
  await ops("continuite:installer");
  await pile.end("SIGTERM");
  pile = startPile(env);
  await pile.ready;
  const portes = await statut();
  await preparerCharge(portes);
  await ops("continuite:sauver");
  const sql = superutilisateur(portes.DB_URL);
  const depart_s = await departDUnActe(portes, sql);
  const tous = await charger(portes, pendant(secondes));
  const instant = Date.now();
  tous.push(...await charger(portes, pendant(secondes)));
  const [{ octets }] = await sql<[{ octets: number }]>`
    select pg_database_size(current_database())::float8 as octets`;
  const rendre = async (nom: string, fin: number, ...voulu: string[]) => {
    const vers = join(dossier, nom);
    const retour = await ops("continuite:restaurer", "--vers", vers, ...voulu);
    const rendus = await regarder(vers, actesRendus);
    await Deno.remove(vers, { recursive: true });
    const attendus = tous.filter(({ le }) => le <= fin);
    const perdus = attendus.filter(({ id }) => !rendus.has(id));
    const premier = Math.min(fin, ...perdus.map(({ le }: Acte) => le));
    const s = (ms: number) => (ms / 1000).toFixed(1);
    return [
      `${attendus.length}`,
      `${perdus.length}`,
      `${tous.filter(({ le, id }) => le > fin && rendus.has(id)).length}`,
      s(fin - premier),
      s(retour.duree_ms),
      `${s(retour.fichiers_ms)} + ${s(retour.rejeu_ms)} + ${s(retour.preuve_ms)}`,
    ];
  };
  // Somebody saw the mistake while the base lives: its moment leaves with the segment it is in.
  const [{ segment }] = await sql<[{ segment: string }]>`select pg_walfile_name(pg_switch_wal()) as segment`;
  await attendreArchive(sql, segment);
  const moment = new Date(instant).toISOString();
  const lignes = [[
    "avant une erreur, à la seconde (`--a`)",
    ...await rendre("instant", instant, "--a", moment),
  ]];
  tous.push(...await charger(portes, pendant(secondes)));
  await sql.end();
  const perdueA = Date.now();
  await perdre(pile, dataDir);
  lignes.push(["disque perdu sous la charge (`--fin`)", ...await rendre("fin", perdueA, "--fin")]);
  return [{
    titre: "Restauration à un instant, mesurée",
    page: "docs/continuite.md",
    sens:
      `Pile réelle, quatre personnes qui rédigent et valident des sorties par les portes pendant ${
        3 * secondes
      } s ` +
      `(${tous.length} validées), serveur tué (kill -9), dossier effacé ; base de ${
        Math.round(octets / 1e6)
      } Mo, ` +
      `archive_timeout de 60 s, dépôt chiffré sur le même disque. Un acte d'une heure calme a quitté la machine ` +
      `${
        depart_s.toFixed(1)
      } s après sa réponse. Perte (RPO) : du premier acte perdu à la panne. Retour (RTO) : la commande ` +
      "entière, preuve comprise, `pgbackrest` déjà là ; sur une machine neuve, ajouter `npm ci` et son téléchargement.",
    entetes: [
      "malheur",
      "actes confirmés",
      "perdus",
      "en trop",
      "perte s",
      "retour s",
      "dont fichiers + WAL + preuve s",
    ],
    lignes,
  }];
}
