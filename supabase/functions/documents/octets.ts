import { Buffer } from "node:buffer";
import type { Televerse } from "../_shared/acte.ts";

/** As SQL is sent bytes: a third longer than they are, where hexadecimal is twice as long. */
export const enBase64 = ({ octets }: Pick<Televerse, "octets">) =>
  Buffer.from(octets.buffer, octets.byteOffset, octets.byteLength).toString("base64");
