/** The texts of the screens, a file an area; those with which the page starts are in first.ts. The other languages have the same files. */
import admin from "./admin.json";
import brief from "./brief.json";
import catalogue from "./catalogue.json";
import committees from "./committees.json";
import condition from "./condition.json";
import customers from "./customers.json";
import curve from "./curve.json";
import handover from "./handover.json";
import hco from "./hco.json";
import imports from "./imports.json";
import journal from "./journal.json";
import lint from "./lint.json";
import list from "./list.json";
import object from "./object.json";
import parts from "./parts.json";
import password from "./password.json";
import pick from "./pick.json";
import places from "./places.json";
import plan from "./plan.json";
import record from "./record.json";
import resources from "./resources.json";
import review from "./review.json";
import roles from "./roles.json";
import safety from "./safety.json";
import sample from "./sample.json";
import settings from "./settings.json";
import sign_in from "./sign_in.json";
import story from "./story.json";
import tasks from "./tasks.json";
import timeline from "./timeline.json";
import tour from "./tour.json";
import ui from "./ui.json";
import users from "./users.json";
import value from "./value.json";
import visit from "./visit.json";
import why from "./why.json";

export default {
  admin,
  brief,
  catalogue,
  committees,
  condition,
  customers,
  curve,
  handover,
  hco,
  imports,
  journal,
  lint,
  list,
  object,
  parts,
  password,
  pick,
  places,
  plan,
  record,
  resources,
  review,
  roles,
  safety,
  sample,
  settings,
  sign_in,
  story,
  tasks,
  timeline,
  tour,
  ui,
  users,
  value,
  visit,
  why,
};
