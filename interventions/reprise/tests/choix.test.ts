import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "../../../tests/support/monde.ts";
import { ancienneProd, TANKS } from "./ancienne_prod.ts";
import { baseVide, decider, reprise, signer } from "./scene.ts";

test("the other choice of each decision is obeyed, and proved as well", async (t) => {
  const ancienne = await ancienneProd("reprise_choix");
  const arrivee = await baseVide("reprise_choix_cible");
  const { base } = arrivee;
  const premieres = await decider(ancienne.url, {
    NOM_EN_DOUBLE: "fusionner",
    NOM_PROCHE: "fusionner",
    COLONNE_SANS_EQUIVALENT: "conserver",
    CITERNE_FANTOME: "ecarter",
    PLAQUE_EN_DOUBLE: "annuler",
    STOCK_INITIAL_SANS_TRACE: "croire_les_mouvements",
    SNAPSHOT_DIFFERENT: "croire_les_mouvements",
    CAPACITE_DEPASSEE: "relever_capacite",
    TABLE_SANS_EQUIVALENT: "laisser",
  });
  await t.step("a choice that raises a new question is refused until it is answered", async () => {
    const { code, compte } = await reprise("charger", {
      source: ancienne.url,
      vers: arrivee.url,
      decisions: premieres,
    });
    assert.deepEqual([code, compte.code], [2, "DECISIONS_INCOMPLETES"], JSON.stringify(compte));
  });
  const dossier = await Deno.makeTempDir();
  await reprise("examiner", { source: ancienne.url, decisions: premieres, dans: dossier });
  const decisions = join(dossier, "reprise-decisions.json");
  await signer(decisions, { SNAPSHOT_DIFFERENT: "croire_les_mouvements" });
  const options = { source: ancienne.url, vers: arrivee.url, decisions };
  await t.step("examined again, the choices made are kept, and it is loaded", async () => {
    const { code, compte } = await reprise("charger", options);
    assert.equal(code, 0, JSON.stringify(compte));
  });
  await t.step("every litre and row is explained by them", async () => {
    const dans = await Deno.makeTempDir();
    const { code, compte } = await reprise("prouver", { ...options, dans }, "--sans-rejeu", "prouvé à part");
    assert.equal(code, 0, JSON.stringify(compte));
    assert.match(await Deno.readTextFile(join(dans, "reprise-preuve.html")), /les mouvements font foi/);
  });
  await t.step("they are what the database holds", async () => {
    const [vu] = await base`
      select (select count(*)::int from public.clients where nom ilike 'cl_ent%lushi%') as clients,
             (select count(*)::int from public.citernes where nom like 'Reprise de%') as fantomes,
             (select count(*)::int from public.cours_de_route where statut = 'ANNULE') as annules,
             (select count(*)::int from public.stocks_snapshot where citerne_id = ${TANKS[5]!}) as sans_trace,
             (select capacite_totale::float8 from public.citernes where nom = 'CUVE 7') as capacite,
             (select count(*)::int from public.stocks_adjustments where reason like 'Reprise : l''ancien système%') as ajustes`;
    assert.deepEqual({ ...vu }, {
      clients: 1,
      fantomes: 0,
      annules: 2,
      sans_trace: 0,
      capacite: 44_000,
      ajustes: 0,
    });
  });
  await ancienne.base.end();
  await base.end();
});
