import assert from "node:assert/strict";
import { join } from "node:path";
import { removeIfThere } from "../../ops/commun/files.ts";
import { ROOT } from "../../ops/commun/settings.ts";
import { prendreChezDebian } from "../../ops/exploitation/outils/debian.ts";
import { executer, type Outils } from "../../ops/exploitation/outils/outils.ts";
import { attendre } from "../support/attente.ts";
import { runWithin } from "../support/execution.ts";
import { status, test } from "../support/monde.ts";
import { opsJson } from "../support/ops.ts";
import { vivant } from "../support/serveur.ts";

test("outils finds or fetches client programs of the server's major version, and they speak to it", async () => {
  const { code, compte } = await opsJson<Outils>(["outils"]);
  assert.equal(code, 0, compte.erreur);
  assert.match(compte.resultat.version, /^17\./);
  const roles = await executer(compte.resultat, "pg_dump", ["--schema-only", "--schema=private"], {
    base: status.DB_URL,
  });
  assert.match(roles, /CREATE SCHEMA private/);
});

test("a program ends with the command that runs it, killed with -9 among others", async () => {
  const qui = `sleep 60.${Math.floor(Math.random() * 1e9)}`;
  const module = new URL("../../ops/exploitation/outils/outils.ts", import.meta.url).href;
  const texte = `import { lancer } from ${JSON.stringify(module)};
    await lancer(["sh", "-c", "echo $$; exec ${qui}"], {
      sortie: async (dit) => { for await (const un of dit) await Deno.stdout.write(un); },
    });`;
  const commande = new Deno.Command(Deno.execPath(), { args: ["eval", texte], cwd: ROOT, stdout: "piped" })
    .spawn();
  const dit = commande.stdout.getReader();
  const pid = Number(new TextDecoder().decode((await dit.read()).value));
  assert.ok(vivant(pid));
  commande.kill("SIGKILL");
  await commande.status;
  await attendre("the program, that ends with it", () => Promise.resolve(!vivant(pid)));
  await dit.cancel();
});

test("a program that fails says why, without the password it was given", async () => {
  const { code, compte: { resultat, erreur } } = await opsJson<Outils>(["outils"]);
  assert.equal(code, 0, erreur);
  const { password } = new URL(status.DB_URL);
  await assert.rejects(
    executer(resultat, "pg_dump", ["--schema-only", "--snapshot=nulle-part"], { base: status.DB_URL }),
    (erreur: Error) => /nulle-part/.test(erreur.message) && !erreur.message.includes(password),
  );
});

test("a base restored beside another finds that one's tools without a network, and keeps them where it is removed", async () => {
  const nom = `essai-${crypto.randomUUID()}`;
  const voisin = join(ROOT, ".local/outils", nom);
  const ailleurs = await Deno.makeTempDir();
  const outil = (dossier: string) => join(dossier, "bin/outil");
  const lire = (dossier: string) => Deno.readTextFile(outil(dossier)).catch(() => undefined);
  const prendre = () =>
    runWithin({ OUTILS_DIR: ailleurs }, async () => {
      assert.equal(await prendreChezDebian(nom, { paquets: [nom] }, lire), "un outil");
      return 0;
    });
  try {
    await Deno.mkdir(join(voisin, "bin"), { recursive: true });
    await Deno.writeTextFile(outil(voisin), "un outil");
    await prendre();
    await Deno.remove(voisin, { recursive: true });
    await prendre();
  } finally {
    await Promise.all([voisin, ailleurs].map((dossier) => removeIfThere(dossier)));
  }
});
