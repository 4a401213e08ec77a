// Which refusals a function of the schema can raise, computed from the text of all of them: what it calls, what the tables
// it writes have for triggers, and so on down. Nobody keeps such a list by hand and keeps it right.
import { loadModule, parseSync } from "libpg-query";
import { lireChapitres } from "../ops/commun/schema/declare.ts";
import { lireLignes } from "../ops/commun/schema/lignes.ts";

type Verbe = "insert" | "update" | "delete" | "truncate";
const BITS: Record<Verbe, number> = { insert: 4, delete: 8, update: 16, truncate: 32 };

export interface Fonction {
  /** With its schema; functions of one name are one here. */
  nom: string;
  fichier: string;
  commentaire: string;
  /** Runs as the owner of the tables. */
  proprietaire: boolean;
  /** Lets the owner of the tables through: what it refuses, it refuses to others. */
  laissePasser: boolean;
  /** Flags of tables that it names: an owner who writes says one, a guard that lets the owner through wants it said. */
  drapeaux: Set<string>;
  refuse: Set<string>;
  appelle: Set<string>;
  ecrit: { table: string; verbe: Verbe }[];
}
interface Declencheur {
  table: string;
  fonction: string;
  evenements: number;
}

interface Noms {
  String: { sval: string };
}
interface Instruction {
  stmt: {
    CreateFunctionStmt?: {
      funcname: Noms[];
      options: { DefElem: { defname: string; arg: { Boolean?: { boolval?: boolean } } } }[];
    };
    CreateTrigStmt?: {
      relation: { schemaname: string; relname: string };
      funcname: Noms[];
      events: number;
    };
    CreateStmt?: { relation: { schemaname: string; relname: string } };
    CommentStmt?: { objtype: string; object: { ObjectWithArgs?: { objname: Noms[] } }; comment?: string };
  };
  stmt_location?: number;
  stmt_len?: number;
}
const nomComplet = (noms: Noms[]) => noms.map(({ String: { sval } }) => sval).join(".");

/** Text without comments, each literal by its number: what a rule says cannot be taken for what it does. */
function depouiller(texte: string): { code: string; litteraux: string[] } {
  const litteraux: string[] = [];
  const code = texte.replace(/--[^\n]*|'((?:[^']|'')*)'/g, (trouve, litteral) => {
    if (trouve.startsWith("--")) return "";
    litteraux.push(litteral);
    return `'${litteraux.length - 1}'`;
  });
  return { code, litteraux };
}

/** The first argument of a call that begins here, whatever it is computed from. */
function premierArgument(code: string, debut: number): string {
  let profondeur = 0;
  for (let i = debut; i < code.length; i++) {
    if (code[i] === "(") profondeur++;
    if (code[i] === ")" && --profondeur < 0) return code.slice(debut, i);
    if (code[i] === "," && profondeur === 0) return code.slice(debut, i);
  }
  return code.slice(debut);
}

/** The gates of a text: who may not pass is refused, and who has no second factor where the capability asks for one. */
const PORTES = /\bprivate\.exiger\s*\(\s*'(\d+)'\s*\)/g;

