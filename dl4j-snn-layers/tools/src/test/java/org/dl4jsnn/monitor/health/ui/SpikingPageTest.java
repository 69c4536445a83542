package org.dl4jsnn.monitor.health.ui;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.dl4jsnn.monitor.live.LiveSpikes;
import org.junit.jupiter.api.Test;

class SpikingPageTest {

  private static final BitSet SPIKES = BitSet.valueOf(new byte[] {0b1011});

  private static LiveSpikes live(OptionalInt label) {
    LiveSpikes.Layer images =
        new LiveSpikes.Layer(
            "conv & <1>",
            "40×2×3",
            8,
            240,
            3,
            9,
            List.of(new LiveSpikes.Layer.Row(5, SPIKES), new LiveSpikes.Layer.Row(60, SPIKES)),
            Optional.of(
                new LiveSpikes.Layer.Maps(
                    2, 3, 40, List.of(Collections.nCopies(6, 0.5f), Collections.nCopies(6, 0f)))));
    LiveSpikes.Layer silent =
        new LiveSpikes.Layer("dense", "4", 8, 4, 0, 0, List.of(), Optional.empty());
    List<Double> outputs = new ArrayList<>(List.of(0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8));
    LiveSpikes.Decision decision =
        new LiveSpikes.Decision(
            7,
            3,
            List.of(
                new LiveSpikes.Decision.OfClass(0, outputs),
                new LiveSpikes.Decision.OfClass(7, outputs)));
    return new LiveSpikes(1234, label, List.of(images, silent), Optional.of(decision));
  }

  private static String page(String name, LiveSpikes live, String layer) {
    WatchedSessions.Session session =
        new WatchedSessions.Session(name, List.of(), Optional.of(live));
    return new SpikingPage(Optional.of(session), List.of(name, "other"), layer).html();
  }

  @Test
  void shouldShowTheLayerThatIsChosen() {
    String first = page("a b", live(OptionalInt.of(7)), "conv & <1>");
    assertTrue(
        first.contains(
            "Spikes of conv &amp; &lt;1&gt;, 40×2×3: 3 of 240 neurons fire, 2 of them drawn"),
        first);
    assertTrue(first.contains("Firing rates of conv &amp; &lt;1&gt; by channel, 2 of 40"), first);
    assertEquals(2, count("data:image/png;base64,", first));
    String second = page("a b", live(OptionalInt.of(7)), "dense");
    assertTrue(second.contains("Spikes of dense, 4: 0 of 4 neurons fire<"), second);
    assertFalse(second.contains("Firing rates of"), second);
    // Of a layer that does not exist; and, if none is named, the first after the encoding.
    assertEquals(second, page("a b", live(OptionalInt.of(7)), "none"));
    assertEquals(second, page("a b", live(OptionalInt.of(7)), null));
  }

  @Test
  void shouldReportTheAnswerAndWhetherItIsRight() {
    String right = page("a", live(OptionalInt.of(7)), null);
    assertTrue(
        right.contains(
            "A sample of class 7 after 1,234 minibatches: <b>answer 7</b> (right), from step 3 of 8"
                + " on."),
        right);
    assertTrue(page("a", live(OptionalInt.of(1)), null).contains("</b> (wrong), from"));
    assertTrue(page("a", live(OptionalInt.empty()), null).contains("answer 7</b>, from"));
    assertTrue(right.contains("Decision: output of each class"), right);
  }

  @Test
  void shouldNameItsSessionAndTheOthers() {
    String page = page("a b", live(OptionalInt.empty()), null);
    assertTrue(page.contains("<title>Spiking layers of a b</title>"), page);
    assertTrue(page.contains("<option value='/spiking/a%20b' selected>a b</option>"), page);
    assertTrue(page.contains("<option value='/spiking/other'>other</option>"), page);
    assertTrue(page.contains("<a href='/spiking/a%20b?layer=dense' class='active'"), page);
    assertTrue(page.contains("?layer=conv%20%26%20%3C1%3E'"), page);
    assertTrue(page.contains("No epoch has ended yet"), page);
  }

  @Test
  void shouldSayThatThereIsNothingYet() {
    String page = new SpikingPage(Optional.empty(), List.of(), null).html();
    assertTrue(page.contains("No training reports its spiking layers yet"), page);
    String other = new SpikingPage(Optional.empty(), List.of("other"), null).html();
    assertTrue(other.contains("No training of this name reports its spiking layers"), other);
    assertTrue(other.contains("<option value='/spiking/other'>other</option>"), other);
  }

  @Test
  void shouldLoadNothingFromElsewhere() {
    String page = page("a", live(OptionalInt.empty()), null);
    assertEquals(0, count("https?:", page), page);
    assertEquals(0, count("(src|href)='//", page), page);
    assertEquals(0, count("<script src|@import|url\\(", page), page);
  }

  @Test
  void shouldSurviveAStorage() {
    LiveUpdate update = new LiveUpdate("session", 12, live(OptionalInt.of(7)));
    LiveUpdate restored = new LiveUpdate();
    restored.decode(update.encode());
    assertEquals(live(OptionalInt.of(7)), restored.seen());
    assertEquals("session", restored.getSessionID());
    assertEquals(12, restored.getTimeStamp());
    assertArrayEquals(update.encode(), restored.encode());
    LiveUpdate unknown = new LiveUpdate("session", 12, live(OptionalInt.empty()));
    assertEquals(OptionalInt.empty(), unknown.seen().label());
  }

  private static int count(String part, String html) {
    return (int) Pattern.compile(part).matcher(html).results().count();
  }
}
