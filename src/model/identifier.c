/*
 * The formulas. Each has a public source, named with its vectors in docs/identifiers.md; what is
 * not published (register numbers, vendor keys) is not guessed at.
 *
 * All of them first bring the text to its compact form: identifiers are copied from paper, cards
 * and other systems, with spaces and hyphens for the eye and full-width digits from Japanese
 * typing.
 */
#include "identifier.h"

#include "buffer.h"
#include "fold.h"
#include "identifier_digits.h"

Str identifier_compact(Arena *arena, Str text) {
    Str wide = text_usual_width(arena, text);
    char *compact = arena_take(arena, wide.size + 1);
    size_t size = 0;
    for (size_t i = 0; i < wide.size; i++) {
        char c = wide.data[i];
        if (c == ' ' || c == '-') continue;
        compact[size++] = c >= 'a' && c <= 'z' ? (char)(c - ('a' - 'A')) : c;
    }
    compact[size] = '\0';
    return (Str){.data = compact, .size = size};
}

bool identifier_all_digits(Str text) {
    for (size_t i = 0; i < text.size; i++) {
        if (text.data[i] < '0' || text.data[i] > '9') return false;
    }
    return text.size > 0;
}

/* Sum of digits from the right, every second one multiplied by `weight`; two-digit products count
 * as the sum of their digits (`fold`) in Luhn's formula and as they are in GS1's. */
static int weighted_sum(Str digits, int first, int second, bool fold) {
    int sum = 0;
    for (size_t i = 0; i < digits.size; i++) {
        int digit = digits.data[digits.size - 1 - i] - '0';
        int product = digit * (i % 2 ? second : first);
        sum += fold && product > 9 ? product - 9 : product;
    }
    return sum;
}

bool identifier_luhn(Str digits) {
    return weighted_sum(digits, 1, 2, true) % 10 == 0;
}

bool identifier_gtin_valid(Str digits) {
    bool length = digits.size == 8 || (digits.size >= 12 && digits.size <= 14);
    return length && identifier_all_digits(digits) && weighted_sum(digits, 1, 3, false) % 10 == 0;
}

/* Compact digits of exactly `size`. */
static bool take_digits(Arena *arena, Str text, size_t size, Str *out) {
    *out = identifier_compact(arena, text);
    return out->size == size && identifier_all_digits(*out);
}

/* "80840" is the prefix of US health identifiers, which ISO 7812 puts before the number. */
bool identifier_npi(Arena *arena, Str text, Str *normalised) {
    Str number;
    if (!take_digits(arena, text, 10, &number)) return false;
    if (number.data[0] != '1' && number.data[0] != '2') return false;
    if (!identifier_luhn(str_join(arena, STR("80840"), number))) return false;
    *normalised = number;
    return true;
}

/* Weights 2 to 7 and doubling the odd digits circulate as well, and are wrong. */
bool identifier_dea(Arena *arena, Str text, Str *normalised) {
    Str code = identifier_compact(arena, text);
    if (code.size != 9 || !identifier_all_digits(str_part(code, 2, 7))) return false;
    char first = code.data[0], second = code.data[1];
    if (first < 'A' || first > 'Z') return false;
    if (second != '9' && (second < 'A' || second > 'Z')) return false;
    int digits[7];
    for (int i = 0; i < 7; i++) digits[i] = code.data[2 + i] - '0';
    int sum = digits[0] + digits[2] + digits[4] + 2 * (digits[1] + digits[3] + digits[5]);
    if (sum % 10 != digits[6]) return false;
    *normalised = code;
    return true;
}

/* The segments of a 10-digit code are 4-4-2, 5-3-2 or 5-4-1; the short one gets a zero in front. */
bool identifier_ndc(Arena *arena, Str text, Str *normalised) {
    Str rest = str_trim(text_usual_width(arena, text));
    Str labeler = str_cut(&rest, '-');
    if (!rest.data) {
        if (labeler.size != 11 || !identifier_all_digits(labeler)) return false;
        *normalised = labeler;
        return true;
    }
    Str product = str_cut(&rest, '-'), package = rest;
    if (!identifier_all_digits(labeler) || !identifier_all_digits(product) ||
        !identifier_all_digits(package)) {
        return false;
    }
    size_t total = labeler.size + product.size + package.size;
    bool widths = (labeler.size == 4 || labeler.size == 5) &&
                  (product.size == 3 || product.size == 4) &&
                  (package.size == 1 || package.size == 2);
    if (!widths || total < 10) return false;
    *normalised = str_format(arena, "%s%.*s%s%.*s%s%.*s", labeler.size == 4 ? "0" : "",
                             STR_ARGS(labeler), product.size == 3 ? "0" : "", STR_ARGS(product),
                             package.size == 1 ? "0" : "", STR_ARGS(package));
    return true;
}

