// A depot that may sell to a hundred clients, and a thousand deliveries of theirs, over none or many invoices of before.
import type postgres from "postgres";
import { citerne, CITERNES, memeServeur, nouvelleBase } from "./depot.ts";
import { ecrireFactures } from "./factures.ts";
import { type Banc, commePersonne, ouvrir } from "./mesure.ts";

export const [SORTIES, CLIENTS, CONNEXIONS] = [1000, 100, 8];
export const DEPOT = "11111111-1111-1111-1111-111111111111";

export interface Sortie {
  id: string;
  client: string;
}

export interface Base {
  deja: number;
  superuser: postgres.Sql;
  gerant: string;
  clients: string[];
  /** A thousand deliveries, ten a client. */
  sorties: Sortie[];
  connexions: postgres.Sql[];
}

/** A depot that may sell to a hundred clients. */
async function preparer(banc: Banc): Promise<{ nom: string; gerant: string }> {
  const nom = "ventes";
  const { superuserUrl, gens } = await nouvelleBase(banc, nom);
  const sql = ouvrir(superuserUrl);
  await sql`insert into public.clients (nom) select 'Client du banc ' || n from generate_series(1, ${CLIENTS}::int) n`;
  await sql.begin(async (tx) => {
    await tx`select set_config('request.jwt.claims', ${JSON.stringify({ sub: gens.admin })}, true)`;
    await tx`select public.fixer_taux_change('USD', private.jour_au_depot(${DEPOT}, now()), 2800, 'MANUEL')`;
    await tx`select public.creer_tarif(c.produit_id, null, null, 'USD', 'L15', 1.5, '2026-01-01', null, 'Prix du banc')
               from public.citernes c where c.id = ${citerne(1)}`;
    for (
      const [client] of await tx`select id from public.clients where nom like 'Client du banc %'`.values()
    ) {
      await tx`select public.fixer_conditions_client(${client}, '{"delai_jours": 30}')`;
    }
  });
  await sql.end();
  return { nom, gerant: gens.gerant };
}

/** The same base twice: one has a past. */
export async function fabriquer(banc: Banc, tailles: number[]): Promise<Base[]> {
  const { nom, gerant } = await preparer(banc);
  const serveur = ouvrir(banc.superuserUrl);
  const bases: Base[] = [];
  for (const deja of tailles) {
    const copie = `${nom}_${deja}`;
    await serveur.unsafe(`create database ${copie} template ${nom}`);
    const superuserUrl = memeServeur(banc.superuserUrl, copie);
    if (deja) await ecrireFactures(superuserUrl, { depot: DEPOT, gerant, combien: deja });
    const url = memeServeur(banc.stack.status.DB_URL, copie);
    const connexions = Array.from({ length: CONNEXIONS }, () => ouvrir(url));
    const clients = (await connexions[0]!<{ id: string }[]>`
      select id from public.clients where nom like 'Client du banc %' order by id`).map(({ id }) => id);
    const base = { deja, superuser: ouvrir(superuserUrl), gerant, clients, sorties: [], connexions };
    bases.push({ ...base, sorties: await livrer(base) });
  }
  await serveur.end();
  return bases;
}

/** Through the rules. */
const livrer = ({ connexions, gerant, clients }: Base): Promise<Sortie[]> =>
  commePersonne(connexions[0]!, gerant, async (tx) => [
    ...await tx<Sortie[]>`
      select (s.v).id as id, (s.v).client_id as client from (
        select public.creer_et_valider_sortie(jsonb_build_object('volume_ambiant', 10 + n % 90,
                 'citerne_id', left(${
      citerne(0)
    }, 35) || 1 + n % ${CITERNES}::int, 'temperature_ambiante_c', 15,
                 'client_id', (${clients}::uuid[])[1 + n % ${CLIENTS}::int])) as v
          from generate_series(1, ${SORTIES}::int) n offset 0) s`,
  ]);

/** For the bench only: what sold them is forgotten, so that the same deliveries are invoiced again. */
export const liberer = ({ superuser, sorties }: Base) =>
  superuser`delete from private.facturations_sortie where sortie_id = any (${
    sorties.map(({ id }) => id)
  }::uuid[])`;

export const facturerUne = (
  { gerant }: Base,
  sql: postgres.Sql,
  { id, client }: { id: string; client: string },
) =>
  commePersonne(
    sql,
    gerant,
    (tx) => tx`select public.emettre_facture(public.preparer_facture(${client}, ${DEPOT}, ${[id]}::uuid[]))`,
  );
