// npm run openapi: writes supabase/functions/ops/openapi.json from the schemas that validate requests.
import { join } from "node:path";
import type { ZodObject } from "zod";
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from "zod-openapi";
import type { UnActe } from "../../supabase/functions/_shared/acte.ts";
import { Probleme } from "../../supabase/functions/_shared/schemas.ts";
import { listFunctions } from "../pile/functions.ts";
import { FUNCTIONS_DIR } from "../commun/settings.ts";

export const OPENAPI_FILE = join(FUNCTIONS_DIR, "ops/openapi.json");

const problem = (description: string) => ({
  description,
  content: { "application/problem+json": { schema: Probleme } },
});

const IDEMPOTENCY_KEY = {
  name: "Idempotency-Key",
  in: "header",
  description: "Sent again with the same request, answers what was first answered",
  schema: { type: "string", minLength: 1, maxLength: 255 },
} as const;

function operation(domain: string, acte: UnActe): ZodOpenApiOperationObject {
  const ok = {
    description: acte.resume,
    content: {
      "application/json": { schema: acte.reponse },
      ...("csv" in acte && acte.csv && { "text/csv": { schema: { type: "string" as const } } }),
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
  if ("public" in acte) {
    return {
      ...described,
      security: [],
      responses: { "200": ok, "503": { ...ok, description: "Not ready" } },
    };
  }
  return {
    ...described,
    requestParams: {
      ...(acte.params && { path: acte.params as ZodObject }),
      ...(acte.query && { query: acte.query as ZodObject }),
    },
    ...(acte.methode === "POST" && { parameters: [IDEMPOTENCY_KEY] }),
    ...(acte.corps &&
      { requestBody: { required: true, content: { "application/json": { schema: acte.corps } } } }),
    responses: {
      [acte.statut]: ok,
      "401": problem("No valid session"),
      "403": problem("Not allowed for this role"),
      "404": problem("Not found, or not the caller's to see"),
      "409": problem("Not possible in the present state"),
      "422": problem("Refused as sent"),
      ...(acte.methode !== "GET" && {
        "423": problem("Writes are suspended: nothing was recorded, try again once they are open"),
      }),
      "429": problem("Too many requests in a minute: Retry-After says when to try again"),
      "503": problem("Unavailable: nothing was recorded, try again"),
    },
  };
}

/** The whole API as OpenAPI 3.1, one path item an address. */
export async function describeApi(): Promise<string> {
  const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {};
  for (const domain of await listFunctions()) {
    const { actes }: { actes: UnActe[] } = await import(`../../supabase/functions/${domain}/actes.ts`);
    for (const acte of actes) {
      const address = `/${domain}${acte.chemin}`.replace(/\/$/, "").replace(/:(\w+)/g, "{$1}");
      (paths[address] ??= {})[acte.methode.toLowerCase()] = operation(domain, acte);
    }
  }
  const document = createDocument({
    openapi: "3.1.0",
    info: {
      title: "Monaluxe",
      version: "0.1.0",
      description:
        "Backend of the Monaluxe petroleum depot. Field names are the database's columns; litres, °C, kg/m³.",
    },
    servers: [{ url: "/functions/v1" }],
    security: [{ session: [] }],
    paths: paths as ZodOpenApiPathsObject,
    components: { securitySchemes: { session: { type: "http", scheme: "bearer", bearerFormat: "JWT" } } },
  });
  return `${JSON.stringify(document, null, 2)}\n`;
}

if (import.meta.main) {
  await Deno.writeTextFile(OPENAPI_FILE, await describeApi());
  console.log(`écrit : ${OPENAPI_FILE}`);
}
