// Where bytes lie in a bucket: the same doors, the same answers; and what they say while it is not there.
import assert from "node:assert/strict";
import { startSeau } from "../../support/seau.ts";
import { test } from "../../support/monde.ts";
import { ouvrirDossier, sha256 } from "./dossier.ts";
import { EICAR, pdf } from "./fichiers.ts";

test("contents in a bucket: sent, judged and read as those of the database", async (t) => {
  const seau = await startSeau();
  const d = await ouvrirDossier("documents_seau", seau.variables);
  try {
    await d.sql`insert into public.app_settings (key, value) values ('magasin_documents', 'S3')`;
    const gerant = await d.personne("gerant");
    const contenu = pdf();
    const { id } = await gerant.deposer(contenu);

    await t.step("the bytes lie there under their hash, and in no row", async () => {
      assert.deepEqual(seau.lister(), [await sha256(contenu)]);
      const [{ ici }] = await d.sql<
        [{ ici: number }]
      >`select count(octets)::int as ici from private.contenus`;
      assert.equal(ici, 0);
    });
    await t.step("they are judged there, and read once they may", async () => {
      const malade = await gerant.deposer(pdf(EICAR));
      await d.analyser();
      assert.deepEqual([(await d.etat(id)).statut, (await d.etat(malade.id)).statut], [
        "DISPONIBLE",
        "INFECTE",
      ]);
      const lu = await gerant.demander(`/${id}/contenu`);
      assert.deepEqual(new Uint8Array(await lu.arrayBuffer()), new Uint8Array(contenu));
    });
    await t.step("what the rules refuse never goes there", async () => {
      const avant = seau.lister().length;
      const refuse = await gerant.envoyer(pdf(), { champs: { sha256: await sha256(contenu) } });
      assert.equal((await refuse.json()).code, "DOCUMENT_ALTERE");
      assert.equal(seau.lister().length, avant);
    });
    await t.step("bytes that are not what the hash says are given to nobody", async () => {
      seau.gater(await sha256(contenu));
      const reponse = await gerant.demander(`/${id}/contenu`);
      assert.deepEqual([reponse.status, (await reponse.json()).code], [503, "SERVICE_INDISPONIBLE"]);
    });
    await t.step("while it is not there, nothing is taken, and nothing half done", async () => {
      await seau[Symbol.asyncDispose]();
      const combien = async () =>
        (await d.sql<[{ n: number }]>`select count(*)::int as n from public.documents`)[0].n;
      const avant = await combien();
      const reponse = await gerant.envoyer(pdf());
      assert.deepEqual([reponse.status, (await reponse.json()).code], [503, "SERVICE_INDISPONIBLE"]);
      assert.equal(await combien(), avant);
    });
  } finally {
    await d.fermer();
  }
});
