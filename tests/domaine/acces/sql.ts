// The matrix as a pgTAP file: each line tried in SQL, as each of those who may ask.
import { type Acteur, ACTEURS, D_UN_DEPOT } from "./acteurs.ts";
import { type Chose, duDepot, nommees, remplir, type Valeur, type Valeurs } from "./decor.ts";
import {
  ASTM,
  type Fonction,
  FONCTIONS,
  PRIVE,
  type Relation,
  RELATIONS,
  SEQUENCES,
  type Verbe,
} from "./matrice.ts";

type Ou = "ici" | "ailleurs";
const TEXTE = (valeur: string) => `'${valeur.replaceAll("'", "''")}'`;
const LISTE = (noms: readonly string[]) => `array[${noms.map(TEXTE).join(", ")}]::text[]`;
/** A setting and an option are named, all other things have an id. */
const NOMMES: Partial<Record<Chose, string>> = {
  flag: "'essai_matrice'",
  reglage: "'essai_matrice'",
  jour_caisse: "'2026-01-15'",
};

/** Their depot says what a person sees or a message is about, and not who sees the person or the message. */
const SANS_PORTEE = ["profils", "current_user_profile", "envois"];

export const nomComplet = (relation: string) => relation.includes(".") ? relation : `public.${relation}`;

class Sql {
  constructor(readonly texte: string) {}
}

const designer = (ou: Ou) => (nom: Chose | "neuf") =>
  nom === "neuf"
    ? "left(md5(random()::text), 20)"
    : NOMMES[nom] ?? `tests.id('${ou === "ailleurs" && duDepot(nom) ? `${nom}_ailleurs` : nom}')`;

/** One thing in the place of `nom`, the others as they are here. */
const substituer = (nom: Chose, par: string) => (autre: Chose | "neuf") =>
  autre === nom ? par : designer("ici")(autre);

export type Designer = (nom: Chose | "neuf") => string;

function ecrire(valeur: Valeur | Sql): string {
  if (valeur instanceof Sql) return valeur.texte;
  if (valeur === null) return "null";
  if (typeof valeur === "string") return TEXTE(valeur);
  if (typeof valeur !== "object") return String(valeur);
  if (Array.isArray(valeur)) return `jsonb_build_array(${valeur.map(ecrire).join(", ")})`;
  const paires = Object.entries(valeur).map(([cle, dedans]) => `${TEXTE(cle)}, ${ecrire(dedans)}`);
  return `jsonb_build_object(${paires.join(", ")})`;
}

const expressions = (valeurs: Valeurs, par: Designer): [string, string][] =>
  Object.entries(remplir(valeurs, (nom) => new Sql(par(nom)) as unknown as Valeur))
    .map(([cle, valeur]) => [cle, ecrire(valeur)]);

const condition = (ou: Valeurs, par: Designer) =>
  expressions(ou, par).map(([cle, valeur]) => `${cle} = ${valeur}`).join(" and ") || "true";

/** A statement that tries this verb on the row of the matrix. */
export function instruction(nom: string, ligne: Relation, verbe: Verbe, par: Designer): string {
  const table = nomComplet(nom);
  switch (verbe) {
    case "lire":
      return `select from ${table} where ${condition(ligne.ou, par)}`;
    case "creer": {
      if (!ligne.exemple) return `insert into ${table} default values`;
      const paires = expressions(ligne.exemple, par);
      return `insert into ${table} (${paires.map(([cle]) => cle).join(", ")}) values (${
        paires.map(([, valeur]) => valeur).join(", ")
      })`;
    }
    case "modifier": {
      const paires = expressions(ligne.change ?? {}, par);
      const meme = Object.keys(ligne.ou)[0] ?? "id";
      const change = paires.length
        ? paires.map(([cle, v]) => `${cle} = ${v}`).join(", ")
        : `${meme} = ${meme}`;
      return `update ${table} set ${change} where ${condition(ligne.ou, par)}`;
    }
    case "supprimer":
      return `delete from ${table} where ${condition(ligne.ou, par)}`;
  }
}

/** A call of this function with the arguments of the matrix. */
export function appel(nom: string, fonction: Fonction, par: Designer): string {
  const args = expressions(fonction.arguments, par).map(([cle, valeur]) => `${cle} => ${valeur}`).join(", ");
  if (!fonction.lecture) return `select public.${nom}(${args})`;
  const filtre = Object.keys(fonction.lecture).length ? condition(fonction.lecture, par) : "r > 0";
  return `select from public.${nom}(${args}) r where ${filtre}`;
}

