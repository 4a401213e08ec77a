// Every act that is of one depot, as the access matrix has it: what is added there is tried here, without a line more.
import { declenchees, lireSchema, type Schema } from "../../../developpement/refus_atteints.ts";
import type { Chose } from "../acces/decor.ts";
import { FONCTIONS, PRIVE, RELATIONS, type Verbe } from "../acces/matrice.ts";
import { appel, type Designer, instruction, nomComplet } from "../acces/sql.ts";

export interface Acte {
  nom: string;
  /** The statement, with the things of a depot in it. */
  dire: (par: Designer) => string;
  /** Volumes at 15 °C are the standard's while it is done. */
  norme?: true;
  /** Functions that it calls beside the one it is named for. */
  avec?: string[];
}

/** Of the matrix, what is no depot's act, and why. */
const HORS: Record<string, string> = {
  "creer public.depots": "ouvrir un dépôt est un acte de la société",
  "supprimer public.citernes": "une citerne qui a servi ne se supprime pas",
};

/** Things an act takes in the place of those of the matrix: a loss is of the depot that sent. */
const AUTRES: Record<string, Partial<Record<Chose, Chose>>> = {
  "public.declarer_perdu()": { transfert_attendu: "transfert_depot" },
};

/** What the matrix has no example of: the last litres leave warmer than they came, and the books gain some. */
const DERNIERS_LITRES: Acte = {
  nom: "vider une citerne plus chaude que ses livres",
  norme: true,
  dire: (par) => `
    select public.creer_et_valider_sortie(jsonb_build_object('citerne_id', s.citerne_id, 'client_id', ${
    par("client")
  }::text, 'volume_ambiant', s.stock_ambiant + 1, 'temperature_ambiante_c', 45, 'densite_a_15_kgm3', 840))
      from public.v_stock_actuel s where s.citerne_id = ${
    par("citerne")
  } and s.proprietaire_type = 'MONALUXE'`,
};

/** A file of one's own, as a function takes it: what it is, what it is about, its bytes. */
const fichier = (type: string, objet: string): string => `
  from (select convert_to('a;b' || gen_random_uuid(), 'UTF8') as octets) f cross join lateral (
    select jsonb_build_object('categorie', 'AUTRE', 'nom', 'essai.csv', 'type_mime', 'text/csv',
      'sha256', encode(sha256(f.octets), 'hex'), 'objet_type', '${type}', 'objet_id', ${objet}::uuid) as dit) d`;

const LOT = `
  set local role none;
  create temporary table lot on commit drop as select gen_random_uuid() as id, gen_random_uuid() as cle;
  grant select on lot to authenticated;
  set local role authenticated;`;

/** What the doors call, and no client of REST: each as its door does. */
const PORTES: Acte[] = [
  {
    nom: "private.porte_rediger_sortie()",
    dire: (par) => `
      select private.porte_rediger_sortie(jsonb_build_object('citerne_id', ${par("citerne")}, 'client_id', ${
      par("client")
    }, 'volume_ambiant', 1, 'temperature_ambiante_c', 15), valider) from unnest('{true,false}'::bool[]) valider`,
  },
  {
    nom: "private.porte_valider_sortie()",
    dire: (par) => `select private.porte_valider_sortie(${par("brouillon")})`,
  },
  {
    nom: "private.porte_rejeter_sortie()",
    dire: (par) => `select private.porte_rejeter_sortie(${par("brouillon")}, 'Saisie par erreur')`,
  },
  {
    nom: "private.deposer_document()",
    dire: (par) =>
      `select private.deposer_document(d.dit, f.octets) ${fichier("RECEPTION", par("reception"))}`,
  },
  {
    nom: "private.remplacer_document()",
    dire: (par) => `
      select private.remplacer_document(${par("document")}, d.dit, f.octets) ${
      fichier("RECEPTION", par("reception"))
    }`,
  },
  {
    nom: "private.garder_impression()",
    dire: (par) => `select private.garder_impression(d.dit, f.octets) ${fichier("SORTIE", par("sortie"))}`,
  },
  { nom: "private.ouvrir_document()", dire: (par) => `select private.ouvrir_document(${par("document")})` },
  {
    nom: "private.exporter_rapport()",
    dire: (par) =>
      `select private.exporter_rapport('livre', 'csv', ${par("depot")}, current_date - 1, current_date)`,
  },
  {
    nom: "private.noter_acte()",
    avec: ["private.recevoir_lot", "private.preparer_acte"],
    dire: (par) =>
      `${LOT}
      select private.recevoir_lot(l.id, 'essai', clock_timestamp(), jsonb_build_array(jsonb_build_object('cle', l.cle,
        'acte', 'sorties', 'moment', now() - interval '1 minute', 'corps', jsonb_build_object('citerne_id', ${
        par("citerne")
      })))) from lot l;
      select private.preparer_acte(l.id, 0) from lot l;
      select private.noter_acte(l.cle, 'REFUSE', 409, '{"code": "CITERNE_PLEINE", "detail": "Pleine."}') from lot l`,
  },
];

