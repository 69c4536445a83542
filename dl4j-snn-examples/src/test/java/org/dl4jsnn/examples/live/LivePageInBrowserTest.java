package org.dl4jsnn.examples.live;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.dl4jsnn.Browser;
import org.dl4jsnn.event.EventTable;
import org.dl4jsnn.event.SensorSize;
import org.dl4jsnn.event.stream.StreamFigures;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The page of a network that watches a stream, in a browser. */
@Tag("slow")
class LivePageInBrowserTest {

  private static final int PHONE = 390;
  private static final AtomicReference<LiveNetwork.LiveAnswer> ANSWER = new AtomicReference<>();
  private static final AtomicReference<StreamFigures> FIGURES = new AtomicReference<>();

  /** What the page waits for. */
  private static final Semaphore GATE = new Semaphore(1);

  private static Browser browser;
  private static LiveServer server;

  @BeforeAll
  static void start() throws Exception {
    browser = Browser.open();
    FIGURES.set(new StreamFigures(0, 0, 0, Optional.empty()));
    server = LiveServer.start(InetAddress.getByName("127.0.0.1"), 0, LivePageInBrowserTest::page);
  }

  private static String page() {
    GATE.acquireUninterruptibly();
    GATE.release();
    return LivePage.html(LivePage.Subject.camera("<camera>"), ANSWER.get(), FIGURES.get());
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.close();
    }
    if (server != null) {
      server.close();
    }
  }

  private static void show(long answered) {
    EventTable events = new EventTable("test", new SensorSize(34, 30));
    events.add(3, 4, 5, true);
    events.add(6, 7, 8, false);
    ANSWER.set(
        new LiveNetwork.LiveAnswer(
            0,
            events,
            List.of(1, 3),
            List.of(new double[] {0.5, 0.2, 0.3}, new double[] {0.1, 0.8, 0.1}),
            Map.of("conv1", List.of(0.1, 0.2))));
    FIGURES.set(
        new StreamFigures(2000, answered, 3, Optional.of(new StreamFigures.Latency(1.5, 4.25))));
  }

  private static String text(String id) {
    return "document.getElementById('" + id + "').textContent";
  }

  @Test
  void shouldShowEventsRatesDecisionDroppedSlicesAndLatency() throws Exception {
    show(1234);
    browser.setWidth(1280);
    browser.go(server.address());
    browser.await(text("answered") + " == '1,234'");
    browser.assertValue("Live: <camera>", "document.title");
    browser.assertValue("Answer: 1 (output 0.80)", text("answer"));
    browser.assertValue("2,000", text("count"));
    browser.assertValue("3", text("dropped"));
    browser.assertValue(true, text("latency") + ".startsWith('1.5 ms')");
    browser.await("document.getElementById('events').naturalWidth == 34");
    browser.assertValue(3L, "document.querySelectorAll('.chart').length");
    browser.assertValue(4L, "document.querySelectorAll('.legend li').length");
  }

  @Test
  void shouldGoOnByItself() throws Exception {
    show(1);
    browser.go(server.address());
    browser.await(text("answered") + " == '1'");
    browser.value("window.marked = true");
    show(2);
    browser.await(text("answered") + " == '2'");
    browser.assertValue(true, "window.marked");
  }

  @Test
  void shouldNotAskAgainBeforeItIsAnswered() throws Exception {
    show(3);
    browser.go(server.address());
    browser.await(text("answered") + " == '3'");
    GATE.acquire();
    try {
      // Counted here, since a browser holds equal requests back until the first is answered.
      browser.value(
          "(() => { const plain = window.fetch; window.asked = 0; window.fetch ="
              + " (...of) => { window.asked++; return plain(...of); }; })()");
      browser.value("window.since = performance.now()");
      browser.await("performance.now() - window.since > 1500");
      // It asks every 300 ms: a request may have been on its way.
      browser.assertValue(true, "window.asked <= 2");
    } finally {
      GATE.release();
    }
  }

  @Test
  void shouldFitAPhone() throws Exception {
    show(5);
    browser.setWidth(PHONE);
    browser.go(server.address());
    browser.await(text("answered") + " == '5'");
    browser.assertValue((long) PHONE, "document.documentElement.scrollWidth");
  }

  @Test
  void shouldLoadNothingFromElsewhere() throws Exception {
    show(6);
    browser.go(server.address());
    browser.await(text("answered") + " == '6'");
    browser.assertValue(
        true,
        "performance.getEntriesByType('resource').every(e =>"
            + " e.name.startsWith(location.origin) || e.name.startsWith('data:'))");
    // Its policy blocks whatever a page might be made to load.
    browser.value("fetch('http://127.0.0.1:9/').catch(e => window.stopped = String(e))");
    browser.await("window.stopped");
  }
}
