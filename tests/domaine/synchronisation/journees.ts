// A day of several phones: what they do, valid in the order of its moments; done online, it is what the depot must end as.
import fc from "fast-check";
import type { Person } from "../../../ops/pile/client.ts";
import type { Role } from "../../../ops/pile/demo_users.ts";
import { type Monde, monde, sql } from "../../support/monde.ts";
import { depotLointain } from "../transferts/reponses.ts";
import { ouvrirLesVentes } from "../ventes/reponses.ts";
import { type Acte, cle, HEURE_MS } from "./telephone.ts";

const TELEPHONES = ["gerant", "directeur", "admin"] as const satisfies Role[];
/** Of the telephones, those whose holder sees every depot; the last is the one that corrects. */
const [DIRECTEUR, ADMIN] = [1, 2];

const SORTES = [
  ...["camion", "camion_perdu", "deux_citernes", "partenaire"] as const,
  ...["sortie", "brouillon", "rejet", "du_partenaire", "comptoir", "livree", "acompte"] as const,
  ...["transfert", "autre_depot", "jauge"] as const,
  ...["recue_corrigee", "recue_annulee", "sortie_corrigee", "sortie_annulee"] as const,
];

export interface Fait {
  quoi: typeof SORTES[number];
  qui: number;
  ou: 0 | 1;
  /** Of what there is, or of a truck, in thousandths. */
  part: number;
}

export const journee = fc.array(
  fc.record<Fait>({
    quoi: fc.constantFrom(...SORTES, "camion", "sortie"),
    qui: fc.nat(TELEPHONES.length - 1),
    ou: fc.constantFrom(0, 1),
    part: fc.integer({ min: 1, max: 1000 }),
  }),
  { minLength: 6, maxLength: 16 },
  // Without fuel most of a day would be nothing at all.
).map((faits): Fait[] => [{ quoi: "camion", qui: 0, ou: 0, part: 1 }, ...faits]);

const CAMION = 40_000;

/** Moments of a day and a half that ends now, so that some acts are of yesterday. */
const momentDe = (rang: number, tous: number, fin: number) =>
  new Date(fin - 36 * HEURE_MS * (1 - (rang + 1) / (tous + 1))).toISOString();

/** An act of a telephone; or a correction, which an admin makes with a line once what it corrects is there. */
export interface ActeDUnTelephone {
  qui: number;
  acte: Acte;
  enLigne?: true;
}

const MESURES = { temperature_ambiante_c: 15 };

/** A truck from its announcement to where it ends, by one telephone. */
function camion(
  m: Depot,
  un: Ecrire,
  plaque: string,
  volume: number,
): { annonce: ActeDUnTelephone; etapes: ActeDUnTelephone[] } {
  const annonce = un("cours-de-route", {
    fournisseur_id: m.fournisseur,
    depot_destination_id: m.depot,
    produit_id: m.produit,
    plaque_camion: plaque,
    volume,
  });
  const etapes = ["TRANSIT", "FRONTIERE", "ARRIVE"].map((statut) =>
    un(`cours-de-route/@${annonce.acte.cle}/statut`, { statut })
  );
  return { annonce, etapes };
}

/** Writes an act of the telephone at hand, at the moment at hand. */
type Ecrire = (acte: string, corps?: object) => ActeDUnTelephone;

const enLigne = ({ acte }: ActeDUnTelephone): ActeDUnTelephone => ({ qui: ADMIN, acte, enLigne: true });

/** What there is in the two tanks, ours and the partner's, that no act has been given yet. */
interface Reste {
  ici: [number, number];
  ailleurs: [number, number];
}

