/** What a door answered when it said no. */
export interface Problem {
  type: string;
  status: number;
  code: string;
  detail: string;
  errors?: { path: string; message: string }[];
}

export class Refusal extends Error {
  constructor(readonly problem: Problem) {
    super(`${problem.code} (${problem.status}) : ${problem.detail}`);
  }
}
