// A real SMTP server that does what servers do: accepts, refuses, hangs up, keeps one waiting.
import type { AddressInfo, Socket } from "node:net";
import { SMTPServer } from "smtp-server";

export interface Smtp {
  port: number;
  /** What has the functions write to it. */
  reglages: Record<string, string>;
  /** Messages it said yes to, as they came. */
  recus: string[];
  refuser?: { adresse: string; code: number; fois?: number };
  /** The code it answers the sender with, if it takes no letter of theirs. */
  refuserExpediteur?: number;
  /** To whom each of them went. */
  destinataires: string[][];
  /** Times it hangs up under a message. */
  couper: number;
  motDePasse: string;
  /** The next message is taken, and its yes held back; resolves, once it has it, with what lets the yes go. */
  retenir(): Promise<() => void>;
  stop(): Promise<void>;
}

export async function startSmtp(): Promise<Smtp> {
  let prise: ((relacher: () => void) => void) | undefined;
  const refus = (code: number, dit: string) => Object.assign(new Error(dit), { responseCode: code });
  const serveur = new SMTPServer({
    authMethods: ["PLAIN"],
    allowInsecureAuth: true,
    disabledCommands: ["STARTTLS"],
    disableReverseLookup: true,
    onAuth: ({ password }, _session, rendre) =>
      password === smtp.motDePasse
        ? rendre(null, { user: "depot" })
        : rendre(refus(535, "mot de passe refusé")),
    onMailFrom: (_adresse, _session, rendre) =>
      smtp.refuserExpediteur ? rendre(refus(smtp.refuserExpediteur, "pas cet expéditeur")) : rendre(),
    onRcptTo: ({ address }, _session, rendre) => {
      const { refuser } = smtp;
      if (refuser?.adresse !== address) return rendre();
      if (refuser.fois !== undefined && --refuser.fois <= 0) smtp.refuser = undefined;
      rendre(refus(refuser.code, "pas cette adresse"));
    },
    onData: (flux, { envelope }, rendre) => {
      if (smtp.couper > 0) {
        smtp.couper--;
        // Under the message, and all of them: a client that keeps another open would not notice.
        for (const socket of sockets) socket.destroy();
        return;
      }
      const morceaux: Uint8Array[] = [];
      flux.on("data", (morceau: Uint8Array) => morceaux.push(morceau));
      flux.on("end", () => {
        smtp.recus.push(new TextDecoder().decode(concat(morceaux)));
        smtp.destinataires.push(envelope.rcptTo.map(({ address }) => address));
        if (!prise) return rendre();
        prise(() => rendre());
        prise = undefined;
      });
    },
  });
  const sockets = new Set<Socket>();
  serveur.server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  // A client that is killed leaves a broken connection: no fault of the test.
  serveur.on("error", () => {});
  await new Promise<void>((pret) => serveur.listen(0, "127.0.0.1", () => pret()));
  const { port } = serveur.server.address() as AddressInfo;
  const motDePasse = "un mot de passe SMTP";
  const smtp: Smtp = {
    port,
    reglages: {
      COURRIEL: "smtp",
      SMTP_HOST: "127.0.0.1",
      SMTP_PORT: String(port),
      SMTP_USER: "depot",
      SMTP_PASSWORD: motDePasse,
    },
    recus: [],
    destinataires: [],
    couper: 0,
    motDePasse,
    retenir: () => new Promise((pris) => prise = pris),
    stop: () => new Promise((fini) => serveur.close(() => fini())),
  };
  return smtp;
}

function concat(morceaux: Uint8Array[]): Uint8Array {
  const tout = new Uint8Array(morceaux.reduce((somme, { length }) => somme + length, 0));
  morceaux.reduce((place, morceau) => (tout.set(morceau, place), place + morceau.length), 0);
  return tout;
}
