// The chain as people walk it: a truck arrives, is received, and fuel leaves again. Walked by the demo and the smoke test
// through the doors, and by the trials through SQL; what each expects of it afterwards is its own.
import type postgres from "postgres";

/** A row as it is written: columns of the contract. */
type Ecrit = Record<string, string | number | null | undefined>;
type Ligne = Record<string, unknown> & { id: string };

/** How a step is written. */
export interface Chaine {
  creerCoursDeRoute(cours: Ecrit): Promise<Ligne>;
  changerStatut(id: string, statut: string): Promise<unknown>;
  recevoir(reception: Ecrit): Promise<Ligne>;
  rediger(sortie: Ecrit): Promise<Ligne>;
  valider(id: string): Promise<unknown>;
}

/** From CHARGEMENT, in which a truck's way begins, to where it may be received. */
const VERS_L_ARRIVEE = ["TRANSIT", "FRONTIERE", "ARRIVE"];

/** In this transaction, as whoever it acts for. */
export function chaineParSql(tx: postgres.ISql): Chaine {
  const inserer = async (table: string, ligne: Ecrit): Promise<Ligne> => {
    const [faite] = await tx`insert into ${tx(`public.${table}`)} ${tx(ligne)} returning *`;
    return faite as unknown as Ligne;
  };
  return {
    creerCoursDeRoute: (cours) => inserer("cours_de_route", cours),
    changerStatut: (id, statut) => tx`select public.changer_statut_cours_de_route(${id}, ${statut})`,
    recevoir: (reception) => inserer("receptions", reception),
    rediger: (sortie) => inserer("sorties_produit", sortie),
    valider: (id) => tx`select public.validate_sortie(${id})`,
  };
}

/** Sends a body to the address of a door. */
export type Envoyer = (adresse: string, corps?: object) => Promise<Ligne>;

/** Through the doors: `operateur` writes, `valider` is what a gérant does. */
export const chaineParPortes = (operateur: Envoyer, valider: Chaine["valider"]): Chaine => ({
  creerCoursDeRoute: (cours) => operateur("cours-de-route", cours),
  changerStatut: (id, statut) => operateur(`cours-de-route/${id}/statut`, { statut }),
  recevoir: (reception) => operateur("receptions", reception),
  rediger: (sortie) => operateur("sorties", sortie),
  valider,
});

/** A truck sets out, arrives and is received: the réception's row. */
export async function amener<L extends Ligne>(chaine: Chaine, cours: Ecrit, reception: Ecrit): Promise<L> {
  const { id } = await chaine.creerCoursDeRoute(cours);
  for (const statut of VERS_L_ARRIVEE) await chaine.changerStatut(id, statut);
  return await chaine.recevoir({ cours_de_route_id: id, ...reception }) as L;
}

/** A draft is written and validated: its id. */
export async function livrer(chaine: Chaine, sortie: Ecrit): Promise<string> {
  const { id } = await chaine.rediger(sortie);
  await chaine.valider(id);
  return id;
}
