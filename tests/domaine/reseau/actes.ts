// Every act that is of one depot, as the access matrix has it: what is added there is tried here, without a line more.
import { D_UN_DEPOT } from "../acces/acteurs.ts";
import { type Chose, nommees } from "../acces/decor.ts";
import { FONCTIONS, RELATIONS, type Verbe } from "../acces/matrice.ts";
import { appel, type Designer, instruction, nomComplet } from "../acces/sql.ts";

export interface Acte {
  nom: string;
  /** The statement, with the things of a depot in it. */
  dire: (par: Designer) => string;
  /** Volumes at 15 °C are the standard's while it is done. */
  norme?: true;
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
export const ACTES: Acte[] = [...fonctions(), ...ecritures(), DERNIERS_LITRES]
  .filter(({ nom }) => !(nom in HORS))
  .map(({ nom, dire, ...reste }) => ({
    nom,
    ...reste,
    dire: (par) => dire((chose) => par(chose === "neuf" ? chose : AUTRES[nom]?.[chose] ?? chose)),
  }));

/** Functions that people of one depot may call and that no act above tries, with a thing of a depot among what they take. */
export const horsDesActes = (): string[] =>
  Object.entries(FONCTIONS)
    .filter(([nom, f]) =>
      !f.declencheur && !f.lecture && nommees(f.arguments).length > 0 &&
      f.roles.some((role) => D_UN_DEPOT.includes(role)) &&
      !ACTES.some((acte) => acte.nom === `public.${nom}()`)
    )
    .map(([nom]) => nom);
