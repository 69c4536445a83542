package org.dl4jsnn.internal.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.io.StringReader;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

class LineChartTest {

  private static final List<Integer> EPOCHS = List.of(1, 2, 3);

  @Test
  void shouldDrawALineWiderThanLaterOnesThatItMeets() {
    LineChart chart = LineChart.linear("Slope", "epoch", false);
    chart.add("conv1", "#111111", EPOCHS, List.of(0.7, 0.8, 0.9));
    chart.add("conv2", "#222222", EPOCHS, List.of(0.7, 0.8, 0.5));
    chart.add("dense", "#333333", EPOCHS, List.of(0.1, 0.2, 0.3));
    String html = chart.html();
    assertEquals(1, count("class='line' stroke='#111111' stroke-width='5.0'", html));
    assertEquals(1, count("class='line' stroke='#222222' stroke-width='2.0'", html));
    assertEquals(1, count("class='line' stroke='#333333' stroke-width='2.0'", html));
    assertEquals(3, count("fill='#111111' r='4.0'", html));
    assertEquals(3, count("fill='#222222' r='2.5'", html));
    assertTrue(html.indexOf("#111111") < html.indexOf("#222222"), "the wider one is below");
  }

  @Test
  void shouldNameItsLinesInALegend() throws Exception {
    LineChart chart = LineChart.logarithmic("<Norm>", "epoch");
    chart.add("a & b", "#111111", EPOCHS, List.of(1e-3, 2.0, 40.0));
    chart.add("nothing", "#222222", EPOCHS, List.of(0.0, Double.NaN, -1.0));
    String html = chart.html();
    assertTrue(html.contains("<li><i style='background:#111111'></i>a &amp; b</li>"), html);
    assertFalse(html.contains("nothing"), "no line without a point");
    for (String tick : List.of(">0.001<", ">0.01<", ">0.1<", ">1<", ">10<", ">100<")) {
      assertTrue(html.contains(tick), tick + " in " + html);
    }
    parse(html);
  }

  @Test
  void shouldDrawASingleEpochAsDots() {
    LineChart chart = LineChart.linear("Slope", "epoch", true).withoutDots();
    chart.add("conv1", "#111111", List.of(4), List.of(0.0));
    String html = chart.html();
    assertEquals(1, count("<circle", html));
    assertTrue(html.contains(">4</text>"), html);
  }

  @Test
  void shouldBeNothingWithoutNumbers() {
    LineChart chart = LineChart.linear("Slope", "epoch", true);
    chart.add("conv1", "#111111", List.of(1), List.of(Double.NaN));
    assertEquals("", chart.html());
  }

  @Test
  void shouldDrawOneDashPerSpike() throws Exception {
    BitSet first = BitSet.valueOf(new byte[] {0b101});
    BitSet second = BitSet.valueOf(new byte[] {0b10});
    String html = RasterChart.html("Spikes of <dense>", List.of(first, second), 8);
    assertEquals(3, count("h35.0|h34.7", html), html);
    assertTrue(html.contains(">1<") && html.contains(">2<"), html);
    parse(html);
  }

  @Test
  void shouldStaySmallOverManySteps() throws Exception {
    BitSet every = new BitSet();
    every.set(0, 100_000);
    String html = RasterChart.html("Spikes", List.of(every), 100_000);
    assertTrue(html.length() < 20_000, "characters: " + html.length());
    parse(html);
    parse(RasterChart.html("Silent", List.of(), 1));
  }

  private static int count(String part, String html) {
    return (int) Pattern.compile(part).matcher(html).results().count();
  }

