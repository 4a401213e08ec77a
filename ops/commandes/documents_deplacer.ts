import { Option } from "commander";
import { commande } from "../exploitation/cible/commande.ts";
import { etapesDeplacer } from "../exploitation/documents/deplacer.ts";

/** documents:deplacer: contents go to the bucket, or come back to the database. */
export const enregistrer = commande("documents:deplacer", {
  dit: "déplace les contenus des documents vers un seau S3, ou les ramène dans la base",
  aide: "Interrompue, elle se relance : chaque contenu est relu où il va avant de quitter où il était.",
  etapes: ({ vers, operateur }: { vers: "S3" | "BASE"; operateur?: string }) =>
    etapesDeplacer(vers, operateur),
  options: (une) =>
    une
      .addOption(new Option("--vers <où>", "S3 ou BASE").choices(["S3", "BASE"]).makeOptionMandatory())
      .option("--operateur <email ou id>", "l'admin au nom de qui c'est fait"),
});
