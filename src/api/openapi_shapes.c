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

/* A shape by its name in the table of routes, as JSON Schema in literal text. */
typedef struct Shape {
    const char *name, *schema;
} Shape;

static const char BATCH[] =
    "{'type':'object','required':['id','kind','object','preview','status','counts','undo'],"
    "'properties':{'id':" TEXT ",'kind':" TEXT ",'object':" OPTIONAL_TEXT
    ",'preview':{'type':'boolean'},"
    "'status':{'type':'string','enum':['running','done','failed','undoing','undone',"
    "'cancelled']},"
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
    "'since','start','minimum','maximum','bounded','parts'],'properties':{'score':" TEXT
    ",'label':" TEXT ",'help':" TEXT
    ",'applies':{'type':'boolean'},'points':{'type':['integer','null']},"
    "'level':" OPTIONAL_TEXT ",'level_label':" OPTIONAL_TEXT ",'since':" OPTIONAL_TEXT
    ",'start':" NUMBER ",'minimum':" NUMBER ",'maximum':" NUMBER ",'bounded':" NUMBER
    ",'parts':" LIST(
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
    "'events','base_rate','rule','plain','by_journal','as_today'],'properties':{'score':" TEXT
    ",'from':" TEXT ",'to':" TEXT ",'step':" NUMBER ",'horizon':" NUMBER ",'looks':" NUMBER
    ",'asked':" NUMBER ",'followed':" NUMBER ",'events':" NUMBER ",'base_rate':" SHARE
    ",'rule':" BACKTEST_SIDE ",'plain':" BACKTEST_SIDE
    ",'by_journal':" LIST(TEXT) ",'as_today':" LIST(TEXT) "}}";

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
        "{'type':'object','required':['id','version','published_at','by','by_name','note','shipped'"
        "],"
        "'properties':{'id':" TEXT "," PUBLICATION ",'shipped':{'type':'boolean'}}}") "}}";

/* A definition in a file; a body of null is what is shipped. */
#define DEFINITION_PART                                                             \
    "{'type':'object','required':['kind','name','body'],'properties':{'kind':" TEXT \
    ",'name':" TEXT                                                                 \
    ",'body':{'type':['object','null'],'additionalProperties':true},'version':" NUMBER "}}"
#define SET_PARTS "'definitions':" LIST(DEFINITION_PART)

static const char RULE_PREVIEW[] =
    "{'type':'object','required':['object','days','since','count','records','waiting','tasks',"
    "'notices','changes','creations','starts','by_day','examples'],'properties':{'object':" TEXT
    ",'days':" NUMBER ",'since':" TEXT ",'count':" NUMBER ",'records':" NUMBER
    ",'waiting':{'type':['integer','null']},'tasks':" NUMBER ",'notices':" NUMBER
    ",'changes':" NUMBER ",'creations':" NUMBER ",'starts':" NUMBER ",'by_day':" LIST(
        "{'type':'object','required':['day','count'],'properties':{'day':" TEXT ",'count':" NUMBER
        "}}") ",'examples':" LIST("{'type':'object','required':['id','title','at','text'],"
                                  "'properties':{'id':" TEXT ",'title':" TEXT ",'at':" TEXT
                                  ",'text':" TEXT "}}") "}}";

#define OPTIONAL_NUMBER "{'type':['integer','null']}"
static const char SCORE_PREVIEW[] =
    "{'type':'object','required':['score','object','changed','moved','levels','moves'],"
    "'properties':{'score':" TEXT ",'object':" TEXT ",'changed':" NUMBER ",'moved':" NUMBER
    ",'levels':" LIST(
        "{'type':'object','required':['level','label','before','after'],'properties':{'level':" TEXT
        ",'label':" TEXT ",'before':" NUMBER ",'after':" NUMBER "}}") ",'moves':" LIST(
        "{'type':'object','required':['from','from_label','to','to_label','count','records'],"
        "'properties':{'from':" OPTIONAL_TEXT ",'from_label':" OPTIONAL_TEXT ",'to':" OPTIONAL_TEXT
        ",'to_label':" OPTIONAL_TEXT ",'count':" NUMBER ",'records':" LIST(
            "{'type':'object','required':['id','title','points_before','points'],'properties':{"
            "'id':" TEXT ",'title':" TEXT ",'points_before':" OPTIONAL_NUMBER
            ",'points':" OPTIONAL_NUMBER "}}") "}}") "}}";