  private static void parse(String html) throws Exception {
    DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(html)));
  }

  @Test
  void shouldHaveRoundNumbersAroundTheValues() {
    assertEquals(List.of("0", "2", "4", "6"), labels(0, 5.02));
    assertEquals(List.of("0.65", "0.70", "0.75", "0.80"), labels(0.674, 0.7996));
    assertEquals(List.of("0", "1,000", "2,000", "3,000", "4,000"), labels(0, 3_431.5));
    assertEquals(List.of("-0.5", "0.0", "0.5", "1.0"), labels(-0.15, 0.9));
  }

  @Test
  void shouldLeaveRoomAroundASingleValue() {
    assertEquals(List.of(0.0, 0.5, 1.0), ChartAxis.around(0, 0, 5).ticks());
    for (double value : new double[] {0.7, -0.7, 1e300, -1e-300}) {
      ChartAxis axis = ChartAxis.around(value, value, 5);
      assertTrue(axis.low() < value && axis.high() > value, axis.toString());
    }
  }

  @Test
  void shouldHoldEveryValueAndFewTicksThatDiffer() {
    Random random = new Random(3);
    for (int i = 0; i < 2000; i++) {
      double low = random.nextGaussian() * Math.pow(10, random.nextInt(13) - 6);
      double high = low + Math.abs(random.nextGaussian()) * Math.pow(10, random.nextInt(13) - 6);
      ChartAxis axis = ChartAxis.around(low, high, 5);
      double tolerance = 1e-6 * axis.step();
      assertTrue(axis.low() <= low + tolerance && axis.high() >= high - tolerance, axis::toString);
      List<String> labels = labels(low, high);
      assertTrue(labels.size() >= 2 && labels.size() <= 7, labels::toString);
      assertEquals(labels.size(), new HashSet<>(labels).size(), labels::toString);
    }
  }

  @Test
  void shouldHaveWholeNumbersBetweenTheEnds() {
    assertEquals(List.of(4.0), ChartAxis.whole(4, 4, 9).ticks());
    assertEquals(0.5, ChartAxis.whole(4, 4, 9).share(4));
    assertEquals(List.of(1.0, 2.0, 3.0), ChartAxis.whole(1, 3, 9).ticks());
    assertEquals(List.of(5.0, 10.0, 15.0, 20.0), ChartAxis.whole(1, 20, 5).ticks());
    assertEquals(List.of(0.0, 20.0, 40.0, 60.0, 80.0), ChartAxis.whole(0, 99, 6).ticks());
  }

  private static List<String> labels(double low, double high) {
    ChartAxis axis = ChartAxis.around(low, high, 5);
    return axis.ticks().stream().map(axis::label).toList();
  }

  /** Distances in CIELAB (1976); above about 2, colours side by side look different. */
  private static final double FAR_APART = 24;

  @Test
  void shouldGiveTenSeriesColoursThatDiffer() {
    for (int a = 0; a < Palette.SIZE; a++) {
      assertTrue(distance(Palette.colour(a), Color.WHITE) > FAR_APART, "faint: " + a);
      for (int b = 0; b < a; b++) {
        double distance = distance(Palette.colour(a), Palette.colour(b));
        assertTrue(distance > FAR_APART, a + " and " + b + ": " + distance);
      }
    }
  }

  @Test
  void shouldNameColoursAsWebPagesDo() {
    assertEquals("#0072b2", Palette.hex(0));
    assertEquals("#000000", Palette.hex(6));
    assertEquals(Palette.hex(3), Palette.hex(13));
  }

  private static double distance(Color first, Color second) {
    double[] a = lab(first);
    double[] b = lab(second);
    return Math.sqrt(
        Math.pow(a[0] - b[0], 2) + Math.pow(a[1] - b[1], 2) + Math.pow(a[2] - b[2], 2));
  }

  /** CIELAB of sRGB, for the white of D65. */
  private static double[] lab(Color colour) {
    double r = linear(colour.getRed());
    double g = linear(colour.getGreen());
    double b = linear(colour.getBlue());
    double x = root((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95047);
    double y = root(0.2126 * r + 0.7152 * g + 0.0722 * b);
    double z = root((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.08883);
    return new double[] {116 * y - 16, 500 * (x - y), 200 * (y - z)};
  }

  private static double linear(int value) {
    double share = value / 255.0;
    return share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
  }

  private static double root(double value) {
    return value > 0.008856 ? Math.cbrt(value) : 7.787 * value + 16.0 / 116;
  }
}
