// One transaction on one connection, for the commands that must be done whole or not at all, whatever kills them.
import type postgres from "postgres";
import { dit, type Etape, Refus } from "../cli/deroulement.ts";
import type { Contexte } from "../cible/etape.ts";
import { Echec } from "../stack/failure.ts";

export interface ContexteTransaction extends Contexte {
  tx: postgres.ReservedSql;
  phase?: "ouverte" | "validation" | "validee";
}

const ATTENTE_VERROU = "10s";
const COMME_AVANT = "Tout est annulé : STAGING est exactement comme avant.";

/** Ctrl-C closes the connection, and with it the transaction; a commit that is under way is waited for. */
function surveillerInterruption(contexte: ContexteTransaction): void {
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    Deno.addSignalListener(signal, () => {
      if (contexte.phase === "validation" || contexte.phase === "validee") return;
      console.error(`✗ Interrompu (${signal}). ${COMME_AVANT} Relancez la même commande quand vous voudrez.`);
      Deno.exit(1);
    });
  }
}

/** Opens it, and takes the lock that keeps two of these commands from working on one database. */
export function ouvrirTransaction<C extends ContexteTransaction>(): Etape<C> {
  return {
    titre: "Ouvrir la transaction",
    faire: async (contexte) => {
      surveillerInterruption(contexte);
      contexte.tx = await contexte.sql.reserve();
      await contexte.tx.unsafe("begin isolation level read committed");
      contexte.phase = "ouverte";
      const [{ pris }] = await contexte.tx<[{ pris: boolean }]>`
        select pg_try_advisory_xact_lock(hashtextextended('ops:staging', 0)) as pris`;
      if (!pris) {
        throw new Refus(
          "OPERATION_EN_COURS",
          "Une autre commande staging:… travaille sur cette base. Attendez qu'elle finisse, puis relancez.",
        );
      }
      await contexte.tx.unsafe(`set local lock_timeout = '${ATTENTE_VERROU}'`);
      // A command that was killed is noticed at once, in the middle of a long statement too.
      await contexte.tx.unsafe("set local client_connection_check_interval = '500ms'");
    },
  };
}

async function quiOccupe({ sql }: ContexteTransaction): Promise<string> {
  const occupants = await sql<{ pid: number; qui: string }[]>`
    select pid, concat_ws(' ', usename, application_name, client_addr) as qui from pg_stat_activity
     where datname = current_database() and pid <> pg_backend_pid() and state <> 'idle' and xact_start is not null
       and backend_type = 'client backend'`;
  return occupants.map(({ pid, qui }) => `${qui} (pid ${pid})`).join(", ") || "inconnu";
}

async function phraseDe(erreur: unknown, contexte: ContexteTransaction): Promise<string> {
  const { code, phrase } = dit(erreur);
  // Lock not available.
  if (code === "55P03") {
    return `Une table est occupée depuis plus de ${ATTENTE_VERROU} par : ${await quiOccupe(contexte)}. ` +
      "Fermez ces connexions.";
  }
  return code ? `${code} : ${phrase}` : phrase;
}

/** A step of the transaction: where it fails, the person reads what failed and what state that left. */
export function dedans<C extends ContexteTransaction>(titre: string, faire: Etape<C>["faire"]): Etape<C> {
  return {
    titre,
    faire: async (contexte, dire) => {
      try {
        return await faire(contexte, dire);
      } catch (erreur) {
        if (erreur instanceof Refus || dit(erreur).code === "ENV_INTERDIT") throw erreur;
        const phrase = await phraseDe(erreur, contexte);
        throw new Echec(`${phrase.replace(/\.?$/, ".")} ${COMME_AVANT} Corrigez, puis relancez.`);
      }
    },
  };
}

export function valider<C extends ContexteTransaction>(): Etape<C> {
  return {
    titre: "Valider la transaction",
    faire: async (contexte) => {
      contexte.phase = "validation";
      try {
        await contexte.tx.unsafe("commit");
      } catch (erreur) {
        throw new Echec(
          `La connexion s'est coupée pendant la validation (${
            dit(erreur).phrase
          }). STAGING est soit comme avant, ` +
            "soit entièrement faite, jamais entre les deux : relancez la commande, elle se rejoue.",
        );
      }
      contexte.phase = "validee";
    },
  };
}

/**
 * Last of all: lets go of the connection, and with it of a transaction that is still open. No rollback is said: on a
 * connection that was cut, its answer would be waited for without end.
 */
export async function fermer(contexte: ContexteTransaction): Promise<void> {
  if (contexte.phase !== "ouverte") contexte.tx?.release();
  await contexte.sql?.end({ timeout: 1 });
}
