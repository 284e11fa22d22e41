/*
 * Guessing and converting encodings. Bytes of Japanese decode as Chinese and the other way round,
 * so a guess asks how much like writing the result looks (encoding_score.c); ICU's own detector is
 * heard as well, for longer texts. Conversion goes by parts, so that a file of any size needs
 * little memory.
 */
#include "encoding.h"

#include <assert.h>
#include <stdlib.h>
#include <unicode/ucnv.h>
#include <unicode/ucnv_cb.h>
#include <unicode/ucsdet.h>
#include <unicode/ustring.h>

#include "encoding_score.h"
#include "utf16.h"

enum {
    SAMPLE_SIZE = 32 << 10, /* bytes of a file that its encoding is guessed from */
    PART_UNITS = 4096,      /* UTF-16 units converted at a time */
    UTF8_TAIL = 3,          /* bytes of a character that the end of a sample may have cut off */
    CERTAIN = 100,
    NEARLY_CERTAIN = 99,
};

/* An encoding by all names that files and people give it. */
typedef struct EncodingEntry {
    Str name;
    const char *icu_name;
    const char *aliases[6];
} EncodingEntry;

static const EncodingEntry encodings[ENCODING_COUNT] = {
    [ENCODING_UTF8] = {STR_INIT("UTF-8"), "UTF-8", {"utf8"}},
    [ENCODING_UTF16_LE] = {STR_INIT("UTF-16LE"), "UTF-16LE", {"utf-16", "utf16", "unicode"}},
    [ENCODING_UTF16_BE] = {STR_INIT("UTF-16BE"), "UTF-16BE", {"utf16be"}},
    [ENCODING_SHIFT_JIS] = {STR_INIT("Shift_JIS"),
                            "ibm-943_P15A-2003",
                            {"cp932", "windows-31j", "sjis", "shift-jis", "ms932", "windows-932"}},
    [ENCODING_EUC_JP] = {STR_INIT("EUC-JP"), "euc-jp-2007", {"eucjp", "ujis", "cp51932"}},
    [ENCODING_GB18030] = {STR_INIT("GB18030"), "gb18030", {"gbk", "gb2312", "cp936", "euc-cn"}},
    [ENCODING_BIG5] = {STR_INIT("Big5"), "windows-950-2000", {"cp950", "big-5", "windows-950"}},
    [ENCODING_WINDOWS_1252] = {STR_INIT("windows-1252"),
                               "ibm-5348_P100-1997",
                               {"cp1252", "iso-8859-1", "latin1"}},
};

Str encoding_name(Encoding encoding) {
    return encodings[encoding].name;
}

const char *encoding_icu_name(Encoding encoding) {
    return encodings[encoding].icu_name;
}

static bool has_name(const EncodingEntry *entry, Str name) {
    if (str_equal_ascii_case(entry->name, name)) return true;
    for (size_t i = 0; i < 6 && entry->aliases[i]; i++) {
        if (str_equal_ascii_case(str_of(entry->aliases[i]), name)) return true;
    }
    return false;
}

bool encoding_from_name(Str name, Encoding *out) {
    for (size_t i = 0; i < ENCODING_COUNT; i++) {
        if (!has_name(&encodings[i], name)) continue;
        *out = (Encoding)i;
        return true;
    }
    return false;
}

/* ---- Guessing ---- */

static bool guess_by_mark(Str bytes, EncodingGuess *out) {
    static const struct {
        Encoding encoding;
        Str mark;
    } marks[] = {
        {ENCODING_UTF8, STR_INIT("\xEF\xBB\xBF")},
        {ENCODING_UTF16_LE, STR_INIT("\xFF\xFE")},
        {ENCODING_UTF16_BE, STR_INIT("\xFE\xFF")},
    };
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
        if (!str_starts(bytes, marks[i].mark)) continue;
        *out = (EncodingGuess){marks[i].encoding, CERTAIN, marks[i].mark.size};
        return true;
    }
    return false;
}

