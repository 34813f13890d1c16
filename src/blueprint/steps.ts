/** A tool that is made of calls of others; `plan` is what the emitted runtime documents as `StepsPlan`. */
export type StepsBinding = { kind: 'steps'; plan: StepsPlan };

export type StepsPlan = { steps: Step[]; result: Expression; deadlineMs?: number };

export type Step = {
  id: string;
  /** Name of the tool, as the server knows it. */
  call: string;
  with: Record<string, Expression>;
  when?: Expression;
  forEach?: Expression;
  as?: string;
  concurrency?: number;
  onError?: 'fail' | 'skip' | 'continue';
};

/** Mirrors `Expression` of the emitted runtime. */
export type Expression =
  | { value: unknown }
  | { ref: (string | number | Expression)[] }
  | { text: Expression[] }
  | { list: Expression[] }
  | { object: Record<string, Expression> }
  | { compare: Comparison; left: Expression; right: Expression }
  | { all: Expression[] }
  | { any: Expression[] }
  | { not: Expression }
  | { first: Expression[] }
  | { call: Pure; of: Expression };

export const COMPARISONS = ['==', '!=', '<', '<=', '>', '>=', 'in'] as const;
export type Comparison = (typeof COMPARISONS)[number];

/** The functions that there are: none has an effect. */
export const PURE = ['length', 'json', 'number'] as const;
export type Pure = (typeof PURE)[number];

/** `listPets, then getPet for each`. */
export function describeSteps({ plan }: StepsBinding): string {
  const calls = plan.steps.map(({ call, forEach }) => (forEach ? `${call} for each` : call));
  return `steps: ${calls.join(', then ')}`;
}
