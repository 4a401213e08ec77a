/**
 * What somebody would try who has the anonymous key (it stands in a public page) and the public description of the API,
 * and nothing else. Against a running stack:
 *
 *   npx deno run -A tests/domaine/acces/vol_de_cle.ts http://127.0.0.1:54321 <anonymous key>
 */
import { type Description, tentatives } from "./tentatives.ts";

export interface Essai {
  famille: string;
  quoi: string;
  statut: number;
  corps: string;
  /** What the answer's headers say of how many rows there are. */
  compte: string | null;
  /** Where the answer sends whoever asked. */
  renvoi: string | null;
}

/** Tries everything, a few at a time; `email` is the address it tries to make an account with. */
export async function attaquer(api: string, cle: string, email: string): Promise<Essai[]> {
  const description = await (await fetch(`${api}/functions/v1/ops/openapi.json`)).json() as Description;
  const file = await tentatives(description, cle, email);
  const essais: Essai[] = [];
  const suivre = async () => {
    for (let un = file.shift(); un; un = file.shift()) {
      const { famille, methode = "GET", adresse, entetes, corps } = un;
      const reponse = await fetch(`${api}${adresse}`, {
        method: methode,
        redirect: "manual",
        headers: {
          apikey: cle,
          authorization: `Bearer ${cle}`,
          "content-type": "application/json",
          ...entetes,
        },
        ...(corps !== undefined && { body: JSON.stringify(corps) }),
      });
      essais.push({
        famille,
        quoi: `${methode} ${adresse} ${JSON.stringify(entetes ?? {})}`,
        statut: reponse.status,
        corps: await reponse.text(),
        compte: reponse.headers.get("content-range")?.match(/\/(\d+)$/)?.[1] ?? null,
        renvoi: reponse.headers.get("location"),
      });
    }
  };
  await Promise.all(Array.from({ length: 6 }, suivre));
  return essais;
}

/** Answers that say nothing of anyone: the same whether the account or the address exists or not. */
const MUETS = /^POST \/auth\/v1\/(recover|resend) /;

/** A view that nobody could write through: PostgREST says it with a 500. */
const vueFermee = ({ corps }: Essai) => corps.startsWith('{"code":"55000"');

/** The first page says what runs here, to whoever asks: no row, no key (what every answer is looked at for). */
const accueil = ({ quoi, corps }: Essai) =>
  quoi.startsWith("GET / ") && corps.trimStart().startsWith("<!doctype html>");

/** Something was given, or the service broke. */
export const obtenu = (essai: Essai): boolean => {
  const { quoi, statut, corps, compte, renvoi } = essai;
  return compte !== null || (statut >= 500 && !vueFermee(essai)) || renvoi?.includes("voleur") === true ||
    (statut < 300 && !(MUETS.test(quoi) && corps === "{}") && !accueil(essai));
};

/** A line a family: how many tries, and what was answered how often. */
export function resumer(essais: Essai[]): string {
  const familles = Map.groupBy(essais, ({ famille }) => famille);
  return [...familles].map(([famille, leurs]) => {
    const statuts = Map.groupBy(leurs, ({ statut }) => statut);
    const dits = [...statuts].sort(([a], [b]) => a - b).map(([statut, { length }]) =>
      `${statut} × ${length}`
    );
    return `${famille.padEnd(22)} ${String(leurs.length).padStart(4)} essais : ${dits.join(", ")}`;
  }).concat(`obtenu : ${essais.filter(obtenu).length || "rien"}`).join("\n");
}

if (import.meta.main) {
  const [api, cle] = Deno.args;
  if (!api || !cle) {
    console.error("✗ Indiquez l'adresse de l'API et la clé publique (npm run -s status donne les deux).");
    Deno.exit(1);
  }
  const essais = await attaquer(api, cle, "voleur@voleur.test");
  for (const essai of essais.filter(obtenu)) console.log(essai);
  console.log(resumer(essais));
  Deno.exit(essais.some(obtenu) ? 1 : 0);
}
