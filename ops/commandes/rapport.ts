// A report of any length, to a file: as its operator may read it, in one snapshot, line by line.
import { InvalidArgumentError } from "commander";
import { basename } from "node:path";
import type { Sql } from "../commun/connection.ts";
import { type Dire, Refus } from "../commun/deroulement.ts";
import { nomDuFichier } from "../../supabase/functions/_shared/rapport/ecrire.ts";
import type { Cadre } from "../../supabase/functions/_shared/rapport/csv.ts";
import type { Rapport } from "../../supabase/functions/_shared/rapport/forme.ts";
import { type Format, FORMATS } from "../../supabase/functions/_shared/rapport/rendre.ts";
import { commande, type Dite, trouverDepot } from "../exploitation/cible/commande.ts";
import type { Contexte } from "../exploitation/cible/cible.ts";
import { enTantQue, type Operateur, trouverOperateur } from "../exploitation/gel/gel.ts";
import {
  ecrireEntier,
  type Ecrivain,
  ecrivain,
  exigerLibre,
  type Ligne,
  LIGNES_ENTIERES,
  type Plume,
} from "../exploitation/rapports/ecrivains.ts";

interface Tirage extends Contexte {
  operateur: Operateur;
  depotId: string | null;
}

const ENSEMBLE = 2000;
const milliers = (n: number) => n.toLocaleString("fr-FR");

/** Each month from the first day to the last, whole or begun. */
export function moisDe(du: string, au: string): [string, string][] {
  const mois: [string, string][] = [];
  for (let debut = du; debut <= au;) {
    const [annee, rang] = debut.split("-").map(Number) as [number, number];
    const fin = new Date(Date.UTC(annee, rang, 0)).toISOString().slice(0, 10);
    mois.push([debut, fin < au ? fin : au]);
    debut = new Date(Date.UTC(annee, rang, 1)).toISOString().slice(0, 10);
  }
  return mois;
}

interface Morceau {
  rang: number;
  n: number;
  dit: unknown;
}

/** The report as rows: its head, then each section without its lines, then these, in their order. */
const morceaux = (
  tx: Sql,
  { nom, format, connuA, parametre = {} }: Demande,
  depot: string | null,
  du?: string,
  au?: string,
) =>
  tx<Morceau[]>`
    with r as materialized (
      select private.exporter_rapport(${nom}, ${format}, ${depot}, ${du ?? null}, ${au ?? null}, ${
    connuA ?? null
  },
               ${tx.json(parametre)}, null) as dit
    ), s as materialized (
      select s.rang, s.dit from r, jsonb_array_elements(r.dit -> 'sections') with ordinality s (dit, rang)
    )
    select rang::int, n::int, dit from (
      select 0 as rang, 0 as n, r.dit -> 'entete' as dit from r
      union all select s.rang, 0, s.dit - 'lignes' from s
      union all select s.rang, l.n, l.dit from s, jsonb_array_elements(s.dit -> 'lignes') with ordinality l (dit, n)
    ) tout order by rang, n`;

/** Refuses a paper that no machine draws, before it is begun. */
function exigerMesure({ lignes }: Rapport["entete"], format: Format): void {
  const maximum = LIGNES_ENTIERES[format];
  if (maximum === undefined || lignes <= maximum) return;
  throw new Refus(
    "RAPPORT_TROP_GRAND",
    `${milliers(lignes)} lignes en ${format} : ${milliers(maximum)} au plus. ` +
      "Demandez-le en csv, ou mois par mois (--par-mois).",
  );
}

/** What follows the head of a report, written in its order. */
async function ecrireSuite(
  lots: AsyncIterable<Morceau[]>,
  { section, lignes, fin }: Ecrivain,
  ajouter: Plume["ajouter"],
  dire: (ecrites: number) => void,
): Promise<void> {
  let ecrites = 0;
  for await (const lot of lots) {
    for (let i = 0; i < lot.length;) {
      if (lot[i]!.n === 0) {
        await ajouter(section(lot[i++]!.dit as Cadre));
        continue;
      }
      const suivante = lot.findIndex(({ n }, j) => j > i && n === 0);
      const bout = lot.slice(i, suivante < 0 ? undefined : suivante);
      await ajouter(lignes(bout.map(({ dit }) => dit as Ligne)));
      i += bout.length;
      ecrites += bout.length;
    }
    dire(ecrites);
  }
  await ajouter(await fin());
}

