package org.dl4jsnn.monitor.health.ui;

import static org.dl4jsnn.Messages.assertSays;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import org.deeplearning4j.core.storage.StatsStorage;
import org.dl4jsnn.monitor.health.EpochHealth;
import org.dl4jsnn.monitor.health.LayerHealth;
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
    assertSays(
        first,
        "Spikes of conv &amp; &lt;1&gt;, 40×2×3: 3 of 240 neurons fire, 2 of them drawn",
        "Firing rates of conv &amp; &lt;1&gt; by channel, 2 of 40");
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
    assertSays(
        right,
        "A sample of class 7 after 1,234 minibatches: <b>answer 7</b> (right), from step 3 of 8"
            + " on.");
    assertTrue(page("a", live(OptionalInt.of(1)), null).contains("</b> (wrong), from"));
    assertTrue(page("a", live(OptionalInt.empty()), null).contains("answer 7</b>, from"));
    assertTrue(right.contains("Decision: output of each class"), right);
  }

  @Test
  void shouldNameItsSessionAndTheOthers() {
    String page = page("a b", live(OptionalInt.empty()), null);
    assertSays(
        page,
        "<title>Spiking layers of a b</title>",
        "<option value='/spiking/a%20b' selected>a b</option>",
        "<option value='/spiking/other'>other</option>",
        "<a href='/spiking/a%20b?layer=dense' class='active'",
        "?layer=conv%20%26%20%3C1%3E'",
        "No epoch has ended yet");
  }

  @Test
  void shouldSayThatThereIsNothingYet() {
    String page = new SpikingPage(Optional.empty(), List.of(), null).html();
    assertTrue(page.contains("No training reports its spiking layers yet"), page);
    String other = new SpikingPage(Optional.empty(), List.of("other"), null).html();
    assertSays(
        other,
        "No training of this name reports its spiking layers",
        "<option value='/spiking/other'>other</option>");
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

  @Test
  void shouldBeginAtZeroWithoutNegativeRates() {
    String html = rates(0, 0.25f);
    assertSays(
        html,
        "<p class='scale'>0<i style='background:linear-gradient(90deg,#FF",
        "0.250 spikes per step");
  }

  /** Dark pixels of normalised images fire negative spikes. */
  @Test
  void shouldShowNegativeRates() {
    String html = rates(-0.5f, 0.25f);
    assertSays(
        html,
        "<p class='scale'>-0.500<i style='background:linear-gradient(",
        "0.500 spikes per step");
  }

  private static String rates(float... rates) {
    List<Float> map = new ArrayList<>();
    for (float rate : rates) {
      map.add(rate);
    }
    return LiveFigures.RateImages.html(
        "conv1", new LiveSpikes.Layer.Maps(1, rates.length, 1, List.of(map)));
  }

  private static EpochHealth epoch(int number, int iteration) {
    LayerHealth.Rates rates =
        new LayerHealth.Rates(0.1, 0, 0, 1, Collections.nCopies(LayerHealth.Rates.BINS, 0.1));
    return new EpochHealth(
        number,
        iteration,
        1,
        List.of(
            new LayerHealth(
                "dense",
                rates,
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                Optional.empty(),
                Set.of())));
  }

  /** A storage with the updates of one session. */
  private static StatsStorage storage(List<HealthUpdate> updates) {
    return (StatsStorage)
        Proxy.newProxyInstance(
            SpikingPageTest.class.getClassLoader(),
            new Class<?>[] {StatsStorage.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "equals" -> proxy == arguments[0];
                  case "listSessionIDs" -> List.of("training");
                  case "listTypeIDsForSession" -> List.of(HealthUpdate.TYPE);
                  case "getLatestUpdateAllWorkers" -> List.of(updates.get(updates.size() - 1));
                  case "getAllUpdatesAfter" -> updates;
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }

  /** A training that is killed after its report and resumed reports the epoch again. */
  @Test
  void shouldReplaceEarlierReportsOfAnEpochAndThoseAfterIt() {
    WatchedSessions sessions = new WatchedSessions();
    sessions.attach(
        storage(
            List.of(
                new HealthUpdate("training", 1, epoch(1, 10)),
                new HealthUpdate("training", 2, epoch(2, 20)),
                new HealthUpdate("training", 3, epoch(3, 30)),
                new HealthUpdate("training", 4, epoch(2, 21)))));
    assertEquals(
        List.of(epoch(1, 10), epoch(2, 21)), sessions.find("training").orElseThrow().epochs());
  }
}
