// Lists and reports read from a standby: as fresh as the primary to whoever asks, under the same rules, or from the primary.
import assert from "node:assert/strict";
import { connect } from "../../ops/commun/connection.ts";
import { attendre } from "../support/attente.ts";
import { type Fil, tendreFil } from "../support/coupure.ts";
import type { Fonction } from "../support/fonction.ts";
import { test } from "../support/monde.ts";
import { type Depot, type Paire, startPaire } from "../support/secours.ts";

const LISTE = /v_sorties|sorties_produit/;

async function lire(porte: Fonction, adresse: string, headers: Record<string, string>) {
  const answer = await porte.demander(adresse, { headers });
  return { statut: answer.status, corps: await answer.json() };
}

/** A reading that the standby answered: while it is behind, the primary does, as it should. */
const duSecours = <T>(fil: Fil, quoi: RegExp, lecture: () => Promise<T>) =>
  attendre("a reading of the standby", async () => {
    const deja = fil.envoye().length;
    const lu = await lecture();
    return quoi.test(fil.envoye().slice(deja)) ? lu : undefined;
  });

const ids = ({ corps }: { corps: { data: { id: string }[] } }) => corps.data.map(({ id }) => id);

/** A draft, recorded and answered. */
async function rediger(porte: Fonction, { citerne, client, comme }: Depot): Promise<string> {
  const answer = await porte.demander("", {
    method: "POST",
    headers: { ...await comme("operateur"), "idempotency-key": crypto.randomUUID() },
    body: JSON.stringify({
      citerne_id: citerne,
      client_id: client,
      volume_ambiant: 10,
      temperature_ambiante_c: 15,
    }),
  });
  const corps = await answer.json();
  assert.equal(answer.status, 201, JSON.stringify(corps));
  return corps.id;
}

test("lists and reports are read from a standby", async (t) => {
  const paire = await startPaire();
  const { url, superuser } = await paire.suivre();
  const secours = connect(superuser);
  try {
    await t.step("they are, and nothing of them is asked of the primary but the count", async () => {
      const [fil, principale] = [await tendreFil(url), await tendreFil(paire.serveur.urlProjet)];
      const porte = await paire.porte("sorties", {
        SUPABASE_DB_URL: principale.url,
        DATABASE_READ_URL: fil.url,
      });
      const gerant = await paire.depots[0].comme("gerant");
      const { statut, ailleurs } = await duSecours(fil, LISTE, async () => {
        const deja = principale.envoye().length;
        const { statut } = await lire(porte, "", gerant);
        return { statut, ailleurs: principale.envoye().slice(deja) };
      });
      assert.equal(statut, 200);
      assert.doesNotMatch(ailleurs, LISTE);
      assert.match(ailleurs, /point_a_lire/);
      await porte.stop();
      await Promise.all([fil.fermer(), principale.fermer()]);
    });

    await t.step(
      "what one process records, another's next list has: by a door, or past them all",
      async () => {
        const fil = await tendreFil(url);
        const [ecrit, lit] = [
          await paire.porte("sorties", { DATABASE_READ_URL: url }),
          await paire.porte("sorties", { DATABASE_READ_URL: fil.url }),
        ];
        const gerant = await paire.depots[0].comme("gerant");
        for (let tour = 0; tour < 20; tour++) {
          const id = await rediger(ecrit, paire.depots[0]);
          assert.equal(ids(await lire(lit, "", gerant))[0], id);
          await paire.sql`update public.sorties_produit set note = ${`tour ${tour}`} where id = ${id}`;
          assert.equal((await lire(lit, `/${id}`, gerant)).corps.note, `tour ${tour}`);
        }
        assert.match(fil.envoye(), LISTE);
        await fil.fermer();
      },
    );

    await t.step(
      "a standby that holds back is not read: the list is the primary's, the log says it once",
      () =>
        pendantLaSuspension(paire, secours, async () => {
          const dits: string[] = [];
          const porte = await paire.porte("sorties", { DATABASE_READ_URL: url }, (lines) => dits.push(lines));
          const gerant = await paire.depots[0].comme("gerant");
          for (let tour = 0; tour < 5; tour++) {
            const id = await rediger(porte, paire.depots[0]);
            assert.equal(ids(await lire(porte, "", gerant))[0], id);
          }
          const lignes = dits.join("\n").split("\n").filter((ligne) => ligne.includes('"lecture"'));
          assert.equal(lignes.length, 1, dits.join("\n"));
          assert.match(
            lignes[0]!,
            /base principale : la base de secours a \d+ octets de retard : .* suspendue/,
          );
          const ready = await lire(await paire.porte("ops", { DATABASE_READ_URL: url }), "/ready", {});
          assert.equal(ready.corps.lecture.secours, false);
          assert.match(ready.corps.lecture.constat, /octets de retard/);
        }),
    );

    await t.step("everybody reads there what they read on the primary, and no more", async () => {
      const acteurs = paire.depots.flatMap((depot) =>
        (["admin", "directeur", "gerant", "operateur", "pca", "lecture"] as const).map((role) =>
          [depot, role] as const
        )
      );
      for (const [nom, adresses] of Object.entries(ADRESSES)) {
        const fil = await tendreFil(url);
        const [la, ici] = [
          await paire.porte(nom, { DATABASE_READ_URL: fil.url }),
          await paire.porte(nom, {}),
        ];
        for (const [depot, role] of acteurs) {
          const headers = await depot.comme(role);
          await attendreRejeu(paire, secours);
          for (const adresse of adresses) {
            const [une, autre] = [await lire(la, adresse, headers), await lire(ici, adresse, headers)];
            assert.deepEqual(sansLInstant(une), sansLInstant(autre), `${nom}${adresse} ${role}`);
          }
        }
        assert.match(fil.envoye(), /private.ouvrir/, nom);
        await Promise.all([la.stop(), ici.stop(), fil.fermer()]);
      }
    });

    await t.step("an account that has just been closed reads nothing more", async () => {
      const porte = await paire.porte("sorties", { DATABASE_READ_URL: url });
      const lecture = await paire.depots[1].comme("lecture");
      assert.equal((await lire(porte, "", lecture)).statut, 200);
      await paire.sql`
        update public.profils set desactive_le = now() where role = 'lecture' and depot_id = ${
        paire.depots[1].depot
      }`;
      const { statut, corps } = await lire(porte, "", lecture);
      assert.deepEqual([statut, corps.code], [403, "COMPTE_DESACTIVE"]);
    });

    await t.step("a report that left the house from a standby is noted on the primary", async () => {
      const fil = await tendreFil(url);
      const porte = await paire.porte("rapports", { DATABASE_READ_URL: fil.url });
      const gerant = await paire.depots[0].comme("gerant");
      const { statut, corps, notes } = await duSecours(fil, /private.*rapport/, async () => {
        const avant = await exports(paire);
        const lu = await lire(porte, "/journalier", gerant);
        return { ...lu, notes: await exports(paire) - avant };
      });
      assert.equal(statut, 200, JSON.stringify(corps));
      assert.equal(notes, 1);
      await fil.fermer();
    });

    for (const [quoi, adresse, dit] of AUTRES) {
      await t.step(`${quoi} is not read, and no client is told`, async () => {
        const dits: string[] = [];
        const env = { DATABASE_READ_URL: adresse(paire, url) };
        const porte = await paire.porte("sorties", env, (lines) => dits.push(lines));
        const id = await rediger(porte, paire.depots[0]);
        assert.equal(ids(await lire(porte, "", await paire.depots[0].comme("gerant")))[0], id);
        assert.match(dits.join("\n"), dit);
      });
    }
  } finally {
    await secours.end({ timeout: 0 });
    await paire.fermer();
  }
});

