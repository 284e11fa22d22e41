/* A whole business: everything in a folder, checked against each other. */
#include "business.h"

#include "engine_fixture.h"

typedef struct Folder {
    Arena *arena;
    ModelSource sources[SOURCES_MOST + 1];
    size_t count;
} Folder;

static Folder *folder_of(const char *path) {
    Folder *folder = calloc(1, sizeof *folder);
    folder->arena = arena_new();
    folder->count = world_sources(folder->arena, path, "", folder->sources);
    return folder;
}

static void folder_drop(Folder **folder) {
    arena_free((*folder)->arena);
    free(*folder);
}

static void the_built_in_business_loads(void **state) {
    Folder *folder CLEANUP(folder_drop) = folder_of(ONDO_SOURCE_DIR "/pharma");
    Problem problem = problem_new(folder->arena);
    Business *business = NULL;
    (void)state;
    Status status = business_load(folder->sources, folder->count, &problem, &business);
    world_complain(&problem);
    assert_ok(status);
    assert_non_null(model_object(business->model, STR("hcp")));
    assert_non_null(roles_find(business->roles, STR("mr")));
    assert_true(dashboards_count(business->dashboards) > 0);
    assert_true(business->templates.count > 0);
    business_free(business);
    business_free(NULL);
}

/* The first error when a file is added to, or takes the place of one in, the small business. */
static Str mistake_with(Folder *folder, const char *name, const char *text) {
    Problem problem = problem_new(folder->arena);
    Business *business = NULL;
    size_t at_index = 0;
    while (at_index < folder->count && !str_is(folder->sources[at_index].name, name)) at_index++;
    folder->sources[at_index] = definition(folder->arena, name, text);
    if (at_index == folder->count) folder->count++;
    Status status = business_load(folder->sources, folder->count, &problem, &business);
    if (status == STATUS_OK) {
        business_free(business);
        return (Str){0};
    }
    assert_null(business);
    return problem.first->code;
}

static void a_mistake_in_any_kind_of_file_stops_it(void **state) {
    static const struct {
        const char *name, *text, *code;
    } CASES[] = {
        {"texts/more.json", "{'x':{'en':'x'}}", "definition_text_missing"},
        {"objects/more.json", "[]", "definition_not_object"},
        {"roles/more.json", "{'role':'x','objects':{'nothing':{}}}", "definition_unknown_object"},
        {"templates/more.json", "{'template':'x'}", "definition_text_missing"},
        {"rules/more.json", "{'rule':'x','object':'nothing'}", "definition_unknown_object"},
        {"dashboards/more.json",
         "{'dashboard':'x','labels':{'en':'x','ja':'x','zh':'x'},'widgets':[{'name':'w','form':"
         "'list','object':'nothing'}]}",
         "definition_unknown_object"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        Folder *folder CLEANUP(folder_drop) = folder_of(BUSINESS_FOLDER);
        assert_str(mistake_with(folder, CASES[i].name, CASES[i].text), CASES[i].code);
    }
}

static void other_folders_are_left_to_others(void **state) {
    Folder *folder CLEANUP(folder_drop) = folder_of(BUSINESS_FOLDER);
    (void)state;
    assert_str(mistake_with(folder, "demo/names.json", "no definition at all"), "");
}

#define LABELS "'labels':{'en':'x','ja':'x','zh':'x'}"
#define THING(views)                                                                             \
    "{'object':'thing'," LABELS                                                                  \
    ",'plural':{'en':'x','ja':'x','zh':'x'},'title':{'en':'x','ja':"                             \
    "'x','zh':'x'},'ownership':{},'fields':[{'name':'name','type':'text','indexed':true," LABELS \
    "},{'name':'size','type':'integer'," LABELS                                                  \
    "},{'name':'holder','type':'reference','reference':'user'," LABELS                           \
    "}],'layouts':{'views':[" views "]}}"

/* A view that a person opens must not be refused then. */
static void views_of_a_layout_are_checked(void **state) {
    static const struct {
        const char *view, *code;
    } CASES[] = {
        {"{'view':'v'," LABELS ",'filter':{'>':[{'var':'size'},3]},'sort':['-name'],"
         "'columns':['name:200','holder.name'],'roles':['boss']}",
         ""},
        {"{'view':'v'}", "definition_member_missing"},
        {"{'view':'v'," LABELS ",'filter':{'>':[{'var':'nothing'},3]}}", "condition_unknown_field"},
        {"{'view':'v'," LABELS ",'filter':{'changed':['size']}}", "condition_not_in_list"},
        {"{'view':'v'," LABELS ",'sort':['size']}", "sort_unknown"},
        {"{'view':'v'," LABELS ",'sort':['name','-name','holder','size']}", "sort_count"},
        {"{'view':'v'," LABELS ",'columns':['size.name']}", "definition_unknown_field"},
        {"{'view':'v'," LABELS ",'roles':['nobody']}", "definition_unknown_word"},
        {"{'view':'v'," LABELS ",'colour':'red'}", "definition_member_unknown"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        Folder *folder CLEANUP(folder_drop) = folder_of(BUSINESS_FOLDER);
        Str text = str_format(folder->arena, THING("%s"), CASES[i].view);
        assert_str(mistake_with(folder, "objects/thing.json", text.data), CASES[i].code);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_built_in_business_loads),
        cmocka_unit_test(a_mistake_in_any_kind_of_file_stops_it),
        cmocka_unit_test(other_folders_are_left_to_others),
        cmocka_unit_test(views_of_a_layout_are_checked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
