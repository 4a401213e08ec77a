// Whether everything is ready for production, as these functions see it from where they run.
import { z } from "zod";
import { acte } from "../_shared/acte.ts";
import { appeler, tirer } from "../_shared/relations.ts";
import { essayerAnalyseur, essayerCourrier, essayerPaiements, SansObjet } from "../_shared/sondes.ts";
import { taire } from "../_shared/signalement.ts";

const Verdict = z.enum(["OUI", "NON", "SANS_OBJET"]);
type Verdict = z.output<typeof Verdict>;

const TITRES = {
  ENVIRONNEMENT: "Environnement",
  API: "Adresse de l'API en https",
  BASE_TLS: "Liaison chiffrée avec la base",
  HORLOGE: "Horloges des fonctions et de la base",
  COURRIEL: "Courrier",
  ANALYSE_FICHIERS: "Analyse des fichiers déposés",
  PAIEMENTS: "Paiements en ligne",
  SURVEILLANCE: "Mesures et signalement des erreurs",
  SAUVEGARDE: "Sauvegarde vérifiée",
  FILE: "Messages à envoyer",
  PASSAGES: "Contrôles de chaque minute",
  INTEGRITE: "Preuve de toute l'histoire",
  ALERTES: "Alertes critiques",
  SAISIES: "Saisies",
  ADMINS: "Comptes d'administration",
  OPTIONS: "Options",
} as const;
type Code = keyof typeof TITRES;

const Ligne = z.object({
  code: z.enum(Object.keys(TITRES) as [Code, ...Code[]]),
  titre: z.string(),
  verdict: Verdict,
  constat: z.string().meta({ description: "What was seen, in French" }),
}).meta({ id: "LigneDePreparation" });

interface Vue {
  code: Code;
  verdict: Verdict;
  constat: string;
}

const lire = (nom: string) => Deno.env.get(nom) || undefined;
const HORS_PROJET = /^(localhost|127\.|\[::1\])/;

async function essayer(code: Code, faire: () => Promise<string>): Promise<Vue> {
  try {
    return { code, verdict: "OUI", constat: await faire() };
  } catch (error) {
    const dit = error instanceof Error ? error.message : String(error);
    // Of ours word for word; what another server said may quote anything.
    if (error instanceof SansObjet) return { code, verdict: "SANS_OBJET", constat: dit };
    return { code, verdict: "NON", constat: taire(dit) };
  }
}

/** What needs no database: the way in, the way out, what watches. */
function dehors(prod: boolean): Promise<Vue[]> {
  const locale = (url: string) => HORS_PROJET.test(new URL(url).host);
  return Promise.all([
    // deno-lint-ignore require-await
    essayer("API", async () => {
      const url = lire("SUPABASE_URL")!;
      if (locale(url)) throw new SansObjet("sur cette machine");
      if (new URL(url).protocol !== "https:") throw new Error("http : tout voyage en clair");
      return "https ; la durée du certificat est à env:check";
    }),
    // deno-lint-ignore require-await
    essayer("BASE_TLS", async () => {
      if (locale(lire("SUPABASE_DB_URL")!)) throw new SansObjet("la base est sur cette machine");
      // The driver speaks no other way to a database elsewhere (connection.ts).
      return lire("DB_CA_CERT")
        ? "chiffrée, autorité vérifiée"
        : "chiffrée ; sans DB_CA_CERT, l'autorité n'est pas vérifiée";
    }),
    essayer("COURRIEL", () => essayerCourrier(lire, prod)),
    essayer("ANALYSE_FICHIERS", () => essayerAnalyseur(lire)),
    essayer("PAIEMENTS", () => essayerPaiements(lire, prod, { parLesPortes: true })),
    // deno-lint-ignore require-await
    essayer("SURVEILLANCE", async () => {
      const manquent = ["METRICS_TOKEN", "SENTRY_DSN"].filter((nom) => !lire(nom));
      if (manquent.length) throw new SansObjet(`pas réglé : ${manquent.join(", ")}`);
      return "METRICS_TOKEN et SENTRY_DSN réglés";
    }),
  ]);
}

/** Beyond, a token is refused as expired or not valid yet. */
const ECART_MAX_S = 5;

function horloge(ecart: number): Vue {
  const constat = `${ecart > 0 ? "+" : ""}${ecart.toFixed(1)} s`;
  return { code: "HORLOGE", verdict: Math.abs(ecart) > ECART_MAX_S ? "NON" : "OUI", constat };
}

export const pretProduction = acte({
  methode: "GET",
  chemin: "/pret-production",
  resume:
    "Whether everything is ready for production: mail, scanner, payments, backup, queue, admins… (admin, directeur)",
  reponse: z.object({
    pret: z.boolean().meta({ description: "No line says NON" }),
    lignes: z.array(Ligne),
  }).meta({ id: "PretProduction" }),
  statut: 200,
  dehors: {
    // Nobody has this server knock at others who may not read what they say.
    verifier: async (tx): Promise<boolean> => {
      const lignes = await tirer(tx, "private.pret_production", {});
      return lignes.some(({ code, constat }) => code === "ENVIRONNEMENT" && constat === "prod");
    },
    demander: (prod) => dehors(prod),
  },
  executer: async (tx, { dehors: vues }) => {
    await appeler(tx, "private.exiger", { p_capacite: "preparer_production" });
    const depart = Date.now();
    const [{ maintenant }] = await tx<[{ maintenant: number }]>`
      select extract(epoch from clock_timestamp())::float8 as maintenant`;
    const ecart = (depart + Date.now()) / 2000 - maintenant;
    const siennes = await tirer(tx, "private.pret_production", {});
    const toutes = [...vues ?? [], horloge(ecart), ...siennes as Vue[]];
    const lignes = (Object.keys(TITRES) as Code[]).flatMap((code) =>
      toutes.filter((vue) => vue.code === code).map(({ verdict, constat }) => ({
        code,
        titre: TITRES[code],
        verdict,
        constat,
      }))
    );
    return { pret: lignes.every(({ verdict }) => verdict !== "NON"), lignes };
  },
});
