import { z } from "zod";
import { acte } from "../_shared/acte.ts";
import { apres, type Dit, fonction, ligne, reserver } from "../_shared/appels.ts";
import { accomplir, consulter } from "../_shared/chose.ts";
import { liste } from "../_shared/liste.ts";
import { CHAMP } from "../_shared/messages.ts";
import { fiche, rangee } from "../_shared/relations.ts";
import { Id, Instant, Jour, ParId, Texte } from "../_shared/schemas.ts";
import { Base, Montant } from "./formes.ts";

const finance = reserver("lire_finance");
const StatutSblc = z.enum(["ACTIVE", "SUSPENDUE", "ANNULEE"]);
const StatutProforma = z.enum(["DRAFT", "ACTIVE", "EN_EXECUTION", "CLOTUREE", "ANNULEE"]);

const sblcDite = {
  banque: Texte.min(1),
  reference: Texte.min(1),
  montant: Montant,
  devise: z.string().regex(/^[A-Z]{3}$/, CHAMP.devise).optional(),
  date_debut: Jour,
  date_fin: Jour,
  note: Texte.nullish(),
};
const NouvelleSblc = z.strictObject({ fournisseur_id: Id, ...sblcDite }).meta({ id: "NouvelleSblc" });
const Sblc = z.object({
  id: Id,
  fournisseur_id: Id,
  banque: z.string(),
  reference: z.string(),
  montant: Montant,
  devise: z.string(),
  date_debut: Jour,
  date_fin: Jour,
  statut: z.enum([...StatutSblc.options, "EXPIREE"]),
  jours_restants: z.int(),
  note: z.string().nullable(),
  created_by: Id.nullable(),
  created_at: Instant,
  updated_at: Instant,
}).meta({ id: "Sblc" });

const proformaDite = {
  fournisseur_id: Id,
  produit_id: Id,
  reference: Texte.min(1),
  date_proforma: Jour,
  date_validite: Jour.nullish(),
  incoterm: Texte.nullish(),
  base: Base.optional(),
  quantite: z.number(),
  prix_usd: Montant,
  franchise_pour_mille: z.number().min(0).max(50).nullish(),
  jours_franchise: z.int().min(0).max(365).optional(),
  surestaries_usd_jour: Montant.optional(),
  sblc_id: Id.nullish(),
  note: Texte.nullish(),
};
const NouvelleProforma = z.strictObject(proformaDite).meta({ id: "NouvelleProforma" });
const Proforma = z.object({
  id: Id,
  numero: z.string().nullable(),
  fournisseur_id: Id,
  produit_id: Id,
  reference: z.string(),
  date_proforma: Jour,
  date_validite: Jour.nullable(),
  incoterm: z.string().nullable(),
  base: Base,
  quantite: z.number().meta({ description: "In units of base" }),
  prix_usd: Montant.meta({ description: "USD for one unit of base" }),
  franchise_pour_mille: z.number().nullable(),
  jours_franchise: z.int(),
  surestaries_usd_jour: Montant,
  sblc_id: Id.nullable(),
  statut: StatutProforma,
  motif_annulation: z.string().nullable(),
  note: z.string().nullable(),
  created_by: Id.nullable(),
  created_at: Instant,
  updated_at: Instant,
}).meta({ id: "Proforma" });

const Avancement = z.object({
  proforma_id: Id,
  numero: z.string().nullable(),
  reference: z.string(),
  fournisseur_id: Id,
  produit_id: Id,
  statut: StatutProforma,
  base: Base,
  quantite: z.number(),
  prix_usd: Montant,
  nb_lots: z.int(),
  nb_camions: z.int(),
  nb_decharges: z.int(),
  nb_receptions: z.int(),
  volume_15c: z.number().meta({ description: "Litres" }),
  volume_20c: z.number().meta({ description: "Litres" }),
  tonnes_air: z.number().nullable(),
  recu: z.number().nullable().meta({ description: "In units of base; null where tonnes want a density" }),
  ecart: z.number().nullable(),
  pour_cent: z.number().nullable(),
  montant_prevu_usd: Montant,
  montant_recu_usd: Montant.nullable(),
  date_validite: Jour.nullable(),
  created_at: Instant,
}).meta({ id: "AvancementProforma" });

const SBLC = fiche("v_sblc", Sblc);
const PROFORMAS = fiche("proformas", Proforma);
const AVANCEMENTS = fiche("v_avancement_proforma", Avancement);