/* Well-formed UTF-8, where the sample may end within a character. */
static bool is_utf8(Str sample) {
    for (size_t cut = 0; cut <= UTF8_TAIL && cut <= sample.size; cut++) {
        if (str_valid_utf8(str_part(sample, 0, sample.size - cut))) return true;
    }
    return false;
}

static bool is_ascii(Str sample) {
    for (size_t i = 0; i < sample.size; i++) {
        if ((unsigned char)sample.data[i] >= 0x80) return false;
    }
    return true;
}

/* The opinion of ICU's detector, which knows longer texts well: its confidence in an encoding. */
static int detector_confidence(UCharsetDetector *detector, Encoding encoding) {
    UErrorCode error = U_ZERO_ERROR;
    int32_t count = 0;
    const UCharsetMatch **matches = ucsdet_detectAll(detector, &count, &error);
    for (int32_t i = 0; U_SUCCESS(error) && i < count; i++) {
        const char *name = ucsdet_getName(matches[i], &error);
        Encoding named;
        if (U_FAILURE(error) || !encoding_from_name(str_of(name), &named)) continue;
        if (named == encoding) return ucsdet_getConfidence(matches[i], &error);
    }
    return 0;
}

static void drop_detector(UCharsetDetector **detector) {
    if (*detector) ucsdet_close(*detector);
}

static UCharsetDetector *open_detector(Str sample) {
    UErrorCode error = U_ZERO_ERROR;
    UCharsetDetector *detector = ucsdet_open(&error);
    ucsdet_setText(detector, sample.data, (int32_t)sample.size, &error);
    assert(U_SUCCESS(error));
    return detector;
}

/* How far ahead of the second best: a guess by a narrow margin is shown to people as one. */
static int confidence_of(double best, double second) {
    double confidence = 50 + 25 * (best - second) + 10 * best;
    if (confidence > NEARLY_CERTAIN) return NEARLY_CERTAIN;
    return confidence < 1 ? 1 : (int)confidence;
}

/* The detector may settle what our own points leave open, and no more. */
#define DETECTOR_WEIGHT 0.003

/* Every encoding that is not UTF-8 is tried; its margin over the second best makes the confidence.
 */
static EncodingGuess guess_by_score(Str sample) {
    CLEANUP(drop_detector) UCharsetDetector *detector = open_detector(sample);
    double best = -1000, second = -1000;
    Encoding found = ENCODING_WINDOWS_1252;
    for (Encoding encoding = ENCODING_UTF16_LE; encoding < ENCODING_COUNT; encoding++) {
        double score = encoding_score(encoding, sample);
        score += DETECTOR_WEIGHT * detector_confidence(detector, encoding);
        if (score > best) {
            second = best;
            best = score;
            found = encoding;
        } else if (score > second) {
            second = score;
        }
    }
    return (EncodingGuess){found, confidence_of(best, second), 0};
}

/* A NUL says UTF-16: no other encoding of text has one. */
EncodingGuess encoding_detect(Str bytes) {
    EncodingGuess guess;
    if (guess_by_mark(bytes, &guess)) return guess;
    Str sample = str_part(bytes, 0, SAMPLE_SIZE);
    bool nul = str_find(sample, '\0') < sample.size;
    if (!nul && is_ascii(sample)) return (EncodingGuess){ENCODING_UTF8, CERTAIN, 0};
    if (!nul && is_utf8(sample)) return (EncodingGuess){ENCODING_UTF8, NEARLY_CERTAIN, 0};
    return guess_by_score(sample);
}

/* ---- Converting ---- */

/* A file being converted part by part; a character may be cut by the end of a part. */
struct EncodingStream {
    UConverter *converter;
    EncodingFaults faults;
    size_t before;          /* bytes of the file before the part being converted */
    const char *part_start; /* where that part begins in memory */
    bool begun; /* something has been written, so that a mark would not be at the start */
};

