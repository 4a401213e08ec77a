import type { Sql } from "../commun/connection.ts";
import { type Dire, dit, Refus } from "../commun/deroulement.ts";
import { exiger, isCut } from "../commun/failure.ts";
import { deposerAuSeau, lireAuSeau, oterDuSeau } from "../../supabase/functions/_shared/magasin.ts";
import { commande, etapeAvecServices } from "../exploitation/cible/commande.ts";
import type { Contexte } from "../exploitation/cible/cible.ts";
import { enTantQue, type Operateur, trouverOperateur } from "../exploitation/gel/gel.ts";

interface Deplacement extends Contexte {
  operateur: Operateur;
  /** Where new documents go, once it was said. */
  prochains?: string;
}

/** Where a content is; while the transaction lasts nobody brings it, moves it or takes it away. */
async function tenirContenu(tx: Sql, sha256: string) {
  await tx`select private.verrouiller_contenu(decode(${sha256}, 'hex'))`;
  const [contenu] = await tx<{ magasin: string; octets: Uint8Array | null }[]>`
    select magasin, octets from private.contenus where sha256 = decode(${sha256}, 'hex')`;
  return contenu;
}

const versSeau = ({ sql, operateur }: Deplacement, sha256: string): Promise<void> =>
  enTantQue(sql, operateur.user_id, async (tx) => {
    const contenu = await tenirContenu(tx, sha256);
    // Purged meanwhile, or moved by another.
    if (contenu?.magasin !== "BASE") return;
    await deposerAuSeau(new Uint8Array(contenu.octets!));
    exiger(await lireAuSeau(sha256), `${sha256} : le seau ne le rend pas`);
    await tx`
      update private.contenus set octets = null, magasin = 'S3' where sha256 = decode(${sha256}, 'hex')`;
  });

async function versBase({ sql, operateur }: Deplacement, sha256: string): Promise<void> {
  await enTantQue(sql, operateur.user_id, async (tx) => {
    if ((await tenirContenu(tx, sha256))?.magasin !== "S3") return;
    const octets = await lireAuSeau(sha256);
    exiger(octets, `${sha256} manque au seau`);
    await tx`
      update private.contenus set octets = ${octets}, magasin = 'BASE' where sha256 = decode(${sha256}, 'hex')`;
  });
  // Once it is kept here for good, and nobody has sent it there again meanwhile.
  await sql.begin(async (tx) => {
    if ((await tenirContenu(tx as unknown as Sql, sha256))?.magasin !== "S3") await oterDuSeau(sha256);
  });
}

/** In this order one that is missing, or spoilt, keeps none of the others where it is; a base that hangs up ends it. */
async function deplacer(
  contexte: Deplacement,
  vers: string,
  contenus: string[],
  dire: Dire,
): Promise<string[]> {
  const restent: string[] = [];
  for (const [i, sha256] of contenus.entries()) {
    try {
      await (vers === "S3" ? versSeau : versBase)(contexte, sha256);
    } catch (erreur) {
      if (isCut(erreur) || vers === "S3") throw erreur;
      restent.push(dit(erreur).phrase);
    }
    if (i % 100 === 0) dire(`${i} sur ${contenus.length}`);
  }
  return restent;
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

/** A run that ended before its time has said where the next ones go, and they do. */
const reste = ({ prochains }: Deplacement): string | void =>
  prochains &&
  `Rien n'est perdu : chaque contenu est où sa ligne le dit. Les nouveaux documents vont ${prochains} : ` +
    "relancez pour finir" +
    (prochains === "dans la base"
      ? "."
      : ". Tant que le seau est plein ou muet, ils sont refusés : documents:deplacer --vers BASE les ramène dans la base.");

/**
 * documents:deplacer: contents go to the bucket, or come back: one at a time, read again where they went before they
 * leave where they were.
 */
export const enregistrer = commande("documents:deplacer", {
  "--vers <où>": { dit: "S3 ou BASE", choix: ["S3", "BASE"], requis: true },
  "--operateur <email ou id>": "l'admin au nom de qui c'est fait",
})<Deplacement>({
  dit: "déplace les contenus des documents vers un seau S3, ou les ramène dans la base",
  aide: "Interrompue, elle se relance : chaque contenu est relu où il va avant de quitter où il était.",
  etapes: ({ vers, operateur }) => [
    etapeAvecServices(
      "Éprouver le seau",
      () => vers === "S3" ? eprouverSeau() : Promise.resolve("inutile : rien n'y va"),
    ),
    etapeAvecServices("Dire où vont les prochains", async (contexte) => {
      contexte.operateur = await trouverOperateur(contexte.sql, operateur);
      await enTantQue(contexte.sql, contexte.operateur.user_id, (tx) =>
        tx`
              insert into public.app_settings (key, value) values ('magasin_documents', ${vers})
              on conflict (key) do update set value = excluded.value, updated_at = now()`);
      return contexte.prochains = vers === "S3" ? "dans le seau" : "dans la base";
    }),
    etapeAvecServices("Déplacer ceux qui sont là", async (contexte, dire) => {
      const contenus = await contexte.sql<{ sha256: string }[]>`
            select encode(sha256, 'hex') as sha256 from private.contenus where magasin <> ${vers} order by sha256`;
      const restent = await deplacer(contexte, vers, contenus.map(({ sha256 }) => sha256), dire);
      contexte.resultat = { vers, deplaces: contenus.length - restent.length, restent };
      exiger(
        !restent.length,
        `${contenus.length - restent.length} sur ${contenus.length} sont dans la base. Restent : ${
          restent.slice(0, 5).join(" ; ")
        }${
          restent.length > 5 ? ` (et ${restent.length - 5} autres)` : ""
        }. Voir « Prouver » au runbook des documents, ` +
          "puis relancez.",
      );
      return `${contenus.length} contenu(s)`;
    }),
  ],
  finEnEchec: reste,
  finInterrompue: reste,
});
