import { Refus } from "../commun/deroulement.ts";
import { deposerAuSeau, lireAuSeau, oterDuSeau } from "../../supabase/functions/_shared/magasin.ts";
import { commande, etapeAvecServices } from "../exploitation/cible/commande.ts";
import type { Contexte } from "../exploitation/cible/cible.ts";
import { enTantQue, type Operateur, trouverOperateur } from "../exploitation/gel/gel.ts";

interface Deplacement extends Contexte {
  operateur: Operateur;
}

async function versSeau({ sql, operateur }: Deplacement, sha256: string): Promise<void> {
  const [contenu] = await sql<{ octets: Uint8Array }[]>`
    select octets from private.contenus where encode(sha256, 'hex') = ${sha256} and magasin = 'BASE'`;
  // Purged meanwhile, or moved by another.
  if (!contenu) return;
  await deposerAuSeau(new Uint8Array(contenu.octets));
  if (!await lireAuSeau(sha256)) throw new Error(`${sha256} : le seau ne le rend pas`);
  await enTantQue(sql, operateur.user_id, (tx) =>
    tx`
      update private.contenus set octets = null, magasin = 'S3'
       where encode(sha256, 'hex') = ${sha256} and magasin = 'BASE'`);
}

async function versBase({ sql, operateur }: Deplacement, sha256: string): Promise<void> {
  const octets = await lireAuSeau(sha256);
  if (!octets) throw new Error(`${sha256} manque au seau`);
  await enTantQue(sql, operateur.user_id, (tx) =>
    tx`
      update private.contenus set octets = ${octets}, magasin = 'BASE'
       where encode(sha256, 'hex') = ${sha256} and magasin = 'S3'`);
  await oterDuSeau(sha256);
}

/** A bucket that does not keep what it is given must not be where the next ones go. */
async function eprouverSeau(): Promise<string> {
  const epreuve = crypto.getRandomValues(new Uint8Array(64));
  try {
    const sha256 = await deposerAuSeau(epreuve);
    if (!await lireAuSeau(sha256)) throw new Error("le seau ne rend pas ce qu'il a pris");
    await oterDuSeau(sha256);
  } catch (erreur) {
    throw new Refus("SEAU_INDISPONIBLE", `${(erreur as Error).message} : les documents restent où ils vont.`);
  }
  return "il garde, rend et ôte";
}

/** documents:deplacer: contents go to the bucket, or come back: one at a time, read again where they went before they leave where they were. */
export const enregistrer = commande("documents:deplacer", {
  "--vers <où>": { dit: "S3 ou BASE", choix: ["S3", "BASE"], requis: true },
  "--operateur <email ou id>": "l'admin au nom de qui c'est fait",
})<Deplacement>({
  dit: "déplace les contenus des documents vers un seau S3, ou les ramène dans la base",
  aide: "Interrompue, elle se relance : chaque contenu est relu où il va avant de quitter où il était.",
  etapes: ({ vers, operateur: dit }) => [
    etapeAvecServices(
      "Éprouver le seau",
      () => vers === "S3" ? eprouverSeau() : Promise.resolve("inutile : rien n'y va"),
    ),
    etapeAvecServices("Dire où vont les prochains", async (contexte) => {
      contexte.operateur = await trouverOperateur(contexte.sql, dit);
      await enTantQue(contexte.sql, contexte.operateur.user_id, (tx) =>
        tx`
              insert into public.app_settings (key, value) values ('magasin_documents', ${vers})
              on conflict (key) do update set value = excluded.value, updated_at = now()`);
      return vers === "S3" ? "dans le seau" : "dans la base";
    }),
    etapeAvecServices("Déplacer ceux qui sont là", async (contexte, dire) => {
      const contenus = await contexte.sql<{ sha256: string }[]>`
            select encode(sha256, 'hex') as sha256 from private.contenus where magasin <> ${vers} order by sha256`;
      for (const [i, { sha256 }] of contenus.entries()) {
        await (vers === "S3" ? versSeau : versBase)(contexte, sha256);
        if (i % 100 === 0) dire(`${i} sur ${contenus.length}`);
      }
      contexte.resultat = { vers, deplaces: contenus.length };
      return `${contenus.length} contenu(s)`;
    }),
  ],
});
