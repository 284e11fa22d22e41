/* What approved material a doctor is offered, and why, over HTTP. */
#include "material.h"

#include "access.h"
#include "resources.h"

/* The member names are the page's words for the reason. */
static void write_offer(Call *call, const MaterialOffer *offer) {
    json_open_object(&call->json);
    record_write_members(&call->context, &call->json, &offer->content);
    json_key(&call->json, STR("why"));
    json_open_array(&call->json);
    if (offer->reason.tag) json_write_text(&call->json, STR("tag"));
    if (offer->reason.subject) json_write_text(&call->json, STR("subject"));
    if (offer->reason.product) json_write_text(&call->json, STR("product"));
    if (offer->reason.need) json_write_text(&call->json, STR("need"));
    json_close_array(&call->json);
    json_close_object(&call->json);
}

Status material_show(Call *call) {
    const Object *hcp = model_object(call->business->model, STR("hcp"));
    const Object *content = model_object(call->business->model, STR("content"));
    Record doctor;
    MaterialOffers offers;
    MaterialNoted noted = {.subjects = call_parameter(call, "subjects"),
                           .products = call_parameter(call, "products")};
    if (!content || access_scope(&call->actor, content, VERB_READ) == SCOPE_NONE) {
        return STATUS_NOT_FOUND;
    }
    Status status = record_read(&call->context, hcp, call->id, &doctor);
    if (status == STATUS_OK) status = material_offers(&call->context, &doctor, &noted, &offers);
    if (status != STATUS_OK) return status;
    json_open_object(&call->json);
    json_key(&call->json, STR("items"));
    json_open_array(&call->json);
    for (size_t i = 0; i < offers.count; i++) write_offer(call, &offers.items[i]);
    json_close_array(&call->json);
    json_key(&call->json, STR("suggested_tags"));
    json_open_array(&call->json);
    for (size_t i = 0; i < offers.suggested_count; i++) {
        json_write_text(&call->json, offers.suggested[i]);
    }
    json_close_array(&call->json);
    json_close_object(&call->json);
    return STATUS_OK;
}
