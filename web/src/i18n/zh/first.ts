import app from "./app.json";
import error from "./error.json";
import hcp from "./hcp.json";
import help from "./help.json";
import honorific from "./honorific.json";
import install from "./install.json";
import me from "./me.json";
import nav from "./nav.json";
import notifications from "./notifications.json";
import palette from "./palette.json";
import shortcuts from "./shortcuts.json";
import team from "./team.json";
import today from "./today.json";
import todo from "./todo.json";
import warning from "./warning.json";

export default {
  app,
  error,
  hcp,
  help,
  honorific,
  install,
  me,
  nav,
  notifications,
  palette,
  shortcuts,
  team,
  today,
  todo,
  warning,
};
