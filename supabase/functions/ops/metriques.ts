// ops/metrics, in Prometheus's text format. The figures are PostgreSQL's: a client library (prom-client) keeps counters of
// the process it runs in, and has no way to be given sums; what is left of it is this format.
import type { Context } from "hono";
import { timingSafeEqual } from "hono/utils/buffer";
import { COMMIT } from "../_shared/commit.ts";
import { auNomDuProjet } from "../_shared/database.ts";
import { BORNES_S } from "../_shared/bornes.ts";
import { etatLecture } from "../_shared/lecture.ts";
import type { Reponses } from "../_shared/mesures.ts";
import type { Env } from "../_shared/context.ts";
import { refuser } from "../_shared/problems.ts";

export interface Mesure {
  nom: string;
  genre: string;
  aide: string;
  etiquettes: Record<string, string>;
  valeur: number;
}

const texte = (valeur: string) => valeur.replace(/\\/g, "\\\\").replace(/\n/g, "\\n");
const etiquettes = (dites: Record<string, string>) => {
  const paires = Object.entries(dites).map(([nom, valeur]) =>
    `${nom}="${texte(String(valeur)).replace(/"/g, '\\"')}"`
  );
  return paires.length ? `{${paires.join()}}` : "";
};

/** A metric's lines stand together, under what it is. */
export function enTexte(mesures: Mesure[]): string {
  // The lines of a histogram are of one family, under one name.
  const famille = ({ nom, genre }: Mesure) =>
    genre === "histogram" ? nom.replace(/_(bucket|sum|count)$/, "") : nom;
  const lignes = [...Map.groupBy(mesures, famille)].flatMap(([nom, siennes]) => [
    `# HELP ${nom} ${texte(siennes[0]!.aide)}`,
    `# TYPE ${nom} ${siennes[0]!.genre}`,
    ...siennes.map(({ nom, etiquettes: dites, valeur }) => `${nom}${etiquettes(dites)} ${valeur}`),
  ]);
  return `${lignes.join("\n")}\n`;
}

function demandes(comptees: Reponses[]): Mesure[] {
  return comptees.map(({ fonction, route, classe, nombre }) => ({
    nom: "monaluxe_http_requests_total",
    genre: "counter",
    aide: "Answers of the doors, by function, act and class of status",
    etiquettes: { function: fonction, route, status: `${classe}xx` },
    valeur: nombre,
  }));
}

/** Of a function as a whole: an act's own buckets would be ten thousand lines. */
function durees(comptees: Reponses[]): Mesure[] {
  return [...Map.groupBy(comptees, ({ fonction }) => fonction)].flatMap(([fonction, siennes]) => {
    const commun = {
      genre: "histogram",
      aide: "Time to answer, in seconds, by function",
    };
    const une = (suffixe: string, valeur: number, dites = {}): Mesure => ({
      ...commun,
      nom: `monaluxe_http_request_duration_seconds_${suffixe}`,
      etiquettes: { function: fonction, ...dites },
      valeur,
    });
    const somme = (lire: (une: Reponses) => number) => siennes.reduce((total, un) => total + lire(un), 0);
    const jusqua = (rang: number) =>
      somme(({ paniers }) => paniers.slice(0, rang + 1).reduce((total, n) => total + n, 0));
    return [
      ...BORNES_S.map((borne, rang) => une("bucket", jusqua(rang), { le: String(borne) })),
      une("bucket", jusqua(BORNES_S.length), { le: "+Inf" }),
      une("sum", somme(({ secondes }) => secondes)),
      une("count", jusqua(BORNES_S.length)),
    ];
  });
}

const JETONS = ["METRICS_TOKEN", "METRICS_TOKEN_PRECEDENT"];

/** Whether a token is this environment's; where none is set, none is. Compared in constant time. */
async function admis(donne: string | undefined): Promise<boolean> {
  const verdicts = await Promise.all(JETONS.map(async (nom) => {
    const attendu = Deno.env.get(nom);
    return !!attendu && donne !== undefined && await timingSafeEqual(attendu, donne);
  }));
  return verdicts.includes(true);
}

/** Every figure there is, for who has the token of metrics and no other. */
export async function metriques(c: Context<Env>): Promise<Response> {
  c.set("route", "GET ops/metrics");
  if (!await admis(c.req.header("authorization")?.match(/^Bearer (\S+)$/i)?.[1])) {
    throw refuser("NON_AUTHENTIFIE");
  }
  const [lues, comptees] = await auNomDuProjet((sql) =>
    Promise.all([
      sql<Mesure[]>`select * from private.mesures()`,
      sql<Reponses[]>`
        select fonction, route, classe, nombre::float8, secondes, paniers::float8[]
          from private.demandes_comptees order by fonction, route, classe`,
    ])
  );
  const version: Mesure = {
    nom: "monaluxe_build_info",
    genre: "gauge",
    aide: "Commit of the function that answers",
    etiquettes: { commit: COMMIT ?? "unknown" },
    valeur: 1,
  };
  const lecture = await etatLecture();
  const secours: Mesure[] = lecture
    ? [{
      nom: "monaluxe_read_standby_up",
      genre: "gauge",
      aide: "1 where lists and reports are read from the standby, 0 where the primary answers for it",
      etiquettes: {},
      valeur: Number(lecture.secours),
    }]
    : [];
  return c.body(enTexte([version, ...secours, ...lues, ...demandes(comptees), ...durees(comptees)]), 200, {
    "content-type": "text/plain; version=0.0.4; charset=utf-8",
    "cache-control": "no-store",
  });
}
