// Documents through their doors: what is taken, what is refused, who sees what, what may be read and when.
import assert from "node:assert/strict";
import { monde, status, test, token } from "../../support/monde.ts";
import { DAIPN, type DocumentLu, type Dossier, ouvrirDossier, type Personne, refus } from "./dossier.ts";
import { octets, pdf } from "./fichiers.ts";
import { entrees, tailles } from "./entrees.ts";
import { dangers, lectures } from "./lectures.ts";

async function vies(t: Deno.TestContext, d: Dossier, gerant: Personne): Promise<void> {
  await t.step("a better copy takes the place of a document in all it proves; once", async () => {
    const [une, deux] = [await d.reception(), await d.reception()];
    const ancien = await gerant.deposer(pdf(), { champs: { objet_type: "RECEPTION", objet_id: une } });
    await gerant.poster(`/${ancien.id}/liens`, { objet_type: "RECEPTION", objet_id: deux });
    const dit = { champs: { categorie: undefined } };
    const nouveau = await gerant.deposer(pdf(), dit, `/${ancien.id}/remplacer`);
    assert.deepEqual([nouveau.remplace_id, nouveau.categorie], [ancien.id, "CERTIFICAT"]);
    assert.equal((await gerant.lire(`/${ancien.id}`)).remplace_par, nouveau.id);
    const { data } = await gerant.lire<{ data: { objet_id: string }[] }>(`/${nouveau.id}/liens`);
    assert.deepEqual(new Set(data.map(({ objet_id }) => objet_id)), new Set([une, deux]));
    const encore = await gerant.envoyer(pdf(), dit, `/${ancien.id}/remplacer`);
    assert.deepEqual(await refus(encore), [409, "DOCUMENT_REMPLACE"]);
  });
  await t.step(
    "who may not write, or does not see, all that a document proves replaces it in nothing",
    async () => {
      const objet_id = await d.reception();
      const [operateur, admin] = [await d.personne("operateur"), await d.personne("admin")];
      const ancien = await operateur.deposer(pdf(), { champs: { objet_type: "RECEPTION", objet_id } });
      const [citerne] = await d.sql<[{ id: string }]>`
      select c.id from public.citernes c where c.depot_id = ${DAIPN} limit 1`;
      await admin.poster(`/${ancien.id}/liens`, { objet_type: "CITERNE", objet_id: citerne.id });
      const dit = { champs: { categorie: undefined } };
      const essai = await operateur.envoyer(pdf(), dit, `/${ancien.id}/remplacer`);
      assert.deepEqual(await refus(essai), [403, "ROLE_FORBIDDEN"]);
      const { data } = await admin.lire<{ data: unknown[] }>(`/liens?objet_id=${citerne.id}`);
      assert.equal(data.length, 1);
      assert.equal((await admin.deposer(pdf(), dit, `/${ancien.id}/remplacer`)).remplace_id, ancien.id);
    },
  );
  await t.step("the same form sent again with its key is one document", async () => {
    const [contenu, cle] = [pdf(), crypto.randomUUID()];
    const un = await gerant.deposer(contenu, { cle });
    assert.equal((await gerant.deposer(contenu, { cle })).id, un.id);
    const autre = await gerant.envoyer(pdf(), { cle });
    assert.deepEqual((await refus(autre))[1], "IDEMPOTENCE_CONFLIT");
  });
  await t.step("twelve at once of one content: twelve documents, one content", async () => {
    const contenu = pdf();
    const tous = await Promise.all(Array.from({ length: 12 }, () => gerant.deposer(contenu)));
    assert.equal(new Set(tous.map(({ id }) => id)).size, 12);
    const [{ n }] = await d.sql<[{ n: number }]>`
      select count(*)::int as n from private.contenus where encode(sha256, 'hex') = ${tous[0]!.sha256}`;
    assert.equal(n, 1);
  });
  await t.step("fifty documents an object, and not one more, whoever races for it", async () => {
    const reception = await d.reception();
    const champs = { objet_type: "RECEPTION", objet_id: reception };
    const { id } = await gerant.deposer(pdf(), { champs });
    await d.sql`
      with faits as (
        insert into public.documents (categorie, nom, type_mime, taille, sha256, conserver_jusqu_au, statut)
        select 'AUTRE', 'x.pdf', 'application/pdf', 1, sha256(('p' || i)::bytea), '2040-12-31', 'PURGE'
          from generate_series(1, 47) i returning id)
      insert into public.documents_liens (document_id, objet_type, objet_id)
      select id, 'RECEPTION', ${reception} from faits`;
    const codes = await Promise.all(Array.from({ length: 4 }, async () => {
      const reponse = await gerant.envoyer(pdf(), { champs });
      return reponse.ok ? (await reponse.body?.cancel(), "pris") : (await refus(reponse))[1];
    }));
    assert.deepEqual(codes.toSorted(), ["DOCUMENT_OBJET_PLEIN", "DOCUMENT_OBJET_PLEIN", "pris", "pris"]);
    assert.equal(
      (await gerant.poster(`/${id}/liens`, champs)).id,
      id,
      "what is there already needs no place",
    );
  });
  await t.step("a legal hold is a director's, with its reason", async () => {
    const reception = await d.reception();
    const { id } = await gerant.deposer(pdf(), { champs: { objet_type: "RECEPTION", objet_id: reception } });
    const corps = { gel: true, motif: "Litige avec le transporteur" };
    assert.deepEqual(await refus(gerant.poster(`/${id}/gel`, corps)), [403, "ROLE_FORBIDDEN"]);
    const directeur = await d.personne("directeur");
    const garde = await directeur.poster<DocumentLu & { gel_juridique: boolean }>(`/${id}/gel`, corps);
    assert.equal(garde.gel_juridique, true);
    assert.deepEqual(await refus(directeur.poster(`/${id}/gel`, { gel: false, motif: "x" })), [
      422,
      "MOTIF_REQUIS",
    ]);
  });
}

test("four gigabytes announced to the project's own address are refused before they are sent", async () => {
  const jeton = await token(await (await monde()).personne("gerant"));
  const { hostname, port } = new URL(status.API_URL);
  const prise = await Deno.connect({ hostname, port: Number(port) });
  try {
    await prise.write(octets(
      [
        "POST /functions/v1/documents HTTP/1.1",
        `host: ${hostname}:${port}`,
        `authorization: Bearer ${jeton}`,
        "content-type: multipart/form-data; boundary=x",
        "content-length: 4294967296",
        "",
        "--x",
        'content-disposition: form-data; name="fichier"; filename="a.pdf"',
        "",
        "%PDF-1.4",
        "",
      ].join("\r\n"),
    ));
    const lus = new Uint8Array(4096);
    const combien = await prise.read(lus);
    assert.match(new TextDecoder().decode(lus.subarray(0, combien!)), /^HTTP\/1\.1 413 /);
  } finally {
    prise.close();
  }
});

test("documents, from their sender to their reader", async (t) => {
  const d = await ouvrirDossier("documents");
  try {
    const gerant = await d.personne("gerant");
    await entrees(t, d, gerant);
    await tailles(t, d, gerant);
    await lectures(t, d, gerant);
    await dangers(t, d, gerant);
    await vies(t, d, gerant);
    await t.step("in the end every content is what its hash says, and of a document", async () => {
      assert.deepEqual(await d.verifier(), []);
      assert.equal((await d.sql`select count(*)::int as n from public.depots where id = ${DAIPN}`)[0]!.n, 1);
    });
  } finally {
    await d.fermer();
  }
});
