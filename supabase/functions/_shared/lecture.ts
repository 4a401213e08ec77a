// Lists and reports, read from a standby (DATABASE_READ_URL) that has replayed all that the primary had acknowledged when
// they were asked for; from the primary where it is late, away or another's copy. docs/decisions/lecture-secours.md says why.
import postgres from "postgres";
import { apres, avec } from "./appels.ts";
import { type Appel, auNomDuProjet, type Auteur, enUneFois, presentation } from "./database.ts";
import { ProblemError } from "./problems.ts";
import { beginning, open, type Opened, transaction } from "./transaction.ts";

/** Where the primary stood (private.point_a_lire): as the database says it, read by nobody else. */
type Point = postgres.JSONValue;

/** How long a standby is waited for: what it has not replayed by then is asked of the primary. */
const PATIENCE_MS = 50;
/** How long its connection is. */
const OUVERTURE_MS = 500;
/** A standby that was late, away or wrong is left alone for so long; away, twice as long each time. */
const [PAUSE_MS, PAUSE_MAX_MS] = [250, 30_000];
/** The log says it once, and again after so long; that it is over, once it has been for so long. */
const [REDIRE_MS, CALME_MS] = [60_000, 10_000];

const adresse = () => Deno.env.get("DATABASE_READ_URL") || undefined;

let ouverte: Opened | undefined;
const secours = () => ouverte ??= open(adresse()!, { connect_timeout: 2 });

/** Why a standby was not read. */
class Ecartee extends Error {}

/** Until when the standby is left alone, how long next time, and whether the log says so. */
const ecart = { jusqua: 0, pause: PAUSE_MS, ditLe: undefined as number | undefined };

/** For a person who reads the log, however many requests go by. */
const dire = (niveau: "warn" | "info", message: string): void =>
  console.log(JSON.stringify({ quand: new Date().toISOString(), niveau, lecture: message }));

function ecarter(raison: string, absente: boolean): void {
  const maintenant = Date.now();
  // Of those that were under way together, the first has said it.
  if (maintenant < ecart.jusqua) return;
  ecart.jusqua = maintenant + ecart.pause;
  ecart.pause = absente ? Math.min(ecart.pause * 2, PAUSE_MAX_MS) : PAUSE_MS;
  if (ecart.ditLe !== undefined && maintenant < ecart.ditLe + REDIRE_MS) return;
  ecart.ditLe = maintenant;
  dire("warn", `listes et rapports lus de la base principale : la base de secours ${raison}`);
}

function reprendre(): void {
  ecart.pause = PAUSE_MS;
  if (ecart.ditLe === undefined || Date.now() < ecart.jusqua + CALME_MS) return;
  ecart.ditLe = undefined;
  dire("info", "listes et rapports relus de la base de secours");
}

/** Where the primary stands as it lets the request in; undefined where no standby may answer it. */
const situer = async (auteur: Auteur): Promise<Point | undefined> =>
  adresse() && Date.now() >= ecart.jusqua
    ? await enUneFois<Point>(auteur, (sql) => sql`private.point_a_lire()`)
    : undefined;

const juger = (sql: postgres.ISql<Record<never, never>>, point: Point) =>
  sql<[{ refus: string | null }]>`
    select private.refus_de_lecture(${sql.json(point)}, ${PATIENCE_MS}) as refus`;

/**
 * What is read in a transaction of the standby, once it has judged itself: of its own statements, each sees what came
 * before.
 */
function surSecours<T>(point: Point, auteur: Auteur, lecture: Appel<T>): Promise<T> {
  let [begun, abandoned] = [false, false];
  const work = secours().ask((sql) =>
    transaction(sql, async (tx) => {
      if (abandoned) throw new Ecartee("ne répond pas");
      begun = true;
      const [juge, dit] = await Promise.allSettled([
        juger(tx, point).execute(),
        // The limit was judged on the primary.
        tx`select private.ouvrir(${presentation(tx, auteur)})`.execute(),
      ]);
      if (juge.status === "rejected") throw juge.reason;
      if (juge.value[0].refus) throw new Ecartee(juge.value[0].refus);
      if (dit.status === "rejected") throw dit.reason;
      const [row] = await tx<[{ valeur: T }]>`select ${lecture(tx)} as valeur`;
      return row.valeur;
    })
  );
  return beginning(work, () => begun, () => abandoned = true, OUVERTURE_MS).catch((error) => {
    throw abandoned ? new Ecartee("ne répond pas") : error;
  });
}

/** A rule's no, or a statement that took its time: the primary would say the same. */
const estReponse = (error: unknown) =>
  error instanceof ProblemError && error.problem.status < 500 ||
  error instanceof postgres.PostgresError && /^(PT4|22|57014)/.test(error.code);

const motDe = (error: unknown) =>
  error instanceof Ecartee
    ? error.message
    : `ne répond pas (${(error as { code?: string }).code ?? ""} ${(error as Error).message})`;

/**
 * A reading: of the standby where it may be, of the primary otherwise, the caller none the wiser. What is noted of it is
 * written on the primary, before it is answered.
 */
export async function faireLecture<T>(
  auteur: Auteur,
  lecture: Appel<T>,
  noter?: (lu: Appel<T>) => Appel,
): Promise<T> {
  // JSON of SQL's making: read as it is.
  const dire = (valeur: Appel<T>) => enUneFois<T>(auteur, valeur);
  const ici = () => dire(noter ? avec(lecture, (lu) => apres(noter(lu), lu)) : lecture);
  const point = await situer(auteur);
  if (point === undefined || Date.now() < ecart.jusqua) return await ici();
  let lu: T;
  try {
    lu = await surSecours(point, auteur, lecture);
  } catch (error) {
    if (estReponse(error)) throw error;
    ecarter(motDe(error), !(error instanceof Ecartee));
    return await ici();
  }
  reprendre();
  if (noter) {
    await enUneFois(
      auteur,
      apres(noter((sql) => sql`${sql.json(lu as postgres.JSONValue)}`), (sql) => sql`true`),
    );
  }
  return lu;
}

/** Where lists and reports are read from now: tried for real. Undefined where no standby is set. */
export async function etatLecture(): Promise<{ secours: boolean; constat: string } | undefined> {
  if (!adresse()) return undefined;
  try {
    const [{ point }] = await auNomDuProjet((sql) =>
      sql<[{ point: Point }]>`select private.point_a_lire() as point`
    );
    const [{ refus }] = await beginning(
      secours().ask((sql) => juger(sql, point)),
      undefined,
      undefined,
      OUVERTURE_MS,
    );
    return refus
      ? { secours: false, constat: `la base de secours ${refus}` }
      : { secours: true, constat: "la base de secours a tout ce que la principale a acquitté" };
  } catch (error) {
    return { secours: false, constat: `la base de secours ${motDe(error)}` };
  }
}
