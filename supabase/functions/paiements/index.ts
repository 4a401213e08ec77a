// Beside the doors for people: the provider's own, the page of the simulated one, and the one that the project's clock
// knocks at.
import type { MiddlewareHandler } from "hono";
import { timingSafeEqual } from "hono/utils/buffer";
import type { Env } from "../_shared/context.ts";
import { porte } from "../_shared/porte.ts";
import { refuser } from "../_shared/problems.ts";
import { actes } from "./actes.ts";
import { recevoir } from "./evenements.ts";
import { rapprocher } from "./rapprochement.ts";
import { jouer, montrer } from "./simulateur.ts";

const duProjet: MiddlewareHandler<Env> = async (c, next) => {
  const cle = Deno.env.get("SUPABASE_SERVICE_ROLE_KEY");
  if (!cle || !await timingSafeEqual(c.req.header("authorization") ?? "", `Bearer ${cle}`)) {
    throw refuser("NON_AUTHENTIFIE");
  }
  await next();
};

const app = porte("paiements", actes);
app.post("/webhook/stripe", recevoir);
app.get("/simulateur/:session", montrer);
app.post("/simulateur/:session", jouer);
app.post("/rapprocher", duProjet, async (c) => c.json(await rapprocher()));
// It confirms nothing: only the provider's events do.
app.get(
  "/retour",
  (c) => c.text("Merci. Dès que le prestataire confirme votre paiement, le dépôt établit votre reçu."),
);

Deno.serve(app.fetch);
