// npm run demo: the main job on real input against a running stack. Can be run again and again.
import { amener, type Chaine, chaineParPortes, livrer } from "../../../ops/commun/chaine.ts";
import { type Person, type Row, signInAs } from "../../../ops/pile/client.ts";
import { Refusal } from "../../../ops/pile/refusal.ts";
import { acheter, contracter } from "./achat.ts";
import { alerter } from "./alerte.ts";
import { joindre } from "./document.ts";
import { prouver } from "./facteur.ts";
import { payerEnLigne } from "./paiement.ts";
import { REAL_TRUCKS } from "../camions.ts";
import { CITERNES, DEPOT, GASOIL } from "../../../ops/commun/referentiels.ts";
import { jourAuDepot } from "../../../ops/commun/horloge.ts";
import { readScript } from "../../../ops/pile/script.ts";
import { readSettings } from "../../../ops/commun/settings.ts";
import { requireRunningStack } from "../../../ops/pile/status.ts";
import { printTable } from "../../../ops/commun/table.ts";

const TANKS = CITERNES.slice(0, 4).map(({ nom, id }): [name: string, id: string] => [nom, id]);

const litres = (value: number) => value.toLocaleString("fr-FR", { maximumFractionDigits: 3 });

interface Stock {
  ambiant: number;
  a15: number;
}
type StockByTank = Map<string, Stock>;

/** The depot's own source of truth, read as the app reads it. */
async function readStock(person: Person): Promise<StockByTank> {
  const { data, error } = await person.supabase.from("v_stock_actuel")
    .select("citerne_id, stock_ambiant, stock_15c").eq("proprietaire_type", "MONALUXE");
  if (error) throw error;
  return new Map(data.map((row) => [row.citerne_id, { ambiant: row.stock_ambiant, a15: row.stock_15c }]));
}

/** The sum of everything that ever moved, page by page, in millilitres so that adding loses nothing. */
async function sumMovements(person: Person): Promise<StockByTank> {
  type Movement = { citerne_id: string; proprietaire_type: string; delta_ambiant: number; delta_15c: number };
  const sums = new Map<string, Stock>();
  let cursor: string | null = "";
  while (cursor !== null) {
    const page: { data: Movement[]; next_cursor: string | null } = await person.call(
      "GET",
      `stocks/mouvements?limit=500${cursor && `&cursor=${cursor}`}`,
    );
    for (const movement of page.data.filter((one) => one.proprietaire_type === "MONALUXE")) {
      const sum = sums.get(movement.citerne_id) ?? { ambiant: 0, a15: 0 };
      sum.ambiant += Math.round(movement.delta_ambiant * 1000);
      sum.a15 += Math.round(movement.delta_15c * 1000);
      sums.set(movement.citerne_id, sum);
    }
    cursor = page.next_cursor;
  }
  return new Map([...sums].map(([id, sum]) => [id, { ambiant: sum.ambiant / 1000, a15: sum.a15 / 1000 }]));
}

async function findOrCreate(person: Person, table: string, nom: string): Promise<string> {
  const found = await person.supabase.from(table).select("id").eq("nom", nom).maybeSingle();
  if (found.error) throw found.error;
  if (found.data) return found.data.id;
  const made = await person.supabase.from(table).insert({ nom }).select("id").single();
  if (made.error) throw made.error;
  return made.data.id;
}

async function receiveTrucks(
  chaine: Chaine,
  fournisseur_id: string,
  fournisseur_lot_id: string,
): Promise<void> {
  const head = ["camion", "citerne", "ambiant L", "à 15 °C L", "méthode"];
  const rows: string[][] = [];
  const voyage = crypto.randomUUID().slice(0, 6).toUpperCase();
  for (const [index, truck] of REAL_TRUCKS.entries()) {
    const [tankName, citerne_id] = TANKS[index % TANKS.length]!;
    const plaque_camion = `${voyage}-${index + 1}`;
    const cours = {
      fournisseur_id,
      fournisseur_lot_id,
      depot_destination_id: DEPOT,
      produit_id: GASOIL,
      plaque_camion,
    };
    const reception = await amener(chaine, { ...cours, volume: truck.volume_ambiant }, {
      citerne_id,
      ...truck,
    });
    rows.push([
      plaque_camion,
      tankName,
      litres(truck.volume_ambiant),
      litres(reception.volume_15c as number),
      String(reception.methode_15c),
    ]);
  }
  console.log("\nHuit camions réels reçus (opérateur) :");
  printTable(rows, head);
}

