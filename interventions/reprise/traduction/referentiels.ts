// Accounts, depots, products, tanks, third parties, profiles.
import type { Ligne } from "../ancienne/lecture.ts";
import { motReconnu, nomLisible, sansAccents } from "./lisible.ts";
import { valide } from "./mesures.ts";
import { recevable, rendreLisible } from "./textes.ts";
import { idDe, type Traduction } from "./traduction.ts";

/** A name as two people would take for the same. */
export const nomCompare = (nom: string) => nom.normalize("NFKC").toLowerCase().replace(/\s+/g, " ").trim();
/** A name as somebody in a hurry types it again. */
const nomProche = (nom: string) => sansAccents(nom).toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
/** A code or a plate, by its letters and digits alone. */
export const lettresEtChiffres = (texte: string) =>
  texte.normalize("NFKC").toUpperCase().replace(/[^A-Z0-9]/g, "");

const FANTOMES = {
  noms: ["tank staging 1", "tank test"],
  ids: ["33333333-3333-3333-3333-333333333333", "44444444-4444-4444-4444-444444444444"],
};

/** Gives each row of a table a name of its own; undefined for one that is merged into another. */
function nommer(t: Traduction, table: string, fusionPermise: boolean) {
  const pris = new Map<string, string>();
  const proches = new Map<string, { id: string; nom: string }>();
  const fusionner = (ligne: Ligne, dans: string, code: "NOM_EN_DOUBLE" | "NOM_PROCHE") => {
    t.renvois.set(ligne.id as string, dans);
    t.conserver(table, ligne, code);
    return undefined;
  };
  return (ancienne: Ligne, portee = ""): Ligne | undefined => {
    const ligne = rendreLisible(t, table, ancienne);
    const id = ligne.id as string;
    let nom = (ligne.nom as string | null) ?? "";
    if (!nom.trim()) {
      t.examen.choisir("NOM_VIDE", table, id, "nom vide", ["nom"]);
      nom = `Sans nom ${id.slice(0, 8)}`;
    } else if (!nomLisible(nom)) {
      t.examen.choisir("NOM_ILLISIBLE", table, id, `« ${nom} »`, ["nom"]);
      t.conserver(table, ligne, "NOM_ILLISIBLE");
      nom = `Nom illisible ${id.slice(0, 8)}`;
    }
    const deja = pris.get(portee + nomCompare(nom));
    if (deja) {
      const constat = `« ${nom} » est aussi le nom de ${deja}`;
      const choix = t.examen.choisir("NOM_EN_DOUBLE", table, id, constat, ["nom"]);
      if (choix === "fusionner" && fusionPermise) return fusionner(ligne, deja, "NOM_EN_DOUBLE");
      const racine = nom.trim();
      for (let rang = 2; pris.has(portee + nomCompare(nom)); rang++) nom = `${racine} (${rang})`;
    }
    const proche = deja || !nomProche(nom) ? undefined : proches.get(nomProche(nom));
    if (proche && fusionPermise) {
      const choix = t.examen.choisir(
        "NOM_PROCHE",
        table,
        id,
        `« ${nom} » et « ${proche.nom} » (${proche.id})`,
      );
      if (choix === "fusionner") return fusionner(ligne, proche.id, "NOM_PROCHE");
    }
    pris.set(portee + nomCompare(nom), id);
    if (!proches.has(nomProche(nom))) proches.set(nomProche(nom), { id, nom });
    return { ...ligne, nom };
  };
}

export function traduireComptes(t: Traduction): void {
  for (const compte of t.source.comptes) t.ecrire("auth.users", compte);
  for (const identite of t.source.identites) {
    if (t.utilisateurs.has(identite.user_id as string)) t.ecrire("auth.identities", identite);
  }
  t.ajouter("auth.users", {
    id: t.reprise,
    aud: "authenticated",
    role: "authenticated",
    email: "reprise@reprise.invalid",
    // Nobody signs in by it: no password, and shut out for good.
    encrypted_password: "",
    banned_until: "2999-01-01T00:00:00Z",
    raw_app_meta_data: {},
    raw_user_meta_data: {},
    confirmation_token: "",
    recovery_token: "",
    email_change: "",
    email_change_token_new: "",
  }, "auteur des lignes sans auteur connu");
}

/** Codes that the rest of the system knows products by. */
const CODES_CONNUS: [RegExp, string][] = [[/essence|super/i, "ESS"], [
  /gasoil|gazole|diesel|\bago\b/i,
  "G.O",
]];

