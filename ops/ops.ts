// npm run ops -- <commande>: the operators' runbooks as commands.
import { lancer } from "./programme.ts";

Deno.exit(await lancer(Deno.args));
