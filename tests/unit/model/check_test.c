/* Vectors: section J of the compliance rules (docs/identifiers.md); "synthetic" ones are made up.
 */
#include "check.h"
#include "model_fixture.h"

typedef struct CheckCase {
    const char *name, *text;
    const char *normalised; /* NULL: refused */
} CheckCase;

static const CheckCase CASES[] = {
    /* NPI: Luhn over "80840" and the number */
    {"npi", "1234567893", "1234567893"},
    {"npi", "1993999998", "1993999998"},
    {"npi", "1558598797", "1558598797"},
    {"npi", "1245319599", "1245319599"},
    {"npi", "2123456784", "2123456784"},
    {"npi", "１２３４ ５６７ ８９３", "1234567893"},
    {"npi", "1234567890", NULL},
    {"npi", "1234567839", NULL},
    {"npi", "3234567893", NULL},
    {"npi", "123456789", NULL},
    {"npi", "", NULL},
    /* DEA; wrong algorithms that circulate fail on the first and third */
    {"dea", "AP5836727", "AP5836727"},
    {"dea", "AB1234563", "AB1234563"},
    {"dea", "F91234563", "F91234563"},
    {"dea", "ap5836727", "AP5836727"},
    {"dea", "AB4523767", NULL},
    {"dea", "AB1234567", NULL},
    {"dea", "A1234563", NULL},
    /* NDC: 10 digits with hyphens become 11 */
    {"ndc", "50242-040-62", "50242004062"},
    {"ndc", "0002-7597-01", "00002759701"},
    {"ndc", "12345-6789-1", "12345678901"},
    {"ndc", "12345-6789-12", "12345678912"},
    {"ndc", "50242004062", "50242004062"},
    {"ndc", "5024204062", NULL},
    {"ndc", "1234-567-89", NULL},
    {"ndc", "12345-67890", NULL},
    {"ndc", "12345-678-90-1", NULL},
    {"me_number", "03501851234", "03501851234"},
    {"me_number", "0350185123A", NULL},
    /* 保険医療機関コード: Luhn over prefecture, 点数表 and the 7-digit code */
    {"jp_facility", "0110113719", "0110113719"},
    {"jp_facility", "1312345679", "1312345679"},
    {"jp_facility", "1340123452", "1340123452"},
    {"jp_facility", "１３１２３４５６７９", "1312345679"},
    {"jp_facility", "1310110049", "1310110049"}, /* Tokyo: over seven digits; a published code */
    {"jp_facility", "0110110049", NULL},         /* the same seven digits in Hokkaido */
    {"jp_facility", "1312345670", NULL},
    {"jp_facility", "4819999999", NULL},
    {"jp_facility", "0113719", NULL}, /* without prefecture it cannot be checked */
    {"jp_corporate", "5835678256246", "5835678256246"},
    {"jp_corporate", "7000012050002", "7000012050002"},
    {"jp_corporate", "2835678256246", NULL},
    {"jp_yj", "2619700Q1214", "2619700Q1214"},
    {"jp_yj", "2619700q121", NULL},
    {"jp_yj", "2619700q1214", NULL},
    {"cn_practice", "110110105000123", "110110105000123"},
    {"cn_practice", "11011010500012", NULL},
    {"cn_practice", "1101101050001234", NULL},
    {"cn_credit", "91110000600037341L", "91110000600037341L"},
    {"cn_credit", "91110000600037341l", "91110000600037341L"},
    {"cn_credit", "91110000600037342L", NULL},
    {"cn_credit", "9111000060003734IL", NULL},
    {"cn_drug", "国药准字H20130345", "国药准字H20130345"},
    {"cn_drug", "国药准字 h20130345", "国药准字H20130345"},
    {"cn_drug", "国药准字X20130345", NULL},
    {"cn_drug", "H20130345", NULL},
    {"fr_rpps", "10003123451", "10003123451"},
    {"fr_rpps", "10003123456", NULL},
    {"de_lanr", "123456601", "123456601"},
    {"de_lanr", "838382202", "838382202"},
    {"de_lanr", "123456701", NULL},
    {"uk_gmc", "1234567", "1234567"},
    {"uk_gmc", "123456", NULL},
    {"gtin", "00614141123452", "00614141123452"},
    {"gtin", "4006381333931", "4006381333931"},
    {"gtin", "14912345678901", "14912345678901"},
    {"gtin", "00614141123453", NULL},
    {"gtin", "400638133393", NULL},
    /* GS1: FNC1 ends what varies in length; day 00 is the month's last */
    {"gs1",
     "01006141411234521725123110ABC123\x1D"
     "2112345",
     "(01)00614141123452(17)251231(10)ABC123(21)12345"},
    {"gs1", "01006141411234521725123110ABC123<GS>2112345",
     "(01)00614141123452(17)251231(10)ABC123(21)12345"},
    {"gs1", "]d2010061414112345217250200", "(01)00614141123452(17)250200"},
    {"gs1", "(01)00614141123452(17)251231(10)ABC123", "(01)00614141123452(17)251231(10)ABC123"},
    {"gs1", "(01)00614141123452(17)251301", NULL},
    {"gs1", "(01)00614141123452(17)250230", NULL},
    {"gs1", "(01)00614141123453", NULL},
    {"gs1", "(17)251231", NULL},
    {"gs1", "(01)00614141123452(10)123456789012345678901", NULL},
    {"gs1", "(01)00614141123452(01)00614141123452", NULL},
    {"gs1", "(01)0061414112", NULL},
    {"gs1", "", NULL},
};

