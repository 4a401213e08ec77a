// npm run openapi: writes supabase/functions/ops/openapi.json from the schemas that validate requests.
import { join } from "node:path";
import { z, type ZodObject } from "zod";
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from "zod-openapi";
import type { Acte, UnActe } from "../supabase/functions/_shared/acte.ts";
import { Probleme } from "../supabase/functions/_shared/schemas.ts";
import manifest from "../package.json" with { type: "json" };
import { readScript } from "../ops/pile/script.ts";
import { FUNCTIONS_DIR } from "../ops/commun/settings.ts";
import { listDomains } from "../ops/pile/functions.ts";
import { collection, COLLECTION_FILE } from "./collection.ts";
import { CHANGEMENTS_FILE, contratDe, pageDesChangements } from "./contrat.ts";
import { type Ecrits, lireEcrits, lireHistoire } from "../supabase/exemples/histoire.ts";
import { CODES_FILE, codesDesPortes, ecrireCodes, lireCodes } from "./codes.ts";

export const OPENAPI_FILE = join(FUNCTIONS_DIR, "ops/openapi.json");

const STATUTS: Record<string, string> = {
  "401": "No valid session",
  "403": "Not allowed for this person, role or session",
  "404": "Not found, or not the caller's to see",
  "408": "Did not come whole: nothing was recorded, try again",
  "409": "Not possible in the present state",
  "412": "What was read is no longer what is there",
  "413": "Too large",
  "415": "No kind of file that is kept here",
  "422": "Refused as sent",
  "423": "Writes are suspended: nothing was recorded, try again once they are open",
  "429": "Too many requests in a minute: Retry-After says when to try again",
  "503": "Unavailable: nothing was recorded, try again",
};

/** One response a status, shared by every door; which of its codes a door can answer is said at the door. */
async function sharedResponses() {
  const codes = await lireCodes();
  const Code = z.enum(codes.map(({ code }) => code)).meta({
    id: "Code",
    description: "Explained at ops/codes/{code}, the address that the problem gives as its type",
  });
  const schema = Probleme.extend({ code: Code }).meta({
    id: "Probleme",
    description: "RFC 9457 problem details",
  });
  return Object.fromEntries(
    Object.entries(STATUTS).map(([statut, description]) => [
      `Refus${statut}`,
      { description, content: { "application/problem+json": { schema } } },
    ]),
  );
}

const IDEMPOTENCY_KEY = {
  name: "Idempotency-Key",
  in: "header",
  description: "Sent again with the same request, answers what was first answered",
  schema: { type: "string", minLength: 1, maxLength: 255 },
} as const;

const IF_MATCH = {
  name: "If-Match",
  in: "header",
  description: "ETag of what was read: refused where it has changed since (412 VERSION_PERIMEE)",
  schema: { type: "string", pattern: '^((W/)?"[0-9]{1,9}"|\\*)$' },
} as const;

const ETAG = { ETag: { description: "Version of the row", schema: { type: "string" } } } as const;

const IF_NONE_MATCH = {
  name: "If-None-Match",
  in: "header",
  description: "ETag of the answer that the client has",
  schema: { type: "string" },
} as const;

const FICHIER = { fichier: z.string().meta({ description: "The file itself", format: "binary" }) };

/** What is sent: JSON, or a form with a file. */
const corps = ({ corps, formulaire }: Acte) =>
  formulaire
    ? { "multipart/form-data": { schema: (corps as ZodObject).extend(FICHIER) } }
    : { "application/json": { schema: corps! } };

function operation(
  domain: string,
  acte: UnActe,
  codes: Record<string, string[]>,
): ZodOpenApiOperationObject {
  const ok = {
    description: acte.resume,
    ...("versionne" in acte && acte.versionne && { headers: ETAG }),
    content: {
      "application/json": { schema: acte.reponse },
      ...("csv" in acte && acte.csv && { "text/csv": { schema: { type: "string" as const } } }),
      ...("formats" in acte && Object.fromEntries(
        (acte.formats ?? []).map((type) => [type, { schema: { type: "string" as const, format: "binary" } }]),
      )),
      ...("fichier" in acte && typeof acte.fichier?.type === "string" && {
        [acte.fichier.type]: { schema: { type: "string" as const, format: "binary" } },
      }),
    },
  };
  const name = acte.chemin.split("/").filter((part) => part && !part.startsWith(":")).join("-");
  const described = {
    operationId: [acte.methode.toLowerCase(), domain, acte.chemin.includes(":") ? "un" : "", name].filter(
      Boolean,
    ).join("_"),
    summary: acte.resume,
    tags: [domain],
  };
  const refusals = {
    "x-codes": codes,
    responses: Object.fromEntries(
      Object.keys(codes).map((statut) => {
        if (!STATUTS[statut]) throw new Error(`openapi.ts ne dit pas ce que veut dire le statut ${statut}`);
        return [statut, { $ref: `#/components/responses/Refus${statut}` }] as const;
      }),
    ),
  };
  const params = acte.params && { path: acte.params as ZodObject };
  if ("public" in acte) {
    return {
      ...described,
      ...refusals,
      security: [],
      ...(params && { requestParams: params }),
      responses: {
        "200": ok,
        ...(acte.chemin === "/ready" && { "503": { ...ok, description: "Not ready" } }),
        ...refusals.responses,
      },
    };
  }
  return {
    ...described,
    ...refusals,
    requestParams: { ...params, ...(acte.query && { query: acte.query as ZodObject }) },
    ...(acte.methode === "POST" && { parameters: [IDEMPOTENCY_KEY, ...(acte.decide ? [IF_MATCH] : [])] }),
    ...(acte.conditionnel && { parameters: [IF_NONE_MATCH] }),
    ...(acte.corps &&
      { requestBody: { required: true, content: corps(acte) } }),
    responses: {
      [acte.statut]: ok,
      ...(acte.conditionnel && { "304": { description: "Nothing has changed since that ETag" } }),
      ...refusals.responses,
    },
  };
}

