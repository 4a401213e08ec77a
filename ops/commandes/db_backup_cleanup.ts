import { etapes } from "../commun/deroulement.ts";
import { commande } from "../exploitation/cible/commande.ts";
import { lireVariables } from "../exploitation/cible/variables.ts";
import { nettoyer } from "../exploitation/sauvegardes/copie.ts";

type Bilan = Awaited<ReturnType<typeof nettoyer>>;

/** db:backup:cleanup: what is too old goes, what could still be needed stays. */
export const enregistrer = commande("db:backup:cleanup", {
  "--simuler": "dit ce qui serait retiré, sans rien retirer",
})<{ resultat?: Bilan & { simule: boolean } }>({
  dit:
    "retire les sauvegardes d'un environnement plus vieilles que BACKUP_RETENTION_DAYS, jamais les trois dernières vérifiées",
  aide:
    "BACKUP_DIR et BACKUP_RETENTION_DAYS sont ceux de env/.env.<env> ; seules les sauvegardes de cet environnement partent.",
  sansCible: true,
  etapes: (
    { env, simuler = false },
  ) =>
    etapes({
      [simuler ? "Chercher ce qui serait retiré" : "Retirer ce qui est trop vieux"]: async (contexte) => {
        const { retires, gardes } = await nettoyer(env, await lireVariables(env), { simuler });
        contexte.resultat = { simule: simuler, retires, gardes };
        return `${retires.length} ${simuler ? "à retirer" : "retirées"}, ${gardes.length} gardées`;
      },
    }),
  fin: ({ resultat }) =>
    [
      ...resultat!.retires.map(({ nom, raison }) => `- ${nom} : ${raison}`),
      ...resultat!.gardes.map((nom) => `  ${nom} : gardée`),
    ].join("\n"),
});
