package org.dl4jsnn.internal.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringReader;
import java.util.BitSet;
import java.util.List;
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
}