#define RANKING_HEAD                                                                               \
    "'ranking':" TEXT ",'label':" TEXT ",'help':" TEXT ",'object':" TEXT ",'bands':" NUMBER        \
    ",'best':{'enum':['highest','lowest']},'least':" NUMBER ",'grouped':{'type':'boolean'},"       \
    "'levels':" LIST("{'type':'object','required':['level','label','from'],'properties':{"         \
                     "'level':" TEXT ",'label':" TEXT ",'from':" NUMBER "}}")
#define RANKING_REQUIRED                                                                           \
    "'ranking','label','help','object','bands','best','least','grouped','levels','measures'"
#define MEASURE_HEAD                                                                               \
    "'measure':" TEXT ",'label':" TEXT ",'unit':" TEXT ",'better':{'enum':['more','less']},"       \
    "'field':" TEXT
static const char RANKING[] =
    "{'type':'object','required':[" RANKING_REQUIRED "],'properties':{" RANKING_HEAD
    ",'measures':" LIST("{'type':'object','required':['measure','label','unit','better','field'],"
                        "'properties':{" MEASURE_HEAD "}}") "}}";
#define AXIS                                                                             \
    "{'type':'object','required':['field','label'],'properties':{'field':" TEXT          \
    ",'label':" TEXT "}}"
static const char RANKING_GRID[] =
    "{'type':'object','required':['ranking','label','help','object','bands','highest_best',"
    "'across','down','inside','cells'],'properties':{'ranking':" TEXT ",'label':" TEXT
    ",'help':" TEXT ",'object':" TEXT ",'bands':" NUMBER ",'highest_best':"
    "{'type':'boolean'}"
    ",'across':" AXIS ",'down':" AXIS ",'inside':" AXIS ",'cells':" LIST(
        "{'type':'object','required':['across','down','count','mean'],'properties':{'across':"
        NUMBER ",'down':" NUMBER ",'count':" NUMBER ",'mean':{'type':'number'}}}") "}}";
static const char RECORD_RANKING[] =
    "{'type':'object','required':[" RANKING_REQUIRED ",'applies','sum','level','level_label',"
    "'previous_label','since'],'properties':{" RANKING_HEAD
    ",'applies':{'type':'boolean'},'sum':" OPTIONAL_NUMBER ",'level':" OPTIONAL_TEXT
    ",'level_label':" OPTIONAL_TEXT ",'previous_label':" OPTIONAL_TEXT ",'since':" OPTIONAL_TEXT
    ",'measures':" LIST(
        "{'type':'object','required':['measure','label','unit','better','field','value','band'],"
        "'properties':{" MEASURE_HEAD ",'value':{'type':['number','null']},'band':" OPTIONAL_NUMBER
        "}}") "}}";

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

static const char LINT_INPUT[] =
    "{'type':'object','required':['text'],'properties':{'text':" TEXT ",'field':" TEXT
    ",'speaker':{'type':'string','enum':['anyone','customer','self']},'market':" TEXT
    ",'hcp':" OPTIONAL_TEXT ",'hco':" OPTIONAL_TEXT ",'visit':" OPTIONAL_TEXT ",'lang':" TEXT "}}";

static const char LINT_READING[] =
    "{'type':'object','required':['market','findings'],'properties':{'market':" OPTIONAL_TEXT
    ",'findings':" LIST(
        "{'type':'object','required':['category','category_label','severity','rule','rule_label',"
        "'route','start','end','byte_start','byte_end','text','speaker','negated','why','instead',"
        "'source','lexicon','version','report'],'properties':{'report':" OPTIONAL_TEXT
        ",'category':" TEXT ",'category_label':" TEXT
        ",'severity':{'type':'string','enum':['info','warn','route','block']},'rule':" TEXT
        ",'rule_label':" TEXT
        ",'route':{'type':'string','enum':['compliance','safety','quality']},'start':" NUMBER
        ",'end':" NUMBER ",'byte_start':" NUMBER ",'byte_end':" NUMBER ",'text':" TEXT
        ",'speaker':{'type':'string','enum':['anyone','customer','self']},'negated':{'type':"
        "'boolean'},'why':" TEXT ",'instead':" TEXT ",'source':" TEXT ",'lexicon':" TEXT
        ",'version':" TEXT "}}") "}}";