const VERBES: Verbe[] = ["creer", "modifier", "supprimer"];

const fonctions = (): Acte[] =>
  Object.entries(FONCTIONS)
    .filter(([, f]) => f.parDepot && !f.lecture && !f.declencheur && f.roles.includes("admin"))
    .map(([nom, f]) => ({ nom: `public.${nom}()`, dire: (par) => appel(nom, f, par) }));

const ecritures = (): Acte[] =>
  Object.entries(RELATIONS)
    .filter(([, r]) => r.parDepot)
    .flatMap(([nom, r]) =>
      VERBES.filter((verbe) => r[verbe].includes("admin")).map((verbe) => ({
        nom: `${verbe} ${nomComplet(nom)}`,
        dire: (par: Designer) => instruction(nom, r, verbe, par),
      }))
    );

/** In the order of the matrix. */
export const ACTES: Acte[] = [...fonctions(), ...ecritures(), ...PORTES, DERNIERS_LITRES]
  .filter(({ nom }) => !(nom in HORS))
  .map(({ nom, dire, ...reste }) => ({
    nom,
    ...reste,
    dire: (par) => dire((chose) => par(chose === "neuf" ? chose : AUTRES[nom]?.[chose] ?? chose)),
  }));

/** What people may call that writes, and is no act of a depot. */
const SANS_DEPOT: Record<string, RegExp> = {
  "de qui appelle : son second facteur, ses clés et ses actes, ce qu'il tient du journal":
    /^private\.(abandonner_acte|poser_codes_secours|proposer_facteur|reinitialiser_facteur|premiere_reponse|reponse_gardee)$/,
  "de toute la base : ne prend aucun verrou qu'un acte attende": /^private\.sceller_journal$/,
};

/** A function with all that it calls, and the triggers of what it writes. */
function avecSesSuites(schema: Schema, nom: string, vues = new Set<string>()): Set<string> {
  const fonction = schema.fonctions.get(nom);
  if (!fonction || vues.has(nom)) return vues;
  vues.add(nom);
  const suites = fonction.ecrit.flatMap(({ table, verbe }) => declenchees(schema, table, verbe));
  for (const suite of [...fonction.appelle, ...suites]) avecSesSuites(schema, suite, vues);
  return vues;
}

const EN_SQL: Partial<Record<string, "insert" | "update" | "delete">> = {
  creer: "insert",
  modifier: "update",
  supprimer: "delete",
};

/**
 * Functions that a person may call, by REST or through a door, that write, and that no act above tries nor runs: what the
 * schema has and the matrix says is the company's, or a person's own, apart.
 */
export async function horsDesActes(): Promise<string[]> {
  const schema = await lireSchema();
  const essayees = new Set<string>();
  for (const { nom, avec = [] } of ACTES) {
    avec.forEach((une) => avecSesSuites(schema, une, essayees));
    const [, fonction] = nom.match(/^(\w+\.\w+)\(\)$/) ?? [];
    if (fonction) avecSesSuites(schema, fonction, essayees);
    const [mot, table] = nom.split(" ");
    const verbe = EN_SQL[mot!];
    if (verbe) declenchees(schema, table!, verbe).forEach((une) => avecSesSuites(schema, une, essayees));
  }
  const deLaSociete = (nom: string) => FONCTIONS[nom.replace("public.", "")]?.parDepot === false;
  const appelables = [
    ...Object.entries(FONCTIONS).filter(([, { declencheur }]) => !declencheur).map(([nom]) =>
      `public.${nom}`
    ),
    ...[...PRIVE.lesDeux, ...PRIVE.authenticated].map((nom) => `private.${nom}`),
  ];
  return appelables.filter((nom) =>
    !essayees.has(nom) && !deLaSociete(nom) && !Object.values(SANS_DEPOT).some((ceux) => ceux.test(nom)) &&
    [...avecSesSuites(schema, nom)].some((une) => schema.fonctions.get(une)!.ecrit.length)
  );
}
