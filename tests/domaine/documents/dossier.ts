// A database of one's own with people and things to prove, and the two functions that documents pass through.
import { labelDatabase } from "../../../ops/commun/environment.ts";
import { Buffer } from "node:buffer";
import { connect, inDatabase, type Sql } from "../../../ops/commun/connection.ts";
import type { Role } from "../../../ops/pile/demo_users.ts";
import type { Bilan } from "../../../supabase/functions/envois/ouvrier.ts";
import { declaredProject } from "../../support/base.ts";
import { startFonction } from "../../support/fonction.ts";
import { porteur, signer } from "../../support/jetons.ts";
import { status } from "../../support/monde.ts";

export const GASOIL = "22222222-2222-2222-2222-222222222222";
export const DAIPN = "11111111-1111-1111-1111-111111111111";

export interface DocumentLu {
  id: string;
  nom: string;
  categorie: string;
  type_mime: string;
  taille: number;
  statut: string;
  sha256: string;
  moteur: string | null;
  signature: string | null;
  conserver_jusqu_au: string;
  depot_id: string | null;
  remplace_id: string | null;
  remplace_par: string | null;
}

export interface Personne {
  id: string;
  /** Asks a door of documents; the answer as it came. */
  demander(adresse: string, init?: RequestInit): Promise<Response>;
  /** Its JSON; throws the code of a refusal. */
  lire<T = DocumentLu>(adresse: string, init?: RequestInit): Promise<T>;
  poster<T = DocumentLu>(adresse: string, corps: unknown): Promise<T>;
  /** Sends a file as a form. */
  envoyer(octets: Uint8Array, dit?: Dit, adresse?: string): Promise<Response>;
  /** The same, which must be taken. */
  deposer(octets: Uint8Array, dit?: Dit, adresse?: string): Promise<DocumentLu>;
}

/** What a form says; undefined leaves a field out. */
export interface Dit {
  fichier?: string;
  type?: string;
  cle?: string;
  champs?: Record<string, string | undefined>;
}

export const sha256 = async (octets: Uint8Array) =>
  Buffer.from(await crypto.subtle.digest("SHA-256", octets as Uint8Array<ArrayBuffer>)).toString("hex");

export async function formulaire(
  octets: Uint8Array,
  { fichier = "certificat.pdf", type = "application/pdf", champs = {} }: Dit = {},
): Promise<FormData> {
  const forme = new FormData();
  const tous = { categorie: "CERTIFICAT", sha256: await sha256(octets), ...champs };
  for (const [nom, valeur] of Object.entries(tous)) if (valeur !== undefined) forme.set(nom, valeur);
  forme.set("fichier", new Blob([octets as Uint8Array<ArrayBuffer>], { type }), fichier);
  return forme;
}

export class Refuse extends Error {
  constructor(readonly statut: number, readonly code: string, readonly probleme: Record<string, unknown>) {
    super(`${statut} ${code} ${JSON.stringify(probleme)}`);
  }
}

async function ouJeter<T>(reponse: Response): Promise<T> {
  const corps = await reponse.json();
  if (!reponse.ok) throw new Refuse(reponse.status, corps.code, corps);
  return corps;
}

export interface Dossier {
  sql: Sql;
  /** Somebody of Dépôt Daipn, or of a depot of their own where `ailleurs`. */
  personne(role: Role, options?: { ailleurs?: true; habilitations?: string[] }): Promise<Personne>;
  /** A réception at Dépôt Daipn of this day. */
  reception(jour?: string): Promise<string>;
  /** The worker, once: whatever waits is due. */
  analyser(): Promise<Bilan>;
  etat(id: string): Promise<{ statut: string; moteur: string | null; signature: string | null }>;
  verifier(): Promise<unknown[]>;
  fermer(): Promise<void>;
}

