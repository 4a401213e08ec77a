// What a depot sells under: the company on its papers, its people, clients, prices, the rates of the period.
import type postgres from "postgres";
import { Refus } from "../../../ops/commun/deroulement.ts";
import { CITERNES, DEPOT, GASOIL } from "../../../ops/commun/referentiels.ts";
import { jour, type Lieu, personne, type Scene } from "./scene.ts";

/** Made up, and said to be: no paper of a demonstration passes for a real one. */
const SOCIETE = {
  societe_nom: "Monaluxe (démo)",
  societe_adresse: "14, avenue Lomami, Lubumbashi",
  societe_telephone: "+243 000 000 000",
  societe_email: "ventes@demo.monaluxe.test",
  societe_nif: "A0000000D",
  societe_rccm: "CD/LSH/RCCM/00-B-00000",
  societe_id_nat: "05-F4300-N00000D",
};

/** What is said already stays. */
export async function poserSociete(tx: postgres.TransactionSql): Promise<void> {
  const reglages = Object.entries(SOCIETE).map(([key, value]) => ({ key, value }));
  await tx`insert into public.app_settings ${tx(reglages)} on conflict (key) do nothing`;
}

/** The depot of the seed, with the people of the demonstration who work there. */
export async function depotDaipn(tx: postgres.TransactionSql): Promise<Lieu> {
  // By their ids: a depot has tanks of its own beside them, one to try on, too small for a month of trade.
  const citernes = await tx<{ id: string }[]>`
    select c.id from public.citernes c
     where c.id = any (${
    CITERNES.map(({ id }) => id)
  }) and c.depot_id = ${DEPOT} and c.produit_id = ${GASOIL} and c.statut = 'active' and not c.logique order by c.nom`;
  if (citernes.length < 4) {
    throw new Refus(
      "REFERENTIELS_ABSENTS",
      "Le dépôt Daipn et ses citernes de gasoil ne sont pas dans cette base : npm start, ou staging:reset, les y met.",
    );
  }
  return {
    depot: DEPOT,
    citernes: citernes.map(({ id }) => id),
    gerant: await personne(tx, "gerant", DEPOT),
    operateur: await personne(tx, "operateur", DEPOT),
  };
}

/** A second depot, with tanks and people of its own. */
export async function depotKolwezi(s: Scene): Promise<Lieu> {
  const depot = await s.nomme("depots", {
    nom: "Dépôt Kolwezi (démonstration)",
    adresse: "Route de Likasi",
    code: "KLZ",
  });
  const citernes: string[] = [];
  for (const nom of ["KLZ 1", "KLZ 2", "KLZ 3"]) {
    const [connue] = await s.tx<{ id: string }[]>`
      select id from public.citernes where depot_id = ${depot} and nom = ${nom}`;
    citernes.push(
      connue?.id ??
        await s.inserer("citernes", { depot_id: depot, produit_id: GASOIL, nom, capacite_totale: 500_000 }),
    );
  }
  await s.oublier();
  const gens = {
    gerant: await personne(s.tx, "gerant", depot, "gerant-klz@demo.monaluxe.test"),
    operateur: await personne(s.tx, "operateur", depot, "operateur-klz@demo.monaluxe.test"),
  };
  return { depot, citernes, ...gens };
}

const CLIENTS = {
  kasai: {
    nom: "Kasaï Mining SA (démonstration)",
    type_fiscal: "PM",
    nif: "A1111111K",
    rccm: "CD/KLZ/RCCM/00-B-11111",
    adresse: "Route de l'aéroport, Kolwezi",
  },
  lualaba: {
    nom: "Transports Lualaba (démonstration)",
    type_fiscal: "PM",
    nif: "A2222222L",
    adresse: "Avenue Kasa-Vubu, Likasi",
  },
  kisanga: {
    nom: "Ets Kisanga et Fils (démonstration)",
    type_fiscal: "PC",
    nif: "A3333333M",
    adresse: "Marché de la Kenya, Lubumbashi",
  },
  hopital: {
    nom: "Hôpital Sendwe (démonstration)",
    type_fiscal: "AO",
    ref_exoneration: "Arrêté 000/2026 (démonstration)",
    adresse: "Avenue Likasi, Lubumbashi",
  },
  comptoir: { nom: "Client au comptant (démonstration)", type_fiscal: "PP" },
} as const;
export type NomDeClient = keyof typeof CLIENTS;
export type Clients = Record<NomDeClient, string>;

