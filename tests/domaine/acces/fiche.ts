// docs/securite.md: the matrix for the people of the depot, in French.
import { type Role, ROLES } from "../../../ops/pile/demo_users.ts";
import { CAPACITES, D_UN_DEPOT } from "./acteurs.ts";
import { FONCTIONS, PORTES, type Relation, RELATIONS, type Verbe } from "./matrice.ts";

const QUI: Record<Role, string> = {
  admin: "Administrateur",
  directeur: "Directeur",
  gerant: "Gérant",
  operateur: "Opérateur",
  pca: "Président du conseil d'administration",
  lecture: "Lecture seule",
};

const VERBES: Record<Verbe, string> = { lire: "L", creer: "C", modifier: "M", supprimer: "S" };
/** Under a name that older readers use: the same rows again. */
const ANCIENS_NOMS = /ancien nom/;

const tableau = (entetes: string[], lignes: string[][]) => {
  const rang = (cellules: string[]) => `| ${cellules.join(" | ")} |`;
  return [rang(entetes), rang(entetes.map((_, i) => i ? ":-:" : "---")), ...lignes.map(rang)].join("\n");
};

const entetes = (premier: string) => [premier, ...ROLES];
/** What somebody may ask: a door, or a function that only REST gives, each once whatever the number of ways. */
const gestes: { dit: string; roles: readonly Role[] }[] = [
  ...new Map(
    [
      ...Object.values(PORTES),
      ...Object.values(FONCTIONS).filter(({ declencheur, lecture }) => !declencheur && !lecture),
    ]
      .flatMap(({ dit, roles }) => roles === "public" ? [] : [[dit, { dit, roles }] as const]),
  ).values(),
];
const estUneLecture = ({ dit }: { dit: string }) => /^lire/.test(dit);

const tableauDesGestes = (choisis: typeof gestes) =>
  tableau(
    entetes("geste"),
    choisis.map(({ dit, roles }) => [dit, ...ROLES.map((role) => roles.includes(role) ? "x" : "")]),
  );

/** Rows that no door writes: the app writes them through REST. */
const tenues = Object.values(RELATIONS).filter(({ exemple }) =>
  exemple && !Object.values(PORTES).some(({ corps }) => corps === exemple)
);

const droits = (ligne: Relation, role: Role) =>
  (Object.keys(VERBES) as Verbe[]).filter((verbe) => ligne[verbe].includes(role)).map((verbe) =>
    VERBES[verbe]
  ).join("");

function tableauDesDonnees(parDepot: boolean): string {
  return tableau(
    entetes("données"),
    Object.values(RELATIONS).filter((ligne) => ligne.parDepot === parDepot && !ANCIENS_NOMS.test(ligne.dit))
      .map((ligne) => [ligne.dit, ...ROLES.map((role) => droits(ligne, role))]),
  );
}

const tableauDesCapacites = () =>
  tableau(
    [...entetes("capacité"), "second facteur"],
    CAPACITES.map(({ dit, roles, secondFacteur }) => [
      dit,
      ...ROLES.map((role) => roles.includes(role) ? "x" : ""),
      secondFacteur ? "x" : "",
    ]),
  );

function portrait(role: Role): string {
  const siens = gestes.filter((geste) => geste.roles.includes(role) && !estUneLecture(geste)).map(({ dit }) =>
    dit
  );
  const aJour = tenues.filter(({ creer }) => creer.includes(role)).map(({ dit }) => dit);
  const absentes = Object.values(RELATIONS)
    .filter(({ lire, dit }) => lire.length && !lire.includes(role) && !ANCIENS_NOMS.test(dit)).map((
      { dit },
    ) => dit);
  return [
    `### ${QUI[role]} (\`${role}\`)`,
    D_UN_DEPOT.includes(role)
      ? "Ne voit que son dépôt : pour lui, les autres n'existent pas."
      : "Voit tous les dépôts.",
    `Peut : ${siens.join(", ")}.`,
    ...(aJour.length ? [`Tient à jour : ${aJour.join(", ")}.`] : []),
    ...(absentes.length ? [`Ne lit pas : ${absentes.join(", ")}.`] : ["Lit tout ce qui se lit."]),
  ].join("\n\n");
}

export function ecrireFiche(): string {
  return `<!-- Écrit par \`npm run securite\` d'après tests/domaine/acces/matrice.ts : ne pas corriger ici. -->

# Qui peut quoi

Chaque personne a un rôle, donné par un administrateur. Cette page dit ce que chaque rôle permet. Elle est écrite
d'après la liste que les essais vérifient à chaque modification, dans la base elle-même et à travers l'application : ce
qui est écrit ici est ce qui se passe.

Quatre règles valent pour tous :

- Sans compte, on ne voit rien et on n'écrit rien. Personne ne s'inscrit soi-même : un administrateur crée les comptes.
- Un compte auquel aucun administrateur n'a donné de rôle ne voit rien et n'écrit rien.
- Personne ne change son propre rôle ni son propre dépôt.
- Ce qui a été validé ne se modifie plus et ne se supprime plus, quel que soit le rôle. Une erreur se corrige par un
  ajustement, avec son motif, qui reste visible.

Le gérant, l'opérateur et la lecture seule travaillent pour un dépôt : ce qui est à un autre dépôt leur est répondu
« introuvable », comme ce qui n'existe pas.

## Les capacités

La liste que la base elle-même consulte avant chaque acte. « Second facteur » : quand l'option \`mfa_admin\` est ouverte,
il faut aussi avoir saisi le code de son application.

${tableauDesCapacites()}

## Rôle par rôle

${ROLES.map(portrait).join("\n\n")}

## Ce que l'on fait

${tableauDesGestes(gestes.filter((porte) => !estUneLecture(porte)))}

## Ce que l'on consulte

${tableauDesGestes(gestes.filter(estUneLecture))}

## Les données, une par une

L : lire, C : créer, M : modifier, S : supprimer. Une case vide : rien. Modifier ou supprimer reste soumis aux règles :
un brouillon se complète, une sortie validée non ; une citerne qui a servi ne se supprime pas.

Celles d'un dépôt :

${tableauDesDonnees(true)}

Celles qui sont communes à tous les dépôts :

${tableauDesDonnees(false)}
`;
}
