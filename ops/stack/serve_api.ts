// The REST and auth process of the stack.
import { createApi } from "./api.ts";

const api = createApi(Deno.env.get("SUPABASE_DB_URL")!, Deno.env.get("JWT_SECRET")!);
await api.init();
// Not an admin's console: a request that brings no key is nobody's.
Deno.serve((request) => api.fetch(request, { peerAddress: null }));
