import { site } from "./site.ts";

Deno.serve(site.fetch);
