// Webhooks out, as Standard Webhooks has them: signed, to a public address over https, no redirection followed.
import { lookup } from "node:dns";
import { request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import type { LookupFunction } from "node:net";
import ipaddr from "ipaddr.js";
import { Webhook } from "standardwebhooks";
import type { Issue, Message } from "./message.ts";

const DELAI_MS = 10_000;
const CORPS_MAX = 64 * 1024;
/** Answers after which another try makes sense; silence is one too. */
const A_REESSAYER = [408, 409, 425, 429];
const LOCALES = ["localhost", "127.0.0.1", "[::1]"];

class AdresseInterdite extends Error {}

/** Whether an address is out there: not this machine, its network, nor one that only looks public. */
export const publique = (adresse: string) =>
  ipaddr.isValid(adresse) && ipaddr.process(adresse).range() === "unicast";

/** Judged where the connection is made: a name that is resolved again to something else gains nothing. */
const resoudrePublique: LookupFunction = (hote, options, rendre) => {
  lookup(hote, { ...options, all: true }, (error, adresses) => {
    if (error) return rendre(error, "");
    const interdite = adresses.find(({ address }) => !publique(address));
    if (interdite || !adresses[0]) {
      return rendre(new AdresseInterdite(`${hote} mène à une adresse qui n'est pas publique`), "");
    }
    if (options.all) return rendre(null, adresses);
    rendre(null, adresses[0].address, adresses[0].family);
  });
};

/** Refuses where a call may not go at all; whether it stays on this machine, which local and staging may. */
function localeOuRefus(url: URL, localePermise: boolean): boolean {
  const locale = localePermise && LOCALES.includes(url.hostname);
  if (locale) return true;
  if (url.protocol !== "https:") throw new AdresseInterdite("https est attendu");
  if (url.username || url.password) throw new AdresseInterdite("l'adresse porte un identifiant");
  const hote = url.hostname.replace(/^\[|\]$/g, "");
  if (ipaddr.isValid(hote) && !publique(hote)) throw new AdresseInterdite("l'adresse n'est pas publique");
  return false;
}

/** Both signatures during a rotation: the receiver accepts either. Undefined where no secret is set. */
function signer(message: Message, quand: Date, corps: string): string | undefined {
  const secrets = [message.secret_nom, `${message.secret_nom}_PRECEDENT`].flatMap((nom) =>
    Deno.env.get(nom!) || []
  );
  if (!secrets.length) return undefined;
  return secrets.map((secret) => new Webhook(secret).sign(`msg_${message.id}`, quand, corps)).join(" ");
}

/** What is told is bounded: figures beyond it are read where the alert is. */
function corpsDe({ contenu }: Message): string {
  const entier = JSON.stringify(contenu.corps);
  if (new TextEncoder().encode(entier).length <= CORPS_MAX) return entier;
  return JSON.stringify({ ...contenu.corps, data: { ...contenu.corps!.data, payload: {}, tronque: true } });
}

function appeler(url: URL, corps: string, entetes: Record<string, string>, locale: boolean): Promise<number> {
  return new Promise((resolve, reject) => {
    const signal = AbortSignal.timeout(DELAI_MS);
    const demander = url.protocol === "https:" ? requestHttps : requestHttp;
    const demande = demander(url, {
      method: "POST",
      headers: { ...entetes, "content-length": String(new TextEncoder().encode(corps).length) },
      signal,
      agent: false,
      ...(locale ? {} : { lookup: resoudrePublique }),
    }, (reponse) => {
      // Only its status counts; what else it says is let go by, until the time is over.
      reponse.on("error", () => {}).resume();
      resolve(reponse.statusCode ?? 0);
    });
    demande.on(
      "error",
      (error) => reject(signal.aborted ? new Error(`aucune réponse en ${DELAI_MS / 1000} s`) : error),
    );
    demande.end(corps);
  });
}

function issueDe(statut: number): Issue {
  const code = String(statut);
  if (statut >= 200 && statut < 300) return { issue: "ENVOYE", code };
  return { issue: statut >= 500 || A_REESSAYER.includes(statut) ? "ECHEC" : "MORT", code };
}

export async function envoyerWebhook(message: Message): Promise<Issue> {
  try {
    const url = new URL(message.destinataires[0]!);
    const locale = localeOuRefus(url, message.locale);
    const [quand, corps] = [new Date(), corpsDe(message)];
    const signature = signer(message, quand, corps);
    if (!signature) {
      return { issue: "ECHEC", code: "SECRET_ABSENT", erreur: `${message.secret_nom} n'est pas réglé` };
    }
    return issueDe(
      await appeler(url, corps, {
        "content-type": "application/json",
        "user-agent": "monaluxe",
        "webhook-id": `msg_${message.id}`,
        "webhook-timestamp": String(Math.floor(quand.getTime() / 1000)),
        "webhook-signature": signature,
      }, locale),
    );
  } catch (error) {
    const cause = error as Error & { code?: string; cause?: unknown };
    if (cause instanceof AdresseInterdite || cause.cause instanceof AdresseInterdite) {
      return { issue: "MORT", code: "ADRESSE_INTERDITE", erreur: cause.message };
    }
    return { issue: "ECHEC", code: cause.code ?? "SILENCE", erreur: cause.message };
  }
}
