/* The OpenAPI 3.1 description of the API, made from the table of routes and the model. */
#ifndef ONDO_API_OPENAPI_H
#define ONDO_API_OPENAPI_H

#include "business.h"

/** The document; the caller's reference. Labels and summaries are in English. */
json_t *openapi_describe(const Business *business);

#endif