export async function ouvrirDossier(
  nom: string,
  environnement: Record<string, string> = {},
): Promise<Dossier> {
  const base = `${nom}_${crypto.randomUUID().slice(0, 8)}`;
  const sql = connect(await declaredProject(base, { seed: true }));
  await labelDatabase(sql, "staging");
  await sql`update public.notifications_regles set actif = false`;
  const [{ id: ailleurs }] = await sql<[{ id: string }]>`
    insert into public.depots (nom) values ('Dépôt de Likasi') returning id`;
  const ici = { ...environnement, SUPABASE_DB_URL: inDatabase(status.DB_URL, base) };
  const [documents, envois] = await Promise.all([
    startFonction("documents", ici),
    startFonction("envois", ici, ["--allow-sys=ca"]),
  ]);

  const personne: Dossier["personne"] = async (role, options = {}) => {
    const [{ id }] = await sql<[{ id: string }]>`
      insert into auth.users (id, email, aud, role)
      values (gen_random_uuid(), ${`${crypto.randomUUID()}@exemple.cd`}, 'authenticated', 'authenticated') returning id`;
    await sql`insert into public.profils (user_id, role, depot_id, habilitations)
      values (${id}, ${role}, ${options.ailleurs ? ailleurs : DAIPN}, ${options.habilitations ?? []})`;
    const entetes = porteur(await signer({ sub: id, aal: "aal2" }));
    const demander: Personne["demander"] = (adresse, init = {}) =>
      documents.demander(adresse, {
        ...init,
        headers: { ...entetes, ...init.headers as Record<string, string> },
      });
    const envoyer: Personne["envoyer"] = async (octets, dit = {}, adresse = "") =>
      demander(adresse, {
        method: "POST",
        body: await formulaire(octets, dit),
        headers: dit.cle ? { "idempotency-key": dit.cle } : {},
      });
    return {
      id,
      demander,
      lire: async <T>(adresse: string, init?: RequestInit) => ouJeter<T>(await demander(adresse, init)),
      poster: async <T>(adresse: string, corps: unknown) =>
        ouJeter<T>(
          await demander(adresse, {
            method: "POST",
            body: JSON.stringify(corps),
            headers: { "content-type": "application/json" },
          }),
        ),
      envoyer,
      deposer: async (...args) => ouJeter<DocumentLu>(await envoyer(...args)),
    };
  };

  return {
    sql,
    personne,
    reception: async (jour = "2026-10-05") => {
      const [{ id: admin }] = await sql<[{ id: string }]>`
        insert into auth.users (id, email, aud, role)
        values (gen_random_uuid(), ${`${crypto.randomUUID()}@exemple.cd`}, 'authenticated', 'authenticated')
        returning id`;
      await sql`insert into public.profils (user_id, role) values (${admin}, 'admin')`;
      return await sql.begin(async (tx) => {
        await tx`select set_config('request.jwt.claims', ${JSON.stringify({ sub: admin })}, true)`;
        const [{ id: camion }] = await tx<[{ id: string }]>`
          insert into public.cours_de_route (fournisseur_id, depot_destination_id, produit_id, plaque_camion, volume)
          select f.id, ${DAIPN}, ${GASOIL}, ${crypto.randomUUID().slice(0, 12)}, 1000
            from public.fournisseurs f limit 1 returning id`;
        for (const statut of ["TRANSIT", "FRONTIERE", "ARRIVE"]) {
          await tx`update public.cours_de_route set statut = ${statut} where id = ${camion}`;
        }
        const [{ id }] = await tx<[{ id: string }]>`
          insert into public.receptions (cours_de_route_id, citerne_id, volume_ambiant, temperature_ambiante_c,
                                         date_reception)
          select ${camion}, c.id, 10, 15, ${jour} from public.citernes c where c.nom = 'TANK1' returning id`;
        return id;
      }) as string;
    },
    analyser: async () => {
      await sql`update public.envois set prochain_essai = now() where statut in ('A_ENVOYER', 'EN_COURS')`;
      const reponse = await envois.demander("/vider", {
        method: "POST",
        headers: porteur(status.SERVICE_ROLE_KEY),
      });
      return await ouJeter<Bilan>(reponse);
    },
    etat: async (id) =>
      (await sql<[{ statut: string; moteur: string | null; signature: string | null }]>`
        select statut, moteur, signature from public.documents where id = ${id}`)[0],
    verifier: async () => [...await sql`select * from private.verifier_documents()`],
    fermer: async () => {
      await Promise.all([documents.stop(), envois.stop()]);
      await sql.end();
    },
  };
}

/** How a request was refused: status, code, and the fields that were wrong. */
export const refus = async (reponse: Response | Promise<unknown>) => {
  if (reponse instanceof Response) {
    const { code, errors } = await reponse.json();
    return [reponse.status, code, ...(errors ?? []).map(({ path }: { path: string }) => path)];
  }
  return await reponse.then(() => {
    throw new Error("cette demande aurait dû être refusée");
  }, (error) => {
    if (error instanceof Refuse) return [error.statut, error.code];
    throw error;
  });
};
