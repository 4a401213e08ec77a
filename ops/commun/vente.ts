// A sale as people make it: at the counter, on credit, and the payment of that credit. Made by the smoke test through the
// doors, and by the trials through SQL; what each of its documents must then say is said here, once.
import type postgres from "postgres";
import { exiger } from "./failure.ts";

export interface Facture {
  id: string;
  numero: string | null;
  total_ttc: number;
  solde: number;
  statut_paiement: string;
}

export interface Recu {
  id: string;
  numero_recu: string | null;
  montant: number;
  lettre: { facture_id: string; paye: number; reste: number }[];
}

/** Who acts: an operateur delivers, a gérant sells and collects, a directeur sets terms and issues, an admin takes back. */
export type Vendeur = "admin" | "directeur" | "gerant" | "operateur";

type Corps = Record<string, unknown>;

/** How a step is written. */
export interface Vente {
  conditionner(client: string, conditions: Corps): Promise<unknown>;
  /** Whether this client has such a price at this depot. */
  aUnTarif(tarif: { client_id: string; depot_id: string; produit_id: string }): Promise<boolean>;
  tarifer(tarif: Corps): Promise<unknown>;
  vendreComptant(vente: Corps): Promise<{ sortie_id: string; facture_id: string; encaissement_id: string }>;
  /** A note drafted and confirmed. */
  livrer(sortie: string, recu_par: string): Promise<unknown>;
  /** An invoice prepared by one person and issued by another: its id. */
  facturer(facture: { client_id: string; depot_id: string; sorties: string[] }): Promise<string>;
  encaisser(encaissement: Corps): Promise<string>;
  facture(id: string): Promise<Facture>;
  recu(id: string): Promise<Recu>;
  /** What a client owes, their advances taken off. */
  solde(client: string): Promise<number>;
  imprimer(papier: "facture" | "recu", id: string): Promise<unknown>;
}

/** CDF: what is invoiced so needs no exchange rate, which no trial may invent. */
const DEVISE = "CDF";
const PRIX_CDF = 3000;

export interface AVendre {
  depot: string;
  produit: string;
  client: string;
  /** A validated sortie of this client, to sell on credit. */
  sortie: string;
  /** What leaves at the counter. */
  comptant: Corps;
  /** First day of the price, where the client has none. */
  jour: string;
  /** Begins the references of both payments. */
  marque: string;
}

const centimes = (montant: number) => Math.round(montant * 100);

/** Sells at the counter, then on credit, then collects that credit; every document says so. What was sold, in a line. */
export async function vendre(vente: Vente, quoi: AVendre, dire = (_: string) => {}): Promise<string> {
  const { depot, produit, client, jour, marque } = quoi;
  dire("conditions et tarif");
  await vente.conditionner(client, { devise: DEVISE, base: "L15", delai_jours: 30, plafond: null });
  const portee = { produit_id: produit, client_id: client, depot_id: depot };
  if (!await vente.aUnTarif(portee)) {
    await vente.tarifer({
      ...portee,
      devise: DEVISE,
      base: "L15",
      prix_ht: PRIX_CDF,
      valide_du: jour,
      motif: "Contrôle automatique",
    });
  }
  const avant = await vente.solde(client);

  dire("vente au comptant");
  const faite = await vente.vendreComptant({
    sortie: { ...quoi.comptant, client_id: client },
    bon_livraison: { recu_par: "Contrôle automatique" },
    paiement: { mode: "VIREMENT", reference: `${marque} comptant` },
  });
  const [payee, recu] = [await vente.facture(faite.facture_id), await vente.recu(faite.encaissement_id)];
  exiger(
    payee.numero && payee.statut_paiement === "PAYEE" && payee.solde === 0,
    `Vente : la facture au comptant devait être PAYEE, elle dit ${JSON.stringify(payee)}`,
  );
  exiger(
    recu.numero_recu && centimes(recu.montant) === centimes(payee.total_ttc),
    `Vente : le reçu au comptant devait être de ${payee.total_ttc} ${DEVISE}, il dit ${JSON.stringify(recu)}`,
  );

  dire("vente à crédit");
  await vente.livrer(quoi.sortie, "Contrôle automatique");
  const id = await vente.facturer({ client_id: client, depot_id: depot, sorties: [quoi.sortie] });
  const due = await vente.facture(id);
  exiger(
    due.numero && due.statut_paiement === "IMPAYEE" && due.total_ttc > 0,
    `Vente : la facture à crédit devait être IMPAYEE, elle dit ${JSON.stringify(due)}`,
  );
  const endette = await vente.solde(client);
  exiger(
    centimes(endette) === centimes(avant) + centimes(due.total_ttc),
    `Vente : le client devait ${avant} ${DEVISE}, a acheté pour ${due.total_ttc}, et doit ${endette}`,
  );

  dire("paiement du crédit");
  const paiement = await vente.recu(
    await vente.encaisser({
      depot_id: depot,
      client_id: client,
      mode: "VIREMENT",
      devise: DEVISE,
      montant: due.total_ttc,
      reference: `${marque} crédit`,
    }),
  );
  exiger(
    paiement.lettre.some(({ facture_id, reste }) => facture_id === id && reste === 0),
    `Vente : le reçu ${paiement.numero_recu} devait solder ${due.numero}, il dit ${
      JSON.stringify(paiement.lettre)
    }`,
  );
  const [soldee, apres] = [await vente.facture(id), await vente.solde(client)];
  exiger(
    soldee.statut_paiement === "PAYEE" && centimes(apres) === centimes(avant),
    `Vente : après paiement ${due.numero} est ${soldee.statut_paiement}, et le client doit ${apres} au lieu de ${avant}`,
  );

  dire("facture et reçu imprimés");
  await vente.imprimer("facture", id);
  await vente.imprimer("recu", paiement.id);
  return `${payee.numero} au comptant (${recu.numero_recu}), ${due.numero} à crédit, payée (${paiement.numero_recu})`;
}

