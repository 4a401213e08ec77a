// `npm run application`: writes the tables of docs/contrats/application.md again.
import { readScript } from "../../../ops/pile/script.ts";
import { PAGE, page } from "./ecrans.ts";

await readScript("application", "Écrit les tableaux de docs/contrats/application.md.");
await Deno.writeTextFile(PAGE, await page(await Deno.readTextFile(PAGE)));
console.log("Écrit : docs/contrats/application.md");
