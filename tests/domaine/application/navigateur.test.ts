// From a page of another origin, in a real browser: what Flutter Web and supabase-js send must be let through.
import assert from "node:assert/strict";
import { join } from "node:path";
import { ROOT } from "../../../ops/commun/settings.ts";
import { createUser } from "../../../ops/pile/demo_users.ts";
import { monde, sql, status, test } from "../../support/monde.ts";
import { ouvrirNavigateur } from "../../support/navigateur.ts";

const PASSWORD = "un mot de passe de test";

/** A page that does nothing but bring the client library, from a port that is not the API's. */
function servirPage() {
  return Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: () => {} }, async (request) => {
    if (new URL(request.url).pathname === "/supabase.js") {
      const bundle = join(ROOT, "node_modules/@supabase/supabase-js/dist/umd/supabase.js");
      return new Response(await Deno.readFile(bundle), { headers: { "content-type": "text/javascript" } });
    }
    return new Response("<!doctype html><title>Essai</title><script src=supabase.js></script>", {
      headers: { "content-type": "text/html" },
    });
  });
}

/** What a client of each kind adds to its requests, so that the browser asks first. */
const EN_TETES = {
  "supabase_flutter 1.x": {
    "x-client-info": "supabase-flutter/1.10.25",
    "accept-profile": "public",
    prefer: "count=exact",
  },
  "supabase_flutter 2.x": {
    "x-client-info": "supabase-flutter/2.10.0",
    "x-supabase-api-version": "2024-01-01",
    "x-supabase-client-platform": "web",
    "x-supabase-client-runtime": "dart",
    "x-region": "eu-west-3",
    "accept-profile": "public",
    range: "0-9",
    "range-unit": "items",
  },
  "l'app de demain": {
    "idempotency-key": "essai",
    "x-request-id": "essai",
    "if-match": '"1"',
    prefer: "return=representation",
  },
};

test("a browser on another origin signs in, reads, writes, calls, is refused and signs out", async (t) => {
  const m = await monde();
  const email = `${crypto.randomUUID()}@test.monaluxe.test`;
  await createUser(sql, { email, password: PASSWORD, role: "gerant", depotId: m.depot, nom: email });
  const page = servirPage();
  const navigateur = await ouvrirNavigateur();
  const adresse = `http://localhost:${page.addr.port}/`;
  const valeurs = JSON.stringify({ ...status, ...m, email, PASSWORD, EN_TETES });
  const executer = <T>(corps: string) =>
    navigateur.executer<T>(
      adresse,
      `const v = ${valeurs}; const client = supabase.createClient(v.API_URL, v.ANON_KEY);
      const bien = ({ data, error }) => { if (error) throw new Error(JSON.stringify(error) + error.message); return data; };
      ${corps}`,
    );
  try {
    await t.step("with supabase-js", async () => {
      const vu = await executer<Record<string, unknown>>(`
        const { user } = bien(await client.auth.signInWithPassword({ email: v.email, password: v.PASSWORD }));
        const { session } = bien(await client.auth.refreshSession());
        const { count } = await client.from("depots").select("*", { count: "exact", head: true });
        const lues = bien(await client.from("citernes").select("nom, depots(nom)").order("nom").range(0, 0));
        const camion = bien(await client.from("cours_de_route").insert({ fournisseur_id: v.fournisseur,
          depot_destination_id: v.depot, produit_id: v.produit, plaque_camion: crypto.randomUUID(), volume: 10 }).select("id, statut").single());
        bien(await client.from("cours_de_route").update({ note: "web" }).eq("id", camion.id));
        const stock = bien(await client.rpc("get_last_stock_ambiant", { p_citerne: v.citernes[0], p_produit: v.produit }));
        const porte = bien(await client.functions.invoke("stocks/actuel", { method: "GET", region: "eu-west-3" }));
        const refus = await client.functions.invoke("sorties", { body: { volume_ambiant: -1 }, headers: { "idempotency-key": "a" } });
        const inconnue = await client.functions.invoke("nulle-part", { body: {} });
        const { error: sortie } = await client.auth.signOut();
        return { id: user.id, suite: !!session, count, lues: lues.length, statut: camion.statut, stock, porte: Array.isArray(porte.data),
          refus: (await refus.error.context.json()).code, inconnue: (await inconnue.error.context.json()).code, sortie };`);
      assert.match(String(vu.id), /^[0-9a-f-]{36}$/);
      delete vu.id;
      assert.deepEqual(vu, {
        suite: true,
        count: 1,
        lues: 1,
        statut: "CHARGEMENT",
        stock: 0,
        porte: true,
        refus: "VALIDATION",
        inconnue: "PORTE_INCONNUE",
        sortie: null,
      });
    });
    for (const qui of Object.keys(EN_TETES)) {
      await t.step(`with the headers of ${qui}`, async () => {
        const statuts = await executer<Record<string, number>>(`
          const { session } = bien(await client.auth.signInWithPassword({ email: v.email, password: v.PASSWORD }));
          const headers = { apikey: v.ANON_KEY, authorization: "Bearer " + session.access_token, "content-type": "application/json",
            ...v.EN_TETES[${JSON.stringify(qui)}] };
          const demandes = {
            lire: ["rest/v1/depots?select=nom"],
            rpc: ["rest/v1/rpc/get_last_stock_ambiant", { method: "POST", body: JSON.stringify({ p_citerne: v.citernes[0], p_produit: v.produit }) }],
            modifier: ["rest/v1/profils?id=eq." + crypto.randomUUID(), { method: "PATCH", body: "{}" }],
            supprimer: ["rest/v1/clients?id=eq." + crypto.randomUUID(), { method: "DELETE" }],
            soi: ["auth/v1/user"],
            porte: ["functions/v1/stocks/actuel"],
            sortir: ["auth/v1/logout?scope=local", { method: "POST", body: "{}" }],
          };
          const dits = {};
          for (const [nom, [chemin, init]] of Object.entries(demandes)) {
            dits[nom] = await fetch(v.API_URL + "/" + chemin, { headers, ...init }).then(({ status }) => status, () => 0);
          }
          return dits;`);
        // 0: the browser did not let the page have the answer. What the answer is, other tests say.
        assert.deepEqual(
          Object.entries(statuts).filter(([, statut]) => statut === 0),
          [],
          JSON.stringify(statuts),
        );
        assert.equal(Math.floor(statuts.lire! / 100), 2, JSON.stringify(statuts));
      });
    }
  } finally {
    await navigateur.fermer();
    await page.shutdown();
  }
});
