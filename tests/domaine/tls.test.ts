// The wire to a database that is not on this machine: what is said over it before it is encrypted, and to whom.
import assert from "node:assert/strict";
import { createServer } from "node:net";
import { join } from "node:path";
import postgres from "postgres";
import { startPostgres, SUPERUSER } from "../../ops/pile/postgres.ts";
import { connect } from "../../ops/commun/connection.ts";
import { verifierCertificatDeLaBase } from "../../ops/exploitation/environnement/certificat.ts";
import { freePort, temporaryDataDir } from "../../ops/pile/throwaway.ts";
import { connectionOptions } from "../../supabase/functions/_shared/connection.ts";
import { tendreFil } from "../support/coupure.ts";
import { test } from "../support/monde.ts";

/** An address of this machine that is not loopback. */
const adresse = Deno.networkInterfaces().find(({ family, address }) =>
  family === "IPv4" && !address.startsWith("127.")
)?.address;

async function openssl(...args: string[]): Promise<void> {
  const { success, stderr } = await new Deno.Command("openssl", { args }).output();
  assert.ok(success, new TextDecoder().decode(stderr));
}

async function certifier(dir: string, nom: string): Promise<string> {
  const [key, certificate] = [join(dir, `${nom}.key`), join(dir, `${nom}.crt`)];
  const subject = ["-subj", `/CN=${nom}`, "-addext", `subjectAltName=IP:${adresse}`];
  await openssl(
    "req",
    "-x509",
    "-newkey",
    "rsa:2048",
    "-nodes",
    "-days",
    "30",
    "-keyout",
    key,
    "-out",
    certificate,
    ...subject,
  );
  return await Deno.readTextFile(certificate);
}

const chiffree = async (sql: postgres.Sql): Promise<boolean> => {
  try {
    const [row] = await sql`select ssl from pg_stat_ssl where pid = pg_backend_pid()`;
    return row!.ssl;
  } finally {
    await sql.end();
  }
};

test("a server elsewhere that has no TLS is told neither name nor password, whatever the address says", async () => {
  assert.ok(adresse, "cette machine n'a que son adresse de bouclage : rien n'a été vérifié");
  let recu = "";
  const server = createServer((socket) => {
    socket.on("error", () => {});
    socket.on("data", (bytes) => {
      recu += bytes.toString("latin1");
      socket.write("N");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, adresse, resolve));
  const { port } = server.address() as { port: number };
  const url = `postgresql://quelquun:un-mot-de-passe@${adresse}:${port}/postgres?sslmode=disable`;
  await assert.rejects(verifierCertificatDeLaBase(url), /La base ne parle pas TLS/);
  for (const sql of [postgres(url, { ...connectionOptions(url), connect_timeout: 3 }), connect(url)]) {
    await assert.rejects(sql`select 1`);
    await sql.end({ timeout: 0 });
  }
  server.close();
  assert.ok(recu.length > 0);
  assert.doesNotMatch(recu, /quelquun|un-mot-de-passe/);
});

test("a database elsewhere is spoken to over TLS; with an authority, only one whose certificate it vouches for", async () => {
  assert.ok(adresse, "cette machine n'a que son adresse de bouclage : rien n'a été vérifié");
  const dataDir = await temporaryDataDir("monaluxe-tls-");
  const server = await startPostgres({ dataDir, port: freePort(), password: crypto.randomUUID() });
  const local = server.urlAs(SUPERUSER);
  const [sienne, autre] = [await certifier(dataDir, "serveur"), await certifier(dataDir, "autre")];
  const fil = await tendreFil(local, adresse);
  try {
    const superuser = connect(local);
    const [{ dir }] = await superuser<[{ dir: string }]>`select current_setting('data_directory') as dir`;
    for (const end of ["key", "crt"]) {
      await Deno.copyFile(join(dataDir, `serveur.${end}`), join(dir, `server.${end}`));
      const { uid, gid } = await Deno.stat(dir);
      await Deno.chown(join(dir, `server.${end}`), uid, gid);
      await Deno.chmod(join(dir, `server.${end}`), 0o600);
    }
    await superuser`alter system set ssl = on`;
    await superuser`select pg_reload_conf()`;
    await superuser.end();

    const par = (authority?: string) =>
      postgres(fil.url, { ...connectionOptions(fil.url, { authority }), connect_timeout: 5 });
    assert.equal(await chiffree(par()), true);
    assert.equal(await chiffree(par(sienne)), true);
    await assert.rejects(chiffree(par(autre)));
    assert.equal(await chiffree(postgres(local, connectionOptions(local))), false, "loopback needs none");

    // As env:check reads it.
    assert.match(await verifierCertificatDeLaBase(fil.url, sienne), /dans (29|30) jours$/);
    assert.match(await verifierCertificatDeLaBase(fil.url), /jours ; son autorité n'est pas vérifiée/);
    await assert.rejects(verifierCertificatDeLaBase(fil.url, autre), /certificat de .* est refusé/);
  } finally {
    await fil.fermer();
    await server.stop();
    await Deno.remove(dataDir, { recursive: true });
  }
});
