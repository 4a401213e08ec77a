import { commande } from "../exploitation/cible/commande.ts";
import { type Outils, trouverOutils } from "../exploitation/outils/outils.ts";

interface Contexte {
  outils: Outils;
  resultat?: Outils;
}

const { titre, faire } = trouverOutils<Contexte>();

/** outils: finds pg_dump and pg_restore of the server's major version, or fetches them. */
export const enregistrer = commande("outils")<Contexte>({
  dit:
    "trouve pg_dump et pg_restore de la version du serveur, ou les télécharge (Debian), sans toucher au système",
  env: [],
  etapes: () => [{
    titre,
    faire: async (contexte, dire) => {
      const constat = await faire(contexte, dire);
      contexte.resultat = contexte.outils;
      return constat;
    },
  }],
});
