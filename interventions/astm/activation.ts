// activate: the flag, for the depots and users asked for, in the operator's name.
import { type Etape, Refus } from "../../ops/commun/deroulement.ts";
import { Echec } from "../../ops/commun/failure.ts";
import type { Sql } from "../../ops/commun/connection.ts";
import { exigerFonctionsAppliquees } from "./application.ts";
import { enTantQue } from "../../ops/exploitation/gel/gel.ts";
import type { ContexteAstm } from "./etape.ts";
import { direDrapeau, exigerGel, lireDrapeau } from "./etat.ts";

export interface Portee {
  depot?: string[];
  utilisateur?: string[];
  partout?: boolean;
}

async function resoudre(sql: Sql, dits: string[], quoi: "dépôt" | "utilisateur"): Promise<string[]> {
  const trouves = quoi === "dépôt"
    ? await sql<{ id: string; dit: string }[]>`
        select d.id, m.dit from unnest(${dits}::text[]) m (dit)
          join public.depots d on d.id::text = m.dit or d.nom = m.dit`
    : await sql<{ id: string; dit: string }[]>`
        select u.id, m.dit from unnest(${dits}::text[]) m (dit)
          join auth.users u on u.id::text = m.dit or lower(u.email) = lower(m.dit)`;
  const inconnus = dits.filter((un) => !trouves.some(({ dit }) => dit === un));
  if (inconnus.length) {
    throw new Refus(
      "PORTEE_INCONNUE",
      `Aucun ${quoi} ne s'appelle ${inconnus.join(", ")} : donnez son nom ou son id.`,
    );
  }
  return trouves.map(({ id }) => id);
}

/** Turns the flag off for everybody, in this user's name. */
export const eteindreDrapeau = (sql: Sql, utilisateur: string) =>
  enTantQue(sql, utilisateur, async (tx) => {
    await tx`select public.definir_flag('astm_53b', false, '{}', '{}')`;
  });

export function etapesActivation(portee: Portee): Etape<ContexteAstm>[] {
  return [
    {
      titre: "Vérifier le gel et les fonctions",
      faire: async (contexte) => {
        await exigerGel(contexte.sql, contexte.dossier.contenu.env);
        return await exigerFonctionsAppliquees(contexte);
      },
    },
    {
      titre: "Allumer astm_53b",
      faire: async (contexte) => {
        const { depot = [], utilisateur = [], partout } = portee;
        if (!depot.length && !utilisateur.length && !partout) {
          throw new Refus(
            "PORTEE_REQUISE",
            "Dites pour qui : --depot <nom ou id>, --utilisateur <email ou id>, ou --partout.",
          );
        }
        const depots = await resoudre(contexte.sql, depot, "dépôt");
        const users = await resoudre(contexte.sql, utilisateur, "utilisateur");
        const { operateur } = await exigerGel(contexte.sql, contexte.dossier.contenu.env);
        await enTantQue(contexte.sql, operateur, async (tx) => {
          await tx`select public.definir_flag('astm_53b', true, ${depots}::uuid[], ${users}::uuid[])`;
        });
        const drapeau = await lireDrapeau(contexte.sql);
        if (!drapeau.enabled) throw new Echec("Le drapeau est resté éteint.");
        contexte.faits.drapeau = drapeau;
        return direDrapeau(drapeau);
      },
    },
  ];
}
