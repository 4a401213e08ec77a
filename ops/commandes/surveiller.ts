import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath as fromFileUrl } from "node:url";
import { exiger } from "../commun/failure.ts";
import { appelerCommeProjet } from "../exploitation/cible/cible.ts";
import { commande, nombrePositif } from "../exploitation/cible/commande.ts";

/** The same again and again, each in a process of its own: a pass that fails is said, and the next one tries. */
async function recommencer(secondes: number, env: string): Promise<never> {
  const seule = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", fromFileUrl(new URL("../ops.ts", import.meta.url)), "surveiller", "--env", env],
    stdout: "inherit",
    stderr: "inherit",
  });
  while (true) {
    await seule.output();
    await pause(secondes * 1000);
  }
}

/** surveiller: what the database's own clock does each minute, where it has none or stopped. */
export const enregistrer = commande("surveiller", {
  "--toutes-les <secondes>": {
    dit: "recommence, jusqu'à Ctrl-C ; un échec est dit, et le suivant essaie",
    lire: nombrePositif,
  },
})({
  dit: "fait les contrôles et envoie les messages ; chaque minute, là où pg_cron n'existe pas",
  aide: "Se relance sans risque ; deux à la fois ne font rien deux fois.",
  plutot: ({ toutesLes, env }) => toutesLes ? recommencer(toutesLes, env) : undefined,
  etapes: () => ({
    "Faire les contrôles, ouvrir et fermer les alertes": async (contexte) => {
      await contexte.sql`select private.surveiller()`;
      const [compte] = await contexte.sql<[{ ouvertes: number; critiques: number; nuit: string | null }]>`
        select count(*) filter (where a.status <> 'RESOLVED')::int as ouvertes,
               count(*) filter (where a.status <> 'RESOLVED' and a.severity = 'CRITICAL')::int as critiques,
               (select p.le::text from private.passages p where p.nom = 'nuit') as nuit
          from public.system_alerts a`;
      contexte.resultat = compte;
      return `${compte.ouvertes} alerte(s) en cours, dont ${compte.critiques} critique(s)`;
    },
    "Envoyer les messages qui attendent": async (contexte) => {
      const { ok, statut, corps } = await appelerCommeProjet(contexte.cible, "envois/vider", 60_000);
      exiger(ok, `envois/vider répond ${statut}. Rien n'est perdu : les messages attendent le prochain.`);
      const { pris, envoyes, remis, morts } = corps;
      Object.assign(contexte.resultat as object, { pris, envoyes, remis, morts });
      return `${envoyes} envoyé(s), ${remis} remis à plus tard, ${morts} mort(s)`;
    },
  }),
});
