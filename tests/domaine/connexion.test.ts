// What a door says when the wire to the database is cut, and what was done all the same.
import assert from "node:assert/strict";
import { type AddressInfo, createServer } from "node:net";
import postgres from "postgres";
import { connectionOptions } from "../../supabase/functions/_shared/connection.ts";
import { type Fil, tendreFil } from "../support/coupure.ts";
import { type Fonction, startFonction } from "../support/fonction.ts";
import { porteur } from "../support/jetons.ts";
import { type Monde, monde, sql, status, test, token } from "../support/monde.ts";
import { formulaire } from "./documents/dossier.ts";

interface Essai {
  m: Monde;
  fil: Fil;
  porte: Fonction;
  ecrire(cle?: string): Promise<Response>;
  combien(): Promise<number>;
}

/** A door whose act is one statement, and one of several in a transaction: what is said last, before which nothing is done. */
const PORTES = {
  sorties: { table: "sorties_produit", dernier: /private\.reponse_gardee/, sansCle: /porte_rediger_sortie/ },
  documents: { table: "documents", dernier: /commit/i, sansCle: /commit/i },
};

async function essayer(
  travail: (essai: Essai) => Promise<void>,
  nom: keyof typeof PORTES | "journal" = "sorties",
): Promise<void> {
  const m = await monde();
  const directeur = await m.personne("directeur");
  const jeton = await token(directeur);
  const fil = await tendreFil(status.DB_URL);
  const porte = await startFonction(nom, { SUPABASE_DB_URL: fil.url });
  const sortie = {
    citerne_id: m.citernes[0],
    client_id: m.client,
    volume_ambiant: 10,
    temperature_ambiante_c: 15,
  };
  try {
    await travail({
      m,
      fil,
      porte,
      ecrire: async (cle) =>
        await porte.demander("", {
          method: "POST",
          headers: {
            ...porteur(jeton),
            ...(cle !== undefined && { "idempotency-key": cle, "x-request-id": cle }),
          },
          body: nom === "documents"
            ? await formulaire(new TextEncoder().encode(`%PDF-1.4 ${cle ?? crypto.randomUUID()}`))
            : JSON.stringify(sortie),
        }),
      combien: async () => {
        const [row] = nom === "documents"
          ? await sql`
            select count(*)::int as n from public.documents d
              join public.profils p on p.user_id = d.created_by where p.depot_id = ${m.depot}`
          : await sql`select count(*)::int as n from public.sorties_produit where depot_id = ${m.depot}`;
        return row!.n;
      },
    });
  } finally {
    await porte.stop();
    await fil.fermer();
  }
}

async function dit(answer: Response, code: string, detail: RegExp): Promise<void> {
  const problem = await answer.json();
  assert.deepEqual([answer.status, problem.code], [503, code], JSON.stringify(problem));
  assert.match(answer.headers.get("retry-after") ?? "", /^\d+$/);
  assert.match(problem.detail, detail);
}