interface Operation {
  parameters?: { in: string; name: string; example?: unknown }[];
  requestBody?: { content: Record<string, { example?: unknown }> };
  responses: Record<string, { content?: Record<string, { example?: unknown }> }>;
}

/** Puts beside each request and answer what was really asked and answered (npm run exemples). */
function montrer(paths: Record<string, Record<string, Operation>>, ecrits: Ecrits): void {
  for (const [porte, { params, query, corps, reponse }] of Object.entries(ecrits)) {
    const [methode, chemin] = porte.split(" ") as [string, string];
    const operation = paths[chemin]?.[methode.toLowerCase()];
    // Of a door that is no more: the test of the examples says so.
    if (!operation) continue;
    for (const parametre of operation.parameters ?? []) {
      const dits = { path: params, query }[parametre.in];
      if (dits?.[parametre.name] !== undefined) parametre.example = dits[parametre.name];
    }
    for (const contenu of Object.values(corps ? operation.requestBody?.content ?? {} : {})) {
      contenu.example = corps;
    }
    const reussie = Object.keys(operation.responses).find((statut) => statut.startsWith("2"));
    if (reponse !== undefined) {
      operation.responses[reussie!]!.content!["application/json"]!.example = reponse;
    }
  }
}

/** The whole API as OpenAPI 3.1, one path item an address. */
export async function describeApi(version = manifest.version): Promise<string> {
  const codesDe = await codesDesPortes();
  const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {};
  for (const domain of await listDomains()) {
    const { actes }: { actes: UnActe[] } = await import(`../supabase/functions/${domain}/actes.ts`);
    for (const acte of actes) {
      const address = `/${domain}${acte.chemin}`.replace(/\/$/, "").replace(/:(\w+)/g, "{$1}");
      (paths[address] ??= {})[acte.methode.toLowerCase()] = operation(
        domain,
        acte,
        await codesDe(domain, acte),
      );
    }
  }
  const document = createDocument({
    openapi: "3.1.0",
    info: {
      title: "Monaluxe",
      version,
      description:
        "Backend of the Monaluxe petroleum depot. Field names are the database's columns; litres, °C, kg/m³.",
    },
    servers: [{ url: "/functions/v1" }],
    security: [{ session: [] }],
    paths: paths as ZodOpenApiPathsObject,
    components: {
      responses: await sharedResponses(),
      securitySchemes: { session: { type: "http", scheme: "bearer", bearerFormat: "JWT" } },
    },
  });
  montrer(document.paths as unknown as Record<string, Record<string, Operation>>, await lireEcrits());
  return `${JSON.stringify(document, null, 2)}\n`;
}

/** The story of the examples as a collection, with what the description says each door answers. */
export async function collectionDe(description: string): Promise<string> {
  const { paths } = JSON.parse(description) as { paths: Record<string, Record<string, Operation>> };
  const statuts = new Map(
    Object.entries(paths).flatMap(([chemin, operations]) =>
      Object.entries(operations).map(([methode, { responses }]) =>
        [
          `${methode.toUpperCase()} ${chemin}`,
          Number(Object.keys(responses).find((un) => un.startsWith("2"))),
        ] as const
      )
    ),
  );
  return collection(await lireHistoire(), statuts);
}

if (import.meta.main) {
  await readScript(
    "openapi",
    "Écrit la description des portes, les codes, la collection et la page des changements.",
  );
  await Deno.writeTextFile(CODES_FILE, await ecrireCodes());
  const description = await describeApi();
  await Deno.writeTextFile(OPENAPI_FILE, description);
  await Deno.writeTextFile(COLLECTION_FILE, await collectionDe(description));
  await Deno.writeTextFile(CHANGEMENTS_FILE, await pageDesChangements(contratDe(description)));
  console.log(`écrit : ${[OPENAPI_FILE, CODES_FILE, COLLECTION_FILE, CHANGEMENTS_FILE].join(", ")}`);
}
