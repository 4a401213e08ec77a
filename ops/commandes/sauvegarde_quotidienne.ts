import { basename } from "node:path";
import { dit, type Etape, etapes } from "../commun/deroulement.ts";
import { oneValue } from "../commun/database.ts";
import { exiger } from "../commun/failure.ts";
import { litres } from "../commun/francais.ts";
import { heureAuDepot } from "../commun/horloge.ts";
import { commande } from "../exploitation/cible/commande.ts";
import type { Contexte } from "../exploitation/cible/cible.ts";
import { operateurIci } from "../exploitation/interventions/registre.ts";
import { type Outils, trouverOutils } from "../exploitation/outils/outils.ts";
import { estHebergee, noterHebergee } from "../exploitation/continuite/etat.ts";
import { depotsDe } from "../exploitation/continuite/serveur.ts";
import { sauverBase } from "../exploitation/continuite/sauver.ts";
import { coffreDe } from "../exploitation/sauvegardes/coffre.ts";
import {
  copierHorsSite,
  dossierDeCopie,
  exigerHorlogeJuste,
  nettoyer,
  variablesDeLaCopie,
} from "../exploitation/sauvegardes/copie.ts";
import { nommer, refuserMemeMachine, sauvegarder } from "../exploitation/sauvegardes/sauvegarder.ts";
import { verifierSauvegarde } from "../exploitation/sauvegardes/verifier.ts";

interface Quotidienne extends Contexte {
  surCetteMachine?: boolean;
  outils: Outils;
  copie?: string;
  dump: string;
  moment: string;
  /** What each step found, or what stopped it: what is told. */
  constats: string[];
  ratee: boolean;
}

const RATE = ": ÉCHEC.";

/** Notes for the message what a step found or refused. */
const notee = (etape: Etape<Quotidienne>): Etape<Quotidienne> => ({
  ...etape,
  faire: async (contexte, dire) => {
    try {
      const constat = await etape.faire(contexte, dire);
      contexte.constats.push(`${etape.titre} : ${constat ?? "fait"}`);
      return constat;
    } catch (erreur) {
      contexte.ratee = true;
      // Before what went well: the log keeps the beginning.
      const rates = contexte.constats.filter((un) => un.includes(RATE)).length;
      contexte.constats.splice(rates, 0, `${etape.titre} ${RATE} ${dit(erreur).phrase}`);
      throw erreur;
    }
  },
});

const VERIFIER_OU = etapes<Quotidienne>({
  "Vérifier où elles vont": async (contexte) => {
    const { cible, sql, surCetteMachine } = contexte;
    refuserMemeMachine(cible, surCetteMachine);
    contexte.copie = await dossierDeCopie(cible.env, cible.variables);
    contexte.dump = (await nommer(sql, cible, `quotidienne_${heureAuDepot()}`)).dump;
    return `${contexte.dump}${contexte.copie ? `, copie dans ${contexte.copie}` : ", sans copie hors site"}`;
  },
});

