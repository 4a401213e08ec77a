// A wire to the database that a test may cut where it hurts: real sockets, real bytes.
import type { Buffer } from "node:buffer";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

export interface Fil {
  /** The database's address, over this wire. */
  url: string;
  /** All that went towards the server. */
  envoye(): string;
  /** The same by flights: what was said before the server was waited for. Those of a process's own counts are none. */
  vols(): string[];
  /** What to do at the next bytes towards the server that say this: cut before they leave, or once they were answered. */
  couper(mot: RegExp, quand: "avant" | "apres"): void;
  /** No new connection is taken, and those there are end. */
  fermer(): Promise<void>;
}

/** What a client's bytes say, with the text of the statements that it runs by the name it prepared them under. */
function ecouter() {
  const prepares = new Map<string, string>();
  return (bytes: Buffer): string => {
    const dits = [bytes.toString("latin1")];
    // The first message of a connection has no letter: its length begins with a zero.
    for (let ici = 0; ici + 5 <= bytes.length && bytes[ici] !== 0;) {
      const longueur = bytes.readInt32BE(ici + 1);
      const [premier = "", second = ""] = bytes.toString("latin1", ici + 5, ici + 1 + longueur).split("\0");
      const lettre = String.fromCharCode(bytes[ici]!);
      if (lettre === "P") prepares.set(premier, second);
      if (lettre === "B") dits.push(prepares.get(second) ?? "");
      ici += 1 + longueur;
    }
    return dits.join(" ");
  };
}

/** At a port of its own, or at one that an earlier one had. */
export async function tendreFil(databaseUrl: string, hostname = "127.0.0.1", port = 0): Promise<Fil> {
  const base = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  let coupure: { mot: RegExp; quand: "avant" | "apres" } | undefined;
  let envoye = "";
  const vols: { dit: string }[] = [];
  const server = createServer((client) => {
    const serveur = connect(Number(base.port), base.hostname);
    let condamne = false;
    const entendre = ecouter();
    let vol: { dit: string } | undefined;
    const end = () => [client, serveur].forEach((socket) => socket.destroy());
    for (const socket of [client, serveur]) {
      sockets.add(socket);
      socket.on("error", end);
      socket.on("close", () => {
        sockets.delete(socket);
        end();
      });
    }
    client.on("data", (bytes) => {
      const text = entendre(bytes);
      envoye += text;
      if (!vol) vols.push(vol = { dit: "" });
      vol.dit += text;
      if (coupure?.mot.test(text)) {
        condamne = coupure.quand === "apres";
        coupure = undefined;
        if (!condamne) return end();
      }
      serveur.write(bytes);
    });
    // Answered, and the answer is lost.
    serveur.on("data", (bytes) => {
      vol = undefined;
      return condamne ? end() : client.write(bytes);
    });
  });
  await new Promise<void>((resolve) => server.listen(port, hostname, resolve));
  const url = new URL(base);
  url.hostname = hostname;
  url.port = String((server.address() as AddressInfo).port);
  return {
    url: url.href,
    envoye: () => envoye,
    vols: () => vols.map(({ dit }) => dit).filter((dit) => !/private\.compter_/.test(dit)),
    couper: (mot, quand) => {
      coupure = { mot, quand };
    },
    fermer: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      sockets.forEach((socket) => socket.destroy());
      await closed;
    },
  };
}
