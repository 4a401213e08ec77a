// E-mail: by SMTP, as files where there is no internet, or as a line of the log.
import { Buffer } from "node:buffer";
import { createTransport, type Transporter } from "nodemailer";
import {
  type FactureImprimee,
  imprimerFacture,
  imprimerRecu,
  imprimerReleve,
  type RecuImprime,
  type ReleveImprime,
} from "../_shared/papier/imprimer.ts";
import type { Rapport } from "../_shared/rapport/forme.ts";
import { motsDePasse, optionsSmtp } from "../_shared/smtp.ts";
import type { Issue, Message, Papier } from "./message.ts";

type Maniere = "fichier" | "journal" | "smtp";
const lu = (nom: string) => Deno.env.get(nom) || undefined;

/** Where nobody said: by SMTP if there is a server, else nothing can go. */
function maniere(): Maniere | undefined {
  const dite = lu("COURRIEL");
  if (dite === undefined) return lu("SMTP_HOST") ? "smtp" : undefined;
  return ["fichier", "journal", "smtp"].includes(dite) ? dite as Maniere : undefined;
}

const transportSmtp = (pass: string): Transporter =>
  createTransport({ ...optionsSmtp(lu, pass), pool: true, maxConnections: 2 });

const EXPEDITEUR = "Monaluxe <alertes@monaluxe.test>";

/** What most servers take, once it is written in letters. */
const PIECE_MAX = 8 * 1024 * 1024;

const IMPRIMER: Record<Papier["genre"], (dit: unknown) => Promise<Uint8Array>> = {
  FACTURE: (dit) => imprimerFacture(dit as FactureImprimee),
  RECU: (dit) => imprimerRecu(dit as RecuImprime),
  RELEVE: (dit) => imprimerReleve(dit as ReleveImprime),
  RAPPORT: async (dit) => (await import("../_shared/rapport/papier.ts")).imprimerRapport(dit as Rapport),
};

async function joindre({ genre, nom, dit }: Papier) {
  if (!Object.hasOwn(IMPRIMER, genre)) throw new Error(`papier inconnu : ${genre}`);
  const octets = await IMPRIMER[genre](dit);
  if (octets.length > PIECE_MAX) {
    throw new Error(`${nom} pèse ${octets.length} octets, plus que ${PIECE_MAX}`);
  }
  return { filename: nom, content: Buffer.from(octets), contentType: "application/pdf" };
}

async function enveloppe(message: Message) {
  const from = lu("COURRIEL_DE") ?? EXPEDITEUR;
  const domaine = from.match(/@([^\s>@]+)>?\s*$/)?.[1] ?? "monaluxe.test";
  return {
    from,
    to: message.destinataires,
    subject: message.sujet ?? "",
    text: message.contenu.texte ?? "",
    attachments: message.contenu.papier ? [await joindre(message.contenu.papier)] : [],
    // The same at every try: a receiver tells a second copy by it.
    messageId: `<${message.id}@${domaine}>`,
    date: new Date(message.cree_le),
    headers: { "Auto-Submitted": "auto-generated" },
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

/** What a server says no with; of an addressee, to whom. */
interface Refus {
  code?: string;
  command?: string;
  responseCode?: number;
  message?: string;
  recipient?: string;
  rejectedErrors?: Refus[];
}

/** Those whom a server puts off (a first letter it does not know yet, a full mailbox), each judged by itself. */
const remis = (refus: Refus[] = []) => refus.filter(({ responseCode = 0 }) => responseCode < 500);
const adresses = (refus: Refus[]) => refus.flatMap(({ recipient }) => recipient ?? []);

/**
 * What another try would not change: the server has read who it is for, or what it says, and says no for good. That it takes
 * no letter of ours (its sender, a password it wants first) is a setting, which somebody mends.
 */
function issueDe({ code, command, responseCode = 0, message, rejectedErrors }: Refus): Issue {
  const dit = { code: String(responseCode || code || "SMTP"), erreur: message };
  const reglage = command === "MAIL FROM" || responseCode === 530;
  const lu = ["EENVELOPE", "EMESSAGE"].includes(code ?? "") && !reglage;
  if (lu && responseCode >= 500) return { issue: "MORT", ...dit };
  const restants = adresses(remis(rejectedErrors));
  return { issue: "ECHEC", ...dit, ...(restants.length && { restants }) };
}

async function posterParSmtp(transport: Transporter, message: Message): Promise<Issue> {
  const { rejectedErrors = [], response } = await transport.sendMail(await enveloppe(message)) as {
    rejectedErrors?: Refus[];
    response?: string;
  };
  const [plusTard] = remis(rejectedErrors);
  const erreur = rejectedErrors.length ? `refusé pour ${adresses(rejectedErrors).join(", ")}` : undefined;
  // Some have it: those who were put off are asked for again, and nobody else.
  if (plusTard) return { ...issueDe({ ...plusTard, rejectedErrors }), erreur };
  return { issue: "ENVOYE", code: String(response ?? "").slice(0, 3), erreur };
}

/** The server, with the first password it takes: of a run, every message goes with that one. */
function serveurSmtp() {
  const connus = motsDePasse(lu);
  const transports: Transporter[] = [];
  let rang = 0;
  return {
    poster: async (message: Message): Promise<Issue> => {
      for (let essai = rang;;) {
        try {
          return await posterParSmtp(transports[essai] ??= transportSmtp(connus[essai]!), message);
        } catch (error) {
          if ((error as { code?: string }).code !== "EAUTH" || essai + 1 >= connus.length) {
            return issueDe(error as Error);
          }
          essai++;
          rang = Math.max(rang, essai);
        }
      }
    },
    fermer: () => transports.forEach((transport) => transport.close()),
  };
}

/** A file a message, under its id: sent twice, it is there once. */
async function deposerFichier(message: Message): Promise<Issue> {
  const dossier = lu("COURRIER_DIR");
  if (!dossier) throw new Error("COURRIER_DIR n'est pas réglé");
  const { message: eml } = await createTransport({ streamTransport: true, buffer: true }).sendMail(
    await enveloppe(message),
  );
  const fichier = `${dossier}/${message.id}.eml`;
  await Deno.writeFile(`${fichier}.${message.bail}`, new Uint8Array(eml as Uint8Array), { mode: 0o600 });
  await Deno.rename(`${fichier}.${message.bail}`, fichier);
  return { issue: "ENVOYE", code: "FICHIER" };
}

function noterAuJournal({ id, destinataires, sujet }: Message): Issue {
  console.log(JSON.stringify({
    quand: new Date().toISOString(),
    niveau: "info",
    courriel: id,
    destinataires: destinataires.length,
    sujet,
  }));
  return { issue: "ENVOYE", code: "JOURNAL" };
}

/** The letters of one run: connections are opened by the first, and closed at its end. */
export function courrier(): { poster(message: Message): Promise<Issue>; fermer(): void } {
  let serveur: ReturnType<typeof serveurSmtp> | undefined;
  return {
    poster: async (message) => {
      switch (maniere()) {
        case "fichier":
          return await deposerFichier(message);
        case "journal":
          return noterAuJournal(message);
        case "smtp":
          return await (serveur ??= serveurSmtp()).poster(message);
        default:
          throw new Error("aucun courrier n'est réglé : SMTP_HOST, ou COURRIEL=fichier, journal ou smtp");
      }
    },
    fermer: () => serveur?.fermer(),
  };
}
