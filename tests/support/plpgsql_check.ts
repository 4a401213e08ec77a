// plpgsql_check, the linter of `supabase db lint`: Debian's, or the PostgreSQL project's own, beside the embedded server.
import { join } from "node:path";
import { DEBIAN_13 } from "../../ops/exploitation/outils/debian.ts";
import { NATIF } from "./natif.ts";
import { deDebian, existe } from "./paquets.ts";

const BIBLIOTHEQUE = "usr/lib/postgresql/17/lib/plpgsql_check.so";
const EXTENSION = "usr/share/postgresql/17/extension";

const dansCeDossier = async (dossier: string) =>
  await existe(join(dossier, BIBLIOTHEQUE)) ? dossier : undefined;

/** At once for a server that looks: a file half copied is none. */
async function poser(de: string, vers: string): Promise<void> {
  const neuf = `${vers}.${Deno.pid}`;
  await Deno.copyFile(de, neuf);
  await Deno.rename(neuf, vers);
}

/** Puts its files where the embedded server looks for them. */
export async function installPlpgsqlCheck(): Promise<void> {
  const dossier = await dansCeDossier("/") ??
    await deDebian("plpgsql_check", ["postgresql-17-plpgsql-check"], dansCeDossier, DEBIAN_13);
  await poser(join(dossier, BIBLIOTHEQUE), join(NATIF, "lib/postgresql/plpgsql_check.so"));
  for await (const { name } of Deno.readDir(join(dossier, EXTENSION))) {
    if (!name.startsWith("plpgsql_check")) continue;
    await poser(join(dossier, EXTENSION, name), join(NATIF, "share/postgresql/extension", name));
  }
}
