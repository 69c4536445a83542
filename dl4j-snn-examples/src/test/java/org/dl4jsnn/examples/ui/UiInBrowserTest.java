package org.dl4jsnn.examples.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.deeplearning4j.ui.api.UIServer;
import org.dl4jsnn.Browser;
import org.dl4jsnn.examples.cli.CommandLineRun;
import org.dl4jsnn.examples.data.MnistFolder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Deeplearning4j's pages in a browser while an example trains. */
@Tag("slow")
class UiInBrowserTest {

  private static final String[] NAMES = {"conv1", "pool1", "conv2", "pool2", "dense"};
  private static final int CONVOLUTION = 2;
  private static final int DESKTOP = 1280;

  /** Deeplearning4j's pages need more room for their titles. */
  private static final int WIDE = 1400;

  private static final int PHONE = 390;

  @TempDir private Path folder;
  private final CommandLineRun run = new CommandLineRun();
  private CompletableFuture<Integer> training;
  private Browser browser;

  @BeforeEach
  void open() {
    browser = Browser.open();
  }

  @AfterEach
  void close() throws Exception {
    if (browser != null) {
      browser.close();
      UIServer.stopInstance();
      assertEquals(0, training.get(), run.errors());
    }
  }

  @Test
  void shouldDrawTheTrainingAndNameOurLayers() throws Exception {
    MnistFolder.write(folder, 192, 20);
    train("--data=" + folder, "--steps=5", "--threshold=0.5", "--epochs=2", "--ui-every=1");
    String address = address();

    browser.go(address + "/overview");
    browser.await(points("scoreiterchart", 0) + " >= 3");
    browser.await(points("updateRatioChart", 0) + " >= 3");
    browser.await(points("stdevChart", 0) + " >= 3");
    browser.assertValue("MultiLayerNetwork", "$('#modelType').text()");
    browser.assertValue("7", "$('#nLayers').text()");
    browser.await("/^\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d$/.test($('#startTime').text())");
    browser.await("/^\\d+:\\d\\d:\\d\\d$/.test($('#totalRuntime').text())");
    // The loss of a sample, as on the console, and not of a minibatch of 64.
    browser.assertValue(
        true, plot("scoreiterchart") + "[0].data.every(p => p[1] > 0 && p[1] < 10)");

    browser.go(address + "/model");
    showLayer(1);
    assertRow("Name", "encoding (Poisson, T 5, gain 0.5)");
    assertRow("Type", "SpikeEncoding");
    for (int i = 0; i < NAMES.length; i++) {
      showLayer(CONVOLUTION + i);
      assertRow("Name", NAMES[i]);
      boolean pooling = NAMES[i].startsWith("pool");
      assertRow(
          "Activation Function",
          "firing rate (threshold " + (pooling ? "0.75" : "0.5") + ", leak 1.0, reset to 0.0)");
      browser.await(points("activations", 0) + " >= 3");
      // Deeplearning4j draws the mean; a rate is between 0 and 1.
      browser.assertValue(true, plot("activations") + "[0].data.every(p => p[1] > 0 && p[1] < 1)");
    }
    assertRow("Type", "SpikingDense");
    browser.await(points("meanmag", 0) + " >= 3");
    browser.await(points("learningrate", 0) + " >= 3");
    browser.await(points("parametershistogram", 0) + " > 0");
    browser.await(points("updateshistogram", 0) + " > 0");
  }

  @Test
  void shouldLeadFromEveryPageToSpikingLayersAndBack() throws Exception {
    MnistFolder.write(folder, 64, 20);
    train("--data=" + folder, "--steps=5", "--epochs=1", "--live-every=1");
    String address = address();
    for (String page : List.of("overview", "model", "system")) {
      browser.go(address + "/" + page);
      browser.await("$('.sidebar-nav a[href=\"/spiking\"]:visible').length == 1");
    }
    browser.value("$('.sidebar-nav a[href=\"/spiking\"]')[0].click()");
    browser.await("location.pathname == '/spiking' && document.querySelector('#live .chart')");
    browser.assertValue("model", "document.querySelector('header select').selectedOptions[0].text");
    browser.value("document.querySelector('nav a').click()");
    browser.await("location.pathname == '/train/overview'");
  }

