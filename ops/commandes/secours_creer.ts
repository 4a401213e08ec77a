import { commande, nombrePositif } from "../exploitation/cible/commande.ts";
import { type Creation, type Demande, etapesCreation } from "../exploitation/secours/creation.ts";
import { sansMotDePasse } from "../exploitation/secours/fiche.ts";

/** secours:creer: a standby of a primary that runs, on this machine. */
export const enregistrer = commande<Creation, Demande>("secours:creer", {
  dit: "fait sur cette machine une base de secours, qui suit la principale en continu",
  aide:
    "La principale garde pour elle 4 Go de journal au plus ; au-delà, elle est à refaire et le disque reste libre.\n" +
    "SECOURS_SOURCE_URL : la principale, par un compte qui a REPLICATION (sans elle, en local : celle de la pile).",
  sansCible: true,
  etapes: etapesCreation,
  fin: ({ cible, port }) => {
    const url = new URL(cible.dbUrl);
    Object.assign(url, { hostname: "127.0.0.1", port: String(port) });
    return `Listes et rapports y seront lus quand les fonctions auront DATABASE_READ_URL=${
      sansMotDePasse(url.href)
    }\n(même mot de passe que la principale). Ensuite : npm run ops -- secours:etat`;
  },
  toujours: async ({ sql }) => await sql?.end({ timeout: 1 }),
  options: (une) =>
    une
      .option("--dossier <chemin>", "où elle vit (sans elle : DATA_DIR/secours)")
      .option(
        "--port <n>",
        "où elle écoute, sur 127.0.0.1 (sans elle : celui de la principale, plus 10)",
        nombrePositif,
      )
      .option("--creneau <nom>", "comment la principale la nomme", "secours")
      .option("--synchrone", "un acte n'est acquitté qu'une fois sur les deux machines"),
});