/* ICU calls this for each malformed sequence, having read past it. */
static void count_fault(const void *context, UConverterToUnicodeArgs *arguments, const char *bytes,
                        int32_t size, UConverterCallbackReason reason, UErrorCode *error) {
    EncodingStream *stream = (EncodingStream *)(uintptr_t)context;
    (void)bytes;
    if (reason > UCNV_IRREGULAR) return; /* the converter is being reset or closed */
    size_t behind = stream->before + (size_t)(arguments->source - stream->part_start);
    if (stream->faults.count == 0) {
        stream->faults.first_offset = behind > (size_t)size ? behind - (size_t)size : 0;
    }
    stream->faults.count++;
    /* ICU's own substitution writes U+001A for a single byte of some encodings. */
    const UChar replacement = 0xFFFD;
    *error = U_ZERO_ERROR;
    ucnv_cbToUWriteUChars(arguments, &replacement, 1, 0, error);
}

EncodingStream *encoding_stream_open(Encoding encoding) {
    UErrorCode error = U_ZERO_ERROR;
    EncodingStream *stream = calloc(1, sizeof *stream);
    if (!stream) abort();
    stream->converter = ucnv_open(encoding_icu_name(encoding), &error);
    ucnv_setToUCallBack(stream->converter, count_fault, stream, NULL, NULL, &error);
    assert(U_SUCCESS(error)); /* all our converters are part of ICU's data */
    return stream;
}

void encoding_stream_close(EncodingStream *stream) {
    ucnv_close(stream->converter);
    free(stream);
}

EncodingFaults encoding_stream_faults(const EncodingStream *stream) {
    return stream->faults;
}

/* ICU keeps the mark as a character when the byte order is known; at the start it is none. */
static void append_units(EncodingStream *stream, const UChar *units, int32_t size, Buffer *out) {
    enum { BYTES_OF_UNIT = 3, MARK = 0xFEFF };
    UErrorCode error = U_ZERO_ERROR;
    int32_t written = 0, room = size * BYTES_OF_UNIT + 1;
    if (size > 0 && !stream->begun && units[0] == MARK) {
        units++;
        size--;
    }
    stream->begun = true;
    u_strToUTF8WithSub(buffer_room(out, (size_t)room), room, &written, units, size, 0xFFFD, NULL,
                       &error);
    assert(U_SUCCESS(error));
    out->size += (size_t)written;
}

/* A pair of surrogates must not be parted between two writes: its first half waits in `units`. */
static int32_t keep_half(UChar *units, int32_t size, UChar *kept) {
    if (size == 0 || !U16_IS_LEAD(units[size - 1])) return size;
    *kept = units[size - 1];
    return size - 1;
}

/* Goes on until the converter has room to spare, which means that it has taken all bytes. */
static void convert_part(EncodingStream *stream, Str bytes, UBool flush, Buffer *out) {
    UChar units[PART_UNITS];
    UChar kept = 0;
    const char *source = bytes.data, *end = bytes.data + bytes.size;
    UErrorCode error;
    stream->part_start = bytes.data;
    do {
        UChar *target = units;
        error = U_ZERO_ERROR;
        if (kept) *target++ = kept;
        kept = 0;
        ucnv_toUnicode(stream->converter, &target, units + PART_UNITS, &source, end, NULL, flush,
                       &error);
        int32_t size = (int32_t)(target - units);
        if (error == U_BUFFER_OVERFLOW_ERROR) size = keep_half(units, size, &kept);
        if (size > 0) append_units(stream, units, size, out);
    } while (error == U_BUFFER_OVERFLOW_ERROR);
    stream->before += bytes.size;
}

void encoding_stream_feed(EncodingStream *stream, Str bytes, Buffer *out) {
    if (bytes.size) convert_part(stream, bytes, false, out);
}

void encoding_stream_finish(EncodingStream *stream, Buffer *out) {
    convert_part(stream, STR(""), true, out);
}
