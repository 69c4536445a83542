package org.dl4jsnn.monitor.health.ui;

import java.util.Collection;
import java.util.Optional;
import org.dl4jsnn.internal.chart.Html;
import org.dl4jsnn.monitor.health.HealthPage;

/**
 * The page of one training: its network's response to a sample, its layers after the last epoch,
 * and figures over the epochs. Its parts are requested every two seconds, and changed ones are
 * replaced.
 *
 * @param session the training; empty for none
 * @param layer the layer whose spikes are shown; null for the default
 */
record SpikingPage(
    Optional<WatchedSessions.Session> session, Collection<String> names, String layer) {

  /** The path of the page. */
  static final String ADDRESS = "/spiking";

  String html() {
    return PageFrame.around(
        title(), choice(), section("live", live()) + section("health", health()));
  }

  private String title() {
    return session.map(shown -> "Spiking layers of " + shown.name()).orElse("Spiking layers");
  }

  /** The trainings to choose from. */
  private String choice() {
    if (names.isEmpty()) {
      return "";
    }
    StringBuilder html = new StringBuilder("<label>Session<select>");
    if (session.isEmpty()) {
      html.append("<option value='").append(ADDRESS).append("'></option>");
    }
    for (String name : names) {
      html.append(
          Html.text(
              "<option value='%s/%s'%s>%s</option>",
              ADDRESS,
              Html.encoded(name),
              session.isPresent() && name.equals(session.get().name()) ? " selected" : "",
              Html.escaped(name)));
    }
    return html.append("</select></label>").toString();
  }

  private static String section(String id, String content) {
    return "<section id='" + id + "'>" + content + "</section>\n";
  }

  private String live() {
    if (session.isEmpty()) {
      return names.isEmpty()
          ? "<h2>No training reports its spiking layers yet</h2>"
          : "<h2>No training of this name reports its spiking layers</h2>";
    }
    if (session.get().live().isEmpty()) {
      return "";
    }
    String address = ADDRESS + "/" + Html.encoded(session.get().name());
    return "<h2>One sample, live</h2>\n"
        + LiveFigures.html(session.get().live().get(), layer, address);
  }

  private String health() {
    if (session.isEmpty()) {
      return "";
    }
    if (session.get().epochs().isEmpty()) {
      return "<h2>Health of layers</h2><p>No epoch has ended yet.</p>";
    }
    return "<h2>Health of layers</h2><p>"
        + HealthPage.summary(session.get().epochs())
        + "</p>"
        + HealthPage.table(session.get().epochs())
        + HealthPage.charts(session.get().epochs());
  }
}
