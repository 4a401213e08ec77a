// clamd decides: what it finds, what it does not finish, and what happens to documents while it is not there.
import { labelDatabase } from "../../../ops/commun/environment.ts";
import assert from "node:assert/strict";
import { freePort } from "../../../ops/pile/throwaway.ts";
import { analyserParClamd } from "../../../supabase/functions/_shared/analyse/clamd.ts";
import { avecReglages } from "../../../supabase/functions/_shared/reglages.ts";
import { startClamd } from "../../support/clamd.ts";
import { test } from "../../support/monde.ts";
import { ouvrirDossier } from "./dossier.ts";
import { classeur, octets, pdf, XLSX } from "./fichiers.ts";

const PLANTEE = "UNE-SIGNATURE-QUE-NOUS-SEULS-CONNAISSONS";

/** A daemon that does with each connection what it is told. */
function faux(port: number, faire: (prise: Deno.Conn) => Promise<void>) {
  const ecoute = Deno.listen({ hostname: "127.0.0.1", port });
  const prises: Deno.Conn[] = [];
  (async () => {
    for await (const prise of ecoute) {
      prises.push(prise);
      faire(prise).catch(() => {});
    }
  })();
  return {
    fermer: () => {
      ecoute.close();
      for (const prise of prises) {
        try {
          prise.close();
        } catch {
          // It has hung up.
        }
      }
    },
  };
}

/** Says its version, then answers a file with these words, once it has read it to the end, and hangs up. */
const quiDit = (reponse: string) => async (prise: Deno.Conn) => {
  const morceau = new Uint8Array(64 * 1024);
  let fin = new Uint8Array(0);
  for (let premier = true;; premier = false) {
    const lus = await prise.read(morceau);
    if (lus === null) return;
    if (premier && new TextDecoder().decode(morceau.subarray(0, lus)).includes("VERSION")) {
      await prise.write(octets("ClamAV 0.0.0\0"));
      return prise.close();
    }
    fin = new Uint8Array([...fin, ...morceau.subarray(0, lus)]).slice(-4);
    if (fin.every((octet) => octet === 0)) break;
  }
  await prise.write(octets(reponse));
  prise.close();
};

test("where clamd decides, nothing is read without its word: in PROD as elsewhere", async (t) => {
  const clamd = await startClamd({ "Essai.Monaluxe": PLANTEE }, { maximum: "1M" });
  const d = await ouvrirDossier("clamd", { CLAMD_HOST: "127.0.0.1", CLAMD_PORT: String(clamd.port) });
  try {
    await labelDatabase(d.sql, "prod");
    await d.sql`insert into public.app_settings (key, value) values ('analyse_documents', 'clamd')`;
    const gerant = await d.personne("gerant");
    const lire = async (id: string) => {
      const reponse = await gerant.demander(`/${id}/contenu`);
      await reponse.body?.cancel();
      return reponse.status;
    };

    await t.step("what it knows nothing against is read, and it is named", async () => {
      const { id } = await gerant.deposer(pdf());
      await d.analyser();
      const { statut, moteur } = await d.etat(id);
      assert.equal(statut, "DISPONIBLE");
      assert.match(moteur!, /^clamd ClamAV \d/);
      assert.equal(await lire(id), 200);
    });
    await t.step("what only it knows is found", async () => {
      const { id } = await gerant.deposer(pdf(`4 0 obj (${PLANTEE}) endobj\n`));
      await d.analyser();
      assert.match((await d.etat(id)).signature!, /^Essai\.Monaluxe/);
      assert.equal((await d.etat(id)).statut, "INFECTE");
    });
    await t.step("what it did not look at to the end is refused, not passed", async () => {
      const bourre = classeur({ "xl/media/a.bin": crypto.getRandomValues(new Uint8Array(60_000)) });
      const long = new Uint8Array(2 * 1024 * 1024);
      for (let place = 0; place < long.length; place += 60_000) {
        long.set(bourre.subarray(0, Math.min(60_000, long.length - place)), place);
      }
      const { id } = await gerant.deposer(classeur({ "xl/media/a.bin": long }), {
        type: XLSX,
        fichier: "a.xlsx",
      });
      await d.analyser();
      assert.match((await d.etat(id)).signature ?? "rien", /^Heuristics\.Limits\.Exceeded/);
      assert.equal((await d.etat(id)).statut, "REJETE");
    });
    await t.step("down, it leaves documents unread and tried again later; back, it judges them", async () => {
      await clamd.tuer();
      const { id } = await gerant.deposer(pdf());
      for (let essai = 1; essai <= 2; essai++) {
        assert.deepEqual(await d.analyser(), { pris: 1, envoyes: 0, remis: 1, morts: 0 });
        assert.deepEqual([(await d.etat(id)).statut, await lire(id)], ["RECU", 409]);
      }
      const [{ essais, attend }] = await d.sql<[{ essais: number; attend: boolean }]>`
        select essais, prochain_essai > now() as attend from public.envois where objet_id = ${id}`;
      assert.deepEqual([essais, attend], [2, true]);
      const malin = await gerant.deposer(pdf("4 0 obj << /S /Launch >> endobj\n"));
      await d.analyser();
      assert.equal((await d.etat(malin.id)).statut, "REJETE", "what is refused here needs nobody's word");
      await clamd.relancer();
      await d.analyser();
      assert.equal((await d.etat(id)).statut, "DISPONIBLE");
    });
    await t.step("whatever it says but OK, cut anywhere, nothing has been judged", async () => {
      await clamd.tuer();
      const { id } = await gerant.deposer(pdf());
      for (
        const reponse of [
          "stream: OK",
          "stream: ",
          "",
          "stream: OK\n\0",
          "INSTREAM size limit exceeded. ERROR\0",
          "stream: Can't open file or directory ERROR\0",
          "COMMAND READ TIMED OUT\0",
          "x".repeat(10_000),
        ]
      ) {
        const serveur = faux(clamd.port, quiDit(reponse));
        try {
          assert.equal((await d.analyser()).remis, 1);
        } finally {
          serveur.fermer();
        }
        assert.equal((await d.etat(id)).statut, "RECU", reponse.slice(0, 40));
        // Seven tries in all are given to a message: these are no day's worth of them.
        await d.sql`update public.envois set essais = 0 where objet_id = ${id}`;
      }
    });
    await t.step("silent, it is given up; hanging up on its first word, too", async () => {
      const essayer = async (faire: (prise: Deno.Conn) => Promise<void>, delai: number) => {
        const port = freePort();
        const serveur = faux(port, faire);
        const reglages = { CLAMD_HOST: "127.0.0.1", CLAMD_PORT: String(port) };
        return await avecReglages(reglages, () => analyserParClamd(octets("a"), delai))
          .finally(() => serveur.fermer());
      };
      await assert.rejects(essayer(() => new Promise(() => {}), 200), /ne répond pas/);
      await assert.rejects(essayer((prise) => Promise.resolve(prise.close()), 5_000));
    });
  } finally {
    await clamd.fermer();
    await d.fermer();
  }
});
