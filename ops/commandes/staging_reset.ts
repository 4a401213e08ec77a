// From the first drop to the last check, one transaction: killed, cut or refused anywhere, PostgreSQL undoes all of it.
import { join, relative } from "node:path";
import { oneValue } from "../commun/database.ts";
import { type Etape, etape } from "../commun/deroulement.ts";
import { labelDatabase } from "../commun/environment.ts";
import { essayerChaine } from "../commun/essai_chaine.ts";
import { Echec } from "../commun/failure.ts";
import { CITERNES, DEPOT, GASOIL } from "../commun/referentiels.ts";
import { noterGraine, noterMigration, poserHistorique } from "../commun/schema/declare.ts";
import { lireMigrations, lireScript, type Migration, type Script } from "../commun/schema/scripts.ts";
import { ROOT } from "../commun/settings.ts";
import { commande } from "../exploitation/cible/commande.ts";
import { verifierCible } from "../exploitation/cible/cible.ts";
import {
  controlerAucunMouvement,
  controlerCiternes,
  controlerFantomes,
  controlerProduits,
} from "../exploitation/staging/controles.ts";
import {
  choisirGraine,
  type ContexteTransaction,
  dedans,
  exigerConfirmation,
  fermer,
  ouvrirTransaction,
  PHRASE_RESET,
  valider,
} from "../exploitation/staging/transaction.ts";

interface Reset extends ContexteTransaction {
  migrations: Migration[];
  graine: Script;
}

/** What the person said, and the files, before the database is touched. */
const lireDemande: Etape<Reset> = etape(
  "Vérifier les confirmations, la graine et les migrations",
  async (contexte) => {
    exigerConfirmation(PHRASE_RESET, "staging:reset");
    contexte.graine = await lireScript(await choisirGraine());
    contexte.migrations = await lireMigrations(join(ROOT, "supabase/migrations"));
    return `${contexte.migrations.length} migrations, graine ${relative(ROOT, contexte.graine.fichier)}`;
  },
);

/** Runs a file as it stands; where it fails, says which statement. */
async function executer({ tx }: Reset, { fichier, texte, instructions }: Script): Promise<void> {
  if (!instructions.length) return;
  try {
    await tx.unsafe(texte).simple();
  } catch (erreur) {
    const { message, hint, position } = erreur as { message: string; hint?: string; position?: string };
    const avant = [...texte].slice(0, Number(position ?? 0)).join("");
    const ligne = position ? `, ligne ${avant.split("\n").length}` : "";
    throw new Echec(`${relative(ROOT, fichier)}${ligne} : ${message}${hint ? ` (${hint})` : ""}`);
  }
}

const lireSql = (nom: string) => Deno.readTextFile(join(ROOT, "ops", nom));

const demolir: Etape<Reset> = dedans("Retenir les profils, vider le projet", async ({ tx }) => {
  for (const nom of ["exploitation/staging/demolir.sql", "pile/vider_projet.sql"]) {
    await tx.unsafe(await lireSql(nom)).simple();
  }
  return `${await oneValue<number>(tx`select count(*)::int from pg_temp.profils_gardes`)} profils retenus`;
});

/** As the Supabase CLI would have: `db push` and `migration list` find their history where and as they left it. */
const migrer: Etape<Reset> = dedans("Rejouer les migrations", async (contexte, dire) => {
  const { tx, migrations } = contexte;
  await poserHistorique(tx);
  await tx.unsafe(
    "delete from supabase_migrations.schema_migrations; delete from supabase_migrations.seed_files",
  )
    .simple();
  for (const migration of migrations) {
    dire(migration.nom);
    await executer(contexte, migration);
    await noterMigration(tx, migration);
  }
  return `${migrations.length} migrations`;
});

const semer: Etape<Reset> = dedans("Poser les référentiels et la graine", async (contexte) => {
  const { tx, graine } = contexte;
  await labelDatabase(tx, "staging");
  await tx`select private.poser_referentiels()`;
  await executer(contexte, graine);
  const chemin = relative(ROOT, graine.fichier);
  if (graine.instructions.length && !chemin.startsWith("..")) await noterGraine(tx, chemin, graine.texte);
  return chemin;
});

const reprendreProfils: Etape<Reset> = dedans("Rendre leur profil aux comptes", async ({ tx }) => {
  await tx.unsafe(await lireSql("exploitation/staging/rendre_profils.sql")).simple();
  const [{ rendus, perdus }] = await tx<[{ rendus: number; perdus: string[] }]>`
    select count(*) filter (where g.rendu)::int as rendus,
           coalesce(array_agg(g.qui) filter (where not g.rendu), '{}') as perdus
      from pg_temp.profils_gardes g`;
  return `${rendus} profils rendus` +
    (perdus.length
      ? `, ${perdus.length} sans leur dépôt, à refaire par un admin : ${perdus.join(", ")}`
      : "");
});

/** staging:reset: STAGING as new: everything dropped, every migration replayed, seeded and checked, or nothing at all. */
export const enregistrer = commande("staging:reset")<Reset>({
  dit: "remet STAGING à zéro : tout ou rien, contrôles compris",
  aide:
    `Vide public, private et astm, rejoue toutes les migrations, pose les référentiels de PROD (dépôt, produits,
TANK1 à TANK6), sème, puis contrôle. Les comptes (auth) restent ; leur profil est rendu si leur dépôt existe encore.
Les options (feature_flags) et les réglages reprennent leur valeur de départ. PROD est toujours refusée.

Variables, à donner sur la ligne à chaque fois :
  ALLOW_STAGING_RESET=true
  CONFIRM_STAGING_RESET=I_UNDERSTAND_THIS_WILL_DROP_PUBLIC
  SEED_FILE=seed_staging_prod_like.sql   (facultatif ; seed_empty.sql par défaut)`,
  env: [],
  etapes: () => [
    verifierCible("staging"),
    lireDemande,
    ouvrirTransaction(),
    demolir,
    migrer,
    semer,
    reprendreProfils,
    dedans("Contrôler les produits", ({ tx }) => controlerProduits(tx)),
    dedans("Contrôler les citernes", ({ tx }) => controlerCiternes(tx)),
    dedans("Contrôler l'absence de citerne fantôme", ({ tx }) => controlerFantomes(tx)),
    dedans(
      "Essayer CDR → réception → sortie → vente, et l'annuler",
      ({ tx }) =>
        essayerChaine(tx, () => Promise.resolve({ depot: DEPOT, produit: GASOIL, citerne: CITERNES[0]!.id })),
    ),
    dedans("Contrôler que stocks_snapshot est vide", async ({ tx }) => {
      const constat = await controlerAucunMouvement(tx);
      // Heard at commit by PostgREST, and by the REST of npm start.
      await tx`select pg_notify('pgrst', 'reload schema')`;
      return constat;
    }),
    valider(),
  ],
  toujours: fermer,
  fin: () =>
    "STAGING est remise à zéro et contrôlée. L'application peut s'y connecter ; " +
    "suite : npm run ops -- smoke --env staging",
});
