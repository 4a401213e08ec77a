// What a STAGING must be right after a reset (runbook « Reset STAGING », § 4), each as one line a person can read.
import type postgres from "postgres";
import { Echec } from "../stack/failure.ts";

export const DEPOT = "11111111-1111-1111-1111-111111111111";
export const GASOIL = "22222222-2222-2222-2222-222222222222";

const PRODUITS = [
  { id: "640cf7ec-1616-4503-a484-0a61afb20005", nom: "Essence", code: "ESS" },
  { id: GASOIL, nom: "Gasoil/AGO", code: "G.O" },
];
export const CITERNES = [
  { id: "57da330a-1305-4582-be45-ceab0f1aa795", nom: "TANK1" },
  { id: "905b3104-0324-4b5c-ba3d-ae1019746c70", nom: "TANK2" },
  { id: "7bf64a46-ca77-4857-af89-2e14d9128473", nom: "TANK3" },
  { id: "91d2078b-8e19-43c2-bf33-322a42cd4e94", nom: "TANK4" },
  { id: "a76a08a6-9017-421e-b5d3-afe8129a8f9d", nom: "TANK5" },
  { id: "6f3e0b4c-abfc-4b67-aaa0-2ca20a59ae1a", nom: "TANK6" },
];

function exiger(conforme: boolean, titre: string, trouve: unknown): void {
  if (!conforme) throw new Echec(`Contrôle « ${titre} » non conforme : ${JSON.stringify(trouve)}.`);
}

/** The two products, with their fixed ids. */
export async function controlerProduits(sql: postgres.Sql): Promise<string> {
  const trouves = await sql<{ id: string; nom: string; code: string }[]>`
    select id, nom, code from public.produits order by code`;
  const conforme = PRODUITS.every(({ id, nom, code }) =>
    trouves.some((p) => p.id === id && p.nom === nom && p.code === code)
  );
  exiger(conforme, "produits : Essence (ESS) et Gasoil/AGO (G.O)", trouves);
  return trouves.map(({ nom, code }) => `${nom} (${code})`).join(", ");
}

/** TANK1 to TANK6 and no other, all gasoil. */
export async function controlerCiternes(sql: postgres.Sql): Promise<string> {
  const trouvees = await sql<{ id: string; nom: string; produit_id: string }[]>`
    select id, nom, produit_id from public.citernes order by nom`;
  const attendues = CITERNES.map(({ id, nom }) => ({ id, nom, produit_id: GASOIL }));
  exiger(
    JSON.stringify(trouvees) === JSON.stringify(attendues),
    "citernes : TANK1 à TANK6 uniquement",
    trouvees,
  );
  return trouvees.map(({ nom }) => nom).join(", ");
}

/** No phantom tank. */
export async function controlerFantomes(sql: postgres.Sql): Promise<string> {
  const trouvees = await sql`select * from private.citernes_fantomes()`;
  exiger(trouvees.length === 0, "aucune citerne fantôme", trouvees);
  return "aucune";
}

/** stocks_snapshot is empty, and so is every table of movements, and their part of the log. */
export async function controlerAucunMouvement(sql: postgres.Sql): Promise<string> {
  const restes = await sql<{ quoi: string; lignes: number }[]>`
    select quoi, lignes::int from private.compter_mouvements() where lignes > 0 and quoi <> 'cours_de_route'`;
  exiger(restes.length === 0, "stocks_snapshot vide, aucun mouvement", restes);
  return "stocks_snapshot : 0 ligne, mouvements : 0 ligne";
}
