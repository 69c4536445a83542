package org.dl4jsnn.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.dl4jsnn.Browser;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.openqa.selenium.Keys;

/** The playground, opened from its file. */
class PlaygroundInBrowserTest {

  private static final Path PLAYGROUND = Path.of("target", "playground").toAbsolutePath();
  private static final int DESKTOP = 1280;
  private static final int TABLET = 800;
  private static final int PHONE = 390;
  private static final double MOST_MILLIS = 50;

  private static Browser browser;

  @BeforeAll
  static void open() {
    browser = Browser.open();
  }

  @AfterAll
  static void close() {
    browser.close();
  }

  @BeforeEach
  void load() throws InterruptedException {
    browser.setWidth(DESKTOP);
    browser.go(PLAYGROUND.resolve("index.html").toUri().toString());
    awaitRun();
  }

  private static void awaitRun() throws InterruptedException {
    browser.await("playground.state.run && !playground.state.run.isEmpty && message.hidden");
  }

  private static void click(String id) {
    browser.value("document.getElementById('" + id + "').click()");
  }

  private static String text(String id) {
    return String.valueOf(browser.value("document.getElementById('" + id + "').textContent"));
  }

  /** Strokes on the pad, in its 280 × 280 pixels. */
  private static void draw(int[]... points) {
    int left = ((Number) browser.value("Math.round(pad.getBoundingClientRect().left)")).intValue();
    int top = ((Number) browser.value("Math.round(pad.getBoundingClientRect().top)")).intValue();
    int[][] places = new int[points.length][];
    for (int i = 0; i < points.length; i++) {
      places[i] = new int[] {left + points[i][0], top + points[i][1]};
    }
    browser.draw(places);
  }

  private static void awaitDecision(int digit) throws InterruptedException {
    browser.await("document.getElementById('decision').textContent === '" + digit + "'");
  }

  @Test
  void shouldAnswerWhatIsDrawn() throws InterruptedException {
    click("clear");
    draw(new int[] {80, 60}, new int[] {200, 60}, new int[] {170, 120}, new int[] {130, 230});
    awaitDecision(7);
    click("clear");
    draw(new int[] {145, 50}, new int[] {140, 120}, new int[] {138, 230});
    awaitDecision(1);
    click("clear");
    draw(
        new int[] {140, 60},
        new int[] {90, 100},
        new int[] {85, 160},
        new int[] {130, 220},
        new int[] {180, 190},
        new int[] {195, 120},
        new int[] {140, 60});
    awaitDecision(0);
  }

  @Test
  void shouldAnswerWhatIsDrawnWithKeys() throws InterruptedException {
    click("clear");
    browser.value("pad.focus()");
    browser.type(Keys.ARROW_UP.toString().repeat(8), " ");
    browser.type(Keys.ARROW_DOWN.toString().repeat(16), " ");
    awaitDecision(1);
  }

  /** The page opens with a test digit. */
  @Test
  void shouldBeginAnewWithTheFirstStroke() throws InterruptedException {
    awaitDecision(7);
    draw(new int[] {145, 50}, new int[] {140, 120}, new int[] {138, 230});
    awaitDecision(1);
    browser.await("document.getElementById('sample-name').textContent.startsWith('Draw')");
  }

  /** The other input is still being loaded when the reader changes back. */
  @Test
  void shouldFollowTheLastChoice() throws InterruptedException {
    click("clear");
    draw(new int[] {145, 50}, new int[] {140, 120}, new int[] {138, 230});
    awaitDecision(1);
    browser.value(
        "(document.getElementById('use-camera').click(),"
            + " document.getElementById('use-digit').click())");
    browser.await("playground.state.kind === 'digit' && message.hidden");
    click("use-camera");
    browser.await("playground.state.kind === 'camera' && playground.state.run.events");
    click("theme");
    click("use-digit");
    browser.await("playground.state.kind === 'digit'");
    awaitDecision(1); // the drawing is still there
  }

