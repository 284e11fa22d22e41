/*
 * Each shape is a text of JSON Schema 2020-12, with ' for ". A route names its answer's shape in
 * `answers` and its body's in `takes`.
 */
#include "openapi_shapes.h"

#include <stdlib.h>
#include <string.h>

#define TEXT "{'type':'string'}"
#define OPTIONAL_TEXT "{'type':['string','null']}"
#define NUMBER "{'type':'integer'}"
#define ANY_OBJECT "{'type':'object','additionalProperties':true}"
#define LIST(item) "{'type':'array','items':" item "}"
#define ITEMS(item)                                                             \
    "{'type':'object','required':['items','next'],'properties':{'items':" LIST( \
        item) ",'next':" OPTIONAL_TEXT "}}"

typedef struct Shape {
    const char *name, *schema;
} Shape;

static const char BATCH[] =
    "{'type':'object','required':['id','kind','object','preview','status','counts','undo'],"
    "'properties':{'id':" TEXT ",'kind':" TEXT ",'object':" OPTIONAL_TEXT
    ",'preview':{'type':'boolean'},"
    "'status':{'type':'string','enum':['running','done','failed','undoing','undone']},"
    "'counts':{'type':'object','additionalProperties':{'type':'integer'}},"
    "'changes':" ANY_OBJECT ","
    "'refused':" LIST(
        "{'type':'object','required':['code','message','count','records'],'properties':{"
        "'code':" TEXT ",'message':" TEXT ",'count':" NUMBER ",'records':" LIST(
            "{'type':'object','required':['id','title'],'properties':{'id':" TEXT
            ",'title':" TEXT "}}") "}}") ","
    "'examples':" LIST(
        "{'type':'object','required':['id','title','before','after'],'properties':{'id':" TEXT
        ",'title':" TEXT ",'before':" ANY_OBJECT ",'after':" ANY_OBJECT "}}") ","
    "'follows':" LIST(
        "{'type':'object','required':['object','action','count'],'properties':{'object':" TEXT
        ",'action':" TEXT ",'count':" NUMBER "}}") ","
    "'undo':{'type':['object','null'],'required':['removed','reverted','changed_since','refused',"
    "'left'],'properties':{'removed':" NUMBER ",'reverted':" NUMBER ",'changed_since':" NUMBER
    ",'refused':" NUMBER ",'left':" LIST(
        "{'type':'object','required':['object','id','title','why'],'properties':{'object':" TEXT
        ",'id':" TEXT ",'title':" TEXT ",'why':{'type':'string','enum':['changed','refused']}}}")
    "}},"
    "'created_by':" OPTIONAL_TEXT ",'created_at':" OPTIONAL_TEXT ",'finished_at':" OPTIONAL_TEXT
    ",'undone_at':" OPTIONAL_TEXT "}}";

static const char BULK_CHANGE_INPUT[] =
    "{'type':'object','required':['changes'],'properties':{'ids':" LIST(
        TEXT) ",'all':{'type':'boolean'},'except':" LIST(TEXT) ",'changes':" ANY_OBJECT
                                                               ",'preview':{'type':'boolean'}}}";

/* A score as defined, and as it is of one record. */
#define LOGIC "{}"
static const char SCORE[] =
    "{'type':'object','required':['score','label','help','object','condition','start','minimum',"
    "'maximum','parts','levels','fields'],'properties':{'score':" TEXT ",'label':" TEXT
    ",'help':" TEXT ",'object':" TEXT ",'condition':" LOGIC ",'start':" NUMBER ",'minimum':" NUMBER
    ",'maximum':" NUMBER ",'parts':" LIST(
        "{'type':'object','required':['part','label','condition','points'],'properties':{'part':" TEXT
        ",'label':" TEXT ",'condition':" LOGIC ",'points':" NUMBER "}}") ",'levels':" LIST(
        "{'type':'object','required':['level','label','from'],'properties':{'level':" TEXT
        ",'label':" TEXT ",'from':" NUMBER
        "}}") ",'fields':{'type':'object','additionalProperties':{'type':'string'}},"
    "'check':{'type':['object','null'],'required':['label','condition','level','plain_label','plain',"
    "'horizon'],'properties':{'label':" TEXT ",'condition':" LOGIC ",'level':" TEXT
    ",'plain_label':" TEXT ",'plain':" LOGIC ",'horizon':" NUMBER "}}}}";

