import type { Relation } from "./formes.ts";
import { RELATIONS_ARGENT } from "./relations_argent.ts";
import { RELATIONS_DEPOT } from "./relations_depot.ts";

export const RELATIONS: Record<string, Relation> = { ...RELATIONS_DEPOT, ...RELATIONS_ARGENT };
