// The matrix through /functions/v1, with supabase-js, as everyone who may ask.
import assert from "node:assert/strict";
import { OPENAPI_FILE } from "../../../developpement/openapi.ts";
import { type Problem, Refusal } from "../../../ops/pile/refusal.ts";
import { test } from "../../support/monde.ts";
import { type Acteur, ACTEURS, D_UN_DEPOT } from "./acteurs.ts";
import { nommees, type Valeurs } from "./decor.ts";
import { type Porte, PORTES } from "./matrice.ts";
import { aQuelquesUns, monter, type Scene } from "./scene.ts";
import { aSonTour, COMPLET } from "./scene_communs.ts";

type Methode = "GET" | "POST" | "PUT";
type Demande = { params: Valeurs; query: Valeurs; corps?: Valeurs };
type Reponse = { corps: unknown } | { refus: Problem };

const demandeDe = (porte: Porte): Demande => ({
  params: porte.params ?? {},
  query: porte.query ?? {},
  ...(porte.corps && { corps: porte.corps }),
});
const nommeesPar = ({ params, query, corps }: Demande) =>
  nommees({ ...params, ...query, ...(corps && { corps }) });
const estDUnDepot = (acteur: Acteur) => (D_UN_DEPOT as readonly string[]).includes(acteur);

function enFormulaire(corps: Valeurs, fichier: string): FormData {
  const forme = new FormData();
  for (const [nom, valeur] of Object.entries(corps)) forme.set(nom, String(valeur));
  forme.set("fichier", new Blob([fichier], { type: "text/csv" }), "essai.csv");
  return forme;
}

async function frapper(scene: Scene, acteur: Acteur, nom: string, demande: Demande): Promise<Reponse> {
  const [methode, chemin] = nom.split(" ") as [Methode, string];
  const adresse = chemin.slice(1).replace(/\{(\w+)\}/g, (_, param) => String(demande.params[param]));
  const query = new URLSearchParams(demande.query as Record<string, string>);
  const { fichier } = PORTES[nom]!;
  const corps = fichier === undefined ? demande.corps : enFormulaire(demande.corps!, fichier);
  try {
    return { corps: await scene.acteurs[acteur].call(methode, `${adresse}?${query}`, corps) };
  } catch (error) {
    if (error instanceof Refusal) return { refus: error.problem };
    throw error;
  }
}

function remplir(scene: Scene, demande: Demande, options: Parameters<Scene["valeurs"]>[1]): Demande {
  const { params, query, corps } = scene.valeurs(
    { ...demande } as unknown as Valeurs,
    options,
  ) as unknown as Demande;
  return { params, query, ...(corps && { corps }) };
}

const vide = (corps: unknown) =>
  Array.isArray((corps as { data?: unknown[] })?.data) &&
  (corps as { data: unknown[] }).data.length === 0;

/** What somebody who may not is told, and only that. */
function refusDu(acteur: Acteur, ailleurs: boolean, porte: Porte): string[] {
  if (acteur === "anon" || acteur === "service_role") return ["NON_AUTHENTIFIE"];
  if (!ailleurs) return [acteur === "sans_profil" ? "ROLE_FORBIDDEN" : porte.refus ?? "ROLE_FORBIDDEN"];
  return ["ROLE_FORBIDDEN", "INTROUVABLE", "INVALID_ID_OR_STATE", "CITERNE_INACTIVE_OR_INCOMPATIBLE"];
}

