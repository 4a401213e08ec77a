import { oneValue } from "../commun/database.ts";
import { etapes } from "../commun/deroulement.ts";
import { exiger } from "../commun/failure.ts";
import { commande } from "../exploitation/cible/commande.ts";
import { lireRecues, type Recue } from "../exploitation/siege/replication.ts";
import { deLaConsolidee, fermerTout, nomDe, ouvrirConsolidee } from "../exploitation/siege/adresses.ts";
import type { Sql } from "../commun/connection.ts";

function phrase({ base, coupee, arretee, tables_en_copie, silence_s, erreurs }: Recue): string {
  if (arretee) return `${base} arrêtée, à la main ou par un déplacement qui n'est pas fini`;
  if (coupee) return `${base} coupée`;
  if (tables_en_copie) return `${base} ${tables_en_copie} tables en copie`;
  return `${base} suivie (il y a ${silence_s ?? "?"} s${erreurs ? `, ${erreurs} reprise(s)` : ""})`;
}

interface Regard {
  siege: Sql;
  resultat?: unknown;
}

const CONTROLES = ["public.verifier_stocks", "public.verifier_comptes_partenaires", "siege.verifier_journal"];

const ETAPES = etapes<Regard>({
  "Regarder les lignes": async (c) => {
    c.siege = await ouvrirConsolidee();
    const bases = await lireRecues(c.siege);
    c.resultat = { bases };
    const dites = bases.map(phrase).join(" ; ");
    exiger(bases.length, `${nomDe(deLaConsolidee())} n'est abonnée à rien : siege:preparer.`);
    exiger(
      !bases.some(({ arretee }) => arretee),
      `${dites}. Une ligne arrêtée ne reprend pas seule : finir ou abandonner le déplacement (siege:deplacer, de sa ` +
        "machine) ; sinon, au siège : alter subscription … enable. Rien ne se perd d'ici là, le dépôt garde tout.",
    );
    exiger(
      !bases.some(({ coupee }) => coupee),
      `${dites}. Le dépôt garde tout ce qu'il écrit et l'envoie quand la ligne revient ; pendant ce temps son disque ` +
        "retient le journal du serveur. Le journal du serveur du siège dit pourquoi.",
    );
    return dites;
  },
  "Contrôler ce qui est arrivé": {
    malgreEchec: ({ siege }) => !!siege,
    faire: async (c) => {
      const ecarts: Record<string, number> = {};
      for (const controle of CONTROLES) {
        ecarts[controle] = await oneValue(c.siege.unsafe(`select count(*)::int from ${controle}()`));
      }
      c.resultat = { ...c.resultat as object, ecarts };
      const faux = Object.entries(ecarts).filter(([, combien]) => combien);
      exiger(!faux.length, faux.map(([quoi, combien]) => `${quoi} : ${combien} écart(s)`).join(" ; "));
      return "stocks, comptes des partenaires et journal scellé de chaque base : aucun écart";
    },
  },
});

/** siege:etat: which lines are up, and whether what came is right. */
export const enregistrer = commande("siege:etat")<Regard>({
  dit: "dit quels dépôts la base consolidée reçoit, et contrôle ce qui est arrivé",
  aide: "SIEGE_DB_URL : la base consolidée. Sortie 1 : une ligne est coupée, ou un contrôle dit non.",
  env: [],
  etapes: () => ETAPES,
  toujours: fermerTout,
});