const qui = (acteurs: readonly Acteur[]) =>
  TEXTE(ACTEURS.filter((acteur) => acteurs.includes(acteur)).join(" "));
const est = (instruction: string, attendus: readonly Acteur[], promesse: string) =>
  `select is(pg_temp.qui($sql$${instruction}$sql$), ${qui(attendus)}, ${TEXTE(promesse)});`;
const pareil = (etranger: string, inconnu: string, promesse: string) =>
  `select is(pg_temp.reponses($sql$${etranger}$sql$), pg_temp.reponses($sql$${inconnu}$sql$), ${
    TEXTE(promesse)
  });`;

const ailleurs = (acteurs: readonly Acteur[]) =>
  acteurs.filter((acteur) => !(D_UN_DEPOT as readonly string[]).includes(acteur));

/** A thing of another depot and one that does not exist must get the same answer. */
function discretions(valeurs: Valeurs, dire: (par: Designer) => string, promesse: string): string[] {
  return nommees(valeurs).map((nom) =>
    pareil(
      dire(substituer(nom, `tests.id('${nom}_ailleurs')`)),
      dire(substituer(nom, "tests.id('inconnu')")),
      `${promesse}, ${nom} of another depot: as one that does not exist`,
    )
  );
}

const VERBES: Record<Verbe, string> = {
  lire: "reads",
  creer: "creates",
  modifier: "changes",
  supprimer: "deletes",
};

function relation(nom: string, ligne: Relation): string[] {
  const lignes = [`\n-- ${nom}`];
  for (const [verbe, mot] of Object.entries(VERBES) as [Verbe, string][]) {
    const dire = (par: Designer) => instruction(nom, ligne, verbe, par);
    const acteurs: Acteur[] = [
      ...ligne[verbe],
      ...(ligne.service.includes(verbe) ? ["service_role" as const] : []),
    ];
    lignes.push(est(dire(designer("ici")), acteurs, `who ${mot} ${nom}`));
    const vise = verbe === "creer" ? ligne.exemple ?? {} : ligne.ou;
    if (!ligne.parDepot || !nommees(vise).length) continue;
    if (acteurs.length) {
      lignes.push(est(dire(designer("ailleurs")), ailleurs(acteurs), `who ${mot} ${nom} of another depot`));
    }
    if (verbe !== "lire" && acteurs.length) {
      lignes.push(...discretions(vise, dire, `who ${mot} ${nom}`));
    }
  }
  return lignes;
}

function fonction(nom: string, ligne: Fonction): string[] {
  const lignes = [`\n-- ${nom}`];
  const dire = (par: Designer) => appel(nom, ligne, par);
  const acteurs: Acteur[] = [
    ...ligne.roles,
    ...(ligne.service && ligne.roles.length ? ["service_role" as const] : []),
  ];
  lignes.push(est(dire(designer("ici")), acteurs, `who gets something from ${nom}`));
  lignes.push(
    `select is(pg_temp.executent(${TEXTE(nom)}), ${
      TEXTE(ligne.declencheur ? "" : ligne.service ? "authenticated service_role" : "authenticated")
    }, ${TEXTE(`which roles of the API may execute ${nom}`)});`,
  );
  const vise = { ...ligne.arguments, ...ligne.lecture };
  if (!ligne.parDepot || !nommees(vise).length || !acteurs.length) return lignes;
  lignes.push(
    est(dire(designer("ailleurs")), ailleurs(acteurs), `who gets something from ${nom}, elsewhere`),
  );
  return [...lignes, ...discretions(vise, dire, nom)];
}

/** What is there and not in the matrix, or in the matrix and no more there. */
function inventaire(quoi: string, trouves: string, attendus: readonly string[], ou: string): string[] {
  const dire = (faute: string) =>
    TEXTE(`${faute} ${ou} of tests/domaine/acces/matrice.ts, then: npm run securite`);
  return [
    `select is_empty($$select nom, ${dire("add its line to")} from (${trouves}) t (nom)
  where nom <> all (${LISTE(attendus)})$$, ${TEXTE(`every ${quoi} has its line in the matrix`)});`,
    `select is_empty($$select nom, ${dire("take its line out of")} from unnest(${LISTE(attendus)}) t (nom)
  where nom not in (${trouves})$$, ${TEXTE(`every line of the matrix is a ${quoi}`)});`,
  ];
}

const FONCTIONS_DE = (schema: string, role?: string) =>
  `select p.proname::text from pg_proc p where p.pronamespace = '${schema}'::regnamespace
   and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')` +
  (role ? ` and has_function_privilege('${role}', p.oid, 'execute')` : "");

