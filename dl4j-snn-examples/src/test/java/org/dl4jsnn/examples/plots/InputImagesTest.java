package org.dl4jsnn.examples.plots;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.dl4jsnn.examples.events.OnOffImages;
import org.dl4jsnn.spike.EventSpikeTrain;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeTrain;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class InputImagesTest {

  private static final int RED = 0xFFFF0000;
  private static final int BLUE = 0xFF0000FF;
  private static final int WHITE = 0xFFFFFFFF;
  private static final int BLACK = 0xFF000000;
  private static final int NOTHING = WHITE;
  private static final int ON = RunningInput.ON.getRGB();
  private static final int OFF = RunningInput.OFF.getRGB();

  /**
   * Two pixels with events, numbered by position, then by channel, and negative ones as
   * complements.
   */
  static Stream<Arguments> inputs() {
    String polarities = "ON red, OFF blue, both dark";
    return Stream.of(
        Arguments.of(2, new int[] {0, 3}, BLUE, RED, polarities),
        Arguments.of(2, new int[] {0, 1}, BLACK, WHITE, polarities),
        Arguments.of(1, new int[] {0, ~1}, RED, BLUE, "positive red, negative blue"),
        Arguments.of(1, new int[] {1}, WHITE, BLACK, ""));
  }

  @ParameterizedTest
  @MethodSource("inputs")
  void shouldDistinguishPolaritiesAndSigns(
      int channels, int[] events, int first, int second, String colours) {
    SamplePlot.InputImages input =
        SamplePlot.InputImages.of(train(FeatureShape.image(channels, 1, 2), 1, 0, events), 0, 9);
    assertEquals(1, input.images().count());
    assertEquals(first, input.images().image(0, 1).getRGB(0, 0));
    assertEquals(second, input.images().image(0, 1).getRGB(1, 0));
    assertEquals(colours, input.colours());
  }

  @Test
  void shouldSumStepsIfThereAreMoreThanImages() {
    assertEquals(List.of(BLACK, WHITE), colours(2));
    assertEquals(List.of(WHITE, BLACK), colours(3));
  }

  /** Five steps in two images, with an event in one step. */
  private static List<Integer> colours(int step) {
    OnOffImages images =
        SamplePlot.InputImages.of(train(FeatureShape.image(1, 1, 1), 5, step, 0), 0, 2).images();
    assertEquals(2, images.count());
    return List.of(images.image(0, 1).getRGB(0, 0), images.image(1, 1).getRGB(0, 0));
  }

  /** Events at one of the steps. */
  private static SpikeTrain train(FeatureShape shape, int steps, int step, int... events) {
    int[] first = new int[steps + 1];
    Arrays.fill(first, step + 1, steps + 1, events.length);
    EventSpikeTrain.Sample sample = new EventSpikeTrain.Sample(first, events, null);
    return new EventSpikeTrain(
        shape, steps, new EventSpikeTrain.Sample[] {sample}, false, new float[shape.neurons()]);
  }

  @Test
  void shouldShowWhatHasArrivedUpToAStep() {
    RunningInput input = new RunningInput(train(FeatureShape.image(1, 1, 2), 4, 1, 0));
    assertEquals(NOTHING, input.image(1).getRGB(0, 0));
    assertEquals(ON, input.image(2).getRGB(0, 0));
    assertEquals(ON, input.image(4).getRGB(0, 0));
    assertEquals(NOTHING, input.image(4).getRGB(1, 0));
  }

  @Test
  void shouldDistinguishOffFromOn() {
    // A train numbers neurons by position, then by channel.
    RunningInput input = new RunningInput(train(FeatureShape.image(2, 1, 2), 1, 0, 0, 3));
    assertEquals(OFF, input.image(1).getRGB(0, 0));
    assertEquals(ON, input.image(1).getRGB(1, 0));
  }

  @Test
  void shouldStayWithinTheRangeOfColours() {
    // Red fires at the first of two steps only, so after one it is above the largest rate.
    BufferedImage image = new RunningInput(train(FeatureShape.image(3, 1, 1), 2, 0, 0)).image(1);
    assertEquals(0xffff8080, image.getRGB(0, 0));
  }

  @Test
  void shouldShowVectorsAsSquares() {
    BufferedImage image = new RunningInput(train(FeatureShape.vector(5), 1, 0, 4)).image(1);
    assertEquals(3, image.getWidth());
    assertEquals(3, image.getHeight());
    assertEquals(ON, image.getRGB(1, 1));
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "8, 1", "10, 1", "11, 2", "20, 2", "40, 5", "100, 10", "101, 20"})
  void shouldHaveTicksAtRoundSteps(int steps, int tick) {
    assertEquals(tick, new AnswerImage.TimeAxis(0, 100, steps).tick());
  }

  @Test
  void shouldPutStepsSideBySide() {
    AnswerImage.TimeAxis axis = new AnswerImage.TimeAxis(50, 100, 4);
    assertEquals(62.5, axis.middle(0));
    assertEquals(137.5, axis.middle(3));
  }
}
