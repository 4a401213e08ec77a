import { listerSeau, oterDuSeau, seauRegle } from "../../supabase/functions/_shared/magasin.ts";
import { dit } from "../commun/deroulement.ts";
import { Echec } from "../commun/failure.ts";
import { commande, etapeAvecServices } from "../exploitation/cible/commande.ts";
import type { Contexte } from "../exploitation/cible/cible.ts";
import { enTantQue, trouverOperateur } from "../exploitation/gel/gel.ts";

const JOUR_MS = 24 * 3_600_000;
const ancien = ({ depuis }: { depuis: number }) => depuis < Date.now() - JOUR_MS;

/**
 * What lies in the bucket and in no row: purged, or left by an act that failed after it. What came within the day may be
 * of an act under way, whose row nobody sees yet.
 */
async function oterOrphelins({ sql }: Contexte): Promise<number> {
  if (!seauRegle()) return 0;
  const cles = (await listerSeau()).filter(ancien).map(({ cle }) => cle);
  const seuls = await sql<{ cle: string }[]>`
    select cle from unnest(${cles}::text[]) cle
     where not exists (select from private.contenus c where c.sha256 = decode(cle, 'hex'))`;
  let otes = 0;
  for (const { cle } of seuls) {
    // Who brings this very content meanwhile either has a row, or has put it there again, or waits.
    otes += await sql.begin(async (tx) => {
      await tx`select private.verrouiller_contenu(decode(${cle}, 'hex'))`;
      const lignes = await tx`select from private.contenus where sha256 = decode(${cle}, 'hex')`;
      if (lignes.length || !(await listerSeau(cle)).every(ancien)) return 0;
      await oterDuSeau(cle);
      return 1;
    });
  }
  return otes;
}

/** documents:purger: bytes whose retention is over go, each in a transaction of its own; rows and hashes stay. */
export const enregistrer = commande("documents:purger", {
  "--appliquer": "le faire : sans elle, la commande dit ce qui partirait",
  "--operateur <email ou id>": "l'admin au nom de qui c'est fait",
})({
  dit:
    "efface les octets des documents dont la conservation est échue, refusés ou infectés ; jamais sous gel",
  etapes: ({ appliquer, operateur: nomme }) => [
    etapeAvecServices(appliquer ? "Purger" : "Dire ce qui serait purgé", async (contexte) => {
      const { sql } = contexte;
      const operateur = appliquer ? await trouverOperateur(sql, nomme) : undefined;
      const documents = await sql<{ id: string; nom: string; taille: number }[]>`
          select id, nom, taille from private.documents_a_purger()`;
      const octets = documents.reduce((somme, { taille }) => somme + taille, 0);
      let [orphelins, laisses] = [0, 0];
      if (operateur) {
        for (const { id } of documents) {
          await enTantQue(sql, operateur.user_id, (tx) => tx`select private.purger_document(${id})`).catch(
            // Another purge took it meanwhile, or a freeze has come: it is not due any more.
            (erreur) => {
              if (erreur.message !== "DOCUMENT_CONSERVE") throw erreur;
              laisses++;
            },
          );
        }
        orphelins = await oterOrphelins(contexte).catch((erreur) => {
          throw new Echec(
            `${documents.length - laisses} document(s) purgé(s) ; le seau n'a pas pu être rangé (${
              dit(erreur).phrase
            }) : relancez quand il répond.`,
          );
        });
      }
      contexte.resultat = { documents: documents.map(({ id, nom }) => ({ id, nom })), octets, orphelins };
      const combien = `${documents.length} document(s), ${octets} octets`;
      return operateur
        ? `${combien}${
          laisses ? `, dont ${laisses} qu'une autre purge ou un gel a pris(s) entre-temps` : ""
        } ; ${orphelins} orphelin(s) du seau`
        : `${combien} : rien n'a été touché (--appliquer)`;
    }),
  ],
});
