// The public doors of a target: address and public key, which must name the same project as its database.
import { decodeJwt } from "jose";
import { Refus } from "../cli/deroulement.ts";
import type { Portes } from "../client.ts";
import type { Cible } from "./cible.ts";

/** Project a public address names; undefined for one on this machine or under a domain of its own. */
export function projetDeLAdresse(url: string): string | undefined {
  return new URL(url).hostname.match(/^([a-z0-9]+)\.supabase\.(?:co|com)$/)?.[1];
}

/** Claims of a project key, without checking its signature; undefined where it is no JWT. */
export function revendications(cle: string): { role?: string; ref?: string; exp?: number } | undefined {
  try {
    return decodeJwt(cle);
  } catch {
    return undefined;
  }
}

/** Refuses with ENV_INTERDIT doors that are missing or lead to another project than the database. */
export function portesDe(cible: Cible): Portes {
  const prefixe = cible.env.toUpperCase();
  if (!cible.apiUrl || !cible.anonKey) {
    throw new Refus(
      "ENV_INTERDIT",
      cible.env === "local"
        ? "Aucune pile ne tourne ici : démarrez-la avec npm start."
        : `${prefixe}_API_URL et ${prefixe}_ANON_KEY doivent être remplis dans env/.env.${cible.env}.`,
    );
  }
  if (!URL.canParse(cible.apiUrl)) {
    throw new Refus("ENV_INTERDIT", `${prefixe}_API_URL n'est pas une adresse : https://… est attendu.`);
  }
  const dits = {
    [`${prefixe}_API_URL`]: projetDeLAdresse(cible.apiUrl),
    [`${prefixe}_ANON_KEY`]: revendications(cible.anonKey)?.ref,
  };
  for (const [nom, projet] of Object.entries(dits)) {
    if (projet && projet !== cible.reference) {
      throw new Refus(
        "ENV_INTERDIT",
        `${nom} mène au projet « ${projet} », mais la base est celle de « ${cible.reference} ». Rien n'a été fait.`,
      );
    }
  }
  return { API_URL: cible.apiUrl.replace(/\/+$/, ""), ANON_KEY: cible.anonKey };
}
