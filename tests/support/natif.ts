// The embedded server's own folder: its programs, its libraries, the extensions it knows.
import { dirname, join } from "node:path";
import { serverPrograms } from "../../ops/pile/initdb.ts";

export const NATIF = join(dirname((await serverPrograms()).postgres), "..");
