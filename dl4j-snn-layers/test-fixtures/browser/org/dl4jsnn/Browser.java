package org.dl4jsnn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;

/** An installed browser, without a window. Nothing is downloaded. */
public final class Browser implements AutoCloseable {

  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome", "chrome");
  private static final List<String> DRIVERS = List.of("chromedriver");
  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final long POLL_MILLIS = 200;
  private static final int HEIGHT = 900;

  private final ChromeDriver driver;

  private Browser(Path browser, Path driver) {
    ChromeOptions options = new ChromeOptions();
    options.setBinary(browser.toFile());
    // Its sandbox does not work for root, as in containers; it only sees pages of this machine.
    options.addArguments("--headless=new", "--no-sandbox", "--disable-dev-shm-usage");
    options.addArguments("--window-size=1400,1000", "--hide-scrollbars");
    this.driver =
        new ChromeDriver(
            new ChromeDriverService.Builder()
                .usingDriverExecutable(driver.toFile())
                .usingAnyFreePort()
                .build(),
            options);
  }

  /** Opens it; skips the test if there is none, unless one is required. */
  public static Browser open() {
    Optional<Path> browser = onPath(NAMES);
    Optional<Path> driver = onPath(DRIVERS);
    if (browser.isEmpty() || driver.isEmpty()) {
      String reason =
          "Needs a browser "
              + NAMES
              + " and its driver "
              + DRIVERS
              + " on the PATH, found "
              + browser
              + " and "
              + driver
              + ". On Debian: apt-get install chromium chromium-driver";
      if (Boolean.getBoolean("browser.required")) {
        fail(reason);
      }
      abort(reason);
    }
    return new Browser(browser.orElseThrow(), driver.orElseThrow());
  }

  private static Optional<Path> onPath(List<String> names) {
    List<String> folders = List.of(System.getenv("PATH").split(File.pathSeparator));
    return names.stream()
        .flatMap(
            name ->
                folders.stream()
                    .flatMap(in -> Stream.of(name, name + ".exe").map(file -> Path.of(in, file))))
        .filter(Files::isExecutable)
        .findFirst();
  }

  public void go(String address) {
    driver.get(address);
  }

  /** The value of a JavaScript expression; null while it throws. */
  public Object value(String expression) {
    return driver.executeScript("try { return " + expression + "; } catch (e) { return null; }");
  }

  /** Waits until an expression is true. */
  public void await(String expression) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!Boolean.TRUE.equals(value("!!(" + expression + ")"))) {
      if (System.nanoTime() > end) {
        fail(
            "Never true in "
                + PATIENCE.toSeconds()
                + " s: "
                + expression
                + " at "
                + driver.getCurrentUrl());
      }
      Thread.sleep(POLL_MILLIS);
    }
  }

  public void assertValue(Object expected, String expression) {
    assertEquals(expected, value(expression), expression);
  }

  /** Clicks at a place of the page. */
  public void click(double x, double y) {
    new Actions(driver).moveToLocation((int) x, (int) y).click().perform();
  }

  /** Draws a line with the pointer through places of the page. */
  public void draw(int[]... points) {
    Actions pen = new Actions(driver).moveToLocation(points[0][0], points[0][1]).clickAndHold();
    for (int[] point : points) {
      pen.moveToLocation(point[0], point[1]);
    }
    pen.release().perform();
  }

  /** Presses keys, where the focus is. */
  public void type(CharSequence... keys) {
    new Actions(driver).sendKeys(keys).perform();
  }

  /** Shows pages with this width, which may be narrower than a window can be, as on a phone. */
  public void setWidth(int pixels) {
    showAs(pixels, HEIGHT);
  }

  private void showAs(int width, int height) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
  }

  /** Saves an image of the whole page. */
  public void save(Path file) throws IOException {
    int width = ((Number) value("window.innerWidth")).intValue();
    int height = ((Number) value("Math.ceil(document.documentElement.scrollHeight)")).intValue();
    showAs(width, height);
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
    showAs(width, HEIGHT);
  }

  @Override
  public void close() {
    driver.quit();
  }
}
