// The depot that benches work in: six tanks of its own, wide enough to be drawn from all day, and people to do it.
import { labelDatabase } from "../ops/commun/environment.ts";
import { prepareProject } from "../ops/pile/database.ts";
import { loadKeys } from "../ops/pile/keys.ts";
import { appliquerDeclaration, noterHistorique, semer } from "../ops/commun/schema/declare.ts";
import { type Banc, commePersonne, ouvrir } from "./mesure.ts";

export const CITERNES = 6;
export const LITRES_RECUS = 900_000_000;

export const citerne = (numero: number | string) => `be9c0000-0000-4000-8000-00000000000${numero}`;
export const CLIENT = "be9c0000-0000-4000-8000-0000000000c0";
const FOURNISSEUR = "be9c0000-0000-4000-8000-0000000000f0";
export const DEPOT = "11111111-1111-1111-1111-111111111111";
const GASOIL = "22222222-2222-2222-2222-222222222222";

export interface Gens {
  admin: string;
  gerant: string;
}

/** Who has these roles in this database; made where nobody has. */
async function gens(url: string): Promise<Gens> {
  const sql = ouvrir(url);
  const un = async (role: string) => {
    const [connu] = await sql<{ user_id: string }[]>`
      select user_id from public.profils where role = ${role} and (role = 'admin' or depot_id = ${DEPOT}) limit 1`;
    if (connu) return connu.user_id;
    const [fait] = await sql<{ user_id: string }[]>`
      with compte as (
        insert into auth.users (id, email) values (gen_random_uuid(), ${`${role}@bench.monaluxe.test`}) returning id)
      insert into public.profils (user_id, role, depot_id) select id, ${role}, ${DEPOT} from compte returning user_id`;
    return fait!.user_id;
  };
  const trouves = { admin: await un("admin"), gerant: await un("gerant") };
  await sql.end();
  return trouves;
}

/** Makes the six tanks and fills them by a réception each, through the rules. `projectUrl`: as the owner of the tables. */
export async function preparerDepot(superuserUrl: string, projectUrl: string): Promise<Gens> {
  const trouves = await gens(superuserUrl);
  const sql = ouvrir(projectUrl);
  await sql.begin(async (tx) => {
    await tx`select set_config('request.jwt.claims', ${
      JSON.stringify({ sub: trouves.admin, role: "authenticated" })
    }, true)`;
    await tx`insert into public.clients (id, nom) values (${CLIENT}, 'Client du banc')`;
    await tx`insert into public.fournisseurs (id, nom) values (${FOURNISSEUR}, 'Fournisseur du banc')`;
    for (let numero = 1; numero <= CITERNES; numero++) {
      await tx`
        insert into public.citernes (id, depot_id, produit_id, nom, capacite_totale, capacite_securite)
        values (${citerne(numero)}, ${DEPOT}, ${GASOIL}, ${`BANC ${numero}`}, 999999999, 1000)`;
      const [cdr] = await tx<{ id: string }[]>`
        insert into public.cours_de_route (fournisseur_id, depot_destination_id, produit_id, plaque_camion, volume)
        values (${FOURNISSEUR}, ${DEPOT}, ${GASOIL}, ${`BANC${numero}`}, 40000) returning id`;
      for (const statut of ["TRANSIT", "FRONTIERE", "ARRIVE"]) {
        await tx`update public.cours_de_route set statut = ${statut} where id = ${cdr!.id}`;
      }
      await tx`
        insert into public.receptions (temperature_ambiante_c, cours_de_route_id, citerne_id, volume_ambiant, confirmer)
        values (15, ${cdr!.id}, ${citerne(numero)}, ${LITRES_RECUS}, true)`;
    }
  });
  await sql.end();
  return trouves;
}

/** Asks a door as this person, under this number; throws where it does not answer well, gives its whole answer. */
export const posteur =
  (api: string, headers: Record<string, string>) =>
  async (chemin: string, corps: unknown, numero?: string): Promise<{ id: string }> => {
    const reponse = await fetch(`${api}/functions/v1/${chemin}`, {
      method: "POST",
      headers: numero === undefined ? headers : { ...headers, "x-request-id": numero },
      body: JSON.stringify(corps),
    });
    const texte = await reponse.text();
    if (!reponse.ok) throw new Error(`${chemin} : ${reponse.status} ${texte}`);
    return JSON.parse(texte);
  };

/** A draft as a client sends it, of each tank in turn. */
export const brouillon = (tour: number, litres: number) => ({
  citerne_id: citerne(1 + tour % CITERNES),
  client_id: CLIENT,
  volume_ambiant: litres,
  temperature_ambiante_c: 24.5,
});

export const memeServeur = (url: string, base: string) => url.replace(/\/[^/]*$/, `/${base}`);

/** A database of its own, at the declared schema, on the bench's server, with the bench's depot. */
export async function nouvelleBase(banc: Banc, nom: string) {
  const base = {
    superuserUrl: memeServeur(banc.superuserUrl, nom),
    url: memeServeur(banc.stack.status.DB_URL, nom),
  };
  const server = ouvrir(banc.superuserUrl);
  await server.unsafe(`create database ${nom}`);
  await server.end();
  const superuser = ouvrir(base.superuserUrl);
  await superuser.unsafe(`grant all on database ${nom} to postgres`);
  await prepareProject(superuser, await loadKeys(banc.dossier), base.url);
  await superuser.end();
  const owner = ouvrir(base.url);
  await appliquerDeclaration(owner, async (tx) => {
    await noterHistorique(tx);
    await semer(tx);
    await labelDatabase(tx, "local");
  });
  await owner.end();
  return { ...base, gens: await preparerDepot(base.superuserUrl, base.url) };
}

/**
 * Every figure of the stock and of the partners' accounts agrees with its movements, or the bench measured something
 * that does not work.
 */
export async function exigerStocksJustes(url: string, admin: string): Promise<void> {
  const sql = ouvrir(url);
  const ecarts = await commePersonne(sql, admin, async (tx) => [
    ...await tx`select * from public.verifier_stocks()`,
    ...await tx`select * from public.verifier_comptes_partenaires()`,
  ]);
  await sql.end();
  if (ecarts.length) throw new Error(`stock et comptes : ${JSON.stringify(ecarts.slice(0, 3))}`);
}
