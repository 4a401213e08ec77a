// Fuel sent from one depot to another, by its doors.
import { type Monde, sql } from "../../support/monde.ts";

/** A depot that nobody of this world is of, with a tank for its product. */
export async function depotLointain(m: Monde): Promise<{ depot: string; citerne: string }> {
  const [{ depot }] = await sql<[{ depot: string }]>`
    insert into public.depots (nom) values (${crypto.randomUUID()}) returning id as depot`;
  const [{ citerne }] = await sql<[{ citerne: string }]>`
    insert into public.citernes (depot_id, produit_id, nom, capacite_totale)
    values (${depot}, ${m.produit}, 'A', 500000) returning id as citerne`;
  return { depot, citerne };
}

/** One answer of each door. */
export async function reponsesDesTransferts(m: Monde): Promise<Record<string, () => Promise<unknown>>> {
  const [admin, gerant, loin] = await Promise.all([
    m.personne("admin"),
    m.personne("gerant"),
    depotLointain(m),
  ]);
  const expedier = () =>
    gerant.call<{ id: string }>("POST", "stocks/transferts-depots", {
      citerne_source_id: m.citernes[0],
      depot_destination_id: loin.depot,
      volume_ambiant: 10,
      temperature_ambiante_c: 15,
      plaque_camion: "1234 AB 05",
    });
  await expedier();
  return {
    "stocks POST /transferts-depots": expedier,
    "stocks POST /transferts-depots/:id/recevoir": async () =>
      admin.call("POST", `stocks/transferts-depots/${(await expedier()).id}/recevoir`, {
        citerne_id: loin.citerne,
        volume_ambiant: 9,
        temperature_ambiante_c: 15,
      }),
    "stocks POST /transferts-depots/:id/perdu": async () =>
      admin.call("POST", `stocks/transferts-depots/${(await expedier()).id}/perdu`, {
        motif: "camion accidenté en route",
      }),
    "stocks GET /transferts-depots": () => gerant.call("GET", `stocks/transferts-depots?depot_id=${m.depot}`),
    "stocks GET /transferts-depots/destinations": () =>
      gerant.call("GET", `stocks/transferts-depots/destinations?citerne_id=${m.citernes[0]}`),
    "stocks GET /en-transit": () => gerant.call("GET", `stocks/en-transit?depot_id=${m.depot}`),
  };
}
