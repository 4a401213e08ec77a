// A day of several phones: what they do, valid in the order of its moments; done online, it is what the depot must end as.
import fc from "fast-check";
import type { Person } from "../../../ops/pile/client.ts";
import type { Role } from "../../../ops/pile/demo_users.ts";
import { type Monde, monde, sql } from "../../support/monde.ts";
import { type Acte, cle, HEURE_MS } from "./telephone.ts";

const TELEPHONES = ["gerant", "directeur", "admin"] as const satisfies Role[];

export interface Fait {
  quoi: "camion" | "partenaire" | "sortie" | "brouillon" | "rejet" | "du_partenaire" | "transfert" | "jauge";
  qui: number;
  ou: 0 | 1;
  /** Of what there is, or of a truck, in thousandths. */
  part: number;
}

export const journee = fc.array(
  fc.record<Fait>({
    quoi: fc.constantFrom(
      ...([
        "camion",
        "partenaire",
        "sortie",
        "sortie",
        "brouillon",
        "rejet",
        "du_partenaire",
        "transfert",
      ] as const),
      "jauge",
    ),
    qui: fc.nat(TELEPHONES.length - 1),
    ou: fc.constantFrom(0, 1),
    part: fc.integer({ min: 1, max: 1000 }),
  }),
  { minLength: 5, maxLength: 13 },
  // Without fuel most of a day would be nothing at all.
).map((faits): Fait[] => [{ quoi: "camion", qui: 0, ou: 0, part: 1 }, ...faits]);

const CAMION = 40_000;

/** Moments of a day and a half that ends now, so that some acts are of yesterday. */
const momentDe = (rang: number, tous: number) =>
  new Date(Date.now() - 36 * HEURE_MS * (1 - (rang + 1) / (tous + 1))).toISOString();

/** What each phone does, in its order, with the moment of each; and all of it in the order of the moments. */
export function actesDe(m: Monde, faits: Fait[]): { qui: number; acte: Acte }[] {
  const [ici, ailleurs] = [[0, 0], [0, 0]];
  const mesures = { temperature_ambiante_c: 15 };
  return faits.flatMap(({ quoi, qui, ou, part }, rang) => {
    const moment = momentDe(rang, faits.length);
    const un = (acte: string, corps: object = {}, sa = cle()) => ({
      qui,
      acte: { cle: sa, acte, moment, corps },
    });
    const citerne_id = m.citernes[ou];
    const prendre = (de: number[]) => {
      const pris = Math.floor(de[ou]! * part / 1000);
      de[ou]! -= pris;
      return pris;
    };
    const sorti = (volume_ambiant: number, more: object = { client_id: m.client }) => ({
      citerne_id,
      volume_ambiant,
      ...mesures,
      ...more,
    });
    if (quoi === "camion") {
      const volume = CAMION + part;
      ici[ou]! += volume;
      const camion = un("cours-de-route", {
        fournisseur_id: m.fournisseur,
        depot_destination_id: m.depot,
        produit_id: m.produit,
        plaque_camion: `C${rang}${part}`,
        volume,
      });
      return [
        camion,
        ...["TRANSIT", "FRONTIERE", "ARRIVE"].map((statut) =>
          un(`cours-de-route/@${camion.acte.cle}/statut`, { statut })
        ),
        un("receptions", {
          cours_de_route_id: `@${camion.acte.cle}`,
          citerne_id,
          volume_ambiant: volume,
          ...mesures,
        }),
      ];
    }
    if (quoi === "partenaire") {
      ailleurs[ou]! += part;
      return [un("receptions", {
        citerne_id,
        volume_ambiant: part,
        proprietaire_type: "PARTENAIRE",
        partenaire_id: m.partenaire,
        ...mesures,
      })];
    }
    if (quoi === "jauge") {
      return [un("stocks/prises-de-hauteur", { citerne_id, volume_mesure: part, temperature_c: 15 })];
    }
    // Fuel goes one way between tanks: what was sent back and forth could wait for itself.
    const volume = quoi === "transfert"
      ? Math.floor(ici[0]! * part / 1000)
      : quoi === "rejet"
      ? part
      : prendre(quoi === "du_partenaire" ? ailleurs : ici);
    if (!volume) return [];
    if (quoi === "transfert") {
      ici[0]! -= volume;
      ici[1]! += volume;
      return [un("stocks/transferts", {
        citerne_source_id: m.citernes[0],
        citerne_destination_id: m.citernes[1],
        volume_ambiant: volume,
        ...mesures,
      })];
    }
    if (quoi === "sortie") return [un("sorties?valider=true", sorti(volume))];
    if (quoi === "du_partenaire") {
      return [un(
        "sorties?valider=true",
        sorti(volume, { proprietaire_type: "PARTENAIRE", partenaire_id: m.partenaire }),
      )];
    }
    const brouillon = un("sorties", sorti(volume));
    const fin = quoi === "brouillon"
      ? un(`sorties/@${brouillon.acte.cle}/valider`)
      : un(`sorties/@${brouillon.acte.cle}/rejeter`, { motif: "Le client a renoncé" });
    return [brouillon, fin];
  });
}

