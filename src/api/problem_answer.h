/* Refusals as RFC 9457 problem documents, in the reader's language. */
#ifndef ONDO_API_PROBLEM_ANSWER_H
#define ONDO_API_PROBLEM_ANSWER_H

#include "call.h"

/** The HTTP status of an outcome: the one table. */
int problem_http_status(Status status);

/** Replaces whatever was written so far by the problem document of `status`. */
void problem_answer(Call *call, Status status);

/** Writes one problem's errors as the member "errors" holds them. */
void problem_write_errors(Call *call, const Problem *problem, JsonWriter *json);

/** Answers with what a check found, be it nothing: only other failures are refused. */
MUST_USE Status problem_answer_check(Call *call, Status checked);

/** The first error's sentence, or the title of the status when there is none. */
Str problem_detail(Call *call, const Problem *problem, Status status);

#endif
