/* Shapes of requests and answers that do not come from the model. */
#ifndef ONDO_API_OPENAPI_SHAPES_H
#define ONDO_API_OPENAPI_SHAPES_H

#include <jansson.h>
#include <stdbool.h>

/** Adds the shapes to the document's schemas. */
void openapi_shapes_add(json_t *schemas);
/** Whether there is a shape of that name. */
bool openapi_shapes_have(const char *name);

#endif
