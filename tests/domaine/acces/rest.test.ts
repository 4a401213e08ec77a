// The matrix through /rest/v1, with supabase-js, as everyone who may ask.
import assert from "node:assert/strict";
import type { PostgrestError } from "@supabase/supabase-js";
import type { Role } from "../../../ops/pile/demo_users.ts";
import { sql, test } from "../../support/monde.ts";
import { type Acteur, ACTEURS, D_UN_DEPOT } from "./acteurs.ts";
import { nommees, type Valeurs } from "./decor.ts";
import { FONCTIONS, type Relation, RELATIONS, type Verbe } from "./matrice.ts";
import { aQuelquesUns, monter, type Scene } from "./scene.ts";
import { aSonTour, COMPLET } from "./scene_communs.ts";

const VERBES: Verbe[] = ["lire", "creer", "modifier", "supprimer"];
/**
 * How access says no. 55000, or PGRST100 from the local REST: a view that nobody could write through; PGRST202, 42804: a
 * trigger's body is no call.
 */
const REFUS =
  /^(42501|55000|PGRST100|PGRST202|42804|ROLE_FORBIDDEN|ECRITURE_INTERDITE|INTROUVABLE|INVALID_ID_OR_STATE|CITERNE_INACTIVE_OR_INCOMPATIBLE)$/;

interface Reponse {
  data: unknown;
  error: PostgrestError | null;
  status: number;
  count?: number | null;
}

/** True where something was given or done; a refusal that is not one of access is a fault of the matrix. */
function permis(reponse: Reponse, quoi: string, lit = true): boolean {
  const { error, data } = reponse;
  // An act that found nothing to do was let through; a reading that gives nothing gave nothing.
  if (!error) return !lit || (Array.isArray(data) ? data.length > 0 : data !== 0);
  // Others refer to the row: whoever was told so was let through.
  if (error.code === "23503" && quoi.startsWith("supprimer")) return true;
  assert.ok(
    REFUS.test(error.code) || REFUS.test(error.message),
    `${quoi} : ${reponse.status} ${JSON.stringify(error)}`,
  );
  return false;
}

const autorise = (acteur: Acteur, ligne: Relation, verbe: Verbe) =>
  acteur === "service_role"
    ? ligne.service.includes(verbe)
    : (ligne[verbe] as readonly string[]).includes(acteur);

const estDUnDepot = (acteur: Acteur) => (D_UN_DEPOT as readonly string[]).includes(acteur);

/**
 * Everyone is tried with everything in SQL (800_matrice.test.sql), and the key that all hold with everything here
 * (vol_de_cle.test.ts): through REST, each verb of each thing as one who may and one who may not, in turn, so that
 * everyone has their share. `npm run test:long` tries all of it here too.
 */
function essaient(rang: number, peut: (acteur: Acteur) => boolean): readonly Acteur[] {
  if (COMPLET) return ACTEURS;
  const peuvent = ACTEURS.filter(peut);
  const autres = ACTEURS.filter((acteur) => !peuvent.includes(acteur));
  // What nobody may, those might who get furthest.
  return [
    ...aSonTour(peuvent, rang),
    ...aSonTour(peuvent.length ? autres : ["admin", "anon", "service_role"] as const, rang),
  ];
}

async function demander(scene: Scene, acteur: Acteur, nom: string, verbe: Verbe, ou: "ici" | "ailleurs") {
  const ligne = RELATIONS[nom]!;
  const table = scene.acteurs[acteur].supabase.from(nom);
  const user = verbe !== "lire" && autorise(acteur, ligne, verbe);
  const filtre = scene.valeurs(ligne.ou, { ou, user });
  const meme = Object.keys(filtre).length ? filtre : { id: crypto.randomUUID() };
  switch (verbe) {
    case "lire": {
      const reponse = await table.select(ligne.colonnes ?? "*", { count: "exact" }).match(filtre);
      assert.equal(
        reponse.count ?? 0,
        reponse.data?.length ?? 0,
        `${nom} : compter ne dit rien de plus que lire`,
      );
      return reponse;
    }
    case "creer":
      return await table.insert(ligne.exemple ? scene.valeurs(ligne.exemple, { ou, user }) : meme);
    case "modifier":
      return await table.update(ligne.change ?? meme).match(meme).select(ligne.colonnes);
    case "supprimer":
      return await table.delete().match(meme).select(ligne.colonnes);
  }
}

