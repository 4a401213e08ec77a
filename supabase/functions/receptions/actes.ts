import { z } from "zod";
import { acte } from "../_shared/acte.ts";
import {
  avec,
  chacune,
  type Dit,
  ensemble,
  idDe,
  inseree,
  inserees,
  ligne,
  objet,
} from "../_shared/appels.ts";
import { lectures } from "../_shared/liste.ts";
import { fiche } from "../_shared/relations.ts";
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
  TRANSIT,
} from "../_shared/schemas.ts";

const Compartiment = z.int().min(1).max(20).meta({ description: "Compartment of the truck" });

const NouvelleReception = z.strictObject({
  cours_de_route_id: Id.nullish().meta({ description: "Required for MONALUXE's fuel" }),
  citerne_id: Id,
  produit_id: Id.nullish(),
  partenaire_id: Id.nullish(),
  proprietaire_type: Proprietaire.nullish(),
  ...Mesures.shape,
  volume_observe: Litres.nullish(),
  compartiment: Compartiment.nullish(),
  date_reception: Jour.nullish(),
  note: Texte.nullish(),
  confirmer: z.boolean().nullish().meta({
    description: "Read again: ten times or more what its truck announced, and still right",
  }),
}).meta({ id: "NouvelleReception" });

/** What is read of one compartment, or at one tank of a truck that fills several; the rest is the truck's. */
const PAR_CITERNE = {
  citerne_id: true,
  compartiment: true,
  index_avant: true,
  index_apres: true,
  volume_ambiant: true,
  volume_observe: true,
  volume_15c: true,
  volume_corrige_15c: true,
} as const;
/** Each compartment may have its own; where it has none, the truck's. */
const DE_CHACUN = {
  temperature_ambiante_c: true,
  temperature_echantillon_c: true,
  densite_observee_kgm3: true,
  densite_a_15: true,
  densite_a_15_kgm3: true,
} as const;
const Ligne = NouvelleReception.pick({ ...PAR_CITERNE, ...DE_CHACUN }).meta({ id: "LigneDeReception" });
const NouvelleReceptionEnLignes = NouvelleReception.omit(PAR_CITERNE)
  .extend({ lignes: z.array(Ligne).min(1).max(20) })
  .meta({
    id: "NouvelleReceptionEnLignes",
    description:
      "One truck into several tanks, or several of its compartments into one: all of them or none. A line without a compartment has the number of its place",
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
  compartiment: Compartiment.nullable(),
  confirmer: z.boolean(),
  date_reception: Jour,
  statut: z.enum(["validee", "rejetee"]),
  note: z.string().nullable(),
  created_by: Id,
  validated_by: Id.nullable(),
  created_at: Instant,
});
const Reception = Ecrite.extend(Masses.shape).meta({ id: "Reception" });

const Transit = z.object(TRANSIT).meta({
  id: "Transit",
  description:
    "Its truck, all tanks together: announced, loaded by its bill of lading, received, lost on the way at 15 °C and against the allowance",
});

const ECRITES = fiche("receptions", Ecrite);
const RECEPTIONS = fiche("v_receptions", Reception);
const TRANSITS = fiche("v_camions_recus", Transit, [
  ...["cours_de_route_id", "depot_id", "produit_id", "fournisseur_id", "plaque_camion"] as const,
  ...["transporteur", "date_chargement"] as const,
]);

const reception = (id: Dit) => ligne(RECEPTIONS, id, "cette réception");

/** What a line says: where it says nothing, the truck does. */
const dites = <L extends object>(ligne: L) =>
  Object.fromEntries(Object.entries(ligne).filter(([, valeur]) => valeur !== null)) as L;

export const actes = [
  acte({
    methode: "POST",
    chemin: "/",
    resume:
      "Record a réception: validated at once, it credits the stock and closes its cours de route. With lignes, one truck into several tanks",
    corps: z.union([NouvelleReception, NouvelleReceptionEnLignes]),
    reponse: z.union([
      Reception.extend({ transit: Transit.nullable() }),
      z.object({ lignes: z.array(Reception), transit: Transit.nullable() }),
    ]),
    statut: 201,
    appel: ({ corps }) => {
      const transit = corps.cours_de_route_id
        ? ligne(TRANSITS, corps.cours_de_route_id, "ce camion", "cours_de_route_id")
        : null;
      if (!("lignes" in corps)) {
        return avec(idDe(inseree(ECRITES, corps)), (id) => ensemble(reception(id), objet({ transit })));
      }
      const { lignes, ...camion } = corps;
      const ecrites = inserees(
        ECRITES,
        lignes.map((ligne, rang) => ({
          ...camion,
          ...dites(ligne),
          compartiment: ligne.compartiment ?? rang + 1,
        })),
      );
      return avec(ecrites, (ecrites) => objet({ lignes: chacune(ecrites, reception), transit }));
    },
  }),
  ...lectures({
    de: RECEPTIONS,
    cles: ["date_reception", "id"],
    sens: "desc",
    depot: "depot_id",
    citerne: "citerne_id",
    produit: "produit_id",
    suivis: ["depot_id", "citerne_id"],
    duDepot: true,
    jour: "date_reception",
    exacts: { cours_de_route_id: Id.optional(), proprietaire_type: Proprietaire.optional() },
  }, {
    nom: "receptions",
    pages: "List réceptions, latest first",
    une: "Read a réception",
    quoi: "cette réception",
  }),
];