/** What brings fuel. What a correction gives back is nobody's: those who took it would wait for what waits for them. */
function entrees(
  m: Depot,
  un: Ecrire,
  { quoi, ou, part }: Fait,
  rang: number,
  reste: Reste,
): ActeDUnTelephone[] | undefined {
  const citerne_id = m.citernes[ou];
  if (quoi === "partenaire") {
    reste.ailleurs[ou] += part;
    return [un("receptions", {
      citerne_id,
      volume_ambiant: part,
      proprietaire_type: "PARTENAIRE",
      partenaire_id: m.partenaire,
      ...MESURES,
    })];
  }
  const volume = CAMION + part;
  const plaque = `C${rang}${part}`;
  if (quoi === "camion_perdu") {
    const { annonce } = camion(m, un, plaque, volume);
    return [
      annonce,
      un(`cours-de-route/@${annonce.acte.cle}/annuler`, { motif: "Camion accidenté en route" }),
    ];
  }
  if (!["camion", "deux_citernes", "recue_corrigee", "recue_annulee"].includes(quoi)) return;
  const { annonce, etapes } = camion(m, un, plaque, volume);
  const cours_de_route_id = `@${annonce.acte.cle}`;
  if (quoi === "deux_citernes") {
    const [la, ailleurs] = [CAMION, part];
    reste.ici[ou] += la;
    reste.ici[1 - ou as 0 | 1] += ailleurs;
    const lignes = [[citerne_id, la], [m.citernes[1 - ou], ailleurs]]
      .map(([citerne_id, volume_ambiant]) => ({ citerne_id, volume_ambiant, ...MESURES }));
    return [annonce, ...etapes, un("receptions", { cours_de_route_id, lignes })];
  }
  const recue = un("receptions", { cours_de_route_id, citerne_id, volume_ambiant: volume, ...MESURES });
  const motif = "Relevé faux, constaté au bureau";
  if (quoi === "recue_annulee") {
    const reprise = un("rpc/admin_compensate_reception", { p_id: `@${recue.acte.cle}`, p_reason: motif });
    return [annonce, ...etapes, recue, enLigne(reprise)];
  }
  const moins = quoi === "recue_corrigee" ? part : 0;
  reste.ici[ou] += volume - moins;
  return [
    annonce,
    ...etapes,
    recue,
    ...(moins
      ? [enLigne(un("stocks/ajustements", {
        ...{ mouvement_type: "RECEPTION", mouvement_id: `@${recue.acte.cle}` },
        delta_ambiant: -moins,
        delta_15c: -moins,
        reason: motif,
      }))]
      : []),
  ];
}

/** What takes fuel, of which there must be some. */
function sortis(m: Depot, un: Ecrire, { quoi, ou }: Fait, volume_ambiant: number): ActeDUnTelephone[] {
  const sortie = { citerne_id: m.citernes[ou], volume_ambiant, client_id: m.client, ...MESURES };
  if (quoi === "comptoir") {
    return [un("ventes/comptant", { sortie, bon_livraison: {}, paiement: { mode: "CASH" } })];
  }
  if (quoi === "transfert") {
    const [citerne_source_id, citerne_destination_id] = m.citernes;
    return [
      un("stocks/transferts", { citerne_source_id, citerne_destination_id, volume_ambiant, ...MESURES }),
    ];
  }
  if (quoi === "autre_depot") {
    const envoi = un("stocks/transferts-depots", {
      citerne_source_id: m.citernes[ou],
      depot_destination_id: m.loin.depot,
      volume_ambiant,
      ...MESURES,
    });
    return [
      envoi,
      un(`stocks/transferts-depots/@${envoi.acte.cle}/recevoir`, {
        citerne_id: m.loin.citerne,
        volume_ambiant: volume_ambiant - 1 || 1,
        ...MESURES,
      }),
    ];
  }
  if (quoi === "brouillon" || quoi === "rejet") {
    const brouillon = un("sorties", sortie);
    const ligne = `sorties/@${brouillon.acte.cle}`;
    const fin = quoi === "brouillon"
      ? un(`${ligne}/valider`)
      : un(`${ligne}/rejeter`, { motif: "Le client a renoncé" });
    return [brouillon, fin];
  }
  const { client_id: _, ...sans } = sortie;
  const faite = un(
    "sorties?valider=true",
    quoi === "du_partenaire"
      ? { ...sans, proprietaire_type: "PARTENAIRE", partenaire_id: m.partenaire }
      : sortie,
  );
  const id = `@${faite.acte.cle}`;
  if (quoi === "livree") {
    const bon = un("ventes/bons-livraison", { sortie_id: id, lieu: "Likasi" });
    return [faite, bon, un(`ventes/bons-livraison/@${bon.acte.cle}/confirmer`, { recu_par: "M. Kasongo" })];
  }
  const reason = "Compteur relu, constaté au bureau";
  if (quoi === "sortie_annulee") {
    return [faite, enLigne(un("rpc/admin_compensate_sortie", { p_id: id, p_reason: reason }))];
  }
  if (quoi !== "sortie_corrigee") return [faite];
  // Half of it did not leave.
  const plus = Math.ceil(volume_ambiant / 2);
  return [
    faite,
    enLigne(un("stocks/ajustements", {
      mouvement_type: "SORTIE",
      mouvement_id: id,
      delta_ambiant: plus,
      delta_15c: plus,
      reason,
    })),
  ];
}

