import { momentAuDepot } from "../commun/horloge.ts";
import { withDatabase } from "../commun/connection.ts";
import { serverSetting, setServer } from "../commun/database.ts";
import { etapes } from "../commun/deroulement.ts";
import { removeIfThere } from "../commun/files.ts";
import { commande } from "../exploitation/cible/commande.ts";
import { outilsPostgres, proprietaireDuServeur } from "../exploitation/outils/outils.ts";
import { lireSuivi } from "../exploitation/secours/etat.ts";
import { arreter, rendre } from "../exploitation/secours/copie.ts";
import { exigerSecours, type Fiche, oublierFiche } from "../exploitation/secours/fiche.ts";

interface Retrait {
  fiche: Fiche;
  resultat?: unknown;
}

const ETAPES = etapes<Retrait>({
  "Libérer la principale": async (contexte) => {
    contexte.fiche = await exigerSecours({ memeIncomplete: true });
    const { principale, secours, creneau } = contexte.fiche;
    // A run that was killed as it was promoted may not have noted it: what writes is not stopped.
    contexte.fiche.promueLe ??= await withDatabase(secours, "monaluxe secours", lireSuivi)
      .then(({ en_secours }) => en_secours ? undefined : new Date().toISOString(), () => undefined);
    const { promueLe } = contexte.fiche;
    if (promueLe) return `elle a été remplacée le ${momentAuDepot(promueLe)} : rien à y libérer`;
    return await withDatabase(principale, "monaluxe secours", async (sql) => {
      const attendus = await serverSetting(sql, "synchronous_standby_names");
      if (!attendus.includes(`"${creneau}"`)) return "aucune validation n'attendait";
      await setServer(sql, { synchronous_standby_names: null });
      return "plus aucune validation n'attend";
    });
  },
  "Arrêter la base de secours": async ({ fiche: { dossier, promueLe, enCopie } }, dire) => {
    if (enCopie) {
      await removeIfThere(dossier);
      return `sa copie n'était pas finie : ${dossier} effacé`;
    }
    if (promueLe) return "elle écrit pour elle-même : elle reste";
    const tournait = await arreter(
      await outilsPostgres(undefined, dire),
      await proprietaireDuServeur(),
      dossier,
    );
    return `${tournait ? "arrêtée" : "elle ne tournait pas"} ; ${dossier} reste : effacez-le`;
  },
  "Ôter le créneau": async ({ fiche: { principale, creneau, dossier, promueLe } }) => {
    if (!promueLe) await withDatabase(principale, "monaluxe secours", (sql) => rendre(sql, creneau));
    await oublierFiche();
    return `${creneau} ; rien n'est plus retenu pour ${dossier}`;
  },
});

/** secours:retirer: the primary waits for nobody and keeps nothing any more, then the standby stops. Its folder stays. */
export const enregistrer = commande("secours:retirer")<Retrait>({
  dit: "rend la principale à elle-même : plus rien n'attend, plus rien n'est retenu pour la base de secours",
  env: [],
  etapes: () => ETAPES,
});
