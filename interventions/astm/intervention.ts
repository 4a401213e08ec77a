// The evidence of an intervention: what each step saw and who confirmed it, as facts (JSON) and as a journal (Markdown)
// in docs/interventions/<day>/. It is also what says which step may come next.
import { jourAuDepot } from "../../ops/commun/horloge.ts";
import { join } from "node:path";
import { Refus } from "../../ops/commun/deroulement.ts";
import type { Environnement } from "../../ops/exploitation/cible/cible.ts";
import { ROOT } from "../../ops/commun/settings.ts";
import { redigerJournal } from "./journal.ts";

/** In the runbook's order; each needs the one before. */
export const ETAPES = [
  "plan",
  "freeze",
  "backup",
  "apply",
  "verify",
  "activate",
  "smoke",
  "go",
  "archive",
] as const;
/** Steps of the way back and of the replay, which have their own conditions. */
export type Acte =
  | typeof ETAPES[number]
  | "rollback"
  | "reprise"
  | "rejeu plan"
  | "rejeu relire"
  | "rejeu apply";

export interface Tableau {
  titre: string;
  colonnes: string[];
  lignes: (string | number | null)[][];
}

/** One run of one step. */
export interface Passage {
  etape: Acte;
  statut: "faite" | "nogo" | "echec";
  debut: string;
  fin: string;
  git: string;
  confirme_par?: string;
  /** Run again when there was nothing left to do: it checked, and changed nothing. */
  sans_effet?: boolean;
  constats: { titre: string; constat: string }[];
  faits: Record<string, unknown>;
  tableaux?: Tableau[];
  erreur?: string;
}

export interface Intervention {
  intervention: "migration-astm";
  env: Environnement;
  reference: string;
  ouverte_le: string;
  passages: Passage[];
}

export const dossierDesInterventions = () =>
  Deno.env.get("INTERVENTIONS_DIR") || join(ROOT, "docs/interventions");

export class Dossier {
  constructor(readonly fichier: string, readonly contenu: Intervention) {}

  get dossier(): string {
    return join(this.fichier, "..");
  }

  /** Name of a file kept beside the facts: `astm-prod-golden.html`. */
  annexe(nom: string): string {
    return this.fichier.replace(/\.json$/, `-${nom}`);
  }

  get #effectifs(): Passage[] {
    return this.contenu.passages.filter(({ sans_effet }) => !sans_effet);
  }

  /** Last run of a step that counts; undefined where it has not succeeded, or was made void by an earlier one. */
  acquis(etape: Acte): Passage | undefined {
    const passages = this.#effectifs;
    const dernier = passages.findLast((passage) => passage.etape === etape);
    if (dernier?.statut !== "faite") return undefined;
    const rang = (ETAPES as readonly string[]).indexOf(etape);
    if (rang <= 0) return dernier;
    const precedent = this.acquis(ETAPES[rang - 1]!);
    return precedent && passages.indexOf(precedent) < passages.indexOf(dernier) ? dernier : undefined;
  }

  dernier(etape: Acte): Passage | undefined {
    return this.#effectifs.findLast((passage) => passage.etape === etape);
  }

  /** The way back has been begun: nothing else is left but to finish it. */
  get annulee(): boolean {
    return !!this.dernier("rollback");
  }

  get close(): boolean {
    return !!this.acquis("archive") || this.dernier("reprise")?.statut === "faite";
  }

  /** Facts of a step that was done. Refuses with ETAPE_MANQUANTE where it was not. */
  exiger(etape: Acte): Passage {
    const passage = this.acquis(etape);
    if (passage) return passage;
    const { env } = this.contenu;
    const dernier = this.dernier(etape);
    throw new Refus(
      "ETAPE_MANQUANTE",
      `L'étape « ${etape} » ${
        dernier?.statut === "nogo"
          ? "a conclu NO-GO"
          : dernier?.statut === "echec"
          ? "a échoué"
          : dernier
          ? "est à refaire : une étape d'avant a été refaite depuis"
          : "manque"
      }. À faire : npm run ops -- migration:astm ${etape} --env ${env}` +
        (dernier && dernier.statut !== "faite" && etape !== "rollback"
          ? ", ou le retour arrière (rollback)."
          : "."),
    );
  }

  /** Adds a run and writes both files: whole, or not at all. */
  async consigner(passage: Passage): Promise<void> {
    this.contenu.passages.push(passage);
    await Deno.mkdir(this.dossier, { recursive: true });
    await ecrire(this.fichier, `${JSON.stringify(this.contenu, null, 2)}\n`);
    await ecrire(this.fichier.replace(/\.json$/, ".md"), redigerJournal(this.contenu));
  }
}

async function ecrire(fichier: string, texte: string): Promise<void> {
  await Deno.writeTextFile(`${fichier}.part`, texte);
  await Deno.rename(`${fichier}.part`, fichier);
}

async function fichiersDe(env: Environnement): Promise<string[]> {
  const racine = dossierDesInterventions();
  const trouves: { fichier: string; jour: string; essai: number }[] = [];
  const jours = await Array.fromAsync(Deno.readDir(racine)).catch(() => []);
  for (const { name: jour } of jours.filter(({ isDirectory }) => isDirectory)) {
    for await (const { name } of Deno.readDir(join(racine, jour))) {
      const trouve = name.match(new RegExp(`^astm-${env}(?:-(\\d+))?\\.json$`));
      if (trouve) trouves.push({ fichier: join(racine, jour, name), jour, essai: Number(trouve[1] ?? 1) });
    }
  }
  trouves.sort((un, autre) => un.jour.localeCompare(autre.jour) || un.essai - autre.essai);
  return trouves.map(({ fichier }) => fichier);
}

/** The intervention under way on this target, if there is one. */
export async function interventionEnCours(
  env: Environnement,
  reference: string,
): Promise<Dossier | undefined> {
  const fichier = (await fichiersDe(env)).at(-1);
  if (!fichier) return undefined;
  const dossier = new Dossier(fichier, JSON.parse(await Deno.readTextFile(fichier)));
  if (dossier.contenu.reference !== reference) {
    throw new Refus(
      "ENV_INTERDIT",
      `${fichier} est l'intervention du projet « ${dossier.contenu.reference} », et non de « ${reference} ».`,
    );
  }
  return dossier.close ? undefined : dossier;
}

/** The last intervention, under way or not. Refuses with ETAPE_MANQUANTE where there was none. */
export async function derniereIntervention(env: Environnement, reference: string): Promise<Dossier> {
  const enCours = await interventionEnCours(env, reference);
  if (enCours) return enCours;
  throw new Refus(
    "ETAPE_MANQUANTE",
    `Aucune intervention n'est en cours sur ${env}. À faire : npm run ops -- migration:astm plan --env ${env}.`,
  );
}

/** A new one, in the folder of the day: the second of a day has a number. */
export async function ouvrirIntervention(env: Environnement, reference: string): Promise<Dossier> {
  const jour = join(dossierDesInterventions(), jourAuDepot());
  const deja = (await fichiersDe(env)).filter((fichier) => fichier.startsWith(`${jour}/`)).length;
  return new Dossier(join(jour, `astm-${env}${deja ? `-${deja + 1}` : ""}.json`), {
    intervention: "migration-astm",
    env,
    reference,
    ouverte_le: new Date().toISOString(),
    passages: [],
  });
}
