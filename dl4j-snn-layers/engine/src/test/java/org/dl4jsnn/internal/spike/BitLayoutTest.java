package org.dl4jsnn.internal.spike;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import org.dl4jsnn.spike.FeatureShape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BitLayoutTest {

  @Test
  void shouldLayEvenAndOddRowsAndColumnsInQuarters() {
    FeatureShape shape = FeatureShape.image(33, 3, 4);
    BitLayout layout = BitLayout.of(shape);
    // A quarter has 2 rows of 2 words; the odd rows' quarters have an empty second row.
    assertEquals(new BitLayout(4, 2, 2, 16, 2), layout);
    int[] expected = {0, 4, 1, 5, 8, 12, 9, 13, 2, 6, 3, 7};
    assertArrayEquals(expected, layout.places(shape));
    assertEquals(32, layout.perStep());
    assertEquals(96, layout.words(3).length);
  }

  @Test
  void shouldBeginAPlaneEvery32ChannelsAndAgainAtEveryStep() {
    BitLayout layout = BitLayout.of(FeatureShape.image(64, 3, 4));
    assertEquals(2, layout.planes());
    assertEquals(0, layout.plane(0, 31));
    assertEquals(16, layout.plane(0, 32));
    assertEquals(5 * 32 + 16, layout.plane(5, 63));
  }

  @Test
  void shouldNotSplitASingleRowOrColumn() {
    assertEquals(new BitLayout(1, 1, 1, 1, 4), BitLayout.of(FeatureShape.vector(100)));
    assertEquals(new BitLayout(2, 2, 2, 4, 1), BitLayout.of(FeatureShape.image(1, 1, 4)));
    assertEquals(new BitLayout(2, 1, 1, 4, 1), BitLayout.of(FeatureShape.image(32, 4, 1)));
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "1, 5", "5, 1", "2, 2", "3, 5", "4, 7", "6, 6"})
  void shouldGiveEveryPositionItsOwnWord(int height, int width) {
    FeatureShape shape = FeatureShape.image(1, height, width);
    BitLayout layout = BitLayout.of(shape);
    int[] places = layout.places(shape);
    assertEquals(shape.positions(), Arrays.stream(places).distinct().count());
    assertEquals(places.length, Arrays.stream(places).filter(p -> p < layout.planeSize()).count());
  }

  @Test
  void shouldRefuseMoreWordsThanAnArrayHolds() {
    BitLayout layout = BitLayout.of(FeatureShape.image(32, 1 << 12, 1 << 12));
    assertThrows(ArithmeticException.class, () -> layout.words(1 << 7));
  }
}
