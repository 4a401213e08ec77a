import assert from "node:assert/strict";
import postgres from "postgres";
import { type Row, signInAs } from "../../ops/pile/client.ts";
import type { StackStatus } from "../../ops/pile/status.ts";
import { refus, test } from "../support/monde.ts";
import { command, newEnvironment, startPile } from "../support/pile.ts";

const TANK1 = "57da330a-1305-4582-be45-ceab0f1aa795";

// On a stack of its own: a freeze is of the whole database.
test("while writes are frozen a door says 423, and the same request succeeds once they are open", async () => {
  const env = await newEnvironment();
  const pile = startPile(env);
  await pile.ready;
  const status: StackStatus = JSON.parse((await command("ops/pile/print_status.ts", env)).stdout);
  const base = postgres(status.DB_URL, { max: 1, onnotice: () => {} });
  const [admin, operateur] = [
    await signInAs(status, "admin", "monaluxe-demo"),
    await signInAs(status, "operateur", "monaluxe-demo"),
  ];
  const sub = (await admin.supabase.auth.getUser()).data.user!.id;
  const comme = (appel: "geler_ecritures('Migration ASTM 53B')" | "degeler_ecritures()") =>
    base.begin(async (tx) => {
      await tx`select set_config('request.jwt.claims', ${JSON.stringify({ sub })}, true)`;
      await tx.unsafe(`select private.${appel}`);
    });
  const rediger = (personne: typeof admin, cle: string) =>
    personne.call<Row>("POST", "sorties", {
      citerne_id: TANK1,
      volume_ambiant: 100,
      temperature_ambiante_c: 15,
    }, {
      "idempotency-key": cle,
    });

  await comme("geler_ecritures('Migration ASTM 53B')");
  const { status: statut, code, detail } = await refus(rediger(operateur, "une-fois"));
  assert.deepEqual([statut, code], [423, "ECRITURES_GELEES"]);
  assert.match(detail, /suspendues depuis le .* \(Migration ASTM 53B\)\. Rien n'a été enregistré/);
  await rediger(admin, "operateur-du-gel");
  await comme("degeler_ecritures()");
  const { id } = await rediger(operateur, "une-fois");
  assert.equal((await rediger(operateur, "une-fois")).id, id);

  await base.end();
  assert.equal(await pile.end("SIGTERM"), 0);
  await Deno.remove(env.DATA_DIR, { recursive: true });
});
