import { connect, prepareProject } from "../../ops/pile/database.ts";
import type { Keys } from "../../ops/pile/keys.ts";
import { status, superuserUrl } from "./monde.ts";

const inDatabase = (url: string, name: string) => {
  const other = new URL(url);
  other.pathname = `/${name}`;
  return other.href;
};

/** A database of its own on the test server, as empty as a project of Supabase before its first migration. */
export async function emptyProject(name: string): Promise<string> {
  const server = connect(superuserUrl);
  await server.unsafe(`create database ${name}`);
  await server.end();
  const url = inDatabase(status.DB_URL, name);
  const superuser = connect(inDatabase(superuserUrl, name));
  await prepareProject(
    superuser,
    { databasePassword: new URL(url).password, jwtSecret: status.JWT_SECRET } as Keys,
    url,
  );
  await superuser.end();
  return url;
}

/** The same, for the server's superuser. */
export const asSuperuser = (name: string) => inDatabase(superuserUrl, name);
