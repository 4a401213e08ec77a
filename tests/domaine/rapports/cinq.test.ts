// Every report of a depot, through its door: the same figures in the five formats.
import assert from "node:assert/strict";
import type { Rapport } from "../../../supabase/functions/_shared/rapport/forme.ts";
import { fetchPorte, monde, sql, test, token } from "../../support/monde.ts";
import { chiffresDe, chiffresPdf, dites, lues, relireCsv, relireHtml, relireXlsx } from "./relire.ts";

interface Permis {
  nom: string;
  depots: string;
  parametres: string[];
}

test("R1: each report of a depot says the same in its five formats, as it was known at one moment", async () => {
  const m = await monde();
  // A long name breaks over lines on paper: no piece of it is to be taken for a figure.
  const lettres = (nom: string) => sql`translate(${nom}, '0123456789', 'ghijklmnop')`;
  const nommes = [["produits", m.produit], ["clients", m.client], ["fournisseurs", m.fournisseur]] as const;
  for (const [table, id] of nommes) {
    const [{ nom }] = await sql<[{ nom: string }]>`select nom from ${
      sql(`public.${table}`)
    } where id = ${id}`;
    await sql`update ${sql(`public.${table}`)} set nom = ${lettres(nom)} where id = ${id}`;
  }
  await m.recevoir(30_000);
  const admin = await m.personne("admin");
  for (const volume of [4_000, 1_234]) {
    const { id } = await m.rediger(volume, { client_id: m.client });
    await admin.call("POST", `sorties/${id}/valider`);
  }
  const authorization = `Bearer ${await token(admin)}`;
  const { rapports } = await admin.call<{ rapports: Permis[] }>("GET", "rapports");
  const seuls = rapports.filter(({ parametres }) => parametres.every((un) => un.endsWith("?")));
  assert.ok(seuls.length > 6);
  let lignes = 0;
  for (const { nom, depots } of seuls) {
    const demande = new URLSearchParams(depots === "VUS" ? {} : { depot_id: m.depot });
    const rapport = await admin.call<Rapport>("GET", `rapports/${nom}?${demande}`);
    demande.set("connu_a", rapport.entete.connu_a);
    const octets = async (format: string) => {
      const reponse = await fetchPorte(`rapports/${nom}?${demande}&format=${format}`, {
        headers: { authorization },
      });
      assert.equal(reponse.status, 200, `${nom} ${format}`);
      assert.match(reponse.headers.get("content-disposition")!, /^attachment; filename="[\w-]+\.\w+"$/);
      return new Uint8Array(await reponse.arrayBuffer());
    };
    const attendu = dites(rapport);
    assert.deepEqual(relireCsv(rapport, await octets("csv")), attendu, nom);
    assert.deepEqual(relireXlsx(rapport, await octets("xlsx")), attendu, nom);
    assert.deepEqual(relireHtml(rapport, await octets("html")), lues(rapport), nom);
    assert.deepEqual(await chiffresPdf(await octets("pdf")), chiffresDe(rapport), nom);
    lignes += rapport.entete.lignes;
  }
  assert.ok(lignes > 10, "they say something");
});
