import { z } from "zod";
import { acte } from "../_shared/acte.ts";
import type { Transaction } from "../_shared/database.ts";
import { lectures } from "../_shared/liste.ts";
import { fiche, inserer, insererLignes, lire } from "../_shared/relations.ts";
import {
  Id,
  Instant,
  Jour,
  Litres,
  Masses,
  Mesures,
  MesuresEcrites,
  Proprietaire,
  Texte,
} from "../_shared/schemas.ts";

const NouvelleReception = z.strictObject({
  cours_de_route_id: Id.nullish().meta({ description: "Required for MONALUXE's fuel" }),
  citerne_id: Id,
  produit_id: Id.nullish(),
  partenaire_id: Id.nullish(),
  proprietaire_type: Proprietaire.nullish(),
  ...Mesures.shape,
  volume_observe: Litres.nullish(),
  date_reception: Jour.nullish(),
  note: Texte.nullish(),
}).meta({ id: "NouvelleReception" });

/** What is read at one tank of a truck that fills several; the rest is the truck's. */
const PAR_CITERNE = {
  citerne_id: true,
  index_avant: true,
  index_apres: true,
  volume_ambiant: true,
  volume_observe: true,
  volume_15c: true,
  volume_corrige_15c: true,
} as const;
const Ligne = NouvelleReception.pick(PAR_CITERNE).meta({ id: "LigneDeReception" });
const NouvelleReceptionEnLignes = NouvelleReception.omit(PAR_CITERNE)
  .extend({ lignes: z.array(Ligne).min(1).max(20) })
  .meta({
    id: "NouvelleReceptionEnLignes",
    description: "One truck into several tanks: all of them or none",
  });

const Ecrite = z.object({
  id: Id,
  cours_de_route_id: Id.nullable(),
  citerne_id: Id,
  produit_id: Id,
  depot_id: Id,
  partenaire_id: Id.nullable(),
  proprietaire_type: Proprietaire,
  ...MesuresEcrites.shape,
  volume_observe: Litres.nullable(),
  date_reception: Jour,
  statut: z.enum(["validee", "rejetee"]),
  note: z.string().nullable(),
  created_by: Id,
  validated_by: Id.nullable(),
  created_at: Instant,
});
const Reception = Ecrite.extend(Masses.shape).meta({ id: "Reception" });

const ECRITES = fiche("receptions", Ecrite);
const RECEPTIONS = fiche("v_receptions", Reception);

const lireReception = (tx: Transaction, { id }: { id: string }) =>
  lire(tx, RECEPTIONS, id, "cette réception");

export const actes = [
  acte({
    methode: "POST",
    chemin: "/",
    resume:
      "Record a réception: validated at once, it credits the stock and closes its cours de route. With lignes, one truck into several tanks",
    corps: z.union([NouvelleReception, NouvelleReceptionEnLignes]),
    reponse: z.union([Reception, z.object({ lignes: z.array(Reception) })]),
    statut: 201,
    executer: async (tx, { corps }) => {
      if (!("lignes" in corps)) return lireReception(tx, await inserer(tx, ECRITES, corps));
      const { lignes, ...camion } = corps;
      const ecrites = await insererLignes(tx, ECRITES, lignes.map((ligne) => ({ ...camion, ...ligne })));
      return { lignes: await Promise.all(ecrites.map((ecrite) => lireReception(tx, ecrite))) };
    },
  }),
  ...lectures({
    de: RECEPTIONS,
    cles: ["date_reception", "id"],
    sens: "desc",
    depot: "depot_id",
    citerne: "citerne_id",
    produit: "produit_id",
    jour: "date_reception",
    exacts: { cours_de_route_id: Id.optional(), proprietaire_type: Proprietaire.optional() },
  }, {
    nom: "receptions",
    pages: "List réceptions, latest first",
    une: "Read a réception",
    quoi: "cette réception",
  }),
];
