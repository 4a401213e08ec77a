// The stack that a run has started for its tests, as it says it.
import type { StackStatus } from "../../ops/pile/status.ts";

export const status: StackStatus = JSON.parse(Deno.env.get("TEST_STATUS")!);
export const superuserUrl = Deno.env.get("TEST_SUPERUSER_URL")!;
