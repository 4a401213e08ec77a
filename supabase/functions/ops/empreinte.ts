// Written by npm run schema: fingerprint of the database that supabase/schemas declares. Do not edit.
export const EMPREINTE_ATTENDUE = "f078d1ed4125310d0d9656efef67439d4145d55f32f29560643f2817bf33ad6d";
