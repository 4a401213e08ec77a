// How the SMTP server is spoken to, by who sends letters and by who looks whether they could go.
import SMTPConnection from "nodemailer/lib/smtp-connection";

export type Lire = (nom: string) => string | undefined;

const LOCALES = ["127.0.0.1", "::1", "localhost"];

/** Today's password, then the one before it: while one replaces the other, the server knows either. */
export function motsDePasse(lire: Lire): [string, ...string[]] {
  const [courant = "", ...autres] = ["SMTP_PASSWORD", "SMTP_PASSWORD_PRECEDENT"].flatMap((nom) =>
    lire(nom) ?? []
  );
  return [courant, ...autres];
}

/** Options of the connection, by the settings SMTP_*. Throws where there is no server. */
export function optionsSmtp(lire: Lire, pass = motsDePasse(lire)[0]) {
  const host = lire("SMTP_HOST");
  if (!host) throw new Error("SMTP_HOST n'est pas réglé");
  const port = Number(lire("SMTP_PORT") ?? 465);
  const user = lire("SMTP_USER");
  const locale = LOCALES.includes(host);
  return {
    host,
    port,
    // The machine's own name is nobody's business.
    name: "monaluxe",
    secure: port === 465,
    // Only this machine is spoken to in clear.
    requireTLS: port !== 465 && !locale,
    ignoreTLS: locale && port !== 465,
    auth: user ? { user, pass } : undefined,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    // All of it within the lease of a message.
    socketTimeout: 20_000,
  };
}

/** The address in « Monaluxe <alertes@…> ». */
const adresseDe = (dite: string) =>
  dite.match(/^(?:[^<>\r\n]*<([^\s@<>]+@[^\s@<>]+)>|([^\s@<>]+@[^\s@<>]+))$/)?.slice(1).find(Boolean);

/**
 * The beginning of a letter, as far as the server's word on who it is for, and no letter: greeting, TLS, password, sender,
 * addressee (the sender's own address). Answers a sentence; throws what the server or the way to it refuses.
 */
export async function essayerSmtp(lire: Lire): Promise<string> {
  const { auth, ...options } = optionsSmtp(lire);
  const adresse = adresseDe(lire("COURRIEL_DE") ?? "");
  if (!adresse) throw new Error("COURRIEL_DE n'est pas une adresse");
  const enveloppe = "ENVELOPPE";
  const connexion = new SMTPConnection({
    ...options,
    // The library's way to say commands of one's own, which a server is asked after its password.
    customAuth: {
      [enveloppe]: async ({ sendCommand }) => {
        for (const commande of [`MAIL FROM:<${adresse}>`, `RCPT TO:<${adresse}>`, "RSET"]) {
          const { status } = await sendCommand(commande);
          // The library adds what the server said.
          if (Math.floor((status ?? 0) / 100) !== 2) throw new Error(commande.split(":")[0]);
        }
      },
    },
  });
  const faire = (etape: (fini: (erreur?: unknown) => void) => void) =>
    new Promise<void>((resolve, reject) => etape((erreur) => erreur ? reject(erreur) : resolve()));
  // What breaks between two steps, and the step that waits for it.
  const rompue = new Promise<never>((_, reject) => connexion.on("error", reject));
  try {
    await Promise.race([
      rompue,
      (async () => {
        await faire((fini) => connexion.connect(fini));
        if (auth) await faire((fini) => connexion.login({ ...auth }, fini));
        await faire((fini) => connexion.login({ user: adresse, pass: enveloppe, method: enveloppe }, fini));
      })(),
    ]);
    const comment = connexion.secure ? "TLS" : "en clair, sur cette machine";
    return `${options.host}:${options.port} accepte une lettre pour ${adresse} (${comment}${
      auth ? ", mot de passe bon" : ", sans mot de passe"
    })`;
  } finally {
    connexion.close();
  }
}