/** What this one gets from every table and view, and what the matrix says they get. */
async function relations(scene: Scene, acteur: Acteur): Promise<{ eus: string[]; dus: string[] }> {
  const eus: string[] = [], dus: string[] = [];
  await aQuelquesUns(
    Object.entries(RELATIONS).filter(([nom]) => !nom.includes(".")),
    async ([nom, ligne], rang) => {
      for (const [plus, verbe] of VERBES.entries()) {
        if (!essaient(rang + plus, (un) => autorise(un, ligne, verbe)).includes(acteur)) continue;
        const vise = verbe === "creer" ? ligne.exemple ?? {} : ligne.ou;
        const parDepot = ligne.parDepot && nommees(vise).length > 0;
        for (const ou of parDepot ? ["ici", "ailleurs"] as const : ["ici"] as const) {
          const quoi = `${verbe} ${nom} ${ou}`;
          if (permis(await demander(scene, acteur, nom, verbe, ou), quoi)) eus.push(quoi);
          if (autorise(acteur, ligne, verbe) && (ou === "ici" || !estDUnDepot(acteur))) dus.push(quoi);
        }
      }
    },
  );
  return { eus: eus.sort(), dus: dus.sort() };
}

const executer = (
  scene: Scene,
  acteur: Acteur,
  nom: string,
  args: Valeurs,
  lecture?: Valeurs,
): PromiseLike<Reponse> => {
  const appel = scene.acteurs[acteur].supabase.rpc(nom, args);
  return lecture && Object.keys(lecture).length ? appel.match(lecture) : appel;
};

async function fonctions(scene: Scene, acteur: Acteur): Promise<{ eus: string[]; dus: string[] }> {
  const eus: string[] = [], dus: string[] = [];
  await aQuelquesUns(
    Object.entries(FONCTIONS),
    async ([nom, ligne], rang) => {
      const appelle = (qui: Acteur) =>
        qui === "service_role"
          ? !!ligne.service && ligne.roles.length > 0
          : (ligne.roles as readonly string[]).includes(qui);
      if (!essaient(rang, appelle).includes(acteur)) return;
      const peut = appelle(acteur);
      if (peut && ligne.enTout) return;
      // What takes JSON uses up what others look at: whoever may is tried at its door.
      if (peut && Object.values(ligne.arguments).some((valeur) => typeof valeur === "object")) return;
      const parDepot = ligne.parDepot && nommees({ ...ligne.arguments, ...ligne.lecture }).length > 0;
      for (const ou of parDepot ? ["ici", "ailleurs"] as const : ["ici"] as const) {
        const args = scene.valeurs(ligne.arguments, { ou, user: peut });
        const lecture = ligne.lecture && scene.valeurs(ligne.lecture, { ou });
        if (permis(await executer(scene, acteur, nom, args, lecture), `appeler ${nom}`, !!lecture)) {
          eus.push(`${nom} ${ou}`);
        }
        if (peut && (ou === "ici" || !estDUnDepot(acteur))) dus.push(`${nom} ${ou}`);
      }
    },
  );
  return { eus: eus.sort(), dus: dus.sort() };
}

/** What was answered, without the ids that were asked for. */
const dit = ({ data, error, status, count }: Reponse, ...ids: string[]) =>
  ids.reduce(
    (texte, id) => texte.replaceAll(id, "?"),
    JSON.stringify({ data, error, status, count: count ?? null }),
  );

