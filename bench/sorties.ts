// A sortie written and validated, straight in SQL, beside pgbench's own transaction; then through the doors, beside REST.
import { join } from "node:path";
import {
  type Banc,
  type Chapitre,
  DEMO_PASSWORD,
  duree,
  entier,
  fois,
  mediane,
  ms,
  ouvrir,
  quantile,
} from "./mesure.ts";
import {
  citerne,
  CITERNES,
  CLIENT,
  exigerStocksJustes,
  type Gens,
  memeServeur,
  preparerDepot,
} from "./depot.ts";
import { ABSENT, ANCIEN, preparerAncien, SCRIPTS_ANCIENS } from "./ancien.ts";
import { type Charge, compter, declare, valgrindInstalle } from "./instructions.ts";
import { ACTES_D_ADMIN, AUTRES_MOUVEMENTS, preparerAutresMouvements } from "./mouvements.ts";
import { PORTES } from "./portes_instructions.ts";
import { debit, pgbench, trouverPgbench } from "./pgbench.ts";

const TOURS = 7;
const SECONDES = 5;
const REQUETES = 400;

export const script = (gerant: string, instructions: string) =>
  `\\set citerne random(1, ${CITERNES})
\\set litres random(1, 100)
begin;
select set_config('role', 'authenticated', true),
       set_config('request.jwt.claims', '{"sub":"${gerant}","role":"authenticated"}', true);
${instructions}
commit;
`;

export const SCRIPTS = {
  "draft, then validate_sortie": `
insert into public.sorties_produit (citerne_id, client_id, volume_ambiant, temperature_ambiante_c)
values ('${citerne(":citerne")}', '${CLIENT}', :litres, 24.5) returning id \\gset
select public.validate_sortie(':id');`,
  "draft by its function, then validate_sortie": `
select private.rediger_sortie('{"citerne_id": "${citerne(":citerne")}", "client_id": "${CLIENT}",
  "volume_ambiant": :litres, "temperature_ambiante_c": 24.5}') as id \\gset
select public.validate_sortie(':id');`,
  "creer_et_valider_sortie": `
select (public.creer_et_valider_sortie('{"citerne_id": "${citerne(":citerne")}", "client_id": "${CLIENT}",
  "volume_ambiant": :litres, "temperature_ambiante_c": 24.5}')).id;`,
};
/** A session that goes from one way to the other, as a pool's does. */
const EN_ALTERNANCE = {
  "both ways in turn, two transactions": (gerant: string) =>
    [SCRIPTS["draft, then validate_sortie"], SCRIPTS["creer_et_valider_sortie"]]
      .map((instructions) => script(gerant, instructions)).join(""),
};
const VISES: Record<string, string> = {
  "draft, then validate_sortie": "≥ 0.55 ×",
  "draft by its function, then validate_sortie": "≥ 0.60 ×",
  "creer_et_valider_sortie": "≥ 0.77 ×",
};