  @Test
  void shouldAnswerQuickly(TestReporter report) {
    Object millis =
        browser.value(
            "(() => { const m = playground.state.model, x = new Float32Array(784).map((_, i) =>"
                + " playground.state.run.features[i]); const times = []; for (let i = 0; i < 60;"
                + " i++) { const t = performance.now(); m.run(x); times.push(performance.now() -"
                + " t) } return times.slice(10).sort((a, b) => a - b)[25] })()");
    report.publishEntry("milliseconds of a digit", millis.toString());
    assertTrue(((Number) millis).doubleValue() < MOST_MILLIS, millis + " ms");
  }

  @Test
  void shouldPlayRecordings() throws InterruptedException {
    click("use-camera");
    browser.await(
        "playground.state.kind === 'camera' && playground.state.run.outputs.length === 10");
    awaitDecision(0);
    click("sample");
    awaitDecision(1);
    click("play");
    browser.await("!playground.state.playing && playground.state.step === 10");
    awaitDecision(1);
  }

  @Test
  void shouldShowEachStep() throws InterruptedException {
    click("back");
    browser.await("document.getElementById('step-value').textContent === '7 of 8'");
    click("forward");
    browser.await("document.getElementById('step-value').textContent === '8 of 8'");
    browser.value("Object.assign(steps, { value: 16 }).dispatchEvent(new Event('input'))");
    browser.await("playground.state.run.outputs.length === 16");
    browser.value("Object.assign(threshold, { value: 2 }).dispatchEvent(new Event('input'))");
    browser.await("document.getElementById('threshold-value').textContent === '× 2.0'");
    browser.value("Object.assign(lead, { value: 0.05 }).dispatchEvent(new Event('input'))");
    assertTrue(text("moment").matches("sure after step \\d+ of 16"), text("moment"));
    browser.value("Object.assign(step, { value: 0 }).dispatchEvent(new Event('input'))");
    assertEquals("before the first step", text("moment"));
  }

  private static void drop(String name, String bytes) {
    browser.value("playground.open(new File([" + bytes + "], '" + name + "'))");
  }

  @Test
  void shouldRunOwnNetworksAndRefuseOthers() throws IOException, InterruptedException {
    drop("photo.png", "'no model'");
    browser.await("message.textContent.includes('photo.png: byte 0: ')");
    drop("large.snn", "new Uint8Array(9000000)");
    browser.await("message.textContent.includes('at most 8 MB')");
    browser.value(
        "Snn.unpacked(Samples.models.digit).then(m => playground.open(new File([m], 'own.snn')))");
    browser.await("document.getElementById('model-name').textContent.startsWith('own.snn: ')");
    awaitRun();
    Path other = Path.of("../../dl4j-asf-bp/src/it/runtime-alone/src/main/resources/delays.snn");
    String bytes = Base64.getEncoder().encodeToString(Files.readAllBytes(other));
    drop("delays.snn", "Snn.bytes('" + bytes + "')");
    browser.await("message.textContent.startsWith('delays.snn: a network must read images')");
    awaitDecision(7); // by the network before
    click("no-own");
    browser.await("document.getElementById('model-name').textContent === ''");
  }

  @Test
  void shouldFitEveryWidth() throws IOException, InterruptedException {
    String images = System.getProperty("playground.pictures", "");
    for (int width : List.of(DESKTOP, TABLET, PHONE)) {
      for (String theme : List.of("light", "dark")) {
        browser.setWidth(width);
        if (!theme.equals(browser.value("document.documentElement.dataset.theme"))) {
          click("theme");
        }
        browser.await("document.documentElement.scrollWidth <= window.innerWidth");
        if (!images.isEmpty()) {
          browser.save(Path.of(images, "playground-" + width + "-" + theme + ".png"));
        }
      }
    }
  }

  /** Engine and network, as they lie on a disk and as a server sends them. */
  @Test
  void shouldBeSmall(TestReporter report) throws IOException {
    long bytes = 0;
    ByteArrayOutputStream sent = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(sent)) {
      for (String file : List.of("snn.js", "digit.js")) {
        byte[] content = Files.readAllBytes(PLAYGROUND.resolve(file));
        bytes += content.length;
        gzip.write(content);
      }
    }
    report.publishEntry("bytes", bytes + ", compressed " + sent.size());
    assertTrue(bytes < 1_500_000, bytes + " bytes");
    assertTrue(sent.size() < 700_000, sent.size() + " bytes compressed");
  }
}
