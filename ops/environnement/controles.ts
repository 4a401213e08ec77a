// env:check: each thing a deployment relies on, one line each. Says what is wrong with a secret, never the secret.
import { type Cible, type Environnement, lireCible, lireVariables, ouvrirCible } from "../cible/cible.ts";
import { portesDe, projetDeLAdresse, revendications } from "../cible/portes.ts";
import type { Etape } from "../cli/deroulement.ts";
import type { Sql } from "../stack/database.ts";
import { Echec } from "../stack/failure.ts";
import { runningStack } from "../stack/status.ts";
import { verifierCertificat } from "./certificat.ts";
import { defaut, valeursDExemple, variablesDe } from "./variables.ts";

export interface ContexteEnv {
  variables?: Record<string, string>;
  exemples?: Record<string, string>;
  cible?: Cible;
  sql?: Sql;
  resultat?: unknown;
}

/** Beyond, a token is refused as expired or not valid yet. The API says its time to the second. */
const ECART_MAX_S = 5;

/** On this machine nothing is filled in: the running stack says. */
async function variablesLocales(): Promise<Record<string, string>> {
  const pile = await runningStack();
  return {
    ...Deno.env.toObject(),
    ...(pile && {
      LOCAL_DB_URL: pile.DB_URL,
      LOCAL_PROJECT_REF: "postgres",
      LOCAL_API_URL: pile.API_URL,
      LOCAL_ANON_KEY: pile.ANON_KEY,
      LOCAL_SERVICE_ROLE_KEY: pile.SERVICE_ROLE_KEY,
    }),
  };
}

const lire = (env: Environnement): Etape<ContexteEnv> => ({
  titre: `Lire les variables de ${env}`,
  faire: async (contexte) => {
    contexte.exemples = await valeursDExemple(env);
    contexte.variables = env === "local" ? await variablesLocales() : await lireVariables(env);
  },
});

const lignesDesVariables = (env: Environnement): Etape<ContexteEnv>[] =>
  variablesDe(env).map((variable) => ({
    titre: variable.nom,
    malgreEchec: ({ variables }) => !!variables,
    faire: ({ variables, exemples }) => {
      const valeur = variables![variable.nom];
      const faute = defaut(variable, valeur, exemples![variable.nom], env);
      if (faute) return Promise.reject(new Echec(faute));
      return Promise.resolve(
        valeur ? `bien formée (${valeur.length} caractères)` : "absente, facultative",
      );
    },
  }));

/** What a project key says of itself: its role, its project, until when. */
const ligneDeLaCle = (env: Environnement, nom: string, role: string): Etape<ContexteEnv> => ({
  titre: `${nom} : rôle, projet, échéance`,
  malgreEchec: ({ variables }) => !!variables,
  // deno-lint-ignore require-await
  faire: async ({ variables }) => {
    const dites = revendications(variables![`${env.toUpperCase()}_${nom}`] ?? "");
    const reference = variables![`${env.toUpperCase()}_PROJECT_REF`];
    if (!dites) throw new Echec("illisible : ce n'est pas un JWT");
    if (dites.role !== role) throw new Echec(`son rôle est ${dites.role ?? "absent"}, et non ${role}`);
    if (dites.ref && dites.ref !== reference) {
      throw new Echec(`c'est la clé du projet « ${dites.ref} », et non de « ${reference} »`);
    }
    if (!dites.exp) throw new Echec("elle ne dit pas jusqu'à quand elle vaut");
    const fin = new Date(dites.exp * 1000);
    if (fin.getTime() < Date.now()) {
      throw new Echec(`elle a expiré le ${fin.toLocaleDateString("fr-FR")}`);
    }
    return `${role}, ${dites.ref ? `projet ${dites.ref}` : "sans projet"}, jusqu'au ${
      fin.toLocaleDateString("fr-FR")
    }`;
  },
});

const concordance = (env: Environnement): Etape<ContexteEnv> => ({
  titre: "La base, ses portes et le fichier nomment le même environnement",
  malgreEchec: ({ variables }) => !!variables,
  faire: async (contexte) => {
    contexte.cible = await lireCible(env);
    portesDe(contexte.cible);
    Object.assign(contexte, await ouvrirCible(env));
    return `${env}, projet ${contexte.cible.reference}`;
  },
});

const certificat: Etape<ContexteEnv> = {
  titre: "Certificat TLS de l'API",
  malgreEchec: ({ cible }) => !!cible?.apiUrl,
  faire: ({ cible }) => {
    const { apiUrl } = cible!;
    if (new URL(apiUrl!).protocol === "https:") return verifierCertificat(apiUrl!);
    if (projetDeLAdresse(apiUrl!)) throw new Echec("http au lieu de https : tout voyage en clair");
    return Promise.resolve("http sur cette machine : rien à vérifier");
  },
};

/** Seconds a clock is ahead of ours, by an answer that says its time, at the middle of the question. */
async function ecartDHorloge(demander: () => Promise<Date>): Promise<number> {
  const depart = Date.now();
  const dite = await demander();
  return (dite.getTime() - (depart + Date.now()) / 2) / 1000;
}

function jugerHorloge(qui: string, ecart: number): string {
  const dit = `${ecart > 0 ? "+" : ""}${ecart.toFixed(1)} s`;
  if (Math.abs(ecart) > ECART_MAX_S) {
    throw new Echec(
      `L'horloge de ${qui} diffère de ${dit} de celle de cette machine (${ECART_MAX_S} s au plus). ` +
        "Des jetons valides seront refusés : réglez l'heure (NTP).",
    );
  }
  return dit;
}

const horloges: Etape<ContexteEnv>[] = [{
  titre: "Horloge de l'API",
  malgreEchec: ({ cible }) => !!cible?.apiUrl,
  faire: async ({ cible }) => {
    const ecart = await ecartDHorloge(async () => {
      const reponse = await fetch(new URL("/functions/v1/ops/live", cible!.apiUrl), {
        signal: AbortSignal.timeout(10_000),
      });
      await reponse.body?.cancel();
      const date = reponse.headers.get("date");
      if (!date) throw new Echec("l'API ne dit pas son heure (en-tête Date)");
      // It says the second that has begun: half a second later, on average.
      return new Date(Date.parse(date) + 500);
    });
    return jugerHorloge("l'API", ecart);
  },
}, {
  titre: "Horloge de la base",
  malgreEchec: ({ sql }) => !!sql,
  faire: async ({ sql }) => {
    await sql!`select 1`;
    const ecart = await ecartDHorloge(async () => {
      const [ligne] = await sql!<{ maintenant: Date }[]>`select clock_timestamp() as maintenant`;
      return ligne!.maintenant;
    });
    return jugerHorloge("la base", ecart);
  },
}];

export const etapesEnvCheck = (env: Environnement): Etape<ContexteEnv>[] => [
  lire(env),
  ...lignesDesVariables(env),
  ligneDeLaCle(env, "ANON_KEY", "anon"),
  ligneDeLaCle(env, "SERVICE_ROLE_KEY", "service_role"),
  concordance(env),
  certificat,
  ...horloges,
];
