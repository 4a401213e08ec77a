import { Echec } from "../commun/failure.ts";
import { lireAuSeau } from "../../supabase/functions/_shared/magasin.ts";
import { commande, etapeAvecServices } from "../exploitation/cible/commande.ts";
import type { Contexte } from "../exploitation/cible/cible.ts";

async function verifierSeau({ sql }: Contexte): Promise<{ lus: number; fautes: string[] }> {
  const contenus = await sql<{ sha256: string; taille: number }[]>`
    select encode(sha256, 'hex') as sha256, taille from private.contenus where magasin = 'S3' order by sha256`;
  const fautes: string[] = [];
  for (const { sha256, taille } of contenus) {
    try {
      const octets = await lireAuSeau(sha256);
      if (!octets) fautes.push(`D3, ${sha256} : le seau ne l'a pas`);
      else if (octets.length !== taille) {
        fautes.push(`D1, ${sha256} : ${octets.length} octets au lieu de ${taille}`);
      }
    } catch (erreur) {
      fautes.push(`D1, ${erreur instanceof Error ? erreur.message : erreur}`);
    }
  }
  return { lus: contenus.length, fautes };
}

/** documents:verifier: every content hashed again, here and in the bucket: what is not what its hash says is named. */
export const enregistrer = commande("documents:verifier")({
  dit: "recalcule l'empreinte de chaque contenu, en base et dans le seau, et cherche ce qui manque",
  aide: "Ne change rien. Sortie 1 : un contenu n'est pas ce qu'il doit être ; il est nommé.",
  etapes: () => [
    etapeAvecServices("Recompter chaque contenu", async (contexte) => {
      const { sql } = contexte;
      const dites = await sql<{ regle: string; sha256: string; constat: string }[]>`
      select regle, sha256, constat from private.verifier_documents()`;
      const seau = await verifierSeau(contexte);
      const [chiffres] = await sql<[{ contenus: number; octets: number; empreinte: string }]>`
      select contenus::int, octets::float8, empreinte from private.chiffres_documents()`;
      const fautes = [
        ...dites.map(({ regle, sha256, constat }) => `${regle}, ${sha256} : ${constat}`),
        ...seau.fautes,
      ];
      contexte.resultat = { ...chiffres, seau: seau.lus, fautes };
      if (fautes.length) {
        const reste = fautes.length > 5 ? ` (et ${fautes.length - 5} autres)` : "";
        throw new Echec(
          `${fautes.slice(0, 5).join(" ; ")}${reste}. Rien n'a été changé : voir le runbook des documents.`,
        );
      }
      return `${chiffres.contenus} contenus, ${chiffres.octets} octets, dont ${seau.lus} dans le seau : chacun a son empreinte`;
    }),
  ],
});