/** What each phone does, in its order, with the moment of each; and all of it in the order of the moments, the last at fin. */
export function actesDe(m: Depot, faits: Fait[], fin: number): ActeDUnTelephone[] {
  const reste: Reste = { ici: [0, 0], ailleurs: [0, 0] };
  return faits.flatMap((fait, rang) => {
    const { quoi, ou, part } = fait;
    const moment = momentDe(rang, faits.length, fin);
    // What leaves for another depot is received there by who sent it: they see both.
    const qui = quoi === "autre_depot" ? Math.max(fait.qui, DIRECTEUR) : fait.qui;
    const un: Ecrire = (acte, corps = {}) => ({ qui, acte: { cle: cle(), acte, moment, corps } });
    if (quoi === "jauge") {
      return [
        un("stocks/prises-de-hauteur", {
          citerne_id: m.citernes[ou],
          volume_mesure: part,
          temperature_c: 15,
        }),
      ];
    }
    if (quoi === "acompte") {
      return [
        un("ventes/encaissements", { depot_id: m.depot, client_id: m.client, mode: "CASH", montant: part }),
      ];
    }
    const entres = entrees(m, un, fait, rang, reste);
    if (entres) return entres;
    if (quoi === "rejet") return sortis(m, un, fait, part);
    // Fuel goes one way between tanks: what was sent back and forth could wait for itself.
    const de = quoi === "transfert" ? 0 : ou;
    const dont = quoi === "du_partenaire" ? reste.ailleurs : reste.ici;
    const volume = Math.floor(dont[de] * part / 1000);
    dont[de] -= volume;
    if (quoi === "transfert") reste.ici[1] += volume;
    return volume ? sortis(m, un, fait, volume) : [];
  });
}

/** Does one act at its door, with what it cites in its place; what it answers. */
export async function faire(
  qui: Person,
  { acte, corps }: Acte,
  ids: Map<string, string>,
): Promise<{ id: string }> {
  const cites = (texte: string) => texte.replace(/@([0-9a-f-]{36})/g, (_, une) => ids.get(une)!);
  const dit = JSON.parse(cites(JSON.stringify(corps)));
  if (!acte.startsWith("rpc/")) return await qui.call("POST", cites(acte), dit);
  const { error } = await qui.supabase.rpc(acte.slice("rpc/".length) as never, dit as never);
  if (error) throw new Error(error.message);
  return { id: "" };
}

/** Where the body of an act says when it was done. */
const QUAND: Record<string, (moment: string, jour: string, corps: never) => object> = {
  "sorties": (date_sortie) => ({ date_sortie }),
  "sorties?valider=true": (date_sortie) => ({ date_sortie }),
  "receptions": (_, date_reception) => ({ date_reception }),
  "ventes/comptant": (date_sortie, _, { sortie }: { sortie: object }) => ({
    sortie: { ...sortie, date_sortie },
  }),
  "ventes/bons-livraison": (_, date_livraison) => ({ date_livraison }),
  "ventes/encaissements": (recu_le) => ({ recu_le }),
  "stocks/transferts": (_, date_jour) => ({ date_jour }),
  "stocks/transferts-depots": (_, date_jour) => ({ date_jour }),
};

/** The day as it would have been with a line: each act at its door, in the order of the moments. */
export async function enLigneDesLeDebut(m: Depot, gens: Person[], actes: ActeDUnTelephone[]): Promise<void> {
  const ids = new Map<string, string>();
  for (const { qui, acte } of actes) {
    const { acte: porte, moment, corps } = acte;
    const quand = moment as string;
    const [{ jour }] = await sql<[{ jour: string }]>`
      select private.jour_au_depot(${m.depot}, ${quand})::text as jour`;
    const date = porte.endsWith("/recevoir")
      ? { date_jour: jour }
      : QUAND[porte]?.(quand, jour, corps as never);
    const { id } = await faire(gens[qui]!, { ...acte, corps: { ...corps as object, ...date } }, ids);
    ids.set(acte.cle, id);
  }
}

export type Depot = Monde & { loin: { depot: string; citerne: string } };

/** A depot that sells, whose tanks no truck fills, another that it sends to, and the people who hold the phones. */
export async function depot(): Promise<{ m: Depot; gens: Person[] }> {
  const m = await monde({ capacite: 100_000_000 });
  await ouvrirLesVentes(m);
  const loin = await depotLointain(m);
  await sql`update public.citernes set capacite_totale = 100000000 where id = ${loin.citerne}`;
  return { m: { ...m, loin }, gens: await Promise.all(TELEPHONES.map((role) => m.personne(role))) };
}