static const char NOTE_INPUT[] = "{'type':'object','required':['text'],'properties':{'text':" TEXT
                                 ",'at':{'type':'string','format':'date-time'},'lang':" TEXT "}}";

#define NOTE_SPAN "'start':" NUMBER ",'end':" NUMBER ",'byte_start':" NUMBER ",'byte_end':" NUMBER
#define NOTE_SPAN_NEEDED "'start','end','byte_start','byte_end'"

static const char NOTE_READING[] =
    "{'type':'object','required':['pieces','mentions'],'properties':{'pieces':" LIST(
        "{'type':'object','required':['kind','text'," NOTE_SPAN_NEEDED
        ",'mark','strength','due','product','subjects','missing','competitor'],'properties':{"
        "'kind':{'type':'string','enum':['question','interest','commitment']},'text':" TEXT
        "," NOTE_SPAN ",'mark':{'type':['object','null'],'required':[" NOTE_SPAN_NEEDED
        "],'properties':{" NOTE_SPAN "}},'strength':" NUMBER
        ",'due':{'type':['object','null'],'required':['at','whole_day'," NOTE_SPAN_NEEDED
        "],'properties':{'at':{'type':'string','format':'date-time'},"
        "'whole_day':{'type':'boolean'}," NOTE_SPAN "}},'product':" OPTIONAL_TEXT
        ",'subjects':" LIST(TEXT) ",'missing':" LIST(
            "{'type':'string','enum':['deliverable','due']}") ",'competitor':{'type':['object',"
            "'null'],'required':['direction','text'," NOTE_SPAN_NEEDED "],'properties':{'direction'"
            ":" TEXT ",'text':" TEXT "," NOTE_SPAN "}}}}") ",'mentions':" LIST(
        "{'type':'object','required':[" NOTE_SPAN_NEEDED "],'properties':{'product':" TEXT
        ",'subject':" TEXT "," NOTE_SPAN "}}") "}}";

static const char VISIT_CHECKED[] =
    "{'type':'object','required':['quality','promises'],'properties':{'quality':{'anyOf':["
    "{'$ref':'#/components/schemas/record_score'},{'type':'null'}]},'promises':" LIST(
        "{'type':'object','required':['id','due_at','confirm_at','missing'],'properties':{'id'"
        ":" TEXT ",'due_at':" OPTIONAL_TEXT ",'confirm_at':" OPTIONAL_TEXT ",'missing':" LIST(
            "{'type':'object','required':['pointer','code','message'],'properties':{'pointer':" TEXT
            ",'code':" TEXT ",'message':" TEXT "}}") "}}") "}}";

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

/* A handover as the list has it (its object's fields), and beside it how the doctor stands now. */
#define HANDOVER_DOCTOR                                                                           \
    "{'type':'object','required':['id','version'],'additionalProperties':true,'properties':{"     \
    "'id':" TEXT ",'version':" NUMBER                                                             \
    ",'now':{'type':'object','properties':{'tier':" OPTIONAL_TEXT ",'temperature':" OPTIONAL_TEXT \
    ",'institution':" OPTIONAL_TEXT ",'promises':" NUMBER "}}}}"

/* A person in a map or on a committee, as far as the reader sees them. */
#define STAKEHOLDER_REQUIRED \
    "'id','version','title','main','decision_role','stance','influence','affiliation'"
#define STAKEHOLDER                                                                                \
    "'id':" TEXT ",'version':" NUMBER ",'title':" TEXT ",'kind':" OPTIONAL_TEXT                    \
    ",'family_name':" OPTIONAL_TEXT ",'given_name':" OPTIONAL_TEXT ",'family_kana':" OPTIONAL_TEXT \
    ",'given_kana':" OPTIONAL_TEXT ",'family_latin':" OPTIONAL_TEXT                                \
    ",'given_latin':" OPTIONAL_TEXT ",'department':" OPTIONAL_TEXT ",'position':" OPTIONAL_TEXT    \
    ",'owner':" OPTIONAL_TEXT ",'temperature':" OPTIONAL_TEXT                                      \
    ",'temperature_changed_at':" OPTIONAL_TEXT                                                     \
    ",'kol':{'type':['boolean','null']},'tier':" OPTIONAL_TEXT ",'last_visit_at':" OPTIONAL_TEXT   \
    ",'next_action_due':" OPTIONAL_TEXT                                                            \
    ",'main':{'type':'boolean'},'decision_role':" OPTIONAL_TEXT ",'stance':" OPTIONAL_TEXT         \
    ",'influence':" OPTIONAL_TEXT ",'affiliation':" OPTIONAL_TEXT

