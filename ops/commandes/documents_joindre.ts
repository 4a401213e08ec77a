import { createHash } from "node:crypto";
import { basename, extname } from "node:path";
import { oneValue } from "../commun/database.ts";
import { Refus } from "../commun/deroulement.ts";
import { commande, etapeAvecServices } from "../exploitation/cible/commande.ts";
import { enTantQue, trouverOperateur } from "../exploitation/gel/gel.ts";
import { deposerAuSeau } from "../../supabase/functions/_shared/magasin.ts";

const TYPES: Record<string, string> = {
  ".pdf": "application/pdf",
  ".jpg": "image/jpeg",
  ".jpeg": "image/jpeg",
  ".png": "image/png",
  ".webp": "image/webp",
  ".csv": "text/csv",
  ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
};

/**
 * documents:joindre: a file of this machine is kept with what it proves: the signed evidence of an intervention, an old
 * certificate.
 */
export const enregistrer = commande("documents:joindre", {
  "--fichier <chemin>": { dit: "PDF, JPEG, PNG, WebP, xlsx ou CSV, 10 Mio au plus", requis: true },
  "--objet <TYPE:id>": { dit: "ce qu'il prouve : INTERVENTION:id, RECEPTION:id, SBLC:id…", requis: true },
  "--categorie <mot>": { dit: "CERTIFICAT, BL, RAPPORT…", defaut: "RAPPORT" },
  "--operateur <email ou id>": "l'admin au nom de qui c'est fait",
})({
  dit: "garde un fichier de cette machine avec ce qu'il prouve (preuve signée d'une intervention)",
  etapes: ({ fichier, objet, categorie, operateur }) => [
    etapeAvecServices("Joindre", async (contexte) => {
      const { sql } = contexte;
      const { user_id } = await trouverOperateur(sql, operateur);
      const [objet_type, objet_id] = objet.split(":");
      if (!objet_id || !/^[0-9a-f-]{36}$/i.test(objet_id)) {
        throw new Refus("OBJET_INVALIDE", "--objet s'écrit TYPE:id, par exemple INTERVENTION:0198c2…");
      }
      const octets = await Deno.readFile(fichier).catch((erreur) => {
        throw new Refus("FICHIER_ILLISIBLE", `${fichier} : ${erreur.message}`);
      });
      const demande = {
        categorie,
        nom: basename(fichier),
        type_mime: TYPES[extname(fichier).toLowerCase()] ?? "application/octet-stream",
        sha256: createHash("sha256").update(octets).digest("hex"),
        objet_type: objet_type!.toUpperCase(),
        objet_id,
      };
      const magasin = await oneValue(sql`select private.magasin_documents()`);
      if (magasin === "S3") await deposerAuSeau(octets);
      const id = await enTantQue(
        sql,
        user_id,
        (tx) => oneValue<string>(tx`select private.deposer_document(${tx.json(demande)}, ${octets})`),
      );
      contexte.resultat = { id, ...demande };
      return `${demande.nom}, ${octets.length} octets : document ${id}, lisible une fois analysé`;
    }),
  ],
});