async function enSql(banc: Banc, gens: Gens): Promise<Chapitre> {
  const programme = await trouverPgbench();
  const superuser = ouvrir(banc.superuserUrl);
  await superuser`create database etalon`;
  const etalon = banc.superuserUrl.replace(/\/[^/]*$/, "/etalon");
  await pgbench(programme, etalon, ["--initialize", "--quiet", "--scale", "10"]);

  const charges = new Map([["pgbench tpcb-like", { url: etalon, args: ["--builtin", "tpcb-like"] }]]);
  for (const [nom, instructions] of Object.entries(SCRIPTS)) {
    const fichier = join(banc.dossier, `${charges.size}.sql`);
    await Deno.writeTextFile(fichier, script(gens.gerant, instructions));
    charges.set(nom, { url: banc.stack.status.DB_URL, args: ["--file", fichier] });
  }

  if (ANCIEN) {
    await superuser`create database ancien`;
    const [ancienne, sienne] = [banc.superuserUrl, banc.stack.status.DB_URL].map((url) =>
      memeServeur(url, "ancien")
    );
    await superuser`grant all on database ancien to postgres`;
    const { gerant } = await preparerAncien(banc.dossier, ancienne!, sienne!);
    for (const [nom, instructions] of Object.entries(SCRIPTS_ANCIENS)) {
      const fichier = join(banc.dossier, `${charges.size}.sql`);
      await Deno.writeTextFile(fichier, script(gerant, instructions));
      charges.set(nom, { url: sienne!, args: ["--file", fichier] });
    }
  }

  const debits = new Map([...charges.keys()].map((nom) => [nom, [] as number[]]));
  for (let tour = 0; tour <= TOURS; tour++) {
    for (const [nom, { url, args }] of charges) {
      const tps = await debit(programme, url, args, SECONDES);
      // The first round warms up: caches, plans, the first rows.
      if (tour > 0) debits.get(nom)!.push(tps);
    }
  }
  const [{ validees, tracees }] = await superuser<[{ validees: number; tracees: number }]>`
    select (select count(*)::int from public.sorties_produit where statut = 'validee') as validees,
           (select count(*)::int from public.log_actions where action = 'SORTIE_VALIDEE') as tracees`;
  if (validees !== tracees) throw new Error(`${validees} sorties validées, ${tracees} dans le journal`);
  await superuser`drop database etalon`;
  if (ANCIEN) await superuser`drop database ancien`;
  await superuser.end();

  const etalons = debits.get("pgbench tpcb-like")!;
  return {
    titre: "Sorties in SQL",
    sens:
      `Eight connections of pgbench, six tanks, as a gérant under row-level security, in pgbench's default protocol; ` +
      `each figure is the median of ${TOURS} rounds of ${SECONDES} s that alternate with the yardstick's ` +
      `(\`pgbench -b tpcb-like\`, scale 10, same server, \`fsync\` on). The ratio is the median of the rounds' own ratios. ` +
      `Afterwards \`verifier_stocks()\` finds nothing, and every validated sortie has its line in the log.` +
      (ANCIEN ? "" : ` ${ABSENT}`),
    entetes: ["", "transactions/s", "× pgbench", "aim"],
    lignes: [...debits].map(([nom, mesures]) => [
      nom,
      entier(mediane(mesures)),
      fois(mediane(mesures.map((tps, tour) => tps / etalons[tour]!))),
      VISES[nom] ?? "",
    ]),
  };
}

async function enInstructions(banc: Banc): Promise<Chapitre> {
  const titre = "Sorties in instructions";
  if (!await valgrindInstalle()) {
    return {
      titre,
      sens: "Not counted: valgrind is not installed here (Debian, Ubuntu: apt-get install valgrind).",
      entetes: ["", "thousands"],
      lignes: [],
    };
  }
  const charges: Charge[] = [declare({
    ...Object.fromEntries(
      Object.entries(SCRIPTS).map((
        [nom, instructions],
      ) => [nom, (gens) => script(gens.gerant, instructions)]),
    ),
    ...Object.fromEntries(
      Object.entries(EN_ALTERNANCE).map(([nom, ecrire]) => [nom, (gens) => ecrire(gens.gerant)]),
    ),
    ...Object.fromEntries(
      Object.entries(AUTRES_MOUVEMENTS).map((
        [nom, instructions],
      ) => [nom, (gens) => script(gens.gerant, instructions)]),
    ),
    ...Object.fromEntries(
      Object.entries(ACTES_D_ADMIN).map((
        [nom, instructions],
      ) => [nom, (gens) => script(gens.admin, instructions)]),
    ),
    ...PORTES,
  }, preparerAutresMouvements)];
  if (ANCIEN) {
    charges.push({
      base: "ancien",
      preparer: async (autre, { superuserUrl, url }) => {
        const server = ouvrir(autre.superuserUrl);
        await server`create database ancien`;
        await server`grant all on database ancien to postgres`;
        await server.end();
        return await preparerAncien(autre.dossier, superuserUrl, url);
      },
      scripts: Object.fromEntries(
        Object.entries(SCRIPTS_ANCIENS).map((
          [nom, instructions],
        ) => [nom, (gens) => script(gens.gerant, instructions)]),
      ),
    });
  }
  const comptages = await compter(banc, charges);
  return {
    titre,
    sens:
      "Thousands of instructions of one backend a transaction, counted by valgrind (callgrind) on a server of its own: the " +
      "difference of two sessions, 42 transactions and 12. Steady to half a percent whatever the neighbours do: a " +
      `regression of two is seen.${ANCIEN ? "" : ` ${ABSENT}`}`,
    entetes: ["", "thousands"],
    lignes: comptages.map(({ nom, milliers }) => [nom, entier(milliers)]),
  };
}

