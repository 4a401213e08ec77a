// S1, S2: however the batches of several phones are cut, repeated, mixed and sent twice at once, what they did ends in
// the stock, the days, the accounts and the rows of the same acts done online, once each; but for those that their
// author withdrew, at whatever moment, which are done never. SYNCHRONISATION_HISTOIRES sets how many.
import assert from "node:assert/strict";
import fc from "fast-check";
import type { Person } from "../../../ops/pile/client.ts";
import { startFonction } from "../../support/fonction.ts";
import { fetchPorte, sql, test, token } from "../../support/monde.ts";
import { actesDe, depot, enLigneDesLeDebut, faire, journee } from "./journees.ts";
import { etat } from "./livres.ts";
import { type Acte, AVANT, envoyer, type Lot, lotDe } from "./telephone.ts";

const HISTOIRES = Number(Deno.env.get("SYNCHRONISATION_HISTOIRES") || 6);
/** A round without a cut brings each act one link further in its chain; none of ours is longer. */
const TOURS_MAX = 30;

type Coupure = "aucune" | "client" | "connexion" | "fonction" | "deux_fois";
const envois = fc.infiniteStream(fc.record({
  /** How many acts the next batch of this phone has. */
  taille: fc.integer({ min: 1, max: 7 }),
  rang: fc.nat(1_000),
  coupure: fc.constantFrom<Coupure>("aucune", "client", "connexion", "fonction", "deux_fois"),
  /** How many of its acts have ended before it is cut. */
  apres: fc.nat(3),
  /** When one of its acts is withdrawn, where it has one that nothing follows. */
  abandon: fc.constantFrom("jamais", "jamais", "avant", "pendant", "apres"),
}));

interface Compte {
  actes: number;
  abandons: number;
  faitsAvant: number;
  coupes: Record<Coupure, number>;
  refuses: number;
}

const traites = async (lot: string) =>
  (await sql<[{ n: number }]>`
    select count(*)::int as n from private.actes_differes where lot_id = ${lot} and etat <> 'RECU'`)[0].n;

/** Waits until so many acts of a batch have ended, or its answer is there; whether there was something left to cut. */
async function attendre(lot: string, combien: number, fini: () => boolean): Promise<boolean> {
  while (!fini() && await traites(lot) < combien) { /* each look is a question to the database */ }
  return !fini();
}

/**
 * Sends a batch and cuts it: the phone goes, or a function of our own loses its connections, or is killed. Never what other
 * tests' requests go through. Whether there was something left to cut.
 */
async function couper(
  qui: Person,
  lot: object & { lot: string },
  coupure: Coupure,
  apres: number,
): Promise<boolean> {
  const trace = crypto.randomUUID().replaceAll("-", "");
  const coupe = new AbortController();
  const sienne = coupure === "client" ? undefined : await startFonction("synchronisation");
  const init = {
    method: "POST",
    headers: {
      authorization: `Bearer ${await token(qui)}`,
      traceparent: `00-${trace}-${trace.slice(16)}-01`,
    },
    body: JSON.stringify(lot),
    signal: coupe.signal,
  };
  let fini = false;
  const reponse = (sienne ? sienne.demander("", init) : fetchPorte("synchronisation", init))
    .then((dite) => dite.text(), () => {}).finally(() => fini = true);
  const encore = await attendre(lot.lot, apres, () => fini);
  if (coupure === "client") coupe.abort();
  if (coupure === "connexion") {
    await sql`
      select pg_terminate_backend(pid) from pg_stat_activity
       where application_name like ${`porte ${trace}%`} and application_name not like '% synchronisation-%'`;
    await reponse;
  }
  await sienne?.stop();
  await reponse;
  return encore;
}

async function unEnvoi(
  qui: Person,
  actes: Acte[],
  { coupure, apres }: { coupure: Coupure; apres: number },
  compte: Compte,
): Promise<void> {
  const lot = lotDe(actes);
  if (coupure === "aucune") await envoyer(qui, lot);
  else if (coupure === "deux_fois") {
    const [un, autre] = await Promise.all([envoyer(qui, lot), envoyer(qui, lot)]);
    // Whichever came first, both say the same of what is done.
    for (const [rang, { etat, reponse }] of un.actes.entries()) {
      const { etat: la, reponse: leur } = autre.actes[rang]!;
      if (reponse && leur) assert.deepEqual(leur, reponse, `${etat} ${la}`);
    }
    compte.coupes.deux_fois++;
  } else if (await couper(qui, lot, coupure, apres)) compte.coupes[coupure]++;
}

/** What nothing else stands on: without it no other act would be refused. */
const sansSuite = (actes: Acte[], tous: Acte[]) =>
  actes.filter(({ cle, acte }) =>
    ["sorties?valider=true", "ventes/comptant", "ventes/encaissements"].includes(acte) &&
    !tous.some((autre) => JSON.stringify([autre.acte, autre.corps]).includes(`@${cle}`))
  );

/** Withdraws an act; whether it was, for what is done stays so. */
async function abandonner(qui: Person, cle: string): Promise<boolean> {
  const abandon = qui.call<{ etat: string }>("POST", `synchronisation/${crypto.randomUUID()}/abandonner`, {
    cle,
    motif: "Le client est reparti sans",
  });
  return await abandon.then(({ etat }) => {
    assert.equal(etat, "abandonne");
    return true;
  }, (erreur) => {
    assert.equal(erreur.problem?.code, "ACTE_DEJA_FAIT", erreur);
    return false;
  });
}

