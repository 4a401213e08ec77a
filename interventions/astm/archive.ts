// archive: runbook 5.7. Without every one of these pieces the migration does not count as valid.
import { exists, writeWhole } from "../../ops/commun/files.ts";
import { join } from "node:path";
import { type Etape, Refus } from "../../ops/commun/deroulement.ts";
import { momentAuDepot } from "../../ops/commun/horloge.ts";
import { ROOT } from "../../ops/commun/settings.ts";
import type { Ecarts } from "../../ops/exploitation/golden/comparaison.ts";
import { voisins } from "../../ops/exploitation/sauvegardes/dossier.ts";
import { joindre, type PieceJointe } from "./decision.ts";
import type { ContexteAstm } from "./etape.ts";
import { exigerDump, lireDump } from "./sauvegarde.ts";

const A_PARAITRE = "## [Unreleased]";

export interface OptionsArchive {
  commitFlutter?: string;
  confirmation?: string;
  changelog?: string;
}

/** Refuses with ARCHIVE_INCOMPLETE, naming every piece that is missing at once. */
function exigerPieces({ dossier }: ContexteAstm, { commitFlutter, confirmation }: OptionsArchive): void {
  const manques = [
    ...(/^[0-9a-f]{7,40}$/.test(commitFlutter ?? "")
      ? []
      : ["le commit Flutter déployé (--commit-flutter <hash>)"]),
    ...(confirmation
      ? []
      : ["la confirmation terrain SEP, mail ou export WhatsApp (--confirmation <fichier>)"]),
    ...(dossier.exiger("verify").faits.ecarts ? [] : ["les écarts mesurés ML_PP / SEP (étape verify)"]),
    ...(dossier.exiger("go").faits.validation
      ? []
      : ["la validation écrite du responsable du dépôt (étape go)"]),
  ];
  if (manques.length) {
    throw new Refus("ARCHIVE_INCOMPLETE", `Rien n'est archivé, il manque : ${manques.join(" ; ")}.`);
  }
}

/** The changelog with this entry under [Unreleased] → PROD; once, however often it is asked. */
function ajouterAuJournal(texte: string, entree: string): string {
  if (texte.includes(entree)) return texte;
  const prod = /^### PROD$\n\n?/m;
  if (!texte.includes(A_PARAITRE)) {
    return `${texte.trimEnd() || "# Journal des versions"}\n\n${A_PARAITRE}\n\n### PROD\n\n${entree}\n`;
  }
  const [avant, apres] = [texte.slice(0, texte.indexOf(A_PARAITRE)), texte.slice(texte.indexOf(A_PARAITRE))];
  const suivante = apres.slice(A_PARAITRE.length).search(/^## /m);
  const fin = suivante < 0 ? apres.length : suivante + A_PARAITRE.length;
  const [section, reste] = [apres.slice(0, fin), apres.slice(fin)];
  const ecrite = prod.test(section)
    ? section.replace(prod, (titre) => `${titre.trimEnd()}\n\n${entree}\n`)
    : `${section.trimEnd()}\n\n### PROD\n\n${entree}\n${reste ? "\n" : ""}`;
  return avant + ecrite + reste;
}

export function etapesArchive(options: OptionsArchive): Etape<ContexteAstm>[] {
  let confirmation: PieceJointe;
  return [
    {
      titre: "Réunir les pièces (runbook 5.7)",
      faire: async (contexte) => {
        exigerPieces(contexte, options);
        const dump = await exigerDump(contexte);
        confirmation = await joindre(
          contexte,
          options.confirmation,
          "confirmation-sep",
          "la confirmation terrain SEP",
        );
        Object.assign(contexte.faits, { commit_flutter: options.commitFlutter, confirmation, dump });
        return `confirmation ${confirmation.fichier}, Flutter ${options.commitFlutter}, ${dump}`;
      },
    },
    {
      titre: "Écrire le journal des versions",
      faire: async (contexte) => {
        const { dossier, faits } = contexte;
        const fichier = options.changelog ?? join(ROOT, "CHANGELOG.md");
        const go = dossier.exiger("go");
        const sauvegarde = dossier.exiger("backup").faits as { dump: string; sha256: string };
        const { cas, pire_ecart_l } = dossier.exiger("verify").faits.ecarts as Ecarts;
        const entree =
          `- Migration ASTM 53B (${dossier.contenu.env}), GO du ${
            momentAuDepot(go.fin)
          } par ${go.confirme_par} : ` +
          `${cas} cas SEP, plus grand écart ${pire_ecart_l} L ; Flutter \`${faits.commit_flutter}\` ; ` +
          `sauvegarde \`${sauvegarde.dump.split("/").at(-1)}\` (sha256 \`${sauvegarde.sha256}\`).`;
        const texte = await exists(fichier) ? await Deno.readTextFile(fichier) : "";
        await writeWhole(fichier, ajouterAuJournal(texte, entree), { mode: 0o644 });
        // What the archive names is there for as long as somebody may want to come back: no cleanup removes it.
        await Deno.writeTextFile(
          voisins((await lireDump(contexte)).dump).garde,
          JSON.stringify({ pour: entree, moment: new Date().toISOString() }, null, 2) + "\n",
          { mode: 0o600 },
        );
        faits.changelog = entree;
        return fichier;
      },
    },
  ];
}
