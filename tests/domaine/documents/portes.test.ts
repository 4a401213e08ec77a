// Documents through their doors: what is taken, what is refused, who sees what, what may be read and when.
import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { monde, status, test, token } from "../../support/monde.ts";
import {
  DAIPN,
  type DocumentLu,
  type Dossier,
  formulaire,
  ouvrirDossier,
  type Personne,
  Refuse,
  sha256,
} from "./dossier.ts";
import { classeur, csv, EICAR, jpeg, octets, pdf, png, programme, webp, XLSX } from "./fichiers.ts";

const refus = async (reponse: Response | Promise<unknown>) => {
  if (reponse instanceof Response) {
    const { code, errors } = await reponse.json();
    return [reponse.status, code, ...(errors ?? []).map(({ path }: { path: string }) => path)];
  }
  return await reponse.then(() => {
    throw new Error("cette demande aurait dû être refusée");
  }, (error) => {
    if (error instanceof Refuse) return [error.statut, error.code];
    throw error;
  });
};

async function entrees(t: Deno.TestContext, d: Dossier, gerant: Personne): Promise<void> {
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

async function tailles(t: Deno.TestContext, d: Dossier, gerant: Personne): Promise<void> {
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

async function lectures(t: Deno.TestContext, d: Dossier, gerant: Personne): Promise<void> {
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

async function dangers(t: Deno.TestContext, d: Dossier, gerant: Personne): Promise<void> {
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
