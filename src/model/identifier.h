/*
 * The validators themselves, reached through check.h. All take full-width characters, spaces and
 * hyphens as people type them and give the compact form; formulas and vectors: docs/identifiers.md.
 */
#ifndef ONDO_MODEL_IDENTIFIER_H
#define ONDO_MODEL_IDENTIFIER_H

#include "check.h"

/** US National Provider Identifier: 10 digits from 1 or 2, Luhn over "80840" and the number. */
CheckFunction identifier_npi;
/** US DEA registration: two letters (the second may be 9), six digits and a check digit. */
CheckFunction identifier_dea;
/** US National Drug Code, 10 digits with hyphens, or 11; normalised to 11 digits (5-4-2). */
CheckFunction identifier_ndc;
/** US Medical Education number: 11 digits, no public check. */
CheckFunction identifier_me_number;
/** 保険医療機関コード with prefecture and 点数表: 10 digits, Luhn over all of them, or
 * over the last seven in prefectures 11, 13 and 14. */
CheckFunction identifier_jp_facility;
/** 法人番号: 13 digits, the first of which checks the others (weights 1 and 2, modulo 9). */
CheckFunction identifier_jp_corporate;
/** YJコード: 7 digits, a letter, 4 digits. */
CheckFunction identifier_jp_yj;
/** 医师执业证书编码: 15 digits. */
CheckFunction identifier_cn_practice;
/** 统一社会信用代码: 18 characters, GB 32100 check character. */
CheckFunction identifier_cn_credit;
/** 国药准字: the words, a letter, 8 digits. */
CheckFunction identifier_cn_drug;
/** French RPPS: 11 digits, Luhn. */
CheckFunction identifier_fr_rpps;
/** German LANR: 9 digits, the seventh checks the six before it. */
CheckFunction identifier_de_lanr;
/** UK GMC reference: 7 digits. */
CheckFunction identifier_uk_gmc;
/** GTIN-8, -12, -13 or -14. Kept at its length. */
CheckFunction identifier_gtin;

/**
 * A GS1 element string with 01 (GTIN), 17 (expiry), 10 (lot) and 21 (serial), as scanned (GS,
 * U+001D, or "<GS>" ends what varies in length; "]d2" or "]C1" may stand first) or with "(01)".
 * Normalised to "(01)…(17)…(10)…(21)…" in the order given.
 */
CheckFunction identifier_gs1;

#endif
