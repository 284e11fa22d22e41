#include "password.h"

#include <sodium.h>

#include "common_passwords.h"
#include "fold.h"

/* Time like libsodium's "interactive", with half its memory: many people sign in at once. */
enum { COST_OPERATIONS = 4, COST_MEMORY = 32 << 20 };

/* The hash of a password that nobody has, so that a wrong login takes as long as a wrong password.
 */
static const char HASH_OF_NOBODY[] =
    "$argon2id$v=19$m=32768,t=4,p=1$AAAAAAAAAAAAAAAAAAAAAA"
    "$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/* Folded and without spaces: what people change without making a password another one. */
static Str plain_form(Arena *arena, Str text) {
    Str folded = text_fold(arena, text);
    char *out = arena_take(arena, folded.size + 1);
    size_t size = 0;
    for (size_t i = 0; i < folded.size; i++) {
        if (folded.data[i] != ' ') out[size++] = folded.data[i];
    }
    return (Str){.data = out, .size = size};
}

/* True if a text is nothing but `part`, over and over ("ondoondoondo"). */
static bool repeats(Str text, Str part) {
    if (str_empty(part) || text.size % part.size != 0) return false;
    for (size_t i = 0; i < text.size; i += part.size) {
        if (!str_equal(str_part(text, i, part.size), part)) return false;
    }
    return true;
}

/* True if the text is a common password, once or repeated, or a unit of at most four bytes is. */
/* "abcabcabcabc" is as easily guessed as "abc" is, hence the repetitions. */
static bool is_common(Str text) {
    for (size_t size = 1; size <= 4; size++) {
        if (repeats(text, str_part(text, 0, size))) return true;
    }
    for (size_t i = 0; i < common_passwords_count(); i++) {
        if (repeats(text, common_passwords_at(i))) return true;
    }
    return false;
}

/* Digits and marks at either end do not make a login a secret ("tanaka2026!!"). */
static Str without_ends(Str text) {
    size_t start = 0, end = text.size;
    while (start < end && !((unsigned char)text.data[start] >= 'a')) start++;
    while (end > start && !((unsigned char)text.data[end - 1] >= 'a')) end--;
    return str_part(text, start, end - start);
}

/* The password is what everyone knows about the person, perhaps with digits around it. */
static bool is_known(Arena *arena, Str password, Str fact) {
    Str plain = plain_form(arena, fact);
    if (str_empty(plain)) return false;
    if (repeats(password, plain)) return true;
    Str core = without_ends(password), known = without_ends(plain);
    return !str_empty(known) && str_equal(core, known);
}

/* The part of a login that is an e-mail address before its "@". */
static Str local_part(Str login) {
    return str_part(login, 0, str_find(login, '@'));
}

/* Length first: what is too short or long is not worth comparing. */
bool password_acceptable(Problem *problem, Str pointer, Str password, Str login, Str name) {
    Arena *arena CLEANUP(arena_drop) = arena_new();
    if (password.size > PASSWORD_BYTES_LIMIT) {
        problem_add(problem, pointer, "password_long", STR("1024"));
        return false;
    }
    if (text_count_characters(password) < PASSWORD_CHARACTERS) {
        problem_add(problem, pointer, "password_short", STR("12"));
        return false;
    }
    Str plain = plain_form(arena, password);
    if (is_known(arena, plain, login) || is_known(arena, plain, local_part(login)) ||
        is_known(arena, plain, name)) {
        problem_add(problem, pointer, "password_same_as_login");
        return false;
    }
    Str core = without_ends(plain);
    if (is_common(plain) || (!str_empty(core) && is_common(core))) {
        problem_add(problem, pointer, "password_common");
        return false;
    }
    return true;
}

/*
 * The same password typed on another keyboard may come in another composition of its characters;
 * NFC makes them one. White space counts, so the ends are not cut.
 */
static Str composed(Arena *arena, Str password) {
    Str fenced = str_format(arena, "x%.*sx", STR_ARGS(password));
    return text_normalize(arena, fenced);
}

Status password_hash(Arena *arena, Str password, Str *out) {
    char text[crypto_pwhash_STRBYTES] = {0};
    Arena *scratch CLEANUP(arena_drop) = arena_new();
    Str bytes = composed(scratch, password);
    if (sodium_init() < 0) return STATUS_FAILED;
    int failed = crypto_pwhash_str_alg(text, bytes.data, bytes.size, COST_OPERATIONS, COST_MEMORY,
                                       crypto_pwhash_ALG_ARGON2ID13);
    if (failed) return STATUS_FAILED;
    *out = str_copy(arena, str_of(text));
    return STATUS_OK;
}

/* Every path goes through one Argon2, or its absence would tell that nobody is there. */
bool password_verify(Str hash, Str password) {
    char text[crypto_pwhash_STRBYTES] = {0};
    Arena *scratch CLEANUP(arena_drop) = arena_new();
    bool nobody = str_empty(hash) || hash.size >= sizeof text;
    if (nobody) hash = str_of(HASH_OF_NOBODY);
    memcpy(text, hash.data, hash.size);
    Str bytes = composed(scratch, str_part(password, 0, PASSWORD_BYTES_LIMIT));
    if (sodium_init() < 0) return false;
    bool right = crypto_pwhash_str_verify(text, bytes.data, bytes.size) == 0;
    return right && !nobody && password.size <= PASSWORD_BYTES_LIMIT;
}

bool password_is_outdated(Str hash) {
    char text[crypto_pwhash_STRBYTES] = {0};
    if (hash.size >= sizeof text) return true;
    memcpy(text, hash.data, hash.size);
    return crypto_pwhash_str_needs_rehash(text, COST_OPERATIONS, COST_MEMORY) != 0;
}