function traduireProduits(t: Traduction): void {
  const nom = nommer(t, "produits", false);
  const codes = new Set(
    t.source.produits.map(({ code }) => lettresEtChiffres((code as string | null) ?? "")),
  );
  const pris = new Set<string>();
  for (const produit of t.source.produits) {
    const ligne = nom(produit)!;
    let code = (ligne.code as string | null) ?? "";
    if (!nomLisible(code) || pris.has(nomCompare(code))) {
      const connu = CODES_CONNUS.find(([motif]) => motif.test(ligne.nom as string))?.[1];
      const deduit = lettresEtChiffres(sansAccents(ligne.nom as string)).slice(0, 6) || "PRODUIT";
      code = connu && !codes.has(lettresEtChiffres(connu)) ? connu : deduit;
      for (let rang = 2; codes.has(lettresEtChiffres(code)); rang++) code = `${deduit}${rang}`;
      codes.add(lettresEtChiffres(code));
      t.examen.choisir("PRODUIT_SANS_CODE", "produits", produit.id as string, `code proposé : ${code}`, [
        "code",
      ]);
    }
    pris.add(nomCompare(code));
    t.ecrire("produits", recevable(t, "produits", { ...ligne, code, actif: ligne.actif ?? true }));
  }
}

function citerneVecue(t: Traduction, id: string): boolean {
  return t.source.receptions.some((r) => r.citerne_id === id) ||
    t.source.sorties.some((s) => s.citerne_id === id) ||
    t.source.stocks.some((s) => s.citerne_id === id && (s.stock_ambiant.ml || s.stock_15c.ml));
}

/** A phantom under another name and id, or nothing where it goes. */
function fantome(t: Traduction, citerne: Ligne): Ligne | undefined {
  const id = citerne.id as string;
  if (!FANTOMES.noms.includes(nomCompare(citerne.nom as string)) && !FANTOMES.ids.includes(id)) {
    return citerne;
  }
  const vecue = citerneVecue(t, id);
  const choix = t.examen.choisir(
    "CITERNE_FANTOME",
    "citernes",
    id,
    `${citerne.nom} : ${
      vecue ? "des mouvements ou un stock s'y rapportent" : "aucun mouvement, aucun stock"
    }`,
    ["id", "nom", "statut"],
    vecue ? "reprendre_inactive" : "ecarter",
  );
  if (choix === "ecarter") {
    t.conserver("citernes", citerne, "CITERNE_FANTOME");
    return undefined;
  }
  const nouvel = idDe("citerne", id);
  t.renvois.set(id, nouvel);
  t.ajouts.push({ table: "citernes", id: nouvel, pourquoi: `citerne fantôme ${citerne.nom}` });
  return { ...citerne, id: nouvel, nom: `Reprise de ${citerne.nom}`, statut: "inactive" };
}

function depotDe(t: Traduction, citerne: Ligne, connus: Map<unknown, unknown>): string {
  if (connus.has(citerne.depot_id)) return citerne.depot_id as string;
  const du = t.source.stocks.find((s) => s.citerne_id === citerne.id && connus.has(s.depot_id))?.depot_id;
  t.examen.choisir("CITERNE_SANS_DEPOT", "citernes", citerne.id as string, `${citerne.nom} : aucun dépôt`, [
    "depot_id",
  ]);
  return du ?? t.premierDepot;
}

const STATUTS_CITERNE = ["active", "inactive", "maintenance"];

function traduireCiternes(t: Traduction): void {
  const nom = nommer(t, "citernes", false);
  const depots = new Map(t.source.depots.map(({ id, nom }) => [id, nom]));
  const plusieurs = depots.size > 1;
  for (const ancienne of t.source.citernes) {
    const citerne = fantome(t, ancienne);
    if (!citerne) continue;
    const depot_id = depotDe(t, citerne, depots);
    const ligne = nom({ ...citerne, depot_id }, depot_id)!;
    const dite = Math.round((ligne.capacite_totale as number) * 1000);
    const lisible = valide(dite);
    // Of one that nobody can read the bounds find the most that it held.
    const totale = lisible ? dite : 1000;
    let securite = Math.round(((ligne.capacite_securite as number | null) ?? 0) * 1000);
    let statut = ligne.statut as string | null;
    const fautes = [];
    if (!statut || !STATUTS_CITERNE.includes(statut)) {
      fautes.push(`statut ${statut ?? "absent"}`);
      statut = motReconnu(statut, STATUTS_CITERNE) ?? "active";
    }
    if (!lisible) fautes.push(`capacité ${ligne.capacite_totale} L`);
    if (!(securite >= 0 && securite < totale)) {
      fautes.push(`sécurité ${ligne.capacite_securite} L pour une capacité de ${ligne.capacite_totale} L`);
      securite = 0;
    }
    if (fautes.length) {
      t.examen.choisir(
        "CITERNE_INCOMPLETE",
        "citernes",
        ancienne.id as string,
        `${ancienne.nom} : ${fautes.join(", ")}`,
        ["statut", "capacite_securite", "capacite_totale"],
      );
    }
    const ecrite = t.ecrire("citernes", {
      ...recevable(t, "citernes", ligne),
      capacite_totale: totale / 1000,
      capacite_securite: securite / 1000,
      statut,
    });
    t.citernes.set(ancienne.id as string, {
      id: ligne.id as string,
      nom: plusieurs ? `${ligne.nom} (${depots.get(depot_id)})` : ligne.nom as string,
      depot_id,
      produit_id: ligne.produit_id as string,
      capacite: totale,
      capaciteIllisible: !lisible,
      ligne: ecrite,
    });
  }
}