static const char INSTITUTION_MAP[] =
    "{'type':'object','required':['hco','product','path','roles','people','hidden','temperature'],"
    "'properties':{'hco':{'type':'object','required':['id','version','title'],'properties':{'id':" TEXT
    ",'version':" NUMBER ",'title':" TEXT "}},'product':" OPTIONAL_TEXT
    ",'path':{'type':'string','enum':['general','institution','product']},'roles':" LIST(
        "{'type':'object','required':['role','label','guidance','on_path','step','version','strategy',"
        "'people','gap'],'properties':{'role':" TEXT ",'label':" TEXT ",'guidance':" OPTIONAL_TEXT
        ",'on_path':{'type':'boolean'},'step':" OPTIONAL_TEXT ",'version':" NUMBER
        ",'strategy':" OPTIONAL_TEXT ",'people':" NUMBER
        ",'gap':{'type':'boolean'}}}") ",'people':" LIST(
        "{'type':'object','required':[" STAKEHOLDER_REQUIRED
        ",'owner_name','marks'],'properties':{" STAKEHOLDER ",'owner_name':" OPTIONAL_TEXT
        ",'marks':" LIST(TEXT) "}}") ",'hidden':" NUMBER
    ",'temperature':{'type':['object','null'],'required':['value','derived','mean','known','formula',"
    "'parts','hidden','override'],'properties':{'value':" OPTIONAL_TEXT ",'derived':" OPTIONAL_TEXT
    ",'mean':{'type':['number','null']},'known':" NUMBER
    ",'formula':{'type':'object','required':['of','weight_field','weights','otherwise','left_out',"
    "'minimum'],'properties':{'of':" TEXT ",'weight_field':" OPTIONAL_TEXT ",'weights':" LIST(
        "{'type':'object','required':['code','weight'],'properties':{'code':" TEXT
        ",'weight':" NUMBER "}}") ",'otherwise':" NUMBER ",'left_out':" LIST(TEXT) ",'minimum':" NUMBER
    "}},'parts':" LIST(
        "{'type':'object','required':['hcp','title','value','rank','weight','share'],'properties':{"
        "'hcp':" TEXT ",'title':" TEXT ",'value':" TEXT ",'rank':" NUMBER ",'weight':" NUMBER
        ",'share':{'type':'number'}}}")
    ",'hidden':{'type':'object','required':['count','share'],'properties':{'count':" NUMBER
    ",'share':{'type':'number'}}},"
    "'override':{'type':['object','null'],'required':['value','reason','by_name','at','until'],"
    "'properties':{'value':" TEXT ",'reason':" OPTIONAL_TEXT ",'by_name':" OPTIONAL_TEXT
    ",'at':" OPTIONAL_TEXT ",'until':" OPTIONAL_TEXT "}}}}}}";

static const char COMMITTEE_BOARD[] =
    "{'type':'object','required':['today','scope','items'],'properties':{'today':" TEXT
    ",'scope':" TEXT ",'items':" LIST(
        "{'type':'object','required':['id','version','title','held_on','days','stage','outcome',"
        "'review','product','product_name','hco','plan','plan_from','members','hidden','all',"
        "'contacted','contacts_since'],'properties':{'id':" TEXT ",'version':" NUMBER
        ",'title':" TEXT ",'held_on':" TEXT ",'days':" NUMBER
        ",'stage':{'type':'string','enum':['ahead','waiting','decided']},'outcome':" OPTIONAL_TEXT
        ",'review':" OPTIONAL_TEXT ",'product':" OPTIONAL_TEXT ",'product_name':" OPTIONAL_TEXT
        ",'hco':{'type':'object','required':['id','version','title','kind','city','temperature',"
        "'next_committee_on','owner','owner_name'],'properties':{'id':" TEXT ",'version':" NUMBER
        ",'title':" TEXT ",'kind':" OPTIONAL_TEXT ",'city':" OPTIONAL_TEXT
        ",'temperature':" OPTIONAL_TEXT ",'next_committee_on':" OPTIONAL_TEXT
        ",'owner':" OPTIONAL_TEXT ",'owner_name':" OPTIONAL_TEXT
        "}},"
        "'plan':{'type':['object','null'],'required':['task','made_at','done'],'properties':{'task'"
        ":" TEXT ",'made_at':" TEXT ",'done':{'type':'boolean'}}},'plan_from':" TEXT
        ",'members':" LIST("{'type':'object','required':[" STAKEHOLDER_REQUIRED
                           ",'contacted'],'properties':{" STAKEHOLDER
                           ",'contacted':{'type':'boolean'}}}") ",'hidden':" NUMBER ",'all':" NUMBER
                                                                ",'contacted':" NUMBER
                                                                ",'contacts_since':" TEXT
                                                                "}}") "}}";