const ADRESSES: Record<string, string[]> = {
  sorties: ["", `/${crypto.randomUUID()}`],
  receptions: [""],
  stocks: ["/actuel", "/journaliers"],
  journal: [""],
  kpi: ["/jour", "/finance", "/tableau"],
  rapports: ["/journalier", "/livre", "/ventes", "/archives", "/inconnu"],
};

const ailleurs = (url: string, change: (url: URL) => void) => {
  const autre = new URL(url);
  change(autre);
  return autre.href;
};

const AUTRES: [string, (paire: Paire, url: string) => string, RegExp][] = [
  ["nothing that listens", (_, url) => ailleurs(url, (u) => u.port = "1"), /ne répond pas/],
  [
    "a password that is none",
    (_, url) => ailleurs(url, (u) => u.password = "faux"),
    /ne répond pas \(28P01 /,
  ],
  ["the primary itself", ({ serveur }) => serveur.urlProjet, /n'est pas une base de secours/],
  [
    "another database of that server",
    (_, url) => ailleurs(url, (u) => u.pathname = "/template1"),
    /ne répond pas/,
  ],
];

/** Moments and numbers of a request are its own. */
const sansLInstant = ({ statut, corps }: { statut: number; corps: unknown }) => ({
  statut,
  corps: JSON.stringify(corps)
    .replace(/urn:request:[\w-]+/g, "").replace(/"(connu_a|genere_le|version|calcule_le)":"[^"]*"/g, ""),
});

async function exports({ sql }: Paire): Promise<number> {
  const [{ n }] = await sql<[{ n: number }]>`
    select count(*)::int as n from public.log_actions where action = 'EXPORT_GENERE'`;
  return n;
}

/** Until the standby has all there is now: nothing tells but asking again. */
async function attendreRejeu({ sql }: Paire, secours: ReturnType<typeof connect>): Promise<void> {
  const [{ position }] = await sql<
    [{ position: string }]
  >`select pg_current_wal_flush_lsn()::text as position`;
  await attendre("the standby, as far as the primary", async () => {
    const [{ la }] = await secours<[{ la: boolean }]>`
      select pg_last_wal_replay_lsn() >= ${position}::pg_lsn as la`;
    return la;
  });
}

async function pendantLaSuspension(
  paire: Paire,
  secours: ReturnType<typeof connect>,
  travail: () => Promise<void>,
): Promise<void> {
  await secours`select pg_wal_replay_pause()`;
  for (let etat = ""; etat !== "paused";) {
    [{ etat }] = await secours<[{ etat: string }]>`select pg_get_wal_replay_pause_state() as etat`;
  }
  try {
    await travail();
  } finally {
    await secours`select pg_wal_replay_resume()`;
    await attendreRejeu(paire, secours);
  }
}
