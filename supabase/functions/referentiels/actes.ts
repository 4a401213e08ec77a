import { baremes } from "./baremes.ts";
import { compteurs } from "./compteurs.ts";

export const actes = [...baremes, ...compteurs];
