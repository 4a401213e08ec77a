// Tells the examples to a stack of their own, one after the other, as its chapters have them.
import { createHash } from "node:crypto";
import { signInAs } from "../../../ops/pile/client.ts";
import { ROLES } from "../../../ops/pile/demo_users.ts";
import { startStack } from "../../../ops/pile/stack.ts";
import type { StackStatus } from "../../../ops/pile/status.ts";
import { freePort, temporaryDataDir } from "../../../ops/pile/throwaway.ts";
import { connect } from "../../../ops/commun/connection.ts";
import type { Chapitre, Ecrit } from "../../../supabase/exemples/histoire.ts";
import { type Exemple, LIEUX, type Valeur, type Valeurs } from "../../../supabase/exemples/exemple.ts";
import { asSuperuser, declaredProject } from "../../support/base.ts";
import { code } from "../securite/codes.ts";
import { ditsPar, type Lecture, taire } from "./lecture.ts";

export const PASSWORD = "un mot de passe d'exemple";

export interface Theatre {
  status: StackStatus;
  jetons: Record<string, string>;
  fermer(): Promise<void>;
}

/** A depot of its own with what scene.sql says, and everyone signed in. */
export async function ouvrirTheatre(base: string): Promise<Theatre> {
  const dataDir = await temporaryDataDir("monaluxe-exemples-");
  const databaseUrl = await declaredProject(base, { seed: true });
  const sql = connect(asSuperuser(base));
  await sql.unsafe(await Deno.readTextFile(new URL("scene.sql", import.meta.url))).finally(() => sql.end());
  const pile = await startStack({
    dataDir,
    apiPort: freePort(),
    dbPort: freePort(),
    databaseUrl,
    demoPassword: PASSWORD,
    throwaway: true,
  });
  const jetons: Record<string, string> = {};
  for (const role of ROLES) {
    const { data } = await (await signInAs(pile.status, role, PASSWORD)).supabase.auth.getSession();
    jetons[role] = data.session!.access_token;
  }
  return {
    status: pile.status,
    jetons,
    fermer: async () => {
      await pile.stop();
      await Deno.remove(dataDir, { recursive: true });
    },
  };
}

const JOUR_MS = 86_400_000;
/** As the depot's clock has it: two hours before UTC. */
export const aujourdhui = () => new Date(Date.now() + 2 * 3_600_000).toISOString().slice(0, 10);

/** What the requests of a story say themselves, and what its scene is made of. */
export const ditsParHistoire = (chapitres: Chapitre[]) =>
  ditsPar(JSON.stringify([
    LIEUX,
    ...chapitres.flatMap(({ exemples }) =>
      exemples.map(({ params, query, corps }) => [params, query, corps])
    ),
  ]));

/** The values that are sent: what is called by a name, put in its place. */
function sens(valeur: Valeur, noms: Map<string, unknown>): Valeur {
  if (Array.isArray(valeur)) return valeur.map((une) => sens(une, noms));
  if (valeur !== null && typeof valeur === "object") return valeurs(valeur, noms)!;
  if (typeof valeur !== "string" || !valeur.startsWith("@")) return valeur;
  if (valeur === "@aujourdhui") return aujourdhui();
  if (valeur === "@maintenant") return new Date().toISOString();
  if (valeur === "@bientot") return new Date(Date.now() + 7 * JOUR_MS).toISOString();
  const telephone = valeur.match(/^@totp(_suivant)?\((.+)\)$/);
  // A step is good once: the one after it is taken as well.
  if (telephone) return code(sens(`@${telephone[2]}`, noms) as string, telephone[1] ? 1 : 0);
  const [nom, ...champs] = valeur.slice(1).split(".");
  const trouve = champs.reduce<unknown>(
    (une, champ) => (une as Record<string, unknown> | undefined)?.[champ],
    noms.get(nom!),
  );
  if (trouve === undefined) throw new Error(`${valeur} : aucune réponse avant celle-ci ne le dit`);
  return trouve as Valeur;
}

const valeurs = (toutes: Valeurs | undefined, noms: Map<string, unknown>): Valeurs | undefined =>
  toutes && Object.fromEntries(Object.entries(toutes).map(([champ, une]) => [champ, sens(une, noms)]));

const sha256 = (texte: string) => createHash("sha256").update(texte).digest("hex");