const sblc = (id: Dit) => ligne(SBLC, id, "cette SBLC");
const proforma = (id: Dit) => ligne(PROFORMAS, id, "cette proforma");

const UNE_PROFORMA = { reponse: Proforma, une: proforma };
const UNE_SBLC = { reponse: Sblc, une: sblc };

export const contrats = [
  liste({
    de: SBLC,
    cles: ["created_at", "id"],
    sens: "desc",
    moment: "created_at",
    exacts: { fournisseur_id: Id.optional(), statut: z.enum([...StatutSblc.options, "EXPIREE"]).optional() },
  }, { chemin: "/sblc", nom: "sblc", resume: "List bank guarantees (SBLC), latest first", avant: finance }),
  acte({
    methode: "POST",
    chemin: "/sblc",
    resume: "Record a bank guarantee (SBLC)",
    corps: NouvelleSblc,
    reponse: Sblc,
    statut: 201,
    appel: ({ corps }) => sblc(fonction("public.ecrire_sblc", { p_sblc: rangee("sblc", corps) })),
  }),
  consulter(UNE_SBLC, "/sblc/:id", "Read a bank guarantee (SBLC)"),
  acte({
    methode: "PUT",
    chemin: "/sblc/:id",
    resume: "Change what is said of a bank guarantee: prolonged, raised",
    params: ParId,
    corps: z.strictObject(sblcDite).partial(),
    reponse: Sblc,
    statut: 200,
    appel: ({ params, corps }) =>
      apres(
        fonction("public.ecrire_sblc", { p_sblc: rangee("sblc", corps), p_id: params.id }),
        sblc(params.id),
      ),
  }),
  accomplir(
    UNE_SBLC,
    "/sblc/:id/statut",
    "Suspend a bank guarantee, take it up again, or cancel it (admin), with the reason",
    z.strictObject({ statut: StatutSblc, motif: Texte.min(1) }),
    (id, corps) =>
      fonction("public.changer_statut_sblc", { p_id: id, p_statut: corps.statut, p_motif: corps.motif }),
  ),
  liste({
    de: PROFORMAS,
    cles: ["created_at", "id"],
    sens: "desc",
    produit: "produit_id",
    jour: "date_proforma",
    exacts: { fournisseur_id: Id.optional(), statut: StatutProforma.optional(), sblc_id: Id.optional() },
  }, { chemin: "/proformas", nom: "proformas", resume: "List proformas, latest first", avant: finance }),
  acte({
    methode: "POST",
    chemin: "/proformas",
    resume: "Write a proforma, as a draft",
    corps: NouvelleProforma,
    reponse: Proforma,
    statut: 201,
    appel: ({ corps }) =>
      proforma(fonction("public.ecrire_proforma", { p_proforma: rangee("proformas", corps) })),
  }),
  consulter(UNE_PROFORMA, "/proformas/:id", "Read a proforma"),
  acte({
    methode: "PUT",
    chemin: "/proformas/:id",
    resume: "Change a draft proforma",
    params: ParId,
    corps: z.strictObject(proformaDite).partial(),
    reponse: Proforma,
    statut: 200,
    appel: ({ params, corps }) =>
      apres(
        fonction("public.ecrire_proforma", { p_proforma: rangee("proformas", corps), p_id: params.id }),
        proforma(params.id),
      ),
  }),
  consulter(
    { reponse: Avancement, une: (id) => ligne(AVANCEMENTS, id, "cette proforma", "proforma_id") },
    "/proformas/:id/avancement",
    "How far a proforma has come: committed against received",
  ),
  accomplir(
    UNE_PROFORMA,
    "/proformas/:id/activer",
    "Commit to a draft proforma: lots and trucks may join it",
    z.strictObject({}),
    (id) => fonction("public.activer_proforma", { p_id: id }),
  ),
  accomplir(
    UNE_PROFORMA,
    "/proformas/:id/cloturer",
    "Close a proforma whose trucks are in: what it came to is frozen, with the reason",
    z.strictObject({ justification: Texte.min(1) }),
    (id, corps) => fonction("public.cloturer_proforma", { p_id: id, p_justification: corps.justification }),
  ),
  accomplir(
    UNE_PROFORMA,
    "/proformas/:id/annuler",
    "Cancel a proforma that no truck has joined, with the reason",
    z.strictObject({ motif: Texte.min(1) }),
    (id, corps) => fonction("public.annuler_proforma", { p_id: id, p_motif: corps.motif }),
  ),
];
