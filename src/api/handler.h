/* From a request to its answer: route, decode, sign-in, transaction, handler, problem. */
#ifndef ONDO_API_HANDLER_H
#define ONDO_API_HANDLER_H

#include "call.h"

/** The HttpHandler of the server; `context` is an Api. */
void handler_answer(void *context, const HttpRequest *request, HttpResponse *response);

/** The HttpBodyLimit of the server. */
size_t handler_body_limit(void *context, Str method, Str path);

#endif