/** What an admin corrects with a line, beside the phones: each as soon as what it corrects is there, and takes it. */
function corrections(qui: Person, attendues: Acte[]) {
  let restent = attendues;
  return async (): Promise<number> => {
    const encore: Acte[] = [];
    for (const acte of restent) {
      const [, cite] = /@([0-9a-f-]{36})/.exec(JSON.stringify(acte.corps))!;
      const [fait] = await sql<{ id: string }[]>`
        select reponse ->> 'id' as id from private.actes_differes where cle = ${cite!} and etat = 'APPLIQUE'`;
      const faite = fait && await faire(qui, acte, new Map([[cite!, fait.id]])).catch(() => undefined);
      if (!faite) encore.push(acte);
    }
    restent = encore;
    return restent.length;
  };
}

/** Sends everything again, in the order of each phone, until nothing is left; what is refused meanwhile is counted. */
async function finir(
  gens: Person[],
  files: Acte[][],
  corriger: () => Promise<number>,
  compte: Compte,
): Promise<Lot[]> {
  for (let tour = 0; tour < TOURS_MAX; tour++) {
    const lots: Lot[] = [];
    for (const [qui, actes] of files.entries()) {
      if (actes.length) lots.push(await envoyer(gens[qui]!, lotDe(actes)));
    }
    compte.refuses += lots.flatMap(({ actes }) => actes).filter(({ etat }) => etat === "refuse").length;
    if (await corriger() === 0 && lots.every(({ reste }) => reste === 0)) return lots;
  }
  throw new Error("des actes attendent encore");
}

test("cut, repeated, mixed and sent at once, batches end as the same acts done online (S1, S2)", async () => {
  const compte: Compte = {
    actes: 0,
    abandons: 0,
    faitsAvant: 0,
    coupes: { aucune: 0, client: 0, connexion: 0, fonction: 0, deux_fois: 0 },
    refuses: 0,
  };
  await fc.assert(
    fc.asyncProperty(journee, envois, async (faits, comment) => {
      const [la, ici] = await Promise.all([depot(), depot()]);
      const fin = Date.now();
      const tous = actesDe(ici.m, faits, fin);
      const actes = tous.filter(({ enLigne }) => !enLigne);
      const corriger = corrections(
        ici.gens.at(-1)!,
        tous.filter(({ enLigne }) => enLigne).map(({ acte }) => acte),
      );
      const files = ici.gens.map((_, rang) =>
        actes.filter(({ qui }) => qui === rang).map(({ acte }) => acte)
      );
      const tirage = comment[Symbol.iterator]();
      const lots: { qui: number; actes: Acte[] }[] = [];
      for (const [qui, file] of files.entries()) {
        for (let i = 0; i < file.length;) {
          const { taille } = tirage.next().value!;
          lots.push({ qui, actes: file.slice(i, i + taille) });
          i += taille;
        }
      }
      const melanges = lots.map((lot) => ({ lot, tire: tirage.next().value! }))
        .sort((un, autre) => un.tire.rang - autre.tire.rang);
      const abandonnes = new Set<string>();
      for (const { lot: { qui, actes: siens }, tire } of melanges) {
        const [victime] = sansSuite(siens, tous.map(({ acte }) => acte));
        const retirer = async () => {
          if (!victime) return;
          if (await abandonner(ici.gens[qui]!, victime.cle)) abandonnes.add(victime.cle);
          else compte.faitsAvant++;
        };
        if (tire.abandon === "avant") await retirer();
        await Promise.all([
          unEnvoi(ici.gens[qui]!, siens, tire, compte),
          tire.abandon === "pendant" ? retirer() : undefined,
        ]);
        if (tire.abandon === "apres") await retirer();
        await corriger();
      }
      const finis = await finir(ici.gens, files, corriger, compte);

      const restent = actesDe(la.m, faits, fin).filter((_, rang) => !abandonnes.has(tous[rang]!.acte.cle));
      await enLigneDesLeDebut(la.m, la.gens, restent);
      assert.deepEqual(await etat(ici.m), await etat(la.m));
      compte.abandons += abandonnes.size;
      compte.actes += finis.flatMap(({ actes }) => actes).length;
      assert.equal(finis.flatMap(({ actes }) => actes).length, actes.length);
    }),
    { numRuns: HISTOIRES, endOnFailure: true },
  );
  const { aucune: _, ...coupes } = compte.coupes;
  assert.ok(compte.actes >= HISTOIRES * 3, `trop peu d'actes : ${JSON.stringify(compte)}`);
  assert.ok(compte.abandons + compte.faitsAvant > 0, "rien n'a été abandonné");
  assert.ok(Object.values(coupes).reduce((a, b) => a + b) > 0, "rien n'a été coupé");
});

test("two phones that send the same act at the same moment make one movement", async () => {
  const { m, gens } = await depot();
  await m.recevoir(1_000, AVANT);
  const lot = lotDe([{
    cle: crypto.randomUUID(),
    acte: "sorties?valider=true",
    moment: new Date().toISOString(),
    corps: { citerne_id: m.citernes[0], client_id: m.client, volume_ambiant: 10, temperature_ambiante_c: 15 },
  }]);
  const dites = await Promise.all(
    Array.from(
      { length: 4 },
      (_, n) => envoyer(gens[0]!, { ...lot, lot: n % 2 ? lot.lot : crypto.randomUUID() }),
    ),
  );
  assert.equal(new Set(dites.map(({ actes: [un] }) => un!.reponse.id)).size, 1);
  const [{ n }] = await sql<[{ n: number }]>`
    select count(*)::int as n from public.sorties_produit where depot_id = ${m.depot}`;
  assert.equal(n, 1);
});