test("every door has its line in the matrix, and every line its door", async () => {
  const { paths } = JSON.parse(await Deno.readTextFile(OPENAPI_FILE)) as {
    paths: Record<string, Record<string, { security?: unknown[] }>>;
  };
  const portes = Object.entries(paths).flatMap(([chemin, methodes]) =>
    Object.entries(methodes).map(([methode, { security }]) => ({
      nom: `${methode.toUpperCase()} ${chemin}`,
      publique: security?.length === 0,
    }))
  );
  const noms = portes.map(({ nom }) => nom);
  assert.deepEqual(
    noms.filter((nom) => !PORTES[nom]),
    [],
    "add their line to PORTES of tests/domaine/acces/matrice.ts: who may knock, and with what",
  );
  assert.deepEqual(
    Object.keys(PORTES).filter((nom) => !noms.includes(nom)),
    [],
    "take their line out of PORTES of tests/domaine/acces/matrice.ts: these doors are no more",
  );
  for (const { nom, publique } of portes) assert.equal(PORTES[nom]!.roles === "public", publique, nom);
});

/** One for both: a door deletes nothing, and what is asked of another depot's things is refused. */
let montee: Promise<Scene> | undefined;
const laScene = () => montee ??= monter();

const ouvre = ({ roles }: Porte, acteur: Acteur) =>
  roles === "public" || (roles as readonly string[]).includes(acteur);

/**
 * Everyone who may not, and everyone at another depot; of those who may, each at their turn: in SQL all of them are tried
 * with what stands behind the doors (800_matrice.test.sql), and here too by `npm run test:long`.
 */
test("at the doors, everyone gets what the matrix gives them, and nothing more", async (t) => {
  const scene = await laScene();
  for (const acteur of ACTEURS) {
    await t.step(acteur, async () => {
      await aQuelquesUns(
        Object.entries(PORTES),
        async ([nom, porte], rang) => {
          const demande = demandeDe(porte);
          // Reading uses nothing up: everybody reads the first, which has all that belongs to it.
          const lit = nom.startsWith("GET ");
          const peut = ouvre(porte, acteur);
          const parDepot = porte.parDepot && nommeesPar(demande).length > 0;
          const enTour = COMPLET || aSonTour(ACTEURS.filter((un) => ouvre(porte, un)), rang).includes(acteur);
          for (const ou of parDepot ? ["ici", "ailleurs"] as const : ["ici"] as const) {
            const ailleurs = ou === "ailleurs" && estDUnDepot(acteur);
            if (!enTour && !(peut ? ailleurs : ou === "ici")) continue;
            const reponse = await frapper(
              scene,
              acteur,
              nom,
              remplir(scene, demande, { ou, user: peut && !lit }),
            );
            const quoi = `${nom} ${ou} : ${JSON.stringify(reponse).slice(0, 300)}`;
            if (!peut || ailleurs) {
              if ("corps" in reponse) assert.ok(peut && ailleurs && vide(reponse.corps), quoi);
              else assert.ok(refusDu(acteur, ailleurs, porte).includes(reponse.refus.code), quoi);
            } else if (porte.ferme) {
              assert.ok("refus" in reponse && [porte.ferme].flat().includes(reponse.refus.code), quoi);
            } else {
              assert.ok("corps" in reponse && !vide(reponse.corps), quoi);
            }
          }
        },
      );
    });
  }
});

test("at the doors, a thing of another depot gets the answer of one that does not exist", async (t) => {
  const scene = await laScene();
  const inconnu = crypto.randomUUID();
  for (const acteur of D_UN_DEPOT) {
    await t.step(acteur, async () => {
      await aQuelquesUns(
        Object.entries(PORTES).filter(([, { parDepot }], rang) =>
          parDepot && (COMPLET || aSonTour(D_UN_DEPOT, rang).includes(acteur))
        ),
        async ([nom, porte]) => {
          const demande = demandeDe(porte);
          for (const chose of nommeesPar(demande)) {
            const reponse = async (id: string) => {
              const dite = await frapper(
                scene,
                acteur,
                nom,
                remplir(scene, demande, { sauf: { [chose]: id } }),
              );
              return JSON.stringify(dite).replaceAll(id, "?").replace(/urn:request:[0-9a-f-]+/, "");
            };
            assert.equal(await reponse(scene.etranger(chose)), await reponse(inconnu), `${nom}, ${chose}`);
          }
        },
      );
    });
  }
});
