// What a door says to the database, as it says it: its statement prepared on its connection, its transaction included.
import type postgres from "postgres";
import type { Appel, Auteur } from "../supabase/functions/_shared/database.ts";
import { questionDe } from "../supabase/functions/_shared/database.ts";
import { type Identifiee, valeurDe } from "../supabase/functions/_shared/idempotency.ts";
import type { Acte as ActeDePorte } from "../supabase/functions/_shared/acte.ts";
import { actes as actesDuJournal } from "../supabase/functions/journal/actes.ts";
import { actes } from "../supabase/functions/sorties/actes.ts";
import { brouillon, type Gens } from "./depot.ts";
import type { Charge, Jeu } from "./instructions.ts";

/** Claims as long as a real token's. */
const identiteDe = (gerant: string) => ({
  sub: gerant,
  role: "authenticated" as const,
  aud: "authenticated",
  aal: "aal1",
  iat: 1_795_890_000,
  exp: 1_795_893_600,
  session_id: crypto.randomUUID(),
  ...{ email: "gerant@demo.monaluxe.test", app_metadata: { provider: "email" }, user_metadata: {} },
});

function auteurDe(gerant: string, route: string): Auteur {
  const requestId = crypto.randomUUID();
  return {
    ...{ identite: identiteDe(gerant), route, ici: 1, ecrit: route.startsWith("POST") },
    ...{ requestId, trace: { id: requestId.replaceAll("-", ""), donnee: false, reponse: "" } },
  };
}

interface Acte {
  chemin: string;
  statut: number;
  demande: object;
  cle: boolean;
}

/** One act of the door of sorties, asked as its function asks it: its answer. */
async function demander(
  sql: postgres.Sql,
  gerant: string,
  { chemin, statut, demande, cle }: Acte,
): Promise<{ id: string }> {
  const acte = actes.find((un) => un.methode === "POST" && un.chemin === chemin);
  if (!acte?.appel) throw new Error(`sorties n'a pas d'acte POST ${chemin} qui soit une seule instruction`);
  const auteur = auteurDe(gerant, `POST sorties${chemin}`);
  const identifiee: Identifiee | undefined = cle
    ? { cle: crypto.randomUUID(), adresse: `POST /sorties${chemin}`, corps: demande }
    : undefined;
  const [ligne] = await questionDe<{ id: string; corps?: { id: string } }>(
    sql,
    auteur,
    valeurDe(acte.appel(demande as never) as Appel, statut, identifiee),
  );
  return ligne!.valeur.corps ?? ligne!.valeur;
}

const rediger = (gens: Gens, cle: boolean) => (sql: postgres.Sql, tour: number) =>
  demander(sql, gens.gerant, {
    chemin: "/",
    statut: 201,
    cle,
    demande: { corps: brouillon(tour, 10 + tour), query: {} },
  });

const lesDeux = (gens: Gens, cle: boolean): Jeu => async (sql, tour) => {
  const { id } = await rediger(gens, cle)(sql, tour);
  await demander(sql, gens.gerant, {
    chemin: "/:id/valider",
    statut: 200,
    cle,
    demande: { corps: {}, params: { id }, query: {} },
  });
};

/** A page of a list, asked as its function asks it. */
const lire =
  (gens: Gens, portes: ActeDePorte[], nom: string, query: Record<string, unknown>): Jeu =>
  async (sql, tour) => {
    // No autovacuum here: a page would be planned for the tables as they were before anything was written. Once a session, so
    // that the difference of two has none of it.
    if (tour === 0) await sql`analyze public.sorties_produit, public.log_actions`;
    const acte = portes.find((un) => un.methode === "GET" && un.chemin === "/")!;
    await questionDe(
      sql,
      auteurDe(gens.gerant, `GET ${nom}/`),
      acte.appel!({ query, params: {}, corps: undefined, csv: false } as never) as Appel,
    );
  };

const DEPUIS = { statut: "brouillon", du: "2020-01-01" };

/** The same of readings: after fifty drafts of the first line. */
const LECTURES: Charge["scripts"] = {
  "a page of 50 sorties": (gens) => lire(gens, actes as ActeDePorte[], "sorties", {}),
  "the same, of one state since a day": (gens) => lire(gens, actes as ActeDePorte[], "sorties", DEPUIS),
  "the same, ten rows": (gens) => lire(gens, actes as ActeDePorte[], "sorties", { ...DEPUIS, limit: 9 }),
  "the same, two rows": (gens) => lire(gens, actes as ActeDePorte[], "sorties", { ...DEPUIS, limit: 1 }),
  "a page of 50 lines of the log": (gens) => lire(gens, actesDuJournal as ActeDePorte[], "journal", {}),
  "the same, of one level since a day": (gens) =>
    lire(gens, actesDuJournal as ActeDePorte[], "journal", { niveau: "INFO", du: "2020-01-01" }),
};

/** Thousands of instructions of what the doors of sorties say. */
export const PORTES: Charge["scripts"] = {
  "POST sorties": (gens) => rediger(gens, false),
  "POST sorties, then valider": (gens) => lesDeux(gens, false),
  "both with an Idempotency-Key": (gens) => lesDeux(gens, true),
  ...LECTURES,
};
