import { porte } from "../_shared/porte.ts";
import { actes } from "./actes.ts";

Deno.serve(porte("synchronisation", actes).fetch);
