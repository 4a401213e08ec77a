import { baremes } from "./baremes.ts";
import { compteurs } from "./compteurs.ts";
import { depotsAmis } from "./depots_amis.ts";

export const actes = [...baremes, ...compteurs, ...depotsAmis];
