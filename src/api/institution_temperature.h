/* What an institution's temperature is made of, told with its parts. */
#ifndef ONDO_API_INSTITUTION_TEMPERATURE_H
#define ONDO_API_INSTITUTION_TEMPERATURE_H

#include "stakeholders.h"

/**
 * Writes the object "temperature": its value, what derives from the people, the formula as defined,
 * each visible person's part and share, what the hidden ones count for, and the override.
 */
MUST_USE Status institution_temperature_write(Call *call, const Record *hco,
                                              const Stakeholders *people);

#endif
