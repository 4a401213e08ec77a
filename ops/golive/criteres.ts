// Every criterion of the runbooks, in the order they would stop a launch. Each runs its check, or reads its evidence.
import { exigerComparaison } from "../astm/comparaison.ts";
import { interventionEnCours } from "../astm/intervention.ts";
import { ouvrirCible } from "../cible/cible.ts";
import { type Etape, type EtapeFaite, passer } from "../cli/deroulement.ts";
import { attente, commitAttendu, fonctions, migrations } from "../deploiement/etapes.ts";
import { etapesEnvCheck } from "../environnement/controles.ts";
import { ecritDepuis } from "../sauvegardes/exigence.ts";
import { sauvegardesVerifiees, sha256 } from "../sauvegardes/dossier.ts";
import { nouveauContexte } from "../smoke/contexte.ts";
import { etapesSmoke } from "../smoke/smoke.ts";
import { Echec } from "../stack/failure.ts";
import { controlerCiternes, controlerFantomes, controlerProduits } from "../staging/controles.ts";
import { releves } from "../surveillance/carnet.ts";
import { relever } from "../surveillance/mesures.ts";
import { seuilsParDefaut } from "../surveillance/seuils.ts";
import type { ContexteGolive, Critere, Preuve } from "./contexte.ts";
import { dernierPassage } from "./tests.ts";

const CAS_MINIMUM = 8;
const ADMINS_MINIMUM = 2;
/** A silence longer than this between two readings is not a watch. */
const TROU_MAX_MIN = 5;

/** Throws what failed of the steps of another command. */
function exigerFaites(etapes: EtapeFaite[]): string {
  const ratees = etapes.filter(({ statut }) => statut !== "faite");
  if (ratees.length) {
    const { titre, constat } = ratees.find(({ statut }) => statut === "echouee") ?? ratees[0]!;
    throw new Echec(
      `${titre} : ${constat ?? "non commencé"}${ratees.length > 1 ? ` (${ratees.length} en échec)` : ""}`,
    );
  }
  return `${etapes.length} contrôles passés`;
}

/** A step of another command is a criterion as it stands. */
const etape = (
  titre: string,
  runbook: string,
  faire: (contexte: ContexteGolive) => Etape<ContexteGolive>,
): Critere => ({
  titre,
  runbook,
  juger: async (contexte, dire) => ({ constat: (await faire(contexte).faire(contexte, dire)) ?? "" }),
});

const horsLocal = (quoi: string) => ({ demande }: ContexteGolive) =>
  Promise.resolve(demande.env === "local" ? quoi : undefined);

async function surveillance({ cible, demande }: ContexteGolive): Promise<Preuve> {
  const fenetre = Math.max(30, demande.surveillanceMin * 2) * 60_000;
  const lus = await releves(cible.reference, Date.now() - fenetre);
  const commande = `npm run ops -- monitor --env ${cible.env} --toutes-les 60 --pendant ${
    demande.surveillanceMin + 5
  }`;
  const dernier = lus.at(-1);
  if (!dernier) throw new Echec(`Aucun relevé récent. Faites : ${commande}`);
  const alertes = lus.filter((releve) => releve.alertes.length);
  const pire = alertes.at(-1);
  if (pire) {
    throw new Echec(
      `${alertes.length} relevé(s) en alerte, le dernier à ${pire.moment} : ${pire.alertes[0]}`,
    );
  }
  const moments = lus.map(({ moment }) => Date.parse(moment));
  const trou = Math.max(0, ...moments.slice(1).map((moment, rang) => moment - moments[rang]!)) / 60_000;
  if (trou > TROU_MAX_MIN) {
    throw new Echec(`${Math.round(trou)} min sans relevé, ${TROU_MAX_MIN} au plus. Refaites : ${commande}`);
  }
  const minutes = (moments.at(-1)! - moments[0]!) / 60_000;
  if (minutes < demande.surveillanceMin) {
    throw new Echec(
      `${Math.floor(minutes)} min observées, ${demande.surveillanceMin} au moins. Faites : ${commande}`,
    );
  }
  return {
    constat: `${lus.length} relevés sur ${Math.floor(minutes)} min, aucune alerte`,
    moment: dernier.moment,
  };
}

/** The reset makes app_settings anew: the moment its row was born is the moment STAGING was made. */
async function resetDeStaging(): Promise<Preuve> {
  const { cible, sql } = await ouvrirCible("staging");
  try {
    const [ligne] = await sql<
      { ne_le: Date }[]
    >`select created_at as ne_le from public.app_settings where key = 'env'`;
    const constats = [
      await controlerProduits(sql),
      await controlerCiternes(sql),
      await controlerFantomes(sql),
    ];
    return {
      constat: `projet ${cible.reference}, refait le ${ligne!.ne_le.toLocaleString("fr-FR")} ; ${
        constats.join(" ; ")
      } fantôme`,
      moment: ligne!.ne_le.toISOString(),
    };
  } finally {
    await sql.end();
  }
}