#define FLAG "{'type':'boolean'}"
#define NAMED                                                                  \
    "{'type':['object','null'],'required':['id','title'],'properties':{'id':" TEXT \
    ",'title':" TEXT "}}"
#define OFFSET                                                                       \
    "{'type':['object','null'],'properties':{'hours':" NUMBER ",'days':" NUMBER \
    ",'months':" NUMBER "}}"
#define PLAYBOOK_STEP_REQUIRED                                                         \
    "'step','label','guidance','from','after','every','layer','role','settled_by_contact'," \
    "'due_at','opens_at'"
#define PLAYBOOK_STEP                                                                   \
    "'step':" TEXT ",'label':" TEXT ",'guidance':" TEXT                                 \
    ",'from':{'type':'string','enum':['start','previous','contact']},'after':" OFFSET   \
    ",'every':" OFFSET ",'layer':" OPTIONAL_TEXT ",'role':" OPTIONAL_TEXT               \
    ",'settled_by_contact':" FLAG ",'due_at':" OPTIONAL_TEXT ",'opens_at':" OPTIONAL_TEXT
#define PLAYBOOK_LABELS "'playbook':" TEXT ",'label':" TEXT ",'help':" TEXT

static const char PLAYBOOK_RUN[] =
    "{'type':'object','required':['id','playbook','label','help','state','started_at','ended_at',"
    "'origin','started_by','earlier_version','version','stop','stop_reason','stopped_by','topic','steps'],"
    "'properties':{'id':" TEXT "," PLAYBOOK_LABELS
    ",'state':{'type':'string','enum':['running','ended','stopped']},'started_at':" TEXT
    ",'ended_at':" OPTIONAL_TEXT ",'origin':" OPTIONAL_TEXT ",'started_by':" NAMED
    ",'earlier_version':" FLAG ",'version':" NUMBER ",'stop':" OPTIONAL_TEXT ",'stop_reason':" OPTIONAL_TEXT
    ",'stopped_by':" NAMED ",'topic':" NAMED ",'steps':" LIST(
        "{'type':'object','required':['id','round','state','done_at','visit','task','owner',"
        PLAYBOOK_STEP_REQUIRED "],'properties':{'id':" TEXT ",'round':" NUMBER
        ",'state':{'type':'string','enum':['planned','open','done','skipped','stopped']},"
        "'done_at':" OPTIONAL_TEXT ",'visit':" OPTIONAL_TEXT ",'task':" OPTIONAL_TEXT
        ",'owner':" NAMED "," PLAYBOOK_STEP "}}") "}}";

static const char RECORD_PLAYBOOKS[] =
    "{'type':'object','required':['runs','available'],'properties':{'runs':" LIST(
        "{'$ref':'#/components/schemas/playbook_run_steps'}") ",'available':" LIST(
        "{'type':'object','required':['playbook','label','help','suits','running'],"
        "'properties':{" PLAYBOOK_LABELS ",'suits':" FLAG ",'running':" FLAG "}}") "}}";

/* A run as it was started, or with "preview" only its steps and their dates. */
static const char PLAYBOOK_STARTED[] =
    "{'type':'object','required':['playbook','label','help','steps'],'properties':{'id':" TEXT
    ",'preview':" FLAG "," PLAYBOOK_LABELS ",'steps':" LIST(
        "{'type':'object','required':[" PLAYBOOK_STEP_REQUIRED
        "],'properties':{" PLAYBOOK_STEP "}}") "}}";
/* Mails and the calendar. */
#define MAIL                                                                                    \
    "{'type':'object','required':['id','kind','about','state','made_at','attempts','tried_at'," \
    "'sent_at','next_at','said'],'properties':{'id':" TEXT                                      \
    ",'kind':{'type':'string','enum':['figures','digest','test']},'about':" OPTIONAL_TEXT       \
    ",'state':{'type':'string','enum':['waiting','sending','sent','failed','dropped']},"        \
    "'made_at':" TEXT ",'attempts':" NUMBER ",'tried_at':" OPTIONAL_TEXT                        \
    ",'sent_at':" OPTIONAL_TEXT ",'next_at':" OPTIONAL_TEXT ",'said':" OPTIONAL_TEXT            \
    ",'user':" TEXT "}}"