const ENTETE =
  `-- Written by \`npm run securite\` from tests/domaine/acces/matrice.ts: change that, never this.
--
-- The access matrix in SQL: each statement is tried by each of those who may ask, as through REST, and taken back.

begin;
set local role postgres;
set local search_path = public, extensions;
`;

export async function ecrirePgtap(): Promise<string> {
  const lire = (fichier: string) => Deno.readTextFile(new URL(fichier, import.meta.url));
  const decor = await lire("./facture.sql") + await lire("../../support/vente.sql") +
    await lire("./decor.sql");
  const relations = Object.keys(RELATIONS);
  const lignes = [
    "\n-- Nothing is left out --------------------------------------------------------------------------------------------\n",
    ...inventaire(
      "table and view",
      `select case when c.relnamespace = 'public'::regnamespace then c.relname::text else c.oid::regclass::text end
     from pg_class c where c.relkind in ('r', 'p', 'v', 'm', 'f') and (c.relnamespace in ('public'::regnamespace, 'astm'::regnamespace))
      and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')`,
      relations,
      "RELATIONS",
    ),
    ...inventaire("function", FONCTIONS_DE("public"), Object.keys(FONCTIONS), "FONCTIONS"),
    ...inventaire(
      "sequence",
      "select c.relname::text from pg_class c where c.relkind = 'S' and c.relnamespace = 'public'::regnamespace",
      SEQUENCES,
      "SEQUENCES",
    ),
    ...inventaire("function of astm that is executed", FONCTIONS_DE("astm", "authenticated"), ASTM, "ASTM"),
    ...(["authenticated", "service_role"] as const).flatMap((role) =>
      inventaire(
        `function of private that ${role} executes`,
        FONCTIONS_DE("private", role),
        [...PRIVE.lesDeux, ...PRIVE[role]],
        "PRIVE",
      )
    ),
    `select is_empty($$select a.attrelid::regclass, a.attname from pg_attribute a
  where a.attname ~ '(^|_)(depot|citerne)_' and a.attname like '%\\_id' and not a.attisdropped
    and a.attrelid in (select ('public.' || nom)::regclass from unnest(${
      LISTE(Object.keys(RELATIONS).filter((nom) => !RELATIONS[nom]!.parDepot && !SANS_PORTEE.includes(nom)))
    }) t (nom))$$, 'rows that name a depot or a tank are said to be a depot''s in the matrix');`,
    `select is_empty($$select c.oid::regclass, r from pg_class c, unnest('{anon,authenticated,service_role}'::text[]) r
  where c.relkind = 'S' and c.relnamespace in ('public'::regnamespace, 'private'::regnamespace, 'astm'::regnamespace)
    and has_sequence_privilege(r, c.oid, 'usage, select, update')$$, 'no role of the API uses a sequence');`,
    `select is_empty($$select p.oid::regprocedure from pg_proc p where p.pronamespace = 'astm'::regnamespace
  and (has_function_privilege('anon', p.oid, 'execute')
       or has_function_privilege('authenticated', p.oid, 'execute') <> has_function_privilege('service_role', p.oid, 'execute'))$$,
  'astm is executed by authenticated and service_role alike, and not by anon');`,
    `select is_empty($$select schemaname, tablename, policyname from pg_policies
  where schemaname in ('public', 'private', 'astm') and roles <> '{authenticated}'$$, 'every policy is for signed-in users, and for nobody else');`,
    `select is_empty($$select r, s from unnest('{anon,authenticated,service_role}'::text[]) r, unnest('{public,private,astm}'::text[]) s
  where has_schema_privilege(r, s, 'create') or (r = 'anon' and s <> 'public' and has_schema_privilege(r, s, 'usage'))$$,
  'no role of the API creates anything, and anon does not enter private nor astm');`,
    "\n-- Tables and views --------------------------------------------------------------------------------------------------",
    ...Object.entries(RELATIONS).flatMap(([nom, ligne]) => relation(nom, ligne)),
    "\n-- Functions ---------------------------------------------------------------------------------------------------------",
    ...Object.entries(FONCTIONS).filter(([, ligne]) => !ligne.declencheur).flatMap(([nom, ligne]) =>
      fonction(nom, ligne)
    ),
  ];
  const promesses = lignes.filter((ligne) => /^select is/.test(ligne)).length;
  return [
    ENTETE,
    `select plan(${promesses});\n\n${decor}`,
    ...lignes,
    "\nselect * from finish();\nrollback;\n",
  ].join("\n");
}