async function comptesAdmin({ sql }: ContexteGolive): Promise<Preuve> {
  const actifs = await sql<{ id: string }[]>`
    select u.id from public.profils p join auth.users u on u.id = p.user_id
     where p.role = 'admin' and p.desactive_le is null and u.encrypted_password <> ''
       and coalesce((to_jsonb(u) ->> 'banned_until')::timestamptz, '-infinity') < now()
       and to_jsonb(u) ->> 'deleted_at' is null`;
  if (actifs.length < ADMINS_MINIMUM) {
    throw new Echec(
      `${actifs.length} compte(s) admin actif(s), ${ADMINS_MINIMUM} au moins : l'un peut être perdu ou absent.`,
    );
  }
  // The local auth service has no second factor, nor its table.
  const [{ facteurs }] = await sql<[{ facteurs: boolean }]>`
    select to_regclass('auth.mfa_factors') is not null as facteurs`;
  if (!facteurs) return { constat: `${actifs.length} comptes admin actifs` };
  const [{ doubles }] = await sql<[{ doubles: number }]>`
    select count(distinct user_id)::int as doubles from auth.mfa_factors
     where status = 'verified' and user_id = any (${actifs.map(({ id }) => id)}::uuid[])`;
  return { constat: `${actifs.length} comptes admin actifs, ${doubles} avec un second facteur` };
}

