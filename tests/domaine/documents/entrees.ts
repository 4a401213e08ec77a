// What a depot takes as a document, and what it refuses: kinds, sizes, names.
import assert from "node:assert/strict";
import { type Dossier, formulaire, type Personne, refus, sha256 } from "./dossier.ts";
import { classeur, csv, jpeg, octets, pdf, png, programme, webp, XLSX } from "./fichiers.ts";

export async function entrees(t: Deno.TestContext, d: Dossier, gerant: Personne): Promise<void> {
  await t.step("each kind of file that a depot keeps is taken for what its bytes say", async () => {
    for (
      const [fichier, type, contenu] of [
        ["bl.pdf", "application/pdf", pdf()],
        ["photo.jpg", "image/jpeg", jpeg(crypto.randomUUID())],
        ["scan.png", "image/png", png()],
        ["photo.webp", "image/webp", webp()],
        ["bareme.xlsx", XLSX, classeur({ "xl/a.xml": octets(crypto.randomUUID()) })],
        ["bareme.csv", "application/vnd.ms-excel", csv()],
      ] as const
    ) {
      const recu = await gerant.deposer(contenu, { fichier, type });
      assert.deepEqual([recu.nom, recu.statut, recu.taille], [fichier, "RECU", contenu.length]);
      assert.equal(recu.sha256, await sha256(contenu));
      await d.analyser();
      assert.equal((await d.etat(recu.id)).statut, "DISPONIBLE", fichier);
    }
  });
  await t.step("what is none of them, or not what it is said to be, is refused", async () => {
    for (
      const [type, contenu] of [
        ["application/pdf", programme()],
        ["application/pdf", png()],
        ["image/png", pdf()],
        ["text/csv", octets("<html><script>alert(1)</script>;</html>")],
        ["text/csv", octets("#!/bin/sh\nrm;-rf\n")],
        ["text/csv", octets("a;b\u0000c")],
        ["application/zip", classeur()],
        ["application/pdf", octets(" %PDF-1.4 un préfixe")],
      ] as const
    ) {
      assert.deepEqual(await refus(await gerant.envoyer(contenu, { type })), [415, "DOCUMENT_TYPE"], type);
    }
  });
  await t.step("a file that changed on its way is not kept", async () => {
    const dit = { champs: { sha256: await sha256(octets("autre")) } };
    assert.deepEqual(await refus(await gerant.envoyer(pdf(), dit)), [422, "DOCUMENT_ALTERE"]);
  });
  await t.step("the name loses its folders, what nobody sees and what it is not", async () => {
    const noms: [string, string][] = [
      ["../../etc/passwd", "passwd.pdf"],
      ["C:\\Users\\moi\\Certificat n° 3.PDF", "Certificat n° 3.PDF"],
      ["facture\u202Efdp.exe", "facturefdp.exe.pdf"],
      ["..", "document.pdf"],
      ["x".repeat(300), "x".repeat(196) + ".pdf"],
    ];
    for (const [dit, garde] of noms) {
      const { nom } = await gerant.deposer(pdf(), { fichier: dit });
      assert.equal(nom, garde);
    }
  });
  await t.step("a form that is not whole says what is missing or too much", async () => {
    const sans = async (champs: Record<string, string | undefined>) =>
      await refus(await gerant.envoyer(pdf(), { champs }));
    assert.deepEqual(await sans({ sha256: undefined }), [422, "VALIDATION", "sha256"]);
    assert.deepEqual(await sans({ sha256: "abc" }), [422, "VALIDATION", "sha256"]);
    assert.deepEqual(await sans({ objet_type: "CDR" }), [422, "VALIDATION", "objet_id"]);
    assert.deepEqual(await sans({ objet_id: crypto.randomUUID() }), [422, "VALIDATION", "objet_id"]);
    assert.deepEqual(await sans({ categorie: "VIRUS" }), [422, "VALIDATION", "categorie"]);
    assert.deepEqual(await sans({ statut: "DISPONIBLE" }), [422, "VALIDATION", "statut"]);
    assert.deepEqual(await sans({ ["__proto__x"]: "1" }), [422, "VALIDATION", "__proto__x"]);
    const forme = await formulaire(pdf());
    forme.append("fichier", new Blob([pdf()]), "deux.pdf");
    const deux = await gerant.demander("", { method: "POST", body: forme });
    assert.deepEqual(await refus(deux), [422, "VALIDATION", "fichier"]);
    const json = await gerant.demander("", {
      method: "POST",
      body: "{}",
      headers: { "content-type": "application/json" },
    });
    assert.deepEqual((await refus(json)).slice(0, 2), [422, "VALIDATION"]);
    const creux = await gerant.demander("", {
      method: "POST",
      body: "--x\r\nrien",
      headers: { "content-type": "multipart/form-data; boundary=x" },
    });
    assert.deepEqual((await refus(creux)).slice(0, 2), [422, "VALIDATION"]);
  });
}

