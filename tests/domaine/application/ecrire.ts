// `npm run application`: writes the tables of docs/contrats/application.md again.
import { PAGE, page } from "./ecrans.ts";

await Deno.writeTextFile(PAGE, await page(await Deno.readTextFile(PAGE)));
console.log("Écrit : docs/contrats/application.md");
