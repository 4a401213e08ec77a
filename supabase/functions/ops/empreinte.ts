// Written by npm run schema: fingerprint of the database that supabase/schemas declares. Do not edit.
export const EMPREINTE_ATTENDUE = "3a43d772fd97bfc559c93f6e2b6dc42c3049d9bacce79ca5f49b700f8709e50f";
