/** What a door answered when it said no. */
export interface Problem {
  type: string;
  status: number;
  code: string;
  detail: string;
  errors?: { path: string; message: string }[];
  /** What a rule says beside its code: fields, bounds, figures. */
  valeurs?: Record<string, unknown>;
}

export class Refusal extends Error {
  constructor(readonly problem: Problem) {
    super(`${problem.code} (${problem.status}) : ${problem.detail}`);
  }
}
