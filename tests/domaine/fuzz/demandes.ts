// Requests to every door that ops/openapi.json describes, and to /rest/v1: right, nearly right, and hostile.
import fc from "fast-check";
import { type Ids, jsonHostile, objet, type Schema, selon, texteHostile } from "./valeurs.ts";

export interface Demande {
  /** Whose token it carries. */
  role: string;
  methode: string;
  /** Path and query, as sent. */
  adresse: string;
  entetes: Record<string, string>;
  corps?: string;
}

const mot = (text: string) => {
  try {
    return encodeURIComponent(text);
  } catch {
    // A lone surrogate has no encoding: sent as the bytes another program would have sent.
    return "%ED%A0%80";
  }
};
const brut = (json: string) => json.startsWith('"') ? JSON.parse(json) as string : json;

const CHEMINS = [
  "%2e%2e%2fops%2flive",
  "..;/",
  "%00",
  "%ff",
  "%2f",
  "a/../b",
  ".",
  "%",
  "%zz",
  "*",
  "~root",
  "x".repeat(5_000),
];

const TYPES = [
  "application/json",
  "text/plain",
  "application/x-www-form-urlencoded",
  "multipart/form-data; boundary=x",
  "application/xml",
  "application/json; charset=utf-16",
  "image/png",
  "",
  "application/json, text/html",
];

/** Text of a body that a schema describes, spoilt in one of the ways bodies are. */
function corps(schema: Schema, racine: Schema, ids: Ids): fc.Arbitrary<string> {
  const juste = selon(schema, racine, ids);
  const champs = juste.map((text) => {
    const value = JSON.parse(text);
    return Object.entries(value).map(([key, one]) => [key, JSON.stringify(one)] as [string, string]);
  });
  const abime = fc.record({ champs, lequel: fc.nat(), valeur: jsonHostile, comment: fc.nat(3) })
    .map(({ champs, lequel, valeur, comment }) => {
      const at = lequel % Math.max(champs.length, 1);
      const name = champs[at]?.[0] ?? "x";
      if (comment === 0) return objet([...champs.slice(0, at), ...champs.slice(at + 1)]);
      if (comment === 1) return objet([...champs, [name, valeur]]);
      if (comment === 2) return objet([...champs, ["role", valeur]]);
      return objet([...champs.slice(0, at), [name, valeur], ...champs.slice(at + 1)]);
    });
  return fc.oneof(
    { weight: 5, arbitrary: juste },
    { weight: 6, arbitrary: abime },
    { weight: 1, arbitrary: jsonHostile },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        "",
        "{",
        "[]",
        "null",
        '{"a":}',
        "\u0000",
        "a=1&b=2",
        '{"a":1}{"b":2}',
        "\ufeff{}",
      ),
    },
  );
}

function parametres(liste: Schema[], racine: Schema, ids: Ids): fc.Arbitrary<string> {
  const juste = fc.record(
    Object.fromEntries(liste.map(({ name, schema }) => [name, selon(schema, racine, ids, name).map(brut)])),
    { requiredKeys: [] },
  ).map((fields) => Object.entries(fields));
  const nom = fc.constantFrom(
    ...liste.map(({ name }) => name as string),
    "inconnu",
    "select",
    "order",
    "__proto__",
  );
  const mauvais = fc.oneof({ weight: 2, arbitrary: fc.constant([]) }, {
    weight: 1,
    arbitrary: fc.array(fc.tuple(nom, texteHostile), { maxLength: 2 }),
  });
  return fc.tuple(juste, mauvais)
    .map(([justes, mauvais]) =>
      [...justes, ...mauvais].map(([key, value]) => `${mot(key as string)}=${mot(value as string)}`).join("&")
    );
}

const entetes = fc.oneof({ weight: 2, arbitrary: fc.constant({}) }, {
  weight: 1,
  arbitrary: fc.record({
    "content-type": fc.constantFrom(...TYPES),
    accept: fc.constantFrom(
      "application/json",
      "text/csv",
      "*/*",
      "text/html",
      ";;;",
      "application/json;q=abc",
    ),
    "idempotency-key": fc.oneof(
      fc.uuid(),
      fc.constantFrom("a", "x".repeat(255), "x".repeat(256), "é", " ", "'; --"),
    ),
  }, { requiredKeys: [] }),
}).map((all) =>
  // What fetch itself would not send is no attack on us.
  Object.fromEntries(Object.entries(all).filter(([, value]) => /^[\x20-\xff]*$/.test(value!))) as Record<
    string,
    string
  >
);

/** No longer than a client can send. */
const envoyable = (adresse: string) => adresse.slice(0, 12_000);

