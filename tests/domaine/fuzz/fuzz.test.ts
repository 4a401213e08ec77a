// Thousands of requests nobody should send, to every door and to REST, on a stack of their own. Replay a run with the seed
// it printed: FUZZ_GRAINE=… FUZZ_DEMANDES=… npm test tests/domaine/fuzz
import assert from "node:assert/strict";
import fc from "fast-check";
import postgres from "postgres";
import { z } from "zod";
import { OPENAPI_FILE } from "../../../developpement/openapi.ts";
import { listDomains } from "../../../ops/pile/functions.ts";
import { signInAs } from "../../../ops/pile/client.ts";
import { ROLES } from "../../../ops/pile/demo_users.ts";
import { startStack } from "../../../ops/pile/stack.ts";
import { freePort, temporaryDataDir } from "../../../ops/pile/throwaway.ts";
import type { UnActe } from "../../../supabase/functions/_shared/acte.ts";
import { Probleme } from "../../../supabase/functions/_shared/schemas.ts";
import { asSuperuser, declaredProject } from "../../support/base.ts";
import { leverLesLimites } from "../../support/limites.ts";
import { test } from "../../support/monde.ts";
import { type Demande, versLesPortes, versRest } from "./demandes.ts";
import type { Ids } from "./valeurs.ts";

const DEMANDES = Number(Deno.env.get("FUZZ_DEMANDES") ?? 600);
// The same every time where nobody waits for more; another each time where there is time to look further.
const GRAINE = Number(
  Deno.env.get("FUZZ_GRAINE") ?? (Deno.env.has("FUZZ_DEMANDES") ? Date.now() % 2 ** 31 : 20261121),
);
const LOT = 20;
const PASSWORD = "un mot de passe de fuzz";

