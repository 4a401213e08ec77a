// What this project leans on outside its database, tried for real: each answers a sentence, or throws one.
import { essayerSmtp, type Lire } from "./smtp.ts";

/** Not there, and nothing asks for it to be. */
export class SansObjet extends Error {}

const CLAMD_DELAI_MS = 10_000;
const REPONSE_MAX = 1_000;

/** One command to clamd, on a connection of its own, all of it within the delay. */
async function demanderAClamd(hostname: string, port: number, commande: string): Promise<string> {
  const signal = AbortSignal.timeout(CLAMD_DELAI_MS);
  const trop = new Promise<never>((_, reject) =>
    signal.addEventListener(
      "abort",
      () => reject(new Error(`l'analyseur ne répond pas en ${CLAMD_DELAI_MS / 1000} s`)),
    )
  );
  trop.catch(() => {});
  const ouverture = Deno.connect({ hostname, port });
  // Opened after the delay, it is closed all the same.
  ouverture.then((prise) => signal.aborted && prise.close(), () => {});
  const prise = await Promise.race([ouverture, trop]);
  try {
    await prise.write(new TextEncoder().encode(`z${commande}\0`));
    const morceau = new Uint8Array(REPONSE_MAX);
    let dit = "";
    while (!dit.includes("\0") && dit.length < REPONSE_MAX) {
      const lus = await Promise.race([prise.read(morceau), trop]);
      if (lus === null) break;
      dit += new TextDecoder().decode(morceau.subarray(0, lus));
    }
    return dit.split("\0")[0]!;
  } finally {
    prise.close();
  }
}

export async function essayerAnalyseur(lire: Lire): Promise<string> {
  const hote = lire("CLAMD_HOST");
  if (!hote) throw new SansObjet("CLAMD_HOST n'est pas réglé : l'analyse est celle des fonctions");
  const port = Number(lire("CLAMD_PORT") ?? 3310);
  const [pong, version] = [
    await demanderAClamd(hote, port, "PING"),
    await demanderAClamd(hote, port, "VERSION"),
  ];
  if (pong !== "PONG" || !/^ClamAV /.test(version)) {
    throw new Error(`${hote}:${port} n'est pas clamd : il répond « ${(pong || version).slice(0, 80)} »`);
  }
  return version.replace(/[^\x20-\x7e]/g, " ").slice(0, 200);
}

/**
 * Whether what is set for payments is whole; that the provider takes it is proved by a payment. Where the doors themselves
 * ask, who the provider is counts too: without a word it is simulated, and PROD has its doors refuse.
 */
// deno-lint-ignore require-await
export async function essayerPaiements(
  lire: Lire,
  prod: boolean,
  { parLesPortes = false } = {},
): Promise<string> {
  const [cle, secret] = [lire("STRIPE_SECRET_KEY"), lire("STRIPE_WEBHOOK_SECRET")];
  const stripe = lire("PAIEMENTS_PRESTATAIRE") === "STRIPE";
  if (parLesPortes && prod && (cle || secret) && !stripe) {
    throw new Error("PAIEMENTS_PRESTATAIRE n'est pas STRIPE : simulé, le prestataire est refusé en PROD");
  }
  if (parLesPortes && stripe && !cle) {
    throw new Error(
      "PAIEMENTS_PRESTATAIRE est STRIPE, sans STRIPE_SECRET_KEY : aucune session ne s'ouvrirait",
    );
  }
  if (!cle && !secret) throw new SansObjet("aucun prestataire n'est réglé : pas de paiement en ligne");
  if (!cle) throw new Error("STRIPE_WEBHOOK_SECRET est réglé sans STRIPE_SECRET_KEY");
  if (!secret) {
    throw new Error(
      "STRIPE_SECRET_KEY est réglée sans STRIPE_WEBHOOK_SECRET : aucun événement ne serait cru",
    );
  }
  if (!/^(sk|rk)_(test|live)_\w+$/.test(cle)) {
    throw new Error("STRIPE_SECRET_KEY n'est pas une clé sk_… ou rk_…");
  }
  if (!/^whsec_\w+/.test(secret)) throw new Error("STRIPE_WEBHOOK_SECRET n'est pas un secret whsec_…");
  const reelle = /^.._live_/.test(cle);
  if (prod && !reelle) throw new Error("STRIPE_SECRET_KEY est une clé d'essai : aucun argent ne viendrait");
  if (!prod && reelle) throw new Error("STRIPE_SECRET_KEY est une clé réelle, hors de PROD");
  return `Stripe, clé ${reelle ? "réelle" : "d'essai"}, secret des événements présent` +
    (lire("STRIPE_WEBHOOK_SECRET_PRECEDENT") ? ", rotation en cours" : "") +
    (parLesPortes && !stripe ? " ; les portes simulent (PAIEMENTS_PRESTATAIRE)" : "");
}

export async function essayerCourrier(lire: Lire, prod: boolean): Promise<string> {
  const maniere = lire("COURRIEL") ?? (lire("SMTP_HOST") ? "smtp" : undefined);
  if (maniere === "smtp") return await essayerSmtp(lire);
  const dit = maniere === "fichier"
    ? "les lettres sont des fichiers"
    : maniere === "journal"
    ? "les lettres sont des lignes du journal"
    : "aucun courrier n'est réglé";
  if (prod) throw new Error(`${dit} : personne n'est prévenu par e-mail`);
  throw new SansObjet(dit);
}