static const char RECORD_SCORE[] =
    "{'type':'object','required':['score','label','help','applies','points','level','level_label',"
    "'since','start','minimum','maximum','parts'],'properties':{'score':" TEXT ",'label':" TEXT
    ",'help':" TEXT
    ",'applies':{'type':'boolean'},'points':{'type':['integer','null']},"
    "'level':" OPTIONAL_TEXT ",'level_label':" OPTIONAL_TEXT ",'since':" OPTIONAL_TEXT
    ",'start':" NUMBER ",'minimum':" NUMBER ",'maximum':" NUMBER ",'parts':" LIST(
        "{'type':'object','required':['part','label','points','holds','text'],'properties':{"
        "'part':" TEXT ",'label':" TEXT ",'points':" NUMBER
        ",'holds':{'type':'boolean'},'text':" OPTIONAL_TEXT "}}") "}}";

#define SHARE "{'type':['number','null']}"
#define BACKTEST_SIDE                                                                            \
    "{'type':'object','required':['marked','right','caught','precision','recall','lead_days'],'" \
    "properties':{'marked':" NUMBER ",'right':" NUMBER ",'caught':" NUMBER ",'precision':" SHARE \
    ",'recall':" SHARE ",'lead_days':{'type':['integer','null']}}}"

static const char BACKTEST[] =
    "{'type':'object','required':['score','from','to','step','horizon','looks','asked','followed',"
    "'events','base_rate','rule','plain','as_today'],'properties':{'score':" TEXT ",'from':" TEXT
    ",'to':" TEXT ",'step':" NUMBER ",'horizon':" NUMBER ",'looks':" NUMBER ",'asked':" NUMBER
    ",'followed':" NUMBER ",'events':" NUMBER ",'base_rate':" SHARE ",'rule':" BACKTEST_SIDE
    ",'plain':" BACKTEST_SIDE ",'as_today':" LIST(TEXT) "}}";

/* What the list and the versions of one definition tell of a publication. */
#define PUBLICATION                                                                                \
    "'version':" NUMBER ",'published_at':" OPTIONAL_TEXT ",'by':" OPTIONAL_TEXT ",'by_name':" TEXT \
    ",'note':" TEXT

static const char DEFINITION[] =
    "{'type':'object','required':['kind','name','label','origin','version','published_at','by',"
    "'by_name','note'],'properties':{'kind':" TEXT ",'name':" TEXT ",'label':" TEXT
    ",'origin':{'type':'string','enum':['shipped','published','withdrawn']}," PUBLICATION
    ",'users':" NUMBER
    ",'body':{'type':['object','null'],'additionalProperties':true},"
    "'shipped':{'type':['object','null'],'additionalProperties':true},'versions':" LIST(
        "{'type':'object','required':['version','published_at','by','by_name','note','shipped'],"
        "'properties':{" PUBLICATION ",'shipped':{'type':'boolean'}}}") "}}";

#define VERB_ANSWER                                                                            \
    "{'type':'object','required':['allowed','code','scope','message','remedy'],'properties':{" \
    "'allowed':{'type':'boolean'},'code':" TEXT ",'scope':" TEXT ",'message':" TEXT            \
    ",'remedy':" TEXT "}}"

static const char ACCESS[] =
    "{'type':'object','required':['user','record','read','create','update','delete','export',"
    "'import','fields'],'properties':{'user':{'type':'object','required':['id','name','role',"
    "'role_label','active'],'properties':{'id':" TEXT ",'name':" TEXT ",'role':" TEXT
    ",'role_label':" TEXT ",'active':{'type':'boolean'}}},"
    "'record':{'type':['object','null'],'required':['object','id','deleted','through'],"
    "'properties':{'object':" TEXT ",'id':" TEXT ",'title':" TEXT
    ",'deleted':{'type':'boolean'},'owner':" TEXT ",'owner_name':" TEXT ",'through':" LIST(
        "{'type':'object','required':['object','id'],'properties':{'object':" TEXT ",'id':" TEXT
        ",'title':" TEXT "}}") "}},"
    "'read':" VERB_ANSWER ",'create':" VERB_ANSWER ",'update':" VERB_ANSWER
    ",'delete':" VERB_ANSWER ",'export':" VERB_ANSWER ",'import':" VERB_ANSWER ",'fields':" LIST(
        "{'type':'object','required':['name','label','readable','writable','code','message'],"
        "'properties':{'name':" TEXT ",'label':" TEXT ",'readable':{'type':'boolean'},"
        "'writable':{'type':'boolean'},'code':" TEXT ",'message':" TEXT "}}") "}}";

