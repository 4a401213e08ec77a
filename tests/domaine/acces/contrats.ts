// docs/contrats/: the doors of each function, in French, at the end of its page: who may, by what codes it refuses, its
// example.
import { join } from "node:path";
import { ROOT } from "../../../ops/commun/settings.ts";
import { OPENAPI_FILE } from "../../../developpement/openapi.ts";
import { ROLES } from "../../../ops/pile/demo_users.ts";
import { PORTES } from "./matrice.ts";

/** The page of a function, where it is not named as the function. */
const PAGES: Record<string, string> = { achats: "fournisseurs", stocks: "stock", sorties: "validate_sortie" };
export const pageDe = (fonction: string) => `docs/contrats/${PAGES[fonction] ?? fonction}.md`;

const [DEBUT, FIN] = ["<!-- portes : npm run securite -->", "<!-- fin des portes -->"];
/** What any door may answer, said once in docs/contrats/ops.md. */
export const PARTOUT = [
  ...["NON_AUTHENTIFIE", "VALIDATION", "DEMANDE_INCOMPLETE", "DEMANDE_TROP_GRANDE", "DELAI_DEPASSE"],
  ...["SERVICE_INDISPONIBLE"],
  ...[
    "TROP_DE_DEMANDES",
    "ROLE_FORBIDDEN",
    "IDEMPOTENCE_CONFLIT",
    "ECRITURES_GELEES",
    "RESULTAT_INCONNU",
  ],
  ...["RESULTAT_INCONNU_SANS_CLE", "ENV_INTERDIT", "COMPTE_DESACTIVE"],
];

interface Operation {
  "x-codes": Record<string, string[]>;
}

export async function portesDecrites(): Promise<Map<string, Operation>> {
  const { paths } = JSON.parse(await Deno.readTextFile(OPENAPI_FILE)) as {
    paths: Record<string, Record<string, Operation>>;
  };
  return new Map(
    Object.entries(paths).flatMap(([chemin, operations]) =>
      Object.entries(operations).map(([methode, une]) => [`${methode.toUpperCase()} ${chemin}`, une] as const)
    ),
  );
}

export const fonctionDe = (porte: string) => porte.split("/")[1]!;

function qui(roles: readonly string[] | "public"): string {
  if (roles === "public") return "sans jeton";
  return roles.length === ROLES.length ? "tous les rôles" : roles.join(", ");
}

function ligne(porte: string, operation: Operation): string {
  const { dit, roles } = PORTES[porte]!;
  const codes = Object.values(operation["x-codes"]).flat().filter((code) => !PARTOUT.includes(code)).sort();
  const refus = codes.length ? ` Refus : ${codes.map((code) => `\`${code}\``).join(", ")}.` : "";
  return `- \`${porte}\` : ${dit} (${qui(roles)}).${refus}`;
}

/** Of a function that has none yet: what it is for is still to be written, above its doors. */
const commencee = (fonction: string) =>
  `# ${fonction}\n\n## Toutes les portes\n\nCe que toute porte peut répondre est dit une fois, dans [ops.md](ops.md).\n\n${DEBUT}\n${FIN}\n`;

/** A page as it is, with the doors of its function written again. */
export async function ecrirePage(fonction: string): Promise<string> {
  const page = await Deno.readTextFile(join(ROOT, pageDe(fonction))).catch(() => commencee(fonction));
  const [debut, fin] = [page.indexOf(DEBUT), page.indexOf(FIN)];
  if (debut < 0 || fin < debut) throw new Error(`${pageDe(fonction)} n'a pas ses repères ${DEBUT} et ${FIN}`);
  const lignes = [...await portesDecrites()].filter(([porte]) =>
    fonctionDe(porte) === fonction && PORTES[porte]
  )
    .map(([porte, une]) => ligne(porte, une));
  return `${page.slice(0, debut)}${DEBUT}\n\n${lignes.join("\n")}\n\n${page.slice(fin)}`;
}

export const fonctions = async () =>
  [...new Set([...(await portesDecrites()).keys()].map(fonctionDe))].sort();
