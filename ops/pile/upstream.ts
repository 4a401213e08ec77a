// How the gateway asks a process of ours: HTTP/1.1 over connections that it keeps. What fetch does besides (redirections,
// decoding, a stream for every body) was two thirds of the gateway's time a request.
import { Buffer } from "node:buffer";

/** Beyond this a body is not held whole. */
export const SHORT_BYTES = 64 * 1024;
const HEAD_MAX_BYTES = 64 * 1024;
/** Kept no longer unused: a server hangs up after half a minute, and may as one asks. */
const UNUSED_MS = 5_000;
const HOP_BY_HOP = new Set(["connection", "keep-alive", "transfer-encoding", "upgrade", "expect", "host"]);
const WITHOUT_BODY = [204, 304];

/** What is read of a connection: bytes are taken where they lie, and more asked for where they don't suffice. */
class Reading {
  #held = Buffer.alloc(0);

  constructor(readonly connection: Deno.TcpConn) {}

  async #more(): Promise<void> {
    const into = new Uint8Array(16 * 1024);
    const length = await this.connection.read(into);
    if (length === null) throw new Deno.errors.UnexpectedEof("connexion fermée avant la réponse");
    const come = Buffer.from(into.buffer, 0, length);
    this.#held = this.#held.length ? Buffer.concat([this.#held, come]) : come;
  }

  /** Up to these words, and without them. */
  async until(words: string): Promise<string> {
    for (;;) {
      const at = this.#held.indexOf(words, 0, "latin1");
      if (at >= 0) {
        const said = this.#held.toString("latin1", 0, at);
        this.#held = this.#held.subarray(at + words.length);
        return said;
      }
      if (this.#held.length > HEAD_MAX_BYTES) throw new Deno.errors.InvalidData("entêtes trop longs");
      await this.#more();
    }
  }

  /** As many bytes as there are, at most so many, at least one. */
  async some(most: number): Promise<Buffer<ArrayBuffer>> {
    if (!this.#held.length) await this.#more();
    const taken = this.#held.subarray(0, most);
    this.#held = this.#held.subarray(taken.length);
    return taken;
  }

  async exactly(length: number): Promise<Buffer<ArrayBuffer>> {
    const all = Buffer.alloc(length);
    for (let at = 0; at < length;) at += (await this.some(length - at)).copy(all, at);
    return all;
  }

  get empty(): boolean {
    return this.#held.length === 0;
  }
}

/** A body said in pieces, each after its length: the next of them, undefined after the last. */
async function nextChunk(reading: Reading): Promise<Buffer<ArrayBuffer> | undefined> {
  const length = parseInt(await reading.until("\r\n"), 16);
  if (!(length >= 0)) throw new Deno.errors.InvalidData("morceau sans longueur");
  if (length === 0) {
    while (await reading.until("\r\n") !== "") { /* a trailer is nobody's */ }
    return undefined;
  }
  const chunk = await reading.exactly(length);
  await reading.until("\r\n");
  return chunk;
}

const unused = new Map<string, { reading: Reading; since: number }[]>();
let sweeping = false;

/** Hangs up where nobody asked for a while: a process that rests or has gone is not asked again. */
function sweep(): void {
  for (const [origin, kept] of unused) {
    const fresh = kept.filter(({ since }) => performance.now() - since < UNUSED_MS);
    kept.filter((one) => !fresh.includes(one)).forEach(({ reading }) => reading.connection.close());
    if (fresh.length) unused.set(origin, fresh);
    else unused.delete(origin);
  }
}

function keep(origin: string, reading: Reading): void {
  if (!sweeping) Deno.unrefTimer(setInterval(sweep, UNUSED_MS));
  sweeping = true;
  const kept = unused.get(origin) ?? [];
  unused.set(origin, kept);
  kept.push({ reading, since: performance.now() });
}

async function open(origin: string): Promise<Reading> {
  const kept = unused.get(origin)?.pop();
  if (kept && performance.now() - kept.since < UNUSED_MS) return kept.reading;
  kept?.reading.connection.close();
  const { hostname, port } = new URL(origin);
  return new Reading(await Deno.connect({ hostname, port: Number(port) }));
}

async function send(connection: Deno.TcpConn, all: Uint8Array): Promise<void> {
  for (let sent = 0; sent < all.length;) sent += await connection.write(all.subarray(sent));
}

function question(request: Request, path: string, body: Uint8Array | undefined): Uint8Array {
  let head = `${request.method} ${path} HTTP/1.1\r\n`;
  for (const [name, value] of request.headers) {
    if (!HOP_BY_HOP.has(name) && name !== "accept-encoding" && name !== "content-length") {
      head += `${name}: ${value}\r\n`;
    }
  }
  head += "accept-encoding: identity\r\n";
  if (body) head += `content-length: ${body.length}\r\n`;
  const said = Buffer.from(`${head}\r\n`, "latin1");
  return body?.length ? Buffer.concat([said, body]) : said;
}

interface Head {
  status: number;
  headers: [string, string][];
  /** Of the body; undefined where it comes in chunks. */
  length?: number;
  closes: boolean;
}

function readHead(said: string): Head {
  const [first, ...lines] = said.split("\r\n");
  const head: Head = { status: Number(first!.slice(9, 12)), headers: [], closes: false };
  let chunked = false;
  for (const line of lines) {
    const colon = line.indexOf(":");
    const [name, value] = [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
    if (name === "content-length") head.length = Number(value);
    if (name === "transfer-encoding") chunked = true;
    if (name === "connection" && /close/i.test(value)) head.closes = true;
    if (!HOP_BY_HOP.has(name)) head.headers.push([name, value]);
  }
  if (chunked) head.length = undefined;
  else if (head.length === undefined && !WITHOUT_BODY.includes(head.status)) head.length = 0;
  return head;
}

/** The body as it comes; the connection is kept once all of it has been read, and given up otherwise. */
async function* pieces(origin: string, reading: Reading, { length, closes }: Head) {
  let whole = false;
  try {
    for (let left = length; left !== 0;) {
      const piece = left === undefined ? await nextChunk(reading) : await reading.some(left);
      if (piece === undefined) break;
      if (left !== undefined) left -= piece.length;
      yield piece;
    }
    whole = true;
  } finally {
    if (whole && !closes && reading.empty) keep(origin, reading);
    else reading.connection.close();
  }
}

/** As bytes where it is short, otherwise as a stream. */
async function bodyOf(
  come: AsyncGenerator<Buffer<ArrayBuffer>>,
): Promise<Uint8Array<ArrayBuffer> | ReadableStream> {
  const held: Buffer<ArrayBuffer>[] = [];
  for (let length = 0; length <= SHORT_BYTES;) {
    const { value, done } = await come.next();
    if (done) return held.length === 1 ? held[0]! : Buffer.concat(held);
    held.push(value);
    length += value.length;
  }
  return new ReadableStream({
    async pull(controller) {
      const piece = held.shift() ?? (await come.next()).value;
      if (piece) controller.enqueue(piece);
      else controller.close();
    },
    // Whoever asked is gone: the connection is given up.
    cancel: async () => void await come.return(undefined),
  });
}

/** Asks at this path what was asked of us, with its body, which is short. */
export async function ask(
  origin: string,
  request: Request,
  path: string,
  body: Uint8Array | undefined,
): Promise<Response> {
  const reading = await open(origin);
  let head: Head;
  try {
    await send(reading.connection, question(request, path, body));
    do head = readHead(await reading.until("\r\n\r\n")); while (head.status < 200);
  } catch (error) {
    reading.connection.close();
    throw error;
  }
  const { status, headers } = head;
  const nothing = request.method === "HEAD" || WITHOUT_BODY.includes(status);
  const come = pieces(origin, reading, nothing ? { ...head, length: 0 } : head);
  const answered = await bodyOf(come);
  return new Response(nothing ? null : answered, { status, headers });
}
