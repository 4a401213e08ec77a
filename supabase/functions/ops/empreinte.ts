// Written by npm run schema: fingerprint of the database that supabase/schemas declares. Do not edit.
export const EMPREINTE_ATTENDUE = "c96e8763d58be3e66cea7d06b82f291c11936ad96fb4230ddff5f937ccb6a6de";
