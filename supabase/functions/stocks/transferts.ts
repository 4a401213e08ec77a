// Fuel that is pumped from one tank to another of the same depot.
import { z } from "zod";
import { acte } from "../_shared/acte.ts";
import { idDe, inseree, ligne } from "../_shared/appels.ts";
import { liste } from "../_shared/liste.ts";
import { fiche } from "../_shared/relations.ts";
import {
  Avertissements,
  Densite,
  Dilatation,
  Id,
  Instant,
  Jour,
  Litres,
  Masses,
  Proprietaire,
  Temperature,
  Texte,
} from "../_shared/schemas.ts";

const NouveauTransfert = z.strictObject({
  citerne_source_id: Id,
  citerne_destination_id: Id,
  produit_id: Id.nullish(),
  proprietaire_type: Proprietaire.nullish(),
  volume_ambiant: Litres,
  volume_15c: Litres.nullish(),
  temperature_ambiante_c: Temperature.nullish(),
  temperature_echantillon_c: Temperature.nullish(),
  densite_observee_kgm3: Densite.nullish(),
  date_jour: Jour.nullish(),
  note: Texte.nullish(),
}).meta({ id: "NouveauTransfert" });

const TransfertEcrit = z.object({
  id: Id,
  citerne_source_id: Id,
  citerne_destination_id: Id,
  produit_id: Id,
  depot_id: Id,
  proprietaire_type: Proprietaire,
  volume_ambiant: Litres,
  temperature_ambiante_c: Temperature.nullable(),
  temperature_echantillon_c: Temperature.nullable(),
  densite_observee_kgm3: Densite.nullable(),
  densite_a_15_kgm3: Densite.nullable(),
  vcf: z.number().nullable(),
  methode_15c: z.string(),
  parametres_15c: z.record(z.string(), z.unknown()),
  avertissements: Avertissements,
  volume_15c: Litres,
  date_jour: Jour,
  note: z.string().nullable(),
  created_by: Id,
  created_at: Instant,
});
const Transfert = TransfertEcrit.extend({ ...Masses.shape, dilatation_ambiant: Dilatation })
  .meta({ id: "Transfert" });

const TRANSFERTS_ECRITS = fiche("transferts", TransfertEcrit);
const TRANSFERTS = fiche("v_transferts", Transfert);

export const actesTransferts = [
  acte({
    methode: "POST",
    chemin: "/transferts",
    resume: "Pump fuel from one tank to another of the same depot: two movements, one act",
    corps: NouveauTransfert,
    reponse: Transfert,
    statut: 201,
    appel: ({ corps }) => ligne(TRANSFERTS, idDe(inseree(TRANSFERTS_ECRITS, corps)), "ce transfert"),
  }),
  liste({
    de: TRANSFERTS,
    cles: ["date_jour", "id"],
    sens: "desc",
    jour: "date_jour",
    depot: "depot_id",
    citerne: ["citerne_source_id", "citerne_destination_id"],
    produit: "produit_id",
    exacts: { proprietaire_type: Proprietaire.optional() },
  }, { chemin: "/transferts", nom: "transferts", resume: "Transfers from and to tanks, latest first" }),
];