/* The AMA publishes no check digit, so the form is all that can be checked. */
bool identifier_me_number(Arena *arena, Str text, Str *normalised) {
    Str number;
    if (!take_digits(arena, text, 11, &number)) return false;
    *normalised = number;
    return true;
}

/* Saitama, Tokyo and Kanagawa compute the last digit over the seven digits alone: all their 24,834
 * codes of the list of September 2024 do, and all 66,347 of the other prefectures over the ten. */
static bool jp_check_digit_valid(Str code, int prefecture) {
    bool short_form = prefecture == 11 || prefecture == 13 || prefecture == 14;
    return identifier_luhn(code) || (short_form && identifier_luhn(str_part(code, 3, 7)));
}

bool identifier_jp_facility(Arena *arena, Str text, Str *normalised) {
    Str code;
    if (!take_digits(arena, text, 10, &code)) return false;
    int prefecture = (code.data[0] - '0') * 10 + (code.data[1] - '0');
    if (prefecture < 1 || prefecture > 47) return false;
    if (!strchr("1346", code.data[2]) || !jp_check_digit_valid(code, prefecture)) return false;
    *normalised = code;
    return true;
}

/* The first digit is 9 less the remainder, so it is never 0 and checks the twelve behind it. */
bool identifier_jp_corporate(Arena *arena, Str text, Str *normalised) {
    Str number;
    if (!take_digits(arena, text, 13, &number)) return false;
    int sum = weighted_sum(str_part(number, 1, 12), 1, 2, false);
    if (9 - sum % 9 != number.data[0] - '0') return false;
    *normalised = number;
    return true;
}

/* The letter is a capital: a small one is another spelling, which the price lists never use. */
bool identifier_jp_yj(Arena *arena, Str text, Str *normalised) {
    Str code = str_trim(text_usual_width(arena, text));
    if (code.size != 12 || code.data[7] < 'A' || code.data[7] > 'Z') return false;
    if (!identifier_all_digits(str_part(code, 0, 7)) ||
        !identifier_all_digits(str_part(code, 8, 4))) {
        return false;
    }
    *normalised = code;
    return true;
}

/* Codes are assigned by the register and carry no published check. */
bool identifier_cn_practice(Arena *arena, Str text, Str *normalised) {
    Str number;
    if (!take_digits(arena, text, 15, &number)) return false;
    *normalised = number;
    return true;
}

/* The weights of GB 32100 are powers of 3 modulo 31. */
bool identifier_cn_credit(Arena *arena, Str text, Str *normalised) {
    static const char ALPHABET[] = "0123456789ABCDEFGHJKLMNPQRTUWXY"; /* no I O S V Z */
    Str code = identifier_compact(arena, text);
    if (code.size != 18) return false;
    int sum = 0, weight = 1;
    for (size_t i = 0; i < 18; i++) {
        const char *at = code.data[i] ? strchr(ALPHABET, code.data[i]) : NULL;
        if (!at) return false;
        int value = (int)(at - ALPHABET);
        if (i == 17 && (31 - sum % 31) % 31 != value) return false;
        sum += value * weight;
        weight = weight * 3 % 31;
    }
    *normalised = code;
    return true;
}

/* The letter tells the kind: chemical, Chinese medicine, biological, imported in bulk, and so on.
 */
bool identifier_cn_drug(Arena *arena, Str text, Str *normalised) {
    Str code = identifier_compact(arena, text), words = STR("国药准字");
    if (!str_starts(code, words) || code.size != words.size + 9) return false;
    Str number = str_part(code, words.size, 9);
    if (!strchr("HZSJTBF", number.data[0]) || !identifier_all_digits(str_part(number, 1, 8))) {
        return false;
    }
    *normalised = code;
    return true;
}

bool identifier_fr_rpps(Arena *arena, Str text, Str *normalised) {
    Str number;
    if (!take_digits(arena, text, 11, &number) || !identifier_luhn(number)) return false;
    *normalised = number;
    return true;
}

/* Weights 4 and 9 by turns over six digits; the last two name the speciality and check nothing. */
bool identifier_de_lanr(Arena *arena, Str text, Str *normalised) {
    Str number;
    if (!take_digits(arena, text, 9, &number)) return false;
    int sum = 0;
    for (int i = 0; i < 6; i++) sum += (number.data[i] - '0') * (i % 2 ? 9 : 4);
    if ((10 - sum % 10) % 10 != number.data[6] - '0') return false;
    *normalised = number;
    return true;
}

bool identifier_uk_gmc(Arena *arena, Str text, Str *normalised) {
    Str number;
    if (!take_digits(arena, text, 7, &number)) return false;
    *normalised = number;
    return true;
}

/* Stored at the length given: a GTIN-13 and the same number with a zero in front are both in use,
 * and which of them a list has is the list's affair. */
bool identifier_gtin(Arena *arena, Str text, Str *normalised) {
    Str number = identifier_compact(arena, text);
    if (!identifier_gtin_valid(number)) return false;
    *normalised = number;
    return true;
}