function formulaire(champs: Valeurs, { nom, type, texte }: NonNullable<Exemple["fichier"]>): FormData {
  const forme = new FormData();
  for (const [champ, valeur] of Object.entries(champs)) {
    if (champ !== "fichier") forme.append(champ, String(valeur));
  }
  forme.append("fichier", new Blob([texte], { type }), nom);
  return forme;
}

export interface Recit {
  exemple: Exemple;
  statut: number;
  type: string;
  /** As it came; undefined where it is no JSON. */
  reponse?: unknown;
  octets: Uint8Array;
  envoye: Omit<Ecrit, "reponse">;
}

/** Sends one request of the story, and remembers its answer by its name. */
export async function raconter(
  theatre: Theatre,
  exemple: Exemple,
  noms: Map<string, unknown>,
): Promise<Recit> {
  const [methode, chemin] = exemple.porte.split(" ") as [string, string];
  const [params, query, dits] = [exemple.params, exemple.query, exemple.corps].map((une) =>
    valeurs(une, noms)
  );
  const { fichier } = exemple;
  const corps = fichier ? { ...dits, sha256: sha256(fichier.texte), fichier: fichier.nom } : dits;
  const adresse = chemin.replace(/\{(\w+)\}/g, (_, nom) => encodeURIComponent(String(params![nom])));
  const demandee = new URLSearchParams(Object.entries(query ?? {}).map(([nom, une]) => [nom, String(une)]));
  const reponse = await fetch(
    `${theatre.status.API_URL}/functions/v1${adresse}${query ? `?${demandee}` : ""}`,
    {
      method: methode,
      headers: {
        apikey: theatre.status.ANON_KEY,
        authorization: `Bearer ${theatre.jetons[exemple.par ?? "admin"]}`,
        ...(methode === "POST" && { "idempotency-key": crypto.randomUUID() }),
        ...(corps && !fichier && { "content-type": "application/json" }),
      },
      ...(corps && { body: fichier ? formulaire(corps, fichier) : JSON.stringify(corps) }),
    },
  );
  const type = (reponse.headers.get("content-type") ?? "").split(";")[0]!;
  const octets = new Uint8Array(await reponse.arrayBuffer());
  const dite = type.endsWith("json") ? JSON.parse(new TextDecoder().decode(octets)) : undefined;
  if (exemple.nom) noms.set(exemple.nom, dite);
  return { exemple, statut: reponse.status, type, reponse: dite, octets, envoye: { params, query, corps } };
}

type Page = { data: unknown[] };
const estPage = (reponse: unknown): reponse is Page => Array.isArray((reponse as Page | null)?.data);

/** What is written of it: of a list one row, one that the story has already spoken of where there is one. */
export const ecrire = (recit: Recit, lecture: Lecture): Ecrit =>
  taire(premiereEcriture(recit, lecture), recit.exemple.tait ?? {}) as Ecrit;

function premiereEcriture(recit: Recit, lecture: Lecture): Ecrit {
  const envoye = lecture.lire(recit.envoye) as Ecrit;
  const { reponse } = recit;
  if (reponse === undefined) return envoye;
  if (!estPage(reponse)) return { ...envoye, reponse: lecture.lire(reponse) };
  const une = reponse.data.find((ligne) => lecture.connait(ligne)) ?? reponse.data[0];
  return { ...envoye, reponse: lecture.lire({ ...reponse, data: une === undefined ? [] : [une] }) };
}

/** The same of an answer that is compared with what was written: of a list, the row that is that one, or its first. */
export function relire(
  recit: Recit,
  lecture: Lecture,
  ecrit: Ecrit,
  memes: (une: unknown, autre: unknown) => boolean,
): Ecrit {
  const envoye = lecture.lire(recit.envoye) as Ecrit;
  const { reponse } = recit;
  if (reponse === undefined) return envoye;
  if (!estPage(reponse)) return { ...envoye, reponse: lecture.lire(reponse) };
  const attendue = (ecrit.reponse as Page | undefined)?.data?.[0];
  for (const ligne of reponse.data) {
    const essai = lecture.essai();
    if (!memes(essai.lire(ligne), attendue)) continue;
    lecture.garder(essai);
    return { ...envoye, reponse: { ...lecture.lire({ ...reponse, data: [] }) as Page, data: [attendue] } };
  }
  return { ...envoye, reponse: lecture.lire({ ...reponse, data: reponse.data.slice(0, 1) }) };
}