/** One for all: those who look at it, of whom all is refused, come before the one that uses it up. */
let montee: Promise<Scene> | undefined;
const laScene = () => montee ??= monter();

test("through REST, a thing of another depot gets the answer of one that does not exist", async (t) => {
  const scene = await laScene();
  const inconnu = crypto.randomUUID();
  /** What this one tries: all, or what falls to their turn. */
  const siennes = <T>(acteur: Role, toutes: Record<string, T>): [string, T][] =>
    Object.entries(toutes).filter((_, rang) => COMPLET || aSonTour(D_UN_DEPOT, rang).includes(acteur));
  for (const acteur of D_UN_DEPOT) {
    await t.step(`${acteur}: functions`, async () => {
      for (const [nom, ligne] of siennes(acteur, FONCTIONS).filter(([, { parDepot }]) => parDepot)) {
        for (const chose of nommees({ ...ligne.arguments, ...ligne.lecture })) {
          const reponse = async (id: string) => {
            const sauf = { [chose]: id };
            const args = scene.valeurs(ligne.arguments, { sauf });
            const lecture = ligne.lecture && scene.valeurs(ligne.lecture, { sauf });
            return dit(await executer(scene, acteur, nom, args, lecture), id);
          };
          assert.equal(await reponse(scene.etranger(chose)), await reponse(inconnu), `${nom}, ${chose}`);
        }
      }
    });
    await t.step(`${acteur}: rows that name it`, async () => {
      for (const [nom, ligne] of siennes(acteur, RELATIONS)) {
        if (!ligne.parDepot || !ligne.exemple || nom.includes(".")) continue;
        const table = scene.acteurs[acteur].supabase.from(nom);
        for (const chose of nommees(ligne.exemple)) {
          const neuf = scene.valeurs({ neuf: "@neuf" }).neuf as string;
          const reponse = async (id: string) => {
            const ligneEnvoyee = scene.valeurs(ligne.exemple!, { sauf: { [chose]: id } });
            return dit(await table.insert(JSON.parse(JSON.stringify(ligneEnvoyee))), id, neuf);
          };
          assert.equal(await reponse(scene.etranger(chose)), await reponse(inconnu), `${nom}, ${chose}`);
        }
      }
    });
    await t.step(`${acteur}: rows changed and deleted`, async () => {
      for (const [nom, ligne] of siennes(acteur, RELATIONS)) {
        if (!ligne.parDepot || nom.includes(".")) continue;
        const table = scene.acteurs[acteur].supabase.from(nom);
        for (const chose of nommees(ligne.ou)) {
          for (const verbe of ["modifier", "supprimer"] as const) {
            const reponse = async (id: string) => {
              const ou = scene.valeurs(ligne.ou, { sauf: { [chose]: id } });
              const appel = verbe === "modifier" ? table.update(ligne.change ?? ou) : table.delete();
              return dit(await appel.match(ou).select(), id);
            };
            assert.equal(await reponse(scene.etranger(chose)), await reponse(inconnu), `${verbe} ${nom}`);
          }
        }
      }
    });
  }
});

test("through REST, nobody enters another schema than public, not even the server's own key", async (t) => {
  const { acteurs } = await laScene();
  /** What lies there; whose each of them is makes no difference, so that each is tried in turn. */
  const relations = ["refus", "idempotence", "profils_calcul", "users", "schema_migrations", "pg_class"];
  const appels = ["refuser", "role", "calculer_15c", "uid", "version"];
  for (const [rang, acteur] of (["admin", "sans_profil", "service_role"] as const).entries()) {
    for (const schema of ["private", "astm", "auth", "supabase_migrations", "pg_catalog"]) {
      await t.step(`${acteur}: ${schema}`, async () => {
        const dedans = acteurs[acteur].supabase.schema(schema);
        for (const nom of COMPLET ? relations : relations.filter((_, i) => i % 3 === rang)) {
          assert.equal((await dedans.from(nom).select("*")).error?.code, "PGRST106", nom);
          assert.equal(
            (await dedans.from(nom).insert({ id: crypto.randomUUID() })).error?.code,
            "PGRST106",
            nom,
          );
        }
        for (const nom of COMPLET ? appels : appels.filter((_, i) => i % 3 === rang)) {
          assert.equal((await dedans.rpc(nom, {})).error?.code, "PGRST106", nom);
        }
      });
    }
  }
});

