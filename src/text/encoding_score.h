/* How much like writing a decoded text looks; decides between encodings that all decode the bytes.
 */
#ifndef ONDO_TEXT_ENCODING_SCORE_H
#define ONDO_TEXT_ENCODING_SCORE_H

#include <unicode/utypes.h>

#include "encoding.h"

/** The ICU converter's name for an encoding. */
const char *encoding_icu_name(Encoding encoding);

/**
 * Plausibility of the bytes as text of the encoding: points for each byte that is not ASCII, from
 * about 2 (good prose) down to negative numbers (noise). Malformed bytes cost most.
 */
double encoding_score(Encoding encoding, Str bytes);

#endif
