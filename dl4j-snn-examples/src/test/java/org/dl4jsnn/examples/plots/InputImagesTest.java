package org.dl4jsnn.examples.plots;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import org.dl4jsnn.examples.events.OnOffImages;
import org.dl4jsnn.spike.EventSpikeTrain;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeTrain;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InputImagesTest {

  private static final int RED = 0xFFFF0000;
  private static final int BLUE = 0xFF0000FF;
  private static final int WHITE = 0xFFFFFFFF;
  private static final int BLACK = 0xFF000000;
  private static final int NOTHING = NightPalette.PANEL.getRGB();
  private static final int ON = NightPalette.ON.getRGB();
  private static final int OFF = NightPalette.OFF.getRGB();

  @Test
  void shouldShowOffInBlueAndOnInRed() {
    // One step of 2 x 1 x 2; a train numbers neurons by position, then by channel.
    OnOffImages images = images(train(FeatureShape.image(2, 1, 2), 1, 0, 0, 3), 9);
    assertEquals(1, images.count());
    assertEquals(BLUE, images.image(0, 1).getRGB(0, 0));
    assertEquals(RED, images.image(0, 1).getRGB(1, 0));
  }

  @Test
  void shouldShowBothPolaritiesDark() {
    OnOffImages images = images(train(FeatureShape.image(2, 1, 2), 1, 0, 0, 1), 9);
    assertEquals(BLACK, images.image(0, 1).getRGB(0, 0));
    assertEquals(WHITE, images.image(0, 1).getRGB(1, 0));
  }

  @Test
  void shouldDistinguishNegativeSpikesFromPositiveOnes() {
    OnOffImages images = images(train(FeatureShape.image(1, 1, 2), 1, 0, 0, ~1), 9);
    assertEquals(RED, images.image(0, 1).getRGB(0, 0));
    assertEquals(BLUE, images.image(0, 1).getRGB(1, 0));
  }

  @Test
  void shouldShowADigitInBlackWithoutPolarities() {
    SamplePlot.InputImages input =
        SamplePlot.InputImages.of(train(FeatureShape.image(1, 1, 2), 1, 0, 1), 0, 9);
    assertEquals(WHITE, input.images().image(0, 1).getRGB(0, 0));
    assertEquals(BLACK, input.images().image(0, 1).getRGB(1, 0));
    assertEquals("", input.colours());
  }

  @Test
  void shouldSayWhatColoursMean() {
    assertEquals(
        "ON red, OFF blue, both dark",
        SamplePlot.InputImages.of(train(FeatureShape.image(2, 1, 2), 1, 0, 0, 3), 0, 9).colours());
    assertEquals(
        "positive red, negative blue",
        SamplePlot.InputImages.of(train(FeatureShape.image(1, 1, 2), 1, 0, 0, ~1), 0, 9).colours());
  }

  @Test
  void shouldSumStepsIfThereAreMoreThanImages() {
    assertEquals(List.of(BLACK, WHITE), colours(2));
    assertEquals(List.of(WHITE, BLACK), colours(3));
  }

  private static OnOffImages images(SpikeTrain train, int most) {
    return SamplePlot.InputImages.of(train, 0, most).images();
  }

  /** Five steps in two images, with an event in one step. */
  private static List<Integer> colours(int step) {
    OnOffImages images = images(train(FeatureShape.image(1, 1, 1), 5, step, 0), 2);
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