for (const nom of ["sorties", "documents"] as const) {
  const { dernier, sansCle } = PORTES[nom];

  for (const quand of ["avant", "apres"] as const) {
    test(`${nom}, cut ${quand === "avant" ? "before" : "after"} its last word arrived: its key tells, and it counts once`, () =>
      essayer(async ({ fil, ecrire, combien }) => {
        await (await ecrire(crypto.randomUUID())).body?.cancel();
        const cle = crypto.randomUUID();
        fil.couper(dernier, quand);
        const answer = await ecrire(cle);
        const copie = answer.clone();
        await dit(answer, "RESULTAT_INCONNU", /renvoyez la même demande, même clé/);
        assert.doesNotMatch(await copie.text(), /rien n'a été enregistré/i);
        const encore = await ecrire(cle);
        assert.ok(encore.ok, `${encore.status}`);
        assert.equal(encore.headers.get("idempotency-replayed"), quand === "apres" ? "true" : null);
        await encore.body?.cancel();
        assert.equal(await combien(), 2);
      }, nom));
  }

  test(`${nom}, cut at its last word without a key: it says to look first, never that nothing was recorded`, () =>
    essayer(async ({ fil, ecrire, combien }) => {
      await (await ecrire()).body?.cancel();
      fil.couper(sansCle, "apres");
      await dit(await ecrire(), "RESULTAT_INCONNU_SANS_CLE", /regardez d'abord/);
      assert.equal(await combien(), 2);
    }, nom));
}

test("cut before COMMIT: 503 with Retry-After, and nothing was recorded", () =>
  essayer(async ({ fil, ecrire, combien }) => {
    for (const mot of [/begin/i, /private\.ouvrir/, /private\.deposer_document/i]) {
      for (const quand of ["avant", "apres"] as const) {
        fil.couper(mot, quand);
        await dit(await ecrire(crypto.randomUUID()), "SERVICE_INDISPONIBLE", /Rien n'a été enregistré/);
      }
    }
    assert.equal(await combien(), 0);
  }, "documents"));

test("a reading cut at COMMIT is only to be asked again", () =>
  essayer(async ({ m, fil, porte }) => {
    fil.couper(/commit/i, "apres");
    const headers = porteur(await token(await m.personne("directeur")));
    await dit(await porte.demander("/verification", { headers }), "SERVICE_INDISPONIBLE", /réessayez/);
  }, "journal"));

for (
  const [nom, code, detail] of [
    // The driver says only that it was cut: of one statement nobody then knows.
    ["sorties", "RESULTAT_INCONNU", /même clé/],
    ["documents", "SERVICE_INDISPONIBLE", /Rien n'a été enregistré/],
  ] as const
) {
  test(`${nom}: a session the server ends while it works is 503, and nothing was recorded`, () =>
    essayer(async ({ ecrire, combien }) => {
      const holding = await sql.reserve();
      try {
        await holding`begin`;
        await holding`lock table ${sql(PORTES[nom].table)} in share row exclusive mode`;
        const [holder] = await holding`select pg_backend_pid() as pid`;
        const cle = crypto.randomUUID();
        const answer = ecrire(cle);
        // Ended as soon as it waits.
        for (let ended = false; !ended;) {
          const rows = await sql`
          select pg_terminate_backend(a.pid) from pg_stat_activity a
           where ${holder!.pid} = any (pg_blocking_pids(a.pid)) and a.application_name = ${`porte ${cle}`}`;
          ended = rows.length > 0;
        }
        await dit(await answer, code, detail);
      } finally {
        await holding`rollback`;
        holding.release();
      }
      assert.equal(await combien(), 0);
    }, nom));
}

test("a connection that is refused is 503 with Retry-After, whoever refuses it and however", async (t) => {
  const jeton = await token(await (await monde()).personne("lecture"));
  const muet = createServer((socket) => socket.destroy());
  await new Promise<void>((resolve) => muet.listen(0, "127.0.0.1", resolve));
  const autre = (change: (url: URL) => void) => {
    const url = new URL(status.DB_URL);
    change(url);
    return url.href;
  };
  const urls = {
    // Nobody else can be given this port meanwhile.
    "no server": autre((url) => url.port = "1"),
    "a server that hangs up without a word": autre((url) =>
      url.port = String((muet.address() as AddressInfo).port)
    ),
    "no such password": autre((url) => url.password = "faux"),
    "no such database": autre((url) => url.pathname = "/nulle_part"),
  };
  for (const [nom, url] of Object.entries(urls)) {
    await t.step(nom, async () => {
      const porte = await startFonction("sorties", { SUPABASE_DB_URL: url });
      try {
        await dit(await porte.demander("", { headers: porteur(jeton) }), "SERVICE_INDISPONIBLE", /réessayez/);
      } finally {
        await porte.stop();
      }
    });
  }
  muet.close();
});

test("Auth is asked outside any transaction, and an account it made is taken up by the same request sent again", async () => {
  const m = await monde();
  const admin = await token(await m.personne("admin"));
  const request = crypto.randomUUID();
  const email = `${crypto.randomUUID()}@test.monaluxe.test`;
  let ouvertes: number | undefined;
  const auth = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, async () => {
    const [row] = await sql`
      select count(*)::int as n from pg_stat_activity
       where application_name like ${`%${request}%`} and xact_start is not null`;
    ouvertes = row!.n;
    const [user] = await sql`
      insert into auth.users (id, email, aud, role)
      values (gen_random_uuid(), ${email}, 'authenticated', 'authenticated') returning id`;
    return Response.json({ id: user!.id, aud: "authenticated", email, app_metadata: {}, user_metadata: {} });
  });
  const fil = await tendreFil(status.DB_URL);
  const porte = await startFonction("profils", {
    SUPABASE_URL: `http://127.0.0.1:${auth.addr.port}`,
    SUPABASE_DB_URL: fil.url,
  });
  const demander = () =>
    porte.demander("", {
      method: "POST",
      headers: { ...porteur(admin), "x-request-id": request, "idempotency-key": request },
      body: JSON.stringify({ email, nom_complet: "Jeanne Ilunga", role: "operateur", depot_id: m.depot }),
    });
  try {
    // The account is made, then the profile is lost with the connection.
    fil.couper(/insert into "profils"/, "avant");
    await dit(await demander(), "SERVICE_INDISPONIBLE", /Rien n'a été enregistré/);
    assert.equal(ouvertes, 0);
    const answer = await demander();
    const made = await answer.json();
    assert.deepEqual([answer.status, made.email, made.invitation], [201, email, "compte_existant"]);
  } finally {
    await porte.stop();
    await fil.fermer();
    await auth.shutdown();
  }
});

test("the first statement of a connection may be long and hold lists: what they hold arrives as it was", async () => {
  const long = "-- " + "ce que dit un acte ".repeat(80);
  const noms = ['à "deux" \\ barres', "une, deux", "{accolade}", "NULL", "saut\nde ligne", ""];
  const ids = [crypto.randomUUID(), crypto.randomUUID()];
  const nombres = [1, -2, 3_000_000];
  const demander = async () => {
    const base = postgres(status.DB_URL, connectionOptions(status.DB_URL));
    try {
      const [lu] = await base`select ${base.unsafe(`${long}\n`)} to_json(${noms}::text[]) as noms,
        to_json(${ids}::uuid[]) as ids, to_json(${nombres}::int[]) as nombres, to_json(${[]}::text[]) as rien`;
      return { ...lu };
    } finally {
      await base.end();
    }
  };
  for (let tour = 0; tour < 10; tour++) {
    for (const lu of await Promise.all(Array.from({ length: 6 }, demander))) {
      assert.deepEqual(lu, { noms, ids, nombres, rien: [] });
    }
  }
});

test("a database that was away, however long and often it was asked meanwhile, is asked again at once: the next request is answered", () =>
  essayer(async ({ fil, ecrire, combien }) => {
    await (await ecrire()).body?.cancel();
    await fil.fermer();
    for (let n = 0; n < 30; n++) {
      const answer = await ecrire();
      assert.equal(answer.status, 503);
      await answer.body?.cancel();
    }
    const { hostname, port } = new URL(fil.url);
    const revenu = await tendreFil(status.DB_URL, hostname, Number(port));
    try {
      const answer = await ecrire();
      assert.equal(answer.status, 201, await answer.text());
      assert.equal(await combien(), 2);
    } finally {
      await revenu.fermer();
    }
  }));
