// The app's own way of asking: postgrest 1.5.2 and gotrue 1.12.6, as supabase_flutter 1.10 sends them.
import { status } from "../../support/monde.ts";

/** Parameters of a request, in their order; one that comes several times has several values. */
export type Parametres = Record<string, string | string[]>;

export interface Requete {
  methode: "GET" | "POST" | "PATCH" | "DELETE";
  /** Below /rest/v1: a table or a view, or rpc/<function>. */
  chemin: string;
  parametres?: Parametres;
  corps?: unknown;
  /** `select()` behind a writing: the row comes back. */
  rend?: true;
  /** `single()`, or `maybeSingle()` behind a writing. */
  une?: true;
  /** `upsert()` */
  remplace?: true;
}

export interface Reponse {
  statut: number;
  corps: unknown;
}

/** Without a table: blanks go from a select, as the client takes them out. */
export const colonnes = (texte: string) => texte.replaceAll(/\s/g, "");

export const enTetes = (jeton: string): Record<string, string> => ({
  apikey: status.ANON_KEY,
  authorization: `Bearer ${jeton}`,
  "x-client-info": "supabase-flutter/1.10.25",
});

export async function demander(requete: Requete, jeton: string): Promise<Reponse> {
  const { methode, chemin, parametres = {}, corps, rend, une, remplace } = requete;
  const adresse = new URL(`${status.API_URL}/rest/v1/${chemin}`);
  for (const [nom, valeur] of Object.entries(parametres)) {
    for (const une of [valeur].flat()) adresse.searchParams.append(nom, une);
  }
  const prefere = [remplace && "resolution=merge-duplicates", rend && "return=representation"];
  const answer = await fetch(adresse, {
    method: methode,
    headers: {
      ...enTetes(jeton),
      ...(methode === "GET"
        ? { "accept-profile": "public" }
        : { "content-profile": "public", "content-type": "application/json" }),
      // An insert or an update that asks for nothing back sends the header all the same, empty.
      ...(methode !== "GET" && !chemin.startsWith("rpc/") && {
        prefer: (remplace ? "" : rend ? "," : "") + prefere.filter(Boolean).join(","),
      }),
      ...(une && { accept: "application/vnd.pgrst.object+json" }),
    },
    ...(corps !== undefined && { body: JSON.stringify(corps) }),
  });
  const texte = await answer.text();
  return { statut: answer.status, corps: texte ? JSON.parse(texte) : null };
}
