// Who reads a document and when; what is dangerous is read by nobody.
import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { type DocumentLu, type Dossier, type Personne, refus, sha256 } from "./dossier.ts";
import { EICAR, pdf } from "./fichiers.ts";

export async function lectures(t: Deno.TestContext, d: Dossier, gerant: Personne): Promise<void> {
  const contenu = pdf();
  const reception = await d.reception();
  const champs = { objet_type: "RECEPTION", objet_id: reception };
  const { id } = await gerant.deposer(contenu, { fichier: "Certificat d'analyse n° 1.pdf", champs });
  await t.step("nothing is read before it is analysed, by anybody", async () => {
    for (const role of ["admin", "gerant"] as const) {
      const lecteur = await d.personne(role);
      assert.deepEqual(await refus(await lecteur.demander(`/${id}/contenu`)), [
        409,
        "DOCUMENT_NON_DISPONIBLE",
      ]);
    }
  });
  await d.analyser();
  await t.step("then it is a file to save, never one to run: bytes, name, hash", async () => {
    const reponse = await gerant.demander(`/${id}/contenu`);
    assert.deepEqual(new Uint8Array(await reponse.arrayBuffer()), new Uint8Array(contenu));
    const entete = (nom: string) => reponse.headers.get(nom);
    assert.equal(entete("content-type"), "application/pdf");
    assert.equal(entete("x-content-type-options"), "nosniff");
    assert.match(entete("content-security-policy")!, /^sandbox/);
    assert.equal(entete("etag"), `"${await sha256(contenu)}"`);
    assert.match(
      entete("content-disposition")!,
      /^attachment; filename="Certificat d'analyse n_ 1\.pdf"; filename\*=/,
    );
    const encore = await gerant.demander(`/${id}/contenu`, { headers: { "if-none-match": entete("etag")! } });
    assert.equal(encore.status, 304);
    await encore.body?.cancel();
    const json = await gerant.lire<{ contenu: string }>(`/${id}/contenu`, {
      headers: { accept: "application/json" },
    });
    assert.deepEqual(Buffer.from(json.contenu, "base64"), Buffer.from(contenu));
  });
  await t.step("who does not see the object does not see the document, whatever they ask", async () => {
    const etranger = await d.personne("gerant", { ailleurs: true });
    for (const adresse of [`/${id}`, `/${id}/contenu`, `/${id}/liens`]) {
      assert.deepEqual(await refus(await etranger.demander(adresse)), [404, "INTROUVABLE"], adresse);
    }
    for (const adresse of ["?limit=500", `/liens?objet_id=${reception}`]) {
      const { data } = await etranger.lire<{ data: DocumentLu[] }>(adresse);
      assert.ok(!JSON.stringify(data).includes(id), adresse);
    }
    const lier = etranger.poster(`/${id}/liens`, champs);
    assert.deepEqual(await refus(lier), [404, "INTROUVABLE"]);
    assert.deepEqual(await refus(await etranger.envoyer(pdf(), { champs })), [404, "INTROUVABLE"]);
  });
  await t.step("who sees the object reads it, and attaches nothing where they may not write", async () => {
    const lecture = await d.personne("lecture");
    assert.equal((await lecture.lire(`/${id}`)).id, id);
    assert.deepEqual(await refus(await lecture.envoyer(pdf(), { champs })), [403, "ROLE_FORBIDDEN"]);
    assert.deepEqual(await refus(lecture.poster(`/${id}/liens`, champs)), [403, "ROLE_FORBIDDEN"]);
  });
  await t.step("what is attached to nothing is its author's, and an administrator's", async () => {
    const seul = await gerant.deposer(pdf());
    const [autre, admin] = [await d.personne("directeur"), await d.personne("admin")];
    assert.deepEqual(await refus(autre.lire(`/${seul.id}`)), [404, "INTROUVABLE"]);
    assert.equal((await admin.lire(`/${seul.id}`)).id, seul.id);
    await gerant.poster(`/${seul.id}/liens`, champs);
    assert.equal((await autre.lire(`/${seul.id}`)).depot_id, null);
    const { data } = await autre.lire<{ data: { document_id: string }[] }>(`/liens?objet_id=${reception}`);
    assert.deepEqual(new Set(data.map(({ document_id }) => document_id)), new Set([id, seul.id]));
  });
  await t.step("who reads a paper of finance is noted", async () => {
    const facture = await gerant.deposer(pdf(), { champs: { ...champs, categorie: "FACTURE" } });
    await d.analyser();
    await (await gerant.demander(`/${facture.id}/contenu`)).body?.cancel();
    const lus = await d.sql`
      select user_id from public.log_actions where action = 'DOCUMENT_LU' and cible_id = ${facture.id}`;
    assert.deepEqual(lus.map(({ user_id }) => user_id), [gerant.id]);
  });
}

export async function dangers(t: Deno.TestContext, d: Dossier, gerant: Personne): Promise<void> {
  await t.step(
    "what carries a virus is read by nobody, and says so to everybody; its hash stays",
    async () => {
      const contenu = pdf(EICAR);
      const { id } = await gerant.deposer(contenu);
      await d.analyser();
      assert.deepEqual(await refus(await gerant.demander(`/${id}/contenu`)), [403, "DOCUMENT_INFECTE"]);
      const admin = await d.personne("admin");
      assert.deepEqual(await refus(await admin.demander(`/${id}/contenu`)), [403, "DOCUMENT_INFECTE"]);
      assert.equal((await admin.lire(`/${id}`)).sha256, await sha256(contenu));
      const [journal] = await d.sql`
      select niveau from public.log_actions where action = 'DOCUMENT_INFECTE' and cible_id = ${id}`;
      assert.equal(journal!.niveau, "CRITICAL");
      const alertes = await d.sql`
      select check_code from private.controles_documents() where entity_id = ${id}`;
      assert.deepEqual(alertes.map(({ check_code }) => check_code), ["DOCUMENT_INFECTE"]);
    },
  );
  await t.step("what is found later closes every copy that could be read until then", async () => {
    const contenu = pdf();
    const [un, deux] = [await gerant.deposer(contenu), await gerant.deposer(contenu)];
    await d.analyser();
    await d.sql`select private.noter_analyse(${un.id}, 'INFECTE', 'essai 1', 'Win.Test')`;
    for (const { id } of [un, deux]) assert.equal((await d.etat(id)).statut, "INFECTE");
    const trois = await gerant.deposer(contenu);
    assert.equal(trois.statut, "RECU", "another copy is judged for itself");
  });
  await t.step("a script in a PDF is refused for good, and says which", async () => {
    const { id } = await gerant.deposer(pdf("4 0 obj << /S /JavaScript /JS (app.alert(1)) >> endobj\n"));
    await d.analyser();
    assert.deepEqual(await d.etat(id), {
      statut: "REJETE",
      moteur: "integre 2",
      signature: "PDF.JavaScript",
    });
    assert.deepEqual(await refus(await gerant.demander(`/${id}/contenu`)), [409, "DOCUMENT_NON_DISPONIBLE"]);
  });
}