  private void showSpiking(String address) throws Exception {
    String page = address.replace("/train", "/spiking");
    browser.go(page);
    browser.await("document.querySelector('#live .chart')");
  }

  /** The images of docs/watch.md; docs/reports/watching.md gives the command. */
  @Test
  @EnabledIfSystemProperty(named = "ui.images", matches = ".+")
  void shouldTakeImages() throws Exception {
    Path images =
        Path.of(System.getProperty("build.root")).resolve(System.getProperty("ui.images"));
    train("--epochs=3", "--ui-every=2", "--health=" + folder.resolve("health.csv"));
    String address = address();
    browser.setWidth(WIDE);
    browser.go(address + "/overview");
    browser.await(points("scoreiterchart", 0) + " >= 60");
    browser.await("$('#totalRuntime').text()");
    browser.save(images.resolve("overview.png"));
    browser.go(address + "/model");
    showLayer(CONVOLUTION);
    browser.await(points("activations", 0) + " >= 60");
    browser.save(images.resolve("model.png"));
    browser.setWidth(DESKTOP);
    showSpiking(address);
    awaitLong("document.getElementById('health').textContent.includes('Epoch 3')");
    browser.save(images.resolve("spiking.png"));
    browser.setWidth(PHONE);
    browser.go(address.replace("/train", "/spiking") + "?layer=dense");
    browser.await("document.querySelector('#live .chart')");
    browser.save(images.resolve("spiking-phone.png"));
  }

  /** Longer than a page takes: until a training has ended. */
  private void awaitLong(String expression) throws InterruptedException {
    while (!training.isDone() && !Boolean.TRUE.equals(browser.value("!!(" + expression + ")"))) {
      Thread.sleep(1000);
    }
    browser.await(expression);
  }

  private void train(String... options) {
    List<String> all =
        new ArrayList<>(
            List.of("mnist", "--ui", "--ui-port=0", "--model=" + folder.resolve("model.zip")));
    all.addAll(List.of(options));
    training = CompletableFuture.supplyAsync(() -> run.execute(all.toArray(String[]::new)));
  }

  private String address() throws InterruptedException {
    Pattern ui = Pattern.compile("UI: (\\S+)");
    Matcher matcher = ui.matcher(run.output());
    while (!matcher.find()) {
      assertTrue(!training.isDone(), run.errors());
      Thread.sleep(100);
      matcher = ui.matcher(run.output());
    }
    return matcher.group(1);
  }

  /** Clicks a layer in the model page's graph. */
  private void showLayer(int vertex) throws InterruptedException {
    String node = "cy.getElementById('" + vertex + "')";
    String name = node + ".data('name').match(/\\((.*)\\)$/)[1]";
    browser.await(node + ".renderedPosition().x > 0");
    String at = node + ".renderedPosition()";
    browser.click(
        ((Number) browser.value(at + ".x + $('#layers').offset().left")).doubleValue(),
        ((Number) browser.value(at + ".y + $('#layers').offset().top")).doubleValue());
    browser.await("$('#layerInfo td').eq(1).text() == " + name);
  }

  private void assertRow(String title, String value) {
    browser.assertValue(
        value,
        "$('#layerInfo tr').filter((i, r) => $(r).children().eq(0).text().includes('"
            + title
            + "')).children().eq(1).text()");
  }

  /** The number of points of a line of a chart. */
  private static String points(String chart, int line) {
    return plot(chart) + "[" + line + "].data.length";
  }

  private static String plot(String chart) {
    return "$('#" + chart + "').data('plot').getData()";
  }
}
