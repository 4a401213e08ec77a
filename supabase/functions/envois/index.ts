// The worker: called with the project's own key, it sends what is due and answers what became of it. No person calls it.
import { Hono } from "hono";
import { bearerAuth } from "hono/bearer-auth";
import { requestId } from "hono/request-id";
import { compterReponses } from "../_shared/mesures.ts";
import { journaliser } from "../_shared/access_line.ts";
import { noterFaute } from "../_shared/answers.ts";
import type { Env } from "../_shared/context.ts";
import { fromDatabase } from "../_shared/problems.ts";
import { vider } from "./ouvrier.ts";

/** What a call is given: a hosted function may run for longer than whoever calls it waits. */
const DUREE_MS = 25_000;

const app = new Hono<Env>().basePath("/envois");
app.use(requestId({ headerName: "x-request-id", limitLength: 100 }));
app.use(journaliser);
app.use(compterReponses("envois"));
// Compared in constant time.
app.use(bearerAuth({ token: Deno.env.get("SUPABASE_SERVICE_ROLE_KEY")! }));
app.post("/vider", async (c) => {
  c.set("route", "POST envois/vider");
  return c.json(await vider(Date.now() + DUREE_MS));
});
app.onError((error, c) => {
  if ("getResponse" in error) {
    const refus = (error as { getResponse(): Response }).getResponse();
    // As one of this request's: with the heads that were said before it.
    return c.newResponse(refus.body, refus);
  }
  const refusal = fromDatabase(error);
  noterFaute(c, refusal);
  const { problem } = refusal;
  return c.json(problem, problem.status as 500);
});

Deno.serve(app.fetch);
