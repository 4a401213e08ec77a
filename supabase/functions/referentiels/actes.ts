import { baremes } from "./baremes.ts";

export const actes = [...baremes];
