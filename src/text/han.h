/*
 * Han characters: which ones count as the same in a name, and how they are read in Mandarin.
 *
 * The tables behind it are made while building by han_generator.c, from ICU's data and our own
 * lists (han_variants.h, pinyin_phrases.h). Code points are UTF-32.
 */
#ifndef ONDO_TEXT_HAN_H
#define ONDO_TEXT_HAN_H

#include <stddef.h>
#include <stdint.h>

/** One form for simplified, traditional, Japanese and variant forms (髙 to 高, 澤 and 沢 to 泽). */
uint32_t han_unify(uint32_t point);

/**
 * The pinyin of each of `count` adjacent characters, lower-case ASCII without tones ("lv" for lü),
 * or NULL where none is known. Words with a reading of their own (重庆, 银行) are respected. The
 * strings are constants.
 */
void han_readings(const uint32_t *points, size_t count, const char *out[]);

/**
 * As han_readings for a run of two to four characters that may be a person's name: puts the reading
 * of a surname (单 shan, 尉迟 yu chi) into `readings`. Returns how many readings it changed.
 */
size_t han_read_surname(const uint32_t *points, size_t count, const char *readings[]);

#endif
