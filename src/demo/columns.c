#include "columns.h"

/*
 * Names stand in the order of the constants of columns.h: a constant is the position of its name.
 * They are text, because that is how the model knows fields; sink_open looks each of them up once,
 * and names the first that a changed definition has lost.
 */
static const TableColumns TABLES[TABLE_COUNT] = {
    [TABLE_TEAM] = {.object = "team", .fields = "name manager"},
    [TABLE_USER] =
        {.object = "user",
         .fields = "login name family_name given_name email role team manager lang zone active"},
    [TABLE_PRODUCT] = {.object = "product", .fields = "kind parent name"},
    [TABLE_MESSAGE] = {.object = "message", .fields = "product name text"},
    [TABLE_HCO] = {.object = "hco",
                   .fields = "kind name name_kana facility_code country postal_code prefecture "
                             "city address owner next_committee_on tags"},
    [TABLE_HCP] =
        {.object = "hcp",
         .fields =
             "kind family_name given_name family_kana given_kana family_latin given_latin "
             "department position primary_hco owner former_owner owner_changed_at temperature "
             "temperature_previous temperature_changed_at temperature_at_reassignment prescribing "
             "visit_preference information_form specialty sub_specialty academic_interests "
             "interest_areas resonating_phrases next_action next_action_due influence_on_patients "
             "influence_on_doctors cdtm_interest style kol prescriptions_per_month "
             "registration_number country email "
             "tags last_visit_at first_contact_at visit_count"},
    [TABLE_AFFILIATION] =
        {.object = "affiliation",
         .fields = "hcp hco role department primary decision_role influence stance from"},
    [TABLE_LICENCE] = {.object = "licence",
                       .fields = "hcp kind number region valid_from valid_to verified_at"},
    [TABLE_ADOPTION] = {.object = "adoption", .fields = "hco product state since"},
    [TABLE_COMMITTEE] = {.object = "committee",
                         .fields =
                             "hco held_on state product outcome review reviewed_by reviewed_at"},
    [TABLE_STEP] = {.object = "decision_step", .fields = "hco position decision_role strategy"},
    [TABLE_REFERRAL] = {.object = "referral", .fields = "from_hcp to_hcp to_hco strength"},
    [TABLE_HANDOVER] = {.object = "handover",
                        .fields = "hcp from_user to_user at memo_complete read_at"},
    [TABLE_VISIT] = {.object = "visit",
                     .fields = "hcp hco owner channel state planned_at held_at quick_note "
                               "discussion tendency temperature"},
    [TABLE_DETAIL] = {.object = "detail", .fields = "visit product message reaction"},
    [TABLE_TOPIC] = {.object = "topic", .fields = "visit kind text product state"},
    [TABLE_PROMISE] = {.object = "promise",
                       .fields =
                           "visit hcp owner deliverable due_at confirm_at state delivered_at"},
    [TABLE_SIGN] = {.object = "sign",
                    .fields = "hcp kind seen_at seen_by visit cleared_at cleared_by"},
    [TABLE_READING] = {.object = "temperature_reading",
                       .fields = "hcp value previous at by visit product reason"},
    [TABLE_MEMO] = {.object = "memo", .fields = "hcp hco kind text by at visit"},
    [TABLE_RESOURCE] = {.object = "resource",
                        .fields = "name kind unit quantity team starts_on first_call_until"},
    [TABLE_ALLOTMENT] = {.object = "allotment", .fields = "resource hcp amount owner asked_at"},
    [TABLE_TASK] = {.object = "task", .fields = "subject body owner hcp hco visit due_at state"},
};

const TableColumns *columns_of(TableKind kind) {
    return &TABLES[kind];
}
