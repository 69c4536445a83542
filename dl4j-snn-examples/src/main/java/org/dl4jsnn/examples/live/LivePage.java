package org.dl4jsnn.examples.live;

import java.util.List;
import java.util.Map;
import org.dl4jsnn.event.EventTable;
import org.dl4jsnn.event.stream.StreamFigures;
import org.dl4jsnn.examples.events.OnOffImages;
import org.dl4jsnn.examples.spoken.HeardWords;
import org.dl4jsnn.internal.chart.ChartStyle;
import org.dl4jsnn.internal.chart.Html;
import org.dl4jsnn.internal.chart.LineChart;
import org.dl4jsnn.internal.chart.Palette;

/** A network at work, as a page that asks for itself anew. All of it is in the page itself. */
final class LivePage {

  /** Pixels of the page that an image has at least. */
  private static final int SIDE = 300;

  private static final String STYLE =
      """
      *{box-sizing:border-box}
      body{margin:0 auto;max-width:1340px;padding:12px 20px;color:#23282c;background:#fff;\
      font:14px/1.5 -apple-system,BlinkMacSystemFont,"Segoe UI",Roboto,Arial,sans-serif}
      h1{font-size:20px;margin:0 0 4px}
      #ended{display:none;color:#c0392b}
      .ended #ended{display:inline}
      #answer{font-size:17px}
      #events{display:block;margin:12px auto;max-width:100%;image-rendering:pixelated;\
      border:1px solid #c8ced3}
      dl{display:flex;flex-wrap:wrap;gap:4px 28px;margin:0 0 12px}
      dt{color:#5c6873}
      dd{margin:0;font-variant-numeric:tabular-nums}
      """;

  private static final String SCRIPT =
      """
      async function refresh() {
        try {
          if (document.hidden) return;
          const answer = await fetch(location.href);
          const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
          document.getElementById('live').innerHTML = page.getElementById('live').innerHTML;
          document.body.classList.remove('ended');
        } catch (e) {
          document.body.classList.add('ended');
        } finally {
          setTimeout(refresh, 300);
        }
      }
      setTimeout(refresh, 300);
      """;

  private LivePage() {}

  /**
   * What a network watches or listens to.
   *
   * @param source its name
   * @param caption what its picture shows
   * @param classes the names of the first classes; others are numbers
   */
  record Subject(String source, String caption, List<String> classes) {

    static Subject camera(String source) {
      return new Subject(source, "Events of the slice, ON red, OFF blue", List.of());
    }

    static Subject sound(String source) {
      return new Subject(
          source, "Spikes of the word, time to the right, high tones above", HeardWords.classes());
    }

    /** A class's name, or its number if it has none. */
    String name(int number) {
      return number < classes.size() ? classes.get(number) : String.valueOf(number);
    }
  }

  /** The page; without an answer before the first. */
  static String html(Subject subject, LiveNetwork.LiveAnswer answer, StreamFigures figures) {
    return "<!DOCTYPE html>\n<html lang='en'><head><meta charset='utf-8'>"
        + "<meta name='viewport' content='width=device-width, initial-scale=1'>"
        + "<link rel='icon' href='data:,'><title>Live: "
        + Html.escaped(subject.source)
        + "</title><style>"
        + STYLE
        + ChartStyle.CSS
        + "</style></head><body>\n<h1>Live: "
        + Html.escaped(subject.source)
        + "</h1><span id='ended'>The program has ended.</span>\n<section id='live'>"
        + (answer == null ? "<p>No slice has come yet.</p>" : live(subject, answer, figures))
        + "</section>\n<script>"
        + SCRIPT
        + "</script></body></html>\n";
  }

  private static String live(
      Subject subject, LiveNetwork.LiveAnswer answer, StreamFigures figures) {
    return Html.text(
            "<p id='answer'>Answer: <b>%s</b> (output %.2f)</p>\n",
            subject.name(answer.answer()), answer.output())
        + figures(figures)
        + "<div class='charts'>"
        + image(subject.caption, answer.events())
        + decision(subject, answer.slices(), answer.outputs())
        + rates(answer.slices(), answer.rates())
        + "</div>";
  }

  private static String figures(StreamFigures figures) {
    String latency =
        figures
            .latency()
            .map(
                l -> Html.text("%.1f ms, 99 %%: %.1f ms", l.medianMillis(), l.percentile99Millis()))
            .orElse("unknown");
    return Html.text(
        "<dl><div><dt>Events</dt><dd id='count'>%,d</dd></div>"
            + "<div><dt>Slices answered</dt><dd id='answered'>%,d</dd></div>"
            + "<div><dt>Slices dropped</dt><dd id='dropped'>%,d</dd></div>"
            + "<div><dt>Latency, median</dt><dd id='latency'>%s</dd></div></dl>\n",
        figures.events(), figures.answered(), figures.dropped(), latency);
  }

  private static String image(String caption, EventTable events) {
    int width = events.sensor().width();
    int height = events.sensor().height();
    OnOffImages images = new OnOffImages(1, width, height);
    for (int i = 0; i < events.size(); i++) {
      images.add(0, events.x(i), events.y(i), events.on(i), 1);
    }
    int scale = Math.max(1, SIDE / Math.max(width, height));
    return Html.text(
        "<figure class='chart'><figcaption>%s: %,d</figcaption>"
            + "<img id='events' alt='events of the slice' width='%d' height='%d'"
            + " src='%s'></figure>\n",
        caption, events.size(), width * scale, height * scale, Html.address(images.image(0, 1)));
  }

  private static String decision(Subject subject, List<Integer> slices, List<double[]> outputs) {
    LineChart chart =
        LineChart.linear("Decision: output of each class", "slice of the window", true);
    for (int i = 0; i < outputs.get(0).length; i++) {
      int of = i;
      chart.add(
          subject.name(i),
          Palette.hex(i),
          slices,
          outputs.stream().map(output -> output[of]).toList());
    }
    return chart.html();
  }

  private static String rates(List<Integer> slices, Map<String, List<Double>> rates) {
    LineChart chart =
        LineChart.linear("Firing rates of layers, spikes per step", "slice of the window", true);
    int layer = 0;
    for (Map.Entry<String, List<Double>> each : rates.entrySet()) {
      chart.add(each.getKey(), Palette.hex(layer), slices, each.getValue());
      layer++;
    }
    return chart.html();
  }
}
