/** Errors of the API (RFC 9457), in the reader's language as the server wrote them. */

export interface FieldError {
  /** JSON pointer into the request's body, such as `/promises/0/due_at`. */
  pointer: string;
  code: string;
  message: string;
}

interface ProblemBody {
  title?: string;
  detail?: string;
  request_id?: string;
  errors?: FieldError[];
  present?: unknown;
}

export class ApiProblem extends Error {
  readonly status: number;
  readonly detail: string | undefined;
  readonly fields: FieldError[];
  readonly requestId: string | undefined;
  /** Of a refused change (412): the record as it is now. */
  readonly present: unknown;

  constructor(status: number, body: ProblemBody) {
    super(body.title ?? `HTTP ${status}`);
    this.name = "ApiProblem";
    this.status = status;
    this.detail = body.detail;
    this.fields = body.errors ?? [];
    this.requestId = body.request_id;
    this.present = body.present;
  }

  static from(body: unknown, status: number): ApiProblem {
    const known = typeof body === "object" && body !== null ? (body as ProblemBody) : {};
    return new ApiProblem(status, known);
  }

  /** Whether the server gave this reason. */
  has(code: string): boolean {
    return this.fields.some((field) => field.code === code);
  }

  /** The message for the field at `pointer`, or undefined. */
  at(pointer: string): string | undefined {
    return this.fields.find((field) => field.pointer === pointer)?.message;
  }
}

/** The request never reached the server, or its answer never came back. */
export class Unreachable extends Error {
  constructor() {
    super("unreachable");
    this.name = "Unreachable";
  }
}