async function enHttp(banc: Banc): Promise<Chapitre> {
  const { API_URL, ANON_KEY } = banc.stack.status;
  const entrees = { "content-type": "application/json", apikey: ANON_KEY };
  const signe = await fetch(`${API_URL}/auth/v1/token?grant_type=password`, {
    method: "POST",
    headers: entrees,
    body: JSON.stringify({ email: "gerant@demo.monaluxe.test", password: DEMO_PASSWORD }),
  }).then((reponse) => reponse.json());
  const headers = { ...entrees, authorization: `Bearer ${signe.access_token}` };

  const poster = async (chemin: string, corps: unknown, autres = {}) => {
    const reponse = await fetch(`${API_URL}${chemin}`, {
      method: "POST",
      headers: { ...headers, ...autres },
      body: JSON.stringify(corps),
    });
    const texte = await reponse.text();
    if (!reponse.ok) throw new Error(`${chemin} : ${reponse.status} ${texte}`);
    return texte ? JSON.parse(texte) : undefined;
  };
  const sortie = (tour: number) => ({
    citerne_id: citerne(1 + tour % CITERNES),
    client_id: CLIENT,
    volume_ambiant: 10,
    temperature_ambiante_c: 24.5,
  });
  const voies = {
    "draft": {
      porte: (tour: number) => poster("/functions/v1/sorties", sortie(tour)),
      rest: (tour: number) =>
        poster("/rest/v1/sorties_produit", sortie(tour), { prefer: "return=representation" })
          .then((lignes) => lignes[0] ?? lignes),
    },
    "validate": {
      porte: (_: number, id: string) => poster(`/functions/v1/sorties/${id}/valider`, {}),
      rest: (_: number, id: string) => poster("/rest/v1/rpc/validate_sortie", { p_id: id }),
    },
  };
  const temps = { draft: { porte: [], rest: [] }, validate: { porte: [], rest: [] } } as Record<
    keyof typeof voies,
    { porte: number[]; rest: number[] }
  >;
  for (let tour = -50; tour < REQUETES; tour++) {
    for (const voie of ["porte", "rest"] as const) {
      let id = "";
      const ecrit = await duree(async () => id = (await voies.draft[voie](tour + 50)).id);
      const valide = await duree(() => voies.validate[voie](tour, id));
      if (tour < 0) continue;
      temps.draft[voie].push(ecrit);
      temps.validate[voie].push(valide);
    }
  }
  const ligne = (nom: string, porte: number[], rest: number[]) => [
    nom,
    ...[0.5, 0.99].flatMap((part) => [
      ms(quantile(porte, part)),
      ms(quantile(rest, part)),
      fois(quantile(porte, part) / quantile(rest, part)),
    ]),
  ];
  const somme = (voie: "porte" | "rest") => temps.draft[voie].map((t, i) => t + temps.validate[voie][i]!);
  return {
    titre: "Sorties over HTTP",
    sens:
      `Milliseconds a request, one client, ${REQUETES} of each, the two ways in turn: through the edge function ` +
      "(`POST sorties`, `POST sorties/:id/valider`, each answering with the whole row read back), and through REST " +
      "(insert with `return=representation`, `rpc/validate_sortie`, which answers nothing). Aim: 1.30 × at most.",
    entetes: ["", "p50 door", "p50 REST", "ratio", "p99 door", "p99 REST", "ratio"],
    lignes: [
      ligne("write the draft", temps.draft.porte, temps.draft.rest),
      ligne("validate it", temps.validate.porte, temps.validate.rest),
      ligne("both", somme("porte"), somme("rest")),
    ],
  };
}

export async function mesurer(banc: Banc): Promise<Chapitre[]> {
  const gens = await preparerDepot(banc.superuserUrl, banc.stack.status.DB_URL);
  const chapitres = [await enSql(banc, gens), await enInstructions(banc), await enHttp(banc)];
  await exigerStocksJustes(banc.stack.status.DB_URL, gens.admin);
  return chapitres;
}
