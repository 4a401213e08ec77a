import { commande } from "../exploitation/cible/commande.ts";
import { sauverBase } from "../exploitation/continuite/sauver.ts";

/** continuite:sauver: a base backup that a restore can start from; sauvegarde:quotidienne takes one each day. */
export const enregistrer = commande("continuite:sauver")({
  dit:
    "prend une sauvegarde physique, la relit, ôte ce qui est trop ancien : de là part une restauration à un instant",
  aide:
    "BACKUP_RETENTION_DAYS : jusqu'où on peut remonter (30 jours). sauvegarde:quotidienne la fait chaque jour.",
  etapes: () => ({
    "Sauver la base": async (contexte, dire) => {
      const prise = await sauverBase(contexte.cible, contexte.sql, dire);
      contexte.resultat = prise;
      return prise.constat;
    },
  }),
});
