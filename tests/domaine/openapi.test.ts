import assert from "node:assert/strict";
import { achatsEtAlertes } from "./achats/reponses.ts";
import { reponsesDeSecurite } from "./securite/reponses.ts";
import { documents } from "./documents/reponses.ts";
import { reponsesDuJaugeage } from "./jaugeage/reponses.ts";
import { reponsesDesTransferts } from "./transferts/reponses.ts";
import { ventes } from "./ventes/reponses.ts";
import { comptesPartenaires } from "./partenaires/reponses.ts";
import { reponsesDesPaiements } from "./paiements/reponses.ts";
import { reponsesDesRapports } from "./rapports/reponses.ts";
import { Validator } from "@seriousme/openapi-schema-validator";
import { z } from "zod";
import { type Code, CODES_FILE, ecrireCodes } from "../../developpement/codes.ts";
import { describeApi, OPENAPI_FILE } from "../../developpement/openapi.ts";
import type { UnActe } from "../../supabase/functions/_shared/acte.ts";
import { lireEcrits } from "../../supabase/exemples/histoire.ts";
import { envoyer, lotDe, sortie } from "./synchronisation/telephone.ts";
import { listDomains } from "../../ops/pile/functions.ts";
import type { Refusal } from "../../ops/pile/refusal.ts";
import { fetchPorte, monde, sql, test } from "../support/monde.ts";

test("the description is OpenAPI 3.1 for an independent validator", async () => {
  const validator = new Validator();
  const { valid, errors } = await validator.validate(JSON.parse(await Deno.readTextFile(OPENAPI_FILE)));
  assert.ok(valid, JSON.stringify(errors));
  assert.equal(validator.version, "3.1");
});

test("the description in the tree is what the schemas generate today (npm run openapi)", async () => {
  assert.equal(await Deno.readTextFile(OPENAPI_FILE), await describeApi());
  assert.equal(await Deno.readTextFile(CODES_FILE), await ecrireCodes());
});

test("GET ops/openapi.json answers the description, without a token", async () => {
  const answer = await fetchPorte("ops/openapi.json");
  assert.equal(answer.status, 200);
  assert.deepEqual(await answer.json(), JSON.parse(await Deno.readTextFile(OPENAPI_FILE)));
});

test("the database refuses by the codes that the doors publish, in the same words", async () => {
  const publies: Code[] = JSON.parse(await Deno.readTextFile(CODES_FILE));
  const refus = await sql<Code[]>`select code, statut_http, phrase, sens, conduite from private.refus`;
  assert.ok(refus.length > 0);
  for (const ligne of refus) assert.deepEqual(publies.find(({ code }) => code === ligne.code), { ...ligne });
});

test("a refusal's type is an address that says what the code means and what to do, to a program and to a person", async () => {
  const m = await monde();
  const lecture = await m.personne("lecture");
  const refuse = await lecture.call("POST", "stocks/prises-de-hauteur", {
    citerne_id: m.citernes[0],
    volume_mesure: 1,
  })
    .then(() => assert.fail("refusée"), (refusal: Refusal) => refusal.problem);
  assert.equal(refuse.code, "ROLE_FORBIDDEN");
  const json = await fetch(refuse.type);
  assert.equal(json.status, 200);
  const dit: Code = await json.json();
  assert.equal(dit.code, "ROLE_FORBIDDEN");
  assert.ok(dit.sens && dit.conduite);
  const page = await fetch(refuse.type, { headers: { accept: "text/html,application/xhtml+xml" } });
  assert.match(page.headers.get("content-type")!, /^text\/html/);
  assert.ok((await page.text()).includes(dit.statut_http.toString()));
  const inconnu = await fetchPorte("ops/codes/%3Cscript%3E");
  assert.equal(inconnu.status, 404);
  assert.equal((await inconnu.json()).code, "CODE_INCONNU");
});

