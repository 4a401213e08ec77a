import assert from "node:assert/strict";
import { createClient } from "@supabase/supabase-js";
import { ROLES } from "../ops/stack/demo_users.ts";
import { monde, refus, status, stock, test } from "./support/monde.ts";

const WRITERS = ["admin", "directeur", "gerant", "operateur"];
const VALIDATORS = ["admin", "directeur", "gerant"];

test("each role can do its job through the doors, and no more", async (t) => {
  const m = await monde();
  const reception = await m.recevoir(100_000);
  for (const role of ROLES) {
    await t.step(role, async () => {
      const person = await m.personne(role);
      const allowed = async (roles: string[], call: () => Promise<unknown>, what: string) => {
        if (roles.includes(role)) await call();
        else assert.equal((await refus(call())).code, "ROLE_FORBIDDEN", what);
      };
      await allowed(WRITERS, () =>
        person.call("POST", "cours-de-route", {
          fournisseur_id: m.fournisseur,
          depot_destination_id: m.depot,
          produit_id: m.produit,
          plaque_camion: crypto.randomUUID(),
          volume: 1,
        }), "cours de route");
      const truck = await m.camionArrive();
      await allowed(WRITERS, () =>
        person.call("POST", "receptions", {
          cours_de_route_id: truck,
          citerne_id: m.citernes[0],
          volume_ambiant: 1_000,
        }), "réception");
      await allowed(
        WRITERS,
        () => person.call("POST", "sorties", { citerne_id: m.citernes[0], volume_ambiant: 1 }),
        "brouillon",
      );
      const [toValidate, toReject] = [await m.rediger(10), await m.rediger(10)];
      await allowed(VALIDATORS, () => person.call("POST", `sorties/${toValidate.id}/valider`), "valider");
      await allowed(
        VALIDATORS,
        () => person.call("POST", `sorties/${toReject.id}/rejeter`, { motif: "erreur de saisie" }),
        "rejeter",
      );
      await allowed(["admin"], () =>
        person.call("POST", "stocks/ajustements", {
          mouvement_type: "RECEPTION",
          mouvement_id: reception.id,
          delta_ambiant: -1,
          delta_15c: -1,
          reason: "essai de la matrice d'accès",
        }), "ajustement");
      await allowed(
        ["admin"],
        () => person.call("PUT", "flags/sortie_directe_compat", { enabled: false }),
        "flag",
      );
      assert.ok((await stock(person, m.citernes[0])).MONALUXE, "stock");
      const suppliers = await person.supabase.from("fournisseurs").select("id").eq("id", m.fournisseur);
      const seesSuppliers = ["admin", "directeur", "gerant", "pca"].includes(role);
      assert.equal(suppliers.data!.length, seesSuppliers ? 1 : 0, "fournisseurs");
    });
  }
});

test("somebody of another depot sees nothing of this one and cannot tell that it exists", async () => {
  const [here, elsewhere] = await Promise.all([monde(), monde()]);
  await here.recevoir(1_000);
  const draft = await here.rediger(10);
  const truck = await here.camionArrive();
  const stranger = await elsewhere.personne("gerant");
  for (
    const address of ["stocks/actuel", "stocks/journaliers", "stocks/mouvements", "receptions", "sorties"]
  ) {
    const { data } = await stranger.call<{ data: unknown[] }>("GET", `${address}?depot_id=${here.depot}`);
    assert.deepEqual(data, [], address);
  }
  for (const address of [`sorties/${draft.id}`, `cours-de-route/${truck}`]) {
    assert.equal((await refus(stranger.call("GET", address))).code, "INTROUVABLE");
  }
  const unknown = crypto.randomUUID();
  const compare = async (call: (id: string) => Promise<unknown>, id: string) => {
    const [theirs, none] = [await refus(call(id)), await refus(call(unknown))];
    assert.deepEqual([theirs.status, theirs.code, theirs.detail], [none.status, none.code, none.detail]);
  };
  await compare((id) => stranger.call("POST", `sorties/${id}/valider`), draft.id);
  await compare((id) => stranger.call("POST", `cours-de-route/${id}/statut`, { statut: "TRANSIT" }), truck);
  await compare((id) =>
    stranger.call("POST", "receptions", {
      cours_de_route_id: id,
      citerne_id: elsewhere.citernes[0],
      volume_ambiant: 10,
    }), truck);
  await compare(
    (id) => stranger.call("POST", "sorties", { citerne_id: id, volume_ambiant: 1 }),
    here.citernes[0],
  );
});

test("the public key alone reads and writes nothing through REST", async (t) => {
  const m = await monde();
  await m.recevoir(1_000);
  const anon = createClient(status.API_URL, status.ANON_KEY, { auth: { persistSession: false } });
  const relations = ["depots", "citernes", "receptions", "sorties_produit", "stocks_snapshot", "log_actions"]
    .concat(["profils", "feature_flags", "app_settings", "v_stock_actuel", "v_mouvements_stock", "logs"]);
  for (const relation of relations) {
    await t.step(relation, async () => {
      const read = await anon.from(relation).select("*");
      assert.equal(read.error?.code, "42501");
      const write = await anon.from(relation).insert({});
      assert.ok(write.error);
    });
  }
  await t.step("validate_sortie", async () => {
    const { error } = await anon.rpc("validate_sortie", { p_id: crypto.randomUUID() });
    assert.ok(error && error.code !== "PT404");
  });
  await t.step("signing up", async () => {
    const { error } = await anon.auth.signUp({
      email: `${crypto.randomUUID()}@x.test`,
      password: "un mot de passe",
    });
    assert.ok(error);
  });
});

test("REST says no in the same words as the doors: code, sentence, status", async () => {
  const m = await monde();
  const lecture = await m.personne("lecture");
  const { error, status: http } = await lecture.supabase.from("sorties_produit")
    .insert({ citerne_id: m.citernes[0], produit_id: m.produit, volume_ambiant: 1 });
  assert.equal(http, 403);
  assert.equal(error!.message, "ROLE_FORBIDDEN");
  assert.equal(error!.hint, "Votre rôle ne permet pas cette action.");
});

test("through REST too, columns of the server cannot be forged", async () => {
  const m = await monde();
  const operateur = await m.personne("operateur");
  const somebody = crypto.randomUUID();
  const { data, error } = await operateur.supabase.from("sorties_produit").insert({
    citerne_id: m.citernes[0],
    produit_id: m.produit,
    depot_id: somebody,
    created_by: somebody,
    validated_by: somebody,
    methode_15c: "MPMS",
    vcf: 2,
    volume_ambiant: 1,
  }).select().single();
  assert.equal(error, null);
  const { data: me } = await operateur.supabase.auth.getUser();
  assert.deepEqual(
    [data.created_by, data.validated_by, data.methode_15c, data.vcf, data.depot_id, data.statut],
    [me.user!.id, null, null, null, m.depot, "brouillon"],
  );
});
