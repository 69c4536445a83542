package org.dl4jsnn.examples.ui;

import java.net.InetAddress;
import java.util.concurrent.atomic.AtomicReference;
import org.deeplearning4j.core.storage.StatsStorage;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.ui.api.UIServer;
import org.deeplearning4j.ui.model.storage.InMemoryStatsStorage;
import org.dl4jsnn.Browser;
import org.dl4jsnn.examples.data.MnistFiles;
import org.dl4jsnn.monitor.health.SpikeHealthListener;
import org.dl4jsnn.monitor.health.ui.SpikingRouter;
import org.dl4jsnn.monitor.live.LiveSpikes;
import org.dl4jsnn.monitor.live.LiveSpikesListener;
import org.dl4jsnn.zoo.SpikingNetworks;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/** The page of spiking layers in a browser, for a training of two short epochs. */
@Tag("slow")
class SpikingPageInBrowserTest {

  private static final int STEPS = 5;
  private static final int MINIBATCH = 8;
  private static final int DESKTOP = 1280;
  private static final int PHONE = 390;
  private static final String ACTIVE = "document.querySelector('.tabs .active').textContent";

  private static final StatsStorage STORAGE = new InMemoryStatsStorage();
  private static final AtomicReference<LiveSpikes> LAST = new AtomicReference<>();
  private static Browser browser;
  private static String page;

  @BeforeAll
  static void train() throws Exception {
    browser = Browser.open();
    UiServer server = UiServer.start(InetAddress.getByName("127.0.0.1"), 0);
    server.attach(STORAGE);
    page = server.getAddress() + "/spiking/two%20epochs";
    MultiLayerNetwork network = SpikingNetworks.lenet5().steps(STEPS).threshold(0.5).init();
    network.setListeners(
        new SpikeHealthListener.Builder()
            .interval(1)
            .reportTo(new SpikingRouter(STORAGE, "two epochs"))
            .build(),
        new LiveSpikesListener.Builder(
                seen -> {
                  new SpikingRouter(STORAGE, "two epochs").show(seen);
                  LAST.set(seen);
                })
            .interval(1)
            .build());
    DataSetIterator digits = MnistFiles.embedded().training().range(0, 16).inOrder(MINIBATCH);
    network.fit(digits, 2);
    while (LAST.get() == null || LAST.get().iteration() < 4) {
      Thread.sleep(50);
    }
  }

  @AfterAll
  static void stop() throws Exception {
    if (browser != null) {
      browser.close();
      UIServer.stopInstance();
    }
  }

  private static void show(String query, int width) throws InterruptedException {
    browser.setWidth(width);
    browser.go(page + query);
    browser.await("document.querySelector('#live .chart')");
  }

  @Test
  void shouldNameItsSession() throws Exception {
    show("", DESKTOP);
    browser.assertValue(
        "two epochs", "document.querySelector('header select').selectedOptions[0].text");
    browser.assertValue("Spiking layers of two epochs", "document.title");
  }

  @Test
  void shouldShowTheRasterOfTheLayerThatIsChosen() throws Exception {
    show("", DESKTOP);
    browser.assertValue(6L, "document.querySelectorAll('.tabs a').length");
    browser.assertValue("conv1", ACTIVE);
    browser.value("document.querySelectorAll('.tabs a')[5].click()");
    browser.await(ACTIVE + " == 'dense'");
    browser.assertValue(
        true, "document.querySelector('#live figcaption').textContent.includes('of dense, ')");
    show("?layer=encoding", DESKTOP);
    browser.assertValue(
        true, "document.querySelector('#live path.spikes').getAttribute('d').length > 100");
  }

  @Test
  void shouldShowFiringRatesInSpace() throws Exception {
    show("", DESKTOP);
    browser.await("document.querySelectorAll('.maps img').length == 20");
    browser.await("[...document.querySelectorAll('.maps img')].every(i => i.naturalWidth == 28)");
    browser.assertValue(
        true, "[...document.querySelectorAll('.maps img')].every(i => i.clientWidth == 84)");
  }

  @Test
  void shouldShowTheDecisionOverTime() throws Exception {
    show("", DESKTOP);
    browser.assertValue(
        true,
        "[...document.querySelectorAll('#live figcaption')]"
            + ".some(c => c.textContent.startsWith('Decision'))");
    browser.assertValue(10L, "document.querySelectorAll('#live .legend li').length");
    browser.assertValue(
        10L,
        "new Set([...document.querySelectorAll('#live .legend i')]"
            + ".map(i => i.style.background)).size");
    browser.assertValue(
        true,
        "/of class \\d after \\d minibatches: answer \\d \\((right|wrong)\\)/"
            + ".test(document.getElementById('answer').textContent)");
  }

  @Test
  void shouldGoOnByItself() throws Exception {
    show("", DESKTOP);
    browser.value("window.marked = true");
    LiveSpikes last = LAST.get();
    new SpikingRouter(STORAGE, "two epochs")
        .show(new LiveSpikes(1_000_000, last.label(), last.layers(), last.decision()));
    browser.await(
        "document.getElementById('answer').textContent.includes('1,000,000 minibatches')");
    browser.assertValue(true, "window.marked");
    new SpikingRouter(STORAGE, "two epochs").show(last);
  }

  @Test
  void shouldShowTheHealthOfLayersWithRoundTicksLegendsAndWideHistograms() throws Exception {
    show("", DESKTOP);
    browser.assertValue(5L, "document.querySelectorAll('#health .chart').length");
    browser.assertValue(
        true,
        "[...document.querySelectorAll('#health .chart')]"
            + ".every(c => c.querySelectorAll('.legend li').length >= 3)");
    // 1, 2 or 5 times a power of ten apart; the fourth chart is logarithmic.
    browser.assertValue(
        true,
        "[...document.querySelectorAll('#health .chart')].slice(0, 3).every(c => {"
            + " const t = [...c.querySelectorAll('text.end')]"
            + ".map(e => Number(e.textContent.replace(/,/g, '')));"
            + " const step = Number((t[1] - t[0]).toPrecision(3).replace(/[0.]/g, ''));"
            + " return [1, 2, 5].includes(step); })");
    browser.assertValue(5L, "document.querySelectorAll('.histogram').length");
    browser.assertValue(
        true,
        "[...document.querySelectorAll('.histogram')].every(h =>"
            + " [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1]"
            + ".includes(Number(h.querySelector('.end').textContent)))");
  }

  @Test
  void shouldFitAPhone() throws Exception {
    show("", PHONE);
    browser.assertValue((long) PHONE, "document.documentElement.scrollWidth");
    browser.assertValue(
        true,
        "[...document.querySelectorAll('.chart, nav a, .tabs a')].every(e =>"
            + " e.getBoundingClientRect().right <= innerWidth)");
    browser.assertValue(
        true, "[...document.querySelectorAll('nav a, .tabs a')].every(a => a.offsetHeight >= 30)");
  }

  @Test
  void shouldLoadNothingFromTheInternet() throws Exception {
    show("", DESKTOP);
    assertAllOfThisMachine();
    browser.go(page.replaceAll("/spiking.*", "/train/overview"));
    browser.await("$('.sidebar-nav a[href=\"/spiking\"]').length == 1");
    assertAllOfThisMachine();
  }

  private static void assertAllOfThisMachine() {
    browser.assertValue(
        true,
        "performance.getEntriesByType('resource').every(e =>"
            + " e.name.startsWith(location.origin) || e.name.startsWith('data:'))");
  }
}
