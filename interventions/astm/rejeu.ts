// The replay of the réceptions that the old formula computed. What was validated never changes: each is corrected by an
// adjustment of its own, for the litres at 15 °C between the old figure and the new. Planned, read by somebody, applied.
import { createHash } from "node:crypto";
import { type Etape, Refus } from "../../ops/commun/deroulement.ts";
import { litres } from "../../ops/commun/francais.ts";
import type { Sql } from "../../ops/commun/connection.ts";
import { Echec } from "../../ops/commun/failure.ts";
import { enTantQue } from "../../ops/exploitation/gel/gel.ts";
import { type ContexteAstm, exigerStocksAccordes } from "./etape.ts";
import { exigerGel } from "./etat.ts";
import type { Tableau } from "./passage.ts";
import { z } from "zod";

const MOTIF = "Rejeu ASTM 53B";

const ligneSchema = z.strictObject({
  reception_id: z.uuid(),
  date_reception: z.string(),
  citerne: z.string(),
  plaque: z.string(),
  volume_ambiant: z.number(),
  temperature_ambiante_c: z.number().nullable(),
  temperature_echantillon_c: z.number().nullable(),
  densite_observee_kgm3: z.number().nullable(),
  ancien_15c: z.number(),
  /** Null where the measures do not allow it: `raison` says which is missing. */
  nouveau_15c: z.number().nullable(),
  ecart_15c: z.number().nullable(),
  /** The reviewer's to turn to false; a line that cannot be computed is never kept. */
  retenue: z.boolean(),
  raison: z.string().nullable(),
});
const rejeuSchema = z.strictObject({
  env: z.string(),
  reference: z.string(),
  calcule_le: z.string(),
  lignes: z.array(ligneSchema),
});
type Ligne = z.infer<typeof ligneSchema>;
type Rejeu = z.infer<typeof rejeuSchema>;

interface Ancienne extends Omit<Ligne, "nouveau_15c" | "ecart_15c" | "retenue" | "raison"> {
  depot_id: string;
  produit_id: string;
}

/** Réceptions of the old formula that nothing has corrected or compensated. */
const lireAnciennes = (sql: Sql) =>
  sql<Ancienne[]>`
    select r.id as reception_id, r.date_reception::text, ci.nom as citerne, cr.plaque_camion as plaque,
           r.volume_ambiant::float8, r.temperature_ambiante_c::float8, r.temperature_echantillon_c::float8,
           r.densite_observee_kgm3::float8, r.volume_15c::float8 as ancien_15c, r.depot_id, r.produit_id
      from public.receptions r
      join public.citernes ci on ci.id = r.citerne_id
      join public.cours_de_route cr on cr.id = r.cours_de_route_id
     where r.statut = 'validee' and r.methode_15c = 'LEGACY'
       and not exists (select from public.stocks_adjustments a
                        where a.mouvement_type = 'RECEPTION' and a.mouvement_id = r.id
                          and (a.compensation or a.reason like ${`${MOTIF}%`}))
     order by r.date_reception, r.created_at, r.id`;

async function recalculer(sql: Sql, { depot_id, produit_id, ...mesures }: Ancienne): Promise<Ligne> {
  try {
    const [{ nouveau }] = await sql<[{ nouveau: number }]>`
      select (private.volume_15c_norme(
               jsonb_populate_record(null::private.mesures, jsonb_build_object(
                 'volume_ambiant', ${mesures.volume_ambiant}::float8, 'champ_volume', 'volume_ambiant',
                 'temperature_produit_c', ${mesures.temperature_ambiante_c}::float8,
                 'temperature_echantillon_c', ${mesures.temperature_echantillon_c}::float8,
                 'densite_observee_kgm3', ${mesures.densite_observee_kgm3}::float8)),
               jsonb_populate_record(null::private.lieux, to_jsonb(d) || to_jsonb(p)
                 || jsonb_build_object('depot_id', d.id, 'produit_id', p.id, 'produit_nom', p.nom))
             )).volume_15c::float8 as nouveau
        from public.depots d, public.produits p where d.id = ${depot_id} and p.id = ${produit_id}`;
    const ecart_15c = Math.round((nouveau - mesures.ancien_15c) * 1000) / 1000;
    return { ...mesures, nouveau_15c: nouveau, ecart_15c, retenue: ecart_15c !== 0, raison: null };
  } catch (erreur) {
    const { code, message, hint } = erreur as { code?: string; message: string; hint?: string };
    if (!code?.startsWith("PT")) throw erreur;
    return { ...mesures, nouveau_15c: null, ecart_15c: null, retenue: false, raison: `${message} : ${hint}` };
  }
}

