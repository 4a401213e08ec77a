import { Buffer } from "node:buffer";
import { createHash, createHmac, timingSafeEqual } from "node:crypto";

// A cursor is where a page ended, sealed for the list and the filters it was given for: none can be made elsewhere.

/** The one secret every function has. Changed, it ends the pages that are being turned, and nothing else. */
const key = createHash("sha256").update(`cursor\n${Deno.env.get("SUPABASE_DB_URL")}`).digest();
const SEAL_BYTES = 16;

const seal = (scope: string, position: string) =>
  createHmac("sha256", key).update(`${scope}\n${position}`).digest().subarray(0, SEAL_BYTES);

/** `position`: values of the keys of the last row, as PostgreSQL writes them. */
export function makeCursor(scope: string, position: string[]): string {
  const text = JSON.stringify(position);
  return Buffer.concat([seal(scope, text), Buffer.from(text)]).toString("base64url");
}

/** Position a cursor stands for; undefined where it was not made for this scope, to the byte. */
export function readCursor(scope: string, cursor: string): string[] | undefined {
  const bytes = Buffer.from(cursor, "base64url");
  if (bytes.length <= SEAL_BYTES || bytes.toString("base64url") !== cursor) return undefined;
  const text = bytes.subarray(SEAL_BYTES).toString();
  return timingSafeEqual(bytes.subarray(0, SEAL_BYTES), seal(scope, text)) ? JSON.parse(text) : undefined;
}
