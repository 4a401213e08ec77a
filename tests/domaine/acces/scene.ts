// The matrix's stage for HTTP: the things of decor.ts at two depots, and everyone who may ask, signed in.
import { asPerson, newClient, type Person, signIn } from "../../../ops/pile/client.ts";
import { monde, sql, status } from "../../support/monde.ts";
import { type Acteur, ACTEURS } from "./acteurs.ts";
import { type Chose, COMMUN, DU_DEPOT, duDepot, remplir, type Valeurs } from "./decor.ts";
import { argent, commun, ventes } from "./scene_argent.ts";
import { compte, type Decor, type Ou, PASSWORD } from "./scene_communs.ts";
import { duDepotSeul } from "./scene_depot.ts";

export interface Scene {
  acteurs: Record<Acteur, Person>;
  /** Values as they are sent. `user`: takes a fresh copy of what an act uses up. `sauf`: one thing replaced by an id. */
  valeurs(
    valeurs: Valeurs,
    options?: { ou?: Ou; user?: boolean; sauf?: Partial<Record<Chose, string>> },
  ): Valeurs;
  /** The id of a thing of the other depot. */
  etranger(nom: Chose): string;
}

/** A few ask at a time: what is tried here is who may, not how many at once a service has connections for. */
export async function aQuelquesUns<T>(
  choses: T[],
  demander: (chose: T, rang: number) => Promise<void>,
): Promise<void> {
  const suite = choses.entries();
  await Promise.all(Array.from({ length: 12 }, async () => {
    for (const [rang, chose] of suite) await demander(chose, rang);
  }));
}

export async function monter(): Promise<Scene> {
  const [m, la_bas] = await Promise.all([monde(), monde()]);
  // One product in both: a tank elsewhere is to be refused for where it stands, not for what it holds.
  await sql`update public.citernes set produit_id = ${m.produit} where depot_id = ${la_bas.depot}`;
  const autre = { ...la_bas, produit: m.produit, partenaire: m.partenaire };
  await Promise.all([m.personne("admin"), m.personne("gerant"), autre.personne("admin")]);
  const nu = await compte(m.depot, false);
  const [ici, la, partage, dette, ...personnes] = await Promise.all([
    duDepotSeul(m),
    duDepotSeul(autre),
    commun(m, autre),
    argent(m),
    ...ACTEURS.map((acteur) => {
      if (acteur === "sans_profil") return signIn(status, nu.email, PASSWORD);
      if (acteur === "anon") return Promise.resolve(asPerson(newClient(status, status.ANON_KEY)));
      if (acteur === "service_role") {
        return Promise.resolve(asPerson(newClient(status, status.SERVICE_ROLE_KEY)));
      }
      return m.personne(acteur);
    }),
  ]);
  // Each has one of their own to look at.
  await sql`
    insert into public.abonnements_rapports (user_id, nom, depot_id, rythme, prochain)
    select p.user_id, 'livre', ${m.depot}, 'MOIS', '2035-01-01' from public.profils p where p.depot_id = ${m.depot}`;
  // Once there is fuel to sell.
  const [venduIci, venduLa] = [await ventes(m), await ventes(autre)];
  const decors = {
    ici: { ...partage, ...dette, ...ici, ...venduIci } as Decor,
    ailleurs: { ...partage, ...dette, ...la, ...venduLa } as Decor,
  };
  // Not through REST, but named in the matrix.
  for (const decor of Object.values(decors)) decor.profil_calcul ??= [crypto.randomUUID()];
  for (const nom of [...DU_DEPOT, ...COMMUN]) {
    if (!decors.ici[nom]?.length) {
      throw new Error(`rien pour @${nom} : faites-en dans scene_depot.ts ou scene_argent.ts`);
    }
  }

  return {
    acteurs: Object.fromEntries(ACTEURS.map((acteur, i) => [acteur, personnes[i]!])) as Record<
      Acteur,
      Person
    >,
    etranger: (nom) => decors.ailleurs[nom][0]!,
    valeurs: (valeurs, { ou = "ici", user = false, sauf = {} } = {}) =>
      remplir(valeurs, (nom) => {
        if (nom === "neuf") return crypto.randomUUID().replaceAll("-", "_");
        if (sauf[nom]) return sauf[nom];
        const copies = decors[duDepot(nom) ? ou : "ici"][nom];
        return user && copies.length > 1 ? copies.pop()! : copies[0]!;
      }),
  };
}