static const char MAIL_SUBSCRIPTION[] =
    "{'type':'object','required':['id','dashboard','label','parameters','weekday','hour','next_at',"
    "'last_sent_at'],'properties':{'id':" TEXT ",'dashboard':" TEXT ",'label':" TEXT
    ",'parameters':{'type':'object','additionalProperties':{'type':'string'}},'weekday':" NUMBER
    ",'hour':" NUMBER ",'next_at':" TEXT ",'last_sent_at':" OPTIONAL_TEXT "}}";
static const char MAIL_PLAN[] =
    "{'type':'object','required':['available','address','digest','subscriptions','mails'],"
    "'properties':{'available':{'type':'boolean'},'address':" OPTIONAL_TEXT
    ",'digest':{'type':'object','required':['kinds','hour','next_at'],'properties':{'kinds':" LIST(
        TEXT) ",'hour':" NUMBER ",'next_at':" OPTIONAL_TEXT
              "}},'subscriptions':{'type':'array','items':{'$ref':'#/components/schemas/"
              "mail_subscription'}},'mails':" LIST(MAIL) "}}";
static const char MAILS[] =
    "{'type':'object','required':['available','items'],'properties':{'available':{'type':'boolean'}"
    ","
    "'items':" LIST(MAIL) "}}";
static const char MAIL_TIME_INPUT[] =
    "{'type':'object','required':['weekday','hour'],'properties':{'weekday':" NUMBER
    ",'hour':" NUMBER "}}";
static const char MAIL_SUBSCRIPTION_INPUT[] =
    "{'type':'object','required':['dashboard','weekday','hour'],'properties':{'dashboard':" TEXT
    ",'parameters':{'type':'object','additionalProperties':{'type':'string'}},'weekday':" NUMBER
    ",'hour':" NUMBER "}}";
static const char MAIL_DIGEST_INPUT[] =
    "{'type':'object','required':['kinds','hour'],'properties':{'kinds':" LIST(
        TEXT) ",'hour':" NUMBER "}}";
static const char CALENDAR_FEED[] =
    "{'type':'object','required':['present'],'properties':{'present':{'type':'boolean'},"
    "'brief':{'type':'boolean'},'made_at':" TEXT ",'used_at':" OPTIONAL_TEXT ",'path':" TEXT "}}";
static const char CALENDAR_FEED_INPUT[] =
    "{'type':'object','properties':{'brief':{'type':'boolean'}}}";
/* The weekly review: where questions come from, their groups, and all of it. */
#define REVIEW_SOURCE                                                                         \
    "{'type':'object','required':['topic','visit','hcp','hcp_title','owner_title','held_at'," \
    "'text','likeness'],'properties':{'topic':" TEXT ",'visit':" TEXT                         \
    ",'hcp':{'type':['string','null']},'hcp_title':" TEXT ",'owner_title':" TEXT              \
    ",'held_at':" TEXT ",'text':" TEXT ",'likeness':" NUMBER "}}"
#define REVIEW_GROUP                                                                           \
    "{'type':'object','required':['question','count','askers','product','product_title',"      \
    "'subjects','words','trend','sources'],'properties':{'question':" TEXT ",'count':" NUMBER  \
    ",'askers':" NUMBER ",'product':{'type':['string','null']},'product_title':" TEXT          \
    ",'subjects':" LIST(TEXT) ",'words':" LIST(TEXT) ",'trend':" LIST(NUMBER) ",'sources':" LIST( \
        REVIEW_SOURCE) "}}"
#define REVIEW_NEED                                                                          \
    "{'type':'object','required':['need','count','trend','visits'],'properties':{'need':" TEXT \
    ",'count':" NUMBER ",'trend':" LIST(NUMBER) ",'visits':" LIST(TEXT) "}}"