/** Half of each tank leaves: however often this runs, no tank ever fills up. */
async function deliver(
  chaine: Chaine,
  pca: Person,
  client_id: string,
  stock: StockByTank,
): Promise<void> {
  const head = ["citerne", "ambiant L", "à 15 °C L", "statut"];
  const rows: string[][] = [];
  for (const [name, citerne_id] of TANKS) {
    const volume_ambiant = Math.floor(stock.get(citerne_id)!.ambiant / 2);
    const id = await livrer(chaine, {
      citerne_id,
      client_id,
      volume_ambiant,
      temperature_ambiante_c: 21,
      temperature_echantillon_c: 21,
      densite_observee_kgm3: 837,
    });
    const sortie = await pca.call("GET", `sorties/${id}`);
    rows.push([name, litres(volume_ambiant), litres(sortie.volume_15c as number), String(sortie.statut)]);
  }
  console.log("\nSorties rédigées par l'opérateur, validées par le gérant :");
  printTable(rows, head);
}

async function showRefusal(
  operateur: Person,
  gerant: Person,
  client_id: string,
  stock: StockByTank,
): Promise<void> {
  const [name, citerne_id] = TANKS[0]!;
  const volume_ambiant = Math.ceil(stock.get(citerne_id)!.ambiant) + 1000;
  const draft = await operateur.call<Row>("POST", "sorties", {
    citerne_id,
    client_id,
    volume_ambiant,
    temperature_ambiante_c: 25,
  });
  console.log(`\nUne sortie de plus que le stock de ${name} (${litres(volume_ambiant)} L) :`);
  try {
    await gerant.call("POST", `sorties/${draft.id}/valider`);
    throw new Error("cette sortie aurait dû être refusée");
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    console.log(`  refusée — ${error.problem.code} — ${error.problem.detail}`);
  }
  await gerant.call("POST", `sorties/${draft.id}/rejeter`, { motif: "démonstration d'un refus" });
}

function showStock(before: StockByTank, after: StockByTank, sums: StockByTank): boolean {
  const head = ["citerne", "avant L", "après L", "Σ mouvements L", "après 15 °C L", "Σ 15 °C L", ""];
  const rows: string[][] = [];
  let allEqual = true;
  for (const [name, id] of TANKS) {
    const [now, sum] = [after.get(id)!, sums.get(id)!];
    const equal = now.ambiant === sum.ambiant && now.a15 === sum.a15;
    allEqual &&= equal;
    rows.push([
      name,
      litres(before.get(id)?.ambiant ?? 0),
      ...[now.ambiant, sum.ambiant, now.a15, sum.a15].map(litres),
      equal ? "égal" : "DIFFÉRENT",
    ]);
  }
  console.log("\nStock avant et après (pca) :");
  printTable(rows, head);
  return allEqual;
}

async function main(): Promise<number> {
  const status = await requireRunningStack();
  const { demoPassword } = readSettings();
  const [admin, directeur, operateur, gerant, pca] = await Promise.all(
    (["admin", "directeur", "operateur", "gerant", "pca"] as const).map((role) =>
      signInAs(status, role, demoPassword)
    ),
  ) as [Person, Person, Person, Person, Person];

  const before = await readStock(pca);
  const fournisseur = await findOrCreate(directeur, "fournisseurs", "Fournisseur de démonstration");
  const client = await findOrCreate(directeur, "clients", "Client de démonstration");
  const chaine = chaineParPortes(
    (address, body) => operateur.call("POST", address, body),
    (id) => gerant.call("POST", `sorties/${id}/valider`),
  );
  const aujourdhui = jourAuDepot();
  const contrat = await contracter(directeur, fournisseur, GASOIL, aujourdhui);
  await receiveTrucks(chaine, fournisseur, contrat.lot);
  await acheter(directeur, gerant, contrat, aujourdhui);
  await deliver(chaine, pca, client, await readStock(pca));
  await showRefusal(operateur, gerant, client, await readStock(pca));
  await alerter(status, { admin, directeur }, contrat.lot);
  await joindre(status, { gerant, lecteur: pca });
  await payerEnLigne({ admin, directeur }, { depot_id: DEPOT, client_id: client, aujourdhui });
  await prouver(admin);
  if (showStock(before, await readStock(pca), await sumMovements(pca))) return 0;
  console.error("✗ Le stock n'est pas la somme des mouvements.");
  return 1;
}

await readScript("demo", "Mène huit vrais camions du fournisseur au client, sur la pile qui tourne.");
try {
  Deno.exit(await main());
} catch (error) {
  const said = error instanceof Error ? error.message : (error as { message?: string }).message ?? error;
  console.error(
    `✗ La démonstration s'est arrêtée : ${said}. Ce qui est déjà écrit ci-dessus est enregistré.`,
  );
  Deno.exit(1);
}
