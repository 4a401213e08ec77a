// The intervention: what each step saw and who confirmed it. It lives in the database it is made on, and says there which
// step may come next; each machine that runs a step also writes it, as facts (JSON) and as a journal (Markdown), in
// docs/interventions/<day>/.
import type { Environnement } from "../../ops/commun/environment.ts";
import { jourAuDepot, momentAuDepot } from "../../ops/commun/horloge.ts";
import { join } from "node:path";
import { Refus } from "../../ops/commun/deroulement.ts";
import type { Cible } from "../../ops/exploitation/cible/cible.ts";
import { consigner, type Fiche, lireFiches } from "./registre.ts";
import type { Sql } from "../../ops/commun/connection.ts";
import { interventionsDir } from "../../ops/commun/settings.ts";
import { redigerJournal } from "./journal.ts";
import { type Acte, ETAPES, type Intervention, type Passage } from "./passage.ts";

const NOM = "migration-astm";

export class Dossier {
  /** `remplacement`: when the functions were first replaced and not put back since, by this intervention or another. */
  constructor(
    readonly fichier: string,
    readonly fiche: Fiche<Intervention>,
    readonly remplacement?: string,
  ) {}

  get contenu(): Intervention {
    return this.fiche.contenu;
  }

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

  /** Archived and not taken back, or opened again after the way back. */
  get close(): boolean {
    return (!this.annulee && !!this.acquis("archive")) || this.dernier("reprise")?.statut === "faite";
  }

  /**
   * The last backup that was taken before the functions were replaced, by what it says of itself and not by its place.
   * Refuses with SAUVEGARDE_D_APRES, by name, where there are only later ones; with ETAPE_MANQUANTE where there is none.
   */
  exigerBackupDAvant(): Passage {
    const faites = this.#effectifs.filter(({ etape, statut }) => etape === "backup" && statut === "faite");
    const { remplacement } = this;
    const avant = faites.findLast(({ faits }) =>
      !remplacement || Date.parse(faits.moment as string) < Date.parse(remplacement)
    );
    if (avant) return avant;
    const apres = faites.at(-1) ?? this.exiger("backup");
    throw new Refus(
      "SAUVEGARDE_D_APRES",
      `${(apres.faits.dump as string).split("/").at(-1)} est d'après le remplacement des fonctions (${
        momentAuDepot(remplacement!)
      }) : y revenir ne déferait rien, et rien n'a été fait. Si cette intervention n'a rien remplacé, renoncez-y ` +
        `(npm run ops -- migration:astm rollback --reprise --env ${this.contenu.env}), puis refaites rollback : il reprend ` +
        "celle qui a été archivée.",
    );
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

  /** Adds a run: to the database, then to both files, each whole or not at all. */
  async consigner(sql: Sql, passage: Passage): Promise<void> {
    this.contenu.passages.push(passage);
    await consigner(
      sql,
      Object.assign(this.fiche, {
        etape: passage.etape,
        close_le: this.close ? passage.fin : null,
      }),
    );
    await Deno.mkdir(this.dossier, { recursive: true });
    await ecrire(this.fichier, `${JSON.stringify(this.contenu, null, 2)}\n`);
    await ecrire(this.fichier.replace(/\.json$/, ".md"), redigerJournal(this.contenu));
  }
}

async function ecrire(fichier: string, texte: string): Promise<void> {
  await Deno.writeTextFile(`${fichier}.part`, texte);
  await Deno.rename(`${fichier}.part`, fichier);
}

/** Every migration of this target, oldest first, each with the name its evidence has on any machine. */
async function dossiers(sql: Sql, { env, reference }: Cible): Promise<Dossier[]> {
  const fiches = await lireFiches<Intervention>(sql, reference, NOM);
  const duJour = new Map<string, number>();
  let remplacement: string | undefined;
  return fiches.map((fiche) => {
    const jour = jourAuDepot(new Date(fiche.ouverte_le));
    const rang = (duJour.get(jour) ?? 0) + 1;
    duJour.set(jour, rang);
    const fichier = join(interventionsDir(), jour, `astm-${env}${rang > 1 ? `-${rang}` : ""}.json`);
    for (const { etape, statut, debut, sans_effet } of fiche.contenu.passages) {
      if (statut !== "faite" || sans_effet) continue;
      if (etape === "apply") remplacement ??= debut;
      // The backup is there again, functions included: what comes after is a beginning.
      if (etape === "reprise" && fiche.contenu.passages.some((passage) => passage.etape === "rollback")) {
        remplacement = undefined;
      }
    }
    return new Dossier(fichier, fiche, remplacement);
  });
}

/** The intervention under way on this target, if there is one. */
export const interventionEnCours = async (sql: Sql, cible: Cible): Promise<Dossier | undefined> =>
  (await dossiers(sql, cible)).findLast((dossier) => !dossier.fiche.close_le);

function aucune(env: Environnement): never {
  throw new Refus(
    "ETAPE_MANQUANTE",
    `Aucune intervention n'est en cours sur ${env}. À faire : npm run ops -- migration:astm plan --env ${env}.`,
  );
}

/** The one under way. Refuses with ETAPE_MANQUANTE where there is none. */
export const derniereIntervention = async (sql: Sql, cible: Cible): Promise<Dossier> =>
  await interventionEnCours(sql, cible) ?? aucune(cible.env);

/** What the way back takes: the one under way, else the last that was archived and not taken back yet. */
export async function aReprendre(sql: Sql, cible: Cible): Promise<Dossier> {
  const tous = await dossiers(sql, cible);
  return tous.findLast(({ fiche }) => !fiche.close_le) ??
    tous.findLast((dossier) => !dossier.annulee && !!dossier.acquis("archive")) ?? aucune(cible.env);
}

/** A new one, with a name of its own: the second of a day has a number. */
export async function ouvrirIntervention(sql: Sql, cible: Cible): Promise<Dossier> {
  const { env, reference } = cible;
  const ouverte_le = new Date().toISOString();
  const jour = jourAuDepot(new Date(ouverte_le));
  const tous = await dossiers(sql, cible);
  const rang = tous.filter(({ fiche }) => jourAuDepot(new Date(fiche.ouverte_le)) === jour).length + 1;
  return new Dossier(join(interventionsDir(), jour, `astm-${env}${rang > 1 ? `-${rang}` : ""}.json`), {
    id: crypto.randomUUID(),
    nom: NOM,
    reference,
    ouverte_le,
    close_le: null,
    etape: null,
    par: null,
    version: 0,
    contenu: { intervention: NOM, env, reference, ouverte_le, passages: [] },
  }, tous.at(-1)?.remplacement);
}