/** Requests to the doors. */
export function versLesPortes(document: Schema, roles: string[], ids: Ids): fc.Arbitrary<Demande> {
  const portes = Object.entries<Schema>(document.paths).flatMap(([chemin, methodes]) =>
    Object.entries<Schema>(methodes).map(([methode, operation]) => {
      const dans = (where: string) => (operation.parameters ?? []).filter((one: Schema) => one.in === where);
      const chemins = dans("path").map(({ schema }: Schema) =>
        fc.oneof(
          {
            weight: 12,
            arbitrary: selon(schema, document, ids, chemin.split("/")[1]).map((text) => mot(brut(text))),
          },
          { weight: 1, arbitrary: texteHostile.map(mot) },
          { weight: 1, arbitrary: fc.constantFrom(...CHEMINS) },
        )
      );
      // A form has hostile files of its own (documents): here its door is knocked at without one.
      const schema = operation.requestBody?.content["application/json"]?.schema;
      return fc.record({
        role: fc.constantFrom(...roles),
        methode: fc.oneof({ weight: 30, arbitrary: fc.constant(methode.toUpperCase()) }, {
          weight: 1,
          arbitrary: fc.constantFrom("GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS"),
        }),
        morceaux: fc.tuple(...chemins) as fc.Arbitrary<string[]>,
        query: parametres(dans("query"), document, ids),
        entetes,
        corps: schema ? corps(schema, document, ids) : fc.constant(undefined),
      }).map(({ morceaux, query, ...reste }): Demande => {
        const rest = [...morceaux];
        const path = chemin.replace(/\{\w+\}/g, () => rest.shift()!);
        return { ...reste, adresse: envoyable(`/functions/v1${path}${query && `?${query}`}`) };
      });
    })
  );
  return fc.oneof(...portes);
}

const OPERATEURS = [
  "eq",
  "neq",
  "gt",
  "lt",
  "like",
  "ilike",
  "in",
  "is",
  "cs",
  "cd",
  "fts",
  "not.eq",
  "ov",
  "match",
  "xx",
];

/** Requests to /rest/v1: filters, columns, orders, embeddings, insertions and calls, on what there is and what there isn't. */
export function versRest(
  catalogue: { relations: { nom: string; colonnes: string[] }[]; fonctions: string[] },
  roles: string[],
  ids: Ids,
): fc.Arbitrary<Demande> {
  const valeur = fc.oneof(
    fc.constantFrom(...Object.values(ids).flat()),
    texteHostile,
    fc.constantFrom("1", "(1,2)", "{a}", "null", "*"),
  );
  const table = fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom(...catalogue.relations) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        ...["users", "refus", "blocs_journal", "pg_authid", "auth.users", "private.refus", "%2e%2e"]
          .map((nom) => ({ nom, colonnes: ["id"] })),
      ),
    },
  );
  const lecture = table.chain(({ nom, colonnes }) => {
    const colonne = fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...colonnes) }, {
      weight: 1,
      arbitrary: texteHostile.map((text) => text.slice(0, 60)),
    });
    const filtre = fc.tuple(colonne, fc.constantFrom(...OPERATEURS), valeur)
      .map(([one, operateur, value]) => `${mot(one)}=${operateur}.${mot(value)}`);
    const autre = fc.oneof(
      fc.tuple(
        fc.constantFrom("select", "order", "limit", "offset", "or", "and", "on_conflict", "columns"),
        valeur,
      )
        .map(([key, value]) => `${key}=${mot(value)}`),
      colonne.map((one) => `select=${mot(one)},${mot(`${one}::text`)},depots(*)`),
      colonne.map((one) => `or=(${mot(one)}.eq.1,and(id.is.null))`),
    );
    return fc.record({
      role: fc.constantFrom(...roles),
      methode: fc.constantFrom("GET", "GET", "GET", "HEAD", "POST", "PATCH", "DELETE"),
      query: fc.array(fc.oneof(filtre, autre), { minLength: 1, maxLength: 3 }),
      entetes,
      corps: fc.oneof(jsonHostile, fc.tuple(colonne, jsonHostile).map((field) => objet([field]))),
    }).map(({ query, methode, corps, ...reste }): Demande => ({
      ...reste,
      methode,
      adresse: envoyable(`/rest/v1/${nom}?${query.join("&")}`),
      ...(methode !== "GET" && methode !== "HEAD" && { corps }),
    }));
  });
  const appel = fc.record({
    role: fc.constantFrom(...roles),
    fonction: fc.constantFrom(...catalogue.fonctions, "refuser", "pg_sleep", "sceller_journal"),
    entetes,
    corps: fc.oneof(
      jsonHostile,
      fc.tuple(fc.constantFrom("p_id", "p_date", "p_reason", "p_sortie", "p_bloc"), jsonHostile).map((
        field,
      ) => objet([field])),
    ),
  }).map(({ fonction, ...reste }): Demande => ({
    ...reste,
    methode: "POST",
    adresse: `/rest/v1/rpc/${fonction}`,
  }));
  return fc.oneof({ weight: 3, arbitrary: lecture }, { weight: 1, arbitrary: appel });
}