test("through REST, everyone gets what the matrix gives them, and nothing more", async (t) => {
  const scene = await laScene();
  // service_role last: it deletes what the others look at.
  for (const acteur of ACTEURS) {
    await t.step(`${acteur}: functions`, async () => {
      const { eus, dus } = await fonctions(scene, acteur);
      assert.deepEqual(eus, dus);
    });
    await t.step(`${acteur}: tables and views`, async () => {
      const { eus, dus } = await relations(scene, acteur);
      assert.deepEqual(eus, dus);
    });
  }
});

/** What JSON may be besides what a function takes. */
const AUTRES_SORTES = [[], [1], ["texte"], [[{}]], 12, true, "", "texte", "{}"];

test("a function that takes JSON refuses in a sentence what is of another kind, or finds nothing to do in it", async (t) => {
  const scene = await laScene();
  const json = await sql<{ nom: keyof typeof FONCTIONS; argument: string }[]>`
    select p.proname as nom, a.argument from pg_proc p
     cross join lateral unnest(p.proargnames[1:p.pronargs], p.proargtypes::oid[]) a (argument, type)
     where p.pronamespace = 'public'::regnamespace and a.type = 'jsonb'::regtype
       and has_function_privilege('authenticated', p.oid, 'execute')`;
  for (const [rang, { nom, argument }] of json.entries()) {
    const ligne = FONCTIONS[nom]!;
    const acteur = ACTEURS.find((un) => (ligne.roles as readonly string[]).includes(un))!;
    await t.step(`${nom}: ${argument}`, async () => {
      for (const sorte of COMPLET ? AUTRES_SORTES : AUTRES_SORTES.filter((_, i) => i % 3 === rang % 3)) {
        const args = { ...scene.valeurs(ligne.arguments), [argument]: sorte };
        const { error } = await scene.acteurs[acteur].supabase.rpc(nom, args);
        assert.ok(!error || error.code.startsWith("PT") && error.hint, JSON.stringify([sorte, error]));
      }
    });
  }
});

test("through the local REST a value is what the database reads in it, as hosted, whatever JSON it came as", async (t) => {
  const { acteurs } = await laScene();
  const p_id = crypto.randomUUID(), p_motif = "Essai de la matrice";
  const CAS: [string, Valeurs, RegExp][] = [
    ["geler_document", { p_id, p_gel: "true", p_motif }, /^INTROUVABLE/],
    ["geler_document", { p_id, p_gel: "oui", p_motif }, /type boolean: "oui"/],
    ["geler_document", { p_id: true, p_gel: true, p_motif }, /type uuid: "true"/],
    ["acquitter_alerte", { p_id, p_note: true }, /^INTROUVABLE/],
    ["acquitter_alerte", { p_id, p_note: { dit: "vu" } }, /^INTROUVABLE/],
    ["stock_a", { p_date: 2026 }, /type date: "2026"/],
    ["stock_a", { p_date: [] }, /type date: "\[\]"/],
    ["creer_et_valider_sortie", { p_sortie: "{}" }, /^FORME_INATTENDUE/],
    ["creer_et_valider_sortie", { p_sortie: {} }, /^CITERNE_INACTIVE/],
  ];
  for (const [nom, args, attendu] of CAS) {
    await t.step(`${nom} ${JSON.stringify({ ...args, p_motif: undefined })}`, async () => {
      assert.match((await acteurs.admin.supabase.rpc(nom, args)).error?.message ?? "", attendu);
    });
  }
});
