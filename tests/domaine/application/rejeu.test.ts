// The app of today, replayed: each of its calls, as each role whose screen makes it, against the whole stack.
import { unMoment } from "../../support/attente.ts";
import assert from "node:assert/strict";
import { sql, test } from "../../support/monde.ts";
import { ALERTES, ALERTES_ECRITES } from "./alertes.ts";
import { ceuxQui } from "../acces/acteurs.ts";
import { type Appel, TERRAIN, TOUS } from "./appels.ts";
import { demander, type Reponse } from "./client.ts";
import { COURS_ET_LOTS } from "./cours.ts";
import { ECRITURES } from "./ecritures.ts";
import { FINANCE, FINANCE_ECRITE } from "./finance.ts";
import { INTEGRATION } from "./integration.ts";
import { JOURNAL_ET_AJUSTEMENTS } from "./journal.ts";
import { camionJusquALaSortie, ecrituresMuettes } from "./parcours.ts";
import { RECEPTIONS } from "./mouvements_receptions.ts";
import { SORTIES } from "./mouvements_sorties.ts";
import { REFERENTIELS } from "./referentiels.ts";
import { monter, type Scene } from "./scene.ts";
import { STOCKS } from "./stocks.ts";

const LECTURES = [
  REFERENTIELS,
  STOCKS,
  COURS_ET_LOTS,
  RECEPTIONS,
  SORTIES,
  JOURNAL_ET_AJUSTEMENTS,
  FINANCE,
  ALERTES,
]
  .flat();
const ECRITES = [...ECRITURES, ...FINANCE_ECRITE, ...ALERTES_ECRITES];

/** Calls of lib/: one sent in several ways counts once. */
const comptes = (appels: Appel[]) => appels.filter(({ variante }) => !variante).length;

/** What is wrong with the answer, in a line; nothing where the app goes on. */
function defaut({ refus, lu }: Appel, { statut, corps }: Reponse): string | undefined {
  const erreur = statut >= 300 ? corps as Record<string, unknown> : undefined;
  if (refus) {
    if (erreur && (refus.code.test(String(erreur.code)) || refus.code.test(String(erreur.message)))) return;
    return `${statut} ${JSON.stringify(corps)?.slice(0, 300)}, au lieu du refus ${refus.code}`;
  }
  if (erreur) return `${statut} ${JSON.stringify(erreur)}`;
  try {
    lu(corps, "réponse");
  } catch (error) {
    return (error as Error).message;
  }
}

interface Jeu {
  fautes: string[];
  /** Those of which a role at least was answered wrong. */
  rates: Set<Appel>;
  demandes: number;
}

/** Plays these calls, each as all its roles. */
async function jouer(scene: Scene, appels: Appel[]): Promise<Jeu> {
  const rates = new Set<Appel>();
  let demandes = 0;
  const fautes = await Promise.all(appels.flatMap((appel) =>
    appel.roles.map(async (role) => {
      const c = scene.contexte(role);
      const requete = await appel.requete(c);
      demandes++;
      const faute = defaut(appel, await demander(requete, c.jeton));
      if (faute) rates.add(appel);
      return faute && `${appel.ou}, ${role} : ${requete.methode} ${requete.chemin} → ${faute}`;
    })
  ));
  return { fautes: fautes.filter((faute) => faute !== undefined), rates, demandes };
}

function dire(quoi: string, appels: Appel[], { fautes, rates, demandes }: Jeu) {
  const refusees = appels.filter(({ refus }) => refus);
  const n = comptes(appels);
  console.log(
    `${quoi} : ${n - Math.min(n, rates.size)} sur ${n} (${demandes} demandes` +
      `${refusees.length ? `, dont ${refusees.length} refusées à bon droit` : ""})`,
  );
  for (const { ou, refus } of refusees) console.log(`  ${ou} : ${refus!.pourquoi}`);
  for (const faute of fautes) console.log(`  ✗ ${faute}`);
  assert.deepEqual(fautes, []);
}

/**
 * The flag as the prod-like seed has it, for this depot, while these calls run: its row is held, so that no other test
 * turns it off meanwhile.
 */
async function avecSortieDirecte<T>(depot: string, faire: () => Promise<T>): Promise<T> {
  for (;;) {
    await sql`update public.feature_flags
                 set enabled = true, depots = array_append(depots, ${depot}::uuid), users = '{}'
               where key = 'sortie_directe_compat'`;
    const fait = await sql.begin(async (tx) => {
      const [flag] = await tx<{ ouvert: boolean }[]>`
        select enabled and ${depot}::uuid = any (depots) as ouvert from public.feature_flags
         where key = 'sortie_directe_compat' for update`;
      return flag!.ouvert ? { resultat: await faire() } : undefined;
    });
    if (fait) return fait.resultat as T;
    await unMoment();
  }
}

/** One for the file: making six people and a depot's life takes longer than replaying them. */
let montee: Promise<Scene> | undefined;
const scenePartagee = () => montee ??= monter();

test("every reading of the app answers what its models can read, for every role whose screen asks", async () => {
  const scene = await scenePartagee();
  dire("Lectures de l'app", LECTURES, await jouer(scene, LECTURES));
});

test("every writing of the app is taken, or refused as it should be", async () => {
  const scene = await scenePartagee();
  const fait = await avecSortieDirecte(scene.m.depot, () => jouer(scene, ECRITES));
  dire("Écritures de l'app", ECRITES, fait);
  const [{ validees, brouillons }] = await sql<[{ validees: number; brouillons: number }]>`
    select count(*) filter (where s.statut = 'validee')::int as validees,
           count(*) filter (where s.statut = 'brouillon')::int as brouillons
      from public.sorties_produit s join public.profils p on p.user_id = s.created_by
     where s.depot_id = ${scene.m.depot} and s.plaque_camion = 'KIP 7'`;
  assert.deepEqual(
    { validees, brouillons },
    { validees: 6, brouillons: 6 },
    "an operateur's waits for a validator",
  );
});

test("what the app's integration tests write is taken, or refused as it should be", async () => {
  const scene = await scenePartagee();
  dire("Essais d'intégration de l'app", INTEGRATION, await jouer(scene, INTEGRATION));
});

test("a truck walked screen after screen, as each who may, is emptied into its tank and sold from it; who may not is told so", async () => {
  const scene = await scenePartagee();
  const valident = ceuxQui("valider_sortie");
  await avecSortieDirecte(scene.m.depot, async () => {
    for (const role of TERRAIN) await camionJusquALaSortie(scene.contexte(role), valident.includes(role));
  });
  const camion = await scene.contexte("admin").camion("CHARGEMENT");
  for (const role of TOUS.filter((role) => !TERRAIN.includes(role))) {
    assert.deepEqual(await ecrituresMuettes(scene.contexte(role), camion), []);
  }
});

test("every call of the app is replayed", () => {
  const rejoues = comptes([...LECTURES, ...ECRITES]);
  console.log(`Appels de l'app : ${rejoues} rejoués`);
  assert.equal(rejoues, 140, "every from and rpc of lib/ at 2c9b5c6");
  return Promise.resolve();
});