test("what the doors answer has the shape they describe", async (t) => {
  const m = await monde();
  const [admin, gerant] = await Promise.all([m.personne("admin"), m.personne("gerant")]);
  const reception = await m.recevoir(10_000, { temperature_ambiante_c: 22, note: "avec une note" });
  const { data: [{ id: profil }] } = await gerant.call<{ data: [{ id: string }] }>("GET", "profils");
  const [draft, other] = [await m.rediger(10), await m.rediger(20)];
  const calcul = {
    groupe: "B",
    densite_observee_kgm3: 837,
    temperature_produit_c: 20,
    volume_observe_l: 1_000,
  };
  const transfert = {
    citerne_source_id: m.citernes[0],
    citerne_destination_id: m.citernes[1],
    volume_ambiant: 10,
    temperature_ambiante_c: 15,
  };
  const ajustement = {
    mouvement_type: "RECEPTION",
    mouvement_id: reception.id,
    delta_ambiant: 1,
    delta_15c: 1,
    reason: "essai des formes",
  };
  const lot = lotDe([sortie(m, 1), { ...sortie(m, 1), acte: "profils" }]);
  const answers: Record<string, () => Promise<unknown>> = {
    "receptions POST /": () => Promise.resolve(reception),
    "stocks GET /camions": () => gerant.call("GET", `stocks/camions?depot_id=${m.depot}`),
    "receptions GET /": () => gerant.call("GET", `receptions?depot_id=${m.depot}`),
    "receptions GET /:id": () => gerant.call("GET", `receptions/${reception.id}`),
    "cours-de-route POST /": async () => gerant.call("GET", `cours-de-route/${await m.camionArrive()}`),
    "cours-de-route GET /": () => gerant.call("GET", `cours-de-route?depot_id=${m.depot}`),
    "cours-de-route GET /:id": async () => gerant.call("GET", `cours-de-route/${await m.camionArrive()}`),
    "cours-de-route POST /:id/statut": async () =>
      gerant.call("GET", `cours-de-route/${await m.camionArrive()}`),
    "cours-de-route POST /:id/annuler": async () =>
      gerant.call("POST", `cours-de-route/${await m.camionArrive()}/annuler`, { motif: "Camion accidenté" }),
    "sorties POST /": () => Promise.resolve(draft),
    "sorties GET /": () => gerant.call("GET", `sorties?depot_id=${m.depot}`),
    "sorties GET /:id": () => gerant.call("GET", `sorties/${draft.id}`),
    "sorties POST /:id/valider": () => gerant.call("POST", `sorties/${draft.id}/valider`),
    "sorties POST /:id/rejeter": () => gerant.call("POST", `sorties/${other.id}/rejeter`, { motif: "essai" }),
    "stocks GET /actuel": () => gerant.call("GET", `stocks/actuel?depot_id=${m.depot}`),
    "stocks GET /journaliers": () => gerant.call("GET", `stocks/journaliers?depot_id=${m.depot}`),
    "stocks GET /mouvements": () => gerant.call("GET", `stocks/mouvements?depot_id=${m.depot}`),
    "stocks GET /kpi": () => gerant.call("GET", `stocks/kpi?depot_id=${m.depot}`),
    "stocks POST /ajustements": () => admin.call("POST", "stocks/ajustements", ajustement),
    "stocks POST /initiaux": () =>
      admin.call("POST", "stocks/initiaux", {
        citerne_id: m.citernes[1],
        proprietaire_type: "PARTENAIRE",
        volume_ambiant: 100,
        volume_15c: 99,
        motif: "essai des formes",
      }),
    ...await comptesPartenaires(m),
    "stocks POST /transferts": () => gerant.call("POST", "stocks/transferts", transfert),
    "stocks GET /transferts": () => gerant.call("GET", `stocks/transferts?depot_id=${m.depot}`),
    ...await reponsesDesTransferts(m),
    ...await reponsesDuJaugeage(m),
    "stocks GET /citernes": () => gerant.call("GET", `stocks/citernes?depot_id=${m.depot}`),
    "stocks GET /ecarts": () => gerant.call("GET", `stocks/ecarts?depot_id=${m.depot}`),
    "astm POST /convertir": () =>
      gerant.call("POST", "astm/convertir", {
        quantite: 30,
        unite: "T_AIR",
        densite_a_15_kgm3: 840,
        temperature_produit_c: 25,
      }),
    "astm POST /calculer": () => gerant.call("POST", "astm/calculer", calcul),
    // The flag it is behind belongs to bascule.test.ts, which asks it through its door: here, the rows it answers.
    "astm POST /comparer": async () => ({
      data: (await sql`select to_jsonb(c) as ligne from astm.comparer() c`).map(({ ligne }) => ligne),
      next_cursor: null,
    }),
    ...await achatsEtAlertes(m),
    ...await ventes(m),
    ...await reponsesDeSecurite(await monde()),
    ...await reponsesDesRapports(m),
    ...await reponsesDesPaiements(await monde()),
    // Once there is a delivery note to number.
    ...await documents(m),
    "kpi GET /tableau": () => gerant.call("GET", `kpi/tableau?depot_id=${m.depot}`),
    "journal GET /": () => admin.call("GET", `journal?depot_id=${m.depot}`),
    "journal GET /verification": () => admin.call("GET", "journal/verification"),
    "synchronisation POST /": () => envoyer(gerant, lot),
    "synchronisation GET /:lot": () => gerant.call("GET", `synchronisation/${lot.lot}`),
    "flags GET /": () => gerant.call("GET", "flags"),
    "profils GET /": () => admin.call("GET", `profils?depot_id=${m.depot}`),
    "profils GET /:id": () => admin.call("GET", `profils/${profil}`),
    "profils POST /": () =>
      admin.call("POST", "profils", {
        email: `${crypto.randomUUID()}@test.monaluxe.test`,
        nom_complet: "essai des formes",
        role: "pca",
      }),
    "profils PUT /:id": () => admin.call("PUT", `profils/${profil}`, { nom_complet: "essai" }),
    "profils POST /:id/desactiver": () => admin.call("POST", `profils/${profil}/desactiver`),
    "profils POST /:id/reactiver": () => admin.call("POST", `profils/${profil}/reactiver`),
    "flags PUT /:key": () => admin.call("PUT", "flags/sortie_directe_compat", { enabled: false }),
  };
  const ecrits = await lireEcrits();
  for (const domain of (await listDomains()).filter((name) => name !== "ops")) {
    const { actes }: { actes: UnActe[] } = await import(`../../supabase/functions/${domain}/actes.ts`);
    for (const acte of actes) {
      const name = `${domain} ${acte.methode} ${acte.chemin}`;
      await t.step(name, async () => {
        const porte = `${acte.methode} ${
          `/${domain}${acte.chemin}`.replace(/\/$/, "").replace(/:(\w+)/g, "{$1}")
        }`;
        // Its example was sent to a depot, and answered that: tests/domaine/exemples.
        const answer = answers[name] ? await answers[name]() : ecrits[porte]?.reponse;
        assert.ok(answer, `un appel ou un exemple de ${name}`);
        if (acte.methode === "GET" && (answer as { data?: unknown[] }).data) {
          assert.notEqual((answer as { data: unknown[] }).data.length, 0, "une liste vide ne prouve rien");
        }
        // What a paper is drawn from is the drawing's to know: its door says application/pdf.
        const { success, error } = ("fichier" in acte ? acte.reponse : strict(acte.reponse)).safeParse(
          answer,
        );
        assert.ok(success, JSON.stringify(error?.issues));
      });
    }
  }
});