export const CRITERES: Critere[] = [
  {
    titre: "Variables, clés, certificat et horloges",
    runbook: "Production §1, §5.1 ; Déploiement §1",
    juger: async ({ demande }) => ({ constat: exigerFaites(await passer({}, etapesEnvCheck(demande.env))) }),
  },
  {
    titre: "Tests verts sur ce commit",
    runbook: "Production §1 ; Déploiement §1, §7",
    ageMaxH: 24 * 7,
    juger: async ({ demande }) => {
      const attendu = commitAttendu(demande.commit);
      const passage = await dernierPassage();
      if (!passage) throw new Echec("npm test n'a pas encore tourné en entier sur cette machine.");
      const { commit, passed, failed, moment } = passage;
      if (commit !== attendu) {
        throw new Echec(`Les derniers tests sont ceux de ${commit} : relancez npm test sur ${attendu}.`);
      }
      if (failed || !passed) throw new Echec(`${passed} tests passés, ${failed} en échec.`);
      return { constat: `${passed} tests passés sur ${commit}`, moment };
    },
  },
  etape("Service prêt", "Production §3 ; Déploiement §4", () => attente(30)),
  etape("Migrations appliquées", "Production §5.2 ; Déploiement §7", () => migrations()),
  etape("Fonctions de ce commit", "Production §3 ; ASTM §5.7", ({ demande }) => fonctions(demande.commit)),
  {
    titre: "Sauvegarde vérifiée",
    runbook: "ASTM §3.1 ; État PROD §4 ; Production §5.3 ; Déploiement §2",
    ageMaxH: 24,
    juger: async ({ cible, sql }) => {
      const [derniere] = await sauvegardesVerifiees(cible.reference);
      if (!derniere) {
        throw new Echec(
          `Aucune. Faites : npm run ops -- db:backup --env ${cible.env}, puis db:backup:verify.`,
        );
      }
      const { nom, manifeste, verification } = derniere;
      const depuis = await ecritDepuis(sql, manifeste);
      return {
        constat:
          `${nom}, sha256 ${
            verification.sha256.slice(0, 12)
          }…, vérifiée par ${verification.par}, reprise en ` +
          `${(verification.duree_reprise_ms / 1000).toFixed(1)} s ; ` +
          (depuis.length
            ? `écrit depuis : ${depuis.map(({ table }) => table).join(", ")}`
            : "rien d'écrit depuis"),
        moment: manifeste.moment,
      };
    },
  },
  {
    titre: "Calcul à 15 °C : ML_PP et SEP à ±5 L",
    runbook: "ASTM §5.6",
    juger: async (contexte) => {
      const { lignes, ecarts } = await exigerComparaison(contexte.sql);
      contexte.golden = lignes;
      if (ecarts.cas < CAS_MINIMUM) throw new Echec(`${ecarts.cas} cas comparés, ${CAS_MINIMUM} au moins.`);
      return { constat: `${ecarts.cas} cas, plus grand écart ${ecarts.pire_ecart_l} L` };
    },
  },
  {
    titre: "STAGING refaite et contrôlée",
    runbook: "Reset STAGING §6.1, §6.2, §6.4, §6.5",
    ageMaxH: 24 * 7,
    sansObjet: horsLocal("une pile locale ne précède pas PROD"),
    juger: resetDeStaging,
  },
  {
    titre: "Aucune citerne fantôme",
    runbook: "Reset STAGING §6.3",
    juger: async ({ sql }) => ({ constat: await controlerFantomes(sql) }),
  },
  {
    titre: "Smoke : chaque rôle, réception, sortie, refus",
    runbook: "Reset STAGING §6.5 ; ASTM §5 ; Production §5.6 ; Déploiement §4.3",
    juger: async (contexte) => {
      const essai = Object.assign(nouveauContexte(), { cible: contexte.cible });
      contexte.smoke = await passer(essai, etapesSmoke({ ecritures: true }));
      const reste = essai.resultat?.laisse.join(", ") || "rien";
      return { constat: `${exigerFaites(contexte.smoke)} ; reste la trace : ${reste}` };
    },
  },
  {
    titre: "Stocks cohérents (verifier_stocks)",
    runbook: "Reset STAGING §6.6 ; ASTM §5.5",
    juger: async ({ sql }) => {
      const ecarts = await sql`select * from public.verifier_stocks()`;
      if (ecarts.length) {
        throw new Echec(`${ecarts.length} écart(s), le premier : ${JSON.stringify(ecarts[0])}`);
      }
      return { constat: "aucun écart entre mouvements, stock et jours" };
    },
  },
  {
    titre: "Journal intact (verifier_journal)",
    runbook: "ASTM §5.3, §5.4",
    sansObjet: async ({ sql }) => {
      const [{ ici }] = await sql<[{ ici: boolean }]>`
        select to_regprocedure('private.controler_journal(bigint, text)') is not null as ici`;
      return ici ? undefined : "cette base ne scelle pas son journal";
    },
    juger: async ({ sql }) => {
      const atteintes = await sql`select * from private.controler_journal(null, null)`;
      if (atteintes.length) {
        throw new Echec(`${atteintes.length} atteinte(s), la première : ${JSON.stringify(atteintes[0])}`);
      }
      return { constat: "aucune atteinte" };
    },
  },
  {
    titre: "Comptes d'administration",
    runbook: "Production §5.5",
    juger: comptesAdmin,
  },
  {
    titre: "Aucune alerte ouverte",
    runbook: "Production §6",
    juger: async (contexte) => {
      const releve = await relever(contexte.cible, contexte.sql, seuilsParDefaut());
      contexte.releve = releve;
      if (releve.alertes.length) throw new Echec(releve.alertes.join(" ; "));
      return { constat: `${releve.mesures.length} mesures, aucune alerte` };
    },
  },
  {
    titre: "Surveillance sans erreur",
    runbook: "Production §6 ; Déploiement §7",
    ageMaxH: 10 / 60,
    juger: surveillance,
  },
  {
    titre: "Intervention ASTM close",
    runbook: "ASTM §5.7, §6",
    sansObjet: async ({ cible }) =>
      await interventionEnCours(cible.env, cible.reference) ? undefined : "aucune intervention en cours",
    juger: async ({ cible }) => {
      const { contenu } = (await interventionEnCours(cible.env, cible.reference))!;
      throw new Echec(
        `ouverte le ${contenu.ouverte_le}, dernière étape ${
          contenu.passages.at(-1)?.etape ?? "aucune"
        } : menez-la à ` +
          "son terme (migration:astm archive), ou revenez en arrière (migration:astm rollback).",
      );
    },
  },
  {
    titre: "Validation écrite du responsable du dépôt",
    runbook: "ASTM §5.6, §5.7",
    ageMaxH: 24 * 30,
    sansObjet: ({ demande }) =>
      Promise.resolve(demande.env === "prod" ? undefined : "demandée pour PROD seulement"),
    juger: async ({ demande: { confirmation } }) => {
      if (!confirmation) {
        throw new Echec("Donnez le message du responsable (mail, export) : --confirmation <fichier>.");
      }
      const fichier = await Deno.stat(confirmation).catch(() => undefined);
      if (!fichier?.size) throw new Echec(`${confirmation} n'existe pas ou est vide.`);
      return {
        constat: `${confirmation}, sha256 ${(await sha256(confirmation)).slice(0, 12)}…`,
        moment: (fichier.mtime ?? new Date(0)).toISOString(),
      };
    },
  },
  {
    titre: "Décision d'une personne nommée",
    runbook: "ASTM §7 ; État PROD §5",
    juger: ({ demande: { decidePar } }) => {
      const nom = decidePar?.trim() ?? "";
      if (nom.length < 3) {
        return Promise.reject(
          new Echec('Personne n\'a décidé : la commande ne décide pas. --decide-par "Prénom Nom".'),
        );
      }
      return Promise.resolve({ constat: nom });
    },
  },
];
