/** One field of a form that a user fills in (MCP 2026-07-28, Elicitation: no objects, and lists only of choices). */
export type FormField = {
  readonly type: 'string' | 'number' | 'integer' | 'boolean' | 'array';
  readonly title?: string;
  readonly description?: string;
  readonly [keyword: string]: unknown;
};

export type FormSchema = {
  readonly type: 'object';
  readonly properties: { readonly [name: string]: FormField };
  readonly required?: readonly string[];
};

/** What is filled in. */
export type FormContent<Schema extends FormSchema> = {
  [Name in RequiredName<Schema>]: FieldValue<Schema['properties'][Name]>;
} & {
  [Name in Exclude<keyof Schema['properties'], RequiredName<Schema>>]?: FieldValue<
    Schema['properties'][Name]
  >;
};

type RequiredName<Schema extends FormSchema> = Extract<
  Schema['required'] extends readonly (infer Name)[] ? Name : never,
  keyof Schema['properties']
>;

type FieldValue<Field> = Field extends { readonly type: 'boolean' }
  ? boolean
  : Field extends { readonly type: 'number' | 'integer' }
    ? number
    : Field extends { readonly type: 'array' }
      ? string[]
      : Field extends { readonly enum: readonly (infer Choice)[] }
        ? Choice
        : string;