const tableau = (titre: string, lignes: Ligne[]): Tableau => ({
  titre,
  colonnes: [
    "réception",
    "date",
    "citerne",
    "camion",
    "ambiant (L)",
    "15 °C avant",
    "15 °C après",
    "écart (L)",
    "retenue",
  ],
  lignes: lignes.map((l) => [
    l.reception_id,
    l.date_reception,
    l.citerne,
    l.plaque,
    l.volume_ambiant,
    l.ancien_15c,
    l.nouveau_15c,
    l.ecart_15c,
    l.retenue ? "oui" : l.raison ?? "non",
  ]),
});

const retenues = (lignes: Ligne[]) => lignes.filter(({ retenue }) => retenue);
const total = (lignes: Ligne[]) =>
  Math.round(lignes.reduce((somme, { ecart_15c }) => somme + (ecart_15c ?? 0), 0) * 1000) / 1000;

async function lireFichier(chemin: string, { env, reference }: { env: string; reference: string }) {
  const texte = await Deno.readTextFile(chemin).catch(() => {
    throw new Refus("REJEU_INVALIDE", `${chemin} n'existe pas : c'est le fichier écrit par « rejeu plan ».`);
  });
  let contenu: Rejeu;
  try {
    contenu = rejeuSchema.parse(JSON.parse(texte));
  } catch {
    throw new Refus(
      "REJEU_INVALIDE",
      `${chemin} n'est plus un fichier de rejeu : seul « retenue » s'y modifie.`,
    );
  }
  if (contenu.env !== env || contenu.reference !== reference) {
    throw new Refus("ENV_INTERDIT", `${chemin} a été calculé pour ${contenu.env} (${contenu.reference}).`);
  }
  return { contenu, empreinte: createHash("sha256").update(texte).digest("hex") };
}

/** Lines as the base gives them now. Refuses with REJEU_PERIME where the file says anything else but `retenue`. */
async function exigerActuel(sql: Sql, { lignes }: Rejeu): Promise<void> {
  if (new Set(lignes.map(({ reception_id }) => reception_id)).size !== lignes.length) {
    throw new Refus(
      "REJEU_INVALIDE",
      "Une réception est deux fois dans le fichier : elle serait corrigée deux fois.",
    );
  }
  const anciennes = await lireAnciennes(sql);
  for (const ligne of lignes) {
    const ancienne = anciennes.find(({ reception_id }) => reception_id === ligne.reception_id);
    const actuelle = ancienne && await recalculer(sql, ancienne);
    const pareilles = actuelle &&
      JSON.stringify({ ...actuelle, retenue: ligne.retenue }) === JSON.stringify(ligne);
    if (!pareilles || (ligne.retenue && !ligne.ecart_15c)) {
      throw new Refus(
        "REJEU_PERIME",
        `La réception ${ligne.reception_id} n'est plus, ou n'a jamais été, comme le dit le fichier. ` +
          "Refaites « rejeu plan », puis « rejeu relire ».",
      );
    }
  }
}

export const etapesRejeuPlan: Etape<ContexteAstm>[] = [{
  titre: "Recalculer les anciennes réceptions",
  faire: async (contexte) => {
    const { sql, dossier, cible } = contexte;
    const lignes: Ligne[] = [];
    for (const ancienne of await lireAnciennes(sql)) lignes.push(await recalculer(sql, ancienne));
    const rejeu: Rejeu = {
      env: cible.env,
      reference: cible.reference,
      calcule_le: new Date().toISOString(),
      lignes,
    };
    const fichier = dossier.annexe("rejeu.json");
    await Deno.writeTextFile(fichier, `${JSON.stringify(rejeu, null, 2)}\n`);
    contexte.tableaux.push(tableau("Rejeu proposé", lignes));
    Object.assign(contexte.faits, { fichier, lignes: lignes.length, ecart_total_l: total(retenues(lignes)) });
    const incalculables = lignes.filter(({ nouveau_15c }) => nouveau_15c === null).length;
    return `${lignes.length} réception(s), ${retenues(lignes).length} à corriger, écart total ` +
      `${litres(total(retenues(lignes)))} à 15 °C` +
      (incalculables ? `, ${incalculables} sans les mesures qu'il faut` : "") + ` → ${fichier}`;
  },
}];