function lireCorps(texte: string, codes: ReadonlySet<string>, secondFacteur: ReadonlySet<string>) {
  const { code, litteraux } = depouiller(texte);
  const parmi = (bout: string) =>
    [...bout.matchAll(/'(\d+)'/g)].map(([, numero]) => litteraux[Number(numero)]!).filter((un) =>
      codes.has(un)
    );
  const refuse = new Set([
    ...[...code.matchAll(/\b(?:private|astm)\.refuser\w*\s*\(/g)].flatMap(({ 0: { length }, index }) =>
      parmi(premierArgument(code, index + length))
    ),
    ...[...code.matchAll(/\braise exception\b[^;]*/g)].flatMap(([bout]) => parmi(bout)),
  ]);
  const appelle = new Set(
    [...code.replace(PORTES, "").matchAll(/\b((?:public|private|astm)\.\w+)\s*\(/g)].map(([, nom]) => nom!),
  );
  for (const [, numero] of code.matchAll(PORTES)) {
    refuse.add("ROLE_FORBIDDEN");
    if (secondFacteur.has(litteraux[Number(numero)]!)) appelle.add("private.exiger_second_facteur");
  }
  const ecrit = [
    ...code.matchAll(/\b(insert) into ((?:public|private|astm)\.\w+)/g),
    ...code.matchAll(/\b(update|delete from|truncate) (?:only )?((?:public|private|astm)\.\w+)/g),
  ].map(([, verbe, table]) => ({ table: table!, verbe: verbe!.split(" ")[0] as Verbe }));
  for (
    const [, table] of code.matchAll(/\binsert into ((?:\w+)\.\w+)[^;]*\bon conflict\b[^;]*\bdo update\b/g)
  ) {
    ecrit.push({ table: table!, verbe: "update" });
  }
  const drapeaux = new Set(litteraux.filter((un) => /^app\.\w+_allow_write$/.test(un)));
  return { refuse, appelle, ecrit, drapeaux, laissePasser: appelle.has("private.possede") };
}

export interface Schema {
  fonctions: Map<string, Fonction>;
  declencheurs: Declencheur[];
  /** Refusals of a table's own checks, by its name. */
  controles: Map<string, ReadonlySet<string>>;
  /** HTTP statuses that rules give a code beside its own: « refuser('INVALID_ID_OR_STATE', …, 404) ». */
  autresStatuts: Map<string, number>;
  /** Every code of the catalogue. */
  codes: ReadonlySet<string>;
}

export async function lireSchema(): Promise<Schema> {
  await loadModule();
  const codes = new Set((await lireLignes("private.refus")).map(({ code }) => String(code)));
  const secondFacteur = new Set(
    (await lireLignes("private.capacites")).filter(({ second_facteur }) => second_facteur)
      .map(({ capacite }) => String(capacite)),
  );
  const schema: Schema = {
    fonctions: new Map(),
    declencheurs: [],
    controles: new Map(),
    autresStatuts: new Map(),
    codes,
  };
  for (const { fichier, texte } of await lireChapitres()) {
    for (const [, code, statut] of texte.matchAll(/\brefuser\('([A-Z_]+)', [^;]*, (4\d\d)\);/g)) {
      schema.autresStatuts.set(code!, Number(statut));
    }
    const octets = new TextEncoder().encode(texte);
    for (const { stmt, stmt_location = 0, stmt_len } of parseSync(texte).stmts as Instruction[]) {
      const { CreateFunctionStmt: fonction, CreateTrigStmt: declencheur, CommentStmt: dit } = stmt;
      const lire = () =>
        lireCorps(
          new TextDecoder().decode(octets.subarray(stmt_location, stmt_len && stmt_location + stmt_len)),
          codes,
          secondFacteur,
        );
      if (stmt.CreateStmt) {
        const { schemaname, relname } = stmt.CreateStmt.relation;
        schema.controles.set(`${schemaname}.${relname}`, lire().refuse);
      }
      if (fonction) {
        const nom = nomComplet(fonction.funcname);
        const corps = lire();
        corps.appelle.delete(nom);
        const proprietaire = fonction.options.some(({ DefElem: { defname, arg } }) =>
          defname === "security" && arg.Boolean?.boolval === true
        );
        const deja = schema.fonctions.get(nom);
        schema.fonctions.set(nom, {
          nom,
          fichier,
          commentaire: "",
          proprietaire: proprietaire || deja?.proprietaire === true,
          laissePasser: corps.laissePasser || deja?.laissePasser === true,
          drapeaux: corps.drapeaux.union(deja?.drapeaux ?? new Set()),
          refuse: corps.refuse.union(deja?.refuse ?? new Set()),
          appelle: corps.appelle.union(deja?.appelle ?? new Set()),
          ecrit: [...corps.ecrit, ...deja?.ecrit ?? []],
        });
      }
      if (declencheur) {
        schema.declencheurs.push({
          table: `${declencheur.relation.schemaname}.${declencheur.relation.relname}`,
          fonction: nomComplet(declencheur.funcname),
          evenements: declencheur.events,
        });
      }
      if (dit?.objtype === "OBJECT_FUNCTION") {
        const fonction = schema.fonctions.get(nomComplet(dit.object.ObjectWithArgs!.objname));
        if (fonction) fonction.commentaire += ` ${dit.comment ?? ""}`;
      }
    }
  }
  return schema;
}

/** Triggers that a statement fires, by the names of their functions. */
export const declenchees = ({ declencheurs }: Schema, table: string, verbe: Verbe): string[] =>
  declencheurs.filter((un) => un.table === table && (un.evenements & BITS[verbe]) !== 0)
    .map(({ fonction }) => fonction);

const AUTRE_CAMION = {
  SECOND_FACTEUR_REQUIS: "the capability to write a truck asks for none",
  CDR_DEJA_OUVERT: "it changes no plate",
  LOT_NON_OUVERT: "it changes no lot",
  LOT_INCOMPATIBLE: "the same",
  LOT_CDR_DECHARGE: "the same",
};

/** What the text alone cannot know: refusals that a function reaches and never meets, with the reason. */
const JAMAIS: Record<string, Record<string, string>> = {
  "public.validate_sortie": { VERSION_PERIMEE: "it asks for no version" },
  "public.rejeter_sortie": { VERSION_PERIMEE: "the same" },
  "public.creer_et_valider_sortie": { INVALID_ID_OR_STATE: "the draft it validates is its own" },
  "public.changer_statut_cours_de_route": AUTRE_CAMION,
  "public.annuler_cours_de_route": AUTRE_CAMION,
  "private.receptions_apres_insert": {
    ...AUTRE_CAMION,
    ROLE_FORBIDDEN: "it cancels no truck",
    MOTIF_REQUIS: "the same",
    INTROUVABLE: "the truck it closes was found, is ARRIVE, and locked",
    ECRITURE_INTERDITE: "the same",
    CDR_TRANSITION_INTERDITE: "the same",
  },
  "private.cours_de_route_avant_insert": { LOT_CDR_DECHARGE: "a new truck is at CHARGEMENT" },
};

/** What a rule has a table's own triggers do by saying its flag: to anybody else who says one they are guards. */
const FAIT_FAIRE: Record<string, string[]> = {
  "private.valider_sortie": [
    "private.lire",
    "private.exiger_actifs",
    "private.preparer_validation",
    "private.terminer_validation",
  ],
  "private.creer_et_valider": [
    "private.lire",
    "private.exiger_actifs",
    "private.sortie_rangee",
    "private.preparer_validation",
    "private.terminer_validation",
  ],
  "private.rejeter_sortie": ["private.exiger_ouvert"],
};
/** And what the same triggers do for these rules alone. */
const POUR_EUX_SEULS = [
  "private.preparer_validation",
  "private.terminer_validation",
];

/** Every refusal that can come out of these functions. */
export function refusAtteints(schema: Schema, noms: Iterable<string>): Set<string> {
  const atteindre = (
    nom: string,
    comme: boolean,
    declenchee: boolean,
    dessus: string[],
    dits: Set<string>,
  ): Set<string> => {
    const fonction = schema.fonctions.get(nom);
    if (!fonction || dessus.includes(nom)) return new Set();
    const { drapeaux } = fonction;
    // The owner passes the guards of its own tables, having said the flag of those that want one: that is what they are for.
    const passe = comme && fonction.laissePasser && (!drapeaux.size || !drapeaux.isDisjointFrom(dits));
    if (declenchee && passe) return new Set();
    const atteints = new Set(fonction.refuse);
    const ajouter = (suivante: string, parDeclencheur: boolean) => {
      for (
        const code of atteindre(
          suivante,
          comme || fonction.proprietaire,
          parDeclencheur,
          [...dessus, nom],
          dits.union(drapeaux),
        )
      ) atteints.add(code);
    };
    const demandee = !dessus.length ||
      [...dessus, nom].some((un) => FAIT_FAIRE[un]?.some((fait) => POUR_EUX_SEULS.includes(fait)));
    for (const appelee of [...fonction.appelle, ...FAIT_FAIRE[nom] ?? []]) {
      if (demandee || !POUR_EUX_SEULS.includes(appelee)) ajouter(appelee, false);
    }
    for (const { table, verbe } of fonction.ecrit) {
      for (const declencheur of declenchees(schema, table, verbe)) ajouter(declencheur, true);
    }
    for (const code of Object.keys(JAMAIS[nom] ?? {})) atteints.delete(code);
    return atteints;
  };
  const tous = new Set([...noms].flatMap((nom) => [...atteindre(nom, false, false, [], new Set())]));
  return new Set([...schema.codes].filter((code) => tous.has(code)));
}

/** What a comment says its function raises: codes, and « what validate_sortie raises [but CODE, CODE] ». */
export function refusDits(schema: Schema, { commentaire }: Fonction): Set<string> {
  const codes = (texte: string) =>
    (texte.match(/\b[A-Z][A-Z0-9_]{3,}\b/g) ?? []).filter((mot) => schema.codes.has(mot));
  const dits = new Set<string>();
  const reste = commentaire.replace(
    /(?:what|all that) (?:\w+\.)?(\w+) raises?(?: but ((?:[A-Z_]+(?:, )?)+))?/g,
    (_, nom, sauf = "") => {
      const nommees = ["public", "private", "astm"].map((un) => `${un}.${nom}`);
      for (const code of refusAtteints(schema, nommees).difference(new Set(codes(sauf)))) dits.add(code);
      return "";
    },
  );
  for (const code of codes(reste)) dits.add(code);
  return dits;
}
