#include "phrase.h"

/* A handful of slots: a table would cost more than it saves. */
static Str slot_value(const PhraseSlot *slots, size_t count, Str name) {
    for (size_t i = 0; i < count; i++) {
        if (str_is(name, slots[i].name)) return slots[i].value;
    }
    return STR("");
}

/* Sentences are bounded by the files; one that would not fit is cut rather than refused. */
Str phrase_replace(Arena *arena, Str pattern, const PhraseSlot *slots, size_t count) {
    char room[2048];
    size_t size = 0;
    while (pattern.size) {
        size_t open = str_find(pattern, '{');
        Str before = str_part(pattern, 0, open);
        pattern = str_part(pattern, open + 1, pattern.size);
        Str value = STR("");
        if (pattern.size) {
            size_t close = str_find(pattern, '}');
            value = slot_value(slots, count, str_part(pattern, 0, close));
            pattern = str_part(pattern, close + 1, pattern.size);
        }
        if (size + before.size + value.size > sizeof room) break;
        if (before.size) memcpy(room + size, before.data, before.size);
        if (value.size) memcpy(room + size + before.size, value.data, value.size);
        size += before.size + value.size;
    }
    return str_copy(arena, (Str){.data = room, .size = size});
}

/* Slots are drawn even when a sentence lacks them, and not at all when it has none. */
Str phrase_make(Arena *arena, const PhraseSubject *subject, TextKind kind, Random *random) {
    const Brand *brand = subject->brand;
    Lang lang = subject->lang;
    Str pattern = corpus_pick(&subject->corpus->texts[lang][kind], random);
    if (str_find(pattern, '{') == pattern.size) return pattern;
    const PhraseSlot slots[] = {
        {"brand", brand->name.in[lang]},
        {"competitor", corpus_pick(&brand->competitor[lang], random)},
        {"disease", corpus_pick(&brand->disease[lang], random)},
        {"patients", corpus_pick(&brand->patients[lang], random)},
        {"endpoint", corpus_pick(&brand->endpoint[lang], random)},
        {"side", corpus_pick(&brand->side[lang], random)},
        {"study", corpus_pick(&brand->study, random)},
        {"meeting", corpus_pick(&subject->corpus->meeting[lang], random)},
        {"colleague", subject->colleague},
    };
    return phrase_replace(arena, pattern, slots, sizeof slots / sizeof slots[0]);
}
