// What the app makes of a refusal, screen by screen (its error mappers at 2c9b5c6), and the page that says so:
// docs/contrats/application.md, written by `npm run application` from the catalogue of refusals and the rules' comments.
import { lireChapitres } from "../../../ops/commun/schema/declare.ts";
import { lireLignes } from "../../../ops/commun/schema/lignes.ts";

/** A refusal as PostgREST hands it on: the code as message, the sentence as hint. */
interface Refus {
  message: string;
  hint: string;
  /** What stands in the detail under `message`, for the refusals that carry it. */
  detail: string;
}

export interface Ecran {
  nom: string;
  /** Table and verbs whose rules may refuse. */
  table: string;
  verbes: ("insert" | "update" | "delete")[];
  /** A function that the table's rules call in turn. */
  fonction?: string;
  montre(refus: Refus): string;
}

const premier = (texte: string, regles: [RegExp, string][], sinon: string) =>
  regles.find(([motif]) => motif.test(texte))?.[1] ?? sinon;
const GENERIQUE = "Une erreur est survenue. Veuillez réessayer.";

/** Shown where the error comes as the client library throws it. */
const humanise = ({ message }: Refus) =>
  premier(message, [
    [/permission denied|row level security/i, "Accès refusé. Vérifiez vos permissions."],
    [/index_incoherents/i, "Indices incohérents : vérifiez les valeurs saisies."],
    [/citerne_inactive/i, "Citerne inactive. Sélectionnez une citerne active."],
    [/stock_insuffisant/i, "Stock insuffisant pour cette sortie."],
    [/validation|invalid/i, "Données invalides. Vérifiez les informations saisies."],
  ], `Erreur de base de données : ${message}`);

/** Shown where a service has put its own words around it. */
const humaniseAutre = ({ message }: Refus) =>
  premier(message, [
    [/auth|login/i, "Erreur d'authentification. Vérifiez vos identifiants."],
    [/validation|invalid/i, "Données invalides. Vérifiez les informations saisies."],
  ], "Une erreur inattendue s'est produite. Réessayez.");

const sortie = ({ message }: Refus) =>
  /insuffisant|stock disponible|capacité de sécurité|dépasserait|STOCK_INSUFFISANT_15C/.test(message)
    ? "Stock insuffisant dans la citerne. Veuillez ajuster le volume ou choisir une autre citerne."
    : GENERIQUE;