/** The day as it would have been with a line: each act at its door, in the order of the moments. */
export async function enLigne(m: Monde, gens: Person[], actes: { qui: number; acte: Acte }[]): Promise<void> {
  const ids = new Map<string, string>();
  const cites = (texte: string) => texte.replace(/@([0-9a-f-]{36})/g, (_, une) => ids.get(une)!);
  for (const { qui, acte: { cle, acte, moment, corps } } of actes) {
    const quand = moment as string;
    const [{ jour }] = await sql<[{ jour: string }]>`
      select private.jour_au_depot(${m.depot}, ${quand})::text as jour`;
    const date = acte.startsWith("sorties") && !acte.includes("/")
      ? { date_sortie: quand }
      : acte === "receptions"
      ? { date_reception: jour }
      : acte === "stocks/transferts"
      ? { date_jour: jour }
      : {};
    const { id } = await gens[qui]!.call(
      "POST",
      cites(acte),
      JSON.parse(cites(JSON.stringify({ ...corps as object, ...date }))),
    );
    ids.set(cle, id);
  }
}

/** All that a depot knows, with no name of its own in it. */
export async function etat(m: Monde) {
  const [{ dit }] = await sql<[{ dit: Record<string, unknown[]> }]>`
    with c as (select id, nom from public.citernes where depot_id = ${m.depot})
    select jsonb_build_object(
      'stock', (select jsonb_agg(jsonb_build_array(c.nom, s.proprietaire_type, s.stock_ambiant, s.stock_15c)
                                 order by c.nom, s.proprietaire_type)
                  from public.stocks_snapshot s join c on c.id = s.citerne_id),
      'jours', (select jsonb_agg(jsonb_build_array(c.nom, s.proprietaire_type, s.date_jour, s.stock_ambiant, s.stock_15c)
                                 order by c.nom, s.proprietaire_type, s.date_jour)
                  from public.stocks_journaliers s join c on c.id = s.citerne_id),
      'comptes', (select jsonb_agg(jsonb_build_array(p.solde_15c)) from public.comptes_partenaires p
                   where p.depot_id = ${m.depot}),
      'sorties', (select jsonb_agg(x order by x) from (
                    select jsonb_build_array(c.nom, s.proprietaire_type, s.date_jour, s.volume_ambiant, s.statut) as x
                      from public.sorties_produit s join c on c.id = s.citerne_id) y),
      'receptions', (select jsonb_agg(x order by x) from (
                    select jsonb_build_array(c.nom, r.proprietaire_type, r.date_reception, r.volume_ambiant) as x
                      from public.receptions r join c on c.id = r.citerne_id) y),
      'transferts', (select jsonb_agg(x order by x) from (
                    select jsonb_build_array(t.date_jour, t.volume_ambiant) as x
                      from public.transferts t where t.depot_id = ${m.depot}) y),
      'camions', (select jsonb_agg(x order by x) from (
                    select jsonb_build_array(k.plaque_camion, k.statut, k.date_chargement) as x
                      from public.cours_de_route k where k.depot_destination_id = ${m.depot}) y),
      'jauges', (select jsonb_agg(x order by x) from (
                    select jsonb_build_array(c.nom, p.volume_mesure) as x
                      from public.prises_de_hauteur p join c on c.id = p.citerne_id) y)) as dit`;
  return dit;
}

/** A depot whose tanks no truck fills, and the people who hold the phones. */
export async function depot(): Promise<{ m: Monde; gens: Person[] }> {
  const m = await monde({ capacite: 100_000_000 });
  return { m, gens: await Promise.all(TELEPHONES.map((role) => m.personne(role))) };
}
