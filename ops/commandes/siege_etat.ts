import { direSchema, lireEtatSchema } from "../../supabase/functions/_shared/etat_schema.ts";
import { EMPREINTE_ATTENDUE } from "../../supabase/functions/ops/empreinte.ts";
import type { Sql } from "../commun/connection.ts";
import { oneValue } from "../commun/database.ts";
import { etapes } from "../commun/deroulement.ts";
import { exiger } from "../commun/failure.ts";
import { variable } from "../commun/settings.ts";
import { commande } from "../exploitation/cible/commande.ts";
import { lireRecues, quiButent, type Recue } from "../exploitation/siege/replication.ts";
import {
  basesRattachees,
  codeDuDepot,
  deLaConsolidee,
  fermerTout,
  nomDe,
  ouvrir,
  ouvrirConsolidee,
  variableDuDepot,
} from "../exploitation/siege/adresses.ts";
import { direNonSuivie, nonSuivies } from "../exploitation/siege/suivi.ts";
import { intenables } from "../exploitation/siege/colonnes.ts";
import { referentielsDe, tablesDeDepot } from "../exploitation/siege/tables.ts";

interface Etat {
  siege: Sql;
  resultat?: unknown;
}

function phrase({ base, coupee, arretee, tables_en_copie, silence_s, erreurs }: Recue): string {
  if (arretee) return `${base} arrêtée, à la main ou par un déplacement qui n'est pas fini`;
  if (coupee) return `${base} coupée`;
  if (tables_en_copie) return `${base} ${tables_en_copie} tables en copie`;
  return `${base} suivie (il y a ${silence_s ?? "?"} s${erreurs ? `, ${erreurs} reprise(s)` : ""})`;
}

const CONTROLES = ["public.verifier_stocks", "public.verifier_comptes_partenaires", "siege.verifier_journal"];

async function regarderLesLignes(c: Etat): Promise<string> {
  c.siege = await ouvrirConsolidee();
  const butent = await quiButent(c.siege);
  const bases = await lireRecues(c.siege);
  c.resultat = { bases, butent };
  const dites = bases.map(phrase).join(" ; ");
  exiger(bases.length, `${nomDe(deLaConsolidee())} n'est abonnée à rien : siege:preparer.`);
  exiger(
    !bases.some(({ arretee }) => arretee),
    `${dites}. Une ligne arrêtée ne reprend pas seule : finir ou abandonner le déplacement (siege:deplacer, de sa ` +
      "machine) ; sinon, au siège : alter subscription … enable. Rien ne se perd d'ici là, le dépôt garde tout.",
  );
  exiger(
    !bases.some(({ coupee }) => coupee) && !butent.length,
    `${dites}${
      butent.length ? ` ; ${butent.join(", ")} échoue à chaque reprise` : ""
    }. Le dépôt garde tout ce qu'il écrit et ` +
      "l'envoie quand la ligne revient ; pendant ce temps son disque retient le journal du serveur. Le journal du serveur du " +
      "siège dit pourquoi : si c'est une table ou une colonne qui manque, siege:actualiser.",
  );
  return dites;
}

const REFERENCE = "la référence";

/** The tables that no line brings: at the head office, and in each base whose address is given. */
async function regarderLesTables(c: Etat): Promise<string> {
  const dites = (await nonSuivies(c.siege)).map((une) => `au siège, ${direNonSuivie(une)}`);
  const depots = (await basesRattachees(c.siege)).map(({ base }) => base).toSorted();
  const bases = [
    ...depots.map((base) => ({ nom: variableDuDepot(codeDuDepot(base)), base })),
    { nom: "REFERENCE_DB_URL", base: REFERENCE },
  ];
  const vues: string[] = [];
  for (const { nom, base } of bases) {
    if (!variable(nom)) continue;
    // Its line says whether it is there: a depot that has moved, or whose machine is lost, is judged by what came of it.
    const sql = await ouvrir(nom).catch(() => undefined);
    if (!sql) {
      vues.push(`${base} ne s'ouvre pas à l'adresse de ${nom}, non regardée`);
      continue;
    }
    try {
      dites.push(...(await nonSuivies(sql)).map((une) => `à ${base}, ${direNonSuivie(une)}`));
      const envoyees = base === REFERENCE ? await referentielsDe(sql) : await tablesDeDepot(sql);
      const autrement = await intenables(sql, c.siege, envoyees);
      if (autrement.length) {
        dites.push(
          `le siège ne peut pas écrire ce qu'envoie ${base} : ${autrement.join(", ")} : siege:actualiser`,
        );
      }
    } finally {
      await sql.end();
    }
    vues.push(base);
  }
  c.resultat = { ...c.resultat as object, non_suivies: dites };
  exiger(!dites.length, dites.join(" ; "));
  return `aucune n'est oubliée (regardé : le siège${vues.map((une) => `, ${une}`).join("")})`;
}

async function regarderLeSchema(c: Etat): Promise<string> {
  const dit = direSchema(await lireEtatSchema(c.siege), EMPREINTE_ATTENDUE);
  exiger(dit === "à jour", `${dit} : npm run ops -- siege:actualiser`);
  return dit;
}

async function controler(c: Etat): Promise<string> {
  const ecarts: Record<string, number> = {};
  for (const controle of CONTROLES) {
    ecarts[controle] = await oneValue(c.siege.unsafe(`select count(*)::int from ${controle}()`));
  }
  c.resultat = { ...c.resultat as object, ecarts };
  const faux = Object.entries(ecarts).filter(([, combien]) => combien);
  exiger(
    !faux.length,
    faux.map(([quoi, combien]) => `${quoi} : ${combien} écart(s)`).join(" ; ") +
      ". Au siège, « select * from » chacun d'eux, suivi de (), dit lesquels ; rien ne s'y corrige à la main.",
  );
  return "stocks, comptes des partenaires et journal scellé de chaque base : aucun écart";
}

const malgreEchec = ({ siege }: Etat) => !!siege;

const ETAPES = etapes<Etat>({
  "Regarder les lignes": regarderLesLignes,
  "Regarder les tables": { malgreEchec, faire: regarderLesTables },
  "Regarder le schéma de la consolidée": { malgreEchec, faire: regarderLeSchema },
  "Contrôler ce qui est arrivé": { malgreEchec, faire: controler },
});

/** siege:etat: which lines are up, which tables they bring, and whether what came is right. */
export const enregistrer = commande("siege:etat")<Etat>({
  dit: "dit quels dépôts la base consolidée reçoit, les tables oubliées, et contrôle ce qui est arrivé",
  aide:
    "SIEGE_DB_URL : la base consolidée. REFERENCE_DB_URL, DEPOT_<CODE>_DB_URL : pour regarder aussi ce que ces bases envoient.\n" +
    "Sortie 1 : une ligne est coupée ou échoue, une table n'est pas suivie, le schéma n'est pas celui de ce dépôt git, un contrôle dit non.",
  env: [],
  etapes: () => ETAPES,
  toujours: fermerTout,
});