export function etapesRejeuRelire(fichier: string): Etape<ContexteAstm>[] {
  return [{
    titre: "Vérifier le fichier relu",
    faire: async (contexte) => {
      const { contenu, empreinte } = await lireFichier(fichier, contexte.cible);
      await exigerActuel(contexte.sql, contenu);
      contexte.tableaux.push(tableau("Rejeu relu", contenu.lignes));
      Object.assign(contexte.faits, { fichier, sha256: empreinte });
      return `${retenues(contenu.lignes).length} ligne(s) retenue(s) sur ${contenu.lignes.length}, ` +
        `${litres(total(retenues(contenu.lignes)))} à 15 °C, sha256 ${empreinte.slice(0, 12)}…`;
    },
  }];
}

const lireStocks = (sql: Sql) =>
  sql<{ citerne: string; a_15c: number }[]>`
    select c.nom as citerne, sum(s.stock_15c)::float8 as a_15c
      from public.stocks_snapshot s join public.citernes c on c.id = s.citerne_id group by 1 order by 1`;

export function etapesRejeuAppliquer(
  fichier: string,
  exigerSauvegarde: (contexte: ContexteAstm) => Promise<string>,
): Etape<ContexteAstm>[] {
  let rejeu: Rejeu;
  let operateur: string;
  return [
    {
      titre: "Vérifier le gel et la sauvegarde",
      faire: async (contexte) => {
        operateur = (await exigerGel(contexte.sql, contexte.cible.env)).operateur;
        return await exigerSauvegarde(contexte);
      },
    },
    {
      titre: "Vérifier que le fichier est celui qui a été relu",
      faire: async (contexte) => {
        const { contenu, empreinte } = await lireFichier(fichier, contexte.cible);
        const relu = contexte.dossier.exiger("rejeu relire");
        if (relu.faits.sha256 !== empreinte) {
          throw new Refus(
            "REJEU_MODIFIE",
            `${fichier} a changé depuis sa relecture par ${relu.confirme_par} : relisez-le à nouveau.`,
          );
        }
        await exigerActuel(contexte.sql, contenu);
        rejeu = contenu;
        return `relu par ${relu.confirme_par}, sha256 ${empreinte.slice(0, 12)}…`;
      },
    },
    {
      titre: "Corriger par ajustement, en une transaction",
      faire: async (contexte) => {
        const gardees = retenues(rejeu.lignes);
        const avant = await lireStocks(contexte.sql);
        await enTantQue(contexte.sql, operateur, async (tx) => {
          for (const { reception_id, ancien_15c, nouveau_15c, ecart_15c } of gardees) {
            await tx`
              insert into public.stocks_adjustments (mouvement_type, mouvement_id, delta_ambiant, delta_15c, reason)
              values ('RECEPTION', ${reception_id}, 0, ${ecart_15c},
                      ${`${MOTIF} : ${ancien_15c} L à 15 °C par l'ancien calcul, ${nouveau_15c} L par la norme`})`;
          }
        }, "authenticated");
        const apres = await lireStocks(contexte.sql);
        contexte.tableaux.push(tableau("Rejeu appliqué", rejeu.lignes), {
          titre: "Stock à 15 °C (L)",
          colonnes: ["citerne", "avant", "après"],
          lignes: apres.map(({ citerne, a_15c }) => [
            citerne,
            avant.find((stock) => stock.citerne === citerne)?.a_15c ?? 0,
            a_15c,
          ]),
        });
        const somme = (stocks: readonly { a_15c: number }[]) => stocks.reduce((n, { a_15c }) => n + a_15c, 0);
        const bouge = Math.round((somme(apres) - somme(avant)) * 1000) / 1000;
        if (bouge !== total(gardees)) {
          throw new Echec(`Le stock a bougé de ${bouge} L à 15 °C au lieu de ${total(gardees)} L.`);
        }
        Object.assign(contexte.faits, { avant, apres, ajustements: gardees.length, ecart_total_l: bouge });
        return `${gardees.length} ajustement(s), ${litres(bouge)} à 15 °C ; aucune réception modifiée`;
      },
    },
    {
      titre: "Cohérence des stocks",
      faire: ({ sql }) => exigerStocksAccordes(sql),
    },
  ];
}