const ROLES = ["admin", "directeur", "gerant", "operateur", "pca", "lecture"];

function traduireProfils(t: Traduction): void {
  const vus = new Set<string>();
  const depots = new Set(t.source.depots.map(({ id }) => id));
  // The oldest of an account's profiles is kept; of two as old, the one that may do most.
  const rang = (profil: Ligne) => ROLES.indexOf(String(profil.role).trim().toLowerCase());
  const ordre = t.source.profils.toSorted((a, b) =>
    String(a.created_at).localeCompare(String(b.created_at)) || (rang(a) + 7) % 7 - (rang(b) + 7) % 7
  );
  for (const profil of ordre) {
    const [id, user] = [profil.id as string, profil.user_id as string | null];
    if (!user || !t.utilisateurs.has(user) || vus.has(user)) {
      const dit = !user || !t.utilisateurs.has(user) ? "aucun compte" : "son compte a déjà un profil";
      t.examen.choisir("PROFIL_SANS_COMPTE", "profils", id, `${profil.nom_complet ?? id} : ${dit}`, ["*"]);
      t.conserver("profils", profil, "PROFIL_SANS_COMPTE");
      continue;
    }
    vus.add(user);
    let role = (profil.role as string | null) ?? "";
    if (!ROLES.includes(role)) {
      const choix = t.examen.choisir("ROLE_INCONNU", "profils", id, `rôle ${profil.role ?? "absent"}`, [
        "role",
      ]);
      role = choix === "lire" && motReconnu(role, ROLES) || "lecture";
    }
    let depot_id = depots.has(profil.depot_id) ? profil.depot_id : null;
    if (!depot_id && ["gerant", "operateur", "lecture"].includes(role)) {
      t.examen.choisir("PROFIL_SANS_DEPOT", "profils", id, `${profil.nom_complet ?? id}, ${role}`, [
        "depot_id",
      ]);
      depot_id = t.premierDepot;
    }
    t.ecrire("profils", recevable(t, "profils", { ...profil, role, depot_id }));
  }
  for (const { id, email } of t.source.comptes) {
    if (!vus.has(id as string)) {
      t.examen.choisir("COMPTE_SANS_PROFIL", "auth.users", id as string, `${email ?? id}`);
    }
  }
  t.ajouter("profils", {
    id: idDe("profil"),
    user_id: t.reprise,
    nom_complet: "Reprise de l'ancien système",
    role: "lecture",
    depot_id: t.premierDepot,
    email: "reprise@reprise.invalid",
    desactive_le: t.source.aujourdhui,
  }, "nom de l'auteur des lignes sans auteur connu");
}

export function traduireReferentiels(t: Traduction): void {
  traduireComptes(t);
  const depot = nommer(t, "depots", false);
  for (const ligne of t.source.depots) t.ecrire("depots", recevable(t, "depots", depot(ligne)!));
  t.premierDepot = (t.source.depots[0]?.id as string) ?? t.ajouter(
    "depots",
    { id: idDe("depot"), nom: "Reprise (dépôt inconnu)" },
    "l'ancienne base n'a aucun dépôt",
  );
  traduireProduits(t);
  traduireCiternes(t);
  for (const table of ["clients", "fournisseurs", "partenaires"] as const) {
    const nom = nommer(t, table, true);
    for (const ancienne of t.source[table]) {
      const ligne = nom(ancienne);
      if (ligne) t.ecrire(table, recevable(t, table, ligne));
    }
  }
  traduireProfils(t);
}

/** The third party that stands for one nobody knows. */
export const tiersInconnu = (t: Traduction, table: "clients" | "fournisseurs" | "partenaires") => {
  const mot = { clients: "client", fournisseurs: "fournisseur", partenaires: "partenaire" }[table];
  return t.ajouter(
    table,
    { id: idDe(table), nom: `Reprise (${mot} inconnu)` },
    `${mot} que l'ancienne base ne dit pas`,
  );
};