/** In this transaction; `agir` says as whom each step is, where it is not whoever it acts for already. */
export function venteParSql(
  tx: postgres.ISql,
  agir: (role: Vendeur) => Promise<void> = () => Promise.resolve(),
): Vente {
  const json = (corps: Corps) => tx.json(corps as postgres.JSONValue);
  const une = async <T>(rangs: Promise<{ dit: T }[]>): Promise<T> => (await rangs)[0]!.dit;
  const comme =
    <A extends unknown[], R>(role: Vendeur, faire: (...dits: A) => Promise<R>) => async (...dits: A) => {
      await agir(role);
      return await faire(...dits);
    };
  return {
    conditionner: comme(
      "directeur",
      (client, conditions) => tx`select public.fixer_conditions_client(${client}, ${json(conditions)})`,
    ),
    aUnTarif: comme("directeur", async ({ client_id, depot_id, produit_id }) => {
      const tarifs = await tx`
        select from public.tarifs t
         where t.client_id = ${client_id} and t.depot_id = ${depot_id} and t.produit_id = ${produit_id}
           and t.devise = ${DEVISE} and t.base = 'L15' and t.valide_au is null`;
      return tarifs.length > 0;
    }),
    tarifer: comme("directeur", (tarif) =>
      tx`
        select public.creer_tarif(t.produit_id, t.client_id, t.depot_id, t.devise, t.base, t.prix_ht, t.valide_du,
                                  t.valide_au, t.motif)
          from jsonb_populate_record(null::public.tarifs, ${json(tarif)}) t`),
    vendreComptant: comme("gerant", (vente) => une(tx`select public.vendre_comptant(${json(vente)}) as dit`)),
    livrer: comme(
      "operateur",
      (sortie, recu_par) =>
        tx`select public.confirmer_bl(public.etablir_bl(${sortie}), ${json({ recu_par })})`,
    ),
    facturer: async ({ client_id, depot_id, sorties }) => {
      await agir("gerant");
      const id: string = await une(
        tx`select public.preparer_facture(${client_id}, ${depot_id}, ${sorties}::uuid[]) as dit`,
      );
      await agir("directeur");
      await tx`select public.emettre_facture(${id})`;
      return id;
    },
    encaisser: comme(
      "gerant",
      (encaissement) => une(tx`select public.encaisser(${json(encaissement)}) as dit`),
    ),
    facture: comme(
      "gerant",
      (id) => une(tx`select to_jsonb(f) as dit from public.v_factures_client f where f.id = ${id}`),
    ),
    recu: comme(
      "gerant",
      (id) => une(tx`select to_jsonb(e) as dit from public.encaissements e where e.id = ${id}`),
    ),
    solde: comme(
      "gerant",
      (client) =>
        une(tx`select e.solde::float8 as dit from public.v_encours_client e where e.client_id = ${client}`),
    ),
    imprimer: comme(
      "gerant",
      (papier, id) =>
        papier === "facture"
          ? tx`select public.imprimer_facture(${id}) as dit`
          : tx`select public.imprimer_recu(${id}) as dit`,
    ),
  };
}

/** Sends a request to the address of a door, as somebody of this role. */
export type Appeler = <T>(
  role: Vendeur,
  methode: "GET" | "POST" | "PUT",
  adresse: string,
  corps?: object,
) => Promise<T>;

/** Through the doors; `papier` is what reads a PDF. */
export function venteParPortes(appeler: Appeler, papier: (adresse: string) => Promise<unknown>): Vente {
  const lire = <T>(adresse: string) => appeler<T>("gerant", "GET", `ventes/${adresse}`);
  const poster = <T>(role: Vendeur, adresse: string, corps: object = {}) =>
    appeler<T>(role, "POST", `ventes/${adresse}`, corps);
  return {
    conditionner: (client, conditions) =>
      appeler("directeur", "PUT", `ventes/clients/${client}/conditions`, conditions),
    aUnTarif: async (portee) => {
      const { data } = await appeler<{ data: { base: string; valide_au: string | null }[] }>(
        "directeur",
        "GET",
        `ventes/tarifs?${new URLSearchParams({ ...portee, devise: DEVISE })}`,
      );
      return data.some(({ base, valide_au }) => base === "L15" && valide_au === null);
    },
    tarifer: (tarif) => poster("directeur", "tarifs", tarif),
    vendreComptant: async (vente) => {
      type Faite = { sortie_id: string; facture: Facture; encaissement: Recu };
      const { sortie_id, facture, encaissement } = await poster<Faite>("gerant", "comptant", vente);
      return { sortie_id, facture_id: facture.id, encaissement_id: encaissement.id };
    },
    livrer: async (sortie_id, recu_par) => {
      const { id } = await poster<{ id: string }>("operateur", "bons-livraison", { sortie_id });
      await poster("operateur", `bons-livraison/${id}/confirmer`, { recu_par });
    },
    facturer: async (facture) => {
      const { id } = await poster<{ id: string }>("gerant", "factures", facture);
      await poster("directeur", `factures/${id}/emettre`);
      return id;
    },
    encaisser: async (encaissement) =>
      (await poster<{ id: string }>("gerant", "encaissements", encaissement)).id,
    facture: (id) => lire(`factures/${id}`),
    recu: (id) => lire(`encaissements/${id}`),
    solde: async (client) => (await lire<{ solde: number }>(`clients/${client}/encours`)).solde,
    imprimer: (quoi, id) =>
      papier(quoi === "facture" ? `ventes/factures/${id}/pdf` : `ventes/encaissements/${id}/recu.pdf`),
  };
}
