/* The languages that every text of the product exists in, and texts in all of them. */
#ifndef ONDO_BASE_LANG_H
#define ONDO_BASE_LANG_H

#include "str.h"

typedef enum Lang { LANG_EN, LANG_JA, LANG_ZH, LANG_COUNT } Lang;

/** One text in each language. */
typedef struct Label {
    Str in[LANG_COUNT];
} Label;

/** BCP 47 code: "en", "ja" or "zh". */
Str lang_code(Lang lang);

/** The language a tag names ("ja-JP", "zh-Hans-CN", "EN"); false for any other. */
MUST_USE bool lang_from_tag(Str tag, Lang *out);

/** The best of ours for an Accept-Language header (RFC 9110, 12.5.4); English when none fits. */
Lang lang_from_accept(Str header);

/** The text in `lang`, or in English when that one is empty. */
Str label_in(const Label *label, Lang lang);

#endif