static const char PROBLEMS[] =
    "{'type':'object','required':['problems'],'properties':{'problems':" LIST(
        "{'type':'object','required':['pointer','code','message'],'properties':{'pointer':" TEXT
        ",'code':" TEXT ",'message':" TEXT "}}") "}}";

static const char JOURNAL[] =
    "{'type':'object','required':['items','names','next','searched_until'],'properties':{'items':" LIST(
        "{'type':'object','required':['position','at','by','by_name','via','object','id','title',"
        "'version','action','withheld','changes','reason','cause','batch'],'properties':{"
        "'position':{'type':['integer','null']},'at':" TEXT ",'by':" OPTIONAL_TEXT
        ",'by_name':" OPTIONAL_TEXT ",'via':" TEXT ",'object':" TEXT ",'id':" OPTIONAL_TEXT
        ",'title':" OPTIONAL_TEXT ",'version':" NUMBER ",'action':" TEXT
        ",'withheld':{'type':'boolean'},'changes':" ANY_OBJECT ",'reason':" OPTIONAL_TEXT
        ",'cause':" OPTIONAL_TEXT ",'batch':" OPTIONAL_TEXT "}}")
    ",'names':{'type':'object','additionalProperties':{'type':'string'}},'next':" OPTIONAL_TEXT
    ",'searched_until':" OPTIONAL_TEXT "}}";

#define PROVED_ENTRY                                                                            \
    "{'type':'object','required':['position','entry','at','by','via','object','id','version',"  \
    "'action','changes','reason','batch','cause','session','withheld','hash'],'properties':{"   \
    "'position':" NUMBER ",'entry':" TEXT ",'at':" NUMBER ",'by':" OPTIONAL_TEXT ",'via':" TEXT \
    ",'object':" TEXT ",'id':" OPTIONAL_TEXT ",'version':" NUMBER ",'action':" TEXT             \
    ",'changes':" OPTIONAL_TEXT ",'reason':" TEXT ",'batch':" OPTIONAL_TEXT                     \
    ",'cause':" OPTIONAL_TEXT ",'session':" OPTIONAL_TEXT                                       \
    ",'withheld':{'type':'boolean'},"                                                           \
    "'hash':" TEXT "}}"

static const char JOURNAL_PROOF[] =
    "{'type':'object','required':['previous_hash','entry','chain','next','checkpoint','verified',"
    "'holds'],'properties':{'previous_hash':" TEXT ",'entry':" PROVED_ENTRY
    ",'chain':" LIST(PROVED_ENTRY) ",'next':{'type':['integer','null']},"
    "'checkpoint':{'type':['object','null'],'required':['position','at','hash','signature',"
    "'public_key','own_key'],'properties':{'position':" NUMBER ",'at':" TEXT ",'hash':" TEXT
    ",'signature':" TEXT ",'public_key':" TEXT ",'own_key':{'type':['boolean','null']}}},"
    "'verified':{'type':'object','required':['entry','chain','signature','entries'],'properties':{"
    "'entry':{'type':'boolean'},'chain':{'type':'boolean'},'signature':{'type':['boolean','null']},"
    "'entries':" NUMBER "}},'holds':{'type':'boolean'}}}";

static const char SAMPLE[] =
    "{'type':'object','required':['present','made_at','objects','users','confirm','running'],"
    "'properties':{'present':{'type':'boolean'},'made_at':" OPTIONAL_TEXT ",'objects':" LIST(
        "{'type':'object','required':['object','sample','hanging'],'properties':{'object':" TEXT
        ",'sample':" NUMBER ",'hanging':" NUMBER "}}") ",'users':" NUMBER ",'confirm':" TEXT
                                                       ",'running':" OPTIONAL_TEXT "}}";

