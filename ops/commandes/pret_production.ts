import { Echec } from "../commun/failure.ts";
import { commande } from "../exploitation/cible/commande.ts";
import { entrer } from "../exploitation/smoke/contexte.ts";

interface Preparation {
  pret: boolean;
  lignes: { code: string; titre: string; verdict: "OUI" | "NON" | "SANS_OBJET"; constat: string }[];
}

/** pret:production: is everything there, as the functions of an environment see it from where they run? */
export const enregistrer = commande("pret:production")({
  dit: "demande aux fonctions si tout est prêt : courrier, analyseur, paiements, sauvegarde, file, admins…",
  aide:
    "Se connecte par le compte d'essai admin (<ENV>_SMOKE_ADMIN_EMAIL). Sortie 1 dès qu'une ligne dit NON ; rien n'est écrit.",
  etapes: () => ({
    "Ce que les fonctions voient : ops/pret-production": async (contexte, dire) => {
      const admin = await entrer(contexte.cible, "admin");
      const { pret, lignes } = await admin.call<Preparation>("GET", "ops/pret-production");
      contexte.resultat = { pret, lignes };
      for (const { titre, verdict, constat } of lignes) dire(`${verdict} ${titre} : ${constat}`);
      // Every line that says no, at once: each is somebody's to mend.
      const non = lignes.filter(({ verdict }) => verdict === "NON");
      if (non.length) throw new Echec(non.map(({ titre, constat }) => `${titre} : ${constat}`).join(" ; "));
      return lignes.map(({ titre, verdict, constat }) =>
        `\n  ${verdict === "OUI" ? "oui" : "sans objet"} │ ${titre} : ${constat}`
      ).join("");
    },
  }),
});
