// The file of decisions: proposed by reprise:examiner, edited and signed by a person, obeyed by reprise:charger.
import { z } from "zod";
import { Refus } from "../../../ops/commun/deroulement.ts";
import { type Code, nature, NATURES, propose } from "./codes.ts";
import type { Anomalie, Decision } from "./examen.ts";

const Fichier = z.strictObject({
  format: z.literal(1),
  source: z.strictObject({ nom: z.string(), empreinte: z.string(), examinee_le: z.iso.datetime() }),
  mode_d_emploi: z.string().optional(),
  signature: z.strictObject({ nom: z.string(), le: z.string() }),
  decisions: z.array(z.strictObject({
    code: z.enum(Object.keys(NATURES) as [Code, ...Code[]]),
    titre: z.string(),
    admis: z.record(z.string(), z.string()),
    choix: z.string(),
    /** Of all its rows: where there is nothing to choose the file shows the first of them. */
    nombre: z.number().optional(),
    lignes: z.array(z.strictObject({ ligne: z.string(), constat: z.string(), choix: z.string().optional() })),
  })),
});
export type FichierDecisions = z.infer<typeof Fichier>;

/** Rows shown of an anomaly that leaves no choice: a file of a hundred thousand is read by nobody. */
const LIGNES_SANS_CHOIX = 20;
const sansChoix = (code: Code) => Object.keys(nature(code).choix).length === 1;

const MODE_D_EMPLOI =
  "Pour chaque anomalie, « choix » vaut pour toutes ses lignes ; une ligne peut avoir le sien (ajoutez « choix » à la " +
  "ligne). Où un seul choix est admis, les premières lignes sont montrées ; toutes sont dans reprise-anomalies.csv. Les valeurs possibles sont sous « admis ». Signez : nom et date. Rien d'autre ne se modifie.";

/** A file that proposes what was chosen, to be signed. */
export function proposerDecisions(
  anomalies: Anomalie[],
  source: FichierDecisions["source"],
): FichierDecisions {
  const parCode = Map.groupBy(anomalies, ({ code }) => code);
  return {
    format: 1,
    source,
    mode_d_emploi: MODE_D_EMPLOI,
    signature: { nom: "", le: "" },
    decisions: [...parCode].map(([code, lignes]) => ({
      code,
      titre: nature(code).titre,
      admis: nature(code).choix,
      choix: propose(code),
      nombre: lignes.length,
      lignes: lignes.slice(0, sansChoix(code) ? LIGNES_SANS_CHOIX : undefined).map((
        { ligne, constat, choix },
      ) => ({
        ligne,
        constat,
        ...(choix === propose(code) ? {} : { choix }),
      })),
    })),
  };
}

/** Reads the file; refuses one that is not such a file, or decides what cannot be. */
export async function lireDecisions(
  chemin: string,
): Promise<{ fichier: FichierDecisions; empreinte: string }> {
  const octets = await Deno.readFile(chemin).catch(() => {
    throw new Refus(
      "DECISIONS_INVALIDES",
      `${chemin} n'existe pas, ou n'est pas lisible. Faites-le avec reprise:examiner.`,
    );
  });
  let fichier: FichierDecisions;
  try {
    fichier = Fichier.parse(JSON.parse(new TextDecoder().decode(octets)));
  } catch (erreur) {
    const faute = erreur instanceof z.ZodError
      ? `« ${erreur.issues[0]!.path.join(".")} » manque, ou n'est pas ce que reprise:examiner écrit`
      : (erreur as Error).message;
    throw new Refus("DECISIONS_INVALIDES", `${chemin} n'est pas un fichier de décisions (${faute}).`);
  }
  for (const { code, choix, lignes } of fichier.decisions) {
    for (const dit of [choix, ...lignes.flatMap((ligne) => ligne.choix ?? [])]) {
      if (Object.hasOwn(nature(code).choix, dit)) continue;
      throw new Refus(
        "DECISIONS_INVALIDES",
        `${chemin} : « ${dit} » n'est pas un choix pour ${code}. Choix possibles : ` +
          `${Object.keys(nature(code).choix).join(", ")}.`,
      );
    }
  }
  const sha = await crypto.subtle.digest("SHA-256", octets);
  return {
    fichier,
    empreinte: [...new Uint8Array(sha)].map((o) => o.toString(16).padStart(2, "0")).join(""),
  };
}

export function exigerSignature({ signature: { nom, le } }: FichierDecisions): void {
  if (nom.trim().length >= 3 && !Number.isNaN(Date.parse(le))) return;
  throw new Refus(
    "DECISIONS_NON_SIGNEES",
    "Les décisions ne sont pas signées : relisez le fichier, puis remplissez « signature » (nom, et le : 2026-11-26).",
  );
}

/** What the file says of an anomaly of a row; undefined where it does not know of it. */
export function decisionDe({ decisions }: FichierDecisions): Decision {
  const choix = new Map<string, string>();
  for (const groupe of decisions) {
    for (const ligne of groupe.lignes) {
      choix.set(`${groupe.code} ${ligne.ligne}`, ligne.choix ?? groupe.choix);
    }
  }
  const seules = new Set(decisions.filter(({ code }) => sansChoix(code)).map(({ code }) => code));
  return (code, ligne) => seules.has(code) ? propose(code) : choix.get(`${code} ${ligne}`);
}
