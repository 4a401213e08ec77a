// Written by npm run schema: fingerprint of the database that supabase/schemas declares. Do not edit.
export const EMPREINTE_ATTENDUE = "7ed13b47407039af6a4695f0acec715d9a5dd7a0ba2df1fd0ff65274d336beca";