// Nothing of these is in what is sent: where an answer says it, the inside shows. REST hands on the database's own
// sentence, as PostgREST does: of a statement or a stack it says nothing either.
const DEDANS =
  /\bat \S+ \(|\.[jt]s:\d+:\d+|node_modules|SQLSTATE|security definer|plpgsql|insert into "|select "/i;
const DEDANS_DES_PORTES = /PostgresError|syntax error at|violates|does not exist|relation "|column "/i;

interface Reponse {
  demande: Demande;
  id: string;
  statut: number;
  type: string;
  texte: string;
}

const dossier = await temporaryDataDir("monaluxe-fuzz-");
const pile = await startStack({
  dataDir: dossier,
  apiPort: freePort(),
  dbPort: freePort(),
  databaseUrl: await declaredProject("fuzz", { seed: true }),
  demoPassword: PASSWORD,
  throwaway: true,
});
const sql = postgres(asSuperuser("fuzz"), { max: 2, onnotice: () => {} });

const jetons = new Map<string, string>([["anonyme", pile.status.ANON_KEY], ["personne", ""]]);
for (const role of ROLES) {
  const { data } = await (await signInAs(pile.status, role, PASSWORD)).supabase.auth.getSession();
  jetons.set(role, data.session!.access_token);
}

/** A depot at work: trucks in every state, fuel, drafts. Answers with the ids that requests then use. */
async function preparer(): Promise<Ids> {
  const admin = await signInAs(pile.status, "admin", PASSWORD);
  // What is looked for is behind the limit, which has its own tests.
  await leverLesLimites(asSuperuser("fuzz"));
  await sql`insert into public.clients (nom) values ('Client du fuzz')`;
  await sql`insert into public.fournisseurs (nom) values ('Fournisseur du fuzz')`;
  await sql`insert into public.partenaires (nom) values ('Partenaire du fuzz')`;
  const tous = (table: string) =>
    sql<{ id: string }[]>`select id from ${sql(`public.${table}`)} order by created_at, id`
      .then((lignes) => lignes.map(({ id }) => id));
  const [citerne] = await sql<{ id: string; produit_id: string; depot_id: string }[]>`
    select id, produit_id, depot_id from public.citernes order by nom limit 1`;
  const client_id = await tous("clients");
  const fournisseur_id = await tous("fournisseurs");
  for (let i = 0; i < 12; i++) {
    const { id } = await admin.call("POST", "cours-de-route", {
      fournisseur_id: fournisseur_id[0],
      depot_destination_id: citerne!.depot_id,
      produit_id: citerne!.produit_id,
      plaque_camion: `FUZZ${i}`,
      volume: 40_000,
    });
    for (const statut of ["TRANSIT", "FRONTIERE", "ARRIVE"].slice(0, i)) {
      await admin.call("POST", `cours-de-route/${id}/statut`, { statut });
    }
    if (i === 11) {
      await admin.call("POST", "receptions", {
        cours_de_route_id: id,
        citerne_id: citerne!.id,
        volume_ambiant: 40_000,
        temperature_ambiante_c: 15,
      });
    }
  }
  for (let i = 0; i < 20; i++) {
    await admin.call("POST", "sorties", {
      citerne_id: citerne!.id,
      client_id: client_id[0],
      volume_ambiant: 10 + i,
      temperature_ambiante_c: 15,
    });
  }
  const [citerne_id, cours, sorties, receptions] = await Promise.all(
    ["citernes", "cours_de_route", "sorties_produit", "receptions"].map(tous),
  );
  const depot_id = [citerne!.depot_id];
  return {
    ...{
      depot_id,
      depot_destination_id: depot_id,
      client_id,
      fournisseur_id,
      produit_id: [citerne!.produit_id],
    },
    citerne_id: citerne_id!,
    citerne_source_id: [citerne!.id],
    citerne_destination_id: citerne_id!,
    "cours-de-route": cours!,
    cours_de_route_id: cours!,
    sorties: sorties!,
    receptions: receptions!,
    partenaire_id: await tous("partenaires"),
    mouvement_id: [...receptions!, ...sorties!],
  };
}

async function envoyer(demande: Demande): Promise<Reponse> {
  const id = crypto.randomUUID();
  const jeton = jetons.get(demande.role);
  const sansCorps = demande.methode === "GET" || demande.methode === "HEAD";
  const reponse = await fetch(`${pile.status.API_URL}${demande.adresse}`, {
    method: demande.methode,
    headers: {
      ...demande.entetes,
      apikey: pile.status.ANON_KEY,
      "x-request-id": id,
      ...(jeton && { authorization: `Bearer ${jeton}` }),
    },
    ...(!sansCorps && demande.corps !== undefined && { body: demande.corps }),
  });
  return {
    demande,
    id,
    statut: reponse.status,
    type: (reponse.headers.get("content-type") ?? "").split(";")[0]!,
    texte: await reponse.text(),
  };
}

/** Everything that says what is in the tanks and how it came there, in one figure. */
async function empreinteDuStock(): Promise<string> {
  const tables = [
    ...["stocks_snapshot", "stocks_journaliers", "stocks_initiaux", "stocks_adjustments"],
    ...["receptions", "sorties_produit", "transferts", "prises_de_hauteur", "cours_de_route"],
    "dilatations",
  ];
  const parts = await Promise.all(
    tables.map((table) =>
      sql`select count(*) || coalesce(md5(string_agg(t::text, '' order by t.id)), '') as dit from ${
        sql(`public.${table}`)
      } t`
    ),
  );
  return parts.map(([part]) => part!.dit).join(" ");
}

const dit = ({ demande, statut, texte }: Reponse) =>
  `${demande.methode} ${demande.adresse.slice(0, 300)} (${demande.role}) ${
    demande.corps?.slice(0, 300) ?? ""
  } → ` +
  `${statut} ${texte.slice(0, 500)}`;

type Formes = { motif: RegExp; forme: z.ZodType; codes: Record<string, string[]> }[];

/** The shape of an answer of a door: what it promises, or a problem document. */
function jugerPorte(reponse: Reponse, formes: Formes): void {
  assert.doesNotMatch(reponse.texte, DEDANS_DES_PORTES, dit(reponse));
  const { demande, statut, type, texte } = reponse;
  // As it was knocked at: the client takes « . » and « .. » out of an address.
  const path = new URL(demande.adresse, "http://depot").pathname.slice("/functions/v1".length);
  const porte = formes.find(({ motif }) => motif.test(`${demande.methode} ${path}`));
  if (demande.methode === "HEAD" || demande.methode === "OPTIONS" || statut === 204) return;
  if (statut >= 400) {
    assert.equal(type, "application/problem+json", dit(reponse));
    const probleme = Probleme.parse(JSON.parse(texte));
    assert.equal(probleme.status, statut, dit(reponse));
    if (porte) {
      assert.ok(porte.codes[statut]?.includes(probleme.code), `promised by no door: ${dit(reponse)}`);
    } else assert.match(probleme.code, /^[A-Z][A-Z_]+$/, dit(reponse));
    return;
  }
  if (type === "text/csv") return;
  assert.equal(type, "application/json", dit(reponse));
  const { success, error } = (porte?.forme ?? z.unknown()).safeParse(JSON.parse(texte));
  assert.ok(success, `${dit(reponse)} ${JSON.stringify(error?.issues)}`);
}

function jugerRest(reponse: Reponse): void {
  const { demande, statut, type, texte } = reponse;
  if (demande.methode === "HEAD" || texte === "") return;
  if (demande.role === "anonyme" || demande.role === "personne") {
    assert.ok(statut >= 300 || texte === "[]", `rien n'est à voir sans compte : ${dit(reponse)}`);
  }
  if (type.includes("json")) JSON.parse(texte);
}

async function fuzzer(
  demandes: Demande[],
  juger: (reponse: Reponse) => void,
): Promise<Record<number, number>> {
  const comptes: Record<number, number> = {};
  for (let debut = 0; debut < demandes.length; debut += LOT) {
    const lot = demandes.slice(debut, debut + LOT);
    const avant = await empreinteDuStock();
    const reponses = await Promise.all(lot.map(envoyer));
    for (const reponse of reponses) {
      comptes[reponse.statut] = (comptes[reponse.statut] ?? 0) + 1;
      assert.ok(reponse.statut < 500, dit(reponse));
      assert.doesNotMatch(reponse.texte, DEDANS, dit(reponse));
      juger(reponse);
    }
    const ecrivent = ({ demande, statut }: Reponse) =>
      statut < 400 && !["GET", "HEAD", "OPTIONS"].includes(demande.methode);
    if (!reponses.some(ecrivent)) assert.equal(await empreinteDuStock(), avant, reponses.map(dit).join("\n"));
    const refusees = reponses.filter((reponse) => !ecrivent(reponse)).map(({ id }) => id);
    const traces =
      await sql`select action, request_id from public.log_actions where request_id = any (${refusees})`;
    assert.deepEqual([...traces], [], "a refused request left something done");
  }
  return comptes;
}

test("no request, however hostile, breaks a door, shows its inside or moves a litre it refused", async (t) => {
  console.log(
    `fuzz : ${DEMANDES} demandes, graine ${GRAINE} (FUZZ_GRAINE=${GRAINE} FUZZ_DEMANDES=${DEMANDES})`,
  );
  const document = JSON.parse(await Deno.readTextFile(OPENAPI_FILE));
  const ids = await preparer();
  const formes: Formes = [];
  for (const nom of await listDomains()) {
    const { actes }: { actes: UnActe[] } = await import(`../../../supabase/functions/${nom}/actes.ts`);
    for (const { methode, chemin, reponse } of actes) {
      const path = `/${nom}${chemin}`.replace(/\/$/, "").replace(/:\w+/g, "[^/]+");
      const decrit = `/${nom}${chemin}`.replace(/\/$/, "").replace(/:(\w+)/g, "{$1}");
      const codes = document.paths[decrit][methode.toLowerCase()]["x-codes"];
      formes.push({ motif: new RegExp(`^${methode} ${path}$`), forme: reponse, codes });
    }
  }
  const roles = [...jetons.keys()];
  const portes = Math.ceil(DEMANDES * 0.75);

  await t.step("the doors", async () => {
    const comptes = await fuzzer(
      fc.sample(versLesPortes(document, roles, ids), { numRuns: portes, seed: GRAINE }),
      (reponse) => jugerPorte(reponse, formes),
    );
    console.log(`portes : ${JSON.stringify(comptes)}`);
    assert.ok(
      (comptes[200] ?? 0) + (comptes[201] ?? 0) > 0,
      "some requests are right, or nothing deep was reached",
    );
  });
  await t.step("/rest/v1", async () => {
    const relations = await sql<{ nom: string; colonnes: string[] }[]>`
      select c.relname as nom, array_agg(a.attname::text) as colonnes
        from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
       where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'v') group by 1 order by 1`;
    const fonctions = await sql<{ nom: string }[]>`
      select p.proname as nom from pg_proc p where p.pronamespace = 'public'::regnamespace order by 1`;
    const catalogue = { relations: [...relations], fonctions: fonctions.map(({ nom }) => nom) };
    console.log(`REST : ${
      JSON.stringify(
        await fuzzer(
          fc.sample(versRest(catalogue, roles, ids), { numRuns: DEMANDES - portes, seed: GRAINE }),
          jugerRest,
        ),
      )
    }`);
  });
  await t.step("afterwards movements and stock agree, and the log is intact", async () => {
    assert.deepEqual([...await sql`select * from public.verifier_stocks()`], []);
    await sql`select private.sceller_journal()`;
    assert.deepEqual([...await sql`select * from private.controler_journal()`], []);
  });
  await sql.end();
  await pile.stop();
  await Deno.remove(dossier, { recursive: true });
});