static const Shape SHAPES[] = {
    {"material",
     "{'type':'object','required':['items','suggested_tags'],'properties':{'items':" LIST(
         ANY_OBJECT) ",'suggested_tags':" LIST(TEXT) "}}"},
    {"playbook_run_steps", PLAYBOOK_RUN},
    {"record_playbooks", RECORD_PLAYBOOKS},
    {"playbook_started", PLAYBOOK_STARTED},
    {"playbook_start_input",
     "{'type':'object','required':['playbook'],'properties':{'playbook':" TEXT
     ",'topic':" OPTIONAL_TEXT ",'preview':" FLAG "}}"},
    {"playbook_move_input", "{'type':'object','properties':{'preview':" FLAG "}}"},
    {"playbook_moved",
     "{'type':'object','required':['id','playbook','label','steps'],'properties':{'id':" TEXT
     ",'playbook':" TEXT ",'label':" TEXT ",'steps':" LIST(
         "{'type':'object','required':['step','label','move','state','round','due_before',"
         "'due_after'],'properties':{'step':" TEXT ",'label':" TEXT
         ",'move':{'type':'string','enum':['stays','redated','added','dropped']},'state':"
         OPTIONAL_TEXT ",'round':" NUMBER ",'due_before':" OPTIONAL_TEXT ",'due_after':"
         OPTIONAL_TEXT "}}") "}}"},
    {"playbook_versions",
     ITEMS("{'type':'object','required':['plan','playbook','label','object','version','count',"
           "'runs'],'properties':{'plan':" TEXT ",'playbook':" TEXT ",'label':" TEXT
           ",'object':" TEXT ",'version':" NUMBER ",'count':" NUMBER ",'runs':" LIST(
               "{'type':'object','required':['id','record','title'],'properties':{'id':" TEXT
               ",'record':" TEXT ",'title':" TEXT "}}") "}}")},
    {"playbook_versions_input",
     "{'type':'object','required':['plan'],'properties':{'plan':" TEXT "}}"},
    {"playbook_versions_moved",
     "{'type':'object','required':['moved','kept','left'],'properties':{'moved':" NUMBER
     ",'kept':" NUMBER ",'left':" NUMBER "}}"},
    {"playbook_stop_input", "{'type':'object','required':['reason'],'properties':{'reason':" TEXT "}}"},
    {"story",
     "{'type':'object','required':['read_until','new','memos'],'properties':{'read_until'"
     ":" OPTIONAL_TEXT ",'new':" NUMBER ",'memos':" NUMBER "}}"},
    {"story_read_input", "{'type':'object','required':['until'],'properties':{'until':" TEXT "}}"},
    {"handover_doctors",
     "{'type':'object','required':['items','next'],'properties':{'items':" LIST(
         HANDOVER_DOCTOR) ",'next':" OPTIONAL_TEXT ",'tier_a_missing':" NUMBER "}}"},
    {"handover_start", HANDOVER_START},
    {"handover_start_input", HANDOVER_START_INPUT},
    {"institution_map", INSTITUTION_MAP},
    {"institution_path_input",
     "{'type':'object','required':['roles'],'properties':{'roles':" LIST(TEXT) "}}"},
    {"committee_board", COMMITTEE_BOARD},
    {"access", ACCESS},
    {"batch", BATCH},
    {"batches", ITEMS("{'$ref':'#/components/schemas/batch'}")},
    {"bulk_change_input", BULK_CHANGE_INPUT},
    {"journal", JOURNAL},
    {"journal_proof", JOURNAL_PROOF},
    {"mail_plan", MAIL_PLAN},
    {"mail_subscription", MAIL_SUBSCRIPTION},
    {"mails", MAILS},
    {"mail_time_input", MAIL_TIME_INPUT},
    {"mail_subscription_input", MAIL_SUBSCRIPTION_INPUT},
    {"mail_digest_input", MAIL_DIGEST_INPUT},
    {"calendar_feed", CALENDAR_FEED},
    {"calendar_feed_input", CALENDAR_FEED_INPUT},
    {"sample", SAMPLE},
    {"sample_remove_input", SAMPLE_REMOVE_INPUT},
    {"definition", DEFINITION},
    {"definitions", ITEMS("{'$ref':'#/components/schemas/definition'}")},
    {"score", SCORE},
    {"scores", ITEMS("{'$ref':'#/components/schemas/score'}")},
    {"backtest", BACKTEST},
    {"record_score", RECORD_SCORE},
    {"review",
     "{'type':'object','required':['week','measure','threshold','weeks','asked','notes','total',"
     "'groups','needs','products','by_subject'],'properties':{'week':" TEXT ",'measure':" TEXT
     ",'threshold':" NUMBER ",'weeks':" NUMBER ",'asked':" NUMBER ",'notes':" NUMBER
     ",'total':" NUMBER ",'groups':" LIST(REVIEW_GROUP) ",'needs':" LIST(
         REVIEW_NEED) ",'products':" LIST("{'type':'object','required':['product','title','count'],"
                                          "'properties':{'product':{'type':['string','null']},"
                                          "'title':" TEXT ",'count':" NUMBER
                                          "}}") ",'by_subject':" LIST("{'type':'object','required':"
                                                                      "['subject','count'],"
                                                                      "'properties':{'subject':" TEXT
                                                                      ",'count':" NUMBER
                                                                      "}}") "}}"},
    {"record_deadlines",
     "{'type':'object','required':['now','items'],'properties':{'now':" TEXT ",'items':" LIST(
         "{'type':'object','required':['deadline','label','basis','standing','field','due_at',"
         "'valid_from','valid_to','checked_on'],"
         "'properties':{'deadline':" TEXT ",'label':" TEXT ",'basis':" TEXT
         ",'standing':{'type':'string','enum':['statute','guidance','practice']},'valid_from':" OPTIONAL_TEXT
         ",'valid_to':" OPTIONAL_TEXT ",'checked_on':" OPTIONAL_TEXT ",'field':" TEXT
         ",'due_at':" TEXT "}}") "}}"},
    {"record_scores", ITEMS("{'$ref':'#/components/schemas/record_score'}")},
    {"definition_input",
     "{'type':'object','required':['body'],'properties':{'body':" ANY_OBJECT ",'note':" TEXT "}}"},
    {"definition_revert_input",
     "{'type':'object','required':['version'],'properties':{'version':" NUMBER ",'note':" TEXT
     "}}"},
    {"definition_file",
     "{'type':'object','required':['ondo','exported_at','definitions'],'properties':{'ondo':" TEXT
     ",'exported_at':" TEXT ",'definitions':" LIST(DEFINITION_PART) "}}"},
    {"definition_set_input",
     "{'type':'object','required':['definitions'],'properties':{" SET_PARTS ",'note':" TEXT "}}"},
    {"definition_set",
     "{'type':'object','required':['items'],'properties':{'items':" LIST(
         "{'type':'object','required':['kind','name','version'],'properties':{'kind':" TEXT
         ",'name':" TEXT ",'version':" NUMBER "}}") "}}"},
    {"definition_preview_input",
     "{'type':'object','required':['definitions'],'properties':{" SET_PARTS ",'days':" NUMBER "}}"},
    {"rule_preview", RULE_PREVIEW},
    {"score_preview", SCORE_PREVIEW},
    {"rankings", ITEMS("{'$ref':'#/components/schemas/ranking'}")},
    {"ranking", RANKING},
    {"ranking_grid", RANKING_GRID},
    {"record_ranking", RECORD_RANKING},
    {"record_rankings", ITEMS("{'$ref':'#/components/schemas/record_ranking'}")},
    {"choice_usage",
     "{'type':'object','required':['items','fields'],'properties':{'items':" LIST(
         "{'type':'object','required':['code','count'],'properties':{'code':" TEXT
         ",'count':" NUMBER
         "}}") ",'fields':" LIST("{'type':'object','required':['object','field'],"
                                 "'properties':{'object':" TEXT ",'field':" TEXT "}}") "}}"},
    {"choice_merge_input",
     "{'type':'object','required':['field','from','into'],'properties':{'field':" TEXT
     ",'from':" TEXT ",'into':" TEXT ",'note':" TEXT "}}"},
    {"lint_input", LINT_INPUT},
    {"lint_reading", LINT_READING},
    {"note_input", NOTE_INPUT},
    {"note_reading", NOTE_READING},
    {"form",
     "{'type':'object','required':['form','label','modules'],'properties':{'form':" TEXT
     ",'label':" TEXT ",'modules':" LIST(
         "{'type':'object','required':['module','label','aim','asks'],'properties':{'module':" TEXT
         ",'label':" TEXT ",'aim':" TEXT
         ",'asks':" LIST("{'type':'object','required':['ask','required'],'properties':{'ask':" TEXT
                         ",'required':{'type':'boolean'}}}") "}}") "}}"},
    {"visit_draft", ANY_OBJECT},
    {"visit_checked", VISIT_CHECKED},
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
