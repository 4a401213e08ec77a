// At the size of years, the app's replay included: npm run test:long, or REPRISE_MOUVEMENTS=100000. Otherwise a few hundred
// movements, not replayed.
import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "../../../tests/support/monde.ts";
import { ancienneProd } from "./ancienne_prod.ts";
import { baseVide, reprise, signer } from "./scene.ts";

const LONG = Deno.env.has("REPRISE_MOUVEMENTS");
const MOUVEMENTS = Number(Deno.env.get("REPRISE_MOUVEMENTS") ?? 600);

test(`${MOUVEMENTS} movements of years move in, and no litre is unexplained`, async () => {
  const ancienne = await ancienneProd("reprise_grande", MOUVEMENTS);
  const arrivee = await baseVide("reprise_grande_cible");
  const dans = await Deno.makeTempDir();
  const decisions = join(dans, "reprise-decisions.json");
  const faire = async (
    acte: Parameters<typeof reprise>[0],
    options: Record<string, string>,
    ...plus: string[]
  ) => {
    const { code, compte } = await reprise(acte, options, ...plus);
    assert.equal(code, 0, JSON.stringify(compte).slice(0, 5000));
    return compte;
  };
  const examen = await faire("examiner", { source: ancienne.url, dans });
  await signer(decisions);
  const charge = await faire("charger", { source: ancienne.url, vers: arrivee.url, decisions });
  const preuve = await faire(
    "prouver",
    { source: ancienne.url, vers: arrivee.url, decisions, dans },
    ...(LONG ? [] : ["--sans-rejeu", "rejoué par npm run test:long"]),
  );
  const [{ ici }] = await arrivee.base<[{ ici: number }]>`
    select (select count(*) from public.receptions) + (select count(*) from public.sorties_produit) as ici`;
  assert.ok(Number(ici) >= MOUVEMENTS);
  const litres = preuve.resultat.criteres.find(({ titre }: { titre: string }) =>
    titre.startsWith("Aucun litre")
  );
  assert.match(litres.constat, /, 0,000 L inexpliqués/);
  const secondes = (compte: { duree_ms: number }) => (compte.duree_ms / 1000).toFixed(1);
  console.log(
    `reprise de ${ici} mouvements : examen ${
      secondes(examen)
    } s, chargement ${charge.resultat.secondes} s, ` +
      `preuve ${secondes(preuve)} s, ${litres.constat} ; ${preuve.resultat.criteres.at(-1).constat}`,
  );
  await ancienne.base.end();
  await arrivee.base.end();
});
