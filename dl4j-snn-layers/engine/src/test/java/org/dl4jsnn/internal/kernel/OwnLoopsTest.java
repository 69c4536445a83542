package org.dl4jsnn.internal.kernel;

import static org.dl4jsnn.Messages.assertMessage;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.dl4jsnn.internal.convolve.ConvolutionGeometry;
import org.dl4jsnn.internal.convolve.HostConvolution;
import org.dl4jsnn.internal.product.DenseProducts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OwnLoopsTest {

  private static final ConvolutionGeometry.Side SIDE = new ConvolutionGeometry.Side(3, 1, 1);

  @AfterEach
  void wantAll() {
    for (OwnLoops loops : OwnLoops.values()) {
      System.clearProperty(loops.property());
    }
  }

  /** Those of which this Java has kernels. */
  private static List<OwnLoops> used() {
    KernelProvider kernels = Kernels.chosen();
    List<OwnLoops> used = new ArrayList<>();
    ConvolutionGeometry geometry = new ConvolutionGeometry(2, 6, 6, 3, SIDE, SIDE);
    if (HostConvolution.of(geometry, kernels).isPresent()) {
      used.add(OwnLoops.CONVOLUTIONS);
    }
    if (DenseProducts.of(4, 3, kernels).isPresent()) {
      used.add(OwnLoops.PRODUCTS);
    }
    return used;
  }

  @ParameterizedTest
  @EnumSource
  void shouldBeSwitchedOffOneByOne(OwnLoops loops) {
    List<OwnLoops> expected = used();
    assertEquals(Kernels.chosen().denseKernels().isPresent() ? 2 : 0, expected.size());
    assertTrue(loops.areWanted());
    System.setProperty(loops.property(), "nd4j");
    assertFalse(loops.areWanted());
    expected.remove(loops);
    assertEquals(expected, used());
  }

  @Test
  void shouldRefuseAnotherName() {
    System.setProperty(OwnLoops.PRODUCTS.property(), "ND4J");
    assertMessage(
        "org.dl4jsnn.products must be 'own' or 'nd4j', got 'ND4J'", OwnLoops.PRODUCTS::areWanted);
  }
}
