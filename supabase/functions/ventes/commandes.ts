// Orders: taken, confirmed, delivered by sorties, ended.
import { z } from "zod";
import { acte } from "../_shared/acte.ts";
import {
  apres,
  avecId,
  type Dit,
  ensemble,
  fonction,
  ligne,
  lignes,
  objet,
  reserver,
} from "../_shared/appels.ts";
import { accomplir, consulter, SON_ID } from "../_shared/chose.ts";
import { liste } from "../_shared/liste.ts";
import { fiche, rangee } from "../_shared/relations.ts";
import { Id, Instant, Jour, Litres, ParId, Texte } from "../_shared/schemas.ts";
import { Base, Devise, Montant, Motif, Prix, Vide } from "./formes.ts";

const NouvelleCommande = z.strictObject({
  depot_id: Id,
  client_id: Id,
  produit_id: Id,
  quantite: Litres.meta({ description: "Litres of base" }),
  devise: Devise.optional(),
  base: Base.optional(),
  prix_ht: Prix.nullish().meta({ description: "Its own price; else the tarif of the day it is confirmed" }),
  valide_jusqu_au: Jour.nullish(),
  reference_client: Texte.nullish(),
  note: Texte.nullish(),
}).meta({ id: "NouvelleCommande" });

const Commande = z.object({
  id: Id,
  numero: z.string().nullable(),
  depot_id: Id,
  client_id: Id,
  client_nom: z.string(),
  produit_id: Id,
  produit_nom: z.string(),
  quantite: Litres,
  devise: z.string(),
  base: z.string(),
  prix_ht: z.number().nullable(),
  montant_ht: Montant.nullable(),
  valide_jusqu_au: Jour.nullable(),
  reference_client: z.string().nullable(),
  note: z.string().nullable(),
  statut: z.enum(["BROUILLON", "CONFIRMEE", "SOLDEE", "ANNULEE"]),
  motif_fin: z.string().nullable(),
  created_by: Id,
  confirmee_par: Id.nullable(),
  confirmee_le: Instant.nullable(),
  terminee_par: Id.nullable(),
  terminee_le: Instant.nullable(),
  created_at: Instant,
  livre: Litres.meta({ description: "Delivered, litres of base: notes signed for, else sorties" }),
  reste: Litres.meta({ description: "Left to deliver, litres of base" }),
}).meta({ id: "Commande" });

const Livraison = z.object({ sortie_id: Id, par: Id, created_at: Instant });
const CommandeEntiere = Commande.extend({ sorties: z.array(Livraison) }).meta({ id: "CommandeEntiere" });

const COMMANDES = fiche("v_commandes", Commande);
const LIVRAISONS = fiche("sorties_commandes", Livraison, ["commande_id", "depot_id"]);

const commande = (id: Dit) =>
  avecId(id, (id) =>
    ensemble(
      ligne(COMMANDES, id, "cette commande"),
      objet({ sorties: lignes(LIVRAISONS, "commande_id", id, "created_at") }),
    ));

const fin = (chemin: string, resume: string, rpc: "public.solder_commande" | "public.annuler_commande") =>
  acte({
    methode: "POST",
    chemin,
    resume,
    params: ParId,
    corps: z.strictObject({ motif: Texte.nullish() }),
    reponse: CommandeEntiere,
    statut: 200,
    appel: ({ params, corps }) =>
      apres(fonction(rpc, { p_id: params.id, p_motif: corps.motif ?? null }), commande(params.id)),
  });

const COMMANDE = { reponse: CommandeEntiere, une: commande };

export const commandes = [
  acte({
    methode: "POST",
    chemin: "/commandes",
    resume: "Draft an order of a client: litres of a product, at a price or at the tarif",
    corps: NouvelleCommande,
    reponse: CommandeEntiere,
    statut: 201,
    appel: ({ corps }) =>
      commande(fonction("public.passer_commande", { p_commande: rangee("commandes", corps) })),
  }),
  liste({
    de: COMMANDES,
    cles: ["created_at", "id"],
    sens: "desc",
    depot: "depot_id",
    produit: "produit_id",
    recherche: ["numero", "reference_client", "client_nom"],
    exacts: {
      client_id: Id.optional(),
      statut: z.enum(["BROUILLON", "CONFIRMEE", "SOLDEE", "ANNULEE"]).optional(),
    },
  }, {
    chemin: "/commandes",
    nom: "commandes",
    resume: "List orders, what is delivered and left of each, latest first",
    avant: reserver("lire_ventes"),
  }),
  consulter(
    COMMANDE,
    "/commandes/:id",
    "Read an order, what is delivered and left of it, and by which sorties",
  ),
  accomplir(
    COMMANDE,
    "/commandes/:id/confirmer",
    "The order stands: numbered, its price firm",
    Vide,
    (id) => fonction("public.confirmer_commande", { p_id: id }),
  ),
  accomplir(
    SON_ID,
    "/commandes/:id/supprimer",
    "Delete the draft of an order",
    Vide,
    (id) => fonction("public.supprimer_commande", { p_id: id }),
  ),
  accomplir(
    COMMANDE,
    "/commandes/:id/sorties",
    "A sortie, drafted or validated, delivers this order",
    z.strictObject({ sortie_id: Id }),
    (id, corps) => fonction("public.rattacher_sortie", { p_commande_id: id, p_sortie_id: corps.sortie_id }),
  ),
  accomplir(
    COMMANDE,
    "/commandes/:id/detacher",
    "A sortie that is not invoiced was not of this order",
    z.strictObject({ sortie_id: Id, ...Motif.shape }),
    (id, corps) =>
      fonction("public.detacher_sortie", {
        p_commande_id: id,
        p_sortie_id: corps.sortie_id,
        p_motif: corps.motif,
      }),
  ),
  fin(
    "/commandes/:id/solder",
    "The order is done with; where something is left, with the reason",
    "public.solder_commande",
  ),
  fin("/commandes/:id/annuler", "Take back an order that has delivered nothing", "public.annuler_commande"),
];
