package org.dl4jsnn.examples.plots;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import org.dl4jsnn.spike.EventSpikeTrain;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeTrain;
import org.junit.jupiter.api.Test;

class RunningInputTest {

  private static final int NOTHING = NightPalette.PANEL.getRGB();
  private static final int ON = NightPalette.ON.getRGB();
  private static final int OFF = NightPalette.OFF.getRGB();

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

  /** Events at one of the steps. */
  private static SpikeTrain train(FeatureShape shape, int steps, int step, int... events) {
    int[] first = new int[steps + 1];
    Arrays.fill(first, step + 1, steps + 1, events.length);
    EventSpikeTrain.Sample sample = new EventSpikeTrain.Sample(first, events, null);
    return new EventSpikeTrain(
        shape, steps, new EventSpikeTrain.Sample[] {sample}, false, new float[shape.neurons()]);
  }
}