static const char SAMPLE_REMOVE_INPUT[] =
    "{'type':'object','required':['confirm'],'properties':{'confirm':" TEXT "}}";

static const char HANDOVER_START_INPUT[] =
    "{'type':'object','required':['to_user'],'properties':{'to_user':" TEXT
    ",'effective_on':" OPTIONAL_TEXT ",'due_on':" OPTIONAL_TEXT
    ",'ids':" LIST(TEXT) ",'all':{'type':'boolean'},'except':" LIST(TEXT) "}}";

static const char HANDOVER_START[] =
    "{'type':'object','required':['plans','left_out'],'properties':{'plans':" LIST(
        "{'type':'object','required':['id','from_user','from_name','doctors','tier_a',"
        "'incomplete','promises'],'properties':{'id':" OPTIONAL_TEXT ",'from_user':" TEXT
        ",'from_name':" TEXT ",'doctors':" NUMBER ",'tier_a':" NUMBER ",'incomplete':" NUMBER
        ",'promises':" NUMBER "}}") ",'left_out':" LIST(
        "{'type':'object','required':['code','message','count','records'],'properties':{"
        "'code':" TEXT ",'message':" TEXT ",'count':" NUMBER ",'records':" LIST(
            "{'type':'object','required':['id','title'],'properties':{'id':" TEXT
            ",'title':" TEXT "}}") "}}") "}}";

/* A handover as the list has it, and beside it how the doctor stands now. */
#define HANDOVER_DOCTOR                                                                         \
    "{'allOf':[{'$ref':'#/components/schemas/handover'},{'type':'object','properties':{'now':{" \
    "'type':'object','properties':{'tier':" OPTIONAL_TEXT ",'temperature':" OPTIONAL_TEXT       \
    ",'institution':" OPTIONAL_TEXT ",'promises':" NUMBER "}}}}]}"

static const Shape SHAPES[] = {
    {"handover_doctors", ITEMS(HANDOVER_DOCTOR)},
    {"handover_start", HANDOVER_START},
    {"handover_start_input", HANDOVER_START_INPUT},
    {"access", ACCESS},
    {"batch", BATCH},
    {"batches", ITEMS("{'$ref':'#/components/schemas/batch'}")},
    {"bulk_change_input", BULK_CHANGE_INPUT},
    {"journal", JOURNAL},
    {"journal_proof", JOURNAL_PROOF},
    {"sample", SAMPLE},
    {"sample_remove_input", SAMPLE_REMOVE_INPUT},
    {"definition", DEFINITION},
    {"definitions", ITEMS("{'$ref':'#/components/schemas/definition'}")},
    {"score", SCORE},
    {"scores", ITEMS("{'$ref':'#/components/schemas/score'}")},
    {"backtest", BACKTEST},
    {"record_score", RECORD_SCORE},
    {"record_scores", ITEMS("{'$ref':'#/components/schemas/record_score'}")},
    {"definition_input",
     "{'type':'object','required':['body'],'properties':{'body':" ANY_OBJECT ",'note':" TEXT "}}"},
    {"definition_revert_input",
     "{'type':'object','required':['version'],'properties':{'version':" NUMBER ",'note':" TEXT
     "}}"},
    {"problems", PROBLEMS},
};

/* ' for ", which would need a backslash each in C. */
static json_t *read_schema(const char *text) {
    size_t size = strlen(text);
    char *json = malloc(size + 1);
    if (!json) abort();
    for (size_t i = 0; i <= size; i++) json[i] = (char)(text[i] == '\'' ? '"' : text[i]);
    json_t *schema = json_loads(json, 0, NULL);
    free(json);
    return schema;
}

void openapi_shapes_add(json_t *schemas) {
    for (size_t i = 0; i < sizeof SHAPES / sizeof *SHAPES; i++) {
        json_object_set_new(schemas, SHAPES[i].name, read_schema(SHAPES[i].schema));
    }
}

bool openapi_shapes_have(const char *name) {
    for (size_t i = 0; i < sizeof SHAPES / sizeof *SHAPES; i++) {
        if (strcmp(SHAPES[i].name, name) == 0) return true;
    }
    return false;
}