export async function tailles(t: Deno.TestContext, d: Dossier, gerant: Personne): Promise<void> {
  const notes = async () =>
    (await d.sql<{ code: string }[]>`
      select details ->> 'code' as code from public.log_actions where action = 'DOCUMENT_REFUSE'
         and user_id = ${gerant.id}`).map(({ code }) => code);
  await t.step(
    "four gigabytes announced are refused before they come, and the refusal is noted",
    async () => {
      const avant = (await notes()).length;
      let repondu = false;
      const corps = new ReadableStream<Uint8Array>({
        // Without an end, until it is answered: who goes on sending afterwards keeps this machine busy for nothing.
        pull: (sortie) => repondu ? sortie.close() : sortie.enqueue(new Uint8Array(64 * 1024)),
      });
      const reponse = await gerant.demander("", {
        method: "POST",
        body: corps,
        headers: { "content-type": "multipart/form-data; boundary=x" },
      });
      repondu = true;
      assert.deepEqual(await refus(reponse), [413, "DOCUMENT_TROP_GROS"]);
      assert.equal((await notes()).length, avant + 1);
    },
  );
  await t.step("ten mebibytes are taken, one byte more is not", async () => {
    const plein = new Uint8Array(10 * 1024 * 1024);
    plein.set(pdf());
    assert.equal((await gerant.deposer(plein)).taille, plein.length);
    const trop = new Uint8Array(plein.length + 1);
    trop.set(plein);
    assert.deepEqual(await refus(await gerant.envoyer(trop)), [413, "DOCUMENT_TROP_GROS"]);
  });
  await t.step("beyond 500 MiB a day, one waits for tomorrow: Retry-After says how long", async () => {
    const grand = await d.personne("gerant");
    await d.sql`
      insert into public.documents (categorie, nom, type_mime, taille, sha256, conserver_jusqu_au, created_by, statut)
      select 'AUTRE', 'x.pdf', 'application/pdf', 10485760, sha256(i::text::bytea), '2040-12-31', ${grand.id}, 'PURGE'
        from generate_series(1, 50) i`;
    const reponse = await grand.envoyer(pdf());
    assert.ok(Number(reponse.headers.get("retry-after")) > 0);
    assert.deepEqual(await refus(reponse), [429, "DOCUMENT_QUOTA"]);
  });
  await t.step("a sender who hangs up leaves nothing", async () => {
    const combien = async () => (await d.sql`select count(*)::int as n from public.documents`)[0]!.n;
    const avant = await combien();
    const coupure = new AbortController();
    const corps = new ReadableStream<Uint8Array>({
      start: (sortie) =>
        sortie.enqueue(octets('--x\r\ncontent-disposition: form-data; name="fichier"\r\n\r\n%PDF-')),
      pull: () => coupure.abort(),
    });
    await assert.rejects(gerant.demander("", {
      method: "POST",
      body: corps,
      signal: coupure.signal,
      headers: { "content-type": "multipart/form-data; boundary=x" },
    }));
    assert.equal((await gerant.lire<{ data: unknown[] }>("?limit=1")).data.length, 1);
    assert.equal(await combien(), avant);
  });
}