const CONDITIONS: Record<NomDeClient, object> = {
  kasai: { devise: "USD", delai_jours: 30, plafond: 250_000 },
  lualaba: { devise: "USD", delai_jours: 15, plafond: 60_000 },
  // Pays at once, and does not: late from the day after.
  kisanga: { devise: "USD", delai_jours: 0, plafond: 20_000 },
  hopital: { devise: "CDF", delai_jours: 60, plafond: null },
  comptoir: { devise: "USD", delai_jours: 0, plafond: 0 },
};
const PRIX = { USD: 1.4275, CDF: 4010 } as const;
const NEGOCIE: Partial<Record<NomDeClient, number>> = { kasai: 1.3625, lualaba: 1.3975 };

/** Clients with their terms and, from a day on, a price of their own: nobody else's is touched. */
export async function poserClients(s: Scene, depuis: string): Promise<Clients> {
  const clients = {} as Clients;
  for (const [nom, ligne] of Object.entries(CLIENTS) as [NomDeClient, (typeof CLIENTS)[NomDeClient]][]) {
    const id = clients[nom] = await s.nomme("clients", { ...ligne, pays: "RDC" });
    await s.tx`select public.fixer_conditions_client(${id}, ${s.json(CONDITIONS[nom])})`;
    const devise = (CONDITIONS[nom] as { devise: "USD" | "CDF" }).devise;
    const [avant] = await s.tx<{ du: string }[]>`
      select min(t.valide_du)::text as du from public.tarifs t
       where t.produit_id = ${GASOIL} and t.client_id = ${id} and t.depot_id is null and t.devise = ${devise}
         and t.base = 'L15' having min(t.valide_du) is not null`;
    // Of another set: what it says holds, and the days before it are said here.
    if (avant && avant.du <= depuis) continue;
    await s.tx`select public.creer_tarif(${GASOIL}, ${id}, null, ${devise}, 'L15', ${
      NEGOCIE[nom] ?? PRIX[devise]
    },
                 ${depuis}, ${avant?.du ?? null}::date - 1, 'Prix négocié (démonstration)')`;
  }
  return clients;
}

/** Said every five days of the period, today included, where nobody has said one: a rate holds seven. */
export async function poserTaux(s: Scene, jours: number): Promise<void> {
  await s.directeur();
  for (let recul = jours; recul >= 0; recul -= recul > 5 ? 5 : recul || 1) {
    const date = jour(recul);
    const [dit] = await s.tx`select from public.taux_change where devise = 'USD' and jour = ${date}`;
    if (!dit) await s.tx`select public.fixer_taux_change('USD', ${date}, ${2805 + recul % 37}, 'MANUEL')`;
  }
}

/** So that the depot may sell to anybody, a price where there is none. */
export async function poserTarifGeneral(s: Scene): Promise<void> {
  await s.directeur();
  for (const [devise, prix] of Object.entries(PRIX)) {
    const [dit] = await s.tx`
      select from public.tarifs t where t.produit_id = ${GASOIL} and t.client_id is null and t.devise = ${devise}
         and t.base = 'L15' and (t.valide_au is null or t.valide_au >= ${jour(0)})`;
    if (dit) continue;
    await s.tx`select public.creer_tarif(${GASOIL}, null, null, ${devise}, 'L15', ${prix}, ${jour(0)}, null,
                 'Prix du dépôt (démonstration)')`;
  }
}

export const poserFournisseur = (s: Scene) =>
  s.nomme("fournisseurs", {
    nom: "Puma Zambia (démonstration)",
    contact_personne: "M. Mwale",
    email: "fournisseur@demo.monaluxe.test",
    pays: "Zambie",
  });

export async function poserPartenaires(s: Scene): Promise<string[]> {
  const ids: string[] = [];
  for (const nom of ["Société Mwanga", "Coopérative Lufira", "Groupe Mumba"]) {
    ids.push(await s.nomme("partenaires", { nom: `${nom} (démonstration)` }));
  }
  return ids;
}