/** Named once the transaction that logs it has ended. */
async function tirer(contexte: Tirage, demande: Demande, dire: Dire, du?: string, au?: string) {
  const { format, vers, remplacer = false } = demande;
  const { chemin, octets, fait } = await ecrireEntier(
    vers,
    remplacer,
    ({ ajouter, nommer }) =>
      enTantQue(contexte.sql, contexte.operateur.user_id, async (tx) => {
        const lots = morceaux(tx, demande, contexte.depotId, du, au).cursor(ENSEMBLE)
          [Symbol.asyncIterator]();
        const [{ dit }, ...reste] = (await lots.next()).value as [Morceau, ...Morceau[]];
        const entete = dit as Rapport["entete"];
        exigerMesure(entete, format);
        await nommer(`${nomDuFichier({ entete })}.${format}`);
        const ecriture = ecrivain(format);
        await ajouter(ecriture.tete(entete));
        const suite = async function* () {
          yield reste;
          for (let lot = await lots.next(); !lot.done; lot = await lots.next()) yield lot.value as Morceau[];
        };
        await ecrireSuite(
          suite(),
          ecriture,
          ajouter,
          (ecrites) => dire(`${milliers(ecrites)} lignes sur ${milliers(entete.lignes)}`),
        );
        return entete;
      }, "authenticated"),
  );
  const { lignes, sha256 } = fait;
  return { fichier: chemin, octets, lignes, sha256, du: fait.du, au: fait.au };
}

function jour(texte: string): string {
  const lu = new Date(`${texte}T00:00:00Z`);
  if (/^\d{4}-\d\d-\d\d$/.test(texte) && !isNaN(+lu) && lu.toISOString().startsWith(texte)) return texte;
  throw new InvalidArgumentError("Un jour est attendu, comme 2026-11-27.");
}

function instant(texte: string): string {
  if (/^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)$/.test(texte) && !isNaN(Date.parse(texte))) return texte;
  throw new InvalidArgumentError("Un moment est attendu, comme 2026-11-27T08:00:00+02:00.");
}

function parametre(texte: string, dits: Record<string, string> = {}): Record<string, string> {
  const [, cle, valeur] = texte.match(/^([a-z_]+)=(.+)$/s) ?? [];
  if (!cle) throw new InvalidArgumentError("clé=valeur est attendu, comme client_id=….");
  return { ...dits, [cle]: valeur! };
}

const PRISES = {
  "<nom>": "journalier, mensuel, livre… (GET rapports les dit)",
  "--format <format>": { dit: "forme du fichier", choix: FORMATS, defaut: "csv" },
  "--depot <nom ou code>": "sans elle : celui de l'admin, ou tous si le rapport est de tous",
  "--du <jour>": { dit: "premier jour", lire: jour },
  "--au <jour>": { dit: "dernier jour, compris", lire: jour },
  "--connu-a <moment>": { dit: "tel qu'on le savait à ce moment", lire: instant },
  "--parametre <clé=valeur>": { dit: "ce que le rapport demande de plus ; se répète", lire: parametre },
  "--par-mois": "un fichier par mois",
  "--vers <dossier>": { dit: "où l'écrire", defaut: "." },
  "--remplacer": "écrit à nouveau un fichier qui existe",
  "--operateur <email ou id>": "l'admin au nom de qui il est tiré",
} as const;
type Demande = Dite<typeof PRISES>;

/** rapport: what is too large for a hosted function, to a file that is there whole or not at all. */
export const enregistrer = commande("rapport", PRISES)<Tirage>({
  dit: "tire un rapport de n'importe quelle taille, dans un fichier",
  aide:
    "Le fichier porte son nom quand il est entier : interrompue, la commande n'en laisse rien. csv et json n'ont pas " +
    "de taille limite ; xlsx 200 000 lignes, html 100 000, pdf 50 000. Journalisé EXPORT_GENERE, au nom de l'admin.",
  etapes: (demande) => ({
    "Désigner l'admin et le dépôt": async (contexte) => {
      contexte.operateur = await trouverOperateur(contexte.sql, demande.operateur);
      contexte.depotId = await trouverDepot(contexte.sql, demande.depot);
      if (demande.parMois && !(demande.du && demande.au)) {
        throw new Refus("PERIODE_REQUISE", "--par-mois veut --du et --au.");
      }
      // All of them, before the first is written.
      for (const [du, au] of demande.parMois ? moisDe(demande.du!, demande.au!) : []) {
        const nom = nomDuFichier({ entete: { nom: demande.nom, du, au } as Rapport["entete"] });
        await exigerLibre(demande.vers, `${nom}.${demande.format}`, demande.remplacer ?? false);
      }
      return contexte.operateur.nom;
    },
    [`Tirer « ${demande.nom} » en ${demande.format}`]: async (contexte, dire) => {
      const periodes = demande.parMois ? moisDe(demande.du!, demande.au!) : [[demande.du, demande.au]];
      const faits: Awaited<ReturnType<typeof tirer>>[] = [];
      for (const [du, au] of periodes) {
        const dit = (progres: string) => dire(du && periodes.length > 1 ? `${du} : ${progres}` : progres);
        faits.push(await tirer(contexte, demande, dit, du, au));
        contexte.resultat = faits;
      }
      const total = (de: "lignes" | "octets") => faits.reduce((somme, fait) => somme + fait[de], 0);
      const noms = faits.length === 1
        ? faits[0]!.fichier
        : `${faits.length} fichiers, de ${basename(faits[0]!.fichier)} à ${basename(faits.at(-1)!.fichier)}`;
      return `${noms} : ${milliers(total("lignes"))} lignes, ${
        milliers(Math.ceil(total("octets") / 1024))
      } Kio` +
        (faits.length === 1 ? `, SHA-256 ${faits[0]!.sha256}` : "");
    },
  }),
});
