// Written by npm run schema: fingerprint of the database that supabase/schemas declares. Do not edit.
export const EMPREINTE_ATTENDUE = "b65fbc7800b8bae69bb9f12b10ae8de847849c7ecb8582258793ee378dc8d1c0";