const lot = ({ message, detail }: Refus) =>
  premier(`${message} ${detail}`.toLowerCase(), [
    [/transition de statut lot invalide/, "Cette action n'est pas autorisée pour le statut actuel du lot."],
    [/statut lot invalide/, "Le statut du lot est invalide."],
    [
      /impossible de rattacher : le fournisseur du cdr ne correspond pas/,
      "Ce camion ne peut pas être ajouté à ce lot car le fournisseur ne correspond pas.",
    ],
    [
      /impossible de rattacher : le \{quoi\} du cdr ne correspond pas/,
      "Ce camion ne peut pas être ajouté à ce lot car le fournisseur (ou le produit) ne correspond pas.",
    ],
    [
      /impossible de modifier le rattachement au lot pour un cdr au statut decharge/,
      "Ce cours de route est déjà déchargé et ne peut plus être modifié.",
    ],
    [/(\{acte\}|rattacher|détacher|retirer).* n'est pas ouvert/, "Ce lot n'est plus modifiable."],
  ], GENERIQUE);

export const ECRANS: Ecran[] = [
  {
    nom: "Nouvelle réception",
    table: "receptions",
    verbes: ["insert"],
    montre: ({ hint }) => `Erreur lors de l'enregistrement: ${hint}`,
  },
  {
    nom: "Nouvelle sortie",
    table: "sorties_produit",
    verbes: ["insert"],
    fonction: "public.validate_sortie",
    montre: sortie,
  },
  {
    nom: "Cours de route : créer, modifier",
    table: "cours_de_route",
    verbes: ["insert", "update"],
    montre: ({ message }) =>
      `Erreur: Exception: Erreur lors de la création (mise à jour) du cours: ${message}`,
  },
  { nom: "Cours de route : faire avancer", table: "cours_de_route", verbes: ["update"], montre: humanise },
  { nom: "Cours de route : supprimer", table: "cours_de_route", verbes: ["delete"], montre: humaniseAutre },
  {
    nom: "Lots : créer, clôturer, facturer",
    table: "fournisseur_lot",
    verbes: ["insert", "update", "delete"],
    montre: lot,
  },
  { nom: "Lots : rattacher, détacher un camion", table: "cours_de_route", verbes: ["update"], montre: lot },
  {
    nom: "Ajustement de stock",
    table: "stocks_adjustments",
    verbes: ["insert"],
    montre: () => "Erreur lors de la création de l'ajustement.",
  },
  {
    nom: "Finance lot : enregistrer un paiement",
    table: "fournisseur_paiement_lot_min",
    verbes: ["insert"],
    montre: () => "Erreur lors de l’enregistrement du paiement.",
  },
  {
    nom: "Contrôles d'intégrité : acquitter, résoudre",
    table: "system_alerts",
    verbes: ["update"],
    montre: ({ message, hint }) =>
      `Erreur: PostgrestException(message: ${message}, code: …, details: …, hint: ${hint})`,
  },
];

/** The refusals that the rules of a table say they raise when it is written. */
async function codes({ table, verbes, fonction: appelee }: Ecran): Promise<string[]> {
  // A long literal is written in pieces, a line each.
  const texte = (await lireChapitres()).map((chapitre) => chapitre.texte.replaceAll(/'\n\s*'/g, "")).join(
    "\n",
  );
  const trouves = new Set<string>();
  const lever = (fonction: string) => {
    const dit = texte.match(
      new RegExp(`comment on function ${fonction.replace(".", "\\.")}\\([^)]*\\) is\\s+'((?:[^']|'')*)'`),
    )?.[1] ?? "";
    for (const code of dit.match(/Raises (.*)\./)?.[1]?.match(/[A-Z][A-Z0-9_]{4,}/g) ?? []) trouves.add(code);
  };
  if (appelee) lever(appelee);
  const declencheurs =
    /create trigger \w+\s+((?:before|after)[\s\w,]+?) on public\.(\w+)[^;]*?execute function (private\.\w+)/g;
  for (const [, quand, ou, fonction] of texte.matchAll(declencheurs)) {
    if (ou === table && verbes.some((verbe) => quand!.includes(verbe))) lever(fonction!);
  }
  if (!trouves.size) {
    throw new Error(`aucun refus trouvé pour ${table} : la lecture des chapitres ne voit plus rien`);
  }
  return [...trouves].sort();
}

const cellule = (texte: string) => texte.replaceAll("|", "\\|").replaceAll("\n", " ");

/** For each screen, what a person sees of each refusal; where it is one sentence for all, once. */
async function tableaux(): Promise<string> {
  const phrases = new Map(
    (await lireLignes("private.refus")).map(({ code, phrase }) => [String(code), String(phrase)]),
  );
  const parties: string[] = [];
  for (const ecran of ECRANS) {
    const { nom, montre } = ecran;
    const lignes = (await codes(ecran)).map((code) => {
      const phrase = phrases.get(code);
      if (!phrase) throw new Error(`${code} n'est pas au catalogue`);
      const vu = montre({ message: code, hint: phrase, detail: code.startsWith("LOT_") ? phrase : "" });
      return `| \`${code}\` | ${cellule(vu)} | ${vu.includes(phrase) ? "oui" : cellule(phrase)} |`;
    });
    parties.push(
      `### ${nom}\n\n| refus | ce que l'écran affiche | la phrase y est, ou : ce qu'elle dit |\n| --- | --- | --- |\n${
        lignes.join("\n")
      }`,
    );
  }
  return parties.join("\n\n");
}

const DEBUT = "<!-- Écrit par `npm run application` : ne pas corriger entre ces deux lignes. -->";
const FIN = "<!-- fin -->";
export const PAGE = new URL("../../../docs/contrats/application.md", import.meta.url);

/** The page as it should be: what a person wrote around the tables stays. */
export async function page(actuelle: string): Promise<string> {
  const [avant, reste] = actuelle.split(DEBUT);
  const apres = reste?.split(FIN)[1];
  if (apres === undefined) {
    throw new Error("docs/contrats/application.md a perdu les repères de ses tableaux");
  }
  return `${avant}${DEBUT}\n\n${await tableaux()}\n\n${FIN}${apres}`;
}
