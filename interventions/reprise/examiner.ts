// reprise:examiner: reads, says, proposes.
import { writeWhole } from "../../ops/commun/files.ts";
import { join } from "node:path";
import type { Etape } from "../../ops/commun/deroulement.ts";
import { motDeCommande } from "../../ops/commun/command_line.ts";
import { nombre } from "../../ops/commun/francais.ts";
import { type Contexte, ouvrirLaSource } from "./contexte.ts";
import { decisionDe, lireDecisions, proposerDecisions } from "./examen/decisions.ts";
import { type Ancienne, lireAncienne } from "./ancienne/lecture.ts";
import { type Compte, pageAnomalies, pageExamen } from "./pages.ts";
import { empreinteSource, lireSource } from "./ancienne/source.ts";
import { traduire } from "./traduire.ts";

/** Measured on the laptop of the project (`npm run ops -- reprise:charger --a-blanc` measures it on yours). */
const LIGNES_PAR_SECONDE = 8000;

const compter = (ancienne: Ancienne): Compte[] =>
  Object.entries(ancienne).flatMap(([nom, valeur]) =>
    nom === "inconnues"
      ? []
      : nom === "autres"
      ? ancienne.autres.map(({ table, lignes }) => ({ table, lignes: lignes.length }))
      : Array.isArray(valeur)
      ? [{ table: nom, lignes: valeur.length }]
      : []
  );

function direLeGel(lignes: number): string {
  const minutes = Math.max(1, Math.ceil(lignes / LIGNES_PAR_SECONDE / 60));
  return `Gel à prévoir : environ ${minutes} min de chargement pour ${
    nombre(lignes)
  } lignes, autant pour la preuve, et le ` +
    "temps de relire le rapport. reprise:charger --a-blanc mesure le chargement sur vos machines.";
}

export function etapesExamen(
  options: { source: string; decisions?: string; dans: string },
): Etape<Contexte>[] {
  return [
    ouvrirLaSource(options.source),
    {
      titre: "Examiner",
      faire: async (contexte, dire) => {
        const deja = options.decisions ? await lireDecisions(options.decisions) : undefined;
        const le = new Date().toISOString();
        const { ancienne, empreinte } = await lireSource(contexte.source!, async (instantane) => {
          dire("lecture");
          const ancienne = await lireAncienne(instantane);
          dire("empreinte");
          return { ancienne, empreinte: await empreinteSource(instantane) };
        });
        dire("anomalies");
        const choix = deja && decisionDe(deja.fichier);
        const { examen, bilans } = traduire(ancienne, choix);
        const comptes = compter(ancienne);
        const gel = direLeGel(comptes.reduce((somme, { lignes }) => somme + lignes, 0));
        const { nom } = contexte.source!;
        const fichier = proposerDecisions(examen.anomalies, { nom, empreinte, examinee_le: le });
        await Deno.mkdir(options.dans, { recursive: true });
        const chemins = {
          decisions: join(options.dans, "reprise-decisions.json"),
          page: join(options.dans, "reprise-examen.html"),
          liste: join(options.dans, "reprise-anomalies.csv"),
        };
        // A person's choices lie in the one before it.
        await writeWhole(chemins.decisions, JSON.stringify(fichier, null, 2) + "\n", { mode: 0o644 });
        await Deno.writeTextFile(chemins.liste, pageAnomalies(examen.anomalies));
        await Deno.writeTextFile(
          chemins.page,
          await pageExamen({ source: nom, le, comptes, anomalies: examen.anomalies, bilans, gel }),
        );
        const parCode = Object.fromEntries(
          fichier.decisions.map(({ code, nombre, lignes }) => [code, nombre ?? lignes.length]),
        );
        contexte.resultat = { comptes, anomalies: parCode, gel, ...chemins };
        contexte.suite =
          `${gel}\nÀ imprimer : ${chemins.page}\nToutes les lignes : ${chemins.liste}\nÀ relire, modifier et signer : ${chemins.decisions}\nEnsuite : ` +
          `npm run ops -- reprise:charger --source … --vers … --decisions ${
            motDeCommande(chemins.decisions)
          }`;
        return `${examen.anomalies.length} anomalies de ${fichier.decisions.length} sortes`;
      },
    },
  ];
}
