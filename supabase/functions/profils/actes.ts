import { z } from "zod";
import { acte } from "../_shared/acte.ts";
import type { Transaction } from "../_shared/database.ts";
import { inserer, lectures, lire, type Listing } from "../_shared/liste.ts";
import { Id, Instant, ParId, Texte } from "../_shared/schemas.ts";
import { type Invitation, ouvrirCompte } from "./comptes.ts";

const Role = z.enum(["admin", "directeur", "gerant", "operateur", "pca", "lecture"]);

const Profil = z.object({
  id: Id,
  user_id: Id,
  nom_complet: z.string().nullable(),
  role: Role,
  depot_id: Id.nullable(),
  email: z.string().nullable(),
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

const PAGES: Listing = {
  relation: "profils",
  cles: ["created_at", "id"],
  sens: "desc",
  depot: "depot_id",
};

type Row = Record<string, string | Date | null>;

/** Changes a profile as the admin who asks, and answers with it whole. */
async function modifier(
  tx: Transaction,
  id: string,
  changements: Record<string, string | Date | null | undefined>,
): Promise<unknown> {
  await tx`select private.exiger('ecrire_profils')`;
  const said = Object.fromEntries(Object.entries(changements).filter(([, value]) => value !== undefined));
  if (Object.keys(said).length) await tx`update public.profils set ${tx(said as Row)} where id = ${id}`;
  return lire(tx, "profils", id, "ce profil");
}

export const actes = [
  ...lectures(Profil, PAGES, {
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
    executer: async (tx, { corps: { email, nom_complet, role, depot_id = null } }) => {
      const [{ existant }] = await tx<[{ existant: string | null }]>`
        select private.preparer_profil(${email}, ${role}, ${depot_id}) as existant`;
      const { user_id, invitation } = existant
        ? { user_id: existant, invitation: "compte_existant" as const }
        : await ouvrirCompte(email);
      const profil = await inserer(tx, "profils", { user_id, nom_complet, role, depot_id, email });
      return { ...profil as object, invitation, consigne: CONSIGNES[invitation] };
    },
  }),
  acte({
    methode: "PUT",
    chemin: "/:id",
    resume: "Change somebody's role, depot or name (admin); what is absent is left as it is",
    params: ParId,
    corps: z.strictObject({
      nom_complet: Texte.min(1).optional(),
      role: Role.optional(),
      depot_id: Id.nullable().optional(),
    }).meta({ id: "ChangementDeProfil" }),
    reponse: Profil,
    statut: 200,
    executer: (tx, { params, corps }) => modifier(tx, params.id, corps),
  }),
  acte({
    methode: "POST",
    chemin: "/:id/desactiver",
    resume: "Shut somebody out, from their next request on, however valid their token (admin)",
    params: ParId,
    corps: z.strictObject({}),
    reponse: Profil,
    statut: 200,
    executer: (tx, { params }) => modifier(tx, params.id, { desactive_le: new Date() }),
  }),
  acte({
    methode: "POST",
    chemin: "/:id/reactiver",
    resume: "Let somebody in again (admin)",
    params: ParId,
    corps: z.strictObject({}),
    reponse: Profil,
    statut: 200,
    executer: (tx, { params }) => modifier(tx, params.id, { desactive_le: null }),
  }),
];
