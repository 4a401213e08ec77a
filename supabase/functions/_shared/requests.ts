// What came in, read and held to the shapes its act declares.
import type { Context } from "hono";
import { z } from "zod";
import type { Acte, Demande } from "./acte.ts";
import { veutCsv } from "./answers.ts";
import { cleRepetee } from "./cles_repetees.ts";
import { corpsEntier } from "./arrivee.ts";
import type { Env } from "./context.ts";
import { formulaire } from "./formulaire.ts";
import type { Identifiee } from "./idempotency.ts";
import { direFautes } from "./shape_faults.ts";
import { CHAMP } from "./messages.ts";
import { fromZod, invalide, refuser } from "./problems.ts";

const PROFONDEUR = 20;
const MEGAOCTET = 1024 * 1024;
const IDEMPOTENCY_KEY = z.string().regex(/^[\x21-\x7e]{1,255}$/, CHAMP.cle).optional();
/** As ETag gives it, weak or not: proxies that compress make it weak. */
const IF_MATCH = z.object({
  "if-match": z.string().regex(/^(W\/)?"\d{1,9}"$/, CHAMP.version)
    .transform((etag) => Number(etag.replace(/\D/g, ""))),
});
const IF_NONE_MATCH = /^(?:W\/)?"([^"]{1,100})"$/;
/** Of an act that takes none. */
const SANS_PARAMETRE = z.strictObject({});
const UTF8 = new TextDecoder("utf-8", { fatal: true });
/** Parameters of the hosting itself: where it runs a function. No part of what is asked. */
const OF_THE_PLATFORM = ["forceFunctionRegion"];

z.config({ localeError: direFautes });

/** Of any act: what its shapes have made of it. */
export type DemandeLue = Demande<z.ZodType, z.ZodType, z.ZodType>;

function check<S extends z.ZodType>(schema: S | undefined, value: unknown): z.output<S> | undefined {
  if (!schema) return undefined;
  const result = schema.safeParse(value);
  if (!result.success) throw fromZod(result.error);
  return result.data;
}

/** What the address asks, without the platform's own; a parameter said twice could mean either, and is refused. */
function readQuery(c: Context<Env>): Record<string, string> {
  if (!c.req.url.includes("?")) return {};
  const asked = [...new URL(c.req.url).searchParams].filter(([name]) => !OF_THE_PLATFORM.includes(name));
  const query = Object.fromEntries(asked);
  for (const name of Object.keys(query)) {
    if (asked.filter(([other]) => other === name).length > 1) throw invalide(name, CHAMP.repete);
  }
  return query;
}

/** Whether lists and objects lie deeper in each other than any request of ours: level by level, never by recursion. */
function tropProfond(value: unknown): boolean {
  let level = [value];
  for (let depth = 0; level.length; depth++) {
    if (depth > PROFONDEUR) return true;
    level = level.flatMap((one) => typeof one === "object" && one !== null ? Object.values(one) : []);
  }
  return false;
}

/** A body that is no form, whole. */
export async function corpsLu(request: Request): Promise<Uint8Array<ArrayBuffer>> {
  const corps = await corpsEntier(request, MEGAOCTET);
  if (!corps) throw refuser("DEMANDE_TROP_GRANDE");
  return corps;
}

async function readJson(c: Context<Env>): Promise<unknown> {
  const bytes = await corpsLu(c.req.raw);
  let text: string;
  try {
    text = UTF8.decode(bytes);
  } catch {
    throw invalide("", CHAMP.utf8);
  }
  if (text === "") return {};
  // A file sent as it is, for the acts that take one.
  if (c.req.header("content-type")?.startsWith("text/csv")) return { csv: text };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw invalide("", CHAMP.json);
  }
  if (tropProfond(value)) throw invalide("", CHAMP.profondeur);
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw invalide("", CHAMP.objet);
  const repetee = cleRepetee(text, value);
  if (repetee !== undefined) throw invalide(repetee, CHAMP.deux_fois);
  return value;
}

/**
 * The version that was read, of an act that decides on one. A condition that the act would not hold to is refused, not
 * ignored.
 */
function readVersion(acte: Acte, ifMatch: string | undefined): number | undefined {
  if (acte.methode === "GET" || ifMatch === undefined || ifMatch === "*") return undefined;
  if (!acte.decide) throw invalide("if-match", CHAMP.sans_version);
  return check(IF_MATCH, { "if-match": ifMatch })!["if-match"];
}

function readDemande(c: Context<Env>, acte: Acte, query: Record<string, string>, corps: unknown) {
  return {
    version: readVersion(acte, c.req.header("if-match")),
    params: check(acte.params, c.req.param()),
    query: check(acte.query ?? SANS_PARAMETRE, query),
    corps: check(acte.corps, corps),
    csv: acte.csv !== undefined && veutCsv(c),
    // A list of them, or anything else that is not one of ours, is none: the answer is then given whole.
    connue: acte.conditionnel ? c.req.header("if-none-match")?.match(IF_NONE_MATCH)?.[1] : undefined,
  } as DemandeLue;
}

/** What is asked, whole; and what makes it the same as another, where it has an Idempotency-Key. Raises VALIDATION. */
export async function readRequest(
  c: Context<Env>,
  acte: Acte,
): Promise<{ demande: DemandeLue; identifiee?: Identifiee }> {
  readVersion(acte, c.req.header("if-match"));
  const forme = acte.formulaire && await formulaire(c.req.raw, acte.formulaire);
  const corps = forme?.champs ?? (acte.corps ? await readJson(c) : undefined);
  const query = readQuery(c);
  const demande = { ...readDemande(c, acte, query, corps), ...(forme && { fichier: forme.fichier }) };
  const cle = acte.methode === "POST" ? check(IDEMPOTENCY_KEY, c.req.header("idempotency-key")) : undefined;
  if (cle === undefined) return { demande };
  const asked = new URLSearchParams(Object.entries(query).sort());
  const identifiee = {
    cle,
    adresse: `${c.req.method} ${c.req.path}${asked.size ? `?${asked}` : ""}` +
      (demande.version === undefined ? "" : ` "${demande.version}"`),
    corps: forme?.empreinte ?? corps,
  };
  return { demande, identifiee };
}
