/* The shapes of imports in the description of the API. */
#ifndef ONDO_API_OPENAPI_IMPORTS_H
#define ONDO_API_OPENAPI_IMPORTS_H

#include "json.h"

/** Adds them to components/schemas. */
void openapi_imports_add(json_t *schemas);
/** Whether a route's answer is one of them, by name. */
bool openapi_imports_have(const char *name);

#endif
