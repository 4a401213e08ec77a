// Once a day: what the provider has over seven days against what is here.
import { auNomDuProjet } from "../_shared/database.ts";
import { appliquer, traiter } from "./evenements.ts";
import { prestataire } from "./choix.ts";
import { type Etat, nomDuPrestataire } from "./prestataire.ts";

const JOURS = 7;
const JOUR_MS = 86_400_000;

export interface Rapprochement {
  id: string;
  prestataire: string;
  lu: number;
  concordant: number;
  rejoues: number;
  ecarts: { defaut: string; session_id: string; la: unknown; ici: unknown }[];
}

/** Deals with what never came, by the same way as what comes, then says what still differs. */
export async function rapprocher(): Promise<Rapprochement> {
  const chez = await prestataire(nomDuPrestataire());
  const au = new Date();
  const du = new Date(au.getTime() - JOURS * JOUR_MS);
  let rejoues = 0;
  for await (const evenement of chez.evenements(du)) {
    if (await traiter(chez, evenement, "RAPPROCHEMENT") !== "DEJA_RECU") rejoues++;
  }
  const etats: Etat[] = [];
  for await (const etat of chez.sessions(du)) {
    etats.push(etat);
    // An event may have come whose answer was older than it: how the payment stands now is what counts.
    if (await appliquer(chez, etat) === "APPLIQUE") rejoues++;
  }
  return await auNomDuProjet(async (sql) => {
    const [{ fait }] = await sql<[{ fait: Rapprochement }]>`
      select to_jsonb(private.noter_rapprochement(${chez.nom}, ${du}, ${au}, ${rejoues},
                                                  ${sql.json(etats)})) as fait`;
    return fait;
  });
}
