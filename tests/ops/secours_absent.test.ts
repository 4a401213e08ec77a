// A standby that commits wait for is away: who asks is answered, nobody twice, and retirer lets everything go on at once.
import assert from "node:assert/strict";
import { join, relative } from "node:path";
import type { ContexteGolive } from "../../ops/exploitation/golive/jugement.ts";
import { CRITERES } from "../../ops/exploitation/golive/criteres.ts";
import { lireEtat } from "../../ops/exploitation/secours/etat.ts";
import { waitsForStandby } from "../../ops/pile/database.ts";
import { attendre } from "../support/attente.ts";
import { test } from "../support/monde.ts";
import { ouvrirEnMaitre, ouvrirServeur } from "../support/reseau.ts";
import { startPaire } from "../support/secours.ts";
import { tuer } from "../support/serveur.ts";

interface Dite {
  http: number;
  code?: string;
  id?: string;
  detail?: string;
}

test("without its synchronous standby a door says that nobody knows yet, and the same request counts once when it is freed", async () => {
  const paire = await startPaire();
  const [depot, autre] = paire.depots;
  try {
    // A folder as it is typed: from where one stands.
    const dossier = relative(Deno.cwd(), join(paire.serveur.dataDir, "secours"));
    await paire.suivre(["--synchrone", "--dossier", dossier]);
    const porte = await paire.porte("sorties", {});
    // Known before: to be written down, they too would wait.
    const [gerant, voisin] = [await depot.comme("gerant"), await autre.comme("gerant")];
    const ecrire = async (cle: string, de = depot, qui = gerant): Promise<Dite> => {
      const reponse = await porte.demander("?valider=true", {
        method: "POST",
        headers: { ...qui, "idempotency-key": cle },
        body: JSON.stringify({
          citerne_id: de.citerne,
          client_id: de.client,
          volume_ambiant: 1,
          temperature_ambiante_c: 15,
        }),
      });
      return { ...await reponse.json(), http: reponse.status };
    };
    const compter = async () => {
      const [{ n }] = await paire.sql<[{ n: number }]>`
        select count(*)::int as n from public.sorties_produit where statut = 'validee'`;
      return n;
    };
    assert.equal((await ecrire("avant")).http, 201);

    const pid = await Deno.readTextFile(join(paire.serveur.dataDir, "secours/postmaster.pid"));
    tuer([Number(pid.split("\n")[0])]);
    // Its receiver, whom the postmaster's death has yet to reach, acknowledges until then.
    await attendre(
      "plus personne ne reçoit",
      async () => (await paire.sql`select from pg_stat_replication`).length === 0,
    );
    assert.match(await waitsForStandby(paire.sql) ?? "", /continue dès qu'elle suit.*secours:retirer/);
    // The same request twice, as a clerk does who sees nothing come; and another depot's.
    const [une, copie, ailleurs] = await Promise.all([
      ecrire("pendant"),
      ecrire("pendant"),
      ecrire("ailleurs", autre, voisin),
    ]);
    for (const { http, detail } of [une, copie, ailleurs]) assert.ok(http === 503 && detail, detail);
    assert.deepEqual([une.code, copie.code].toSorted(), ["DELAI_DEPASSE", "RESULTAT_INCONNU"]);
    assert.equal(ailleurs.code, "RESULTAT_INCONNU");
    const lue = await porte.demander("", { headers: gerant });
    assert.equal(lue.status, 200);
    await lue.body?.cancel();
    const etat = await paire.ops(["secours:etat"]);
    assert.equal(etat.code, 1);
    assert.match(etat.stdout + etat.stderr, /les validations attendent .*secours:retirer les libère/);

    const retire = await paire.ops(["secours:retirer"]);
    assert.equal(retire.code, 0, `${retire.stdout}\n${retire.stderr}`);
    assert.deepEqual([...await paire.sql`select slot_name from pg_replication_slots`], []);
    assert.equal(await waitsForStandby(paire.sql), undefined);
    const [premiere, encore] = [await ecrire("pendant"), await ecrire("pendant")];
    assert.deepEqual([premiere.http, encore.id], [201, premiere.id]);
    assert.equal((await ecrire("ailleurs", autre, voisin)).http, 201);
    assert.equal(await compter(), 3);
    assert.deepEqual([...await paire.sql`select * from public.verifier_stocks()`], []);
  } finally {
    await paire.fermer();
  }
});

test("who reads a base for a network of depots is no standby of it: golive asks for none, and sees one that is there", async () => {
  const serveur = await ouvrirServeur();
  const [ici, siege] = [await serveur.creer("ici", "vierge"), await serveur.creer("siege", "vierge")];
  const [base, ailleurs] = [ouvrirEnMaitre(ici), ouvrirEnMaitre(siege)];
  try {
    await base`create publication depot_klz for all tables`;
    await base`select pg_create_logical_replication_slot('depot_klz', 'pgoutput')`;
    await ailleurs.unsafe(`create subscription depot_klz connection '${ici}' publication depot_klz
      with (create_slot = false, copy_data = false)`);
    await attendre(
      "le siège lit",
      async () => (await base`select from pg_stat_replication where state = 'streaming'`).length === 1,
    );
    const { secours, creneaux } = await lireEtat(base);
    assert.deepEqual([...secours, ...creneaux], []);
    const critere = CRITERES.find(({ titre }) => titre.startsWith("Base de secours"))!;
    const contexte = { cible: { variables: {} }, sql: base } as unknown as ContexteGolive;
    assert.match(await critere.sansObjet!(contexte) ?? "", /aucune n'est déclarée/);
    await base`select pg_create_physical_replication_slot('secours', true)`;
    assert.equal(await critere.sansObjet!(contexte), undefined);
    await assert.rejects(critere.juger(contexte, () => {}), /personne ne lit le créneau secours/);
    await base`select pg_drop_replication_slot('secours')`;
  } finally {
    await ailleurs.unsafe("alter subscription depot_klz disable").catch(() => {});
    await ailleurs.unsafe("alter subscription depot_klz set (slot_name = none)").catch(() => {});
    await ailleurs.unsafe("drop subscription if exists depot_klz").catch(() => {});
    await Promise.all([base.end(), ailleurs.end()]);
    await serveur.fermer();
  }
});
