import { jwtVerify } from "jose";
import { z } from "zod";
import type { Sql } from "../commun/connection.ts";
import { createAccount } from "./demo_users.ts";

const ADDRESS = "/auth/v1/admin/users";

const NewUser = z.object({ email: z.email(), password: z.string().min(10).optional() });

const said = (status: number, error_code: string, msg: string) =>
  Response.json({ code: status, error_code, msg }, { status, headers: { "x-sb-error-code": error_code } });

async function isService(request: Request, secret: Uint8Array): Promise<boolean> {
  const token = request.headers.get("authorization")?.replace(/^Bearer /i, "") ?? "";
  return await jwtVerify(token, secret, { algorithms: ["HS256"] })
    .then(({ payload }) => payload.role === "service_role", () => false);
}

/**
 * The part of Supabase Auth's admin API that the functions call and the local auth does not have: making an account.
 * Answers in its words, and nothing (undefined) for any other address. It sends no mail, so it has no invitation: the
 * person sets a password by asking for a new one (`/auth/v1/recover`), whose mail the local auth writes to its log.
 */
export async function answerAuthAdmin(
  request: Request,
  sql: Sql,
  jwtSecret: string,
): Promise<Response | undefined> {
  if (new URL(request.url).pathname !== ADDRESS || request.method !== "POST") return undefined;
  if (!await isService(request, new TextEncoder().encode(jwtSecret))) {
    return said(403, "not_admin", "User not allowed");
  }
  const { success, data } = NewUser.safeParse(await request.json().catch(() => null));
  if (!success) return said(400, "validation_failed", "Unable to validate email address: invalid format");
  const email = data.email.toLowerCase();
  const user = await createAccount(sql, email, data.password ?? null);
  if (!user) {
    return said(422, "email_exists", "A user with this email address has already been registered");
  }
  return Response.json({
    id: user.id,
    aud: "authenticated",
    role: "authenticated",
    email,
    app_metadata: {},
    user_metadata: {},
    created_at: user.created_at,
  });
}
