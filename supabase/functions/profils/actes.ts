import { z } from "zod";
import { acte } from "../_shared/acte.ts";
import { apres, fonction, ligne, modifiee } from "../_shared/appels.ts";
import type { Transaction } from "../_shared/database.ts";
import { lectures } from "../_shared/liste.ts";
import { refuser } from "../_shared/problems.ts";
import { appeler, fiche, inserer } from "../_shared/relations.ts";
import { Id, Instant, ParId, Texte } from "../_shared/schemas.ts";
import { type Invitation, ouvrirCompte } from "./comptes.ts";

const Role = z.enum(["admin", "directeur", "gerant", "operateur", "pca", "lecture"]);

const Habilitation = z.enum(["finance", "caisse"]);

const Profil = z.object({
  id: Id,
  user_id: Id,
  nom_complet: z.string().nullable(),
  role: Role,
  depot_id: Id.nullable(),
  email: z.string().nullable(),
  habilitations: z.array(Habilitation).meta({ description: "What they may do beside their role" }),
  desactive_le: Instant.nullable().meta({ description: "Since when this person is shut out" }),
  desactive_par: Id.nullable(),
  created_at: Instant,
}).meta({ id: "Profil" });

const NouveauProfil = z.strictObject({
  email: z.email().max(255).toLowerCase(),
  nom_complet: Texte.min(1),
  role: Role,
  depot_id: Id.nullish().meta({ description: "Required for gerant, operateur and lecture" }),
}).meta({ id: "NouveauProfil" });

const CONSIGNES: Record<Invitation, string> = {
  envoyee: "Une invitation vient de partir : la personne y choisit son mot de passe.",
  mot_de_passe_a_definir: "Aucune invitation n'a pu partir : la personne choisit son mot de passe dans " +
    "l'application, par « Mot de passe oublié ».",
  compte_existant:
    "Cette adresse avait déjà un compte : la personne se connecte avec son mot de passe, ou en " +
    "choisit un par « Mot de passe oublié ».",
};

const ProfilCree = Profil.extend({
  invitation: z.enum(["envoyee", "mot_de_passe_a_definir", "compte_existant"]),
  consigne: z.string().meta({ description: "How the person comes by a password, in French" }),
}).meta({ id: "ProfilCree" });

const PROFILS = fiche("profils", Profil);

type Changements = {
  nom_complet?: string;
  role?: string;
  depot_id?: string | null;
  habilitations?: string[];
  desactive_le?: string | null;
};

/** Changes a profile as the admin who asks, and answers with it whole. */
const changer = (id: string, changements: Changements) =>
  apres(
    fonction("private.exiger", { p_capacite: "ecrire_profils" }),
    apres(modifiee(PROFILS, id, changements), ligne(PROFILS, id, "ce profil")),
  );

type Nouveau = z.output<typeof NouveauProfil>;

/** Asks everything that could refuse this profile; the account its address already has, null where it has none. */
const preparer = (tx: Transaction, { email, role, depot_id }: Nouveau) =>
  appeler(tx, "private.preparer_profil", { p_email: email, p_role: role, p_depot_id: depot_id ?? null });

export const actes = [
  ...lectures({
    de: PROFILS,
    cles: ["created_at", "id"],
    sens: "desc",
    depot: "depot_id",
    exacts: { role: Role.optional() },
  }, {
    nom: "profils",
    pages: "List the profiles, latest first: those of depots seen, for who reads names; else one's own",
    une: "Read a profile",
    quoi: "ce profil",
  }),
  acte({
    methode: "POST",
    chemin: "/",
    resume: "Make a profile (admin): makes the account too where there is none, and has its owner invited",
    corps: NouveauProfil,
    reponse: ProfilCree,
    statut: 201,
    dehors: {
      verifier: (tx, { corps }) => preparer(tx, corps),
      demander: (existant, { corps }) =>
        existant === null ? ouvrirCompte(corps.email) : Promise.resolve(null),
    },
    executer: async (tx, { corps, dehors: ouverte }) => {
      // Asked again: somebody else may have made the account, or the profile, since.
      const user_id = await preparer(tx, corps);
      if (user_id === null) throw refuser("SERVICE_INDISPONIBLE");
      const { email, nom_complet, role, depot_id } = corps;
      const profil = await inserer(tx, PROFILS, { user_id, nom_complet, role, depot_id, email });
      const invitation = ouverte ?? "compte_existant";
      return { ...profil, invitation, consigne: CONSIGNES[invitation] };
    },
  }),
  acte({
    methode: "PUT",
    chemin: "/:id",
    resume: "Change somebody's role, depot, name or habilitations (admin); what is absent is left as it is",
    params: ParId,
    corps: z.strictObject({
      nom_complet: Texte.min(1).optional(),
      role: Role.optional(),
      depot_id: Id.nullable().optional(),
      habilitations: z.array(Habilitation).max(2).optional(),
    }).meta({ id: "ChangementDeProfil" }),
    reponse: Profil,
    statut: 200,
    appel: ({ params, corps }) => changer(params.id, corps),
  }),
  acte({
    methode: "POST",
    chemin: "/:id/desactiver",
    resume: "Shut somebody out, from their next request on, however valid their token (admin)",
    params: ParId,
    corps: z.strictObject({}),
    reponse: Profil,
    statut: 200,
    appel: ({ params }) => changer(params.id, { desactive_le: new Date().toISOString() }),
  }),
  acte({
    methode: "POST",
    chemin: "/:id/reactiver",
    resume: "Let somebody in again (admin)",
    params: ParId,
    corps: z.strictObject({}),
    reponse: Profil,
    statut: 200,
    appel: ({ params }) => changer(params.id, { desactive_le: null }),
  }),
];