/** A row may not carry a column its description doesn't know: pages and rows are checked strictly. */
function strict(schema: z.ZodType): z.ZodType {
  if (schema instanceof z.ZodUnion) return z.union(schema.options.map((one) => strict(one as z.ZodType)));
  const object = schema as z.ZodObject;
  const data = object.shape.data as z.ZodArray<z.ZodObject> | undefined;
  return data ? object.extend({ data: data.element.strict().array() }) : object.strict();
}

/** The doors that insert into a table, and what a client may write there but not at the door, with the reason. */
const INSERTIONS: Record<string, { table: string; pasALaPorte: string[] }> = {
  // An id is the database's to draw: REST keeps taking one, for clients that draw their own.
  "POST /sorties": { table: "sorties_produit", pasALaPorte: ["id"] },
  // Inserted means validated: statut is granted for the older clients that send it.
  "POST /receptions": { table: "receptions", pasALaPorte: ["created_by", "id", "statut", "validated_by"] },
  "POST /stocks/transferts": { table: "transferts", pasALaPorte: ["id"] },
  "POST /stocks/prises-de-hauteur": { table: "prises_de_hauteur", pasALaPorte: ["id"] },
  "POST /referentiels/compteurs": { table: "compteurs", pasALaPorte: ["id"] },
  "POST /referentiels/depots-amis": { table: "depots_amis", pasALaPorte: ["id", "actif", "created_at"] },
  "POST /referentiels/baremes": { table: "baremes", pasALaPorte: ["id"] },
  // What is of the movement is taken from it; REST keeps taking what the app of today sends.
  "POST /stocks/ajustements": {
    table: "stocks_adjustments",
    pasALaPorte: ["created_by", "depot_id", "id", "produit_id", "proprietaire_type"],
  },
};

test("a door takes the columns that a client may write, no more and no fewer", async (t) => {
  interface Schema {
    $ref?: string;
    properties?: Record<string, unknown>;
    anyOf?: Schema[];
  }
  const document = JSON.parse(await describeApi());
  const champs = ({ $ref, properties, anyOf }: Schema): string[] => {
    if ($ref) return champs(document.components.schemas[$ref.split("/").at(-1)!]);
    return properties ? Object.keys(properties) : champs(anyOf![0]!);
  };
  for (const [porte, { table, pasALaPorte }] of Object.entries(INSERTIONS)) {
    await t.step(porte, async () => {
      const [methode, chemin] = porte.split(" ") as [string, string];
      const { requestBody } = document.paths[chemin][methode.toLowerCase()];
      const [{ accordees }] = await sql<[{ accordees: string[] }]>`
        select array_agg(a.attname::text order by a.attname) as accordees from pg_attribute a
         where a.attrelid = ${`public.${table}`}::regclass and a.attnum > 0 and not a.attisdropped
           and has_column_privilege('authenticated', a.attrelid, a.attnum, 'insert')`;
      const attendus = accordees.filter((colonne) => !pasALaPorte.includes(colonne));
      assert.deepEqual(
        champs(requestBody.content["application/json"].schema).sort(),
        attendus,
        `${porte} et les colonnes accordées de ${table} ne concordent pas`,
      );
    });
  }
});
