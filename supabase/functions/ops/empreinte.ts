// Written by npm run schema: fingerprint of the database that supabase/schemas declares. Do not edit.
export const EMPREINTE_ATTENDUE = "ff2c77c32a5b60eee2b8000da893ee469b170b127b21bce5b515b81a612cf5a8";
