import { join, resolve } from "node:path";
import { connect, withDatabase } from "../commun/connection.ts";
import { setServer } from "../commun/database.ts";
import { admettre } from "../commun/deroulement.ts";
import { exiger } from "../commun/failure.ts";
import { removeIfThere } from "../commun/files.ts";
import { readSettings, variable } from "../commun/settings.ts";
import { type Cible, lireCible } from "../exploitation/cible/cible.ts";
import { commande, nombrePositif } from "../exploitation/cible/commande.ts";
import {
  adresseDeLaCopie,
  attendreSuivi,
  attendreVu,
  type Copie,
  demarrer,
  portParDefaut,
  prendreCopie,
  regarder,
  rendre,
  reserver,
  trouverOutils,
} from "../exploitation/secours/copie.ts";
import {
  dossierParDefaut,
  exigerFiche,
  exigerSecours,
  type Fiche,
  fiche,
  noterFiche,
  oublierFiche,
  sansMotDePasse,
} from "../exploitation/secours/fiche.ts";
import { lireSuivi } from "../exploitation/secours/etat.ts";
import { SUPERUSER } from "../pile/initdb.ts";

interface Creation extends Copie {
  cible: Cible;
  /** Made, or begun, by an earlier run. */
  deja?: Fiche;
  fiche: Fiche;
  resultat?: unknown;
}

function adressePrincipale({ env, dbUrl }: Cible): string {
  const dite = variable("SECOURS_SOURCE_URL");
  admettre(
    dite || env === "local",
    "SECOURS_SOURCE_URL",
    "Dites l'adresse de la base principale par un compte qui a REPLICATION et le droit de créer un créneau : " +
      "SECOURS_SOURCE_URL=postgresql://…",
  );
  return dite ?? Object.assign(new URL(dbUrl), { username: SUPERUSER }).href;
}

/** secours:creer: a standby of a primary that runs, on this machine. Everything that could refuse is looked at first. */
export const enregistrer = commande("secours:creer", {
  "--dossier <chemin>": "où elle vit (sans elle : DATA_DIR/secours)",
  "--port <n>": {
    dit: "où elle écoute, sur 127.0.0.1 (sans elle : celui de la principale, plus 10)",
    lire: nombrePositif,
  },
  "--creneau <nom>": { dit: "comment la principale la nomme", defaut: "secours" },
  "--synchrone": "un acte n'est acquitté qu'une fois sur les deux machines",
})<Creation>({
  dit:
    "fait sur cette machine une base de secours, qui suit la principale en continu ; relancée, finit ou la redémarre",
  aide:
    "La principale garde pour elle 4 Go de journal au plus ; au-delà, elle est à refaire et le disque reste libre.\n" +
    "SECOURS_SOURCE_URL : la principale, par un compte qui a REPLICATION (sans elle, en local : celle de la pile).",
  sansCible: true,
  etapes: ({ env, dossier, port, creneau, synchrone }) => ({
    "Regarder la base principale": async (contexte) => {
      const notee = await fiche();
      const deja = notee && !notee.promueLe ? await exigerSecours({ memeIncomplete: true }) : undefined;
      const cible = await lireCible(env);
      const principale = adressePrincipale(cible);
      Object.assign(contexte, {
        cible,
        principale,
        deja,
        sql: connect(principale, "monaluxe secours"),
        port: port ?? portParDefaut(principale),
        dossier: dossier ? resolve(dossier) : dossierParDefaut(),
      });
      if (deja) {
        admettre(
          deja.principale === principale && deja.secours === adresseDeLaCopie(contexte) &&
            deja.dossier === contexte.dossier && deja.creneau === creneau,
          "SECOURS_DEJA_LA",
          `Une base de secours a déjà été ${
            deja.enCopie ? "commencée" : "faite"
          } d'ici, dans ${deja.dossier}, de ${
            sansMotDePasse(deja.principale)
          } (créneau ${deja.creneau}) : secours:etat la dit, secours:retirer l'ôte. Rien n'a été fait.`,
        );
        if (!deja.enCopie) return `${contexte.dossier} : elle est déjà faite`;
        await rendre(contexte.sql, creneau);
        await removeIfThere(deja.dossier);
      }
      return await regarder(contexte, creneau) + (deja ? " ; la copie interrompue est ôtée" : "");
    },
    "Outils PostgreSQL": trouverOutils,
    "Réserver le journal": async (contexte) => {
      if (contexte.deja && !contexte.deja.enCopie) return "il l'est déjà";
      contexte.deja = undefined;
      contexte.fiche = {
        principale: contexte.principale,
        secours: adresseDeLaCopie(contexte),
        dossier: contexte.dossier,
        creneau,
        ...(env === "local" && { dossierPrincipal: join(readSettings().dataDir, "postgres") }),
      };
      await noterFiche({ ...contexte.fiche, enCopie: true });
      return await reserver(contexte.sql, creneau);
    },
    "Copier": async (contexte) => {
      if (contexte.deja) return "elle l'est déjà";
      // What a copy that fails had taken, it gives back.
      const dite = await prendreCopie(contexte, creneau).catch(async (erreur) => {
        await oublierFiche();
        throw erreur;
      });
      await noterFiche(contexte.fiche);
      return dite;
    },
    "Démarrer, et suivre": async (contexte) => {
      const { outils, qui, dossier } = contexte;
      const tourne = await withDatabase(adresseDeLaCopie(contexte), "monaluxe secours", lireSuivi)
        .then(({ en_secours }) => ({ en_secours }), () => undefined);
      admettre(
        tourne?.en_secours !== false,
        "DEJA_PROMUE",
        "Cette base n'est plus un secours : elle écrit. secours:promouvoir finit sa promotion. Rien n'a été fait.",
      );
      if (!tourne) await demarrer(outils, qui, dossier);
      return await attendreSuivi(contexte, creneau);
    },
    "Validations synchrones": async ({ sql }) => {
      if (!synchrone && (await fiche())?.synchrone) return "oui, comme avant";
      if (!synchrone) {
        return "non : ce qui n'était pas encore envoyé se perd avec la principale (--synchrone)";
      }
      await setServer(sql, { synchronous_standby_names: `FIRST 1 ("${creneau}")` });
      const attend = !await attendreVu(sql, creneau, ({ synchro }) => synchro === "sync");
      exiger(attend, "La principale n'attend pas sa base de secours : secours:etat dit pourquoi.");
      await noterFiche({ ...await exigerFiche(), synchrone: true });
      return "oui : un acte n'est acquitté qu'une fois sur les deux machines";
    },
  }),
  fin: ({ cible, port }) => {
    const url = Object.assign(new URL(cible.dbUrl), { hostname: "127.0.0.1", port: String(port) });
    const adresse = sansMotDePasse(url.href);
    return `Listes et rapports y seront lus quand les fonctions auront DATABASE_READ_URL=${adresse}\n` +
      "(même mot de passe que la principale). Ensuite : npm run ops -- secours:etat";
  },
  toujours: async ({ sql }) => await sql?.end({ timeout: 1 }),
});
