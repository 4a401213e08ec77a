import { createClient } from "@supabase/supabase-js";
import { decodeJwt } from "jose";
import { resolve } from "node:path";
import { admettre } from "../commun/deroulement.ts";
import { Echec } from "../commun/failure.ts";
import { writeWhole } from "../commun/files.ts";
import { momentAuDepot } from "../commun/horloge.ts";
import { commande } from "../exploitation/cible/commande.ts";
import { type Contexte, portesDe } from "../exploitation/cible/cible.ts";
import { variableDuFacteur } from "../exploitation/cible/variables.ts";
import { compteDe, jetonSigne } from "../exploitation/secrets/verification.ts";
import { comptesDe, entrer } from "../exploitation/smoke/contexte.ts";
import { asPerson, type Person } from "../pile/client.ts";
import { type Role, ROLES } from "../pile/demo_users.ts";
import { prouverFacteur } from "../pile/second_facteur.ts";

interface Obtenu extends Contexte {
  jeton: string;
  eleve_jusqu_au?: string;
}

/** As long as Auth's own. */
const DUREE = "1h";

async function signer({ cible, sql }: Obtenu, role: Role): Promise<string> {
  const secret = cible.variables.JWT_SECRET || cible.variables.LOCAL_JWT_SECRET;
  admettre(secret, "REGLAGE_INVALIDE", "--par-cle demande JWT_SECRET, le secret qui signe les jetons.");
  return await jetonSigne(await compteDe(sql, comptesDe(cible)[role].email), secret, DUREE);
}

async function connecter({ cible }: Obtenu, role: Role): Promise<string> {
  const { data } = await (await entrer(cible, role)).supabase.auth.getSession();
  return data.session!.access_token;
}

/** A person of this token, whatever signed it. */
function porteurDe({ cible }: Obtenu, jeton: string): Person {
  const { API_URL, ANON_KEY } = portesDe(cible);
  return asPerson(createClient(API_URL, ANON_KEY, { accessToken: () => Promise.resolve(jeton) }));
}

async function ecrireJeton(vers: string, jeton: string): Promise<string> {
  const fichier = resolve(vers);
  const existe = await Deno.lstat(fichier).catch(() => undefined);
  if (existe?.isDirectory) throw new Echec(`${fichier} est un dossier : donnez un fichier.`);
  await writeWhole(fichier, `${jeton}\n`).catch(({ message }) => {
    throw new Echec(`${fichier} n'a pas pu être écrit : ${message}`);
  });
  return fichier;
}

/**
 * tokens:get: a token of a test account, for whoever tries the doors by hand or from a script: written to a file of its
 * owner's, and shown nowhere. Never of PROD.
 */
export const enregistrer = commande("tokens:get", {
  "--role <rôle>": { dit: "compte de smoke dont on veut le jeton", choix: ROLES, defaut: "lecture" },
  "--vers <fichier>": {
    dit: "où l'écrire (mode 600) ; un fichier qui s'y trouve est remplacé",
    requis: true,
  },
  "--par-cle": "signé par JWT_SECRET, au lieu du mot de passe du compte",
})<Obtenu>({
  dit: "écrit dans un fichier un jeton d'un compte d'essai, second facteur prouvé ; jamais en PROD",
  aide: 'Ensuite : curl -H "authorization: Bearer $(cat <fichier>)" …/functions/v1/stocks/actuel\n' +
    "Comptes : <ENV>_SMOKE_<ROLE>_EMAIL et _PASSWORD ; second facteur de l'admin : <ENV>_SMOKE_ADMIN_TOTP.",
  env: ["local", "staging"],
  etapes: ({ role, vers, parCle }) => ({
    [parCle ? "Signer un jeton" : "Se connecter"]: async (contexte) => {
      contexte.jeton = await (parCle ? signer(contexte, role) : connecter(contexte, role));
      // Whoever signs may have the wrong secret: a door says so now.
      await porteurDe(contexte, contexte.jeton).call("GET", "flags?limit=1");
      return `${role}, ${comptesDe(contexte.cible)[role].email}`;
    },
    "Prouver le second facteur": async (contexte, dire) => {
      const secret = contexte.cible.variables[variableDuFacteur(contexte.cible.env)];
      if (role !== "admin") return "ce rôle n'en a pas";
      if (!secret) return `${variableDuFacteur(contexte.cible.env)} n'est pas donné : session non élevée`;
      contexte.eleve_jusqu_au = await prouverFacteur(porteurDe(contexte, contexte.jeton), secret, dire);
      return `session élevée jusqu'au ${momentAuDepot(contexte.eleve_jusqu_au)}`;
    },
    "Écrire le jeton": async (contexte) => {
      const fichier = await ecrireJeton(vers, contexte.jeton);
      const expire_le = new Date(decodeJwt(contexte.jeton).exp! * 1000).toISOString();
      contexte.resultat = {
        env: contexte.cible.env,
        role,
        fichier,
        expire_le,
        eleve_jusqu_au: contexte.eleve_jusqu_au ?? null,
      };
      return `${fichier}, lisible de vous seul, bon jusqu'au ${momentAuDepot(expire_le)}`;
    },
  }),
});
