package org.dl4jsnn.monitor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.stream.IntStream;
import org.dl4jsnn.spike.EventSpikeTrain;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeTrain;
import org.junit.jupiter.api.Test;

class SpikeRasterTest {

  /** Two channels of 1 x 3, whose neurons a train numbers by position, then by channel. */
  private static final FeatureShape SHAPE = FeatureShape.image(2, 1, 3);

  /** Four steps; sample 0 is silent, sample 1 has two events, none, three, and one. */
  private static final SpikeTrain TRAIN =
      new EventSpikeTrain(
          SHAPE,
          4,
          new EventSpikeTrain.Sample[] {
            new EventSpikeTrain.Sample(new int[5], new int[0], null),
            new EventSpikeTrain.Sample(
                new int[] {0, 2, 2, 5, 6},
                new int[] {1, 4, 0, 1, 4, 4},
                new float[] {1, 2, 1, 1, 3, 1})
          },
          false,
          new float[12]);

  @Test
  void shouldPutNeuronsInTheOrderOfArrays() {
    SpikeRaster raster = SpikeRaster.of(TRAIN, 1, 100);
    // Of the train's 0, 4 and 1: channel 0 at 0 and 2, channel 1 at 0.
    assertArrayEquals(new int[] {0, 2, 3}, neurons(raster));
    assertEquals(List.of("..x.", "x.xx", "x.x."), rows(raster));
  }

  @Test
  void shouldLeaveSilentNeuronsOutAndCountTheRest() {
    SpikeRaster raster = SpikeRaster.of(TRAIN, 1, 100);
    assertEquals(3, raster.rows());
    assertEquals(3, raster.firing());
    assertEquals(6, raster.spikes());
    assertEquals(4, raster.steps());
    assertEquals(SHAPE, raster.shape());
  }

  @Test
  void shouldHaveNoRowsWhereNoneFires() {
    SpikeRaster raster = SpikeRaster.of(TRAIN, 0, 100);
    assertEquals(0, raster.rows());
    assertEquals(0, raster.firing());
    assertEquals(0, raster.spikes());
  }

  @Test
  void shouldTakeEvenlySpacedNeuronsIfTooManyFire() {
    SpikeRaster raster = SpikeRaster.of(allFire(10), 0, 4);
    assertArrayEquals(new int[] {0, 2, 5, 7}, neurons(raster));
    assertEquals(List.of("x", "x", "x", "x"), rows(raster));
    assertEquals(10, raster.firing());
    assertEquals(10, raster.spikes());
    assertArrayEquals(new int[] {0}, neurons(SpikeRaster.of(allFire(10), 0, 1)));
  }

  @Test
  void shouldRefuseWhatDoesNotExist() {
    assertMessage("sample must be from 0 to 1, got 2", () -> SpikeRaster.of(TRAIN, 2, 1));
    assertMessage("sample must be from 0 to 1, got -1", () -> SpikeRaster.of(TRAIN, -1, 1));
    assertMessage(
        "mostRows must be a whole number of at least 1, got 0", () -> SpikeRaster.of(TRAIN, 0, 0));
    assertMessage("train must be given, got null", () -> SpikeRaster.of(null, 0, 1));
  }

  private static void assertMessage(String message, Runnable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
  }

  private static SpikeTrain allFire(int neurons) {
    return new EventSpikeTrain(
        FeatureShape.vector(neurons),
        1,
        new EventSpikeTrain.Sample[] {
          new EventSpikeTrain.Sample(
              new int[] {0, neurons}, IntStream.range(0, neurons).toArray(), null)
        },
        true,
        new float[neurons]);
  }

  private static int[] neurons(SpikeRaster raster) {
    return IntStream.range(0, raster.rows()).map(raster::neuron).toArray();
  }

  private static List<String> rows(SpikeRaster raster) {
    return IntStream.range(0, raster.rows()).mapToObj(row -> row(raster, row)).toList();
  }

  private static String row(SpikeRaster raster, int row) {
    StringBuilder text = new StringBuilder();
    for (int step = 0; step < raster.steps(); step++) {
      text.append(raster.fired(row, step) ? 'x' : '.');
    }
    return text.toString();
  }
}
