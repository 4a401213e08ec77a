// The story of the examples as a Postman collection (v2.1), to be run from its first request to its last against a depot of
// one's own: what an answer gives goes into a variable, and the next request says it.
import { createHash } from "node:crypto";
import type { Exemple, Valeur, Valeurs } from "../supabase/exemples/exemple.ts";
import { join } from "node:path";
import { ROOT } from "../ops/commun/settings.ts";
import type { Chapitre } from "../supabase/exemples/histoire.ts";

export const COLLECTION_FILE = join(ROOT, "docs/contrats/collection.json");

/** What the collection asks: nothing that needs a phone, or a file beside it, nor what such an answer is then asked about. */
function dansLaCollection(chapitres: Chapitre[]): Chapitre[] {
  const tus = new Set<string>();
  const ailleurs = (exemple: Exemple): boolean => {
    const hors = exemple.fichier !== undefined || exemple.porte.includes(" /securite/") ||
      [...JSON.stringify(exemple).matchAll(/"@(\w+)\./g)].some(([, nom]) => tus.has(nom!));
    if (hors && exemple.nom) tus.add(exemple.nom);
    return hors;
  };
  return chapitres.map(({ domaine, exemples }) => ({
    domaine,
    exemples: exemples.filter((exemple) => !ailleurs(exemple)),
  })).filter(({ exemples }) => exemples.length);
}

const variable = (valeur: string) => valeur.slice(1).replaceAll(".", "_");

/** « @camion.id » as the collection says it. */
function dire(valeur: Valeur): Valeur {
  if (Array.isArray(valeur)) return valeur.map(dire);
  if (valeur !== null && typeof valeur === "object") return direTout(valeur);
  if (typeof valeur !== "string" || !valeur.startsWith("@")) return valeur;
  return `{{${variable(valeur)}}}`;
}
const direTout = (valeurs: Valeurs): Valeurs =>
  Object.fromEntries(Object.entries(valeurs).map(([champ, une]) => [champ, dire(une)]));

/** The paths into an answer that later requests speak of. */
function cites(chapitres: Chapitre[]): Map<string, string[]> {
  const trouves = [...JSON.stringify(chapitres).matchAll(/"@(\w+)\.([\w.]+)"/g)];
  const par = Map.groupBy(trouves, ([, nom]) => nom!);
  return new Map(
    [...par].map(([nom, citations]) => [nom, [...new Set(citations.map(([, , chemin]) => chemin!))]]),
  );
}

const script = (listen: string, exec: string[]) => ({ listen, script: { type: "text/javascript", exec } });

/** A service that is not ready says so, and has answered. */
const attendus = (porte: string, statut: number) => porte === "GET /ops/ready" ? [statut, 503] : [statut];

function epreuves(exemple: Exemple, statut: number, gardes: string[]) {
  const bons = JSON.stringify(attendus(exemple.porte, statut));
  return script("test", [
    `pm.test("${exemple.porte} : ${statut}", () => pm.expect(pm.response.code).to.be.oneOf(${bons}));`,
    ...gardes.map((chemin) =>
      `pm.collectionVariables.set("${exemple.nom}_${chemin.replaceAll(".", "_")}", ` +
      `pm.response.json()${chemin.split(".").map((champ) => `[${JSON.stringify(champ)}]`).join("")});`
    ),
  ]);
}

function demande(exemple: Exemple, statut: number, gardes: string[]) {
  const [methode, chemin] = exemple.porte.split(" ") as [string, string];
  const params = direTout(exemple.params ?? {});
  const adresse = `{{api}}/functions/v1${chemin.replace(/\{(\w+)\}/g, (_, nom) => String(params[nom]))}`;
  const query = Object.entries(direTout(exemple.query ?? {})).map(([key, value]) => ({
    key,
    value: String(value),
  }));
  return {
    name: `${exemple.porte}${exemple.nom ? ` (${exemple.nom})` : ""}`,
    request: {
      method: methode,
      header: [
        { key: "apikey", value: "{{cle_anonyme}}" },
        { key: "Authorization", value: `Bearer {{jeton_${exemple.par ?? "admin"}}}` },
        ...(methode === "POST" ? [{ key: "Idempotency-Key", value: "{{$guid}}" }] : []),
        ...(exemple.corps ? [{ key: "Content-Type", value: "application/json" }] : []),
      ],
      url: {
        raw: `${adresse}${
          query.length ? `?${query.map(({ key, value }) => `${key}=${value}`).join("&")}` : ""
        }`,
        host: ["{{api}}"],
        path: adresse.split("/").slice(1),
        ...(query.length && { query }),
      },
      ...(exemple.corps && {
        body: {
          mode: "raw",
          raw: JSON.stringify(direTout(exemple.corps), null, 2),
          options: { raw: { language: "json" } },
        },
      }),
    },
    event: [epreuves(exemple, statut, gardes)],
  };
}

const ROLES = ["admin", "directeur", "gerant", "operateur", "pca", "lecture"];

/** Everybody signs in first. */
const connexions = () => ({
  name: "connexion",
  item: ROLES.map((role) => ({
    name: `se connecter : ${role}`,
    request: {
      method: "POST",
      header: [{ key: "apikey", value: "{{cle_anonyme}}" }, {
        key: "Content-Type",
        value: "application/json",
      }],
      url: {
        raw: "{{api}}/auth/v1/token?grant_type=password",
        host: ["{{api}}"],
        path: ["auth", "v1", "token"],
        query: [{ key: "grant_type", value: "password" }],
      },
      body: {
        mode: "raw",
        raw: JSON.stringify({ email: `${role}@demo.monaluxe.test`, password: "{{mot_de_passe}}" }, null, 2),
        options: { raw: { language: "json" } },
      },
    },
    event: [
      script("test", [
        `pm.test("${role} est connecté", () => pm.response.to.have.status(200));`,
        `pm.collectionVariables.set("jeton_${role}", pm.response.json().access_token);`,
      ]),
    ],
  })),
});

/** The collection; `statuts` says what each door answers when it does what it is asked. */
export function collection(chapitres: Chapitre[], statuts: Map<string, number>): string {
  const cites_ = cites(chapitres);
  const item = dansLaCollection(chapitres).map(({ domaine, exemples }) => ({
    name: domaine,
    item: exemples.map((exemple) =>
      demande(exemple, statuts.get(exemple.porte)!, exemple.nom ? cites_.get(exemple.nom) ?? [] : [])
    ),
  }));
  const hex = createHash("sha256").update("monaluxe").digest("hex");
  const document = {
    info: {
      _postman_id: `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${
        hex.slice(20, 32)
      }`,
      name: "Monaluxe",
      description:
        "Les exemples de l'API dans leur ordre, contre un dépôt d'essai neuf : api, cle_anonyme (npm run -s status), mot_de_passe.",
      schema: "https://schema.getpostman.com/json/collection/v2.1.0/collection.json",
    },
    event: [
      script("prerequest", [
        'pm.collectionVariables.set("aujourdhui", new Date(Date.now() + 2 * 3600000).toISOString().slice(0, 10));',
        'pm.collectionVariables.set("maintenant", new Date().toISOString());',
        'pm.collectionVariables.set("bientot", new Date(Date.now() + 7 * 86400000).toISOString());',
      ]),
    ],
    variable: [
      { key: "api", value: "http://127.0.0.1:54321" },
      { key: "cle_anonyme", value: "" },
      { key: "mot_de_passe", value: "monaluxe-demo" },
    ],
    item: [connexions(), ...item],
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}
