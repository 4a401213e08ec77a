import { connect, inDatabase } from "../../ops/commun/connection.ts";
import { copyDatabase } from "../../ops/pile/database.ts";
import { type Modele, MODELES } from "./modeles.ts";
import { status, superuserUrl } from "./monde.ts";

/** A copy of a database of the test server that nobody is connected to; resolves with its address, as the project's. */
export async function copyProject(name: string, template: string): Promise<string> {
  const server = connect(superuserUrl);
  await copyDatabase(server, name, template).finally(() => server.end());
  return inDatabase(status.DB_URL, name);
}

const copy = (name: string, modele: Modele) => copyProject(name, MODELES[modele]);

/** A database of its own on the test server, as empty as a project of Supabase before its first migration. */
export const emptyProject = (name: string): Promise<string> => copy(name, "vierge");

/** The same at the schema this tree declares, with the prod-like seed where it is wanted. */
export const declaredProject = (name: string, { seed }: { seed: boolean }): Promise<string> =>
  copy(name, seed ? "seme" : "declare");

/** The same, for the server's superuser. */
export const asSuperuser = (name: string) => inDatabase(superuserUrl, name);
