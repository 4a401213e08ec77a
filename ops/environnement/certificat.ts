import { isIP } from "node:net";
import { connect } from "node:tls";
import { Echec } from "../stack/failure.ts";

const DELAI_MS = 10_000;
/** Below, renewing has failed somewhere: a hosted certificate is renewed a month before it ends. */
const MINIMUM_JOURS = 14;

/** Judges the certificate an address shows: trusted, for that name, and for how long. Throws Echec; answers a sentence. */
export function verifierCertificat(url: string): Promise<string> {
  const { hostname, port } = new URL(url);
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const prise = connect({
    host: hostname,
    port: Number(port || 443),
    timeout: DELAI_MS,
    // The certificate of an address without a name is asked for without one.
    ...(!isIP(hostname) && { servername: hostname }),
  });
  prise.once("secureConnect", () => {
    const fin = new Date(prise.getPeerCertificate().valid_to);
    prise.destroy();
    const jours = Math.floor((fin.getTime() - Date.now()) / 86_400_000);
    const dit = `expire le ${fin.toLocaleDateString("fr-FR")}, dans ${jours} jours`;
    if (jours >= MINIMUM_JOURS) resolve(dit);
    else reject(new Echec(`Le certificat ${dit} : ${MINIMUM_JOURS} au moins. Faites-le renouveler.`));
  });
  prise.once("timeout", () => {
    prise.destroy();
    reject(new Echec(`${hostname} ne répond pas en TLS.`));
  });
  prise.once(
    "error",
    ({ message }: Error) =>
      reject(new Echec(`Le certificat de ${hostname} est refusé, ou rien n'y répond : ${message}.`)),
  );
  return promise;
}
