// Written by npm run schema: fingerprint of the database that supabase/schemas declares. Do not edit.
export const EMPREINTE_ATTENDUE = "3a31e85b7455599b5267bb2e878518e1489374522fa9eec17084e329c8ca0a50";