static void identifiers_are_checked_by_their_vectors(void **state) {
    Arena *arena CLEANUP(arena_drop) = arena_new();
    (void)state;
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        const CheckCase *check = &CASES[i];
        Str normalised = STR("untouched");
        CheckFunction *function = check_named(str_of(check->name));
        assert_non_null(function);
        bool valid = function(arena, str_of(check->text), &normalised);
        if (valid != (check->normalised != NULL)) fail_msg("%s %s", check->name, check->text);
        assert_str(normalised, valid ? check->normalised : "untouched");
    }
}

static void every_check_has_a_name_and_a_sentence(void **state) {
    (void)state;
    for (const char *const *name = check_names(); *name; name++) {
        assert_non_null(check_named(str_of(*name)));
        assert_non_null(check_error_code(str_of(*name)));
    }
    assert_null(check_named(STR("")));
    assert_null(check_named(STR("isbn")));
    assert_null(check_error_code(STR("isbn")));
}

/* One wrong digit never passes Luhn's formula, nor do two neighbours exchanged, but for 09 and 90.
 */
static void slips_of_the_finger_are_noticed(void **state) {
    Arena *arena CLEANUP(arena_drop) = arena_new();
    CheckFunction *npi = check_named(STR("npi"));
    char number[] = "1234567893";
    Str out;
    (void)state;
    for (int i = 1; i < 10; i++) {
        char kept = number[i];
        for (char digit = '0'; digit <= '9'; digit++) {
            number[i] = digit;
            assert_int_equal(npi(arena, str_of(number), &out), digit == kept);
        }
        number[i] = kept;
    }
}

/* The published list gives prefecture and 7-digit code; the 点数表 between them is 1 or 3. */
static void published_japanese_institutions_pass(void **state) {
    char path[600], line[1000], code[16];
    const char *folder = getenv("ONDO_SHARED");
    int total = 0, valid = 0;
    (void)state;
    snprintf(path, sizeof path, "%s/data/jp-med-institutions-202409/sample_tokyo_first3000.csv",
             folder ? folder : "/nonexistent");
    FILE *file = fopen(path, "r");
    if (!file) return;
    CheckFunction *facility = check_named(STR("jp_facility"));
    while (fgets(line, sizeof line, file)) {
        Arena *arena CLEANUP(arena_drop) = arena_new();
        Str out;
        bool either = false;
        for (const char *table = "13"; *table; table++) {
            snprintf(code, sizeof code, "%.2s%c%.7s", line, *table, line + 2);
            either = either || facility(arena, str_of(code), &out);
        }
        total++;
        valid += either;
    }
    fclose(file);
    print_message("%d of %d pass\n", valid, total);
    assert_true(total >= 2900);
    assert_int_equal(valid, total);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(identifiers_are_checked_by_their_vectors),
        cmocka_unit_test(every_check_has_a_name_and_a_sentence),
        cmocka_unit_test(slips_of_the_finger_are_noticed),
        cmocka_unit_test(published_japanese_institutions_pass),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