const SAUVEGARDER = etapes<Quotidienne>({
  "Sauvegarder": async (contexte, dire) => {
    const { cible, sql, outils, surCetteMachine } = contexte;
    const description = basename(contexte.dump).replace(/^ml_pp_[a-z]+_J-?\d+_|\.dump(\.age)?$/g, "");
    const { dump, manifeste } = await sauvegarder(cible, sql, outils, { description, surCetteMachine }, dire);
    Object.assign(contexte, { dump, moment: manifeste.moment });
    const { totaux } = manifeste.chiffres;
    return `${basename(dump)}, ${(manifeste.fichiers[0]!.octets / 1e6).toFixed(2)} Mo, stock ` +
      `${litres(totaux.stock_ambiant)} ambiants, ${litres(totaux.stock_15c)} à 15 °C`;
  },
  "Vérifier": async ({ cible, sql, outils, dump, moment }, dire) => {
    const par = { par: operateurIci(), coffre: coffreDe(cible.variables) };
    const { duree_reprise_ms } = await verifierSauvegarde(dump, outils, par, dire);
    await sql`select private.noter_sauvegarde(${moment})`;
    return `elle compte ; une vraie reprise prendrait ${(duree_reprise_ms / 1000).toFixed(1)} s`;
  },
  "Copier hors site": async ({ cible, dump, copie }) =>
    copie
      ? `${await copierHorsSite(dump, cible.variables, copie)}, relue`
      : "aucune : BACKUP_COPIE_DIR n'est pas réglé",
  "Nettoyer": async ({ cible: { env, variables }, copie, moment }) => {
    exigerHorlogeJuste(moment);
    const bilans = [await nettoyer(env, variables)];
    if (copie) bilans.push(await nettoyer(env, variablesDeLaCopie(variables, copie)));
    return bilans.map(({ retires, gardes }, rang) =>
      `${rang ? "hors site" : "ici"} ${retires.length} retirée(s), ${gardes.length} gardée(s)`
    ).join(" ; ");
  },
  // Beside the dump, and whatever became of it: what a restore to a second starts from.
  "Sauvegarde physique": {
    malgreEchec: ({ sql }) => !!sql,
    faire: async ({ cible, sql }, dire) => {
      if (estHebergee(cible)) {
        return cible.env === "prod" ? await noterHebergee(cible, sql) : "celle de l'hébergeur";
      }
      if (depotsDe(cible.env, cible.variables)) return (await sauverBase(cible, sql, dire)).constat;
      const aucune = "aucune : CONTINUITE_DIR n'est pas réglé (continuite:installer)";
      exiger(cible.env !== "prod", `${aucune}. Une panne coûterait tout depuis la dernière sauvegarde.`);
      return aucune;
    },
  },
});

const RENDRE_COMPTE = etapes<Quotidienne>({
  // Told whatever happened, by the database's own letters; a database that cannot be reached tells by its alert.
  "Le dire à qui doit le savoir": {
    malgreEchec: ({ sql }) => !!sql,
    faire: async ({ sql, constats, ratee }) => {
      const envoi = await oneValue<string | null>(
        sql`select private.dire_sauvegarde(${!ratee}, ${constats.join("\n")})`,
      );
      return envoi
        ? "par e-mail aux administrateurs, et au journal"
        : "au journal ; ici personne n'est prévenu par e-mail (profils_prevenus)";
    },
  },
  "Rendre compte": {
    malgreEchec: ({ dump }) => !!dump,
    faire: (contexte) => {
      const { dump, copie, constats } = contexte;
      contexte.resultat = { dump, copie: copie ?? null, constats };
      return `${constats.length} étapes`;
    },
  },
});

/** sauvegarde:quotidienne: the one command of each day; what it could not do is told, and shown by its exit. */
export const enregistrer = commande("sauvegarde:quotidienne", {
  "--sur-cette-machine": "accepte qu'une sauvegarde de PROD se prenne sur la machine de sa base",
})<Quotidienne>({
  dit: "chaque jour : sauvegardes, vérification, copie hors site, nettoyage, et le dit aux administrateurs",
  aide:
    "BACKUP_COPIE_DIR : dossier d'un autre disque ou d'une autre machine, exigé en PROD avec BACKUP_KEY.\n" +
    "CONTINUITE_DIR, CONTINUITE_COPIE_DIR, CONTINUITE_CLE : la sauvegarde physique, là où continuite:installer est passée.\n" +
    "Rien n'est nettoyé si la sauvegarde du jour n'est pas vérifiée et copiée. Sortie 1 ou 2 : cron doit le dire aussi.",
  contexte: ({ surCetteMachine }) => ({ surCetteMachine, constats: [], ratee: false }),
  etapes: () => [
    ...[...VERIFIER_OU, trouverOutils<Quotidienne>(), ...SAUVEGARDER].map(notee),
    ...RENDRE_COMPTE,
  ],
});
