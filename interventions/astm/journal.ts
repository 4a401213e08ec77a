// The journal a person reads: one section a run, in French, from the facts alone.
import { momentAuDepot } from "../../ops/commun/horloge.ts";
import type { Intervention, Passage, Tableau } from "./passage.ts";

const STATUTS = { faite: "fait", nogo: "NO-GO", echec: "ÉCHEC" } as const;

const cellule = (valeur: string | number | null) =>
  valeur === null ? "—" : String(valeur).replaceAll("|", "\\|").replaceAll("\n", " ");

const redigerTableau = ({ titre, colonnes, lignes }: Tableau) =>
  [
    `**${titre}**`,
    "",
    `| ${colonnes.join(" | ")} |`,
    `|${colonnes.map(() => "---").join("|")}|`,
    ...lignes.map((ligne) => `| ${ligne.map(cellule).join(" | ")} |`),
    ...(lignes.length ? [] : [`| ${["(aucun)", ...colonnes.slice(1).map(() => "")].join(" | ")} |`]),
  ].join("\n");

const redigerPassage = (passage: Passage, rang: number) =>
  [
    `## ${rang + 1}. ${passage.etape} : ${STATUTS[passage.statut]}${
      passage.sans_effet ? " (déjà fait, vérifié)" : ""
    }`,
    [
      `- Le ${momentAuDepot(passage.debut)}, fini à ${
        momentAuDepot(passage.fin).split(" ").at(-1)
      } (heure du dépôt)`,
      ...(passage.confirme_par ? [`- Confirmé par : **${passage.confirme_par}**`] : []),
      `- Code : \`${passage.git}\``,
      ...passage.constats.map(({ titre, constat }) => `- ${titre} : ${constat}`),
      ...(passage.erreur
        ? [`- **${passage.statut === "nogo" ? "NO-GO" : "Erreur"}** : ${passage.erreur}`]
        : []),
    ].join("\n"),
    ...(passage.tableaux ?? []).map(redigerTableau),
  ].join("\n\n");

export const redigerJournal = ({ env, reference, ouverte_le, passages }: Intervention) =>
  [
    `# Migration ASTM 53B — ${env}`,
    `Projet \`${reference}\`, intervention ouverte le ${momentAuDepot(ouverte_le)} (heure du dépôt). ` +
    "Écrit par `npm run ops -- migration:astm …` ; les mêmes faits, pour un programme, sont dans le fichier JSON voisin.",
    ...passages.map(redigerPassage),
    "",
  ].join("\n\n").trimEnd() + "\n";
